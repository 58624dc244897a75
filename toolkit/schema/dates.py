"""Days, months and quarters, in every form people write them (DOMAIN 5)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from toolkit.model import period as months
from toolkit.model.ledger import Parsed
from toolkit.model.sheet import Cell
from toolkit.schema.text import NARROW_SIGNS, Text, changed_to, code_text, plain, typed, unread_as

_EXCEL_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_HAN_DIGITS = str.maketrans("〇零○Ｏ０一二三四五六七八九", "0000" + "0123456789")
_YMD = re.compile(r"^(\d{4})(?:年|[-/.,、])(\d{1,2})(?:月|[-/.,、])(\d{1,2})日?(?:[ T]?0{1,2}:00(?::00(?:\.0+)?)?)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_TENS = re.compile(r"^(\d?)十(\d?)$")
_SHORT_YEAR = re.compile(r"^(\d{2}(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?|\d{1,2}(?:月|[-/.])\d{1,2}日?)$")


@dataclass(frozen=True)
class Date:
    """A day, in every form of DOMAIN 5; a date without a four-digit year is never guessed (G108)."""

    dtype = "datetime64[s]"
    numeric = False
    list_name = ""

    def parse(self, value: Cell) -> Parsed:
        if isinstance(value, dt.datetime):
            return self._day(value.date(), value)
        if isinstance(value, dt.date):
            return self._day(value, value)
        if isinstance(value, bool) or isinstance(value, (dt.time, dt.timedelta)):
            return unread_as("G102", value)
        if isinstance(value, (int, float)):
            number = int(value)
            match = _COMPACT.match(str(number))
            if match and value == number:
                return self._ymd(match, value)
            if number in _SERIALS:
                day = _EXCEL_EPOCH + dt.timedelta(days=number)
                return changed_to(day, value, day.isoformat())
            return unread_as("G102", value)
        return self._text(value) if isinstance(value, str) else unread_as("G102", value)

    def _text(self, value: str) -> Parsed:
        text = plain(value.translate(NARROW_SIGNS)).replace("年 ", "年").replace("月 ", "月")
        if re.search(r"[一二三四五六七八九〇零○]", text):
            text = _han_date(text)
        compact = text if ":" in text else text.replace(" ", "")
        match = _YMD.match(compact) or _COMPACT.match(compact)
        if match:
            return self._ymd(match, value)
        if _SHORT_YEAR.match(compact):
            return unread_as("G108", value)
        return unread_as("G102", value)

    def _ymd(self, match: re.Match[str], was: Cell) -> Parsed:
        try:
            return self._day(dt.date(int(match[1]), int(match[2]), int(match[3])), was)
        except ValueError:
            return unread_as("G102", was)

    def _day(self, day: dt.date, was: Cell) -> Parsed:
        return Parsed(day) if 1950 <= day.year <= 2100 else unread_as("G102", was)

    def canonical(self, value: Any) -> str:
        return f'"{value:%Y-%m-%d}"'

    def shown(self, value: Any) -> Any:
        return value


def _han_date(text: str) -> str:
    """二〇一二年六月八日, 二○一一年五月二十八 with digits; what is no number of this kind stays (九月初十)."""
    parts = [part.translate(_HAN_DIGITS) for part in re.split(r"([年月日])", text)]
    for index, part in enumerate(parts):
        match = _TENS.match(part)
        if match and parts[index + 1:index + 2] != ["年"]:
            parts[index] = str(int(match[1] or 1) * 10 + int(match[2] or 0))
    return "".join(parts)


@dataclass(frozen=True)
class Month(Text):
    """`YYYY-MM`."""

    def parse(self, value: Cell) -> Parsed:
        found = months.parse(plain(value) if isinstance(value, str) else value)
        return Parsed(found) if found else unread_as("G102", value)


@dataclass(frozen=True)
class Quarter(Text):
    """`YYYY-Qn`; 2025年3季度 and the like are read."""

    def parse(self, value: Cell) -> Parsed:
        text = code_text(typed(value)).upper().translate(str.maketrans("一二三四", "1234"))
        match = re.match(r"^(\d{4})(?:年|-)?(?:第)?Q?([1-4])(?:季度?)?$", text)
        return Parsed(f"{match[1]}-Q{match[2]}") if match else unread_as("G102", value)
