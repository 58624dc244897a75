"""The add-in put into the folders of Windows and macOS, and taken away again: exactly what was put there, and nothing else."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.commands.run import facts, ledger
from toolkit.files import addin
from toolkit.files.workspace import templates_folder
from toolkit.model.spoken import decoded, encoded
from toolkit.tasks.addin import Machine, install, status, uninstall
from toolkit.tasks.outcome import Outcome

PLACES = {
    "win32": ("AppData/Roaming/Microsoft/Excel/XLSTART/台账.xlam", "AppData/Roaming/ledger-toolkit/excel.txt"),
    "darwin": ("Library/Application Scripts/com.microsoft.Excel/ledger.applescript", "Library/Application Support/ledger-toolkit/excel.txt",
               "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/台账.xlam"),
}
SYSTEMS = pytest.mark.parametrize("platform", sorted(PLACES))


def machine(platform: str, home: Path) -> Machine:
    return Machine(platform, home / "样例 用户", "", sys.executable)


def source(tmp_path: Path, content: bytes = b"add-in") -> Path:
    path = tmp_path / "发布" / "台账.xlam"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def files(home: Path) -> dict[str, bytes]:
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


def states(outcome: Outcome) -> list[str]:
    facts = outcome.extra["excel"]
    assert isinstance(facts, dict)
    return [file["state"] for file in facts["files"]]


@SYSTEMS
def test_installed_and_removed_without_a_trace(platform: str, tmp_path: Path) -> None:
    user = machine(platform, tmp_path)
    user.home.mkdir()
    (user.home / "别的.txt").write_text("别人的", encoding="utf-8")
    before = files(user.home)
    done = install(user, source(tmp_path))
    assert (done.exit_code, sorted(files(user.home).keys() - before.keys())) == (0, sorted(PLACES[platform]))
    assert set(states(status(user))) == {addin.SAME}
    again = files(user.home)
    assert (install(user, source(tmp_path)).exit_code, files(user.home)) == (0, again)
    gone = uninstall(user)
    assert (gone.exit_code, files(user.home)) == (0, before)
    assert (uninstall(user).exit_code, status(user).extra["excel"]["installed"]) == (0, False)  # type: ignore[index]


@SYSTEMS
def test_a_newer_add_in_replaces_ours(platform: str, tmp_path: Path) -> None:
    user = machine(platform, tmp_path)
    install(user, source(tmp_path))
    install(user, source(tmp_path, b"newer"))
    assert [content for name, content in files(user.home).items() if name.endswith(".xlam")] == [b"newer"]
    uninstall(user)
    assert files(user.home) == {}


@SYSTEMS
def test_what_somebody_changed_is_left_and_said(platform: str, tmp_path: Path) -> None:
    user = machine(platform, tmp_path)
    install(user, source(tmp_path))
    name = next(name for name in PLACES[platform] if name.endswith(".xlam"))
    (user.home / name).write_bytes(b"changed")
    assert sorted(states(status(user))) == sorted([addin.CHANGED] + [addin.SAME] * (len(PLACES[platform]) - 2))
    assert install(user, source(tmp_path, b"newer")).exit_code == 2
    done = uninstall(user)
    assert (done.exit_code, files(user.home)) == (0, {name: b"changed"})
    assert [line.kind for line in done.lines if name.split("/")[-1] in line.zh] == ["todo"]


@SYSTEMS
def test_a_file_that_was_there_before_is_never_touched(platform: str, tmp_path: Path) -> None:
    user = machine(platform, tmp_path)
    place = user.home / next(name for name in PLACES[platform] if name.endswith(".xlam"))
    place.parent.mkdir(parents=True)
    place.write_bytes(b"somebody's")
    before = files(user.home)
    assert (install(user, source(tmp_path)).exit_code, files(user.home)) == (2, before)
    assert (uninstall(user).exit_code, files(user.home)) == (0, before)


@SYSTEMS
def test_a_file_deleted_by_hand_is_no_fault(platform: str, tmp_path: Path) -> None:
    user = machine(platform, tmp_path)
    install(user, source(tmp_path))
    (user.home / next(name for name in PLACES[platform] if name.endswith(".xlam"))).unlink()
    assert addin.GONE in states(status(user))
    assert (uninstall(user).exit_code, files(user.home)) == (0, {})


@SYSTEMS
def test_an_installation_that_stops_half_way_can_be_taken_back(platform: str, tmp_path: Path) -> None:
    user = machine(platform, tmp_path)
    assert user.places is not None
    blocked = user.places.startup.parent
    blocked.parent.mkdir(parents=True)
    blocked.write_bytes(b"a file where a folder should be")
    before = files(user.home)
    done = install(user, source(tmp_path))
    assert (done.exit_code, "Excel" in done.lines[0].zh) == (2, True)
    assert (uninstall(user).exit_code, files(user.home)) == (0, before)


@SYSTEMS
def test_settings_are_plain_letters_and_name_the_python(platform: str, tmp_path: Path) -> None:
    user = machine(platform, tmp_path)
    install(user, source(tmp_path))
    places = user.places
    assert places is not None
    settings = addin.read(places.settings)
    assert settings is not None and settings.python == sys.executable
    assert places.settings.read_bytes().isascii()


def test_windows_uses_the_folder_it_names_and_the_python_without_a_window(tmp_path: Path) -> None:
    scripts = tmp_path / "程序" / "python.exe"
    scripts.parent.mkdir()
    user = Machine("win32", tmp_path / "home", str(tmp_path / "漫游"), str(scripts))
    install(user, source(tmp_path))
    assert "漫游/Microsoft/Excel/XLSTART/台账.xlam" in files(tmp_path)
    first = addin.read(user.places.settings)  # type: ignore[union-attr]
    scripts.with_name("pythonw.exe").touch()
    install(user, source(tmp_path))
    second = addin.read(user.places.settings)  # type: ignore[union-attr]
    assert first and second and [Path(one.python).name for one in (first, second)] == ["python.exe", "pythonw.exe"]


def test_the_script_of_macos_starts_our_module_and_nothing_else() -> None:
    text = addin.script("/Users/样例 \"甲\"/bin/python3")
    line = next(line for line in text.splitlines() if "set command to \"" in line)
    command = line.split('"', 1)[1][:-1].replace('\\"', '"').replace("\\\\", "\\")
    assert shlex.split(command) == ["/Users/样例 \"甲\"/bin/python3", "-P", "-m", "toolkit.excel"]
    assert "quoted form of" in text and text.count("do shell script") == 1


def test_a_missing_add_in_is_said(tmp_path: Path) -> None:
    done = install(machine("win32", tmp_path), tmp_path / "没有.xlam")
    assert (done.exit_code, ".xlam" in done.lines[0].zh, files(tmp_path)) == (2, True, {})


def test_the_add_in_is_the_one_among_the_templates() -> None:
    assert addin.shipped() in (None, *templates_folder().glob("*.xlam"))


def test_on_linux_it_says_what_to_use_instead(tmp_path: Path) -> None:
    for word, code in (("install", 2), ("uninstall", 2), ("status", 0)):
        if sys.platform == "linux":
            found, out, err = ledger("excel", word, folder=tmp_path)
            assert (found, "ledger check" in out + err) == (code, True)
    assert facts("excel", "status", folder=tmp_path)["excel"] == {"possible": False, "installed": False}


# ------------------------------------------------------------------------------------------------ words on a command line


@given(some.text(some.characters(blacklist_categories=["Cs"]), max_size=20))
def test_any_text_survives_the_command_line(text: str) -> None:
    word = encoded(text)
    assert (word.isascii(), set(' "|&^<>\'') & set(word), decoded(word)) == (True, set(), text)


@pytest.mark.parametrize("word", ["", "check", r"C:\台账\a b.xlsx", "100%", "merge folder"])
def test_a_word_in_no_special_form_is_itself(word: str) -> None:
    assert decoded(word) == word


def test_the_form_is_plain() -> None:
    assert encoded(r"C:\台账\a 1.xlsx") == r"%C:\%53F0%8D26\a%00201.xlsx"
