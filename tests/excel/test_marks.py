"""Marks of the macro and marks of the button are one kind: each takes back what the other left."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from xlsxwriter import Workbook

from tests.excel.books import standard_plan
from tests.excel.office import WORKBOOK, running
from tests.excel.opened import opened
from tests.excel.test_book import small_book
from toolkit.excel import marks
from toolkit.excel.memory import MemorySheet, MemorySurface, place
from toolkit.files.macros import modules, sources
from toolkit.files.vba import SHEET, Module, project
from toolkit.files.vba import WORKBOOK as OWN
from toolkit.model.issue import Issue
from toolkit.schema import Works

import toolkit.rules  # noqa: F401  isort: skip  declares the codes

#: Two findings in one cell that has a fill of its own, one in a cell with a note of its own, one of a whole sheet.
FOUND = [
    Issue("G102", "error", "works", sheet=Works.sheet, row=2, column="C", field="date"),
    Issue("G105", "warning", "works", sheet=Works.sheet, row=2, column="C", field="date", params=(("new", "x"),)),
    Issue("G104", "error", "works", sheet=Works.sheet, row=3, column="D", field="type", params=(("list", "类型"), ("v", "x"))),
    Issue("F105", "error", "works", sheet=Works.sheet, params=(("sheet", Works.sheet),)),
]
OWN_FILL, OWN_NOTE = 0x11AA55, "自己的批注"


def surface() -> MemorySurface:
    cells = {(row, column): f"{row}-{column}" for row in (1, 2, 3) for column in range(1, 6)}
    return MemorySurface({Works.sheet: MemorySheet(dict(cells), {place("C2"): OWN_FILL}, {place("D3"): OWN_NOTE})})


def test_marks_are_taken_back_whole() -> None:
    book = surface()
    assert marks.marked(book, FOUND) == 0
    sheet = book.sheets[Works.sheet]
    assert (sheet.fills, set(sheet.notes)) == ({place("C2"): marks.ERROR, place("D3"): marks.ERROR}, {place("C2"), place("D3")})
    assert sheet.notes[place("C2")].count(marks.MARK) == 2 and sheet.notes[place("D3")].startswith(f"{OWN_NOTE}\n{marks.MARK}")
    assert [row[2:4] + row[5:] for row in book.read(marks.LIST)[3:]] == [
        ["G102", "工作记录　C2", Works.sheet, "C2", float(0x55AA11)], ["G105", "工作记录　C2", Works.sheet, "C2", float(0xDDDDFB)],
        ["G104", "工作记录　D3", Works.sheet, "D3", None], ["F105", "工作记录", Works.sheet, None, None]]
    assert book.sheets[marks.LIST].links == {(4, 4): (Works.sheet, "C2"), (5, 4): (Works.sheet, "C2"), (6, 4): (Works.sheet, "D3"), (7, 4): (Works.sheet, "A1")}
    assert (marks.cleared(book), book.sheets[Works.sheet], book.read(marks.LIST)) == (2, surface().sheets[Works.sheet], [])


def test_a_list_of_somebody_else_is_not_ours() -> None:
    book = surface()
    assert marks.ours(book)
    book.ensure_sheet(marks.LIST)
    assert marks.ours(book)
    book.write(marks.LIST, 3, 1, [["序号", "程度", "规则", "单位"]])
    assert not marks.ours(book)


def test_both_write_one_layout() -> None:
    book = next(module.source for module in sources() if module.name == "Book")
    assert [word for word in (f'"{marks.MARK}"', f'"{marks.LIST}"', f'"{"|".join(marks.HEADS)}"', f'"{marks.ABOUT}"') if word not in book] == []


def with_macros(path: Path, book: MemorySurface) -> Path:
    """The workbook in memory as a file that carries the macros."""
    file = Workbook(str(path))
    own = [Module("ThisWorkbook", "", OWN), *(Module(f"Sheet{number}", "", SHEET) for number in range(1, len(book.sheets) + 1))]
    for number, (name, sheet) in enumerate(book.sheets.items(), 1):
        out = file.add_worksheet(name)
        out.set_vba_name(f"Sheet{number}")
        for (row, column) in sheet.cells.keys() | sheet.fills.keys():
            fill = sheet.fills.get((row, column))
            look = file.add_format({"bg_color": f"#{fill:06X}"} if fill is not None else {})
            out.write(row - 1, column - 1, sheet.cells.get((row, column)), look)
        for (row, column), text in sheet.notes.items():
            out.write_comment(row - 1, column - 1, text)
    file.add_vba_project(io.BytesIO(project([*own, *modules(standard_plan())])), True)
    file.set_vba_name("ThisWorkbook")
    file.close()
    return path


def test_each_takes_back_the_others(tmp_path: Path) -> None:
    ours = surface()
    marks.marked(ours, FOUND)
    with running(tmp_path) as office:
        office.open(with_macros(tmp_path / "按钮标的.xlsm", ours))
        assert office.call("Book.Quiet", True) == "ok"
        assert office.call("Book.ClearHere") == "2"
        office.save(tmp_path / "宏撤的.xlsx", WORKBOOK)
        office.open(small_book(tmp_path / "宏标的.xlsm"))
        assert office.call("Book.Quiet", True) == "ok"
        office.call("Book.CheckHere")
        office.save(tmp_path / "宏标的.xlsx", WORKBOOK)
    book = openpyxl.load_workbook(tmp_path / "宏撤的.xlsx")
    sheet = book[Works.sheet]
    assert {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment} == {"D3": OWN_NOTE}
    assert (sheet["C2"].fill.fgColor.rgb, sheet["D3"].fill.fill_type) == (f"FF{OWN_FILL:06X}", None)
    book.close()
    theirs = opened(tmp_path / "宏标的.xlsx")
    assert (marks.ours(theirs), marks.cleared(theirs)) == (True, 3)
    assert (theirs.sheets[Works.sheet].fills, theirs.sheets[Works.sheet].notes) == ({}, {place("E2"): OWN_NOTE})
