"""The door: each hostile thing a folder can hold is refused in one plain line, and costs next to nothing."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwt

from tests.reading.parts import FIRST, HEAD, MAIN, ROW, WORKBOOK, parts, read, sheet, why, with_, works, zipped
from toolkit.files import budgets, intake
from toolkit.files.compound import Folder, compound_file, open_compound
from toolkit.files.intake import find, open_book
from toolkit.files.outbox import ENDING, PREFIX
from toolkit.model.sheet import Book, Refused, column_letter


def reason(path: Path) -> str:
    book = open_book(path)
    assert isinstance(book, Refused)
    return f"{book.code} {book.why}"


def stored(size: int) -> bytes:
    """A workbook whose first sheet says it is `size` bytes long."""
    data = bytearray(zipped(works(ROW)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.start_dir
        names = [member.filename for member in archive.infolist()]
    for name in names:
        if name == FIRST:
            struct.pack_into("<I", data, start + 24, size)
        start += 46 + sum(struct.unpack_from("<3H", data, start + 28))
    return bytes(data)


def marked_encrypted(data: bytes) -> bytes:
    """A zip whose members say that they are encrypted."""
    changed = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(changed)


def with_a_password(data: bytes) -> bytes:
    """An old workbook whose second record, after its BOF, is the one that says it is encrypted."""
    stream = open_compound(data).stream("workbook")
    assert stream is not None
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    return compound_file({"Workbook": stream[:first] + struct.pack("<HHH", 0x2F, 2, 0) + stream[first:]})


@pytest.mark.parametrize(("make", "expected"), [
    (lambda path: path.mkdir(), "F207 not_a_file"),
    (lambda path: os.mkfifo(path), "F207 not_a_file"),
    (lambda path: path.symlink_to(__file__), "F207 not_a_file"),
    (lambda path: path.symlink_to(path), "F207 not_a_file"),
    (lambda path: path.symlink_to("gone"), "F207 not_a_file"),
    (lambda path: path.write_bytes(b""), "F203 empty"),
    (lambda path: os.truncate(path, path.write_bytes(b"PK") * 0 + budgets.LARGEST_FILE + 1), "F204 too_large"),
    (lambda path: path.write_bytes(b"PK\3\4" + b"\0" * 40), "F203 damaged"),
    (lambda path: path.write_bytes(b"%PDF-1.4"), "F201 pdf"),
    (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "F201 picture"),
    (lambda path: path.write_bytes("<html><table><tr><td>编号</td></tr></table></html>".encode()), "F201 html"),
    (lambda path: path.write_bytes(b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'), "F201 xml"),
    (lambda path: path.write_bytes(b"{\\rtf1 x}"), "F201 word"),
    (lambda path: path.write_bytes(b"Rar!\x1a\x07\x00" + b"x" * 99), "F201 zip"),
    (lambda path: path.write_bytes(zipped({"读我.txt": b"x"})), "F201 zip"),
    (lambda path: path.write_bytes(zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"})), "F201 word"),
    (lambda path: path.write_bytes(marked_encrypted(zipped(works(ROW)))), "F202 encrypted"),
    (lambda path: path.write_bytes(zipped({"mimetype": b"x", "content.xml": b"x", "META-INF/manifest.xml": b"<manifest:encryption-data/>"})), "F202 encrypted"),
    (lambda path: path.write_bytes(with_a_password(compound(("编号",)))), "F202 encrypted"),
    (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504), "F203 damaged"),
])
def test_what_is_no_workbook(make: object, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "990101101201.xlsx"
    make(path)  # type: ignore[operator]
    assert reason(path) == expected


def compound(words: tuple[str, ...], *, inside: dict[str, Folder] | None = None) -> bytes:
    """An old workbook with these words in its cells; `inside`: more folders beside the workbook, as embedded objects are kept."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("工作记录")
    for row, word in enumerate(words):
        sheet.write(row, 0, word)
    buffer = io.BytesIO()
    book.save(buffer)
    stream = open_compound(buffer.getvalue()).stream("workbook")
    assert stream is not None
    return compound_file({"Workbook": stream, **(inside or {})})


def test_words_in_the_cells_of_an_old_workbook_say_nothing_of_its_kind(tmp_path: Path) -> None:
    words = ("EncryptedPackage", "WordDocument")
    (tmp_path / "a.xls").write_bytes(compound(words))
    book = open_book(tmp_path / "a.xls")
    assert isinstance(book, Book) and [row[0] for row in book.sheets[0].rows] == list(words)


def test_old_files_are_judged_by_what_stands_at_their_root(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(compound(("编号",), inside={"MBD0001": {"WordDocument": b"x", "EncryptedPackage": b"x"}}))
    assert isinstance(open_book(tmp_path / "a.xls"), Book)  # a workbook with a letter in it
    (tmp_path / "b.xls").write_bytes(compound_file({"WordDocument": b"x" * 5000, "ObjectPool": {"_1": {"Workbook": b"x"}}}))
    assert reason(tmp_path / "b.xls") == "F201 word"  # a letter with a workbook in it
    (tmp_path / "c.xls").write_bytes(compound_file({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"x"}))
    assert reason(tmp_path / "c.xls") == "F202 encrypted"


@pytest.mark.parametrize("at", [48, 68, 76])
def test_knots_in_an_old_file(at: int, tmp_path: Path) -> None:
    """Each number of the header that leads somewhere, led to itself: refused at once."""
    data = bytearray(compound(("编号",)))
    struct.pack_into("<I", data, at, 0)
    (tmp_path / "a.xls").write_bytes(data)
    assert reason(tmp_path / "a.xls").startswith("F20")


def test_a_pipe_that_takes_a_files_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError):
        intake._at_one_moment(tmp_path / "pipe")


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "growing.csv"
    path.write_bytes(b"a,b\n" * 1000)

    class Growing(io.FileIO):
        def readinto(self, buffer: object) -> int:
            if path.stat().st_size == 4000:
                with path.open("ab") as more:
                    more.write(b"c,d\n")
            return super().readinto(buffer)  # type: ignore[arg-type]

    with io.BufferedReader(Growing(path, "r")) as stream:
        assert intake._unchanged(stream) is None
    assert intake._at_one_moment(path) == path.read_bytes()


def bombs() -> Iterator[tuple[str, bytes, str]]:
    yield "sizes that add up", stored(budgets.LARGEST_PARTS), "F204 too_large"
    yield "members", zipped({**works(ROW), **{f"x/{number}": b"" for number in range(budgets.MOST_MEMBERS)}}), "F204 too_large"
    yield "a sheet among pictures", _among_pictures(), "F204 too_large"
    corner = sheet(HEAD, ROW).replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    yield "a far corner", zipped(parts({"工作记录": corner})), "F204 too_many_cells"
    yield "three sheets of a far row", zipped(parts({f"表{n}": _tall(1_048_576, 3) for n in range(3)})), "F204 too_many_cells"
    wide = [f"列{number}" for number in range(budgets.MOST_COLUMNS + 1)]
    yield "columns", zipped(parts({"工作记录": sheet(wide)})), "F204 too_many_columns"
    merged = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(budgets.MOST_MERGED + 1))
    yield "merged ranges", zipped(works(ROW, after=f"<mergeCells>{merged}</mergeCells>")), "F204 too_many_merged"
    for place in (WORKBOOK, FIRST, "xl/styles.xml", "xl/_rels/workbook.xml.rels"):
        made = works(ROW)
        declared = b'?><!-- <a> --><!DOCTYPE a [<!ENTITY b "c">]>'
        made[place] = made[place].replace(b"?>", declared, 1) if b"?>" in made[place] else b"<!DOCTYPE a []>" + made[place]
        yield f"document type in {place}", zipped(made), "F203 damaged"


def _tall(rows: int, columns: int) -> str:
    return (f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            f'<row r="{rows}"><c r="{column_letter(columns)}{rows}"><v>1</v></c></row></sheetData></worksheet>')


def _among_pictures() -> bytes:
    made = works(ROW)
    made["xl/media/sheet.png"] = made.pop(FIRST)
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"media/sheet.png")
    data = bytearray(zipped(made))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.start_dir
        for member in archive.infolist():
            if member.filename.endswith(".png"):
                struct.pack_into("<I", data, at + 24, budgets.LARGEST_PARTS + 1)
            at += 46 + sum(struct.unpack_from("<3H", data, at + 28))
    return bytes(data)


@pytest.mark.parametrize(("data", "expected"), [(data, expected) for _, data, expected in bombs()], ids=[name for name, _, _ in bombs()])
def test_bombs(data: bytes, expected: str, tmp_path: Path) -> None:
    assert why(tmp_path, data) == expected


def test_a_size_that_lies_gives_no_more_than_it_says(tmp_path: Path) -> None:
    assert why(tmp_path, stored(10)) == "F203 damaged"


def test_a_stray_cell_far_to_the_right_is_no_wide_table(tmp_path: Path) -> None:
    assert read(tmp_path, zipped(works(ROW, ['<c r="XFD3"><v>1</v></c>']))).sheets[0].rows[1][:7] == ROW


def test_blank_cells_with_a_style_cost_nothing(tmp_path: Path) -> None:
    blank = "".join(f'<c r="{column_letter(column)}3" s="1"/>' for column in range(1, 2000))
    assert read(tmp_path, zipped(works(ROW, [blank]))).sheets[0].rows[1] == ROW


@pytest.mark.parametrize(("text", "expected"), [
    (b"a,b\n" * 1_048_577, "F204 too_many_cells"), (b"," * 501 + b"x\n", "F204 too_many_cells"), (b'a,"b\nc,d\n', "F203 quotes"),
    (b"a,b\0c\n" + b"d,e\n" * 300, "F203 nul"), ("编号,单位\n".encode() * 9 + "样例".encode("gb18030"), "F203 damaged")])
def test_csv(text: bytes, expected: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(text)
    assert reason(tmp_path / "a.csv") == expected


@pytest.mark.parametrize("extra", ["xl/vbaProject.bin", "xl/JDEData.bin"])
def test_macros_are_said(extra: str, tmp_path: Path) -> None:
    assert read(tmp_path, zipped({**works(ROW), extra: b"x"})).has_macros


@pytest.mark.parametrize("extra", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml"])
def test_links_dde_and_connections_are_said(extra: str, tmp_path: Path) -> None:
    assert read(tmp_path, zipped({**works(ROW), extra: b"<ddeLink/>"})).has_links


def test_used_cells_are_told_before_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(zipped(works(ROW, with_("数量", ""))))
    told: list[int] = []
    assert isinstance(open_book(tmp_path / "a.xlsx", told.append), Book)
    assert told == [7 + 7 + 6]


def test_time_grows_with_used_cells() -> None:
    assert [budgets.seconds_for(million * 1_000_000) for million in (0, 2, 3, 8)] == [10.0, 10.0, 15.0, 40.0]


def test_a_folder_however_deep_and_what_is_unfinished_in_it(tmp_path: Path) -> None:
    here = tmp_path
    for _ in range(300):
        here /= "深"
    here.mkdir(parents=True)
    for name in ("甲.xlsx", f"{PREFIX}abc{ENDING}", "~$甲.xlsx", ".~lock.甲.xlsx#"):
        (here / name).write_bytes(b"x")
    (here / "回头").symlink_to(tmp_path)
    found = find([tmp_path])
    assert [path.name for path in found.files] == ["回头", "甲.xlsx"]
    assert {why for _, why in found.passed_over} == {"lock"}


def test_a_name_in_an_old_encoding_is_shown_as_people_wrote_it(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "甲山乡.csv".encode("gb18030")))
    path.write_bytes(b"")
    book = open_book(path)
    assert isinstance(book, Refused) and book.file == "甲山乡.csv"
