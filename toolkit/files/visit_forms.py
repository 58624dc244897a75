"""The visit forms, two to an A4 page, for handwriting (LOOK 6, DOMAIN 6.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.files.xlsx import Look, new_sheet, page, write_across

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet


@dataclass(frozen=True)
class Form:
    """One visit: the full ticket, the village's name, and what the ticket is (抽中, 候补1 …). No number, no name."""

    ticket: str
    short: str
    village: str
    what: str


_COLUMNS, _WIDTH = 12, 7.6
_SPOKEN = ("村责任人先打电话说明并介绍，或把电话交给走访人；本人不愿意的，不去、不问。先说：\n"
           "“您好，这次走访只核对我们的服务做没做到，不记您的私事。您可以不答，也可以随时停下。”")
_QUESTIONS = (
    ("是否收到告知书", "□ 1 是　　□ 0 否"),
    ("是否知道服务责任人和电话", "□ 1 是　　□ 0 否"),
    ("本月是否得到服务", "□ 1 是　　□ 0 否"),
    ("对服务满意吗（可不答）", "□ 5　　□ 4　　□ 3　　□ 2　　□ 1"),
    ("需要帮助吗", "□ 0 无　□ 1 产检困难　□ 2 交通\n□ 3 健康咨询　□ 4 生活帮扶　□ 9 其他"),
)
_NOTE = "没回答的留空。别的一概不问、不记。任何一户都可以跳过，不需理由，由下一个候补接上。"
_HEIGHTS = (28, 26, 28, 28, 44, 30, 30, 30, 30, 34, 18, 26)
_CUT = 20
_MOST_BREAKS = 1023  # Excel's own limit
FOOTER = "走访后三日内录入“走访结果”；本表只有票号，用后归档"


def write_forms(book: Workbook, look: Look, name: str, forms: Sequence[Form], header: tuple[str, str]) -> Worksheet:
    """A sheet of forms in the order given."""
    sheet = new_sheet(book, name, "checklist")
    sheet.set_column(0, _COLUMNS - 1, _WIDTH)
    row = 0
    breaks: list[int] = []
    for number, form in enumerate(forms):
        row = _form(sheet, look, row, form)
        if number % 2 == 0 and number + 1 < len(forms):
            for column in range(_COLUMNS):
                sheet.write_blank(row, column, None, look("plain", bottom=3, bottom_color="#82959B"))
            sheet.set_row(row, _CUT / 2)
            sheet.set_row(row + 1, _CUT / 2)
            row += 2
        elif number + 1 < len(forms):
            breaks.append(row)
    if not forms:
        write_across(sheet, 0, 0, _COLUMNS - 1, "没有走访表", look("note"))
    sheet.set_h_pagebreaks(breaks[:_MOST_BREAKS])  # a third form does not fit on a page anyway
    page(sheet, header[0], header[1], footer=FOOTER, paper="portrait")
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return sheet


def _form(sheet: Worksheet, look: Look, row: int, form: Form) -> int:
    """One form from this row on; the row after it."""
    for offset, height in enumerate(_HEIGHTS):
        sheet.set_row(row + offset, height)
    label, blank = look("header", align="left", indent=1), look("input", "words")
    write_across(sheet, row, 0, 6, "随机走访表", look("paper_title", align="left"))
    write_across(sheet, row, 7, _COLUMNS - 1, f"{form.what}　{form.short}", look("mono_big", align="right"))
    _pair(sheet, row + 1, 0, 1, 11, "票　号", form.ticket, (label, look("cell", "mono", "centre", num_format="@")))
    _pair(sheet, row + 2, 0, 1, 5, "村", form.village, (label, look("cell", "text", text_wrap=True)))
    _pair(sheet, row + 2, 6, 7, 11, "走访日期", "　　　　年　　月　　日", (label, blank))
    _pair(sheet, row + 3, 0, 1, 4, "走访人", "", (label, blank))
    _pair(sheet, row + 3, 5, 6, 11, "结　果", "□ 1 已完成　□ 2 未完成（不填原因）", (label, blank))
    write_across(sheet, row + 4, 0, _COLUMNS - 1, _SPOKEN, look("spoken", "bar", right=1, right_color="#82959B", indent=1))
    for number, (question, choices) in enumerate(_QUESTIONS, start=1):
        at = row + 4 + number
        write_across(sheet, at, 0, 0, number, look("header", "code", num_format="0"))
        write_across(sheet, at, 1, 5, question, look("cell", "text"))
        write_across(sheet, at, 6, _COLUMNS - 1, choices, look("input", "wrap"))
    write_across(sheet, row + 10, 0, _COLUMNS - 1, _NOTE, look("note", valign="vcenter"))
    write_across(sheet, row + 11, 6, _COLUMNS - 1, "走访人（签名）：", look("signature", valign="bottom"))
    return row + len(_HEIGHTS)


def _pair(sheet: Worksheet, row: int, first: int, label_last: int, last: int, label: str, value: str, looks: tuple[object, object]) -> None:
    """A label over columns first..label_last, its value to `last`."""
    write_across(sheet, row, first, label_last, label, looks[0])
    write_across(sheet, row, label_last + 1, last, value, looks[1])
