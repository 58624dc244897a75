"""The look of every workbook we write, in one place, on XlsxWriter (LOOK 1-3, 7).

Rows and columns count from 0 here, as XlsxWriter counts them. A format is named by roles, later ones winning:
`look("input", "date")`, `look("error", "text")`, `look("header", "last")`.
"""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from toolkit.files.worksheet import plain, sheet_class

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

INK, GREY, ACCENT, LINE, SOFT = "#1F2D3A", "#566069", "#1F5A66", "#82959B", "#D5DDE0"
WHITE, LOCKED, HEADER, REQUIRED, GROUP, TOTAL = "#FFFFFF", "#F1F3F4", "#E4EFF0", "#FBE9C4", "#C9DDE0", "#E9EDEE"
ERROR, ERROR_TEXT, WARNING, WARNING_TEXT = "#FBDDDD", "#A11616", "#FFF0C2", "#7A4F00"
INFO, INFO_TEXT, DONE, DONE_TEXT = "#E1EDF8", "#1D4F86", "#E2F2E6", "#1E6435"
AMBER, AMBER_EDGE = "#B4780A", "#8A5A00"

#: Tab colours by what a sheet is.
TABS = {"cover": ACCENT, "result": ACCENT, "ledger": AMBER, "guide": "#8A949B", "issues": ERROR_TEXT, "checklist": DONE_TEXT}

CHINESE, LATIN, MONO, FORMAL, SPOKEN = "微软雅黑", "Arial", "Courier New", "黑体", "宋体"
_GB2312 = 134  # the character set Windows needs beside a Chinese font name
_CHINESE_FONTS = frozenset((CHINESE, FORMAL, SPOKEN))

_THIN, _MEDIUM, _DOTTED, _THICK = 1, 2, 4, 5
_BOX = {"border": _THIN, "border_color": LINE}
_LATIN = {"font_name": LATIN}


def _filled(fill: str, colour: str, **more: Any) -> dict[str, Any]:
    return {"bg_color": fill, "font_color": colour, **_BOX, **more}


#: Role -> XlsxWriter properties. Three families that combine: what a cell is, what it holds, which edges it has.
ROLES: dict[str, dict[str, Any]] = {
    # what it is
    "plain": {},
    "cover_title": {"font_size": 20, "bold": True, "font_color": ACCENT},
    "title": {"font_size": 16, "bold": True, "font_color": ACCENT},
    "section": {"font_size": 12, "bold": True, "font_color": ACCENT},
    "subtitle": {"font_size": 9, "font_color": GREY},
    "note": {"font_size": 9, "font_color": GREY, "text_wrap": True, "valign": "top"},
    "paper_title": {"font_name": FORMAL, "font_size": 18, "bold": True, "align": "center"},
    "certificate_title": {"font_name": FORMAL, "font_size": 22, "bold": True, "align": "center"},
    "spoken": {"font_name": SPOKEN, "font_size": 10.5, "text_wrap": True},
    "group": _filled(GROUP, ACCENT, bold=True, align="center"),
    "header": _filled(HEADER, INK, bold=True, align="center", text_wrap=True),
    "required_header": _filled(REQUIRED, INK, bold=True, align="center", text_wrap=True),
    "auto_header": _filled(LOCKED, INK, bold=True, align="center", text_wrap=True),
    "cell": _filled(WHITE, INK),
    "input": _filled(WHITE, INK, locked=False),
    "locked": _filled(LOCKED, INK),
    "auto": _filled(LOCKED, GREY),
    "error": _filled(ERROR, ERROR_TEXT, bold=True),
    "warning": _filled(WARNING, WARNING_TEXT),
    "info": _filled(INFO, INFO_TEXT),
    "done": _filled(DONE, DONE_TEXT),
    "total": _filled(TOTAL, INK, bold=True, top=_MEDIUM, top_color=ACCENT),
    "superseded": _filled(WHITE, GREY),
    "signature": {"bottom": _DOTTED, "bottom_color": LINE},
    "rule": {"bottom": _THICK, "bottom_color": ACCENT},
    # what it holds
    "text": {"align": "left", "indent": 1},
    "wrap": {"align": "left", "indent": 1, "text_wrap": True},
    "centre": {"align": "center"},
    "number": {**_LATIN, "align": "right", "num_format": "#,##0_0"},
    "decimal": {**_LATIN, "align": "right", "num_format": "#,##0.0_0"},
    "rate": {**_LATIN, "align": "right", "num_format": "0.0%_0"},
    "money": {**_LATIN, "align": "right", "num_format": "#,##0.00_0"},
    "ratio": {**_LATIN, "align": "right", "num_format": '@" "'},
    "date": {**_LATIN, "align": "center", "num_format": "yyyy-mm-dd"},
    "code": {**_LATIN, "align": "center", "num_format": "@"},
    "choice": {"align": "center", "num_format": "@"},
    "words": {"align": "left", "indent": 1, "num_format": "@"},
    "link": {"font_color": INFO_TEXT, "underline": 1},
    "mono": {"font_name": MONO, "font_size": 8},
    "mono_big": {"font_name": MONO, "font_size": 11, "bold": True},
    "tick": {"align": "center", "font_size": 9, "text_wrap": True},
    "small": {"font_size": 8},
    "grey": {"font_color": GREY},
    "bold": {"bold": True},
    "top": {"valign": "top"},
    "open": {"locked": False},
    "latin": _LATIN,
    "cover_figure": {**_LATIN, "font_size": 11, "align": "left", "indent": 1},
    "whole": {"num_format": "0"},
    # which edges it has
    "group_start": {"left": _MEDIUM, "left_color": ACCENT},
    "last": {"right": _MEDIUM, "right_color": ACCENT},
    "over": {"top": _MEDIUM, "top_color": ACCENT},
    "under": {"bottom": _MEDIUM, "bottom_color": ACCENT},
    "bar": {"left": _THICK, "left_color": ACCENT},
    "bar_error": {"left": _THICK, "left_color": ERROR_TEXT},
}

#: Fills of conditional formats: fill and colour only, bold turns bigger after re-saving in LibreOffice (LOOK 4).
MARKS: dict[str, dict[str, Any]] = {
    "error": {"bg_color": ERROR, "font_color": ERROR_TEXT},
    "warning": {"bg_color": WARNING, "font_color": WARNING_TEXT},
    "info": {"bg_color": INFO, "font_color": INFO_TEXT},
    "done": {"bg_color": DONE, "font_color": DONE_TEXT},
    "wanted_header": {"bg_color": REQUIRED, "num_format": '"＊"@'},
    "grid": {"border": _THIN, "border_color": LINE},
    "error_text": {"font_color": ERROR_TEXT},
    "warning_text": {"font_color": WARNING_TEXT},
}


class Look:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, *roles: str, **more: Any) -> Format:
        """The format of these roles; `more` are XlsxWriter's own properties, for the rare cell that needs one."""
        properties: dict[str, Any] = {"font_name": CHINESE, "font_size": 10, "font_color": INK, "valign": "vcenter"}
        for role in roles:
            properties |= ROLES[role]
        properties |= more
        if properties["font_name"] in _CHINESE_FONTS:
            properties["font_charset"] = _GB2312
        return self._made(properties)

    def mark(self, name: str) -> Format:
        """The format a conditional format lays over a cell."""
        return self._made(dict(MARKS[name]))

    def run(self, **properties: Any) -> Format:
        """The format of a piece of rich text, Chinese unless said otherwise."""
        return self._made({"font_name": CHINESE, "font_charset": _GB2312, "font_size": 10, "font_color": INK, **properties})

    def _made(self, properties: dict[str, Any]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
            self._formats[key].quoted = lambda: self._made({**properties, "quote_prefix": True})
        return self._formats[key]


#: Nothing in a file may depend on when it was written.
_CREATED = dt.datetime(2025, 1, 1)


def new_workbook(buffer: BytesIO, title: str = "", company: str = "", category: str = "", *, parts: str = "") -> Workbook:
    """An empty workbook whose bytes depend on its content alone. Close it to fill the buffer.

    `parts`: a folder where its parts wait to be packed, for workbooks too large to be held unpacked; "" holds them in memory.
    """
    from xlsxwriter import Workbook

    book = Workbook(buffer, {"in_memory": not parts, "tmpdir": parts or None,
                             "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": _CREATED, "title": title, "company": company, "author": company, "comments": "",
                         **({"category": category} if category else {})})
    book.set_size(19200, 10800)
    return book


def new_sheet(book: Workbook, name: str, tab: str = "result") -> Worksheet:
    """A sheet without gridlines, with the tab colour of what it is."""
    sheet = book.add_worksheet(name, sheet_class())
    sheet.hide_gridlines(2)
    sheet.set_tab_color(TABS[tab])
    return sheet


INTERNAL = "内部资料　注意保管"


def page(sheet: Worksheet, left: str, right: str = "", *, footer: str = INTERNAL, paper: str = "landscape",
         tall: int = 0, repeat: tuple[int, int] | None = None) -> None:
    """A4 with our margins, header and footer, one page wide (LOOK 7).

    `paper`: landscape or portrait · `tall`: pages, 0 as many as needed · `repeat`: first and last row printed on each page.
    """
    sheet.set_paper(9)
    if paper == "landscape":
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(left=_inch(12), right=_inch(12), top=_inch(17 if left or right else 14), bottom=_inch(16))
    if left or right:
        sheet.set_header(f"&L{_printed(left, 60)}&R{_printed(right, 40)}", {"margin": _inch(7.5)})
    sheet.set_footer(f"&L{_printed(footer, 40)}&C{_PRINT_FONT}第 &P 页　共 &N 页&R{_PRINT_FONT}&A", {"margin": _inch(7.5)})
    sheet.fit_to_pages(1, tall)
    sheet.center_horizontally()
    if repeat:
        sheet.repeat_rows(*repeat)


_PRINT_FONT = '&"微软雅黑,常规"&8'


def _inch(millimetres: float) -> float:
    return millimetres / 25.4


def _printed(text: str, longest: int) -> str:
    """Text of a header or footer: `&` doubled, and a digit kept from joining the font size before it."""
    shown = text[:longest].replace("&", "&&")
    return f"{_PRINT_FONT}{' ' if shown[:1].isdigit() else ''}{shown}" if shown else ""


def write_text(sheet: Worksheet, row: int, column: int, text: str, look: Format | None = None) -> None:
    """Text as text: a cell that starts with = + - @ never becomes a formula."""
    if text:
        sheet.write_string(row, column, plain(text), look)
    else:
        sheet.write_blank(row, column, None, look)


def write(sheet: Worksheet, row: int, column: int, value: Any, look: Format | None = None) -> None:
    """Any value of a cell: None and "" leave it blank, dates are real dates, text stays text."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, look)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, look)
    else:
        write_text(sheet, row, column, str(value), look)


def write_rich(sheet: Worksheet, row: int, column: int, runs: Sequence[tuple[Format, str]], look: Format) -> None:
    """Text in several formats; empty pieces are left out."""
    pieces = [piece for font, text in runs if text for piece in (font, text)]
    if len(pieces) > 2:
        sheet.write_rich_string(row, column, *pieces, look)
    else:
        write_text(sheet, row, column, "".join(text for _, text in runs), look)


def write_heading(sheet: Worksheet, row: int, column: int, look: Look, name: str, hint: str = "",
                  roles: Sequence[str] = ("header",), required: bool = False) -> None:
    """A column heading: bold name with ＊ where required, and under it the hint in full-width brackets."""
    roles = ("required_header", *roles[1:]) if required else tuple(roles)
    runs = [(look.run(bold=True), ("＊" if required else "") + name)]
    if hint:
        runs.append((look.run(font_size=8, font_color=GREY), f"\n（{hint}）"))
    write_rich(sheet, row, column, runs, look(*roles))


def write_across(sheet: Worksheet, row: int, first: int, last: int, value: Any, look: Format) -> None:
    """One value over several columns, merged where there is more than one."""
    if first == last:
        write(sheet, row, first, value, look)
        return
    sheet.merge_range(row, first, row, last, "", look)
    write(sheet, row, first, value, look)


def write_box(sheet: Worksheet, top: int, left: int, bottom: int, right: int, value: Any, look: Format) -> None:
    """One value over a block of cells."""
    if (top, left) == (bottom, right):
        write(sheet, top, left, value, look)
        return
    sheet.merge_range(top, left, bottom, right, "", look)
    write(sheet, top, left, value, look)


def is_wide(character: str) -> bool:
    """Whether a character takes a whole square in a Chinese font."""
    return unicodedata.east_asian_width(character) in "WFA"


def squares(text: str, narrow: float = 0.56) -> float:
    """How many squares of a Chinese font the longest line of a text takes."""
    return max((sum(1.0 if is_wide(character) else narrow for character in line) for line in text.split("\n")), default=0.0)


def text_height(text: str, width: float, *, size: float = 10, minimum: float = 24) -> float:
    """Row height in points for wrapped text in a column of this width: slightly generous, never clipped (LOOK 3)."""
    room = 7 * width - 9
    lines = sum(max(1, math.ceil(1.333 * size * squares(line) / room)) for line in text.split("\n"))
    return max(minimum, 16 * size / 10 * lines + 6)


def least_width(text: str, size: float = 10) -> float:
    """The least column width for a heading whose longest line is this text (LOOK 3)."""
    return round((1.333 * size * squares(text) + 10) / 7, 2)


def heading_width(name: str, hint: str = "", required: bool = False) -> float:
    """The least column width for a heading and its hint line."""
    return max(least_width(("＊" if required else "") + name), least_width(f"（{hint}）", 8) if hint else 0.0)


#: State -> its sign and its role, so that no colour stands alone (LOOK 2).
STATES: Mapping[str, tuple[str, str]] = {
    "error": ("▲", "error"), "refused": ("×", "error"), "missing": ("×", "error"), "warning": ("△", "warning"),
    "late": ("△", "warning"), "wanted": ("○", "warning"), "info": ("○", "info"), "done": ("√", "done"),
    "superseded": ("○", "superseded"), "unknown": ("○", "info"),
}
