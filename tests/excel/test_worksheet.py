"""Many rows written at once are the cells XlsxWriter itself would write, for every program that reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.excel.office import WORKBOOK, Office, running
from toolkit.files.worksheet import Lane, write_rows
from toolkit.files.xlsx import Look, new_sheet, new_workbook, write, write_text

#: A row a line: what a ledger may hold, and what a hostile one may.
ROWS: tuple[tuple[Any, ...], ...] = (
    ("990101101201", 12, 45900, "示例县甲山乡", None),
    ("", 0, 1.5, " 前后有空格 ", "两\n行"),
    ("=1+1", -3, 1234567.891, "+86", "@甲"),
    ("<r>甲</r>", 1e15, 0.1, "<b>&amp;", '引"号'),
    ("<r><t>x</t></r>", 7, None, "_x0041_", "\t制表"),
    ("％s%s", 1, 2, "{0}", "\\"),
    ("990101101201", 12, 45900, "示例县甲山乡", "x" * 32_767),
)
MARKED = {2: ("看不懂", "error"), 4: (None, "error")}


def by_rows(book: Any, look: Look) -> None:
    sheet = new_sheet(book, "台账")
    write_text(sheet, 0, 0, "标题", look("title"))
    columns = list(zip(*ROWS, strict=True))
    lanes = [Lane(values, look("cell", role)) for values, role in zip(columns, ROLES, strict=True)]
    lanes[1] = Lane(columns[1], lanes[1].format, {at: (text, look(role)) for at, (text, role) in MARKED.items()})
    write_rows(sheet, 4, lanes, HEIGHTS)


def by_cells(book: Any, look: Look) -> None:
    sheet = new_sheet(book, "台账")
    write_text(sheet, 0, 0, "标题", look("title"))
    for at, (row, height) in enumerate(zip(ROWS, HEIGHTS, strict=True)):
        sheet.set_row(4 + at, height)
        for column, (value, role) in enumerate(zip(row, ROLES, strict=True)):
            text, style = MARKED[at] if column == 1 and at in MARKED else (value, role)
            write(sheet, 4 + at, column, text, look(style) if style == "error" else look("cell", style))


ROLES = ("code", "number", "date", "words", "wrap")
HEIGHTS = (24, 24, 24, 36, 24, 48, 24)


def made(folder: Path, name: str, fill: Callable[[Any, Look], None], parts: str = "") -> Path:
    buffer = io.BytesIO()
    book = new_workbook(buffer, "甲", parts=parts)
    fill(book, Look(book))
    book.close()
    (folder / name).write_bytes(buffer.getvalue())
    return folder / name


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("both")
    return made(folder, "rows.xlsx", by_rows), made(folder, "cells.xlsx", by_cells)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running(tmp_path_factory.mktemp("office")) as started:
        yield started


def cells(path: Path) -> dict[str, Any]:
    """Address -> value, kind and whole look of each cell; heights of rows under their number; size of the sheet."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    looks = ("font", "fill", "border", "number_format", "alignment", "protection")
    found: dict[str, Any] = {
        cell.coordinate: (cell.value, cell.data_type, *(repr(getattr(cell, name)) for name in looks)) for row in sheet.iter_rows() for cell in row}
    return found | {str(number): row.height for number, row in sheet.row_dimensions.items()} | {"size": sheet.dimensions}


def test_openpyxl_sees_the_same_cells_looks_and_heights(both: tuple[Path, Path]) -> None:
    rows, one_by_one = map(cells, both)
    assert rows == one_by_one and rows["A7"][:2] == ("=1+1", "s") and rows["size"] == "A1:E11"


def test_calamine_sees_the_same_values(both: tuple[Path, Path]) -> None:
    rows, one_by_one = (CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() for path in both)
    assert rows == one_by_one and [row[0] for row in rows[4:9]] == ["990101101201", "", "=1+1", "<r>甲</r>", "<r><t>x</t></r>"]


def test_libreoffice_sees_the_same_values_and_keeps_them(both: tuple[Path, Path], office: Office, tmp_path: Path) -> None:
    seen = []
    for path in both:
        office.open(path)
        values = office.cells("台账")
        saved = office.save(tmp_path / path.name, WORKBOOK)
        office.close()
        seen.append((values, CalamineWorkbook.from_path(saved).get_sheet_by_index(0).to_python()))
    assert seen[0] == seen[1] and [row[0] for row in seen[0][0][6:9]] == ["=1+1", "<r>甲</r>", "<r><t>x</t></r>"]


def test_the_string_table_counts_every_use(both: tuple[Path, Path]) -> None:
    heads = []
    for path in both:
        with zipfile.ZipFile(path) as package:
            heads.append(package.read("xl/sharedStrings.xml").decode().split("<si>")[0])
    assert heads[0] == heads[1]


def test_parts_on_disk_make_the_same_workbook_and_are_gone_afterwards(both: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    apart = made(tmp_path, "apart.xlsx", by_rows, str(tmp_path / "parts"))
    with zipfile.ZipFile(both[0]) as held, zipfile.ZipFile(apart) as spread:
        assert {name: held.read(name) for name in held.namelist()} == {name: spread.read(name) for name in spread.namelist()}
    assert not list((tmp_path / "parts").iterdir())
