"""Workbooks that carry our macros and their ribbon tab: the .xlsm of an office, and the add-in .xlam."""

from __future__ import annotations

import functools
import re
from io import BytesIO
from typing import Any

from toolkit.files.macros import plan_module, sources
from toolkit.files.package import MAIN, Package
from toolkit.files.ribbon import GROUPS, OFFICE_GROUPS, PART, RELATION, Button, ribbon, shown
from toolkit.files.vba import SHEET, WORKBOOK, Module, project
from toolkit.model.plan import Plan

PROJECT_PART = "xl/vbaProject.bin"
_PROJECT_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_BOOK, ADD_IN = "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "application/vnd.ms-excel.addin.macroEnabled.main+xml"

#: Modules of the add-in alone: what starts a program has no place in a workbook that is sent around.
ADD_IN_ONLY = ("Officer",)


def with_macros(data: bytes, plan: Plan, content_type: str = MACRO_BOOK) -> bytes:
    """A workbook of ours (xlsx) as one that carries the macros and the ribbon tab; equal inputs give equal bytes."""
    package = Package(data)
    sheets = list(package.sheets().values())
    book = package.tree(package.workbook)
    book.find(f"{{{MAIN}}}workbookPr").set("codeName", "ThisWorkbook")
    package.put(package.workbook, book)
    for number, part in enumerate(sheets, 1):
        sheet = package.tree(part)
        _properties(sheet).set("codeName", f"Sheet{number}")
        package.put(part, sheet)
    package.put(PROJECT_PART, project_of(plan_module(plan), len(sheets), content_type))
    package.relate(package.workbook, PROJECT_PART, _PROJECT_RELATION)
    package.declare(PROJECT_PART, _PROJECT_TYPE)
    package.put(PART, ribbon(_groups(content_type)))
    package.relate("", PART, RELATION)
    types = package.part("[Content_Types].xml")
    package.put("[Content_Types].xml", types.replace(_PLAIN.encode(), content_type.encode()))
    return package.data()


def add_in(plan: Plan) -> bytes:
    """The add-in: the same macros and ribbon, for any workbook that is open; it has one empty sheet nobody sees."""
    from toolkit.files.xlsx import new_sheet, new_workbook

    buffer = BytesIO()
    book = new_workbook(buffer, "台账工具")
    new_sheet(book, "台账")
    book.close()
    return with_macros(buffer.getvalue(), plan, ADD_IN)


def _groups(content_type: str) -> dict[str, tuple[Button, ...]]:
    """What the tab shows: in a workbook the clerk's buttons, in the add-in the office's too."""
    subs = {name for module in sources() for name in re.findall(r"^Public Sub (\w+)\(control As Object\)$", module.source, re.M)}
    return shown(GROUPS | OFFICE_GROUPS if content_type == ADD_IN else GROUPS, subs)


def _properties(sheet: Any) -> Any:
    """The sheet's `sheetPr`, which stands first."""
    found = sheet.find(f"{{{MAIN}}}sheetPr")
    if found is None:
        found = sheet.makeelement(f"{{{MAIN}}}sheetPr")
        sheet.insert(0, found)
    return found


@functools.lru_cache(maxsize=16)
def project_of(of_plan: Module, sheets: int, content_type: str = MACRO_BOOK) -> bytes:
    """`vbaProject.bin` of a workbook with so many sheets and this plan's module; of the add-in, with what it has besides."""
    own = [Module("ThisWorkbook", "", WORKBOOK), *[Module(f"Sheet{number}", "", SHEET) for number in range(1, sheets + 1)]]
    carried = [module for module in sources() if content_type == ADD_IN or module.name not in ADD_IN_ONLY]
    return project([*own, *carried, of_plan])
