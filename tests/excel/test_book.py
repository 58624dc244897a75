"""Pressing the buttons on a messy workbook: cells marked, notes, a list; pressing again re-checks; marks go away again."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from xlsxwriter import Workbook

from tests.excel.books import standard_plan
from tests.excel.office import WORKBOOK, running
from toolkit.files.macros import modules
from toolkit.files.vba import SHEET, Module, project
from toolkit.files.vba import WORKBOOK as OWN
from toolkit.schema import Cover, Works


def small_book(path: Path, blocks: int = 1) -> Path:
    """A cover and 工作记录 with two mistakes: a day that is none, a number written twice is none of them. `blocks`: how often the table
    stands side by side."""
    book = Workbook(str(path))
    cover, works = book.add_worksheet(Cover.sheet), book.add_worksheet(Works.sheet)
    for row, (label, value) in enumerate((("单位代码", "990101101201"), ("单位名称", "示例县甲山乡一村"), ("所属月份", "2025-09"), ("方案编号", "standard"), ("模板版本", "1"),
                                          ("版次", 0), ("填报人", "样例填报"), ("审核人", "样例审核"), ("填报日期", "2025-10-08"))):
        cover.write_row(row, 0, (label, value))
    works.write_row(0, 0, [column.heading for column in Works.columns] * blocks)
    works.write_row(1, 0, ["202509-01", "", "2025-02-30", "5 宣传", "发放告知书"])
    works.write_row(2, 0, ["", "", "2025-09-12", "快了", "张贴告知书"])
    works.write_comment("E2", "自己的批注")
    own = [Module("ThisWorkbook", "", OWN), Module("Sheet1", "", SHEET), Module("Sheet2", "", SHEET)]
    book.add_vba_project(io.BytesIO(project([*own, *modules(standard_plan())])), True)
    book.set_vba_name("ThisWorkbook")
    cover.set_vba_name("Sheet1")
    works.set_vba_name("Sheet2")
    book.close()
    return path


def test_marks_notes_and_list(tmp_path: Path) -> None:
    with running(tmp_path) as office:
        office.open(small_book(tmp_path / "样例.xlsm"))
        assert office.call("Book.Quiet", True) == "ok"
        first = office.call("Book.CheckHere")
        assert office.call("Book.CheckHere") == first
        office.save(tmp_path / "checked.xlsx", WORKBOOK)
        assert office.call("Book.ClearHere") == "3"
        office.save(tmp_path / "cleared.xlsx", WORKBOOK)
    sheet = openpyxl.load_workbook(tmp_path / "checked.xlsx")[Works.sheet]
    noted = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment and "【检查】" in cell.comment.text}
    assert noted == {"A3", "C2", "D3"}
    assert {sheet[place].fill.fgColor.rgb for place in noted} == {"FFFBDDDD"}
    listed = openpyxl.load_workbook(tmp_path / "checked.xlsx")["问题清单"]
    assert [row[2].value for row in listed.iter_rows(min_row=4)] == ["G102", "G104", "G101"]
    after = openpyxl.load_workbook(tmp_path / "cleared.xlsx")[Works.sheet]
    assert [cell.coordinate for row in after.iter_rows() for cell in row if cell.comment] == ["E2"]
    assert after["C2"].fill.fill_type is None


def test_a_table_side_by_side_is_refused_in_plain_words(tmp_path: Path) -> None:
    with running(tmp_path) as office:
        office.open(small_book(tmp_path / "样例.xlsm", blocks=2))
        assert office.call("Book.Quiet", True) == "ok"
        office.call("Book.CheckHere")
        office.save(tmp_path / "checked.xlsx", WORKBOOK)
    book = openpyxl.load_workbook(tmp_path / "checked.xlsx")
    assert [[cell.value for cell in row[:3]] for row in book["问题清单"].iter_rows(min_row=4)] == [[1, "▲ 错误", "并排"]]
    assert not [cell.coordinate for row in book[Works.sheet].iter_rows() for cell in row if cell.comment and "【检查】" in cell.comment.text]
