"""Sheets as a reader of files would hand them over, without any file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from toolkit.model.grid import Formula, Grid
from toolkit.model.sheet import NO_VALUE, Book, Cell, Sheet


def book_of(file: str, grids: Sequence[Grid], kind: str = "xlsx") -> Book:
    """A book with these sheets; its digest stands for the bytes it never had."""
    sheets = tuple(
        Sheet(grid.name, [[_stored(cell) for cell in row] for row in grid.rows], visible=not (grid.hidden or grid.very_hidden), very_hidden=grid.very_hidden,
              merged=tuple(grid.merged), hidden_rows=frozenset(grid.hidden_rows), hidden_columns=frozenset(grid.hidden_columns))
        for grid in grids)
    return Book(file, kind, hashlib.sha256(f"{file}|{grids!r}".encode()).hexdigest(), sheets)


def _stored(cell: Cell | Formula) -> Cell:
    """What a reader finds where a cell computes: the value stored with it."""
    if isinstance(cell, Formula):
        return NO_VALUE if cell.value is None else cell.value
    return cell
