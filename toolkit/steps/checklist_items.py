"""What every automatic item of a checklist is made from: one unit at one desk, its works, its people, its verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.model.checklist import PASSED, SHORT, WANTED, Place
from toolkit.model.figure import Figure as Indicator
from toolkit.model.issue import Issue
from toolkit.model.ledger import Ledger
from toolkit.model.period import first_day, last_day, quarter
from toolkit.model.plan import Plan
from toolkit.model.unit import level_of
from toolkit.schema import Evidence, Staff, Works
from toolkit.steps.months import Months, Row
from toolkit.steps.standing import Institution

if TYPE_CHECKING:
    from toolkit.steps.checklist_service import Visits

#: Types of works (schema.works.WORK_TYPE).
LEADING_GROUP, COORDINATION, SPECIAL, MONTHLY, PUBLICITY, TRAINING, INSPECTION, RECTIFICATION = range(1, 9)
SUPPORT, RANDOM_VISIT = 11, 12
#: Roles on the staff list (schema.staff.ROLE).
LEADER, DEPUTY, MEMBER, OFFICE_HEAD = range(1, 5)
_NAMES_SHOWN = 3


@dataclass(frozen=True)
class Desk:
    """One unit's place at the table. `institutions` None: the workspace has no list. `figures`: those of the monthly summary, as
    they may be shown. `hides`: a report of a county or above. `visits`: of the random visits, None where no result was given."""

    months: Months
    unit: str
    institutions: tuple[Institution, ...] | None = None
    figures: Mapping[tuple[str, str, str, str], Indicator] = field(default_factory=dict)
    visits: Visits | None = None
    hides: bool = False

    @property
    def plan(self) -> Plan:
        return self.months.plan

    @property
    def periods(self) -> tuple[str, ...]:
        return self.months.periods

    @property
    def level(self) -> str:
        return level_of(self.unit)

    def here(self, period: str, ledger: type[Ledger]) -> bool:
        """Whether this unit's own ledger of that month is in the merge."""
        return (self.unit, period, ledger.id) in self.months.parts

    def works(self, *types: int) -> list[Row]:
        """Its own works of these types, dated in the month they were reported for."""
        return [row for row in self.months.own(Works, self.unit) if row["type"] in types and in_month(row)]

    def all_works(self, *types: int) -> list[Row]:
        """The same of the unit and all below it."""
        return [row for row in self.months.under(Works, self.unit) if row["type"] in types and in_month(row)]

    def staff(self) -> list[Row] | None:
        """Whoever is in office on its own latest list, at that month's end; None where no list is here."""
        period = next((period for period in reversed(self.periods) if self.here(period, Staff)), None)
        if period is None:
            return None
        return [row for row in self.months.own(Staff, self.unit) if row.period == period and in_office(row)]

    def all_staff(self) -> list[Row]:
        """Whoever is in office on the latest list of each unit, this one and all below."""
        rows = list(self.months.under(Staff, self.unit))
        latest = {row.unit: row.period for row in rows}  # months come in order
        return [row for row in rows if row.period == latest[row.unit] and in_office(row)]


def in_month(row: Row) -> bool:
    """A work is counted in the month its date lies in (SPEC 4, `carry`)."""
    day: dt.date | None = row["date"]
    return day is not None and first_day(row.period) <= day <= last_day(row.period)


def in_office(row: Row) -> bool:
    """Its term contains the month's last day; a blank or unreadable end is open, a blank start holds."""
    day = last_day(row.period)
    return (row["valid_from"] is None or row["valid_from"] <= day) and (row["valid_to"] is None or row["valid_to"] >= day)


def verdict(lacks: Iterable[bool]) -> str:
    """The result from what is short. For each shortfall: whether it is only that a file or month is not here yet."""
    found = list(lacks)
    return PASSED if not found else WANTED if all(found) else SHORT


@dataclass(frozen=True)
class Span:
    """A quarter or a year as far as months of it are given. `whole`: all its months that the plan covers are here."""

    name: str
    periods: tuple[str, ...]
    whole: bool


def quarters(desk: Desk) -> list[Span]:
    return _spans(desk, quarter, 3)


def years(desk: Desk) -> list[Span]:
    return _spans(desk, lambda period: period[:4], 12)


def _spans(desk: Desk, name_of: object, size: int) -> list[Span]:
    assert callable(name_of)
    names = dict.fromkeys(name_of(period) for period in desk.periods)
    spans = []
    for name in names:
        year = name[:4]
        months = [period for period in (f"{year}-{month:02d}" for month in range(1, 13)) if name_of(period) == name and covered(desk.plan, period)]
        spans.append(Span(name, tuple(period for period in desk.periods if name_of(period) == name),
                          all(period in desk.periods and desk.here(period, Works) for period in months)))
    return spans


def covered(plan: Plan, period: str) -> bool:
    """Whether the plan's term touches the month."""
    return not ((plan.start and last_day(period) < plan.start) or (plan.end and first_day(period) > plan.end))


def per_period(rows: Iterable[Row], periods: Sequence[str]) -> dict[str, int]:
    """How many rows each month has."""
    counts = dict.fromkeys(periods, 0)
    for row in rows:
        counts[row.period] += 1
    return counts


def materials(desk: Desk, meeting: Row, item: str) -> int:
    """Papers of one meeting: those under its number, and those filed for the item that cite its day."""
    number, day = meeting["evidence_no"], meeting["date"]
    return len({row["evidence_no"] or row.origin for row in desk.months.own(Evidence, desk.unit)
                if (number is not None and row["evidence_no"] == number) or (row["item_code"] == item and row["meeting_date"] == day)})


def places(rows: Iterable[Row], ledger: type[Ledger]) -> tuple[Place, ...]:
    """Where rows stand in the merged workbooks, month by month."""
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.period, []).append(row.row)
    return tuple(Place(period, ledger.sheet, tuple(sorted({number for number in numbers if number}))) for period, numbers in sorted(found.items()))


def looked_at(desk: Desk, sheet: str, *codes: str) -> tuple[Place, ...]:
    """A sheet of every month that was looked at for issues."""
    return tuple(Place(period, sheet, (), tuple(codes)) for period in desk.periods)


def issue_places(issues: Iterable[Issue], sheet: str) -> tuple[Place, ...]:
    """Issues as places: month and codes."""
    found: dict[str, set[str]] = {}
    for issue in issues:
        found.setdefault(issue.period, set()).add(issue.code)
    return tuple(Place(period, sheet, (), tuple(sorted(codes))) for period, codes in sorted(found.items()))


def short_name(desk: Desk, unit: str) -> str:
    """A unit's name without the name of the unit whose checklist it is: 一村 on the list of 示例县甲山乡."""
    name = desk.months.units.name(unit)
    for above in (desk.unit, desk.months.target.code):
        prefix = desk.months.units.name(above)
        if name != prefix and name.startswith(prefix):
            return name.removeprefix(prefix)
    return name


def some(names: Iterable[str]) -> str:
    """A few names, and how many more."""
    known = list(dict.fromkeys(names))
    return "、".join(known[:_NAMES_SHOWN]) + (f"等{len(known)}个" if len(known) > _NAMES_SHOWN else "")


def short_periods(desk: Desk, counts: Mapping[str, int], need: int, unit: str = "次") -> str:
    """Months that fall short, in words; "" where none does."""
    return some(f"{period} {count}{unit}" for period, count in counts.items() if count < need)
