"""Comma- and tab-separated text, in the encodings Chinese offices use."""

from __future__ import annotations

import csv
import io

from toolkit.model.sheet import Book, Cell, Refused, Sheet

MOST_COLUMNS = 500
MOST_ROWS = 1_100_000


def read(file: str, data: bytes, digest: str) -> Book | Refused:
    """A csv as a book of one unnamed sheet. Cells are text; rows keep the numbers a spreadsheet shows."""
    text = decoded(data)
    if text is None:
        return Refused(file, "F201", "unknown", digest)
    sample = text[:20_000]
    delimiter = max("\t,;", key=sample.count)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(row) > MOST_COLUMNS or len(rows) > MOST_ROWS:
                return Refused(file, "F204", "too_many_cells", digest)
            rows.append([_unquoted(cell) for cell in row])
    except csv.Error:
        return Refused(file, "F203", "damaged", digest)
    width = max((len(row) for row in rows), default=0)
    return Book(file, "csv", digest, (Sheet("", [row + [""] * (width - len(row)) for row in rows]),))


def decoded(data: bytes) -> str | None:
    """UTF-8 with or without BOM, UTF-16 with BOM, else GB18030."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _unquoted(cell: str) -> str:
    """`="990101…"`, the way some programs keep a number as text in csv."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell
