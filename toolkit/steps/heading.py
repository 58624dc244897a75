"""Where a ledger's header stands on a sheet: one to three rows, merged both ways, once or again to the right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.model.ledger import Ledger
from toolkit.model.sheet import Cell, Sheet, column_letter
from toolkit.schema import BY_NAME
from toolkit.schema.kinds import Money
from toolkit.schema.text import is_blank
from toolkit.steps import headers

HEADER_WITHIN = 20  # rows in which a header may stand (SPEC 3)
HEADER_DEPTH = 3
_TOTALS_BESIDE = re.compile(r"^.{0,8}(?:合计|小计|总计|汇总|累计)$")
_MANY_YUAN = re.compile(r"[(（](万|千)元?[)）]")

Merge = tuple[int, int, int, int]


@dataclass(frozen=True)
class Heading:
    """The header of one ledger on one sheet; rows and columns are positions in `sheet.rows`.

    `columns`: field -> column, of the first block; `shifts`: how far right each block stands, (0,) for an ordinary table.
    `aliases`: field -> text of a header read by an alias; `unknown`: column -> text of one not in the list; `doubles`:
    first header, second header, column of the second, field. `units`: money field -> 万 or 千 where its header says so.
    """

    top: int
    bottom: int
    columns: Mapping[str, int]
    aliases: Mapping[str, str]
    unknown: Mapping[int, str]
    doubles: tuple[tuple[str, str, int, str], ...] = ()
    shifts: tuple[int, ...] = (0,)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Named:
    """One header cell that names a field."""

    index: int
    field: str
    text: str
    is_heading: bool


def find(sheet: Sheet, ledger: type[Ledger], at_least: int) -> Heading | None:
    """The header with the most columns of the ledger, the highest and shallowest of equals."""
    known = headers.fields(ledger.id)
    best: Heading | None = None
    limit = min(len(sheet.rows), max(0, HEADER_WITHIN - sheet.top + 1))
    hits = [sum(1 for cell in row if isinstance(cell, str) and cell and known.get(headers.key(cell), _NOT)[0] != headers.IGNORED)
            for row in sheet.rows[:limit]]
    merged = [area for area in sheet.merged if area[0] - sheet.top < limit] if sheet.merged else []
    for bottom in range(limit):
        for depth in range(1, HEADER_DEPTH + 1):
            top = bottom - depth + 1
            if top < 0:
                break
            if not _may_be_header(sheet, merged, hits, top, bottom) or (best is not None and sum(hits[top:bottom + 1]) < len(best.columns) // 2):
                continue
            header = _mapped(sheet, ledger, merged, top, bottom)
            if len(header.columns) >= at_least and (best is None or len(header.columns) > len(best.columns)):
                best = header
    return best


_NOT = (headers.IGNORED, False)


def _may_be_header(sheet: Sheet, merged: Sequence[Merge], hits: Sequence[int], top: int, bottom: int) -> bool:
    """Whether both ends of some rows have words of ours, or a merged cell of the top row reaches to the bottom or spans columns."""
    if top == bottom or not (hits[top] or hits[bottom]):
        return hits[bottom] > 0
    if hits[top] and hits[bottom]:
        return True
    return any(r1 - sheet.top == top and (r2 - sheet.top >= bottom or (c2 > c1 and hits[bottom])) for r1, c1, r2, c2 in merged)


def _mapped(sheet: Sheet, ledger: type[Ledger], merged: Sequence[Merge], top: int, bottom: int) -> Heading:
    """What each column of these header rows is called. A column's own words count first, the lowest before all, then its words
    joined (单位 over 代码), then those of the groups above it with its own."""
    known = headers.fields(ledger.id)
    named: list[_Named] = []
    unknown: dict[int, str] = {}
    units: dict[str, str] = {}
    width = max((len(row) for row in sheet.rows[top:bottom + 1]), default=0)
    above = _spread(sheet, merged, top, bottom, width) if merged else [[]] * width
    for index in range(width):
        own = [text for row in range(bottom, top - 1, -1) if (text := text_at(sheet.rows[row], index)) and not is_blank(text)]
        groups = above[index]
        if not own and not groups:
            continue
        words = [*own, *(["".join(reversed(own))] if len(own) > 1 else []), *(up + low for low in own for up in groups)] if own else groups
        match = next(((known[headers.key(text)], text) for text in words if headers.key(text) in known), None)
        if match is None:
            if own:
                unknown[index] = own[0]
            continue
        (name, is_heading), text = match
        if name != headers.IGNORED:
            named.append(_Named(index, name, text, is_heading))
            many = next((found[1] for word in (*own, *groups) if (found := _MANY_YUAN.search(word))), "")
            if many and isinstance(getattr(BY_NAME[ledger.id].by_field.get(name), "kind", None), Money):
                units[name] = many
    return _in_blocks(top, bottom, named, unknown, units, above, sheet)


def _in_blocks(top: int, bottom: int, named: list[_Named], unknown: dict[int, str], units: dict[str, str], above: list[list[str]],
               sheet: Sheet) -> Heading:
    """The header's fields: of its first block where it stands again as a whole, else with its doubles."""
    shifts = _shifts(named)
    first = named[: len(named) // len(shifts)]
    columns: dict[str, _Named] = {}
    doubles: list[tuple[str, str, int, str]] = []
    beside = _totals_beside(sheet, top, bottom, unknown, above)
    for cell in first:
        before = columns.setdefault(cell.field, cell)
        if before is not cell:
            if beside > before.index and cell.index >= beside and max(one.index for one in columns.values()) < beside:
                unknown[cell.index] = cell.text  # a block of totals right of the table
            else:
                doubles.append((before.text, cell.text, cell.index, cell.field))
    if len(shifts) > 1:
        once: dict[str, int] = {}
        for index, text in sorted(unknown.items()):
            once.setdefault(headers.key(text), index)
        unknown = {index: unknown[index] for index in once.values()}
    return Heading(top, bottom, {name: cell.index for name, cell in columns.items()},
                   {name: cell.text for name, cell in columns.items() if not cell.is_heading}, unknown, tuple(doubles), shifts, units)


def _shifts(named: Sequence[_Named]) -> tuple[int, ...]:
    """How far right the header stands again as a whole, each time with the same columns in the same order."""
    names = [cell.field for cell in named]
    once = names.index(names[0], 1) if names and names[0] in names[1:] else 0
    if once < 2 or len(names) % once or names != names[:once] * (len(names) // once):
        return (0,)
    shifts = tuple(named[start].index - named[0].index for start in range(0, len(names), once))
    same = all(cell.index - named[at % once].index == shifts[at // once] for at, cell in enumerate(named))
    return shifts if same else (0,)


def _totals_beside(sheet: Sheet, top: int, bottom: int, unknown: Mapping[int, str], above: Sequence[Sequence[str]]) -> int:
    """The first column headed 合计 or the like, where a block of totals may begin; -1 where there is none."""
    for index in range(len(above)):
        words = [*above[index], *([unknown[index]] if index in unknown else []),
                 *(text_at(sheet.rows[row], index) for row in range(top, bottom + 1))]
        if any(word and _TOTALS_BESIDE.match(headers.key(word)) for word in words):
            return index
    return -1


def _spread(sheet: Sheet, merged: Sequence[Merge], top: int, bottom: int, width: int) -> list[list[str]]:
    """Per column, the texts of merged header cells above it."""
    texts: list[list[str]] = [[] for _ in range(width)]
    for r1, c1, _, c2 in merged:
        row, first, last = r1 - sheet.top, c1 - sheet.left, c2 - sheet.left
        if top <= row < bottom and c2 > c1 and first >= 0:
            text = text_at(sheet.rows[row], first)
            for index in range(first, min(width, last + 1) if text else 0):
                texts[index].append(text)
    return texts


def text_at(row: Sequence[Cell], index: int) -> str:
    """The text in a row's cell; "" where there is none."""
    cell = row[index] if 0 <= index < len(row) else None
    return cell if isinstance(cell, str) else ""


def headless(sheet: Sheet, heading: Heading, rows: Sequence[int]) -> dict[int, str]:
    """Columns with something in a data row and no header at all, called by their letter (`K列`): what is not read is said."""
    width = max((len(sheet.rows[at]) for at in rows), default=0)
    known = {index for row in sheet.rows[heading.top:heading.bottom + 1] for index, cell in enumerate(row) if not is_blank(cell)}
    known |= {column + shift for column in heading.columns.values() for shift in heading.shifts}
    bare = [index for index in range(width) if index not in known]
    return {index: f"{column_letter(sheet.left + index)}列" for index in bare
            if any(index < len(sheet.rows[at]) and not is_blank(sheet.rows[at][index]) for at in rows)}
