"""Where a ledger's header stands on a sheet: one to three rows, merged both ways, once or again to the right."""

from __future__ import annotations

import functools
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
_LONGEST_GROUP = 60  # characters: what is longer over a table is its title or instructions, no group of columns
_TOTALS_BESIDE = re.compile(r"^.{0,8}(?:合计|小计|总计|汇总|累计)$")
_MANY_YUAN = re.compile(r"[(（](万|千)元?[)）]")

Merge = tuple[int, int, int, int]
_Line = tuple[str, ...]


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
    lines = [_line(row) for row in sheet.rows[:limit]]
    hits = [sum(1 for text in line if text and known.get(headers.key(text), _NOT)[0] != headers.IGNORED) for line in lines]
    merged = [area for area in sheet.merged if area[0] - sheet.top < limit] if sheet.merged else []
    for bottom in range(limit):
        for depth in range(1, HEADER_DEPTH + 1):
            top = bottom - depth + 1
            if top < 0:
                break
            if not _may_be_header(sheet, merged, hits, top, bottom) or (best is not None and sum(hits[top:bottom + 1]) < len(best.columns) // 2):
                continue
            header = _mapped(sheet, ledger, merged, lines[top:bottom + 1], top)
            if len(header.columns) >= at_least and (best is None or len(header.columns) > len(best.columns)):
                best = header
    deep = max((r2 - sheet.top for r1, _, r2, _ in merged if best and best.top <= r1 - sheet.top <= best.bottom), default=0)
    if best is not None and best.bottom < deep < min(best.top + HEADER_DEPTH, len(sheet.rows)):  # header cells merged down into the next row
        lines += [("",) * len(row) for row in sheet.rows[len(lines):deep + 1]]
        deeper = _mapped(sheet, ledger, merged, lines[best.top:deep + 1], best.top)
        best = deeper if len(deeper.columns) >= len(best.columns) else best
    return _from_above(sheet, ledger, merged, lines, best) if best is not None and merged else best


def _line(row: Sequence[Cell]) -> _Line:
    """The texts of a row, "" where there is none."""
    return tuple([str(cell) if cell.__class__ is str and not is_blank(cell) else "" for cell in row])


def _from_above(sheet: Sheet, ledger: type[Ledger], merged: Sequence[Merge], lines: Sequence[_Line], best: Heading) -> Heading:
    """The same header with the rows above from which merged cells reach down into it: 序号 and 备注 stand there."""
    first = best.top + sheet.top
    high = min((r1 - sheet.top for r1, _, r2, _ in merged if r1 < first <= r2), default=best.top)
    if not 0 <= high < best.top or best.bottom - high >= HEADER_DEPTH:
        return best
    higher = _mapped(sheet, ledger, merged, lines[high:best.bottom + 1], high)
    return higher if higher.columns.items() >= best.columns.items() else best


_NOT = (headers.IGNORED, False)


def _may_be_header(sheet: Sheet, merged: Sequence[Merge], hits: Sequence[int], top: int, bottom: int) -> bool:
    """Whether both ends of some rows have words of ours, or a merged cell of the top row reaches to the bottom or spans columns."""
    if top == bottom or not (hits[top] or hits[bottom]):
        return hits[bottom] > 0
    if hits[top] and hits[bottom]:
        return True
    return any(r1 - sheet.top == top and (r2 - sheet.top >= bottom or (c2 > c1 and hits[bottom])) for r1, c1, r2, c2 in merged)


def _mapped(sheet: Sheet, ledger: type[Ledger], merged: Sequence[Merge], lines: Sequence[_Line], top: int) -> Heading:
    """What each column under some header lines is called, by its own words and those of the groups above it."""
    above = _spread(sheet, merged, lines, top, max(map(len, lines), default=0)) if merged else {}
    return _understood(ledger.id, tuple(lines), top, tuple((index, tuple(texts)) for index, texts in above.items()))


@functools.lru_cache(maxsize=4096)  # a hundred villages fill in the same sheet
def _understood(name: str, lines: tuple[_Line, ...], top: int, groups_above: tuple[tuple[int, _Line], ...]) -> Heading:
    ledger, known = BY_NAME[name], headers.fields(name)
    named: list[_Named] = []
    unknown: dict[int, str] = {}
    units: dict[str, str] = {}
    width = max(map(len, lines), default=0)
    above = dict(groups_above)
    upward = lines[::-1]
    for index in range(width):
        own = [text for line in upward if index < len(line) and (text := line[index])]
        groups = above.get(index, ())
        match = _match(own, groups, known)
        if match is None:
            if own:
                unknown[index] = own[0]
            continue
        (name, is_heading), text = match
        if name != headers.IGNORED:
            named.append(_Named(index, name, text, is_heading))
            column = ledger.by_field.get(name)
            if column is not None and isinstance(column.kind, Money):
                many = next((counted[1] for word in (*own, *groups) if (counted := _MANY_YUAN.search(word))), "")
                if many:
                    units[name] = many
    return _in_blocks(top, lines, named, unknown, units, above)


def _match(own: Sequence[str], groups: Sequence[str], known: Mapping[str, tuple[str, bool]]) -> tuple[tuple[str, bool], str] | None:
    """What a column is, with the text that says so. Words joined say more than the lowest alone: 下次 over 日期 is no 日期."""
    alone = _first(own or groups, known)
    if not own or (len(own) == 1 and not groups):
        return alone
    joined = _first([*(["".join(reversed(own))] if len(own) > 1 else []), *(up + low for low in own for up in groups)], known)
    return joined if joined and (alone is None or joined[0][0] != alone[0][0]) else alone


def _first(words: Sequence[str], known: Mapping[str, tuple[str, bool]]) -> tuple[tuple[str, bool], str] | None:
    return next(((found, text) for text in words if (found := known.get(headers.key(text)))), None)


def _in_blocks(top: int, lines: Sequence[Sequence[str]], named: list[_Named], unknown: dict[int, str], units: dict[str, str],
               above: Mapping[int, Sequence[str]]) -> Heading:
    """The header's fields: of its first block where it stands again as a whole, else with its doubles."""
    shifts = _shifts(named)
    first = named[: len(named) // len(shifts)]
    columns: dict[str, _Named] = {}
    again: list[tuple[_Named, _Named]] = []
    for cell in first:
        before = columns.setdefault(cell.field, cell)
        if before is not cell:
            again.append((before, cell))
    beside = _totals_beside(lines, above, max(cell.index for cell in columns.values())) if again else 0
    doubles = [(before.text, cell.text, cell.index, cell.field) for before, cell in again if not 0 < beside <= cell.index]
    unknown |= {cell.index: cell.text for _, cell in again if 0 < beside <= cell.index}
    if len(shifts) > 1:
        once: dict[str, int] = {}
        for index, text in sorted(unknown.items()):
            once.setdefault(headers.key(text), index)
        unknown = {index: unknown[index] for index in once.values()}
    return Heading(top, top + len(lines) - 1, {name: cell.index for name, cell in columns.items()},
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


def _totals_beside(lines: Sequence[Sequence[str]], above: Mapping[int, Sequence[str]], last: int) -> int:
    """The first column right of `last` that is headed 合计 or the like, where a block of totals begins; 0 where none does."""
    for index in range(last + 1, max(map(len, lines))):
        words = [*above.get(index, ()), *(line[index] for line in lines if index < len(line))]
        if any(word and _TOTALS_BESIDE.match(headers.key(word)) for word in words):
            return index
    return 0


def _spread(sheet: Sheet, merged: Sequence[Merge], lines: Sequence[_Line], top: int, width: int) -> dict[int, list[str]]:
    """Column -> texts of the merged header cells above it."""
    texts: dict[int, list[str]] = {}
    for r1, c1, _, c2 in merged:
        row, first, last = r1 - sheet.top - top, c1 - sheet.left, c2 - sheet.left
        if 0 <= row < len(lines) - 1 and c2 > c1 and 0 <= first < len(lines[row]) and 0 < len(lines[row][first]) <= _LONGEST_GROUP:
            for index in range(first, min(width, last + 1)):
                texts.setdefault(index, []).append(lines[row][first])
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
