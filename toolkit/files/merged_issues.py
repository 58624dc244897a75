"""问题清单 with links into this workbook, and 重复与冲突 with a person's decisions (SPEC 2, LOOK 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from toolkit.files.merged_page import FIRST_AT, HEADINGS_AT, MOST_LINKS, Desk, cell_name, fits_a_cell
from toolkit.files.merged_submissions import submission_rows
from toolkit.files.xlsx import WARNING_TEXT, Look, text_height, write, write_text
from toolkit.model.issue import Issue, counts, in_order
from toolkit.model.ledger import PART, ROW
from toolkit.model.merged import REFUSED, Conflict, Merged
from toolkit.model.part import Part
from toolkit.schema import BY_NAME, CONFLICTS_SHEET, ISSUES_SHEET, SERVICE_BOOK, SUBMISSIONS_SHEET, TRAVELLING, Services
from toolkit.schema.merged import CONFLICT_COLUMNS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ISSUE_COLUMNS = ("序号", "程度", "规则", "单　位", "在哪里（点击跳转）", "来源文件　工作表　单元格", "问　题", "怎么办", "处理（人填）", "问题编号")
HANDLED = ("已改", "核对无误", "待查")
_WIDTHS = (5.5, 9, 7, 15, 20, 32, 34, 34, 13, 19)
_SEVERITY = {"error": ("▲ 错误", "error"), "warning": ("△ 警告", "warning"), "info": ("○ 提示", "info")}
_SERVICE_BOOK = frozenset(ledger.id for ledger in SERVICE_BOOK)

#: Issues about a unit's report lead to the cell of its row on 上报情况: code -> column; others of F and L to the first.
_REPORT_COLUMNS = {"L101": 8, "L104": 5, "F111": 6}
_REPORT_FAMILIES = ("F", "L")

Place = tuple[str, str]  # sheet, cell


def may_travel(issue: Issue) -> bool:
    """Whether an issue may stand in a merged workbook: nothing about the service book does (SPEC 5, 8)."""
    return not issue.local and issue.ledger not in _SERVICE_BOOK


def write_issues(desk: Desk, orders: Mapping[str, Sequence[int]]) -> None:
    """The whole sheet; `orders`: ledger -> positions of its rows as they are written."""
    issues = in_order([issue for issue in desk.merged.issues if may_travel(issue)])
    number = counts(issues)
    sheet = desk.sheet(
        ISSUES_SHEET, ISSUES_SHEET,
        (desk.place, desk.month, f"错误 {number['error']}　警告 {number['warning']}　提示 {number['info']}",
         "先改“错误”；改在原工作簿上，版次加1重报，不要改合并表"),
        _WIDTHS, tab="issues", last=8, repeat=(HEADINGS_AT, HEADINGS_AT))
    sheet.set_row(2, 8)
    sheet.set_row(HEADINGS_AT, 24)
    for column, name in enumerate(ISSUE_COLUMNS):
        role = ("required_header", "under", "last") if column == 8 else ("auto_header", "grey") if column == 9 else ("header", "under")
        write_text(sheet, HEADINGS_AT, column, name, desk.look(*role))
    place_of = places(desk.merged, orders, issues)
    for at, issue in enumerate(issues):
        _write_issue(desk, sheet, FIRST_AT + at, issue, place_of(issue) if at < MOST_LINKS else None)
    if issues:
        last = FIRST_AT + len(issues) - 1
        sheet.data_validation(FIRST_AT, 8, last, 8, {"validate": "list", "source": list(HANDLED), "error_title": "处理", "error_message": "请从下拉中选"})
        sheet.autofilter(HEADINGS_AT, 0, last, 8)
    note = "▲ 错误：记录已保留并标“待修正”（K、F类写明未读取或未并入的除外）。　△ 警告：请核对，可能没错。　○ 提示：知道即可。　服务册的问题只在村里检查时提示，不在此表。问题只针对数据和工作，不评价任何个人。"
    write_text(sheet, FIRST_AT + len(issues), 0, note if issues else f"没有问题。{note}", desk.look("subtitle"))
    sheet.print_area(0, 0, FIRST_AT + len(issues), 8)
    sheet.freeze_panes(FIRST_AT, 3)


def _write_issue(desk: Desk, sheet: Worksheet, row: int, issue: Issue, place: Place | None) -> None:
    look = desk.look
    message, hint, source = issue.message("zh"), issue.hint("zh"), _source(issue)
    unit = desk.merged.units.name(issue.unit) if issue.unit else "—"
    sheet.set_row(row, min(409.0, max(
        text_height(message, _WIDTHS[6], minimum=26), text_height(hint, _WIDTHS[7], minimum=26), text_height(unit, _WIDTHS[3], minimum=26),
        text_height(source, _WIDTHS[5], size=9, minimum=26))))
    severity, role = _SEVERITY[issue.severity]
    write(sheet, row, 0, row - FIRST_AT + 1, look("cell", "number", "centre", num_format="0"))
    write_text(sheet, row, 1, severity, look(role, "centre"))
    write_text(sheet, row, 2, issue.code, look("cell", "code"))
    write_text(sheet, row, 3, unit, look("cell", "wrap"))
    _write_place(sheet, row, 4, place, look)
    write_text(sheet, row, 5, source, look("cell", "wrap", "grey", font_size=9))
    write_text(sheet, row, 6, fits_a_cell(message, issue.code), look("cell", "wrap"))
    write_text(sheet, row, 7, hint, look("cell", "wrap"))
    write_text(sheet, row, 8, "", look("input", "centre", "last"))
    write_text(sheet, row, 9, issue.id, look("auto", "mono", "centre"))


def _write_place(sheet: Worksheet, row: int, column: int, place: Place | None, look: Look) -> None:
    if place is None:
        write_text(sheet, row, column, "—", look("cell", "text", "grey"))
        return
    name, cell = place
    style: Format = look("cell", "text", "link")
    sheet.write_url(row, column, f"internal:'{name}'!{cell}", style, f"{name}　{cell}")


def _source(issue: Issue) -> str:
    """File, sheet and cell where the record was first written; a service row has no cell."""
    if not issue.file:
        return "（没有收到文件）" if issue.code == "L102" else "—"
    where = "" if issue.ledger == Services.id else issue.cell or (f"第{issue.row}行" if issue.row else "")
    return "　".join(piece for piece in (issue.file, issue.sheet, where) if piece)


def places(merged: Merged, orders: Mapping[str, Sequence[int]], issues: Sequence[Issue]) -> Callable[[Issue], Place | None]:
    """Where an issue's record stands in this workbook: its sheet and cell, or None."""
    standing = {part.place: number for number, part in enumerate(merged.union.parts) if merged.stands[number]}
    rows: dict[tuple[str, int, int | str], int] = {}
    for ledger in TRAVELLING:
        wanted = {_record(issue, standing, merged.union.parts) for issue in issues if issue.ledger == ledger.id}
        table = merged.union.tables.get(ledger.id)
        if not wanted - {None} or table is None:
            continue
        numbers = table.frame[PART].tolist()
        names = (table.frame["token"] if ledger is Services else table.frame[ROW]).tolist()
        for written, at in enumerate(orders[ledger.id]):
            record = (ledger.id, numbers[at], names[at])
            if record in wanted:
                rows.setdefault(record, FIRST_AT + written)
    reports = _reports(merged)

    def place_of(issue: Issue) -> Place | None:
        record = _record(issue, standing, merged.union.parts)
        if record in rows:
            ledger = BY_NAME[issue.ledger]
            fields = [column.field for column in ledger.columns]
            return ledger.sheet, cell_name(rows[record], fields.index(issue.field) if issue.field in fields else 0)
        if issue.code[:1] in _REPORT_FAMILIES and record is None:
            row = reports.get((issue.unit, issue.file), reports.get((issue.unit, "")))
            return None if row is None else (SUBMISSIONS_SHEET, cell_name(row, _REPORT_COLUMNS.get(issue.code, 0)))
        return None

    return place_of


def _record(issue: Issue, standing: Mapping[tuple[str, str, str], int], parts: Sequence[Part]) -> tuple[str, int, int | str] | None:
    """(ledger, part number, place or token) of the record an issue is about; None where it is about none."""
    number = standing.get((issue.unit, issue.period, issue.ledger))
    if number is None:
        return None
    name: int | str = issue.key if issue.ledger == Services.id else parts[number].place_of(issue)
    return (issue.ledger, number, name) if name else None


def _reports(merged: Merged) -> dict[tuple[str, str], int]:
    """(unit, file) -> row on 上报情况, a refused file before others of its name; (unit, "") -> the unit's first row."""
    found: dict[tuple[str, str], int] = {}
    rows = submission_rows(merged.submissions)
    for at in sorted(rows, key=rows.__getitem__):
        submission = merged.submissions[at]
        file = submission.refusal.file if submission.refusal else submission.file
        if submission.unit:
            found.setdefault((submission.unit, ""), rows[at])
        if file and (submission.state == REFUSED or (submission.unit, file) not in found):
            found[submission.unit, file] = rows[at]
    return found


_CONFLICT_WIDTHS = (5.5, 7, 11, 22, 40, 40, 14, 19, 22)
_DECISION = 6


def write_conflicts(desk: Desk) -> None:
    """What cannot both be right, with a cell for a person's decision; one decision already made stands in it."""
    conflicts = desk.merged.conflicts
    undecided = sum(not conflict.decided for conflict in conflicts)
    sheet = desk.sheet(
        CONFLICTS_SHEET, CONFLICTS_SHEET,
        (desk.place, desk.month, f"共{len(conflicts)}处，待裁定{undecided}处", "在“裁定”列选一项并保存，下次合并即按裁定处理"),
        _CONFLICT_WIDTHS, tab="issues", last=_DECISION, repeat=(HEADINGS_AT, HEADINGS_AT))
    sheet.set_row(2, 8)
    sheet.set_row(HEADINGS_AT, 24)
    for column, name in enumerate(CONFLICT_COLUMNS):
        role = (("required_header", "under", "last") if column == _DECISION else ("auto_header", "grey") if column > _DECISION
                else ("header", "under"))
        write_text(sheet, HEADINGS_AT, column, name, desk.look(*role))
    for row, conflict in enumerate(conflicts, FIRST_AT):
        _write_conflict(desk, sheet, row, conflict)
    reopened = [str(number) for number, conflict in enumerate(conflicts, 1) if len(set(conflict.choices)) > 1]
    notes = ["△ 第" + "、".join(reopened) + "处有两个不同的裁定，请重新商定，选一个。"] if reopened else []
    notes.append("裁定只决定统计和提示用哪一条，两条内容都保留。" if conflicts else "没有重复或冲突。")
    for row, note in enumerate(notes, FIRST_AT + len(conflicts)):
        warns = {"font_color": WARNING_TEXT} if note.startswith("△") else {}
        write_text(sheet, row, 0, note, desk.look("subtitle", **warns))
    sheet.print_area(0, 0, FIRST_AT + len(conflicts) + len(notes) - 1, _DECISION)
    sheet.freeze_panes(FIRST_AT, 4)


def _write_conflict(desk: Desk, sheet: Worksheet, row: int, conflict: Conflict) -> None:
    look = desk.look
    ledger = BY_NAME[conflict.ledger].sheet if conflict.ledger in BY_NAME else conflict.ledger
    sheet.set_row(row, min(409.0, max(text_height(text, width) for text, width in (
        (conflict.what, _CONFLICT_WIDTHS[3]), (conflict.first, _CONFLICT_WIDTHS[4]), (conflict.second, _CONFLICT_WIDTHS[5])))))
    write(sheet, row, 0, row - FIRST_AT + 1, look("cell", "number", "centre", num_format="0"))
    write_text(sheet, row, 1, conflict.code, look("cell", "code"))
    write_text(sheet, row, 2, ledger, look("cell", "centre"))
    for column, text in ((3, conflict.what), (4, conflict.first), (5, conflict.second)):
        write_text(sheet, row, column, fits_a_cell(text, conflict.id), look("cell", "words", text_wrap=True))
    reopened = ("warning", "open") if len(set(conflict.choices)) > 1 else ("input",)
    write_text(sheet, row, _DECISION, conflict.decided, look(*reopened, "centre", "last"))
    sheet.data_validation(row, _DECISION, row, _DECISION, {
        "validate": "list", "source": list(conflict.options), "error_title": "裁定", "error_message": "请从下拉中选"})
    write_text(sheet, row, 7, conflict.id, look("auto", "mono", "centre"))
    write_text(sheet, row, 8, "；".join(conflict.choices), look("auto", "wrap", font_size=9))
