"""The laws of a surface: what is written is read back, a fill and a note are what was last given, text never becomes anything else."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from hypothesis import given
from hypothesis import strategies as some

from toolkit.excel.memory import MemorySheet, MemorySurface, place
from toolkit.excel.surface import SheetSurface, Unwilling, Value

VALUES = some.one_of(some.none(), some.booleans(), some.integers(-10**9, 10**9).map(float), some.text(string.printable + "中＝'", min_size=1, max_size=8),
                     some.sampled_from(["=1+1", "+1", "-", "@a", "'x", "012", "2025-09-01", "是"]),
                     some.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2050, 1, 1)))
CELLS = some.builds(lambda column, row: f"{column}{row}", some.sampled_from(["A", "C", "AA"]), some.integers(1, 5))
COLOURS = some.one_of(some.none(), some.integers(0, 0xFFFFFF))


def surface() -> SheetSurface:
    return MemorySurface({"数据": MemorySheet()})


@given(some.integers(1, 4), some.integers(1, 4), some.integers(1, 3).flatmap(
    lambda width: some.lists(some.lists(VALUES, min_size=width, max_size=width), min_size=1, max_size=3)))
def test_what_is_written_is_read_back(row: int, column: int, rows: list[list[Value]]) -> None:
    book = surface()
    book.write("数据", row, column, rows)
    read = book.read("数据")
    back = [[(read[row - 1 + down][column - 1 + across] if row - 1 + down < len(read) and column - 1 + across < len(read[0]) else None)
             for across in range(len(values))] for down, values in enumerate(rows)]
    assert back == rows
    assert len({len(values) for values in read}) <= 1
    book.clear("数据")
    assert book.read("数据") == []


@given(some.lists(some.tuples(CELLS, COLOURS, some.sampled_from(["", "一", "一\n二"])), max_size=12))
def test_the_last_fill_and_note_stand(steps: list[tuple[str, int | None, str]]) -> None:
    book = surface()
    for cell, colour, text in steps:
        book.paint("数据", cell, colour)
        book.annotate("数据", cell, text)
    last = {cell: (colour, text) for cell, colour, text in steps}
    assert {cell: (book.fill("数据", cell), book.note("数据", cell)) for cell in last} == last
    assert book.read("数据") == []


def test_sheets_are_added_at_the_end_once() -> None:
    book = surface()
    assert [book.ensure_sheet("问题清单"), book.ensure_sheet("问题清单"), book.names()] == [True, False, ["数据", "问题清单"]]


def test_a_link_is_read_as_its_text() -> None:
    book = surface()
    book.link("数据", 2, 1, ("封面", "B3"), "封面　B3")
    assert book.read("数据") == [[None], ["封面　B3"]]


def test_a_protected_sheet_refuses() -> None:
    book = MemorySurface({"数据": MemorySheet(locked=True)})
    for act in (lambda: book.paint("数据", "A1", 0), lambda: book.annotate("数据", "A1", "x"), lambda: book.write("数据", 1, 1, [["x"]])):
        with pytest.raises(Unwilling):
            act()


def test_places() -> None:
    assert [place(cell) for cell in ("A1", "Z9", "AA10", "XFD1048576")] == [(1, 1), (9, 26), (10, 27), (1048576, 16384)]
