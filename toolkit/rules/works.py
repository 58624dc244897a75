"""What offices did: complete entries, meetings with material, rectifications in time (W)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.plan import Plan
from toolkit.rules.cells import past, true
from toolkit.rules.rule import Hits, Rows, rule
from toolkit.schema import Works

if TYPE_CHECKING:
    import pandas as pd

#: 1 领导小组会 2 部门协调会 3 专题会 4 月碰头会.
MEETINGS = (1, 2, 3, 4)
RECTIFICATION = 8


@rule(Works, "W101", "error", marks="date", zh="工作记录缺少类型、日期或单位", en="a work record without its type, date or unit", todo_zh="请补填空着的一格。",
      todo_en="Fill in the blank cell.", source="没有时间、类型和单位的工作无法统计", bad={"date": ""}, good={"date": "2025-09-12"})
def incomplete(c: Rows, plan: Plan) -> list[Hits]:
    """The unit is never blank: it is the cover's."""
    return [Hits(c.blank(name), Works, name) for name in ("unit_code", "date", "type")]


@rule(Works, "W102", "warning", marks="evidence_no", zh="会议没有填材料编号", en="a meeting without the number of its material", todo_zh="请填会议材料的编号，并在佐证材料中登记。",
      todo_en="Enter the number of the material and list it in 佐证材料.", source="会议要有通知、签到或纪要可查",
      bad={"type": "4 月碰头会", "evidence_no": ""}, good={"type": "4 月碰头会", "evidence_no": "CL-2025-01"})
def meeting_without_material(c: Rows, plan: Plan) -> pd.Series[bool]:
    return true(c.type.isin(MEETINGS)) & c.blank("evidence_no")


@rule(Works, "W103", "warning", marks="due_on", zh="整改过了期限，还没有完成", en="the rectification is past its day and not finished", todo_zh="请办结后填完成日期；办不完的，请向上级说明。",
      todo_en="Finish it and enter the day; if it cannot be finished, tell the superior office.", source="限期整改、重点督办，查的是单位",
      bad={"type": "8 整改", "due_on": "2025-09-15", "done_on": ""}, good={"type": "8 整改", "due_on": "2025-09-15", "done_on": "2025-09-14"})
def rectification_overdue(c: Rows, plan: Plan) -> pd.Series[bool]:
    """At the period's end; a completion later than that does not count yet, one in the future is G103's."""
    open_still = c.done_on.isna() | true(c.done_on > c.month_end)
    return true(c.type == RECTIFICATION) & true(c.due_on < c.month_end) & open_still & past(c, "done_on")
