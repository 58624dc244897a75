"""A Report as a workbook: one sheet a page, blocks under one another, A4, in the look of everything we write (LOOK 3, 6, 7)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from toolkit.files.charts import ChartData, insert
from toolkit.files.worksheet import heights_of
from toolkit.files.xlsx import (
    INTERNAL,
    Look,
    heading_width,
    new_sheet,
    new_workbook,
    page,
    text_height,
    write_across,
    write_box,
    write_heading,
    write_text,
)
from toolkit.model.issue import SIGNS
from toolkit.model.report import (
    REPORT_MARK,
    Beside,
    Block,
    Box,
    Cell,
    ChartRow,
    Column,
    Facts,
    Finding,
    Findings,
    Link,
    Page,
    Report,
    Signatures,
    Table,
    Text,
    Together,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Kind and state of a cell -> roles of files/xlsx. Text in a column of figures (`<5`, `—`) keeps its place at the right.
_KINDS = {"text": ("text",), "wrap": ("wrap",), "centre": ("centre",), "number": ("number",), "rate": ("rate",), "money": ("money",),
          "ratio": ("ratio",), "date": ("date",), "code": ("code",), "mono": ("mono", "centre"),
          "mono_big": ("wrap", "mono_big"), "tick": ("tick",)}
_FIGURES = ("number", "rate", "money")
_STATES = {"": ("cell",), "grey": ("cell", "grey"), "required": ("required_header",)}
_TITLES = {"result": "title", "paper": "paper_title", "certificate": "certificate_title"}
_SPACER, _SUBTITLE, _SECTION, _TICKS = 8, 18, 24, 30
_WIDEST_GAP = 20  # a wider column would swallow the line it parts
#: A4 between our margins: pixels across and points down; LibreOffice draws up to 6 % wider and higher than we reckon.
_ACROSS, _DOWN = {True: 1032, False: 703}, {True: 501, False: 748}
_SURE = 0.94
#: Below this scale type of 10 pt is too small for a paper that is read and signed.
_LEAST_SCALE = 75
_ALLOWED = {"autofilter": True, "format_columns": True, "format_rows": True, "sort": True, "select_locked_cells": True}


def workbook_of(report: Report) -> bytes:
    """The report's bytes; equal for equal reports."""
    buffer = BytesIO()
    book = new_workbook(buffer, report.title, report.company, REPORT_MARK)
    look, data = Look(book), ChartData(report)
    for one in report.pages:
        if one.only != "page":
            write_page(book, look, one, data)
    data.write(book, look, report.pages[0].header if report.pages else ("", ""))
    book.close()
    return buffer.getvalue()


def write_page(book: Workbook, look: Look, one: Page, data: ChartData | None = None) -> Worksheet:
    """One sheet, added at the end of the workbook. `data`: where the figures of its charts stand."""
    return _Writer(book, look, one, data).sheet


class _Writer:
    """One page on its way down the sheet; `row` is the next free row, counted from 0."""

    def __init__(self, book: Workbook, look: Look, one: Page, data: ChartData | None) -> None:
        self.book, self.look, self.page, self.data = book, look, one, data
        self.sheet = new_sheet(book, one.name, one.tab)
        blocks = [_table_of(block) if isinstance(block, Findings) else block for block in one.blocks]
        self.widths = list(one.widths) or _widths(blocks)
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self.last = len(self.widths) - 1
        self.row = self.links = 0
        self.frozen = False
        self.repeat: tuple[int, int] | None = None
        self.together: list[tuple[int, int]] = []  # first and last row of blocks that stay on one page
        self._title()
        for block in blocks:
            self._block(block)
        page(self.sheet, one.header[0] or one.title, one.header[1], footer=one.footer or INTERNAL, paper="landscape" if one.landscape else "portrait",
             tall=1 if one.one_page else 0, repeat=None if one.look == "certificate" else self.repeat)
        if self.together and not one.one_page:
            self._breaks()
        self.sheet.protect("", _ALLOWED)

    def _breaks(self) -> None:
        """One page where that stays readable, else breaks where blocks must stay together.

        Excel ignores breaks of our own on a sheet that is fitted to pages: then a scale is set instead.
        """
        heights = [heights_of(self.sheet).get(at) or 15.0 for at in range(self.row)]
        across = 100 * _SURE * _ACROSS[self.page.landscape] / sum(7 * width + 5 for width in self.widths)
        down = _DOWN[self.page.landscape] * _SURE
        if min(across, 100 * down / sum(heights)) >= _LEAST_SCALE:
            self.sheet.fit_to_pages(1, 1)
            return
        scale = max(_LEAST_SCALE, min(100, int(across)))
        room, used, breaks = down * 100 / scale, 0.0, []
        again = sum(heights[self.repeat[0]:self.repeat[1] + 1]) if self.repeat else 0.0
        blocks = dict(self.together)
        for at, height in enumerate(heights):
            needed = sum(heights[at:blocks[at] + 1]) if at in blocks else height
            if used + needed > room and used > again:
                breaks.append(at)
                used = again
            used += height
        self.sheet.set_print_scale(scale)
        self.sheet.set_h_pagebreaks(breaks)

    def _title(self) -> None:
        role = _TITLES[self.page.look]
        self.sheet.set_row(0, 34 if role != "title" else 30)
        if role == "title":
            write_text(self.sheet, 0, 0, self.page.title, self.look(role))
        else:
            write_across(self.sheet, 0, 0, self.last, self.page.title, self.look(role))
        centre = () if role == "title" else ("centre",)
        write_across(self.sheet, 1, 0, self.last, "　　".join(self.page.subtitle), self.look("subtitle", "under", *centre, valign="vcenter"))
        self.sheet.set_row(1, _SUBTITLE)
        self.sheet.set_row(2, _SPACER)
        self.row = 3

    def _block(self, block: Block) -> None:
        if isinstance(block, Table):
            self.row = self._table(block, self.row, 0)
        elif isinstance(block, Beside):
            column, bottom = 0, self.row
            for table in block.blocks:
                bottom = max(bottom, self._table(table, self.row, column))
                column += sum(one.span for one in table.columns) + 1
            self.row = bottom
        elif isinstance(block, Facts):
            self._facts(block)
        elif isinstance(block, Text):
            self._text(block)
        elif isinstance(block, Signatures):
            self._signatures(block)
        elif isinstance(block, ChartRow) and self.data is not None:
            self.row = insert(self.book, self.sheet, self.row, block, self.data, len(self.widths) // 2)
        elif isinstance(block, Box):
            self._box(block)
        elif isinstance(block, Together):
            first = self.row
            for one in block.blocks:
                self._block(one)
            self.together.append((first, self.row - 1))
        else:
            raise TypeError(f"no way to write {type(block).__name__} on a sheet")

    # ------------------------------------------------------------------------------------------------ tables

    def _table(self, table: Table, row: int, left: int) -> int:
        """Write a table with its upper left corner there; the row after it and a spacer."""
        if table.caption:
            write_text(self.sheet, row, left, table.caption, self.look("section"))
            self.sheet.set_row(row, _SECTION)
            row += 1
        top = row
        starts = _starts(table.columns, left)
        if any(column.group for column in table.columns):
            for first, last, name in _groups(table.columns, starts):
                write_across(self.sheet, row, first, last, name, self.look("group", "group_start", *self._edge(table, starts, last)))
            self.sheet.set_row(row, 20)
            row += 1
        height = 24.0
        for at, (column, start) in enumerate(zip(table.columns, starts, strict=True)):
            self._heading(row, start, column, table, starts, at)
            height = max(height, 10 + 15 * (column.heading.count("\n") + 1) + (11 if column.hint else 0))
        self.sheet.set_row(row, height)
        heading = row
        row += 1
        if not table.rows:
            write_across(self.sheet, row, left, starts[-1] + table.columns[-1].span - 1, table.empty or "—", self.look("cell", "grey", "text"))
            self.sheet.set_row(row, table.least)
            row += 1
        for cells in table.rows:
            self._cells(row, cells, table, starts)
            row += 1
        if not self.frozen and left == 0:
            self.frozen, self.repeat = True, (top if row - heading > 1 else heading, heading)
            if table.freeze:
                self.sheet.freeze_panes(heading + 1, starts[table.freeze] if table.freeze < len(starts) else 0)
            if table.filters and table.rows:
                self.sheet.autofilter(heading, left, row - 1, starts[-1] + table.columns[-1].span - 1)
        for note in table.notes:
            last = starts[-1] + table.columns[-1].span - 1
            self.sheet.set_row(row, text_height(note, self._width(left, last), size=9, minimum=16))
            write_across(self.sheet, row, left, last, note, self.look("note"))
            row += 1
        self.sheet.set_row(row, _SPACER)
        return row + 1

    def _heading(self, row: int, start: int, column: Column, table: Table, starts: Sequence[int], at: int) -> None:
        roles = ("header", "under", *self._group_edge(table, at), *self._edge(table, starts, start + column.span - 1))
        if column.span > 1:
            write_across(self.sheet, row, start, start + column.span - 1, ("＊" if column.required else "") + column.heading,
                         self.look(*(("required_header", *roles[1:]) if column.required else roles)))
        else:
            write_heading(self.sheet, row, start, self.look, column.heading, column.hint, roles, column.required)

    def _cells(self, row: int, cells: Sequence[Cell], table: Table, starts: Sequence[int]) -> None:
        height, at = table.least, 0
        for cell in cells:
            last = min(at + cell.across, len(starts)) - 1
            first, end = starts[at], starts[last] + table.columns[last].span - 1
            kind = table.columns[at].kind if cell.kind == "text" and cell.across == 1 else cell.kind
            edges = (*self._group_edge(table, at), *self._edge(table, starts, end))
            self._cell(row, first, end, cell, kind, edges)
            if kind == "tick":
                height = max(height, _TICKS)
            elif kind == "wrap" or (isinstance(cell.value, str) and "\n" in cell.value):
                height = max(height, text_height(str(cell.value or ""), self._width(first, end), minimum=table.least))
            at = last + 1
        self.sheet.set_row(row, min(409.0, height))

    def _cell(self, row: int, first: int, last: int, cell: Cell, kind: str, edges: Sequence[str]) -> None:
        if kind in _FIGURES and isinstance(cell.value, str):
            kind = "ratio"
        roles = [*_STATES.get(cell.state, (cell.state,)), *_KINDS[kind], *edges]
        style = self.look(*roles, *(("link",) if cell.link and _address(cell.link) else ()))
        address = _address(cell.link) if cell.link and cell.value not in (None, "") and self.links < MOST_LINKS else ""
        if address:
            self.links += 1
            self.sheet.write_url(row, first, address, style, str(cell.value))
        else:
            write_across(self.sheet, row, first, last, cell.value, style)
        if cell.choices:
            self.sheet.data_validation(row, first, row, first, {"validate": "list", "source": list(cell.choices), "error_message": "请从下拉中选"})

    def _group_edge(self, table: Table, at: int) -> tuple[str, ...]:
        """Left rule where a group begins; without groups, at the first column only."""
        columns = table.columns
        begins = at == 0 or (any(column.group for column in columns) and (columns[at].group != columns[at - 1].group or not columns[at].group))
        return ("group_start",) if begins else ()

    def _edge(self, table: Table, starts: Sequence[int], last: int) -> tuple[str, ...]:
        return ("last",) if last == starts[-1] + table.columns[-1].span - 1 else ()

    # ------------------------------------------------------------------------------------------------ other blocks

    def _facts(self, block: Facts) -> None:
        for fact, (first, last) in zip(block.facts, _shares(self.widths, len(block.facts)), strict=True):
            write_across(self.sheet, self.row, first, last, fact.label, self.look("header"))
            write_across(self.sheet, self.row + 1, first, last, fact.value,
                         self.look(*_STATES.get(fact.state, (fact.state,)), "centre", "bold", font_size=14))
            write_across(self.sheet, self.row + 2, first, last, fact.note, self.look("cell", "centre", "grey", font_size=9, text_wrap=True))
        for row, height in enumerate((20, 26, 18 if any(fact.note for fact in block.facts) else 4, _SPACER), self.row):
            self.sheet.set_row(row, height)
        self.row += 4

    def _text(self, block: Text) -> None:
        for line in block.lines:
            if block.role == "section":
                write_text(self.sheet, self.row, 0, line, self.look("section"))
                self.sheet.set_row(self.row, _SECTION)
            else:
                size = 9.0 if block.role == "note" else 10.5 if block.role == "spoken" else 10.0
                roles = {"note": ("note",), "spoken": ("spoken", "bar"), "box": ("wrap", "bar"), "paragraph": ("wrap",)}[block.role]
                self.sheet.set_row(self.row, text_height(line, self._width(0, self.last), size=size, minimum=16))
                write_box(self.sheet, self.row, 0, self.row, self.last, line, self.look(*roles, text_wrap=True))
            self.row += 1
        self.sheet.set_row(self.row, _SPACER)
        self.row += 1

    def _signatures(self, block: Signatures) -> None:
        for _ in range(block.rows):
            self.sheet.set_row(self.row, 34)
            for label, (first, last) in zip(block.labels, _shares(self.widths, len(block.labels)), strict=True):
                gap = last != self.last and self.widths[last] <= _WIDEST_GAP
                end = max(first, last - 1) if gap else last  # a gap before the next line
                write_across(self.sheet, self.row, first, end, label, self.look("signature", "open", valign="bottom"))
            self.row += 1

    def _box(self, block: Box) -> None:
        write_across(self.sheet, self.row, 0, self.last, block.label, self.look("input", "wrap", "top", "group_start", "last"))
        self.sheet.set_row(self.row, block.height)
        self.row += 1

    def _width(self, first: int, last: int) -> float:
        return sum(self.widths[first:last + 1])


#: What Excel takes: links on a sheet (above it drops them), characters of an address (FACTS; the limit is 2079 each).
MOST_LINKS, LONGEST_ADDRESS = 65_000, 1500
#: Signs that end or change a file's address in a link.
_NO_ADDRESS = ("#", "%", "?", "*")


def _address(link: Link) -> str:
    """XlsxWriter's form of a link; "" where Excel could not follow it."""
    where = "'" + link.sheet.replace("'", "''") + f"'!{link.cell or 'A1'}" if link.sheet else ""
    if not link.file:
        return f"internal:{where}" if where else ""
    if any(sign in link.file for sign in _NO_ADDRESS) or len(link.file) * 9 + len(where) * 9 > LONGEST_ADDRESS * 3:
        return ""
    return f"external:{link.file}" + (f"#{where}" if where else "")


def _table_of(block: Findings) -> Table:
    """Findings as rows: how bad, what, how often, in how many units, where the first of them stand, what to do."""
    columns = (Column("序号", "number", 5.5), Column("程度", "centre", 9), Column("规则", "code", 7), Column("问　题", "wrap", 38), Column("处数", "number", 8),
               Column("单位数", "number", 8), Column("在哪里", "wrap", 44), Column("怎么办", "wrap", 38))
    rows = tuple((
        Cell(number, "number"), Cell(SIGNS[found.state][0], "centre", found.state), Cell(found.code, "code"), Cell(found.message, "wrap"),
        Cell(found.count, "number"), Cell(found.units, "number"), Cell(_where(found), "wrap", "grey"), Cell(found.hint, "wrap"))
        for number, found in enumerate(block.findings, 1))
    return Table(columns, rows, notes=(block.note,) if block.note else (), least=26, filters=True, freeze=4, empty="没有发现问题")


_SPOTS_IN_A_CELL = 4


def _where(found: Finding) -> str:
    """The first places, a line each, and how many more there are."""
    first = found.spots[:_SPOTS_IN_A_CELL]
    lines = ["　".join(filter(None, (spot.unit, spot.sheet, " ".join(spot.cells) or (f"{spot.more + 1}处" if spot.more else "")))) for spot in first]
    more = found.count - sum(len(spot.cells) or spot.more + 1 for spot in first)
    return "\n".join((*lines, *((f"…另有{more}处",) if more > 0 else ())))


def _widths(blocks: Sequence[Block]) -> list[float]:
    """The widths of the page's columns: those of the table with most columns, none narrower than its heading."""
    tables = [block for block in blocks if isinstance(block, Table)]
    widest = max(tables, key=lambda table: len(table.columns), default=None)
    if widest is None:
        return [12.0] * 8
    return [max(column.width, heading_width(column.heading, column.hint, column.required)) for column in widest.columns]


def _starts(columns: Sequence[Column], left: int) -> list[int]:
    starts = [left]
    for column in columns[:-1]:
        starts.append(starts[-1] + column.span)
    return starts


def _groups(columns: Sequence[Column], starts: Sequence[int]) -> list[tuple[int, int, str]]:
    """(first, last, name) of neighbours with one group; a column without a group stands alone."""
    groups: list[tuple[int, int, str]] = []
    for column, start in zip(columns, starts, strict=True):
        last = start + column.span - 1
        if groups and column.group and groups[-1][2] == column.group:
            groups[-1] = (groups[-1][0], last, column.group)
        else:
            groups.append((start, last, column.group))
    return groups


def _shares(widths: Sequence[float], count: int) -> list[tuple[int, int]]:
    """The sheet's columns dealt out to `count` neighbours, about equally wide, at least one column each."""
    total, shares, first, seen = sum(widths), [], 0, 0.0
    for number in range(count):
        last = first
        seen += widths[first] if first < len(widths) else 0
        while last + 1 < len(widths) - (count - number - 1) and (number == count - 1 or seen + widths[last + 1] / 2 <= total * (number + 1) / count):
            last += 1
            seen += widths[last]
        shares.append((min(first, len(widths) - 1), min(last, len(widths) - 1)))
        first = last + 1
    return shares
