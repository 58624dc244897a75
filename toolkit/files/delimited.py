"""Comma-, semicolon- and tab-separated text, in the encodings Chinese offices use."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from toolkit.files.beside import Unreadable
from toolkit.files.budgets import MOST_PLACES, MOST_ROWS
from toolkit.files.spreadsheets import fits
from toolkit.model.sheet import Book, Cell, Refused, Sheet
from toolkit.schema.text import looks_like_formula

MOST_COLUMNS = 500
_SEPARATORS = "\t,;"
_JUDGED_BY = 200  # rows from which the separator is told
_NAMED = re.compile(r"sep=(.)\r?\n", re.I)  # Excel's own first line, which it does not show
_MAY_GROW = 10_000
_TEXT_BYTES = bytes(range(32, 256)) + b"\t\r\n\x0c\x1a"


def read(file: str, data: bytes, digest: str) -> Book | Refused:
    """A csv as a book of one unnamed sheet. Cells are text; rows keep the numbers a spreadsheet shows."""
    try:
        rows = _rows(decoded(data))
    except Unreadable as refused:
        return Refused(file, refused.code, refused.why, digest)
    width = max((len(row) for row in rows), default=0)
    if len(rows) * width > MOST_PLACES:
        return Refused(file, "F204", "too_many_cells", digest)
    return Book(file, "csv", digest, (Sheet("", [row + [""] * (width - len(row)) for row in rows]),))


def _rows(text: str) -> list[list[Cell]]:
    """The rows, without the blank cells at their ends. Unreadable where quotes do not pair: rows would run together."""
    if "\0" in text:
        raise Unreadable("F203", "nul")
    named = _NAMED.match(text)
    separator = named[1] if named else _separator(text)
    rows: list[list[Cell]] = []
    told: dict[str, str] = {}  # a text that stands in many cells is kept once
    try:
        for row in csv.reader(io.StringIO(text[named.end():] if named else text, newline=""), delimiter=separator, strict=True):
            cells = [told.setdefault(cell, cell) for cell in map(_unquoted, row)]
            while cells and not cells[-1]:
                cells.pop()
            if len(cells) > MOST_COLUMNS or len(rows) >= MOST_ROWS or len(rows) * len(cells) > MOST_PLACES:
                raise Unreadable("F204", "too_many_cells")
            for cell in cells:
                if len(cell) > _MAY_GROW:
                    fits(cell)
            rows.append([*cells])
    except csv.Error as error:
        raise Unreadable(*(("F204", "long_text") if "field limit" in str(error) else ("F203", "quotes"))) from error
    return rows


def _separator(text: str) -> str:
    """The sign that parts most rows into equally many cells."""
    def even(sign: str) -> int:
        try:
            widths = Counter(len(row) for row in islice(csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=sign), _JUDGED_BY))
        except csv.Error:
            return 0
        return max((count * (width - 1) for width, count in widths.items()), default=0)
    return max(_SEPARATORS, key=even)


def decoded(data: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM or unmistakably without, else GB18030; Unreadable where it is none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _as(data, "utf-16")
    if utf16 := without_bom(data):
        return _as(data, utf16)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # A few bad bytes among many good characters: UTF-8 cut off or spoilt, which GB18030 would read as other words.
    mostly = data.decode("utf-8-sig", "replace")
    bad, good = mostly.count("\ufffd"), sum(1 for sign in mostly if sign > "\x7f")
    if data.startswith(b"\xef\xbb\xbf") or good - bad > 3 * bad:
        raise Unreadable("F203", "damaged")
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise Unreadable("F201", "unknown") from error


def _as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("F203", "damaged") from error


def without_bom(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be` where the bytes can be nothing else: zeros nearly always in the same half of a pair, and then all
    of it is text with separators and line ends; "" otherwise."""
    head = data[:20_000 // 2 * 2]
    if len(data) % 2 or not data:
        return ""
    high, low = head[1::2].count(0), head[::2].count(0)
    if max(high, low) * 20 < len(head) // 2 or max(high, low) < 4 * min(high, low):  # 一 is U+4E00
        return ""
    encoding = "utf-16-le" if high > low else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    lines = text.count("\n") + text.count("\r")
    return encoding if lines and all(sign.isprintable() or sign in "\t\r\n\u3000" or sign.isspace() for sign in text[:10_000]) else ""


def is_text_with_zeros(data: bytes) -> bool:
    """Text but for a few zero bytes: a csv that some program spoilt, no binary file."""
    zeros = data.count(0)
    return 0 < zeros * 100 < len(data) and not data.translate(None, _TEXT_BYTES + b"\0")


def as_text(cell: str) -> str:
    """A cell of a csv of ours: with a tab in front where a spreadsheet program would compute it; readers strip it."""
    return f"\t{cell}" if looks_like_formula(cell) else cell


def _unquoted(cell: str) -> str:
    """`="990101…"`, the way some programs keep a number as text in csv."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell
