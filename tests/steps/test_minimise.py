"""The minimised image against a slow, obvious second way; the token against what `sha256sum` gives."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from tests.tables import VILLAGE, book, ledger, standard, union, village
from toolkit.model.ledger import Table, table_of
from toolkit.schema import Pregnancies, Visits
from toolkit.steps.minimise import services, token

PERIOD, UNIT, KEY = "2025-09", "990101101201", "00112233445566778899aabbccddeeff"
FIRST, LAST = dt.date(2025, 9, 1), dt.date(2025, 9, 30)
WINDOWS = [(0, 90), (112, 146), (147, 174), (196, 258), (259, 286)]
DAY = dt.timedelta(days=1)


def table(ledger: Any, rows: list[dict[str, Any]]) -> Table:
    return table_of(ledger, {column.field: [row.get(column.field) for row in rows] for column in ledger.columns}, [0] * len(rows),
                    list(range(5, 5 + len(rows))), [0] * len(rows), [None] * len(rows))


def made(women: list[dict[str, Any]], visits: list[dict[str, Any]], staff: frozenset[str] = frozenset({"S1"})) -> list[dict[str, Any]]:
    result = services(table(Pregnancies, women), table(Visits, visits), [0], [0], [UNIT], [PERIOD], [KEY], [staff], standard())
    return result.frame.drop(columns=["_part", "_row", "_here", "_unknown"]).to_dict("records")


def obvious(woman: dict[str, Any], visits: list[dict[str, Any]]) -> dict[str, int]:
    """DOMAIN 5.4, read aloud, one woman at a time."""
    dated = [visit for visit in visits if visit["visit_date"]]
    before = sorted((visit for visit in dated if visit["visit_date"] < FIRST), key=lambda visit: visit["visit_date"])
    stopped = len(before) >= 2 and before[-1]["mode"] == 5 and before[-2]["mode"] == 5
    planned = woman["consent"] in (1, 2) and not stopped
    dated = [visit for visit in dated if visit["visit_date"] <= LAST]
    out = dict.fromkeys(("contact_planned", "contact_offered", "windows_due", "windows_done", "postnatal_due", "postnatal_done", "check42_due",
                         "check42_done"), 0)
    if planned:
        out["contact_planned"] = 1
        out["contact_offered"] = int(any(FIRST <= visit["visit_date"] <= LAST for visit in dated))
        day_0 = woman["edd"] - 280 * DAY
        for kind, (low, high) in enumerate(WINDOWS, start=1):
            opens, closes = day_0 + low * DAY, day_0 + high * DAY
            if FIRST <= closes <= LAST and not (woman["delivered_on"] and closes >= woman["delivered_on"]):
                out["windows_due"] += 1
                out["windows_done"] += int(any(visit["visit_type"] == kind or opens <= visit["visit_date"] <= closes for visit in dated))
        born = woman["delivered_on"]
        if born:
            if FIRST <= born + 14 * DAY <= LAST:
                out["postnatal_due"] = 1
                out["postnatal_done"] = int(any(v["visit_type"] == 6 or born <= v["visit_date"] <= born + 14 * DAY for v in dated))
            if FIRST <= born + 56 * DAY <= LAST:
                out["check42_due"] = 1
                out["check42_done"] = int(any(v["visit_type"] == 7 or born + 42 * DAY <= v["visit_date"] <= born + 56 * DAY for v in dated))
    needs = [visit for visit in visits if (visit["need"] or 0) > 0 and visit["need_found_on"] and FIRST <= visit["need_found_on"] <= LAST]
    out["needs"] = len(needs)
    out["needs_done"] = sum(visit["need_status"] == 1 for visit in needs)
    out["needs_in_time"] = sum(bool(visit["need_reported_on"]) and 0 <= (visit["need_reported_on"] - visit["need_found_on"]).days <= 2 for visit in needs)
    return out


def anything(rng: random.Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    def near(low: int, high: int) -> dt.date | None:
        return FIRST + rng.randint(low, high) * DAY

    women, visits = [], []
    for number in range(rng.randint(0, 12)):
        name = f"K7Q2{number:02d}"
        women.append({"record_id": name, "consent": rng.choice((1, 1, 2, 3)), "edd": near(-60, 280), "notice_date": near(-200, 20),
                      "delivered_on": rng.choice((None, near(-70, 25))), "staff_id": rng.choice(("S1", "S9", None)), "revisit_ok": rng.choice((0, 1, None))})
        used: set[Any] = set()
        for _ in range(rng.randint(0, 6)):
            day = rng.choice((None, near(-60, 40), near(0, 29)))
            if day in used:
                continue  # two visits of one day have no order by date
            used.add(day)
            need = rng.choice((None, 0, 1, 3))
            visits.append({"record_id": name, "visit_type": rng.randint(1, 9), "visit_date": day, "mode": rng.choice((1, 2, 5, 5)), "need": need,
                           "need_status": rng.choice((None, 1, 2)), "need_found_on": rng.choice((None, near(-5, 32))),
                           "need_reported_on": rng.choice((None, near(-5, 35)))})
    rng.shuffle(visits)
    return women, visits


@pytest.mark.parametrize("seed", range(120))
def test_a_slow_second_way_agrees(seed: int) -> None:
    women, visits = anything(random.Random(seed))
    rows = made(women, visits)
    assert len(rows) == len(women)
    for row, woman in zip(rows, women, strict=True):
        mine = [visit for visit in visits if visit["record_id"] == woman["record_id"]]
        expected = obvious(woman, mine)
        assert {name: int(row[name]) for name in expected} == expected
        assert row["revisit_ok"] == (woman["revisit_ok"] or 0)
        assert row["staff_id"] == "S1" if woman["staff_id"] == "S1" else row["staff_id"] != row["staff_id"]


def test_the_token_is_what_was_published() -> None:
    # printf 'ledger-token/1\n2025-09\n990101101201\n00112233445566778899aabbccddeeff\nK7Q2MX' | sha256sum | cut -c1-12
    assert token(PERIOD, UNIT, KEY, "K7Q2MX") == "a196500738cb"


def test_tokens_change_with_the_month_and_the_key() -> None:
    found = {token(period, UNIT, key, "K7Q2MX") for period in ("2025-09", "2025-10") for key in (KEY, "")}
    assert len(found) == 4


def test_a_number_used_twice_gets_a_token_for_each_row() -> None:
    woman = {"record_id": "K7Q2MX", "consent": 1, "edd": dt.date(2025, 12, 20), "notice_date": FIRST}
    rows = made([woman, woman, {**woman, "record_id": None}], [])
    assert [row["token"] for row in rows] == [token(PERIOD, UNIT, KEY, name) for name in ("K7Q2MX", "K7Q2MX-2")]


def test_a_book_without_a_key_gets_one_from_its_content_alone() -> None:
    """The same for any copy, another where anything of the service book differs, and never found from the record numbers."""
    def tokens(name: str = "样例甲", visits: tuple[str, ...] = ("2025-09-02",), shuffled: bool = False, month: str = "2025-09") -> list[str]:
        rows = [{"record_id": number, "name": name if number == "K7Q2MA" else "样例乙"} for number in ("K7Q2MA", "K7Q2MB")]
        seen = [{"record_id": "K7Q2MA", "visit_date": f"@{day}"} for day in visits]
        sheets = [ledger("pregnancies", *(reversed(rows) if shuffled else rows)), ledger("visits", *seen)]
        read = union(book(village(*(reversed(sheets) if shuffled else sheets), period=month)), merging=True)
        return sorted(read.tables["services"].frame["token"])

    known = {token("2025-09", VILLAGE, "", number) for number in ("K7Q2MA", "K7Q2MB")}
    assert tokens() == tokens(shuffled=True)
    assert not known & set(tokens())
    assert len({*tokens(), *tokens(name="样例丙"), *tokens(visits=("2025-09-03",)), *tokens(month="2025-10")}) == 8
