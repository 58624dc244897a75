"""Figures as cells, and the sentences of the summary: what a sign means, what cannot be judged."""

from __future__ import annotations

from toolkit.model.figure import NAMES, UNDECIDED, Figure
from toolkit.model.report import Cell
from toolkit.model.unit import LEVEL_ZH
from toolkit.steps.figures import RATIO, RATIO_HIGH, RATIO_LOW, Summary
from toolkit.steps.hiding import hides

STANDING = "本表为内部工作用表；统计对象为机构和服务工作，不对任何个人作出评价或决定。"
NOT_A_LIST = "服务册不是全部孕产妇名单，不与出生数比对，也不作各月比较。"
CANNOT_TELL = "看不出的：原因、哪个乡镇或哪家机构、任何一个人"
NONE = "—"


def count_cell(one: Figure | None, state: str = "") -> Cell:
    """A count: the number, the sign in its place, or with * where a duplicate waits for a decision."""
    if one is None or (one.n is None and one.value is None and not one.suppressed):
        return Cell(NONE, "number", state or "grey")
    if one.suppressed:
        return Cell(one.basis, "number", state)
    number = one.n if one.n is not None else one.value
    return Cell(f"{number:,}{UNDECIDED}" if one.basis == UNDECIDED else number, "number", state)


def pair_cells(one: Figure | None, state: str = "") -> tuple[Cell, Cell]:
    """n/N and the rate beside it; both the same sign where they are hidden, and where N is 0."""
    if one is None or one.suppressed or one.value is None:
        sign = one.basis if one is not None and one.suppressed else NONE
        return Cell(sign, "ratio", state or "grey"), Cell(sign, "rate", state or "grey")
    star = UNDECIDED if one.basis == UNDECIDED else ""
    return Cell(f"{one.n}/{one.d}{star}", "ratio", state or "grey"), Cell(one.value, "rate", state)


def of_text(one: Figure | None) -> str:
    """`3/2` with a minimum or a whole, `3` without; `—` where it cannot be told."""
    if one is None or (one.n is None and one.value is None):
        return one.basis if one is not None and one.suppressed else NONE
    number = f"{one.n:,}" if one.n is not None else f"{one.value:,.0f}" if float(one.value or 0).is_integer() else f"{one.value:,.2f}"
    return number + (f" / {one.d:,}" if one.d is not None else "") + (UNDECIDED if one.basis == UNDECIDED else "")


def name_of(field: str, days: int = 2) -> str:
    return NAMES.get(field, field).replace("{days}", {1: "一", 2: "两", 3: "三"}.get(days, str(days)))


def short_name(summary: Summary, unit: str) -> str:
    """A name without that of the unit the paper is about: 示例县甲山乡 is 甲山乡 in the county's table."""
    name = summary.units.name(unit)
    return name.removeprefix(summary.target.name) or name


def whole_of(summary: Summary) -> str:
    """全县, 全乡镇 …"""
    return "全" + LEVEL_ZH[summary.target.level]


def service_notes(summary: Summary) -> tuple[str, ...]:
    """What stands under the main table."""
    limits = summary.plan.suppression
    notes = ["n/N：已提供数/约定应提供数，只看服务是否提供，不看本人是否接受。" + (
        f"N不足{limits.rate_min}（含0）的率及其n/N记“—”；数0—{limits.small_cell - 1}记“<{limits.small_cell}”；为防推算另行隐去的记“＊”"
        f"（如在册与约定问候相差不足{limits.small_cell}时：不显出有几人不愿被联系）。"
        if hides(summary.target.level) else "N为0的记“—”。")]
    short = [f"{short_name(summary, place.unit)}缺报{gone.n}个单位" for place in summary.months[-1].places
             if (gone := summary.get("submission_missing", place.unit)) is not None and gone.n]
    if short:
        notes.append("，".join(short[:6]) + (f"等{len(short)}处" if len(short) > 6 else "") + "，其各数只含已报单位。")
    if any(one.basis == UNDECIDED for one in summary.figures if one.period == summary.period):
        notes.append("带*的：有重复或不一致尚未裁定，同一事项只计一次，见汇总表“重复与冲突”。")
    notes.append(NOT_A_LIST)
    return tuple(notes)


def ratio_sentence(summary: Summary) -> str:
    """The county's sex ratio in plain words, or why there is none; "" below and above the county."""
    one = next((figure for figure in summary.figures if figure.field == RATIO), None)
    if one is None:
        return ""
    first, _, last = one.period.partition("/")
    span = f"{first}至{last}" if last else f"{first}年"
    if one.value is None:
        if one.basis.startswith("births<"):
            return (f"出生性别比（全县，{span}）：一年出生不足{summary.plan.ratio.min_births}，不出数。出生数这么少，"
                    "比值高低几十都可能只是偶然，看不出任何问题，也看不出没有问题。")
        if one.suppressed:
            return f"出生性别比（全县，{span}）：有的月份出生数隐去，不出数。"
        gone = one.basis.split(",")
        return f"出生性别比（全县，滚动一年{span}）：缺{len(gone)}个月（{gone[0]}{'…' if len(gone) > 1 else ''}）的汇总表，不出数。"
    by_field = {figure.field: figure for figure in summary.figures if figure.field in (RATIO_LOW, RATIO_HIGH)}
    low, high, reference = by_field[RATIO_LOW].value or 0, by_field[RATIO_HIGH].value or 0, summary.plan.ratio.reference
    inside = low <= reference <= high
    absent = sum(row.expected and row.state in ("missing", "refused") for month in summary.months for row in month.merged.submissions)
    return (f"出生性别比（全县，{span}滚动一年）：男{one.n} 女{one.d}，{one.value:.1f}，95%区间{low:.1f}—{high:.1f}：与正常水平（约{reference:g}）的差别"
            + ("在偶然范围之内，不能据此判断任何单位。" if inside else f"不大可能只是偶然；{CANNOT_TELL}，不能据此判断任何单位。")
            + (f"其中{absent}个单位月缺报，未计入。" if absent else ""))
