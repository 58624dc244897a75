"""Any file that is to go out, opened so that a person's eye and what hides from it are both there: tables, texts, traces."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from toolkit.files import delimited, intake, pages, spreadsheets
from toolkit.files.beside import Unreadable
from toolkit.files.budgets import LARGEST_PARTS, MOST_MEMBERS
from toolkit.model.outgoing import Grid, Outgoing, Trace
from toolkit.model.plan import Plan
from toolkit.model.report import REPORT_MARK
from toolkit.model.sheet import Book, Refused

if TYPE_CHECKING:
    from toolkit.files.package import Package
    from toolkit.files.traces import Allowed

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = ("village", "township", "county")
#: What a part that is no part makes of a reader; NotEditable is a ValueError, lxml's faults are syntax errors.
_BROKEN = (KeyError, ValueError, IndexError, AttributeError, SyntaxError, EOFError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error)
#: Formats that are read, and not looked through part by part.
OLD = frozenset(("xls", "xlsb", "ods"))


@dataclass(frozen=True)
class Opened:
    """A file as people see it and, where it is a spreadsheet, as the reader has it. `data`: its bytes, without a password; `raw`: as it was sealed.
    Both were read at one moment, so that what goes out is what was looked through."""

    seen: Outgoing
    data: bytes
    book: Book | None = None
    raw: bytes = b""


def opened(name: str, data: bytes, counted: Callable[[int], None] = lambda cells: None) -> Opened | Refused:
    """One file by its content; what cannot be looked through to the end is refused."""
    kind = intake.kind_of(data)
    if kind == "F201 word" and data.startswith(b"PK"):
        return _document(name, data)
    if kind in ("F201 html", "F201 xml"):
        return _page(name, data) if kind.endswith("html") else Refused(name, "F201", "xml", _digest(data))
    if kind.startswith("F2"):
        code, _, why = kind.partition(" ")
        return Refused(name, code, why, _digest(data))
    if kind == "csv":
        return _text(name, data)
    book = spreadsheets.read(name, kind, data, _digest(data), counted)
    if isinstance(book, Refused):
        return book
    grids = tuple(Grid(sheet.name, sheet.rows, sheet.top, sheet.left) for sheet in book.sheets)
    return Opened(Outgoing(name, kind, grids, ours=_is_report(data)), data, book)


def with_traces(found: Opened, plans: Sequence[Plan], names: Sequence[str]) -> Opened | Refused:
    """The same with what its zip parts hold beside. `names`: of units, which a file may name as its author."""
    from toolkit.files.package import Package
    from toolkit.files.traces import traces

    seen = found.seen
    if seen.kind not in ("xlsx", "docx"):
        return found
    try:
        with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
            end = found.data.rfind(b"PK\x05\x06") + 22 + len(archive.comment)
            members = archive.infolist()
            first = min((member.header_offset for member in members), default=0)
            comment = b"".join((archive.comment, found.data[:first], found.data[end:], *(member.comment for member in members)))
        found_traces = traces(Package(found.data), _allowed(seen, plans, names), comment)
    except _BROKEN:
        return Refused(seen.file, "F203", "damaged", _digest(found.data))
    return replace(found, seen=replace(seen, traces=(*seen.traces, *found_traces)))


def cleaned(found: Opened, plans: Sequence[Plan], names: Sequence[str]) -> bytes | Refused:
    """A copy without what can go."""
    from toolkit.files.traces import without

    if found.seen.kind == "html":
        return pages.without(found.data.decode("utf-8")).encode()
    try:
        return without(found.data, _allowed(found.seen, plans, names))
    except _BROKEN:
        return Refused(found.seen.file, "F203", "damaged", _digest(found.data))


def _allowed(seen: Outgoing, plans: Sequence[Plan], names: Sequence[str]) -> Allowed:
    from toolkit.files.template_codes import own_names
    from toolkit.files.template_form import Content, Form
    from toolkit.files.traces import Allowed
    from toolkit.files.traces_named import words

    shown = {REPORT_MARK, *names, "Normal.dotm"}
    for text in (*seen.texts, *(cell for grid in seen.grids for row in grid.rows for cell in row if isinstance(cell, str))):
        shown.add(text.strip())
        if len(text) < 400:
            shown.update(words(text))
    own = {name for plan in plans for level in _LEVELS for name in own_names(Form(level, "", "", "", plan, Content({})))}
    return Allowed(frozenset(shown), frozenset(own), plans)


def own_code_sheets(plans: Sequence[Plan]) -> list[dict[tuple[int, int], str]]:
    """What the hidden sheet of our templates may hold, by plan and level: place -> text."""
    from toolkit.files.template_codes import own_texts
    from toolkit.files.template_form import Content, Form

    return [own_texts(Form(level, "", "", "", plan, Content({}))) for plan in plans for level in _LEVELS]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _is_report(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return f"<cp:category>{REPORT_MARK}<".encode() in archive.read("docProps/core.xml")[:4096]
    except (KeyError, OSError, ValueError, zipfile.BadZipFile):
        return False


# ------------------------------------------------------------------------------------------------ other kinds


def _page(name: str, data: bytes) -> Opened | Refused:
    try:
        source = delimited.decoded(data)
    except (Unreadable, ValueError):
        return Refused(name, "F203", "damaged", _digest(data))
    read = pages.read(source)
    traces = read.traces if _is_utf8(data) else tuple(replace(trace, removable=False) for trace in read.traces)
    return Opened(Outgoing(name, "html", read.grids, read.texts, traces), data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _text(name: str, data: bytes) -> Opened | Refused:
    """JSON, a csv, or any other text, a line a row."""
    try:
        text = delimited.decoded(data)
    except (Unreadable, ValueError):
        return Refused(name, "F203", "damaged", _digest(data))
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        try:
            facts = json.loads(text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            facts = None
        if isinstance(facts, dict | list):
            return Opened(Outgoing(name, "json", tuple(_lists(facts)), tuple(_strings(facts))), data)
    if name.lower().endswith(".csv"):
        book = delimited.read(name, data, _digest(data))
        if isinstance(book, Book):
            return Opened(Outgoing(name, "csv", tuple(Grid("", sheet.rows, sheet.top, sheet.left) for sheet in book.sheets)), data, book)
        return book
    rows = [line.split("\t") for line in text.splitlines()]
    return Opened(Outgoing(name, "txt", (Grid("", rows, cells=False),)), data)


def _lists(facts: Any, name: str = "") -> Iterator[Grid]:
    """Every list of objects as a table: its keys as headings, an object a row."""
    waiting: list[tuple[str, Any]] = [(name, facts)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(str(key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            objects = [entry for entry in value if isinstance(entry, dict)]
            if objects:
                keys = list(dict.fromkeys(key for entry in objects for key in entry))
                plain = [[_plain(entry.get(key)) for key in keys] for entry in objects]
                yield Grid(name, [keys, *plain], cells=False)
            waiting += [(name, entry) for entry in value if isinstance(entry, dict | list)]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float) or value is None else ""


def _strings(facts: Any) -> Iterator[str]:
    waiting = [facts]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            yield value


def _document(name: str, data: bytes) -> Opened | Refused:
    """A Word document: tables, and paragraphs outside them, of the body and of what stands around it."""
    from toolkit.files.package import Package

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_PARTS:
                return Refused(name, "F204", "too_large", _digest(data))
        package = Package(data)
        parts = [package.workbook, *[target for target, kind in package.related(package.workbook)
                                     if kind.endswith(("/header", "/footer", "/footnotes", "/endnotes"))]]
        grids, texts = [], []
        for part in parts:
            more, outside = _story(package, part)
            grids += more
            texts += outside
    except _BROKEN:
        return Refused(name, "F203", "damaged", _digest(data))
    return Opened(Outgoing(name, "docx", tuple(grids), tuple(texts)), data)


def _story(package: Package, part: str) -> tuple[list[Grid], list[str]]:
    tree = package.tree(part)
    grids = []
    for table in tree.iter(f"{_WORD}tbl"):
        rows: list[list[str]] = []
        for row in table.iter(f"{_WORD}tr"):
            cells: list[str] = []
            for cell in row.iter(f"{_WORD}tc"):
                span = cell.find(f"{_WORD}tcPr/{_WORD}gridSpan")
                cells += [_words(cell), *[""] * (int(span.get(f"{_WORD}val", "1")) - 1 if span is not None else 0)]
            rows.append(cells)
        grids.append(Grid("", rows, cells=False))
    texts = [_words(paragraph) for paragraph in tree.iter(f"{_WORD}p") if not any(above.tag == f"{_WORD}tbl" for above in paragraph.iterancestors())]
    return grids, [text for text in texts if text]


def _words(node: Any) -> str:
    return "".join(text.text or "" for text in node.iter(f"{_WORD}t", f"{_WORD}instrText")).strip()


__all__ = ["Opened", "Trace", "cleaned", "opened", "own_code_sheets", "with_traces"]
