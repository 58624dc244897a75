"""What a worker spends on a large workbook: seconds and memory, by used cells.

    python3 benchmarks/large.py [--millions 1 2 4 8] [--kinds long wide foreign csv ods]

Makes files of so many used cells, reads each as a worker of `ledger check` does, in a process of its own under the same memory limit, and
prints what came of it, what it took and the most memory it held. The budgets (SPEC 3, toolkit/files/budgets.py): 10 s and 1 GiB up to 2 million used
cells, 5 s more for each million up to 8 million; what is larger is refused, and a file that takes longer or more is, too.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.files import budgets  # noqa: E402
from toolkit.schema import Cover, Works  # noqa: E402

COVER = {"单位代码": "990101101201", "单位名称": "示例县甲山乡一村", "所属月份": "2025-09", "方案编号": "standard", "版次": 0, "填报人": "样例填报",
         "审核人": "样例审核", "填报日期": "2025-10-08"}
HEADINGS = [column.heading for column in Works.columns]


def row_of(number: int) -> list[str | int]:
    """A row of works with every column filled; each text is one the row before had too, but for its number."""
    return [f"W{number:07d}", "990101101201", "2025-09-12", "5 宣传", "赶集日发放服务告知书", "990101101201-01", number % 90, "CL-2025-01", "2025-10-20",
            "2025-10-18", "990101101201", number % 4, "折页"]


def long_sheet(cells: int) -> Iterator[list[str | int]]:
    """One ledger, as many rows as it takes."""
    yield list(HEADINGS)
    for number in range(cells // len(HEADINGS)):
        yield row_of(number)


def wide_sheet(cells: int) -> Iterator[list[str | int]]:
    """The same ledger with columns of its own to the right, 200 in all."""
    more = 200 - len(HEADINGS)
    yield HEADINGS + [f"附列{number}" for number in range(more)]
    for number in range(cells // 200):
        yield row_of(number) + [number % 10] * more


def foreign_sheet(cells: int) -> Iterator[list[str | int]]:
    """A table that is no ledger: numbers, 40 columns."""
    for number in range(cells // 40):
        yield [number % 1000] * 40


def xlsx(path: Path, sheets: dict[str, Iterator[list[str | int]]]) -> None:
    from xlsxwriter import Workbook

    with Workbook(str(path), {"constant_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)


def csv(path: Path, cells: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in long_sheet(cells):
            out.write(",".join(map(str, row)) + "\n")


def ods(path: Path, cells: int) -> None:
    """The long ledger as OpenDocument, written as text: no library here writes so many rows."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    head = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0" '
            f'xmlns:text="{space}text:1.0"><office:body><office:spreadsheet><table:table table:name="{Works.sheet}">')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        kinds = "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
                        for name, kind in (("/", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "text/xml")))
        package.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{space}manifest:1.0">{kinds}</manifest:manifest>')
        with package.open("content.xml", "w") as out:
            out.write(head.encode())
            for row in long_sheet(cells):
                texts = "".join(f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>' for value in row)
                out.write(f"<table:table-row>{texts}</table:table-row>".encode())
            out.write(b"</table:table></office:spreadsheet></office:body></office:document-content>")


def cover() -> Iterator[list[str | int]]:
    return iter([[label, value] for label, value in COVER.items()])


KINDS: dict[str, tuple[str, Callable[[Path, int], None]]] = {
    "long": ("990101101201_2025-09.xlsx", lambda path, cells: xlsx(path, {Cover.sheet: cover(), Works.sheet: long_sheet(cells)})),
    "wide": ("990101101201_2025-09.xlsx", lambda path, cells: xlsx(path, {Cover.sheet: cover(), Works.sheet: wide_sheet(cells)})),
    "foreign": ("990101101201_2025-09.xlsx", lambda path, cells: xlsx(
        path, {Cover.sheet: cover(), Works.sheet: long_sheet(1300), "别的表": foreign_sheet(cells)})),
    "csv": (f"990101101201_2025-09_v0_{Works.sheet}.csv", csv),
    "ods": (f"990101101201_2025-09_{Works.sheet}.ods", ods),
}

#: What a worker of the pool does with one file, under its memory limit; then what that cost. Reading is one thread, so on an idle machine
#: processor seconds are what the clock shows, and on a busy one they are still right.
MEASURED = """
import json, os, resource, sys, time
from pathlib import Path
os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"  # as the pool does
import pandas, python_calamine
import toolkit.steps.read
from toolkit.files.budgets import MEMORY
from toolkit.files.workspace import built_in_plan
from toolkit.steps.batch import Asked
from toolkit.tasks import limits, pool
limits.limit_here(MEMORY)
began, used, marks = time.monotonic(), time.process_time(), []
def say(what, value):
    marks.append((what, time.process_time() - used))
try:
    union = pool.read_batch([Path(sys.argv[1])], Asked(built_in_plan("standard")), say)
    told = " ".join(f"{one.code} {one.why}" for one in union.refusals) or f"read, {sum(part.rows for part in union.parts)} rows"
except MemoryError:
    told = "F205 memory"
looked = next((at for what, at in marks if what == "cells"), None)
print(json.dumps([told, time.monotonic() - began, time.process_time() - used, looked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""


def measure(path: Path) -> tuple[str, float, float, float | None, int]:
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    return tuple(json.loads(done.stdout)) if done.returncode == 0 else (f"ended with {done.returncode}", 0.0, 0.0, None, 0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--millions", type=float, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    asked = parser.parse_args()
    print(f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, {time.strftime('%Y-%m')}\n")
    print("| kind | million cells | file MB | budget s | processor s | of it counting | wall s | most memory MB | outcome |")
    print("|---|---|---|---|---|---|---|---|---|")
    for kind in asked.kinds:
        name, make = KINDS[kind]
        for millions in asked.millions:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / name
                make(path, int(millions * 1_000_000))
                outcome, wall, used, counted, memory = measure(path)
                allowed = budgets.seconds_for(int(millions * 1_000_000))
                counting = "-" if counted is None else f"{counted:.1f}"
                size = f"{path.stat().st_size / 1e6:.1f}"
                cells = (kind, f"{millions:g}", size, f"{allowed:.0f}", f"{used:.1f}", counting, f"{wall:.1f}", str(memory), outcome)
                print(f"| {' | '.join(cells)} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
