"""Kinds of columns: how a cell a person typed becomes a value, and how a value is shown.

Every `parse` gets a cell that is not blank. A change that could alter meaning carries G105 and names the new value;
what cannot be recovered is unreadable (G102, G104, G106, G108, G109) and stays unknown. Here: lists and numbers;
text is in `text` and `codes`, days are in `dates`; a ledger takes every kind from this module.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import Any

from toolkit.model.ledger import Kind, Parsed
from toolkit.model.sheet import TOO_LONG, UNKNOWN_TEXTS, Cell, CellError
from toolkit.schema.codes import Code, DocNumber, Name, Phone, RecordId, Token, UnitCode, UnitCodes, Uscc
from toolkit.schema.dates import Date, Month, Quarter
from toolkit.schema.text import (
    BLANK,
    LONGEST_EXACT,
    NARROW_SIGNS,
    Text,
    changed_to,
    code_text,
    digits_lost,
    is_blank,
    json_text,
    plain,
    typed,
    unread_as,
)

__all__ = ["Bool", "Choice", "Code", "Count", "Date", "DocNumber", "Flag", "Month", "Money", "Multi", "Name", "Phone", "Quarter", "RecordId",
           "Text", "Token", "UnitCode", "UnitCodes", "Uscc", "is_placeholder", "parse_cell"]

_PLACEHOLDERS = frozenset(("", "/", "\\", "-", "—", "——", "－", "无", "不详", "未填", "空", "N/A", "n/a", "NULL", "null", "None", "nan"))
LONGEST_PLACEHOLDER = 16  # characters; longer text is no placeholder and no error value
#: Characters of a value, and of a text that could not be read. With these a whole row fits into one cell of 待裁定,
#: which holds 32,767; the longest notes of real workbooks have 330 (FACTS A3).
LONGEST_VALUE, LONGEST_UNREAD = 1000, 200
_SENTINELS = frozenset((-1, -2))  # MCH tables write these for "not reported" (DOMAIN 2.8)


def parse_cell(kind: Kind, value: Cell) -> Parsed:
    """Any cell: blanks, placeholders and error values first, the rest by its kind."""
    if isinstance(value, CellError):
        return Parsed(code="G107", unread=value.text)
    if is_blank(value):
        return BLANK
    if isinstance(value, str):
        text = plain(value) if len(value) <= LONGEST_PLACEHOLDER else ""
        if text in UNKNOWN_TEXTS:
            return Parsed(code=text[1:5] if text.startswith(("#K10", TOO_LONG)) else "G107", unread=text)
        if text and text.translate(NARROW_SIGNS) in _PLACEHOLDERS and not getattr(kind, "keeps_placeholders", False):
            return BLANK
    if isinstance(value, float) and value != value:
        return Parsed(code="G107", unread="#NUM!")
    if isinstance(value, (int, float)) and isinstance(kind, Text) and abs(value) >= LONGEST_EXACT:
        return digits_lost(value)
    parsed = kind.parse(value)
    if len(parsed.unread) > LONGEST_UNREAD or (isinstance(parsed.value, str) and len(parsed.value) > LONGEST_VALUE):
        return Parsed(code="G112", unread=TOO_LONG)
    return parsed


def is_placeholder(value: Cell) -> bool:
    """Whether a cell holds nothing but a sign for nothing: 无, /, — and the like; a blank one does not."""
    return isinstance(value, str) and len(value) <= LONGEST_PLACEHOLDER and (text := plain(value)) != "" and text.translate(NARROW_SIGNS) in _PLACEHOLDERS


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
            text = _match_text(typed(value))
        if text in self._by_text:
            return Parsed(self._by_text[text])
        for synonym, code in self.synonyms:
            if text == _match_text(synonym):
                stored: Any = code if self.text_codes else int(code)
                return changed_to(stored, value, f"{code} {self._labels[stored]}")
        if isinstance(value, str) and text in ("", "/", "-", "—", "无", "不详", "-1", "-2"):
            return BLANK
        return unread_as("G104", value, list=self.list_name)

    def canonical(self, value: Any) -> str:
        return json_text(value) if self.text_codes else str(int(value))

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
            return Parsed(str(whole.value)) if whole.value is not None else BLANK
        items = [item for item in re.split(r"[;；,，、/+\n\r]+", value) if not is_blank(item)]
        if len(items) == 1:
            items = items[0].split()
        for item in items:
            parsed = self.choice.parse(item)
            if parsed.unread or parsed.value is None:
                return unread_as("G104", value, list=self.choice.list_name)
            codes.add(parsed.value)
        return Parsed(";".join(str(code) for code in sorted(codes))) if codes else BLANK  # nothing but signs that part

    def canonical(self, value: Any) -> str:
        return json_text(value)

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
        text = ("1" if value else "0") if isinstance(value, (bool, float, int)) and value in (0, 1) else code_text(typed(value)).upper()
        if text in _YES:
            return Parsed(1)
        if text in _NO:
            return Parsed(0)
        if text in ("", "/", "-", "—", "不详"):
            return BLANK
        return unread_as("G104", value, list=self.list_name)

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
            return unread_as("G106", value)
        if number in _SENTINELS:
            return BLANK
        return changed_to(int(number), value, str(int(number))) if changed else Parsed(int(number))

    def canonical(self, value: Any) -> str:
        return str(int(value))

    def shown(self, value: Any) -> Any:
        return int(value)


@dataclass(frozen=True)
class Flag(Count):
    """0 or 1; 是 and 否 too, in any of the ways people tick (DOMAIN 5)."""

    def parse(self, value: Cell) -> Parsed:
        ticked = Bool().parse(value)
        if ticked.value is not None:
            return Parsed(ticked.value)
        parsed = Count.parse(self, value)
        return parsed if parsed.unread or parsed.value in (0, 1, None) else unread_as("G106", value)


@dataclass(frozen=True)
class Money(Count):
    """Yuan with two decimals."""

    dtype = "float64"

    def parse(self, value: Cell) -> Parsed:
        number, changed = _number(value)
        if number is None or abs(number) >= LONGEST_EXACT:
            return unread_as("G106", value)
        number = round(float(number), 2) + 0.0  # no -0.00
        return changed_to(number, value, f"{number:.2f}") if changed else Parsed(number)

    def canonical(self, value: Any) -> str:
        return f"{value:.2f}"

    def shown(self, value: Any) -> Any:
        return float(value)


_NUMBER = re.compile(r"^([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?)(万|千)?(?:元|人次|人|份|家|次|件|条|个|例|户|场|块|名)?(?:整)?$")

_TIMES = {None: 1, "千": 1_000, "万": 10_000}


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
    number = float(match[1].replace(",", "")) * _TIMES[match[2]]
    return round(number, 6), not text.replace(".", "").lstrip("+-").isdigit()
