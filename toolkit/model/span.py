"""Days as plans write them: a day, a third of a month (上旬 1-10, 中旬 11-20, 下旬 21-end) or a month (DOMAIN R38)."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_HAN = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_FORM = re.compile(r"(\d{4})[年\-/.](\d{1,2})月?[\-/.]?(?:(\d{1,2})[日号]?|([上中下])旬)?")
_HAN_FORM = re.compile(r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号]|([上中下])旬)?")
#: First and last day of a third of a month; 0 stands for the month's last day.
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 0)}


def span_of(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of what the text names, None where it names no day: `2025年8月下旬` is 2025-08-21 to 2025-08-31."""
    plain = re.sub(r"\s", "", text)
    han = _HAN_FORM.fullmatch(plain)
    if han:
        plain = f"{''.join(str(_HAN[sign]) for sign in han[1])}年{_number(han[2])}月" + (f"{_number(han[3])}日" if han[3] else "")
        plain += f"{han[4]}旬" if han[4] else ""
    match = _FORM.fullmatch(plain)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    if not 1900 <= year <= 2200 or not 1 <= month <= 12:
        return None
    end = calendar.monthrange(year, month)[1]
    first, last = (int(match[3]), int(match[3])) if match[3] else _THIRDS[match[4]] if match[4] else (1, 0)
    last = last or end
    return (dt.date(year, month, first), dt.date(year, month, last)) if 1 <= first <= last <= end else None


def _number(text: str) -> int:
    """A Chinese number up to 39; 0 where it is none, which no day or month is."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HAN[text] if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return 10 * (_HAN[tens] if tens else 1) + (_HAN[ones] if ones else 0)
