"""Births and cases of the fictional county."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.model.period import first_day, last_day, quarter
from toolkit.model.plan import Plan
from toolkit.model.unit import Unit, pad
from toolkit.schema import BirthOrders, Births, Cases
from toolkit.schema.cases import CASE_TYPE
from toolkit.steps import county_names as names
from toolkit.steps.county_rows import Row, day_between, days, shown

INSPECTION_FOUND, TRANSFERRED_IN, REPORTED = 1, 2, 3
INSTITUTION, PRACTITIONER, LAY_PERSON, WHOLESALE, PHARMACY = range(1, 6)
LEAD, FILED, DECIDED, EXECUTED, CLOSED, NOT_FILED, TRANSFERRED = range(7)
_DRUG_SELLERS = {"药品零售": PHARMACY, "药品生产批发": WHOLESALE}
_HEALTH = 4  # schema.cases.TRANSFER
#: 人口与计划生育法 Art. 40: 10,000-30,000 yuan where illegal gains are under 10,000 (DOMAIN 4.1).
_LAW_BAND = (10_000.0, 30_000.0)
_LAW = "人口与计划生育法第四十条"
_CASE_NUMBERS_A_MONTH = 100
_FILED_BACK = 40  # found at most so many days before the month: 90 days have not passed at its end
_QUARTER_SHARES = {1: 0.42, 2: 0.4, 3: 0.17, 0: 0.01}


def births(unit: Unit, records: int, rng: random.Random) -> list[Row]:
    """One row, or none where nothing was born and nobody wrote the zeros."""
    born = sum(rng.random() < 0.09 for _ in range(records)) + (rng.random() < 0.3)
    if not born and rng.random() < 0.5:
        return []
    boys, unstated = sum(rng.random() < 0.51 for _ in range(born)), 0
    if boys and rng.random() < 0.03:
        boys, unstated = boys - 1, 1
    return [shown(Births, unit_code=unit.code, live_births=born, boys=boys, girls=born - boys - unstated, unstated=unstated,
                  late=int(rng.random() < 0.08))]


def birth_orders(unit: Unit, period: str, villages: int, rng: random.Random) -> list[Row]:
    """Four rows in the last month of a quarter, else none."""
    if int(period[5:7]) % 3:
        return []
    rows = []
    for order, share in _QUARTER_SHARES.items():
        born = round(villages * rng.uniform(5, 8) * share)
        boys = sum(rng.random() < 0.51 for _ in range(born))
        rows.append(shown(BirthOrders, unit_code=unit.code, quarter=quarter(period), birth_order=order, boys=boys, girls=born - boys,
                          unstated=0, facility_births=born - (born > 20)))
    return rows


@dataclass(frozen=True)
class Found:
    """Where and what a case is: party type, institution (name, serial of its organisation code) or "" for a person."""

    type: str
    party: int
    name: str = ""
    serial: int = 0


class Docket:
    """Numbers cases of a month through the whole county, so that no number is given twice."""

    def __init__(self, period: str, plan: Plan) -> None:
        self.period, self.plan = period, plan
        self._given = int(period[5:7]) * _CASE_NUMBERS_A_MONTH
        self._allowed = plan.case_codes or tuple(code for code, _ in CASE_TYPE.labels)

    def type_of(self, *wanted: str) -> str:
        """The first wanted type that the plan has, else the plan's first."""
        return next((code for code in wanted if code in self._allowed), self._allowed[0])

    def case(self, unit: Unit, found: Found, status: int, rng: random.Random) -> Row:
        """One row, complete for its stage, dates in order, fine within the band."""
        start, end = first_day(self.period), last_day(self.period)
        row: dict[str, object] = {
            "unit_code": unit.code, "source": rng.choice((INSPECTION_FOUND, INSPECTION_FOUND, TRANSFERRED_IN, REPORTED)), "status": status,
            "type": found.type, "party_type": found.party, "party_name": found.name or None, "place_code": pad(unit.code[:9]),
            "uscc": names.organisation_code(found.serial) if found.name and rng.random() < 0.8 else None,
        }
        if status == LEAD:
            return shown(Cases, **row, found_on=day_between(rng, start, end))
        self._given += 1
        year = self.period[:4]
        row["case_no"] = f"{names.COUNTY.code[:6]}-{year}-{self._given:04d}"
        if status in (NOT_FILED, TRANSFERRED):
            seen = day_between(rng, start, end)
            if status == TRANSFERRED:
                row |= {"transfer_to": _HEALTH, "transferred_on": day_between(rng, seen, end)}
            return shown(Cases, **row, found_on=seen)
        seen = start - days(rng.randint(0, max(0, min(_FILED_BACK, self.plan.limits.days_to_decision - _FILED_BACK))))
        filed = seen + days(rng.randint(1, 7))
        row |= {"found_on": seen, "filed_on": filed, "legal_basis": _LAW}
        if status >= DECIDED:
            row |= self._decision(row, max(filed, start), end, rng)
        return shown(Cases, **row)

    def _decision(self, row: dict[str, object], low: dt.date, end: dt.date, rng: random.Random) -> dict[str, object]:
        decided = day_between(rng, low, end - days(5))
        more: dict[str, object] = {
            "decided_on": decided, "decision_no": f"示卫罚〔{decided.year}〕{self._given}号", "fine": self._fine(str(row["type"]), rng),
            "confiscated": rng.choice((None, 1200.0, 3500.0)), "licence": rng.choice((1, 2)),
        }
        if row["status"] == CLOSED:
            more |= {"closed_on": day_between(rng, decided, end), "archive_no": f"示卫案{decided.year}-{self._given}"}
            if row["source"] == REPORTED and self.plan.reward.kind != "none":
                more["reward"] = float(self.plan.reward.amount)
        return more

    def _fine(self, kind: str, rng: random.Random) -> float:
        bands = [(band.low, max(band.low, band.high)) for band in self.plan.penalties if band.type in ("", kind)] or [_LAW_BAND]
        low, high = max(band[0] for band in bands), min(band[1] for band in bands)
        return float(low + round((high - low) * rng.choice((0, 0.2, 0.5)), 0)) if high >= low else float(bands[0][0])


def cases(unit: Unit, docket: Docket, institutions: Sequence[tuple[str, str, str, str]], rng: random.Random) -> list[Row]:
    """Few in villages and townships, institutions only; two to four in the county. `institutions`: those of the township or county."""
    if unit.level == "village":
        if rng.random() >= 0.03:
            return []
        return [docket.case(unit, _institution(docket, institutions, rng), LEAD, rng)]
    if unit.level == "township":
        if rng.random() >= 0.35:
            return []
        return [docket.case(unit, _institution(docket, institutions, rng), rng.choice((LEAD, TRANSFERRED)), rng)]
    rows = [docket.case(unit, _institution(docket, institutions, rng), status, rng)
            for status in (FILED, DECIDED, *rng.choice(((), (NOT_FILED,), (EXECUTED,))))]
    rows.append(docket.case(unit, Found(docket.type_of("05", "04"), LAY_PERSON), CLOSED, rng))
    return rows


def _institution(docket: Docket, institutions: Sequence[tuple[str, str, str, str]], rng: random.Random) -> Found:
    code, name, kind, _ = rng.choice(list(institutions))
    serial = int(code[:9] + code[-2:]) % 10_000_000
    if kind in _DRUG_SELLERS:
        return Found(docket.type_of("08", "06"), _DRUG_SELLERS[kind], name, serial)
    return Found(docket.type_of("06", "01", "10"), INSTITUTION, name, serial)
