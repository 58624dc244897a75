"""One ledger's sheet: title, notes, groups, headings, ruled rows, drop-downs, colours and `本行提示` (LOOK 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from toolkit.files.template_checks import WRONG, Check, begins, checks_of, list_name, unique_fields
from toolkit.files.template_codes import pick_name
from toolkit.files.template_form import FIRST_ROW, GROUP_ROW, HEADING_ROW, LAST_ROW, NOTE_ROW, TITLE_ROW, Form, facts, options
from toolkit.files.template_tests import Facts, Row
from toolkit.files.xlsx import Look, heading_width, new_sheet, page, text_height, write, write_across, write_heading, write_text
from toolkit.model.ledger import Column, Ledger
from toolkit.model.sheet import column_letter
from toolkit.schema import ROW_HINT, Cover, Pregnancies
from toolkit.schema.kinds import Bool, Choice, Code, Count, Date, DocNumber, Money, Multi, Name, Quarter, RecordId, UnitCode, Uscc

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_FULL_WIDTH = 112.0  # narrower tables are stretched towards this, wider ones left as they are
_PAGE_WIDTH = 147.0  # what A4 landscape holds at 100 %
_SMALLEST = 0.7  # of 10 pt: nothing prints smaller than 7 pt
_SAID_FAULT = "有出错的格，请改为数值"


@dataclass(frozen=True)
class Counts:
    """What the cover says about a sheet: rows begun, and cells to put right."""

    rows: int
    faults: int


def write_ledger(book: Workbook, look: Look, form: Form, ledger: type[Ledger]) -> Counts:
    """Write one sheet; the counts go to the cover."""
    sheet = new_sheet(book, ledger.sheet, "ledger")
    widths = _widths(ledger)
    last, hint = len(ledger.columns) - 1, len(ledger.columns)
    checks = checks_of(ledger, form.level)
    _head(sheet, look, form, ledger, widths)
    for index, column in enumerate(ledger.columns):
        sheet.set_column(index, index, widths[index], None if form.sent else look("plain", *_holds(column), "open"))
    hints = row_hints(form, ledger)
    _body(sheet, look, form, ledger, widths)
    if not form.sent:
        sheet.set_column(hint, hint, 36 if last < 14 else 46, look("plain", "text", "open"))
        _hints(sheet, look, form, ledger, hints)
        _dropdowns(sheet, form, ledger)
        _colours(sheet, look, form, ledger, checks)
    left = "　".join(text for text in (form.name, ledger.sheet) if text)
    page(sheet, left, f"所属月份　{form.period}" if form.period else "", repeat=(GROUP_ROW, HEADING_ROW))
    sheet.fit_to_pages(_pages_wide(widths), 0)
    if _pages_wide(widths) > 1:
        sheet.repeat_columns(0, 0)
    sheet.print_area(0, 0, 1048575, last)
    sheet.freeze_panes(FIRST_ROW, 2 if ledger is Pregnancies else 1)
    sheet.set_selection(FIRST_ROW, 1 if ledger is Pregnancies else 0, FIRST_ROW, 1 if ledger is Pregnancies else 0)
    sheet.protect("", _ALLOWED)
    return Counts(len(form.rows(ledger)), sum(text.count(sign) for text in hints for sign in "×△"))


#: What stays allowed on a protected sheet: a row must be removable, a table sortable (LOOK 4).
_ALLOWED = dict.fromkeys(("insert_rows", "delete_rows", "sort", "autofilter", "format_columns", "format_rows"), True)


def _pages_wide(widths: Sequence[float]) -> int:
    return 1 if _PAGE_WIDTH / sum(widths) >= _SMALLEST else 2


def _widths(ledger: type[Ledger]) -> list[float]:
    least = [max(column.width, heading_width(column.heading, column.hint, column.required)) for column in ledger.columns]
    stretch = max(1.0, _FULL_WIDTH / sum(least))
    return [round(width * stretch, 1) for width in least]


def _head(sheet: Worksheet, look: Look, form: Form, ledger: type[Ledger], widths: Sequence[float]) -> None:
    """Rows 1 to 4."""
    last = len(ledger.columns) - 1
    write_text(sheet, TITLE_ROW, 0, ledger.sheet, look("title"))
    sheet.set_row(TITLE_ROW, 30)
    how = "" if form.sent else f"　　一人一行，＊为必填；粘贴时请选“只粘贴数值”。红格须改，黄格漏填或请核对，改好后“{ROW_HINT}”变为√。"
    if ledger is not Pregnancies:
        how = how.replace("一人一行，", "")
    note = f"填报单位：{form.name or '—'}　　所属月份：{form.period or '—'}{how}\n{ledger.note}"
    merged = look("note", valign="vcenter")
    wide = _pages_wide(widths) > 1
    first, end = (1, len(widths) // 2 - 1) if wide else (0, last)  # no merged cell may cross a page
    if form.period or form.sent:
        write_across(sheet, NOTE_ROW, first, end, note, merged)
    else:  # a blank template: the unit and month are typed on the cover
        shown = f'"填报单位："&{_typed("$C$7")}&"　　所属月份："&{_typed("$C$8")}&"{how.replace(chr(34), chr(34) * 2)}"&CHAR(10)&"{ledger.note}"'
        sheet.merge_range(NOTE_ROW, first, NOTE_ROW, end, "", merged)
        sheet.write_formula(NOTE_ROW, first, "=" + shown, merged, note)
    sheet.set_row(NOTE_ROW, text_height(note, sum(widths[first:end + 1]), size=9, minimum=36))
    _groups(sheet, look, ledger, wide)
    sheet.set_row(GROUP_ROW, 20)
    for index, entry in enumerate(ledger.columns):
        hint = entry.hint if not form.sent else ""
        write_heading(sheet, HEADING_ROW, index, look, entry.heading, hint, ("header", "under", *_edges(ledger, index)),
                      required=entry.required and not form.sent)
    if not form.sent:
        write_text(sheet, GROUP_ROW, last + 1, "提示", look("group", "over", "last"))
        write_heading(sheet, HEADING_ROW, last + 1, look, ROW_HINT, "自动", ("auto_header", "under", "last"))
    sheet.set_row(HEADING_ROW, 24 if form.sent else 36)


def _typed(cell: str) -> str:
    return f'IF({Cover.sheet}!{cell}="","—",{Cover.sheet}!{cell})'


def _groups(sheet: Worksheet, look: Look, ledger: type[Ledger], wide: bool) -> None:
    """Group headers: merged, or on a table of two pages the name in the group's first cell."""
    column, size = 0, len(ledger.columns)
    for group, members in groupby(ledger.columns, key=lambda entry: entry.group):
        width = len(list(members))
        edges = ("over", "group_start", *(("last",) if column + width == size else ()))
        if not wide:
            write_across(sheet, GROUP_ROW, column, column + width - 1, group, look("group", *edges))
        for place in range(column, column + width) if wide else ():
            ends = ("group_start",) if place == column else ()
            inside = {"right": 0} if place + 1 < column + width else {}
            outside = {"left": 0} if place > column else {}
            write_text(sheet, GROUP_ROW, place, group if place == column else "",
                       look("group", "text", "over", *ends, *(("last",) if place == size - 1 else ()), **inside, **outside))
        column += width


def _edges(ledger: type[Ledger], index: int) -> tuple[str, ...]:
    """The heavy line where a group starts, and the one at the right end."""
    columns = ledger.columns
    starts = index == 0 or columns[index].group != columns[index - 1].group
    return (("group_start",) if starts else ()) + (("last",) if index == len(columns) - 1 else ())


def _holds(column: Column) -> tuple[str, ...]:
    """The roles of a column's cells."""
    kind = column.kind
    if isinstance(kind, Date):
        return ("date",)
    if isinstance(kind, Money):
        return ("money",)
    if isinstance(kind, Count):
        return ("number",)
    if isinstance(kind, (Choice, Bool, Name)):
        return ("choice",)
    if isinstance(kind, (Code, Quarter)):
        return ("code",)
    return ("words", "wrap") if column.free or isinstance(kind, (DocNumber, Multi)) else ("choice",)


def _body(sheet: Worksheet, look: Look, form: Form, ledger: type[Ledger], widths: Sequence[float]) -> None:
    rows: Sequence[Mapping[str, Any]] = form.rows(ledger)
    base = "cell" if form.sent else "input"
    formats = [look(base, *_holds(column), *_edges(ledger, index)) for index, column in enumerate(ledger.columns)]
    printed = iter(form.content.record_ids if ledger is Pregnancies and not form.sent else ())
    for offset in range(form.prepared(ledger)):
        cells = rows[offset] if offset < len(rows) else {}
        if ledger is Pregnancies and not cells:
            cells = {"record_id": next(printed, None)}
        for index, column in enumerate(ledger.columns):
            write(sheet, FIRST_ROW + offset, index, _cell_value(column, cells.get(column.field)), formats[index])
        height = max((text_height(str(cells.get(column.field) or ""), widths[index]) for index, column in enumerate(ledger.columns)
                      if "wrap" in _holds(column)), default=24)
        sheet.set_row(FIRST_ROW + offset, height)
    if not form.sent:
        sheet.set_default_row(24)


def _cell_value(column: Column, value: Any) -> Any:
    """A value as its cell takes it: codes stay text, yes and no are words."""
    if isinstance(value, bool):
        return ("是" if value else "否") if isinstance(column.kind, Bool) else str(value).upper()
    if isinstance(value, (int, float)) and not isinstance(column.kind, (Count, Date)):
        return str(int(value)) if float(value).is_integer() else str(value)
    return value


def row_hints(form: Form, ledger: type[Ledger]) -> list[str]:
    """What `本行提示` says of each prefilled row, as the formula computes it."""
    checks = checks_of(ledger, form.level)
    rows = [Row({column.field: _cell_value(column, row.get(column.field)) for column in ledger.columns}, Facts())
            for row in form.rows(ledger)]
    counts: dict[tuple[str, str], int] = {}
    for name in unique_fields(ledger):
        for row in rows:
            counts[name, row.text(name)] = counts.get((name, row.text(name)), 0) + 1
    known = replace(facts(form), counts=counts)
    return [_hint(checks, ledger, Row(row.cells, known)) for row in rows]


def _hint(checks: Sequence[Check], ledger: type[Ledger], row: Row) -> str:
    if not any(row.text(name) for name in begins(ledger)):
        return ""
    return " ".join(f"{check.sign} {check.words}" for check in checks if check.test.holds(row)) or "√"


def _reference(ledger: type[Ledger], row: int) -> dict[str, str]:
    """Field -> its cell in an Excel row, column fixed."""
    return {name: f"${column_letter(index + 1)}{row}" for index, name in enumerate(ledger.by_field)}


def _begun(ledger: type[Ledger], row: int) -> str:
    names = begins(ledger)
    cells = _reference(ledger, row)
    return f"COUNTA({cells[names[0]]}:{cells[names[-1]]})>0"


def hint_formula(ledger: type[Ledger], checks: Sequence[Check], row: int) -> str:
    """`本行提示` of an Excel row: every fault with its sign, or √, or nothing in a row not begun."""
    cells = _reference(ledger, row)
    said = "&".join(f'IF({check.test.formula.format_map(cells)},"{check.sign} {check.words} ","")' for check in checks)
    told = f'"√"&{said}'
    for sign in "×△○":
        told = f'SUBSTITUTE({told},"√{sign}","{sign}")'
    return f'=IF({_begun(ledger, row)},IFERROR(TRIM({told}),"{WRONG} {_SAID_FAULT}"),"")'


def _hints(sheet: Worksheet, look: Look, form: Form, ledger: type[Ledger], hints: Sequence[str]) -> None:
    column, checks = len(ledger.columns), checks_of(ledger, form.level)
    style = look("auto", "text", "open", "last", font_size=9.5)
    for offset in range(form.prepared(ledger)):
        row = FIRST_ROW + offset
        sheet.write_formula(row, column, hint_formula(ledger, checks, row + 1), style, hints[offset] if offset < len(hints) else "")


def _dropdowns(sheet: Worksheet, form: Form, ledger: type[Ledger]) -> None:
    for index, column in enumerate(ledger.columns):
        options_of = validation(form, ledger, column)
        if options_of:
            sheet.data_validation(FIRST_ROW, index, LAST_ROW, index, {"ignore_blank": True, **options_of})


def validation(form: Form, ledger: type[Ledger], column: Column) -> dict[str, Any]:
    """XlsxWriter's data validation of a column, {} for none. Lists stop; dates and numbers of names only warn: people paste."""
    kind = column.kind
    if options(form, ledger, column):
        return {"validate": "list", "source": "=" + pick_name(list_name(ledger, column)), "error_type": "stop",
                "error_title": "请从下拉选", "error_message": f"“{column.heading}”只能从下拉里选。"}
    if (ledger.id, column.field) in _REFERENCES:
        return {"validate": "list", "source": "=" + _REFERENCES[ledger.id, column.field], "error_type": "warning",
                "error_title": "请核对", "error_message": "这个编号不在表里，请核对。"}
    if isinstance(kind, Date):
        return {"validate": "date", "criteria": "between", "minimum": dt.date(1950, 1, 1), "maximum": dt.date(2100, 12, 31),
                "input_message": "年-月-日，如 2025-09-08", "error_type": "warning", "error_title": "不是日期",
                "error_message": "请按 年-月-日 填，如 2025-09-08。"}
    if isinstance(kind, Money):
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_type": "stop", "error_title": "请填数",
                "error_message": "只填数，单位是元；没有填0。"}
    if isinstance(kind, Count):
        return {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "stop", "error_title": "请填数", "error_message": "只填0或整数。"}
    lengths = {RecordId: (6, 6), Uscc: (18, 18), UnitCode: (6, 15), Quarter: (7, 7)}
    for what, (least, most) in lengths.items():
        if isinstance(kind, what):
            return {"validate": "length", "criteria": "between", "minimum": least, "maximum": most, "error_type": "warning",
                    "error_title": "请核对", "error_message": f"“{column.heading}”的位数请核对。"}
    if isinstance(kind, Multi):
        return {"validate": "any", "input_message": "可多项，如 1；3"}
    return {}


#: Columns that name a row of another sheet, and the defined name of what they can name.
_REFERENCES = {("pregnancies", "staff_id"): "pick_staff", ("visits", "staff_id"): "pick_staff", ("works", "staff_id"): "pick_staff",
               ("visits", "record_id"): "pick_records"}


def _colours(sheet: Worksheet, look: Look, form: Form, ledger: type[Ledger], checks: Sequence[Check]) -> None:
    """At most three conditional formats a cell: wrong, missing or doubtful, and the line round rows beyond the ruled ones."""
    row = FIRST_ROW + 1
    cells, begun = _reference(ledger, row), _begun(ledger, row)
    for index, column in enumerate(ledger.columns):
        for fill in ("error", "warning"):
            tests = [check.test.formula.format_map(cells) for check in checks if check.marks == column.field and check.fill == fill]
            if tests:
                either = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
                _colour(sheet, FIRST_ROW, index, LAST_ROW, index, f"=AND({begun},{either})", look.mark(fill))
    hint = len(ledger.columns)
    for sign, mark in (("×", "error_text"), ("△", "warning_text")):
        _colour(sheet, FIRST_ROW, hint, LAST_ROW, hint, f'=LEFT(${column_letter(hint + 1)}{row},1)="{sign}"', look.mark(mark))
    below = FIRST_ROW + form.prepared(ledger)
    _colour(sheet, below, 0, LAST_ROW, hint, "=" + _begun(ledger, below + 1), look.mark("grid"))


def _colour(sheet: Worksheet, top: int, left: int, bottom: int, right: int, formula: str, mark: Format) -> None:
    sheet.conditional_format(top, left, bottom, right, {"type": "formula", "criteria": formula, "format": mark})
