"""What is odd in a plan that can stand: days off, years that differ, repealed laws, places that lead nowhere. Warnings, no refusal."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from toolkit.model.issue import declared
from toolkit.model.plan import Document, Plan, PlanFault
from toolkit.rules.deadlines import is_workday
from toolkit.steps.plan_places import place

#: Laws and rules no longer in force under this name (DOMAIN R117, 4.1), and what stands today.
REPEALED = {
    "执业医师法": "已由医师法代替", "中华人民共和国执业医师法": "已由医师法代替",
    "计划生育技术服务管理条例": "已于2021年废止", "社会抚养费征收管理办法": "已于2021年废止", "流动人口计划生育工作条例": "已于2021年废止",
    "无照经营查处取缔办法": "已由无证无照经营查处办法代替",
}
#: The national family planning commission, whose numbers are 国人口发, ended in this year (DOMAIN R93).
_COMMISSION, _COMMISSION_END = "国人口发", 2013
_NUMBER_YEAR = re.compile(r"[〔\[［(（](\d{4})[〕\]］)）]")
_TITLE_YEAR = re.compile(r"(\d{4})年?度?")


def oddities(plan: Plan) -> list[PlanFault]:
    """Every oddity, in the order of the plan's keys."""
    return [*_rest_days(plan), *_period(plan), *_documents(plan), *_money(plan), *_leads_nowhere(plan)]


def _rest_days(plan: Plan) -> Iterator[PlanFault]:
    days = [("acceptance.date", plan.acceptance.date)] + [(f"due_dates[{number}].date", due.date) for number, due in enumerate(plan.due_dates, 1)]
    for key, day in days:
        if day is None:
            continue
        works, guessed = is_workday(day, plan)
        if not works:
            yield PlanFault(key, f"{day} 是{_weekday(day)}，不是工作日，请核对", f"{day} is a {day:%A} and no work day; please check")
        elif guessed:
            yield PlanFault(key, f"缺少{day.year}年放假安排，按周一至周五推算", f"no holiday data for {day.year}; Monday to Friday assumed")


def _weekday(day: dt.date) -> str:
    return "周" + "一二三四五六日"[day.weekday()]


def _period(plan: Plan) -> Iterator[PlanFault]:
    years = {day.year for day in (plan.start, plan.end) if day}
    titles = [("title", plan.title)] + [(f"documents[{number}].title", paper.title) for number, paper in enumerate(plan.documents, 1)]
    for key, title in titles:
        named = {int(year) for year in _TITLE_YEAR.findall(title) if 1990 <= int(year) <= 2100}
        if years and named and not named & set(range(min(years), max(years) + 1)):
            said, held = "、".join(map(str, sorted(named))), "、".join(map(str, sorted(years)))
            yield PlanFault(key, f"标题写{said}年，方案期是{held}年，请核对", f"the title says {said}, the period is {held}; please check")
    for number, phase in enumerate(plan.phases, 1):
        if (phase.start and plan.start and phase.start < plan.start) or (phase.end and plan.end and phase.end > plan.end):
            yield PlanFault(f"phases[{number}]", f"“{phase.name}”超出方案期 {plan.start} — {plan.end}", f"“{phase.name}” lies outside the period")


def _documents(plan: Plan) -> Iterator[PlanFault]:
    for number, paper in enumerate(plan.documents, 1):
        yield from _document(paper, f"documents[{number}]")
    for at, law in enumerate(plan.publicity.notice_cites, 1):
        now = REPEALED.get(law.strip("《》 "))
        if now:
            yield PlanFault(f"publicity.notice_cites[{at}]", f"公告引用《{law}》，{now}，请核对后改公告",
                            f"the notice cites {law}, no longer in force under this name ({now})")


def _document(paper: Document, key: str) -> Iterator[PlanFault]:
    year = _NUMBER_YEAR.search(paper.number)
    if year and paper.date and int(year[1]) != paper.date.year:
        yield PlanFault(f"{key}.date", f"文号年份{year[1]}与成文日期 {paper.date} 不一致，请核对原件", f"number of {year[1]}, dated {paper.date}; compare with the original")
    if year and paper.number.startswith(_COMMISSION) and int(year[1]) > _COMMISSION_END:
        yield PlanFault(f"{key}.number", f"{paper.number}：发文机关已于{_COMMISSION_END}年撤销，请核对文号", f"{paper.number}: the issuing body ended in {_COMMISSION_END}")
    if paper.meeting and paper.date and paper.meeting > paper.date:
        yield PlanFault(f"{key}.meeting", f"引用的会议 {paper.meeting} 晚于成文日期 {paper.date}，请核对原件", f"cites a meeting of {paper.meeting}, later than {paper.date}")


def _money(plan: Plan) -> Iterator[PlanFault]:
    reward = plan.reward
    if reward.announced and reward.kind != "none" and reward.announced != reward.amount:
        yield PlanFault("reward.announced", f"公告写{reward.announced:g}元，办法写{reward.amount:g}元，请统一",
                        f"the notice says {reward.announced:g}, the rule {reward.amount:g} yuan")
    if plan.acceptance.veto_items:
        yield PlanFault("acceptance.veto_items", "否决容易逼出假数（统计法第九条）；软件只作标记，不下结论",
                        "a veto breeds false figures (统计法 Art. 9); it is shown as a flag, never computed")


def _leads_nowhere(plan: Plan) -> Iterator[PlanFault]:
    known = {code.code for code in declared()}
    local = {code.code for code in declared() if code.local}
    for code in plan.severities:
        if code not in known:
            yield PlanFault(f"severities.{code}", "没有这条规则。运行 ledger rules 看全部", "there is no such rule; run ledger rules for all")
        elif code in local:
            yield PlanFault(f"severities.{code}", "这条规则只在村里提示，级别不能改，此行不起作用", "a rule of the service book; its severity stays as it is")
    for number, places in plan.requirements.items():
        for where in places:
            if place(plan, where) is None:
                yield PlanFault(f"requirements.{number}", f"“{where}”找不到，请写参数、验收项、规则或台账的列", f"“{where}” is no parameter, item, rule or column")
    items = {code for one in plan.items for code in one.requirements if code.startswith("R")}
    for number in sorted(items & {entry.id for entry in plan.not_adopted} - set(plan.requirements)):
        if any(number in item.requirements for item in plan.acceptance.items):
            yield PlanFault("acceptance.items", f"{number} 已列为未采纳，又作了验收项", f"{number} is not adopted and yet an item")
