"""Small counts about women in a report that is to go out: shown as they are, or told by the totals and by earlier reports (SPEC 8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.model.figure import BIRTHS, FIGURE_COLUMNS, NEIGHBOUR, OFFICE, SERVICE_COUNTS
from toolkit.model.outgoing import Grid, Outgoing
from toolkit.model.recompute import Contradiction, Name, Range, Sum, followed
from toolkit.model.sheet import column_letter
from toolkit.model.unit import LEVELS
from toolkit.steps.published_tables import RATE_MIN, Place, Table, is_hidden, shown, sums_of, tables

#: Headings and captions of counts about women.
_ABOUT_WOMEN = re.compile(r"服务在册|活产|出生|需求|分孩次|孩次|孕产妇")
#: Headings of shares, shown only from ten on.
_SHARE_OF_WOMEN = re.compile(r"责任落实|问候|产检|产后|42天|需求|办结|日内")
_UNTOLD = re.compile(r"未说明|未报|补报")
_OF_A_COUNTY = re.compile(r"^全(?:县|市|区|旗|州|盟|省)")
_MONTH = re.compile(r"所属月份[:：]\s*(\d{4}-\d{2})")
_JSON_FIGURES = ("unit", "level", "period", "field", "n", "d", "value", "suppressed", "basis")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")

_Key = tuple[str, str, str, str]  # unit, level, period, field
Spot = tuple[str, str]  # sheet and cell, "" where it has none


def small_cells(out: Outgoing, previous: Sequence[Outgoing], limit: int) -> list[Spot]:
    """Where a count under `limit` stands open or can be worked out, in the order of the file."""
    spots = _told(out, previous, limit)
    spots += [("", "") for earlier in previous if set(_told(earlier, (out,), limit)) - set(_told(earlier, (), limit))]
    return list(dict.fromkeys(spots))


def _told(out: Outgoing, previous: Sequence[Outgoing], limit: int) -> list[Spot]:
    return [*(spot for grid in out.grids for spot in _of_grid(grid, out, previous, limit)), *_of_figures(out, previous, limit)]


# ------------------------------------------------------------------------------------------------ tables as printed


def _of_grid(grid: Grid, out: Outgoing, previous: Sequence[Outgoing], limit: int) -> list[Spot]:
    spots: list[Spot] = []
    hides = any(_hides(other) for other in out.grids)
    for table in tables(grid):
        if not hides and not _OF_A_COUNTY.match(table.label):
            continue  # a township's own, which hides nothing: its — stand for none
        known = _told_before(table, grid, _month(out), previous)
        follows = _pinned(sums_of(table), dict(table.ranges) | {place: (value, value) for place, value in known.items()})
        spots += [_spot(grid, row, column) for row, column, _ in sorted({*follows, *known})]  # a neighbour too: it protects a small one
        spots += [_spot(grid, row, column.at) for column in table.columns for row in (*table.rows, table.total)
                  if not column.pair and _women(column.heading, table.caption) and _is_small(table.ranges.get((row, column.at, "n")), limit)]
        spots += [_spot(grid, row, column.at) for column in table.columns for row in (*table.rows, table.total)
                  if column.pair and _SHARE_OF_WOMEN.search(column.heading) and _is_small(table.ranges.get((row, column.at, "d")), RATE_MIN)]
    return spots


def _women(heading: str, caption: str) -> bool:
    return bool(_ABOUT_WOMEN.search(heading + caption)) and not _UNTOLD.search(heading) and not re.search(r"报|错误|警告|罚|案", heading)


def _is_small(range_: Range | None, limit: int) -> bool:
    return range_ is not None and range_[0] == range_[1] and range_[0] < limit


def _hides(grid: Grid) -> bool:
    """Whether a grid has hidden counts at all: then it is a report of a county or above."""
    return any(is_hidden(shown(cell)) for row in grid.rows for cell in row if isinstance(cell, str))


def _pinned(groups: Iterable[list[Sum]], ranges: Mapping[Name, Range]) -> dict[Name, int]:
    """What follows from the groups that hold: a column of anything but counts that add up is left out."""
    good = []
    for group in groups:
        try:
            followed(ranges, group)
        except Contradiction:
            continue
        good.append(group)
    try:
        return followed(ranges, [one for group in good for one in group])
    except Contradiction:
        return {name: value for group in good for name, value in followed(ranges, group).items()}


def _spot(grid: Grid, row: int, column: int) -> Spot:
    return grid.name, f"{column_letter(grid.left + column)}{grid.top + row}" if grid.cells else ""


def _month(out: Outgoing) -> str:
    texts = (*out.texts, *(cell for grid in out.grids for row in grid.rows[:3] for cell in row if isinstance(cell, str)))
    return next((match[1] for text in texts if (match := _MONTH.search(text))), "")


def _told_before(table: Table, grid: Grid, month: str, previous: Sequence[Outgoing]) -> dict[Place, int]:
    """Hidden counts that an earlier report of the same month shows in the same row and column."""
    if not month:
        return {}
    wanted = {(_label(grid, table, place[0]), _heading(grid, table, place[1]), place[2]): place
              for place, (low, high) in table.ranges.items() if low != high}
    told: dict[Place, int] = {}
    for earlier in previous:
        if not wanted or _month(earlier) != month:
            continue
        for other in earlier.grids:
            for one in tables(other):
                for (row, column, number), (low, high) in one.ranges.items():
                    place = wanted.get((_label(other, one, row), _heading(other, one, column), number))
                    if place is not None and low == high:
                        told[place] = low
    return told


def _label(grid: Grid, table: Table, row: int) -> str:
    """A row's name: its last text before the figures, as reports of all forms have it."""
    figures = min(column.at for column in table.columns)
    texts = [str(cell).strip() for cell in grid.rows[row][table.left:figures] if isinstance(cell, str) and cell.strip()]
    return texts[-1] if texts else ""


def _heading(grid: Grid, table: Table, at: int) -> str:
    """A column's name, the same on a sheet, a page and in a letter: what is counted, and the last word of its heading."""
    heading = next(column.heading for column in table.columns if column.at == at)
    counted = next((word for text in (heading, table.caption, grid.name) for word in ("分孩次", "活产") if word in text), "")
    return f"{counted} {heading.rpartition(' ')[2]}"


# ------------------------------------------------------------------------------------------------ figures in rows


@dataclass(frozen=True)
class _Figure:
    unit: str
    level: str
    period: str
    field: str
    n: int | None
    d: int | None
    basis: str
    spot: Spot

    @property
    def key(self) -> _Key:
        return (self.unit, self.level, self.period, self.field)


def _of_figures(out: Outgoing, previous: Sequence[Outgoing], limit: int) -> list[Spot]:
    mine = list(_figures(out))
    top = min((LEVELS[one.level] for one in mine if one.level in LEVELS), default=len(LEVELS))
    if not mine or top > LEVELS["county"]:
        return []
    spots = [one.spot for one in mine if _counts_women(one.field) and one.n is not None and one.n < limit and one.level != OFFICE]
    every = {one.key: one for earlier in previous for one in _figures(earlier) if _counts_women(one.field)}
    for one in mine:
        if _counts_women(one.field) and (one.n is not None or one.key not in every or every[one.key].n is None):
            every[one.key] = one
    hidden = {one.key: one for one in mine if one.basis == f"<{limit}" or one.basis in (NEIGHBOUR,)}
    ranges: dict[_Key, Range] = {key: _range(one, limit) for key, one in every.items() if one.level != OFFICE}
    told = {key: one.spot for key, one in hidden.items() if key in ranges and ranges[key][0] == ranges[key][1]}
    found = _pinned([[one] for one in (*_by_level(ranges), *_by_month(ranges), *_by_sex(ranges))], ranges)
    told |= {key: one.spot for key, one in hidden.items() if key in found}
    return [*spots, *(one.spot for one in mine if one.key in told)]


def _counts_women(field: str) -> bool:
    name, _, rest = field.partition(":")
    return name in (*SERVICE_COUNTS, *BIRTHS) or (name == "births_by_order" and not rest.endswith("unstated"))


def _range(one: _Figure, limit: int) -> Range:
    if one.n is not None:
        return one.n, one.n
    return (0, limit - 1) if one.basis.startswith("<") else (limit, None) if one.basis == NEIGHBOUR else (0, None)


def _figures(out: Outgoing) -> Iterable[_Figure]:
    for grid in out.grids:
        for at, row in enumerate(grid.rows):
            names = tuple(str(cell) for cell in row)
            if names[:len(FIGURE_COLUMNS)] == FIGURE_COLUMNS or set(_JSON_FIGURES) <= set(names):
                order = range(len(FIGURE_COLUMNS)) if names[:len(FIGURE_COLUMNS)] == FIGURE_COLUMNS else [names.index(name) for name in _JSON_FIGURES]
                for below, cells in enumerate(grid.rows[at + 1:], at + 1):
                    values = [cells[column] if column < len(cells) else None for column in order]
                    if values[0] and values[3]:
                        yield _Figure(str(values[0]), str(values[1]), str(values[2]), str(values[3]), _whole(values[4]), _whole(values[5]),
                                      str(values[8] or ""), _spot(grid, below, order[4]))
                break


def _whole(value: object) -> int | None:
    found = shown(value) if isinstance(value, str | int | float) else ""
    return found if isinstance(found, int) else None


def _by_level(ranges: dict[_Key, Range]) -> Iterable[Sum]:
    """A unit is the sum of those of the next level below it."""
    groups: dict[tuple[str, str], dict[str, list[_Key]]] = {}
    for key in ranges:
        unit, level, period, field = key
        groups.setdefault((period, field), {}).setdefault(level, []).append((unit, level, period, field))
    for levels in groups.values():
        order = sorted((level for level in levels if level in LEVELS), key=lambda level: LEVELS[level])
        for upper, lower in zip(order, order[1:], strict=False):
            if len(levels[upper]) == 1:
                yield Sum(levels[upper][0], tuple(levels[lower]))


def _by_month(ranges: dict[_Key, Range]) -> Iterable[Sum]:
    """Births of a quarter, a year or a stretch of months are the sum of the months, where all are here."""
    for key in ranges:
        unit, level, period, field = key
        months = _months(period) if field in BIRTHS else []
        parts = tuple((unit, level, month, field) for month in months)
        if parts and all(part in ranges for part in parts):
            yield Sum(key, parts)


def _months(period: str) -> list[str]:
    quarter = _QUARTER.fullmatch(period)
    if quarter:
        first = 3 * int(quarter[2]) - 2
        return [f"{quarter[1]}-{month:02d}" for month in range(first, first + 3)]
    if re.fullmatch(r"\d{4}", period):
        return [f"{period}-{month:02d}" for month in range(1, 13)]
    stretch = re.fullmatch(r"(\d{4})-(\d{2})/(\d{4})-(\d{2})", period)
    if not stretch:
        return []
    first, last = int(stretch[1]) * 12 + int(stretch[2]) - 1, int(stretch[3]) * 12 + int(stretch[4]) - 1
    return [f"{at // 12}-{at % 12 + 1:02d}" for at in range(first, min(last, first + 60) + 1)]


def _by_sex(ranges: dict[_Key, Range]) -> Iterable[Sum]:
    """Births are boys and girls; of those of unstated sex a reader assumes that there are none."""
    for key in ranges:
        unit, level, period, field = key
        parts = ((unit, level, period, "boys"), (unit, level, period, "girls"))
        if field == "births" and all(part in ranges for part in parts):
            yield Sum(key, parts)

