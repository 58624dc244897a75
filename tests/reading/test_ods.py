"""OpenDocument as LibreOffice, older programs and hostile ones write it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.reading.parts import HEAD, ROW, read, said, why, zipped
from toolkit.model.sheet import CellError

NAME = "990101101201_2025-09_样例.ods"
_SPACES = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"' for short, full in (
    ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")))
_KIND = b"application/vnd.oasis.opendocument.spreadsheet"


def cell(text: str, facts: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {facts}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, facts: str = "") -> str:
    return f'<table:table-row {facts}>{"".join(text if text.startswith("<") else cell(text) for text in cells)}</table:table-row>'


def ods(*rows: str, before: str = "", start: str = "", **more: bytes) -> bytes:
    """One table, 工作记录, below the head."""
    content = (f'{start}<office:document-content {_SPACES} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
               f'<office:body><office:spreadsheet><table:table table:name="工作记录">{before}{row(*HEAD)}{"".join(rows)}</table:table>'
               "</office:spreadsheet></office:body></office:document-content>")
    return zipped({"mimetype": _KIND, "content.xml": content.encode(), "META-INF/manifest.xml": b"<m/>", **more})


@pytest.mark.parametrize(("facts", "shown", "wrong"), [
    ('table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"', "#DIV/0!", "#DIV/0!"),
    ('table:formula="of:=1/0" office:value-type="float" office:value="0"', "#DIV/0!", "#DIV/0!"),
    ('table:formula="of:=SQRT(-1)" office:value-type="float" office:value="0"', "Err:502", "#UNKNOWN!"),
    ('table:formula="of:=SQRT(-1)" office:value-type="float" office:value="0"', "错误:502", "#UNKNOWN!"),
    ('table:formula="of:=[.A9]"', "", "#G107!")])
def test_an_error_is_no_blank_and_no_zero(facts: str, shown: str, wrong: str, tmp_path: Path) -> None:
    book = read(tmp_path, ods(row(*ROW[:6], cell(shown, facts))), NAME)
    assert (book.sheets[0].rows[1][6], said(book, "G107")) == (CellError(wrong), ["G2 G107"])


@pytest.mark.parametrize(("facts", "shown", "value"), [
    ('table:formula="of:=[.A9]" office:value-type="string" office:string-value=""', "", ""),
    ('table:formula="of:=1+1" office:value-type="float" office:value="2"', "2", 2.0),
    ('office:value-type="string"', "#DIV/0!", "#DIV/0!")])
def test_what_is_no_error_stays(facts: str, shown: str, value: object, tmp_path: Path) -> None:
    assert read(tmp_path, ods(row(*ROW[:6], cell(shown, facts))), NAME).sheets[0].rows[1][6] == value


def test_repeated_and_hidden_rows_and_columns(tmp_path: Path) -> None:
    columns = ('<table:table-column table:number-columns-repeated="3"/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
               '<table:table-column table:number-columns-repeated="16379" table:visibility="collapse"/>')
    wrong = cell("#N/A", 'table:formula="of:=NA()" table:number-columns-repeated="2" calcext:value-type="error"')
    book = read(tmp_path, ods(row(*ROW), row(*ROW[:5], wrong, facts='table:number-rows-repeated="2" table:visibility="filter"'),
                              '<table:table-row table:number-rows-repeated="1048000" table:visibility="collapse"><table:table-cell/></table:table-row>',
                              before=columns), NAME)
    assert (sorted(book.sheets[0].hidden_rows), sorted(book.sheets[0].hidden_columns)) == ([3, 4], [4, 5, 6, 7])
    assert said(book, "G107", "F114") == ["F3 G107", "F4 G107", "G3 G107", "G4 G107", "工作记录 F114"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_written_with_indents(encoding: str, tmp_path: Path) -> None:
    made = row(*ROW[:4], cell("赶集日 <text:span>宣传</text:span> <text:span>一次</text:span>"), *ROW[5:])
    for tag in ("table:table-cell", "text:p", "/table:table-cell", "/table:table-row"):
        made = made.replace(f"<{tag}", f"\n    <{tag}")
    indented = ods(made)
    if encoding != "utf-8":
        with zipfile.ZipFile(io.BytesIO(indented)) as archive:
            content = '<?xml version="1.0" encoding="UTF-16"?>' + archive.read("content.xml").decode()
        indented = zipped({"mimetype": _KIND, "content.xml": content.encode(encoding), "META-INF/manifest.xml": b"<m/>"})
    assert read(tmp_path, indented, NAME).sheets[0].rows == [HEAD, [*ROW[:4], "赶集日 宣传 一次", *ROW[5:]]]


def test_hostile_documents(tmp_path: Path) -> None:
    assert why(tmp_path, ods(row(*ROW), start='<!DOCTYPE x [<!ENTITY a "b">]>'), NAME) == "F203 damaged"
    assert why(tmp_path, ods(row(*ROW, facts='table:number-rows-repeated="1048576"')), NAME) == "F204 too_many_cells"
    everywhere = cell("#N/A", 'table:formula="of:=NA()" table:number-columns-repeated="16384" calcext:value-type="error"')
    assert why(tmp_path, ods(row(everywhere, facts='table:number-rows-repeated="1048576"')), NAME) == "F204 too_many_cells"
    assert why(tmp_path, ods("<table:table-row>"), NAME) == "F203 damaged"


def test_macros_are_said(tmp_path: Path) -> None:
    assert said(read(tmp_path, ods(row(*ROW), **{"Basic/Standard/Module1.xml": b"<x/>"}), NAME), "F115") == ["F115"]
    assert said(read(tmp_path, ods(row(*ROW), **{"Basic/Standard/script-lb.xml": b"<x/>"}), NAME), "F115") == []
