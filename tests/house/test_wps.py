"""The files we write keep clear of what WPS breaks: each line of docs/wps.md under “我们的文件避开了什么” is a check here."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from toolkit.files.intake import open_book
from toolkit.files.notes import add_notes
from toolkit.files.package import Package
from toolkit.model.sheet import Book

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "templates").rglob("*.xlsx"), *(ROOT / "samples").rglob("*.xlsx")])
#: What a program that reads only the usual places must find.
USUAL = ("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
         "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")

Parts = dict[str, bytes]


def parts(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip64(data: bytes, _: Parts) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"PK\x06\x06" in data or any(entry.extract_version > 20 for entry in archive.infolist())


def among(pattern: str) -> Callable[[bytes, Parts], bool]:
    return lambda _, there: any(re.search(pattern, name, re.IGNORECASE) for name in there)


def inside(pattern: bytes) -> Callable[[bytes, Parts], bool]:
    return lambda _, there: any(re.search(pattern, data) for name, data in there.items() if name.endswith((".xml", ".rels")))


def tiny_notes(_: bytes, there: Parts) -> bool:
    """A note's box without a size: by its anchor (left column, offset, top row, offset, right column, …), else by its style."""
    for box in [box for name, data in there.items() if name.endswith(".vml") for box in re.findall(rb"<v:shape .*?</v:shape>", data, re.DOTALL)]:
        anchor = re.search(rb"<x:Anchor>([^<]*)</x:Anchor>", box)
        if anchor:
            at = [int(number) for number in anchor[1].split(b",")]
            if at[4] <= at[0] or at[6] <= at[2]:
                return True
        elif not re.search(rb"width:[1-9]", box) or not re.search(rb"height:[1-9]", box):
            return True
    return False


def false_extent(_: bytes, there: Parts) -> bool:
    """A `dimension` that leaves out a cell with content."""
    for name, data in there.items():
        if not re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
            continue
        last = re.search(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"', data)
        cells = [(place[0], place[1]) for place in re.findall(rb'<c r="([A-Z]+)(\d+)"(?:[^>]*[^/])?>', data)]
        if not cells:
            continue
        furthest = max((len(column), column) for column, _ in cells)
        if last is None or max(int(row) for _, row in cells) > int(last[2]) or furthest > (len(last[1]), last[1]):
            return True
    return False


AVOIDED: dict[str, Callable[[bytes, Parts], bool]] = {
    "zip64": zip64,
    "图表工作表": among(r"chartsheets/"),
    "图片": lambda data, there: among(r"/media/|cellimages")(data, there) or inside(rb"DISPIMG")(data, there),
    "扩展的数据验证和条件格式": inside(rb"<extLst|\bx14:"),
    "新函数": inside(rb"_xlfn\."),
    "动态数组": lambda data, there: among(r"xl/metadata\.xml")(data, there) or inside(rb'\bcm="|t="array"')(data, there),
    "新式批注": among(r"threadedComment|persons/"),
    "宏、控件、外部链接": among(r"vbaProject|JDEData|activeX|ctrlProps|externalLinks|connections\.xml|macrosheets|customUI"),
    "零大小的批注框": tiny_notes,
    "错误的已用区域": false_extent,
    "缺少常见部件": lambda _, there: any(name not in there for name in USUAL),
}


def test_the_page_and_the_checks_are_the_same() -> None:
    page = (ROOT / "docs" / "wps.md").read_text(encoding="utf-8").split("## 我们的文件避开了什么", 1)[1].split("\n## ", 1)[0]
    listed = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("|")][2:]
    assert listed == list(AVOIDED)


def test_there_are_files_to_look_at() -> None:
    assert {path.name for path in FILES} >= {"village.xlsx", "county.xlsx", "summary.xlsx", "checklist.xlsx", "sample.xlsx"}


@pytest.mark.parametrize("what", AVOIDED)
def test_our_files_avoid_it(what: str) -> None:
    assert [str(path.relative_to(ROOT)) for path in FILES for data in [path.read_bytes()] if AVOIDED[what](data, parts(data))] == []


def other(**settings: object) -> bytes:
    """A workbook by XlsxWriter with one thing our files avoid."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write("A1", "x")
    if settings.get("chart"):
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$1"})
        book.add_chartsheet().set_chart(chart)
    if settings.get("bar"):
        sheet.conditional_format("A1:A3", {"type": "data_bar", "data_bar_2010": True})
    if settings.get("array"):
        sheet.write_dynamic_array_formula("B1:B3", "=UNIQUE(A1:A3)")
    book.close()
    return buffer.getvalue()


def repacked(data: bytes, drop: str = "", **added: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {**parts(data), **added}.items():
            if name != drop:
                archive.writestr(name, content)
    return buffer.getvalue()


def streamed(data: bytes) -> bytes:
    """The same with one part written as a stream of unknown length."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts(data).items():
            with archive.open(name, "w", force_zip64=True) as stream:
                stream.write(content)
    return buffer.getvalue()


PLAIN = other()
BAD = {
    "zip64": streamed(PLAIN), "图表工作表": other(chart=True), "图片": repacked(PLAIN, **{"xl/media/image1.png": b"x"}),
    "扩展的数据验证和条件格式": other(bar=True), "新函数": other(array=True), "动态数组": other(array=True),
    "新式批注": repacked(PLAIN, **{"xl/threadedComments/threadedComment1.xml": b"<x/>"}), "宏、控件、外部链接": repacked(PLAIN, **{"xl/vbaProject.bin": b"x"}),
    "零大小的批注框": repacked(PLAIN, **{"xl/drawings/vmlDrawing1.vml": b'<v:shape id="a" style="width:0;height:0"><x:Row>0</x:Row></v:shape>'}),
    "错误的已用区域": repacked(PLAIN, **{"xl/worksheets/sheet1.xml": b'<dimension ref="A1"/><c r="A1" t="s"><v>0</v></c><c r="C9"><v>1</v></c>'}),
    "缺少常见部件": repacked(PLAIN, drop="docProps/app.xml"),
}


@pytest.mark.parametrize("what", AVOIDED)
def test_each_check_finds_what_it_looks_for(what: str) -> None:
    assert (AVOIDED[what](BAD[what], parts(BAD[what])), AVOIDED[what](PLAIN, parts(PLAIN))) == (True, False)


def test_notes_we_add_have_a_box() -> None:
    package = Package(PLAIN)
    add_notes(package, next(iter(package.sheets().values())), {"A1": "请改"})
    there = parts(package.data())
    assert (any(name.endswith(".vml") for name in there), tiny_notes(b"", there)) == (True, False)


def test_a_used_area_that_says_a1_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "别处另存.xlsx"
    path.write_bytes(repacked(PLAIN, **{"xl/worksheets/sheet1.xml": parts(PLAIN)["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", b'<row r="3"><c r="C3"><v>7</v></c></row></sheetData>')}))
    book = open_book(path)
    assert isinstance(book, Book) and book.sheets[0].rows[-1][-1] == 7


def test_properties_that_are_against_the_standard_do_not_matter(tmp_path: Path) -> None:
    """As WPS has written them: a Dublin Core element with a type it may not have."""
    core = parts(PLAIN)["docProps/core.xml"].replace(b"</cp:coreProperties>", b'<dc:title xsi:type="dcterms:W3CDTF">x</dc:title></cp:coreProperties>')
    assert b"<dc:title xsi:type" in core
    path = tmp_path / "别处新建.xlsx"
    path.write_bytes(repacked(PLAIN, **{"docProps/core.xml": core}))
    book = open_book(path)
    assert isinstance(book, Book) and book.sheets[0].rows[0][0] == "x"
