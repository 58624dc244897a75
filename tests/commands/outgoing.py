"""Workbooks that carry what nobody sees, made part by part: each function puts one thing in."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import xlsxwriter

Parts = dict[str, bytes]
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def plain(*, author: str = "") -> bytes:
    """A table of an office that hides nothing."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"author": author, "created": dt.datetime(2025, 1, 1)})
    sheet = book.add_worksheet("会议")
    for row, cells in enumerate((("单位", "会议次数"), ("示例县甲山乡", 3), ("示例县乙水镇", 4))):
        sheet.write_row(row, 0, cells)
    book.close()
    return buffer.getvalue()


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = comment
    return out.getvalue()


def with_(*changes: Callable[[Parts], None], data: bytes | None = None) -> bytes:
    """The plain workbook, or another, after some changes."""
    parts = parts_of(data or plain())
    for change in changes:
        change(parts)
    return zipped(parts)


def related(part: str, content: bytes, kind: str, source: str = "xl/workbook.xml", target: str = "") -> Callable[[Parts], None]:
    """A new part with a relationship of a kind (the last word of its type, or all of it)."""
    def change(parts: Parts) -> None:
        folder, _, base = source.rpartition("/")
        rels = f"{folder}/_rels/{base}.rels".lstrip("/") if source else "_rels/.rels"
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        whole = kind if kind.startswith("http") else _TYPE + kind
        mode = ' TargetMode="External"' if target else ""
        entry = f'<Relationship Id="rIdX{len(parts)}" Type="{whole}" Target="{target or "/" + part}"{mode}/>'
        parts[rels] = parts.get(rels, empty).replace(b"</Relationships>", entry.encode() + b"</Relationships>")
        if part:
            parts[part] = content
    return change


def replaced(part: str, old: str, new: str) -> Callable[[Parts], None]:
    """One piece of a part's text replaced; the piece has to be there."""
    def change(parts: Parts) -> None:
        assert old.encode() in parts[part], (part, old)
        parts[part] = parts[part].replace(old.encode(), new.encode())
    return change


SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
