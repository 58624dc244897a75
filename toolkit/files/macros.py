"""The macro sources of `toolkit/vba` as modules of a project, with the plan they work by."""

from __future__ import annotations

import datetime as dt
from importlib import resources

from toolkit.files.vba import CLASS, STANDARD, Module
from toolkit.model.plan import Plan
from toolkit.rules.deadlines import is_workday

_EPOCH = dt.date(1899, 12, 30)  # day 0 of Excel's and VBA's count
#: Days that macros know to be working days or not, and the characters of one line of VBA.
_FIRST, _LAST, _LONGEST = dt.date(2024, 1, 1), dt.date(2033, 12, 31), 900


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
    lines += [f"Public Const PLAN_DAYS_FROM As Long = {(_FIRST - _EPOCH).days}", "", *_workdays(plan)]
    return Module("Plan", "\n".join(['Attribute VB_Name = "Plan"', "Option Explicit", "' Written from the plan; do not edit.", *lines, ""]))


def _workdays(plan: Plan) -> list[str]:
    """A function that gives a 1 for each working day and a 0 for each day off; nothing where the plan counts all days alike."""
    days = ""
    if plan.deadlines.need_day_count == "working":
        days = "".join(str(int(is_workday(_FIRST + dt.timedelta(days=number), plan)[0])) for number in range((_LAST - _FIRST).days + 1))
    pieces = [days[at:at + _LONGEST] for at in range(0, len(days), _LONGEST)]
    return ["Public Function PlanDays() As String", "    Dim s As String", *(f'    s = s & "{piece}"' for piece in pieces), "    PlanDays = s", "End Function"]


def modules(plan: Plan) -> list[Module]:
    """All standard modules of a workbook that works by this plan."""
    return [*sources(), plan_module(plan)]
