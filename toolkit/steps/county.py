"""A fictional county for `ledger demo` and for tests: every office's month, clean under every rule, from a seed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.model.period import last_day
from toolkit.model.plan import Plan
from toolkit.model.unit import Unit
from toolkit.schema import Cover, fingerprint
from toolkit.steps import county_names as names
from toolkit.steps.county_book import book, how_many
from toolkit.steps.county_counts import Docket, birth_orders, births, cases
from toolkit.steps.county_people import Tree, people, tree_of
from toolkit.steps.county_rows import Row, days, shown
from toolkit.steps.county_works import Desk, works_and_evidence

Institution = tuple[str, str, str, str]  # code, name, kind, unit code: a line of institutions.csv

SPARE_RECORD_IDS = 20
_LAST_DAY_TO_FILL_IN = 9
_INSTITUTIONS = {"township": (("卫生院", "医疗机构"), ("门诊部", "医疗机构"), ("一号药房", "药品零售"), ("二号药房", "药品零售")),
                 "county": (("妇幼保健院", "医疗机构"), ("人民医院", "医疗机构"), ("药品公司", "药品生产批发"))}


@dataclass(frozen=True)
class Office:
    """One unit's month. `cover` and `rows` (ledger id -> rows, field -> value) hold what sheets show: `1 可上门`, date
    objects, numbers, text, None where nothing is written. `record_ids`: all numbers of the book, used ones first."""

    unit: Unit
    period: str
    cover: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]
    record_ids: tuple[str, ...] = ()
    book_key: str = field(default="", repr=False)


@dataclass(frozen=True)
class County:
    """`units` and `offices` (villages, townships, the county office) are in code order; `last_day`: of the next month, by
    which the offices have filled in and sent what is in time."""

    units: tuple[Unit, ...]
    institutions: tuple[Institution, ...]
    offices: tuple[Office, ...]
    last_day: int = 9

    def office(self, code: str) -> Office:
        return next(office for office in self.offices if office.unit.code == code)


@dataclass(frozen=True)
class _Frame:
    """What all offices of a month share."""

    seed: str
    period: str
    plan: Plan
    tree: Tree
    institutions: dict[str, list[Institution]]  # by unit code
    docket: Docket


def county(seed: str, villages: int, period: str, plan: Plan) -> County:
    """The month of a county with so many villages; the same for the same arguments, no clock.

    Units, institutions and staff are the same from month to month; women are not followed.
    Raises ValueError for a number of villages the code ranges do not hold.
    """
    units = names.units_of(villages)
    institutions = _institutions(units)
    by_unit: dict[str, list[Institution]] = {}
    for institution in institutions:
        by_unit.setdefault(institution[3], []).append(institution)
    frame = _Frame(seed, period, plan, tree_of(units), by_unit, Docket(period, plan))
    return County(units, institutions, tuple(_office(frame, unit) for unit in units), last_day_to_fill_in(plan))


def last_day_to_fill_in(plan: Plan) -> int:
    """The day of the next month by which the fictional offices have filled in and sent: never late, at most the 9th."""
    return max(1, min([_LAST_DAY_TO_FILL_IN] + [
        deadline.day - (not deadline.inclusive)
        for deadline in (plan.deadlines.village_to_township, plan.deadlines.township_to_county, plan.deadlines.county_to_prefecture)
        if deadline.month_offset == 1]))


def _institutions(units: Sequence[Unit]) -> tuple[Institution, ...]:
    found = []
    for unit in units:
        for number, (name, kind) in enumerate(_INSTITUTIONS.get(unit.level, ()), 1):
            found.append((f"{unit.code[:9]}-J{number:02d}", unit.name + name, kind, unit.code))
    return tuple(found)


def _office(frame: _Frame, unit: Unit) -> Office:
    rng = random.Random(f"{frame.seed}|{frame.period}|{unit.code}")
    village = unit.level == "village"
    records = how_many(rng) if village else 0
    ids = names.record_ids(records + SPARE_RECORD_IDS, rng) if village else ()
    staff = people(frame.tree, unit, frame.seed, int(frame.period[:4]), max(2, -(-records // max(1, frame.plan.limits.records_per_person))))
    rows: dict[str, list[Row]] = {}
    if village:
        rows["pregnancies"], rows["visits"] = book(ids[:records], staff.carers, frame.period, frame.plan, rng)
        rows["births"] = births(unit, records, rng)
    else:
        rows["birth_orders"] = birth_orders(unit, frame.period, len(frame.tree.get(unit.code, ())), rng)
    local = frame.institutions[unit.code if not village else unit.code[:9] + "000"]
    rows["staff"] = staff.rows
    rows["cases"] = cases(unit, frame.docket, local, rng)
    desk = Desk(unit, frame.period, frame.plan, staff, rng)
    rows["works"], rows["evidence"] = works_and_evidence(desk, frame.tree.get(unit.code, ()), [code for code, *_ in local])
    cover = _cover(frame, unit, staff.names, rows, rng)
    return Office(unit, frame.period, cover, rows, ids, f"{rng.getrandbits(128):032x}" if village else "")


def _cover(frame: _Frame, unit: Unit, signed: tuple[str, str], rows: dict[str, list[Row]], rng: random.Random) -> Row:
    return shown(
        Cover, unit_code=unit.code, unit_name=unit.name, period=frame.period, plan_id=frame.plan.id, template=fingerprint(), revision=0,
        prepared_by=signed[0], reviewed_by=signed[1], prepared_on=_filled_on(frame, rng), zero_cases=not rows["cases"],
        zero_works=not rows["works"], police_transfers=rng.randint(0, 2) if unit.level == "county" else 0)


def _filled_on(frame: _Frame, rng: random.Random) -> dt.date:
    return last_day(frame.period) + days(rng.randint(1, last_day_to_fill_in(frame.plan)))
