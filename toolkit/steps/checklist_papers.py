"""Papers that prove an item a person judges, and what the ledgers add to it (DOMAIN 5.8, 6.2-6.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from toolkit.model.checklist import Paper, Place
from toolkit.model.period import first_day, last_day
from toolkit.model.unit import contains
from toolkit.schema import Evidence
from toolkit.steps.checklist_items import LEADER, SUPPORT, Desk, some
from toolkit.steps.months import Row

#: An impact assessment is good for three years (个人信息保护法 Art. 56).
_ASSESSMENT_YEARS = 3
#: What the ledgers add: words, n, d.
Said = tuple[str, int | None, int | None]


def papers(desk: Desk, item: str) -> tuple[Paper, ...]:
    """The unit's own papers for an item; one number counts once, by its latest month (SPEC 4, `carry`)."""
    latest: dict[object, Row] = {}
    for row in desk.months.own(Evidence, desk.unit):
        if row["item_code"] == item:
            latest[row["evidence_no"] or row.origin] = row
    rows = sorted(latest.values(), key=lambda row: (row["doc_date"] or dt.date.max, row["evidence_no"] or "", row.period, row.row))
    return tuple(_paper(desk, row) for row in rows)


def _paper(desk: Desk, row: Row) -> Paper:
    codes = tuple(sorted(set(desk.months.codes_on(row, Evidence))))
    return Paper(row["evidence_no"] or "", row["title"] or "", row["doc_no"] or "", row["doc_date"], row["location"] or "",
                 Place(row.period, Evidence.sheet, (row.row,) if row.row else (), codes))


def _head_of_group(desk: Desk, found: tuple[Paper, ...]) -> Said:
    people = desk.staff()
    if people is None:
        return "没有收到本级的包保名单", None, None
    heads = sum(row["role"] == LEADER for row in people)
    return f"名单有组长{heads}人", None, None


def _each_month(desk: Desk, found: tuple[Paper, ...]) -> Said:
    """Months with a report dated in them."""
    dated = {period for period in desk.periods for paper in found if paper.doc_date and first_day(period) <= paper.doc_date <= last_day(period)}
    missing = [period for period in desk.periods if period not in dated]
    return f"{len(dated)}/{len(desk.periods)}月有报告" + (f"；缺：{some(missing)}" if missing else ""), len(dated), len(desk.periods)


def _assessment(desk: Desk, found: tuple[Paper, ...]) -> Said:
    """Whether the newest assessment is less than three years old at the end of the last month."""
    dates = [paper.doc_date for paper in found if paper.doc_date]
    if not dates:
        return "", None, None
    end, newest = last_day(desk.periods[-1]), max(dates)
    over = (end.year - newest.year, end.month, end.day) >= (_ASSESSMENT_YEARS, newest.month, newest.day)
    return "已满三年，请重新评估" if over else "未满三年", None, None


def _informants(desk: Desk, found: tuple[Paper, ...]) -> Said:
    count = len(desk.months.found(desk.unit, "K104"))
    return f"K104 {count}处", count, None


def _support(desk: Desk, found: tuple[Paper, ...]) -> Said:
    held = desk.all_works(SUPPORT)
    return f"帮扶记录{len(held)}条", len(held), None


def _institutions(desk: Desk, found: tuple[Paper, ...]) -> Said:
    if desk.institutions is None:
        return "", None, None
    count = sum(contains(desk.unit, one.unit) for one in desk.institutions)
    return (f"辖区机构{count}家，逐家核对" if count else "名单中没有机构"), None, None


def _by_day(item: str) -> Callable[[Desk, tuple[Paper, ...]], Said]:
    def said(desk: Desk, found: tuple[Paper, ...]) -> Said:
        due = desk.plan.due(item)
        if due is None or due.date is None:
            return "", None, None
        dates = [paper.doc_date for paper in found if paper.doc_date]
        late = f"，成文{min(dates).isoformat()}" + ("" if min(dates) <= due.date else "，晚于期限") if dates else ""
        return f"期限{due.date.isoformat()}{late}", None, None

    return said


def _content_unseen(desk: Desk, found: tuple[Paper, ...]) -> Said:
    return "只看保管办法，不看内容", None, None


def _read_by_person(desk: Desk, found: tuple[Paper, ...]) -> Said:
    return "由人逐条读过", None, None


def _forms_unseen(desk: Desk, found: tuple[Paper, ...]) -> Said:
    return "不查看已填的表", None, None


def _purge_report(desk: Desk, found: tuple[Paper, ...]) -> Said:
    return "请出示 check --today 的结果", None, None


#: Item -> what the ledgers or the rules add to the papers.
SAID: dict[str, Callable[[Desk, tuple[Paper, ...]], Said]] = {
    "C-02": _head_of_group, "C-07": _each_month, "C-08": _assessment, "C-09": _forms_unseen, "C-12": _purge_report, "C-15": _informants,
    "C-21": _support, "T-04": _read_by_person, "T-09": _by_day("T-09"), "T-10": _by_day("T-10"), "T-15": _institutions, "T-16": _institutions,
    "T-17": _institutions, "T-18": _institutions, "T-19": _institutions, "V-03": _content_unseen, "V-04": _content_unseen, "V-10": _read_by_person,
    "V-14": _purge_report,
}
