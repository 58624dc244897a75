"""The rows that stand in a month, dealt out to the places a summary has lines for (DOMAIN 6.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.model.figure import OFFICE
from toolkit.model.issue import Issue
from toolkit.model.ledger import PART
from toolkit.model.merged import BOTH, Merged, Submission
from toolkit.model.plan import Plan
from toolkit.model.unit import LEVELS, at_level, contains, level_of
from toolkit.rules.posts import in_office, posts
from toolkit.rules.rule import Ground
from toolkit.schema import TRAVELLING, BirthOrders, Births, Cases, Services, Works
from toolkit.steps.merge import ground_of

if TYPE_CHECKING:
    import pandas as pd

#: Columns beside a ledger's own: the unit that reported the row; whether an undecided duplicate touches it; what names a case.
UNIT, DOUBTED, CASE, ASSIGNED = "_unit", "_doubted", "_case", "_assigned"
_TOWNSHIP_LEVEL, _COUNTY_LEVEL = 2, 1  # staff levels (DOMAIN 5.6)


@dataclass(frozen=True)
class Institution:
    """A line of institutions.csv: who is to be inspected, and in whose area it lies."""

    code: str
    name: str
    kind: str
    unit: str


@dataclass(frozen=True)
class Place:
    """A line of the summary: a unit with all under it, the target itself, or (level OFFICE) what its own office reported."""

    unit: str
    level: str
    period: str
    plan: Plan
    frames: Mapping[str, Any]  # ledger -> its standing rows here
    submissions: tuple[Submission, ...] = ()  # of expected units here
    issues: tuple[Issue, ...] = ()
    institutions: frozenset[str] = frozenset()
    townships: int = 0  # in the unit list here, for the plan's minima
    whole: bool = False  # the target
    all_works: Any = None  # works of every office: institutions here may be inspected from above


@dataclass(frozen=True)
class Month:
    """One month of the target: the places of its summary in code order, the target's own office, the target.

    A village has neither: it is its own only line.
    """

    merged: Merged
    ground: Ground
    places: tuple[Place, ...]
    offices: tuple[Place, ...]
    total: Place

    @property
    def every(self) -> tuple[Place, ...]:
        return (*self.places, *self.offices, self.total)


def level_below(level: str) -> str:
    """The level of a summary's lines: villages in a township's own, townships in a county's."""
    names = list(LEVELS)
    return names[min(names.index(level) + 1, len(names) - 1)]


def month_of(merged: Merged, institutions: Sequence[Institution]) -> Month:
    """The standing rows of a merged month, by place."""
    ground = ground_of(merged)
    frames = {ledger.id: _rows(ground, ledger) for ledger in TRAVELLING}
    frames[Services.id][ASSIGNED] = _assigned(ground, frames[Services.id], LEVELS[merged.target.level] <= LEVELS["county"])
    _doubt(frames, merged)
    target, below = merged.target.code, level_below(merged.target.level)
    known = {at_level(unit.code, below) for unit in merged.units.below(target) if level_of(unit.code) != merged.target.level}
    reported = {at_level(part.unit, below) for part in ground.parts if contains(target, part.unit) and part.unit != target}
    codes = sorted(code for code in known | reported if level_of(code) == below)
    line = {unit: _line(unit, target, below) for unit in {*(part.unit for part in merged.union.parts), *(row.unit for row in merged.submissions),
                                                         *(issue.unit for issue in merged.issues), *(one.unit for one in institutions),
                                                         *(unit.code for unit in merged.units)}}
    lines = {name: _dealt(frame, line) for name, frame in frames.items()}

    def place(code: str, level: str) -> Place:
        mine = {name: lines[name].get(code, frame.iloc[:0]) for name, frame in frames.items()}
        return Place(code, level, merged.period, merged.plan, mine, tuple(row for row in merged.submissions if row.unit and line[row.unit] == code),
                     tuple(issue for issue in merged.issues if issue.unit and line[issue.unit] == code),
                     frozenset(one.code for one in institutions if line[one.unit] == code),
                     sum(line[unit.code] == code and unit.level == "township" for unit in merged.units), all_works=frames[Works.id])

    inside = [unit for unit in merged.units.below(target) if unit.level == "township"]
    total = Place(target, merged.target.level, merged.period, merged.plan, frames, tuple(row for row in merged.submissions if row.unit),
                  tuple(merged.issues), frozenset(one.code for one in institutions if contains(target, one.unit)), len(inside), True, frames[Works.id])
    return Month(merged, ground, tuple(place(code, below) for code in codes), (place(target, OFFICE),) if below != merged.target.level else (), total)


def _dealt(frame: pd.DataFrame, line: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    import pandas as pd

    keys = pd.Series([line[unit] for unit in frame[UNIT]], index=frame.index, dtype="object")
    return {str(code): rows for code, rows in frame.groupby(keys, sort=False)} if len(frame) else {}


def _line(unit: str, target: str, below: str) -> str:
    """The code of the line a unit belongs to: the target's own office has the target's."""
    return "" if not unit or not contains(target, unit) else target if unit == target else at_level(unit, below)


def _rows(ground: Ground, ledger: Any) -> pd.DataFrame:
    """The counted rows of a ledger with the unit that reported them."""
    import pandas as pd

    table = ground.tables[ledger.id]
    frame = table.frame.copy(deep=False)
    frame[UNIT] = pd.Series([ground.parts[number].unit for number in frame[PART].tolist()], index=frame.index, dtype="str")
    frame[DOUBTED] = False
    return frame[ground.counted(ledger)].copy()


def _assigned(ground: Ground, services: pd.DataFrame, chain: bool) -> pd.Series[bool]:
    """Service rows whose responsible person holds office in that village at the month's end; `chain`: up to the county.

    A chain is full when the person above sits in the township, the next in the county, both in office. What is not here is not full.
    """
    import pandas as pd

    lines = posts(ground)
    lines = lines[lines["id"].notna() & in_office(lines, lines["month_end"])]
    serving: dict[str, list[tuple[str, str, Any, Any]]] = {}
    for number, home, unit, level, upper, areas in zip(lines["id"], lines["home"], lines["unit"], lines["level"], lines["upper"], lines["areas"], strict=True):
        own = {code[:12] for code in str(areas).split(";")} | {unit}
        for area in own:
            serving.setdefault(str(number), []).append((str(area), str(home), level, upper))

    def full(unit: str, upper: Any) -> bool:
        if not chain:
            return True
        township, county = at_level(unit, "township"), at_level(unit, "county")
        above = [line for line in serving.get(str(upper), ()) if line[1] == township and line[2] == _TOWNSHIP_LEVEL]
        return any(top[1] == county and top[2] == _COUNTY_LEVEL for line in above for top in serving.get(str(line[3]), ()))

    pairs = set(zip(services["staff_id"], services["unit_code"].fillna(services[UNIT]), strict=True))
    fine = {(number, unit) for number, unit in pairs if isinstance(number, str)
            and any(area == unit and full(unit, upper) for area, _, level, upper in serving.get(number, ()))}
    return pd.Series([pair in fine for pair in zip(services["staff_id"], services["unit_code"].fillna(services[UNIT]), strict=True)], index=services.index,
                     dtype=bool)


def _doubt(frames: dict[str, Any], merged: Merged) -> None:
    """Mark what waits for a decision: cases in two units or twice in one, rows twice, one revision with two contents (DOMAIN 5.10)."""
    waiting = {conflict.what for conflict in merged.conflicts if conflict.code == "D102" and not conflict.decided}
    both = {conflict.what for conflict in merged.conflicts if conflict.code == "D102" and conflict.decided == BOTH}
    cases = frames[Cases.id]
    again = cases["case_no"].notna() & cases.duplicated([UNIT, "case_no"], keep=False)
    cases[DOUBTED] = cases["case_no"].isin(waiting) | cases["decision_no"].isin(waiting) | again
    names = []
    for at, (unit, number) in enumerate(zip(cases[UNIT], cases["case_no"], strict=True)):
        names.append(f"row {at}" if not isinstance(number, str) else f"{unit} {number}" if number in both else number)
    cases[CASE] = names
    for ledger, keys in ((Births, [UNIT]), (BirthOrders, [UNIT, "quarter", "birth_order"])):
        frames[ledger.id][DOUBTED] = frames[ledger.id].duplicated(keys, keep=False)
    open_ = {(conflict.what, conflict.ledger) for conflict in merged.conflicts if conflict.code == "F111" and not conflict.decided}
    for name, frame in frames.items():
        units = [unit for unit, ledger in open_ if ledger == name]
        if units:
            frame[DOUBTED] |= frame[UNIT].isin(units)
