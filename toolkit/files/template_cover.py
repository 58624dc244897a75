"""封面: who reports which month, and whether every table is filled (LOOK 5). One label, one value beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit.files.template_form import Form
from toolkit.files.template_ledger import Counts
from toolkit.files.template_state import (
    FIELDS,
    TOP,
    ZERO,
    State,
    faults_formula,
    field_row,
    place,
    rows_formula,
    state_formula,
    state_of,
    verdict,
    verdict_formula,
)
from toolkit.files.xlsx import GREY, INK, Look, page, text_height, write, write_across, write_heading, write_text
from toolkit.model.ledger import Column, Ledger
from toolkit.schema import SERVICE_BOOK, Cover
from toolkit.schema.kinds import Code, Count, Date, Month

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (2, 16, 30, 3, 16, 11, 11, 17, 33, 2)
_B, _C, _E, _F, _G, _H, _I = 1, 2, 4, 5, 6, 7, 8
_PRINTED = ("unit_code", "unit_name", "period", "plan_id", "template")  # filled by the program, locked
_NUMERALS = "零一二三四五六七八九"


def write_cover(sheet: Worksheet, look: Look, form: Form, counts: Mapping[str, Counts]) -> None:
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    _title(sheet, look, form)
    _pairs(sheet, look, form)
    states = {ledger.id: state_of(form, ledger, counts[ledger.id]) for ledger in form.ledgers}
    below = _table(sheet, look, form, states)
    _foot(sheet, look, form, max(below, TOP + 1 + len(FIELDS)))
    page(sheet, form.name, f"所属月份　{form.period}" if form.period else "", tall=1)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    first = _C if not form.sent else _B
    sheet.set_selection(field_row("revision"), first, field_row("revision"), first)
    sheet.activate()


def _title(sheet: Worksheet, look: Look, form: Form) -> None:
    sheet.set_row(0, 8)
    write_text(sheet, 1, _B, "妇幼健康服务与工作台账　" + ("上报本" if form.sent else "月报工作簿"), look("cover_title"))
    sheet.set_row(1, 34)
    told = "由“准备上报”生成，只看不改。要更正，请改原工作簿，版次加1后重报。" if form.sent else Cover.note
    for column in range(_B, _I + 1):
        write_text(sheet, 2, column, told if column == _B else "", look("rule", font_color=GREY))
    sheet.set_row(2, 22)
    sheet.set_row(3, 8)


def _pairs(sheet: Worksheet, look: Look, form: Form) -> None:
    write_text(sheet, TOP, _B, "一、填报信息", look("section"))
    sheet.set_row(TOP, 24)
    for index, column in enumerate(FIELDS):
        row = TOP + 1 + index
        sheet.set_row(row, 25)
        value = form.content.cover.get(column.field)
        if column.field == "revision" and value is None:
            value = 0
        opened = not form.sent and (column.field not in _PRINTED or (not form.period and column.field in _PRINTED[:3]))
        asked = opened and column.required
        label = look("required_header" if asked else "header", align="left", indent=1)
        write_text(sheet, row, _B, ("＊" if asked else "") + column.heading, label)
        if column.field == "revision_reason" and not form.sent:  # ＊ and fill appear once there is something to give a reason for
            sheet.conditional_format(row, _B, row, _B, {"type": "formula", "criteria": f"=N({place('revision')})>0",
                                                       "format": look.mark("wanted_header")})
        role = "input" if opened else ("cell" if form.sent else "locked")
        write(sheet, row, _C, value, look(role, *_shape(column)))
        if opened:
            _watch(sheet, look, column, row)


def _shape(column: Column) -> tuple[str, ...]:
    """Left, as the label before it; figures in Arial 11."""
    if isinstance(column.kind, Date):
        return ("date", "cover_figure")
    if isinstance(column.kind, Month):
        return ("code", "cover_figure")
    if isinstance(column.kind, Count):
        return ("number", "cover_figure", "whole")
    return ("code", "cover_figure") if isinstance(column.kind, Code) else ("words",)


def _watch(sheet: Worksheet, look: Look, column: Column, row: int) -> None:
    """Drop-down and colours of one value cell."""
    cell = f"$C${row + 1}"
    if column.field == "revision":
        sheet.data_validation(row, _C, row, _C, {"validate": "integer", "criteria": ">=", "value": 0, "input_message": "首次报0，更正加1",
                                                 "error_title": "请填数", "error_message": "只填0或整数；首次报0，每更正一次加1。"})
        _colour(sheet, look, row, _C, f'=AND({cell}<>"",NOT(ISNUMBER({cell})))', "error")
    elif column.field == "prepared_on":
        sheet.data_validation(row, _C, row, _C, {
            "validate": "date", "criteria": "between", "minimum": dt.date(1950, 1, 1), "maximum": dt.date(2100, 12, 31),
            "input_message": "年-月-日，如 2025-10-08", "error_type": "warning", "error_title": "不是日期",
            "error_message": "请按 年-月-日 填，如 2025-10-08。"})
        _colour(sheet, look, row, _C, f'=AND({cell}<>"",NOT(ISNUMBER({cell})))', "error")
    elif column.field == "revision_reason":
        sheet.data_validation(row, _C, row, _C, {"validate": "list", "source": "=pick_cover_reason",
                                                 "error_title": "请从下拉选", "error_message": "更正原因只能从下拉里选。"})
        _colour(sheet, look, row, _C, f'=AND({cell}="",N({place("revision")})>0)', "warning")
        return
    elif column.field == "reviewed_by":
        _colour(sheet, look, row, _C, f'=AND({cell}<>"",{cell}={place("prepared_by")})', "warning")
    _colour(sheet, look, row, _C, f'={cell}=""', "warning")


def _colour(sheet: Worksheet, look: Look, row: int, column: int, formula: str, mark: str) -> None:
    sheet.conditional_format(row, column, row, column, {"type": "formula", "criteria": formula, "format": look.mark(mark)})


def _table(sheet: Worksheet, look: Look, form: Form, states: Mapping[str, State]) -> int:
    """The table of ledgers, 移送公安件数 and 整本状态; returns the row below."""
    ledgers = form.ledgers
    write_text(sheet, TOP, _E, f"二、{_NUMERALS[len(ledgers)]}张表填好了吗", look("section"))
    top = TOP + 1
    for column, name in zip(range(_E, _I + 1), ("表　名", "行　数", "待改格数", "本月无（零报告）", "状　态"), strict=True):
        write_heading(sheet, top, column, look, name, roles=("header", "under"))
    first = top + 1
    for index, ledger in enumerate(ledgers):
        _line(sheet, look, form, ledger, first + index, states[ledger.id])
    last = first + len(ledgers) - 1
    transfers = max(last + 1, TOP + len(FIELDS) - 1)
    if transfers > last + 1:
        told = look("locked", "wrap", "grey")
        words = "各数为生成时的值。" if form.sent else "表里没有的不填。案件、工作本月确实没有的，在上表选“是”作零报告；其他表没有就空着。"
        _block(sheet, last + 1, transfers - 1, words, told)
    write_across(sheet, transfers, _E, _F, "移送公安件数", look("header", align="left", indent=1))
    value = form.content.cover.get("police_transfers")
    write(sheet, transfers, _G, 0 if value is None else value, look("cell" if form.sent else "input", "centre", "latin"))
    write_across(sheet, transfers, _H, _I, "只记件数，不记内容", look("locked", "text", "grey"))
    if not form.sent:
        sheet.data_validation(transfers, _G, transfers, _G, {"validate": "integer", "criteria": ">=", "value": 0,
                                                             "error_title": "请填数", "error_message": "只填0或整数。"})
    _verdict(sheet, look, form, states, first, transfers + 1)
    if not form.sent:
        for sign, mark in (("×", "error"), ("○", "warning"), ("√", "done")):
            rule = {"type": "formula", "criteria": f'=LEFT($I{first + 1},1)="{sign}"', "format": look.mark(mark)}
            sheet.conditional_format(first, _I, last, _I, rule)
    return transfers + 2


def _block(sheet: Worksheet, top: int, bottom: int, words: str, style: Any) -> None:
    sheet.merge_range(top, _E, bottom, _I, words, style)


def _line(sheet: Worksheet, look: Look, form: Form, ledger: type[Ledger], row: int, state: State) -> None:
    figure = look("locked", "centre", "latin")
    sheet.write_url(row, _E, f"internal:'{ledger.sheet}'!A5", look("cell", "link", "text"), ledger.sheet)
    ticks = ledger.id in ZERO and not form.sent
    write(sheet, row, _H, state.zero, look("input" if ticks else "locked", "centre", *(("grey",) if state.zero == "—" else ())))
    said = look("locked", "text")
    if form.sent:
        write(sheet, row, _F, state.rows, look("cell", "centre", "latin"))
        write(sheet, row, _G, state.faults, look("cell", "centre", "latin"))
        write(sheet, row, _I, state.said, look({"√": "done", "×": "error"}.get(state.said[0], "warning"), "text", bold=False))
        return
    sheet.write_formula(row, _G, faults_formula(ledger), figure, state.faults)
    if ledger in SERVICE_BOOK:
        write(sheet, row, _F, "—", look("locked", "centre", "grey"))
    else:
        sheet.write_formula(row, _F, f'=IFERROR({rows_formula(ledger)},"—")', figure, state.rows)
    sheet.write_formula(row, _I, state_formula(ledger, row + 1), said, state.said)
    if ledger.id in ZERO:
        sheet.data_validation(row, _H, row, _H, {"validate": "list", "source": ["是"], "input_message": "本月没有的选“是”",
                                                 "error_title": "请从下拉选", "error_message": "本月没有的选“是”，有的留空。"})


def _verdict(sheet: Worksheet, look: Look, form: Form, states: Mapping[str, State], first: int, row: int) -> None:
    said = verdict(form, states)
    sheet.set_row(row, 25)
    write_across(sheet, row, _E, _F, "整本状态", look("header", align="left", indent=1))
    style = look("done" if said[0] == "√" else "warning", "wrap", "bold")
    sheet.merge_range(row, _G, row, _I, "", style if form.sent else look("locked", "wrap", "bold"))
    if form.sent:
        write_text(sheet, row, _G, said, style)
        return
    sheet.write_formula(row, _G, verdict_formula(form, first + 1), look("locked", "wrap", "bold"), said)
    for sign, mark in (("○", "warning"), ("√", "done")):
        rule = {"type": "formula", "criteria": f'=LEFT($G${row + 1},1)="{sign}"', "format": look.mark(mark)}
        sheet.conditional_format(row, _G, row, _I, rule)


_VILLAGE_WORDS = (
    "已告知并经本人同意，才有一行；本人要求退出或服务不再需要，整行删除，不问原因。",
    "孕产妇台账、随访记录只留在本村；按“准备上报”得到上报本，其中没有这两张表，也没有服务对象的姓名、电话和日期。“行数”只数上报的表。",
    "不设身份证号、孩次、胎儿性别、流引产、避孕、婚姻等栏，也请不要自行添加。",
)
_OFFICE_WORDS = (
    "本簿只记单位、机构和工作人员做了什么，不记任何服务对象的情况。",
    "案件只记机构和从业者，不记患者、不记举报人。",
    "不设身份证号、孩次、胎儿性别、流引产、避孕、婚姻等栏，也请不要自行添加。",
)
_SENT_WORDS = (
    "本上报本没有孕产妇台账和随访记录，也没有服务对象的姓名、电话和日期；服务台账只有当月记号和次数，记号每月更换。",
    "只用于安排服务和督促单位，不用于查找、核实、追踪任何人。",
)


def _foot(sheet: Worksheet, look: Look, form: Form, row: int) -> None:
    """Colour key, three short lines, signatures."""
    sheet.set_row(row, 8)
    row += 1
    if not form.sent:
        write_text(sheet, row, _B, "三、颜色与符号", look("section"))
        sheet.set_row(row, 24)
        row += 1
        sheet.set_row(row, 25)
        write_text(sheet, row, _B, "＊必填（表头）", look("required_header"))
        write_text(sheet, row, _C, "白格：请填写", look("cell", "centre"))
        write_across(sheet, row, _E, _F, "灰格：自动得出，不用填", look("locked", "centre", "grey"))
        write_across(sheet, row, _G, _H, "红格：填错，须改", look("error", "centre"))
        write_text(sheet, row, _I, "黄格：漏填或请核对", look("warning", "centre"))
        row += 1
        sheet.set_row(row, 5)
        row += 1
    village = _SENT_WORDS if form.sent else _VILLAGE_WORDS
    for line in village if form.level == "village" else _OFFICE_WORDS:
        write_text(sheet, row, _B, line, look("subtitle", font_color=INK, font_size=9.5))
        sheet.set_row(row, text_height(line, sum(_WIDTHS[_B:_I + 1]), size=9.5, minimum=17) if len(line) > 90 else 17)
        row += 1
    sheet.set_row(row, 14)
    row += 1
    sheet.set_row(row, 28)
    for column in range(_B, _I + 1):
        words_here = {_B: "填报人（签名）：", _E: "审核人（签名）：", _H: "单位（盖章）：", _I: "年　　月　　日"}.get(column, "")
        if column != 3:
            write_text(sheet, row, column, words_here, look("signature", align="right" if column == _I else "left"))
