"""The fictional county: the same from a seed, whole, in order, and clean; checked with plain loops."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from stdnum.cn import uscc

from toolkit.model.period import first_day, last_day, shift
from toolkit.model.plan import CaseType, Deadline, Deadlines, Limits, Penalty, Plan, Reward
from toolkit.model.unit import Units, at_level
from toolkit.rules.rule import Ground
from toolkit.schema import BY_NAME, ledgers_of
from toolkit.steps import county_names as names
from toolkit.steps.batch import Asked
from toolkit.steps.check import computed
from toolkit.steps.county import County, Office, county
from toolkit.steps.county_people import staff_id
from toolkit.steps.mess_sheets import plain_sheets
from toolkit.steps.read import read

from .as_read import book_of

PLAN = Plan("standard", "标准方案")
STRICT = Plan(
    "strict", "紧的方案", start=dt.date(2025, 7, 1), end=dt.date(2025, 12, 31), limits=Limits(records_per_person=10, days_to_decision=60),
    deadlines=Deadlines(village_to_township=Deadline(day=5, inclusive=False), need_report_days=1), reward=Reward("fixed", 3000.0),
    case_types=(CaseType("01"), CaseType("05"), CaseType("08")), penalties=(Penalty("05", 5000.0, 8000.0, "示例"),))
MONTHS = ["2025-09", "2024-02", "2025-01", "2025-12"]


@pytest.fixture(scope="module", params=MONTHS)
def month(request: pytest.FixtureRequest) -> County:
    return county("种子", 23, request.param, PLAN)


def _villages(found: County) -> list[Office]:
    return [office for office in found.offices if office.unit.level == "village"]


def _all(found: County, ledger: str) -> Iterator[tuple[Office, dict[str, Any]]]:
    for office in found.offices:
        for row in office.rows.get(ledger, []):
            yield office, row


def _code(value: Any) -> str:
    return str(value).partition(" ")[0]


def test_a_seed_says_everything() -> None:
    assert county("a", 12, "2025-09", PLAN) == county("a", 12, "2025-09", PLAN)
    assert county("a", 12, "2025-09", PLAN) != county("b", 12, "2025-09", PLAN)
    one, other = county("a", 12, "2025-09", PLAN), county("a", 12, "2025-10", PLAN)
    assert one.units == other.units
    assert one.institutions == other.institutions
    assert [office.rows["staff"] for office in one.offices] == [office.rows["staff"] for office in other.offices]
    assert not {office.book_key for office in _villages(one)} & {office.book_key for office in _villages(other)}


def test_units() -> None:
    units = county("a", 6, "2025-09", PLAN).units
    assert [(unit.code, unit.name) for unit in units] == [
        ("990101000000", "示例县"), ("990101101000", "示例县甲山乡"), ("990101101201", "示例县甲山乡一村"), ("990101101202", "示例县甲山乡二村"),
        ("990101101203", "示例县甲山乡三村"), ("990101101204", "示例县甲山乡四村"), ("990101101205", "示例县甲山乡五村"),
        ("990101101206", "示例县甲山乡六村")]
    assert all(unit.expected for unit in units)
    many = names.units_of(1700)
    assert len({unit.code for unit in many}) == len({unit.name for unit in many}) == len(many)
    assert Counter(unit.level for unit in many) == {"village": 1700, "township": 299, "county": 1}
    for number in (0, 299 * 199 + 1):
        with pytest.raises(ValueError, match="villages"):
            names.units_of(number)


def test_numerals() -> None:
    assert [names.numeral(number) for number in (1, 10, 11, 20, 31, 100, 101, 110, 199)] == [
        "一", "十", "十一", "二十", "三十一", "一百", "一百〇一", "一百一十", "一百九十九"]


def test_organisation_codes() -> None:
    assert all(uscc.is_valid(names.organisation_code(serial)) for serial in range(0, 4000, 7))
    assert len({names.organisation_code(serial) for serial in range(4000)}) == 4000


def test_sheets_of_each_level(month: County) -> None:
    for office in month.offices:
        assert set(office.rows) == {ledger.id for ledger in ledgers_of(office.unit.level)}
        for ledger, rows in office.rows.items():
            assert all(list(row) == [column.field for column in BY_NAME[ledger].columns] for row in rows)


def test_numbers_are_unique(month: County) -> None:
    for ledger, name in (("staff", "staff_id"), ("pregnancies", "record_id"), ("cases", "case_no"), ("cases", "decision_no")):
        found = [row[name] for _, row in _all(month, ledger) if row[name]]
        assert len(found) == len(set(found)), name
    for office in month.offices:
        for ledger, name in (("works", "work_id"), ("evidence", "evidence_no"), ("pregnancies", "phone"), ("pregnancies", "name")):
            found = [row[name] for row in office.rows.get(ledger, []) if row[name]]
            assert len(found) == len(set(found)), name
    keys = [office.book_key for office in _villages(month)]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in keys)


def test_covers(month: County) -> None:
    after = first_day(shift(month.offices[0].period, 1))
    for office in month.offices:
        cover = office.cover
        assert cover["prepared_by"] != cover["reviewed_by"]
        assert {cover["prepared_by"], cover["reviewed_by"]} <= {row["name"] for row in office.rows["staff"]}
        assert after <= cover["prepared_on"] <= after.replace(day=9)
        assert (cover["zero_cases"], cover["zero_works"]) == tuple("否" if office.rows[name] else "是" for name in ("cases", "works"))
        assert (cover["unit_code"], cover["unit_name"], cover["revision"]) == (office.unit.code, office.unit.name, 0)


def test_nobody_is_real(month: County) -> None:
    staff = {row["name"] for _, row in _all(month, "staff")}
    women = {row["name"] for _, row in _all(month, "pregnancies")}
    assert all(name.startswith("样例") for name in staff | women)
    assert not [(woman, name) for woman in women for name in staff if woman in name]
    for _, row in _all(month, "pregnancies"):
        assert row["phone"] is None or re.fullmatch(r"190000\d{5}", row["phone"])
    assert all(re.fullmatch(r"0990-\d{7}", row["work_phone"]) for _, row in _all(month, "staff"))


def test_record_numbers(month: County) -> None:
    for office in _villages(month):
        used = [row["record_id"] for row in office.rows["pregnancies"]]
        assert list(office.record_ids[: len(used)]) == used
        assert len(office.record_ids) > len(used) <= 60
        assert all(re.fullmatch("[A-DF-HJKMNP-Z][A-DF-HJKMNP-Z2-9]{5}", number) for number in office.record_ids)


def test_chain_of_staff(month: County) -> None:
    people = {row["staff_id"]: row for _, row in _all(month, "staff")}
    start, end = first_day(month.offices[0].period), last_day(month.offices[0].period)
    for office, row in _all(month, "staff"):
        assert row["staff_id"].startswith(office.unit.code)
        level = int(_code(row["level"]))
        assert (row["upper_id"] is None) == (level == 1)
        if row["upper_id"]:
            assert int(_code(people[row["upper_id"]]["level"])) == level - 1
        if level <= 2:
            assert row["publicised_on"] <= end
        assert row["confidentiality_on"] >= row["valid_from"]
        if _code(row["role"]) in "5678":
            assert all(code.startswith(office.unit.code.rstrip("0") if office.unit.level != "village" else office.unit.code)
                       for code in row["area_codes"].split(";"))
    for unit in month.units:
        active = [row for row in people.values() if row["unit_code"] == unit.code and row["valid_from"] < start and row["valid_to"] is None]
        assert len(active) >= 2
        if unit.level != "county":
            upper = "990101000000" if unit.level == "township" else at_level(unit.code, "township")
            assigned = [row for row in people.values() if row["unit_code"] == upper and unit.code in (row["area_codes"] or "").split(";")]
            assert [row["staff_id"] for row in assigned] == [people[staff_id(unit.code, 1)]["upper_id"]]


def test_service_books(month: County) -> None:
    start, end = first_day(month.offices[0].period), last_day(month.offices[0].period)
    for office in _villages(month):
        active = {row["staff_id"] for row in office.rows["staff"] if row["valid_to"] is None and _code(row["role"]) in "68"}
        load = Counter(row["staff_id"] for row in office.rows["pregnancies"])
        assert set(load) <= active
        assert max(load.values(), default=0) <= PLAN.limits.records_per_person
        visits: dict[str, list[dict[str, Any]]] = {}
        for visit in office.rows["visits"]:
            assert visit["staff_id"] in active
            visits.setdefault(visit["record_id"], []).append(visit)
        assert set(visits) <= {row["record_id"] for row in office.rows["pregnancies"]}
        for woman in office.rows["pregnancies"]:
            _check_woman(woman, visits.get(woman["record_id"], []), start, end)


def _check_woman(woman: dict[str, Any], visits: list[dict[str, Any]], start: dt.date, end: dt.date) -> None:
    consent, delivered, edd = _code(woman["consent"]), woman["delivered_on"], woman["edd"]
    assert woman["notice_date"] <= end
    assert (edd - end).days <= 300
    assert (delivered + dt.timedelta(56) if delivered else edd + dt.timedelta(90)) >= end
    if delivered:
        assert -126 <= (delivered - edd).days <= 35
        assert delivered <= end
    kinds = [(_code(visit["visit_type"]), visit["visit_date"]) for visit in visits]
    assert len(kinds) == len(set(kinds))
    assert kinds == sorted(kinds, key=lambda kind: kind[1])
    assert consent == "3" or any(kind == "8" and day >= start for kind, day in kinds)
    for visit in visits:
        kind, mode, day = _code(visit["visit_type"]), _code(visit["mode"]), visit["visit_date"]
        assert woman["notice_date"] <= day <= end
        assert not (consent == "2" and mode == "1")
        assert not (consent == "3" and (mode in "15" or kind == "8"))
        if kind in "12345":
            low, high = PLAN.visits.windows[int(kind) - 1]
            assert low <= (day - edd).days + 280 <= high
            assert delivered is None or day < delivered
        if _code(visit["need"]) in "12349":
            assert visit["need_status"]
            assert 0 <= (visit["need_reported_on"] - visit["need_found_on"]).days <= 2
        assert visit["next_date"] is None or visit["next_date"] > day
    assert [_code(visit["mode"]) for visit in visits[-2:]] != ["5", "5"]


def test_births_add_up(month: County) -> None:
    for office, row in _all(month, "births"):
        assert row["live_births"] == row["boys"] + row["girls"] + row["unstated"]
        assert row["unit_code"] == office.unit.code
    orders = [(office.unit.code, row["quarter"], row["birth_order"]) for office, row in _all(month, "birth_orders")]
    assert len(orders) == len(set(orders))
    quarter_ends = int(month.offices[0].period[5:]) % 3 == 0
    assert len(orders) == (4 * sum(unit.level != "village" for unit in month.units) if quarter_ends else 0)
    assert all(row["facility_births"] <= row["boys"] + row["girls"] for _, row in _all(month, "birth_orders"))


def test_cases(month: County) -> None:
    end = last_day(month.offices[0].period)
    found = list(_all(month, "cases"))
    assert 3 <= len(found) < len(month.units)
    for office, row in found:
        status, party = _code(row["status"]), _code(row["party_type"])
        dates = [row[name] for name in ("found_on", "filed_on", "decided_on", "closed_on") if row[name]]
        assert dates == sorted(dates)
        assert dates[-1] <= end
        assert (row["case_no"] is not None) == (status != "0")
        assert (row["filed_on"] is not None) == (row["legal_basis"] is not None) == (status in "1234")
        assert (row["decision_no"] is not None) == (row["decided_on"] is not None) == (status in "234")
        assert (row["closed_on"] is not None) == (row["archive_no"] is not None) == (status == "4")
        assert (row["transfer_to"] is not None) == (row["transferred_on"] is not None) == (status == "6")
        if status == "1":
            assert (end - row["filed_on"]).days <= 90
        if row["fine"] is not None:
            assert 10_000 <= row["fine"] <= 30_000
            assert (row["confiscated"] or 0) < 10_000
        assert row["uscc"] is None or uscc.is_valid(row["uscc"])
        assert (row["party_name"] is not None) == (party in "14578")
        assert office.unit.level == "county" or party in "14578"
        assert row["reward"] is None


def test_works_and_evidence(month: County) -> None:
    start, end = first_day(month.offices[0].period), last_day(month.offices[0].period)
    known = {code for code, *_ in month.institutions} | {unit.code for unit in month.units}
    letter = {"village": "V", "township": "T", "county": "C"}
    for office in month.offices:
        papers = {row["evidence_no"]: row for row in office.rows["evidence"]}
        staff = {row["staff_id"] for row in office.rows["staff"]}
        for row in office.rows["works"]:
            kind = int(_code(row["type"]))
            assert start <= row["date"] <= end
            assert row["staff_id"] in staff
            assert row["target_code"] is None or row["target_code"] in known
            if kind <= 4:
                assert papers[row["evidence_no"]]["meeting_date"] == row["date"]
            if row["evidence_no"]:
                assert papers[row["evidence_no"]]["doc_date"] >= row["date"]
            if kind == 8:
                assert row["due_on"] > end or row["done_on"] <= row["due_on"]
        for row in papers.values():
            assert re.fullmatch(letter[office.unit.level] + r"-\d\d", row["item_code"])
            assert row["doc_date"].year == start.year
            assert row["doc_date"] <= end
            assert row["doc_no"] is None or f"〔{row['doc_date'].year}〕" in row["doc_no"]


@pytest.mark.parametrize("plan", [PLAN, STRICT], ids=lambda plan: plan.id)
def test_the_rules_find_nothing(plan: Plan) -> None:
    """Alone, and together at the county: no error, no warning, and no hint either."""
    found = county("干净", 11, "2025-09", plan)
    units = Units.of(found.units)
    books = [book_of(f"{office.unit.code}.xlsx", plain_sheets(office, True)) for office in found.offices]
    for book in books:
        union = read([book], Asked(plan, units))
        issues = [issue for part in union.parts for issue in part.reading] + [issue for said in union.file_issues.values() for issue in said]
        issues += computed(Ground(union.tables, union.parts, plan, units, period="2025-09"))
        assert [(book.file, issue.code, issue.field) for issue in issues] == []
        assert union.refusals == ()
    union = read(books, Asked(plan, units, merging=True))
    ground = Ground(union.tables, union.parts, plan, units, "990101000000", "2025-09")
    assert [(issue.code, issue.unit) for issue in computed(ground)] == []
    assert len(union.parts) == sum(len(ledgers_of(office.unit.level)) - (office.unit.level == "village") for office in found.offices)


def test_a_plan_is_kept() -> None:
    found = county("紧", 23, "2025-09", STRICT)
    for office in found.offices:
        assert office.cover["prepared_on"].day <= 4
        load = Counter(row["staff_id"] for row in office.rows.get("pregnancies", []))
        assert max(load.values(), default=0) <= 10
        assert all(row["doc_date"] >= dt.date(2025, 7, 1) for row in office.rows["evidence"])
    assert found.last_day == 4
    assert {_code(row["type"]) for _, row in _all(found, "cases")} <= {"01", "05", "08"}
    assert all(5000 <= row["fine"] <= 8000 for _, row in _all(found, "cases") if row["fine"] is not None and _code(row["type"]) == "05")
    assert all(row["reward"] in (None, 3000) for _, row in _all(found, "cases"))
