"""Merged months of one unit, side by side: what reports over one or several months look at.

Office ledgers as rows by the unit that reported them, what counts only: rows of parts that stand and that no decision of a
person set aside. Service rows stay in their tables; nobody walks over them one by one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from toolkit.model.issue import Issue
from toolkit.model.ledger import HERE, PART, ROW, UNKNOWN, Ledger, Table
from toolkit.model.merged import RECEIVED, ZERO, Merged
from toolkit.model.part import Part
from toolkit.model.plan import Plan
from toolkit.model.unit import LEVELS, Unit, Units, contains, level_of
from toolkit.schema import TRAVELLING, Cases, Staff
from toolkit.steps.merge import ground_of


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an office ledger. `unit`: who reported it; `row`: of the merged workbook, 0 unknown; `origin`: (file, row)
    where it was first written; `cells`: field -> value, dates as dates, None blank or unreadable; `unread`: such fields."""

    unit: str
    period: str
    row: int
    origin: tuple[str, int]
    cells: Mapping[str, Any]
    unread: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> Any:
        return self.cells[name]


@dataclass(frozen=True)
class Month:
    """One month: its merge, and the rows of it that count, with the parts they belong to."""

    merged: Merged
    parts: tuple[Part, ...]
    tables: Mapping[str, Table]

    @property
    def period(self) -> str:
        return self.merged.period


def month(result: Merged) -> Month:
    """One month's merge with the rows that count."""
    ground = ground_of(result)
    counted = {ledger.id: ground.tables[ledger.id].where(ground.counted(ledger)) for ledger in TRAVELLING}
    return Month(result, tuple(ground.parts), counted)


@dataclass(frozen=True)
class Months:
    """Months of one unit in order, at least one; `target`: the unit they were merged to."""

    target: Unit
    plan: Plan
    units: Units
    months: tuple[Month, ...]
    _rows: dict[str, dict[str, list[Row]]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def periods(self) -> tuple[str, ...]:
        return tuple(one.period for one in self.months)

    def own(self, ledger: type[Ledger], unit: str) -> Sequence[Row]:
        """Rows a unit itself reported, month after month."""
        return self._by_unit(ledger).get(unit, ())

    def under(self, ledger: type[Ledger], unit: str) -> Iterable[Row]:
        """Rows of a unit and all below it, by unit and month."""
        if level_of(unit) == "village":
            yield from self.own(ledger, unit)
            return
        for code, rows in self._by_unit(ledger).items():
            if contains(unit, code):
                yield from rows

    def _by_unit(self, ledger: type[Ledger]) -> dict[str, list[Row]]:
        if ledger.id not in self._rows:
            found: dict[str, list[Row]] = {}
            for one in self.months:
                for row in _rows_of(one, ledger):
                    found.setdefault(row.unit, []).append(row)
            self._rows[ledger.id] = dict(sorted(found.items()))
        return self._rows[ledger.id]

    @cached_property
    def parts(self) -> dict[tuple[str, str, str], Part]:
        """(unit, period, ledger) -> the part that stands."""
        return {part.place: part for one in self.months for part in one.parts}

    @cached_property
    def received(self) -> frozenset[tuple[str, str]]:
        """(unit, period) of those who reported, nil reports included."""
        return frozenset((row.unit, row.period) for one in self.months for row in one.merged.submissions if row.state in (RECEIVED, ZERO))

    @cached_property
    def dated(self) -> frozenset[tuple[str, str]]:
        """(unit, period) of those whose day of receipt is known."""
        return frozenset((part.unit, part.period) for part in self.parts.values() if part.received)

    @cached_property
    def owners(self) -> dict[tuple[str, str, str], set[str]]:
        """(period, ledger, number) of each conflict over a case or a person -> the units that reported it."""
        found: dict[tuple[str, str, str], set[str]] = {}
        for one in self.months:
            for ledger, names in ((Cases, ("case_no", "decision_no")), (Staff, ("staff_id",))):
                wanted = {conflict.what for conflict in one.merged.conflicts if conflict.ledger == ledger.id}
                table = one.merged.union.tables.get(ledger.id)
                if not wanted or table is None:
                    continue
                for name in names:
                    for part, number in zip(table.frame[PART].tolist(), table.frame[name].tolist(), strict=True):
                        if number in wanted and one.merged.stands[part]:
                            found.setdefault((one.period, ledger.id, number), set()).add(one.merged.union.parts[part].unit)
        return found

    @cached_property
    def issues(self) -> dict[tuple[str, str], list[Issue]]:
        """(unit, code) -> what was found, in every month."""
        found: dict[tuple[str, str], list[Issue]] = {}
        for one in self.months:
            for issue in one.merged.issues:
                found.setdefault((issue.unit, issue.code), []).append(issue)
        return found

    @cached_property
    def codes(self) -> dict[tuple[str, str, str, str, int], list[str]]:
        """(ledger, unit, period, file, row where first written) -> codes of the issues on that row."""
        found: dict[tuple[str, str, str, str, int], list[str]] = {}
        for issues in self.issues.values():
            for issue in issues:
                if issue.row:
                    found.setdefault((issue.ledger, issue.unit, issue.period, issue.file, issue.row), []).append(issue.code)
        return found

    def codes_on(self, row: Row, ledger: type[Ledger]) -> list[str]:
        """Codes of the issues that stand on a row."""
        return self.codes.get((ledger.id, row.unit, row.period, *row.origin), [])

    def found(self, unit: str, *codes: str) -> list[Issue]:
        """Issues with these codes of a unit and all below it."""
        if level_of(unit) == "village":
            return [issue for code in codes for issue in self.issues.get((unit, code), ())]
        return [issue for (owner, code), issues in self.issues.items() if code in codes and owner and contains(unit, owner) for issue in issues]

    def expected(self, unit: str, level: str = "") -> list[str]:
        """Codes of the units that must report under one, itself included; only those of a level where one is named."""
        return [one.code for one in self.units.expected_under(unit) if not level or one.level == level]

    def below(self, unit: str) -> list[str]:
        """Listed units right below one: a county's townships, a township's villages."""
        depth = list(LEVELS).index(level_of(unit)) + 1
        return [one.code for one in self.units.below(unit) if depth < len(LEVELS) and one.level == list(LEVELS)[depth]]


def _rows_of(one: Month, ledger: type[Ledger]) -> Iterable[Row]:
    """A month's rows of one ledger as plain values, column by column."""
    table = one.tables.get(ledger.id)
    if table is None or not len(table):
        return
    names = [column.field for column in ledger.columns]
    columns = [_plain(table.frame[name]) for name in names]
    frame = table.frame
    for cells, number, here, first, unread in zip(zip(*columns, strict=True), frame[PART].tolist(), frame[HERE].tolist(), frame[ROW].tolist(),
                                                  frame[UNKNOWN].tolist(), strict=True):
        part = one.parts[number]
        yield Row(part.unit, part.period, here, (part.source.file, first), dict(zip(names, cells, strict=True)), frozenset(unread or ()))


def _plain(series: Any) -> list[Any]:
    """Values of a column: None where missing, days as dates."""
    return [None if gone else _day(value) for value, gone in zip(series.tolist(), series.isna().tolist(), strict=True)]


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, dt.datetime) else value
