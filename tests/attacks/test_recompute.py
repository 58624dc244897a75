"""Reckoning hidden figures backwards from all tables of twelve months at once, for many small counties drawn by chance."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.attacks.reader import RATES, SERVICE, Reader, hidden_names, small_refusals
from tests.attacks.year import PERIODS, standard
from toolkit.model.figure import Figure, count, rate
from toolkit.model.unit import level_of
from toolkit.steps.hiding import hidden_month, hidden_orders, hidden_span

COUNTY = "990101000000"
SPANS = {"2025-Q1": PERIODS[:3], "2025-Q2": PERIODS[3:6], "2025-Q3": PERIODS[6:9], "2025-Q4": PERIODS[9:], "2025": PERIODS,
         **{f"2025-01/2025-{number:02d}": PERIODS[:number] for number in range(2, 12)}}
Counts = dict[str, int]
Months = dict[str, dict[str, Counts]]  # month -> line -> what -> how many


def services(rng: random.Random, records: int, kept: float) -> Counts:
    """The counts of so many fictional records."""
    counts = dict.fromkeys(SERVICE, 0)
    for _ in range(records):
        planned = rng.random() < 0.9
        chances = {"open": True, "assigned": True, "planned": planned, "offered": planned, "due": planned and rng.random() < 0.4,
                   "post": planned and rng.random() < 0.15, "check": planned and rng.random() < 0.1, "needs": rng.random() < 0.2}
        for done, due in (("done", "due"), ("posted", "post"), ("checked", "check"), ("met", "needs"), ("quick", "needs")):
            chances[done] = chances[due] and rng.random() < kept
        for duty in ("assigned", "offered"):
            chances[duty] = chances[duty] and rng.random() < kept
        for name, holds in chances.items():
            counts[name] += holds
    return counts


def births(rng: random.Random, about: int) -> Counts:
    boys, girls = rng.randint(0, about), rng.randint(0, about)
    return {"births": boys + girls, "boys": boys, "girls": girls}


def county(seed: int) -> Months:
    """Twelve months of two to five townships, some tiny; duties kept in full or not."""
    rng = random.Random(f"recompute|{seed}")
    kept, towns = rng.choice((1.0, 1.0, 0.9, 0.5)), [f"9901011{number:02d}000" for number in range(1, rng.randint(2, 5) + 1)]
    sizes = {town: rng.choice((0, 1, 3, 5, 8, 12, 20, 60)) for town in towns}
    return {month: {town: services(rng, max(0, size + rng.randint(-2, 2)) if size else rng.choice((0, 0, 0, 1)), kept) | births(rng, 1 + size // 4)
                    for town, size in sizes.items()} for month in PERIODS}


def summed(lines: Sequence[Counts]) -> Counts:
    return {name: sum(line[name] for line in lines) for name in lines[0]}


def figures(unit: str, period: str, counts: Counts) -> list[Figure]:
    """A line's figures with nothing hidden."""
    level = level_of(unit)
    found = [rate(unit, level, period, field, counts[part], counts[whole]) for field, (whole, part) in RATES.items()]
    return found + [count(unit, level, period, field, counts[name]) for field, name in (
        ("services_open", "open"), ("needs", "needs"), ("births", "births"), ("boys", "boys"), ("girls", "girls"))]


def published(months: Months) -> list[dict[str, Any]]:
    """All a county lets out in twelve months: each month, each quarter, each part of the year, the year; as JSON has it."""
    plan, target = standard(), (COUNTY, "county")
    shown = {month: hidden_month([one for unit, counts in lines.items() for one in figures(unit, month, counts)]
                                 + figures(COUNTY, month, summed(list(lines.values()))), target, plan) for month, lines in months.items()}
    found = [one for month in shown.values() for one in month]
    for span, within in SPANS.items():
        lines = {unit: {name: sum(months[month][unit][name] for month in within) for name in ("births", "boys", "girls")} for unit in months[PERIODS[0]]}
        raw = [count(unit, level_of(unit), span, name, n) for unit, counts in (*lines.items(), (COUNTY, summed(list(lines.values()))))
               for name, n in counts.items()]
        found += hidden_span(raw, target, plan, [shown[month] for month in within])
    return [one.as_json() for one in found]


def reader_of(indicators: Sequence[Mapping[str, Any]], months: Months) -> Reader:
    reader, towns = Reader(), list(months[PERIODS[0]])
    reader.read_summary(indicators)
    reader.knows_the_tables(towns, COUNTY, PERIODS, {})
    reader.knows_spans(SPANS, [*towns, COUNTY])
    return reader


@pytest.mark.parametrize("seed", range(4))
def test_nothing_hidden_is_told_by_a_year_of_reports(seed: int) -> None:
    months = county(seed)
    indicators = published(months)
    hidden = hidden_names(indicators)
    reader = reader_of(indicators, months)
    assert len(hidden) > 50
    assert reader.determined(hidden) == []
    assert small_refusals(reader, [(unit, month) for unit in (*months[PERIODS[0]], COUNTY) for month in PERIODS]) == []


def test_the_reader_is_right_and_no_fool() -> None:
    """What it says can be is what was; and tables with small counts alone hidden are opened at once."""
    months = county(1)
    indicators = published(months)
    reader = reader_of(indicators, months)
    for unit, counts in months[PERIODS[0]].items():
        for name, n in counts.items():
            low, high = reader.interval({(unit, PERIODS[0], name): 1})
            assert low <= n <= high
    towns = list(months[PERIODS[0]])
    naive = Reader()
    for month, lines in months.items():
        raw = [one for unit, counts in lines.items() for one in figures(unit, month, counts)] + figures(COUNTY, month, summed(list(lines.values())))
        naive.read_summary([(one.hidden("<5") if one.d is None and one.n is not None and one.n < 5 else one).as_json() for one in raw])
    naive.knows_the_tables(towns, COUNTY, PERIODS, {})
    assert len(naive.determined([(town, month, "births") for town in towns for month in PERIODS])) > 10
    assert len(small_refusals(naive, [(town, month) for town in towns for month in PERIODS])) > 10


@pytest.mark.parametrize("seed", range(12))
def test_no_birth_order_is_told(seed: int) -> None:
    """分孩次 of a quarter: by rows and columns, those of unstated sex shown."""
    rng = random.Random(f"orders|{seed}")
    rows = {order: (rng.randint(0, about), rng.randint(0, about), rng.randint(0, 1)) for order, about in (("0", 1), ("1", 20), ("2", 9), ("3", 4))}
    rows["all"] = tuple(map(sum, zip(*rows.values(), strict=True)))  # type: ignore[assignment]
    raw = [count(COUNTY, "county", "2025-Q1", f"births_by_order:{order}:{name}", n) for order, (boys, girls, unstated) in rows.items()
           for name, n in (("boys", boys), ("girls", girls), ("unstated", unstated), ("births", boys + girls + unstated))]
    indicators = [one.as_json() for one in hidden_orders(raw, standard())]
    reader = Reader()
    reader.read_summary(indicators)
    reader.knows_orders(COUNTY, "2025-Q1")
    hidden = hidden_names(indicators)
    assert hidden
    assert reader.determined(hidden) == []


@pytest.mark.parametrize("seed", range(6))
def test_reports_of_two_levels_tell_nothing_together(seed: int) -> None:
    """A prefecture's report beside those of its counties: a neighbour hidden above stands in its own report, so it hides nothing."""
    rng, top, month, plan = random.Random(f"two levels|{seed}"), "990100000000", PERIODS[0], standard()
    reader, shown, own, counties = Reader(), list[Figure](), list[Figure](), dict[str, Counts]()
    for number in range(1, rng.randint(2, 4) + 1):
        code = f"9901{number:02d}000000"
        towns = {f"{code[:6]}1{town:02d}000": services(rng, rng.choice((0, 2, 6, 15, 40)), rng.choice((1.0, 0.9))) | births(rng, rng.choice((0, 2, 9)))
                 for town in range(1, rng.randint(1, 3) + 1)}
        counties[code] = summed(list(towns.values()))
        raw = [one for unit, counts in (*towns.items(), (code, counties[code])) for one in figures(unit, month, counts)]
        report = hidden_month(raw, (code, "county"), plan)
        shown, own = shown + report, own + [one for one in report if one.unit == code]
        reader.knows_the_tables(towns, code, [month], {})
    raw = [one for unit, counts in (*counties.items(), (top, summed(list(counties.values())))) for one in figures(unit, month, counts)]
    above = hidden_month(raw, (top, "prefecture"), plan, own)
    assert {one.key for one in own if one.suppressed} <= {one.key for one in above if one.suppressed}
    reader.knows_the_tables(counties, top, [month], {})
    indicators = [one.as_json() for one in (*shown, *above)]
    reader.read_summary(indicators)
    hidden = hidden_names(indicators)
    assert hidden
    assert reader.determined(hidden) == []
    assert small_refusals(reader, [(unit, month) for unit in (*counties, top)]) == []
