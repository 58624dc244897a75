"""Issues on an open workbook: a fill and a note at each bad cell, and the list 问题清单, as the macro 检查全簿 writes them.

Both write one layout, so that either can take the other's marks back: columns 6 to 8 of the list, hidden, remember the sheet, the
cell and the fill it had. A note somebody else wrote stays.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from toolkit.excel.surface import SheetSurface, Unwilling, Value
from toolkit.model.issue import SIGNS, Issue

LIST, MARK = "问题清单", "【检查】"
HEADS = ("序号", "程度", "规则", "在哪里（点击跳转）", "问题与怎么办")
ABOUT = "改好一处少一处：改完再按一次检查。这张表只留在本单位，不上报。"
WIDTHS = (6, 9, 8, 24, 80, 0, 0, 0)
FIRST_ROW = 4
#: Fill of an error, of anything else, and of the headings (LOOK 2).
ERROR, OTHER, HEADING = 0xFBDDDD, 0xFFF0C2, 0xE4EFF0
MOST_LISTED = 1000  # each is half a dozen calls to Excel


def ours(surface: SheetSurface) -> bool:
    """Whether the workbook has no list yet, or one that a check wrote: a merged workbook's own list is left alone."""
    if LIST not in surface.names():
        return True
    rows = surface.read(LIST)
    return not rows or (len(rows) >= 3 and tuple(rows[2][:len(HEADS)]) == HEADS)


def marked(surface: SheetSurface, issues: Sequence[Issue]) -> int:
    """Take earlier marks back, mark the cells, write the list. How many cells could not be marked (a protected sheet)."""
    cleared(surface)
    if surface.ensure_sheet(LIST):
        surface.widths(LIST, WIDTHS)
    surface.write(LIST, 1, 1, [[LIST], [ABOUT]])
    surface.write(LIST, 3, 1, [HEADS])
    for column in "ABCDE":
        surface.paint(LIST, f"{column}3", HEADING)
    sheets, refused = set(surface.names()), 0
    wrong: set[tuple[str, str]] = set()
    rows: list[list[Value]] = []
    links: list[tuple[int, tuple[str, str], str]] = []
    for number, issue in enumerate(issues[:MOST_LISTED], 1):
        sheet, cell = issue.sheet, issue.cell or ""
        sentence = f"{issue.message('zh')}。{issue.hint('zh')}"
        known = sheet in sheets
        was = surface.fill(sheet, cell) if known and cell else None
        place = "　".join(filter(None, (sheet or issue.file, cell or (f"第{issue.row}行" if issue.row else ""))))
        rows.append([number, SIGNS[issue.severity][0], issue.code, place, sentence, sheet if known else "", cell if known else "",
                     "" if was is None else _as_vba(was)])
        if known:
            links.append((FIRST_ROW + number - 1, (sheet, cell or "A1"), place))
            if issue.severity == "error":
                wrong.add((sheet, cell))
            if cell and not _mark(surface, sheet, cell, ERROR if (sheet, cell) in wrong else OTHER, sentence):
                refused += 1
    if len(issues) > MOST_LISTED:
        rows.append(["", "", "…", "", f"共{len(issues)}处，只列前{MOST_LISTED}处；改好这些再检查一次", "", "", ""])
    if rows:
        surface.write(LIST, FIRST_ROW, 1, rows)
    for row, target, text in links:
        surface.link(LIST, row, 4, target, text)
    with contextlib.suppress(Unwilling):
        surface.show(LIST)
    return refused


def _mark(surface: SheetSurface, sheet: str, cell: str, colour: int, sentence: str) -> bool:
    try:
        there = surface.note(sheet, cell)
        surface.annotate(sheet, cell, (f"{there}\n" if there else "") + MARK + sentence)
        surface.paint(sheet, cell, colour)
    except Unwilling:
        return False
    return True


def cleared(surface: SheetSurface) -> int:
    """Take back the notes and fills the list remembers, and empty it. How many cells."""
    if LIST not in surface.names():
        return 0
    done, names = 0, surface.names()
    for row in surface.read(LIST)[FIRST_ROW - 1:]:
        sheet, cell, was = (*row[5:8], None, None, None)[:3]
        if not isinstance(sheet, str) or sheet not in names or not isinstance(cell, str):
            continue
        text = surface.note(sheet, cell)
        cut = text.find(MARK)
        if cut < 0:
            continue
        surface.annotate(sheet, cell, text[:cut].removesuffix("\n"))
        surface.paint(sheet, cell, None if was in (None, "") else _from_vba(was))
        done += 1
    surface.clear(LIST)
    return done


def _as_vba(colour: int) -> int:
    """0xRRGGBB as VBA counts colours: 0xBBGGRR."""
    return (colour & 0xFF) << 16 | colour & 0xFF00 | colour >> 16


def _from_vba(value: Value) -> int | None:
    """The fill a list remembers; a number or its text."""
    try:
        return _as_vba(int(float(value)))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
