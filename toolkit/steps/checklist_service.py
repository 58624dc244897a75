"""Items about the service itself: figures are listed and nothing is judged; of random visits only that they were made.

No figure here is scored, compared or given a target. They are those of the monthly summary, hidden where it hides them; in a
report of a county or above a village's own figures stand nowhere (SPEC 8, DOMAIN 6.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.model.checklist import NOT_APPLICABLE, PASSED, SHORT, SHOWN, WANTED, Figure, Place
from toolkit.model.figure import Figure as Indicator
from toolkit.model.unit import contains
from toolkit.schema import Services, Works
from toolkit.steps.checklist_items import RANDOM_VISIT, Desk, places

_RESULT_SHEET = "走访结果"


@dataclass(frozen=True)
class Visits:
    """What the result of a sample tells: village -> (drawn, with a result 1 or 2).

    `certified`: drawn from the ledger given, by its M; None where the draw was of a wider area and M cannot be made again.
    """

    period: str
    made: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    certified: bool | None = True


def _listed(desk: Desk, name: str) -> list[tuple[str, Indicator | None]]:
    """One figure of this unit in the monthly summary, month after month."""
    return [(period, desk.figures.get((desk.unit, desk.level, period, name))) for period in desk.periods]


def _total(found: list[tuple[str, Indicator | None]]) -> tuple[int | None, int | None]:
    """Sums over the months; nothing where one of them is not shown."""
    shown = [one for _, one in found if one is not None and not one.suppressed]
    if len(shown) < len(found):
        return None, None
    return sum(one.n or 0 for one in shown), None if any(one.d is None for one in shown) else sum(one.d or 0 for one in shown)


def greetings(desk: Desk) -> Figure:
    """T-07: greetings offered of those agreed to; the office's offer counts, her answer does not."""
    found = _listed(desk, "contact_rate")
    if all(one is None for _, one in found):
        return Figure(SHOWN, "数字见本乡镇的月度汇总", places=_where(desk))
    n, d = _total(found)
    return Figure(SHOWN, f"已提供{n}/应提供{d}" if n is not None else "—（人数少，不列）", n, d, _where(desk))


def needs(desk: Desk) -> Figure:
    """V-07: needs raised, met, and reported within the plan's days; only on the lists a township makes for itself."""
    found = [_total(_listed(desk, name)) for name in ("needs", "needs_done_rate", "needs_in_time_rate")]
    if desk.hides or any(n is None for n, _ in found):
        return Figure(SHOWN, "数字见本乡镇的清单", places=_where(desk))
    (raised, _), (met, _), (in_time, _) = found
    return Figure(SHOWN, f"提出{raised}，办结{met}，{desk.plan.deadlines.need_report_days}日内上报{in_time}", in_time, raised, _where(desk))


def random_visits(desk: Desk) -> Figure:
    """C-19, V-12: drawn as certified; a visit made (result 1) and one not made (2) are both work done.

    In a report of a county or above a number below the limit is not shown: that there was something to do, and that it is done, is.
    """
    assert desk.visits is not None
    mine = [made for unit, made in desk.visits.made.items() if contains(desk.unit, unit)]
    d, n = sum(drawn for drawn, _ in mine), sum(settled for _, settled in mine)
    where = (Place(desk.visits.period, _RESULT_SHEET), *places(desk.all_works(RANDOM_VISIT), Works))
    if desk.visits.certified is False:
        return Figure(SHORT, "证书的抽样框摘要M与这份汇总表不符，请核对是哪个月、哪一级的", None, None, where)
    if not d:
        none = None if desk.hides else 0
        return Figure(NOT_APPLICABLE, f"{desk.visits.period}没有抽中", none, none, where)
    result = PASSED if n == d else WANTED
    if desk.hides and d < desk.plan.suppression.small_cell:
        return Figure(result, f"{desk.visits.period}按证书抽签，" + ("已走访" if n == d else "还有没走访的"), None, None, where)
    return Figure(result, f"{desk.visits.period}按证书抽中{d}，已走访{n}（完成、未完成都算已做）", n, d, where)


def _where(desk: Desk) -> tuple[Place, ...]:
    return tuple(Place(period, Services.sheet) for period in desk.periods)
