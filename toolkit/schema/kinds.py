"""Kinds of columns: how a cell a person typed becomes a value, and how a value is shown.

Every `parse` gets a cell that is not blank. A change that could alter meaning carries G105 and names the new value;
what cannot be recovered is unreadable (G102, G104, G106, G108, G109) and stays unknown.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from toolkit.model import period as months
from toolkit.model import unit as units
from toolkit.model.ledger import Kind, Parsed
from toolkit.model.sheet import UNKNOWN_TEXTS, Cell, CellError

__all__ = ["Bool", "Choice", "Code", "Count", "Date", "Flag", "Month", "Money", "Multi", "Phone", "Quarter", "RecordId", "Text",
           "Token", "UnitCode", "UnitCodes", "Uscc", "is_blank", "parse_cell", "plain"]

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
#: Full-width letters, digits and the few signs that belong to numbers; Chinese punctuation stays as it is.
_NARROW = {0xFF10 + i: 0x30 + i for i in range(10)} | {0xFF21 + i: 0x41 + i for i in range(26)} | {0xFF41 + i: 0x61 + i for i in range(26)}
_NARROW_SIGNS = _NARROW | {ord(a): b for a, b in zip("．－＋／，＊＃％：（）［］", ".-+/,*#%:()[]", strict=True)}
_PLACEHOLDERS = frozenset(("", "/", "\\", "-", "—", "——", "－", "无", "不详", "未填", "空", "N/A", "n/a", "NULL", "null", "None", "nan"))
LONGEST_PLACEHOLDER = 16  # characters; longer text is no placeholder and no error value
_SENTINELS = frozenset((-1, -2))  # MCH tables write these for "not reported" (DOMAIN 2.8)
_CJK_GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_SCIENTIFIC = re.compile(r"^[+-]?\d+(?:\.\d+)?[eE]\+?\d+$")
LONGEST_EXACT = 10**15  # Excel keeps 15 digits


def plain(text: str) -> str:
    """Text as a person sees it: NFC, no invisible characters, narrow digits and letters, single inner spaces."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_NARROW)
    return _SPACES.sub(" ", text).strip()


def code_text(text: str) -> str:
    """Text of a code: as `plain`, with narrow signs and no spaces."""
    return plain(text.translate(_NARROW_SIGNS)).replace(" ", "")


def is_blank(value: Cell) -> bool:
    """Nothing there, or only white and invisible characters."""
    if value is None:
        return True
    return isinstance(value, str) and not value.translate(_INVISIBLE).strip()


def parse_cell(kind: Kind, value: Cell) -> Parsed:
    """Any cell: blanks, placeholders and error values first, the rest by its kind."""
    if isinstance(value, CellError):
        return Parsed(code="G107", unread=value.text)
    if is_blank(value):
        return _BLANK
    if isinstance(value, str):
        text = plain(value) if len(value) <= LONGEST_PLACEHOLDER else ""
        if text in UNKNOWN_TEXTS:
            return Parsed(code=text[1:5] if text.startswith("#K10") else "G107", unread=text)
        if text and text.translate(_NARROW_SIGNS) in _PLACEHOLDERS and not getattr(kind, "keeps_placeholders", False):
            return _BLANK
    if isinstance(value, float) and value != value:
        return Parsed(code="G107", unread="#NUM!")
    return kind.parse(value)


_BLANK = Parsed()


def _typed(value: Cell) -> str:
    """A cell's text for messages and for keeping unreadable cells."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < LONGEST_EXACT:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return plain(str(value))


def _unread(code: str, value: Cell, **params: str) -> Parsed:
    text = _typed(value) or "?"
    return Parsed(code=code, params=(("v", text), *params.items()), unread=text)


def _changed(value: Any, was: Cell, shown: str) -> Parsed:
    return Parsed(value, "G105", (("v", _typed(was)), ("new", shown)))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True)
class Text:
    """Any text; invisible characters, line breaks and full-width letters and digits are made plain."""

    dtype = "str"
    numeric = False
    list_name = ""

    def parse(self, value: Cell) -> Parsed:
        return Parsed(_typed(value))

    def canonical(self, value: Any) -> str:
        return _json(value)

    def shown(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class Name(Text):
    """A person's or office's name: spaces between Chinese characters go."""

    def parse(self, value: Cell) -> Parsed:
        return Parsed(_CJK_GAP.sub("", _typed(value)))


@dataclass(frozen=True)
class Code(Text):
    """A number that is a name: letters, digits and signs without spaces; never a number."""

    upper: bool = False

    def parse(self, value: Cell) -> Parsed:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if abs(value) >= LONGEST_EXACT:
                return _unread("G109", value)
            return Parsed(_typed(value))
        text = code_text(_typed(value))
        if _SCIENTIFIC.match(text):
            return _unread("G109", value)
        if text.endswith(".0") and text[:-2].isdigit():
            return _changed(text[:-2], value, text[:-2])
        return Parsed(text.upper() if self.upper else text)


@dataclass(frozen=True)
class RecordId(Code):
    """Six characters, a letter first, of A-Z and 2-9 without E I L O (DOMAIN 5.2). Other forms are kept as typed."""

    upper: bool = True


@dataclass(frozen=True)
class Token(Code):
    """12 hex digits (DOMAIN 5.4). `123456e78901` is one: never taken for a number in exponent form."""

    def parse(self, value: Cell) -> Parsed:
        text = code_text(value).lower() if isinstance(value, str) else ""
        if re.fullmatch(r"[0-9a-f]{12}", text):
            return Parsed(text)
        return _unread("G109" if isinstance(value, float) else "G104", value, list="当月记号")


@dataclass(frozen=True)
class Phone(Code):
    """A phone number as digits; the pattern itself is P121's affair (DOMAIN 3.5)."""

    def parse(self, value: Cell) -> Parsed:
        parsed = Code.parse(self, value)
        if not isinstance(parsed.value, str):
            return parsed
        text = re.sub(r"^(?:\+|00)86", "", parsed.value)
        if re.fullmatch(r"86?1[3-9]\d[\d-]{8,10}", text) and len(text.replace("-", "")) == 13:
            text = text[2:]
        if re.fullmatch(r"1[\d-]{10,}", text):
            text = text.replace("-", "")
        return Parsed(text, parsed.code, parsed.params)


@dataclass(frozen=True)
class Uscc(Code):
    """The 18-character organisation code; its check character is C106's affair."""

    upper: bool = True


@dataclass(frozen=True)
class DocNumber(Text):
    """A document number; any bracket round the year becomes 〔 〕 (DOMAIN 4.7)."""

    def parse(self, value: Cell) -> Parsed:
        text = _typed(value).replace(" ", "")
        return Parsed(re.sub(r"[\[［(（【〔](\d{4})[\]］)）】〕]", r"〔\1〕", text))


@dataclass(frozen=True)
class UnitCode(Code):
    """A statistical code, padded to 12 digits. A text that is no code may be a name: the reader looks it up (G111)."""

    named = True
    levels: tuple[str, ...] = ()
    group: bool = False  # a group under a village, 12 digits + "-NN"

    def parse(self, value: Cell) -> Parsed:
        parsed = Code.parse(self, value)
        if parsed.unread or parsed.value is None:
            return parsed
        text = str(parsed.value)
        if self.group and re.fullmatch(r"[1-9]\d{11}-\d{2}", text):
            return Parsed(text)
        if len(text) == 15 and text.isdigit():  # the family-planning code of old: 6+3+3+3
            return _changed(text[:12], value, text[:12])
        if not units.is_code(text) or (self.levels and units.level_of(units.pad(text)) not in self.levels):
            return _unread("G104", value, list="单位代码")
        return Parsed(units.pad(text), parsed.code, parsed.params)

    def shown(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class UnitCodes(Code):
    """Several unit codes in one cell, parted by ; ， 、 or line breaks; kept sorted, joined by `;`."""

    def parse(self, value: Cell) -> Parsed:
        if not isinstance(value, str):
            return UnitCode(group=True).parse(value)
        found, named = [], []
        for item in re.split(r"[;；,，、\n\r]+|\s{2,}", value):
            if is_blank(item):
                continue
            parsed = UnitCode(group=True).parse(item)
            if parsed.unread:
                return _unread(parsed.code, value, list="单位代码")
            found.append(parsed.value)
            named.append(parsed)
        return Parsed(";".join(sorted(set(found)))) if found else _BLANK


@dataclass(frozen=True)
class Choice:
    """One of a closed list: code, label, or both (`1 可上门`)."""

    list_name: str
    labels: tuple[tuple[str, str], ...]
    synonyms: tuple[tuple[str, str], ...] = ()  # typed text, code; a change of meaning: G105
    text_codes: bool = False

    numeric = False
    keeps_placeholders = True

    @property
    def dtype(self) -> str:
        return "str" if self.text_codes else "Int64"

    @functools.cached_property
    def _by_text(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for code, label in self.labels:
            stored: Any = code if self.text_codes else int(code)
            for text in (code, label, code + label, f"{code}.{label}", f"{code}、{label}", f"{code}-{label}", f"{code}:{label}"):
                found[_match_text(text)] = stored
            if self.text_codes and code.startswith("0"):
                found.setdefault(code.lstrip("0"), stored)
        return found

    @functools.cached_property
    def _labels(self) -> dict[Any, str]:
        return {(code if self.text_codes else int(code)): label for code, label in self.labels}

    def parse(self, value: Cell) -> Parsed:
        if isinstance(value, bool):
            text = "是" if value else "否"
        else:
            text = _match_text(_typed(value))
        if text in self._by_text:
            return Parsed(self._by_text[text])
        for typed, code in self.synonyms:
            if text == _match_text(typed):
                stored: Any = code if self.text_codes else int(code)
                return _changed(stored, value, f"{code} {self._labels[stored]}")
        if isinstance(value, str) and text in ("", "/", "-", "—", "不详", "-1", "-2"):
            return _BLANK
        return _unread("G104", value, list=self.list_name)

    def canonical(self, value: Any) -> str:
        return _json(value) if self.text_codes else str(int(value))

    def shown(self, value: Any) -> Any:
        return f"{value} {self._labels.get(value, '')}".strip()

    def label(self, value: Any) -> str:
        return self._labels.get(value, str(value))

    @property
    def options(self) -> tuple[str, ...]:
        """What the drop-down offers."""
        return tuple(f"{code} {label}" for code, label in self.labels)


def _match_text(text: str) -> str:
    return code_text(text).replace("。", "").replace("(", "").replace(")", "").replace("（", "").replace("）", "")


@dataclass(frozen=True)
class Multi:
    """Several of a closed list in one cell; kept as sorted codes joined by `;`."""

    choice: Choice

    dtype = "str"
    numeric = False
    keeps_placeholders = False

    @property
    def list_name(self) -> str:
        return self.choice.list_name

    def parse(self, value: Cell) -> Parsed:
        if not isinstance(value, str):
            one = self.choice.parse(value)
            return one if one.unread else Parsed(str(one.value), one.code, one.params)
        codes = set()
        whole = self.choice.parse(value)
        if not whole.unread:
            return Parsed(str(whole.value)) if whole.value is not None else _BLANK
        items = [item for item in re.split(r"[;；,，、/+\n\r]+", value) if not is_blank(item)]
        if len(items) == 1:
            items = value.split()
        for item in items:
            parsed = self.choice.parse(item)
            if parsed.unread or parsed.value is None:
                return _unread("G104", value, list=self.choice.list_name)
            codes.add(parsed.value)
        return Parsed(";".join(str(code) for code in sorted(codes)))

    def canonical(self, value: Any) -> str:
        return _json(value)

    def shown(self, value: Any) -> Any:
        return "；".join(self.choice.shown(int(code)) for code in str(value).split(";"))


_YES = frozenset(("是", "√", "有", "1", "Y", "YES", "TRUE", "对", "✓", "✔", "☑"))
_NO = frozenset(("否", "×", "无", "没有", "0", "N", "NO", "FALSE", "不", "✗", "✘", "X"))


@dataclass(frozen=True)
class Bool:
    """Yes or no, in any of the ways people tick (DOMAIN 5)."""

    dtype = "Int64"
    numeric = False
    list_name = "是否"
    keeps_placeholders = True
    options = ("是", "否")

    def parse(self, value: Cell) -> Parsed:
        text = ("1" if value else "0") if isinstance(value, (bool, float, int)) and value in (0, 1) else code_text(_typed(value)).upper()
        if text in _YES:
            return Parsed(1)
        if text in _NO:
            return Parsed(0)
        if text in ("", "/", "-", "—", "不详"):
            return _BLANK
        return _unread("G104", value, list=self.list_name)

    def canonical(self, value: Any) -> str:
        return "true" if value else "false"

    def shown(self, value: Any) -> Any:
        return "是" if value else "否"


@dataclass(frozen=True)
class Count:
    """A whole number; thousands commas and a trailing unit word are dropped."""

    dtype = "Int64"
    numeric = True
    list_name = ""

    def parse(self, value: Cell) -> Parsed:
        number, changed = _number(value)
        if number is None or not float(number).is_integer() or abs(number) >= LONGEST_EXACT:
            return _unread("G106", value)
        if number in _SENTINELS:
            return _BLANK
        return _changed(int(number), value, str(int(number))) if changed else Parsed(int(number))

    def canonical(self, value: Any) -> str:
        return str(int(value))

    def shown(self, value: Any) -> Any:
        return int(value)


@dataclass(frozen=True)
class Flag(Count):
    """0 or 1."""

    def parse(self, value: Cell) -> Parsed:
        parsed = Count.parse(self, value)
        return parsed if parsed.unread or parsed.value in (0, 1, None) else _unread("G106", value)


@dataclass(frozen=True)
class Money(Count):
    """Yuan with two decimals."""

    dtype = "float64"

    def parse(self, value: Cell) -> Parsed:
        number, changed = _number(value)
        if number is None or abs(number) >= LONGEST_EXACT:
            return _unread("G106", value)
        number = round(float(number), 2)
        return _changed(number, value, f"{number:.2f}") if changed else Parsed(number)

    def canonical(self, value: Any) -> str:
        return f"{value:.2f}"

    def shown(self, value: Any) -> Any:
        return float(value)


_NUMBER = re.compile(r"^([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?)(万)?(?:元|人|份|家|次|件|条|个|例|户|场|块|名)?(?:整)?$")


def _number(value: Cell) -> tuple[float | None, bool]:
    """The number a cell holds, and whether reading it was more than reading digits."""
    if isinstance(value, bool) or isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return None, False
    if isinstance(value, (int, float)):
        return (float(value), False) if abs(value) < 1e300 else (None, False)
    text = code_text(str(value)).lstrip("¥￥")
    match = _NUMBER.match(text)
    if not match:
        return None, False
    number = float(match[1].replace(",", "")) * (10_000 if match[2] else 1)
    return round(number, 6), not text.replace(".", "").lstrip("+-").isdigit()


_EXCEL_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_HAN_DIGITS = str.maketrans("〇零○Ｏ０一二三四五六七八九", "0000" + "0123456789")
_YMD = re.compile(r"^(\d{4})(?:年|[-/.,、])(\d{1,2})(?:月|[-/.,、])(\d{1,2})日?(?:[ T]?0{1,2}:00(?::00(?:\.0+)?)?)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
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
            return _unread("G102", value)
        if isinstance(value, (int, float)):
            number = int(value)
            match = _COMPACT.match(str(number))
            if match and value == number:
                return self._ymd(match, value)
            if number in _SERIALS:
                day = _EXCEL_EPOCH + dt.timedelta(days=number)
                return _changed(day, value, day.isoformat())
            return _unread("G102", value)
        return self._text(value)

    def _text(self, value: str) -> Parsed:
        text = plain(value.translate(_NARROW_SIGNS)).replace("年 ", "年").replace("月 ", "月")
        if re.search(r"[一二三四五六七八九〇零○]", text):
            text = _han_date(text)
        compact = text if ":" in text else text.replace(" ", "")
        match = _YMD.match(compact) or _COMPACT.match(compact)
        if match:
            return self._ymd(match, value)
        if _SHORT_YEAR.match(compact):
            return _unread("G108", value)
        return _unread("G102", value)

    def _ymd(self, match: re.Match[str], was: Cell) -> Parsed:
        try:
            return self._day(dt.date(int(match[1]), int(match[2]), int(match[3])), was)
        except ValueError:
            return _unread("G102", was)

    def _day(self, day: dt.date, was: Cell) -> Parsed:
        return Parsed(day) if 1950 <= day.year <= 2100 else _unread("G102", was)

    def canonical(self, value: Any) -> str:
        return f'"{value:%Y-%m-%d}"'

    def shown(self, value: Any) -> Any:
        return value


def _han_date(text: str) -> str:
    """二〇一二年六月八日, 二○一一年五月二十八日 with digits."""
    parts = re.split(r"([年月日])", text)
    out = []
    for index, part in enumerate(parts):
        if part and part not in "年月日" and (index + 1 < len(parts) and parts[index + 1] != "年") and "十" in part:
            tens, _, ones = part.partition("十")
            part = str((int(tens.translate(_HAN_DIGITS)) if tens else 1) * 10 + (int(ones.translate(_HAN_DIGITS)) if ones else 0))
        out.append(part.translate(_HAN_DIGITS))
    return "".join(out)


@dataclass(frozen=True)
class Month(Text):
    """`YYYY-MM`."""

    def parse(self, value: Cell) -> Parsed:
        found = months.parse(plain(value) if isinstance(value, str) else value)
        return Parsed(found) if found else _unread("G102", value)


@dataclass(frozen=True)
class Quarter(Text):
    """`YYYY-Qn`; 2025年3季度 and the like are read."""

    def parse(self, value: Cell) -> Parsed:
        text = code_text(_typed(value)).upper().translate(str.maketrans("一二三四", "1234"))
        match = re.match(r"^(\d{4})(?:年|-)?(?:第)?Q?([1-4])(?:季度?)?$", text)
        return Parsed(f"{match[1]}-Q{match[2]}") if match else _unread("G102", value)
