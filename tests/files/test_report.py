"""A report drawn as a workbook and as a page: the same cells, text stays text, nothing is fetched."""

from __future__ import annotations

import io
import re

import openpyxl

from toolkit.files.html import page_of
from toolkit.files.report_xlsx import workbook_of
from toolkit.model.report import Beside, Cell, Column, Fact, Facts, Link, Page, Report, Signatures, Table, Text, row

HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>'
COLUMNS = (Column("单位代码", "code", 13, "单位"), Column("单位名称", "text", 16, "单位"), Column("在册", "number", 9), Column("率", "rate", 9, "落实"))
SMALL = Table((Column("项目", span=2), Column("本月", "number")), (row("线索", 3), row("立案", "<5")), "案件")


def report() -> Report:
    table = Table(COLUMNS, (row("990101101", Cell("甲山乡", link=Link("第二页", "A5")), 91, 0.977), row("990101102", HOSTILE, "<5", "—"),
                            row(Cell("合　计", "centre", "total", across=2), 96, 0.98, state="total")), "各乡镇", ("注：样例。",), freeze=2)
    return Report("样例报告", (
        Page("第一页", "样例报告", (Facts((Fact("已报", "2/3", "缺报1", "error"), Fact("在册", "96"))), table, Beside((SMALL,)),
                                Text(("读到3条",), "box"), Signatures(("制表：", "日期："))), ("示例县", "所属月份：2025-09")),
        Page("第二页", "样例清单", (Table((Column("编号", "code"),), (), empty="没有问题"),), look="paper", landscape=False),
    ), ("示例县",), ("内部工作用表",))


def grid(data: bytes, sheet: str) -> dict[str, object]:
    cells = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    return {cell.coordinate: cell.value for line in cells.iter_rows() for cell in line if cell.value is not None}


def test_the_workbook_holds_every_cell_where_it_belongs() -> None:
    data = workbook_of(report())
    first = grid(data, "第一页")
    assert [first[cell] for cell in ("A1", "A2", "A4", "A5", "A6")] == ["样例报告", "示例县　　所属月份：2025-09", "已报", "2/3", "缺报1"]
    assert [first[cell] for cell in ("A8", "A9", "D9", "A10", "C10")] == ["各乡镇", "单位", "落实", "单位代码", "在册"]
    assert [first[cell] for cell in ("A11", "B11", "C11", "D11", "C12", "D12", "A13", "C13")] == ["990101101", "甲山乡", 91, 0.977, "<5", "—", "合　计", 96]
    assert [first[cell] for cell in ("A14", "A16", "A17", "C17", "A18", "C19")] == ["注：样例。", "案件", "项目", "本月", "线索", "<5"]
    assert grid(data, "第二页")["A5"] == "没有问题"
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert (book["第一页"]["B11"].hyperlink.location, book["第一页"].freeze_panes) == ("'第二页'!A5", "C11")
    assert (book["第一页"].page_setup.orientation, book["第二页"].page_setup.orientation) == ("landscape", "portrait")


def test_text_stays_text() -> None:
    cell = openpyxl.load_workbook(io.BytesIO(workbook_of(report())))["第一页"]["B12"]
    assert (cell.data_type, cell.value) == ("s", HOSTILE)
    page = page_of(report()).decode()
    assert "<script" not in page and "&lt;script&gt;" in page


def test_the_page_holds_the_same_cells_and_fetches_nothing() -> None:
    page = page_of(report()).decode()
    cells = [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", page)]
    assert cells[:4] == ["990101101", "甲山乡", "91", "97.7%"]
    assert cells[8:12] == ["合　计", "96", "98.0%", "线索"]
    assert re.findall(r'(?:src|href)="([^"]*)"', page) == ["#main"]
    assert "default-src 'none'" in page


def test_equal_reports_have_equal_bytes() -> None:
    assert workbook_of(report()) == workbook_of(report())
