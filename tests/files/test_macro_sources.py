"""Macro projects read back: what was written comes out again, and ours are told from others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tables import standard
from toolkit.files.compound import compound_file
from toolkit.files.macro_sources import decompressed, has_compiled_code, is_ours, modules_in, streams
from toolkit.files.macros import modules
from toolkit.files.vba import SHEET, STANDARD, WORKBOOK, Module, compressed, project
from toolkit.files.workspace import built_in_plan

OWN = [Module("ThisWorkbook", "", WORKBOOK), Module("Sheet1", "", SHEET), *modules(standard())]


def test_every_module_comes_back_as_it_was_stored() -> None:
    assert {name: source.encode("cp936") for name, source in modules_in(project(OWN)).items()} == {module.name: module.stored() for module in OWN}


@settings(max_examples=40)
@given(st.binary(max_size=9000), st.integers(1, 3))
def test_what_is_compressed_comes_back(data: bytes, times: int) -> None:
    assert decompressed(compressed(data * times)) == data * times


def test_streams_large_and_small() -> None:
    root = {"small": b"a" * 70, "folder": {"large": bytes(range(256)) * 40, "none": b""}}
    assert streams(compound_file(root)) == {"small": b"a" * 70, "folder/large": bytes(range(256)) * 40, "folder/none": b""}


def test_ours_with_the_plans_we_know() -> None:
    other = built_in_plan("zhelang-2025")
    assert other is not None
    assert is_ours(project(OWN), [standard()])
    assert not is_ours(project(OWN), [other])
    assert is_ours(project([*OWN[:2], *modules(other)]), [standard(), other])


@pytest.mark.parametrize("more", [Module("More", "Sub More()\nEnd Sub", STANDARD), Module("Sheet2", "Sub Worksheet_Activate()\nEnd Sub", SHEET)])
def test_one_line_more_and_it_is_not_ours(more: Module) -> None:
    assert not is_ours(project([*OWN, more]), [standard()])


def test_an_editors_blanks_change_nothing() -> None:
    module = OWN[-1]
    again = Module(module.name, module.source.replace("\n", "  \n\n"), module.kind)
    assert is_ours(project([*OWN[:-1], again]), [standard()])


def test_compiled_code_is_never_ours() -> None:
    """Office runs what is compiled and not the source beside it: a project with a cache in it is not believed."""
    plain = streams(project(OWN))
    assert not has_compiled_code(project(OWN))
    vba = {name.removeprefix("VBA/"): data for name, data in plain.items() if name.startswith("VBA/")}
    rest = {name: data for name, data in plain.items() if not name.startswith("VBA/")}
    cached = compound_file({"VBA": vba | {"_VBA_PROJECT": vba["_VBA_PROJECT"] + b"compiled"}, **rest})
    assert modules_in(cached) == modules_in(project(OWN))
    assert (has_compiled_code(cached), is_ours(cached, [standard()])) == (True, False)


@pytest.mark.parametrize("cut", [0, 100, 600, 3000])
def test_a_broken_project_is_nobodys(cut: int) -> None:
    assert not is_ours(project(OWN)[:cut], [standard()])
