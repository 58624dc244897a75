"""The menu: what was dropped is found whatever its name, and each number runs the command it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.run import ROOT
from toolkit.cli.menu import CHOICES, DROPPED, dropped, fresh, half, typed_names

CMD = r"C:\Windows\system32\cmd.exe /c "


@pytest.mark.parametrize(("line", "names"), [
    (r'""D:\台账\台账.cmd" D:\收件"', [r"D:\收件"]),
    (r'""D:\my tools\台账.cmd" "D:\my files" D:\b.xlsx"', [r"D:\my files", r"D:\b.xlsx"]),
    (r'""D:\台账\台账.cmd" D:\a&b.xlsx D:\100%!(1).xlsx"', [r"D:\a&b.xlsx", r"D:\100%!(1).xlsx"]),
    (r'""D:\台账\台账.cmd" "', []),
    (r'D:\台账\台账.cmd D:\收件', [r"D:\收件"]),
])
def test_dropped_on_the_file(line: str, names: list[str]) -> None:
    assert dropped(CMD + line) == names


def test_a_terminal_was_given_nothing() -> None:
    assert [dropped(line) for line in ("", r"C:\Windows\system32\cmd.exe", r'"C:\Windows\system32\cmd.exe" ')] == [[], [], []]


@pytest.mark.parametrize(("line", "windows", "names"), [
    (r'"D:\my files\a.xlsx" D:\b.xlsx', True, [r"D:\my files\a.xlsx", r"D:\b.xlsx"]),
    (r"'/srv/my files/a.xlsx' /srv/b\ c.xlsx", False, ["/srv/my files/a.xlsx", "/srv/b c.xlsx"]),
    ("it's.xlsx", False, ["it's.xlsx"]),
    ("", True, []),
])
def test_dropped_into_the_window(line: str, windows: bool, names: list[str]) -> None:
    assert typed_names(line, windows) == names


def test_full_width_digits_and_taken_names(tmp_path: Path) -> None:
    (tmp_path / "上报").mkdir()
    (tmp_path / "汇总表.xlsx").touch()
    (tmp_path / "汇总表(2).xlsx").touch()
    assert half(" ３ ") == "3"
    assert [fresh(tmp_path / name).name for name in ("上报", "汇总表.xlsx", "下月")] == ["上报(2)", "汇总表(3).xlsx", "下月"]


def chosen(typed: str, folder: Path, *words: str, line: str = "") -> tuple[int, list[str]]:
    """Exit code, and the commands the menu ran as it showed them."""
    environ = {**os.environ, "LEDGER_LANG": "zh", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", DROPPED: line}
    done = subprocess.run([sys.executable, "-m", "toolkit", "menu", *words], cwd=folder, env=environ, input=typed, capture_output=True, text=True,
                          encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, [shown.replace(str(folder), "…") for shown in re.findall(r"^> (.*)$", done.stdout, re.M)]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    for name in ("plan.toml", "units.csv", "institutions.csv"):
        shutil.copy(ROOT / "samples" / name, folder)
    village = min((ROOT / "samples" / "villages").rglob("990101101201_*.xlsx"))
    (folder / "收件").mkdir()
    shutil.copy(village, folder / "收件" / "一村.xlsx")
    return folder


def test_check_release_and_merge(county: Path) -> None:
    code, ran = chosen("1\n\n２\n\n\n3\n\n\n0\n", county, "收件")
    assert (code, ran) == (0, [
        "ledger check 收件 --annotate …/检查结果 --report …/检查结果/检查报告.html",
        "ledger release 收件 -o …/上报",
        "ledger merge 收件 -o …/汇总表.xlsx",
    ])
    made = [path.relative_to(county).as_posix() for path in county.rglob("*") if path.parent.name in ("检查结果", "上报") or path.stem == "汇总表"]
    assert sorted(made) == ["上报/990101101201_2025-09_v0_上报.xlsx", "检查结果/检查报告.html", "汇总表.xlsx"]


def test_files_dropped_on_the_windows_file(county: Path) -> None:
    line = f'{CMD}""D:\\台账\\台账.cmd" "{county / "收件" / "一村.xlsx"}""'
    assert chosen("6\n\n0\n", county, line=line) == (0, ["ledger carry …/收件/一村.xlsx -o …/收件/下月"])
    assert len(list((county / "收件" / "下月").iterdir())) == 1


def test_every_choice_makes_a_command_that_exists(tmp_path: Path) -> None:
    from toolkit.cli.commands import ledger

    assert [choice.key for choice in CHOICES if str(choice.words([tmp_path / "a"])[0]) not in ledger.commands] == []


def test_nobody_there(tmp_path: Path) -> None:
    assert chosen("", tmp_path) == (0, [])
    assert chosen("1\n", tmp_path) == (0, [])
    assert chosen("99\nabc\n0\n", tmp_path) == (0, [])
