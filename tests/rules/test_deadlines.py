"""Due days against the days of DOMAIN 3.9, and a slow walk over the calendar as referee."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.planting import PLAN
from toolkit.model.plan import Deadline, Deadlines
from toolkit.rules.deadlines import days_used, due_day, past_retention

NEXT = replace(PLAN, deadlines=Deadlines(village_to_township=Deadline(day=10, holiday_rule="next_workday")))


@pytest.mark.parametrize(("period", "day"), [
    ("2025-04", "2025-05-12"), ("2025-07", "2025-08-11"), ("2025-12", "2026-01-12"), ("2026-04", "2026-05-11"),
    ("2026-09", "2026-10-10"),  # a Saturday that is a make-up work day
    ("2025-08", "2025-09-10"), ("2025-09", "2025-10-10"),
])
def test_next_workday(period: str, day: str) -> None:
    assert due_day(period, "village", NEXT) == (dt.date.fromisoformat(day), False)


def test_without_a_holiday_rule_the_day_stands() -> None:
    assert due_day("2025-04", "village", PLAN) == (dt.date(2025, 5, 10), False)
    assert due_day("2039-04", "village", PLAN) == (dt.date(2039, 5, 10), False)


def test_levels_have_their_own_day() -> None:
    assert [due_day("2025-09", level, PLAN)[0].day for level in ("village", "township", "county")] == [10, 15, 20]


def test_before_the_tenth_and_two_months_later() -> None:
    plan = replace(PLAN, deadlines=Deadlines(village_to_township=Deadline(day=1, month_offset=2, inclusive=False)))
    assert due_day("2025-11", "village", plan) == (dt.date(2025, 12, 31), False)


def test_a_year_without_data_is_guessed_and_said() -> None:
    assert due_day("2039-03", "village", NEXT) == (dt.date(2039, 4, 11), True)  # the 10th is a Sunday


def test_a_plan_knows_better() -> None:
    told = replace(NEXT, holidays=(dt.date(2039, 4, 11),), workdays=())
    assert due_day("2039-03", "village", told) == (dt.date(2039, 4, 12), False)
    made_up = replace(NEXT, workdays=(dt.date(2039, 4, 10),))
    assert due_day("2039-03", "village", made_up) == (dt.date(2039, 4, 10), False)
    away = replace(NEXT, holidays=(dt.date(2025, 9, 10),))
    assert due_day("2025-08", "village", away) == (dt.date(2025, 9, 11), False)


@given(st.integers(2005, 2024), st.integers(1, 12), st.integers(1, 28))
def test_the_due_day_is_the_first_work_day_from_the_day_on(year: int, month: int, day: int) -> None:
    plan = replace(PLAN, deadlines=Deadlines(township_to_county=Deadline(day=day, month_offset=0, holiday_rule="next_workday")))
    due, guessed = due_day(f"{year}-{month:02d}", "township", plan)
    first = dt.date(year, month, day)
    walked = [first + dt.timedelta(days=number) for number in range((due - first).days)]
    assert (chinese_calendar.is_workday(due), [chinese_calendar.is_workday(each) for each in walked], guessed) == (True,
                                                                                                                   [False] * len(walked),
                                                                                                                   False)


def test_days_used() -> None:
    working = replace(PLAN, deadlines=Deadlines(need_day_count="working"))
    friday, monday = dt.date(2025, 9, 12), dt.date(2025, 9, 15)
    assert (days_used(friday, monday, PLAN), days_used(friday, monday, working)) == (3, 1)


def test_retention_never_too_early() -> None:
    assert [past_retention("2025-09", dt.date(2025, 12, day), PLAN) for day in (9, 10)] == [False, True]
