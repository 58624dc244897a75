"""Digests and keys: what makes two parts the same, and what names a row in an issue (SPEC 5, 6)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence

from toolkit.model.ledger import PART, UNKNOWN, Ledger, Table
from toolkit.model.part import Union, standing
from toolkit.schema import TRAVELLING
from toolkit.schema.text import json_text


def row_texts(table: Table) -> list[str]:
    """Each row's travelling values as canonical JSON: sorted fields, NFC, blanks left out, unreadable cells by their text."""
    size = len(table)
    pieces: list[list[str]] = []
    for column in sorted(table.ledger.columns, key=lambda column: column.field):
        values = table.frame[column.field]
        missing = values.isna().tolist()
        prefix = f'"{column.field}":'
        kind = column.kind
        memo: dict[object, str] = {}
        texts = []
        for value, gone in zip(values.tolist(), missing, strict=True):
            if gone:
                texts.append("")
                continue
            text = memo.get(value)
            if text is None:
                text = memo[value] = prefix + kind.canonical(value)
            texts.append(text)
        pieces.append(texts)
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


def keys(table: Table, texts: Sequence[str]) -> list[str]:
    """What names each row in issue ids: its key fields; where they are blank or repeated in the part, `#` and the
    row's rank by digest among the rows of its part."""
    ledger: type[Ledger] = table.ledger
    columns = []
    for name in ledger.key:
        kind = ledger.by_field[name].kind
        columns.append(["" if gone else kind.canonical(value).strip('"')
                        for value, gone in zip(table.frame[name].tolist(), table.frame[name].isna().tolist(), strict=True)])
    plain = [",".join(cells) if all(cells) else "" for cells in zip(*columns, strict=True)] if len(table) else []
    numbers = table.frame[PART].tolist()
    seen: dict[tuple[int, str], int] = {}
    for number, text in zip(numbers, plain, strict=True):
        seen[number, text] = seen.get((number, text), 0) + 1
    if all(text and count == 1 for (_, text), count in seen.items()):
        return plain
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    order = sorted(range(len(plain)), key=lambda row: (numbers[row], digests[row], row))
    rank: dict[int, int] = {}
    last = None
    for row in order:
        rank[row] = rank[last] + 1 if last is not None and numbers[last] == numbers[row] else 1
        last = row
    return [text if text and seen[number, text] == 1 else f"#{rank[row]}" for row, (number, text) in enumerate(zip(numbers, plain, strict=True))]


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
