"""A slow, obvious second reading of the harder rules, on random sheets: what it finds is what the rules find."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.rules.planting import COUNTY, PLAN, TOWN, V1, V2, Cells, found, ground, part_of
from toolkit.model.plan import Deadline, Deadlines, Limits, Penalty, Plan, Reward
from toolkit.rules import Ground
from toolkit.schema import Cases, Ledger, Pregnancies, Services, Staff, Visits, Works

ROUNDS = range(12)
Sheet = tuple[type[Ledger], str, list[Cells]]


def day(rng: random.Random, low: str, high: str) -> str:
    first, last = dt.date.fromisoformat(low), dt.date.fromisoformat(high)
    return (first + dt.timedelta(rng.randint(0, (last - first).days))).isoformat()


def maybe(rng: random.Random, chance: float, text: str) -> str:
    return text if rng.random() < chance else ""


def when(text: object, otherwise: str = "") -> dt.date | None:
    value = str(text) or otherwise
    return dt.date.fromisoformat(value) if value else None


def number(text: object) -> float | None:
    return float(str(text)) if text != "" else None


# --------------------------------------------------------------------------------------------------- money of cases

MONEY_PLAN = replace(PLAN, penalties=(Penalty("06", 10_000, 30_000), Penalty("01", 5_000, 8_000), Penalty("01", 20_000, 50_000)))


def _cases(rng: random.Random) -> list[Cells]:
    amounts = ("", "0", "1", "4999", "5000", "8000", "8001", "9999", "10000", "20000", "30000", "30000.5", "50000", "60000", "120000", "120001")
    return [{"status": rng.choice("01234567"), "type": rng.choice(("01", "06", "19", "")), "fine": rng.choice(amounts),
             "confiscated": rng.choice(("", "0", "9999.99", "10000", "20000")), "reward": rng.choice(("", "0", "499", "500", "501", "2000"))}
            for _ in range(60)]


def _money(rows: list[Cells], plan: Plan) -> Iterator[str]:
    for at, row in enumerate(rows, 5):
        fine, gains, reward = number(row["fine"]), number(row["confiscated"]), number(row["reward"])
        decided = row["status"] not in ("0", "1", "5")
        if decided and fine is not None and gains is not None and gains >= 10_000:
            if not 2 * gains <= fine <= 6 * gains:
                yield f"101201 O{at} C302"
        elif decided and fine:
            bands = [band for band in plan.penalties if band.type == row["type"]]
            if bands and not any(band.low <= fine <= band.high for band in bands):
                yield f"101201 O{at} C301"
        if reward:
            wanted = plan.reward
            fits = {"none": True, "fixed": reward == wanted.amount, "minimum": reward >= wanted.amount, "range": wanted.amount <= reward <= wanted.upto}
            if not fits[wanted.kind]:
                yield f"101201 V{at} C303"


@pytest.mark.parametrize("seed", ROUNDS)
def test_money(seed: int) -> None:
    rng = random.Random(seed)
    rows = _cases(rng)
    plan = replace(MONEY_PLAN, reward=rng.choice((Reward("none"), Reward("fixed", 500), Reward("minimum", 500), Reward("range", 500, 2000))))
    assert found("C301 C302 C303", ground([(Cases, V1, rows)], plan)) == sorted(_money(rows, plan))


# ------------------------------------------------------------------------------------------------ who holds which post

MONTH_END = dt.date(2025, 9, 30)


def _staff(rng: random.Random, unit: str, level: int, uppers: list[str], size: int) -> list[Cells]:
    rows: list[Cells] = []
    for place in range(size):
        start = day(rng, "2025-01-01", "2025-09-20")
        rows.append({"staff_id": f"{unit}-{place + 1:02d}", "level": str(level), "role": rng.choice("568"), "unit_code": unit,
                     "area_codes": rng.choice((unit, f"{unit}；{V2}")) if level == 3 else unit, "upper_id": rng.choice(uppers),
                     "valid_from": start, "valid_to": maybe(rng, 0.4, day(rng, start, "2025-12-31")), "publicised_on": "2025-01-02"})
    return rows


def _sheets(rng: random.Random) -> list[Sheet]:
    """Three levels whose people name each other wildly: right, wrong, gone, in circles."""
    county = [f"{COUNTY}-{n:02d}" for n in range(1, 4)]
    town = [f"{TOWN}-{n:02d}" for n in range(1, 5)]
    village = [f"{V1}-{n:02d}" for n in range(1, 6)]
    return [(Staff, COUNTY, _staff(rng, COUNTY, 1, ["", *town[:1]], 3)), (Staff, TOWN, _staff(rng, TOWN, 2, [*county, *county, *village[:2], *town], 4)),
            (Staff, V1, _staff(rng, V1, 3, [*town, *town, *village, *county[:1], f"{TOWN}-99", ""], 5))]


def _serving(row: Cells, on: dt.date) -> bool:
    start, end = when(row["valid_from"]), when(row["valid_to"], "2200-01-01")
    assert start is not None and end is not None
    return start <= on <= end


def _chain(sheets: list[Sheet]) -> Iterator[str]:
    people = {str(row["staff_id"]): (unit, row) for _, unit, rows in sheets for row in rows}
    home = {"2": COUNTY, "3": TOWN}
    for _, unit, rows in sheets:
        for at, row in enumerate(rows, 5):
            me, upper = str(row["staff_id"]), str(row["upper_id"])
            seen, step = [me], upper
            while step in people and step not in seen:
                seen.append(step)
                step = str(people[step][1]["upper_id"])
            circle = bool(upper) and step == me
            one_up = upper in people and int(str(people[upper][1]["level"])) == int(str(row["level"])) - 1
            if circle and not one_up:
                yield f"{unit[6:]} I{at} S205"
            if circle or not upper or str(row["level"]) not in home:
                continue
            if not one_up:
                yield f"{unit[6:]} I{at} S102"
            elif _serving(row, MONTH_END) and not (_serving(people[upper][1], MONTH_END) and people[upper][0] == home[str(row["level"])]):
                yield f"{unit[6:]} A{at} X104"


@pytest.mark.parametrize("seed", ROUNDS)
def test_the_chain(seed: int) -> None:
    sheets = _sheets(random.Random(seed))
    assert found("S102 S205 X104", ground(sheets)) == sorted(_chain(sheets))


def _vacant(rows: list[Cells]) -> Iterator[str]:
    """Day by day: a post was held before, nobody held it on each of the last days, then this one came."""
    for at, row in enumerate(rows, 5):
        start = when(row["valid_from"])
        post = [other for other in rows if (other["role"], other["area_codes"]) == (row["role"], row["area_codes"])]
        earlier = [other for other in post if (str(other["valid_from"]), rows.index(other)) < (str(row["valid_from"]), at - 5)]
        if not earlier or start is None or any(_serving(other, start) for other in earlier):
            continue
        empty, before = 0, start - dt.timedelta(1)
        while not any(_serving(other, before) for other in earlier):
            empty, before = empty + 1, before - dt.timedelta(1)
        if empty > 7:
            yield f"101201 J{at} S204"


@pytest.mark.parametrize("seed", ROUNDS)
def test_vacant_posts(seed: int) -> None:
    rng = random.Random(seed)
    rows = _staff(rng, V1, 3, [f"{TOWN}-01"], 14)
    assert found("S204", ground([(Staff, V1, rows)])) == sorted(_vacant(rows))


def _served(staff: list[Cells], services: list[Cells], limit: int) -> Iterator[str]:
    for at, row in enumerate(services, 5):
        mine = [line for line in staff if line["staff_id"] == row["staff_id"]]
        listed_elsewhere = str(row["staff_id"]).startswith(V2) and not mine
        if not listed_elsewhere and not any(_serving(line, MONTH_END) for line in mine):
            yield f"101201 C{at} X102"
    load = Counter(row["staff_id"] for row in services if row["staff_id"])
    first = {line["staff_id"]: at for at, line in reversed(list(enumerate(staff, 5)))}
    for person, count in load.items():
        if count > limit and person in first:
            yield f"101201 A{first[person]} S203"


@pytest.mark.parametrize("seed", ROUNDS)
def test_who_serves(seed: int) -> None:
    rng = random.Random(seed)
    staff = _staff(rng, V1, 3, [f"{TOWN}-01"], 6)
    staff.append({**staff[0], "valid_from": "2025-01-01", "valid_to": "2025-03-01"})  # one person, two terms
    numbers = [*(str(line["staff_id"]) for line in staff), f"{V1}-77", f"{V2}-01", ""]
    services: list[Cells] = [{"token": f"{at:012x}", "staff_id": rng.choice(numbers)} for at in range(30)]
    plan = replace(PLAN, limits=Limits(records_per_person=rng.choice((2, 4, 6))))
    where = ground([(Staff, V1, staff), (Services, V1, services)], plan)
    assert found("X102 S203", where) == sorted(_served(staff, services, plan.limits.records_per_person))


# ---------------------------------------------------------------------------------------------------- the service book

def _book(rng: random.Random) -> tuple[list[Cells], list[Cells]]:
    women: list[Cells] = [{"record_id": f"A{letter}{letter}{letter}{letter}{letter}", "consent": rng.choice("123"), "edd": day(rng, "2025-05-01", "2026-03-01"),
                           "delivered_on": ""} for letter in "BCDFGHJKMNPQ"]
    visits: list[Cells] = [{"record_id": rng.choice(women)["record_id"], "visit_date": day(rng, "2025-07-20", "2025-10-05"), "visit_type": "9",
                            "mode": rng.choice("25555")} for _ in range(26)]
    return women, visits


def _greetings(women: list[Cells], visits: list[Cells]) -> Iterator[str]:
    left_alone = set()
    for woman in women:
        mine = sorted((str(visit["visit_date"]), at) for at, visit in enumerate(visits) if visit["record_id"] == woman["record_id"])
        if len(mine) >= 2 and all(visits[at]["mode"] == "5" for _, at in mine[-2:]):
            left_alone.add(woman["record_id"])
            yield f"101201 D{mine[-1][1] + 5} V202"
    for at, woman in enumerate(women, 5):
        this_month = any(visit["record_id"] == woman["record_id"] and str(visit["visit_date"]).startswith("2025-09") for visit in visits)
        edd = when(woman["edd"])
        assert edd is not None
        over = edd + dt.timedelta(90) < dt.date(2025, 9, 1)
        if woman["consent"] != "3" and not this_month and woman["record_id"] not in left_alone and not over:
            yield f"101201 A{at} V201"


@pytest.mark.parametrize("seed", ROUNDS)
def test_greetings(seed: int) -> None:
    women, visits = _book(random.Random(seed))
    assert found("V201 V202", ground([(Pregnancies, V1, women), (Visits, V1, visits)])) == sorted(_greetings(women, visits))


# ----------------------------------------------------------------------------------------------------- between units

def _above(upper: str, unit: str) -> bool:
    return upper != unit and unit.startswith(upper.rstrip("0"))


def _twice(sheets: list[Sheet]) -> Iterator[str]:
    lines = [(unit, at, row) for _, unit, rows in sheets for at, row in enumerate(rows, 5)]
    said = set()
    for field, letter in (("case_no", "A"), ("decision_no", "N")):
        for unit, at, row in lines:
            others = {other for other, _, line in lines if line[field] == row[field] and row[field]}
            earlier = [other for other in others if other < unit]
            if not earlier or (unit, at) in said:
                continue
            if field == "case_no":
                said.add((unit, at))
            yield f"{unit[6:]} {letter}{at} D102" + ("" if any(not _above(other, unit) for other in earlier) else " info")


@pytest.mark.parametrize("seed", ROUNDS)
def test_cases_in_two_units(seed: int) -> None:
    rng = random.Random(seed)
    sheets: list[Sheet] = [(Cases, unit, [{"case_no": maybe(rng, 0.8, f"990101-2025-{rng.randint(1, 9):04d}"),
                                           "decision_no": maybe(rng, 0.5, f"某卫罚〔2025〕{rng.randint(1, 9)}号")} for _ in range(6)])
                           for unit in (COUNTY, TOWN, V1, V2)]
    assert found("D102", ground(sheets)) == sorted(_twice(sheets))


# --------------------------------------------------------------------------------------------------------- deadlines

#: Days off and make-up days of 2025 from May to November, and of spring 2026 in part, typed from the notices of the State Council.
OFF = {"2025-05-01": 5, "2025-05-31": 3, "2025-10-01": 8, "2026-01-01": 3}
MADE_UP = {"2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04"}


def _works(on: dt.date) -> bool:
    off = any(dt.date.fromisoformat(first) <= on < dt.date.fromisoformat(first) + dt.timedelta(days) for first, days in OFF.items())
    return on.isoformat() in MADE_UP or (on.weekday() < 5 and not off)


@pytest.mark.parametrize("rule", ["none", "next_workday"])
@pytest.mark.parametrize("inclusive", [True, False])
@pytest.mark.parametrize("due", [1, 5, 10])
@pytest.mark.parametrize("month", ["2025-04", "2025-05", "2025-07", "2025-08", "2025-09", "2025-10", "2025-12"])
def test_late(month: str, due: int, inclusive: bool, rule: str) -> None:
    plan = replace(PLAN, deadlines=Deadlines(village_to_township=Deadline(due, 1, inclusive, rule)))
    year, following = (int(month[:4]) + month.endswith("-12"), int(month[5:]) % 12 + 1)
    last = dt.date(year, following, due) - dt.timedelta(0 if inclusive else 1)
    while rule == "next_workday" and not _works(last):
        last += dt.timedelta(1)
    arrived = [last + dt.timedelta(days) for days in range(-4, 5)]
    late: Callable[[dt.date], list[str]] = lambda on: found("L101", Ground({}, [part_of(Works, V1, month, received=on.isoformat())], plan))  # noqa: E731
    assert [on for on in arrived if late(on)] == [on for on in arrived if on > last]
