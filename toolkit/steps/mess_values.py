"""How clerks type values: dates as text, full-width digits, ticks, units in the cell. None of it loses a value.

The numbers are those of the mess catalogue, FACTS A3.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from toolkit.model.grid import Grid
from toolkit.model.ledger import Column
from toolkit.schema.kinds import Bool, Choice, Code, Count, Flag, Money, Month, Multi, Name, Phone, Quarter, Text, UnitCode, UnitCodes, Uscc
from toolkit.steps.county_names import numeral
from toolkit.steps.mess_sheets import Habit, cells, copies, typed_otherwise

_FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
_WIDE_SIGNS = str.maketrans("()-.:,", "（）－．：，")
_HAN_YEAR = str.maketrans("0123456789", "〇一二三四五六七八九")
_UNITS = {"births": "人", "birth_orders": "人"}
_THOUSAND = 1000
_MOST_DIGITS = 15  # Excel keeps 15 digits of a number

_DATE_FORMS: tuple[Callable[[dt.date], Any], ...] = (
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}-{day.month}-{day.day}",
    lambda day: int(f"{day:%Y%m%d}"),
    lambda day: f"{str(day.year).translate(_HAN_YEAR)}年{numeral(day.month)}月{numeral(day.day)}日",
)


def dates_as_text(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Dates typed as y.m.d, 年月日, y/m/d, 20250809 or 二〇二五年八月九日, sometimes mixed in one column (8, 32)."""
    usual = rng.choice(_DATE_FORMS)

    def change(column: Column, value: Any) -> Any:
        if not isinstance(value, dt.date):
            return value
        return (rng.choice(_DATE_FORMS) if rng.random() < 0.15 else usual)(value)

    return typed_otherwise(sheets, change)


def mixed_date_forms(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Every form of date in one column, true dates among them (32)."""
    forms: tuple[Callable[[dt.date], Any], ...] = (
        *_DATE_FORMS, lambda day: day, lambda day: f"{day.year}．{day.month}．{day.day}", lambda day: f"{day:%Y-%m-%d} 00:00:00")

    def change(column: Column, value: Any) -> Any:
        return rng.choice(forms)(value) if isinstance(value, dt.date) else value

    return typed_otherwise(sheets, change)


def full_width(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Full-width digits and letters in text (40)."""
    return typed_otherwise(sheets, lambda column, value: value.translate(_FULL_WIDTH) if isinstance(value, str) and rng.random() < 0.5 else value)


def outer_spaces(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Spaces before and after values, wide and no-break ones among them (9, 38)."""

    def change(column: Column, value: Any) -> Any:
        if not isinstance(value, str) or rng.random() < 0.4:
            return value
        return rng.choice(("", " ", "　")) + value + rng.choice((" ", "  ", "　", "\u00a0"))

    return typed_otherwise(sheets, change)


def inner_spaces_in_names(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A space inside names, so that two characters stand as wide as three (33)."""

    def change(column: Column, value: Any) -> Any:
        return rng.choice((" ", "  ", "　")).join((value[:1], value[1:])) if isinstance(column.kind, Name) and isinstance(value, str) else value

    return typed_otherwise(sheets, change)


def line_breaks_in_values(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A line break inside numbers, names and phones, or after other text (6)."""

    def change(column: Column, value: Any) -> Any:
        if not isinstance(value, str) or rng.random() < 0.5:
            return value
        if isinstance(column.kind, UnitCodes):
            return value.replace(";", "\n")  # there a break parts two codes
        if isinstance(column.kind, (Code, Name)):
            return f"{value[: len(value) // 2]}\n{value[len(value) // 2 :]}"
        return value + "\n" if isinstance(column.kind, Text) and not isinstance(column.kind, (Month, Quarter)) else value

    return typed_otherwise(sheets, change)


def zero_width(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Invisible characters pasted with the text (38)."""

    def change(column: Column, value: Any) -> Any:
        if not isinstance(value, str) or rng.random() < 0.5:
            return value
        at = rng.randint(0, len(value))
        return value[:at] + rng.choice("\u200b\u200c\ufeff\u2060") + value[at:]

    return typed_otherwise(sheets, change)


def numbers_as_text(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Numbers stored as text (3, 16)."""
    return typed_otherwise(sheets, lambda column, value: f"{value:g}" if _is_number(column, value) else value)


def mixed_numbers_and_text(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A column with numbers in one row and text in the next (3)."""

    def change(column: Column, value: Any) -> Any:
        if rng.random() < 0.5:
            return value
        return f"{value:g}" if _is_number(column, value) else _as_number(column, value)

    return typed_otherwise(sheets, change)


def wide_signs(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Full-width brackets, hyphens, stops and colons in numbers, codes, choices and days (4)."""

    def change(column: Column, value: Any) -> Any:
        if isinstance(value, dt.date):
            return f"{value.year}－{value.month}－{value.day}"
        if isinstance(value, str) and isinstance(column.kind, (Choice, Code)) and rng.random() < 0.7:
            return value.translate(_WIDE_SIGNS)
        return value

    return typed_otherwise(sheets, change)


def two_phones(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A second phone behind the first in one cell (39): the first is read, and said (G105)."""

    def change(column: Column, value: Any) -> Any:
        if not isinstance(column.kind, Phone) or not isinstance(value, str) or not value.isdigit():
            return value
        return f"{value}{rng.choice(('/', '、', chr(10), '；'))}19000000009"

    return typed_otherwise(sheets, change)


def long_numbers_apart(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Numbers of 15 to 19 digits and letters as text, in groups of four (31)."""

    def change(column: Column, value: Any) -> Any:
        long = isinstance(column.kind, Uscc) or (isinstance(column.kind, UnitCode) and isinstance(value, str) and len(value) == 12)
        return " ".join(value[at:at + 4] for at in range(0, len(value), 4)) if long and isinstance(value, str) else value

    return typed_otherwise(sheets, change)


def codes_as_numbers(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Codes and phones of up to 15 digits typed as numbers (3, 28)."""

    return typed_otherwise(sheets, _as_number)


def _as_number(column: Column, value: Any) -> Any:
    digits = isinstance(column.kind, Code) or isinstance(column.kind, UnitCodes)
    if digits and isinstance(value, str) and value.isascii() and value.isdigit() and value[0] != "0" and len(value) <= _MOST_DIGITS:
        return int(value)
    return value


def phone_signs(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Phones with hyphens, spaces or +86 (28)."""

    def change(column: Column, value: Any) -> Any:
        if not isinstance(column.kind, Phone) or not isinstance(value, str) or not value.isdigit():
            return value
        return rng.choice((f"{value[:3]}-{value[3:7]}-{value[7:]}", f"{value[:3]} {value[3:7]} {value[7:]}", f"+86{value}"))

    return typed_otherwise(sheets, change)


def placeholders(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """无 / - — in cells that have nothing (25); never 无 where it would be an answer."""
    out, usual = copies(sheets), rng.choice(("无", "/", "-", "—"))
    for grid in out:
        for at, index, column in cells(grid):
            if grid.rows[at][index] is None and not column.required and rng.random() < 0.6:
                answers = isinstance(column.kind, (Bool, Choice)) or column.field in ("unit_code", "place_code")
                grid.rows[at][index] = "/" if answers and usual == "无" else usual
    return out


def yes_no_words(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """√ 有 Y 1 for yes, × 无 N 0 for no (26)."""

    def change(column: Column, value: Any) -> Any:
        if not isinstance(column.kind, Bool) or value not in ("是", "否"):
            return value
        return rng.choice(("√", "有", "Y", 1) if value == "是" else ("×", "无", "N", 0))

    return typed_otherwise(sheets, change)


def labels_only(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The words of a drop-down without their number, several joined in any way (26)."""
    joint = rng.choice(("；", "、", "，", "/", "\n"))
    return typed_otherwise(sheets, lambda column, value: _each_option(column, value, lambda code, label: label, joint))


def codes_only(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The numbers of a drop-down without their words, as numbers or as text (3)."""
    as_number = rng.random() < 0.5

    def change(column: Column, value: Any) -> Any:
        text = _each_option(column, value, lambda code, label: code, "、")
        return int(text) if as_number and text is not value and text.isdigit() else text

    return typed_otherwise(sheets, change)


def number_with_unit(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """12人, 60份, 20000元 in one cell (27)."""
    out = copies(sheets)
    for grid in out:
        for at, index, column in cells(grid):
            value = grid.rows[at][index]
            if _is_number(column, value) and grid.ledger != "cover":
                unit = "元" if isinstance(column.kind, Money) else _UNITS.get(grid.ledger, "份" if column.field == "quantity" else "个")
                grid.rows[at][index] = f"{value:g}{unit}"
    return out


def thousands_commas(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """20,000 as text (40)."""
    return typed_otherwise(sheets, lambda column, value: f"{value:,.0f}" if _is_number(column, value) and value >= _THOUSAND else value)


def _is_number(column: Column, value: Any) -> bool:
    return isinstance(column.kind, Count) and not isinstance(column.kind, Flag) and isinstance(value, (int, float)) and not isinstance(value, bool)


def _each_option(column: Column, value: Any, keep: Callable[[str, str], str], joint: str) -> Any:
    """A drop-down's value with only one half of each option (`1 可上门`); other values as they are."""
    if not isinstance(column.kind, (Choice, Multi)) or not isinstance(value, str):
        return value
    options = [item.partition(" ") for item in value.split("；")] if isinstance(column.kind, Multi) else [value.partition(" ")]
    if not all(label for _, _, label in options):
        return value
    return joint.join(keep(code, label) for code, _, label in options)


VALUE_HABITS: tuple[Habit, ...] = (
    placeholders, yes_no_words, labels_only, codes_only, number_with_unit, thousands_commas, numbers_as_text, two_phones, phone_signs,
    codes_as_numbers, mixed_numbers_and_text, long_numbers_apart, dates_as_text, mixed_date_forms, wide_signs,
    inner_spaces_in_names, full_width, zero_width, line_breaks_in_values, outer_spaces)
