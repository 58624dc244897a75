"""What readers lose without a word (FACTS A1, S1 to S17): read right, reported, or refused in one plain line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.reading.parts import FIRST, HEAD, MAIN, RELATIONS, ROW, STRICT, WORKBOOK, parts, read, said, sheet, why, with_, works, zipped
from tests.tables import found
from toolkit.files.intake import open_book
from toolkit.model.sheet import Book, CellError

ERRORS = "#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A".split()
MADE_UP = "#K103! Err:502 #NEVER!".split()
NEWER = "#SPILL! #CALC! #FIELD! #BUSY! #GETTING_DATA #CONNECT! #BLOCKED! #UNKNOWN!".split()


def error(text: str) -> str:
    return f'<c r="{{r}}" t="e"><v>{text}</v></c>'


@pytest.mark.parametrize("text", ERRORS)
def test_s1_an_error_value_is_no_blank(text: str, tmp_path: Path) -> None:
    book = read(tmp_path, zipped(works(with_("数量", error(text)))))
    assert book.sheets[0].rows[1][6] == CellError(text)
    assert said(book, "G107") == ["G2 G107"]


@pytest.mark.parametrize("text", MADE_UP)
def test_s1_an_error_nobody_knows_is_one_too(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, zipped(works(with_("数量", error(text))))).sheets[0].rows[1][6] == CellError("#UNKNOWN!")


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_s1_in_every_format(kind: str, data: Path) -> None:
    book = open_book(data / "libreoffice" / f"error_values.{kind}")
    assert isinstance(book, Book)
    assert [row[6] for row in book.sheets[4].rows[1:]] == [CellError("#DIV/0!"), CellError("#N/A"), CellError("#VALUE!" if kind != "ods" else "#UNKNOWN!")]
    assert [line for line in found(book, units=None) if line.endswith("G107")] == ["G2 G107", "G3 G107", "G4 G107"]


@pytest.mark.parametrize("text", NEWER)
def test_s2_a_newer_error_value_leaves_the_sheet_readable(text: str, tmp_path: Path) -> None:
    book = read(tmp_path, zipped(works(with_("数量", error(text)), ["W-02", *ROW[1:]])))
    assert [row[:1] + row[6:] for row in book.sheets[0].rows[1:]] == [["W-01", CellError(text)], ["W-02", "60"]]
    assert said(book, "G107") == ["G2 G107"]


def test_s3_two_sheets_of_one_name(tmp_path: Path) -> None:
    made = parts({"工作记录": sheet(HEAD, ROW), "另一张": sheet(HEAD, ROW)})
    made[WORKBOOK] = made[WORKBOOK].replace("另一张".encode(), "工作记录".encode())
    assert why(tmp_path, zipped(made)) == "F203 sheet_twice"


@pytest.mark.parametrize("part", [FIRST, WORKBOOK, RELATIONS])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_s4_a_part_in_another_encoding(part: str, encoding: str, tmp_path: Path) -> None:
    made = works(ROW)
    text = made[part].decode().removeprefix('<?xml version="1.0" encoding="UTF-8"?>')
    declared = "UTF-16" if encoding.startswith("utf-16") else encoding
    made[part] = f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(encoding)
    assert [(one.name, one.rows) for one in read(tmp_path, zipped(made)).sheets] == [("工作记录", [HEAD, ROW])]


def test_s5_no_workbook_part_or_no_sheets(tmp_path: Path) -> None:
    made = works(ROW)
    del made[WORKBOOK]
    assert why(tmp_path, zipped(made)) == "F203 damaged"
    assert why(tmp_path, zipped(parts({}))) == "F203 no_sheets"


@pytest.mark.parametrize("other", [FIRST, FIRST.upper()])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_s6_a_part_given_twice(other: str, tmp_path: Path) -> None:
    made = works(ROW)
    assert why(tmp_path, zipped([*made.items(), (other, made[FIRST])])) == "F203 damaged"


@pytest.mark.parametrize("number", ["-5", "0", "60", "2958466", "1e300", "1e999"])
def test_s7_a_number_shown_as_a_date_that_is_none(number: str, tmp_path: Path) -> None:
    book = read(tmp_path, zipped(works(with_("日期", f'<c r="{{r}}" s="1"><v>{number}</v></c>'))))
    assert said(book, "G102", "G107", "G101") == ["C2 G102" if number != "1e999" else "C2 G107"]


def test_s7_a_day_is_a_day(tmp_path: Path) -> None:
    assert read(tmp_path, zipped(works(with_("日期", '<c r="{r}" s="1"><v>45912</v></c>')))).sheets[0].rows[1][2] == dt.date(2025, 9, 12)


@pytest.mark.parametrize("cell", ['<c r="{r}"><f>SUM(A9:A10)</f></c>', '<c r="{r}"><f>SUM(A9:A10)</f><v></v></c>', '<c r="{r}"><f>SUM(A9:A10)</f><v/></c>',
                                  '<c r="{r}"><f t="shared" si="0"/></c>', '<c r="{r}" t="str"><f>A9</f></c>', '<c r="{r}"> <f>A9</f> </c>'])
def test_s8_a_formula_without_a_value_is_no_blank(cell: str, tmp_path: Path) -> None:
    assert said(read(tmp_path, zipped(works(with_("数量", cell)))), "G107") == ["G2 G107"]


@pytest.mark.parametrize("cell", ['<c r="{r}" t="str"><f>IF(A9="","",A9)</f><v></v></c>', '<c r="{r}" t="str"><f>IF(A9="","",A9)</f><v/></c>'])
def test_s8_a_formula_that_gives_empty_text_is_blank(cell: str, tmp_path: Path) -> None:
    book = read(tmp_path, zipped(works(with_("数量", cell))))
    assert (book.sheets[0].rows[1][6], said(book, "G107")) == ("", [])


def test_s8_rows_of_nothing_but_formulas_are_read(tmp_path: Path) -> None:
    row = ['<c r="{r}"><f>其他!A1</f></c>'] * len(HEAD)
    book = read(tmp_path, zipped(works(row, row)))
    assert said(book, "G107") == [f"{letter}{number} G107" for letter in "ABCDEFG" for number in (2, 3)]


@pytest.mark.parametrize("text", ["NaN", "INF", "-inf", "1e999"])
def test_s9_a_number_that_is_none(text: str, tmp_path: Path) -> None:
    book = read(tmp_path, zipped(works(with_("数量", f'<c r="{{r}}"><v>{text}</v></c>'))))
    assert (book.sheets[0].rows[1][6], said(book, "G107")) == (CellError("#NUM!"), ["G2 G107"])


@pytest.mark.parametrize(("column", "place"), [("编号", "A2"), ("单位代码", "B2"), ("标题", "E2"), ("组织人编号", "F2")])
def test_s10_a_number_that_is_a_name_and_lost_digits(column: str, place: str, tmp_path: Path) -> None:
    book = read(tmp_path, zipped(works(with_(column, '<c r="{r}"><v>123456789012345678</v></c>'))))
    assert said(book, "G109") == [f"{place} G109"]


def test_s11_outer_spaces_are_those_a_spreadsheet_shows(tmp_path: Path) -> None:
    rich = '<c r="{r}" t="inlineStr"><is><r><t%s>赶集日 </t></r><r><t>宣传</t></r></is></c>'
    kept, dropped = rich % ' xml:space="preserve"', rich % ""
    book = read(tmp_path, zipped(works(with_("标题", kept), with_("标题", dropped))))
    assert [row[4] for row in book.sheets[0].rows[1:]] == ["赶集日 宣传", "赶集日宣传"]


def test_s12_escaped_characters_are_decoded(tmp_path: Path) -> None:
    book = read(tmp_path, zipped(works(with_("标题", "赶集日_x000D_\n宣传_x005F_x000D_"))))
    assert book.sheets[0].rows[1][4] == "赶集日\r\n宣传_x000D_"


def test_s13_the_strict_flavour(tmp_path: Path) -> None:
    made = works(with_("日期", '<c r="{r}" s="1" t="d"><v>2025-09-12</v></c>'), with_("数量", error("#SPILL!")))
    strict = dict(made)
    for loose, tight in STRICT.items():
        strict = {name: content.replace(loose.encode(), tight.encode()) for name, content in strict.items()}
    book = read(tmp_path, zipped(strict))
    assert book.sheets[0].rows[1][2] == dt.date(2025, 9, 12)
    assert said(book, "G102", "G107") == ["G3 G107"]


def test_s14_a_sheet_whose_part_is_missing(tmp_path: Path) -> None:
    made = parts({"工作记录": sheet(HEAD, ROW), "出生统计": sheet(["单位代码"])})
    del made["xl/worksheets/sheet2.xml"]
    assert why(tmp_path, zipped(made)) == "F203 damaged"


def test_s15_values_under_a_merged_cell_are_read_and_said(tmp_path: Path) -> None:
    merged = '<mergeCells count="1"><mergeCell ref="E2:E3"/></mergeCells>'
    book = read(tmp_path, zipped(works(ROW, ["W-02", *ROW[1:]], after=merged)))
    assert [row[4] for row in book.sheets[0].rows[1:]] == ["样例宣传", "样例宣传"]
    assert said(book, "F114") == ["工作记录 F114"]
    bare = read(tmp_path, zipped(works(ROW, [*ROW[:4], "", *ROW[5:]], after=merged)))
    assert said(bare, "F114") == []


@pytest.mark.parametrize("row", ['<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
                                 '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
                                 '<row r="2"><c r="B2"><v>1</v></c><c r="A2"/><c><v>2</v></c></row>'])
def test_s16_a_cell_given_twice(row: str, tmp_path: Path) -> None:
    made = works()
    made[FIRST] = made[FIRST].replace(b"</sheetData>", row.encode() + b"</sheetData>")
    assert why(tmp_path, zipped(made)) == "F203 cell_twice"


@pytest.mark.parametrize("kind", ["xlMacrosheet", "xlIntlMacrosheet", "dialogsheet", "chartsheet"])
def test_s17_a_sheet_of_another_kind_beside_the_data(kind: str, tmp_path: Path) -> None:
    macro = f'<xm:macrosheet xmlns="{MAIN}" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><sheetData/></xm:macrosheet>'
    book = read(tmp_path, zipped(parts({"宏1": macro, "工作记录": sheet(HEAD, ROW)}, {"宏1": kind})))
    assert [(one.name, one.rows) for one in book.sheets] == [("工作记录", [HEAD, ROW])]
    assert said(book, "F115") == ([" F115".strip()] if "acro" in kind else [])


@pytest.mark.parametrize(("place", "reason"), [("ZZZZZZZZZZZ2", "F203 damaged"), ("XFD1048576", "F204 too_many_cells"), ("A2147483647", "F204 too_many_cells")])
def test_a_cell_where_no_cell_can_be(place: str, reason: str, tmp_path: Path) -> None:
    assert why(tmp_path, zipped(works(with_("数量", f'<c r="{place}"><v>1</v></c>')))) == reason


def test_a_prefix_or_a_missing_address_hides_nothing(tmp_path: Path) -> None:
    made = works(with_("数量", error("#SPILL!")), before='<cols><col min="5" max="5" hidden="1"/></cols>')
    text = made[FIRST].decode().replace('<row r="2">', '<row hidden="true">')
    for number in (1, 2):
        for letter in "ABCDEFG":
            text = text.replace(f' r="{letter}{number}"', "")
    prefixed = text.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    for spelling in (text, prefixed, text.replace('"', "'")):
        made[FIRST] = spelling.encode()
        book = read(tmp_path, zipped(made))
        assert (book.sheets[0].hidden_rows, book.sheets[0].hidden_columns) == ({2}, {5})
        assert said(book, "G107", "F114") == ["G2 G107", "工作记录 F114"]


def test_the_whole_of_a_small_book_is_said(tmp_path: Path) -> None:
    assert [line for line in found(read(tmp_path, zipped(works(ROW)))) if not line.endswith("F101")] == ["F113"]
