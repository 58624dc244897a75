"""What clerks put between and around the records, and how they name sheets: titles, totals, notes, merged cells. Values stay.

The numbers are those of the mess catalogue, FACTS A3.
"""

from __future__ import annotations

import random
from typing import Any

from toolkit.model.grid import BLANK, DATA, HEAD, NOTE, SAMPLE, TITLE, TOTAL, Grid
from toolkit.schema import Cover
from toolkit.schema.kinds import Choice, Code, Count, Text
from toolkit.steps.mess_sheets import Habit, column_of, copies, ledger_of, put_labels, tables

_MOST_ROWS_MERGED = 4
_WORD_WITHIN = 3  # columns in which 合计 is written, else over the first number

# ----------------------------------------------------------------------------------------------------------- rows


def ditto(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """同上 under a value that repeats (40)."""
    out = copies(sheets)
    for grid in tables(out):
        data = grid.of_kind(DATA)
        for index, name in enumerate(grid.fields):
            if not name or not isinstance(column_of(grid, name).kind, (Choice, Code, Text)) or name in _own_key(grid):
                continue
            repeats = [below for above, below in zip(data, data[1:], strict=False)
                       if below == above + 1 and grid.rows[below][index] not in (None, "") and grid.rows[below][index] == grid.rows[above][index]]
            for at in repeats:
                grid.rows[at][index] = "同上"
    return out


def side_merged_unit(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The unit written once and merged down over its rows (13)."""
    out = copies(sheets)
    for grid in tables(out):
        for name in {"unit_code", "unit_name"} & set(grid.fields):
            _merge_down(grid, grid.fields.index(name))
    return out


def _merge_down(grid: Grid, index: int) -> None:
    """One merged cell for each run of equal values, a few rows at a time."""
    data = grid.of_kind(DATA)
    while data:
        first = grid.rows[data[0]][index]
        run = [data[0]]
        for at in data[1:_MOST_ROWS_MERGED]:
            if at != run[-1] + 1 or grid.rows[at][index] not in (first, "同上"):
                break
            run.append(at)
        if len(run) > 1 and first not in (None, "同上"):
            for at in run[1:]:
                grid.rows[at][index] = None
            grid.merged.append((run[0] + 1, index + 1, run[-1] + 1, index + 1))
        data = data[len(run):]


def title_row(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A title above the table, merged over its width (7)."""
    out = copies(sheets)
    for grid in tables(out):
        grid.insert_row(0, [f"示例县{grid.name.strip()}"], TITLE)
        grid.merged.append((1, 1, 1, max(2, grid.width)))
    return out


def label_lines_above(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """No cover: 填报单位： 所属月份： and the rest stand above each table, several in one row (19)."""
    cover = next((grid for grid in sheets if grid.ledger == Cover.id), None)
    if cover is None:
        return copies(sheets)
    labels = {column.heading: column.field for column in Cover.columns}
    said = {labels[row[0]]: row[1] for row in cover.rows if row[0] in labels}
    out = [grid.copy() for grid in sheets if grid is not cover]
    for grid in tables(out):
        put_labels(grid, said)
    return out


def sample_row(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The sample of the form left under the heading."""
    out = copies(sheets)
    for grid in tables(out):
        cells: list[Any] = [column_of(grid, name).example or None if name else None for name in grid.fields]
        cells[0] = "示例"
        grid.insert_row(grid.of_kind(HEAD)[-1] + 1, cells, SAMPLE)
    return out


def totals_row_foot(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """合计 under the table (20)."""
    out = copies(sheets)
    for grid in tables(out):
        put_total(grid, len(grid.rows), rng.choice(("合计", "合　计", "总计")))
    return out


def totals_row_top(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """合计 in the first row of the table (20)."""
    out = copies(sheets)
    for grid in tables(out):
        put_total(grid, grid.of_kind(HEAD)[-1] + 1, "合计")
    return out


def repeated_header(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The heading again in the middle, where a printed page ended."""
    out = copies(sheets)
    for grid in tables(out):
        inside = gaps(grid)
        if inside:
            grid.insert_row(rng.choice(inside), list(grid.rows[grid.of_kind(HEAD)[-1]]), TITLE)
    return out


def blank_rows_inside(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Empty rows between records (5)."""
    out = copies(sheets)
    for grid in tables(out):
        for _ in range(2):
            inside = gaps(grid)
            if inside:
                grid.insert_row(rng.choice(inside), [], BLANK)
    return out


def notes_at_foot(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A long note in one merged cell under the table (10, 12)."""
    out = copies(sheets)
    for grid in tables(out):
        grid.insert_row(len(grid.rows), ["注：1.本表由填报单位据实填写，一式两份；2.没有的项目不填；3.如有疑问请与上级办公室联系。"], NOTE)
        grid.merged.append((len(grid.rows), 1, len(grid.rows), max(2, grid.width)))
    return out


def signature_line(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """填表人 审核人 日期 in one line at the foot (10)."""
    out = copies(sheets)
    for grid in tables(out):
        grid.insert_row(len(grid.rows), ["填表人：样例某", None, "审核人：样例某某", None, "填报日期：　　年　　月　　日"][: max(3, grid.width)], NOTE)
    return out


def trailing_blank_rows(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Formatted empty rows under everything, some with a space in them (5)."""
    out = copies(sheets)
    for grid in tables(out):
        for _ in range(rng.randint(3, 12)):
            grid.insert_row(len(grid.rows), [rng.choice((None, " ", "　"))], BLANK)
    return out


def hidden_row(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A record hidden by a filter (34)."""
    out = copies(sheets)
    filled = [grid for grid in tables(out) if grid.of_kind(DATA)]
    if filled:
        grid = rng.choice(filled)
        grid.hidden_rows.add(rng.choice(grid.of_kind(DATA)) + 1)
    return out


# --------------------------------------------------------------------------------------------------------- sheets


def sheet_name_trailing_space(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Sheet names that end in a space (37)."""
    out = copies(sheets)
    for grid in tables(out):
        grid.name += " "
    return out


def default_sheet_names(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Sheet1, Sheet2 … for the ledgers (1)."""
    out = copies(sheets)
    for number, grid in enumerate(tables(out), 1):
        grid.name = f"Sheet{number}"
    return out


def empty_extra_sheets(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Empty sheets beside the full ones (2, 21)."""
    out = copies(sheets)
    names = {grid.name.strip() for grid in out}
    free = [f"Sheet{number}" for number in range(1, len(out) + 3) if f"Sheet{number}" not in names]
    return out + [Grid(name, []) for name in free[:2]]


def hidden_sheet(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A whole ledger hidden."""
    out = copies(sheets)
    if len(tables(out)) > 1:
        rng.choice(tables(out)[1:]).hidden = True
    return out


def _own_key(grid: Grid) -> tuple[str, ...]:
    ledger = ledger_of(grid)
    return ledger.key if ledger is not None and len(ledger.key) == 1 else ()


def gaps(grid: Grid) -> list[int]:
    """Positions between two records where a row can be put without cutting a merged cell."""
    return [at for at in grid.of_kind(DATA) if at and grid.kinds[at - 1] == DATA
            and not any(top <= at < bottom for top, _, bottom, _ in grid.merged)]


def put_total(grid: Grid, at: int, word: str) -> None:
    """A row of sums before `rows[at]`, where there is anything to count."""
    counted = [index for index, name in enumerate(grid.fields) if name and isinstance(column_of(grid, name).kind, Count)]
    if not counted or not grid.of_kind(DATA):
        return
    cells: list[Any] = [None] * len(grid.fields)
    for index in counted:
        values = [grid.rows[row][index] for row in grid.of_kind(DATA)]
        cells[index] = sum(value for value in values if isinstance(value, (int, float)))
    cells[next((index for index in range(_WORD_WITHIN) if index not in counted), 0)] = word
    grid.insert_row(at, cells, TOTAL)


ROW_HABITS: tuple[Habit, ...] = (
    ditto, side_merged_unit, hidden_row, repeated_header, blank_rows_inside, sample_row, totals_row_top, totals_row_foot, notes_at_foot,
    signature_line, label_lines_above, title_row, trailing_blank_rows)
SHEET_HABITS: tuple[Habit, ...] = (default_sheet_names, sheet_name_trailing_space, empty_extra_sheets, hidden_sheet)
