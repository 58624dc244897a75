"""Each pure function of the macros and Python's, on the same vectors: text, days, numbers, lists, codes, phones, numbers of persons, digests."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from tests.excel import vectors
from tests.excel.office import Office, running
from toolkit.files.macros import modules
from toolkit.files.vba import SHEET, WORKBOOK, Module, project

VECTORS = vectors.load()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice with all macros and the module that takes many cells at once."""
    folder = tmp_path_factory.mktemp("office")
    path = folder / "macros.xlsm"
    book = Workbook(str(path))
    book.add_worksheet("数据")
    own = [Module("ThisWorkbook", "", WORKBOOK), Module("Sheet1", "", SHEET)]
    asking = Module("Vectors", Path(__file__).with_name("Vectors.bas").read_text(encoding="utf-8"))
    book.add_vba_project(io.BytesIO(project([*own, *modules(vectors.plan()), asking])), True)
    book.set_vba_name("ThisWorkbook")
    book.worksheets()[0].set_vba_name("Sheet1")
    book.close()
    with running(folder) as started:
        started.open(path)
        yield started


@pytest.mark.parametrize("function", VECTORS)
def test_python_answers_as_written(function: str) -> None:
    assert [(given, vectors.in_python(function, given)) for given, _ in VECTORS[function]] == VECTORS[function]


@pytest.mark.parametrize("function", VECTORS)
def test_macros_answer_as_written(function: str, office: Office) -> None:
    given = [cell for cell, _ in VECTORS[function]]
    told = office.call("Vectors.Answers", function, vectors.BETWEEN.join(map(vectors.for_macro, given)))
    assert told.endswith(vectors.BETWEEN) and not told.startswith("ERR"), told
    assert list(zip(given, told[:-1].split(vectors.BETWEEN), strict=True)) == VECTORS[function]


@pytest.mark.parametrize("module", modules(vectors.plan()), ids=lambda module: module.name)
def test_no_character_is_lost_on_the_way(module: Module, office: Office) -> None:
    """LibreOffice reads one character of code page 936 as another: it stands in no source."""
    loaded = office.source(module.name)
    written = module.source.partition("\n")[2]  # the name of the module is no line of its source
    assert {sign for sign in written if sign not in loaded} == set()
