"""The table of benchmarks: `ledger` beside the usual ways of doing the same job, measured in one run on one machine.

    python3 benchmarks/run.py [--files 300 3000] [--rows 200000] [--checked 1000000] [--rounds 3] [--keep DIR]

Makes its own environment (`benchmarks/.venv`, with the peers of the group `bench`) and its own files, runs the contestants in turn,
round after round, so that a busy machine is busy for all, and writes `results.json` (every run) and `TABLE.md` (medians, ratios).
Seconds are processor seconds of the whole process tree; memory is the largest sum over the tree, seen every 50 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
HOME = HERE / ".venv"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PEERS = {"office": "(a) pandas + openpyxl, file by file, no rules", "rules": "(b) pandas + calamine, file by file, some rules",
         "concat": "(c) fastexcel + polars, no rules", "calamine": "floor: calamine reads", "expat": "floor: unzip + expat"}


@dataclass
class Runs:
    """What a command took, run after run."""

    name: str
    words: list[str]
    folder: Path
    seconds: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def once(self) -> None:
        before, began = os.times(), time.perf_counter()
        process = subprocess.Popen(self.words, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"})
        peak = [0.0]
        watch = threading.Thread(target=_watch, args=(process, peak), daemon=True)
        watch.start()
        _, said = process.communicate()
        watch.join()
        after = os.times()
        if process.returncode not in (0, 1) or "Traceback" in said:
            raise SystemExit(f"{self.name}: {process.returncode}\n{said[-2000:]}")
        self.seconds.append(round(after.children_user + after.children_system - before.children_user - before.children_system, 3))
        self.wall.append(round(time.perf_counter() - began, 3))
        self.megabytes.append(round(peak[0], 1))

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def _watch(process: subprocess.Popen[str], peak: list[float]) -> None:
    """Memory of the process and all under it, Linux only; elsewhere it stays 0."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_resident(number) for number in _tree(process.pid)))
        time.sleep(0.05)


def _tree(top: int) -> list[int]:
    under: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            under.setdefault(int(entry.read_text().rpartition(")")[2].split()[1]), []).append(int(entry.parent.name))
        except OSError:
            continue
    found = [top]
    for number in found:
        found += under.get(number, [])
    return found


def _resident(number: int) -> float:
    try:
        return int(Path(f"/proc/{number}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return 0.0


def environment() -> None:
    """The peers' environment, made where it is not there; runs this script again inside it."""
    if Path(sys.prefix) == HOME:
        return
    if not PYTHON.exists():
        import tomllib
        import venv

        groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
        venv.EnvBuilder(with_pip=True).create(HOME)
        subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "--editable", str(ROOT), *groups["bench"]], check=True)
    raise SystemExit(subprocess.run([str(PYTHON), __file__, *sys.argv[1:]], check=False).returncode)


def merging(place: Path, number: int, made: list[tuple[str, str, bytes]], peers: Sequence[str]) -> list[Runs]:
    import inputs

    folder = inputs.workspace_of(place / str(number), number, made)
    mine = [str(PYTHON), "-m", "toolkit", "merge", "in", "--to", "county", "-o", "ledger.xlsx", "--force"]
    return [Runs("ledger merge", [*mine, "--jobs", "1"], folder), Runs("ledger merge --jobs 2", [*mine, "--jobs", "2"], folder),
            *(Runs(PEERS[name], [str(PYTHON), str(HERE / "peers.py"), name, "in", "peer.xlsx"], folder) for name in peers)]


def starting(place: Path) -> list[Runs]:
    one = sorted((place / "300" / "in").iterdir())[0]
    return [Runs("ledger --help", [str(PYTHON), "-m", "toolkit", "--help"], place),
            Runs("ledger check ONE.xlsx", [str(PYTHON), "-m", "toolkit", "check", str(one)], place / "300"),
            Runs("python -c pass", [str(PYTHON), "-c", "pass"], place)]


def writing(place: Path, rows: int) -> list[Runs]:
    """One merge of so many rows, from twenty workbooks of works."""
    import inputs

    folder = inputs.many_rows(place / f"rows{rows}", 20, rows // 20)
    return [Runs(f"ledger merge, {rows} rows", [str(PYTHON), "-m", "toolkit", "merge", "in", "--to", "county", "-o", "ledger.xlsx", "--force",
                                               "--jobs", "1"], folder)]


def checking(place: Path, rows: int) -> list[Runs]:
    words = [str(PYTHON), str(HERE / "validation.py")]
    return [Runs("rules of 案件台账, ledger", [*words, "ledger", str(rows)], place), Runs("the same by hand in pandas", [*words, "pandas", str(rows)], place),
            Runs("frictionless, a tenth of the rows", [*words, "frictionless", str(rows // 10)], place),
            Runs("making the frame alone", [*words, "nothing", str(rows)], place)]


def table(groups: dict[str, list[Runs]]) -> str:
    lines = [f"Measured {time.strftime('%Y-%m')} by `python3 benchmarks/run.py` on {platform.system()}, {os.cpu_count()} cores, Python "
             f"{platform.python_version()}. Medians of {max(len(runs[0].seconds) for runs in groups.values())} rounds; the ratio is to the "
             "first line of each block.",
             "", "| | what | processor s | wall s | MB | times the first |", "|---|---|---|---|---|---|"]
    for title, runs in groups.items():
        for at, run in enumerate(runs):
            lines.append(f"| {title if not at else ''} | {run.name} | {run.median:.2f} | {statistics.median(run.wall):.2f} | "
                         f"{statistics.median(run.megabytes):.0f} | {run.median / runs[0].median:.2f} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--files", type=int, nargs="*", default=[300, 3000])
    asked.add_argument("--rows", type=int, default=200_000)
    asked.add_argument("--checked", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--slow-up-to", type=int, default=300, help="the peers (a) and (b) run on so many files at most")
    chosen = asked.parse_args()
    environment()
    import inputs

    with tempfile.TemporaryDirectory() as temporary:
        place = chosen.keep or Path(temporary)
        made = inputs.base()
        groups: dict[str, list[Runs]] = {}
        for number in chosen.files:
            peers = [name for name in PEERS if number <= chosen.slow_up_to or name not in ("office", "rules")]
            groups[f"{number} workbooks"] = merging(place, number, made, peers)
        groups["start"] = starting(place)
        groups[f"{chosen.rows} rows written"] = writing(place, chosen.rows)
        groups[f"{chosen.checked} rows checked"] = checking(place, chosen.checked)
        for _ in range(chosen.rounds):
            for runs in groups.values():
                for run in runs:
                    run.once()
                    print(f"{run.name}: {run.seconds[-1]} s, {run.megabytes[-1]} MB", flush=True)
    (HERE / "TABLE.md").write_text(table(groups), encoding="utf-8")
    facts = {title: {run.name: {"seconds": run.seconds, "wall": run.wall, "megabytes": run.megabytes} for run in runs}
             for title, runs in groups.items()}
    (HERE / "results.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
