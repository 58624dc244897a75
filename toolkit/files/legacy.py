"""Files as offices type them themselves: plain .xlsx, old .xls, .csv. For `ledger demo` and for tests.

XlsxWriter writes the first, xlwt the second. Equal grids give equal bytes.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from toolkit.model.grid import HEAD, Formula, Grid
from toolkit.model.sheet import CellError

UTF8, GB18030 = "utf-8-sig", "gb18030"
_MADE = dt.datetime(2025, 1, 1)
_DATE_FORMAT = "yyyy-mm-dd"
_WIDTH = 14  # of a column, in Excel's units


def xlsx_bytes(grids: Sequence[Grid]) -> bytes:
    """An .xlsx with thin borders and nothing else: true dates, numbers as numbers, text as text."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE})
    plain = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "宋体"}
    formats = {"plain": book.add_format(plain), "date": book.add_format(plain | {"num_format": _DATE_FORMAT}),
               "head": book.add_format(plain | {"bold": True, "align": "center"}), "coloured": book.add_format(plain | {"bg_color": "#FFFF00"})}
    for grid in grids:
        sheet = book.add_worksheet(grid.name)
        sheet.set_column(0, max(grid.width - 1, 0), _WIDTH)
        covered = _covered(grid)
        for top, left, bottom, right in grid.merged:
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", formats["head" if _kind(grid, top - 1) == HEAD else "plain"])
        for at, row in enumerate(grid.rows):
            for index, value in enumerate(row):
                if (at, index) not in covered:
                    role = "head" if _kind(grid, at) == HEAD else "coloured" if (at + 1, index + 1) in grid.coloured else "plain"
                    _write_xlsx(sheet, at, index, value, formats, role)
        _dress(sheet, grid)
        for number in grid.hidden_rows:
            sheet.set_row(number - 1, None, None, {"hidden": True})
        for number in grid.hidden_columns:
            sheet.set_column(number - 1, number - 1, _WIDTH, None, {"hidden": True})
        if grid.very_hidden:
            sheet.very_hidden()
        elif grid.hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


def _dress(sheet: Any, grid: Grid) -> None:
    """Comments, drop-downs, frozen rows and filter buttons."""
    for (row, column), text in sorted(grid.comments.items()):
        sheet.write_comment(row - 1, column - 1, text)
    for column, options in sorted(grid.lists.items()):
        sheet.data_validation(1, column - 1, max(len(grid.rows), 2), column - 1, {"validate": "list", "source": list(options)})
    if grid.frozen:
        sheet.freeze_panes(grid.frozen, 0)
    if grid.filtered:
        sheet.autofilter(grid.filtered - 1, 0, len(grid.rows) - 1, max(grid.width - 1, 0))


def xls_bytes(grids: Sequence[Grid]) -> bytes:
    """An .xls of Excel 97: at most 65,536 rows and 256 columns."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    plain = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
    date = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin", num_format_str=_DATE_FORMAT)
    for grid in grids:
        sheet = book.add_sheet(grid.name, cell_overwrite_ok=True)
        covered = _covered(grid)
        for at, row in enumerate(grid.rows):
            for index, value in enumerate(row):
                if (at, index) not in covered:
                    sheet.write(at, index, _for_xls(value), date if isinstance(value, dt.date) else plain)
        for top, left, bottom, right in grid.merged:
            sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
        for number in grid.hidden_rows:
            sheet.row(number - 1).hidden = True
        for number in grid.hidden_columns:
            sheet.col(number - 1).hidden = True
        sheet.visibility = 2 if grid.very_hidden else 1 if grid.hidden else 0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_bytes(grid: Grid, encoding: str = UTF8) -> bytes:
    """One sheet as text with commas; dates as 2025-08-09. `encoding`: UTF8 (with BOM) or GB18030."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in grid.rows:
        writer.writerow([_for_csv(value) for value in row])
    return out.getvalue().encode(encoding)


def _kind(grid: Grid, at: int) -> str:
    return grid.kinds[at] if at < len(grid.kinds) else ""


def _covered(grid: Grid) -> set[tuple[int, int]]:
    """Positions under merged cells, all but the first of each."""
    return {(row - 1, column - 1) for top, left, bottom, right in grid.merged for row in range(top, bottom + 1)
            for column in range(left, right + 1) if (row, column) != (top, left)}


def _write_xlsx(sheet: Any, at: int, index: int, value: Any, formats: dict[str, Any], role: str) -> None:
    if value is None:
        sheet.write_blank(at, index, None, formats[role])
    elif isinstance(value, CellError):
        sheet.write_formula(at, index, "=NA()", formats[role], value.text)
    elif isinstance(value, Formula):
        sheet.write_formula(at, index, value.text, formats[role], "" if value.value is None else value.value)
    elif isinstance(value, bool):
        sheet.write_boolean(at, index, value, formats[role])
    elif isinstance(value, dt.date):
        sheet.write_datetime(at, index, value, formats["date"])
    elif isinstance(value, (int, float)):
        sheet.write_number(at, index, value, formats[role])
    else:
        sheet.write_string(at, index, str(value), formats[role])


def _for_xls(value: Any) -> Any:
    return value.text if isinstance(value, CellError) else value.value if isinstance(value, Formula) else value


def _for_csv(value: Any) -> str:
    value = value.value if isinstance(value, Formula) else value
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.text
    return value.isoformat() if isinstance(value, dt.date) else str(value)
