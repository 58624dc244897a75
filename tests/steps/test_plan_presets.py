"""Every requirement of the plans' texts stands in its preset, or is refused there with a reason and what is lawful instead.

`tests/data/requirements.csv`: number, plans, status (K kept, P a parameter, O obsolete, X unfit) of the requirement table.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from toolkit.files.workspace import built_in_plan, built_in_plans
from toolkit.model.plan import Plan
from toolkit.steps.plan_oddities import oddities
from toolkit.steps.plan_places import place
from toolkit.steps.plan_show import shown

PRESETS = {"A": "yuge-2025", "B": "yuge-governance-2025", "C": "town-2025", "D": "zhelang-2025", "E": "beishi-2025", "F": "beishi-2025",
           "G": "beishi-2025"}
TABLE = list(csv.DictReader((Path(__file__).parents[1] / "data" / "requirements.csv").read_text(encoding="utf-8").splitlines()))
ROWS = [(row["number"], PRESETS[letter], set(row["status"])) for row in TABLE for letter in row["plans"].split()]


@cache
def preset(name: str) -> Plan:
    plan = built_in_plan(name)
    assert plan is not None
    return plan


def test_the_table_is_whole() -> None:
    assert [row["number"] for row in TABLE] == [f"R{number:02d}" for number in range(1, 166)]
    assert {name for _, name, _ in ROWS} | {"standard"} == set(built_in_plans())


@pytest.mark.parametrize(("number", "name", "status"), ROWS)
def test_each_requirement_stands_or_is_refused(number: str, name: str, status: set[str]) -> None:
    plan = preset(name)
    places = plan.requirements.get(number, ())
    refused = [entry for entry in plan.not_adopted if entry.id == number]
    assert (bool(places), len(refused)) == (bool(status & {"K", "P"}), int(bool(status & {"O", "X"})))
    assert [where for where in places if place(plan, where) is None] == []
    assert all(entry.requirement and entry.reason and entry.alternative for entry in refused)
    assert plan.sources.get(number)


@pytest.mark.parametrize("name", sorted(built_in_plans()))
def test_no_preset_names_a_requirement_of_another(name: str) -> None:
    plan = preset(name)
    named = {*plan.requirements, *(entry.id for entry in plan.not_adopted), *plan.sources}
    assert named == {number for number, owner, _ in ROWS if owner == name}


@pytest.mark.parametrize("name", sorted(built_in_plans()))
def test_what_is_not_adopted_is_shown_with_its_reason_and_what_is_lawful(name: str) -> None:
    plan = preset(name)
    lines = [zh.strip() for zh, _ in shown(plan)]
    for entry in plan.not_adopted:
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{entry.id} ") and entry.requirement in line)
        assert (entry.reason in lines[at + 1], entry.alternative in lines[at + 2]) == (True, True)


#: The oddities of the texts themselves, kept as they are and said (DOMAIN 1.6).
ODD = {
    "standard": [], "town-2025": [], "yuge-governance-2025": [],
    "yuge-2025": ["documents[1].title", "documents[1].meeting"],
    "zhelang-2025": ["due_dates[1].date", "due_dates[2].date", "documents[1].date", "documents[2].number"],
    "beishi-2025": ["acceptance.date", "documents[1].date", "publicity.notice_cites[2]", "publicity.notice_cites[5]", "reward.announced",
                    "acceptance.veto_items"],
}


@pytest.mark.parametrize("name", sorted(built_in_plans()))
def test_the_oddities_of_the_texts_are_said(name: str) -> None:
    assert [odd.key for odd in oddities(preset(name))] == ODD[name]


#: Figures the texts give, each where it stands.
FIGURES = [
    ("town-2025", "publicity.van_per_week", 2), ("town-2025", "publicity.villages", 19), ("town-2025", "start", "2025-08-21"),
    ("town-2025", "end", "2025-10-20"), ("town-2025", "survey_window.end", "2025-09-30"), ("town-2025", "due_dates.T-10.date", "2025-10-20"),
    ("zhelang-2025", "meetings.leading_group.per_quarter", 1), ("zhelang-2025", "meetings.special.per_year", 1), ("zhelang-2025", "visits.monthly", 1),
    ("zhelang-2025", "deadlines.village_to_township.day", 10), ("zhelang-2025", "due_dates.T-09.date", "2025-11-30"),
    ("zhelang-2025", "due_dates.T-10.date", "2025-12-20"), ("zhelang-2025", "reward.amount", 500.0),
    ("beishi-2025", "reward.amount", 3000.0), ("beishi-2025", "reward.announced", 5000.0), ("beishi-2025", "meetings.coordination.per_quarter", 2),
    ("beishi-2025", "publicity.kinds_min", 3), ("beishi-2025", "sample.rate", "1/20"), ("beishi-2025", "deadlines.need_report_days", 2),
    ("beishi-2025", "meetings.monthly.county", 1), ("beishi-2025", "meetings.monthly.township", 1), ("beishi-2025", "acceptance.date", "2025-08-09"),
    ("beishi-2025", "penalties.07.low", 1000.0), ("beishi-2025", "penalties.08.low", 5000.0), ("beishi-2025", "penalties.01.high", 30000.0),
]


@pytest.mark.parametrize(("name", "key", "value"), FIGURES)
def test_figures_of_the_texts(name: str, key: str, value: object) -> None:
    from toolkit.steps.plan_places import value_at

    found = value_at(preset(name), key)
    assert (f"{found}" if isinstance(value, str) else found) == value


def test_phases_of_the_texts() -> None:
    spans = [(f"{phase.start}"[5:], f"{phase.end}"[5:]) for phase in preset("town-2025").phases]
    assert spans == [("08-21", "08-31"), ("08-21", "10-10"), ("10-01", "10-20")]
    assert [(phase.start is None, phase.end is None) for phase in preset("zhelang-2025").phases] == [
        (False, False), (False, False), (False, False), (True, False), (True, True), (True, True)]
