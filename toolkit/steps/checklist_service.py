"""Items about the service itself: figures are listed and nothing is judged; of random visits only that they were made.

No figure here is scored, compared or given a target. In a report of a county or above small counts about women are not shown:
a township's greetings only where the monthly summary shows them, a village's needs never (SPEC 8, DOMAIN 6.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.model.checklist import NOT_APPLICABLE, PASSED, SHORT, SHOWN, Figure, Place
from toolkit.schema import Services
from toolkit.steps.checklist_items import Desk


@dataclass(frozen=True)
class Visits:
    """What the result of a sample tells: unit -> (drawn as certified, visited or tried)."""

    made: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    certificate: str = ""


def _sums(desk: Desk, *names: str) -> list[int]:
    """Sums of fields of the service rows of a unit and all below it, over all months."""
    from toolkit.model.ledger import PART
    from toolkit.model.unit import contains

    totals = [0] * len(names)
    for one in desk.months.months:
        table = one.tables[Services.id]
        mine = [number for number, part in enumerate(one.parts) if contains(desk.unit, part.unit)]
        rows = table.frame[table.frame[PART].isin(mine)]
        totals = [total + int(rows[name].fillna(0).sum()) for total, name in zip(totals, names, strict=True)]
    return totals


def greetings(desk: Desk) -> Figure:
    """T-07: greetings offered of those agreed to; the office's offer counts, her answer does not."""
    if desk.hides:
        return Figure(SHOWN, "见月度汇总“约定问候提供”", places=_where(desk))
    offered, planned = _sums(desk, "contact_offered", "contact_planned")
    return Figure(SHOWN, f"已提供{offered}/应提供{planned}", offered, planned, _where(desk))


def needs(desk: Desk) -> Figure:
    """V-07: needs raised, met, and reported within the plan's days."""
    days = desk.plan.deadlines.need_report_days
    if desk.hides:
        return Figure(SHOWN, "数字见本乡镇的清单", places=_where(desk))
    raised, met, in_time = _sums(desk, "needs", "needs_done", "needs_in_time")
    return Figure(SHOWN, f"提出{raised}，办结{met}，{days}日内上报{in_time}", in_time, raised, _where(desk))


def random_visits(desk: Desk) -> Figure:
    """C-19, V-12: drawn as certified; a visit made (result 1) and one not made (2) are both work done."""
    raise NotImplementedError


def _where(desk: Desk) -> tuple[Place, ...]:
    return tuple(Place(period, Services.sheet) for period in desk.periods)
