"""包保名单 of the fictional county: a whole chain from the county's leaders to the villages' groups."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.model.unit import Unit, pad
from toolkit.schema import Staff
from toolkit.steps import county_names as names
from toolkit.steps.county_rows import Row, day_between, days, shown

#: Roles of `schema.staff.ROLE`.
LEADER, DEPUTY, MEMBER, OFFICE_HEAD, ASSIGNED, VILLAGE_WORKER, GROUP_HEAD, DOCTOR = range(1, 9)
_SYLLABLE = {LEADER: "组", DEPUTY: "副", MEMBER: "员", OFFICE_HEAD: "主", ASSIGNED: "包",
             VILLAGE_WORKER: "专", GROUP_HEAD: "长", DOCTOR: "医"}
_LEVEL = {"county": 1, "township": 2, "village": 3}
_GROUP_LEVEL = 4
Tree = Mapping[str, Sequence[str]]
_FIRST_OF_COUNTY, _FIRST_OF_TOWNSHIP = 4, 3  # numbers of the first person assigned to units below
_SETTLED = 2025  # from this year on, the same people hold their posts
_AREAS_EACH = 3  # townships or villages one person is assigned to
_YEARS_IN_OFFICE = 2  # everybody has held the office longer than any visit in the book is old


@dataclass(frozen=True)
class People:
    """The staff of one unit: its rows, and who does what (staff ids)."""

    rows: list[Row]
    names: tuple[str, str]  # who fills in, who reviews
    organiser: str
    carers: tuple[str, ...]  # village worker and doctors


@dataclass(frozen=True)
class Post:
    """One person: number within the unit, role, what they look after, whose report they are."""

    number: int
    role: int
    areas: tuple[str, ...] = ()
    upper: str = ""
    level: int = 0


def staff_id(unit: str, number: int) -> str:
    return f"{unit}-{number:02d}"


def tree_of(units: Iterable[Unit]) -> Tree:
    """Units by the unit right above them: code -> codes, in order."""
    tree: dict[str, list[str]] = {}
    for unit in units:
        if unit.level != "county":
            tree.setdefault(_above(unit), []).append(unit.code)
    return tree


def assigned_to(tree: Tree, unit: Unit) -> str:
    """The staff id of the person at the level above who looks after this unit; "" for the county."""
    if unit.level == "county":
        return ""
    place = tree[_above(unit)].index(unit.code)
    return staff_id(_above(unit), (_FIRST_OF_COUNTY if unit.level == "township" else _FIRST_OF_TOWNSHIP) + place // _AREAS_EACH)


def people(tree: Tree, unit: Unit, seed: str, year: int, carers: int) -> People:
    """The staff of a unit, the same from month to month. `carers`: how many look after women (villages, at least 2)."""
    rng = random.Random(f"{seed}|staff|{unit.code}")
    posts = _village_posts(unit, carers, assigned_to(tree, unit)) if unit.level == "village" else _office_posts(tree, unit)
    base = dt.date(min(year, _SETTLED) - _YEARS_IN_OFFICE, 1, 1)
    offset = rng.randint(0, 9)
    rows = [_row(unit, post, offset, base, rng) for post in posts]
    if unit.level == "village" and rng.random() < 0.2:
        rows.append(_predecessor(unit, rows[0], len(rows) + 1, offset))
    return People(rows, (rows[0]["name"], rows[1]["name"]), rows[0]["staff_id"],
                  tuple(staff_id(unit.code, post.number) for post in posts if post.role in (VILLAGE_WORKER, DOCTOR)))


def _above(unit: Unit) -> str:
    return pad(unit.code[:9]) if unit.level == "village" else names.COUNTY.code


def _office_posts(tree: Tree, unit: Unit) -> list[Post]:
    upper = assigned_to(tree, unit)
    heads: tuple[int, ...] = (OFFICE_HEAD, LEADER, DEPUTY) if unit.level == "county" else (OFFICE_HEAD, MEMBER)
    posts = [Post(number, role, upper=upper) for number, role in enumerate(heads, 1)]
    children = tree.get(unit.code, [])
    for start in range(0, len(children), _AREAS_EACH):
        posts.append(Post(len(posts) + 1, ASSIGNED, tuple(children[start : start + _AREAS_EACH]), upper))
    return posts


def _village_posts(unit: Unit, carers: int, upper: str) -> list[Post]:
    own = (unit.code,)
    posts = [Post(1, VILLAGE_WORKER, own, upper), Post(2, DOCTOR, own, upper)]
    posts += [Post(number + 2, GROUP_HEAD, (f"{unit.code}-{number:02d}",), staff_id(unit.code, 1), _GROUP_LEVEL) for number in (1, 2)]
    posts += [Post(len(posts) + 1 + more, DOCTOR, own, upper) for more in range(max(0, carers - 2))]
    return posts


def _row(unit: Unit, post: Post, offset: int, base: dt.date, rng: random.Random) -> Row:
    level = post.level or _LEVEL[unit.level]
    since = day_between(rng, base, base + days(300))
    return shown(
        Staff, staff_id=staff_id(unit.code, post.number), level=level, unit_code=unit.code, unit_name=unit.name,
        name=names.staff_name(_SYLLABLE[post.role], offset + post.number), role=post.role,
        work_phone=names.office_phone(int(unit.code[6:]) * 10 + post.number % 10), area_codes=";".join(post.areas) or None,
        upper_id=post.upper or None, valid_from=since, publicised_on=since + days(5) if level <= 2 else None,
        confidentiality_on=since + days(rng.randint(0, 3)),
    )


def _predecessor(unit: Unit, holder: Row, number: int, offset: int) -> Row:
    """Who held the first post before, up to the day before it changed hands."""
    since = holder["valid_from"]
    return holder | {
        "staff_id": staff_id(unit.code, number), "name": names.staff_name(_SYLLABLE[VILLAGE_WORKER], offset + number),
        "valid_from": since - days(700), "valid_to": since - days(1), "confidentiality_on": since - days(699),
    }
