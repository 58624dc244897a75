"""Shared vectors: a cell as typed, and what it is read as. `vectors.json` is read by Python's test and by LibreOffice's.

A cell is JSON: text, number, true, null, {"date": "2025-08-09"}, {"error": "#N/A"}, {"repeat": ["x", 1001]}. What is expected
is text: `value|code` for kinds (`unread` where it could not be read), the answer itself for the rest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.excel.books import standard_plan
from toolkit.model.ledger import Kind
from toolkit.model.plan import Plan
from toolkit.model.sheet import Cell, CellError
from toolkit.rules.deadlines import days_used
from toolkit.rules.pregnancies import PHONE
from toolkit.rules.privacy import forbidden_header, identity_number, set_aside_text
from toolkit.schema import LEDGERS, Cover
from toolkit.schema import kinds as k
from toolkit.schema.text import code_text, is_blank, plain, typed
from toolkit.steps import headers, row_kinds
from toolkit.steps.columns import ditto_filled
from toolkit.steps.minimise import token

FILE = Path(__file__).with_name("vectors.json")
_EPOCH = dt.date(1899, 12, 30)


def plan() -> Plan:
    """The standard plan, but that needs are to be reported within working days: what macros know of days off shows there."""
    standard = standard_plan()
    return replace(standard, deadlines=replace(standard.deadlines, need_day_count="working"))


def choices() -> dict[str, Kind]:
    """Every list of ours by its name."""
    found: dict[str, Kind] = {}
    for ledger in (*LEDGERS, Cover):
        for column in ledger.columns:
            if isinstance(column.kind, (k.Choice, k.Multi)):
                found["multi:" + column.kind.list_name if isinstance(column.kind, k.Multi) else "choice:" + column.kind.list_name] = column.kind
    return found


KINDS: dict[str, Kind] = {
    "date": k.Date(), "month": k.Month(), "quarter": k.Quarter(), "bool": k.Bool(), "flag": k.Flag(), "count": k.Count(), "money": k.Money(),
    "code": k.Code(), "upper": k.RecordId(), "phone": k.Phone(), "name": k.Name(), "doc": k.DocNumber(), "text": k.Text(),
    "unit:": k.UnitCode(), "unit:county,township": k.UnitCode(levels=("county", "township")), "units": k.UnitCodes(), **choices()}


def cell(given: Any) -> Cell:
    """A vector's cell as the readers give it."""
    if isinstance(given, dict):
        (form, value), = given.items()
        return {"date": dt.date.fromisoformat, "error": CellError, "repeat": lambda pair: pair[0] * pair[1]}[form](value)  # type: ignore[no-any-return]
    return float(given) if isinstance(given, int) and not isinstance(given, bool) else given  # type: ignore[no-any-return]


def told(kind: Kind, value: Cell) -> str:
    """`value|code`, days as 2025-08-09."""
    parsed = k.parse_cell(kind, value)
    found = "unread" if parsed.unread else "" if parsed.value is None else _shown(kind, parsed.value)
    return f"{found}|{parsed.code}"


def _shown(kind: Kind, value: Any) -> str:
    if isinstance(value, dt.date):
        return f"{value:%Y-%m-%d}"
    return f"{value:.2f}" if isinstance(kind, k.Money) else str(value)


def _matches(pattern: str) -> Callable[[str], str]:
    import re

    return lambda text: str(bool(re.fullmatch(pattern, text)))


def _row_word(text: str) -> str:
    """What a row that begins with this text may be, by the text alone."""
    return "".join(sign for sign, found in (("T", row_kinds.is_total(text)), ("S", row_kinds.is_sample(text)), ("N", row_kinds.is_note(text))) if found)


TEXT_FUNCTIONS: dict[str, Callable[[Any], str]] = {
    "plain": plain, "code_text": code_text, "blank": lambda value: str(is_blank(value)), "header": headers.key, "typed": typed,
    "free_text": lambda text: set_aside_text(plain(text)) or ("K103" if identity_number(text) else ""),
    "other_text": lambda text: "K103" if identity_number(text) else "",
    "phone_form": _matches(PHONE), "row_word": _row_word, "placeholder": lambda value: str(k.is_placeholder(value)),
    "ditto": lambda text: str(ditto_filled(["x", text])[1] == "x"),
    "need_days": lambda text: str(days_used(*map(dt.date.fromisoformat, text.split("\t")), plan())),
    "hash": lambda text: hashlib.sha256(text.encode()).hexdigest(),
    "token": lambda parts: token(*parts.split("\t")),
    **{f"forbidden:{ledger.id}": (lambda text, name=ledger.id: forbidden_header(text, name) or "") for ledger in LEDGERS},
}


def in_python(function: str, given: Any) -> str:
    """What Python makes of a vector's cell."""
    value = cell(given)
    return told(KINDS[function], value) if function in KINDS else TEXT_FUNCTIONS[function](value)


def load() -> dict[str, list[tuple[Any, str]]]:
    """Function -> its vectors."""
    return {name: [(given, expected) for given, expected in pairs] for name, pairs in json.loads(FILE.read_text(encoding="utf-8")).items()}


#: Parts the cells of one call, and the lines of its answer: a character of no script.
BETWEEN = "\ue000"


def for_macro(given: Any) -> str:
    """A cell as the macros' test module takes it: a letter for its type, then its text."""
    value = cell(given)
    if value is None:
        return "0"
    if isinstance(value, bool):
        return f"b{int(value)}"
    if isinstance(value, float):
        return f"n{value!r}"
    if isinstance(value, dt.date):
        return f"d{(value - _EPOCH).days}"
    return f"s{value.text if isinstance(value, CellError) else value}"
