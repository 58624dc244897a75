"""Tables of a finished report as counts bound together by sums: what a reader sees, without asking who made them.

A table is a row of totals (合计) and the rows beside it with a figure in the same columns; several may stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.model.outgoing import Grid
from toolkit.model.recompute import Range, Sum
from toolkit.model.sheet import Cell
from toolkit.steps import headers

#: Row and column of the grid from 0, and which of the numbers of a cell: "n", or "d" of n/N.
Place = tuple[int, int, str]
_TOTAL = re.compile(r"^\w{0,12}(?:合计|总计|小计|共计)$")
_WHOLE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3}){1,5}|\d{1,18}")
_PAIR = re.compile(r"(\d{1,18})/(\d{1,18})")
_BELOW = re.compile(r"[<＜](\d{1,18})")
_NO_COUNT = re.compile(r"(?:率|比|％|%)$")
_DASH = frozenset(("—", "－", "-", "–", "——"))
_HEAD_ROWS = 4  # rows above a table in which its headings stand
RATE_MIN = 10  # below this many a rate of ours is shown as —
SMALL = 5
_PARTS_OF_BIRTHS = ("男", "女")
_WHOLE_BIRTHS = ("合计", "活产", "活产数", "活产合计", "出生", "出生数")


@dataclass(frozen=True)
class Column:
    """`heading`: what stands above it, the group first; `pair`: its cells are n/N."""

    at: int
    heading: str
    pair: bool


@dataclass(frozen=True)
class Table:
    """`rows`: those that add up, `total`: the row they add up to, all counted from 0 in the grid; `left`, `right`: its columns, right one past."""

    rows: tuple[int, ...]
    total: int
    left: int
    right: int
    columns: tuple[Column, ...]
    label: str = ""
    caption: str = ""
    ranges: dict[Place, Range] = field(default_factory=dict)


def shown(cell: Cell) -> str | int | tuple[int, int]:
    """A count, the two numbers of a share, or the text of anything else ("" blank)."""
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, int):
        return cell if cell >= 0 else str(cell)
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and cell >= 0 else str(cell)
    if not isinstance(cell, str):
        return str(cell)
    text = cell.strip()
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text.replace(",", ""))
    pair = _PAIR.fullmatch(text)
    return (int(pair[1]), int(pair[2])) if pair else text


def is_hidden(value: object) -> bool:
    """Whether a text stands for a count that is hidden: `<5`, `＊`."""
    return isinstance(value, str) and (value in ("＊", "*") or _BELOW.fullmatch(value) is not None)


def tables(grid: Grid) -> Iterator[Table]:
    """Every table of a grid that has totals."""
    values = [[shown(cell) for cell in row] for row in grid.rows]
    for at, row in enumerate(values):
        for left, value in enumerate(row):
            if isinstance(value, str) and _TOTAL.match(re.sub(r"\s", "", value)):
                found = _table(values, at, left)
                if found is not None:
                    yield found


Values = Sequence[Sequence["str | int | tuple[int, int]"]]


def _table(values: Values, total: int, left: int) -> Table | None:
    right = left + 1
    while right < len(values[total]) and not _is_label(values[total][right]):
        right += 1
    above, below = _beside(values, total, left, right, -1), _beside(values, total, left, right, 1)
    rows = above or below
    if not rows:
        return None
    first = min(*rows, total)
    columns = []
    for at in range(left + 1, right):
        cells = [_at(values, row, at) for row in (*rows, total)]
        pair = any(isinstance(cell, tuple) for cell in cells)
        heading = _heading(values, first, left, at)
        counted = any(isinstance(cell, int | tuple) or is_hidden(cell) for cell in cells) and not any(_is_label(cell) for cell in cells)
        if counted and not _NO_COUNT.search(heading):
            columns.append(Column(at, heading, pair))
    label = str(values[total][left])
    rows = [row for row in rows if not _stands_apart(values, row, columns)]
    found = Table(tuple(rows), total, left, right, tuple(columns), label, _caption(values, first, left))
    for row in (*found.rows, total):
        for column in found.columns:
            found.ranges.update(_ranges(_at(values, row, column.at), row, column))
    return found if found.columns and found.rows else None


def _beside(values: Values, total: int, left: int, right: int, step: int) -> list[int]:
    """Rows next to the totals, as far as they have a label and a figure."""
    rows: list[int] = []
    at = total + step
    while 0 <= at < len(values):
        label = next((value for value in (_at(values, at, left), _at(values, at, left + 1)) if value != ""), "")
        figures = any(isinstance(_at(values, at, column), int | tuple) or is_hidden(_at(values, at, column)) or _at(values, at, column) in _DASH
                      for column in range(left + 1, right))
        if label == "" or not figures or (isinstance(label, str) and _TOTAL.match(re.sub(r"\s", "", label))):
            break
        rows.append(at)
        at += step
    return sorted(rows)


def _at(values: Values, row: int, column: int) -> str | int | tuple[int, int]:
    return values[row][column] if column < len(values[row]) else ""


def _is_label(value: object) -> bool:
    """A text that is no figure, no sign and no percentage."""
    return isinstance(value, str) and value != "" and not is_hidden(value) and value not in _DASH and re.search(r"[^\d.,%％\s]", value) is not None


def _stands_apart(values: Values, row: int, columns: Sequence[Column]) -> bool:
    """A line to which the counts do not apply: an office's own, with — in place of counts."""
    counts = [_at(values, row, column.at) for column in columns if not column.pair]
    return any(cell in _DASH for cell in counts) and not any(is_hidden(cell) for cell in counts)


def _heading(values: Values, first: int, left: int, column: int) -> str:
    """The texts above a column, uppermost first; a merged group is told by its first column."""
    found: list[str] = []
    for row in range(first - 1, max(-1, first - 1 - _HEAD_ROWS), -1):
        text = _at(values, row, column)
        at = column
        while found and text == "" and at > left:
            at -= 1
            text = _at(values, row, at)
        if text == "" or not isinstance(text, str):
            break
        found.append(headers.key(text))
        if len(found) == 2:
            break
    return " ".join(reversed(found))


def _caption(values: Values, first: int, left: int) -> str:
    return " ".join(text for row in range(max(0, first - _HEAD_ROWS), first) if isinstance(text := _at(values, row, left), str))


def _ranges(value: str | int | tuple[int, int], row: int, column: Column) -> dict[Place, Range]:
    n, d = (row, column.at, "n"), (row, column.at, "d")
    if isinstance(value, int):
        return {n: (value, value)}
    if isinstance(value, tuple):
        return {n: (value[0], value[0]), d: (value[1], value[1])}
    below = _BELOW.fullmatch(value)
    if column.pair:
        if value in _DASH:
            return {n: (0, RATE_MIN - 1), d: (0, RATE_MIN - 1)}
        return {n: (0, None), d: (RATE_MIN, None) if is_hidden(value) else (0, None)}
    if below:
        return {n: (0, int(below[1]) - 1)}
    return {n: (SMALL, None) if is_hidden(value) else (0, None)}


def sums_of(table: Table) -> list[list[Sum]]:
    """What a reader may add up, in groups that hold or fail together: each column, and men and women of the births."""
    groups: list[list[Sum]] = []
    for column in table.columns:
        for number in ("n", "d") if column.pair else ("n",):
            parts = tuple((row, column.at, number) for row in table.rows)
            if all(part in table.ranges for part in parts) and (table.total, column.at, number) in table.ranges:
                groups.append([Sum((table.total, column.at, number), parts)])
    by_name = {column.heading.split(" ")[-1]: column for column in table.columns if not column.pair}
    whole = next((by_name[name] for name in _WHOLE_BIRTHS if name in by_name), None)
    if whole is not None and all(name in by_name for name in _PARTS_OF_BIRTHS):
        of = [by_name[name] for name in (*_PARTS_OF_BIRTHS, "未说明") if name in by_name]
        groups.append([Sum((row, whole.at, "n"), tuple((row, column.at, "n") for column in of)) for row in (*table.rows, table.total)])
    return groups
