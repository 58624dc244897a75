"""`ledger inspect` on a fictional county: its JSON, and that nothing of a service book is in anything it shows."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import facts, ledger
from toolkit.cli.crash import report as crash_report

MONTH = "2025-09"
MARKED = dt.date(2026, 3, 17)  # a due date no other ledger holds


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inspect") / "county"
    assert ledger("demo", folder, "--villages", "3", "--mess", "wild", "--seed", "8", folder=folder.parent)[0] == 0
    return folder


def private(village: Path) -> set[str]:
    """Names, phones, record numbers and dates of a service book, dates in every form they could be shown in, and the book's key."""
    book = openpyxl.load_workbook(village)
    rows = [row for row in book["孕产妇台账"].iter_rows(min_row=5, values_only=True) if row[1]]
    due = {row[3].date() for row in rows if isinstance(row[3], dt.datetime) and row[3].date() >= dt.date(2025, 12, 1)}  # no other ledger looks so far ahead
    forms = {form for day in due for form in (day.isoformat(), day.strftime("%Y%m%d"), f"{day.year}年{day.month}月{day.day}日")}
    key = {str(cell) for row in book["本册密钥"].iter_rows(values_only=True) for cell in row if cell}
    return {str(cell) for row in rows for cell in row[:3] if cell} | forms | key


def test_nothing_of_a_service_book_is_shown(county: Path, tmp_path: Path) -> None:
    villages = sorted((county / "villages" / MONTH).iterdir())
    secrets = set().union(*map(private, villages))
    assert len(secrets) > 60
    given = [*villages, *(file for file in sorted((county / "inbox").rglob("*.*")) if file.name != "received.csv"), *(county / "out").rglob("*.xlsx")]
    said = []
    for words in ((), ("--cells",)):
        code, out, err = ledger("inspect", *given, *words, "--json", tmp_path / "read.json", folder=county)
        assert code == 0
        said += [out + err, (tmp_path / "read.json").read_text(encoding="utf-8")]
    assert all("•••" in text for text in said[2:])
    for text in said:
        assert [secret for secret in secrets if secret in text] == []


def test_a_book_typed_by_hand_is_no_leak(tmp_path: Path) -> None:
    """Headings moved, a forbidden column, a copy on a sheet of its own, a line above with a phone: the reader differs, the answer does not."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "孕妇名册"
    for row in (["甲山乡一村孕妇名册", "样例甲"], ["联系电话", "19000000009"], ["孕妇姓名", "思想动向", "电话", "预产期", "告知日期", "同意方式", "责任人"],
                ["样例甲", "样例动向", "19000000001", MARKED, dt.date(2025, 6, 11), "1 可上门", "990101101201-01"],
                ["样例乙", "样例动向", 19000000002, "2026.3.17", "", "", "样例专甲"], ["合计", 2, "", "", "", "", ""]):
        sheet.append(row)
    copy = book.create_sheet("Sheet2")
    copy.append(["样例甲", 19000000001, MARKED])
    book.save(tmp_path / "990101101201_2025-09.xlsx")
    found = facts("inspect", "990101101201_2025-09.xlsx", "--cells", folder=tmp_path)
    shown = json.dumps(found, ensure_ascii=False)
    for secret in ("样例甲", "样例乙", "样例动向", "19000000001", "19000000002", "19000000009", "2026-03-17", "2026.3.17", "2025-06-11", "样例专甲"):
        assert secret not in shown
    assert found["files"][0]["sheets"][0]["ledger"] == "pregnancies"
    assert {"column": "B", "header": "思想动向", "field": None} in found["files"][0]["sheets"][0]["columns"]
    assert "K102" in [warning["code"] for warning in found["files"][0]["warnings"]]


def test_the_json_has_the_shape_of_the_contract(county: Path) -> None:
    village = sorted((county / "villages" / MONTH).iterdir())[0]
    found = facts("inspect", village, "--cells", folder=county)
    assert set(found) >= {"files", "refused"} and found["refused"] == []
    file = found["files"][0]
    assert set(file) == {"file", "kind", "sheets", "warnings"} and (file["file"], file["kind"]) == (village.name, "xlsx")
    for sheet in file["sheets"]:
        assert set(sheet) == {"name", "visibility", "ledger", "header_rows", "columns", "rows", "cells"}
        assert all(set(column) == {"column", "header", "field"} for column in sheet["columns"])
    assert [sheet["ledger"] for sheet in file["sheets"] if sheet["ledger"]] == ["pregnancies", "visits", "births", "staff", "cases", "works", "evidence"]
    assert [(sheet["name"], sheet["visibility"], sheet["cells"]) for sheet in file["sheets"]][-1] == ("本册密钥", "very_hidden", {})
    births = next(sheet for sheet in file["sheets"] if sheet["ledger"] == "births")
    assert (births["header_rows"], births["columns"][0]) == ([4], {"column": "A", "header": "单位代码 （空白为本单位）", "field": "unit_code"})
    assert births["cells"]["A5"] == village.name[:12]


def test_a_merged_workbook_is_inspected_too(county: Path) -> None:
    merged = next((county / "out").rglob("county.xlsx"))
    found = facts("inspect", merged, "--cells", folder=county)
    sheets = {sheet["name"]: sheet for sheet in found["files"][0]["sheets"]}
    assert [sheet["ledger"] for sheet in sheets.values() if sheet["ledger"]] == ["services", "births", "birth_orders", "staff", "cases", "works", "evidence"]
    assert sheets["工作记录"]["rows"]["data"] > 3
    assert "990101101201" in sheets["上报情况"]["cells"].values()
    assert "•••" in sheets["上报情况"]["cells"].values()  # who prepared the covers


def test_only_what_cannot_be_read_is_refused(county: Path, tmp_path: Path) -> None:
    shutil.copy(sorted((county / "villages" / MONTH).iterdir())[0], tmp_path / "好.xlsx")
    (tmp_path / "坏.xlsx").write_bytes((tmp_path / "好.xlsx").read_bytes()[:3000])
    (tmp_path / "空.xlsx").write_bytes(b"")
    (tmp_path / "网页.xls").write_text("<html></html>", encoding="utf-8")
    (tmp_path / "别的.csv").write_text("早饭,午饭\n", encoding="utf-8")
    found = facts("inspect", tmp_path, folder=tmp_path)
    assert (found["exit_code"], sorted(entry["code"] for entry in found["refused"])) == (3, ["F201", "F203", "F203"])
    assert sorted(file["file"] for file in found["files"]) == ["别的.csv", "好.xlsx"]
    assert [warning["code"] for file in found["files"] for warning in file["warnings"]] == ["F206"]
    assert set(found["files"][0]["warnings"][0] if found["files"][0]["warnings"] else found["files"][1]["warnings"][0]) == {"code", "message", "sheet", "cell"}
    assert ledger("inspect", "没有.xlsx", folder=tmp_path)[0] == 2


def test_a_crash_keeps_no_content(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise RuntimeError("样例甲 19000000001")
    except RuntimeError as error:
        assert crash_report(error, "zh") == 4
    said = capsys.readouterr().err
    saved = Path(next(word for word in said.split() if word.endswith(".txt")))
    text = saved.read_text(encoding="utf-8")
    saved.unlink()
    assert "样例甲" not in said + text and "19000000001" not in said + text
