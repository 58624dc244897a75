"""The workbook with macros and the add-in: the sources in them, what ties them to the workbook, the ribbon, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import olefile
import openpyxl
import pytest
from oletools.olevba import VBA_Parser

from tests.excel.books import standard_plan
from toolkit.files import intake, ribbon
from toolkit.files.macro_books import ADD_IN, ADD_IN_ONLY, MACRO_BOOK, PROJECT_PART, add_in, project_of, with_macros
from toolkit.files.macros import modules, plan_module
from toolkit.files.own_macros import is_ours
from toolkit.files.template import blank
from toolkit.files.vba import Module
from toolkit.files.workspace import built_in_plan, built_in_plans
from toolkit.model.sheet import Book

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
PROJECT_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
#: Element -> attributes it may have (MS-CUSTOMUI2); what stands in it.
KNOWN = {"customUI": set(), "ribbon": set(), "tabs": set(), "tab": {"id", "label", "insertAfterMso"}, "group": {"id", "label"},
         "button": {"id", "label", "imageMso", "size", "screentip", "supertip", "onAction"}}
INSIDE = {"customUI": "ribbon", "ribbon": "tabs", "tabs": "tab", "tab": "group", "group": "button"}
#: Pictures that every Excel since 2010 has under these names.
PICTURES = {"Spelling", "FindDialog", "Undo", "FileSendAsAttachment", "DateAndTimeInsert", "Delete", "Copy",
            "DataValidation", "FileOpen", "FilePrint", "Bullets", "Calculator", "Help"}


@pytest.fixture(scope="module")
def shipped(root: Path) -> dict[str, dict[str, bytes]]:
    """File of templates/xlsx -> its parts."""
    found = {}
    for name in ("village.xlsm", "ledger.xlam"):
        with zipfile.ZipFile(root / "templates" / "xlsx" / name) as archive:
            found[name] = {part: archive.read(part) for part in archive.namelist()}
    return found


@pytest.mark.parametrize("name", ["village.xlsm", "ledger.xlam"])
def test_another_program_reads_our_sources(name: str, root: Path) -> None:
    parser = VBA_Parser(str(root / "templates" / "xlsx" / name))
    found = {stream.rsplit("/", 1)[-1]: source.replace("\r\n", "\n") for _, stream, _, source in parser.extract_macros()}
    parser.close()
    left_out = () if name.endswith(".xlam") else ADD_IN_ONLY
    wanted = {module.name: module.source.rstrip("\n") + "\n" for module in modules(standard_plan()) if module.name not in left_out}
    assert {name: found[name] for name in wanted} == wanted
    own = set(found) - set(wanted)
    assert own == {"ThisWorkbook", *(f"Sheet{number}" for number in range(1, len(own)))}


@pytest.mark.parametrize("name", ["village.xlsm", "ledger.xlam"])
def test_tied_to_the_workbook(name: str, shipped: dict[str, dict[str, bytes]]) -> None:
    parts = shipped[name]
    file = olefile.OleFileIO(io.BytesIO(parts[PROJECT_PART]), raise_defects=olefile.DEFECT_INCORRECT)
    streams = {path[-1] for path in file.listdir() if path[0] == "VBA"}
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    properties = book.find(f"{MAIN}workbookPr")
    assert properties is not None and properties.get("codeName") == "ThisWorkbook"
    names = []
    for part in sorted(part for part in parts if part.startswith("xl/worksheets/sheet")):
        first = ElementTree.fromstring(parts[part])[0]
        assert first.tag == f"{MAIN}sheetPr"
        names.append(str(first.get("codeName")))
    assert len(set(names)) == len(names) == len(book.findall(f"{MAIN}sheets/{MAIN}sheet")) and {*names, "ThisWorkbook"} <= streams
    relations = {node.get("Type"): node.get("Target") for node in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"]).iter(RELATIONS)}
    assert relations[PROJECT_RELATION] == "vbaProject.bin"
    relations = {node.get("Type"): node.get("Target") for node in ElementTree.fromstring(parts["_rels/.rels"]).iter(RELATIONS)}
    assert relations[ribbon.RELATION] == ribbon.PART and ribbon.PART in parts
    kind = ADD_IN if name.endswith("xlam") else MACRO_BOOK
    assert f'PartName="/xl/workbook.xml" ContentType="{kind}"'.encode() in parts["[Content_Types].xml"]


def test_the_same_bytes_each_time() -> None:
    plan = standard_plan()
    data = blank("township", plan)
    made: list[Callable[[], bytes]] = [lambda: with_macros(data, plan), lambda: add_in(plan)]
    for make in made:
        first = make()
        project_of.cache_clear()
        assert make() == first


@pytest.mark.parametrize("name", ["village.xlsm", "ledger.xlam"])
def test_the_ribbon_is_well_formed(name: str, shipped: dict[str, dict[str, bytes]]) -> None:
    tree = ElementTree.fromstring(shipped[name][ribbon.PART])
    seen: list[str] = []
    for node in tree.iter():
        space, _, name = node.tag[1:].partition("}")
        assert space == ribbon.NAMESPACE and set(node.attrib) <= KNOWN[name], name
        assert {child.tag.partition("}")[2] for child in node} == ({INSIDE[name]} if name in INSIDE else set())
        seen += [node.attrib["id"]] if "id" in node.attrib else []
        assert all(0 < len(value) <= 1024 for value in node.attrib.values()) and len(node.get("label", "")) <= 20
        assert node.get("size", "large") in ("large", "normal") and node.get("imageMso", "Undo") in PICTURES
    assert len(seen) == len(set(seen)) and all(re.fullmatch(r"[A-Za-z]\w*", one) for one in seen)


def test_each_button_has_its_sub(shipped: dict[str, dict[str, bytes]]) -> None:
    every = "\n".join(module.source for module in modules(standard_plan()))
    subs = dict(re.findall(r"^Public Sub (\w+)\(control As Object\)\n    (\w+)\nEnd Sub$", every, re.M))
    assert not [name for name in subs.values() if f"Public Sub {name}()" not in every]
    clerks = [button.calls for group in ribbon.GROUPS.values() for button in group]
    pressed = {name: re.findall(r'onAction="(\w+)"', parts[ribbon.PART].decode()) for name, parts in shipped.items()}
    assert pressed["village.xlsm"] == clerks
    assert pressed["ledger.xlam"][:len(clerks)] == clerks and sorted(pressed["ledger.xlam"]) == sorted(subs)


def test_macros_look_at_the_workbook_in_front() -> None:
    found = {module.name: re.findall(r"\n(?:Public|Private) (?:Sub|Function) (\w+)(?:(?!\nEnd ).|\n(?!End ))*?ThisWorkbook", module.source)
             for module in modules(standard_plan())}
    assert {name: subs for name, subs in found.items() if subs} == {"Book": ["CheckHere", "ClearHere"]}  # for tests


@pytest.mark.parametrize("plan", sorted(built_in_plans()))
def test_our_own_project_is_known(plan: str) -> None:
    known = built_in_plan(plan)
    assert known is not None
    data = project_of(plan_module(known), 4)
    assert (is_ours(data, 4), is_ours(data, 5)) == (True, False)


def test_another_project_is_not_ours() -> None:
    own = plan_module(standard_plan())
    more = Module("Plan", own.source + "Public Sub Auto_Open()\nEnd Sub\n")
    data = project_of(own, 2)
    others = [project_of(more, 2), data[:-1] + b"\1", data[:2000], data[:600], b"", b"x" * 5000, data + b"\0", project_of(own, 2).replace(b"Book", b"Cook")]
    assert not [other for other in others if is_ours(other, 2)]


def test_what_the_door_says(tmp_path: Path) -> None:
    plan = standard_plan()
    data = with_macros(blank("village", plan), plan)
    (tmp_path / "own.xlsm").write_bytes(data)
    book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=True)
    book.create_sheet("自己的")  # a sheet more: no longer what we ship
    book.save(tmp_path / "other.xlsm")
    book.close()
    found = [intake.open_book(tmp_path / name) for name in ("own.xlsm", "other.xlsm")]
    assert [isinstance(one, Book) and one.has_macros for one in found] == [False, True]
