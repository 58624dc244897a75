"""Every button, pressed on a program in memory with real files: what is opened, marked and said, and that it is said once."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import ROOT, facts, ledger
from tests.excel.opened import opened
from toolkit.excel import marks
from toolkit.excel.buttons import ACTS, Pressed, free
from toolkit.excel.memory import MemoryDesk, MemorySurface, place
from toolkit.excel.press import press, words
from toolkit.excel.surface import Unwilling
from toolkit.model.button import BUTTONS
from toolkit.model.spoken import encoded
from toolkit.schema import Pregnancies, Works
from toolkit.tasks.outcome import Line, Outcome, Output, wrong

MONTH = "2025-09"
SEED = "40317255601883462975"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small fictional county with its month merged."""
    folder = tmp_path_factory.mktemp("small") / "county"
    assert ledger("demo", folder, "--villages", "2", "--mess", "none", folder=folder.parent)[0] == 0
    return folder


def merged(county: Path, folder: str) -> Path:
    """The county's merged workbook by itself, in a folder of its own in the workspace."""
    target = county / folder / "县.xlsx"
    target.parent.mkdir()
    shutil.copy(county / "out" / MONTH / "county.xlsx", target)
    return target


def wrong_book(county: Path, folder: str) -> Path:
    """A village workbook with two mistakes: a day that is none, and a kind of work that is none."""
    source = next((county / "villages" / MONTH).glob("*.xlsx"))
    target = county / folder / source.name
    target.parent.mkdir()
    book = openpyxl.load_workbook(source)
    sheet = book[Works.sheet]
    first = next(row for row in sheet.iter_rows() if row[0].value and re.fullmatch(r"\S+-\d+", str(row[0].value)))
    first[2].value, first[3].value = "2025-02-30", "快了"
    book.save(target)
    book.close()
    return target


@dataclass
class Done:
    code: int
    desk: MemoryDesk

    @property
    def said(self) -> str:
        assert len(self.desk.said) == 1, self.desk.said
        return self.desk.said[0]

    @property
    def opened(self) -> list[str]:
        return [path.name for path in self.desk.opened]

    @property
    def progress(self) -> list[str]:
        """The last thing the status bar said of files read; the bar is always given back."""
        assert self.desk.statuses[0] is not None and self.desk.statuses[-1] is None
        return [text for text in self.desk.statuses if text and "/" in text][-1:]


def pressed(word: str, path: Path, said: str = "", surface: MemorySurface | None = None) -> Done:
    desk = MemoryDesk({path: surface} if surface else {})
    return Done(press(word, Pressed(path, said), desk), desk)


def noted(surface: MemorySurface) -> set[tuple[str, tuple[int, int]]]:
    return {(name, at) for name, sheet in surface.sheets.items() for at, text in sheet.notes.items() if marks.MARK in text}


def test_every_button_that_needs_python_has_its_act() -> None:
    assert sorted(button.word for button in BUTTONS if button.word) == sorted(ACTS)


def test_full_check_marks_what_the_command_finds(county: Path) -> None:
    path = wrong_book(county, "错")
    found = facts("check", path, folder=county)["issues"]
    before, surface = opened(path), opened(path)
    own = next(at for at in sorted(surface.sheets[Works.sheet].cells))
    surface.sheets[Works.sheet].notes[own] = before.sheets[Works.sheet].notes[own] = "自己的批注"
    done = pressed("check", path, surface=surface)
    assert done.code == 1
    assert (done.opened, done.progress) == ([], ["台账：已读取 1/1，正在核对"])
    assert noted(surface) == {(issue["sheet"], place(issue["cell"])) for issue in found if issue["cell"]}
    assert {issue["code"] for issue in found} >= {"G102", "G104"}
    listed = surface.read(marks.LIST)
    assert [tuple(listed[2][:5]), [row[2] for row in listed[3:]]] == [marks.HEADS, [issue["code"] for issue in found]]
    assert "错误 2 处" in done.said and "问题清单" in done.said
    assert surface.shown == marks.LIST
    again = pressed("check", path, surface=surface)
    assert (again.code, noted(surface)) == (1, {(issue["sheet"], place(issue["cell"])) for issue in found if issue["cell"]})
    assert marks.cleared(surface) == len(noted_cells(found))
    del surface.sheets[marks.LIST]
    assert {name: (sheet.fills, sheet.notes, sheet.cells) for name, sheet in surface.sheets.items()} == {
        name: (sheet.fills, sheet.notes, sheet.cells) for name, sheet in before.sheets.items()}


def noted_cells(found: list[dict[str, str]]) -> set[tuple[str, str]]:
    return {(issue["sheet"], issue["cell"]) for issue in found if issue["cell"]}


def test_marks_in_the_service_book_name_the_place_and_nothing_in_it(county: Path) -> None:
    source = next((county / "villages" / MONTH).glob("*.xlsx"))
    path = county / "册" / source.name
    path.parent.mkdir()
    book = openpyxl.load_workbook(source)
    sheet = book[Pregnancies.sheet]
    rows = [row for row in sheet.iter_rows(min_row=5, max_col=9) if row[1].value]
    secret = {str(cell.value) for row in rows for cell in row[:3] if cell.value} | {"不是日期甲", "乙乙", "1234567"}
    rows[0][3].value, rows[1][5].value, rows[2][2].value = "不是日期甲", "乙乙", "1234567"
    book.save(path)
    book.close()
    surface = opened(path)
    done = pressed("check", path, surface=surface)
    written = [str(value) for row in surface.read(marks.LIST) for value in row if value is not None]
    written += [text for one in surface.sheets.values() for text in one.notes.values() if marks.MARK in text]
    assert {place for name, place in noted(surface) if name == Pregnancies.sheet} == {(rows[0][0].row, 4), (rows[1][0].row, 6), (rows[2][0].row, 3)}
    assert [word for word in secret for text in (done.said, *filter(None, done.desk.statuses), *written) if word in text] == []


def test_full_check_of_a_clean_workbook_says_so_and_takes_old_marks_back(county: Path) -> None:
    path = next((county / "villages" / MONTH).glob("*.xlsx"))
    surface = opened(path)
    assert noted(surface) == set()
    done = pressed("check", path, surface=surface)
    assert (done.code, noted(surface), done.said.splitlines()[0]) == (0, set(), "没有查到问题")


def test_full_check_leaves_protected_sheets_and_says_how_many(county: Path) -> None:
    path = wrong_book(county, "护")
    surface = opened(path)
    surface.sheets[Works.sheet].locked = True
    done = pressed("check", path, surface=surface)
    assert (done.code, noted(surface), "有2处所在的表受保护" in done.said) == (1, set(), True)
    assert len(surface.read(marks.LIST)) == 3 + 2


@pytest.mark.parametrize("open_", [True, False])
def test_full_check_of_a_merged_or_closed_workbook_writes_a_report_beside(county: Path, open_: bool) -> None:
    path = merged(county, f"查{open_}")
    surface = opened(path)
    sheets = surface.names()
    done = pressed("check", path, surface=surface if open_ else None)
    assert (done.code, done.opened, surface.names(), noted(surface)) == (0, ["县_检查报告.xlsx"], sheets, set())


def test_merge_folder_is_the_command(county: Path) -> None:
    folder = county / "inbox" / MONTH
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != "received.csv"]
    done = pressed("merge", folder)
    out = county / "out" / f"{MONTH}_汇总.xlsx"
    assert (done.code, done.desk.opened, done.progress) == (0, [out], [f"台账：已读取 {len(files)}/{len(files)}，正在核对"])
    asked = facts("merge", folder, "-o", "again.xlsx", folder=county)
    assert hashlib.sha256(out.read_bytes()).hexdigest() == asked["outputs"][0]["sha256"]
    assert "应报 4，已报 4，缺报 0" in done.said and out.name in done.said
    assert pressed("merge", folder).opened == [f"{MONTH}_汇总_2.xlsx"]


def test_monthly_report_is_the_command(county: Path) -> None:
    path = merged(county, "月")
    done = pressed("summary", path)
    assert (done.code, done.opened, done.progress) == (0, ["县_月报.xlsx"], ["台账：已读取 1/1，正在核对"])
    asked = facts("summary", path, "-o", "s.xlsx", "--docx", "s.docx", folder=county)
    assert [hashlib.sha256(path.with_name(name).read_bytes()).hexdigest() for name in ("县_月报.xlsx", "县_月报.docx")] == [
        output["sha256"] for output in asked["outputs"]]


def test_checklists_are_the_command(county: Path) -> None:
    path = merged(county, "验")
    done = pressed("checklist", path)
    assert (done.code, done.opened) == (0, ["县_验收清单.xlsx"])
    asked = facts("checklist", path, "-o", "c.xlsx", folder=county)
    assert hashlib.sha256(path.with_name("县_验收清单.xlsx").read_bytes()).hexdigest() == asked["outputs"][0]["sha256"]


def test_a_sample_is_framed_then_drawn(county: Path) -> None:
    path = merged(county, "抽")
    early = pressed("sample", path, SEED)
    assert (early.code, early.opened, "还没有抽样框" in early.said) == (2, [], True)
    framed = pressed("sample", path)
    assert (framed.code, framed.opened, "M = " in framed.said) == (0, ["县_抽样框.txt"], True)
    assert (pressed("sample", path).code, sorted(one.name for one in path.parent.iterdir())) == (0, ["县.xlsx", "县_抽样框.txt"])
    assert (pressed("sample", path, "12").code, [*path.parent.glob("县_抽样*.xlsx")]) == (2, [])
    drawn = pressed("sample", path, SEED)
    assert (drawn.code, drawn.opened) == (0, ["县_抽样.xlsx"])
    assert ledger("sample", "verify", path.with_name("县_抽样.xlsx"), path.with_name("县_抽样框.txt"), folder=county)[0] == 0


def test_a_frame_that_is_not_the_workbooks_is_not_drawn_from(county: Path) -> None:
    path = merged(county, "框")
    pressed("sample", path)
    frame = path.with_name("县_抽样框.txt")
    frame.write_bytes(b"".join(frame.read_bytes().splitlines(keepends=True)[1:]))
    done = pressed("sample", path, SEED)
    assert (done.code, [*path.parent.glob("县_抽样*.xlsx")]) == (1, [])


def test_the_guide_names_every_button(tmp_path: Path) -> None:
    done = pressed("guide", tmp_path)
    assert (done.code, done.opened) == (0, ["台账说明.html"])
    page = done.desk.opened[0].read_text(encoding="utf-8")
    assert [button.label for button in BUTTONS if f">{button.label}<" not in page] == []


# ------------------------------------------------------------------------------------------------ what can go wrong


def test_no_workspace_is_one_plain_message(tmp_path: Path) -> None:
    (tmp_path / "收件").mkdir()
    done = pressed("merge", tmp_path / "收件")
    assert (done.code, done.opened, done.said.splitlines()[0][:8]) == (2, [], "没有找到工作目录")


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    done = pressed("check", tmp_path / "没有.xlsx")
    assert (done.code, done.said.splitlines()[0]) == (2, f"找不到 {tmp_path / '没有.xlsx'}，请核对文件夹或文件名")


def test_a_file_that_is_no_workbook(county: Path) -> None:
    path = county / "坏.xlsx"
    path.write_bytes(b"%PDF-1.4")
    done = pressed("check", path, surface=MemorySurface())
    assert (done.code, done.opened, "PDF" in done.said) == (3, [], True)
    path.unlink()


def test_months_in_one_folder_are_told_without_options_of_the_command_line(county: Path) -> None:
    folder = county / "两月"
    shutil.copytree(county / "inbox" / MONTH / "990101101000", folder)
    source = next((county / "villages" / MONTH).glob("*.xlsx"))
    ledger("carry", source, "-o", folder, folder=county)
    done = pressed("merge", folder)
    assert (done.code, "请把文件按月份、单位分文件夹放好" in done.said) == (2, True)


@pytest.mark.parametrize("word", sorted(ACTS.keys() - {"guide"}))
def test_nothing_is_done_to_the_folder_excel_happens_to_stand_in(word: str) -> None:
    done = pressed(word, Path(""))
    assert (done.code, done.said[:4]) == (2, "没有选文")


def test_an_unknown_word_is_a_message(tmp_path: Path) -> None:
    done = pressed("别的", tmp_path)
    assert (done.code, "ledger excel install" in done.said) == (2, True)


class Closed(MemorySurface):
    """A workbook whose structure is protected: no sheet can be added."""

    def ensure_sheet(self, sheet: str) -> bool:
        raise Unwilling


def test_a_workbook_that_takes_no_sheet_has_a_report_beside(county: Path) -> None:
    path = wrong_book(county, "锁")
    done = pressed("check", path, surface=Closed(opened(path).sheets))
    assert (done.code, done.opened) == (1, [f"{path.stem}_检查报告.xlsx"])


class Typing(MemoryDesk):
    """Excel while somebody types in a cell: no bar, no file opened; a message still comes."""

    def status(self, text: str | None) -> None:
        raise Unwilling

    def open(self, path: Path) -> None:
        raise Unwilling


def test_somebody_who_types_meanwhile_stops_nothing(county: Path) -> None:
    path = merged(county, "打字")
    desk = Typing()
    assert press("checklist", Pressed(path), desk) == 0
    assert ("县_验收清单.xlsx" in Done(0, desk).said, path.with_name("县_验收清单.xlsx").is_file()) == (True, True)


class Stubborn(MemorySurface):
    """Excel while a cell is being edited: it answers nothing."""

    def names(self) -> list[str]:
        raise Unwilling


class Broken(MemorySurface):
    """A fault of ours that carries what no report may keep."""

    def names(self) -> list[str]:
        raise RuntimeError("样例甲 19000000001")


class Full(MemorySurface):
    def names(self) -> list[str]:
        raise OSError(28, "No space left on device")


def test_excel_that_is_busy_is_told_in_plain_words(county: Path) -> None:
    path = next((county / "villages" / MONTH).glob("*.xlsx"))
    done = pressed("check", path, surface=Stubborn())
    assert (done.code, done.said.splitlines()[0][:8]) == (2, "Excel 正忙")


def test_a_full_disk_is_told_in_plain_words(tmp_path: Path) -> None:
    done = pressed("check", tmp_path / "a.xlsx", surface=Full())
    assert (done.code, done.said.splitlines()[0][:7]) == (2, "电脑做不了这一")


def test_a_bug_of_ours_is_one_message_and_a_report_without_content(tmp_path: Path) -> None:
    done = pressed("check", tmp_path / "a.xlsx", surface=Broken())
    assert (done.code, done.said.splitlines()[0][:6]) == (4, "程序出错了，")
    report = Path(re.findall(r"请把 (\S+) 发给", done.said)[0])
    text = report.read_text(encoding="utf-8")
    report.unlink()
    assert ("RuntimeError" in text, "样例甲" in text + done.said, "19000000001" in text + done.said) == (True, False, False)


def test_a_message_is_short_and_says_what_was_written_before_something_failed() -> None:
    failed = wrong("summary", ("写不了 b.docx", "cannot write b.docx"))
    failed.outputs.append(Output("甲/a.xlsx", "0"))
    assert words(failed).splitlines() == ["写不了 b.docx", "cannot write b.docx", "已写：a.xlsx（在 甲）"]
    long = Outcome("merge", [Line(f"第{number}条", "") for number in range(20)])
    assert words(long).splitlines() == [*(f"第{number}条" for number in range(7)), "……另有 13 条"]


def test_names_are_never_taken_twice(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").touch()
    (tmp_path / "a_2.docx").touch()
    assert [path.name for path in free(tmp_path, "a", [".xlsx", ".docx"])] == ["a_3.xlsx", "a_3.docx"]


def test_without_excel_every_button_says_so_once(tmp_path: Path) -> None:
    """As a macro starts it, on a machine where no Excel runs."""
    for typed in (["check", encoded("C:\\台账\\a b.xlsx"), "%"], ["guide", "."], []):
        done = subprocess.run([sys.executable, "-P", "-m", "toolkit.excel", *typed], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
                              capture_output=True, text=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines()), done.stderr[:10]) == (2, "", 2, "没有找到打开着的 E")
    assert list(tmp_path.iterdir()) == []
