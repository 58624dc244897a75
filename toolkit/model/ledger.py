"""A ledger is a class and its attributes are its columns; a table is the rows of many workbooks in one frame."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.model.sheet import Cell


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of one cell: its value (None: blank or unreadable), and what to say about it.

    `code`: an issue code or "" · `params`: what its sentence needs · `unread`: the text of a cell that could not
    be read ("" otherwise); such a value is unknown, not blank.
    """

    value: Any = None
    code: str = ""
    params: tuple[tuple[str, str], ...] = ()
    unread: str = ""


class Kind(Protocol):
    """How cells of a column are read and written. Implementations: `schema/kinds.py`."""

    @property
    def dtype(self) -> str:
        """Of the pandas column: "str", "Int64", "float64", "datetime64[s]"."""
        ...

    @property
    def numeric(self) -> bool:
        """Whether sheets show it as a right-aligned number."""
        ...

    def parse(self, value: Cell) -> Parsed:
        """One cell that is not blank."""
        ...

    def canonical(self, value: Any) -> str:
        """The JSON text of a value in digests (SPEC 6.3)."""
        ...

    def shown(self, value: Any) -> Any:
        """The value as written on a sheet: `1 可上门`, a date, a number, text."""
        ...


@dataclass(frozen=True)
class Column:
    """One column of a ledger.

    `required`: True, False, or a condition in words; conditions are rules of their own (C103 …).
    `asof`: a date that must not lie after the as-of day (G103). `group`: the header above it on sheets.
    `width`: in Excel's units. `hint`: the small line under the heading. `example`: as a clerk would type it.
    `private`: content never appears in a message. `personal`: tells about a person, in a ledger whose rows do not. `free`: free text, watched by K103-K105.
    `covered_by`: a rule of its own speaks when it is blank, so G101 stays silent.
    """

    heading: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    required: bool = False
    asof: bool = True
    group: str = ""
    width: float = 12
    hint: str = ""
    how: str = ""
    example: str = ""
    private: bool = False
    personal: bool = False
    free: bool = False
    covered_by: str = ""
    field: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "field", name)


class Ledger:
    """Base of the ledgers in `schema/`. Class attributes that are Columns become `columns`, in order."""

    id: ClassVar[str]
    sheet: ClassVar[str]
    aliases: ClassVar[tuple[str, ...]] = ()
    key: ClassVar[tuple[str, ...]] = ()  # fields that name a row in issue ids
    travels: ClassVar[bool] = True
    private: ClassVar[bool] = False  # part of the service book
    subject: ClassVar[str] = ""  # whom each row is about: "woman", "staff", "" nobody
    offices: ClassVar[tuple[str, ...]] = ()  # levels of units that fill it
    note: ClassVar[str] = ""  # one line above the table on the sheet
    columns: ClassVar[tuple[Column, ...]] = ()
    by_field: ClassVar[dict[str, Column]] = {}

    def __init_subclass__(cls) -> None:
        cls.columns = tuple(value for value in vars(cls).values() if isinstance(value, Column))
        cls.by_field = {column.field: column for column in cls.columns}


#: Columns every frame has beside the ledger's fields: index of its part, place where first written (an Excel row; of a
#: block further right see `model.sheet.RIGHT`), Excel row in
#: the merged file before the reader (0: none), and the unreadable cells of the row ({field: text} or None).
PART, ROW, HERE, UNKNOWN = "_part", "_row", "_here", "_unknown"


@dataclass(frozen=True)
class Table:
    """Rows of one ledger from any number of parts, as one frame: a typed column per field, then the four above."""

    ledger: type[Ledger]
    frame: pd.DataFrame

    def __len__(self) -> int:
        return len(self.frame)

    def where(self, mask: Any) -> Table:
        """The rows a boolean mask picks, index renewed."""
        return Table(self.ledger, self.frame[mask].reset_index(drop=True))

    def unknown(self, field: str) -> Any:
        """Boolean array: the cell could not be read."""
        import numpy as np

        found = np.zeros(len(self.frame), dtype=bool)
        found[[row for row, cells in self._unread if field in cells]] = True
        return found

    @functools.cached_property
    def _unread(self) -> list[tuple[int, dict[str, str]]]:
        """The rows with unreadable cells, which are few."""
        return [(row, cells) for row, cells in enumerate(self.frame[UNKNOWN].tolist()) if cells is not None]

    def renumbered(self, part: Callable[[int], int]) -> Table:
        """The same rows with other part numbers."""
        import numpy as np

        frame = self.frame.copy(deep=False)
        frame[PART] = np.array([part(number) for number in self.frame[PART].tolist()], dtype=np.int64)
        return Table(self.ledger, frame)


def empty_table(ledger: type[Ledger]) -> Table:
    return table_of(ledger, {}, [], [], [], [])


def table_of(
    ledger: type[Ledger],
    values: dict[str, list[Any]],
    parts: list[int],
    rows: list[int],
    here: list[int],
    unknown: list[dict[str, str] | None],
) -> Table:
    """One frame from lists of normalised values (None is missing); a field not given is missing throughout."""
    import pandas as pd

    size = len(parts)
    data: dict[str, Any] = {}
    for column in ledger.columns:
        dtype: Any = column.kind.dtype
        data[column.field] = pd.array(values.get(column.field) or [None] * size, dtype=dtype)
    data[PART] = pd.array(parts, dtype="int64")
    data[ROW] = pd.array(rows, dtype="int64")
    data[HERE] = pd.array(here, dtype="int64")
    cells: Any = pd.Series([None] * size, dtype=object)
    for position, cell in enumerate(unknown):
        if cell:
            cells.iat[position] = cell
    data[UNKNOWN] = cells
    return Table(ledger, pd.DataFrame(data))


def joined(ledger: type[Ledger], tables: Iterable[Table]) -> Table:
    """Many tables of one ledger under one another."""
    import pandas as pd

    frames = [table.frame for table in tables if len(table.frame)]
    if not frames:
        return empty_table(ledger)
    if len(frames) == 1:
        return Table(ledger, frames[0].reset_index(drop=True))
    return Table(ledger, pd.concat(frames, ignore_index=True))
