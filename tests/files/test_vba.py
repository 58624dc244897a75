"""The macro project read back by two other programs: what was written is what they find."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser, decompress_stream
from xlsxwriter import Workbook

from tests.excel.office import Office, running
from toolkit.files.compound import compound_file
from toolkit.files.vba import CLASS, SHEET, WORKBOOK, Module, SourceFault, compressed, project

CHECKS = '''Option Explicit

Public Function Canary() As String
    Canary = "" & "活着"
End Function

Public Function Twice(ByVal number As Long) As Long
    Twice = number * 2
End Function
'''
MODULES = (Module("ThisWorkbook", "", WORKBOOK), Module("Sheet1", "", SHEET), Module("Checks", CHECKS), Module("Row", "Public Number As Long\n", CLASS))


def found(data: bytes) -> dict[str, str]:
    """Module -> source as olevba shows it."""
    return {stream.rsplit("/", 1)[-1]: source.replace("\r\n", "\n") for _, stream, _, source in VBA_Parser("vbaProject.bin", data=data).extract_macros()}


def test_another_program_finds_the_sources() -> None:
    sources = found(project(MODULES))
    assert list(sources) == ["ThisWorkbook", "Sheet1", "Checks", "Row"]
    assert sources["Checks"] == 'Attribute VB_Name = "Checks"\n' + CHECKS
    assert "VB_PredeclaredId = True" in sources["Sheet1"] and "VB_PredeclaredId = False" in sources["Row"]


def test_the_container_has_no_defect() -> None:
    file = olefile.OleFileIO(io.BytesIO(project(MODULES)), raise_defects=olefile.DEFECT_INCORRECT)
    assert sorted("/".join(path) for path in file.listdir()) == [
        "PROJECT", "PROJECTwm", "VBA/Checks", "VBA/Row", "VBA/Sheet1", "VBA/ThisWorkbook", "VBA/_VBA_PROJECT", "VBA/dir"]


@given(st.dictionaries(st.text("ABCxyz19", min_size=1, max_size=20), st.binary(max_size=9000), max_size=40))
def test_any_streams_come_back(streams: dict[str, bytes]) -> None:
    unique = {name.upper(): data for name, data in streams.items()}
    file = olefile.OleFileIO(io.BytesIO(compound_file({"Folder": unique, "Other": b"x"})), raise_defects=olefile.DEFECT_INCORRECT)
    assert {name: file.openstream(["Folder", name]).read() for name in unique if unique[name]} == {name: data for name, data in unique.items() if data}


@pytest.mark.parametrize("size", [1, 2, 3, 17, 4095, 4096, 4097, 9000, 30_000])
@pytest.mark.parametrize("letters", [1, 3, 16])  # text of which nothing repeats would be stored as it is, with zeros behind; no source is
def test_what_is_compressed_comes_back(size: int, letters: int) -> None:
    draw = random.Random(size * letters)
    data = bytes(draw.randrange(letters) + 32 for _ in range(size))
    assert decompress_stream(bytearray(compressed(data))) == data


def test_equal_sources_give_equal_bytes() -> None:
    assert project(MODULES) == project(MODULES)
    assert project(MODULES) != project([*MODULES[:2], Module("Checks", CHECKS + "'\n"), MODULES[3]])


def test_a_character_outside_the_code_page_stops_the_build() -> None:
    with pytest.raises(SourceFault, match=r"Checks, line 2: U\+1F600"):
        project([Module("Checks", "Option Explicit\n' 😀\n")])


def with_macros(path: Path, modules: tuple[Module, ...] = MODULES) -> Path:
    book = Workbook(str(path))
    book.add_worksheet("数据").write(0, 0, "x")
    book.add_vba_project(io.BytesIO(project(modules)), True)
    book.set_vba_name("ThisWorkbook")
    book.worksheets()[0].set_vba_name("Sheet1")
    book.close()
    return path


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running(tmp_path_factory.mktemp("office")) as started:
        yield started


def test_libreoffice_runs_it(office: Office, tmp_path: Path) -> None:
    office.open(with_macros(tmp_path / "样例.xlsm"))
    assert sorted(office.modules()) == ["Checks", "Row", "Sheet1", "ThisWorkbook"]
    assert (office.call("Checks.Canary"), office.call("Checks.Twice", 21)) == ("活着", 42)
    saved = office.save(tmp_path / "saved.xlsm")
    assert 'Canary = "" & "活着"' in "".join(source for *_, source in VBA_Parser(str(saved)).extract_macros())
