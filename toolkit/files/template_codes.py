"""代码表: the hidden sheet that feeds drop-downs and colours through defined names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.files.template_checks import list_name, unique_fields
from toolkit.files.template_form import HEADING_ROW, LAST_ROW, Form, accepted, facts, options
from toolkit.files.xlsx import Look, new_sheet, write, write_text
from toolkit.model.ledger import Ledger
from toolkit.model.sheet import column_letter
from toolkit.schema import CODES_SHEET, Cover, Pregnancies, Staff
from toolkit.schema.cover import REASON
from toolkit.schema.kinds import Bool

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_YES_NO = (("是", "√", "1"), ("否", "×", "0"), ("有", "无", "Y"))


def write_codes(book: Workbook, look: Look, form: Form, period_cell: str, filled_cell: str) -> None:
    """The sheet and every defined name. `period_cell`, `filled_cell`: where the cover has 所属月份 and 填报日期, as `$C$7`."""
    sheet = new_sheet(book, CODES_SHEET, "guide")
    sheet.hide()
    sheet.protect()
    known = facts(form)
    head, cell = look("header"), look("cell", "text", num_format="@")
    for row, (label, name, formula, value) in enumerate((
        ("月末", "month_end", f'=IFERROR(EOMONTH(DATEVALUE({Cover.sheet}!{period_cell}&"-01"),0),{known.month_end})', known.month_end),
        ("日期上限", "asof", f"=IF(ISNUMBER({Cover.sheet}!{filled_cell}),{Cover.sheet}!{filled_cell},$B$1)", known.asof),
    )):
        write_text(sheet, row, 0, label, head)
        sheet.write_formula(row, 1, formula, look("cell", "date"), value)
        book.define_name(name, f"={CODES_SHEET}!$B${row + 1}")
    sheet.set_column(0, 1, 12)
    column = 3
    for name, title, rows in lists(form):
        column = _list(book, sheet, look, column, name, title, rows, picked=2 if rows is _YES_NO else 0)
    write(sheet, 3, 0, "", cell)
    for name, refers in column_names(form):
        book.define_name(name, refers)


def lists(form: Form) -> list[tuple[str, str, tuple[tuple[str, str, str], ...]]]:
    """Every list of the sheet, left to right: its defined name, its title, what is accepted with code and label."""
    found = [("list_yes_no", "是否", _YES_NO), ("list_cover_reason", REASON.list_name, accepted(REASON.options))]
    for ledger in form.ledgers:
        for field in ledger.columns:
            offered = options(form, ledger, field)
            if offered and not isinstance(field.kind, Bool):
                found.append((list_name(ledger, field), f"{ledger.sheet} {field.heading}", accepted(offered)))
    return found


def own_texts(form: Form) -> dict[tuple[int, int], str]:
    """(row, column) from 1 -> text of every cell of the sheet but its two dates."""
    texts = {(1, 1): "月末", (2, 1): "日期上限"}
    for number, (_, title, rows) in enumerate(lists(form)):
        left = 4 + 4 * number
        texts[1, left] = title
        texts |= {(2 + index, left + place): text for index, row in enumerate(rows) for place, text in enumerate(row)}
    return texts


def own_names(form: Form) -> set[str]:
    """Every defined name of a workbook of ours but print areas, print titles and filters."""
    listed = {name for name, _, _ in lists(form)}
    return {"month_end", "asof"} | listed | {pick_name(name) for name in listed} | {name for name, _ in column_names(form)}


def _list(book: Workbook, sheet: Worksheet, look: Look, column: int, name: str, title: str, rows: tuple[tuple[str, str, str], ...],
          picked: int = 0) -> int:
    """One list in three columns: what is offered, its code, its label. `name` is all that is accepted, `pick_…` what is offered."""
    write_text(sheet, 0, column, title, look("header"))
    for index, texts in enumerate(rows):
        for place, text in enumerate(texts):
            write_text(sheet, index + 1, column + place, text, look("cell", "text", num_format="@"))
    first, third, last = column_letter(column + 1), column_letter(column + 3), len(rows) + 1
    book.define_name(name, f"={CODES_SHEET}!${first}$2:${third}${last}")
    book.define_name(pick_name(name), f"={CODES_SHEET}!${first}$2:${first}${picked + 1 if picked else last}")
    sheet.set_column(column, column, 24)
    return column + 4


def pick_name(name: str) -> str:
    """The defined name of what a drop-down offers."""
    return "pick_" + name.removeprefix("list_")


def whole_column(ledger: type[Ledger], field: str) -> str:
    """A column from its heading down to row 5000: inserting above the first row keeps the new row inside."""
    letter = column_letter(list(ledger.by_field).index(field) + 1)
    return f"{ledger.sheet}!${letter}${HEADING_ROW + 1}:${letter}${LAST_ROW + 1}"


def column_names(form: Form) -> list[tuple[str, str]]:
    """Defined names of columns that formulas and drop-downs look into, and what they refer to."""
    found = []
    if Staff in form.ledgers:
        found += [("staff_ids", "=" + whole_column(Staff, "staff_id")), ("staff_names", "=" + whole_column(Staff, "name")),
                  ("pick_staff", _filled_part(Staff, "staff_id", "staff_id"))]
    if Pregnancies in form.ledgers:
        found += [("record_ids", "=" + whole_column(Pregnancies, "record_id")), ("record_consent", "=" + whole_column(Pregnancies, "consent")),
                  ("pick_records", _filled_part(Pregnancies, "record_id", "name"))]
    for ledger in form.ledgers:
        found += [(f"column_{ledger.id}_{field}", "=" + whole_column(ledger, field)) for field in unique_fields(ledger)]
    return found


def _filled_part(ledger: type[Ledger], offered: str, counted: str) -> str:
    """The rows of a column as far as another is filled, without its heading."""
    top = whole_column(ledger, offered).split(":")[0]
    return f"=OFFSET({top},1,0,MAX(1,COUNTA({whole_column(ledger, counted)})-1),1)"
