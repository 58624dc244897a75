"""What the sheets of a merged workbook share: title, rule, widths, protection, and words for the place it was merged to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.files.xlsx import Look, new_sheet, page, write_text
from toolkit.model.merged import Merged
from toolkit.model.unit import LEVEL_ZH, level_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Excel's limits: the longest text of a cell, the most links of a sheet.
LONGEST_TEXT, MOST_LINKS = 32_767, 65_000

#: Rows of a list sheet: title, subtitle, space, headings, then data.
HEADINGS_AT, FIRST_AT = 3, 4

#: What stays possible on a protected sheet.
_ALLOWED = {"autofilter": True, "format_columns": True, "format_rows": True}


@dataclass(frozen=True)
class Desk:
    """A workbook being written, its formats, and what is written into it."""

    book: Workbook
    look: Look
    merged: Merged

    @property
    def place(self) -> str:
        """`示例县（合并至县级）`."""
        return f"{self.unit_name}（合并至{LEVEL_ZH[level_of(self.merged.target.code)]}级）"

    @property
    def unit_name(self) -> str:
        return self.merged.target.name or self.merged.units.name(self.merged.target.code)

    @property
    def month(self) -> str:
        return f"所属月份：{self.merged.period}"

    @property
    def hides_small_counts(self) -> bool:
        """Whether counts about women are shown with suppression: in anything of a county or above (SPEC 8)."""
        return level_of(self.merged.target.code) in ("county", "prefecture", "province")

    def sheet(self, name: str, title: str, facts: Sequence[str], widths: Sequence[float], *, tab: str = "result",
              last: int, repeat: tuple[int, int]) -> Worksheet:
        """A protected sheet with title and subtitle, ruled up to column `last`; columns right of it are for programs."""
        sheet = new_sheet(self.book, name, tab)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 30)
        write_text(sheet, 0, 0, title, self.look("title"))
        sheet.set_row(1, 18)
        write_text(sheet, 1, 0, "　　".join(fact for fact in facts if fact), self.look("subtitle", "under"))
        for column in range(1, last + 1):
            sheet.write_blank(1, column, None, self.look("subtitle", "under"))
        page(sheet, f"{self.place}　{name}", f"所属月份　{self.merged.period}", repeat=repeat)
        sheet.protect("", _ALLOWED)
        return sheet


def fits_a_cell(text: str, what: str) -> str:
    """The text, or ValueError naming what it is where no cell can hold it."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{what}: {len(text)} characters, a cell holds {LONGEST_TEXT}")
    return text


def cell_name(row: int, column: int) -> str:
    """`D12` for row 11, column 3, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
