"""封面 of a merged workbook: where it was merged to and from what, a few figures, and where to look next (SPEC 6.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.files.merged_issues import may_travel
from toolkit.files.merged_page import Desk
from toolkit.files.xlsx import ROLES, new_sheet, page, write, write_across, write_text
from toolkit.model.issue import counts
from toolkit.model.merged import MISSING, RECEIVED, REFUSED, ZERO
from toolkit.schema import CONFLICTS_SHEET, CONTENDERS_SHEET, ISSUES_SHEET, READING_SHEET, RECONCILIATION_SHEET, SUBMISSIONS_SHEET, Cover
from toolkit.schema.merged import (
    ACCEPTED_BY,
    APPROVAL,
    APPROVED_CONTENT,
    CONTENT_DIGEST,
    KIND,
    MERGED,
    PLAN_DIGEST,
    SOFTWARE,
    UNAPPROVED,
    UNDO_REASON,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (2, 16, 66, 3, 14, 14, 14, 14, 2)
_STRIP_AT, _TABLE_AT = 4, 8
_APPROVAL_AT = _TABLE_AT + 9  # its heading; under the facts and the links
_NOTES = (
    "这是单位之间用的工作底稿，不公布。",
    "发现错误：改原工作簿，版次加1重报，再合并一次；不要在这里改数。",
    "两种内容不一致的，在“重复与冲突”里裁定。",
    "本册用于安排服务、核对工作，不对任何个人作出评价或决定。",
)


def write_cover(desk: Desk) -> None:
    """The whole sheet, on one page."""
    merged, look = desk.merged, desk.look
    sheet = new_sheet(desk.book, Cover.sheet, "cover")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 8)
    sheet.set_row(1, 36)
    write_text(sheet, 1, 1, f"{desk.unit_name}　{merged.period}　汇总工作簿", look("cover_title"))
    sheet.set_row(2, 20)
    for column in range(1, 8):
        write_text(sheet, 2, column, merged.plan.title if column == 1 else "", look("subtitle", "rule"))
    sheet.set_row(3, 8)
    _write_strip(desk, sheet)
    sheet.set_row(_TABLE_AT - 2, 8)
    _write_facts(desk, sheet)
    _write_links(desk, sheet)
    _write_approval(desk, sheet)
    page(sheet, f"{desk.place}　{Cover.sheet}", f"所属月份　{merged.period}", tall=1)
    sheet.print_area(0, 0, _APPROVAL_AT + 6 + len(_NOTES), 8)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_strip(desk: Desk, sheet: Worksheet) -> None:
    """Four figures: received of those expected, missing, refused, errors and warnings."""
    merged, look = desk.merged, desk.look
    states = [submission.state for submission in merged.submissions]
    expected = {submission.unit for submission in merged.submissions if submission.expected}
    received = {submission.unit for submission in merged.submissions if submission.state in (RECEIVED, ZERO)}
    absent, refused = states.count(MISSING), states.count(REFUSED)
    severity = counts([issue for issue in merged.issues if may_travel(issue)])
    figures = ((1, 2, "已报 / 应报单位", f"{len(received & expected)} / {len(expected)}", "done" if expected <= received else ""),
               (4, 4, "缺报", f"{absent}", "error" if absent else ""),
               (5, 5, "拒收", f"{refused}", "error" if refused else ""),
               (6, 7, "错误 / 警告　待处理", f"{severity['error']} / {severity['warning']}", "error" if severity["error"] else ""))
    sheet.set_row(_STRIP_AT, 20)
    sheet.set_row(_STRIP_AT + 1, 34)
    for first, last, label, _, _ in figures:
        write_across(sheet, _STRIP_AT, first, last, label, look("cell", "centre", "grey", font_size=9, bottom=0))
    for first, last, _, figure, role in figures:
        colour = {"font_color": ROLES[role]["font_color"]} if role else {}
        write_across(sheet, _STRIP_AT + 1, first, last, figure, look("cell", "code", "bold", font_size=18, top=0, **colour))


def _write_facts(desk: Desk, sheet: Worksheet) -> None:
    """Label, and right of it its value: what the next merge reads."""
    merged, look = desk.merged, desk.look
    facts = (
        (KIND, MERGED, "text"), (Cover.unit_code.heading, merged.target.code, "code"), (Cover.unit_name.heading, desk.unit_name, "text"),
        (Cover.period.heading, merged.period, "code"), (Cover.plan_id.heading, merged.plan.id, "code"), (PLAN_DIGEST, merged.plan.digest, "mono"),
        (SOFTWARE, merged.software, "code"), (CONTENT_DIGEST, merged.content_digest, "mono"))
    sheet.set_row(_TABLE_AT - 1, 24)
    write_text(sheet, _TABLE_AT - 1, 1, "一、这是什么", look("section"))
    for row, (label, value, role) in enumerate(facts, _TABLE_AT):
        sheet.set_row(row, 25)
        write_text(sheet, row, 1, label, look("header"))
        write_text(sheet, row, 2, value, look("locked", role, align="left", indent=1, num_format="@"))


def _write_links(desk: Desk, sheet: Worksheet) -> None:
    """Where to look next, with what stands there; then the notes."""
    merged, look = desk.merged, desk.look
    severity = counts([issue for issue in merged.issues if may_travel(issue)])
    undecided = sum(not conflict.decided for conflict in merged.conflicts)
    balanced = all(balance.holds for balance in merged.balances)
    lines = (
        (SUBMISSIONS_SHEET, "谁报了，谁没报", ""),
        (RECONCILIATION_SHEET, "√ 平，一条不少" if balanced else "× 不平", "done" if balanced else "error"),
        (ISSUES_SHEET, f"▲ {severity['error']}处错误待改" if severity["error"] else "√ 没有错误", "error" if severity["error"] else "done"),
        (CONFLICTS_SHEET, f"△ {undecided}处待裁定" if undecided else "√ 没有待裁定的", "warning" if undecided else "done"),
        ("服务台账", "各台账从这张起；右边灰列是来源", ""),
        (CONTENDERS_SHEET, "暂未采用的内容", ""), (READING_SHEET, "程序续报用，请勿改动", ""))
    write_text(sheet, _TABLE_AT - 1, 4, "二、去哪里看", look("section"))
    for row, (name, says, role) in enumerate(lines, _TABLE_AT):
        sheet.write_url(row, 4, f"internal:'{name}'!A1", look("cell", "text", "link"), name)
        write_across(sheet, row, 5, 7, says, look(role or "cell", "text"))
    for row, note in enumerate(_NOTES, _APPROVAL_AT + 7):
        sheet.set_row(row, 18)
        write(sheet, row, 1, note, look("subtitle"))


def _write_approval(desk: Desk, sheet: Worksheet) -> None:
    """Who approved this file and what; a new merge begins without. `ledger approve` fills it in place."""
    look = desk.look
    sheet.set_row(_APPROVAL_AT - 1, 8)
    sheet.set_row(_APPROVAL_AT, 24)
    write_text(sheet, _APPROVAL_AT, 1, "三、审核", look("section"))
    lines = ((APPROVAL, UNAPPROVED, "text"), (Cover.reviewed_by.heading, "", "text"), (ACCEPTED_BY, "", "text"), (APPROVED_CONTENT, "", "mono"),
             (UNDO_REASON, "", "text"))
    for row, (label, value, role) in enumerate(lines, _APPROVAL_AT + 1):
        sheet.set_row(row, 22)
        write_text(sheet, row, 1, label, look("header"))
        write_text(sheet, row, 2, value, look("locked", role, align="left", indent=1, num_format="@"))
    sheet.set_row(_APPROVAL_AT + 6, 8)
