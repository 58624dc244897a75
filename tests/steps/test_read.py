"""Reading and checking small workbooks written as text; an expectation is `cell code`."""

from __future__ import annotations

from tests.tables import VILLAGE, VILLAGE2, book, cover, found, ledger, union, village
from toolkit.model.part import Union
from toolkit.steps import headers

STAFF = ledger("staff", {})
BIRTHS = ledger("births", {})


def of(*sheets: str, **facts: object) -> list[str]:
    """What is said of a village workbook with its staff list and births in order."""
    given = {sheet.split("\n", 1)[0] for sheet in sheets}
    rest = [sheet for sheet in (STAFF, BIRTHS) if sheet.split("\n", 1)[0] not in given]
    return [item for item in found(book(village(*sheets, *rest, **facts))) if not item.endswith(("K112", "S102", "X104"))]


def test_a_tidy_workbook_has_nothing_to_say() -> None:
    visit = {"record_id": "K7Q2MX"}
    assert of(ledger("pregnancies", {}), ledger("visits", visit)) == []


def test_cells_of_the_service_book() -> None:
    book_ = ledger("pregnancies", {"phone": "123"}, {"record_id": "W4T9HC", "edd": "2026-13-01"}, {"record_id": "R8N3YD", "notice_date": "~"},
                   {"record_id": "C6V2ZP", "consent": "不清楚"}, {"record_id": "H3X8GA", "consent": "3"})
    visits = ledger("visits", *({"record_id": name} for name in ("K7Q2MX", "W4T9HC", "R8N3YD", "C6V2ZP", "Q8P5VT")))
    assert of(book_, visits) == ["A6 V101", "C2 P121", "D3 G102", "E4 K107", "F5 K107"]


def test_office_ledgers() -> None:
    births = ledger("births", {"live_births": "#5"}, {"boys": "两个"})
    cases = ledger("cases", {"status": "2 处罚决定"}, {"case_no": "990101-2025-0002", "party_type": "2 执业人员"}, {"case_no": "990101-2025-0003", "type": "不明原因孕情消失"})
    assert of(births, cases) == ["A3 B102", "B2 B101", "C3 G106", "E4 K111", "F3 K110", "M2 C103", "N2 C103", "O2 C103"]


def test_what_is_set_aside_is_never_kept() -> None:
    works = ledger("works", {"title": "联系样例甲 19000000001"}, {"work_id": "2", "title": "举报人为样例乙"}, {"work_id": "3", "title": "思想动向摸排"})
    whole = union(book(village(works)), merging=True)
    assert whole.tables["works"].frame["title"].isna().all()
    assert "19000000001" not in repr(whole) and "样例乙" not in repr(whole)
    assert [issue.code for part in whole.parts if part.ledger == "works" for issue in part.reading] == ["K103", "K104", "K105"]


def about_women(whole: Union) -> set[str]:
    """Codes that travel and speak of the service book."""
    issues = [issue for part in whole.parts for issue in part.reading] + [issue for found_ in whole.file_issues.values() for issue in found_]
    return {issue.code for issue in issues if issue.ledger in ("pregnancies", "visits")}


def test_nothing_said_of_the_service_book_travels() -> None:
    faulty = ledger("pregnancies", {"notice_date": "~"}, {"record_id": "W4T9HC", "edd": "明年"}).replace("姓名", "思想动向")
    text = village(faulty, STAFF).replace(ledger("visits"), "")
    assert about_women(union(book(text))) >= {"F101", "G102", "K102", "K107"}
    merging = union(book(text), merging=True)
    assert about_women(merging) == set()
    assert {part.ledger for part in merging.parts} == {"services", "births", "staff", "cases", "works", "evidence"}
    assert all(not part.set_aside and not part.skipped for part in merging.parts if part.ledger == "services")


def test_rows_that_are_no_records_are_counted_by_kind() -> None:
    text = cover(zero=("案件台账", "工作记录")) + """## 出生统计
示例县甲山乡一村出生统计表
填报单位：示例县甲山乡一村 | ~ | ~ | ~ | 所属月份：2025-09
单位代码 | 活产数（人） | 男 | 女 | 未说明 | 补报

例 | #3 | #1 | #2
990101101201 | #3 | #2 | #1 | #0 | #0
合　计 | #3 | #2 | #1
注：本表只填人数
"""
    part = next(part for part in union(book(text)).parts if part.ledger == "births")
    assert (part.rows, dict(part.skipped)) == (1, {"title": 2, "blank": 1, "sample": 1, "total": 1, "note": 1})


def test_the_unit_may_stand_in_the_label_lines_or_in_the_file_name() -> None:
    table = "## Sheet1\n{labels}\n活产数 | 男 | 女 | 未说明 | 补报\n#3 | #2 | #1 | #0 | #0\n"
    by_label = union(book(table.format(labels="单位代码：990101101202 | ~ | 所属月份：2025年9月")))
    by_name = union(book(table.format(labels="出生统计"), "示例县甲山乡一村2025年9月.xlsx"))
    assert [(part.unit, part.period) for part in (*by_label.parts, *by_name.parts)] == [(VILLAGE2, "2025-09"), (VILLAGE, "2025-09")]
    assert {issue.code for issues in by_name.file_issues.values() for issue in issues} >= {"F113"}


def test_a_header_of_nothing_but_brackets_is_itself() -> None:
    assert headers.key("姓名（必填）") == "姓名"
    assert headers.key("姓名" + "[" * 100_000) == "姓名" + "[" * 100_000
    assert headers.key("[" * 100_000 + "必填】姓名") == "[" * 99_801 + "姓名"
