"""工作记录 and 佐证材料 of a fictional office: meetings with minutes, publicity, inspections, standing documents."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.model.period import first_day, last_day
from toolkit.model.plan import Plan
from toolkit.model.unit import Unit
from toolkit.schema import Evidence, Works
from toolkit.steps.county_people import People
from toolkit.steps.county_rows import Row, day_between, days, shown

LEADING_GROUP, COORDINATION, SPECIAL, MONTHLY, PUBLICITY, TRAINING, INSPECTION, RECTIFICATION = range(1, 9)
PUBLIC_NOTICE, PAPERS, SUPPORT, RANDOM_VISIT, GUIDANCE = range(9, 14)

#: Documents that stand all year: checklist item (DOMAIN 6.2-6.4), title, whether they have a number.
_STANDING = {
    "county": (("C-01", "责任制文件", True), ("C-02", "领导小组成立文件", True), ("C-08", "个人信息保护影响评估", False),
               ("C-09", "服务告知书及培训记录", False), ("C-11", "个人信息安全应急预案", True), ("C-14", "年度考核办法", True),
               ("C-15", "有奖举报公告", True), ("C-21", "帮扶措施文件", True)),
    "township": (("T-01", "责任制文件", True), ("T-03", "落实措施", True), ("T-04", "考评奖惩办法", True),
                 ("T-15", "超声设备登记册", False), ("T-16", "手术登记册已建立的说明", False), ("T-17", "药品购用登记册", False),
                 ("T-19", "机构警示标志照片", False)),
    "village": (("V-01", "村领导小组名单", False), ("V-05", "生育登记办事指南", False), ("V-10", "村规民约修订本", False),
                ("V-11", "服务告知书样张", False)),
}
_KINDS = ("折页", "海报", "版牌", "明白纸", "广播稿")
_SHELVES = ("一号柜", "二号柜", "三号柜", "村委会档案柜")
_LEAST_DAYS_TO_RECTIFY = 10
_MINUTES_DAYS = 3  # minutes are written within this many days of a meeting


@dataclass
class Desk:
    """What an office writes down in a month; numbers count up."""

    unit: Unit
    period: str
    plan: Plan
    people: People
    rng: random.Random
    works: list[Row] = field(default_factory=list)
    papers: list[Row] = field(default_factory=list)

    @property
    def month(self) -> str:
        return self.period.replace("-", "")

    def day(self) -> dt.date:
        return day_between(self.rng, first_day(self.period), last_day(self.period))

    def paper(self, number: str, item: str, title: str, date: dt.date, *, numbered: bool = False, meeting: dt.date | None = None) -> str:
        """Put a document on the shelf; its number."""
        self.papers.append(shown(
            Evidence, evidence_no=number, item_code=item, title=title, doc_date=date, meeting_date=meeting,
            doc_no=f"示例办发〔{date.year}〕{len(self.papers) + 1}号" if numbered else None, location=self.rng.choice(_SHELVES),
            checked_by=self.people.names[1]))
        return number

    def work(self, kind: int, title: str, item: str = "", paper: str = "", /, **more: object) -> None:
        """Write down one piece of work, with its paper where it has one."""
        date, evidence = self.day(), None
        if item:
            written = min(date + days(self.rng.randint(0, _MINUTES_DAYS)), last_day(self.period))
            evidence = self.paper(f"CL-{self.month}-{len(self.papers) + 1:02d}", item, paper, written,
                                  meeting=date if kind <= MONTHLY else None)
        self.works.append(shown(Works, work_id=f"{self.month}-{len(self.works) + 1:02d}", unit_code=self.unit.code, date=date, type=kind,
                                title=title, staff_id=self.people.organiser, evidence_no=evidence, **more))


def works_and_evidence(desk: Desk, below: Sequence[str], institutions: Sequence[str]) -> tuple[list[Row], list[Row]]:
    """The month of one office. `below`: codes of its units; `institutions`: codes of those it inspects."""
    standing = _standing_day(desk)
    for number, (item, title, numbered) in enumerate(_STANDING[desk.unit.level], 1):
        desk.paper(f"CL-{standing.year}-{number:02d}", item, title, standing, numbered=numbered)
    {"county": _county, "township": _township, "village": _village}[desk.unit.level](desk, below, institutions)
    return desk.works, desk.papers


def _standing_day(desk: Desk) -> dt.date:
    """Early in the plan or the year, never after the month."""
    begins = dt.date(int(desk.period[:4]), 1, 6)
    if desk.plan.start:
        begins = max(begins, desk.plan.start + days(3))
    return min(begins, last_day(desk.period))


def _village(desk: Desk, below: Sequence[str], institutions: Sequence[str]) -> None:
    rng = desk.rng
    if rng.random() < 0.1:
        return  # nothing this month: zero report
    desk.work(PUBLICITY, "赶集日发放服务告知书", "V-09", "宣传栏照片", quantity=rng.randint(20, 120), kind=rng.choice(_KINDS))
    if rng.random() < 0.5:
        desk.work(SUPPORT, "看望困难家庭，送去生活用品", quantity=rng.randint(1, 6))
    if rng.random() < 0.4:
        desk.work(TRAINING, "学习个人信息保护要求", "V-06", "学习签到表", quantity=rng.randint(3, 12))
    if rng.random() < 0.3:
        desk.work(PUBLIC_NOTICE, "公示责任人名单和办公电话")


def _township(desk: Desk, below: Sequence[str], institutions: Sequence[str]) -> None:
    rng = desk.rng
    desk.work(MONTHLY, "分包人员月碰头会", "T-05", "月碰头会记录", quantity=rng.randint(8, 20))
    desk.work(PUBLICITY, "流动宣传车到村宣传", "T-14", "宣传车出车记录", quantity=rng.randint(50, 400), kind=rng.choice(_KINDS),
              target_code=rng.choice(list(below)) if below else None)
    _inspect(desk, rng.sample(list(institutions), k=min(2, len(institutions))), "T-12")
    desk.work(RANDOM_VISIT, "随机走访，核对服务是否提供到位", quantity=rng.randint(1, 5))
    if rng.random() < 0.5:
        desk.work(TRAINING, "服务人员业务培训", quantity=rng.randint(8, 30))
    if rng.random() < 0.5:
        desk.work(SUPPORT, "慰问困难家庭", quantity=rng.randint(2, 10))


def _county(desk: Desk, below: Sequence[str], institutions: Sequence[str]) -> None:
    rng = desk.rng
    desk.work(LEADING_GROUP, "领导小组会议", "C-02", "领导小组会议纪要", quantity=rng.randint(10, 25))
    desk.work(COORDINATION, "部门协调会", "C-05", "协调会纪要", quantity=rng.randint(6, 15))
    desk.work(SPECIAL, "专题会议", "C-06", "专题会议纪要", quantity=rng.randint(6, 15))
    desk.work(MONTHLY, "分包人员月例会", "C-04", "月例会记录", quantity=rng.randint(10, 30))
    desk.work(PAPERS, "向上级报告本月工作", "C-07", "月度工作报告")
    for kind in _KINDS[:3]:
        desk.work(PUBLICITY, f"集中宣传：{kind}", "C-20", f"宣传品样张：{kind}", quantity=rng.randint(500, 3000), kind=kind)
    desk.work(TRAINING, "个人信息保护培训", "C-10", "培训签到表", quantity=rng.randint(20, 60))
    _inspect(desk, institutions, "C-16")
    desk.work(SUPPORT, "关爱女孩助学", quantity=rng.randint(5, 40))
    desk.work(RANDOM_VISIT, "按抽签结果随机走访", quantity=rng.randint(2, 10))
    desk.work(GUIDANCE, "到乡镇指导台账填报", target_code=rng.choice(list(below)) if below else None)


def _inspect(desk: Desk, institutions: Sequence[str], item: str) -> None:
    """Each institution is looked at; problems are put right, or still have time."""
    for code in institutions:
        problems = desk.rng.choice((0, 0, 0, 1, 2))
        desk.work(INSPECTION, "检查超声设备和药品登记", item, "检查记录", target_code=code, quantity=1, problems=problems)
        if problems:
            found = desk.works[-1]["date"]
            done = found + days(desk.rng.randint(3, _LEAST_DAYS_TO_RECTIFY))
            due = found + days(desk.rng.randint(_LEAST_DAYS_TO_RECTIFY, 30))
            desk.work(RECTIFICATION, "补齐登记，整改后复查", target_code=code, due_on=due,
                      done_on=done if done <= last_day(desk.period) else None)
            desk.works[-1]["date"] = found
