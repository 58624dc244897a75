"""Beside an .xlsb: one walk over the binary records of each sheet part (MS-XLSB)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from toolkit.files.beside import Beside, Extent, Look, Range, Unreadable, error_text
from toolkit.files.unpacked import Unpacked
from toolkit.model.sheet import CellError

_ROW, _ERROR, _FORMULA_ERROR, _COLUMN, _MERGED, _SHEET = 0, 3, 11, 60, 176, 156
_KNOWN_ERRORS = frozenset((0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A, 0x2B))  # to calamine
_CELLS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62))  # all but blank ones
_MOST_COLUMNS = 16_384
WORKBOOK = "xl/workbook.bin"


def look(data: bytes) -> Look:
    """Every worksheet. Chart and macro sheets and newer error values, which calamine cannot load, are not in the copy it gets."""
    package = Unpacked(data)
    workbook = package.document or WORKBOOK
    book = package.read(workbook)
    targets = package.targets(workbook)
    sheets: list[Beside] = []
    kept: list[bytes] = []
    changed: dict[str, bytes] = {}
    macros = package.has_macros
    for number, start, end, raw in _records(book):
        if number == _SHEET:
            relation, at = _text(book, start + 8)
            name, _ = _text(book, at)
            member, kind = targets.get(relation, ("", ""))
            if not member:
                raise Unreadable("F203", "damaged")
            if kind != "worksheet":
                macros = macros or "macro" in kind.lower()
                continue
            before = package.read(member)
            part = bytearray(before)
            sheets.append(_sheet(name, part))
            if part != before:
                changed[member] = bytes(part)
        kept.append(book[raw:end])
    whole = b"".join(kept)
    if whole != book:
        changed[workbook] = whole
    return Look(tuple(sheets), package.with_parts(changed) if changed else data, macros, package.has_links)


def _sheet(name: str, part: bytearray) -> Beside:
    """One sheet part, in which error values that calamine refuses the sheet for become #N/A."""
    errors: dict[tuple[int, int], CellError] = {}
    rows: set[int] = set()
    columns: set[int] = set()
    merged: list[Range] = []
    extent = Extent()
    row = 0
    for number, start, end, _ in _records(part):
        if number == _ROW:
            row, = struct.unpack_from("<I", part, start)
            if end - start > 11 and part[start + 11] & 0x10:
                rows.add(row + 1)
        elif number in _CELLS:
            column, = struct.unpack_from("<I", part, start)
            extent.add(row, column, column)
            if number in (_ERROR, _FORMULA_ERROR):
                errors[row + 1, column + 1] = error_text(part[start + 8])
                if part[start + 8] not in _KNOWN_ERRORS:
                    part[start + 8] = 0x2A
        elif number == _COLUMN and struct.unpack_from("<H", part, start + 16)[0] & 1:
            first, last = struct.unpack_from("<II", part, start)
            columns.update(range(first + 1, min(last, _MOST_COLUMNS) + 2))
        elif number == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", part, start)
            merged.append((top + 1, left + 1, bottom + 1, right + 1))
    return Beside(name, errors, frozenset(row for row in rows if row <= extent.bottom + 1),
                  frozenset(column for column in columns if column <= extent.right + 1), tuple(merged), extent.places, extent.cells, extent.wide,
                  len(merged))


def _text(part: bytes, at: int) -> tuple[str, int]:
    count, = struct.unpack_from("<I", part, at)
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(part):
        raise ValueError("text beyond the part")
    return part[at + 4:end].decode("utf-16-le", "replace"), end


def _records(part: bytes | bytearray) -> Iterator[tuple[int, int, int, int]]:
    """(record number, start and end of its data, start of the record); numbers and lengths take as many bytes as they need."""
    at, end = 0, len(part)
    while at < end:
        raw = at
        number = part[at]
        at += 1
        if number & 0x80:
            number = number & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while True:
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        if at + length > end:
            raise ValueError("record beyond the part")
        yield number, at, at + length, raw
        at += length
