"""A grid of cells as a file holds it: the seam between the formats and the steps."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class CellError:
    """A cell that holds an error value (`#DIV/0!`), or a formula without a stored value (`#G107!`)."""

    text: str


#: What a cell can hold; "" and None are blank.
Cell = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | CellError | None

TOO_LONG = "#G112!"  # stands for a text longer than a record may hold
NO_VALUE = CellError("#G107!")  # a formula whose result was never stored

#: Error values of spreadsheet programs; any other is read as `#UNKNOWN!`.
ERROR_VALUES = frozenset(
    "#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #SPILL! #CALC! #FIELD! #BUSY! #GETTING_DATA #CONNECT! #BLOCKED! #UNKNOWN!".split())

#: Texts that stand for "there was something here that cannot or must not be read". Ours keep a cell unknown through
#: any number of files; `#K103!` … name the rule that set the content aside.
UNKNOWN_TEXTS = ERROR_VALUES | {NO_VALUE.text, TOO_LONG, "#K103!", "#K104!", "#K105!"}


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows[i][j]` is the cell in Excel row `top + i`, column `left + j` (both count from 1)."""

    name: str
    rows: list[list[Cell]] = field(repr=False)
    top: int = 1
    left: int = 1
    visible: bool = True
    very_hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column; Excel's numbers
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Book:
    """A file as read: base name, what it truly is, digest of its bytes, its sheets, and what was found beside them."""

    file: str
    kind: str
    sha256: str
    sheets: tuple[Sheet, ...]
    has_macros: bool = False
    has_links: bool = False


@dataclass(frozen=True)
class Refused:
    """A whole file that was not read: F201-F207, F107, F110."""

    file: str
    code: str
    why: str = ""  # a key of the reason, shown in words at the rim
    sha256: str = ""


#: Where a record stands on its sheet, in one number: its Excel row, plus RIGHT for each column that its block stands right of
#: the first one where a table is laid out in blocks side by side. Excel has 2**20 rows.
RIGHT = 1 << 21


def row_of(place: int) -> int:
    """The Excel row of a place."""
    return place % RIGHT


def shift_of(place: int) -> int:
    """How many columns a place's block stands right of the first one."""
    return place // RIGHT


def shifted(letters: str, place: int) -> str:
    """The column of a place for the first block's column `letters` ("" stays "")."""
    return column_letter(column_number(letters) + place // RIGHT) if letters and place >= RIGHT else letters


def place_text(place: int) -> int | str:
    """A place as a merged workbook shows it: 12, or `12+7列` in a block seven columns right of the first."""
    return place if place < RIGHT else f"{place % RIGHT}+{place // RIGHT}列"


def place_of(text: str) -> int:
    """The place `place_text` wrote; 0 where it is none."""
    match = re.fullmatch(r"(\d{1,7})(?:\.0)?(?:\+(\d{1,5})列)?", text.strip())
    return int(match[1]) + RIGHT * int(match[2] or 0) if match else 0


def column_letter(number: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A -> 1, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
