"""The mess catalogue of real workbooks, entry by entry: what the clerk did, and what the reader makes of it.

Entry numbers are those of the list of 81 real workbooks (FACTS A3). A harmless habit leaves the digests as they were; a mistake
is found at the cell where it was planted.
"""

from __future__ import annotations

import random

import pytest

from tests.reading.messes import HARMLESS, PERIOD, PLAN, SAYS, digests, issues, offices, plain, said, sheets, unaccounted, units
from tests.steps.as_read import book_of
from toolkit.files import delimited, legacy, spreadsheets
from toolkit.model.grid import Grid
from toolkit.model.sheet import Book
from toolkit.schema import BY_NAME, Services, submission_ledgers
from toolkit.steps import mess
from toolkit.steps.batch import Asked
from toolkit.steps.mess_sheets import csv_sheet
from toolkit.steps.read import read

#: Entry -> habits that make it. `csv` and `names` are files, tested below.
CATALOGUE: dict[int, tuple[str, ...]] = {
    1: ("default_sheet_names", "cover_named_sheet1"), 2: ("twin_sheets", "sample_sheets"), 3: ("mixed_numbers_and_text",), 4: ("wide_signs",),
    5: ("blank_rows_inside", "trailing_blank_rows", "lower_right"), 6: ("line_breaks_in_values",), 7: ("title_row", "printed_pages"),
    8: ("dates_as_text",), 9: ("outer_spaces",), 10: ("notes_at_foot", "signature_line", "long_note", "signatures_in_cells"),
    11: ("merged_group_header",), 12: ("merged_across", "section_rows"), 13: ("side_merged_unit",), 14: ("header_line_breaks",),
    15: ("coloured_cells",), 16: ("numbers_as_text",), 17: ("extra_serial_column",), 18: ("three_row_header", "split_heading"),
    19: ("label_lines_above",), 20: ("totals_row_foot", "totals_row_top", "totals_of_groups", "totals_beside"), 21: ("empty_extra_sheets", "twin_sheets"),
    22: ("side_by_side_blocks",), 23: ("formulas",), 24: ("unit_in_header_brackets", "units_line", "money_in_ten_thousands"),
    25: ("placeholders",), 26: ("yes_no_words",), 27: ("number_with_unit",), 28: ("codes_as_numbers", "phone_signs"), 29: ("spaces_in_header",),
    30: ("csv",), 31: ("long_numbers_apart", "lost_digits"), 32: ("mixed_date_forms", "words_for_date"), 33: ("inner_spaces_in_names",),
    34: ("hidden_column", "hidden_row", "hidden_sheet"), 35: ("comments_and_panes", "filter_buttons", "own_lists"), 36: ("error_value",),
    37: ("sheet_name_trailing_space",), 38: ("zero_width",), 39: ("two_phones",), 40: ("full_width", "thousands_commas", "ditto"),
}


def test_every_entry_of_the_catalogue_is_here() -> None:
    assert list(CATALOGUE) == list(range(1, 41))
    assert {name for names in CATALOGUE.values() for name in names} - set(mess.HABITS) == {"csv"}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_habit_changes_nothing_the_reader_finds(name: str) -> None:
    for number in range(3):
        book = book_of("甲.xlsx", mess.HABITS[name](sheets(number), random.Random(number)))
        assert digests(book) == plain(number)
        assert said(book) <= SAYS
        assert unaccounted(book) == []


def changed(before: list[Grid], after: list[Grid]) -> set[tuple[str, int, int]]:
    """Sheet, Excel row and column of the cells that are not what they were."""
    return {(new.name, row, column) for old, new in zip(before, after, strict=True)
            for row, (left, right) in enumerate(zip(old.rows, new.rows, strict=True), 1) for column, (one, two) in enumerate(zip(left, right, strict=True), 1)
            if one != two}


ONE_CELL = ("missing_consent_date", "bad_phone", "visit_code_unknown", "lost_digits", "other_unit", "date_without_year", "words_for_date", "date_in_future",
            "words_for_number", "error_value", "phone_in_title", "informant_in_title", "unsuitable_title")


@pytest.mark.parametrize("name", ONE_CELL)
def test_a_mistake_is_found_at_its_cell(name: str) -> None:
    habit, code = mess.FAULTS[name]
    before = sheets(0)
    after = habit(before, random.Random(5))
    planted = changed(before, after)
    assert len(planted) == 1
    found = [(issue.code, issue.sheet, issue.row, issue.cell) for issue in issues(book_of("甲.xlsx", after)) if issue.severity != "info"]
    (sheet, row, column), = planted
    assert found == [(code, sheet, row, f"{chr(64 + column)}{row}")]


@pytest.mark.parametrize("name", ["formulas", "coloured_cells", "comments_and_panes", "filter_buttons", "own_lists",
                                  "hidden_row", "three_row_header", "side_by_side_blocks"])
def test_habits_of_programs_through_a_real_file(name: str) -> None:
    data = legacy.xlsx_bytes(mess.HABITS[name](sheets(0), random.Random(1)))
    book = spreadsheets.read("甲.xlsx", "xlsx", data, "0" * 64)
    assert isinstance(book, Book)
    assert digests(book) == plain(0)


def test_a_csv_beside_the_workbook_of_the_same_table_is_the_same_part() -> None:
    """Entry 30."""
    office = offices()[0]
    books = [book_of("甲.xlsx", sheets(0))]
    for ledger in submission_ledgers("village"):
        if ledger is not Services:
            made = delimited.read(f"甲_{ledger.sheet}.csv", legacy.csv_bytes(csv_sheet(office, ledger, office.rows.get(ledger.id, []))), "1" * 64)
            assert isinstance(made, Book)
            books.append(made)
    union = read(books, Asked(PLAN, units(), merging=True))
    assert sorted(part.ledger for part in union.parts) == sorted(set(plain(0)) - {"pregnancies", "visits"})


def test_a_workbook_with_no_used_cell_is_refused() -> None:
    union = read([book_of("新建 Microsoft Excel 工作表.xlsx", [Grid("Sheet1", []), Grid("Sheet2", [])])], Asked(PLAN, units()))
    assert [refusal.code for refusal in union.refusals] == ["F206"]


def test_a_name_that_tells_nothing_is_no_matter_where_the_cover_tells() -> None:
    for seed in range(5):
        assert digests(book_of(mess.unnamed_file(random.Random(seed)), sheets(0))) == plain(0)


@pytest.mark.parametrize("name", ["{unit}9月份 2025.9", "台账（{unit}）2025年9月", "1. {unit}  2025-09（修订）", "副本{unit}202509最终版 (2)"])
def test_the_unit_and_month_of_a_file_name(name: str) -> None:
    unit = offices()[0].unit
    bare = [grid for grid in sheets(0) if grid.ledger == "births"]
    part, = read([book_of(name.format(unit=unit.name.removeprefix("示例县")) + ".xlsx", bare)], Asked(PLAN, units())).parts
    assert (part.unit, part.period, part.digest) == (unit.code, PERIOD, plain(0)["births"])
    assert BY_NAME["births"].sheet == part.sheet
