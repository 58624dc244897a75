"""A disk that is full or may not be written, a file that is open or changes, a wrong clock, two at once: one plain line, all files whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.county import MONTH, TOWN, VILLAGE, contents, county, environment, run, unfinished, words

#: One that makes a file, one that makes several, two that replace somebody's own.
SOME = ("merge", "template", "forget", "approve")


def refused(space: Path, name: str, fault: str = "", before: tuple[str, ...] = ()) -> str:
    """Ended with 2 and a plain line, nothing changed, nothing left behind."""
    were, asked = contents(space), words(name, space)
    code, said = run(space, asked, fault, before)
    assert code == 2, said
    assert contents(space) == were
    return said


# ------------------------------------------------------------------------------------------------------------- full


@pytest.mark.parametrize("name", ["template", "forget"])
def test_no_file_may_grow(name: str, tmp_path: Path) -> None:
    assert "写不了" in refused(county(tmp_path), name, "full 4000")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for the county and little more; where the system gives none, a folder, and the limit on a file's size does its work."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    mounted = os.name == "posix" and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield place
    if mounted:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    space = county(small_disk)
    fault = "full 4000"
    if os.path.ismount(small_disk):
        fault = ""
        (space / "filler").write_bytes(b"x" * max(0, shutil.disk_usage(small_disk).free - 8192))
    for name in ("merge", "forget"):
        assert "写不了" in refused(space, name, fault)


def test_a_disk_that_is_read_only(small_disk: Path) -> None:
    space = county(small_disk)
    if os.path.ismount(small_disk):
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        assert "写不了" in refused(space, "forget")
    else:
        assert "写不了" in refused(space, "forget", "full 4000")


# ------------------------------------------------------------------------------------------------------- may not write


def without_privilege() -> tuple[str, ...]:
    """Words before a command that make permissions bind root too."""
    return ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override") if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


@pytest.mark.parametrize("name", SOME)
def test_a_folder_that_may_not_be_written(name: str, tmp_path: Path) -> None:
    space = county(tmp_path)
    folders = [path for path in (space, *space.rglob("*")) if path.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    try:
        assert "写不了" in refused(space, name, before=without_privilege())
    finally:
        for folder in folders:
            folder.chmod(0o755)


# ---------------------------------------------------------------------------------------------------- open, or changing


@pytest.mark.parametrize("mark", ["~${}", ".~{}", ".~lock.{}#"])
def test_an_output_that_is_open_elsewhere(mark: str, tmp_path: Path) -> None:
    space = county(tmp_path)
    for name, output in (("forget", VILLAGE), ("approve", TOWN), *([("merge", "new/merged.xlsx")] if mark.startswith("~$") else [])):
        path = space / output
        beside = path.with_name(mark.format(path.name))
        beside.write_bytes(b"")
        said = refused(space, name)
        assert "请先在 Excel 或 WPS 中关闭" in said and beside.name in said
        beside.unlink()


def test_a_file_that_grows_all_the_time_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    space = county(tmp_path)
    growing = space / "inbox" / MONTH / "990101101202_2025-09_v0_工作记录.csv"
    growing.write_bytes("编号,单位代码\n".encode())
    program = (f"import time\nwhile True:\n    with open({str(growing)!r}, 'ab') as stream: stream.write(b'x' * 50_000_000)\n"
               f"    time.sleep(0)\n    open({str(growing)!r}, 'wb').close()")
    with subprocess.Popen([sys.executable, "-c", program]) as writer:
        try:
            code, said = run(space, words("merge", space))
        finally:
            writer.kill()
    assert code in (1, 3), said
    assert (space / "new" / "merged.xlsx").read_bytes()[:2] == b"PK"


# ------------------------------------------------------------------------------------------------------------ the clock


def test_a_clock_that_runs_backwards_and_files_from_the_future_change_nothing(tmp_path: Path) -> None:
    plain, late = county(tmp_path / "plain"), county(tmp_path / "late")
    for at, path in enumerate(sorted(late.rglob("*.xlsx"))):
        os.utime(path, (4_500_000_000, 4_500_000_000) if at % 2 else (0, 0))
    for space, fault in ((plain, ""), (late, "late")):
        for name in ("merge", "forget", "approve"):
            assert run(space, words(name, space), fault)[0] in (0, 1, 3)
    assert contents(plain) == contents(late)


# -------------------------------------------------------------------------------------------------------- two at once


def test_two_merges_into_one_output_at_once(tmp_path: Path) -> None:
    space = county(tmp_path)
    merges = [["merge", *place, "-o"] for place in ([TOWN], [TOWN, "--to", "county"])]
    whole = []
    for number, asked in enumerate(merges):
        assert run(space, [*asked, f"new/alone{number}.xlsx"])[0] in (0, 1, 3)
        whole.append((space / f"new/alone{number}.xlsx").read_bytes())
    assert whole[0] != whole[1]
    for output, more in (("new/merged.xlsx", ["--force"]), ("new/fresh.xlsx", [])):
        running = [subprocess.Popen([sys.executable, "-m", "toolkit", *asked, output, *more], cwd=space, env=environment(), stdout=subprocess.DEVNULL,
                                    stderr=subprocess.PIPE) for asked in merges]
        errors = [process.communicate()[1] for process in running]
        codes = [process.returncode for process in running]
        assert (space / output).read_bytes() in whole
        assert not any(b"Traceback" in text for text in errors)
        assert all(code in (0, 1, 2, 3) for code in codes) and codes.count(2) == (0 if more else 1)
    assert not any(map(unfinished, contents(space)))
