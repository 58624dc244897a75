"""Changing a parameter of a plan changes what its office hands in: the summary, the checklists or the draw."""

from __future__ import annotations

import copy
import datetime as dt
import random
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tests.steps.test_plan_parameters import FULL, OF_REPORTS, dotted, leaves
from toolkit.files.legacy import xlsx_bytes
from toolkit.files.spreadsheets import read as read_file
from toolkit.model.part import Union, united
from toolkit.model.plan import Plan
from toolkit.model.plan_reading import plan_of
from toolkit.model.sheet import Book
from toolkit.model.unit import Units
from toolkit.schema import LEDGERS
from toolkit.steps import sample
from toolkit.steps.batch import Asked
from toolkit.steps.checklist import checklists
from toolkit.steps.checklist_report import Head
from toolkit.steps.checklist_report import report as papers
from toolkit.steps.county import county
from toolkit.steps.figures import Known, Year, summarised
from toolkit.steps.merge import Frame, merged
from toolkit.steps.mess_sheets import plain_sheets
from toolkit.steps.months import Months, month
from toolkit.steps.read import read
from toolkit.steps.standing import Institution
from toolkit.steps.summary import report as summary

MONTHS = ("2025-08", "2025-09")
#: A plan with everything a report can use, so that taking a step with one of them shows.
RICH: dict[str, Any] = {
    **FULL, "approval_required": False, "holidays": [], "workdays": [],
    "meetings": {"leading_group": {"per_quarter": 1}, "special": {"per_year": 1}, "coordination": {"per_quarter": 2, "materials_min": 1},
                 "monthly": {"county": 1, "township": 1}},
    "publicity": {"kinds_min": 3, "van_per_week": 2}, "departments": ["示例局"], "due_dates": [
        {"item": "T-09", "name": "自查报告", "date": dt.date(2025, 9, 20), "from": "village", "to": "township"}],
    "acceptance": {"date": dt.date(2025, 10, 20), "drop": ["C-21"], "veto_items": ["C-01"], "levels": ["county", "township", "village"],
                   "scoring": {"C-02": 2.5}},
}


@cache
def sent() -> tuple[Union, Units, tuple[Institution, ...]]:
    """Two tidy months of a fictional county, read once."""
    plan, faults = plan_of(copy.deepcopy(RICH))
    assert plan is not None, faults
    unions = []
    for period in MONTHS:
        made = county("7", 8, period, plan)
        units, institutions = Units.of(made.units), tuple(Institution(*one) for one in made.institutions)
        books = []
        for at, office in enumerate(made.offices):
            book = read_file(f"{period}-{at}.xlsx", "xlsx", xlsx_bytes(plain_sheets(office, office.unit.level == "village", ())), f"{period}{at}")
            assert isinstance(book, Book)
            books.append(book)
        unions.append(read(books, Asked(plan, units, True)))
    return united(unions, LEDGERS), units, institutions


def handed_in(plan: Plan) -> dict[str, str]:
    """What the county prints under a plan: the summary, the checklists, the certificate of a draw."""
    union, units, institutions = sent()
    target = next(unit for unit in units if unit.level == "county")
    months = [merged(union.of_period(period), Frame(target, period, plan, units, "test")) for period in MONTHS]
    years = tuple(Year(year, 1300 - year % 7, 1210 - year % 5) for year in range(2019, 2025))
    figures = summarised(months, Known(institutions, years))
    whole = Months(target, plan, units, tuple(month(one) for one in months))
    lists = checklists(whole, plan.acceptance.levels or ("county", "township", "village"), institutions, figures.figures, None)
    draw = random.Random(1)
    lines = sorted((sample.Line(f"9901011{town:02d}{village:03d}", f"{draw.getrandbits(48):012x}", True) for town in (1, 2) for village in (201, 202)
                    for _ in range(30)), key=lambda line: (line.unit, line.token))
    terms = sample.Terms(MONTHS[-1], "0" * 20 + "7", plan.sample.rate, plan.sample.by, plan.sample.floor)
    return {"summary": repr(summary(figures, "sheet", "test").pages), "checklist": repr(papers(lists, Head(target.name, plan, MONTHS, "test")).pages),
            "sample": repr(sample.draw(lines, terms).strata)}


@cache
def before() -> dict[str, str]:
    plan, faults = plan_of(copy.deepcopy(RICH))
    assert plan is not None, faults
    return handed_in(plan)


def put(path: tuple[str | int, ...], value: Any) -> Plan:
    whole = copy.deepcopy(RICH)
    holder: Any = whole
    for part in path[:-1]:
        holder = holder[part] if isinstance(part, int) else holder.setdefault(part, {})
    holder[path[-1]] = value
    plan, faults = plan_of(whole)
    assert plan is not None, faults
    return plan


#: Key, another value, the paper that shows it.
CHANGES: list[tuple[tuple[str | int, ...], Any, str]] = [
    (("meetings", "leading_group", "per_quarter"), 9, "checklist"), (("meetings", "special", "per_year"), 9, "checklist"),
    (("meetings", "coordination", "per_quarter"), 9, "checklist"), (("meetings", "coordination", "materials_min"), 9, "checklist"),
    (("meetings", "monthly", "county"), 9, "checklist"), (("meetings", "monthly", "township"), 9, "checklist"),
    (("publicity", "kinds_min"), 9, "checklist"), (("publicity", "van_per_week"), 9, "checklist"),
    (("inspections", "per_year"), 9, "checklist"), (("acceptance", "drop"), ["C-20"], "checklist"), (("acceptance", "veto_items"), ["C-03"], "checklist"),
    (("acceptance", "levels"), ["county"], "checklist"), (("acceptance", "scoring"), {"C-02": 3.5}, "checklist"),
    (("acceptance", "date"), dt.date(2025, 10, 21), "checklist"), (("departments", 0), "另一局", "checklist"),
    (("due_dates", 0, "date"), dt.date(2025, 9, 21), "checklist"),
    (("marks", "form_number"), "乙1表", "summary"), (("marks", "issued_by"), "另一局", "summary"), (("marks", "approval_number"), "样统〔2025〕2号", "summary"),
    (("marks", "valid_until"), "2027-12", "summary"), (("stat_year_start",), "01-01", "summary"),
    (("suppression", "small_cell"), 9, "summary"), (("suppression", "rate_min"), 40, "summary"),
    (("ratio", "reference"), 103, "summary"), (("ratio", "min_births"), 2600, "summary"),
    (("sample", "rate"), "1/10", "sample"), (("sample", "floor"), 9, "sample"), (("sample", "by"), "county", "sample"),
]
#: Not of a report: what `plan show` says, or a rule finds.
ELSEWHERE = ("phases.", "survey_window.", "addressees", "unit_names.", "submissions_required", "inspections.focus", "publicity.villages", "due_dates.",
             "acceptance.items.", "publicity.notice_cites")


@pytest.mark.parametrize(("path", "value", "paper"), CHANGES, ids=[".".join(map(str, path)) for path, _, _ in CHANGES])
def test_a_changed_parameter_changes_the_paper(path: tuple[str | int, ...], value: Any, paper: str) -> None:
    assert handed_in(put(path, value))[paper] != before()[paper]


def test_the_same_plan_gives_the_same_papers() -> None:
    plan, _ = plan_of(copy.deepcopy(RICH))
    assert plan is not None
    assert handed_in(plan) == before()


def test_none_is_left_out() -> None:
    keys = {dotted(path) for path in leaves(RICH) if dotted(path).startswith(OF_REPORTS)}
    shown: Callable[[str], bool] = lambda key: any(dotted(path) == key or key.startswith(dotted(path) + ".") for path, _, _ in CHANGES)  # noqa: E731
    assert sorted(key for key in keys if not shown(key) and not key.startswith(ELSEWHERE)) == []
