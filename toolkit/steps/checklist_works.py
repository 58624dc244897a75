"""Automatic items about what offices did: meetings, publicity, inspections, rectifications (DOMAIN 6.2-6.4)."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.model.checklist import NOT_APPLICABLE, PASSED, SHORT, SHOWN, WANTED, Figure
from toolkit.model.period import last_day
from toolkit.model.unit import contains
from toolkit.schema import Works
from toolkit.steps.checklist_items import (
    COORDINATION,
    INSPECTION,
    LEADING_GROUP,
    MONTHLY,
    PUBLICITY,
    RECTIFICATION,
    SPECIAL,
    Desk,
    Span,
    in_month,
    materials,
    per_period,
    places,
    quarters,
    short_periods,
    some,
    verdict,
    years,
)
from toolkit.steps.months import Row

_DAYS_OF_WEEK = 7


def monthly_meetings(desk: Desk) -> Figure:
    """C-04, T-05: meetings of area staff, by month."""
    need = desk.plan.meetings.monthly.county if desk.level == "county" else desk.plan.meetings.monthly.township
    held = desk.works(MONTHLY)
    if need is None:
        return Figure(SHOWN, f"开了{len(held)}次，方案未定次数", len(held), None, places(held, Works))
    counts = per_period(held, desk.periods)
    lacks = [not desk.here(period, Works) for period, count in counts.items() if count < need]
    said = short_periods(desk, counts, need)
    words = f"{len(desk.periods) - len(lacks)}/{len(desk.periods)}月达到每月{need}次" + (f"；不足：{said}" if said else "")
    return Figure(verdict(lacks), words, sum(min(count, need) for count in counts.values()), need * len(counts), places(held, Works))


def _in_spans(spans: Sequence[Span], held: Sequence[Row], need: int) -> tuple[int, int, list[bool], str]:
    """Counted of needed over quarters or years, each up to what it needs; shortfalls (True: its months are not all here); words."""
    counted, lacks, said = 0, [], []
    for span in spans:
        count = sum(row.period in span.periods for row in held)
        counted += min(count, need)
        said.append(f"{span.name} {count}次")
        if count < need:
            lacks.append(not span.whole)
    return counted, need * len(spans), lacks, "、".join(said)


def coordination(desk: Desk) -> Figure:
    """C-05: coordination meetings that have material, by quarter."""
    asked = desk.plan.meetings.coordination
    all_held = desk.works(COORDINATION)
    held = [row for row in all_held if materials(desk, row, "C-05") >= asked.materials_min]
    bare = f"；{len(all_held) - len(held)}次缺材料" if len(held) < len(all_held) else ""
    if asked.per_quarter is None:
        return Figure(SHOWN, f"有材料的{len(held)}次{bare}，方案未定次数", len(held), None, places(held, Works))
    n, d, lacks, words = _in_spans(quarters(desk), held, asked.per_quarter)
    unfinished = "；季度月份未齐" if any(lacks) else ""
    return Figure(verdict(lacks), f"{words}；每季不少于{asked.per_quarter}次{bare}{unfinished}", n, d, places(held, Works))


def group_and_special(desk: Desk) -> Figure:
    """C-06: leading-group meetings by quarter, special meetings by year."""
    meetings = desk.plan.meetings
    kinds = (("领导小组会", desk.works(LEADING_GROUP), quarters(desk), meetings.leading_group.per_quarter, "季"),
             ("专题会", desk.works(SPECIAL), years(desk), meetings.special.per_year, "年"))
    held = [row for _, rows, _, _, _ in kinds for row in rows]
    if all(need is None for _, _, _, need, _ in kinds):
        words = "、".join(f"{name}{len(rows)}次" for name, rows, _, _, _ in kinds)
        return Figure(SHOWN, f"{words}，方案未定次数", len(held), None, places(held, Works))
    n = d = 0
    lacks: list[bool] = []
    said = []
    for name, rows, spans, need, span_word in kinds:
        if need is None:
            said.append(f"{name}{len(rows)}次")
            continue
        counted, asked, short, words = _in_spans(spans, rows, need)
        n, d, lacks = n + counted, d + asked, lacks + short
        said.append(f"{name} {words}（每{span_word}不少于{need}次）")
    return Figure(verdict(lacks), "；".join(said) + ("；月份未齐" if any(lacks) else ""), n, d, places(held, Works))


def inspections(desk: Desk) -> Figure:
    """C-16: listed institutions that were inspected by any office of the area."""
    if desk.institutions is None:
        return Figure(WANTED, "工作目录里没有机构名单 institutions.csv，请补上")
    listed = {one.code: one.name for one in desk.institutions if contains(desk.unit, one.unit)}
    if not listed:
        return Figure(NOT_APPLICABLE, "名单中没有机构", 0, 0)
    held = [row for row in desk.all_works(INSPECTION) if row["target_code"] in listed]
    need = desk.plan.inspections.per_year
    if need is None:
        seen = {row["target_code"] for row in held}
        return Figure(SHOWN, f"已查{len(seen)}/应查{len(listed)}，方案未定次数", len(seen), len(listed), places(held, Works))
    n, lacks, left = 0, [], []
    for span in years(desk):
        for code, name in listed.items():
            if sum(row["target_code"] == code and row.period in span.periods for row in held) >= need:
                n += 1
            else:
                lacks.append(not span.whole)
                left.append(name)
    d = len(listed) * len(years(desk))
    words = f"已查{n}/应查{d}，每年不少于{need}次" + (f"；未到：{some(left)}" if left else "") + ("；全年月份未齐" if any(lacks) else "")
    return Figure(verdict(lacks), words, n, d, places(held, Works), tuple(left))


def rectifications(desk: Desk) -> Figure:
    """C-18: rectifications by their latest row; overdue is what W103 says at that month's end.

    An unfinished one that the office's next workbook no longer carries is to be looked for.
    """
    latest: dict[object, Row] = {}
    for row in desk.months.under(Works, desk.unit):
        if row["type"] == RECTIFICATION:
            latest[(row.unit, row["work_id"]) if row["work_id"] else row.origin] = row
    if not any(part[2] == Works.id and contains(desk.unit, part[0]) for part in desk.months.parts):
        return Figure(WANTED, "没有收到工作记录")
    done = [row for row in latest.values() if row["done_on"] is not None and row["done_on"] <= last_day(row.period)]
    overdue = [row for row in latest.values() if "W103" in desk.months.codes_on(row, Works)]
    open_ = [row for row in latest.values() if row not in done and row not in overdue]
    gone = [row for row in open_ if any(period > row.period and (row.unit, period, Works.id) in desk.months.parts for period in desk.periods)]
    words = f"整改{len(latest)}项：已办结{len(done)}，未到期{len(open_) - len(gone)}，逾期{len(overdue)}"
    words += f"；{len(gone)}项未办结而下月没有带过来，请核对" if gone else ""
    result = SHORT if overdue else WANTED if gone else PASSED
    return Figure(result, words, len(latest) - len(overdue) - len(gone), len(latest), places(overdue or gone or latest.values(), Works))


def publicity_kinds(desk: Desk) -> Figure:
    """C-20: kinds of material used anywhere in the area."""
    held = [row for row in desk.all_works(PUBLICITY) if row["kind"]]
    kinds = {row["kind"] for row in held}
    need = desk.plan.publicity.kinds_min
    words = f"{len(kinds)}种" + (f"：{some(sorted(kinds))}" if kinds else "")
    if need is None:
        return Figure(SHOWN, f"{words}，方案未定种数", len(kinds), None, places(held, Works))
    return Figure(PASSED if len(kinds) >= need else SHORT, f"{words}；不少于{need}种", len(kinds), need, places(held, Works))


def publicity_rounds(desk: Desk) -> Figure:
    """T-14: days on which the van was in a village, whole weeks of each month; villages reached by it or by their own work."""
    villages = desk.months.below(desk.unit)
    asked = desk.plan.publicity
    rounds = [row for row in desk.works(PUBLICITY) if row["target_code"] in villages]
    held = desk.all_works(PUBLICITY)
    reached = {row["target_code"] for row in rounds} | {row.unit for row in held if row.unit in villages}
    words = f"宣传{len(held)}次，到村{len(reached)}/{len(villages)}"
    if asked.van_per_week is None and asked.villages is None:
        return Figure(SHOWN, f"{words}，方案未定次数", len(reached), len(villages), places(held, Works))
    lacks: list[bool] = []
    n, d = len(reached), len(villages)
    if asked.villages is not None and n < d:
        lacks.append(not all(desk.here(period, Works) for period in desk.periods))
    if asked.van_per_week is not None:
        days = {period: len({row["date"] for row in rounds if row.period == period}) for period in desk.periods}
        needs = {period: asked.van_per_week * (last_day(period).day // _DAYS_OF_WEEK) for period in desk.periods}
        n, d = sum(min(days[period], needs[period]) for period in desk.periods), sum(needs.values())
        lacks += [not desk.here(period, Works) for period in desk.periods if days[period] < needs[period]]
        words += f"；宣传车下村{sum(days.values())}天，应不少于{d}天（每周{asked.van_per_week}次）"
    return Figure(verdict(lacks), words, n, d, places(held, Works))


def monthly_record(desk: Desk) -> Figure:
    """V-06: months with a dated work, or with the nil report ticked."""
    rows = [row for row in desk.months.own(Works, desk.unit) if in_month(row)]
    held = {row.period for row in rows}
    nil = {period for period in desk.periods if desk.here(period, Works) and desk.months.parts[desk.unit, period, Works.id].zero} - held
    lacks = [not desk.here(period, Works) for period in desk.periods if period not in held | nil]
    words = f"{len(held | nil)}/{len(desk.periods)}月有记录" + (f"（含零报告{len(nil)}）" if nil else "")
    missing = some(period for period in desk.periods if period not in held | nil)
    return Figure(verdict(lacks), words + (f"；缺：{missing}" if missing else ""), len(held | nil), len(desk.periods), places(rows, Works))
