"""An .xlsx put together part by part, so that it can hold what no program of ours would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.tables import found
from toolkit.files.intake import open_book
from toolkit.model.sheet import Book, Refused, column_letter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main", RELS: "http://purl.oclc.org/ooxml/officeDocument/relationships"}
WORKBOOK, RELATIONS, FIRST = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"
NAME = "990101101201_2025-09_样例.xlsx"
HEAD = "编号 单位代码 日期 类型 标题 组织人编号 数量".split()
ROW = ["W-01", "990101101201", "2025-09-12", "5 宣传", "样例宣传", "990101101201-01", "60"]

#: Style 1 shows a number as a date.
_STYLES = (f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
           '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')


def with_(column: str, cell: str) -> list[str]:
    """ROW with another cell: text, or XML in which `{r}` is its address."""
    return [cell if name == column else value for name, value in zip(HEAD, ROW, strict=True)]


def sheet(*rows: Iterable[str], before: str = "", after: str = "") -> str:
    """A sheet part. A cell that begins with `<` is XML, any other text."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(_cell(text, f"{column_letter(column)}{number}") for column, text in enumerate(row, start=1) if text)
        lines.append(f'<row r="{number}">{cells}</row>')
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(lines)}</sheetData>{after}</worksheet>'


def _cell(text: str, place: str) -> str:
    return text.replace("{r}", place) if text.startswith("<") else f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def parts(sheets: Mapping[str, str], kinds: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The parts of a workbook with these sheets; `kinds`: sheet name -> another kind of part than `worksheet`."""
    names = list(sheets)
    listed = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, start=1))
    relations = "".join(f'<Relationship Id="rId{at}" Type="{RELS}/{(kinds or {}).get(name, "worksheet")}" Target="worksheets/sheet{at}.xml"/>'
                        for at, name in enumerate(names, start=1))
    relations += f'<Relationship Id="rId99" Type="{RELS}/styles" Target="styles.xml"/>'
    root = f'<Relationship Id="r" Type="{RELS}/officeDocument" Target="{WORKBOOK}"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">{root}</Relationships>',
        WORKBOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>{listed}</sheets></workbook>',
        RELATIONS: f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{at}.xml": sheets[name] for at, name in enumerate(names, start=1)}}
    return {name: text.encode() for name, text in texts.items()}


def works(*rows: Iterable[str], before: str = "", after: str = "") -> dict[str, bytes]:
    """The parts of a workbook with one ledger, 工作记录."""
    return parts({"工作记录": sheet(HEAD, *rows, before=before, after=after)})


def zipped(members: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, content)
    return out.getvalue()


def opened(folder: Path, data: bytes, name: str = NAME) -> Book | Refused:
    (folder / name).write_bytes(data)
    return open_book(folder / name)


def read(folder: Path, data: bytes, name: str = NAME) -> Book:
    book = opened(folder, data, name)
    assert isinstance(book, Book), book
    return book


def why(folder: Path, data: bytes, name: str = NAME) -> str:
    """`F203 damaged`."""
    book = opened(folder, data, name)
    assert isinstance(book, Refused)
    return f"{book.code} {book.why}"


def said(book: Book, *codes: str) -> list[str]:
    """What `ledger check` says, of these codes only: sheets and a cover that these small books lack are not their matter."""
    return [line for line in found(book) if line.split()[-1] in codes]
