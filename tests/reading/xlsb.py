"""An .xlsb put together record by record (MS-XLSB): there is no writer of this format to be had."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Sequence
from typing import Any

from tests.reading.parts import RELS, zipped
from toolkit.model.grid import Grid
from toolkit.model.sheet import CellError

_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42, "#GETTING_DATA": 43, "#NEVER!": 99}
_DAY = 1  # style of dates
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def xlsb_bytes(grids: Sequence[Grid], from_1904: bool = False, kinds: Sequence[str] = ()) -> bytes:
    """A workbook with these sheets, none styled but for dates; `kinds`: of the sheets, where not all are worksheets."""
    kinds = kinds or ["worksheet"] * len(grids)
    listed = b"".join(_record(156, struct.pack("<II", 2 if grid.very_hidden else int(grid.hidden), at) + _text(f"rId{at}") + _text(grid.name))
                      for at, grid in enumerate(grids, start=1))
    workbook = (_record(131) + _record(153, struct.pack("<III", int(from_1904), 0, 0)) + _record(143) + listed + _record(144) + _record(132))
    relations = "".join(f'<Relationship Id="rId{at}" Type="{RELS}/{kind}" Target="{kind.lower()}s/sheet{at}.bin"/>' for at, kind in enumerate(kinds, start=1))
    formats = b"".join(_record(47, struct.pack("<HH12x", 0, number)) for number in (0, 14))
    return zipped({
        "[Content_Types].xml": b"<Types/>", "xl/workbook.bin": workbook,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'.encode(),
        "xl/styles.bin": _record(278) + _record(617, struct.pack("<I", 2)) + formats + _record(618) + _record(279),
        **{f"xl/{kind.lower()}s/sheet{at}.bin": _sheet(grid, from_1904) for at, (grid, kind) in enumerate(zip(grids, kinds, strict=True), start=1)}})


def _sheet(grid: Grid, from_1904: bool) -> bytes:
    width, rows = grid.width, grid.rows
    columns = b"".join(_record(60, struct.pack("<IIIIH", number - 1, number - 1, 2304, 0, 1)) for number in sorted(grid.hidden_columns))
    data = []
    for at, row in enumerate(rows):
        hidden = 0x10 if at + 1 in grid.hidden_rows else 0
        data.append(_record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, hidden, 0, 0)))
        data += [_cell(column, value, from_1904) for column, value in enumerate(row) if value is not None]
    merged = b"".join(_record(176, struct.pack("<IIII", top - 1, bottom - 1, left - 1, right - 1)) for top, left, bottom, right in grid.merged)
    return (_record(129) + _record(148, struct.pack("<IIII", 0, max(0, len(rows) - 1), 0, max(0, width - 1)))
            + (_record(390) + columns + _record(391) if columns else b"") + _record(145) + b"".join(data) + _record(146)
            + (_record(177, struct.pack("<I", len(grid.merged))) + merged + _record(178) if merged else b"") + _record(130))


def _cell(column: int, value: Any, from_1904: bool) -> bytes:
    head = struct.pack("<II", column, _DAY if isinstance(value, dt.date) else 0)
    if isinstance(value, CellError):
        return _record(3, head + bytes([_ERRORS[value.text]]))
    if isinstance(value, bool):
        return _record(4, head + bytes([value]))
    if isinstance(value, dt.date):
        value = (value - (dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30))).days
    if isinstance(value, (int, float)):
        return _record(5, head + struct.pack("<d", value))
    return _record(6, head + _text(str(value)))


def _text(text: str) -> bytes:
    wide = text.encode("utf-16-le")
    return struct.pack("<I", len(wide) // 2) + wide


def _record(number: int, data: bytes = b"") -> bytes:
    head = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    length = len(data)
    while length > 0x7F:
        head += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + bytes([length]) + data
