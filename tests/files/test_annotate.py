"""The marked copy of somebody's workbook, read back by two other programs: the marks are there and the rest is untouched."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.excel.office import Office, running
from toolkit.files.annotate import LIST_COLUMNS, Mark, annotated
from toolkit.files.notes import AUTHOR
from toolkit.files.package import NotEditable, Package

LIST = "问题清单"
MARKS = (Mark("包保名单", "G3", "error", "G101", "必填项“办公电话”为空", "请补填。"), Mark("包保名单", "M4", "warning", "S105", "缺少保密承诺日期", "请补填日期。"),
         Mark("包保名单", "G3", "info", "G105", "已规范为“x”", "请核对。"), Mark("工作记录", "Z60", "error", "W101", "工作记录缺少类型", "请补填。"),
         Mark("", "", "error", "F106", "填报人与审核人不得为同一人", "请填审核人。"))


@pytest.fixture
def sent(data: Path) -> bytes:
    """A workbook typed into LibreOffice and saved by it, with a note of its own at a cell of ours."""
    book = openpyxl.load_workbook(data / "libreoffice" / "village_whole.xlsx")
    book["包保名单"]["M4"].comment = Comment("样例单位自己的批注", "样例作者")
    book["包保名单"]["A9"].comment = Comment("别处的批注", "样例作者")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def loaded(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def values(data: bytes) -> dict[str, list[list[object]]]:
    return {sheet.title: [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows() if any(cell.value is not None for cell in row)]
            for sheet in loaded(data).worksheets if sheet.title != LIST}


def test_cells_are_coloured_and_keep_their_form(sent: bytes) -> None:
    before, after = loaded(sent)["包保名单"], loaded(annotated(sent, MARKS, {}, LIST))["包保名单"]
    assert [after[cell].fill.fgColor.rgb for cell in ("G3", "M4", "A3")] == ["FFFBDDDD", "FFFFF0C2", before["A3"].fill.fgColor.rgb]
    for cell in ("G3", "M4"):
        assert [repr(getattr(after[cell], what)) for what in ("number_format", "border", "font", "alignment", "protection")] == [
            repr(getattr(before[cell], what)) for what in ("number_format", "border", "font", "alignment", "protection")]
    assert loaded(annotated(sent, MARKS, {}, LIST))["工作记录"]["Z60"].fill.fgColor.rgb == "FFFBDDDD"


def test_notes_stand_at_their_cells_and_the_senders_own_stay(sent: bytes) -> None:
    sheet = loaded(annotated(sent, MARKS, {}, LIST))["包保名单"]
    assert sheet["G3"].comment.text == "▲ 错误 G101\n必填项“办公电话”为空\n请补填。\n\n○ 提示 G105\n已规范为“x”\n请核对。"
    assert sheet["G3"].comment.author == AUTHOR
    assert sheet["M4"].comment.text.startswith("样例单位自己的批注") and "缺少保密承诺日期" in sheet["M4"].comment.text
    assert sheet["A9"].comment.text == "别处的批注"


def test_the_list_is_last_and_opens_first(sent: bytes) -> None:
    book = loaded(annotated(sent, MARKS, {}, LIST))
    sheet = book[LIST]
    assert (book.sheetnames[-1], book.active.title) == (LIST, LIST)
    assert [cell.value for cell in sheet[3]] == list(LIST_COLUMNS)
    assert [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=4)] == [
        ["1", "▲ 错误", "G101", "包保名单　G3"], ["2", "△ 警告", "S105", "包保名单　M4"], ["3", "○ 提示", "G105", "包保名单　G3"],
        ["4", "▲ 错误", "W101", "工作记录　Z60"], ["5", "▲ 错误", "F106", "整个文件"]]
    assert sheet["D4"].hyperlink.location == "'包保名单'!G3"
    assert [one.title for one in book.worksheets if one.sheet_view.tabSelected] == [LIST]


def test_everything_else_is_the_senders(sent: bytes) -> None:
    copy = annotated(sent, MARKS, {}, LIST)
    before, after = parts(sent), parts(copy)
    package = Package(sent)
    touched = {package.sheets()[name] for name in ("包保名单", "工作记录")}
    changed = {name for name in before if before[name] != after.get(name)}
    assert {name for name in changed if "worksheets/sheet" in name} <= touched | {name for name in before if b'tabSelected="1"' in before[name]}
    assert values(copy) == values(sent)


def test_marks_of_an_earlier_copy_go_first(sent: bytes) -> None:
    again = annotated(annotated(sent, MARKS, {}, LIST), MARKS[1:2], {}, LIST)
    book = loaded(again)
    assert book.sheetnames.count(LIST) == 1
    assert book["包保名单"]["G3"].fill.fgColor.rgb == loaded(sent)["包保名单"]["G3"].fill.fgColor.rgb
    assert book["包保名单"]["G3"].comment is None
    assert book["包保名单"]["M4"].comment.text.count("缺少保密承诺日期") == 1
    clean = loaded(annotated(again, (), {}, LIST))
    assert clean["包保名单"]["M4"].comment.text == "样例单位自己的批注"


def test_a_forbidden_column_is_empty_in_the_copy(sent: bytes) -> None:
    book = loaded(sent)
    sheet = book["包保名单"]
    sheet["P2"], sheet["P3"], sheet["P4"] = "思想动向", "不该收的话", "另一句"
    out = io.BytesIO()
    book.save(out)
    copy = annotated(out.getvalue(), (Mark("包保名单", "P2", "error", "K102", "列不得收集", "请删除。"),), {"包保名单": (("P", 2),)}, LIST)
    assert [loaded(copy)["包保名单"][cell].value for cell in ("P2", "P3", "P4")] == ["思想动向", None, None]
    assert not [name for name, data in parts(copy).items() if "不该收的话".encode() in data or "另一句".encode() in data]


def test_what_cannot_be_edited_is_said(sent: bytes, data: Path) -> None:
    with pytest.raises(NotEditable):
        annotated((data / "libreoffice" / "village_whole.ods").read_bytes(), MARKS, {}, LIST)
    with pytest.raises(NotEditable):
        annotated((data / "libreoffice" / "village_whole.xls").read_bytes(), MARKS, {}, LIST)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running(tmp_path_factory.mktemp("office")) as started:
        yield started


@pytest.mark.parametrize("name", ["sent", "village"])
def test_libreoffice_shows_the_same(name: str, sent: bytes, root: Path, office: Office, tmp_path: Path) -> None:
    original = sent if name == "sent" else (root / "samples" / "villages" / "2025-09" / "990101101201_2025-09_示例县甲山乡一村.xlsx").read_bytes()
    path = tmp_path / "copy.xlsx"
    marks = [replace(mark, cell="G6" if mark.cell == "G3" else mark.cell) for mark in MARKS]
    path.write_bytes(annotated(original, marks, {}, LIST))
    office.open(path)
    assert office.sheets()[-1] == LIST
    saved = openpyxl.load_workbook(office.save(tmp_path / "saved.xlsx", "Calc MS Excel 2007 XML"))
    assert saved["包保名单"]["G6"].fill.fgColor.rgb == "FFFBDDDD"
    assert "必填项“办公电话”为空" in saved["包保名单"]["G6"].comment.text
