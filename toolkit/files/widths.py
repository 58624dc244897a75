"""The column widths a clerk has set, taken over into her next month's workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.files.package import MAIN, NotEditable, Package, editing

_COLUMNS, _COLUMN, _DATA = f"{{{MAIN}}}cols", f"{{{MAIN}}}col", f"{{{MAIN}}}sheetData"


def with_widths(data: bytes, before: bytes, sheets: Mapping[str, int]) -> bytes:
    """A workbook of ours with the widths of the one before, on these sheets and so many columns of each (of one layout in both).

    Columns hidden before show again with the width of the template. A file that is no xlsx has no widths: `data` as it is.
    """
    try:
        return _with_widths(data, before, sheets)
    except NotEditable:
        return data


@editing()
def _with_widths(data: bytes, before: bytes, sheets: Mapping[str, int]) -> bytes:
    old, new = Package(before), Package(data)
    there, here = old.sheets(), new.sheets()
    for name, count in sheets.items():
        if name not in there or name not in here:
            continue
        tree = new.tree(here[name])
        wanted = {column: node.get("width", "") for column, node in _columns(old.tree(there[name])).items()
                  if node.get("width") and node.get("hidden") not in ("1", "true")}
        columns = _columns(tree)
        for column in range(1, count + 1):
            if column in wanted and column in columns:
                columns[column].set("width", wanted[column])
                columns[column].set("customWidth", "1")
        _put(tree, columns)
        new.put(here[name], tree)
    return new.data()


def _columns(tree: Any) -> dict[int, Any]:
    """Column number -> an element of its own that says how it looks."""
    found = {}
    for node in tree.iterfind(f"{_COLUMNS}/{_COLUMN}"):
        for column in range(int(node.get("min")), min(int(node.get("max")), 1000) + 1):
            found[column] = node.__copy__()
            found[column].set("min", str(column))
            found[column].set("max", str(column))
    return found


def _put(tree: Any, columns: Mapping[int, Any]) -> None:
    """Replace the sheet's columns. What stood for more than a thousand columns ends there: nothing of ours does."""
    cols = tree.find(_COLUMNS)
    if cols is None:
        return
    for node in list(cols):
        cols.remove(node)
    cols.extend(columns[column] for column in sorted(columns))
