"""Every rule about rows fires on its bad example and not on its good one; then the cells of the tricky ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stdnum.cn import uscc

from tests.rules.planting import PLAN, cells_of, fired, part_of, table
from toolkit.model.plan import Deadlines, Reward
from toolkit.rules import RULES, Rows, Rule
from toolkit.rules.cases import uscc_valid
from toolkit.schema import Cases, Ledger, Pregnancies

ROW_RULES = [rule for rule in RULES if rule.ledger is not None]


def named(rule: Rule) -> str:
    assert rule.ledger is not None
    return f"{rule.code.code}-{rule.ledger.id}"


@pytest.mark.parametrize("rule", ROW_RULES, ids=named)
def test_bad_example_fires(rule: Rule) -> None:
    assert [cell.split()[1] for cell in fired(rule, cells_of(rule, rule.bad))] == [rule.code.code]


@pytest.mark.parametrize("rule", ROW_RULES, ids=named)
def test_good_example_is_silent(rule: Rule) -> None:
    assert fired(rule, cells_of(rule, rule.good)) == []


@pytest.mark.parametrize("rule", ROW_RULES, ids=named)
def test_the_examples_of_a_ledger_are_clean(rule: Rule) -> None:
    """The row a clerk sees as the example breaks no rule of its sheet."""
    assert fired(rule, [{}]) == []


@pytest.mark.parametrize("rule", ROW_RULES, ids=named)
def test_an_empty_table_is_no_trouble(rule: Rule) -> None:
    assert fired(rule, []) == []


@pytest.mark.parametrize("rule", ROW_RULES, ids=named)
def test_marks_are_columns_of_the_ledger(rule: Rule) -> None:
    assert rule.ledger is not None
    assert rule.marks in rule.ledger.by_field


def run(code: str, *rows: dict[str, str], ledger: type[Ledger] | None = None) -> list[str]:
    rules = [rule for rule in ROW_RULES if rule.code.code == code and (ledger is None or rule.ledger is ledger)]
    return [cell for rule in rules[:1] for cell in fired(rule, rows)]


CLOSED = {"status": "4 结案", "decided_on": "2025-08-01", "decision_no": "某卫罚〔2025〕3号", "fine": "15000", "closed_on": "2025-09-01",
          "archive_no": "示例1"}


@pytest.mark.parametrize(("cells", "expected"), [
    (CLOSED, []),
    (CLOSED | {"closed_on": "2025-07-31"}, ["T5 C102"]),
    (CLOSED | {"decided_on": "2025-07-01", "closed_on": "2025-06-01"}, ["M5 C102"]),  # the first that breaks the order
    (CLOSED | {"filed_on": "", "decided_on": "2025-07-01"}, ["M5 C102"]),
    (CLOSED | {"found_on": "2025-07-11"}, ["K5 C102"]),
    (CLOSED | {"filed_on": "2026-07-10"}, []),  # in the future: G103 speaks
    (CLOSED | {"filed_on": "7月10日"}, []),  # unreadable: G108 spoke
])
def test_order_of_case_dates(cells: dict[str, str], expected: list[str]) -> None:
    assert run("C102", cells) == expected


@pytest.mark.parametrize(("cells", "expected"), [
    ({"status": "4 结案"}, ["M5 C103", "N5 C103", "O5 C103", "T5 C103", "U5 C103"]),
    (CLOSED | {"fine": "0"}, []),
    (CLOSED | {"fine": "若干"}, []),  # unreadable is not blank
    ({"status": "0 线索", "filed_on": "", "legal_basis": ""}, []),
    ({"status": "办到一半", "filed_on": ""}, []),
])
def test_what_a_stage_needs(cells: dict[str, str], expected: list[str]) -> None:
    assert run("C103", cells) == expected


@pytest.mark.parametrize(("cells", "expected"), [
    ({"status": "6 移送", "transfer_to": "", "transferred_on": ""}, ["R5 C202"]),
    ({"status": "6 移送", "transfer_to": "1 公安", "transferred_on": ""}, ["S5 C202"]),
])
def test_one_issue_for_a_transfer(cells: dict[str, str], expected: list[str]) -> None:
    assert run("C202", cells) == expected


@pytest.mark.parametrize(("fine", "gains", "expected"), [
    ("0", "", []), ("10000", "", []), ("30000", "", []), ("30000.01", "", ["O5 C301"]), ("9999", "5000", ["O5 C301"]),
    ("60000", "20000", []), ("40000", "20000", []), ("120000", "20000", []), ("39999", "20000", ["O5 C302"]),
    ("120001", "20000", ["O5 C302"]),
    ("0", "10000", ["O5 C302"]),
])
def test_bands_of_fines(fine: str, gains: str, expected: list[str]) -> None:
    cells = CLOSED | {"fine": fine, "confiscated": gains}
    assert run("C301", cells) + run("C302", cells) == expected


@pytest.mark.parametrize(("reward", "amount", "expected"), [
    (Reward("none"), "800", []), (Reward("fixed", 500), "500", []), (Reward("fixed", 500), "800", ["V5 C303"]),
    (Reward("fixed", 500), "0", []),
    (Reward("minimum", 3000), "3000", []), (Reward("minimum", 3000), "2999", ["V5 C303"]),
    (Reward("range", 1000, 2000), "2000", []), (Reward("range", 1000, 2000), "2001", ["V5 C303"]),
])
def test_rewards(reward: Reward, amount: str, expected: list[str]) -> None:
    rule = next(rule for rule in ROW_RULES if rule.code.code == "C303")
    assert fired(rule, [{"reward": amount}], replace(PLAN, reward=reward)) == expected


@pytest.mark.parametrize(("filed", "expected"), [("2025-07-02", []), ("2025-07-01", ["K5 C201"])])
def test_ninety_days_are_not_over_ninety(filed: str, expected: list[str]) -> None:
    assert run("C201", {"found_on": "2025-05-01", "filed_on": filed}) == expected


@pytest.mark.parametrize(("number", "expected"), [
    ("某卫罚〔2025〕3号", []), ("某卫罚(2025)3号", []), ("某卫医罚〔2025〕第003号", []), ("2025-3", ["N5 C107"]), ("某卫罚〔25〕3号", ["N5 C107"]),
])
def test_decision_numbers(number: str, expected: list[str]) -> None:
    assert run("C107", {"decision_no": number}) == expected


@pytest.mark.parametrize(("delivered", "edd", "expected"), [
    ("2025-08-05", "2025-12-20", ["I5 P209"]), ("2025-08-16", "2025-12-20", []), ("2025-10-05", "2025-08-31", []),
    ("2025-10-06", "2025-08-31", ["I5 P209"]), ("2025-11-01", "2025-08-31", []), ("", "2025-08-31", []),
])
def test_delivery_against_due_date(delivered: str, edd: str, expected: list[str]) -> None:
    assert run("P209", {"delivered_on": delivered, "edd": edd}) == expected


@pytest.mark.parametrize(("edd", "delivered", "expected"), [
    ("2025-07-02", "", []), ("2025-07-01", "", ["A5 P206"]), ("2025-08-20", "2025-08-05", []), ("2025-08-20", "2025-08-04", ["A5 P206"]),
    ("2025-08-20", "2024-08-04", []),  # a slip of the pen (P209) deletes nobody's row
    ("2025-01-01", "", []),  # notice given long after it: P210
])
def test_end_of_service(edd: str, delivered: str, expected: list[str]) -> None:
    assert run("P206", {"edd": edd, "delivered_on": delivered}) == expected


@pytest.mark.parametrize(("cells", "expected"), [
    ({"edd": "2026-07-27"}, []), ({"edd": "2026-07-28"}, ["D5 P210"]),
    ({"edd": "2025-03-01", "notice_date": "2025-05-30"}, []), ({"edd": "2025-03-01", "notice_date": "2025-05-31"}, ["E5 P210"]),
    ({"edd": "2025-03-01", "notice_date": "2026-05-31"}, []),
])
def test_unlikely_dates(cells: dict[str, str], expected: list[str]) -> None:
    assert run("P210", cells) == expected


@pytest.mark.parametrize(("phone", "expected"), [
    ("19000000001", []), ("+86 190-0000-0001", []), ("19000000001.0", []), ("0990-0000001", []), ("0990-0000001-12", []), ("", []),
    ("1900000000", ["C5 P121"]), ("19000000001/19000000002", []), ("1.9E+10", []),
])
def test_phones(phone: str, expected: list[str]) -> None:
    assert run("P121", {"phone": phone}) == expected


@pytest.mark.parametrize(("cells", "expected"), [
    ({"live_births": "-3"}, ["B5 B101"]), ({"late": "-3"}, ["F5 B101"]), ({"boys": ""}, []), ({"boys": "多"}, []),
    ({"live_births": "4"}, ["B5 B101"]), ({"unstated": "1"}, ["B5 B101"]), ({"live_births": "0", "boys": "0", "girls": "0"}, []),
])
def test_birth_counts(cells: dict[str, str], expected: list[str]) -> None:
    assert run("B101", cells) == expected


@pytest.mark.parametrize(("rows", "expected"), [
    ([{"valid_to": "2025-06-30"}, {"valid_from": "2025-07-08"}], []),
    ([{"valid_to": "2025-06-30"}, {"valid_from": "2025-07-09"}], ["J6 S204"]),
    ([{"valid_from": "2025-08-01"}, {"valid_to": "2025-06-30"}], ["J5 S204"]),
    ([{"valid_to": "2025-06-30"}, {"valid_from": "2025-08-01"}, {"valid_from": "2025-02-01"}], []),  # somebody else held it
    ([{"valid_to": "2025-06-30"}, {"valid_from": "2025-08-01", "role": "8 责任医生"}], []),  # another post
    ([{"valid_to": "6月30日"}, {"valid_from": "2025-08-01"}], []),
])
def test_vacant_posts(rows: list[dict[str, str]], expected: list[str]) -> None:
    assert run("S204", *rows) == expected


@pytest.mark.parametrize(("rows", "expected"), [
    ([{"visit_date": "2025-09-08"}, {"visit_date": "2025-08-08"}], ["D5 V202"]),  # by date, not by place
    ([{"visit_date": "2025-08-08"}], []),
    ([{"visit_date": "2025-07-08", "mode": "2"}, {"visit_date": "2025-08-08"}, {"visit_date": "2025-09-08"}], ["D7 V202"]),
    ([{"visit_date": "2025-08-08"}, {"visit_date": "2025-09-08", "record_id": "R4TWZ8"}], []),
    ([{"visit_date": "2025-08-08"}, {"visit_date": "2025-09-08"}, {"visit_date": ""}], []),
])
def test_twice_unanswered(rows: list[dict[str, str]], expected: list[str]) -> None:
    assert run("V202", *({"mode": "5 未联系上"} | row for row in rows)) == expected


def test_working_days_of_a_need() -> None:
    rule = next(rule for rule in ROW_RULES if rule.code.code == "V109")
    rows = [{"need": "2", "need_found_on": "2025-09-12", "need_reported_on": day} for day in ("2025-09-16",
                                                                                              "2025-09-17")]  # found on a Friday
    working = replace(PLAN, deadlines=Deadlines(need_day_count="working"))
    assert (fired(rule, rows), fired(rule, rows, working)) == (["J5 V109", "J6 V109"], ["J6 V109"])


@pytest.mark.parametrize(("cells", "expected"), [
    ({"due_on": "2025-09-30", "done_on": ""}, []), ({"due_on": "2025-09-29", "done_on": ""}, ["I5 W103"]),
    ({"due_on": "2025-09-20", "done_on": "2025-09-25"}, []), ({"due_on": "2025-09-20", "done_on": "2025-10-05"}, ["I5 W103"]),
    ({"due_on": "2025-09-20", "done_on": "2025-10-20"}, []),
])
def test_rectifications(cells: dict[str, str], expected: list[str]) -> None:
    assert run("W103", {"type": "8 整改"} | cells) == expected


def test_incomplete_work_marks_each_blank() -> None:
    assert run("W101", {"date": "", "type": ""}) == ["C5 W101", "D5 W101"]


def test_every_later_row_of_a_duplicate() -> None:
    same = {"case_no": "990101-2025-0001"}
    assert run("C101", same, same, {"case_no": ""}, {"case_no": ""}, same) == ["A6 C101", "A9 C101"]


@pytest.mark.parametrize(("text", "valid"), [
    ("91110000600037341L", True), ("91110000600037341K", False), ("9111000060003734IL", False), ("91110000600037341", False), ("", False),
])
def test_organisation_code(text: str, valid: bool) -> None:
    assert (uscc_valid(text), uscc.is_valid(text)) == (valid, valid)


def test_a_rule_needs_what_it_reads() -> None:
    rule = next(rule for rule in ROW_RULES if rule.code.code == "C203")
    rows = Rows(table(Cases, [{}]), [part_of(Cases)])
    rule.find(rows, PLAN)
    assert sorted(rows.needs) == ["fine", "status"]


def test_service_book_rules_stay_in_the_village() -> None:
    assert {rule.code.code for rule in ROW_RULES if rule.ledger is Pregnancies and not rule.code.local} == set()


@pytest.mark.parametrize(("cells", "expected"), [
    ({"boys": "若干", "girls": "-3"}, ["D5 B101"]), ({"unstated": "若干", "live_births": "9"}, []), ({"late": "若干", "live_births": "9"}, ["B5 B101"]),
])
def test_an_unreadable_count_hides_no_other_fault(cells: dict[str, str], expected: list[str]) -> None:
    assert run("B101", cells) == expected


@pytest.mark.parametrize(("cells", "expected"), [
    ({"filed_on": "7月10日", "decided_on": "2025-07-02"}, ["M5 C102"]), ({"found_on": "7月3日", "decided_on": "2025-07-02"}, ["M5 C102"]),
    ({"found_on": "7月3日", "filed_on": "2025-07-02"}, []), ({"filed_on": "2026-07-10", "decided_on": "2025-07-02"}, ["M5 C102"]),
])
def test_an_unreadable_date_hides_no_other_order(cells: dict[str, str], expected: list[str]) -> None:
    assert run("C102", cells) == expected
