"""Workbooks with our macros, and the messy workbooks of a fictional county that macros and Python both check."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from tests.excel.plants import PLANTS
from toolkit.files.legacy import xlsx_bytes
from toolkit.files.macros import modules
from toolkit.files.vba import SHEET, WORKBOOK, Module, project
from toolkit.files.workspace import built_in_plan
from toolkit.model.plan import Plan
from toolkit.steps.county import county
from toolkit.steps.mess import MESS, clash, messed
from toolkit.steps.mess_faults import FAULTS
from toolkit.steps.mess_sheets import plain_sheets

PERIOD = "2025-09"
#: Everything clerks do to a workbook but mistakes.
HABITS_READ = tuple(sorted(set(MESS["wild"]) - set(FAULTS)))


def standard_plan() -> Plan:
    plan = built_in_plan("standard")
    assert plan is not None
    return plan


def macro_book(path: Path) -> Path:
    """An empty workbook that carries all macros."""
    book = Workbook(str(path))
    book.add_worksheet("数据")
    own = [Module("ThisWorkbook", "", WORKBOOK), Module("Sheet1", "", SHEET)]
    book.add_vba_project(io.BytesIO(project([*own, *modules(standard_plan())])), True)
    book.set_vba_name("ThisWorkbook")
    book.worksheets()[0].set_vba_name("Sheet1")
    book.close()
    return path


def messy_books(folder: Path, villages: int, seed: str, habits: Sequence[str] = HABITS_READ) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Whole village workbooks as their clerks left them, each with its habits, one to three faults and one to two planted ones."""
    draw = random.Random(seed)
    offices = [office for office in county(seed, villages, PERIOD, standard_plan()).offices if office.unit.level == "village"]
    for number, office in enumerate(offices):
        picked: set[str] = set()
        for name in (*draw.sample(habits, k=draw.randint(2, 4)), *draw.sample(sorted(FAULTS), k=draw.randint(1, 3))):
            if not clash(name, picked):
                picked.add(name)
        planted = {PLANTS[number % len(PLANTS)], draw.choice(PLANTS)}
        sheets = plain_sheets(office, True)
        for plant in sorted(planted, key=PLANTS.index):
            sheets = plant(sheets, draw)
        path = folder / f"{office.unit.code}.xlsx"
        path.write_bytes(xlsx_bytes(messed(sheets, picked, draw)))
        picked |= {plant.__name__ for plant in planted}
        yield path, tuple(sorted(picked))
