"""An office's month as plain sheets, and what the habits share: which cell belongs to which column."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from toolkit.model.grid import DATA, HEAD, LABEL, Grid
from toolkit.model.ledger import Column, Ledger
from toolkit.schema import BOOK_KEY_SHEET, BY_NAME, LEDGERS, Cover, Services, ledgers_of, submission_ledgers
from toolkit.steps.county import Office

#: One clerk's habit: sheets in, other sheets out; the ones given are not touched.
Habit = Callable[[list[Grid], random.Random], list[Grid]]
Change = Callable[[Column, Any], Any]

_COVER_FIELDS = {column.heading: column for column in Cover.columns}


def plain_sheets(office: Office, whole: bool, services: Sequence[Mapping[str, Any]] = ()) -> list[Grid]:
    """The office's workbook without any style: the cover as label/value lines, then a sheet per ledger.

    `whole`: a village's workbook with its service book and book key; else its submission with `services` rows
    (field -> value). For townships and the county both are the same.
    """
    level = office.unit.level
    ledgers = ledgers_of(level) if whole else submission_ledgers(level)
    cover = [[column.heading, office.cover.get(column.field)] for column in Cover.columns]
    sheets = [Grid(Cover.sheet, cover, ledger=Cover.id, kinds=[DATA] * len(cover), fields=["", ""])]
    sheets += [ledger_sheet(ledger, services if ledger is Services else office.rows.get(ledger.id, ())) for ledger in ledgers]
    if whole and office.book_key:
        sheets.append(Grid(BOOK_KEY_SHEET, [[office.book_key]], very_hidden=True, kinds=[""], fields=[""]))
    return sheets


def csv_sheet(office: Office, ledger: type[Ledger], rows: Sequence[Mapping[str, Any]]) -> Grid:
    """One travelling ledger with the cover's facts in label lines above it, as a csv has them (SPEC 6.1)."""
    grid = ledger_sheet(ledger, rows)
    put_labels(grid, office.cover)
    return grid


def ledger_sheet(ledger: type[Ledger], rows: Sequence[Mapping[str, Any]]) -> Grid:
    """Heading row and records."""
    fields = [column.field for column in ledger.columns]
    cells: list[list[Any]] = [[column.heading for column in ledger.columns]]
    cells += [[row.get(name) for name in fields] for row in rows]
    return Grid(ledger.sheet, cells, ledger=ledger.id, kinds=[HEAD] + [DATA] * len(rows), fields=fields)


def put_labels(grid: Grid, cover: Mapping[str, Any]) -> None:
    """Label lines above a table: 单位代码：… 所属月份：… several in one row; 零报告 and 移送公安件数 where they belong."""
    zero = {"cases": "zero_cases", "works": "zero_works"}.get(grid.ledger)
    lines = [("unit_code", "unit_name", "period"), ("revision", "prepared_by", "reviewed_by", "prepared_on"), ("plan_id", "template", "revision_reason")]
    texts = [[f"{Cover.by_field[name].heading}：{_text(cover[name])}" for name in line if cover.get(name) is not None] for line in lines]
    if zero:
        texts.append([f"零报告：{cover.get(zero) or '否'}"])
    if grid.ledger == "cases":
        texts[-1].append(f"移送公安件数：{cover.get('police_transfers') or 0}")
    for line in reversed(texts):
        grid.insert_row(0, list(line), LABEL)


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def ledger_of(grid: Grid) -> type[Ledger] | None:
    """The ledger a sheet was made for; None for the cover and for sheets of no ledger."""
    found = BY_NAME.get(grid.ledger)
    return found if found in LEDGERS else None


def column_of(grid: Grid, name: str) -> Column:
    """The column of ours a field of a sheet is. Raises ValueError for a sheet without a ledger."""
    ledger = ledger_of(grid)
    if ledger is None:
        raise ValueError(f"{grid.name} holds no ledger")
    return ledger.by_field[name]


def tables(sheets: Sequence[Grid]) -> list[Grid]:
    """The sheets that hold ledgers."""
    return [grid for grid in sheets if ledger_of(grid) is not None]


def copies(sheets: Sequence[Grid]) -> list[Grid]:
    return [grid.copy() for grid in sheets]


def cells(grid: Grid) -> Iterator[tuple[int, int, Column]]:
    """Row and column position (from 0) of every cell that holds a value of ours, with its column; `services` is
    computed, not typed, and has none."""
    ledger = ledger_of(grid)
    for at in grid.of_kind(DATA):
        if grid.ledger == Cover.id:
            column = _COVER_FIELDS.get(grid.rows[at][0])
            if column is not None:
                yield at, 1, column
        elif ledger is not None and ledger is not Services:
            for index, name in enumerate(grid.fields):
                if name:
                    yield at, index, ledger.by_field[name]


def typed_otherwise(sheets: Sequence[Grid], change: Change) -> list[Grid]:
    """The sheets with every typed value replaced by `change(column, value)`; blanks stay blank."""
    out = copies(sheets)
    for grid in out:
        for at, index, column in cells(grid):
            value = grid.rows[at][index]
            if value is not None:
                grid.rows[at][index] = change(column, value)
    return out
