"""How clerks lay out a sheet: headers over three rows, lines about columns, printed pages, totals of groups, notes, second sheets.

Values stay. The numbers are those of the mess catalogue, FACTS A3.
"""

from __future__ import annotations

import random
from typing import Any

from toolkit.model.grid import BLANK, DATA, HEAD, NOTE, SAMPLE, TITLE, Grid
from toolkit.schema import Cover
from toolkit.schema.kinds import Count, Date, Money
from toolkit.steps.mess_rows import gaps, put_total
from toolkit.steps.mess_sheets import Habit, column_of, copies, ledger_of, tables

_PAGE = 3  # records on a printed page, so that small tables have more than one
_YUAN_MANY = 10_000
_NOTE = ("说明：一、本表由各单位按月填报，填报内容以原始记录为准，不得估算；二、没有发生的项目可以不填；三、数字一律用阿拉伯数字填写，日期写明年月日；"
         "四、本表一式两份，一份留存，一份报上级办公室；五、填报中有疑问的，请与上级办公室联系，不要自行增减栏目。")


def three_row_header(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A header of three rows: a band over everything, groups merged across, single columns merged down over both (11, 18)."""
    out = copies(sheets)
    for grid in tables(out):
        groups = [column_of(grid, name).group if name else "" for name in grid.fields]
        at = grid.of_kind(HEAD)[-1]
        if len(grid.of_kind(HEAD)) > 1 or len(groups) < _PAGE:
            continue
        grid.insert_row(at, [None] * len(groups), HEAD)
        grid.insert_row(at, ["填报内容"], HEAD)
        grid.merged.append((at + 1, 1, at + 1, len(groups)))
        start = 0
        for index in range(1, len(groups) + 1):
            if index == len(groups) or groups[index] != groups[start]:
                if index - start > 1 and groups[start]:
                    grid.rows[at + 1][start] = groups[start]
                    grid.merged.append((at + 2, start + 1, at + 2, index))
                else:
                    grid.rows[at + 1][start], grid.rows[at + 2][start] = grid.rows[at + 2][start], None
                    grid.merged.append((at + 2, start + 1, at + 3, start + 1))
                start = index
    return out


def split_heading(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A long heading written over two rows of cells (14, 18)."""
    out = copies(sheets)
    for grid in tables(out):
        at = grid.of_kind(HEAD)[-1]
        if len(grid.of_kind(HEAD)) > 1:
            continue
        heads = list(grid.rows[at])
        grid.insert_row(at, [None] * len(heads), HEAD)
        for index, text in enumerate(heads):
            if isinstance(text, str) and len(text) >= 5 and text.isalnum() and rng.random() < 0.7:
                grid.rows[at][index], grid.rows[at + 1][index] = text[:-2], text[-2:]
            else:
                grid.rows[at][index], grid.rows[at + 1][index] = text, None
                grid.merged.append((at + 1, index + 1, at + 2, index + 1))
    return out


def units_line(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """单位：人 above the table at the right, or a row of units under the header (24)."""
    out = copies(sheets)
    for grid in tables(out):
        counted = [bool(name) and isinstance(column_of(grid, name).kind, Count) for name in grid.fields]
        if not any(counted):
            continue
        if rng.random() < 0.5:
            grid.insert_row(0, [*[None] * (len(grid.fields) - 1), "单位：人、份、元"], TITLE)
        else:
            grid.insert_row(grid.of_kind(HEAD)[-1] + 1, ["（人）" if count else None for count in counted], NOTE)
    return out


def money_in_ten_thousands(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Amounts in 万元, said in the header (24). Read as yuan and told (G105)."""
    out = copies(sheets)
    for grid in tables(out):
        head = grid.rows[grid.of_kind(HEAD)[-1]]
        for index, name in enumerate(grid.fields):
            if name and isinstance(column_of(grid, name).kind, Money) and isinstance(head[index], str):
                amounts = [grid.rows[at][index] for at in grid.of_kind(DATA)]
                if all(amount is None or isinstance(amount, (int, float)) for amount in amounts):
                    head[index] = head[index].split("(")[0] + "（万元）"
                    for at in grid.of_kind(DATA):
                        if grid.rows[at][index] is not None:
                            grid.rows[at][index] = grid.rows[at][index] / _YUAN_MANY
    return out


def column_numbers(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A row under the header that numbers the columns: 甲 1 2 3 …"""
    out = copies(sheets)
    for grid in tables(out):
        numbers: list[Any] = ["甲", *range(1, len(grid.fields))]
        grid.insert_row(grid.of_kind(HEAD)[-1] + 1, numbers[: len(grid.fields)], TITLE)
    return out


def instruction_row(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A row under the header that says how each column is filled in."""
    out = copies(sheets)
    for grid in tables(out):
        words = ["（填报时可选）" if not name else "按年-月-日填写" if isinstance(column_of(grid, name).kind, Date) else
                 "填数字" if isinstance(column_of(grid, name).kind, Count) else "（必填）" if column_of(grid, name).required else "（选填）"
                 for name in grid.fields]
        grid.insert_row(grid.of_kind(HEAD)[-1] + 1, list(words), NOTE)
    return out


def printed_pages(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Title and header again at every page of print, with 第1页 under each (5, 7)."""
    out = copies(sheets)
    for grid in tables(out):
        head = [list(grid.rows[at]) for at in grid.of_kind(HEAD)]
        titles = [list(row) for row, kind in zip(grid.rows, grid.kinds, strict=True) if kind == TITLE][:1]
        for page, at in enumerate(reversed(gaps(grid)[_PAGE - 1:: _PAGE])):
            for row in [*reversed(head), *titles]:
                grid.insert_row(at, list(row), TITLE)
            grid.insert_row(at, [f"第 {page + 1} 页"], NOTE)
    return out


def totals_of_groups(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """小计 in the middle and 合计 at both ends (20)."""
    out = copies(sheets)
    for grid in tables(out):
        inside = gaps(grid)
        if inside:
            put_total(grid, rng.choice(inside), "小计")
        put_total(grid, len(grid.rows), rng.choice(("合计：", "总　计", "全村合计")))
        put_total(grid, grid.of_kind(HEAD)[-1] + 1, "本月合计")
    return out


def totals_beside(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A small block of totals right of the table, under headers of its own (20). Not read, and said (K101)."""
    out = copies(sheets)
    for grid in tables(out):
        counted = [index for index, name in enumerate(grid.fields) if name and isinstance(column_of(grid, name).kind, Count)]
        data, head = grid.of_kind(DATA), grid.of_kind(HEAD)[-1]
        if not counted or not data:
            continue
        grid.insert_column(len(grid.fields), [None] * len(grid.rows), "")
        grid.insert_column(len(grid.fields), ["合计" if at == head else None for at in range(len(grid.rows))], "")
        for index in counted:
            total = sum(value for at in data if isinstance(value := grid.rows[at][index], (int, float)))
            column = [grid.rows[head][index] if at == head else total if at == data[0] else None for at in range(len(grid.rows))]
            grid.insert_column(len(grid.fields), column, "")
    return out


def section_rows(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """一、二、 in a merged row of their own between records (12)."""
    out = copies(sheets)
    for grid in tables(out):
        inside = gaps(grid)
        for number, at in enumerate(sorted({grid.of_kind(HEAD)[-1] + 1, *inside[:1]}, reverse=True)):
            grid.insert_row(at, [("二、其他", "一、本单位")[number]], TITLE)
            grid.merged.append((at + 1, 1, at + 1, max(2, grid.width)))
    return out


def long_note(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A note of 60 to 330 characters in one cell, with line breaks, at the foot or above the table (10)."""
    out = copies(sheets)
    for grid in tables(out):
        text = _NOTE[: rng.randint(60, len(_NOTE))].replace("；", "；\n")
        at, kind = (len(grid.rows), NOTE) if rng.random() < 0.6 else (0, TITLE)
        grid.insert_row(at, [text], kind)
        grid.merged.append((at + 1, 1, at + 1, max(2, grid.width)))
    return out


def signatures_in_cells(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """填表人 and 审核人 in cells of their own, the names beside them, and a line for the stamp (10)."""
    out = copies(sheets)
    for grid in tables(out):
        if grid.width >= 4:
            grid.insert_row(len(grid.rows), ["单位负责人：", "样例某", "填表人：", "样例某某"], NOTE)
        grid.insert_row(len(grid.rows), ["（盖章）"], NOTE)
    return out


def merged_across(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A text merged over the empty cells right of it (12)."""
    out = copies(sheets)
    for grid in tables(out):
        for at in grid.of_kind(DATA):
            free = [index for index in range(len(grid.fields) - 1)
                    if isinstance(grid.rows[at][index], str) and grid.rows[at][index + 1] is None and rng.random() < 0.5]
            for index in free[:1]:
                if not any(top <= at + 1 <= bottom and left <= index + 2 and index + 1 <= right for top, left, bottom, right in grid.merged):
                    grid.merged.append((at + 1, index + 1, at + 1, index + 2))
    return out


def lower_right(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The table begins some rows down and some columns in (5, 7)."""
    out = copies(sheets)
    for grid in tables(out):
        for _ in range(rng.randint(1, 3)):
            grid.insert_row(0, [], BLANK)
        for _ in range(rng.randint(1, 2)):
            grid.insert_column(0, [None] * len(grid.rows), "")
    return out


# --------------------------------------------------------------------------------------------------------- sheets


def twin_sheets(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The empty form of a ledger beside the full one, before or behind it (2, 21)."""
    out = copies(sheets)
    full = [grid for grid in tables(out) if grid.of_kind(DATA) and len(grid.name) < 20]
    for grid in full[:2]:
        twin = grid.copy()
        twin.name, twin.ledger = f"{grid.name.strip()} (2)", ""
        for at in twin.of_kind(DATA):
            twin.rows[at] = [None] * len(twin.rows[at])
        twin.hidden_rows = set()
        out.insert(out.index(grid) + rng.randint(0, 1), twin)
    return out


def sample_sheets(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The sample sheet and its instructions sent back with the rest (2)."""
    out = copies(sheets)
    full = [grid for grid in tables(out) if (ledger := ledger_of(grid)) is not None and not ledger.private]
    grid = rng.choice(full)
    sample = grid.copy()
    sample.name, sample.ledger, sample.merged = f"{grid.name.strip()}（样表）"[:31], "", []
    heads = [list(row) for row, kind in zip(grid.rows, grid.kinds, strict=True) if kind == HEAD]
    example = [column_of(grid, name).example or None if name else None for name in grid.fields]
    sample.rows, sample.kinds, sample.hidden_rows = [*heads, example], [HEAD] * len(heads) + [SAMPLE], set()
    how = Grid("填写说明", [["填写说明"], ["1.先填封面，再填各表。"], ["2.日期写明年月日。"]], kinds=[NOTE] * 3, fields=[""])
    return [sample, how, *out] if rng.random() < 0.5 else [*out, sample, how]


def cover_named_sheet1(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The cover under a default name (1)."""
    out = copies(sheets)
    taken = {grid.name.strip() for grid in out}
    for grid in out:
        if grid.ledger == Cover.id:
            grid.name = next(f"Sheet{number}" for number in range(1, len(out) + 2) if f"Sheet{number}" not in taken)
    return out


LAYOUT_HABITS: tuple[Habit, ...] = (
    money_in_ten_thousands, merged_across, section_rows, totals_of_groups, printed_pages, instruction_row, column_numbers, units_line,
    totals_beside, long_note, signatures_in_cells)
HEADER_HABITS: tuple[Habit, ...] = (three_row_header, split_heading)
PLACE_HABITS: tuple[Habit, ...] = (lower_right, twin_sheets, sample_sheets, cover_named_sheet1)
