"""Quarter and year views of several months: office figures and births, never service figures (DOMAIN 6.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.model.figure import BIRTHS, CASES, INSPECTIONS, MONEY, OFFICE, SUBMISSIONS, UNDECIDED, WORKS, Figure
from toolkit.model.period import last_day, quarter, shift
from toolkit.model.plan import Plan
from toolkit.rules.works import RECTIFICATION
from toolkit.steps.indicators import INSPECTION, of_county
from toolkit.steps.standing import Month, Place

#: Summed over months. 在办 is the last month's; institutions are counted once.
_SUMMED = (*BIRTHS, *(field for field in CASES if field != "cases_open"), *MONEY, *WORKS, *SUBMISSIONS)
_YEAR, _QUARTER = 12, 3


@dataclass(frozen=True)
class Span:
    """Some months in a row under one name: `2025-Q3`, `2025`, `2025-01/2025-09`."""

    name: str
    months: tuple[str, ...]

    def missing(self, given: Mapping[str, Month]) -> tuple[str, ...]:
        return tuple(month for month in self.months if month not in given)


def span_of(first: str, last: str) -> Span:
    months = [first]
    while months[-1] < last:
        months.append(shift(months[-1], 1))
    if len(months) == _YEAR and first.endswith("-01"):
        return Span(first[:4], tuple(months))
    if len(months) == _QUARTER and int(first[5:7]) % _QUARTER == 1:
        return Span(quarter(first), tuple(months))
    return Span(f"{first}/{last}", tuple(months))


def spans(periods: Sequence[str], plan: Plan) -> list[Span]:
    """Every quarter and statistical year that a given month lies in, and the year up to the last month."""
    found: dict[str, Span] = {}
    for period in sorted(periods):
        start = shift(period, -((int(period[5:7]) - 1) % _QUARTER))
        one = span_of(start, shift(start, _QUARTER - 1))
        found[one.name] = one
    for period in sorted(periods):
        start = year_start(period, plan)
        one = span_of(start, shift(start, _YEAR - 1))
        found[one.name] = one
    to_date = span_of(year_start(max(periods), plan), max(periods))
    if len(to_date.months) > 1:
        found[to_date.name] = to_date
    return list(found.values())


def rolling_year(last: str) -> Span:
    """The twelve months that end with this one."""
    return span_of(shift(last, 1 - _YEAR), last)


def year_start(period: str, plan: Plan) -> str:
    """The first month of the statistical year a month lies in (DOMAIN 2.8)."""
    first = int(plan.stat_year_start[:2])
    return shift(period, -((int(period[5:7]) - first) % _YEAR))


def span_figures(span: Span, months: Mapping[str, Month], figures: Mapping[str, Sequence[Figure]]) -> list[Figure]:
    """The figures of a span, not yet hidden. With a month missing every value is None and `basis` names the missing months."""
    last = max(months)
    missing = ",".join(span.missing(months))
    by_key = {period: {(one.unit, one.level, one.field): one for one in found} for period, found in figures.items()}
    found = []
    for place in months[last].every:
        for field in (*_SUMMED, "cases_open", *INSPECTIONS):
            if place.level == OFFICE and field in BIRTHS:
                continue
            blank = Figure(place.unit, place.level, span.name, field, basis=missing)
            if missing:
                found.append(blank)
                continue
            monthly = [by_key[period].get((place.unit, place.level, field)) for period in span.months]
            found.append(_summed(blank, [one for one in monthly if one is not None], place, span, months))
    return found


def _summed(blank: Figure, monthly: Sequence[Figure], place: Place, span: Span, months: Mapping[str, Month]) -> Figure:
    doubt = UNDECIDED if any(one.basis == UNDECIDED for one in monthly) else ""
    if blank.field in INSPECTIONS:
        return _inspections(blank, place, [months[period] for period in span.months])
    if blank.field == "cases_open":
        return replace(monthly[-1], period=span.name) if monthly else replace(blank, n=0, value=0)
    value = sum(float(one.value or 0) if one.n is None else one.n for one in monthly)
    n = None if blank.field in MONEY else int(value)
    if blank.field == "submission":
        d = sum(one.d or 0 for one in monthly)
        return replace(blank, n=n, d=d, value=round(value / d, 6) if d else None, basis=doubt)
    least = _least(blank.field, monthly, place, span) if blank.field in WORKS else None
    return replace(blank, n=n, d=least, value=round(value, 2) if n is None else n, basis=doubt)


def _least(field: str, monthly: Sequence[Figure], place: Place, span: Span) -> int | None:
    """The plan's minimum over a span: the months' own, and what it asks of a quarter or a year where that lies inside whole."""
    parts: list[int | None] = [one.d for one in monthly]
    meetings = place.plan.meetings
    if field == "works_meetings" and of_county(place):
        quarters = sum(int(month[5:7]) % _QUARTER == 1 and shift(month, _QUARTER - 1) <= span.months[-1] for month in span.months)
        years = len(span.months) // _YEAR
        for asked, times in ((meetings.leading_group.per_quarter, quarters), (meetings.coordination.per_quarter, quarters), (meetings.special.per_year, years)):
            parts.append(asked * times if asked and times else None)
    if field == "works_inspections" and place.plan.inspections.per_year and len(span.months) == _YEAR:
        parts.append(place.plan.inspections.per_year * len(place.institutions))
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _inspections(blank: Figure, place: Place, months: Sequence[Month]) -> Figure:
    """Institutions count once, however often they were looked at; put right: by the end of the last month."""
    import pandas as pd

    seen: set[str] = set()
    wrong: set[str] = set()
    done: set[str] = set()
    for month in months:
        works = month.total.all_works
        mine = works[works["target_code"].isin(place.institutions)]
        start, end = pd.Timestamp(f"{month.merged.period}-01"), pd.Timestamp(last_day(month.merged.period))
        looked = mine[(mine["type"] == INSPECTION).fillna(False).astype(bool) & mine["date"].between(start, end)]
        seen |= set(looked["target_code"])
        wrong |= set(looked.loc[(looked["problems"] > 0).fillna(False).astype(bool), "target_code"])
        done |= set(mine.loc[(mine["type"] == RECTIFICATION).fillna(False).astype(bool) & (mine["done_on"] <= end), "target_code"])
    n = {"inspections": len(seen), "inspections_to_rectify": len(wrong), "inspections_rectified": len(wrong & done)}[blank.field]
    if blank.field != "inspections":
        return replace(blank, n=n, value=n)
    return replace(blank, n=n, d=len(place.institutions), value=round(n / len(place.institutions), 6) if place.institutions else None)
