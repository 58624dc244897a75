"""A plan as people read it: sections with values and where each comes from, what is not adopted and what stands instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from toolkit.model.acceptance import Item
from toolkit.model.plan import CaseType, Deadline, Document, DueDate, Penalty, Phase, Plan
from toolkit.schema.cases import CASE_TYPE
from toolkit.steps.plan_places import place
from toolkit.steps.plan_words import SECTIONS, VALUES

Words = tuple[str, str]  # Chinese, English
NOT_ASKED: Words = ("没有规定（只列次数，不作要求）", "not set (counted, nothing asked)")
NOTHING: Words = ("没有", "none")
ALL_TYPES: Words = ("全部类型", "all of them")
_NOTHING_AT_ZERO = ("reward.amount", "reward.upto", "reward.announced")
_COUNTS = ("meetings.", "publicity.", "inspections.")


def shown(plan: Plan) -> list[Words]:
    """The lines of a plan, Chinese and English."""
    lines = [*_head(plan)]
    sources = _by_key(plan)
    for zh, en, keys in SECTIONS:
        lines += [("", ""), (f"【{zh}】", f"[{en}]")]
        for key, label_zh, label_en in keys:
            lines += _entry(plan, key, (label_zh, label_en), sources.get(key, ()))
    return lines + _elsewhere(plan) + _not_adopted(plan)


def _head(plan: Plan) -> list[Words]:
    period = f"{plan.start or '…'} — {plan.end or '…'}" if plan.start or plan.end else ""
    return [(f"{plan.title}（{plan.id}）", f"{plan.title} ({plan.id})"),
            (f"方案期：{period or '不限'}　校验码：{plan.digest}", f"period: {period or 'open'}   digest: {plan.digest}")]


def _by_key(plan: Plan) -> dict[str, list[str]]:
    """Key -> the R numbers that stand there. A number at part of a key (`penalties.07`) counts for the whole."""
    found: dict[str, list[str]] = {}
    keys = [key for _, _, entries in SECTIONS for key, *_ in entries]
    for number, places in plan.requirements.items():
        for where in places:
            key = next((key for key in keys if where == key or where.startswith(key + ".") or key.startswith(where + ".")), "")
            if key and number not in found.setdefault(key, []):
                found[key].append(number)
    return found


def _from(plan: Plan, numbers: tuple[str, ...] | list[str]) -> Words:
    if not numbers:
        return "", ""
    named = [f"{number} {plan.sources[number]}" if number in plan.sources else number for number in numbers]
    return f"　〔{'；'.join(named)}〕", f"   [{'; '.join(named)}]"


def _entry(plan: Plan, key: str, label: Words, numbers: tuple[str, ...] | list[str]) -> list[Words]:
    value: Any = plan
    for part in key.split("."):
        value = getattr(value, part)
    from_zh, from_en = _from(plan, numbers)
    if isinstance(value, (tuple, Mapping)) and key != "visits.check42":
        entries = list(value.items()) if isinstance(value, Mapping) else list(value)
        if not entries:
            none = ALL_TYPES if key == "case_types" else NOTHING
            return [(f"{label[0]}：{none[0]}{from_zh}", f"{label[1]}: {none[1]}{from_en}")]
        words = [_one(entry) for entry in entries]
        if all(isinstance(entry, (str, dt.date)) for entry in entries) or key == "visits.windows":
            return [(f"{label[0]}：{'、'.join(zh for zh, _ in words)}{from_zh}", f"{label[1]}: {', '.join(en for _, en in words)}{from_en}")]
        return [(f"{label[0]}：{from_zh}", f"{label[1]}:{from_en}"), *[(f"  · {zh}", f"  - {en}") for zh, en in words]]
    empty = value in (None, "") or (key in _NOTHING_AT_ZERO and not value)
    zh, en = (NOT_ASKED if key.startswith(_COUNTS) else NOTHING) if empty else _one(value)
    return [(f"{label[0]}：{zh}{from_zh}", f"{label[1]}: {en}{from_en}")]


def _one(value: Any) -> Words:
    """One value in words."""
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    if isinstance(value, float):
        return f"{value:g}", f"{value:g}"
    if isinstance(value, Deadline):
        return _deadline(value)
    if isinstance(value, (Phase, DueDate, Document)):
        return _dated(value)
    if isinstance(value, (CaseType, Penalty, Item)):
        return _listed(value)
    if isinstance(value, tuple) and isinstance(value[0], str):  # an entry of a table of keys
        zh, en = _one(value[1])
        return f"{value[0]} → {zh}", f"{value[0]} -> {en}"
    if isinstance(value, tuple):
        return "-".join(map(str, value)), "-".join(map(str, value))
    return VALUES.get(str(value), (str(value), str(value)))


def _deadline(value: Deadline) -> Words:
    month = {0: ("当月", "the same month"), 1: ("次月", "the next month"), 2: ("后第二个月", "the second month after")}[value.month_offset]
    counted = ("（含当天）", " (that day included)") if value.inclusive else ("（不含当天）", " (that day not included)")
    rule = ("，遇休息日顺延到下一工作日", ", moved to the next work day") if value.holiday_rule == "next_workday" else ("，遇休息日不顺延", ", not moved for days off")
    return f"{month[0]}{value.day}日前{counted[0]}{rule[0]}", f"by day {value.day} of {month[1]}{counted[1]}{rule[1]}"


def _dated(value: Phase | DueDate | Document) -> Words:
    if isinstance(value, Phase):
        span = f"{value.start or '…'} — {value.end or '…'}" if value.start or value.end else ""
        duties = f"：{'；'.join(value.duties)}" if value.duties else ""
        source = f"〔{value.source}〕" if value.source else ""
        return f"{value.name}（{span or '没有写日期'}）{duties}{source}", f"{value.name} ({span or 'no date'}){duties}{source}"
    if isinstance(value, DueDate):
        item = f" {value.item}" if value.item else ""
        source = f"〔{value.source}〕" if value.source else ""
        return (f"{value.name}：{value.date}前，{value.from_} → {value.to}{item}{source}",
                f"{value.name}: by {value.date}, {value.from_} -> {value.to}{item}{source}")
    meeting = (f"，引用 {value.meeting} 的会议", f", citing a meeting of {value.meeting}") if value.meeting else ("", "")
    source = f"〔{value.source}〕" if value.source else ""
    return (f"{value.title}　{value.number}　{value.date or '无日期'}{meeting[0]}{source}",
            f"{value.title}  {value.number}  {value.date or 'no date'}{meeting[1]}{source}")


def _listed(value: CaseType | Penalty | Item) -> Words:
    if isinstance(value, CaseType):
        default = dict(CASE_TYPE.labels)[value.code]
        own = f"（原文：{value.name}）" if value.name and value.name != default else ""
        status = {"K": ("", ""), "P": ("　本地定义", "  as this place defines it")}[value.status]
        return f"{value.code} {default}{own}{status[0]}", f"{value.code} {default}{own}{status[1]}"
    if isinstance(value, Penalty):
        band = f"{value.type} {dict(CASE_TYPE.labels).get(value.type, '')}: {value.low:g}-{value.high:g}"
        return f"{band}元〔{value.source}〕", f"{band} yuan [{value.source}]"
    veto = ("（否决）", " (veto)") if value.veto else ("", "")
    asks = f"〔{'、'.join(value.requirements)}〕" if value.requirements else ""
    tail = f"第{value.dimension}维 {value.source}"
    return (f"{value.code} {value.text}{veto[0]}　{tail}{asks}",
            f"{value.code} {value.en or value.text}{veto[1]}  dimension {value.dimension} {value.source}{asks}")


def _elsewhere(plan: Plan) -> list[Words]:
    """Every requirement and where it stands, in order of numbers."""
    if not plan.requirements:
        return []
    lines = [("", ""), ("【原文要求落在哪里】", "[Where each requirement stands]")]
    for number, places in sorted(plan.requirements.items(), key=lambda entry: int(entry[0][1:])):
        words = [place(plan, where) or (f"{where}（找不到）", f"{where} (not found)") for where in places]
        paragraph = plan.sources.get(number, "")
        lines.append((f"{number} {paragraph} → {'；'.join(zh for zh, _ in words)}", f"{number} {paragraph} -> {'; '.join(en for _, en in words)}"))
    return lines


def _not_adopted(plan: Plan) -> list[Words]:
    lines: list[Words] = [("", ""), ("【未采纳的要求及理由】", "[Not adopted, and why]")]
    if not plan.not_adopted:
        return [*lines, NOTHING]
    for entry in plan.not_adopted:
        paragraph = plan.sources.get(entry.id, "")
        lines += [(f"{entry.id} {paragraph}　{entry.requirement}", f"{entry.id} {paragraph}  {entry.requirement}"),
                  (f"    理由：{entry.reason}", f"    why: {entry.reason}"), (f"    合法做法：{entry.alternative}", f"    instead: {entry.alternative}")]
    return lines
