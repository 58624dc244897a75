"""What our buttons need of a spreadsheet program: small enough that a test can be one (FACTS D4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

#: What a cell holds. Text is text, whatever it begins with: nothing written here becomes a formula.
Value = str | float | bool | dt.datetime | None
Rows = list[list[Value]]


class Unwilling(Exception):
    """The program did not do what was asked: a protected sheet, a cell being edited, a dialog left open."""


class SheetSurface(Protocol):
    """One open workbook. Rows and columns count from 1, a cell is called as in Excel (`D12`), a colour is 0xRRGGBB.

    Every method may raise Unwilling. A sheet that does not exist may be named only to `ensure_sheet`.
    """

    def names(self) -> list[str]:
        """The sheets, in their order."""

    def read(self, sheet: str) -> Rows:
        """Every row from the first to the last used one, all equally long; [] for an empty sheet."""

    def write(self, sheet: str, row: int, column: int, rows: Sequence[Sequence[Value]]) -> None:
        """Put values there, all rows equally long; None and "" clear a cell. What is written is read back."""

    def link(self, sheet: str, row: int, column: int, target: tuple[str, str], text: str) -> None:
        """Put a text there that jumps to (sheet, cell) of the same workbook."""

    def fill(self, sheet: str, cell: str) -> int | None:
        """The cell's fill, None where it has none."""

    def paint(self, sheet: str, cell: str, colour: int | None) -> None:
        """Give the cell a fill, or take it away."""

    def note(self, sheet: str, cell: str) -> str:
        """The text of the cell's note, "" where it has none."""

    def annotate(self, sheet: str, cell: str, text: str) -> None:
        """Give the cell this note in place of any it has; "" takes it away."""

    def ensure_sheet(self, sheet: str) -> bool:
        """Add the sheet as the last one unless it is there; whether it was added."""

    def clear(self, sheet: str) -> None:
        """Empty all cells of a sheet."""

    def widths(self, sheet: str, widths: Sequence[float]) -> None:
        """Widths of the first columns, in Excel's units; 0 hides one."""

    def show(self, sheet: str) -> None:
        """Bring the sheet before the reader."""

    def put_back(self) -> None:
        """Protect again what had to be opened for marking; called once at the end."""


class Desk(Protocol):
    """The program itself. Every method may raise Unwilling."""

    def book(self, path: Path) -> SheetSurface | None:
        """The workbook of this file, where it is open."""

    def status(self, text: str | None) -> None:
        """Say this in the status bar; None gives the bar back."""

    def tell(self, text: str) -> None:
        """One message that the person closes."""

    def open(self, path: Path) -> None:
        """Open a file for the person: workbooks in the program, others as the system does."""
