"""`ledger-sample/1`: a draw that anyone with the frame can repeat (SPEC 7). Text and integers only, no clock, no chance.

The seed is text from dice, the rate an exact fraction, a ticket the SHA-256 of key, unit and token: a line's ticket does not
depend on the other lines, so a township's order is the county's order restricted to it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from toolkit.model.unit import at_level

ALGORITHM, PURPOSE = "ledger-sample/1", "visits"
LEVELS = ("township", "county")
#: Digits of a seed that nobody can steer: twenty throws of ten-sided dice, 66 bits.
SEED_DIGITS = 20
LOWEST_RATE = Fraction(1, 20)  # 不低于5%（三级两全包保服务责任制，验收办法）
SHORT_TICKET = 8
_LINE = re.compile(r"([1-9][0-9]{11})\t([0-9a-f]{12})\t([yn])")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, order=True)
class Line:
    """One service row: whose unit, which token, and whether she agreed to be visited (服务回访)."""

    unit: str
    token: str
    agreed: bool

    @property
    def text(self) -> str:
        return f"{self.unit}\t{self.token}\t{'y' if self.agreed else 'n'}\n"


@dataclass(frozen=True)
class Unusable:
    """Why a frame file cannot be used: a key of the reason, and the line where it shows (0: the whole file)."""

    why: str
    line: int = 0


@dataclass(frozen=True)
class Terms:
    """What both sides agreed before the draw. `rate`: an exact fraction as text; `made`: how the seed was made."""

    period: str
    seed: str
    rate: str = "1/20"
    by: str = "township"
    floor: int = 1
    made: str = ""
    software: str = ""


@dataclass(frozen=True)
class Stratum:
    """One township or county. `total`: all lines; `agreed`: those that may be drawn; `needed`: by the rate; `drawn`: as can be."""

    unit: str
    total: int
    agreed: int
    needed: int
    drawn: int


@dataclass(frozen=True)
class Ticket:
    """One line with its ticket, 64 hex digits."""

    unit: str
    token: str
    ticket: str


@dataclass(frozen=True)
class Certificate:
    """A draw, complete: with the frame behind `digest` it can be repeated by anyone. Tickets stand by stratum, in order."""

    terms: Terms
    digest: str  # M of the frame
    strata: tuple[Stratum, ...]
    drawn: tuple[Ticket, ...]
    reserves: tuple[Ticket, ...]

    @property
    def total(self) -> int:
        return sum(stratum.total for stratum in self.strata)

    @cached_property
    def drawn_of(self) -> Mapping[str, tuple[Ticket, ...]]:
        """Stratum -> its drawn tickets, in order; a stratum without any is there too."""
        return self._by_stratum(self.drawn)

    @cached_property
    def reserves_of(self) -> Mapping[str, tuple[Ticket, ...]]:
        """Stratum -> its reserves, in order."""
        return self._by_stratum(self.reserves)

    def _by_stratum(self, tickets: Sequence[Ticket]) -> dict[str, tuple[Ticket, ...]]:
        found: dict[str, list[Ticket]] = {stratum.unit: [] for stratum in self.strata}
        for one in tickets:
            found.setdefault(at_level(one.unit, self.terms.by), []).append(one)
        return {unit: tuple(members) for unit, members in found.items()}

    @cached_property
    def short(self) -> Mapping[str, str]:
        """Ticket -> its first eight digits, more where two would agree (DOMAIN 6.5)."""
        tickets = [one.ticket for one in (*self.drawn, *self.reserves)]
        length = SHORT_TICKET
        while len({ticket[:length] for ticket in tickets}) < len(set(tickets)):
            length += 1
        return {ticket: ticket[:length] for ticket in tickets}


# ------------------------------------------------------------------------------------------------------------ frame


def frame_bytes(lines: Iterable[Line]) -> bytes:
    """The frame's file: one line each, NFC, sorted by bytes, LF after every line."""
    return b"".join(sorted(unicodedata.normalize("NFC", line.text).encode() for line in lines))


def frame_digest(data: bytes) -> str:
    """M: what both sides sign before the seed exists."""
    return hashlib.sha256(data).hexdigest()


def parse_frame(data: bytes) -> tuple[Line, ...] | Unusable:
    """The lines of a frame's file, or why it is none. Nothing is repaired here: another byte is another M."""
    if data.startswith(_BOM):
        return Unusable("frame_bom", 1)
    if b"\r" in data:
        return Unusable("frame_crlf", data[: data.index(b"\r")].count(b"\n") + 1)
    if data and not data.endswith(b"\n"):
        return Unusable("frame_end", data.count(b"\n") + 1)
    texts = data.split(b"\n")[:-1]
    lines: list[Line] = []
    for number, text in enumerate(texts, start=1):
        found = _LINE.fullmatch(text.decode("ascii", "replace"))
        if found is None:
            return Unusable("frame_line", number)
        lines.append(Line(found[1], found[2], found[3] == "y"))
    for number, (before, after) in enumerate(zip(lines, lines[1:], strict=False), start=2):
        if (before.unit, before.token) == (after.unit, after.token):
            return Unusable("frame_twice", number)
    for number, (earlier, later) in enumerate(zip(texts, texts[1:], strict=False), start=2):
        if earlier > later:
            return Unusable("frame_order", number)
    return tuple(lines)


# ------------------------------------------------------------------------------------------------------------- draw


def seed_fault(seed: str) -> str:
    """`blank`, `spaces` (white space or control signs), `weak` (fewer than twenty digits), or "" for a seed as it should be."""
    if not seed:
        return "blank"
    if any(sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in seed):
        return "spaces"
    return "weak" if sum(sign in "0123456789" for sign in seed) < SEED_DIGITS else ""


def key(period: str, seed: str) -> str:
    """K: of algorithm, purpose, period and seed, a line each, no final LF."""
    return _sha256("\n".join((ALGORITHM, PURPOSE, period, seed)))


def ticket(key_: str, unit: str, token: str) -> str:
    """t: of key, unit and token, a line each, no final LF."""
    return _sha256("\n".join((key_, unit, token)))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sizes(total: int, agreed: int, rate: str, floor: int = 1) -> tuple[int, int]:
    """How many a stratum needs by the rate, and how many are drawn: no more than agreed."""
    numerator, denominator = fraction(rate)
    needed = max(floor, (total * numerator + denominator - 1) // denominator) if total else 0
    return needed, min(agreed, needed)


def fraction(rate: str) -> tuple[int, int]:
    """`1/20` as two integers."""
    numerator, denominator = rate.split("/")
    return int(numerator), int(denominator)


def draw(lines: Sequence[Line], terms: Terms) -> Certificate:
    """The sample of a frame: in each stratum the smallest tickets of those who agreed, then as many named reserves."""
    secret = key(terms.period, terms.seed)
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(at_level(line.unit, terms.by), []).append(line)
    strata: list[Stratum] = []
    drawn: list[Ticket] = []
    reserves: list[Ticket] = []
    for unit, members in sorted(groups.items()):
        order = sorted((ticket(secret, line.unit, line.token), line.unit, line.token) for line in members if line.agreed)
        tickets = [Ticket(unit_code, token, hexes) for hexes, unit_code, token in order]
        needed, size = sizes(len(members), len(order), terms.rate, terms.floor)
        strata.append(Stratum(unit, len(members), len(order), needed, size))
        drawn += tickets[:size]
        reserves += tickets[size:2 * size]
    return Certificate(terms, frame_digest(frame_bytes(lines)), tuple(strata), tuple(drawn), tuple(reserves))


# ------------------------------------------------------------------------------------------------------- as JSON


def as_json(certificate: Certificate) -> dict[str, Any]:
    """The certificate as SPEC 4 has it, with `digest` over the canonical JSON of the rest."""
    terms = certificate.terms
    facts: dict[str, Any] = {
        "algorithm": ALGORITHM, "period": terms.period, "M": certificate.digest, "N": certificate.total, "n": len(certificate.drawn),
        "S": terms.seed, "made": terms.made, "rate": terms.rate, "by": terms.by, "floor": terms.floor, "software": terms.software,
        "strata": [{"stratum": one.unit, "N": one.total, "agreed": one.agreed, "needed": one.needed, "n": one.drawn} for one in certificate.strata],
        "drawn": [{"unit": one.unit, "token": one.token, "ticket": one.ticket} for one in certificate.drawn],
        "reserves": [{"unit": one.unit, "token": one.token, "ticket": one.ticket} for one in certificate.reserves],
    }
    return {**facts, "digest": certificate_digest(facts)}


def canonical(facts: Mapping[str, Any]) -> str:
    """Canonical JSON: NFC, sorted keys, no spaces, signs as they are."""
    return unicodedata.normalize("NFC", json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def certificate_digest(facts: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON without the key `digest`."""
    return _sha256(canonical({name: value for name, value in facts.items() if name != "digest"}))


def from_json(facts: Mapping[str, Any]) -> Certificate:
    """The certificate of a JSON whose shape was found sound (`sample_verify.shape_faults`)."""
    terms = Terms(facts["period"], facts["S"], facts["rate"], facts["by"], facts["floor"], facts["made"], facts["software"])
    strata = tuple(Stratum(one["stratum"], one["N"], one["agreed"], one["needed"], one["n"]) for one in facts["strata"])
    tickets = [tuple(Ticket(one["unit"], one["token"], one["ticket"]) for one in facts[name]) for name in ("drawn", "reserves")]
    return Certificate(terms, facts["M"], strata, tickets[0], tickets[1])
