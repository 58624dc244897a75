"""What clerks do to headings and columns: words, brackets, stars, order, columns of their own. Values stay.

The numbers are those of the mess catalogue, FACTS A3.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from toolkit.model.grid import DATA, HEAD, Grid
from toolkit.model.ledger import Column
from toolkit.schema import SERIAL
from toolkit.schema.kinds import Count, Money
from toolkit.steps.mess_sheets import Habit, column_of, copies, tables

_MOST_COLUMNS_TWICE = 12

# ------------------------------------------------------------------------------------------------------- headings


def header_line_breaks(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A line break inside long headings (14)."""
    return _headed(sheets, lambda column, text: f"{text[: len(text) // 2]}\n{text[len(text) // 2 :]}" if len(text) >= 4 else text)


def star_in_header(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A star at headings that must be filled."""
    star = rng.choice(("*{}", "{}*", "＊{}"))
    return _headed(sheets, lambda column, text: star.format(text) if column.required else text)


def unit_in_header_brackets(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The unit of a number in wide brackets behind its heading (24)."""

    def change(column: Column, text: str) -> str:
        if not isinstance(column.kind, Count):
            return text
        return text.replace("(元)", "（元）") if "(" in text else f"{text}（{'元' if isinstance(column.kind, Money) else '人'}）"

    return _headed(sheets, change)


def spaces_in_header(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Spaces inside short headings (29)."""
    gap = rng.choice((" ", "  ", "　"))
    return _headed(sheets, lambda column, text: gap.join(text) if len(text) <= 3 else text)


def alias_headers(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Another usual word for a column."""

    def change(column: Column, text: str) -> str:
        return rng.choice(column.aliases) if column.aliases and rng.random() < 0.6 else text

    return _headed(sheets, change)


def merged_group_header(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A second heading row above, merged over each group of columns (11, 18)."""
    out = copies(sheets)
    for grid in tables(out):
        groups = [column_of(grid, name).group if name else "" for name in grid.fields]
        at = grid.of_kind(HEAD)[0]
        grid.insert_row(at, [""] * len(groups), HEAD)
        start = 0
        for index in range(1, len(groups) + 1):
            if index == len(groups) or groups[index] != groups[start]:
                grid.rows[at][start] = groups[start] or None
                if index - start > 1 and groups[start]:
                    grid.merged.append((at + 1, start + 1, at + 1, index))
                start = index
    return out


# -------------------------------------------------------------------------------------------------------- columns


def reordered_columns(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Columns in another order."""
    out = copies(sheets)
    for grid in tables(out):
        order = list(range(len(grid.fields)))
        while order == sorted(order):
            rng.shuffle(order)
        grid.rows = [[row[index] for index in order] for row in grid.rows]
        grid.fields = [grid.fields[index] for index in order]
    return out


def side_by_side_blocks(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A short table laid out twice side by side to save paper, the same heading twice (22)."""
    out = copies(sheets)
    for grid in tables(out):
        data, width = grid.of_kind(DATA), len(grid.fields)
        if len(data) < 2 or width > _MOST_COLUMNS_TWICE:
            continue
        half = (len(data) + 1) // 2
        left, right = [grid.rows[at] for at in data[:half]], [grid.rows[at] for at in data[half:]]
        head = grid.rows[grid.of_kind(HEAD)[0]]
        grid.rows = [head + head] + [row + (right[at] if at < len(right) else [None] * width) for at, row in enumerate(left)]
        grid.kinds, grid.fields = [HEAD] + [DATA] * half, grid.fields * 2
    return out


def extra_serial_column(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A serial number in front, with gaps and not always from 1 (17)."""
    out = copies(sheets)
    for grid in tables(out):
        number, column = rng.choice((0, 0, 6)), []
        for kind in grid.kinds:
            number += kind == DATA
            column.append(SERIAL if kind == HEAD else number if kind == DATA and rng.random() > 0.1 else None)
        grid.insert_column(0, column, "")
    return out


def extra_column(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A column of the clerk's own at the end: 备注 (K101: not read)."""
    out = copies(sheets)
    for grid in tables(out):
        words = (None, None, "已核对", "见纸质材料")
        grid.insert_column(len(grid.fields), ["备注" if kind == HEAD else rng.choice(words) if kind == DATA else None for kind in grid.kinds], "")
    return out


def hidden_column(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A column hidden for printing (34)."""
    out = copies(sheets)
    grid = rng.choice(tables(out))
    grid.hidden_columns.add(rng.randint(2, len(grid.fields)))
    return out


def _headed(sheets: list[Grid], change: Callable[[Column, str], str]) -> list[Grid]:
    """The sheets with other heading texts."""
    out = copies(sheets)
    for grid in tables(out):
        at = grid.of_kind(HEAD)[-1]
        for index, name in enumerate(grid.fields):
            if name and isinstance(grid.rows[at][index], str):
                grid.rows[at][index] = change(column_of(grid, name), grid.rows[at][index])
    return out


COLUMN_HABITS: tuple[Habit, ...] = (reordered_columns, side_by_side_blocks, extra_column, extra_serial_column, hidden_column)
HEADING_HABITS: tuple[Habit, ...] = (alias_headers, unit_in_header_brackets, spaces_in_header, header_line_breaks, star_in_header, merged_group_header)
