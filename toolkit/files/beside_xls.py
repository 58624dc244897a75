"""Beside an .xls: one walk over the records of Excel 5 to 2003 (MS-XLS), inside a compound file."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from toolkit.files.beside import Beside, Extent, Look, Unreadable, error_text
from toolkit.files.compound import open_compound
from toolkit.model.sheet import NO_VALUE, CellError

_MERGED = 0xE5
_BOF, _EOF, _FILEPASS, _CODEPAGE, _BOUNDSHEET, _VBA, _SUPBOOK = 0x0809, 0x0A, 0x2F, 0x42, 0x85, 0xD3, 0x01AE
_PAGES = {936: "gb18030", 10000: "mac_roman", 32768: "mac_roman", 32769: "cp1252"}
_ROW, _COLINFO, _BOOLERR, _FORMULA, _MULRK = 0x0208, 0x7D, 0x0205, 0x06, 0xBD
_ONE_CELL = frozenset((0x0203, 0x027E, 0xFD, 0x0204, 0xD6, _BOOLERR, _FORMULA))  # number, rk, text, label, rich label, boolean or error, formula
_WORKSHEET, _MACRO_SHEET = 0, 1
_MOST_COLUMNS = 256
_NOT_CALCULATED = 0x3  # always calculate, calculate on opening: nothing was stored yet


def look(data: bytes) -> Look:
    """Every sheet of the workbook; ValueError or struct.error where the file is not whole."""
    book = open_compound(data).stream("workbook", "book")  # Excel 97 and later; Excel 5 and 95
    if book is None:
        raise Unreadable("F201", "unknown")
    names: list[tuple[int, int, str]] = []
    macros = links = False
    wide, page = True, "gb18030"
    for number, start, length in _records(book, 0):
        if number == _BOF:
            wide = length >= 8 and book[start:start + 2] == b"\x00\x06"
        elif number == _FILEPASS:
            raise Unreadable("F202", "encrypted")
        elif number == _BOUNDSHEET:
            names.append((struct.unpack_from("<I", book, start)[0], book[start + 5], _name(book[start + 6:start + length], "" if wide else page)))
        elif number == _CODEPAGE:
            page = _PAGES.get(struct.unpack_from("<H", book, start)[0], f"cp{struct.unpack_from('<H', book, start)[0]}")
        elif number == _VBA:
            macros = True
        elif number == _SUPBOOK:
            links = links or length > 4  # shorter ones name this workbook itself or an add-in
    return Look(tuple(_sheet(book, at, name) if kind == _WORKSHEET else Beside(name) for at, kind, name in names), data,
                macros or any(kind == _MACRO_SHEET for _, kind, _ in names), links)


def _name(raw: bytes, page: str) -> str:
    """A sheet's name; `page`: the encoding of Excel 5 and 95, "" for later ones."""
    count = raw[0]
    if page:
        return raw[1:1 + count].decode(page, "replace")
    return raw[2:2 + 2 * count].decode("utf-16-le") if raw[1] & 1 else raw[2:2 + count].decode("latin-1")


def _sheet(book: bytes, at: int, name: str) -> Beside:
    errors: dict[tuple[int, int], CellError] = {}
    rows: set[int] = set()
    columns: set[int] = set()
    extent, merged = Extent(), 0
    for number, start, length in _records(book, at):
        if number in _ONE_CELL:
            row, column = struct.unpack_from("<HH", book, start)
            extent.add(row, column, column)
            if number == _BOOLERR and book[start + 7]:
                errors[row + 1, column + 1] = error_text(book[start + 6])
            elif number == _FORMULA and book[start + 12:start + 14] == b"\xff\xff":
                if book[start + 6] == 2:
                    errors[row + 1, column + 1] = error_text(book[start + 8])
                elif book[start + 6] == 3 and book[start + 14] & 3 == _NOT_CALCULATED:
                    errors[row + 1, column + 1] = NO_VALUE
        elif number == _MULRK:
            row, first = struct.unpack_from("<HH", book, start)
            extent.add(row, first, struct.unpack_from("<H", book, start + length - 2)[0])
        elif number == _MERGED:
            merged += struct.unpack_from("<H", book, start)[0]
        elif number == _ROW and book[start + 12] & 0x20:
            rows.add(struct.unpack_from("<H", book, start)[0] + 1)
        elif number == _COLINFO and book[start + 8] & 1:
            first, last = struct.unpack_from("<HH", book, start)
            columns.update(range(first + 1, min(last, _MOST_COLUMNS) + 2))
    return Beside(name, errors, frozenset(row for row in rows if row <= extent.bottom + 1),
                  frozenset(column for column in columns if column <= extent.right + 1), None, extent.places, extent.cells, extent.wide, merged)


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """(record number, start and length of its data) from one BOF to its EOF; charts nested inside are passed over."""
    depth, end = 0, len(book)
    while at + 4 <= end:
        number, length = struct.unpack_from("<HH", book, at)
        start = at + 4
        at = start + length
        if at > end:
            return
        if number == _BOF:
            depth += 1
        if depth == 1:
            yield number, start, length
        if number == _EOF:
            depth -= 1
            if depth <= 0:
                return
