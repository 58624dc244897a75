"""The figures of the monthly summary, one function each, over the rows that stand at one place (DOMAIN 6.1).

Each returns [(field, n, d, doubted)]: d is None for plain counts, `doubted` where an undecided duplicate was counted.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toolkit.model.figure import MONEY, OFFICE, UNDECIDED, Figure, rate
from toolkit.model.merged import LATE, RECEIVED, ZERO
from toolkit.model.period import first_day, last_day
from toolkit.model.unit import level_of
from toolkit.rules.works import MEETINGS, RECTIFICATION
from toolkit.schema import TRAVELLING, BirthOrders, Births, Cases, Services, Works
from toolkit.schema.birth_orders import BIRTH_ORDER
from toolkit.schema.cases import CASE_TYPE
from toolkit.steps.standing import ASSIGNED, CASE, DOUBTED, UNIT, Month, Place

if TYPE_CHECKING:
    import pandas as pd

Raw = tuple[str, float, int | None, bool]

#: Case stages (DOMAIN 5.7 row 10) that are still open at the month's end.
OPEN_STAGES = (0, 1, 2, 3)
#: Works types (DOMAIN 5.8) behind each count.
WORK_TYPES = {"works_meetings": MEETINGS, "works_publicity": (5,), "works_inspections": (7,), "works_support": (11,), "works_training": (6,)}
INSPECTION = 7
_CASE_DATES = ("found_on", "filed_on", "decided_on", "transferred_on", "closed_on")
_DAYS_A_WEEK = 7


# --------------------------------------------------------------------------------------- 1-7: the service offered


def services_open(place: Place) -> list[Raw]:
    rows = place.frames[Services.id]
    return [("services_open", len(rows), None, _doubted(rows))]


def assign_rate(place: Place) -> list[Raw]:
    """An office duty: each record has somebody in office in that village, from the county up with the full chain."""
    rows = place.frames[Services.id]
    return [("assign_rate", int(rows[ASSIGNED].sum()), len(rows), _doubted(rows))]


def contact_rate(place: Place) -> list[Raw]:
    return _share(place, "contact_rate", "contact_offered", "contact_planned")


def window_rate(place: Place) -> list[Raw]:
    return _share(place, "window_rate", "windows_done", "windows_due")


def postnatal_rate(place: Place) -> list[Raw]:
    return _share(place, "postnatal_rate", "postnatal_done", "postnatal_due")


def check42_rate(place: Place) -> list[Raw]:
    return _share(place, "check42_rate", "check42_done", "check42_due")


def needs(place: Place) -> list[Raw]:
    """Needs raised, met, and reported in time; what is counted is the office's answer."""
    rows = place.frames[Services.id]
    raised = _sum(rows, "needs")
    return [("needs", raised, None, _doubted(rows)), ("needs_done_rate", _sum(rows, "needs_done"), raised, _doubted(rows)),
            ("needs_in_time_rate", _sum(rows, "needs_in_time"), raised, _doubted(rows))]


# ------------------------------------------------------------------------------------------------- 8, 9: births


def births(place: Place) -> list[Raw]:
    """The first row of each unit counts (B102); no row in a received file is 0."""
    rows = place.frames[Births.id]
    first = rows.drop_duplicates([UNIT])
    return [(field, _sum(first, name), None, _doubted(rows)) for field, name in (("births", "live_births"), ("boys", "boys"), ("girls", "girls"))]


def birth_order_rows(months: Sequence[Month]) -> pd.DataFrame:
    """The row that counts for each (unit, quarter, order): the first of the latest month that has one."""
    import pandas as pd

    pieces = [month.total.frames[BirthOrders.id].assign(_month=month.merged.period) for month in months]
    rows = pd.concat(pieces, ignore_index=True)
    rows = rows[rows["quarter"].notna() & rows["birth_order"].notna()]
    rows = rows.sort_values("_month", kind="stable", ascending=False)
    kept: pd.DataFrame = rows.drop_duplicates([UNIT, "quarter", "birth_order"])
    return kept


def births_by_order(months: Sequence[Month]) -> list[Figure]:
    """Figure 9, of the whole target, for each quarter reported: `births_by_order:1:boys`; `all` and `births` are the sums."""
    target = months[-1].merged.target
    return order_figures(birth_order_rows(months), target.code, target.level)


def order_figures(rows: pd.DataFrame, unit: str, level: str) -> list[Figure]:
    """The same of one unit, from its rows that count."""
    found = []
    for quarter, mine in rows.groupby("quarter", sort=True):
        for code in (*(code for code, _ in BIRTH_ORDER.labels), "all"):
            of_order = mine if code == "all" else mine[mine["birth_order"] == int(code)]
            sums = {name: _sum(of_order, name) for name in ("boys", "girls", "unstated")}
            for name, n in (sums | {"births": sum(sums.values())}).items():
                one = rate(unit, level, str(quarter), f"births_by_order:{code}:{name}", n, None)
                found.append(_with_doubt(one) if _doubted(of_order) else one)
    return found


# --------------------------------------------------------------------------------------------- 11-14: the work done


def distinct_cases(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a case: the one at the highest stage, then with the latest date (DOMAIN 5.10)."""
    latest = rows[list(_CASE_DATES)].max(axis=1)
    order = rows.assign(_latest=latest).sort_values(["status", "_latest"], kind="stable", na_position="first")
    kept: pd.DataFrame = order.drop_duplicates(CASE, keep="last").sort_index()
    return kept


def cases(place: Place) -> list[Raw]:
    """By date in the month, in all and by type; open is the stage at its end."""
    rows = distinct_cases(place.frames[Cases.id])
    counted = {
        "cases_leads": in_month(rows, "found_on", place), "cases_filed": in_month(rows, "filed_on", place),
        "cases_decided": in_month(rows, "decided_on", place), "cases_closed": in_month(rows, "closed_on", place),
        "cases_transferred": in_month(rows, "transferred_on", place), "cases_open": rows["status"].isin(OPEN_STAGES).fillna(False).astype(bool),
    }
    found: list[Raw] = []
    for field, mask in counted.items():
        found.append((field, int(mask.sum()), None, _doubted(rows[mask])))
        if place.whole:
            for code, _ in CASE_TYPE.labels:
                of_type = mask & (rows["type"] == code)
                found.append((f"{field}:{code}", int(of_type.sum()), None, _doubted(rows[of_type])))
    return found


def money(place: Place) -> list[Raw]:
    """Fines and confiscations decided in the month; a reward has no day of its own, so the first of decided, closed, transferred, found stands for it."""
    rows = distinct_cases(place.frames[Cases.id])
    found: list[Raw] = []
    paid = rows.assign(_paid=rows["decided_on"].fillna(rows["closed_on"]).fillna(rows["transferred_on"]).fillna(rows["found_on"]))
    for field, name, day in (("fines", "fine", "decided_on"), ("confiscated", "confiscated", "decided_on"), ("rewards", "reward", "_paid")):
        mine = paid[in_month(paid, day, place)]
        found.append((field, round(float(mine[name].fillna(0).sum()), 2), None, _doubted(mine)))
    return found


def works(place: Place) -> list[Raw]:
    """Works dated in the month, by kind, against what the plan asks at least; no minimum, a count only."""
    rows = place.frames[Works.id]
    rows = rows[in_month(rows, "date", place)]
    return [(field, int(rows["type"].isin(types).fillna(False).sum()), least(place, field), _doubted(rows)) for field, types in WORK_TYPES.items()]


def least(place: Place, field: str) -> int | None:
    """The plan's minimum for a month at this place: monthly meetings of county and townships, rounds of the publicity van."""
    monthly, van = place.plan.meetings.monthly, place.plan.publicity.van_per_week
    if field == "works_meetings":
        parts = [monthly.township * place.townships if monthly.township and place.townships else None,
                 monthly.county if monthly.county and of_county(place) else None]
        asked = [part for part in parts if part is not None]
        return sum(asked) if asked else None
    if field == "works_publicity" and van and place.townships:
        year, month = int(place.period[:4]), int(place.period[5:7])
        return van * calendar.monthrange(year, month)[1] // _DAYS_A_WEEK * place.townships
    return None


def of_county(place: Place) -> bool:
    """The county as a whole, or its own office: meetings of the leading group and the departments are the county's."""
    return (place.whole and place.level == "county") or (place.level == OFFICE and level_of(place.unit) == "county")


def inspections(place: Place) -> list[Raw]:
    """Listed institutions of this place that anyone inspected in the month; of these with problems, and those put right by its end."""
    rows = place.all_works
    mine = rows[rows["target_code"].isin(place.institutions)]
    seen = mine[(mine["type"] == INSPECTION).fillna(False).astype(bool) & in_month(mine, "date", place)]
    wrong = set(seen.loc[(seen["problems"] > 0).fillna(False).astype(bool), "target_code"])
    done = mine[(mine["type"] == RECTIFICATION).fillna(False).astype(bool) & (mine["done_on"] <= _day(last_day(place.period))).fillna(False).astype(bool)]
    return [("inspections", seen["target_code"].nunique(), len(place.institutions), False), ("inspections_to_rectify", len(wrong), None, False),
            ("inspections_rectified", len(wrong & set(done["target_code"])), None, False)]


# -------------------------------------------------------------------------------- 15, 16: reports and their quality


def submission(place: Place) -> list[Raw]:
    """Expected units: received (nil reports too), nil, late, missing or refused."""
    expected = {row.unit for row in place.submissions if row.expected}
    came = [row for row in place.submissions if row.unit in expected and row.state in (RECEIVED, ZERO)]
    received = {row.unit for row in came}
    return [("submission", len(received), len(expected), False), ("submission_zero", len({row.unit for row in came if row.state == ZERO}), None, False),
            ("submission_late", len({row.unit for row in came if row.late == LATE}), None, False),
            ("submission_missing", len(expected - received), None, False)]


def quality(place: Place) -> list[Raw]:
    """Errors and warnings that stand in office ledgers, beside their rows: those of service rows (X102) would count the rows themselves."""
    rows = sum(len(place.frames[ledger.id]) for ledger in TRAVELLING if ledger is not Services)
    office = [issue for issue in place.issues if not issue.local and issue.ledger != Services.id]
    counted = {severity: sum(issue.severity == severity for issue in office) for severity in ("error", "warning")}
    return [("quality_errors", counted["error"], rows, False), ("quality_warnings", counted["warning"], rows, False)]


#: Figures of every line.
FIGURES: tuple[Callable[[Place], list[Raw]], ...] = (services_open, assign_rate, contact_rate, window_rate, postnatal_rate, check42_rate, needs, births, cases,
                                                     money, works, inspections, submission, quality)
#: Figures 1-8: of women served and of births.
_ABOUT_WOMEN = FIGURES[:8]
#: Figures of the target's own office: it has no service book and no births.
OFFICE_FIGURES = (cases, money, works, inspections, submission, quality)
#: Counts with a denominator beside them that is no whole they are part of: shown as n of d, the value is n.
_BESIDE = ("works_meetings", "works_publicity", "works_inspections", "works_support", "works_training", "quality_errors", "quality_warnings")


def figures_of(month: Month) -> list[Figure]:
    """Every figure of every line of a month, nothing hidden yet."""
    return [one for place in month.every for one in _figures(place, OFFICE_FIGURES if place.level == OFFICE else FIGURES)]


def figures_about_women(place: Place) -> list[Figure]:
    """Figures 1-8 of one line, nothing hidden yet."""
    return _figures(place, _ABOUT_WOMEN)


def _figures(place: Place, functions: Sequence[Callable[[Place], list[Raw]]]) -> list[Figure]:
    found = []
    for figure in functions:
        for field, n, d, doubted in figure(place):
            one = _figure(place, field, n, d)
            found.append(_with_doubt(one) if doubted else one)
    return found


def _figure(place: Place, field: str, n: float, d: int | None) -> Figure:
    if field in MONEY:
        return Figure(place.unit, place.level, place.period, field, None, None, n)
    if field in _BESIDE:
        return Figure(place.unit, place.level, place.period, field, int(n), d, n)
    return rate(place.unit, place.level, place.period, field, int(n), d)


def _with_doubt(one: Figure) -> Figure:
    return replace(one, basis=UNDECIDED)


def _share(place: Place, field: str, part: str, whole: str) -> list[Raw]:
    rows = place.frames[Services.id]
    return [(field, _sum(rows, part), _sum(rows, whole), _doubted(rows))]


def _sum(rows: pd.DataFrame, name: str) -> int:
    return int(rows[name].fillna(0).sum())


def _doubted(rows: pd.DataFrame) -> bool:
    return bool(rows[DOUBTED].any())


def in_month(rows: pd.DataFrame, name: str, place: Place) -> pd.Series[bool]:
    inside: pd.Series[bool] = rows[name].between(_day(first_day(place.period)), _day(last_day(place.period))).fillna(False).astype(bool)
    return inside


def _day(day: Any) -> Any:
    import pandas as pd

    return pd.Timestamp(day)
