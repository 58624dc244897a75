"""How a file is read: its sheets, which ledger each holds, what each column and row is, and what was noticed (SPEC 4).

For support calls. A cell is shown only where somebody reads it: headings, listed columns of office ledgers, the lines
that say whose file it is. Everything else, and all of the service book, is •••; the sheet with the book's key has no cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.model.issue import HIDDEN, Issue
from toolkit.model.ledger import Column
from toolkit.model.part import SKIPPED, Union
from toolkit.model.sheet import UNKNOWN_TEXTS, Book, Cell, CellError, Sheet, column_letter, row_of
from toolkit.rules.privacy import set_aside_text
from toolkit.schema import BOOK_KEY_SHEET, LEDGERS, Cover, Staff
from toolkit.schema.merged import SOURCES_COLUMN
from toolkit.schema.text import is_blank, plain, typed
from toolkit.steps import headers
from toolkit.steps.batch import Asked, Draft
from toolkit.steps.cover import book_key, identity, is_merged
from toolkit.steps.findings import header_issues
from toolkit.steps.locate import OWN_SHEETS, Located, sheets_of
from toolkit.steps.merge import refused_issue
from toolkit.steps.read import read, source_of
from toolkit.steps.row_kinds import is_total

VISIBLE, HIDDEN_SHEET, VERY_HIDDEN = "visible", "hidden", "very_hidden"
_REACH = 3  # cells right of a label in which its value may stand, as the cover reader has it
#: Labels of lines that name a person or how to reach one.
_PERSONAL = re.compile(r"填报人|填表人|制表人|审核人|负责人|联系人|经办人|分管领导|姓名|电话|手机")
_PERSON_NAMED = re.compile(rf"(?:{_PERSONAL.pattern})[^:：]{{0,6}}[:：]\s*\S")

See = Callable[[int, int, Cell], bool]  # Excel row, column, value -> whether it is shown


@dataclass(frozen=True)
class ReadColumn:
    """One column of a table: its letter, its heading as written, the field it is read as ("" not read)."""

    column: str
    header: str
    field: str


@dataclass(frozen=True)
class ReadSheet:
    """One sheet. `rows`: kind -> how many; `cells`: address -> text, empty unless asked for."""

    name: str
    visibility: str
    ledger: str = ""
    header_rows: tuple[int, ...] = ()
    columns: tuple[ReadColumn, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadFile:
    """One file as it is read; `kind` is its true format; `warnings` name sheet and cell in this file."""

    file: str
    kind: str
    sheets: tuple[ReadSheet, ...]
    warnings: tuple[Issue, ...]


def inspect(book: Book, asked: Asked, with_cells: bool) -> ReadFile:
    """What the reader makes of one file."""
    located, aside, cover = sheets_of(book)
    union = read([book], asked)
    by_sheet = {id(found.sheet): found for found in (*aside, *located)}
    unread = {(part.sheet, row) for part in union.parts for code, row in part.set_aside if code != "F118"}
    sheets = []
    for sheet in book.sheets:
        found = by_sheet.get(id(sheet))
        cells: Mapping[str, str] = {}
        if with_cells and headers.key(sheet.name) != headers.key(BOOK_KEY_SHEET):
            if found is not None:
                whole = found in located and any(part.ledger == found.ledger.id for part in union.parts)
                see = _of_ledger(found, {row for name, row in unread if name == sheet.name} if whole else set(found.rows))
            elif sheet is cover:
                see = _of_labels(sheet)
            elif is_merged(cover) and headers.key(sheet.name) in OWN_SHEETS:
                see = _of_own(sheet)
            else:
                see = _known_word
            cells = _cells(sheet, see, found, book_key(book))
        sheets.append(_sheet(sheet, found, cells))
    return ReadFile(book.file, book.kind, tuple(sheets), tuple(_warnings(book, union, located, cover, asked)))


def _sheet(sheet: Sheet, found: Located | None, cells: Mapping[str, str]) -> ReadSheet:
    visibility = VERY_HIDDEN if sheet.very_hidden else VISIBLE if sheet.visible else HIDDEN_SHEET
    if found is None:
        return ReadSheet(sheet.name, visibility, cells=cells)
    rows = {"data": len(found.rows)} | {kind: found.skipped.get(kind, 0) for kind in SKIPPED}
    return ReadSheet(sheet.name, visibility, found.ledger.id, found.header_rows, tuple(_columns(found)), rows, cells)


def _columns(found: Located) -> list[ReadColumn]:
    """Every column with a heading, left to right."""
    fields = {column: name for name, column in found.columns.items()}
    texts = {column: _heading(found, column) for column in (*fields, *_ignored(found), *(double[2] for double in found.doubles))}
    texts |= found.unknown
    columns = []
    for column in sorted(texts):
        name = fields.get(column, "")
        text = plain(texts[column]) or (found.ledger.by_field[name].heading if name in found.ledger.by_field else "")
        name = "edd" if name == headers.LMP else name  # a due date is made of it, the date itself is dropped
        columns.append(ReadColumn(column_letter(column), HIDDEN if set_aside_text(text) == "K103" else text, name))
    return columns


def _heading(found: Located, column: int) -> str:
    """The lowest text of the header in a column, else that of a merged cell above it."""
    sheet = found.sheet
    for row in reversed(found.header_rows):
        text = _at(sheet, row, column)
        if isinstance(text, str) and not is_blank(text):
            return text
    above = (_at(sheet, r1, c1) for r1, c1, r2, c2 in sheet.merged if c1 <= column <= c2 and r1 in found.header_rows)
    return next((text for text in above if isinstance(text, str)), "")


def _ignored(found: Located) -> list[int]:
    """Columns that are known and left alone: 序号, 本行提示, and what a merge writes beside the ledger."""
    known = headers.fields(found.ledger.id)
    row = found.sheet.rows[found.header_rows[-1] - found.sheet.top]
    return [found.sheet.left + index for index, cell in enumerate(row)
            if isinstance(cell, str) and known.get(headers.key(cell), ("", False))[0] == headers.IGNORED]


def _at(sheet: Sheet, row: int, column: int) -> Cell:
    cells = sheet.rows[row - sheet.top]
    return cells[column - sheet.left] if 0 <= column - sheet.left < len(cells) else None


# ------------------------------------------------------------------------------------------------ which cells are shown


def _cells(sheet: Sheet, see: See, found: Located | None, secret: str) -> dict[str, str]:
    """Address -> text. The book's key and what no free text may hold are hidden wherever they stand; a heading may say
    what is forbidden (K102 names it), and a column of office telephones hold numbers."""
    headings = set(found.header_rows) if found is not None else set()
    phones = found.columns.get("work_phone", 0) if found is not None and found.ledger is Staff else 0
    shown: dict[str, str] = {}
    for row, cells in enumerate(sheet.rows, sheet.top):
        for column, cell in enumerate(cells, sheet.left):
            address = f"{column_letter(column)}{row}"
            if isinstance(cell, CellError):
                shown[address] = cell.text if cell.text in UNKNOWN_TEXTS else HIDDEN
            elif not is_blank(cell):
                text = typed(cell)
                why = set_aside_text(text) if column != phones else None
                hidden = (why == "K103" if row in headings else bool(why)) or (bool(secret) and secret in text)
                shown[address] = HIDDEN if hidden or not see(row, column, cell) else text
    return shown


def _of_ledger(found: Located, unread: set[int]) -> See:
    """Of the service book the headings; of office ledgers what is read, and the lines above. `unread`: rows set aside."""
    private, known = found.ledger.private, headers.fields(found.ledger.id)
    listed = {column for name, column in found.columns.items() if not found.ledger.by_field[name].private} if not private else set()
    shown = {column + shift for column in listed for shift in found.shifts} | set(_ignored(found))
    rows, above = {row_of(place) for place in found.rows}, _of_labels(found.sheet)
    headings = set(found.header_rows)

    def see(row: int, column: int, cell: Cell) -> bool:
        if row in headings:
            return isinstance(cell, str) and (headers.key(cell) in known or found.unknown.get(column) == cell or not private)
        if private or row < found.header_rows[0]:
            return row < found.header_rows[0] and (_known_word if private else above)(row, column, cell)
        if column not in shown:
            return False
        return row not in unread if row in rows else not isinstance(cell, str) or is_total(cell)

    return see


def _of_labels(sheet: Sheet) -> See:
    """A cover, or the lines above a table: all but what names a person."""
    personal: set[tuple[int, int]] = set()
    for row, cells in enumerate(sheet.rows, sheet.top):
        for index, cell in enumerate(cells):
            if isinstance(cell, str) and _PERSONAL.search(headers.key(cell)) and len(headers.key(cell)) <= 8:
                for distance in range(1, _REACH + 1):
                    right = cells[index + distance] if index + distance < len(cells) else None
                    if isinstance(right, str) and headers.key(right) in _WORDS:
                        break
                    personal.add((row, sheet.left + index + distance))

    def see(row: int, column: int, cell: Cell) -> bool:
        return (row, column) not in personal and not (isinstance(cell, str) and _PERSON_NAMED.search(cell))

    return see


def _of_own(sheet: Sheet) -> See:
    """Lists a merge writes: all but the columns that carry the names on covers."""
    named = {sheet.left + index for cells in sheet.rows for index, cell in enumerate(cells)
             if isinstance(cell, str) and (cell == SOURCES_COLUMN or headers.key(cell) in _OFFICIALS)}
    return lambda row, column, cell: column not in named or (isinstance(cell, str) and (cell == SOURCES_COLUMN or headers.key(cell) in _OFFICIALS))


def _known_word(row: int, column: int, cell: Cell) -> bool:
    """On a sheet nobody reads: only the words of our own forms."""
    return isinstance(cell, str) and headers.key(cell) in _WORDS


def _keys(columns: Sequence[Column]) -> frozenset[str]:
    return frozenset(headers.key(text) for column in columns for text in (column.heading, *column.aliases))


_LABELS = _keys(Cover.columns)
_OFFICIALS = _keys((Cover.prepared_by, Cover.reviewed_by))
_WORDS = _LABELS | {word for ledger in LEDGERS for word in (*headers.fields(ledger.id), headers.key(ledger.sheet))}


# ------------------------------------------------------------------------------------------------ what was noticed


def _warnings(book: Book, union: Union, located: list[Located], cover: Sheet | None, asked: Asked) -> list[Issue]:
    """Reading issues at their places in this file. A file that no merge would take says why, and what its headers hold."""
    warnings = [refused_issue(refusal) for refusal in union.refusals]
    if is_merged(cover):
        carried = [issue for part in union.parts for issue in part.reading if issue.here is not None]
        return warnings + [issue.with_(sheet=issue.here[0], column=_letters(issue.here[1]), row=_number(issue.here[1])) for issue in carried if issue.here]
    warnings += [issue for issues in union.file_issues.values() for issue in issues]
    order = [ledger.id for ledger in LEDGERS]
    warnings += [issue for part in sorted(union.parts, key=lambda part: order.index(part.ledger)) for issue in part.reading]
    if not union.parts and located:
        who = identity(book, cover, located, asked.units)
        for found in located:
            draft = Draft(found.ledger, 0, source_of(book, who, ""), found, {name: column_letter(number) for name, number in found.columns.items()})
            header_issues(draft, found)
            warnings += draft.issues
    return warnings


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")


def _number(cell: str) -> int:
    return int(cell[len(_letters(cell)):])
