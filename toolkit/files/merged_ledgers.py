"""The travelling ledgers of a merged workbook, each row with its provenance, and 待裁定 (SPEC 2, 6.4, 6.5).

Rows are written one after the other from lists made once for each column, so that 200,000 of them take seconds, not minutes.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.files.merged_page import FIRST_AT, HEADINGS_AT, Desk, fits_a_cell
from toolkit.files.worksheet import Lane, write_rows
from toolkit.files.xlsx import heading_width, least_width, text_height, write_across, write_heading, write_text
from toolkit.model.ledger import PART, ROW, UNKNOWN, Column, Ledger, Table
from toolkit.model.merged import Merged
from toolkit.model.sheet import place_text
from toolkit.schema import CONTENDERS_SHEET, TRAVELLING, Services
from toolkit.schema.kinds import Bool, Choice, Code, Count, Date, Money, Multi
from toolkit.schema.merged import CONTENDER_COLUMNS, PENDING_TEXT, PROVENANCE

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_EPOCH = dt.date(1899, 12, 30)
_ROW_HEIGHT = 24
_NARROW = 0.56  # of a Chinese character's width, at most, is a Latin letter's or a digit's (LOOK 3)
#: Widths of the provenance columns, in their order.
_PROVENANCE_WIDTHS = (9, 14, 9.5, 9, 30, 14, 8)
#: Pixels across A4 landscape between our margins at full size, and the scale at which type of 10 pt is still 7 pt (LOOK 7).
_PAGE_PIXELS, _LEAST_SCALE = 1032, 70
#: LibreOffice draws columns up to 6 % wider than they say: what is left of a page where our own breaks must hold.
_SURE_PIXELS = 960


def order_of(merged: Merged, ledger: type[Ledger]) -> list[int]:
    """Positions in the ledger's table of the rows that stand, in the order they are written: by unit and revision of their
    part, else as they are."""
    table = merged.union.tables.get(ledger.id)
    if table is None or not len(table):
        return []
    rank = [(part.unit, part.revision, number) for number, part in enumerate(merged.union.parts)]
    numbers = table.frame[PART].tolist()
    return sorted((at for at, number in enumerate(numbers) if merged.stands[number]), key=lambda at: rank[numbers[at]])


def write_ledger(desk: Desk, ledger: type[Ledger], order: Sequence[int]) -> None:
    """One ledger: its own columns, then where each row comes from."""
    table = desk.merged.union.tables.get(ledger.id)
    own = len(ledger.columns)
    widths = [_width(column) for column in ledger.columns]
    pending = desk.merged.pending.get(ledger.id)
    marked = sum(bool(pending[at]) for at in order) if pending is not None else 0
    sheet = desk.sheet(
        ledger.sheet, ledger.sheet,
        (f"填报单位：{desk.unit_name}", desk.month, f"共{len(order)}条，{PENDING_TEXT}{marked}条；要改请改原表"),
        (*widths, *_PROVENANCE_WIDTHS), tab="ledger", last=own, repeat=(2, HEADINGS_AT))
    sheet.set_default_row(_ROW_HEIGHT)
    breaks, scale = _pages([*widths, _PROVENANCE_WIDTHS[0]])
    printed = own
    if len(_pages(widths)[0]) < len(breaks):  # the mark alone is not worth another sheet of paper
        (breaks, scale), printed = _pages(widths), own - 1
    if breaks:
        sheet.set_print_scale(scale)
        sheet.set_v_pagebreaks(breaks)
        sheet.repeat_columns(0, 0)
    _write_headings(desk, sheet, ledger, breaks)
    if table is not None and order:
        _write_rows(desk, sheet, table, order, widths)
        sheet.conditional_format(FIRST_AT, own, FIRST_AT + len(order) - 1, own, {
            "type": "cell", "criteria": "==", "value": f'"{PENDING_TEXT}"', "format": desk.look.mark("warning")})
        sheet.autofilter(HEADINGS_AT, 0, HEADINGS_AT + len(order), own + len(PROVENANCE) - 1)
    sheet.print_area(0, 0, HEADINGS_AT + len(order), printed)
    sheet.freeze_panes(FIRST_AT, 1)


def _width(column: Column) -> float:
    """Wide enough for the heading and an ordinary cell; figures need no more than their heading."""
    heading = heading_width(column.heading, column.hint, column.required)
    return max(heading, 8.5) if isinstance(column.kind, Count) else max(heading, column.width, least_width(column.example))


def _pages(widths: Sequence[float]) -> tuple[list[int], int]:
    """Columns before which a page ends, and the scale: as few pages as 7 pt allow, then the largest type.

    The first column stands on every page.
    """
    if sum(7 * width + 5 for width in widths) <= _PAGE_PIXELS * 100 / _LEAST_SCALE:
        return [], 100
    fewest, scale = _breaks(widths, _LEAST_SCALE), _LEAST_SCALE
    while scale < 100 and len(_breaks(widths, scale + 1)) == len(fewest):
        scale += 1
    return _breaks(widths, scale), scale


def _breaks(widths: Sequence[float], scale: int) -> list[int]:
    pixels = [7 * width + 5 for width in widths]
    room, used = _SURE_PIXELS * 100 / scale, 0.0
    breaks: list[int] = []
    for column, wide in enumerate(pixels):
        if used + wide > room and column:
            breaks.append(column)
            used = pixels[0]
        used += wide
    return breaks


def _starts(ledger: type[Ledger]) -> list[bool]:
    """Whether a column is the first of its group."""
    return [at == 0 or column.group != ledger.columns[at - 1].group for at, column in enumerate(ledger.columns)]


def _write_headings(desk: Desk, sheet: Worksheet, ledger: type[Ledger], breaks: Sequence[int]) -> None:
    """Groups and headings; a group that goes over to the next page is named on both."""
    look, columns, own = desk.look, ledger.columns, len(ledger.columns)
    sheet.set_row(HEADINGS_AT - 1, 20)
    starts = [at for at, first in enumerate(_starts(ledger)) if first]
    pieces = sorted({*starts, *(column for column in breaks if column < own)})
    for first, after in zip(pieces, [*pieces[1:], own], strict=True):
        write_across(sheet, HEADINGS_AT - 1, first, after - 1, columns[first].group, look("group", "group_start"))
    write_text(sheet, HEADINGS_AT - 1, own, "提示", look("group", "group_start", "last"))
    write_across(sheet, HEADINGS_AT - 1, own + 1, own + len(PROVENANCE) - 1, "来源（程序续报用，请勿改动）", look("auto_header", "grey"))
    sheet.set_row(HEADINGS_AT, 34)
    for at, column in enumerate(columns):
        edges = ("group_start",) if at in starts else ()
        write_heading(sheet, HEADINGS_AT, at, look, column.heading, column.hint, ("header", "under", *edges), column.required is True)
    write_text(sheet, HEADINGS_AT, own, PROVENANCE[0], look("header", "under", "group_start", "last"))
    for at, name in enumerate(PROVENANCE[1:], own + 1):
        write_text(sheet, HEADINGS_AT, at, name, look("auto_header", "grey", "under", bold=False))


@dataclass
class _Lane:
    """A column ready to be written: one value per row (None blank) and its format; `unread`: of cells that could not be read."""

    name: str
    values: Sequence[Any]
    format: Format
    unread: Format
    width: float

    @property
    def narrowest(self) -> float:
        """Text of so few characters fits on one line whatever they are."""
        return (7 * self.width - 9) / 13.33

    def height(self, text: Any) -> int:
        """The height of a row with this in it. Raises ValueError where no cell can hold the text."""
        if not isinstance(text, str) or len(text) <= self.narrowest or (text.isascii() and len(text) * _NARROW <= self.narrowest):
            return _ROW_HEIGHT
        return min(409, math.ceil(text_height(fits_a_cell(text, self.name), self.width, minimum=_ROW_HEIGHT)))

    def heights(self, unread: Mapping[int, str]) -> list[int]:
        """The height each row needs for this column."""
        known = {value: self.height(value) for value in set(self.values)}
        needed = [known[value] for value in self.values]
        for at, text in unread.items():
            needed[at] = self.height(text)
        return needed


def cell_values(column: Column, values: Any) -> list[Any]:
    """What each value of a frame's column looks like in a cell: text, a number, a day's serial number, or None."""
    blank = values.isna().to_numpy()
    shown: dict[Any, Any] = {}
    cells: list[Any] = []
    for value, is_blank in zip(values.tolist(), blank, strict=True):
        if is_blank:
            cells.append(None)
            continue
        if value not in shown:
            shown[value] = _cell(column.kind.shown(value))
        cells.append(shown[value])
    return cells


def _cell(shown: Any) -> Any:
    if isinstance(shown, dt.datetime):
        shown = shown.date()
    return (shown - _EPOCH).days if isinstance(shown, dt.date) else shown


def roles_of(column: Column) -> tuple[str, ...]:
    """How cells of a column are set."""
    kind = column.kind
    for kinds, role in ((Date, "date"), (Money, "money"), (Count, "number"), (Bool, "choice"), (Choice, "choice"), (Multi, "words"),
                        (Code, "code")):
        if isinstance(kind, kinds):
            return (role,)
    return ("words",)


def _write_rows(desk: Desk, sheet: Worksheet, table: Table, order: Sequence[int], widths: Sequence[float]) -> None:
    """All rows, in order. Text that needs more than one line gets a taller row."""
    frame = table.frame.take(list(order))
    lanes = _own_lanes(desk, table.ledger, frame, widths) + _provenance_lanes(desk, table.ledger, frame, order)
    unread: dict[str, dict[int, str]] = {}
    for at, texts in enumerate(frame[UNKNOWN].tolist()):
        for name, text in (texts or {}).items():
            unread.setdefault(name, {})[at] = text
    heights = [_ROW_HEIGHT] * len(order)
    for lane in lanes:
        heights = list(map(max, heights, lane.heights(unread.get(lane.name, {}))))
    write_rows(sheet, FIRST_AT, [
        Lane(lane.values, lane.format, {at: (text, lane.unread) for at, text in unread.get(lane.name, {}).items()}) for lane in lanes], heights)


def _own_lanes(desk: Desk, ledger: type[Ledger], frame: Any, widths: Sequence[float]) -> list[_Lane]:
    lanes = []
    for column, starts, width in zip(ledger.columns, _starts(ledger), widths, strict=True):
        edges = ("group_start",) if starts else ()
        roles = roles_of(column)
        lanes.append(_Lane(column.field, cell_values(column, frame[column.field]), desk.look("cell", *roles, *edges, text_wrap=True),
                           desk.look("error", "centre", *edges, text_wrap=True, num_format="@"), width))
    return lanes


def _provenance_lanes(desk: Desk, ledger: type[Ledger], frame: Any, order: Sequence[int]) -> list[_Lane]:
    """标记, then unit, month, revision, file, sheet and row of the part each row came in."""
    parts, numbers = desk.merged.union.parts, frame[PART].tolist()
    pending = desk.merged.pending.get(ledger.id)
    marks = [PENDING_TEXT if pending is not None and bool(pending[at]) else None for at in order]
    rows = [None if ledger is Services or not place else place_text(place) for place in frame[ROW].tolist()]
    of_part: list[Callable[[Any], Any]] = [
        lambda part: part.unit, lambda part: part.period, lambda part: part.revision, lambda part: part.source.file, lambda part: part.sheet]
    facts = [[fact(part) for part in parts] for fact in of_part]
    columns = [marks, *([fact[number] for number in numbers] for fact in facts), rows]
    grey = {role: desk.look("auto", role, font_size=9) for role in ("code", "words", "centre")}
    roles = ("", "code", "code", "centre", "words", "words", "centre")
    mark = desk.look("cell", "centre", "group_start", "last")
    return [_Lane("", values, grey.get(role, mark), mark, math.inf) for values, role in zip(columns, roles, strict=True)]


def write_contenders(desk: Desk) -> None:
    """待裁定: rows of the contents that do not stand while two of one revision wait for a decision (F111)."""
    merged = desk.merged
    widths = (12, 13.5, 9.5, 6, 20, 14, 8, 90)
    sheet = desk.sheet(CONTENDERS_SHEET, CONTENDERS_SHEET,
                       (desk.place, desk.month, "同一版次有两种内容时，未采用的一种留在这里；请在“重复与冲突”中裁定，不要在此改动"),
                       widths, tab="guide", last=len(widths) - 1, repeat=(HEADINGS_AT, HEADINGS_AT))
    sheet.set_row(HEADINGS_AT, 24)
    for at, name in enumerate(CONTENDER_COLUMNS):
        write_text(sheet, HEADINGS_AT, at, name, desk.look("header", "under"))
    formats = [desk.look("cell", *roles) for roles in (
        ("centre",), ("code",), ("code",), ("centre",), ("mono", "wrap"), ("wrap",), ("centre",), ("wrap",))]
    row = FIRST_AT
    for ledger in TRAVELLING:
        table = merged.union.tables.get(ledger.id)
        for number, where, content in _contents(merged, table):
            part = merged.union.parts[number]
            values = (ledger.sheet, part.unit, part.period, str(part.revision), part.digest, part.sheet,
                      "" if ledger is Services or not where else str(place_text(where)), fits_a_cell(content, f"{part.unit} {ledger.id}"))
            for column, value in enumerate(values):
                write_text(sheet, row, column, value, formats[column])
            sheet.set_row(row, min(409, text_height(content, widths[-1], minimum=62)))
            row += 1
    sheet.print_area(0, 0, row - 1, len(widths) - 1)
    sheet.freeze_panes(FIRST_AT, 0)


def _contents(merged: Merged, table: Table | None) -> list[tuple[int, int, str]]:
    """(part number, Excel row, JSON object heading -> shown text) of the rows waiting for a decision, by part."""
    if table is None or not merged.losers:
        return []
    numbers = table.frame[PART].tolist()
    order = sorted((at for at, number in enumerate(numbers) if number in merged.losers), key=lambda at: numbers[at])
    frame = table.frame.take(order)
    shown = {column.heading: [_as_text(column, value) for value in cell_values(column, frame[column.field])]
             for column in table.ledger.columns}
    found = []
    for at, (number, where, unread) in enumerate(zip(frame[PART].tolist(), frame[ROW].tolist(), frame[UNKNOWN].tolist(), strict=True)):
        cells = {heading: texts[at] for heading, texts in shown.items() if texts[at]}
        cells |= {table.ledger.by_field[field].heading: text for field, text in (unread or {}).items()}
        found.append((number, where, json.dumps(cells, ensure_ascii=False, separators=(",", ":"))))
    return found


def _as_text(column: Column, cell: Any) -> str:
    """A cell's value as the text a reader of the same kind understands."""
    if cell is None:
        return ""
    if isinstance(column.kind, Date):
        return (_EPOCH + dt.timedelta(days=cell)).isoformat()
    return column.kind.canonical(cell) if isinstance(column.kind, Money) else str(cell)
