"""Header texts as people write them, and which column of which ledger they mean."""

from __future__ import annotations

import functools
import re
import unicodedata

from toolkit.model.ledger import Ledger
from toolkit.schema import BY_NAME, LEDGERS, ROW_HINT, SERIAL, Pregnancies
from toolkit.schema.merged import PENDING, PROVENANCE
from toolkit.schema.pregnancies import LAST_PERIOD

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]{0,200}[)）\]】]")
_SIGNS = re.compile(r"[*＊※:：。、]+")

#: Fields that are no field of a ledger: read for another's sake, or known and left alone.
LMP, IGNORED = "_lmp", "_ignored"
_ORDINARY_IGNORED = (SERIAL, "序", "编次", ROW_HINT, PENDING, *PROVENANCE)


@functools.lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """A header without white space, stars, colons, and anything in brackets (units, hints)."""
    text = unicodedata.normalize("NFKC", text)
    text = _INVISIBLE.sub("", text)
    bare = _SIGNS.sub("", _BRACKETS.sub("", text))
    return (bare or _SIGNS.sub("", text)).upper()


@functools.cache
def fields(ledger_id: str) -> dict[str, tuple[str, bool]]:
    """Header key -> (field, whether it is the heading itself and not an alias)."""
    ledger = BY_NAME[ledger_id]
    found: dict[str, tuple[str, bool]] = {}
    for column in ledger.columns:
        found[key(column.heading)] = (column.field, True)
    for column in ledger.columns:
        for alias in column.aliases:
            found.setdefault(key(alias), (column.field, False))
    if ledger is Pregnancies:
        for name in LAST_PERIOD:
            found.setdefault(key(name), (LMP, True))
    for name in _ORDINARY_IGNORED:
        found.setdefault(key(name), (IGNORED, True))
    return found


@functools.cache
def sheet_names() -> dict[str, tuple[type[Ledger], bool]]:
    """Sheet name key -> (ledger, whether it is the exact name)."""
    found: dict[str, tuple[type[Ledger], bool]] = {}
    for ledger in LEDGERS:
        found[key(ledger.sheet)] = (ledger, True)
    for ledger in LEDGERS:
        for alias in ledger.aliases:
            found.setdefault(key(alias), (ledger, False))
    return found


def ledger_of_name(name: str) -> tuple[type[Ledger], bool] | None:
    """The ledger a sheet's name says it is: `案件台账`, `案件台账 `, `8月案件台账`, `案件台账(2)`."""
    known = sheet_names()
    text = key(name)
    if text in known:
        return known[text]
    inside = [(len(word), ledger) for word, (ledger, exact) in known.items() if exact and word in text]
    return (max(inside, key=lambda pair: pair[0])[1], False) if inside else None
