"""The service book of a fictional village: women who were told and agreed, and what was offered to them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from toolkit.model.period import first_day, last_day
from toolkit.model.plan import Plan
from toolkit.schema import Pregnancies, Visits
from toolkit.steps import county_names as names
from toolkit.steps.county_rows import Row, day_between, days, shown

TERM = 280  # days from day 0 to the due date (DOMAIN 3.6)
_EARLIEST = 45  # day of gestation on which a woman is told at the earliest
_MONTH = 31
_AFTER_DELIVERY = 56  # the service ends on this day after delivery (P206)
_BOOK_MONTHS = 3  # how many months of earlier visits the book holds, about

HOME, BY_PHONE, CLINIC, ONLINE, NOT_REACHED = range(1, 6)
POSTNATAL, CHECK42, GREETING, OTHER = 6, 7, 8, 9
AT_HOME, PHONE_ONLY, SHE_CALLS = 1, 2, 3
_MODES = {AT_HOME: (HOME, HOME, HOME, BY_PHONE, BY_PHONE, CLINIC, ONLINE), PHONE_ONLY: (BY_PHONE, BY_PHONE, BY_PHONE, CLINIC, ONLINE),
          SHE_CALLS: (BY_PHONE, CLINIC, ONLINE)}
_SERVICES = {POSTNATAL: ("2;6", "2;5", "2"), CHECK42: ("2;3", "3"), GREETING: ("1", "2", "6", "1;2"), OTHER: ("2", "4", "6")}
_WINDOW_SERVICES = ("3", "2;3", "3;4")


@dataclass(frozen=True)
class Woman:
    """What the visits depend on."""

    record_id: str
    edd: dt.date
    notice: dt.date
    consent: int
    staff_id: str
    delivered: dt.date | None


def how_many(rng: random.Random) -> int:
    """Service records of a village: 0 to 60, mostly 5 to 30."""
    draw = rng.random()
    if draw < 0.04:
        return 0
    return rng.randint(5, 30) if draw < 0.9 else rng.randint(31, 60)


def book(ids: tuple[str, ...], carers: tuple[str, ...], period: str, plan: Plan, rng: random.Random) -> tuple[list[Row], list[Row]]:
    """Rows of both sheets for the record numbers `ids`, shared evenly among `carers`."""
    pregnancies, visits = [], []
    serial, first_name = rng.randint(0, 99_999), rng.randint(0, 59)
    for place, record_id in enumerate(ids):
        woman = _woman(record_id, carers[place % len(carers)], period, rng)
        has_phone = woman.consent == PHONE_ONLY or rng.random() < 0.85
        pregnancies.append(shown(
            Pregnancies, record_id=record_id, name=names.woman_name(first_name + place), edd=woman.edd,
            phone=names.phone(serial + place) if has_phone else None, notice_date=woman.notice, consent=woman.consent,
            revisit_ok=rng.choice((1, 1, 1, 0, None)),
            staff_id=woman.staff_id, delivered_on=woman.delivered))
        visits += _visits(woman, period, plan, rng)
    return pregnancies, visits


def _woman(record_id: str, carer: str, period: str, rng: random.Random) -> Woman:
    start, end = first_day(period), last_day(period)
    consent = rng.choices((AT_HOME, PHONE_ONLY, SHE_CALLS), (70, 22, 8))[0]
    delivered = None
    if rng.random() < 0.2:
        # A third of these have their 42-day reminder due this month: the service ends with the month, not before.
        delivered = end - days(_AFTER_DELIVERY) if rng.random() < 0.33 else day_between(rng, end - days(_AFTER_DELIVERY - 1), end)
        edd = delivered + days(rng.randint(-9, 18))
    else:
        edd = day_between(rng, end - days(5), end + days(TERM - _EARLIEST - _MONTH))
    told = edd - days(TERM) + days(rng.randint(_EARLIEST, 150))
    notice = min(told, day_between(rng, start, end), delivered or end)
    return Woman(record_id, edd, notice, consent, carer, delivered)


def _visits(woman: Woman, period: str, plan: Plan, rng: random.Random) -> list[Row]:
    """Her visits, by day; none before she was told, none after the month."""
    end = last_day(period)
    found: dict[tuple[dt.date, int], Row] = {}

    def offer(kind: int, low: dt.date, high: dt.date, chance: float) -> None:
        low, high = max(low, woman.notice), min(high, end)
        if low <= high and rng.random() < chance:
            day = day_between(rng, low, high)
            found[day, kind] = _visit(woman, kind, day, end, plan, rng)

    if woman.consent == SHE_CALLS:
        offer(OTHER, first_day(period), end, 0.4)
        return [found[key] for key in sorted(found)]
    _offer_windows(woman, period, plan, offer)
    if woman.delivered:
        offer(POSTNATAL, woman.delivered, woman.delivered + days(plan.visits.postnatal_days), 0.95)
        offer(CHECK42, woman.delivered + days(plan.visits.check42[0]), woman.delivered + days(plan.visits.check42[1]), 0.9)
    for back in range(1, _BOOK_MONTHS):
        before = first_day(period) - days(30 * back)
        offer(GREETING, before, before + days(27), 0.9)
    offer(GREETING, first_day(period), end, 1)
    rows = [found[key] for key in sorted(found)]
    if rng.random() < 0.05 and len(rows) > 1 and rows[0]["visit_type"].startswith(str(GREETING)):  # only one: no V202
        rows[0]["mode"] = Visits.mode.kind.shown(NOT_REACHED)
        rows[0] |= dict.fromkeys(("need", "need_status", "need_found_on", "need_reported_on"))
    return rows


def _offer_windows(woman: Woman, period: str, plan: Plan, offer: Callable[[int, dt.date, dt.date, float], None]) -> None:
    day0 = woman.edd - days(TERM)
    oldest = first_day(period) - days(_MONTH * _BOOK_MONTHS)
    for kind, (low, high) in enumerate(plan.visits.windows[:5], 1):
        until = day0 + days(high)
        if woman.delivered:
            until = min(until, woman.delivered - days(1))
        if until >= oldest:
            offer(kind, max(day0 + days(low), oldest), until, 0.94 if until <= last_day(period) else 0.5)


def _visit(woman: Woman, kind: int, day: dt.date, end: dt.date, plan: Plan, rng: random.Random) -> Row:
    need = rng.choice((1, 2, 3, 3, 4)) if rng.random() < 0.06 else rng.choice((0, None))
    wait = min(plan.deadlines.need_report_days, 2)
    asked = need if need else None
    return shown(
        Visits, record_id=woman.record_id, visit_type=kind, visit_date=day, mode=rng.choice(_MODES[woman.consent]), staff_id=woman.staff_id,
        services=rng.choice(_SERVICES.get(kind, _WINDOW_SERVICES)), need=need, need_status=rng.choice((1, 1, 2, 3)) if asked else None,
        need_found_on=day if asked else None, need_reported_on=min(day + days(rng.randint(0, wait)), end) if asked else None,
        next_date=day + days(rng.randint(20, 35)) if rng.random() < 0.3 else None)
