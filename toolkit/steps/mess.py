"""The clerks' habits, all of them: which lose nothing, which cost something, and how many a file has."""

from __future__ import annotations

import random
from collections.abc import Iterable

from toolkit.model.grid import Grid
from toolkit.model.unit import Unit
from toolkit.steps.mess_columns import COLUMN_HABITS, HEADING_HABITS
from toolkit.steps.mess_faults import FAULTS
from toolkit.steps.mess_layout import HEADER_HABITS, LAYOUT_HABITS, PLACE_HABITS
from toolkit.steps.mess_programs import PROGRAM_HABITS
from toolkit.steps.mess_rows import ROW_HABITS, SHEET_HABITS
from toolkit.steps.mess_sheets import Habit
from toolkit.steps.mess_values import VALUE_HABITS

_ORDER: tuple[Habit, ...] = (*(habit for habit, _ in FAULTS.values()), *VALUE_HABITS, *COLUMN_HABITS, *HEADING_HABITS, *HEADER_HABITS,
                              *ROW_HABITS, *LAYOUT_HABITS, *SHEET_HABITS, *PLACE_HABITS, *PROGRAM_HABITS)

#: Every habit by name, in the order in which several are done to one file: values before forms, rows before sheets.
HABITS: dict[str, Habit] = {habit.__name__: habit for habit in _ORDER}
#: Whether every normalised value can still be read.
HARMLESS: dict[str, bool] = {name: name not in FAULTS for name in HABITS}

#: Habits that go badly together: the first of a pair that was picked stays.
_CLASHES = (
    {"labels_only", "codes_only"}, {"default_sheet_names", "sheet_name_trailing_space"},
    {"number_with_unit", "numbers_as_text", "thousands_commas", "money_in_ten_thousands", "mixed_numbers_and_text", "formulas"},
    {"totals_row_foot", "totals_row_top", "totals_of_groups", "totals_beside"}, {"two_phones", "phone_signs"},
    {"merged_group_header", "three_row_header", "split_heading"}, {"unit_in_header_brackets", "money_in_ten_thousands"},
    {"merged_across", "side_merged_unit"}, {"dates_as_text", "mixed_date_forms", "wide_signs"}, {"missing_column", "three_row_header"},
    {"side_by_side_blocks", "totals_beside", "three_row_header", "split_heading", "lower_right"}, {"default_sheet_names", "twin_sheets", "sample_sheets"},
    {"side_by_side_blocks", "side_merged_unit", "ditto", "missing_column", "two_same_headers"},
    {"patient_case", "unknown_case_type", "no_zero_report"}, {"phone_in_title", "informant_in_title", "unsuitable_title"},
    {"words_for_number", "error_value"}, {"words_for_date", "date_in_future"}, {"side_by_side_blocks", "extra_column", "forbidden_column"},
    {"wrong_sums", "other_unit"}, {"alias_headers", "two_same_headers"}, {"label_lines_above", "no_zero_report", "own_reviewer", "zero_report_with_rows"},
)

_TYPICAL = (
    "title_row", "merged_group_header", "header_line_breaks", "star_in_header", "unit_in_header_brackets", "spaces_in_header", "alias_headers",
    "extra_serial_column", "blank_rows_inside", "trailing_blank_rows", "totals_row_foot", "notes_at_foot", "signature_line", "sample_row",
    "dates_as_text", "full_width", "outer_spaces", "inner_spaces_in_names", "zero_width", "numbers_as_text", "codes_as_numbers", "phone_signs",
    "placeholders", "yes_no_words", "labels_only", "codes_only", "number_with_unit", "sheet_name_trailing_space", "empty_extra_sheets")

#: What a county's clerks may do, by level of mess.
MESS: dict[str, list[str]] = {"none": [], "typical": list(_TYPICAL), "wild": list(HABITS)}
_HABITS_PER_FILE = {"none": (0, 0), "typical": (2, 4), "wild": (4, 9)}


def habits_of_file(mess: str, rng: random.Random) -> tuple[str, ...]:
    """Some habits of one clerk, in the order they are done."""
    low, high = _HABITS_PER_FILE[mess]
    picked: set[str] = set()
    for name in rng.sample(MESS[mess], k=rng.randint(low, high)):
        if not clash(name, picked):
            picked.add(name)
    return tuple(name for name in HABITS if name in picked)


def clash(name: str, picked: Iterable[str]) -> bool:
    """Whether a habit goes badly with one already picked."""
    return any(name in pair and not pair.isdisjoint(picked) for pair in _CLASHES)


def messed(sheets: list[Grid], habits: Iterable[str], rng: random.Random) -> list[Grid]:
    """The sheets after these habits, done in the order of HABITS."""
    wanted = set(habits)
    for name, habit in HABITS.items():
        if name in wanted:
            sheets = habit(sheets, rng)
    return sheets


def file_name(unit: Unit, period: str, rng: random.Random, suffix: str = ".xlsx") -> str:
    """A name as offices give it, the unit always in it (FACTS A3): code first where a machine named it, else the name in front."""
    year, month = int(period[:4]), int(period[5:7])
    stem = rng.choice((
        f"台账（{unit.name}）{month}月份", f"2. {unit.name}　{year}.{month}  ", f"附件1：{unit.name}{year}-{month:02d}",
        f"{unit.code}_{period}_v0", f"{unit.name}{month}月份台账", f"{unit.name}（{year}年{month}月）", f"{unit.name} {year}.{month} 上报",
        f"{unit.name}{year}年{month:02d}月月报", f"1.{unit.name}月报表{month}月份"))
    return stem + rng.choice(("", "", "", "", "（最终版）", "最终版", "（修订）", " 样板", "（修订7.15）")) + suffix


def unnamed_file(rng: random.Random, suffix: str = ".xlsx") -> str:
    """A name that tells nothing: the program's own, or what a form is called."""
    return rng.choice(("新建 Microsoft Excel 工作表", "工作簿1", "月报表（模板）", "台账 最终版 (2)", "副本月报")) + suffix


def copied_name(name: str, rng: random.Random) -> str:
    """The name a copy of a file gets: 副本 in front, or a number behind."""
    stem, dot, suffix = name.rpartition(".")
    return rng.choice((f"副本{name}", f"{stem} (1){dot}{suffix}", f"{stem} - 副本{dot}{suffix}"))
