"""Beside an .ods: one pass over content.xml (OpenDocument 1.3)."""

from __future__ import annotations

import re
from xml.parsers import expat

from toolkit.files.beside import Beside, Extent, Look, Range, Unreadable
from toolkit.files.budgets import MOST_PLACES, MOST_REPEATED
from toolkit.files.unpacked import Unpacked, safe_head, utf8
from toolkit.model.sheet import NO_VALUE, CellError

_ERROR_SHOWN = re.compile(r"#[A-Z/0]+[!?]?$|#N/A$|(?:Err|错误|Error):\d{3}$", re.I)
_INDENTED = re.compile(rb"<table:table-row[^>]*>\s")
_SPACE = re.compile(rb">\s+(?=</?table:|<text:p)")  # never within a paragraph, where space counts
_ROWS, _COLUMNS = 1_048_576, 16_384
#: Elements that fetch from elsewhere: other files, another program (DDE), a database.
_LINKS = frozenset(("table:table-source", "table:cell-range-source", "table:dde-link", "office:dde-source", "table:database-source-sql",
                    "table:database-source-query", "table:database-source-table"))
_HIDDEN = ("collapse", "filter")


def look(data: bytes) -> Look:
    """Every table of the document. Calamine stumbles over space between rows and cells, and over other encodings: its copy has none."""
    package = Unpacked(data)
    raw = package.read("content.xml")
    xml = utf8(raw)
    if _INDENTED.search(xml):
        xml = _SPACE.sub(b">", xml)
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.text
    parser.Parse(safe_head(xml), True)
    macros = any(name.startswith(("basic/", "scripts/")) and not name.endswith(("/", "script-lc.xml", "script-lb.xml")) for name in package.names)
    return Look(tuple(reader.sheets), data if xml is raw else package.with_parts({"content.xml": xml}), macros, reader.links)


class _Reader:
    """What expat calls. Repeated rows and columns count as often as they are repeated."""

    def __init__(self) -> None:
        self.sheets: list[Beside] = []
        self.links = False
        self._depth = 0  # of tables: those inside a cell are passed over
        self._name = ""

    def _new(self, name: str) -> None:
        self._name = name
        self._errors: dict[tuple[int, int], CellError] = {}
        self._merged: list[Range] = []
        self._rows: list[tuple[int, int]] = []
        self._columns: list[tuple[int, int]] = []
        self._extent, self._filled, self._repeated = Extent(), 0, 0
        self._row = self._rows_here = self._column_defined = self._column = self._cells_here = 0
        self._formula = self._known_error = False
        self._type = self._value = self._shown = ""

    def start(self, tag: str, facts: dict[str, str]) -> None:
        if tag == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._new(facts.get("table:name", ""))
        elif tag in _LINKS:
            self.links = True
        elif self._depth != 1:
            return
        elif tag == "table:table-cell" or tag == "table:covered-table-cell":
            self._cell(facts)
        elif tag == "table:table-row":
            self._row, self._column = self._row + self._rows_here, 0
            self._rows_here, self._cells_here = _count(facts, "table:number-rows-repeated", _ROWS), 0
            if facts.get("table:visibility") in _HIDDEN:
                self._rows.append((self._row + 1, self._row + self._rows_here))
        elif tag == "table:table-column":
            count = _count(facts, "table:number-columns-repeated", _COLUMNS)
            if facts.get("table:visibility") in _HIDDEN:
                self._columns.append((self._column_defined + 1, self._column_defined + count))
            self._column_defined += count

    def _cell(self, facts: dict[str, str]) -> None:
        self._column += self._cells_here
        self._cells_here = _count(facts, "table:number-columns-repeated", _COLUMNS)
        self._formula = "table:formula" in facts
        self._type, self._shown = facts.get("office:value-type", ""), ""
        self._known_error = facts.get("calcext:value-type") == "error"
        row, column = self._row + 1, self._column + 1
        down, across = _count(facts, "table:number-rows-spanned", _ROWS), _count(facts, "table:number-columns-spanned", _COLUMNS)
        if down > 1 or across > 1:
            self._merged.append((row, column, row + down - 1, column + across - 1))
        if self._type or self._formula:
            self._extent.add(row, column, column + self._cells_here - 1)
            self._extent.add(row + self._rows_here - 1, column, column)
            self._filled += self._rows_here * self._cells_here
            self._repeated += self._rows_here * self._cells_here - 1
            if self._repeated > MOST_REPEATED:
                raise Unreadable("F204", "too_many_cells")

    def text(self, data: str) -> None:
        if self._depth == 1 and self._formula:
            self._shown += data

    def end(self, tag: str) -> None:
        if tag == "table:table":
            if self._depth == 1:
                self.sheets.append(self._sheet())
            self._depth -= 1
        elif self._depth == 1 and self._formula and tag in ("table:table-cell", "table:covered-table-cell"):
            shown = self._shown.strip()
            wrong = CellError(shown or NO_VALUE.text) if self._known_error or _ERROR_SHOWN.match(shown) else None
            if wrong is None and not self._type and not shown:
                wrong = NO_VALUE
            if wrong is not None and self._extent.places > MOST_PLACES:
                raise Unreadable("F204", "too_many_cells")
            if wrong is not None:
                for row in range(self._row + 1, self._row + 1 + self._rows_here):
                    for column in range(self._column + 1, self._column + 1 + self._cells_here):
                        self._errors[row, column] = wrong
            self._formula = False

    def _sheet(self) -> Beside:
        extent = self._extent
        return Beside(self._name, self._errors, _up_to(self._rows, extent.bottom), _up_to(self._columns, extent.right), tuple(self._merged), extent.places,
                      self._filled, extent.wide, len(self._merged))


def _count(facts: dict[str, str], name: str, most: int) -> int:
    text = facts.get(name, "")
    return min(int(text), most) if text.isdigit() else 1


def _up_to(ranges: list[tuple[int, int]], last: int) -> frozenset[int]:
    return frozenset(number for first, until in ranges for number in range(first, min(until, last) + 1))
