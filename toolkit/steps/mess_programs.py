"""What spreadsheet programs add to cells: formulas, colours, comments, drop-downs, frozen rows, filters. Done last. Values stay.

The numbers are those of the mess catalogue, FACTS A3.
"""

from __future__ import annotations

import random

from toolkit.model.grid import DATA, HEAD, Formula, Grid
from toolkit.model.sheet import column_letter
from toolkit.schema.kinds import Bool, Choice, Count, Flag
from toolkit.steps.mess_sheets import Habit, column_of, copies, tables


def formulas(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Numbers that are computed, with their result stored; the sum of live births among them (23)."""
    out = copies(sheets)
    for grid in tables(out):
        for at in grid.of_kind(DATA):
            letters = {name: f"{column_letter(index + 1)}{at + 1}" for index, name in enumerate(grid.fields) if name}
            for index, name in enumerate(grid.fields):
                value = grid.rows[at][index]
                if not name or type(value) is not int or not isinstance(column_of(grid, name).kind, Count) or isinstance(column_of(grid, name).kind, Flag):
                    continue
                if name == "live_births" and {"boys", "girls", "unstated"} <= set(letters):
                    grid.rows[at][index] = Formula(f"={letters['boys']}+{letters['girls']}+N({letters['unstated']})", value)
                else:
                    grid.rows[at][index] = Formula(f"={value - 1}+1", value)
    return out


def coloured_cells(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Yellow cells that may mean something to who made them (15)."""
    out = copies(sheets)
    for grid in tables(out):
        grid.coloured = {(at + 1, index + 1) for at in grid.of_kind(DATA) for index in range(len(grid.fields)) if rng.random() < 0.3}
    return out


def comments_and_panes(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Comments on headers and cells, the header frozen (35)."""
    out = copies(sheets)
    for grid in tables(out):
        head = grid.of_kind(HEAD)[-1]
        grid.frozen = head + 1
        grid.comments = {(head + 1, 1): "请核对", **{(at + 1, 2): "样例批注" for at in grid.of_kind(DATA)[:2]}}
    return out


def filter_buttons(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Filter buttons on the header (35)."""
    out = copies(sheets)
    for grid in tables(out):
        grid.filtered = grid.of_kind(HEAD)[-1] + 1
    return out


def own_lists(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Drop-down lists of the clerk's own (35)."""
    out = copies(sheets)
    for grid in tables(out):
        grid.lists = {index + 1: ("是", "否") for index, name in enumerate(grid.fields)
                      if name and isinstance(column_of(grid, name).kind, (Bool, Choice))}
    return out


PROGRAM_HABITS: tuple[Habit, ...] = (formulas, coloured_cells, comments_and_panes, filter_buttons, own_lists)
