"""Whether a certificate holds: everything in it computed again, and exactly what differs (SPEC 7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from toolkit.steps.sample import (
    ALGORITHM,
    LEVELS,
    LOWEST_RATE,
    Certificate,
    Line,
    Stratum,
    Ticket,
    as_json,
    certificate_digest,
    draw,
    fraction,
    from_json,
    key,
    sizes,
    ticket,
)


@dataclass(frozen=True)
class Difference:
    """One leaf that does not hold: where, what the certificate says, what it should say ("" nothing)."""

    path: str
    found: str
    expected: str


def verify(facts: Any, lines: Sequence[Line] | None) -> list[Difference]:
    """What differs from a draw made again. Without the frame only tickets, order, sizes and the digest are checked."""
    faults = shape_faults(facts)
    if faults:
        return faults
    found = from_json(facts)
    again = draw(lines, found.terms) if lines is not None else _without_frame(found)
    differs = differences(facts, as_json(again))
    if Fraction(*fraction(found.terms.rate)) < LOWEST_RATE:
        differs.append(Difference("rate", found.terms.rate, f">= {LOWEST_RATE}"))
    own = certificate_digest(facts)
    if own != facts["digest"] and not any(one.path == "digest" for one in differs):
        differs.append(Difference("digest", facts["digest"], own))
    return differs


def differences(found: Any, expected: Any, path: str = "") -> list[Difference]:
    """Every leaf in which two JSON values differ, in order."""
    if isinstance(found, Mapping) and isinstance(expected, Mapping):
        return [one for name in dict.fromkeys((*expected, *found))
                for one in differences(found.get(name), expected.get(name), f"{path}.{name}" if path else name)]
    if isinstance(found, list) and isinstance(expected, list):
        size = max(len(found), len(expected))
        pairs = zip([*found, *[None] * (size - len(found))], [*expected, *[None] * (size - len(expected))], strict=True)
        return [one for number, (left, right) in enumerate(pairs, start=1) for one in differences(left, right, f"{path}[{number}]")]
    same = found == expected and isinstance(found, bool) == isinstance(expected, bool)
    return [] if same else [Difference(path, _shown(found), _shown(expected))]


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values())
    return "" if value is None else str(value)


def _without_frame(found: Certificate) -> Certificate:
    """The certificate as it would follow from its own lines and counts."""
    terms = found.terms
    secret = key(terms.period, terms.seed)
    strata = tuple(_sized(one, found) for one in sorted(found.strata, key=lambda one: one.unit))
    drawn: list[Ticket] = []
    reserves: list[Ticket] = []
    for stratum in strata:
        lines = {(one.unit, one.token) for one in (*found.drawn_of.get(stratum.unit, ()), *found.reserves_of.get(stratum.unit, ()))}
        order = [Ticket(unit, token, hexes) for hexes, unit, token in sorted((ticket(secret, unit, token), unit, token) for unit, token in lines)]
        drawn += order[:stratum.drawn]
        reserves += order[stratum.drawn:stratum.drawn + min(stratum.drawn, stratum.agreed - stratum.drawn)]
    return replace(found, strata=strata, drawn=tuple(drawn), reserves=tuple(reserves))


def _sized(stratum: Stratum, found: Certificate) -> Stratum:
    needed, drawn = sizes(stratum.total, min(stratum.agreed, stratum.total), found.terms.rate, found.terms.floor)
    return replace(stratum, agreed=min(stratum.agreed, stratum.total), needed=needed, drawn=drawn)


# ------------------------------------------------------------------------------------------------------------ shape

_HEX64, _HEX12, _UNIT = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{12}"), re.compile(r"[1-9][0-9]{11}")
_COUNT = "whole number"


def _text(pattern: str) -> Callable[[Any], bool]:
    form = re.compile(pattern, re.S)
    return lambda value: isinstance(value, str) and form.fullmatch(value) is not None and _encodable(value)


def _encodable(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9


#: Leaf -> (what it must be, in words, and the test).
_TOP: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "algorithm": (ALGORITHM, lambda value: value == ALGORITHM), "period": ("YYYY-MM", _text(r"[0-9]{4}-(0[1-9]|1[0-2])")),
    "M": ("64 hex", _text(_HEX64.pattern)), "N": (_COUNT, _count), "n": (_COUNT, _count), "S": ("text", _text(r".+")),
    "made": ("text", _text(r".*")), "rate": ("1/20", _text(r"[1-9][0-9]{0,5}/[1-9][0-9]{0,5}")), "by": (", ".join(LEVELS), lambda value: value in LEVELS),
    "floor": (_COUNT, _count), "software": ("text", _text(r".*")), "digest": ("64 hex", _text(_HEX64.pattern)),
}
_STRATUM: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "stratum": ("12 digits", _text(_UNIT.pattern)), **dict.fromkeys(("N", "agreed", "needed", "n"), (_COUNT, _count))}
_TICKET: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "unit": ("12 digits", _text(_UNIT.pattern)), "token": ("12 hex", _text(_HEX12.pattern)), "ticket": ("64 hex", _text(_HEX64.pattern))}
_LISTS = {"strata": _STRATUM, "drawn": _TICKET, "reserves": _TICKET}


def shape_faults(facts: Any) -> list[Difference]:
    """Leaves that are missing, too many, or not of their kind; with any of them nothing can be computed again."""
    if not isinstance(facts, Mapping):
        return [Difference("", _shown(facts), "{…}")]
    faults = _leaf_faults({name: value for name, value in facts.items() if name not in _LISTS}, _TOP, "")
    for name, leaves in _LISTS.items():
        entries = facts.get(name)
        if not isinstance(entries, list):
            faults.append(Difference(name, _shown(entries), "[…]"))
            continue
        for number, entry in enumerate(entries, start=1):
            if isinstance(entry, Mapping):
                faults += _leaf_faults(entry, leaves, f"{name}[{number}].")
            else:
                faults.append(Difference(f"{name}[{number}]", _shown(entry), "{…}"))
    return faults


def _leaf_faults(entry: Mapping[str, Any], leaves: Mapping[str, tuple[str, Callable[[Any], bool]]], path: str) -> list[Difference]:
    wrong = [Difference(path + name, _shown(entry.get(name)), words) for name, (words, holds) in leaves.items() if not holds(entry.get(name))]
    return wrong + [Difference(path + str(name), _shown(value), "") for name, value in entry.items() if name not in leaves]
