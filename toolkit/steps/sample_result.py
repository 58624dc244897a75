"""What the visits came to: both rates with exact intervals, what they show, and what the checklists take from them (SPEC 7, DOMAIN 6.5).

No figure names a ticket: whoever knows which record was drawn must not learn what she answered. Rates from ten on, as in every report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from toolkit.model.issue import Issue
from toolkit.model.report import Cell, Column, Fact, Facts, Page, Report, Table, Text, row
from toolkit.model.unit import Units, at_level
from toolkit.steps import sample_report as pages
from toolkit.steps.intervals import interval, limit_without
from toolkit.steps.sample import Certificate
from toolkit.steps.sample_read import Visit

DONE, NOT_DONE = 1, 2
#: Of 工作记录: 随机走访.
WORK_TYPE = "12 随机走访"


@dataclass(frozen=True)
class Rate:
    """Faults of those counted; `shown` is False where the number would be about too few."""

    faults: int = 0
    counted: int = 0
    shown: bool = True

    @property
    def interval(self) -> tuple[float, float] | None:
        return interval(self.faults, self.counted) if self.counted else None

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.faults + other.faults, self.counted + other.counted)


@dataclass(frozen=True)
class Tally:
    """A stratum, or all (`unit` ""). `visited`: results 1 and 2, drawn and reserves; `silent`: completed without a third answer.

    `of_drawn`: faults among the drawn, of all drawn with a result; `of_done`: faults among all completed visits, reserves too.
    """

    unit: str
    drawn: int
    settled: int  # drawn tickets with a result, 1 or 2
    visited: int
    done: int
    silent: int
    of_drawn: Rate
    of_done: Rate


@dataclass(frozen=True)
class Result:
    """The visits of one certificate: each stratum, all of them, and per village how many were drawn and settled."""

    certificate: Certificate
    strata: tuple[Tally, ...]
    total: Tally
    villages: Mapping[str, tuple[int, int]]
    last_day: dt.date | None
    certified: bool = True  # the certificate was drawn again from the merged workbook and agrees
    small: int = 5  # counts of a village below this are not told above it


def result_of(certificate: Certificate, visits: Sequence[Visit], offered: Mapping[tuple[str, str], bool], least: int) -> Result:
    """Counts of all visits. `offered`: (unit, token) -> contact_offered of its service row; `least`: counted ones a rate needs."""
    by_ticket = {visit.ticket: visit for visit in visits}
    short = certificate.short
    strata: list[Tally] = []
    villages: dict[str, tuple[int, int]] = {}
    for stratum in certificate.strata:
        drawn = certificate.drawn_of[stratum.unit]
        found = [(one, by_ticket.get(short[one.ticket]), at < len(drawn))
                 for at, one in enumerate((*drawn, *certificate.reserves_of[stratum.unit]))]
        done = [(one, visit, first) for one, visit, first in found if visit is not None and visit.result == DONE]
        faults = [first for one, visit, first in done if visit.served is False and offered.get((one.unit, one.token))]
        silent = [first for _, visit, first in done if visit.served is None]
        settled = sum(first and visit is not None and visit.result is not None for _, visit, first in found)
        strata.append(Tally(stratum.unit, len(drawn), settled, sum(visit is not None and visit.result is not None for _, visit, _ in found), len(done),
                            len(silent), Rate(sum(faults), settled - sum(silent)), Rate(len(faults), len(done) - len(silent))))
        for one, visit, first in found:
            if first:
                total, finished = villages.get(one.unit, (0, 0))
                villages[one.unit] = (total + 1, finished + (visit is not None and visit.result is not None))
    days = [visit.day for visit in visits if visit.day is not None and visit.result is not None]
    return Result(certificate, _hidden(strata, least), _summed(strata, least), dict(sorted(villages.items())), max(days, default=None))


def _summed(strata: Sequence[Tally], least: int) -> Tally:
    of_drawn, of_done = sum((one.of_drawn for one in strata), Rate()), sum((one.of_done for one in strata), Rate())
    return Tally("", sum(one.drawn for one in strata), sum(one.settled for one in strata), sum(one.visited for one in strata),
                 sum(one.done for one in strata), sum(one.silent for one in strata),
                 replace(of_drawn, shown=of_drawn.counted >= least), replace(of_done, shown=of_done.counted >= least))


def _hidden(strata: Sequence[Tally], least: int) -> tuple[Tally, ...]:
    """Rates about too few are not shown, nor those that with the total would give them away (SPEC 8)."""
    drawn, done = (_shown([getattr(one, name).counted for one in strata], least) for name in ("of_drawn", "of_done"))
    return tuple(replace(one, of_drawn=replace(one.of_drawn, shown=first), of_done=replace(one.of_done, shown=second))
                 for one, first, second in zip(strata, drawn, done, strict=True))


def _shown(counted: Sequence[int], least: int) -> list[bool]:
    """Which of several rates with a known total may stand: the hidden are at least two, about `least` or more together."""
    hidden = {at for at, count in enumerate(counted) if count < least}
    while hidden and (len(hidden) == 1 or sum(counted[at] for at in hidden) < least) and len(hidden) < len(counted):
        hidden.add(min((at for at in range(len(counted)) if at not in hidden), key=lambda at: (counted[at], at)))
    return [at not in hidden for at in range(len(counted))]


def order_issues(certificate: Certificate, visits: Sequence[Visit], file: str) -> list[Issue]:
    """Reserves used out of order: the k-th follows only where all before it have a result, and as many of them were not completed."""
    by_ticket = {visit.ticket: visit for visit in visits}
    short, issues = certificate.short, []
    for stratum in certificate.strata:
        before = [by_ticket.get(short[one.ticket]) for one in certificate.drawn_of[stratum.unit]]
        given_up = sum(visit is not None and visit.result == NOT_DONE for visit in before)
        used, gap = 0, False
        for one in certificate.reserves_of[stratum.unit]:
            visit = by_ticket.get(short[one.ticket])
            if visit is None or visit.result is None:
                gap = True
                continue
            used += 1
            if gap or used > given_up:
                issues.append(Issue("R302", "error", "", stratum.unit, certificate.terms.period, file, pages.RESULT_SHEET, visit.row))
            given_up += visit.result == NOT_DONE
    return issues


# ------------------------------------------------------------------------------------------------------------- words


def items(result: Result) -> list[dict[str, object]]:
    """What the checklists take: C-19 for all, V-12 for each village. Results 1 and 2 both count as done work.

    `done`: every drawn ticket has a result; `n`, `d` are None where a village's numbers are small.
    """
    counties = sorted({at_level(one.unit, "county") for one in result.certificate.strata})
    everywhere = (counties[0] if len(counties) == 1 else "", "C-19", result.total.drawn, result.total.settled, True)
    places = [everywhere, *((unit, "V-12", drawn, settled, drawn >= result.small) for unit, (drawn, settled) in result.villages.items())]
    return [{"unit": unit or None, "item": item, "n": settled if told else None, "d": drawn if told else None, "done": settled == drawn,
             "certified": result.certified} for unit, item, drawn, settled, told in places]


def as_json(result: Result) -> dict[str, Any]:
    """Rates by stratum and in all; a figure that may not be shown is null."""
    rates = []
    for tally in (*result.strata, result.total):
        for basis, rate in (("drawn", tally.of_drawn), ("completed", tally.of_done)):
            limits = rate.interval if rate.shown else None
            rates.append({"stratum": tally.unit or None, "basis": basis, "n": rate.faults if rate.shown else None, "d": rate.counted if rate.shown else None,
                          "low": limits[0] if limits else None, "high": limits[1] if limits else None, "suppressed": not rate.shown})
    certificate = result.certificate
    return {"algorithm": "ledger-sample/1", "period": certificate.terms.period, "M": certificate.digest, "certified": result.certified,
            "drawn": result.total.drawn, "settled": result.total.settled,
            "no_answer": result.total.silent if result.total.of_done.shown else None, "rates": rates, "items": items(result)}


def ratio(rate: Rate) -> str:
    return f"{rate.faults}/{rate.counted}" if rate.shown and rate.counted else "—"


def percents(rate: Rate) -> str:
    """`0.0%—30.8%`, or — where it may not be shown."""
    limits = rate.interval if rate.shown else None
    return f"{limits[0]:.1%}—{limits[1]:.1%}" if limits else "—"


def statement(result: Result) -> list[tuple[str, str]]:
    """What these visits show and what they cannot, in plain sentences, Chinese and English."""
    rate, total = result.total.of_done, result.total
    missing = total.drawn - total.settled
    said = [(f"抽中{total.drawn}条，已有结果{total.settled}条" + (f"，还有{missing}条没有结果。" if missing else "。"),
             f"{total.drawn} drawn, {total.settled} with a result" + (f", {missing} without." if missing else "."))]
    if not rate.shown:
        said.append(("走访完成并答了第三问的太少，不给比率：一两个人的回答不能拿来下结论。", "Too few completed visits with an answer: no rate is given."))
        if rate.counted:
            limit = limit_without(rate.counted)
            said.append((f"就是{rate.counted}次都没有问题，也还允许全体中有{limit:.0%}。", f"Even {rate.counted} visits without a fault would still allow {limit:.0%}."))
    elif rate.interval is not None:
        low, high = rate.interval
        if rate.faults:
            said.append((f"走访完成并作答的{rate.counted}次里，有{rate.faults}次登记为已提供而本人说没有得到。全体的比例，95%的把握在{low:.1%}到{high:.1%}之间。",
                         f"In {rate.faults} of {rate.counted} completed visits a service on record was not received; "
                         f"with 95 % confidence the rate lies in {low:.1%}-{high:.1%}."))
        else:
            said.append((f"走访完成并作答的{rate.counted}次里，没有发现登记为已提供而本人说没有得到的。这不等于没有：全体中仍可能有{high:.1%}。",
                         f"No fault in {rate.counted} completed visits. That does not mean none: up to {high:.1%} is still possible."))
        said.append((f"未答：另有{total.silent}次没有回答第三问，不计入。", f"No answer: {total.silent} left the third question open and are not counted."))
    said.append(("各层抽取的比例不完全相同，合计没有加权。", "Strata were not drawn at quite the same rate; the total is not weighted."))
    return said


def report_of(result: Result, units: Units | None) -> Report:
    """The result as a report: figures, what they show, each stratum, what goes into other ledgers."""
    certificate, total = result.certificate, result.total
    period = certificate.terms.period
    cards = Facts((Fact("抽中 / 已有结果", f"{total.drawn} / {total.settled}", "", "done" if total.settled == total.drawn else "warning"),
                   Fact("按全部抽中", ratio(total.of_drawn), percents(total.of_drawn)), Fact("按走访完成", ratio(total.of_done), percents(total.of_done)),
                   Fact("证书", "√ 重算相符" if result.certified else "× 不符", "", "done" if result.certified else "error")))
    columns = (Column("层　名", "text", 24), Column("抽中", "number", 9), Column("已有结果", "number", 11), Column("问题/抽中", "ratio", 13, "按全部抽中"),
               Column("95%区间", "centre", 18, "按全部抽中"), Column("问题/完成", "ratio", 13, "按走访完成"), Column("95%区间", "centre", 18, "按走访完成"))
    rows = [_tally_row(pages.unit_name(units, one.unit), one, "") for one in result.strata]
    rows.append(_tally_row("合　计", total, "total"))
    table = Table(columns, tuple(rows), "各层", (
        "问题：服务台账登记为已问候（已提供），而本人答本月没有得到服务。", "按全部抽中：抽中而有结果的，未完成的算没有发现问题；按走访完成：候补也在内，没答第三问的不计入。",
        "不足10的不列（—），会连带推出的也不列。不比较、不排名，不用来给任何人评价。"))
    done = Table((Column("填到哪里", "text", 24), Column("单位", "text", 30), Column("内容", "text", 40)), tuple(_elsewhere(result, units)), "填入其他表")
    page = Page("走访结果", "随机走访结果", (cards, Text(tuple(zh for zh, _ in statement(result)), "box"), Text(pages.CANNOT, "note"), table, done, pages.sizes_table(),
                                         pages.without_fault_table()), (period, f"抽样框摘要M：{certificate.digest[:8]}…"), header=("随机走访结果", f"所属月份　{period}"))
    return Report("随机走访结果", (page,), (period,), ("本表为内部工作用表；统计对象为机构和服务工作，不对任何个人作出评价或决定。", certificate.terms.software))


def _tally_row(name: str, tally: Tally, state: str) -> tuple[Cell, ...]:
    return row(name, tally.drawn, tally.settled, ratio(tally.of_drawn), percents(tally.of_drawn), ratio(tally.of_done), percents(tally.of_done), state=state)


def _elsewhere(result: Result, units: Units | None) -> list[tuple[Cell, ...]]:
    period = result.certificate.terms.period
    day = result.last_day.isoformat() if result.last_day else "走访日期"
    rows = [row("工作记录", "开展走访的单位", f"{day}　{WORK_TYPE}　{period}随机走访　数量{result.total.visited}（户次）")]
    for item in items(result):
        state = "√ 抽中的都已走访" if item["done"] else "○ 还有没走访的"
        counted = "" if item["d"] is None else f"：抽中{item['d']}，已走访{item['n']}"
        rows.append(row(f"验收清单 {item['item']}", pages.unit_name(units, str(item["unit"] or "—")), f"{state}{counted}（完成、未完成都算已做）"))
    return rows
