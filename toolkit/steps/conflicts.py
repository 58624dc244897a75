"""Contents that cannot both be right, and what a person's decision does to them (SPEC 6.5)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from toolkit.model.ledger import PART, ROW, Table
from toolkit.model.merged import DECISIONS, FIRST, SECOND, Conflict
from toolkit.model.part import Part
from toolkit.model.sheet import place_text
from toolkit.model.unit import contains
from toolkit.schema import BY_NAME, Cases, Staff

Revision = tuple[str, str, str, int]  # unit, period, ledger, revision


def _id(*facts: str) -> str:
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]


def rivals(parts: Sequence[Part]) -> dict[Revision, list[Part]]:
    """Contents of one unit, month, ledger and highest revision that differ, in order of their digests (F111)."""
    highest: dict[tuple[str, str, str], int] = {}
    for part in parts:
        highest[part.place] = max(part.revision, highest.get(part.place, -1))
    found: dict[Revision, list[Part]] = {}
    for part in parts:
        if part.revision == highest[part.place]:
            found.setdefault((*part.place, part.revision), []).append(part)
    return {place: sorted(group, key=lambda part: part.digest) for place, group in found.items() if len(group) > 1}


def of_revisions(parts: Sequence[Part], decisions: Mapping[str, tuple[str, ...]]) -> list[Conflict]:
    """A conflict for each pair of contents of one revision; only one of them can be taken."""
    conflicts = []
    for (unit, period, ledger, revision), group in sorted(rivals(parts).items()):
        for one, other in combinations(group, 2):
            number = _id("F111", unit, period, ledger, str(revision), one.digest, other.digest)
            choices = tuple(choice for choice in decisions.get(number, ()) if choice in (FIRST, SECOND))
            conflicts.append(Conflict(number, "F111", ledger, unit, _content(one), _content(other), (FIRST, SECOND), choices))
    return conflicts


def _content(part: Part) -> str:
    return f"{part.source.file}　{BY_NAME[part.ledger].sheet} {part.rows} 条　填报日期 {part.filled_on or '未填'}　内容 {part.digest[:8]}"


def preferred(parts: Sequence[Part], decisions: Mapping[str, tuple[str, ...]]) -> dict[Revision, str]:
    """The content a person decided for: it won a decided pair and lost none."""
    chosen: dict[Revision, str] = {}
    for place, group in rivals(parts).items():
        won, lost = set(), set()
        unit, period, ledger, revision = place
        for one, other in combinations(group, 2):
            choices = [choice for choice in decisions.get(_id("F111", unit, period, ledger, str(revision), one.digest, other.digest), ())
                       if choice in (FIRST, SECOND)]
            if len(choices) == 1:
                winner, loser = (one, other) if choices[0] == FIRST else (other, one)
                won.add(winner.digest)
                lost.add(loser.digest)
        if len(won - lost) == 1:
            chosen[place] = next(iter(won - lost))
    return chosen


def of_rows(tables: Mapping[str, Table], parts: Sequence[Part], decisions: Mapping[str, tuple[str, ...]]) -> tuple[list[Conflict], dict[str, Any]]:
    """D102 and D103: one case or staff number in two units. Also the rows a decision sets aside, as a boolean array per
    ledger; between a unit and its superior the superior's row counts without a decision."""
    import numpy as np

    conflicts: dict[str, Conflict] = {}
    excluded = {name: np.zeros(len(tables[name]), dtype=bool) for name in (Cases.id, Staff.id) if name in tables}
    for ledger, code, name in ((Cases, "D102", "case_no"), (Cases, "D102", "decision_no"), (Staff, "D103", "staff_id")):
        if ledger.id not in tables:
            continue
        table = tables[ledger.id]
        values = table.frame[name]
        again = values.notna() & values.duplicated(keep=False)
        owner = [parts[number] for number in table.frame[PART].tolist()]
        first_row: list[int] = table.frame[ROW].tolist()
        said = _said(table, again.to_numpy())
        groups: dict[str, list[int]] = {}
        for row in again.to_numpy().nonzero()[0].tolist():
            groups.setdefault(str(values.iat[row]), []).append(row)
        for value, rows in sorted(groups.items()):
            for one, other in combinations(sorted(rows, key=lambda row: (owner[row].unit, first_row[row])), 2):
                first, second = owner[one].unit, owner[other].unit
                if first == second:
                    continue  # S101, C101
                if contains(first, second):
                    excluded[ledger.id][other] |= True
                    continue
                number = _id(code, name, value, first, second)
                choices = tuple(choice for choice in decisions.get(number, ()) if choice in DECISIONS)
                places = [f"{owner[row].unit} {owner[row].source.file} 第{place_text(first_row[row])}行：{said[row]}" for row in (one, other)]
                conflicts[number] = Conflict(number, code, ledger.id, value, places[0], places[1], DECISIONS, choices)
                if choices == (FIRST,):
                    excluded[ledger.id][other] = True
                elif choices == (SECOND,):
                    excluded[ledger.id][one] = True
    return list(conflicts.values()), excluded


def _said(table: Table, mask: Any) -> dict[int, str]:
    """What these rows say, in words a person can decide from. Office ledgers only."""
    rows = mask.nonzero()[0].tolist()
    said: dict[int, list[str]] = {row: [] for row in rows}
    for column in table.ledger.columns:
        cells = table.frame[column.field][mask]
        for row, value, is_blank in zip(rows, cells.tolist(), cells.isna().tolist(), strict=True):
            if not is_blank:
                said[row].append(f"{column.heading} {column.kind.shown(_plain(value))}")
    return {row: "，".join(words) for row, words in said.items()}


def _plain(value: Any) -> Any:
    return value.date().isoformat() if hasattr(value, "date") else value


def settled(conflicts: Sequence[Conflict]) -> set[tuple[str, str, str]]:
    """(code, ledger, number or unit) of conflicts that are all decided: their issues turn to info."""
    places = {(conflict.code, conflict.ledger, conflict.what) for conflict in conflicts}
    return places - {(conflict.code, conflict.ledger, conflict.what) for conflict in conflicts if not conflict.decided}
