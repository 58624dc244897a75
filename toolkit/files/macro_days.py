"""Which days macros know to be working days, where a plan counts in them: VBA has no calendar of public holidays."""

from __future__ import annotations

import datetime as dt

from toolkit.model.plan import Plan
from toolkit.rules.deadlines import is_workday

_EPOCH = dt.date(1899, 12, 30)  # day 0 of Excel's and VBA's count
#: The days that are told, and the characters of one line of VBA. Before and after them Monday to Friday counts.
_FIRST, _LAST, _LONGEST = dt.date(2024, 1, 1), dt.date(2033, 12, 31), 900


def working_days(plan: Plan) -> list[str]:
    """Lines of VBA: the first day told, and a function that gives a 1 for each working day and a 0 for each day off; nothing
    where the plan counts all days alike."""
    days = ""
    if plan.deadlines.need_day_count == "working":
        days = "".join(str(int(is_workday(_FIRST + dt.timedelta(days=number), plan)[0])) for number in range((_LAST - _FIRST).days + 1))
    pieces = [days[at:at + _LONGEST] for at in range(0, len(days), _LONGEST)]
    return [f"Public Const PLAN_DAYS_FROM As Long = {(_FIRST - _EPOCH).days}", "", "Public Function PlanDays() As String", "    Dim s As String",
            *(f'    s = s & "{piece}"' for piece in pieces), "    PlanDays = s", "End Function"]
