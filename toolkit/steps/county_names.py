"""Names and numbers of the fictional county: nobody and nothing real can be meant by them."""

from __future__ import annotations

import random

from toolkit.model.unit import Unit, pad

COUNTY = Unit("990101000000", "示例县", True)
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_PLACES = ("山乡", "水镇", "溪乡", "原镇", "林乡", "桥镇", "塘乡", "坪镇", "湾乡", "岭镇")
_DIGITS = "〇一二三四五六七八九"
_RECORD_LETTERS = "ABCDFGHJKMNPQRSTUVWXYZ"  # without E I L O (DOMAIN 5.2)
_RECORD_SIGNS = _RECORD_LETTERS + "23456789"

VILLAGES_PER_TOWNSHIP = 5
MOST_TOWNSHIPS, MOST_VILLAGES_EACH = 299, 199  # 101-399 and 201-399 (DOMAIN 3.3)

#: GB 32100-2015 (DOMAIN 3.8).
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def numeral(number: int) -> str:
    """1 to 999 as Chinese writes it: 十一, 二十, 一百〇一."""
    if number >= 100:
        rest = number % 100
        if not rest:
            return _DIGITS[number // 100] + "百"
        return _DIGITS[number // 100] + "百" + ("〇" + _DIGITS[rest] if rest < 10 else ("一" if rest < 20 else "") + numeral(rest))
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def units_of(villages: int) -> tuple[Unit, ...]:
    """The county, its townships (about five villages each) and its villages, in code order; all report.

    Raises ValueError where the code ranges do not hold that many villages.
    """
    townships = min(MOST_TOWNSHIPS, max(1, round(villages / VILLAGES_PER_TOWNSHIP)))
    if not 1 <= villages <= townships * MOST_VILLAGES_EACH:
        raise ValueError(f"1 to {MOST_TOWNSHIPS * MOST_VILLAGES_EACH} villages, not {villages}")
    units = [COUNTY]
    each, more = divmod(villages, townships)
    for place in range(townships):
        township = Unit(pad(f"990101{101 + place}"), COUNTY.name + _township_name(place), True)
        units.append(township)
        units += [Unit(f"{township.code[:9]}{200 + number}", f"{township.name}{numeral(number)}村", True)
                  for number in range(1, each + (place < more) + 1)]
    return tuple(units)


def _township_name(place: int) -> str:
    turn, stem = divmod(place, len(STEMS))
    return STEMS[stem] + (numeral(turn + 1) if turn else "") + _PLACES[stem]


def woman_name(number: int) -> str:
    """样例甲子 … 样例癸亥: sixty names; no staff name contains one."""
    return "样例" + STEMS[number % len(STEMS)] + BRANCHES[number % len(BRANCHES)]


def staff_name(role: str, number: int) -> str:
    """样例专甲: the sign of the role, then a stem."""
    return "样例" + role + STEMS[number % len(STEMS)]


def phone(number: int) -> str:
    """A mobile number of a range nobody has."""
    return f"190000{number % 100_000:05d}"


def office_phone(number: int) -> str:
    """A landline with an area code nobody has."""
    return f"0990-{number % 10_000_000:07d}"


def record_ids(count: int, rng: random.Random) -> tuple[str, ...]:
    """Different record numbers: six characters, a letter first."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[rng.choice(_RECORD_LETTERS) + "".join(rng.choices(_RECORD_SIGNS, k=5))] = None
    return tuple(found)


def organisation_code(serial: int) -> str:
    """A well-formed organisation code (GB 32100) registered in the division 990101, which does not exist."""
    body = f"91990101MA{serial % 10_000_000:07d}"
    rest = sum(_USCC_SIGNS.index(sign) * weight for sign, weight in zip(body, _USCC_WEIGHTS, strict=True)) % 31
    return body + _USCC_SIGNS[(31 - rest) % 31]
