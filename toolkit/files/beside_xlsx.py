"""Beside an .xlsx or .xlsm: one look at each sheet part, a quick one where it is written as programs usually write it.

What calamine would refuse or read wrongly (newer error values, parts in UTF-16, macro sheets) is put right in the copy it gets.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from toolkit.files.beside import Beside, Extent, Look, Unreadable
from toolkit.files.budgets import MOST_COLUMNS, MOST_PLACES
from toolkit.files.unpacked import Unpacked, relations, safe, safe_head, utf8
from toolkit.model.sheet import NO_VALUE, CellError, column_number

_KNOWN_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))  # to calamine
_SLICE = 4_000_000  # bytes of a sheet looked at together
_CELL = re.compile(rb'<c r="([A-Z]{1,3}\d+)"')
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_LETTERS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_HIDDEN_ROW = re.compile(rb'<row (?=[^>]*hidden="(?:1|true)")[^>]*?\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col (?=[^>]*hidden="(?:1|true)")(?=[^>]*?min="(\d+)")(?=[^>]*?max="(\d+)")')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_LAST_COLUMN = 16_384
_TRUE = ("1", "true")
WORKBOOK = "xl/workbook.xml"
#: Kinds of parts besides the sheets that calamine reads.
_SHARED = ("sharedStrings", "styles")


def look(data: bytes) -> Look:
    """Every worksheet, in the workbook's order; chart, dialog and macro sheets are left out."""
    package = Unpacked(data)
    workbook = package.document or WORKBOOK
    targets = package.targets(workbook)
    raw = package.read(workbook)
    book = safe(utf8(raw))
    sheets: list[Beside] = []
    changed: dict[str, bytes] = {} if book is raw else {workbook: book}
    dropped: list[bytes] = []
    macros = package.has_macros and not _only_ours(package, len(_SHEET.findall(book)))
    for node, text in zip(_sheet_nodes(book), _SHEET.findall(book), strict=True):
        member, kind = targets.get(_relation(node), ("", ""))
        if kind != "worksheet" and member:
            macros = macros or "macro" in kind.lower()
            dropped.append(text)
            continue
        if not member or member not in package:
            raise Unreadable("F203", "damaged")
        part = package.read(member)
        xml = safe_head(utf8(part))
        beside = scan(node.get("name", ""), xml)
        xml = _with_known_errors(xml, beside)
        if xml is not part:
            changed[member] = xml
        sheets.append(beside)
    for text in dropped:
        changed[workbook] = changed.get(workbook, book).replace(text, b"", 1)
    changed |= package.in_utf8([relations(""), relations(workbook), *(member for member, kind in targets.values() if kind in _SHARED)])
    return Look(tuple(sheets), package.with_parts(changed) if changed else data, macros, package.has_links)


def _only_ours(package: Unpacked, sheets: int) -> bool:
    """Whether the macros in it are those we ship, untouched."""
    from toolkit.files.own_macros import is_ours

    return package.macro_parts == ("xl/vbaproject.bin",) and is_ours(package.read("xl/vbaproject.bin"), sheets)


def _sheet_nodes(book: bytes) -> list[ElementTree.Element]:
    return [node for node in ElementTree.fromstring(book).iter() if node.tag.rpartition("}")[2] == "sheet"]


def _relation(node: ElementTree.Element) -> str:
    """The relationship id, in the namespace of either flavour of the format."""
    return next((value for name, value in node.attrib.items() if name.endswith("}id")), "")


def _with_known_errors(xml: bytes, beside: Beside) -> bytes:
    """The part with `#N/A` for error values that calamine does not know and refuses the sheet for."""
    for text in {error.text for error in beside.errors.values()} - _KNOWN_ERRORS - {NO_VALUE.text}:
        xml = re.sub(rb"(v>)\s*" + re.escape(text.encode()) + rb"\s*(</)", rb"\1#N/A\2", xml)
    return xml


# ------------------------------------------------------------------------------------------------------- one sheet


def scan(name: str, xml: bytes) -> Beside:
    """One sheet part."""
    return _quick(name, xml) or thorough(name, xml)


def _quick(name: str, xml: bytes) -> Beside | None:
    """The sheet where it is written in the usual way, as LibreOffice, Excel, WPS and the common libraries do; else None."""
    formulas = xml.count(b"<f") and xml.count(b"<f>") + xml.count(b"<f ")
    if formulas and formulas != xml.count(b"</f><v>") + xml.count(b"/><v>") + xml.count(b"</f></c>"):
        return None
    if b"<sheetData" not in xml or b"<c>" in xml or b"<c/>" in xml:
        return None
    extent, rows, filled, wide = Extent(), set[bytes](), 0, set[int]()
    for start, end in _slices(xml):
        cells = _CELL.findall(xml, start, end)
        if len(cells) != xml.count(b"<c ", start, end) or len(set(cells)) != len(cells):
            return None
        together = b" ".join(cells)
        here = set(together.translate(None, _LETTERS).split())
        if not rows.isdisjoint(here):
            return None
        rows |= here
        if cells:
            numbers = list(map(int, here))
            columns = [_column(letters) for letters in set(together.translate(None, _DIGITS).split())]
            extent.add(min(numbers), min(columns), max(columns))
            extent.add(max(numbers), min(columns), max(columns))
            filled += len(cells)
            wide.update(columns)
    if extent.places > MOST_PLACES or len(wide) > MOST_COLUMNS:  # blank cells with a style are many, and cost nothing
        return None
    errors = dict(_usual_errors(xml)) if b't="e"' in xml else {}
    if formulas:
        errors |= _usual_formulas(xml)
    hidden_rows, hidden_columns = frozenset[int](), frozenset[int]()
    if b"hidden=" in xml:
        hidden_rows = frozenset(int(match[1]) for match in _HIDDEN_ROW.finditer(xml))
        hidden_columns = frozenset(column for match in _HIDDEN_COLUMN.finditer(xml)
                                   for column in range(int(match[1]), min(int(match[2]), extent.right) + 1))
    return Beside(name, errors, hidden_rows, hidden_columns, None, extent.places, filled, len(wide), xml.count(b"<mergeCell "))


def _usual_errors(xml: bytes) -> Iterator[tuple[tuple[int, int], CellError]]:
    at = xml.find(b't="e"')
    while at >= 0:
        start, end = xml.rfind(b"<", 0, at), xml.find(b"</c>", at)
        cell = _CELL.match(xml, start)
        if cell:
            value = _VALUE.search(xml, at, end)
            yield _place(cell[1]), CellError((value[1].decode("utf-8", "replace").strip() if value else "") or NO_VALUE.text)
        at = xml.find(b't="e"', at + 1)


def _usual_formulas(xml: bytes) -> dict[tuple[int, int], CellError]:
    """Formulas without a stored value; a stored empty text is one, and what many formulas are meant to give."""
    found = {}
    for ending in (b"<v></v></c>", b"<v/></c>", b"</f></c>"):
        at = xml.find(ending)
        while at >= 0:
            start = xml.rfind(b"<c ", 0, at)
            head = xml[start:xml.find(b">", start)]
            if b't="e"' not in head and (b't="str"' not in head or ending == b"</f></c>") and xml.find(b"<f", start, at) > 0:
                cell = _CELL.match(xml, start)
                if cell:
                    found[_place(cell[1])] = NO_VALUE
            at = xml.find(ending, at + 1)
    return found


def _place(reference: bytes) -> tuple[int, int]:
    """`D12` -> (12, 4)."""
    letters = reference.rstrip(_DIGITS)
    return int(reference[len(letters):]), _column(letters)


@functools.cache
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def _slices(xml: bytes) -> Iterator[tuple[int, int]]:
    """Stretches of whole rows."""
    start = 0
    while start < len(xml):
        end = xml.find(b"<row ", start + _SLICE)
        end = len(xml) if end < 0 else end
        yield start, end
        start = end


def thorough(name: str, xml: bytes) -> Beside:
    """Any sheet part, cell by cell; prefixes, cells without an address and other quotes too."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.text
    parser.Parse(xml, True)
    last = reader.extent.right
    columns = frozenset(column for first, until in reader.hidden_columns for column in range(first, min(until, last) + 1))
    filled = reader.filled
    return Beside(name, reader.errors, frozenset(reader.hidden_rows), columns, None, filled.places, filled.cells, filled.wide, reader.ranges)


class _Reader:
    """What expat calls. A cell or row without `r` stands after the one before it. `filled`: the cells that hold something."""

    def __init__(self) -> None:
        self.errors: dict[tuple[int, int], CellError] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.extent, self.filled, self.ranges = Extent(), Extent(), 0
        self._taken: dict[int, int] = {}  # row -> its columns as bits
        self._row = self._column = 0
        self._type = self._value = ""
        self._formula = self._valued = self._within = False

    def start(self, tag: str, facts: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._place(facts.get("r", ""))
            self._type, self._value, self._formula, self._valued = facts.get("t", ""), "", False, False
        elif tag == "v":
            self._valued = self._within = True
        elif tag == "f":
            self._formula = True
        elif tag == "is":
            self._valued = True
        elif tag == "mergeCell":
            self.ranges += 1
        elif tag == "row":
            self._row, self._column = int(facts.get("r") or self._row + 1), 0
            if facts.get("hidden") in _TRUE:
                self.hidden_rows.add(self._row)
        elif tag == "col" and facts.get("hidden") in _TRUE:
            self.hidden_columns.append((int(facts["min"]), int(facts["max"])))

    def _place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        if letters:
            self._column = column_number(letters.replace("$", "").upper())
            self._row = int(reference[len(letters):] or self._row)
        else:
            self._column += 1
        if self._column > _LAST_COLUMN:
            raise ValueError("a column beyond the sheet")
        taken, bit = self._taken.get(self._row, 0), 1 << self._column
        if taken & bit:
            raise Unreadable("F203", "cell_twice")
        self._taken[self._row] = taken | bit
        self.extent.add(self._row, self._column, self._column)

    def text(self, data: str) -> None:
        if self._within:
            self._value += data

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "v":
            self._within = False
        elif tag == "c":
            value = self._value.strip()
            if self._valued or self._formula:
                self.filled.add(self._row, self._column, self._column)
            if self._type == "e":
                self.errors[self._row, self._column] = CellError(value or NO_VALUE.text)
            elif self._formula and not value and not (self._type == "str" and self._valued):  # "" is what many formulas are meant to give
                self.errors[self._row, self._column] = NO_VALUE
