"""Files to measure with: a fictional county's inbox of any size, and tables of any number of rows.

A base of 300 villages is made by the county of `ledger demo` with typical mess; larger inboxes repeat these workbooks under other
village codes, the code replaced in every part, so that 20,000 files take minutes to make and each is still its own village's.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import worst  # beside this file

from toolkit.files import spreadsheets, workspace
from toolkit.model.plan import Plan
from toolkit.model.sheet import Book
from toolkit.model.unit import Unit, Units
from toolkit.steps.batch import Asked
from toolkit.steps.county import county
from toolkit.steps.county_names import units_of
from toolkit.steps.mess_inbox import inbox
from toolkit.steps.read import read
from toolkit.tasks import demo

PERIOD = "2025-09"
BASE = 300
Village = tuple[str, str, bytes]  # code, name, content


def base(seed: str = "基准") -> list[Village]:
    """The workbooks of 300 villages as they arrive, xlsx only: what every peer can read."""
    plan = workspace.built_in_plan("standard")
    assert plan is not None
    made = county(seed, BASE, PERIOD, plan)
    minimised = demo.Minimised(plan, Units.of(made.units))
    found: dict[str, Village] = {}
    for file in inbox(made, "typical", random.Random(f"{seed}|{PERIOD}")):
        code = file.office.unit.code
        if file.office.unit.level == "village" and file.file_name.endswith(".xlsx"):
            found[code] = (code, file.office.unit.name, demo.sent_bytes(file, plan, minimised))
    return [found[code] for code in sorted(found) if _takes_another_name(found[code], plan)]


def _takes_another_name(village: Village, plan: Plan) -> bool:
    """Whether the workbook becomes another village's with its code and name: some say who they are in other words."""
    code, name, data = village
    other = Unit("990101399399", "示例县另乡另村", True)
    book = spreadsheets.read("甲.xlsx", "xlsx", _renamed(data, {code: other.code, name: other.name}), "")
    return isinstance(book, Book) and {part.unit for part in read([book], Asked(plan, Units.of([other]), True)).parts} == {other.code}


def villages(made: list[Village], number: int) -> Iterator[tuple[str, bytes]]:
    """So many village workbooks with their file names, from those of the base."""
    units = [unit for unit in units_of(number) if unit.level == "village"]
    for at, unit in enumerate(units[:number]):
        code, name, data = made[at % len(made)]
        yield f"{unit.code}_{at:05d}.xlsx", _renamed(data, {code: unit.code, name: unit.name})


def _renamed(data: bytes, names: dict[str, str]) -> bytes:
    """The workbook with one village's code and name in place of another's, in every part."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for info in source.infolist():
            part = source.read(info)
            for old, new in names.items():
                part = part.replace(old.encode(), new.encode())
            target.writestr(info.filename, part)
    return out.getvalue()


def workspace_of(folder: Path, number: int, made: list[Village]) -> Path:
    """A workspace with so many village workbooks in `in`; left as it is where it stands already."""
    done = folder / "in"
    if done.is_dir():
        return folder
    making = folder / "making"
    making.mkdir(parents=True, exist_ok=True)
    (folder / workspace.PLAN_FILE).write_bytes(workspace.built_in_plans()["standard"])
    (folder / "units.csv").write_bytes(workspace.units_csv(Units.of(units_of(number))))
    for name, data in villages(made, number):
        (making / name).write_bytes(data)
    making.rename(done)
    return folder


def many_rows(folder: Path, files: int, each: int) -> Path:
    """A workspace with so many workbooks of so many rows of works each."""
    if (folder / "in").is_dir():
        return folder
    plan = workspace.built_in_plan("standard")
    assert plan is not None
    made = county("大表", files, PERIOD, plan)
    offices = [worst.long(office, each) for office in made.offices if office.rows["works"]][:files]
    worst.write(folder, offices, made.units)
    return folder
