"""Spreadsheet files as grids of cells, by calamine; what it hides is read from the file itself (FACTS A1, B7)."""

from __future__ import annotations

import io
import math
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from toolkit.files import beside_ods, beside_xls, beside_xlsb, beside_xlsx
from toolkit.files.beside import Beside, Look, Range, Unreadable
from toolkit.files.budgets import LONGEST_TEXT, MOST_CELLS, MOST_COLUMNS, MOST_MERGED, MOST_PLACES
from toolkit.model.sheet import ERROR_VALUES, NO_VALUE, Book, Cell, CellError, Refused, Sheet

LONGEST_NAME = 255  # of a sheet; Excel allows 31
_MAY_GROW = 10_000  # characters; composed anew, no text is three times as long
_NOT_A_NUMBER, _UNKNOWN = CellError("#NUM!"), CellError("#UNKNOWN!")

_LOOKS: Mapping[str, Callable[[bytes], Look]] = {
    "xlsx": beside_xlsx.look, "xlsb": beside_xlsb.look, "xls": beside_xls.look, "ods": beside_ods.look}
_BROKEN = (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, expat.ExpatError, struct.error, LookupError, ValueError, OSError, RuntimeError,
           EOFError, NotImplementedError)


def read(file: str, kind: str, data: bytes, digest: str, counted: Callable[[int], None] = lambda cells: None) -> Book | Refused:
    """A workbook's sheets. Anything the library says of a broken file becomes a refusal with a plain reason. `counted` is told the
    number of used cells before they are read."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        found = _LOOKS[kind](data)
        _judged(found)
        counted(sum(beside.cells for beside in found.sheets))
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(found.data))
        sheets = _sheets(workbook, found)
    except Unreadable as refused:
        return Refused(file, refused.code, refused.why, digest)
    except PasswordError:
        return Refused(file, "F202", "encrypted", digest)
    except (CalamineError, *_BROKEN):
        return Refused(file, "F203", "damaged", digest)
    except BaseException as panic:  # the library's own: a BaseException that it gives no name for
        if type(panic).__name__ != "PanicException":
            raise
        return Refused(file, "F203", "damaged", digest)
    return Book(file, kind, digest, sheets, found.macros, found.links)


def _judged(found: Look) -> None:
    """Unreadable where calamine would lose a sheet or take more memory than a workbook is worth."""
    names = [beside.name for beside in found.sheets]
    if not names:
        raise Unreadable("F203", "no_sheets")
    if any(len(name) > LONGEST_NAME for name in names):
        raise Unreadable("F203", "damaged")
    if len(set(names)) != len(names):
        raise Unreadable("F203", "sheet_twice")
    if sum(beside.places for beside in found.sheets) > MOST_PLACES or sum(beside.cells for beside in found.sheets) > MOST_CELLS:
        raise Unreadable("F204", "too_many_cells")
    if any(beside.wide > MOST_COLUMNS for beside in found.sheets):
        raise Unreadable("F204", "too_many_columns")
    if any(beside.ranges > MOST_MERGED for beside in found.sheets):
        raise Unreadable("F204", "too_many_merged")


def _sheets(workbook: Any, found: Look) -> tuple[Sheet, ...]:
    metadata = workbook.sheets_metadata
    if [about.name for about in metadata] != [beside.name for beside in found.sheets]:
        raise Unreadable("F203", "damaged")
    return tuple(_sheet(workbook, number, beside) for number, beside in enumerate(found.sheets))


def _sheet(workbook: Any, number: int, beside: Beside) -> Sheet:
    visibility = str(workbook.sheets_metadata[number].visible)
    sheet = workbook.get_sheet_by_index(number)
    start = sheet.start or (0, 0)
    rows, top, left = _laid(sheet.to_python(), start[0] + 1, start[1] + 1, beside.errors)
    told: dict[str, str] = {}  # a text that stands in many cells is kept once: a third of the memory of a long ledger
    for row in rows:
        for index, cell in enumerate(row):
            if cell.__class__ is str:
                row[index] = told.setdefault(cell, cell)
            elif cell.__class__ is float and not math.isfinite(cell):
                row[index] = _NOT_A_NUMBER
    for text in told:
        if len(text) > _MAY_GROW:
            fits(text)
    merged: tuple[Range, ...] | None = beside.merged
    if merged is None:
        merged = tuple((r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or [])
    return Sheet(beside.name, rows, top, left, visibility.endswith("Visible") and not visibility.endswith("VeryHidden"),
                 visibility.endswith("VeryHidden"), merged, beside.hidden_rows, beside.hidden_columns)


def fits(text: str) -> None:
    """Unreadable for a text that no cell can hold, as it stands or composed (NFC)."""
    if len(text) > LONGEST_TEXT or len(unicodedata.normalize("NFC", text)) > LONGEST_TEXT:
        raise Unreadable("F204", "long_text")


def _laid(rows: list[list[Cell]], top: int, left: int, errors: Mapping[tuple[int, int], CellError]) -> tuple[list[list[Cell]], int, int]:
    """The grid with the error cells in it, grown where they stand outside: calamine takes them for blanks."""
    errors = _telling(errors, range(top, top + len(rows)))
    if not errors:
        return rows, top, left
    first, last = min(row for row, _ in errors), max(row for row, _ in errors)
    start, end = min(column for _, column in errors), max(column for _, column in errors)
    if not rows:
        top, left = first, start
    width = len(rows[0]) if rows else 0
    before, after = max(0, left - start), max(0, end - (left + width - 1))
    if before or after:
        rows = [[*_blanks(before), *row, *_blanks(after)] for row in rows]
        left, width = left - before, before + width + after
    above, below = max(0, top - first), max(0, last - (top + len(rows) - 1))
    if above or below:
        rows = [*(_blanks(width) for _ in range(above)), *rows, *(_blanks(width) for _ in range(below))]
        top -= above
    for (row, column), error in errors.items():
        rows[row - top][column - left] = error if error.text in ERROR_VALUES or error == NO_VALUE else _UNKNOWN
    return rows, top, left


def _telling(errors: Mapping[tuple[int, int], CellError], filled: range) -> Mapping[tuple[int, int], CellError]:
    """All but formulas without a value that stand alone in their row, outside the rows with anything typed in them: the
    hints of rows that a template prepared."""
    outside = Counter(row for row, _ in errors if row not in filled)
    if not outside:
        return errors
    return {place: error for place, error in errors.items() if error != NO_VALUE or outside[place[0]] != 1}


def _blanks(count: int) -> list[Cell]:
    return [""] * count
