"""Checklist items on small workbooks: what passes, what falls short, what only waits for a file or a month, what is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.tables import COUNTY, TOWN, UNITS, VILLAGE, VILLAGE2, book, ledger, office, standard, submission, union
from toolkit.model.checklist import Checklist, Line
from toolkit.model.part import united
from toolkit.model.plan import (
    Acceptance,
    Coordination,
    Inspections,
    LeadingGroup,
    Meetings,
    MonthlyMeeting,
    Plan,
    Publicity,
    SpecialMeeting,
)
from toolkit.model.sheet import Book
from toolkit.model.unit import Unit, Units
from toolkit.schema import LEDGERS
from toolkit.steps.checklist import checklists
from toolkit.steps.checklist_report import as_json, evidence_text
from toolkit.steps.checklist_service import Visits
from toolkit.steps.figures import Known, summarised
from toolkit.steps.merge import Frame, merged
from toolkit.steps.months import Months, month
from toolkit.steps.standing import Institution

MINIMA = replace(
    standard(), meetings=Meetings(LeadingGroup(1), SpecialMeeting(1), Coordination(2), MonthlyMeeting(1, 1)), publicity=Publicity(3, 2, 2),
    inspections=Inspections(1))
#: The county's two townships and their villages; offices are expected too.
ALL = Units.of([Unit(unit.code, unit.name, True) for unit in UNITS])
CLINICS = (Institution("J1", "样例门诊", "医疗机构", TOWN), Institution("J2", "样例药店", "药店", COUNTY))


def made(*books: Book, plan: Plan = MINIMA, target: str = COUNTY, units: Units = ALL, institutions: Sequence[Institution] | None = CLINICS,
         visits: Visits | None = None) -> list[Checklist]:
    """The checklists of the months in some books."""
    whole = united([union(one, merging=True, units=units, plan=plan) for one in books], LEDGERS)
    unit = units.get(target)
    assert unit is not None
    merges = [merged(whole.of_period(period), Frame(unit, period, plan, units, "test")) for period in sorted({part.period for part in whole.parts})]
    figures = summarised(merges, Known(tuple(institutions or ()))).figures
    months = Months(unit, plan, units, tuple(month(one) for one in merges))
    levels = [level for level in ("county", "township", "village") if any(one.level == level for one in units.below(target))]
    return checklists(months, levels, institutions, figures, visits)


def line(lists: list[Checklist], unit: str, item: str) -> Line:
    return next(one for many in lists if many.unit == unit for one in many.lines if one.item.code == item)


def said(lists: list[Checklist], unit: str, *items: str) -> list[str]:
    """`C-04 通过 1/1` for each item; `人工` where a person ticks."""
    found = []
    for item in items:
        one = line(lists, unit, item)
        figures = "" if one.n is None and one.d is None else f" {one.n}/{one.d}"
        found.append(f"{item} {one.result or one.source}{figures}")
    return found


def works(*rows: dict[str, str]) -> str:
    numbered = [{"work_id": f"W{at}", "evidence_no": "", "target_code": "", "kind": "", "due_on": "", "done_on": "", **one} for at, one in enumerate(rows)]
    return ledger("works", *numbered)


def county(*sheets: str, **facts: object) -> Book:
    return book(office(*sheets, level="county", **facts), f"县{facts.get('period', '')}.xlsx")


def test_meetings_against_the_plans_minimum() -> None:
    meetings = works({"type": "1 领导小组会", "date": "@2025-09-02"}, {"type": "3 专题会", "date": "@2025-09-03"},
                     {"type": "4 月碰头会", "date": "@2025-09-04"}, {"type": "2 部门协调会", "date": "@2025-09-05", "evidence_no": "CL-1"},
                     {"type": "2 部门协调会", "date": "@2025-09-06"}, {"type": "4 月碰头会", "date": "@2025-08-31"})
    lists = made(county(meetings, ledger("evidence", {"evidence_no": "CL-1", "item_code": "C-05"})))
    # a meeting of August does not count in September; one coordination meeting has no material; the quarter has only one month here
    assert said(lists, COUNTY, "C-04", "C-05", "C-06") == ["C-04 通过 1/1", "C-05 待补 1/2", "C-06 通过 2/2"]


def test_a_whole_quarter_is_judged() -> None:
    months = [county(works({"type": "4 月碰头会", "date": f"@2025-{number:02d}-04"}), unit=COUNTY, period=f"2025-{number:02d}", filled=f"2025-{number + 1:02d}-02")
              for number in (7, 8, 9)]
    assert said(made(*months), COUNTY, "C-04", "C-05", "C-06") == ["C-04 通过 3/3", "C-05 未达 0/2", "C-06 未达 0/2"]
    # without August's workbook the meeting of August may have been held
    assert said(made(months[0], book(submission(unit=VILLAGE, period="2025-08"), "村.xlsx"), months[2]), COUNTY, "C-04", "C-05") == [
        "C-04 待补 2/3", "C-05 待补 0/2"]


def test_where_the_plan_asks_nothing_the_count_is_listed() -> None:
    lists = made(county(works({"type": "4 月碰头会", "date": "@2025-09-04"})), plan=standard())
    assert said(lists, COUNTY, "C-04", "C-05", "C-06", "C-16", "C-20") == [
        "C-04 仅列示 1/None", "C-05 仅列示 0/None", "C-06 仅列示 0/None", "C-16 仅列示 0/2", "C-20 仅列示 0/None"]
    assert said(lists, TOWN, "T-05", "T-14") == ["T-05 仅列示 0/None", "T-14 仅列示 0/2"]


def test_inspections_count_listed_institutions() -> None:
    seen = works({"type": "7 督查检查", "target_code": "J2", "date": "@2025-09-04"}, {"type": "7 督查检查", "target_code": "J9", "date": "@2025-09-04"})
    town = book(office(works({"type": "7 督查检查", "target_code": "J1", "date": "@2025-09-09"})), "乡.xlsx")
    assert said(made(county(seen), town), COUNTY, "C-16") == ["C-16 通过 2/2"]
    assert said(made(county(seen)), COUNTY, "C-16") == ["C-16 待补 1/2"]  # the year is not over
    ended = replace(MINIMA, start=None, end=None)
    year = [county(seen if number == 9 else works(), period=f"2025-{number:02d}", filled=f"2025-{number:02d}-28", zero=("案件台账", "工作记录")[: 1 + (number != 9)])
            for number in range(1, 13)]
    assert said(made(*year, plan=ended), COUNTY, "C-16") == ["C-16 未达 1/2"]
    assert said(made(county(seen), institutions=()), COUNTY, "C-16") == ["C-16 不适用 0/0"]
    assert said(made(county(seen), institutions=None), COUNTY, "C-16") == ["C-16 待补"]


def test_rectifications_overdue_open_and_lost() -> None:
    late = {"type": "8 整改", "date": "@2025-09-01", "due_on": "@2025-09-20", "done_on": ""}
    open_ = {"type": "8 整改", "date": "@2025-09-01", "due_on": "@2025-10-20", "done_on": ""}
    done = {"type": "8 整改", "date": "@2025-09-01", "due_on": "@2025-09-20", "done_on": "@2025-09-10"}
    assert said(made(county(works(done, open_))), COUNTY, "C-18") == ["C-18 通过 2/2"]
    assert said(made(county(works(done, late))), COUNTY, "C-18") == ["C-18 未达 1/2"]
    october = county(works({"type": "5 宣传", "date": "@2025-10-03", "work_id": "W9"}), period="2025-10", filled="2025-11-02")
    assert said(made(county(works(done, open_)), october), COUNTY, "C-18") == ["C-18 待补 1/2"]  # unfinished, and not carried over
    assert said(made(county(works())), COUNTY, "C-18") == ["C-18 通过 0/0"]


def test_lists_people_and_pledges() -> None:
    people = [{"staff_id": f"{COUNTY}-01", "level": "1 区县", "unit_code": COUNTY, "role": "1 领导小组组长", "area_codes": "", "upper_id": "",
               "publicised_on": "@2025-01-05"},
              {"staff_id": f"{COUNTY}-02", "level": "1 区县", "unit_code": COUNTY, "role": "5 分包人员", "area_codes": "990101101", "upper_id": "",
               "publicised_on": "@2025-01-05"},
              {"staff_id": f"{COUNTY}-03", "level": "1 区县", "unit_code": COUNTY, "role": "5 分包人员", "area_codes": "990101102", "upper_id": "",
               "publicised_on": "@2025-01-05"}]
    assert said(made(county(ledger("staff", *people))), COUNTY, "C-02", "C-03", "C-10") == ["C-02 待补", "C-03 通过 2/2", "C-10 通过 3/3"]
    gone = [people[0], people[1], {**people[2], "valid_to": "@2025-08-31", "confidentiality_on": ""}]
    assert said(made(county(ledger("staff", *gone))), COUNTY, "C-03", "C-10") == ["C-03 未达 1/2", "C-10 通过 2/2"]  # whoever left owes no pledge
    bare = [{**people[0], "confidentiality_on": ""}, people[1], {**people[2], "publicised_on": ""}]
    assert said(made(county(ledger("staff", *bare))), COUNTY, "C-03", "C-10") == ["C-03 未达 1/2", "C-10 未达 2/3"]
    assert said(made(county(works())), TOWN, "T-02", "T-20") == ["T-02 待补 None/2", "T-20 待补"]


def test_departments_of_the_leading_group() -> None:
    plan = replace(MINIMA, departments=("派出所", "计生办"), unit_names={"计生办": "卫生健康办"})
    people = [{"staff_id": f"{TOWN}-01", "level": "2 乡镇街道", "unit_code": TOWN, "role": "1 领导小组组长", "unit_name": "甲山乡人民政府", "area_codes": ""},
              {"staff_id": f"{TOWN}-02", "level": "2 乡镇街道", "unit_code": TOWN, "role": "3 成员", "unit_name": "甲山乡卫生健康办", "area_codes": ""}]
    town = book(office(ledger("staff", *people)), "乡.xlsx")
    assert said(made(town, plan=plan, target=TOWN), TOWN, "T-20") == ["T-20 未达 2/3"]
    assert said(made(town, target=TOWN), TOWN, "T-20") == ["T-20 通过 2/2"]


def a_village(*sheets: str, unit: str = VILLAGE, **facts: object) -> Book:
    return book(submission(*sheets, unit=unit, **facts), f"{unit}-{facts.get('period', '')}.xlsx")


def test_reports_missing_late_and_of_unknown_receipt() -> None:
    one, other = a_village(), a_village(unit=VILLAGE2)
    whole = union(one, other, book(office(), "乡.xlsx"), merging=True, units=ALL, plan=MINIMA)

    def received(*days: str) -> list[str]:
        """Verdicts where the two villages and the township were received on these days."""
        day = dict(zip((VILLAGE, VILLAGE2, TOWN), days, strict=True))
        parts = tuple(replace(part, received=day[part.unit]) for part in whole.parts)
        town = ALL.get(TOWN)
        assert town is not None
        months = Months(town, MINIMA, ALL, (month(merged(replace(whole, parts=parts), Frame(town, "2025-09", MINIMA, ALL, "test"))),))
        lists = checklists(months, ["township", "village"], (), ())
        return said(lists, TOWN, "T-06", "T-08") + said(lists, VILLAGE, "V-08")

    assert received("2025-10-09", "2025-10-10", "2025-10-15") == ["T-06 通过 2/2", "T-08 通过 3/3", "V-08 通过 1/1"]
    assert received("2025-10-12", "2025-10-10", "2025-10-15") == ["T-06 通过 2/2", "T-08 未达 2/3", "V-08 未达 0/1"]
    assert received("", "2025-10-10", "2025-10-15") == ["T-06 通过 2/2", "T-08 待补 2/3", "V-08 待补 0/1"]
    assert said(made(one, target=TOWN), TOWN, "T-06", "T-08") == ["T-06 未达 1/2", "T-08 未达 0/3"]


def test_a_county_without_cases_and_births_and_of_one_village() -> None:
    units = Units.of([Unit(COUNTY, "示例县", False), Unit(TOWN, "示例县甲山乡", False), Unit(VILLAGE, "示例县甲山乡一村", True)])
    lists = made(a_village(), units=units, institutions=())
    assert said(lists, COUNTY, "C-13", "C-16", "C-17", "C-18") == ["C-13 仅列示 0/1", "C-16 不适用 0/0", "C-17 通过 1/1", "C-18 通过 0/0"]
    assert said(lists, TOWN, "T-06", "T-21", "T-22") == ["T-06 通过 1/1", "T-21 未达 1/0", "T-22 通过 0/0"]  # nobody is in office
    assert said(lists, VILLAGE, "V-02", "V-06", "V-13") == ["V-02 未达 0/1", "V-06 通过 1/1", "V-13 通过 0/None"]
    bare = made(a_village(zero=()), units=units, institutions=())
    assert said(bare, COUNTY, "C-17") + said(bare, VILLAGE, "V-06", "V-08") == ["C-17 未达 0/1", "V-06 未达 0/1", "V-08 未达 0/1"]


def test_errors_conflicts_and_forbidden_columns() -> None:
    cases = ledger("cases", {"case_no": "990101-2025-0001", "party_name": "示例门诊部"})
    staff = ledger("staff", {}) .replace("保密承诺日期", "保密承诺日期 | 身份证号", 1)
    lists = made(a_village(cases, staff), a_village(cases, unit=VILLAGE2), target=TOWN)
    assert said(lists, TOWN, "T-22") == ["T-22 未达 1/1"]
    assert said(lists, VILLAGE, "V-13") == ["V-13 未达 1/None"]
    assert line(lists, TOWN, "T-21").result == "未达"


def records(unit: str, count: int, **cells: str) -> str:
    return ledger("services", *[{"token": f"{at:012x}", "unit_code": unit, "staff_id": "", **cells} for at in range(count)])


def test_figures_about_women_are_listed_and_hidden_as_in_the_summary() -> None:
    books = (a_village(records(VILLAGE, 9, needs="1", needs_done="1")), a_village(records(VILLAGE2, 8), unit=VILLAGE2))
    own = made(*books, target=TOWN)
    assert said(own, TOWN, "T-07") + said(own, VILLAGE, "V-07") == ["T-07 仅列示 17/17", "V-07 仅列示 0/9"]
    above = made(*books)
    assert said(above, VILLAGE, "V-07") + said(above, VILLAGE2, "V-07") == ["V-07 仅列示", "V-07 仅列示"]
    few = made(a_village(records(VILLAGE, 4)))
    assert said(few, TOWN, "T-07") == ["T-07 仅列示"]
    assert not any(digit in evidence_text(line(few, TOWN, "T-07")) for digit in "0123456789")


@pytest.mark.parametrize(("visits", "expected"), [
    (Visits("2025-09", {VILLAGE: (2, 2), VILLAGE2: (4, 4)}), ["C-19 通过 6/6", "V-12 通过", "V-12 通过"]),
    (Visits("2025-09", {VILLAGE: (2, 1), VILLAGE2: (6, 6)}), ["C-19 待补 7/8", "V-12 待补", "V-12 通过 6/6"]),
    (Visits("2025-09", {VILLAGE: (3, 3)}), ["C-19 通过", "V-12 通过", "V-12 不适用"]),
    (Visits("2025-09", {VILLAGE: (6, 6)}, certified=False), ["C-19 未达", "V-12 未达", "V-12 未达"]),
    (None, ["C-19 待补", "V-12 待补", "V-12 待补"]),
])
def test_random_visits_as_certified(visits: Visits | None, expected: list[str]) -> None:
    """Small numbers of drawn records are not shown from the county up; that the visits were made is."""
    lists = made(a_village(), visits=visits)
    assert said(lists, COUNTY, "C-19") + said(lists, VILLAGE, "V-12") + said(lists, VILLAGE2, "V-12") == expected


def test_papers_stand_beside_what_a_person_judges() -> None:
    evidence = ledger("evidence", {"evidence_no": "CL-1", "item_code": "C-08", "title": "影响评估", "doc_date": "@2022-09-30", "location": "一号柜", "doc_no": ""},
                      {"evidence_no": "CL-2", "item_code": "C-07", "title": "九月报告", "doc_date": "@2025-09-29", "location": "二号柜", "doc_no": "某卫发〔2024〕3号"})
    lists = made(county(evidence))
    assert said(lists, COUNTY, "C-07", "C-08", "C-01", "C-09") == ["C-07 人工 1/1", "C-08 人工", "C-01 待补", "C-09 人工"]
    assert evidence_text(line(lists, COUNTY, "C-08")).split("\n") == ["已满三年，请重新评估", "影响评估 2022-09-30 一号柜"]
    assert evidence_text(line(lists, COUNTY, "C-07")).split("\n")[1] == "九月报告 某卫发〔2024〕3号 2025-09-29 二号柜 △E105"
    paper = next(one for one in as_json(lists) if (one["unit"], one["item"]) == (COUNTY, "C-07"))
    assert paper["evidence"] == [{"period": "2025-09", "sheet": "佐证材料", "rows": [], "codes": ["E105"], "evidence_no": "CL-2", "title": "九月报告",
                                  "doc_no": "某卫发〔2024〕3号", "doc_date": "2025-09-29", "location": "二号柜"}]


def test_a_paper_carried_over_counts_once() -> None:
    paper = ledger("evidence", {"evidence_no": "CL-1", "item_code": "C-01", "doc_date": "@2025-01-06"})
    lists = made(county(paper), county(paper, period="2025-10", filled="2025-11-03"))
    assert [one.place.period for one in line(lists, COUNTY, "C-01").papers] == ["2025-10"]


def test_a_plan_drops_adds_and_marks_but_never_scores_the_service() -> None:
    plan = replace(MINIMA, acceptance=Acceptance(drop=("C-14",), veto_items=("C-01",), levels=("county",)))
    lists = made(county(works()), plan=plan)
    codes = [one.item.code for one in lists[0].lines]
    assert ("C-14" in codes, line(lists, COUNTY, "C-01").item.veto) == (False, True)
    assert {one.item.level for one in lists[0].lines} == {"county"}
