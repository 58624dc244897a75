"""What a unit sent, taken as a whole: nil reports, months outside the plan, two contents of one revision (F)."""

from __future__ import annotations

from toolkit.model.part import Part
from toolkit.model.period import first_day, last_day
from toolkit.rules.rule import Ground, Hits, ground_rule
from toolkit.schema import BY_NAME, Cases, Works

#: Ledgers that are either filled or said to be nil, with the cover's tick (DOMAIN 5.1).
ZERO_TICKS = {Cases.id: "zero_cases", Works.id: "zero_works"}


@ground_rule("F105", "error", zh="“{sheet}”无数据且未勾选零报告", en="“{sheet}” is empty without a zero report",
             todo_zh="请补填；本月确实没有的，在封面选“是”作零报告。",
             todo_en="Fill it in; if there was nothing this month, choose “是” for the zero report on the cover.",
             source="没有也要报：空表说不清是没有还是漏报", bad="案件台账没有一行，封面案件零报告空白", good="案件台账没有一行，封面案件零报告选“是”")
def neither_rows_nor_zero(ground: Ground) -> list[Hits]:
    """Rows that were set aside still show that the sheet was filled."""
    return [_of_part(part, params={"sheet": BY_NAME[part.ledger].sheet})
            for part in ground.parts if part.ledger in ZERO_TICKS and not part.read and not part.zero]


@ground_rule("F108", "error", zh="“{sheet}”勾选零报告但有{n}行数据", en="zero report set but “{sheet}” has {n} rows",
             todo_zh="请取消零报告；不该有的行请删去。", todo_en="Take back the zero report, or delete the rows that should not be there.",
             source="零报告与数据不能同时成立", bad="工作记录有3行，封面工作零报告选“是”", good="工作记录有3行，封面工作零报告空白")
def zero_with_rows(ground: Ground) -> list[Hits]:
    """`marks` is the tick on the cover, a field of `Cover`."""
    return [Hits(None, BY_NAME[part.ledger], ZERO_TICKS[part.ledger], {"sheet": BY_NAME[part.ledger].sheet, "n": str(part.rows)},
                 part.unit, part.period, part.source.file, part.source.place(ZERO_TICKS[part.ledger]))
            for part in ground.parts if part.ledger in ZERO_TICKS and part.zero and part.rows]


@ground_rule("F111", "error", zh="“{sheet}”同一版次有不同内容", en="“{sheet}” has different contents under one revision",
             todo_zh="请核对哪一份正确，版次加一后重报；或在“重复与冲突”中裁定。",
             todo_en="See which one is right and report it with the next revision, or decide in 重复与冲突.",
             source="同一版次只能有一个内容；未裁定前以填报日期较晚的为准", bad="两份都是第0版，工作记录不同", good="改过的一份版次为1")
def two_contents(ground: Ground) -> list[Hits]:
    """One issue for each place that has more than one content, whatever their number."""
    standing = {part.place: part for part in ground.parts}
    places = sorted({part.place: part for part in ground.losing}.items())
    return [_of_part(standing.get(place, part), {"sheet": BY_NAME[part.ledger].sheet}) for place, part in places]


@ground_rule("F117", "warning", zh="月份不在方案期内", en="month outside the plan's period", todo_zh="请核对所属月份；无误的，不用改。",
             todo_en="Check the month; if it is right, leave it.", source="方案的起止日期", bad="方案期2025-06至2025-12，月份2026-01", good="月份2025-09")
def outside_plan(ground: Ground) -> list[Hits]:
    """One issue for each unit and month; a month that the plan covers in part is inside."""
    start, end = ground.plan.start, ground.plan.end
    found: dict[tuple[str, str], str] = {}
    for part in ground.parts:
        if (start and last_day(part.period) < start) or (end and first_day(part.period) > end):
            place = (part.unit, part.period)
            found[place] = min(found.get(place, part.source.file), part.source.file)
    return [Hits(None, None, unit=unit, period=period, file=file) for (unit, period), file in sorted(found.items())]


def _of_part(part: Part, params: dict[str, str] | None = None) -> Hits:
    return Hits(None, BY_NAME[part.ledger], params=params or {}, unit=part.unit, period=part.period, file=part.source.file)
