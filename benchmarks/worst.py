"""How much longer `ledger check` takes over the worst files than over clean ones: every row wrong, in several cells.

    python3 benchmarks/worst.py [--villages 50] [--rows 20000] [--rounds 3]

Makes a fictional county twice, clean and with every row wrong, and one workbook of many rows, clean and wrong; times the
whole command on each and prints seconds, issues and the ratio. The bound is twice.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.files.legacy import xlsx_bytes  # noqa: E402
from toolkit.files.workspace import built_in_plan, built_in_plans  # noqa: E402
from toolkit.steps.county import Office, county  # noqa: E402
from toolkit.steps.mess_sheets import plain_sheets  # noqa: E402

PERIOD = "2025-09"
#: What is wrong with every row: unreadable, blank, out of order, not to be collected.
WRONG: dict[str, dict[str, Any]] = {
    "pregnancies": {"phone": "1900000000", "edd": "2025-02-30", "staff_id": "990101101201-77"},
    "visits": {"visit_date": "9月8日", "staff_id": "看情况", "mode": "看情况"},
    "births": {"live_births": "若干", "late": -3},
    "birth_orders": {"boys": "若干", "girls": -3},
    "staff": {"confidentiality_on": None, "work_phone": None, "valid_to": dt.date(2020, 1, 1)},
    "cases": {"found_on": "看情况", "status": "看情况", "place_code": "990199101000"},
    "works": {"date": None, "type": "看情况", "title": "联系19000000001"},
    "evidence": {"doc_date": "2025-02-30", "item_code": "V-99", "location": "没有的照片.jpg"},
}


def wrong(office: Office) -> Office:
    """The same office with every row wrong."""
    return replace(office, rows={name: [{**row, **WRONG[name]} for row in rows] for name, rows in office.rows.items()})


def long(office: Office, rows: int) -> Office:
    """The same office with so many rows of works."""
    works = office.rows["works"]
    return replace(office, rows={**office.rows, "works": [
        {**works[number % len(works)], "work_id": f"202509-{number:05d}", "due_on": None, "done_on": None} for number in range(rows)]})


def write(folder: Path, offices: Iterable[Office], units: Iterable[Any]) -> None:
    folder.mkdir(parents=True)
    (folder / "plan.toml").write_bytes(built_in_plans()["standard"])
    lines = ["单位代码,单位名称,是否应报", *(f"{unit.code},{unit.name},是" for unit in units)]
    (folder / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    (folder / "in").mkdir()
    for office in offices:
        (folder / "in" / f"{office.unit.code}.xlsx").write_bytes(xlsx_bytes(plain_sheets(office, True)))


def timed(folder: Path, rounds: int) -> tuple[float, int]:
    """Processor seconds of the fastest of some runs of the whole command, its workers too, and how many issues it found.

    Processor time, because a machine that does something else meanwhile would change the ratio.
    """
    best, issues = float("inf"), 0
    for _ in range(rounds):
        before = os.times()
        done = subprocess.run([sys.executable, "-m", "toolkit", "check", "in", "--json", "found.json"], cwd=folder, stdout=subprocess.DEVNULL,
                              env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
        after = os.times()
        best = min(best, after.children_user + after.children_system - before.children_user - before.children_system)
        assert done.returncode in (0, 1), done.returncode
        issues = len(json.loads((folder / "found.json").read_text(encoding="utf-8"))["issues"])
    return best, issues


def main(words: list[str]) -> int:
    asked = argparse.ArgumentParser()
    for name, value in (("--villages", 50), ("--rows", 20_000), ("--rounds", 3)):
        asked.add_argument(name, type=int, default=value)
    chosen = asked.parse_args(words)
    plan = built_in_plan("standard")
    assert plan is not None
    made = county("最坏", chosen.villages, PERIOD, plan)
    one = long(next(office for office in made.offices if office.rows["works"]), chosen.rows)
    sets = {f"{len(made.offices)} workbooks": list(made.offices), f"one workbook, {chosen.rows} rows": [one]}
    print("| files | clean s | issues | every row wrong s | issues | ratio |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as place:
        for number, (name, offices) in enumerate(sets.items()):
            figures = []
            for kind, of in (("clean", offices), ("wrong", [wrong(office) for office in offices])):
                write(Path(place) / f"{number}{kind}", of, made.units)
                figures.append(timed(Path(place) / f"{number}{kind}", chosen.rounds))
            (clean_s, clean_n), (wrong_s, wrong_n) = figures
            print(f"| {name} | {clean_s:.2f} | {clean_n} | {wrong_s:.2f} | {wrong_n} | {wrong_s / clean_s:.2f} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
