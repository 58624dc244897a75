"""Text as people type it: what is one and the same, what is nothing, what an unreadable cell keeps."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from toolkit.model.ledger import Parsed
from toolkit.model.sheet import Cell

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
#: Full-width letters, digits and the few signs that belong to numbers; Chinese punctuation stays as it is.
_NARROW = {0xFF10 + i: 0x30 + i for i in range(10)} | {0xFF21 + i: 0x41 + i for i in range(26)} | {0xFF41 + i: 0x61 + i for i in range(26)}
NARROW_SIGNS = _NARROW | {ord(a): b for a, b in zip("．－＋／，＊＃％：（）［］", ".-+/,*#%:()[]", strict=True)}
LONGEST_EXACT = 10**15  # Excel keeps 15 digits

BLANK = Parsed()


def plain(text: str) -> str:
    """Text as a person sees it: NFC, no invisible characters, narrow digits and letters, single inner spaces."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_NARROW)
    return _SPACES.sub(" ", text).strip()


def code_text(text: str) -> str:
    """Text of a code: as `plain`, with narrow signs and no spaces."""
    return plain(text.translate(NARROW_SIGNS)).replace(" ", "")


#: Signs by which spreadsheet programs take a text for a formula, half and full width.
_FORMULA_SIGNS = frozenset("=+-@＝＋－＠")
_MAY_BEGIN = _FORMULA_SIGNS | frozenset(" \t\r\n\u3000\u00a0\ufeff\u200b")
_JUST_A_NUMBER = re.compile(r"[-+－＋]*[\d.,]*[%％]?$|[-－+＋=＝@＠]+$")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program might compute a text it opens or a person edits; numbers and lone dashes are none."""
    if text[:1] not in _MAY_BEGIN:
        return False
    bare = text.lstrip(" \t\r\n\u3000\u00a0\ufeff\u200b")
    return bare[:1] in _FORMULA_SIGNS and not _JUST_A_NUMBER.match(bare)


def is_blank(value: Cell) -> bool:
    """Nothing there, or only white and invisible characters."""
    if value is None or value == "":
        return True
    if not isinstance(value, str) or value[0].isalnum():
        return False
    return not value.translate(_INVISIBLE).strip()


def typed(value: Cell) -> str:
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


def unread_as(code: str, value: Cell, **params: str) -> Parsed:
    text = typed(value) or "?"
    return Parsed(code=code, params=(("v", text), *params.items()), unread=text)


def digits_lost(value: Cell) -> Parsed:
    """A long number kept as a number: said and kept as the sheet shows it, 9.90101E+11, never with the digits that are
    left: they may be most of an identity number."""
    shown = f"{float(code_text(typed(value))):.5E}"
    return Parsed(code="G109", params=(("v", shown),), unread=shown)


def changed_to(value: Any, was: Cell, shown: str) -> Parsed:
    return Parsed(value, "G105", (("v", typed(was)), ("new", shown)))


json_text = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True)
class Text:
    """Any text; invisible characters, line breaks and full-width letters and digits are made plain."""

    dtype = "str"
    numeric = False
    list_name = ""

    def parse(self, value: Cell) -> Parsed:
        return Parsed(typed(value))

    def canonical(self, value: Any) -> str:
        return json_text(value)

    def shown(self, value: Any) -> Any:
        return value
