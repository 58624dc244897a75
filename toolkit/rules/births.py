"""Births are counts, tied to no one: they add up, and a unit reports them once (B)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.ledger import Ledger
from toolkit.model.plan import Plan
from toolkit.rules.cells import repeated, true
from toolkit.rules.rule import Hits, Rows, also, rule
from toolkit.schema import BirthOrders, Births

if TYPE_CHECKING:
    import pandas as pd

COUNTS = ("live_births", "boys", "girls", "unstated", "late")
ORDER_COUNTS = ("boys", "girls", "unstated", "facility_births")


@rule(Births, "B101", "error", marks="live_births", zh="出生数填写有误", en="birth counts are wrong", todo_zh="请核对：男、女、未说明三项之和应等于活产数，各数不得为负。",
      todo_en="Check that boys, girls and unstated add up to the live births and that no number is negative.", source="合计与分项应相等（统计法第八条）",
      bad={"live_births": "3", "boys": "1", "girls": "1", "unstated": "0"},
      good={"live_births": "3", "boys": "2", "girls": "1", "unstated": ""})
def births_do_not_add_up(c: Rows, plan: Plan) -> list[Hits]:
    """A blank 未说明 is 0; a cell that could not be read makes the sum unknown, not a negative beside it. A blank
    among the others is G101's. A negative number is marked itself, once in a row."""
    negative = _negative(c, Births, COUNTS)
    unstated = c.peek("unstated").mask(c.blank("unstated"), 0)
    wrong = true(c.peek("boys") + c.peek("girls") + unstated != c.peek("live_births"))
    for hit in negative:
        wrong &= ~hit.rows
    return [Hits(wrong, Births, "live_births"), *negative]


@also(BirthOrders, "B101", marks="boys", bad={"boys": "-3"}, good={"boys": "3"})
def orders_negative(c: Rows, plan: Plan) -> list[Hits]:
    return _negative(c, BirthOrders, ORDER_COUNTS)


def _negative(c: Rows, ledger: type[Ledger], names: tuple[str, ...]) -> list[Hits]:
    hits: list[Hits] = []
    for name in names:
        below = true(c.peek(name) < 0)
        for hit in hits:
            below &= ~hit.rows
        hits.append(Hits(below, ledger, name))
    return hits


@rule(Births, "B102", "error", marks="unit_code", zh="同一单位填了两行", en="two rows for one unit", todo_zh="请把两行并成一行。",
      todo_en="Put the two rows together.", source="同一数字报两次，合计就多了",
      bad={"_rows": [{"live_births": "3"}, {"live_births": "3"}]}, good={"_rows": [{"live_births": "3"}]})
def unit_twice(c: Rows, plan: Plan) -> pd.Series[bool]:
    return repeated(c, "unit_code")


@also(BirthOrders, "B102", marks="unit_code", bad={"_rows": [{"birth_order": "1"}, {"birth_order": "1 一孩"}]},
      good={"_rows": [{"birth_order": "1"}, {"birth_order": "2"}]})
def quarter_and_order_twice(c: Rows, plan: Plan) -> pd.Series[bool]:
    return repeated(c, "unit_code", "quarter", "birth_order")
