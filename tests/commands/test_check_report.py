"""`ledger check --report`, `--previous` and the progress line, through the command line."""

from __future__ import annotations

import datetime as dt
import os
import pty
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import ROOT, facts, ledger
from tests.tables import UNITS, VILLAGE, standard
from toolkit.files.template import Content, workbook

MONTH = "2025-09"
BOOK = [{"record_id": "K7Q2MX", "name": "样例甲", "phone": "190", "edd": "样例日", "notice_date": dt.date(2025, 6, 11), "consent": "1 可上门",
         "revisit_ok": "是", "staff_id": "990101101299-01", "delivered_on": None},
        {"record_id": "A2B3C4", "name": "样例乙", "phone": "19000000001", "edd": dt.date(2026, 3, 17), "notice_date": dt.date(2025, 6, 12), "consent": "不清楚",
         "revisit_ok": "是", "staff_id": "990101101201-01", "delivered_on": None}]
SECRETS = ("样例甲", "样例乙", "19000000001", "K7Q2MX", "A2B3C4", "2026-03-17", "2026/3/17", "样例日", "不清楚", "2025-06-11")


def write_village(path: Path, month: str = MONTH) -> Path:
    """A village's workbook with mistakes in its service book and its works."""
    unit = next(unit for unit in UNITS if unit.code == VILLAGE)
    works = [{"work_id": "W-1", "date": dt.date(2031, 1, 2), "type": "6 培训", "title": "<script>alert(1)</script>"}]
    cover = {"unit_code": VILLAGE, "unit_name": unit.name, "period": month, "revision": 0, "prepared_by": "样例填报", "reviewed_by": "样例审核",
             "prepared_on": dt.date(2025, 10, 8)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(workbook(unit, month, standard(), Content(cover, {"pregnancies": BOOK, "works": works}, (), "0" * 32)))
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace with one village's file, named as badly as a file system allows."""
    (tmp_path / "plan.toml").write_text('id = "standard"\ntitle = "样例"\n', encoding="utf-8")
    listed = "".join(f"{unit.code},{unit.name},{'是' if unit.expected else '否'}\n" for unit in UNITS)
    (tmp_path / "units.csv").write_text("代码,名称,应报\n" + listed, encoding="utf-8")
    write_village(tmp_path / "收件" / "甲山<b>&'乡.xlsx")
    return tmp_path


def insides(path: Path) -> str:
    """All text of a report, unzipped where it is a workbook."""
    if path.suffix == ".html":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_the_workbook_has_three_sheets_and_links_to_the_cells(place: Path) -> None:
    found = facts("check", "收件", "--report", "报告/检查.xlsx", folder=place)
    assert (found["exit_code"], [output["path"] for output in found["outputs"]]) == (1, [str(Path("报告") / "检查.xlsx")])
    book = openpyxl.load_workbook(place / "报告" / "检查.xlsx")
    assert book.sheetnames == ["概况", "问题清单", "按原因"]
    cells = [cell.value for cells in book["概况"].iter_rows() for cell in cells if cell.value is not None]
    assert "甲山<b>&'乡.xlsx" in cells and f"× 改{found['counts']['error']}处再报" in cells
    links = {(cell.hyperlink.target, cell.hyperlink.location) for cells in book["问题清单"].iter_rows() for cell in cells if cell.hyperlink}
    assert ("..\\收件\\甲山%3cb%3e&'乡.xlsx", "'孕产妇台账'!D5") in links
    listed = [cell.value for cell in book["问题清单"]["C"][4:] if cell.value]
    assert sorted(listed) == sorted(issue["code"] for issue in found["issues"])
    by_cause = {(cells[2].value, cells[4].value) for cells in book["按原因"].iter_rows(min_row=5) if cells[4].value}
    assert sum(count for _, count in by_cause) == len(found["issues"])


@pytest.mark.parametrize("name", ["检查.xlsx", "检查.html"])
def test_the_report_holds_the_places_and_no_content(place: Path, name: str) -> None:
    code, out, err = ledger("check", "收件", "--report", name, folder=place)
    assert code == 1
    text = insides(place / name)
    assert [secret for secret in SECRETS if secret in text + out + err] == []
    assert "P121" in text and "孕产妇台账" in text and "只留在本村" in text
    assert "<script" not in text and "<b>&'乡" not in text  # a file's name stays text


def test_what_cannot_be_written_is_said_before_anything_is_read(place: Path) -> None:
    for name in ("检查.docx", "检查", "检查.xls"):
        code, out, err = ledger("check", "收件", "--report", name, folder=place)
        assert (code, out, ".html" in err, (place / name).exists()) == (2, "", True, False)
    (place / "检查.html").write_text("别的", encoding="utf-8")
    assert ledger("check", "收件", "--report", "检查.html", folder=place)[0] == 2
    assert (place / "检查.html").read_text(encoding="utf-8") == "别的"
    assert ledger("check", "收件", "--report", "检查.html", "--force", folder=place)[0] == 1
    assert "检查报告" in (place / "检查.html").read_text(encoding="utf-8")


def test_two_runs_give_the_same_bytes(place: Path) -> None:
    made = [facts("check", "收件", "--report", name, folder=place)["outputs"][0]["sha256"] for name in ("一.xlsx", "二.xlsx", "一.html", "二.html")]
    assert made[0] == made[1] and made[2] == made[3]


def test_a_report_left_in_the_folder_is_passed_over_and_said(place: Path) -> None:
    first = facts("check", "收件", "--report", "收件/检查.xlsx", folder=place)
    code, out, _ = ledger("check", "收件", "--report", "收件/检查.html", folder=place)
    assert (first["exit_code"], code) == (1, 1) and "检查.xlsx" in out.splitlines()[0]
    again = facts("check", "收件", folder=place)
    assert (again["issues"], again["refused"]) == (first["issues"], [])
    assert facts("check", "收件/检查.xlsx", folder=place)["refused"][0]["code"] == "F206"  # named by hand it is looked at


def test_refused_files_stand_in_the_report(place: Path) -> None:
    (place / "收件" / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    found = facts("check", "收件", "--report", "检查.html", folder=place)
    text = insides(place / "检查.html")
    assert found["exit_code"] == 3 and "坏.xlsx" in text and "× 未读取，请重报" in text and found["refused"][0]["code"] in text


# ------------------------------------------------------------------------------------------------ last month


def missing(found: dict[str, object]) -> list[str]:
    issues = found["issues"]
    assert isinstance(issues, list)
    return sorted(issue["message"] for issue in issues if issue["code"] == "M106")


def test_a_missing_month_is_seen_from_the_units_own_file_and_from_a_merged_one(place: Path) -> None:
    own = write_village(place / "上期" / "七月.xlsx", "2025-07")
    write_village(place / "上期八月.xlsx", "2025-08")
    merged = place / "七月汇总.xlsx"
    assert ledger("merge", own, "-o", merged, "--to", "county", folder=place)[0] == 1
    whole = {name: missing(facts("check", "收件", "--previous", name, folder=place)) for name in ("上期/七月.xlsx", "上期", merged.name, "上期八月.xlsx")}
    assert {name: len(messages) for name, messages in whole.items()} == {"上期/七月.xlsx": 1, "上期": 1, merged.name: 1, "上期八月.xlsx": 0}
    assert all("2025-08" in message for messages in whole.values() for message in messages)
    assert missing(facts("check", "收件", folder=place)) == []


def test_a_previous_file_that_says_nothing_is_wrong_usage(place: Path) -> None:
    (place / "空.csv").write_text("早饭,午饭\n", encoding="utf-8")
    code, out, err = ledger("check", "收件", "--previous", "空.csv", folder=place)
    assert (code, "空.csv" in err) == (2, True)


# ------------------------------------------------------------------------------------------------ progress


def on_a_terminal(*words: str, folder: Path) -> tuple[str, str]:
    """What a command writes to a terminal as its standard error, and to a pipe as its standard output."""
    parent, child = pty.openpty()
    environ = {**os.environ, "LEDGER_LANG": "zh", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    process = subprocess.Popen([sys.executable, "-m", "toolkit", *words], cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=child)
    os.close(child)
    out = process.stdout.read() if process.stdout else b""
    process.wait()
    seen = b""
    try:
        while piece := os.read(parent, 4096):
            seen += piece
    except OSError:  # Linux says so when the other end is gone
        pass
    os.close(parent)
    if process.stdout:
        process.stdout.close()
    return seen.decode(), out.decode()


def left(seen: str) -> str:
    """What stands on the terminal's last line once all was written: a carriage return goes back, later signs go over earlier ones."""
    line: list[str] = []
    at = 0
    for sign in seen.rsplit("\n", 1)[-1]:
        if sign == "\r":
            at = 0
            continue
        for piece in (sign, "") if sign > "\u2e7f" else (sign,):  # a Chinese sign takes two places
            line[at:at + 1] = [piece]
            at += 1
    return "".join(line).strip()


@pytest.mark.parametrize("words", [("check", "收件"), ("merge", "收件", "-o", "县.xlsx", "--to", "county"), ("inspect", "收件")])
def test_progress_is_for_a_terminal_and_leaves_nothing(place: Path, words: tuple[str, ...]) -> None:
    write_village(place / "收件" / "又一件.xlsx", MONTH)
    seen, out = on_a_terminal(*words, folder=place)
    assert "正在读取 1/2" in seen and "2/2" in seen
    assert left(seen) == "" and "\r" not in out and "正在" not in out
    piped = ledger(*words, *(["--force"] if words[0] == "merge" else []), folder=place)
    assert (piped[2], "正在" in piped[1]) == ("", False)
