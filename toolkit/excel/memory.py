"""A spreadsheet program in memory: what tests press buttons on, and the plain meaning of every method of a surface."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.excel.surface import Rows, SheetSurface, Unwilling, Value

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")


def place(cell: str) -> tuple[int, int]:
    """Row and column of `D12`: (12, 4)."""
    match = _CELL.fullmatch(cell)
    if match is None:
        raise ValueError(cell)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


@dataclass
class MemorySheet:
    """Cells, fills, notes and links of one sheet, by (row, column). `locked`: protected, so that no fill or note can change."""

    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    fills: dict[tuple[int, int], int] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    links: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    widths: tuple[float, ...] = ()
    locked: bool = False


@dataclass
class MemorySurface:
    """A workbook in memory."""

    sheets: dict[str, MemorySheet] = field(default_factory=dict)
    shown: str = ""

    def names(self) -> list[str]:
        return list(self.sheets)

    def read(self, sheet: str) -> Rows:
        cells = {at: value for at, value in self.sheets[sheet].cells.items() if value is not None}
        rows, columns = (max((at[axis] for at in cells), default=0) for axis in (0, 1))
        return [[cells.get((row, column)) for column in range(1, columns + 1)] for row in range(1, rows + 1)]

    def write(self, sheet: str, row: int, column: int, rows: Sequence[Sequence[Value]]) -> None:
        cells = self._changeable(sheet).cells
        if len({len(values) for values in rows}) > 1:
            raise ValueError("rows of different lengths")  # as xlwings has it
        for down, values in enumerate(rows):
            for across, value in enumerate(values):
                at = (row + down, column + across)
                cells.pop(at, None)
                if value is not None and value != "":
                    cells[at] = float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def link(self, sheet: str, row: int, column: int, target: tuple[str, str], text: str) -> None:
        self.write(sheet, row, column, [[text]])
        self.sheets[sheet].links[row, column] = target

    def fill(self, sheet: str, cell: str) -> int | None:
        return self.sheets[sheet].fills.get(place(cell))

    def paint(self, sheet: str, cell: str, colour: int | None) -> None:
        fills = self._changeable(sheet).fills
        fills.pop(place(cell), None)
        if colour is not None:
            fills[place(cell)] = colour

    def note(self, sheet: str, cell: str) -> str:
        return self.sheets[sheet].notes.get(place(cell), "")

    def annotate(self, sheet: str, cell: str, text: str) -> None:
        notes = self._changeable(sheet).notes
        notes.pop(place(cell), None)
        if text:
            notes[place(cell)] = text

    def ensure_sheet(self, sheet: str) -> bool:
        if sheet in self.sheets:
            return False
        self.sheets[sheet] = MemorySheet()
        return True

    def clear(self, sheet: str) -> None:
        found = self._changeable(sheet)
        found.cells.clear()
        found.links.clear()

    def widths(self, sheet: str, widths: Sequence[float]) -> None:
        self.sheets[sheet].widths = tuple(widths)

    def show(self, sheet: str) -> None:
        self.shown = sheet

    def put_back(self) -> None:
        """Nothing was opened: a locked sheet refuses here."""

    def _changeable(self, sheet: str) -> MemorySheet:
        found = self.sheets[sheet]
        if found.locked:
            raise Unwilling(sheet)
        return found


@dataclass
class MemoryDesk:
    """The program in memory: what is open, and everything it was asked to say or open, in order."""

    books: dict[Path, SheetSurface] = field(default_factory=dict)
    statuses: list[str | None] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)

    def book(self, path: Path) -> SheetSurface | None:
        return self.books.get(path)

    def status(self, text: str | None) -> None:
        self.statuses.append(text)

    def tell(self, text: str) -> None:
        self.said.append(text)

    def open(self, path: Path) -> None:
        self.opened.append(path)
