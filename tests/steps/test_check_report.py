"""The report of a check as a value: verdicts, true counts, what is listed where there is too much."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import TOWN, UNITS, VILLAGE, VILLAGE2, Book, book, ledger, standard, submission, union, village
from toolkit.files.workspace import Workspace
from toolkit.model.issue import Issue, in_order
from toolkit.model.part import standing
from toolkit.model.report import Findings, Link, Report, Table
from toolkit.model.verdict import Verdict
from toolkit.steps.check_report import MOST_LISTED, Checked, listed, report
from toolkit.steps.verdicts import verdicts
from toolkit.tasks.check import found
from toolkit.tasks.gather import Gathered

NAMES = {unit.code: unit.name for unit in UNITS}
WRONG = village(ledger("works", {"date": "不详"}, {"work_id": "W-2", "date": "不详"}), ledger("pregnancies", {"edd": "样例日"}))


def checked(*books: Book) -> Checked:
    read = union(*books)
    issues, refused = found(Gathered(read, Workspace(None, standard(), UNITS), ()), None, None)
    names = [one.file for one in books]
    return Checked(verdicts(read.parts, standing(read.parts), issues, refused, names), issues, refused, NAMES, {},
                   {name: f"../收件/{name}" for name in names})


def said(*books: Book) -> list[tuple[str, str, str]]:
    return [(verdict.file, verdict.unit, verdict.short) for verdict in checked(*books).verdicts]


def page(made: Report, name: str) -> Table | Findings:
    block = next(one for one in made.pages if one.name == name).blocks
    return next(one for one in block if isinstance(one, (Table, Findings)))


def test_each_file_gets_a_verdict_in_words() -> None:
    tidy = village(ledger("staff", {}), unit=VILLAGE2)
    assert said(book(WRONG, "甲.xlsx"))[0] == ("甲.xlsx", VILLAGE, "× 改5处再报")
    parts = union(book(tidy, "丙.xlsx")).parts
    column = Issue("K102", "error", "works", VILLAGE2, "2025-09", "丙.xlsx", "工作记录", 1, "E")
    assert [verdict.short for verdict in verdicts(parts, standing(parts), [column], [], ["丙.xlsx"])] == ["× 删1列再报"]
    assert [verdict.short for verdict in verdicts(parts, standing(parts), [], [], ["丙.xlsx"])] == ["√ 可报"]


def test_superseded_refused_and_repeated_files_are_listed_too() -> None:
    old, new = village(ledger("works", {})), village(ledger("works", {}), revision=1)
    assert [verdict[2] for verdict in said(book(old, "旧.xlsx"), book(new, "新.xlsx"))] == ["√ 可报", "○ 已有更高版次"]
    assert said(book(new, "新.xlsx"), book("## 别的\n早饭\n", "别的.xlsx"))[-1] == ("别的.xlsx", "", "× 未读取，请重报")
    assert said(book(new, "一.xlsx"), book(new, "二.xlsx"))[-1] == ("二.xlsx", "", "○ 内容列在别的行")


def test_rows_of_office_ledgers_only_are_counted() -> None:
    many = ledger("pregnancies", *({"record_id": f"K7Q2M{letter}"} for letter in "ABCD"))
    assert [verdict.rows for verdict in checked(book(village(many, ledger("works", {})), "甲.xlsx")).verdicts] == [1]


def test_one_cause_is_one_finding_with_true_counts() -> None:
    made = report(checked(book(WRONG, "甲.xlsx"), book(village(ledger("works", {"date": "不详"}), unit=VILLAGE2), "乙.xlsx")))
    findings = page(made, "按原因")
    assert isinstance(findings, Findings)
    dates = next(found for found in findings.findings if found.code == "W101")
    assert (dates.count, dates.units) == (3, 2)
    assert [(spot.unit, spot.file, spot.sheet, spot.cells) for spot in dates.spots] == [
        ("示例县甲山乡一村", "甲.xlsx", "工作记录", ("C2", "C3")), ("示例县甲山乡二村", "乙.xlsx", "工作记录", ("C2",))]
    assert [found.state for found in findings.findings] == sorted((found.state for found in findings.findings), key="error warning info".split().index)
    assert sum(found.count for found in findings.findings) == sum(number for *_, number in findings.totals)


def test_a_place_leads_to_the_cell_in_the_senders_file() -> None:
    table = page(report(checked(book(WRONG, "甲.xlsx"))), "问题清单")
    assert isinstance(table, Table)
    assert {cells[4].value: cells[4].link for cells in table.rows}["工作记录　C2"] == Link("工作记录", "C2", "../收件/甲.xlsx")
    twice = Checked((), [Issue("G102", "error", "works", VILLAGE, "2025-09", "甲.xlsx", "工作记录", 2, "C", "date")], [], NAMES, {}, {})
    alone = page(report(twice), "问题清单")
    assert isinstance(alone, Table) and alone.rows[0][4].link is None  # two folders hold a 甲.xlsx: which one is not known


def test_it_holds_the_places_of_the_service_book_and_never_its_content() -> None:
    made = repr(report(checked(book(WRONG, "甲.xlsx"))))
    assert "孕产妇台账\\u3000D2" in made and "样例日" not in made and "样例甲" not in made and "K7Q2MX" not in made
    assert "只留在本村" in made
    assert "只留在本村" not in repr(report(checked(book(submission(ledger("works", {"date": "不详"})), "甲.xlsx"))))


CODES = st.sampled_from(["G102", "G109", "K102"])


@given(st.lists(st.tuples(CODES, st.integers(0, 4), st.sampled_from(["error", "warning"])), max_size=60), st.integers(1, 30))
def test_what_is_listed_leaves_no_unit_and_cause_out(facts: list[tuple[str, int, str]], most: int) -> None:
    issues = in_order([Issue(code, severity, unit=str(unit), row=row) for row, (code, unit, severity) in enumerate(facts)])
    shown = listed(issues, most)
    assert len(shown) == min(most, len(issues)) and shown == [issue for issue in issues if issue in shown]
    groups, kept = Counter((i.code, i.unit) for i in issues), Counter((i.code, i.unit) for i in shown)
    if most >= len(groups):
        assert set(kept) == set(groups)
    full = [count for group, count in kept.items() if count < groups[group]]
    assert not full or max(kept.values()) <= min(full) + 1  # nobody has two more than a group that still waits


def test_many_issues_stay_usable_and_truly_counted() -> None:
    issues = [Issue("G109", "error", "works", f"9901011{number % 300:05d}", "2025-09", f"{number % 300}.xlsx", "工作记录", number // 300 + 5, "C", "date",
                    str(number), (("v", f"值{number}"), ("col", "日期"))) for number in range(19_999)]
    issues.append(Issue("F115", "info", unit=TOWN))
    made = report(Checked((Verdict("0.xlsx", "correct"),), in_order(issues), [], {}, {}, {}))
    findings, table = page(made, "按原因"), page(made, "问题清单")
    assert isinstance(findings, Findings) and isinstance(table, Table)
    assert (len(table.rows), sum(len(found.spots) for found in findings.findings)) == (MOST_LISTED, MOST_LISTED)
    assert findings.totals == (("error", "▲ 错误", 19_999), ("warning", "△ 警告", 0), ("info", "○ 提示", 1))
    assert "20000" in findings.note and "3000" in findings.note and "F115" in {found.code for found in findings.findings}
