"""Where one woman's record stands in a village's workbook: her row, her visits, and the words that must not be left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.model.sheet import Book, Cell
from toolkit.schema import Pregnancies, Visits
from toolkit.schema.text import code_text, plain, typed
from toolkit.steps.locate import Located, sheets_of

#: Shorter words are found everywhere by chance.
SHORTEST = {"name": 2, "phone": 7}


@dataclass(frozen=True)
class Record:
    """`rows`: her Excel rows in 孕产妇台账 (more than one: the number is used twice); `by_sheet`: all rows to take out."""

    rows: tuple[int, ...]
    by_sheet: Mapping[str, tuple[int, ...]]
    words: tuple[str, ...]  # number, name, phone

    def elsewhere(self, book: Book) -> Iterator[tuple[str, int, int]]:
        """Cells of a workbook that hold one of the words: sheet, Excel row, column."""
        for sheet in book.sheets:
            for offset, row in enumerate(sheet.rows):
                for index, cell in enumerate(row):
                    if isinstance(cell, (str, float, int)) and any(word in plain(typed(cell)) for word in self.words):
                        yield sheet.name, sheet.top + offset, sheet.left + index


def found(book: Book, record: str) -> Record:
    """The record of that number, in upper case without spaces."""
    located, aside, _ = sheets_of(book)
    by_sheet: dict[str, tuple[int, ...]] = {}
    rows: tuple[int, ...] = ()
    words = {record}
    for sheet in (*located, *aside):
        if sheet.ledger not in (Pregnancies, Visits) or "record_id" not in sheet.columns:
            continue
        mine = tuple(row for row in sheet.rows if _code(_cell(sheet, row, "record_id")) == record)
        if mine:
            by_sheet[sheet.sheet.name] = (*by_sheet.get(sheet.sheet.name, ()), *mine)
        if sheet.ledger is Pregnancies:
            rows += mine
            for row in mine:
                words |= {word for field, least in SHORTEST.items() if len(word := plain(typed(_cell(sheet, row, field)))) >= least}
    return Record(rows, by_sheet, tuple(sorted(words)))


def _cell(sheet: Located, row: int, field: str) -> Cell:
    cells = sheet.sheet.rows[row - sheet.sheet.top]
    at = sheet.columns.get(field, 0) - sheet.sheet.left
    return cells[at] if 0 <= at < len(cells) else None


def _code(cell: Cell) -> str:
    return code_text(typed(cell)).upper()
