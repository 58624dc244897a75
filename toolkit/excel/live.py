"""Excel itself, through xlwings' public names. Not yet opened in a real Excel: docs/wps.md and the release checklist say so."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from toolkit.excel.surface import Rows, SheetSurface, Unwilling, Value

IN_EXCEL = (".xlsx", ".xlsm", ".xlsb", ".xls")
#: What a refusal of Excel is called where it is raised: pywin32 on Windows, appscript on macOS.
_REFUSALS = ("com_error", "CommandError")
#: What a protected sheet still allows; put back as it was after marking.
_ALLOWANCES = ("AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns", "AllowInsertingRows",
               "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting", "AllowFiltering", "AllowUsingPivotTables")


@contextmanager
def _asking() -> Iterator[None]:
    """Excel's own refusals become Unwilling; anything else is a bug of ours and stays one."""
    try:
        yield
    except Exception as error:
        if type(error).__name__ in _REFUSALS:
            raise Unwilling(type(error).__name__) from error
        raise


def desk(path: Path) -> LiveDesk | None:
    """The running Excel that has this file open, else the active one; None where no Excel runs, or xlwings is not installed."""
    try:
        import xlwings
    except ImportError:
        return None
    with _asking():
        if xlwings.engines.active is None:
            return None
        apps = list(xlwings.apps)
        holding = [app for app in apps if any(_holds(book, path) for book in app.books)]
        app = holding[0] if holding else xlwings.apps.active if apps else None
    return LiveDesk(app) if app is not None else None


def _holds(book: Any, path: Path) -> bool:
    """Whether this open workbook is that file. One that lies in a cloud folder has no path here, which is no fault."""
    import xlwings

    if os.path.normcase(book.name) != os.path.normcase(path.name):
        return False
    try:
        there: str = book.fullname
    except xlwings.XlwingsError:
        return False
    return os.path.normcase(os.path.abspath(there)) == os.path.normcase(os.path.abspath(path))


class LiveDesk:
    """A running Excel."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def book(self, path: Path) -> SheetSurface | None:
        with _asking():
            found = next((book for book in self._app.books if _holds(book, path)), None)
        return LiveSurface(found) if found is not None else None

    def status(self, text: str | None) -> None:
        with _asking():
            self._app.status_bar = text if text is not None else False

    def tell(self, text: str) -> None:
        with _asking():
            self._app.alert(text, title="台账", mode="info")

    def open(self, path: Path) -> None:
        if path.suffix.lower() not in IN_EXCEL:
            webbrowser.open(path.absolute().as_uri())
            return
        with _asking():
            if all(os.path.normcase(book.name) != os.path.normcase(path.name) for book in self._app.books):  # Excel holds no two of one name
                self._app.books.open(str(path))


class LiveSurface:
    """A workbook open in Excel."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._opened: dict[str, Callable[[], None]] = {}

    def names(self) -> list[str]:
        with _asking():
            return [sheet.name for sheet in self._book.sheets]

    def read(self, sheet: str) -> Rows:
        with _asking():
            found = self._book.sheets[sheet]
            rows: Rows = found.range((1, 1), found.used_range.last_cell).options(ndim=2).value
        return [] if all(value is None for row in rows for value in row) else rows

    def write(self, sheet: str, row: int, column: int, rows: Sequence[Sequence[Value]]) -> None:
        with _asking():
            self._changeable(sheet).range((row, column)).options(ndim=2).value = [[_as_typed(value) for value in values] for values in rows]

    def link(self, sheet: str, row: int, column: int, target: tuple[str, str], text: str) -> None:
        name = target[0].replace("'", "''")
        shown = f"　{text}" if text[:1] in ("=", "+", "-", "@") else text  # else Excel would take it for a formula
        with _asking():
            self._changeable(sheet).range((row, column)).add_hyperlink(f"#'{name}'!{target[1]}", shown, text)

    def fill(self, sheet: str, cell: str) -> int | None:
        with _asking():
            colour = self._book.sheets[sheet].range(cell).color
        return None if colour is None else colour[0] << 16 | colour[1] << 8 | colour[2]

    def paint(self, sheet: str, cell: str, colour: int | None) -> None:
        with _asking():
            self._changeable(sheet).range(cell).color = None if colour is None else (colour >> 16, colour >> 8 & 0xFF, colour & 0xFF)

    def note(self, sheet: str, cell: str) -> str:
        with _asking():
            found = self._book.sheets[sheet].range(cell).note
            return str(found.text) if found is not None else ""

    def annotate(self, sheet: str, cell: str, text: str) -> None:
        with _asking():
            place = self._changeable(sheet).range(cell)
            if place.note is not None:
                place.note.delete()
            if text:
                place.add_note(text)

    def ensure_sheet(self, sheet: str) -> bool:
        if sheet in self.names():
            return False
        with _asking():
            self._book.sheets.add(sheet, after=self._book.sheets[-1])
        return True

    def clear(self, sheet: str) -> None:
        with _asking():
            self._changeable(sheet).clear_contents()

    def widths(self, sheet: str, widths: Sequence[float]) -> None:
        with _asking():
            for column, width in enumerate(widths, 1):
                self._changeable(sheet).range((1, column)).column_width = width

    def show(self, sheet: str) -> None:
        try:
            self._book.sheets[sheet].select()
        except Exception as error:  # xlwings raises a bare one where the program does not come to the front
            raise Unwilling(sheet) from error

    def put_back(self) -> None:
        opened, self._opened = self._opened, {}
        with _asking():
            for protect in opened.values():
                protect()

    def _changeable(self, sheet: str) -> Any:
        """The sheet; where it is protected without a password (as our templates are), opened until `put_back`. Windows only:
        elsewhere a protected sheet refuses, and its cells stand in the list alone."""
        found = self._book.sheets[sheet]
        if sys.platform == "win32" and sheet not in self._opened and found.api.ProtectContents:
            api = found.api
            kept: dict[str, Any] = {name: getattr(api.Protection, name) for name in _ALLOWANCES}
            kept |= {"DrawingObjects": api.ProtectDrawingObjects, "Contents": True, "Scenarios": api.ProtectScenarios}
            api.Unprotect("")
            self._opened[sheet] = lambda: api.Protect(**kept)
        return found


def _as_typed(value: Value) -> Value:
    """A text with the apostrophe that keeps Excel from reading it as a number, a date or a formula; the apostrophe is not read back."""
    return f"'{value}" if isinstance(value, str) and value else value
