"""A sheet to be written as an office would have typed it: plain cells, merges and hidden parts, no styles.

`model.sheet.Sheet` is what a reader found; a Grid is what a clerk made. The fictional county's mess (steps) is done on
grids, and `files/legacy.py` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

#: What a row is, for those who made it: kinds[i] belongs to rows[i].
TITLE, LABEL, HEAD, DATA, BLANK, TOTAL, NOTE, SAMPLE = "title", "label", "head", "data", "blank", "total", "note", "sample"


@dataclass(frozen=True)
class Formula:
    """A cell that computes: its text, and the value stored with it (None: none was)."""

    text: str
    value: Any


@dataclass
class Grid:
    """One sheet as it will be written; rows and columns of `merged` and `hidden_*` count from 1, as Excel's do.

    `ledger`: id of its ledger, "cover" or "" (nothing of ours). `fields[j]`: the field in column j, "" for none.
    """

    name: str
    rows: list[list[Any]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, first column, last row, last column
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    very_hidden: bool = False
    ledger: str = ""
    kinds: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    # What a spreadsheet program adds to cells, done last: positions do not move with rows put in.
    coloured: set[tuple[int, int]] = field(default_factory=set)  # Excel row, column
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    lists: dict[int, tuple[str, ...]] = field(default_factory=dict)  # Excel column -> what its drop-down offers
    frozen: int = 0  # rows that stay when scrolling
    filtered: int = 0  # Excel row of the header with filter buttons

    def copy(self) -> Grid:
        """The same sheet, free to be changed."""
        return Grid(self.name, [list(row) for row in self.rows], list(self.merged), set(self.hidden_rows), set(self.hidden_columns),
                    self.hidden, self.very_hidden, self.ledger, list(self.kinds), list(self.fields), set(self.coloured), dict(self.comments),
                    dict(self.lists), self.frozen, self.filtered)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def of_kind(self, kind: str) -> list[int]:
        """Positions in `rows` (from 0) of the rows of one kind."""
        return [position for position, found in enumerate(self.kinds) if found == kind]

    def insert_row(self, position: int, cells: list[Any], kind: str) -> None:
        """Put a row before `rows[position]`; merges and hidden rows below move down."""
        self.rows.insert(position, cells + [None] * (self.width - len(cells)))
        self.kinds.insert(position, kind)
        number = position + 1
        self.merged = [(top + (top >= number), left, bottom + (bottom >= number), right) for top, left, bottom, right in self.merged]
        self.hidden_rows = {row + (row >= number) for row in self.hidden_rows}

    def insert_column(self, position: int, cells: list[Any], name: str) -> None:
        """Put a column before column `position` (from 0), one cell for each row."""
        for row, cell in zip(self.rows, cells, strict=True):
            row.insert(position, cell)
        self.fields.insert(position, name)
        number = position + 1
        self.merged = [(top, left + (left >= number), bottom, right + (right >= number)) for top, left, bottom, right in self.merged]
        self.hidden_columns = {column + (column >= number) for column in self.hidden_columns}
