"""Where one woman's record stands in a village's workbook: her row, her visits, and the words that must not be left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.model.sheet import Book, Cell, row_of, shift_of
from toolkit.schema import Pregnancies, Visits
from toolkit.schema.text import code_text, plain, typed
from toolkit.steps.locate import Located, sheets_of

#: Shorter words are found everywhere by chance.
SHORTEST = {"name": 2, "phone": 7}


@dataclass(frozen=True)
class Record:
    """`rows`: her Excel rows in 孕产妇台账 (more than one: the number is used twice); `by_sheet`: all rows to take out;
    `shared`: sheets laid out side by side, where a row holds others' records too and cannot be taken out."""

    rows: tuple[int, ...]
    by_sheet: Mapping[str, tuple[int, ...]]
    words: tuple[str, ...]  # number, name, phone
    shared: tuple[str, ...] = ()

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
    shared: tuple[str, ...] = ()
    words = {record}
    for sheet in (*located, *aside):
        if sheet.ledger not in (Pregnancies, Visits) or "record_id" not in sheet.columns:
            continue
        mine = tuple(place for place in sheet.rows if _code(_cell(sheet, place, "record_id")) == record)
        at = tuple(row_of(place) for place in mine)
        if mine:
            by_sheet[sheet.sheet.name] = (*by_sheet.get(sheet.sheet.name, ()), *at)
        if mine and len(sheet.shifts) > 1:
            shared += (sheet.sheet.name,)
        if sheet.ledger is Pregnancies:
            rows += at
            for place in mine:
                words |= {word for field, least in SHORTEST.items() if len(word := plain(typed(_cell(sheet, place, field)))) >= least}
    return Record(rows, by_sheet, tuple(sorted(words)), shared)


def _cell(sheet: Located, place: int, field: str) -> Cell:
    cells = sheet.sheet.rows[row_of(place) - sheet.sheet.top]
    at = sheet.columns.get(field, 0) - sheet.sheet.left + shift_of(place)
    return cells[at] if 0 <= at < len(cells) else None


def _code(cell: Cell) -> str:
    return code_text(typed(cell)).upper()
