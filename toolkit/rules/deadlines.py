"""Due days, work days, and what came late or not at all (L), and village workbooks kept too long (K109).

The calendar of days off is that of `chinese_calendar`; a plan's own days off and make-up work days go before it.
Where there is neither, Monday to Friday are taken as work days and that is said (DOMAIN 3.9).
"""

from __future__ import annotations

import datetime as dt

from toolkit.model.approval import CHANGED, HOLDS
from toolkit.model.part import VILLAGE, Part
from toolkit.model.period import shift
from toolkit.model.plan import Deadline, Plan
from toolkit.model.unit import level_of
from toolkit.rules.rule import Ground, Hits, ground_rule

#: Which deadline of the plan a unit of each level answers to.
DEADLINES = {"village": "village_to_township", "township": "township_to_county", "county": "county_to_prefecture"}
SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


def is_workday(day: dt.date, plan: Plan) -> tuple[bool, bool]:
    """Whether people work that day, and whether the year's days off had to be guessed."""
    if day in plan.workdays:
        return True, False
    if day in plan.holidays:
        return False, False
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day)), False
    except NotImplementedError:  # a year the calendar does not have
        told = any(known.year == day.year for known in (*plan.holidays, *plan.workdays))
        return day.weekday() < SATURDAY, not told


def due_day(period: str, level: str, plan: Plan) -> tuple[dt.date, bool]:
    """The last day on which a unit of this level reports `period` in time, and whether days off had to be guessed.

    `level`: village, township or county (KeyError otherwise).
    """
    deadline: Deadline = getattr(plan.deadlines, DEADLINES[level])
    month = shift(period, deadline.month_offset)
    day = dt.date(int(month[:4]), int(month[5:7]), deadline.day)
    if not deadline.inclusive:
        day -= ONE_DAY
    if deadline.holiday_rule != "next_workday":
        return day, False
    guessed = False
    while True:
        works, unsure = is_workday(day, plan)
        guessed |= unsure
        if works:
            return day, guessed
        day += ONE_DAY


def days_used(start: dt.date, end: dt.date, plan: Plan) -> int:
    """Days from `start` (not counted) to `end` (counted), as the plan counts them: natural or working (民法典 Art. 201)."""
    if plan.deadlines.need_day_count != "working":
        return (end - start).days
    return sum(is_workday(start + dt.timedelta(days=number), plan)[0] for number in range(1, (end - start).days + 1))


def past_retention(period: str, today: dt.date, plan: Plan) -> bool:
    """Whether a village workbook of `period` is past its time.

    The day of the merge is in no file; the villages' due day stands for it, so the answer never comes too early.
    """
    merged_by, _ = due_day(period, "village", plan)
    return today > merged_by + dt.timedelta(days=plan.retention.village_workbook_days_after_merge)


@ground_rule("L101", "warning", zh="晚于期限{due}报送", en="received after the due day {due}", todo_zh="请说明原因；下月请在期限前报送。",
             todo_en="Say why; please report before the due day next month.", source="方案的报送期限；没有记收到日期的不判断",
             bad="期限2025-10-10，收到2025-10-12", good="收到2025-10-10")
def received_late(ground: Ground) -> list[Hits]:
    """One issue for each unit and month, by the last of its standing parts to arrive."""
    hits = []
    for unit, period, part in _received(ground):
        due, _ = due_day(period, level_of(unit), ground.plan)
        if dt.date.fromisoformat(part.received[:10]) > due:
            hits.append(Hits(None, None, params={"due": due.isoformat()}, unit=unit, period=period, file=part.source.file))
    return hits


@ground_rule("L103", "info", zh="缺少{year}年放假安排，按周一至周五推算", en="no holiday data for {year}; Monday to Friday assumed",
             todo_zh="请核对期限；可在方案中写明放假和调休的日子。",
             todo_en="Check the due day; days off and make-up work days can be listed in the plan.", source="放假安排每年十一月前后公布",
             bad="期限在尚未公布放假安排的年份", good="该年放假安排已公布，或方案已写明")
def days_off_unknown(ground: Ground) -> list[Hits]:
    """Said once for a year, and only where a due day was used."""
    years = set()
    for unit, period, _ in _received(ground):
        due, guessed = due_day(period, level_of(unit), ground.plan)
        if guessed:
            years.add((period, f"{due.year}"))
    return [Hits(None, None, params={"year": year}, unit=ground.target, period=period, key=year) for period, year in sorted(years)]


def _received(ground: Ground) -> list[tuple[str, str, Part]]:
    """(unit, period, part that arrived last) of units with a due day and a known day of receipt."""
    last: dict[tuple[str, str], Part] = {}
    for part in ground.parts:
        if part.received and level_of(part.unit) in DEADLINES:
            place = (part.unit, part.period)
            if place not in last or (part.received, part.source.file) > (last[place].received, last[place].source.file):
                last[place] = part
    return [(unit, period, part) for (unit, period), part in sorted(last.items())]


@ground_rule("L102", "error", zh="{unit}未报送", en="{unit} has not reported", todo_zh="请联系该单位报送；案件、工作确无内容的，在封面选零报告。",
             todo_en="Ask the unit to report; where there were no cases or works, the zero report on the cover says so.",
             source="应报单位名单（区划表）",
             bad="区划表中应报的一村，本次汇总没有它的文件", good="每个应报单位都有一份")
def not_submitted(ground: Ground) -> list[Hits]:
    """Only in a merge. A unit whose file was refused or kept out has its own issue."""
    if not ground.target or ground.units is None:
        return []
    answered = ground.present | {refusal.unit for refusal in ground.refusals}
    return [Hits(None, None, params={"unit": unit.name}, unit=unit.code, period=ground.period)
            for unit in ground.units.expected_under(ground.target) if unit.code not in answered]


@ground_rule("L104", "warning", zh="{unit}的汇总还没有审核", en="the merge of {unit} was not approved", todo_zh="请该乡镇审核后再报。",
             todo_en="Ask the township to approve it and send it again.", source="方案要求乡级审核；统计法第二十四条的审核、签署制度",
             bad="方案要求审核，乡级汇总仍是“待审”", good="乡级汇总已审")
def not_approved(ground: Ground) -> list[Hits]:
    if not ground.plan.approval_required:
        return []
    names = {unit: ground.units.name(unit) if ground.units is not None else unit for unit in ground.approvals}
    return [Hits(None, None, params={"unit": names[unit]}, unit=unit, period=ground.period) for unit, state in sorted(ground.approvals.items())
            if level_of(unit) == "township" and unit != ground.target and state not in HOLDS and state != CHANGED]


@ground_rule("F119", "error", zh="{unit}的汇总审核后被改动", en="the merge of {unit} was changed after its approval",
             todo_zh="请重新审核，或取回审核时的文件。", todo_en="Approve it again, or fetch the file that was approved.",
             source="审核的是哪一份，报的就应是哪一份", bad="审核以后又改了一处裁定", good="审核以后未再改动")
def changed_after_approval(ground: Ground) -> list[Hits]:
    return [Hits(None, None, params={"unit": ground.units.name(unit) if ground.units is not None else unit}, unit=unit, period=ground.period)
            for unit, state in sorted(ground.approvals.items()) if state == CHANGED]


@ground_rule("K109", "warning", zh="村级工作簿已超过保存期限", en="village workbook past its retention", todo_zh="请清除这个文件和它的副本；汇总表不受影响。",
             todo_en="Delete the file and its copies; the merged workbooks are not affected.", source="个人信息保护法第十九条、第四十七条：目的达到即删除",
             bad="汇总后120天，收件夹里还有那个月的村级工作簿", good="期满已清除")
def kept_too_long(ground: Ground) -> list[Hits]:
    """Only in a check that is told today's date; of every file, since a superseded one holds names too."""
    if ground.today is None:
        return []
    kept = {(part.unit, part.period, part.source.file) for part in ground.read or ground.parts if part.source.kind == VILLAGE}
    return [Hits(None, None, unit=unit, period=period, file=file, key=file)
            for unit, period, file in sorted(kept) if past_retention(period, ground.today, ground.plan)]
