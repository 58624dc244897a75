"""Planted faults: what is found is what was planted, codes and cells, alone and all together, through the real reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules import plants as planted
from tests.rules.plants import COUNTY, HOME, OFFICES, PLAN, PLANTS, UNITS, VILLAGE, Found, Plant, book, grids, sheets, workbook
from toolkit.files.workspace import Workspace
from toolkit.model.issue import declared
from toolkit.model.part import Union
from toolkit.schema import BY_NAME, LEDGERS
from toolkit.schema.kinds import Date
from toolkit.steps.batch import Asked
from toolkit.steps.read import read
from toolkit.tasks.check import found
from toolkit.tasks.gather import Gathered
from toolkit.tasks.pool import read_files

#: Every office that is asked about where a fault of this office can be seen.
_CLEAN, _ = grids([])


def said(union: Union, files: tuple[Path, ...] = ()) -> list[Found]:
    issues, refused = found(Gathered(union, Workspace(None, PLAN, UNITS), files), None, None)
    assert refused == []
    return sorted((issue.file, issue.sheet, issue.cell or "", issue.code) for issue in issues)


def test_the_county_is_clean() -> None:
    books = [book(f"{office}.xlsx", sheets(office, _CLEAN[office])) for office in OFFICES]
    assert said(read(books, Asked(PLAN, UNITS))) == []


def kind(plant: Plant) -> tuple[str, ...]:
    """Plants of one code that differ only in which column of the same kind is wrong."""
    ledger, _, name = plant.cells[0]
    column = BY_NAME[ledger].by_field[name]
    by_hand = "" if plant in planted.OF_COLUMNS else repr(plant.rows)
    return (plant.code, ledger, plant.office, type(column.kind).__name__, str(column.free), by_hand)


#: One of each kind is planted alone; all of them stand in the test with all at once.
ALONE = list({kind(plant): plant for plant in PLANTS}.values()) + [plant for plant in PLANTS if plant.alone]


@pytest.mark.parametrize("plant", ALONE, ids=[f"{number}-{plant.id}" for number, plant in enumerate(ALONE)])
def test_a_planted_fault_is_found_at_its_cell_and_nothing_else(plant: Plant) -> None:
    of, wanted = grids([plant])
    books = [book(f"{office}.xlsx", sheets(office, of[office])) for office in OFFICES]
    assert said(read(books, Asked(PLAN, UNITS))) == sorted(wanted)


def test_all_of_them_at_once_through_files(tmp_path: Path) -> None:
    of, wanted = grids([plant for plant in PLANTS if not plant.alone])
    for office in OFFICES:
        (tmp_path / f"{office}.xlsx").write_bytes(workbook(sheets(office, of[office])))
    files = tuple(sorted(tmp_path.iterdir()))
    (union,) = read_files(files, Asked(PLAN, UNITS), 1)
    seen = said(union, files)
    assert (sorted(set(seen) - wanted), sorted(wanted - set(seen))) == ([], [])
    assert len(seen) == len(wanted)
    assert len(wanted) > 500
