"""Rules between sheets, parts and units: what fires where, and silence where one end is not here."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.rules.planting import COUNTY, PLAN, TOWN, UNITS, V1, V2, Cells, found, ground, part_of
from toolkit.model.part import OFFICE, Refusal
from toolkit.model.plan import Limits
from toolkit.model.unit import Unit, Units
from toolkit.rules import RULES, Ground
from toolkit.rules.links import not_checked
from toolkit.schema import BirthOrders, Births, Cases, Evidence, Pregnancies, Services, Staff, Visits, Works

EVERY = " ".join(sorted({rule.code.code for rule in RULES}))

BOOK = ({}, {"record_id": "R4TWZ8", "consent": "2 仅电话或信息"})
GREETED = ({}, {"record_id": "R4TWZ8"})
VILLAGE = (
    (Pregnancies, V1, BOOK), (Visits, V1, GREETED), (Services, V1, [{}, {"token": "1f1e2d3c4b5a"}]), (Births, V1, [{}]), (Staff, V1, [{}]),
    (Cases, V1, [{}]), (Works, V1, [{}]), (Evidence, V1, [{}]),
)
TOWN_STAFF: Cells = {"staff_id": f"{TOWN}-01", "level": "2", "role": "5", "area_codes": f"{V1}；{V2}", "unit_name": "甲山乡",
                     "upper_id": f"{COUNTY}-01", "publicised_on": "2025-02-01"}
COUNTY_STAFF: Cells = {"staff_id": f"{COUNTY}-01", "level": "1", "role": "5", "area_codes": TOWN, "unit_name": "示例县", "upper_id": "",
                       "publicised_on": "2025-02-01"}
V2_STAFF: Cells = {"staff_id": f"{V2}-01", "area_codes": V2, "unit_name": "二村"}


def village(**sheets: Any) -> Ground:
    """The clean village with some sheets' rows replaced, by ledger id."""
    return ground([(ledger, unit, sheets.get(ledger.id, rows)) for ledger, unit, rows in VILLAGE])


def test_a_clean_village_alone_is_clean() -> None:
    assert found(EVERY, village()) == []


def test_a_clean_village_without_unit_list_is_clean() -> None:
    assert found(EVERY, replace(village(), units=None)) == []


def test_a_whole_county_is_clean() -> None:
    where = ground([*VILLAGE, (Staff, V2, [V2_STAFF]), (Staff, TOWN, [TOWN_STAFF]), (Staff, COUNTY, [COUNTY_STAFF]),
                    (BirthOrders, TOWN, [{}])],
                   target=COUNTY)
    assert found(EVERY, where) == []


def test_nothing_at_all_is_no_trouble() -> None:
    assert found(EVERY, ground([])) == []
    assert found(EVERY, Ground({}, [], PLAN)) == []


@pytest.mark.parametrize(("ledger", "cells", "expected"), [
    (Pregnancies, {"name": ""}, ["101201 B5 G101"]),
    (Pregnancies, {"notice_date": ""}, []),  # K107
    (Visits, {"need": "2"}, ["101201 H5 G101", "101201 I5 G101"]),
    (Visits, {"need": "0"}, []),
    (Visits, {"visit_date": "9月8日"}, []),  # unreadable is not blank
    (Births, {"boys": ""}, ["101201 C5 G101"]),
    (Staff, {"area_codes": "", "upper_id": ""}, ["101201 H5 G101", "101201 I5 G101"]),
    (Staff, {"role": "1", "area_codes": ""}, []),
    (Staff, {"level": "1", "upper_id": ""}, []),
    (Staff, {"publicised_on": "", "confidentiality_on": ""}, []),  # S104, S105
    (Cases, {"case_no": "", "party_name": ""}, ["101201 A5 G101", "101201 G5 G101"]),
    (Cases, {"case_no": "", "status": "0"}, []),
    (Cases, {"party_type": "2", "party_name": ""}, []),
    (Cases, {"filed_on": ""}, []),  # C103
    (Works, {"date": ""}, []),  # W101
    (Evidence, {"title": ""}, ["101201 C5 G101"]),
])
def test_required_cells(ledger: type, cells: dict[str, str], expected: list[str]) -> None:
    assert found("G101", ground([(ledger, V1, [cells])])) == expected


def test_a_missing_column_is_said_once() -> None:
    where = ground([(Staff, V1, [{"name": ""}, {"name": ""}])], facts={"columns": {"staff_id": "A"}})
    assert found("G101", where) == []


@pytest.mark.parametrize(("ledger", "cells", "expected"), [
    (Pregnancies, {"edd": "2026-03-01"}, []),
    (Pregnancies, {"notice_date": "2025-10-09"}, ["101201 E5 G103"]),
    (Pregnancies, {"delivered_on": "2025-10-09"}, ["101201 I5 G103"]),
    (Visits, {"visit_date": "2026-09-08", "next_date": "2025-10-10"}, ["101201 C5 G103"]),
    (Staff, {"valid_from": "2026-01-01", "valid_to": "2025-12-31"}, ["101201 J5 G103"]),
    (Cases, {"filed_on": "2026-07-10"}, ["101201 K5 G103"]),
    (Works, {"date": "2025-10-08", "due_on": "2026-09-12"}, []),
    (Evidence, {"doc_date": "2026-09-12", "doc_no": "某卫发〔2025〕1号"}, ["101201 E5 G103"]),
])
def test_dates_in_the_future_speak_alone(ledger: type, cells: dict[str, str], expected: list[str]) -> None:
    assert found("G103 P206 P209 P210 V104 V108 S201 C102 C201 W103 E103 E104 E105", ground([(ledger, V1, [cells])])) == expected


def test_as_of_is_the_day_of_filling_in_else_the_months_end() -> None:
    rows = [(Works, V1, [{"date": "2025-09-30"}, {"date": "2025-10-01"}, {"date": "2025-10-09"}])]
    assert found("G103", ground(rows)) == ["101201 C7 G103"]
    assert found("G103", ground(rows, facts={"filled_on": ""})) == ["101201 C6 G103", "101201 C7 G103"]


@pytest.mark.parametrize(("ledger", "cells", "expected"), [
    (Cases, {"place_code": "990199101000"}, ["101201 I5 G301"]),
    (Cases, {"unit_code": "990199101201"}, ["101201 B5 G301"]),  # G303 is silent
    (Cases, {"unit_code": V2}, ["101201 B5 G303"]),
    (Births, {"unit_code": V2}, ["101201 A5 G303"]),
    (Staff, {"area_codes": f"{V1}-03"}, []),
    (Staff, {"area_codes": f"{V1}-03；990101101299"}, ["101201 H5 G301"]),
    (Staff, {"area_codes": V2}, ["101201 H5 S103"]),
    (Staff, {"unit_code": V2}, ["101201 C5 G303"]),
])
def test_codes_of_units(ledger: type, cells: dict[str, str], expected: list[str]) -> None:
    assert found("G301 G303 S103", ground([(ledger, V1, [cells])])) == expected


def test_without_a_unit_list_codes_are_not_looked_up() -> None:
    where = ground([(Cases, V1, [{"place_code": "990199101000"}]), (Staff, V1, [{"area_codes": V2}])], units=None)
    assert found("G301 G302 G303 S103", where) == ["101201 H5 S103"]


@pytest.mark.parametrize(("unit", "name", "expected"), [
    (V1, "一村", []), (V1, "示例县甲山乡一村", []), (V1, "一村村民委员会", []), (V1, "二村", ["101201 D5 G302"]), (V1, "别处", ["101201 D5 G302"]),
    (TOWN, "派出所", []), (TOWN, "甲山乡人民政府", []), (TOWN, "乙水镇", ["101000 D5 G302"]),
])
def test_names_of_units_in_the_staff_list(unit: str, name: str, expected: list[str]) -> None:
    assert found("G302", ground([(Staff, unit, [{"unit_name": name}])])) == expected


def test_name_on_the_cover() -> None:
    sheets = [(Births, V1, [{}]), (Works, V1, [{}])]
    assert found("G302", ground(sheets, facts={"unit_name": "二村"})) == ["101201 G302"]
    assert found("G302", ground(sheets, facts={"unit_name": "甲山乡一村"})) == []


@pytest.mark.parametrize(("facts", "expected"), [
    ({"rows": 0}, ["101201 F105"]), ({"rows": 0, "zero": False}, ["101201 F105"]), ({"rows": 0, "zero": True}, []),
    ({"rows": 0, "set_aside": (("K110", 1),)}, []), ({"rows": 2, "zero": True}, ["101201 F108"]), ({"rows": 2}, []),
])
def test_nil_reports(facts: dict[str, Any], expected: list[str]) -> None:
    for ledger in (Cases, Works):
        assert found("F105 F108", Ground({}, [part_of(ledger, **facts)], PLAN)) == expected
    assert found("F105 F108", Ground({}, [part_of(Births, **facts)], PLAN)) == []


def test_two_contents_of_one_revision_are_one_issue() -> None:
    losing = [part_of(Works, digest="b" * 64), part_of(Works, digest="c" * 64), part_of(Staff, digest="d" * 64)]
    assert found("F111", Ground({}, [part_of(Works), part_of(Staff)], PLAN, losing=losing)) == ["101201 F111", "101201 F111"]


@pytest.mark.parametrize(("period", "expected"), [("2024-12", ["101201 F117"]), ("2025-01", []), ("2025-12", []),
                                                  ("2026-01", ["101201 F117"])])
def test_months_of_the_plan(period: str, expected: list[str]) -> None:
    assert found("F117", Ground({}, [part_of(Works, period=period), part_of(Staff, period=period)], PLAN)) == expected


def test_a_month_the_plan_covers_in_part_is_inside() -> None:
    plan = replace(PLAN, start=dt.date(2025, 8, 21), end=dt.date(2025, 10, 20))
    assert found("F117", Ground({}, [part_of(Works, period="2025-08"), part_of(Staff, period="2025-10")], plan)) == []


@pytest.mark.parametrize(("visits", "expected"), [
    ([{"record_id": "ZZZZZZ"}], ["101201 A5 V101"]),
    ([{"record_id": ""}], []),
    ([{"visit_type": "5", "visit_date": "2025-09-08"}], ["101201 B5 V103"]),  # week 25 of 40
    ([{"visit_type": "3", "visit_date": "2025-09-03"}], []),  # 24+4
    ([{"visit_type": "3", "visit_date": "2025-09-06"}], ["101201 B5 V103"]),  # 25+0
    ([{"visit_type": "2", "visit_date": "2025-07-07"}], []),  # 16+2
    ([{"record_id": "R4TWZ8", "mode": "1 入户"}], ["101201 D5 V110"]),
    ([{"mode": "1 入户"}], []),
    ([{"record_id": "BBBBBB"}], ["101201 D5 V111"]),  # a greeting
    ([{"record_id": "BBBBBB", "visit_type": "9"}], []),  # she called
    ([{"record_id": "BBBBBB", "visit_type": "9", "mode": "5"}], ["101201 D5 V111"]),
    ([{"record_id": "BBBBBB", "visit_type": "9", "mode": "1"}], ["101201 D5 V111"]),
])
def test_visits_against_the_book(visits: list[dict[str, str]], expected: list[str]) -> None:
    book = (*BOOK, {"record_id": "BBBBBB", "consent": "3"})
    assert found("V101 V103 V110 V111", village(pregnancies=book, visits=visits)) == expected


def test_a_book_with_an_unreadable_number_accuses_no_visit() -> None:
    assert found("V101", village(pregnancies=[{"record_id": 1e15}], visits=[{}])) == []


def test_books_of_two_villages_are_kept_apart() -> None:
    where = ground([(Pregnancies, V1, [{}]), (Visits, V1, [{}]), (Pregnancies, V2, [{"consent": "2"}]), (Visits, V2, [{"mode": "1"}])])
    assert found("V101 V110", where) == ["101202 D5 V110"]


@pytest.mark.parametrize(("book", "visits", "expected"), [
    ({}, {}, []),
    ({}, {"visit_date": "2025-08-08"}, ["101201 A5 V201"]),
    ({}, {"visit_date": ""}, []),
    ({"consent": "3"}, {"visit_date": "2025-08-08"}, []),
    ({"edd": "2025-06-02"}, {"visit_date": "2025-08-08"}, []),  # over on 31 August
    ({"edd": "2025-06-03"}, {"visit_date": "2025-08-08"}, ["101201 A5 V201"]),
])
def test_no_greeting(book: dict[str, str], visits: dict[str, str], expected: list[str]) -> None:
    assert found("V201", village(pregnancies=[book], visits=[visits])) == expected


def test_whoever_did_not_answer_twice_is_left_in_peace() -> None:
    missed = [{"visit_date": f"2025-0{month}-08", "mode": "5"} for month in (7, 8)]
    assert found("V201 V202", village(pregnancies=[{}], visits=missed)) == ["101201 D6 V202"]


def test_a_plan_without_greetings_asks_for_none() -> None:
    where = village(visits=[])
    assert found("V201", replace(where, plan=replace(PLAN, visits=replace(PLAN.visits, monthly=0)))) == []
    assert found("V201", where) == ["101201 A5 V201", "101201 A6 V201"]


@pytest.mark.parametrize(("staff", "visit", "expected"), [
    ({}, {"staff_id": f"{V1}-09"}, ["101201 E5 V105"]),
    ({}, {"staff_id": f"{V2}-01"}, []),  # a unit that is not here
    ({}, {"staff_id": "临时人员"}, ["101201 E5 V105"]),
    ({}, {"staff_id": ""}, []),
    ({"valid_to": "2025-09-07"}, {}, ["101201 E5 V105"]),
    ({"valid_to": "2025-09-08"}, {}, []),
    ({"valid_from": "2025-09-09"}, {}, ["101201 E5 V105"]),
    ({"valid_from": ""}, {}, []),
    ({"valid_to": "9月1日"}, {}, []),
    ({"valid_to": "2025-09-07"}, {"visit_date": "9月8日"}, []),
])
def test_visitors(staff: dict[str, str], visit: dict[str, str], expected: list[str]) -> None:
    assert found("V105", village(staff=[staff], visits=[visit])) == expected


@pytest.mark.parametrize(("staff", "service", "expected"), [
    ({}, {"staff_id": ""}, ["101201 C5 X102"]),
    ({"valid_to": "2025-09-29"}, {}, ["101201 C5 X102"]),
    ({"valid_to": "2025-09-30"}, {}, []),
    ({"staff_id": f"{V1}-02"}, {}, ["101201 C5 X102"]),
    ({}, {"staff_id": f"{V2}-01"}, []),
])
def test_responsible_persons(staff: dict[str, str], service: dict[str, str], expected: list[str]) -> None:
    assert found("X102", ground([(Services, V1, [service]), (Staff, V1, [staff])])) == expected


def test_a_person_of_the_next_village_is_not_of_this_one() -> None:
    sheets = [(Services, V1, [{"staff_id": f"{V2}-01"}]), (Staff, V1, [{}]), (Staff, V2, [V2_STAFF])]
    assert found("X102", ground(sheets)) == ["101201 C5 X102"]
    sheets[2] = (Staff, V2, [{**V2_STAFF, "area_codes": f"{V1}；{V2}"}])
    assert found("X102", ground(sheets)) == []


def test_a_village_without_a_list_is_not_judged() -> None:
    assert found("X102 V105 S202 S203", ground([(Services, V1, [{"staff_id": ""}]), (Visits, V1, [{"staff_id": "甲"}])])) == []


def test_a_blank_person_in_the_book_is_one_issue() -> None:
    assert found("X102 G101", village(pregnancies=[{"staff_id": ""}], visits=[{}], services=[{"staff_id": ""}])) == ["101201 H5 G101"]


@pytest.mark.parametrize(("staff", "expected"), [
    ([{}], []), ([], ["101201 S202"]), ([{"valid_to": "2025-09-29"}], ["101201 S202"]), ([{"role": "1"}], ["101201 S202"]),
    ([{"valid_to": "2025-09-29"}, {"staff_id": f"{V1}-02", "valid_from": "2025-09-30"}], []), ([{"valid_from": "去年"}], []),
])
def test_somebody_in_office(staff: list[dict[str, str]], expected: list[str]) -> None:
    assert found("S202", village(staff=staff)) == expected


def test_a_unit_that_need_not_report_needs_nobody() -> None:
    units = Units.of([Unit(V1, "一村", False)])
    assert found("S202", replace(village(staff=[]), units=units)) == []


def test_too_many_records_for_one_person() -> None:
    where = village(services=[{"token": f"{number:012x}"} for number in range(3)], staff=[{}, {"staff_id": f"{V1}-02"}])
    assert found("S203", replace(where, plan=replace(PLAN, limits=Limits(records_per_person=2)))) == ["101201 A5 S203"]
    assert found("S203", replace(where, plan=replace(PLAN, limits=Limits(records_per_person=3)))) == []


@pytest.mark.parametrize(("v1", "town", "expected"), [
    ({}, {}, []),
    ({"upper_id": f"{TOWN}-09"}, {}, ["101201 I5 S102"]),
    ({"upper_id": f"{V1}-01"}, {}, ["101201 I5 S205"]),
    ({"upper_id": f"{COUNTY}-01"}, {}, ["101201 I5 S102"]),
    ({"upper_id": ""}, {}, []),
    ({}, {"valid_to": "2025-08-31"}, ["101201 A5 X104"]),
    ({"valid_to": "2025-08-31"}, {"valid_to": "2025-08-31"}, []),
    ({}, {"upper_id": f"{V1}-01"}, ["101000 I5 S205"]),
    ({}, {"level": "3 村居"}, ["101000 I5 S102", "101201 I5 S102"]),
])
def test_the_chain(v1: dict[str, str], town: dict[str, str], expected: list[str]) -> None:
    where = ground([(Staff, V1, [v1]), (Staff, TOWN, [{**TOWN_STAFF, **town}]), (Staff, COUNTY, [COUNTY_STAFF])], target=COUNTY)
    assert [cell for cell in found("S102 S205 X104", where) if town.get("level") is None or "S102" in cell] == expected


def test_the_chain_ends_where_no_list_is() -> None:
    broken: Cells = {"upper_id": f"{TOWN}-09"}
    assert found("S102 X104", ground([(Staff, V1, [broken])])) == []
    assert found("S102 X104", ground([(Staff, V1, [{}]), (Staff, TOWN, [{**TOWN_STAFF, "upper_id": "没有此人"}])])) == []


def test_a_group_leader_answers_to_the_village() -> None:
    leader = {"staff_id": f"{V1}-05", "level": "4", "role": "7", "area_codes": f"{V1}-01", "upper_id": f"{V1}-01"}
    assert found("S102 S205 X104 S103", ground([(Staff, V1, [{}, leader])])) == []
    assert found("S102", ground([(Staff, V1, [{}, {**leader, "upper_id": f"{V1}-07"}])])) == ["101201 I6 S102"]


def test_a_loop_of_two() -> None:
    where = ground([(Staff, V1, [{"upper_id": f"{V1}-02"}, {"staff_id": f"{V1}-02", "upper_id": f"{V1}-01"}]), (Staff, TOWN, [TOWN_STAFF])])
    assert found("S102 S205 X104", where) == ["101201 I5 S205", "101201 I6 S205"]


def test_a_person_above_of_another_township() -> None:
    other = "990101102000"
    units = Units.of([*UNITS, Unit(other, "乙水镇", True)])
    where = ground([(Staff, V1, [{"upper_id": f"{other}-01"}]), (Staff, TOWN, [TOWN_STAFF]),
                    (Staff, other, [{**TOWN_STAFF, "staff_id": f"{other}-01"}])],
                   units=units)
    assert found("S102 X104", where) == ["101201 A5 X104"]


CASE = {"decision_no": ""}


@pytest.mark.parametrize(("sheets", "expected"), [
    ([(Cases, V1, [CASE]), (Cases, V2, [CASE])], ["101202 A5 D102"]),
    ([(Cases, TOWN, [CASE]), (Cases, V1, [CASE])], ["101201 A5 D102 info"]),
    ([(Cases, V1, [CASE]), (Cases, TOWN, [CASE]), (Cases, V2, [CASE])], ["101201 A5 D102 info", "101202 A5 D102"]),
    ([(Cases, V1, [CASE, CASE])], []),
    ([(Cases, V1, [{"case_no": ""}]), (Cases, V2, [{"case_no": ""}])], []),
    ([(Cases, V1, [{"decision_no": "某卫罚〔2025〕3号"}]), (Cases, V2, [{"case_no": "990101-2025-0009", "decision_no": "某卫罚(2025)3号"}])],
     ["101202 N5 D102"]),
    ([(Cases, V1, [{"decision_no": "某卫罚〔2025〕3号"}]), (Cases, V2, [{"decision_no": "某卫罚〔2025〕3号"}])], ["101202 A5 D102"]),
    ([(Staff, V1, [{}]), (Staff, V2, [{}])], ["101202 A5 D103"]),
    ([(Staff, V1, [{}]), (Staff, V2, [V2_STAFF])], []),
    ([(Staff, V1, [{}]), (Staff, TOWN, [{}])], ["101201 A5 D103 info"]),
    ([(Staff, V1, [{}]), (Staff, TOWN, [{"name": "样例乙"}])], ["101201 A5 D103"]),
    ([(Staff, V1, [{}, {"name": "样例乙"}])], []),  # S101
])
def test_two_units_report_the_same(sheets: list[Any], expected: list[str]) -> None:
    assert found("D102 D103", ground(sheets)) == expected


def test_rows_that_a_decision_set_aside_break_no_rule() -> None:
    where = ground([(Cases, V1, [{"place_code": "990199101000", "found_on": ""}])], excluded={"cases": [True]})
    assert found("G101 G301", where) == []


@pytest.mark.parametrize(("evidence", "works", "expected"), [
    ({"meeting_date": "2025-09-13"}, {}, ["101201 H5 E104"]),
    ({"meeting_date": "2025-09-12"}, {}, []),
    ({}, {"type": "1", "date": "2025-09-18"}, ["101201 E5 E104"]),
    ({}, {"type": "5", "date": "2025-09-18"}, []),
    ({}, {"type": "1", "date": "2025-09-18", "evidence_no": "CL-2025-02"}, []),
    ({"doc_date": "2026-09-12", "meeting_date": "2027-01-01"}, {}, []),
])
def test_meetings_that_documents_cite(evidence: dict[str, str], works: dict[str, str], expected: list[str]) -> None:
    assert found("E104", village(evidence=[evidence], works=[works])) == expected


@pytest.mark.parametrize(("location", "expected"), [
    ("一号柜", []), ("照片1.jpg", []), (r"附件\照片1.JPG", []), ("照片2.jpg", ["101201 F5 E102"]), ("照片1.jpg；纪要.pdf", ["101201 F5 E102"]),
    ("A柜3.2层", []),
])
def test_files_beside_the_workbook(location: str, expected: list[str]) -> None:
    where = village(evidence=[{"location": location}])
    assert found("E102", replace(where, evidence_files=frozenset({"照片1.jpg"}))) == expected
    assert found("E102", where) == []


def test_months_between() -> None:
    now = ground([(Works, V1, [{}])])
    before = [part_of(Works, period="2025-06")]
    assert found("M106", replace(now, previous=before)) == ["M106", "M106"]
    assert found("M106", replace(now, previous=[part_of(Works, period="2025-08")])) == []
    assert found("M106", replace(now, previous=[part_of(Works, period="2025-11")])) == []


def test_who_did_not_report() -> None:
    sheets = [(Works, V1, [{}])]
    assert found("L102", ground(sheets, target=TOWN)) == ["101000 L102", "101202 L102"]
    assert found("L102", ground(sheets, target=TOWN, refusals=[Refusal("F202", "b.xlsx", unit=V2)])) == ["101000 L102"]
    assert found("L102", ground(sheets)) == []
    assert found("L102", ground(sheets, target=TOWN, units=None)) == []


@pytest.mark.parametrize(("unit", "received", "expected"), [
    (V1, "2025-10-10", []), (V1, "2025-10-11", ["101201 L101"]), (V1, "", []), (TOWN, "2025-10-15", []),
    (TOWN, "2025-10-16", ["101000 L101"]),
    (COUNTY, "2025-10-20", []), (COUNTY, "2025-10-21", ["000000 L101"]),
])
def test_late(unit: str, received: str, expected: list[str]) -> None:
    assert found("L101 L103", ground([(Works, unit, [{}]), (Staff, unit, [{}])], facts={"received": received})) == expected


def test_days_off_unknown_are_said_once() -> None:
    parts = [part_of(Works, unit, "2039-03", received="2039-04-01") for unit in (TOWN, "990101102000")]
    assert found("L101 L103", Ground({}, parts, PLAN, target=COUNTY)) == ["000000 L103"]
    assert found("L103", Ground({}, [replace(part, received="") for part in parts], PLAN, target=COUNTY)) == []


@pytest.mark.parametrize(("required", "state", "expected"), [
    (True, "待审", ["101000 L104"]), (True, "none", ["101000 L104"]), (True, "已审", []), (True, "上级已收", []), (False, "待审", []),
])
def test_approval(required: bool, state: str, expected: list[str]) -> None:
    plan = replace(PLAN, approval_required=required)
    assert found("L104", ground([(Works, V1, [{}])], plan, target=COUNTY, approvals={TOWN: state})) == expected


@pytest.mark.parametrize(("kind", "today", "expected"), [
    ("village", dt.date(2025, 12, 9), []), ("village", dt.date(2025, 12, 10), ["101201 K109"]), (OFFICE, dt.date(2026, 12, 10), []),
    ("village", None, []),
])
def test_retention(kind: str, today: dt.date | None, expected: list[str]) -> None:
    assert found("K109", ground([(Works, V1, [{}]), (Staff, V1, [{}])], facts={"kind": kind}, today=today)) == expected


def test_what_could_not_be_judged_is_counted() -> None:
    """A village alone: its people's superiors sit in a township whose list is not here."""
    alone = ground([(Staff, V1, [{}, {"staff_id": f"{V1}-02"}]), (Visits, V1, [{}, {"staff_id": f"{V2}-01"}]), (Services, V1, [{"staff_id": f"{V2}-01"}])])
    assert not_checked(alone) == {"S102": 2, "V105": 1, "X102": 1}
    assert found("S102 X102 X104 V105", alone) == []
    assert not_checked(ground([(Staff, V1, [{}]), (Staff, TOWN, [TOWN_STAFF]), (Staff, COUNTY, [COUNTY_STAFF])])) == {}
