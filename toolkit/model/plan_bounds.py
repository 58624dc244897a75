"""What no plan can pass (DOMAIN 6.7): nothing about a woman is scored, ranked, targeted or vetoed, no check of contraception
or before a pregnancy, no quota of cases; and values that mean something."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Container, Iterator
from fractions import Fraction

from toolkit.model.acceptance import ALWAYS, AUTO, BY_CODE, DIMENSIONS, LEVELS, SERVICE, SOURCES, WOMEN_FIGURES, Item
from toolkit.model.issue import SEVERITIES
from toolkit.model.plan import Plan, PlanFault
from toolkit.model.unit import is_code

#: Codes of DOMAIN 3.7; a test compares them with the drop-down.
CASE_CODES = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "19")
#: What no text of a plan may ask for: contraception, checks before or of a pregnancy, permits, thoughts (DOMAIN stance 3, 6.7).
UNFIT = re.compile(r"三查|查孕|查环|查病|环检|孕环|环孕|上环|取环|放环|避孕|节育|结扎|孕前|孕情|孕检|准生|生育证|流产|引产|补救|思想动|胎次|"
                   r"contracepti|IUD|pre-?pregnan|pregnancy test|aborti", re.IGNORECASE)
#: Figures about women and births in words; with a sign of a target or in a scored or vetoed item they are refused.
_WOMEN = re.compile(r"随访|问候|提醒率|提供率|服务率|建册|在册|孕妇|孕产|产妇|产检|分娩|活产|出生|性别比|生育率|妇女|"
                    r"pregnan|birth|sex ratio|greeting|women|antenatal|postnatal|" + "|".join(WOMEN_FIGURES), re.IGNORECASE)
_TARGET = re.compile(r"\d|[一二三四五六七八九十百千]成|%|％|百分|不低于|不少于|不高于|不超过|达到|达标|以上|以下|下降|降低|排名|名次|排序|指标|目标|评比|"
                     r"at least|at most|target|rank|quota|reduc", re.IGNORECASE)
_CASES = re.compile(r"案件|查处|立案|结案|两非|线索|\bcase", re.IGNORECASE)
_WOMEN_ZH, _WOMEN_EN = "妇女和出生的数字不计分、不排名、不定指标、不作否决", "figures about women and births are not scored, ranked, targeted or vetoed"

Need = Callable[..., None]


def stands(value: object) -> str:
    """What stands at a key, short enough for a message."""
    text = f"“{value}”" if isinstance(value, str) else "true" if value is True else "false" if value is False else f"{value}"
    return text if len(text) <= 40 else text[:39] + "…"


def says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text holds what a pattern looks for, also where it is spread out by spaces, signs or wide letters."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(pattern.search(plain) or pattern.search(re.sub(r"[\W_]+", "", plain)))


def beyond_bounds(plan: Plan, said: Container[str]) -> list[PlanFault]:
    """Every bound passed; keys in `said` have a fault already."""
    faults: list[PlanFault] = []

    def need(holds: bool, key: str, value: object, zh: str, en: str = "") -> None:
        if not holds and key not in said and key not in {fault.key for fault in faults}:
            faults.append(PlanFault(key, f"现为 {stands(value)}；允许：{zh}", f"is {stands(value)}; allowed: {en or zh}"))

    for rule in (_names, _dates, _deadlines, _service, _figures, _offices, _cases, _acceptance, _texts, _places):
        rule(plan, need)
    return faults


def _names(plan: Plan, need: Need) -> None:
    need(bool(re.fullmatch(r"[^\s/\\:*?\"<>|]{1,40}", plan.id)), "id", plan.id, "1到40个字，不含空格和斜线", "1 to 40 signs, no space or slash")
    need(bool(plan.title.strip()), "title", plan.title, "不能空", "not blank")
    need(bool(re.fullmatch(r"[\w/、（）() ·]{1,30}", plan.notice.responsible)), "notice.responsible", plan.notice.responsible,
         "岗位或姓名，30字以内，不带别的话", "a post or a name, up to 30 signs, nothing else")
    need(bool(re.fullmatch(r"[\d+\-－—()（） 转/、]{3,40}", plan.notice.phone)), "notice.phone", plan.notice.phone, "电话号码", "a phone number")
    marks = [plan.marks.form_number, plan.marks.issued_by, plan.marks.approval_number, plan.marks.valid_until]
    need(all(marks) or not any(marks), "marks", "、".join(mark or "空" for mark in marks), "四项都填，或都不填（统计法第十三条至第十七条）",
         "all four, or none (统计法 Art. 13-17)")


def _dates(plan: Plan, need: Need) -> None:
    spans = [("", plan.start, plan.end), ("survey_window.", plan.survey_window.start, plan.survey_window.end)]
    spans += [(f"phases[{number}].", phase.start, phase.end) for number, phase in enumerate(plan.phases, 1)]
    for path, start, end in spans:
        need(not start or not end or start <= end, f"{path}end", end, f"不早于 {start}", f"not before {start}")
    for number, phase in enumerate(plan.phases, 1):
        need(bool(phase.name), f"phases[{number}].name", phase.name, "不能空", "not blank")
    for number, due in enumerate(plan.due_dates, 1):
        need(due.date is not None, f"due_dates[{number}].date", due.date, "一个日期", "a date")
        need(bool(due.name), f"due_dates[{number}].name", due.name, "不能空", "not blank")
        need(not due.item or due.item in _codes(plan), f"due_dates[{number}].item", due.item, "验收项编号，如 T-09，或留空", "a checklist item such as T-09, or blank")
    both = sorted(set(plan.holidays) & set(plan.workdays))
    need(not both, "workdays", both[0] if both else "", "不与 holidays 重复的日子", "days that are not in holidays")
    need(plan.stat_year_start in ("01-01", "10-01"), "stat_year_start", plan.stat_year_start, "01-01, 10-01")


def _deadlines(plan: Plan, need: Need) -> None:
    for name in ("village_to_township", "township_to_county", "county_to_prefecture"):
        deadline = getattr(plan.deadlines, name)
        need(1 <= deadline.day <= 28, f"deadlines.{name}.day", deadline.day, "1-28")
        need(deadline.month_offset in (1, 2) or deadline.month_offset == 0, f"deadlines.{name}.month_offset", deadline.month_offset, "0-2")
        need(deadline.holiday_rule in ("none", "next_workday"), f"deadlines.{name}.holiday_rule", deadline.holiday_rule, "none, next_workday")
    need(0 <= plan.deadlines.need_report_days <= 31, "deadlines.need_report_days", plan.deadlines.need_report_days, "0-31")
    need(plan.deadlines.need_day_count in ("natural", "working"), "deadlines.need_day_count", plan.deadlines.need_day_count, "natural, working")


def _service(plan: Plan, need: Need) -> None:
    """Offers to women: never more than the national schedule, never before day 0."""
    visits = plan.visits
    need(visits.monthly in (0, 1), "visits.monthly", visits.monthly, "0, 1")
    need(len(visits.windows) <= 5, "visits.windows", len(visits.windows), "至多5个", "at most 5")
    before = -1
    for number, (first, last) in enumerate(visits.windows, 1):
        need(before < first <= last <= 294, f"visits.windows[{number}]", (first, last), "0-294 之间，先后不重叠（没有孕前）", "within 0-294, in order, none before day 0")
        before = max(before, last)
    need(1 <= visits.postnatal_days <= 56, "visits.postnatal_days", visits.postnatal_days, "1-56")
    need(1 <= visits.check42[0] <= visits.check42[1] <= 90, "visits.check42", visits.check42, "1-90，先小后大", "1-90, in order")


def _figures(plan: Plan, need: Need) -> None:
    need(plan.suppression.small_cell >= 5, "suppression.small_cell", plan.suppression.small_cell, ">= 5")
    need(plan.suppression.rate_min >= 10, "suppression.rate_min", plan.suppression.rate_min, ">= 10")
    need(plan.ratio.min_births >= 1000, "ratio.min_births", plan.ratio.min_births, ">= 1000")
    need(100 <= plan.ratio.reference <= 110, "ratio.reference", plan.ratio.reference, "100-110")
    days = plan.retention.village_workbook_days_after_merge
    need(0 < days <= 90, "retention.village_workbook_days_after_merge", days, "1-90")
    need(plan.sample.by in ("township", "county"), "sample.by", plan.sample.by, "township, county")
    need(0 <= plan.sample.floor <= 10, "sample.floor", plan.sample.floor, "0-10")
    try:
        holds = "/" in plan.sample.rate and Fraction(1, 20) <= plan.sample.fraction <= Fraction(1, 5)
    except (ValueError, ZeroDivisionError):
        holds = False
    need(holds, "sample.rate", plan.sample.rate, "1/20-1/5（写成分数）", "1/20-1/5, as a fraction")
    for code, severity in plan.severities.items():
        need(code[:1] not in ("P", "V", "K"), f"severities.{code}", severity, "F G B S C W E X M D L 开头的规则", "rules that begin with F G B S C W E X M D L")
        need(severity in SEVERITIES, f"severities.{code}", severity, "、".join(SEVERITIES), ", ".join(SEVERITIES))


def _offices(plan: Plan, need: Need) -> None:
    need(1 <= plan.limits.records_per_person <= 500, "limits.records_per_person", plan.limits.records_per_person, "1-500")
    need(0 <= plan.limits.vacancy_days <= 365, "limits.vacancy_days", plan.limits.vacancy_days, "0-365")
    need(1 <= plan.limits.days_to_decision <= 90, "limits.days_to_decision", plan.limits.days_to_decision, "1-90（行政处罚法第六十条）", "1-90 (行政处罚法 Art. 60)")
    meetings = plan.meetings
    counts = {"meetings.leading_group.per_quarter": meetings.leading_group.per_quarter, "meetings.special.per_year": meetings.special.per_year,
              "meetings.coordination.per_quarter": meetings.coordination.per_quarter, "meetings.monthly.county": meetings.monthly.county,
              "meetings.coordination.materials_min": meetings.coordination.materials_min,
              "meetings.monthly.township": meetings.monthly.township, "publicity.kinds_min": plan.publicity.kinds_min,
              "publicity.van_per_week": plan.publicity.van_per_week, "inspections.per_year": plan.inspections.per_year,
              "inspections.focus_visits": plan.inspections.focus_visits}
    for key, count in counts.items():
        need(count is None or 0 <= count <= 100, key, count, "0-100，或不写这个键（只列次数）", "0-100, or leave the key out (count only)")
    villages = plan.publicity.villages
    need(villages is None or 1 <= villages <= 10_000, "publicity.villages", villages, "1-10000，或不写", "1-10000, or leave it out")
    for number, code in enumerate(plan.inspections.focus_units, 1):
        need(is_code(code), f"inspections.focus_units[{number}]", code, "6、9或12位单位代码", "a unit code of 6, 9 or 12 digits")


def _cases(plan: Plan, need: Need) -> None:
    listed = plan.case_codes
    for number, case in enumerate(plan.case_types, 1):
        need(case.code in CASE_CODES, f"case_types[{number}].code", case.code, "、".join(CASE_CODES), ", ".join(CASE_CODES))
        need(listed.index(case.code) == number - 1, f"case_types[{number}].code", case.code, "每个编号一次", "each code once")
        need(case.status in ("K", "P"), f"case_types[{number}].status", case.status, "K, P")
    for number, penalty in enumerate(plan.penalties, 1):
        allowed = listed or CASE_CODES
        need(penalty.type in allowed, f"penalties[{number}].type", penalty.type, "、".join(allowed), ", ".join(allowed))
        need(0 <= penalty.low <= penalty.high < math.inf, f"penalties[{number}].high", penalty.high, f"不小于 low（{penalty.low:g}）",
             f"not less than low ({penalty.low:g})")
    reward = plan.reward
    need(reward.kind in ("none", "fixed", "minimum", "range"), "reward.kind", reward.kind, "none, fixed, minimum, range")
    need(reward.per == "case", "reward.per", reward.per, "case")
    for name in ("amount", "announced", "upto"):
        need(0 <= getattr(reward, name) < math.inf, f"reward.{name}", getattr(reward, name), "0以上", "0 or more")
    need(reward.kind != "range" or reward.amount <= reward.upto, "reward.upto", reward.upto, f"不小于 amount（{reward.amount:g}）",
         f"not less than amount ({reward.amount:g})")


def _codes(plan: Plan) -> dict[str, Item]:
    return {**BY_CODE, **{item.code: item for item in plan.acceptance.items}}


def _acceptance(plan: Plan, need: Need) -> None:
    asked, known = plan.acceptance, _codes(plan)
    for number, item in enumerate(asked.items, 1):
        _own_item(plan, item, f"acceptance.items[{number}]", need)
    for number, code in enumerate(asked.drop, 1):
        need(code in known and code not in ALWAYS, f"acceptance.drop[{number}]", code, f"验收项编号，{'、'.join(sorted(ALWAYS))} 除外",
             f"a checklist item, but {', '.join(sorted(ALWAYS))}")
    for number, code in enumerate(asked.veto_items, 1):
        _judged(code, f"acceptance.veto_items[{number}]", code, known, need)
    for code, points in asked.scoring.items():
        _judged(code, f"acceptance.scoring.{code}", points, known, need)
        need(0 <= points < math.inf, f"acceptance.scoring.{code}", points, "0以上的分数", "points, 0 or more")
    for number, level in enumerate(asked.levels, 1):
        need(level in LEVELS.values(), f"acceptance.levels[{number}]", level, "county, township, village")


def _judged(code: str, key: str, value: object, known: dict[str, Item], need: Need) -> None:
    """An item that is scored or vetoed: never a figure about women, never the service itself."""
    if code in WOMEN_FIGURES or (code in known and known[code].dimension == SERVICE):
        need(False, key, value, f"第1-4、6维的验收项；{_WOMEN_ZH}", f"items of dimensions 1-4 and 6; {_WOMEN_EN}")
    else:
        need(code in known, key, value, "验收项编号，如 C-01", "a checklist item such as C-01")


def _own_item(plan: Plan, item: Item, path: str, need: Need) -> None:
    twice = item.code in BY_CODE or [one.code for one in plan.acceptance.items].count(item.code) > 1
    need(bool(re.fullmatch(r"[CTV]-\d{2,3}", item.code)) and not twice, f"{path}.code", item.code, "C-、T-、V- 加没用过的两三位数，如 C-31",
         "C-, T- or V- and two or three digits not in use, such as C-31")
    need(bool(item.text.strip()), f"{path}.text", item.text, "不能空", "not blank")
    need(item.dimension in DIMENSIONS, f"{path}.dimension", item.dimension, "1-6")
    need(item.source in SOURCES and item.source != AUTO, f"{path}.source", item.source, "evidence, person")
    need(not item.veto or item.dimension != SERVICE, f"{path}.veto", item.veto, f"false；{_WOMEN_ZH}", f"false; {_WOMEN_EN}")
    judged = item.veto or item.code in plan.acceptance.veto_items or item.code in plan.acceptance.scoring
    for name in ("text", "en"):
        words = getattr(item, name)
        women = says(_WOMEN, words) and (judged or says(_TARGET, words))
        need(not women, f"{path}.{name}", words, f"不带指标的工作要求；{_WOMEN_ZH}", f"a duty without a target; {_WOMEN_EN}")
        quota = says(_CASES, words) and says(_TARGET, words)
        need(not quota, f"{path}.{name}", words, "不带件数的工作要求（不定办案数量）", "a duty without numbers (there is no quota of cases)")


def _printed(plan: Plan) -> Iterator[tuple[str, str]]:
    """The texts of a plan that offices act on. What is not adopted must name what it is, so it is not among them."""
    yield "title", plan.title
    for number, phase in enumerate(plan.phases, 1):
        yield f"phases[{number}].name", phase.name
        yield from ((f"phases[{number}].duties[{place}]", duty) for place, duty in enumerate(phase.duties, 1))
    for number, due in enumerate(plan.due_dates, 1):
        yield from ((f"due_dates[{number}].{name}", text) for name, text in (("name", due.name), ("from", due.from_), ("to", due.to)))
    for number, item in enumerate(plan.acceptance.items, 1):
        yield from ((f"acceptance.items[{number}].{name}", getattr(item, name)) for name in ("text", "en"))
    for number, case in enumerate(plan.case_types, 1):
        yield f"case_types[{number}].name", case.name
    yield from ((f"notice.{name}", getattr(plan.notice, name)) for name in ("responsible", "phone"))
    yield from ((f"departments[{number}]", name) for number, name in enumerate(plan.departments, 1))
    yield from ((f"addressees[{number}]", name) for number, name in enumerate(plan.addressees, 1))


def _texts(plan: Plan, need: Need) -> None:
    for key, text in _printed(plan):
        need(not says(UNFIT, text), key, text, "不涉及避孕、孕前和孕情检查、审批和思想的工作；原文有此要求的，请写进 not_adopted",
             "work that is not about contraception, checks before or of a pregnancy, permits or thoughts; what the text asks belongs in not_adopted")
    for number, phase in enumerate(plan.phases, 1):
        for place, duty in enumerate(phase.duties, 1):
            aim = (says(_WOMEN, duty) or says(_CASES, duty)) and says(_TARGET, duty)
            need(not aim, f"phases[{number}].duties[{place}]", duty, f"不带指标的工作；{_WOMEN_ZH}，也不定办案数量",
                 f"work without a target; {_WOMEN_EN}, and there is no quota of cases")


def _places(plan: Plan, need: Need) -> None:
    for number in (*plan.requirements, *plan.sources):
        need(bool(re.fullmatch(r"R\d{2,3}", number)), f"requirements.{number}", number, "R01 这样的编号", "numbers such as R01")
    for number, places in plan.requirements.items():
        need(bool(places), f"requirements.{number}", "[]", "至少一处", "at least one place")
    for at, entry in enumerate(plan.not_adopted, 1):
        for name in ("id", "requirement", "reason", "alternative"):
            need(bool(getattr(entry, name).strip()), f"not_adopted[{at}].{name}", getattr(entry, name), "不能空", "not blank")
