"""`ledger release`: what a file carries unseen is found, what can go is taken out of a copy, what must not go out is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from tests.commands.outgoing import BOOK, SHEET, parts_of, plain, related, replaced, with_, zipped
from tests.commands.run import ROOT, facts, ledger
from tests.tables import standard
from toolkit.files.macros import modules
from toolkit.files.seal import sealed
from toolkit.files.vba import WORKBOOK, Module, project

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NOTES = (f'<comments xmlns="{MAIN}"><authors><author>样例甲</author></authors><commentList><comment ref="B2" authorId="0"><text><t>别发</t></text></comment>'
         "</commentList></comments>")
NAMES = "<definedNames><definedName name=\"{}\">{}</definedName></definedNames></workbook>"
EXIF = b"\xff\xd8\xff\xe1\x00\x10Exif\0\0GPS here\xff\xdb\x00\x04ab\xff\xda\x00\x02pixels\xff\xd9"
LINK = f'<externalLink xmlns="{MAIN}"/>'.encode()
OWN_MODULES = [*modules(standard()), Module("ThisWorkbook", "", WORKBOOK)]
OWN = project(OWN_MODULES)


def numbered(sheet_xml: str) -> Any:
    """The sheet's second row given an attribute."""
    return replaced(SHEET, '<row r="2"', f'<row r="2" {sheet_xml}')


def remarked(data: bytes) -> bytes:
    """Every member of the archive with a comment of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts_of(data).items():
            member = zipfile.ZipInfo(name)
            member.comment = "样例甲".encode()
            archive.writestr(member, content)
    return out.getvalue()


#: File name -> its bytes and what is found: code, cell, and whether a copy can do without.
CARRIED: dict[str, tuple[bytes, list[str]]] = {
    "干净.xlsx": (plain(), []),
    "作者.xlsx": (plain(author="样例甲"), ["H103 -", "H103 -"]),
    "批注.xlsx": (with_(related("xl/comments1.xml", NOTES.encode(), "comments", SHEET)), ["H102 B2 -"]),
    "线程批注.xlsx": (with_(related("xl/persons/person.xml", b"<personList/>", "http://schemas.microsoft.com/office/2017/10/relationships/person")), ["H102 -"]),
    "隐藏表.xlsx": (with_(replaced(BOOK, 'sheetId="1"', 'sheetId="1" state="veryHidden"')), ["H101"]),
    "隐藏行.xlsx": (with_(numbered('hidden="1"')), ["H101 A2"]),
    "零高行.xlsx": (with_(numbered('ht="0" customHeight="1"')), ["H101 A2"]),
    "隐藏列.xlsx": (with_(replaced(SHEET, "<sheetData>", '<cols><col min="2" max="2" width="9" hidden="1"/></cols><sheetData>')), ["H101 B1"]),
    "名称.xlsx": (with_(replaced(BOOK, "</workbook>", NAMES.format("旧名单", "&quot;样例甲&quot;"))), ["H105 -"]),
    "名称有用.xlsx": (with_(replaced(BOOK, "</workbook>", NAMES.format("次数", "会议!$B$2")), replaced(SHEET, "<v>3</v>", "<f>次数+0</f><v>3</v>")), ["H105"]),
    "链接.xlsx": (with_(related("xl/externalLinks/externalLink1.xml", LINK, "externalLink")), ["H106 -"]),
    "链接有用.xlsx": (with_(related("xl/externalLinks/externalLink1.xml", LINK, "externalLink"), replaced(SHEET, "<v>3</v>", "<f>[1]表!A1</f><v>3</v>")), ["H106"]),
    "连接.xlsx": (with_(related("xl/connections.xml", b"<connections/>", "connections")), ["H106"]),
    "透视.xlsx": (with_(related("xl/pivotCache/pivotCacheDefinition1.xml", b"<pivotCacheDefinition/>", "pivotCacheDefinition")), ["H107"]),
    "嵌入.xlsx": (with_(related("xl/embeddings/book.xlsx", plain(), "package", SHEET)), ["H108"]),
    "宏.xlsm": (with_(related("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 no project", "vbaProject")), ["H109"]),
    "自带宏.xlsm": (with_(related("xl/vbaProject.bin", OWN, "vbaProject")), []),
    "改过的自带宏.xlsm": (with_(related("xl/vbaProject.bin", project([*OWN_MODULES, Module("More", "Sub More()\nEnd Sub\n")]), "vbaProject")), ["H109"]),
    "金山宏.xlsx": (with_(lambda parts: parts.update({"xl/JDEData.bin": b"x"})), ["H109"]),
    "自定义.xlsx": (with_(related("docProps/custom.xml", b"<Properties/>", "custom-properties", "")), ["H103 -"]),
    "附加.xlsx": (with_(related("customXml/item1.xml", b"<a>\xe6\xa0\xb7\xe4\xbe\x8b</a>", "customXml")), ["H104 -"]),
    "打印机.xlsx": (with_(related("xl/printerSettings/printerSettings1.bin", b"HP", "printerSettings", SHEET),
                       replaced(SHEET, "</worksheet>", '<pageSetup paperSize="9" r:id="rIdX99"/></worksheet>')), ["H104 -"]),
    "缩略图.xlsx": (with_(related("docProps/thumbnail.jpeg", b"x", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
                               "")), ["H104 -"]),
    "修改记录.xlsx": (with_(related("xl/revisions/revisionHeaders.xml", b"<headers/>", "revisionHeaders")), ["H104 -"]),
    "照片.xlsx": (with_(related("xl/media/image1.jpeg", EXIF, "image", SHEET)), ["H104 -"]),
    "旧文字.xlsx": (with_(replaced("xl/sharedStrings.xml", "</sst>", "<si><t>样例甲</t></si></sst>")), ["H104 -"]),
    "本机路径.xlsx": (with_(related("", b"", "hyperlink", SHEET, "file:///C:/样例/名单.xlsx")), ["H104 -"]),
    "不显示.xlsx": (with_(replaced("xl/styles.xml", "<fonts", '<numFmts count="1"><numFmt numFmtId="164" formatCode=";;;"/></numFmts><fonts'),
                       replaced("xl/styles.xml", "</cellXfs>", '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'),
                       replaced(SHEET, '<c r="B2">', '<c r="B2" s="1">')), ["H101 B2"]),
    "方案.xlsx": (with_(replaced(SHEET, "</worksheet>", "<scenarios/></worksheet>")), ["H108"]),
    "不认识.xlsx": (with_(related("xl/model/item.data", b"x", "http://schemas.microsoft.com/office/2011/relationships/model")), ["H108"]),
    "注释.xlsx": (zipped(parts_of(plain()), b"by x"), ["H104 -"]),
    "成员注释.xlsx": (remarked(plain()), ["H104 -"]),
    "尾巴.xlsx": (plain() + "样例甲".encode(), ["H104 -"]),
    "两个包.xlsx": (zipped({"样例甲.txt": "样例甲".encode()}) + plain(), ["H104 -"]),
    "源码注释.xlsx": (with_(replaced(SHEET, "<sheetData>", "<!-- 样例甲 --><sheetData>")), ["H104"]),
    "处理指令.xlsx": (with_(replaced(SHEET, "<sheetData>", "<?note 样例甲?><sheetData>")), ["H104"]),
    "文档类型.xlsx": (with_(replaced("docProps/app.xml", "<Properties", "<!DOCTYPE Properties><Properties")), ["H104"]),
    "别的编码.xlsx": (with_(lambda parts: parts.update({SHEET: parts[SHEET].decode().replace("UTF-8", "UTF-16").encode("utf-16")})), ["H104"]),
    "附加指令.xlsx": (with_(related("customXml/item1.xml", "<?note x?><a>样例甲</a>".encode(), "customXml")), ["H104 -"]),
    "网页.html": ("<html><!-- 样例甲 --><meta name='author' content='样例甲'><p>会议3次</p></html>".encode(), ["H103 -", "H104 -"]),
    "网页隐藏.html": ("<html><p style='display: none'>样例甲</p><script>1</script><img src='http://x/y.png'></html>".encode(), ["H101", "H106", "H109"]),
    "短信.txt": ("会议3次".encode(), []),
    "号码.txt": ("样例甲 19000000001".encode(), ["H204"]),
    "热线.txt": ("投诉热线 0990-0000001".encode(), []),
}


def found(issues: list[dict[str, Any]], file: str) -> list[str]:
    """`H101 B2 -`: code, cell, and - where a copy can do without it."""
    return sorted(" ".join(filter(None, (one["code"], one["cell"], "" if one["severity"] == "error" else "-"))) for one in issues if one["file"] == file)


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """All those files in one run, with copies asked for."""
    folder = tmp_path_factory.mktemp("release")
    (folder / "in").mkdir()
    for name, (data, _) in CARRIED.items():
        (folder / "in" / name).write_bytes(data)
    return folder, facts("release", "in", "-o", "out", folder=folder)


@pytest.mark.parametrize("name", CARRIED)
def test_what_is_carried_is_found(looked: tuple[Path, dict[str, Any]], name: str) -> None:
    assert found(looked[1]["issues"], name) == sorted(CARRIED[name][1])


def test_only_what_can_be_cleaned_is_written(looked: tuple[Path, dict[str, Any]]) -> None:
    folder, said = looked
    stops = {name for name, (_, expected) in CARRIED.items() if any(not one.endswith("-") for one in expected)}
    goes = {name for name, (_, expected) in CARRIED.items() if expected} - stops
    assert {one["file"] for one in said["refused"]} == stops
    assert {path.name for path in (folder / "out").iterdir()} == {
        *(CARRIED.keys() - stops - goes), *(f"{Path(name).stem}_已清理{Path(name).suffix}" for name in goes)}
    assert said["exit_code"] == 3


def test_a_file_that_hides_nothing_is_copied_byte_for_byte(looked: tuple[Path, dict[str, Any]]) -> None:
    assert (looked[0] / "out" / "干净.xlsx").read_bytes() == plain()


def test_a_clean_copy_is_the_same_but_for_what_went(looked: tuple[Path, dict[str, Any]]) -> None:
    """Every part that the plain workbook has is in the copy byte for byte, but relationships, content types and what the trace stood in."""
    folder, _ = looked
    may_differ = {"作者.xlsx": {"docProps/core.xml"}, "名称.xlsx": {BOOK}, "旧文字.xlsx": {"xl/sharedStrings.xml"}, "本机路径.xlsx": {SHEET}, "打印机.xlsx": {SHEET}}
    for copy in sorted((folder / "out").glob("*_已清理.xlsx")):
        name = copy.name.replace("_已清理", "")
        before, after = parts_of(CARRIED[name][0]), parts_of(copy.read_bytes())
        plainly = parts_of(plain())
        assert set(after) <= set(before)
        differs = {part for part in plainly if after[part] != before[part] and not part.endswith(".rels") and part != "[Content_Types].xml"}
        assert differs <= may_differ.get(name, set()), name
        assert "样例甲".encode() not in b"".join((*after.values(), copy.read_bytes())), name


def test_a_clean_copy_has_nothing_left(looked: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = looked
    again = facts("release", "out", folder=folder)
    assert (again["issues"], again["refused"], again["exit_code"]) == ([], [], 0)
    for path in (folder / "out").glob("*.xlsx"):
        openpyxl.load_workbook(path).close()


def test_without_a_place_to_write_the_list_is_all(looked: tuple[Path, dict[str, Any]]) -> None:
    said = facts("release", "in/批注.xlsx", "in/干净.xlsx", folder=looked[0])
    assert (found(said["issues"], "批注.xlsx"), [one["code"] for one in said["refused"]], said["outputs"]) == (["H102 B2 -"], ["H100"], [])


def test_formats_that_cannot_be_looked_through_and_what_is_no_document(tmp_path: Path) -> None:
    sheet = xlwt.Workbook()
    sheet.add_sheet("会议").write(0, 0, "会议3次")
    sheet.save(str(tmp_path / "旧.xls"))
    (tmp_path / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "坏.docx").write_bytes(zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w"}))
    (tmp_path / "空.txt").write_bytes(b"")
    said = facts("release", ".", folder=tmp_path)
    assert {one["file"]: one["code"] for one in said["refused"]} == {"旧.xls": "F206", "图.png": "F201", "坏.docx": "F203", "空.txt": "F203"}
    assert said["exit_code"] == 3


def test_a_sealed_file_is_opened_looked_through_and_copied_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER_PASSWORD", "样例密码12345")
    for name, data in (("净.xlsx", plain()), ("名.xlsx", plain(author="样例甲"))):
        (tmp_path / name).write_bytes(sealed(data, "样例密码12345"))
    said = facts("release", "净.xlsx", "名.xlsx", "-o", "out", folder=tmp_path)
    assert (said["exit_code"], found(said["issues"], "名.xlsx")) == (0, ["H103 -", "H103 -"])
    assert (tmp_path / "out" / "净.xlsx").read_bytes() == (tmp_path / "净.xlsx").read_bytes()
    assert parts_of((tmp_path / "out" / "名_已清理.xlsx").read_bytes()).keys() == parts_of(plain()).keys()


def test_the_picture_stays_what_it_was(looked: tuple[Path, dict[str, Any]]) -> None:
    kept = parts_of((looked[0] / "out" / "照片_已清理.xlsx").read_bytes())["xl/media/image1.jpeg"]
    assert kept == EXIF[:2] + EXIF[20:]


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", sealed(plain(), "样例密码12345")], ids=["damaged", "sealed"])
def test_an_earlier_report_that_cannot_be_read_stops_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.delenv("LEDGER_PASSWORD", raising=False)
    (tmp_path / "前.xlsx").write_bytes(data)
    (tmp_path / "会议.xlsx").write_bytes(plain())
    code, out, err = ledger("release", "会议.xlsx", "--previous", "前.xlsx", "-o", "out", folder=tmp_path)
    assert (code, "前.xlsx" in err, "可以发出" in out, (tmp_path / "out").exists()) == (2, True, False, False)


@pytest.mark.parametrize("headings", ["姓名 预产期", "村 孕妇姓名 末次月经 预产期"])
def test_a_list_of_women_without_a_cover_is_the_service_book(tmp_path: Path, headings: str) -> None:
    book = openpyxl.Workbook()
    for row in (headings.split(), ["样例甲"] * len(headings.split())):
        book.worksheets[0].append(row)
    book.properties.creator = ""
    book.save(tmp_path / "名单.xlsx")
    book.close()
    told = facts("release", "名单.xlsx", folder=tmp_path)
    assert (told["exit_code"], {one["code"] for one in told["issues"]}, [one["code"] for one in told["refused"]]) == (3, {"H201"}, ["H100"])


LONG = "7" * 5000


@pytest.mark.parametrize(("name", "text"), [
    ("空数.json", '{"表": [{"单位": "甲乡", "次数": NaN}, {"单位": "合计", "次数": 1e999}]}'), ("长数.json", f'{{"表": [{{"次数": {LONG}}}]}}'),
    ("长数.txt", f"单位\t次数\n甲乡\t{LONG}\n合计\t{LONG}\n"), ("长数.csv", f"单位,次数\n甲乡,{LONG}\n合计,{LONG}\n"),
    ("长数.html", f"<html><table><tr><td>单位<td>次数<tr><td>甲乡<td>{LONG}/{LONG}<tr><td>合计<td>{LONG}</table></html>")], ids=["nan", "json", "txt", "csv", "html"])
def test_numbers_beyond_all_numbers_are_text(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert [facts("release", name, folder=tmp_path)[part] for part in ("exit_code", "issues", "refused")] == [0, [], []]


def test_two_files_of_one_name_leave_the_others_done(tmp_path: Path) -> None:
    for number, name in enumerate(("会议.xlsx", "会议.xlsx", "别的.xlsx")):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / name).write_bytes(plain())
    code, _, err = ledger("release", "0", "1", "2", "-o", "out", folder=tmp_path)
    assert (code, "会议.xlsx" in err, sorted(path.name for path in (tmp_path / "out").iterdir())) == (2, True, ["会议.xlsx", "别的.xlsx"])


def test_the_open_place_for_a_number_is_no_number(tmp_path: Path) -> None:
    assert said_of(tmp_path, "电话 000-0000000") == []
    assert said_of(tmp_path, "电话 190 0000 0001") == said_of(tmp_path, "电话 0990-0000001") == ["H204"]
    assert facts("release", ROOT / "toolkit" / "plans", folder=tmp_path)["issues"] == []


def said_of(folder: Path, text: str) -> list[str]:
    (folder / "话.txt").write_text(text, encoding="utf-8")
    return found(facts("release", "话.txt", folder=folder)["issues"], "话.txt")


def test_the_same_thing_in_two_files_is_two_findings(tmp_path: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text("样例甲 19000000001", encoding="utf-8")
    told = facts("release", ".", folder=tmp_path)
    assert len({one["id"] for one in told["issues"]}) == len(told["issues"]) == 2


def test_what_a_refusal_says_to_do(looked: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "文.pdf").write_bytes(b"%PDF-1.7")
    assert "× 文.pdf　F201 文件未读取：这是PDF，不是表格　本程序看不了这种文件，请由人看过再发。" in ledger("release", "文.pdf", folder=tmp_path)[1]
    assert {one["hint"] for one in looked[1]["issues"] if one["file"] == "源码注释.xlsx"} == {"请用表格或文字软件另存一份，再检查一次。"}
