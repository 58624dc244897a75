"""Spreadsheet files as grids of cells, by calamine; what it hides is read from the file itself (FACTS A1, B7)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from toolkit.model.sheet import NO_VALUE, Book, Cell, CellError, Refused, Sheet, column_number

MOST_PLACES = 5_000_000  # rows x columns calamine may be asked for; it costs about 43 bytes a place
_ERROR_CELL = re.compile(rb'<c [^>]*?r="([A-Z]+)(\d+)"[^>]*?t="e"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.S)
_FORMULA_CELL = re.compile(rb'<c [^>]*?r="([A-Z]+)(\d+)"[^>]*>\s*<f[^>]*?(?:/>|>(?:(?!</f>).)*</f>)\s*(?:<v></v>|<v/>)?\s*</c>', re.S)
_HIDDEN_ROW = re.compile(rb'<row (?=[^>]*hidden="(?:1|true)")[^>]*?\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col (?=[^>]*hidden="(?:1|true)")(?=[^>]*?min="(\d+)")(?=[^>]*?max="(\d+)")')
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]+)(\d+)"')
_FAR_COLUMN = re.compile(rb'r="[A-Z]{3}\d')
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class _Beside:
    """What a sheet part says that the reader does not."""

    errors: Mapping[tuple[int, int], CellError] = field(default_factory=dict)  # Excel row, column
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    places: int = 0


def read(file: str, kind: str, data: bytes, digest: str) -> Book | Refused:
    """A workbook's sheets. Anything the library says of a broken file becomes a refusal with a plain reason."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    beside: dict[str, _Beside] = {}
    macros = links = False
    if kind == "xlsx":
        try:
            beside, macros, links = _look_beside(data)
        except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError, RuntimeError, EOFError):
            return Refused(file, "F203", "damaged", digest)
        if any(part.places > MOST_PLACES for part in beside.values()):
            return Refused(file, "F204", "too_many_cells", digest)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = tuple(_sheet(workbook, number, beside) for number in range(len(workbook.sheets_metadata)))
    except PasswordError:
        return Refused(file, "F202", "encrypted", digest)
    except (CalamineError, OSError, ValueError):
        return Refused(file, "F203", "damaged", digest)
    if not sheets:
        return Refused(file, "F203", "damaged", digest)
    return Book(file, kind, digest, sheets, macros, links)


def _sheet(workbook: Any, number: int, beside: Mapping[str, _Beside]) -> Sheet:
    about = workbook.sheets_metadata[number]
    sheet = workbook.get_sheet_by_index(number)
    rows: list[list[Cell]] = sheet.to_python()
    start = sheet.start or (0, 0)
    more = beside.get(about.name, _Beside())
    top, left = start[0] + 1, start[1] + 1
    for (row, column), error in more.errors.items():
        if 0 <= row - top < len(rows) and 0 <= column - left < len(rows[row - top]):
            rows[row - top][column - left] = error
    merged = tuple((r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or [])
    visibility = str(about.visible)
    return Sheet(about.name, rows, top, left, visibility.endswith("Visible") and not visibility.endswith("VeryHidden"),
                 visibility.endswith("VeryHidden"), merged, more.hidden_rows, more.hidden_columns)


def _look_beside(data: bytes) -> tuple[dict[str, _Beside], bool, bool]:
    """One pass over each sheet part: error values, formulas without a value, hidden rows and columns, the used area."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = _sheet_parts(archive)
        beside = {sheet: _scan(archive.read(part)) for sheet, part in parts.items() if part in names}
    macros = any(name.lower().endswith(("vbaproject.bin", "jdedata.bin")) for name in names)
    links = any("externallinks/" in name.lower() or name.lower().endswith("connections.xml") for name in names)
    return beside, macros, links


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> member name, through the relationships."""
    workbook = next((name for name in archive.namelist() if name.lower().endswith("xl/workbook.xml")), "")
    if not workbook:
        return {}
    folder = workbook.rpartition("/")[0]
    targets = {node.get("Id"): node.get("Target", "") for node in ElementTree.fromstring(_safe(archive.read(f"{folder}/_rels/workbook.xml.rels")))}
    found: dict[str, str] = {}
    for node in ElementTree.fromstring(_safe(archive.read(workbook))).iter():
        if node.tag.endswith("}sheet"):
            identifier = node.get(_REL) or next((value for name, value in node.attrib.items() if name.endswith("}id")), "")
            target = targets.get(identifier) or ""
            found.setdefault(node.get("name", ""), target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
    return found


def _safe(xml: bytes) -> bytes:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError("document type declaration")
    return xml


def _scan(xml: bytes) -> _Beside:
    if b"<!DOCTYPE" in xml[:2000]:
        raise ValueError("document type declaration")
    errors: dict[tuple[int, int], CellError] = {}
    if b't="e"' in xml:
        for match in _ERROR_CELL.finditer(xml):
            errors[int(match[2]), column_number(match[1].decode())] = CellError(match[3].decode("utf-8", "replace"))
    if b"<f" in xml:
        for match in _FORMULA_CELL.finditer(xml):
            errors[int(match[2]), column_number(match[1].decode())] = NO_VALUE
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    if b"hidden=" in xml:
        hidden_rows = {int(match[1]) for match in _HIDDEN_ROW.finditer(xml)}
        for match in _HIDDEN_COLUMN.finditer(xml):
            hidden_columns.update(range(int(match[1]), min(int(match[2]), 1000) + 1))
    return _Beside(errors, frozenset(hidden_rows), frozenset(hidden_columns), _places(xml))


def _places(xml: bytes) -> int:
    """Rows x columns of the area in use, exactly only where it could be too large."""
    last = xml.rfind(b"<row ")
    match = re.match(rb'<row [^>]*?\br="(\d+)"', xml[last:last + 400]) if last >= 0 else None
    rows = int(match[1]) if match else 0
    if rows * 702 <= MOST_PLACES and not _FAR_COLUMN.search(xml):
        return rows * 26
    lowest, widest, deepest = 1 << 30, 0, 0
    for cell in _CELL.finditer(xml):
        row = int(cell[2])
        lowest, deepest, widest = min(lowest, row), max(deepest, row), max(widest, column_number(cell[1].decode()))
    return max(0, deepest - lowest + 1) * widest
