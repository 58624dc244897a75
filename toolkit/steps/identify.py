"""Digests and keys: what makes two parts the same, and what names a row in an issue (SPEC 5, 6)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property

from toolkit.model.ledger import PART, UNKNOWN, Table
from toolkit.model.part import Union, standing
from toolkit.schema import TRAVELLING
from toolkit.schema.text import json_text


def row_texts(table: Table) -> list[str]:
    """Each row's travelling values as canonical JSON: sorted fields, NFC, blanks left out, unreadable cells by their text."""
    import numpy as np
    import pandas as pd

    size = len(table)
    pieces: list[list[str]] = []
    for column in sorted(table.ledger.columns, key=lambda column: column.field):
        codes, found = pd.factorize(table.frame[column.field])  # -1 where nothing stands: the last of the texts
        texts = [f'"{column.field}":{column.kind.canonical(value)}' for value in found.tolist()] + [""]
        pieces.append(np.array(texts, dtype=object)[codes].tolist())
    unknown = table.frame[UNKNOWN].tolist()
    rows = ["{" + ",".join(filter(None, cells)) for cells in zip(*pieces, strict=True)] if size else []
    return [unicodedata.normalize("NFC", (row + (("," if len(row) > 1 else "") + _unread(cells) if cells else "") + "}"))
            for row, cells in zip(rows, unknown, strict=True)]


def _unread(cells: dict[str, str]) -> str:
    return ",".join(f'"{name}":{{"unread":{json_text(text)}}}' for name, text in sorted(cells.items()))


def part_digest(ledger: str, rows: Iterable[str], zero: bool | None, police_transfers: int | None) -> str:
    """SHA-256 of a part's content: its rows in canonical order, its nil report, its transfers to the police."""
    head = json.dumps({"ledger": ledger, "police_transfers": police_transfers, "zero": bool(zero)}, sort_keys=True)
    digest = hashlib.sha256(head.encode())
    for row in sorted(rows):
        digest.update(b"\n" + row.encode())
    return digest.hexdigest()


def by_part(table: Table, parts: int, texts: Sequence[str]) -> list[list[str]]:
    """Row texts grouped by part number."""
    groups: list[list[str]] = [[] for _ in range(parts)]
    for number, text in zip(table.frame[PART].tolist(), texts, strict=True):
        groups[number].append(text)
    return groups


class Keys:
    """What names each row in issue ids: its key fields; where they are blank or repeated in the part, `#` and the row's rank by
    digest among the rows of its part. Made for the rows asked for: issues are few, rows may be many."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._fields = [(table.frame[name], table.ledger.by_field[name].kind) for name in table.ledger.key]
        keyed = table.frame[[PART, *table.ledger.key]]
        self._ranked = (keyed.duplicated(keep=False) | keyed.isna().any(axis=1)).to_numpy()

    def __getitem__(self, row: int) -> str:
        if not self._ranked[row]:
            cells = [kind.canonical(values.iat[row]).strip('"') for values, kind in self._fields]
            if all(cells):
                return ",".join(cells)
        return f"#{self._ranks[row]}"

    @cached_property
    def _ranks(self) -> dict[int, int]:
        """Ranks in the parts in which any row needs one."""
        parts = self._table.frame[PART]
        rows = parts.isin(parts[self._ranked].unique()).to_numpy().nonzero()[0].tolist()
        sub = self._table.frame.take(rows)
        digests = [hashlib.sha256(text.encode()).hexdigest() for text in row_texts(Table(self._table.ledger, sub))]
        ranks: dict[int, int] = {}
        before, rank = None, 0
        for part, _, row in sorted(zip(sub[PART].tolist(), digests, rows, strict=True)):
            rank = rank + 1 if part == before else 1
            ranks[row], before = rank, part
        return ranks


def content_digest(parts: Sequence[tuple[str, str, str, int, bool | None, int | None, Sequence[str]]]) -> str:
    """SHA-256 of the canonical JSON of standing parts: (unit, period, ledger, revision, zero, police transfers, rows)."""
    digest = hashlib.sha256(b"[")
    for position, (unit, period, ledger, revision, zero, police, rows) in enumerate(sorted(parts, key=lambda part: part[:4])):
        facts = {"ledger": ledger, "period": period, "police_transfers": police, "revision": revision}
        head = json.dumps(facts, sort_keys=True, separators=(",", ":"))[:-1]
        tail = json.dumps({"unit": unit, "zero": bool(zero)}, sort_keys=True, separators=(",", ":"))[1:]
        digest.update((("," if position else "") + head + ',"rows":[' + ",".join(sorted(rows)) + "]," + tail).encode())
    digest.update(b"]")
    return digest.hexdigest()


def union_digest(union: Union) -> str:
    """The content digest of what stands by (revision, filled on, digest), whatever was decided."""
    groups: dict[str, list[list[str]]] = {}
    for ledger in TRAVELLING:
        table = union.tables.get(ledger.id)
        if table is not None and len(table):
            groups[ledger.id] = by_part(table, len(union.parts), row_texts(table))
    stands = standing(union.parts)
    return content_digest([
        (part.unit, part.period, part.ledger, part.revision, part.zero, part.police_transfers, groups[part.ledger][number] if part.ledger in groups else [])
        for number, part in enumerate(union.parts) if stands[number]])
