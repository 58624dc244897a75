"""What no plan can pass (DOMAIN 6.7)."""

from __future__ import annotations

from collections.abc import Container
from fractions import Fraction

from toolkit.model.issue import SEVERITIES
from toolkit.model.plan import Plan, PlanFault


def stands(value: object) -> str:
    """What stands at a key, short enough for a message."""
    text = f"“{value}”" if isinstance(value, str) else "true" if value is True else "false" if value is False else f"{value}"
    return text if len(text) <= 40 else text[:39] + "…"


def beyond_bounds(plan: Plan, said: Container[str]) -> list[PlanFault]:
    """Every bound passed; keys in `said` have a fault already."""
    faults: list[PlanFault] = []

    def need(holds: bool, key: str, value: object, allowed: str) -> None:
        if not holds and key not in said:
            faults.append(PlanFault(key, f"现为 {stands(value)}；允许：{allowed}", f"is {stands(value)}; allowed: {allowed}"))

    need(plan.visits.monthly in (0, 1), "visits.monthly", plan.visits.monthly, "0, 1")
    need(plan.suppression.small_cell >= 5, "suppression.small_cell", plan.suppression.small_cell, ">= 5")
    need(plan.suppression.rate_min >= 10, "suppression.rate_min", plan.suppression.rate_min, ">= 10")
    need(plan.ratio.min_births >= 1000, "ratio.min_births", plan.ratio.min_births, ">= 1000")
    days = plan.retention.village_workbook_days_after_merge
    need(0 < days <= 90, "retention.village_workbook_days_after_merge", days, "1-90")
    for name in ("village_to_township", "township_to_county", "county_to_prefecture"):
        deadline = getattr(plan.deadlines, name)
        need(1 <= deadline.day <= 28, f"deadlines.{name}.day", deadline.day, "1-28")
        need(deadline.month_offset in (0, 1, 2), f"deadlines.{name}.month_offset", deadline.month_offset, "0-2")
        need(deadline.holiday_rule in ("none", "next_workday"), f"deadlines.{name}.holiday_rule", deadline.holiday_rule, "none, next_workday")
    need(plan.reward.kind in ("none", "fixed", "minimum", "range"), "reward.kind", plan.reward.kind, "none, fixed, minimum, range")
    need(plan.sample.by in ("township", "county"), "sample.by", plan.sample.by, "township, county")
    for code, severity in plan.severities.items():
        need(code[:1] not in ("P", "V", "K"), f"severities.{code}", severity, "F G B S C W E X M D L")
        need(severity in SEVERITIES, f"severities.{code}", severity, ", ".join(SEVERITIES))
    try:
        holds = "/" in plan.sample.rate and Fraction(1, 20) <= plan.sample.fraction <= Fraction(1, 5)
    except (ValueError, ZeroDivisionError):
        holds = False
    need(holds, "sample.rate", plan.sample.rate, "1/20-1/5")
    return faults
