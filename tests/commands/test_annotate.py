"""`ledger check --annotate`: each sender's own file comes back marked, the original untouched, another kind with a report."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.run import facts, ledger
from tests.commands.test_carry import ROWS, woman
from tests.tables import UNITS, VILLAGE, standard
from toolkit.files.template import Content, workbook
from toolkit.model.unit import Unit


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    folder = tmp_path_factory.mktemp("annotate")
    rows: dict[str, list[dict[str, Any]]] = {**ROWS, "pregnancies": [woman("K7Q2MX", "样例乙", "不清楚"), woman("R4TWZ8", "样例丙", "2025-12-20", consent="5")],
                                             "visits": [], "staff": [{**ROWS["staff"][0], "work_phone": ""}]}
    cover = {"revision": 0, "prepared_by": "样例填报", "reviewed_by": "样例审核", "prepared_on": "2025-10-08"}
    book = openpyxl.load_workbook(io.BytesIO(workbook(Unit(VILLAGE, UNITS.name(VILLAGE), True), "2025-09", standard(), Content(cover, rows, (), "5a1e" * 8))))
    book["包保名单"]["O4"], book["包保名单"]["O5"] = "身份证", "不该收的号"
    (folder / "件").mkdir()
    book.save(folder / "件" / "一村.xlsx")
    shutil.copy(data / "libreoffice" / "village_whole.ods", folder / "件" / "甲村.ods")
    (folder / "前").write_bytes((folder / "件" / "一村.xlsx").read_bytes())
    code, out, _ = ledger("check", "件", "--annotate", "标注", folder=folder)
    (folder / "说").write_text(f"{code}\n{out}", encoding="utf-8")
    return folder


def test_each_finding_is_at_its_cell(folder: Path) -> None:
    found = facts("check", "件/一村.xlsx", folder=folder)
    book = openpyxl.load_workbook(folder / "标注" / "一村_已标注.xlsx")
    assert book.sheetnames[-1] == book.active.title == "问题清单"
    for issue in found["issues"]:
        if issue["cell"]:
            assert issue["code"] in book[issue["sheet"]][issue["cell"]].comment.text, issue
    assert {issue["code"] for issue in found["issues"]} >= {"G102", "K107", "G101", "K102"}
    assert len(list(book["问题清单"].iter_rows(min_row=4))) == len(found["issues"])


def test_what_may_not_be_collected_is_empty_in_the_copy(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "标注" / "一村_已标注.xlsx")["包保名单"]
    assert (sheet["O4"].value, sheet["O5"].value) == ("身份证", None)


def test_the_original_is_untouched(folder: Path) -> None:
    assert (folder / "件" / "一村.xlsx").read_bytes() == (folder / "前").read_bytes()


def test_another_kind_gets_a_report(folder: Path) -> None:
    assert sorted(path.name for path in (folder / "标注").iterdir()) == ["一村_已标注.xlsx", "甲村_检查报告.xlsx"]
    said = (folder / "说").read_text(encoding="utf-8")
    assert said.startswith("1\n") and "标注 1 本" in said and "另有 1 个文件" in said


def test_a_corrected_copy_is_input(folder: Path) -> None:
    again = facts("check", "标注/一村_已标注.xlsx", folder=folder)
    codes = sorted(issue["code"] for issue in again["issues"] if issue["code"] != "F115")
    assert codes == sorted(issue["code"] for issue in facts("check", "件/一村.xlsx", folder=folder)["issues"])
