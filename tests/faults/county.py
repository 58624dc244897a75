"""The sample county in a folder of its own, the commands that write in it, and how they are run under a fault."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from toolkit.files.intake import open_book
from toolkit.model.sheet import Book

ROOT = Path(__file__).resolve().parents[2]
HOOK = ROOT / "tests" / "faults" / "hook"
MONTH = "2025-09"
OLD = "旧.xlsx".encode() * 40
SEED = "40317255601883462975"
TOWN = f"out/{MONTH}/township_990101101000.xlsx"
COUNTY = f"out/{MONTH}/county.xlsx"
VILLAGE = "一村.xlsx"

#: Command -> its words; the outputs that stood there before (as OLD) are named by `--force`.
COMMANDS: Mapping[str, str] = {
    "merge": f"merge inbox/{MONTH} -o new/merged.xlsx --force", "check": f"check {VILLAGE} --annotate new/marked --report new/report.xlsx --force",
    "template": f"template -o new/blank --period {MONTH} --unit 990101101201 --unit 990101101202 --force",
    "release": f"release {VILLAGE} -o new/released --force",
    "carry": f"carry {VILLAGE} -o new/next --force", "forget": f"forget {{record}} {VILLAGE}", "seal": f"seal {VILLAGE} -o new/sealed --force",
    "approve": f"approve {TOWN} --by 样例乙", "summary": f"summary {COUNTY} -o new/summary.xlsx --html new/summary.html --force",
    "checklist": f"checklist {COUNTY} -o new/checklist.xlsx --force", "frame": f"sample frame {COUNTY} -o new/frame.txt --force --json new/frame.json",
    "draw": f"sample draw out/{MONTH}/frame.txt --period {MONTH} --seed {SEED} --html new/draw.html -o new/draw.xlsx --force"}


def county(folder: Path) -> Path:
    """A workspace with an inbox, merged workbooks and a village's own workbook; `new` holds an earlier output of the same name for each."""
    space = folder / "county"
    for name in ("inbox", "out"):
        shutil.copytree(ROOT / "samples" / name, space / name)
    for name in ("plan.toml", "units.csv", "institutions.csv"):
        shutil.copy(ROOT / "samples" / name, space)
    shutil.copy(next((ROOT / "samples" / "villages" / MONTH).glob("990101101201*")), space / VILLAGE)
    (space / "new").mkdir()
    for name in ("merged.xlsx", "report.xlsx", "summary.xlsx", "summary.html", "checklist.xlsx", "frame.txt", "draw.xlsx", "draw.html"):
        (space / "new" / name).write_bytes(OLD)
    return space


def record(space: Path) -> str:
    """The number of the first woman in the village's book."""
    book = open_book(space / VILLAGE)
    assert isinstance(book, Book)
    rows = next(sheet.rows for sheet in book.sheets if sheet.name == "孕产妇台账")
    head = next(at for at, row in enumerate(rows) if "姓名" in str(row[1]))
    return str(rows[head + 1][0])


def words(name: str, space: Path) -> list[str]:
    return [word.replace("{record}", record(space)) if word == "{record}" else word for word in COMMANDS[name].split()]


def environment(fault: str = "", folder: Path | None = None, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("FAULT", "FAULT_IN", "FAIL")}
    return {**kept, "LEDGER_LANG": "zh", "LEDGER_PASSWORD": "sample-password", "PYTHONPATH": os.pathsep.join((str(HOOK), str(ROOT))), "FAULT": fault,
            "FAULT_IN": str(folder or ""), **more}


def run(space: Path, asked: Sequence[str], fault: str = "", before: Sequence[str] = (), **more: str) -> tuple[int, str]:
    """Exit code (negative: the signal that ended it) and all it said. `before`: words of a program that starts it."""
    done = subprocess.run([*before, sys.executable, "-m", "toolkit", *asked], cwd=space, env=environment(fault, space, **more), capture_output=True, text=True,
                          encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def contents(space: Path) -> dict[str, bytes]:
    return {path.relative_to(space).as_posix(): path.read_bytes() for path in sorted(space.rglob("*")) if path.is_file()}


def unfinished(name: str) -> bool:
    return Path(name).name.startswith(".~") and name.endswith(".tmp")
