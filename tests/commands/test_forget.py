"""`ledger forget`: afterwards no part of the file holds her number, name or phone, and everything else is as it was."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.run import facts, ledger
from tests.commands.test_carry import ROWS, visit, woman
from tests.tables import UNITS, VILLAGE, standard
from toolkit.files.template import Content, workbook
from toolkit.model.unit import Unit

GONE = ("R4TWZ8", "样例丙", "19000000003")
BOOK = {**ROWS, "pregnancies": [woman("K7Q2MX", "样例乙", "2025-12-20"), woman("R4TWZ8", "样例丙", "2025-10-20", phone="19000000003"),
                                woman("B9HNVC", "样例丁", "2025-11-01", phone="19000000004")],
        "visits": [visit("R4TWZ8", "2025-09-02"), visit("K7Q2MX", "2025-09-10"), visit("R4TWZ8", "2025-09-12"), visit("B9HNVC", "2025-09-13")]}


@pytest.fixture
def village(tmp_path: Path) -> Path:
    cover = {"revision": 0, "prepared_by": "样例填报", "reviewed_by": "样例审核", "prepared_on": "2025-10-08", "police_transfers": 0}
    path = tmp_path / "一村.xlsx"
    path.write_bytes(workbook(Unit(VILLAGE, UNITS.name(VILLAGE), True), "2025-09", standard(), Content(cover, BOOK, ("T2VWXY",), "5a1e" * 8)))
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everywhere(path: Path) -> list[str]:
    return [f"{word} in {name}" for name, data in parts(path).items() for word in GONE if word.encode() in data or word.encode("utf-16-le") in data]


def values(path: Path, sheet: str, columns: str) -> list[list[object]]:
    cells = openpyxl.load_workbook(path)[sheet]
    return [[cells[f"{letter}{row}"].value for letter in columns] for row in range(5, 12)]


def test_she_is_gone_and_the_rest_stays(village: Path) -> None:
    before = facts("check", village.name, folder=village.parent)
    assert everywhere(village)
    code, out, err = ledger("forget", "r4twz8", village.name, folder=village.parent)
    assert (code, [word for word in GONE if word in out + err]) == (0, [])
    assert "维护完成" in out and "备份" in out
    assert everywhere(village) == []
    assert values(village, "孕产妇台账", "AB")[:4] == [["K7Q2MX", "样例乙"], ["B9HNVC", "样例丁"], ["T2VWXY", None], [None, None]]
    assert values(village, "随访记录", "A")[:3] == [["K7Q2MX"], ["B9HNVC"], [None]]
    after = facts("check", village.name, folder=village.parent)
    assert office_issues(after) == office_issues(before)


def office_issues(checked: dict[str, Any]) -> set[str]:
    return {issue["id"] for issue in checked["issues"] if issue["ledger"] not in ("pregnancies", "visits", "services")}


def test_parts_it_does_not_touch_are_as_they_were(village: Path) -> None:
    before = parts(village)
    ledger("forget", "R4TWZ8", village.name, folder=village.parent)
    after = parts(village)
    assert list(after) == list(before)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"}


def test_formulas_below_follow_their_row(village: Path) -> None:
    ledger("forget", "R4TWZ8", village.name, folder=village.parent)
    cells = openpyxl.load_workbook(village)["孕产妇台账"]
    formulas = {row: str(cells[f"J{row}"].value) for row in (5, 6, 7)}
    assert all(f"$B{row}" in formula and f"$B{row + 1}" not in formula for row, formula in formulas.items()), formulas


def test_what_it_will_not_do(village: Path) -> None:
    original = village.read_bytes()
    assert ledger("forget", "ZZZZZZ", village.name, folder=village.parent)[0] == 2
    assert ledger("forget", "R4TWZ8", "没有.xlsx", folder=village.parent)[0] == 2
    book = openpyxl.load_workbook(village)
    book["孕产妇台账"]["A7"] = "R4TWZ8"
    book.save(village.parent / "重号.xlsx")
    code, _, err = ledger("forget", "R4TWZ8", "重号.xlsx", folder=village.parent)
    assert code == 2 and "第6、7行" in err
    assert village.read_bytes() == original


def test_the_same_words_elsewhere_are_pointed_at(village: Path) -> None:
    copy = shutil.copy(village, village.parent / "另一本.xlsx")
    book = openpyxl.load_workbook(copy)
    book["工作记录"]["E20"] = "给样例丙送告知书"
    book.save(copy)
    _, out, _ = ledger("forget", "R4TWZ8", "另一本.xlsx", folder=village.parent)
    assert "工作记录 E20" in out and "样例丙" not in out


def test_tables_side_by_side_are_left_alone(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "孕产妇台账"
    headings = ["编号", "姓名", "预产期", "告知日期", "同意方式", "服务责任人编号"]
    sheet.append(headings + headings)
    sheet.append(["K7Q2MX", "样例乙", "2025-12-20", "2025-06-01", "1", "a", "R4TWZ8", "样例丙", "2025-11-20", "2025-06-01", "1", "a"])
    book.save(tmp_path / "并排.xlsx")
    before = (tmp_path / "并排.xlsx").read_bytes()
    code, _, err = ledger("forget", "R4TWZ8", "并排.xlsx", folder=tmp_path)
    assert (code, "左右并排" in err, (tmp_path / "并排.xlsx").read_bytes() == before) == (2, True, True)


def test_a_filter_set_to_her_name_goes_and_what_else_holds_it_is_said(village: Path) -> None:
    book = openpyxl.load_workbook(village)
    sheet = book["孕产妇台账"]
    sheet.auto_filter.ref = "A4:I30"
    sheet.auto_filter.add_filter_column(1, ["样例丙"])
    sheet.row_dimensions[7].hidden = True
    book["随访记录"].oddFooter.left.text = "样例丙的随访"
    book.save(village)
    code, out, _ = ledger("forget", "R4TWZ8", village.name, folder=village.parent)
    assert code == 0 and "页眉" in out
    assert [found for found in everywhere(village) if "样例丙" in found] == ["样例丙 in xl/worksheets/sheet3.xml"]
    assert not openpyxl.load_workbook(village)["孕产妇台账"].row_dimensions[6].hidden
