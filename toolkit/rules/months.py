"""Between months: is one missing since the previous file (M). Service rows are never compared over months."""

from __future__ import annotations

from toolkit.model.period import shift
from toolkit.rules.rule import Ground, Hits, ground_rule, reading


@ground_rule("M106", "warning", zh="缺少{period}的文件", en="the file of {period} is missing", todo_zh="请先汇总缺少的月份，或核对上期文件是否选对。",
             todo_en="Merge the missing month first, or see whether the right previous file was chosen.", source="逐月统计，缺一个月全年数就不全",
             bad="上期文件是2025-07，本期是2025-09", good="上期文件是2025-08，本期是2025-09")
def month_missing(ground: Ground) -> list[Hits]:
    """One issue for each month between the latest of the previous file and this one."""
    if not ground.previous:
        return []
    this = ground.period or min((part.period for part in ground.parts), default="")
    month, missing = shift(max(part.period for part in ground.previous), 1), []
    while this and month < this:
        missing.append(month)
        month = shift(month, 1)
    return [Hits(None, None, params={"period": month}, unit=ground.target, period=this, key=month) for month in missing]


#: Found by `ledger summary --sealed`, which compares figures, not rows.
SEALED = reading("M107", "warning", zh="与已封存汇总不一致：{figure}原为{then}，现为{now}", en="differs from the sealed summary: {figure} was {then} and is {now}",
                 todo_zh="请核对各单位是否有更正；有的，附更正说明后重新封存。", todo_en="See which unit corrected what; seal again with a note on the correction.",
                 source="统计法第二十四条的审核、签署、归档制度；更正要留说明", bad="封存时已报24，现在重算是25", good="重算与封存的汇总一致")
