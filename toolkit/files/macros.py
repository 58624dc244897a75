"""The macro sources of `toolkit/vba` as modules of a project, with the plan they work by."""

from __future__ import annotations

from importlib import resources

from toolkit.files.vba import CLASS, STANDARD, Module
from toolkit.model.plan import Plan


def sources() -> list[Module]:
    """Every module we ship, in order of name."""
    folder = resources.files("toolkit") / "vba"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith((".bas", ".cls"))), key=lambda entry: entry.name)
    return [Module(entry.name[:-4], entry.read_text(encoding="utf-8"), STANDARD if entry.name.endswith(".bas") else CLASS) for entry in found]


def plan_module(plan: Plan) -> Module:
    """What macros need to know of a plan: its case types, windows and days."""
    visits = plan.visits
    numbers = {"PLAN_MONTHLY": visits.monthly, "PLAN_POSTNATAL": visits.postnatal_days, "PLAN_CHECK_FROM": visits.check42[0],
               "PLAN_CHECK_TO": visits.check42[1], "PLAN_NEED_DAYS": plan.deadlines.need_report_days}
    texts = {"PLAN_ID": plan.id, "CASE_CODES": "|".join(sorted(plan.case_codes)),
             "PLAN_WINDOWS": "|".join(f"{first}-{last}" for first, last in visits.windows)}
    lines = [f"Public Const {name} As Long = {value}" for name, value in numbers.items()]
    lines += [f'Public Const {name} As String = "{value}"' for name, value in texts.items()]
    return Module("Plan", "\n".join(['Attribute VB_Name = "Plan"', "Option Explicit", "' Written from the plan; do not edit.", *lines, ""]))


def modules(plan: Plan) -> list[Module]:
    """All standard modules of a workbook that works by this plan."""
    return [*sources(), plan_module(plan)]
