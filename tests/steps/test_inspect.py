"""How a file is read, as a value: sheets, headers, columns, rows, warnings; and which cells are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tables import UNITS, book, cover, ledger, standard, village
from toolkit.model.issue import HIDDEN
from toolkit.model.sheet import Book
from toolkit.steps.batch import Asked
from toolkit.steps.inspect import ReadFile, inspect

WORKS = """## 工作记录
示例县甲山乡一村9月工作 | ~ | ~ | ~ | ~ | ~
联系人： | 样例乙 | 电话：19000000002 | ~ | ~ | ~
序号 | 编号 | 工作日期 | 类型 | 标题 | 谁的事
#1 | 202509-01 | @2025-09-03 | 6 培训 | 学习 | 样例甲
#2 | 202509-02 | @2025-09-04 | 6 培训 | 样例甲电话19000000001 | ~
合计 | ~ | ~ | ~ | #2 | 样例甲
填表人：样例乙 | ~ | ~ | ~ | ~ | ~
"""
NAMES = """## -抄一份
样例甲 | 19000000001 | 2026-01-13
姓名 | 样例丙 | ~
"""
KEY = """## 本册密钥
00112233445566778899aabbccddeeff
"""


def seen(text: str, file: str = "样例.xlsx", cells: bool = True) -> ReadFile:
    return inspect(book(text, file), Asked(standard(), UNITS), cells)


def sheet_of(read: ReadFile, name: str) -> dict[str, str]:
    return dict(next(sheet.cells for sheet in read.sheets if sheet.name == name))


def test_a_sheet_says_what_it_is_read_as() -> None:
    read = seen(village(WORKS) + NAMES, cells=False)
    works = next(sheet for sheet in read.sheets if sheet.ledger == "works")
    assert (works.name, works.visibility, works.header_rows) == ("工作记录", "visible", (3,))
    assert [(column.column, column.header, column.field) for column in works.columns] == [
        ("A", "序号", ""), ("B", "编号", "work_id"), ("C", "工作日期", "date"), ("D", "类型", "type"), ("E", "标题", "title"), ("F", "谁的事", "")]
    assert works.rows == {"data": 2, "blank": 1, "title": 2, "total": 1, "note": 1, "sample": 0}
    assert [(sheet.name, sheet.visibility, sheet.ledger) for sheet in read.sheets if not sheet.ledger] == [("封面", "visible", ""), ("抄一份", "hidden", "")]
    assert all(not sheet.cells for sheet in read.sheets)
    assert ("K101", "工作记录", "F3") in [(issue.code, issue.sheet, issue.cell) for issue in read.warnings]


def test_of_an_office_ledger_the_listed_cells_are_shown() -> None:
    cells = sheet_of(seen(village(WORKS)), "工作记录")
    assert [cells[at] for at in ("A1", "A2", "B3", "F3", "A4", "B4", "C4", "E4", "E6")] == [
        "示例县甲山乡一村9月工作", "联系人：", "编号", "谁的事", "1", "202509-01", "2025-09-03", "学习", "2"]
    assert [at for at, text in cells.items() if text == HIDDEN] == ["B2", "C2", "F4", "E5", "F6", "A7"]


def test_of_the_service_book_only_the_headings_are_shown() -> None:
    text = village(ledger("pregnancies", {}), ledger("visits", {})) + NAMES + KEY
    read = seen(text)
    for name, headings in (("孕产妇台账", 9), ("随访记录", 11)):
        shown = [(at, text) for at, text in sheet_of(read, name).items() if text != HIDDEN]
        assert len(shown) == headings and all(at[1:] == "1" for at, _ in shown)
    assert sheet_of(read, "抄一份") == {"A1": HIDDEN, "B1": HIDDEN, "C1": HIDDEN, "A2": "姓名", "B2": HIDDEN}
    assert sheet_of(read, "本册密钥") == {}
    assert next(sheet.rows["data"] for sheet in read.sheets if sheet.name == "孕产妇台账") == 1


def test_the_book_key_is_hidden_wherever_it_stands() -> None:
    key = "00112233445566778899aabbccddeeff"
    text = village(ledger("works", {"title": f"密钥{key}"})) + KEY
    assert key not in repr(seen(text))


def test_who_filled_it_in_is_hidden_on_the_cover() -> None:
    cells = sheet_of(seen(village()), "封面")
    assert ([cells[at] for at in ("A1", "B1", "B3", "A7", "B7", "A8", "B8", "B9")]
            == ["单位代码", "990101101201", "2025-09", "填报人", HIDDEN, "审核人", HIDDEN, "2025-10-08"])


def test_a_row_set_aside_is_not_shown() -> None:
    patient = {"party_type": "孕妇", "institution": "样例甲"}
    assert "样例甲" not in repr(sheet_of(seen(village(ledger("cases", {}, patient))), "案件台账"))


@pytest.mark.parametrize(("text", "code"), [
    (cover("110101000000") + ledger("works", {"title": "样例甲"}), "F110"),
    ("## 别的\n早饭 | 午饭\n", "F206"),
])
def test_a_file_no_merge_would_take_is_shown_with_a_warning(text: str, code: str) -> None:
    read = seen(text)
    assert code in [issue.code for issue in read.warnings]
    assert "样例甲" not in repr(read)


def test_a_second_sheet_of_one_ledger_is_shown_like_the_first() -> None:
    text = village(ledger("pregnancies", {})) + ledger("pregnancies", {"name": "样例丁"}).replace("## 孕产妇台账", "## 孕产妇台账（2）")
    read = seen(text)
    assert [issue.code for issue in read.warnings if issue.code == "F118"] == ["F118"]
    assert [sheet.ledger for sheet in read.sheets if sheet.name.startswith("孕产妇台账")] == ["pregnancies", "pregnancies"]
    assert "样例丁" not in repr(read)


def test_visibility_has_three_words() -> None:
    made = book(village() + NAMES)
    deep: Book = replace(made, sheets=tuple(replace(sheet, very_hidden=not sheet.visible) for sheet in made.sheets))
    assert [sheet.visibility for sheet in inspect(deep, Asked(standard(), UNITS), False).sheets][-1] == "very_hidden"
