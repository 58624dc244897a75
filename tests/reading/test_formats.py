"""One village's month in every form it may be sent in: the same content digest (SPEC 6.1), whatever the file is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.reading.parts import FIRST, WORKBOOK, opened, read, said, why, works, zipped
from tests.reading.parts import ROW as WORK
from tests.reading.xlsb import xlsb_bytes
from tests.tables import standard
from toolkit.files.intake import open_book
from toolkit.files.legacy import GB18030, UTF8, csv_bytes, xls_bytes, xlsx_bytes
from toolkit.model.grid import Grid
from toolkit.model.merged import Merged
from toolkit.model.sheet import Book, CellError
from toolkit.schema import BY_NAME
from toolkit.steps.county import Office, county
from toolkit.steps.mess_sheets import csv_sheet, plain_sheets
from toolkit.steps.show import shown_rows
from toolkit.tasks.merge import Asked, compute
from toolkit.tasks.outcome import Outcome

MONTH = "2025-09"
COUNTY = county("样例", 3, MONTH, standard())
OFFICE: Office = next(office for office in COUNTY.offices if office.unit.level == "village")
Services = list[Mapping[str, Any]]


def whole() -> list[Grid]:
    return plain_sheets(OFFICE, True)


def csvs(services: Services, ending: str, change: Callable[[bytes], bytes]) -> dict[str, bytes]:
    """A file for each travelling ledger, from UTF-8 with BOM."""
    rows = {**OFFICE.rows, "services": services}
    return {f"{OFFICE.unit.code}_{MONTH}_v0_{BY_NAME[name].sheet}.{ending}": change(csv_bytes(csv_sheet(OFFICE, BY_NAME[name], rows[name]), UTF8))
            for name in ("services", "births", "staff", "cases", "works", "evidence")}


def tabs(data: bytes) -> str:
    """What Excel calls Unicode 文本."""
    text = data.decode(UTF8)
    assert '"' not in text
    return text.replace(",", "\t")


FORMS: dict[str, Callable[[Services], dict[str, bytes]]] = {
    "xls": lambda services: {"二.xls": xls_bytes(whole())},
    "xlsb": lambda services: {"三.xlsb": xlsb_bytes(whole())},
    "xlsb from 1904": lambda services: {"三.xlsb": xlsb_bytes(whole(), from_1904=True)},
    "xls called et": lambda services: {"四.et": xls_bytes(whole())},
    "xlsx called et": lambda services: {"五.et": xlsx_bytes(whole())},
    "xlsx called xls": lambda services: {"六.xls": xlsx_bytes(whole())},
    "xls called xlsx": lambda services: {"七.xlsx": xls_bytes(whole())},
    "xlsb called xlsx": lambda services: {"八.xlsx": xlsb_bytes(whole())},
    "no ending": lambda services: {"九": xlsx_bytes(whole())},
    "templates' endings": lambda services: {"十.xltx": xlsx_bytes(whole()), "十.xlt": xls_bytes(whole())},
    "submission xlsx": lambda services: {"甲.xlsx": xlsx_bytes(plain_sheets(OFFICE, False, services))},
    "submission xls": lambda services: {"乙.xls": xls_bytes(plain_sheets(OFFICE, False, services))},
    "csv": lambda services: csvs(services, "csv", bytes),
    "csv GB18030": lambda services: csvs(services, "csv", lambda data: data.decode(UTF8).encode(GB18030)),
    "csv without BOM": lambda services: csvs(services, "csv", lambda data: data.decode(UTF8).encode()),
    "csv with semicolons": lambda services: csvs(services, "csv", lambda data: data.decode(UTF8).replace(",", ";").encode()),
    "csv that names its separator": lambda services: csvs(services, "csv", lambda data: b"sep=;\r\n" + data.decode(UTF8).replace(",", ";").encode()),
    "Unicode text": lambda services: csvs(services, "txt", lambda data: b"\xff\xfe" + tabs(data).encode("utf-16-le")),
    "UTF-16, no BOM": lambda services: csvs(services, "csv", lambda data: tabs(data).encode("utf-16-le")),
    "UTF-16, big end first, no BOM": lambda services: csvs(services, "csv", lambda data: tabs(data).encode("utf-16-be")),
    "line ends of old Macs": lambda services: csvs(services, "csv", lambda data: data.replace(b"\r\n", b"\r")),
}


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("space")
    (folder / "plan.toml").write_text('id = "standard"\ntitle = "样例"\n', encoding="utf-8")
    (folder / "units.csv").write_text("代码,名称,应报\n" + "".join(f"{unit.code},{unit.name},是\n" for unit in COUNTY.units), encoding="utf-8")
    return folder


def merged(folder: Path, space: Path, files: Mapping[str, bytes]) -> Merged:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    result = compute([folder], Asked(space / "out.xlsx", folder=space, jobs=1), Outcome("merge"))
    assert isinstance(result, Merged)
    return result


@pytest.fixture(scope="module")
def first(space: Path, tmp_path_factory: pytest.TempPathFactory) -> Merged:
    return merged(tmp_path_factory.mktemp("first"), space, {"一.xlsx": xlsx_bytes(whole())})


@pytest.fixture(scope="module")
def services(first: Merged) -> Services:
    """The service rows that the village's release would write."""
    return list(shown_rows(first.union.tables["services"]))


@pytest.mark.parametrize("form", FORMS)
def test_the_form_changes_nothing(form: str, first: Merged, services: Services, space: Path, tmp_path: Path) -> None:
    other = merged(tmp_path, space, FORMS[form](services))
    assert other.content_digest == first.content_digest
    assert [(line.ledger, line.read, line.merged) for line in other.balances] == [(line.ledger, line.read, line.merged) for line in first.balances]
    assert {line.ledger for line in first.balances if line.read} == {"services", "births", "staff", "works", "evidence"} | (
        {"cases"} if OFFICE.rows["cases"] else set())
    assert [issue.code for issue in other.issues if issue.unit == OFFICE.unit.code and issue.severity != "info"] == []


# ------------------------------------------------------------------------------------- what is hidden, merged, wrong

GRID = Grid("工作记录", [["编号", "单位代码", "日期", "类型", "标题", "组织人编号", "数量"],
                     ["W-01", "990101101201", dt.date(2025, 9, 12), "5 宣传", "样例", "990101101201-01", 60],
                     ["W-02", "990101101201", dt.date(2025, 9, 12), "5 宣传", "样例", "990101101201-01", 60]],
            merged=[(2, 4, 3, 4)], hidden_rows={3, 9}, hidden_columns={5, 30})
WRITERS = {"xlsx": xlsx_bytes, "xls": xls_bytes, "xlsb": xlsb_bytes}


@pytest.mark.parametrize("kind", WRITERS)
def test_hidden_parts_and_merged_cells(kind: str, tmp_path: Path) -> None:
    hidden = GRID.copy()
    hidden.name, hidden.hidden = "另一张", True
    hidden.rows[2][3] = None
    very = GRID.copy()
    very.name, very.very_hidden = "第三张", True
    book = read(tmp_path, WRITERS[kind]([GRID, hidden, very]))
    assert [(sheet.name, sheet.visible, sheet.very_hidden) for sheet in book.sheets] == [
        ("工作记录", True, False), ("另一张", False, False), ("第三张", False, True)]
    assert [(sheet.merged, sorted(sheet.hidden_rows & {1, 2, 3}), sorted(sheet.hidden_columns & set(range(1, 8)))) for sheet in book.sheets] == [
        (((2, 4, 3, 4),), [3], [5])] * 3
    assert said(book, "F114") == ["工作记录 F114"]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_hidden_parts_saved_by_libreoffice(kind: str, data: Path) -> None:
    book = open_book(data / "libreoffice" / f"hidden_parts.{kind}")
    assert isinstance(book, Book)
    assert [(sheet.name, sorted(sheet.hidden_rows), sorted(sheet.hidden_columns), sheet.visible) for sheet in book.sheets[2:]] == [
        ("包保名单", [], [8], True), ("案件台账", [], [], True), ("工作记录", [3], [], True), ("佐证材料", [], [], False)]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_merged_cells_saved_by_libreoffice(kind: str, data: Path) -> None:
    book = open_book(data / "libreoffice" / f"merged_cells.{kind}")
    assert isinstance(book, Book)
    assert [sheet.merged for sheet in book.sheets if sheet.name in ("包保名单", "工作记录")] == [((1, 1, 1, 14), (3, 5, 4, 5)), ((2, 5, 3, 5),)]
    assert [row[4] for row in book.sheets[4].rows[1:]] == ["九月领导小组会", "检查样例门诊部", "样例门诊部整改"]  # the second is covered


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_days_that_count_from_1904(kind: str, data: Path) -> None:
    book = open_book(data / "libreoffice" / f"from_1904.{kind}")
    assert isinstance(book, Book)
    assert [row[2] for row in book.sheets[4].rows[1:]] == [dt.date(2025, 9, 5), dt.date(2025, 9, 16), dt.date(2025, 9, 17)]


def test_errors_in_xlsb(tmp_path: Path) -> None:
    wrong = GRID.copy()
    wrong.rows[1][6], wrong.rows[2][6] = CellError("#DIV/0!"), CellError("#NEVER!")
    book = read(tmp_path, xlsb_bytes([wrong]))
    assert [row[6] for row in book.sheets[0].rows[1:]] == [CellError("#DIV/0!"), CellError("#UNKNOWN!")]
    assert said(book, "G107") == ["G2 G107", "G3 G107"]


@pytest.mark.parametrize(("kind", "macros"), [("chartsheet", []), ("macrosheet", ["F115"]), ("xlMacrosheet", ["F115"]), ("dialogsheet", [])])
def test_another_kind_of_sheet_in_xlsb(kind: str, macros: list[str], tmp_path: Path) -> None:
    other = Grid("图表1", [["无"]])
    book = read(tmp_path, xlsb_bytes([other, GRID], kinds=[kind, "worksheet"]))
    assert ([sheet.name for sheet in book.sheets], said(book, "F115")) == (["工作记录"], macros)


def test_a_far_corner_is_refused_in_every_format(tmp_path: Path) -> None:
    far = Grid("工作记录", [["编号"], *[[]] * 65_534, [None] * 255 + ["远"]])
    assert [why(tmp_path, write([far])) for write in WRITERS.values()] == ["F204 too_many_cells"] * 3


def test_macros_and_links_are_said(tmp_path: Path) -> None:
    assert said(read(tmp_path, zipped({**works(WORK), "xl/vbaProject.bin": b"x"}), "甲_990101101201_2025-09.xlsm"), "F115") == ["F115"]
    assert said(read(tmp_path, zipped({**works(WORK), "xl/externalLinks/externalLink1.xml": b"<x/>"})), "F115") == ["F115"]


def test_the_workbook_part_may_stand_elsewhere(tmp_path: Path) -> None:
    made = {name.replace("xl/", "other/"): content.replace(b"xl/", b"other/") for name, content in works(WORK).items()}
    assert WORKBOOK not in made and FIRST not in made
    assert read(tmp_path, zipped(made)).sheets[0].rows[1] == WORK


@pytest.mark.parametrize(("data", "reason"), [
    (b"W-01,60\n" + b'"W-02,60\nW-03,60\n', "F203 quotes"), ('编号,标题\nW-01,"甲"乙\n'.encode(), "F203 quotes"),
    (("编号,标题\n" + "W-01,甲\n" * 200).encode() + b"W-02,\x00\n", "F203 nul"), ("编号,标题\n" + "W-01,甲\n" * 9000 + "W-02,\0\n", "F203 nul"),
    ("编号,标题\nW-01,样例宣传活动\n".encode()[:-3], "F203 damaged"), (b"\xef\xbb\xbf\xb1\xe0\xba\xc5", "F203 damaged"),
    (b"\xff\xfe\x00\xd8\x00", "F203 damaged"), (b"W-01\x00\x01\x02\x03" * 50, "F201 unknown"), (b"\x89\x20\xff\xff\xff,1\n", "F201 unknown"),
    ("编号\n" + "," * 600 + "远\n", "F204 too_many_cells")])
def test_spoilt_text_is_refused_in_one_line(data: bytes | str, reason: str, tmp_path: Path) -> None:
    assert why(tmp_path, data if isinstance(data, bytes) else data.encode(), "甲.csv") == reason


def test_blank_cells_at_the_ends_of_rows_cost_nothing(tmp_path: Path) -> None:
    book = opened(tmp_path, ("编号,标题" + "," * 499 + "\n").encode() * 20_000, "甲.csv")
    assert isinstance(book, Book) and {len(row) for row in book.sheets[0].rows} == {2}
