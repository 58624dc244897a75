"""The bounds no plan can pass (DOMAIN 6.7), and that every fault is named at once."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit.files.workspace import built_in_plan, built_in_plans
from toolkit.model.plan_reading import plan_of

BASE: dict[str, Any] = {"id": "ours", "title": "样例方案"}


@pytest.mark.parametrize(("change", "keys"), [
    ({}, []),
    ({"visits": {"monthly": 2}}, ["visits.monthly"]),
    ({"suppression": {"small_cell": 4, "ratio_min_births": 999}}, ["suppression.small_cell", "ratio.min_births"]),
    ({"sample": {"rate": "1/21"}}, ["sample.rate"]),
    ({"sample": {"rate": "1/4"}}, ["sample.rate"]),
    ({"sample": {"rate": "0.05"}}, ["sample.rate"]),
    ({"retention": {"village_workbook_days_after_merge": 91}}, ["retention.village_workbook_days_after_merge"]),
    ({"severities": {"P121": "error"}}, ["severities.P121"]),
    ({"severities": {"K102": "info"}}, ["severities.K102"]),
    ({"severities": {"V201": "warning"}}, ["severities.V201"]),
    ({"severities": {"L104": "loud"}}, ["severities.L104"]),
    ({"severities": {"L104": "error"}}, []),
    ({"scoring": {"contact_rate": 5}}, ["scoring"]),
    ({"deadlines": {"village_to_township": {"day": 31}}}, ["deadlines.village_to_township.day"]),
    ({"visits": {"monthly": "1"}}, ["visits.monthly"]),
])
def test_bounds(change: dict[str, Any], keys: list[str]) -> None:
    plan, faults = plan_of({**BASE, **change})
    assert [fault.key for fault in faults] == keys
    assert (plan is None) == bool(keys)


def test_the_plans_we_ship_can_be_used() -> None:
    assert [plan.id for name in built_in_plans() if (plan := built_in_plan(name))] == list(built_in_plans())
