"""A workbook file as it would stand open before the reader: its cells, fills and notes on a surface in memory."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

from toolkit.excel.memory import MemorySheet, MemorySurface


def opened(path: Path) -> MemorySurface:
    book = openpyxl.load_workbook(path)
    surface = MemorySurface()
    for sheet in book.worksheets:
        found = surface.sheets[sheet.title] = MemorySheet()
        for row in sheet.iter_rows():
            for cell in row:
                at = (cell.row, cell.column)
                if cell.value is not None:
                    found.cells[at] = cell.value if isinstance(cell.value, (str, float, bool, dt.datetime)) else float(cell.value)
                if cell.fill.fill_type == "solid" and isinstance(cell.fill.fgColor.rgb, str):
                    found.fills[at] = int(cell.fill.fgColor.rgb[2:], 16)
                if cell.comment:
                    found.notes[at] = cell.comment.text
    book.close()
    return surface
