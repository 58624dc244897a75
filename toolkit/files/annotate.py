"""The sender's own workbook with its mistakes marked: a colour and a note at each cell, a list with links as the last sheet.

Only the parts that must change are edited; every other part is the sender's, byte for byte, and that is checked before
the copy is handed back (FACTS D5).
"""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.files.forget import empty_unused_texts
from toolkit.files.notes import add_notes
from toolkit.files.package import MAIN, REL, NotEditable, Package, editing
from toolkit.files.xlsx import ERROR, INFO, WARNING
from toolkit.model.issue import SEVERITIES, SIGNS
from toolkit.model.sheet import column_letter, column_number

_FILLS = {"error": ERROR, "warning": WARNING, "info": INFO}
_CELL = re.compile(r"^([A-Z]+)(\d+)$")
_THREADED = "/threadedComment"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
#: Columns of the list; the last two, hidden, keep where a mark stands and which style the cell had before.
LIST_COLUMNS = ("序号", "程度", "规则", "在哪里（点击跳转）", "问　题", "怎么办", "位置", "原样式")
_WIDTHS = (6, 10, 8, 24, 44, 44, 2, 2)


@dataclass(frozen=True)
class Mark:
    """One finding: sheet, cell ("" where it is about the sheet or file), severity, rule, what is wrong, what to do."""

    sheet: str
    cell: str
    severity: str
    code: str
    message: str
    hint: str


@editing()
def annotated(data: bytes, marks: Sequence[Mark], blank: Mapping[str, Sequence[tuple[str, int]]], list_name: str) -> bytes:
    """The marked copy. `blank`: sheet -> (column letter, Excel row of its header) of columns whose content is taken out.

    Raises NotEditable where the file is of a kind that cannot be edited in place (strict standard, threaded comments).
    """
    package = Package(data)
    sheets = package.sheets()
    if any(kind.endswith(_THREADED) for part in sheets.values() for _, kind in package.related(part)):
        raise NotEditable("threaded comments")
    _unmark(package, sheets, list_name)
    sheets = package.sheets()
    here = [mark for mark in marks if mark.cell and mark.sheet in sheets]
    styles = _Styles(package)
    before: dict[tuple[str, str], int] = {}
    for sheet, part in sheets.items():
        mine = [mark for mark in here if mark.sheet == sheet]
        if mine or sheet in blank:
            before |= _mark_sheet(package, sheet, part, mine, blank.get(sheet, ()), styles)
            add_notes(package, part, _note_texts(mine))
    styles.store()
    if blank:
        empty_unused_texts(package, list(sheets.values()))
    _add_list(package, marks, before, list_name)
    _verify(package)
    return package.data()


def _note_texts(marks: Iterable[Mark]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for mark in marks:
        texts.setdefault(mark.cell, []).append(f"{SIGNS[mark.severity][0]} {mark.code}\n{mark.message}\n{mark.hint}")
    return {cell: "\n\n".join(lines) for cell, lines in texts.items()}


def _verify(package: Package) -> None:
    """Nothing but the parts we meant to edit differs from the sender's file."""
    for name in package.names:
        if name not in package.changed and package.part(name) != package.original(name):
            raise AssertionError(f"{name} changed")


class _Styles:
    """Cell formats with a fill of ours, each a copy of the format the cell had."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = next((target for target, kind in package.related(package.workbook) if kind.endswith("/styles")), "")
        if not self._part:
            raise NotEditable("no styles")
        self._tree = package.tree(self._part)
        self._formats = self._tree.find(f"{{{MAIN}}}cellXfs")
        self._fills = self._tree.find(f"{{{MAIN}}}fills")
        if self._formats is None or self._fills is None:
            raise NotEditable("no styles")
        self._made: dict[tuple[int, str], int] = {}
        self._fill: dict[str, int] = {}

    def marked(self, style: int, severity: str) -> int:
        """The number of the format like `style` with the severity's fill."""
        if (style, severity) not in self._made:
            if severity not in self._fill:
                self._fill[severity] = len(self._fills)
                fill = self._fills.makeelement(f"{{{MAIN}}}fill")
                pattern = fill.makeelement(f"{{{MAIN}}}patternFill", patternType="solid")
                pattern.append(pattern.makeelement(f"{{{MAIN}}}fgColor", rgb="FF" + _FILLS[severity].lstrip("#")))
                pattern.append(pattern.makeelement(f"{{{MAIN}}}bgColor", indexed="64"))
                fill.append(pattern)
                self._fills.append(fill)
                self._fills.set("count", str(len(self._fills)))
            made = copy.deepcopy(self._formats[style] if style < len(self._formats) else self._formats[0])
            made.set("fillId", str(self._fill[severity]))
            made.set("applyFill", "1")
            self._made[style, severity] = len(self._formats)
            self._formats.append(made)
            self._formats.set("count", str(len(self._formats)))
        return self._made[style, severity]

    def store(self) -> None:
        if self._made:
            self._package.put(self._part, self._tree)


def _mark_sheet(package: Package, sheet: str, part: str, marks: Sequence[Mark], blank: Sequence[tuple[str, int]], styles: _Styles
                ) -> dict[tuple[str, str], int]:
    """Colour the cells and empty the forbidden columns; (sheet, cell) -> the style it had."""
    tree = package.tree(part)
    cells = _Cells(tree)
    before: dict[tuple[str, str], int] = {}
    worst: dict[str, str] = {}
    for mark in marks:
        if mark.cell not in worst or SEVERITIES.index(mark.severity) < SEVERITIES.index(worst[mark.cell]):
            worst[mark.cell] = mark.severity
    for cell, severity in sorted(worst.items(), key=lambda item: _place(item[0])):
        node = cells.at(cell)
        style = int(node.get("s", "0"))
        before[sheet, cell] = style
        node.set("s", str(styles.marked(style, severity)))
    for column, header in blank:
        for node in cells.below(column, header):
            for child in list(node):
                node.remove(child)
            node.attrib.pop("t", None)
    package.put(part, tree)
    return before


def _place(cell: str) -> tuple[int, int]:
    match = _CELL.match(cell)
    if not match:
        raise NotEditable("a cell's address")
    return int(match[2]), column_number(match[1])


class _Cells:
    """The cells of one sheet; a cell or row that is not there is made in its place."""

    def __init__(self, tree: Any) -> None:
        self._body = tree.find(f"{{{MAIN}}}sheetData")
        self._rows = {int(row.get("r", "0")): row for row in self._body}
        self._columns = {number: int(node.get("style", "0")) for node in tree.iter(f"{{{MAIN}}}col")
                         for number in range(int(node.get("min", "1")), min(int(node.get("max", "1")), 1000) + 1)}
        self._filled: dict[int, dict[str, Any]] = {}

    def at(self, cell: str) -> Any:
        number, column = _place(cell)
        row = self._rows.get(number)
        if row is None:
            row = self._body.makeelement(f"{{{MAIN}}}row", r=str(number))
            self._body.insert(sum(other < number for other in self._rows), row)
            self._rows[number] = row
        known = self._filled.setdefault(number, {node.get("r", ""): node for node in row})
        if cell not in known:
            style = row.get("s") if row.get("customFormat") == "1" else str(self._columns.get(column, 0))
            made = row.makeelement(f"{{{MAIN}}}c", r=cell, s=style or "0")
            row.insert(sum(_place(name)[1] < column for name in known if name), made)
            known[cell] = made
        return known[cell]

    def below(self, column: str, header: int) -> list[Any]:
        """The cells of a column under its header."""
        return [node for number, row in self._rows.items() if number > header for node in row if node.get("r", "") == f"{column}{number}"]


# ------------------------------------------------------------------------------------------------ the list


def _text(cell: str, text: str, style: str = "") -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<c r="{cell}"{style} t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


#: A4 landscape, one page wide.
_FIT = '<pageSetUpPr fitToPage="1"/>'
_PAPER = ('<pageMargins left="0.47" right="0.47" top="0.67" bottom="0.63" header="0.3" footer="0.3"/>'
          '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>')


def _add_list(package: Package, marks: Sequence[Mark], before: Mapping[tuple[str, str], int], name: str) -> None:
    """A new last sheet, which opens first: what is wrong, where (with a link), what to do."""
    rows = [f'<row r="1" ht="30" customHeight="1">{_text("A1", name)}</row>',
            f'<row r="2">{_text("A2", f"{len(marks)}处。请在自己的工作簿里改好；已经报过的，版次加1后重报。这份副本只供对照，改完删去。")}</row>',
            '<row r="3">' + "".join(_text(f"{column_letter(at)}3", heading) for at, heading in enumerate(LIST_COLUMNS, 1)) + "</row>"]
    links = []
    for at, mark in enumerate(marks):
        row = at + 4
        where = f"{mark.sheet}　{mark.cell}".strip()
        texts = (str(at + 1), SIGNS[mark.severity][0], mark.code, where or "整个文件", mark.message, mark.hint,
                 f"{mark.sheet}!{mark.cell}" if mark.cell else "", str(before.get((mark.sheet, mark.cell), "")))
        rows.append(f'<row r="{row}">' + "".join(_text(f"{column_letter(n)}{row}", text) for n, text in enumerate(texts, 1)) + "</row>")
        if mark.cell:
            target = "'" + mark.sheet.replace("'", "''") + f"'!{mark.cell}"
            links.append(f'<hyperlink ref="D{row}" location="{_attribute(target)}" display="{_attribute(where)}"/>')
    columns = "".join(f'<col min="{at}" max="{at}" width="{width}" customWidth="1"{" hidden=" + chr(34) + "1" + chr(34) if at > 6 else ""}/>'
                      for at, width in enumerate(_WIDTHS, 1))
    xml = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{REL}">'
           f'<sheetPr><tabColor rgb="FFA11616"/>{_FIT}</sheetPr>'
           '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
           '<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
           f'<cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>'
           + (f'<hyperlinks>{"".join(links)}</hyperlinks>' if links else "") + _PAPER + "</worksheet>")
    folder = posixpath.dirname(package.workbook)
    part = next(path for number in range(1, 10_000) if (path := posixpath.join(folder, "worksheets", f"sheet{number}.xml")) not in package.names)
    package.put(part, xml.encode())
    package.declare(part, _SHEET_TYPE)
    _append_sheet(package, part, name)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _append_sheet(package: Package, part: str, name: str) -> None:
    """Last in the workbook and active; no other sheet stays selected with it, or typing would go into both."""
    for other in package.sheets().values():
        data = package.part(other)
        changed = re.sub(rb'(<(?:\w+:)?sheetView\b[^>]*?) tabSelected="(?:1|true)"', rb"\1", data)
        if changed != data:
            package.put(other, changed)
    identifier = package.relate(package.workbook, part, f"{REL}/worksheet")
    tree = package.tree(package.workbook)
    listed = tree.find(f"{{{MAIN}}}sheets")
    number = 1 + max(int(node.get("sheetId", "0")) for node in listed)
    node = listed.makeelement(f"{{{MAIN}}}sheet", name=name, sheetId=str(number))
    node.set(f"{{{REL}}}id", identifier)
    listed.append(node)
    for view in tree.iter(f"{{{MAIN}}}workbookView"):
        view.set("activeTab", str(len(listed) - 1))
        view.attrib.pop("firstSheet", None)
    package.put(package.workbook, tree)


def _unmark(package: Package, sheets: Mapping[str, str], name: str) -> None:
    """Take back the marks of an earlier copy: its list says which cells had which style."""
    part = sheets.get(name, "")
    if not part:
        return
    places: dict[str, dict[str, str]] = {}
    ours = False
    for row in package.tree(part).iter(f"{{{MAIN}}}row"):
        texts = {re.sub(r"\d+", "", cell.get("r", "")): "".join(node.text or "" for node in cell.iter(f"{{{MAIN}}}t")) for cell in row}
        ours = ours or texts.get("H") == LIST_COLUMNS[-1]
        sheet, _, cell = texts.get("G", "").rpartition("!")
        if ours and sheet in sheets and texts.get("H", "").isdigit():
            places.setdefault(sheet, {})[cell] = texts["H"]
    if not ours:
        raise NotEditable("a sheet of that name which is not ours")
    for sheet, cells in places.items():
        tree = package.tree(sheets[sheet])
        known = _Cells(tree)
        for cell, style in cells.items():
            known.at(cell).set("s", style)
        package.put(sheets[sheet], tree)
        add_notes(package, sheets[sheet], dict.fromkeys(cells, ""))
    _remove_sheet(package, part, name)


def _remove_sheet(package: Package, part: str, name: str) -> None:
    tree = package.tree(package.workbook)
    listed = tree.find(f"{{{MAIN}}}sheets")
    for node in [node for node in listed if node.get("name") == name]:
        listed.remove(node)
    package.put(package.workbook, tree)
    package.drop(part)
