"""Values put beside their labels on one sheet of a workbook; everything else stays byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.files.package import MAIN, NotEditable, Package, editing

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@editing()
def stamped(data: bytes, sheet: str, values: Mapping[str, str]) -> bytes:
    """The workbook with each text in the cell right of its label. Raises NotEditable where a label is not on the sheet."""
    package = Package(data)
    part = package.sheets().get(sheet, "")
    if not part:
        raise NotEditable("no such sheet")
    texts = _shared(package)
    tree = package.tree(part)
    left = dict(values)
    for row in tree.iter(f"{{{MAIN}}}row"):
        cells = list(row)
        for cell, right in zip(cells, cells[1:], strict=False):
            label = _text(cell, texts)
            if label in left:
                _put(right, left.pop(label))
    if left:
        raise NotEditable("a label is missing")
    package.put(part, tree)
    return package.data()


def _shared(package: Package) -> list[str]:
    name = next((target for target, kind in package.related(package.workbook) if kind.endswith("/sharedStrings")), "")
    return ["".join(node.text or "" for node in item.iter(f"{{{MAIN}}}t")) for item in package.tree(name)] if name else []


def _text(cell: Any, texts: list[str]) -> str:
    if cell.get("t") == "s":
        number = int(cell.findtext(f"{{{MAIN}}}v") or -1)
        return texts[number] if 0 <= number < len(texts) else ""
    return "".join(node.text or "" for node in cell.iter(f"{{{MAIN}}}t")) if cell.get("t") == "inlineStr" else ""


def _put(cell: Any, text: str) -> None:
    for node in list(cell):
        cell.remove(node)
    cell.attrib.pop("t", None)
    if text:
        cell.set("t", "inlineStr")
        node = cell.makeelement(f"{{{MAIN}}}t", {_SPACE: "preserve"})
        node.text = text
        inside = cell.makeelement(f"{{{MAIN}}}is")
        inside.append(node)
        cell.append(inside)
