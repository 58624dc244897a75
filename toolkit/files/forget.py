"""Rows taken out of a workbook so that no part of it holds them any longer: the cells, their texts, notes and stored results."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from toolkit.files.package import MAIN, Package, editing

#: A cell or area of another sheet, which stays; or a cell of this one.
_REF = re.compile(r"(![$A-Z0-9]+(?::[$A-Z0-9]+)?)|(?<![A-Za-z0-9_.!'])(\$?[A-Z]{1,3}\$?)(\d{1,7})(?![\d(A-Za-z_!])")
_CELL = re.compile(r"^([A-Z]+)(\d+)$")
_STRING = re.compile(r'("(?:[^"]|"")*")')


@editing()
def without_rows(data: bytes, rows: Mapping[str, Collection[int]]) -> bytes:
    """The workbook without some rows, the rows below moved up as Excel does it. `rows`: sheet name -> Excel rows.

    Texts that no cell uses any longer are emptied, stored results and the calculation chain go. Raises NotEditable.
    """
    package = Package(data)
    parts = package.sheets()
    for sheet, gone in rows.items():
        _cut(package, parts[sheet], sorted(gone))
    empty_unused_texts(package, list(parts.values()))
    _recalculated(package)
    return package.data()


@editing()
def left_over(data: bytes, words: Iterable[str]) -> list[str]:
    """Names of the parts in which one of these words still stands outside of cells, in any spelling a zip part may have.

    A cell elsewhere may hold the same name rightly; what else does (a filter, a defined name, a header, a macro) must be looked at.
    """
    package = Package(data)
    forms = [form for word in words if word for form in (word.encode(), word.encode("utf-16-le"), word.encode("gb18030"))]
    return [name for name in package.names if not name.endswith("/sharedStrings.xml")
            and any(form in _CELLS.sub(b"", package.part(name)) for form in forms)]


_CELLS = re.compile(rb"<(?:\w+:)?sheetData\b.*</(?:\w+:)?sheetData>", re.DOTALL)


def _cut(package: Package, part: str, gone: list[int]) -> None:
    tree = package.tree(part)
    moved = _Moved(gone)
    body = tree.find(f"{{{MAIN}}}sheetData")
    for row in list(body):
        number = int(row.get("r"))
        if number in moved.gone:
            body.remove(row)
            continue
        if number > gone[0]:
            _renumber(row, moved(number))
        for formula in row.iter(f"{{{MAIN}}}f"):
            if formula.text:
                formula.text = moved.in_formula(formula.text)
            if formula.get("ref"):
                formula.set("ref", moved.in_area(formula.get("ref")))
    for tag, name in (("mergeCell", "ref"), ("hyperlink", "ref")):
        for node in list(tree.iter(f"{{{MAIN}}}{tag}")):
            _shift_or_remove(node, name, moved)
    for tag, name in (("conditionalFormatting", "sqref"), ("dataValidation", "sqref"), ("protectedRange", "sqref")):
        for node in tree.iter(f"{{{MAIN}}}{tag}"):
            node.set(name, " ".join(moved.in_area(area) for area in node.get(name, "").split()))
    filtered = list(tree.iter(f"{{{MAIN}}}filterColumn"))
    for node in filtered:  # a filter keeps the words it was set to, a name among them
        node.getparent().remove(node)
    for row in body if filtered else ():
        row.attrib.pop("hidden", None)
    for node in tree.iter(f"{{{MAIN}}}selection"):
        node.attrib.pop("sqref", None)
        node.attrib.pop("activeCell", None)
    package.put(part, tree)
    for target, kind in package.related(part):
        if kind.endswith("/comments"):
            _cut_notes(package, target, moved)
        elif kind.endswith("/vmlDrawing"):
            _cut_boxes(package, target, moved)


class _Moved:
    """Where a row stands after some rows above it are gone."""

    def __init__(self, gone: list[int]) -> None:
        self.gone = frozenset(gone)
        self._sorted = gone

    def __call__(self, number: int) -> int:
        return number - sum(row < number for row in self._sorted)

    def in_formula(self, text: str) -> str:
        """A1 references of the sheet itself moved; texts in quotes and other sheets' cells stay."""
        return "".join(piece if piece.startswith('"') else _REF.sub(lambda m: m[1] or f"{m[2]}{self(int(m[3]))}", piece) for piece in _STRING.split(text))

    def in_area(self, area: str) -> str:
        """`A5:B9` with its ends moved."""
        first, _, last = area.partition(":")
        ends = [_CELL.match(end) for end in (first, last or first)]
        if not all(ends):
            return area
        top, bottom = (f"{end[1]}{self(int(end[2]))}" for end in ends if end)
        return f"{top}:{bottom}" if last else top


def _renumber(row: Any, number: int) -> None:
    row.set("r", str(number))
    for cell in row:
        match = _CELL.match(cell.get("r", ""))
        if match:
            cell.set("r", f"{match[1]}{number}")


def _shift_or_remove(node: Any, name: str, moved: _Moved) -> None:
    area = node.get(name, "")
    numbers = [int(number) for number in re.findall(r"\d+", area)]
    if numbers and all(number in moved.gone for number in numbers):
        node.getparent().remove(node)
    else:
        node.set(name, moved.in_area(area))


def _cut_notes(package: Package, part: str, moved: _Moved) -> None:
    tree = package.tree(part)
    for note in list(tree.iter(f"{{{MAIN}}}comment")):
        match = _CELL.match(note.get("ref", ""))
        if match and int(match[2]) in moved.gone:
            note.getparent().remove(note)
        elif match:
            note.set("ref", f"{match[1]}{moved(int(match[2]))}")
    package.put(part, tree)


def _cut_boxes(package: Package, part: str, moved: _Moved) -> None:
    """The drawn boxes of notes: those of removed rows go, the others name their new row."""
    excel = "{urn:schemas-microsoft-com:office:excel}"
    tree = package.tree(part)
    for at in list(tree.iter(f"{excel}Row")):
        number = int(at.text or 0) + 1
        if number in moved.gone:
            shape = at.getparent().getparent()
            shape.getparent().remove(shape)
        else:
            at.text = str(moved(number) - 1)
    package.put(part, tree)


def empty_unused_texts(package: Package, sheets: Iterable[str]) -> None:
    """Texts of the shared table that no cell points to: emptied in place, so that the others keep their numbers."""
    shared = next((target for target, kind in package.related(package.workbook) if kind.endswith("/sharedStrings")), "")
    if not shared:
        return
    used = {int(cell.findtext(f"{{{MAIN}}}v") or -1) for sheet in sheets for cell in package.tree(sheet).iter(f"{{{MAIN}}}c") if cell.get("t") == "s"}
    tree = package.tree(shared)
    for number, text in enumerate(list(tree)):
        if number not in used and len(text):
            for node in list(text):
                text.remove(node)
            text.append(text.makeelement(f"{{{MAIN}}}t"))
    package.put(shared, tree)


def _recalculated(package: Package) -> None:
    """The calculation chain goes, and the program that opens the file computes everything anew."""
    for target, kind in package.related(package.workbook):
        if kind.endswith("/calcChain"):
            package.drop(target)
    tree = package.tree(package.workbook)
    node = tree.find(f"{{{MAIN}}}calcPr")
    if node is None:
        return
    node.set("fullCalcOnLoad", "1")
    package.put(package.workbook, tree)
