"""A report drawn as a workbook and as a page: the same cells, text stays text, nothing is fetched."""

from __future__ import annotations

import io
import re

import openpyxl

from toolkit.files.html import page_of
from toolkit.files.report_xlsx import workbook_of
from toolkit.model.report import (
    Beside,
    Box,
    Cell,
    Column,
    Fact,
    Facts,
    Finding,
    Findings,
    Link,
    Page,
    Report,
    Signatures,
    Spot,
    Table,
    Text,
    Together,
    row,
)

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


# ------------------------------------------------------------------------------------------------ findings, links, one medium


def findings() -> Report:
    found = (Finding("error", "G102", HOSTILE, "请重填", 7, 2, (Spot("甲山乡一村", "一.xlsx", "工作记录", ("C5", "C6")), Spot("<i>二村", "二.xlsx", "工作记录", ("C7",), 4))),
             Finding("info", "F115", "有宏", "知道即可", 2, 1, (Spot("甲山乡一村", "一.xlsx", more=1),)))
    block = Findings(found, (("error", "▲ 错误", 7), ("warning", "△ 警告", 0), ("info", "○ 提示", 2)), ("甲山乡一村", "<i>二村"), "共9处，列出4处")
    return Report("检查", (Page("按原因", "问题", (block,)), Page("只在表里", "只在表里", (SMALL,), only="sheet"), Page("只在网页", "只在网页", (SMALL,), only="page")))


def test_findings_are_rows_on_a_sheet_and_articles_on_a_page() -> None:
    cells = grid(workbook_of(findings()), "按原因")
    assert [cells[cell] for cell in ("B5", "C5", "D5", "E5", "F5", "G5", "H5")] == [
        "▲ 错误", "G102", HOSTILE, 7, 2, "甲山乡一村　工作记录　C5 C6\n<i>二村　工作记录　C7\n…另有4处", "请重填"]
    assert (cells["G6"], cells["A7"]) == ("甲山乡一村　2处", "共9处，列出4处")
    page = page_of(findings()).decode()
    assert re.findall(r'<article class="([^"]*)"', page) == ["finding error u0 u1", "finding info u0"]
    assert re.findall("<code>(.*?)</code>", page) == ["C5", "C6", "C7"]
    assert "<i>" not in page and "<script" not in page and "等，另有4处" in page


def test_a_page_may_be_drawn_in_one_medium_only() -> None:
    assert openpyxl.load_workbook(io.BytesIO(workbook_of(findings()))).sheetnames == ["按原因", "只在表里"]
    assert re.findall("<h2>(.*?)</h2>", page_of(findings()).decode()) == ["问题", "只在网页"]


def test_links_lead_where_excel_can_follow() -> None:
    places = {
        "同一本": Link("甲'乙", "B2"), "别的文件": Link("工作 记录", "C5", "../收件/甲山乡 一村.xlsx"), "整个文件": Link("", "", "一.csv"),
        "井号": Link("工作记录", "C5", "一#村.xlsx"), "百分号": Link("工作记录", "C5", "100%25.xlsx"), "太长": Link("工作记录", "C5", "长" * 600 + ".xlsx")}
    table = Table((Column("在哪里"),), tuple(row(Cell(name, link=link)) for name, link in places.items()))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of(Report("链接", (Page("链接", "链接", (table,)),)))))["链接"]
    filled = [cell for cells in sheet.iter_rows(min_row=5) for cell in cells if cell.value]
    found = {cell.value: cell.hyperlink and (cell.hyperlink.target, cell.hyperlink.location) for cell in filled}
    assert found == {"同一本": (None, "'甲''乙'!B2"), "别的文件": ("..\\收件\\甲山乡%20一村.xlsx", "'工作 记录'!C5"), "整个文件": ("一.csv", None),
                     "井号": None, "百分号": None, "太长": None}


# ------------------------------------------------------------------------------------------------ what is signed


def signed(rows: int) -> Report:
    """A paper with so many lines, room to write and signatures."""
    table = Table((Column("编号", "code", 20), Column("要求", "wrap", 70), Column("结果", "tick", 14)),
                  tuple(row(f"V-{at:02d}", "样例要求", "□通过　□未达\n□待补　□不适用") for at in range(rows)))
    closing = Together((Box("验收意见：", 62), Signatures(("组长：", "成员："))))
    return Report("样例", (Page("清单", "样例清单", (table, closing), look="paper", landscape=False),))


def test_what_is_signed_stands_with_its_signatures() -> None:
    """One page where that is readable; else our own break right before the box, on a sheet that is not fitted to pages."""
    def printed(rows: int) -> tuple[bool, list[int], int]:
        sheet = openpyxl.load_workbook(io.BytesIO(workbook_of(signed(rows))))["清单"]
        box = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == "验收意见：")
        return bool(sheet.sheet_properties.pageSetUpPr.fitToPage), [one.id for one in sheet.row_breaks.brk], box - 1

    assert [printed(rows)[:2] for rows in (1, 14, 24)] == [(True, [])] * 3
    for rows in range(25, 60):
        fitted, breaks, before = printed(rows)
        assert not fitted and breaks and all(at <= before for at in breaks)
    moved = [rows for rows in range(25, 60) if printed(rows)[1][-1] == printed(rows)[2]]
    assert moved and max(moved) - min(moved) < 8  # only where the page has no room left


def test_room_and_ticks_on_a_page() -> None:
    page = page_of(signed(1)).decode()
    assert '<div class="together">' in page and "验收意见：" in page and "□待补" in page
