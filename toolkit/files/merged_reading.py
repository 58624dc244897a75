"""读取记录: what readers found in cells and files, carried with the parts (SPEC 6.7). For programs; people see 问题清单."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.files.merged_issues import may_travel
from toolkit.files.merged_page import FIRST_AT, HEADINGS_AT, Desk, fits_a_cell
from toolkit.files.xlsx import write_text
from toolkit.model.issue import Issue
from toolkit.model.merged import Merged
from toolkit.model.part import Part, Source
from toolkit.model.part_json import params_to_json
from toolkit.schema import READING_SHEET
from toolkit.schema.merged import READING_COLUMNS

_WIDTHS = (13.5, 9, 12, 6, 20, 28, 20, 7, 9, 12, 14, 6, 6, 16, 20, 40)


def carried_parts(merged: Merged) -> list[Part]:
    """Parts whose rows are in the workbook: those that stand, and those that wait for a decision."""
    return [part for number, part in enumerate(merged.union.parts) if merged.stands[number] or number in merged.losers]


def _records(merged: Merged) -> Iterator[tuple[str, str, Source, Issue]]:
    """(台账, 内容摘要, source, issue), by part, then by file."""
    parts = carried_parts(merged)
    for part in parts:
        for issue in part.reading:
            yield part.ledger, part.digest, part.source, issue
    sources = {part.source.key: part.source for part in parts}
    for key in sorted(merged.union.file_issues):
        if key in sources:
            for issue in merged.union.file_issues[key]:
                yield "", "", sources[key], issue


def write_reading(desk: Desk) -> None:
    """The whole sheet, all cells text."""
    sheet = desk.sheet(READING_SHEET, READING_SHEET, (desk.place, desk.month, "程序续报用，请勿改动"), _WIDTHS, tab="guide",
                       last=len(_WIDTHS) - 1, repeat=(HEADINGS_AT, HEADINGS_AT))
    sheet.set_default_row(18)
    sheet.set_row(HEADINGS_AT, 24)
    for column, name in enumerate(READING_COLUMNS):
        write_text(sheet, HEADINGS_AT, column, name, desk.look("auto_header", "grey"))
    cell, digest = desk.look("auto", font_size=9, num_format="@"), desk.look("auto", "mono", num_format="@")
    row = FIRST_AT
    for ledger, content, source, issue in _records(desk.merged):
        if not may_travel(issue):
            continue
        texts = (source.unit, source.period, ledger, str(source.revision), content, source.file, source.sha256, issue.code, issue.severity,
                 issue.ledger, issue.sheet, "" if issue.row is None else str(issue.row), issue.column, issue.field, issue.key,
                 params_to_json(issue.params))
        for column, text in enumerate(texts):
            write_text(sheet, row, column, fits_a_cell(text, issue.code), digest if column in (4, 6) else cell)
        row += 1
    sheet.print_area(0, 0, row - 1, len(_WIDTHS) - 1)
    sheet.freeze_panes(FIRST_AT, 0)
