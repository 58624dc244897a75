"""Months as `YYYY-MM` text."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_FORMS = re.compile(r"^(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月份?)?$")
_SHORT = re.compile(r"^(\d{4})(\d{2})$")


def parse(value: object) -> str | None:
    """`2025-9`, `2025年9月`, `202509`, `2025.9` or a date as `2025-09`; None where it is no month."""
    if isinstance(value, dt.date):
        return f"{value.year:04d}-{value.month:02d}"
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value == int(value):
        value = str(int(value))
    if not isinstance(value, str):
        return None
    match = _FORMS.match(value.strip()) or _SHORT.match(value.strip())
    if not match or not 1 <= int(match[2]) <= 12:
        return None
    return f"{int(match[1]):04d}-{int(match[2]):02d}"


def first_day(period: str) -> dt.date:
    return dt.date(int(period[:4]), int(period[5:7]), 1)


def last_day(period: str) -> dt.date:
    year, month = int(period[:4]), int(period[5:7])
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def shift(period: str, months: int) -> str:
    """The month `months` later (or earlier)."""
    index = int(period[:4]) * 12 + int(period[5:7]) - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def quarter(period: str) -> str:
    """`2025-09` -> `2025-Q3`."""
    return f"{period[:4]}-Q{(int(period[5:7]) + 2) // 3}"
