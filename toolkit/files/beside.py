"""What a spreadsheet file holds and calamine does not tell: the shape every `beside_…` module fills (FACTS A1, B7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.model.sheet import CellError

#: Error values as xls and xlsb store them.
ERROR_BYTES = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
               0x2B: "#GETTING_DATA", 0x2C: "#SPILL!", 0x2D: "#CONNECT!", 0x2E: "#BLOCKED!", 0x2F: "#UNKNOWN!", 0x30: "#FIELD!", 0x31: "#CALC!"}
Range = tuple[int, int, int, int]


class Unreadable(Exception):
    """The file is refused; `code` and `why` as in `Refused`."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(code, why)
        self.code, self.why = code, why


@dataclass(frozen=True)
class Beside:
    """One sheet. Rows and columns are Excel's numbers; `places`: rows x columns of the area in use, where that is known.

    `errors`: error values, and formulas without a stored value. `merged`: None where calamine tells it, `ranges`: how many
    there are. `cells`, `wide`: cells, and columns, with anything in them.
    """

    name: str
    errors: Mapping[tuple[int, int], CellError] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Range, ...] | None = None
    places: int = 0
    cells: int = 0
    wide: int = 0
    ranges: int = 0


@dataclass(frozen=True)
class Look:
    """One file: its sheets in calamine's order, what is passed by, and `data`: the file as calamine can read it."""

    sheets: tuple[Beside, ...]
    data: bytes
    macros: bool = False
    links: bool = False


def error_text(number: int) -> CellError:
    return CellError(ERROR_BYTES.get(number, "#UNKNOWN!"))


class Extent:
    """The area in use, grown cell by cell: places where `add` was told of any, cells and columns as told."""

    def __init__(self) -> None:
        self.top, self.left, self.bottom, self.right = 1 << 30, 1 << 30, -1, -1
        self.cells = 0
        self._spans: set[tuple[int, int]] = set()

    def add(self, row: int, first: int, last: int) -> None:
        if row < self.top: self.top = row
        if row > self.bottom: self.bottom = row
        if first < self.left: self.left = first
        if last > self.right: self.right = last
        self.cells += last - first + 1
        self._spans.add((first, last))

    @property
    def wide(self) -> int:
        """How many columns have anything in them."""
        count, reached = 0, -1
        for first, last in sorted(self._spans):
            count += max(0, last - max(first - 1, reached))
            reached = max(reached, last)
        return count

    @property
    def places(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1) if self.bottom >= 0 else 0
