"""What of a file's content must not go out: service book, numbers of persons, working files, small counts (SPEC 4, 8)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.model.outgoing import OTHER, SUBMISSION, TEMPLATE, Grid, Outgoing, Trace
from toolkit.model.sheet import Book, Sheet, column_letter
from toolkit.rules.privacy import forbidden_header, personal_number
from toolkit.schema import BOOK_KEY_SHEET, CODES_SHEET, LEDGERS, Cover, Pregnancies, Services, Staff, Visits
from toolkit.schema.text import is_blank, typed
from toolkit.steps import headers
from toolkit.steps.cover import is_merged
from toolkit.steps.labels import label_pairs
from toolkit.steps.locate import OWN_SHEETS, Located, sheets_of
from toolkit.steps.sample_report import CERTIFICATE_SHEET, FORMS_SHEET, LIST_SHEET, RESERVE_FORMS_SHEET
from toolkit.steps.small_cells import small_cells

_HEADER_CELLS, _HEADER_LENGTH = 2, 12  # a row of that many short texts is taken for a heading
_TOKEN = re.compile(r"(?!\d{12}$)[0-9a-f]{12}")
_UNIT = re.compile(r"\d{12}")
_FRAME_LINE = re.compile(r"\d{12}\t[0-9a-f]{12}\t[yn]")
_KEY = re.compile(r"[0-9a-f]{32}")
_TOKENS_IN_TEXT = re.compile(r'"token"\s*:\s*"[0-9a-f]{12}"|\b\d{12}\t[0-9a-f]{12}\t[yn]\b')
_IN_BOOK = re.compile(rf"^(?:.*[　\s“])?(?:{Pregnancies.sheet}|{Visits.sheet})(?:[　\s]+[A-Z]{{1,3}}\d+.*)?$", re.S)
_OFFICE_PHONE = ("办公电话", "工作电话", "单位电话", "值班电话", "热线")
_PUBLIC_LINE = re.compile(r"投诉|热线|咨询|查询|办公电话|联系电话")
_SAMPLE_SHEETS = frozenset((CERTIFICATE_SHEET, LIST_SHEET, FORMS_SHEET, RESERVE_FORMS_SHEET))
_VISIT_KEYS = frozenset(("票号", "村", "结果"))
_PRIVATE = (Pregnancies, Visits)


@dataclass(frozen=True)
class Bounds:
    """`small_cell` of the plan; `code_sheets`: what the hidden sheet of our templates may hold, place -> text; `previous`: reports given out before."""

    small_cell: int
    code_sheets: Sequence[Mapping[tuple[int, int], str]] = ()
    previous: Sequence[Outgoing] = ()


@dataclass(frozen=True)
class Place:
    """What a spreadsheet is to us, and its ledgers. `whole`: a workbook of ledgers, with a cover or without any other sheet."""

    what: str
    located: tuple[Located, ...] = ()
    merged: bool = False
    whole: bool = False

    @property
    def village(self) -> bool:
        """A village's own workbook, filled in: a submission can be made of it."""
        return self.whole and not self.merged and self.what != TEMPLATE and any(found.ledger.private for found in self.located)


def placed(book: Book | None) -> Place:
    """A blank template of ours, a merged workbook, a submission or an office's own workbook, or anything else."""
    if book is None:
        return Place(OTHER)
    located, aside, cover = sheets_of(book)
    every = (*located, *aside)
    if is_merged(cover):
        return Place(OTHER, every, merged=True)
    ledgers = {found.ledger for found in every}
    known = {id(found.sheet) for found in every}
    whole = cover is not None or all(id(sheet) in known or headers.key(sheet.name) in OWN_SHEETS or not sheet.rows for sheet in book.sheets)
    if cover is not None and not any(found.rows for found in every) and _unsigned(cover) and ledgers & set(_PRIVATE):
        return Place(TEMPLATE, every, whole=whole)
    sent = ledgers and (cover is not None or book.kind == "csv")
    return Place(SUBMISSION if sent else OTHER, every, whole=whole)


def _unsigned(cover: Sheet) -> bool:
    """Nobody has filled in the workbook yet."""
    pairs = label_pairs(cover.rows)
    return all(is_blank(pairs.get(headers.key(column.heading))) for column in (Cover.prepared_by, Cover.reviewed_by, Cover.prepared_on))


def content_traces(out: Outgoing, book: Book | None, place: Place, bounds: Bounds) -> list[Trace]:
    """Everything in what the file shows that must not go out. A file that is none for publication says only that."""
    working = _working_file(out, place)
    if working is not None:
        return [working]
    located = {id(found.sheet.rows): found for found in place.located}
    found = list(_hidden(book, place, bounds)) if book is not None else []
    for grid in out.grids:
        if place.what == TEMPLATE and headers.key(grid.name) == headers.key(BOOK_KEY_SHEET):
            continue
        mine = located.get(id(grid.rows))
        if place.what != TEMPLATE:
            found += _service_book(grid, mine)
            found += _places_in_book(grid) if out.kind != "docx" else []
        found += _numbers(grid, mine)
    found += [Trace("H204") for text in out.texts if _tells_number(text)]
    found += [Trace("H205") for text in out.texts if _IN_BOOK.match(text.strip())] if place.what != TEMPLATE else []
    if place.what == OTHER:
        found += [Trace("H206", sheet, cell, (("limit", str(bounds.small_cell)),)) for sheet, cell in small_cells(out, bounds.previous, bounds.small_cell)]
    return list(dict.fromkeys(found))


# ------------------------------------------------------------------------------------------------ working files


def _working_file(out: Outgoing, place: Place) -> Trace | None:
    """Why a file is none for publication, whatever it holds besides."""
    if place.merged:
        return _no("h_merged")
    if any(headers.key(grid.name) in _SAMPLE_SHEETS for grid in out.grids) or any(_TOKENS_IN_TEXT.search(text) for text in out.texts):
        return _no("h_sample")
    sent = place.what == SUBMISSION
    if out.kind == "json" and any(grid.name == "submissions" for grid in out.grids):
        return _no("h_merged")
    for grid in out.grids:
        for row in grid.rows:
            texts = [typed(cell) for cell in row if isinstance(cell, str) and cell]
            if out.kind == "txt" and len(row) == 3 and _FRAME_LINE.fullmatch("\t".join(texts)):
                return _no("h_frame")
            if not sent and any(_TOKEN.fullmatch(text) for text in texts) and any(_UNIT.fullmatch(text) for text in texts):
                return _no("h_sample" if out.kind == "json" else "h_tokens")
            if len(texts) >= len(_VISIT_KEYS) and {headers.key(text) for text in texts} >= _VISIT_KEYS:
                return _no("h_visits")
    if not sent and any(found.ledger is Services for found in place.located):
        return _no("h_tokens")
    return None


def _no(why: str) -> Trace:
    return Trace("H203", params=(("why", why),))


# ------------------------------------------------------------------------------------------------ hidden content


def _hidden(book: Book, place: Place, bounds: Bounds) -> Iterator[Trace]:
    """Hidden sheets, rows and columns with anything in them; the sheet that feeds our drop-downs is known by its content."""
    for sheet in book.sheets:
        filled = any(not is_blank(cell) for row in sheet.rows for cell in row)
        if not sheet.visible and filled and not (_is_codes(sheet, bounds) or (place.what == TEMPLATE and _is_key(sheet))):
            yield Trace("H101", sheet.name, params=(("why", "h_sheet"),))
        for row in sorted(sheet.hidden_rows):
            cells = sheet.rows[row - sheet.top] if 0 <= row - sheet.top < len(sheet.rows) else ()
            first = next((at for at, cell in enumerate(cells, sheet.left) if not is_blank(cell)), 0)
            if first:
                yield Trace("H101", sheet.name, f"{column_letter(first)}{row}", (("why", "h_row"),))
        for column in sorted(sheet.hidden_columns):
            at = column - sheet.left
            first = next((row for row, cells in enumerate(sheet.rows, sheet.top) if 0 <= at < len(cells) and not is_blank(cells[at])), 0)
            if first:
                yield Trace("H101", sheet.name, f"{column_letter(column)}{first}", (("why", "h_column"),))


def _is_codes(sheet: Sheet, bounds: Bounds) -> bool:
    if sheet.name != CODES_SHEET:
        return False
    texts = {(row, column): cell for row, cells in enumerate(sheet.rows, sheet.top) for column, cell in enumerate(cells, sheet.left) if not is_blank(cell)}
    dates = [place for place in texts if place in ((1, 2), (2, 2))]
    for place in dates:
        if isinstance(texts[place], str):
            return False
        del texts[place]
    return any(texts == dict(own) for own in bounds.code_sheets)


def _is_key(sheet: Sheet) -> bool:
    filled = [cell for row in sheet.rows for cell in row if not is_blank(cell)]
    return sheet.name == BOOK_KEY_SHEET and len(filled) == 1 and isinstance(filled[0], str) and _KEY.fullmatch(filled[0]) is not None


# ------------------------------------------------------------------------------------------------ the service book


@functools.cache
def _book_keys() -> tuple[frozenset[str], frozenset[str]]:
    """Headings of the service book, and those that no other ledger has."""
    mine = {key for ledger in _PRIVATE for key, (field, _) in headers.fields(ledger.id).items() if field != headers.IGNORED}
    others = {key for ledger in LEDGERS if ledger not in _PRIVATE for key in headers.fields(ledger.id)}
    return frozenset(mine), frozenset(mine - others)


def _service_book(grid: Grid, located: Located | None) -> Iterator[Trace]:
    key = headers.key(grid.name)
    if key == headers.key(BOOK_KEY_SHEET):
        yield Trace("H201", grid.name, params=(("why", "h_key"),))
        return
    ledger = headers.sheet_names().get(key, (None, False))[0]
    if (ledger is not None and ledger.private) or (located is not None and located.ledger.private):
        yield Trace("H201", grid.name, params=(("why", "h_book"),))
        return
    every, telling = _book_keys()
    for at in _heading_rows(grid, located):
        keys = {column: headers.key(cell) for column, cell in enumerate(grid.rows[at]) if isinstance(cell, str) and cell}
        if len(every & set(keys.values())) >= _HEADER_CELLS and telling & set(keys.values()):
            yield Trace("H201", grid.name, _cell(grid, at, min(keys)), (("why", "h_headings"),))
            continue
        for column, name in keys.items():
            word = forbidden_header(str(grid.rows[at][column]), located.ledger.id if located else Services.id) if len(name) <= _HEADER_LENGTH else None
            if word:
                yield Trace("H202", grid.name, _cell(grid, at, column), (("header", word),))


def _heading_rows(grid: Grid, located: Located | None) -> Iterator[int]:
    """Rows that name columns: those the reader found, and the first of each block of rows with several texts."""
    known = {row - grid.top for row in located.header_rows} if located is not None else set()
    before = 0
    for at, row in enumerate(grid.rows):
        filled = [cell for cell in row if not is_blank(cell)]
        if at in known or (len(filled) >= _HEADER_CELLS and before < _HEADER_CELLS and all(isinstance(cell, str) for cell in filled)):
            yield at
        before = len(filled)


def _places_in_book(grid: Grid) -> Iterator[Trace]:
    """A report about the service book itself: it is the village's alone."""
    named = {column for row in grid.rows[:1] for column, cell in enumerate(row) if cell in ("ledger", "local")} if not grid.cells else set()
    for at, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            private = column in named and (cell in (Pregnancies.id, Visits.id) or cell is True)
            if private or (isinstance(cell, str) and _IN_BOOK.match(cell.strip())):
                yield Trace("H205", grid.name, _cell(grid, at, column))


# ------------------------------------------------------------------------------------------------ numbers of persons


def _numbers(grid: Grid, located: Located | None) -> Iterator[Trace]:
    """Telephone and identity numbers, but office telephones in their column or on a line for complaints."""
    phones = {located.columns["work_phone"] - grid.left} if located is not None and located.ledger is Staff and "work_phone" in located.columns else set()
    for at, row in enumerate(grid.rows):
        named = {column for column, cell in enumerate(row) if isinstance(cell, str) and headers.key(cell).endswith(_OFFICE_PHONE)}
        phones |= named
        if named and at and not any(isinstance(cell, str) and headers.key(cell).endswith("姓名") for cell in row):
            continue  # a line about that very column: its name, how to write it, an example
        for column, cell in enumerate(row):
            if column not in phones and not is_blank(cell) and _tells_number(typed(cell)):
                yield Trace("H204", grid.name, _cell(grid, at, column))


_LONG_HEX = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{12,}(?![0-9A-Za-z])")

_NOBODYS = re.compile(r"(?<!\d)0{3,4}-?0{7,8}(?!\d)")  # the place for a number that our plans leave open


def _tells_number(text: str) -> bool:
    if len(text) < 8 or not re.search(r"\d{4}", text):
        return False
    return personal_number(_NOBODYS.sub("", _LONG_HEX.sub("", text)), public=bool(_PUBLIC_LINE.search(text)))


def _cell(grid: Grid, row: int, column: int) -> str:
    return f"{column_letter(grid.left + column)}{grid.top + row}" if grid.cells else ""

