"""A merged workbook in which someone wrote: any cell overwritten is read, refused in part (F116) or ignored, and the count still balances."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
import pytest

from toolkit.files import merged as writer
from toolkit.files.intake import open_book
from toolkit.files.workspace import Workspace, load
from toolkit.model.sheet import Book
from toolkit.model.unit import Unit
from toolkit.steps import merge as steps
from toolkit.steps.batch import Asked
from toolkit.steps.read import read

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
JUNK = ("abc", "", -1, 1.5, 1e300, "=1+1", "2025-13-45", "１２", "｛", True, "x" * 40_000)


@pytest.mark.parametrize("seed", range(12))
def test_scribbles_end_in_a_balance(seed: int, tmp_path: Path) -> None:
    space = load(SAMPLES)
    assert isinstance(space, Workspace) and space.units is not None
    source = next(SAMPLES.rglob("county.xlsx"))
    book = openpyxl.load_workbook(source)
    draw = random.Random(seed)
    for sheet in book.worksheets:
        if sheet.title == "封面":
            continue
        filled = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None and cell.row > 2]
        for cell in draw.sample(filled, min(3, len(filled))):
            cell.value = draw.choice(JUNK)
    path = tmp_path / "scribbled.xlsx"
    book.save(path)
    opened = open_book(path)
    assert isinstance(opened, Book)
    union = read([opened], Asked(space.plan, space.units, True))
    result = steps.merged(union, steps.Frame(Unit("990101000000", "示例县", False), "2025-09", space.plan, space.units, "0"))
    assert all(line.holds for line in result.balances)
    assert writer.write(result)[:2] == b"PK"
