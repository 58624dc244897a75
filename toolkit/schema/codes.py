"""Kinds of text that name something: people, numbers that are names, units and their codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from toolkit.model import unit as units
from toolkit.model.ledger import Parsed
from toolkit.model.sheet import Cell
from toolkit.schema.text import BLANK, LONGEST_EXACT, Text, changed_to, code_text, digits_lost, is_blank, typed, unread_as

_CJK_GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_PHONE = re.compile(r"^(?:(?:\+|00)?86)?1[3-9]\d-?\d{4}-?\d{4}$|^0\d{2,3}-?\d{7,8}(?:-\d{1,6})?$")
_SCIENTIFIC = re.compile(r"^[+-]?\d+(?:\.\d+)?[eE]\+?\d+$")


@dataclass(frozen=True)
class Name(Text):
    """A person's or office's name: spaces between Chinese characters go."""

    def parse(self, value: Cell) -> Parsed:
        return Parsed(_CJK_GAP.sub("", typed(value)))


@dataclass(frozen=True)
class Code(Text):
    """A number that is a name: letters, digits and signs without spaces; never a number."""

    upper: bool = False

    def parse(self, value: Cell) -> Parsed:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if abs(value) >= LONGEST_EXACT:
                return digits_lost(value)
            return Parsed(typed(value))
        text = code_text(typed(value))
        if _SCIENTIFIC.match(text):
            return digits_lost(value)
        if text.endswith(".0") and text[:-2].isdigit():
            return changed_to(text[:-2], value, text[:-2])
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
        return digits_lost(value) if isinstance(value, (int, float)) else unread_as("G104", value, list="当月记号")


def two_phones(text: str) -> tuple[str, ...]:
    """The numbers of a cell that holds two phones or more, () where it holds one or something else."""
    parts = tuple(code_text(part) for part in re.split(r"[/;；,，、\s或]+", text.strip()) if not is_blank(part))
    return parts if len(parts) > 1 and all(_PHONE.match(part) for part in parts) else ()


@dataclass(frozen=True)
class Phone(Code):
    """A phone number as digits; the pattern itself is P121's affair (DOMAIN 3.5). Of two in one cell the first is read."""

    def parse(self, value: Cell) -> Parsed:
        several = two_phones(value) if isinstance(value, str) else ()
        if several:
            first = self.parse(several[0])
            return changed_to(first.value, value, str(first.value))
        parsed = Code.parse(self, value)
        if not isinstance(parsed.value, str):
            return parsed
        text = re.sub(r"^(?:\+|00)86", "", parsed.value)
        if re.fullmatch(r"861[3-9]\d[\d-]{8,10}", text) and len(text.replace("-", "")) == 13:
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
        text = typed(value).replace(" ", "")
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
            return changed_to(text[:12], value, text[:12])
        if not units.is_code(text) or (self.levels and units.level_of(units.pad(text)) not in self.levels):
            return unread_as("G104", value, list="单位代码")
        return Parsed(units.pad(text), parsed.code, parsed.params)

    def shown(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class UnitCodes(Code):
    """Several unit codes in one cell, parted by ; ， 、 or line breaks; kept sorted, joined by `;`."""

    @staticmethod
    def items(text: str) -> list[str]:
        """What a cell names, each by itself."""
        return [item for item in re.split(r"[;；,，、\n\r]+|\s{2,}", text) if not is_blank(item)]

    def parse(self, value: Cell) -> Parsed:
        if not isinstance(value, str):
            return UnitCode(group=True).parse(value)
        found = []
        for item in self.items(value):
            parsed = UnitCode(group=True).parse(item)
            if parsed.unread:
                return unread_as(parsed.code, value, list="单位代码")
            found.append(parsed.value)
        return Parsed(";".join(sorted(set(found)))) if found else BLANK
