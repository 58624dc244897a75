"""`ledger sample forms | result`: who was drawn, told in the village and nowhere else, and what the visits came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.files.seal import Password, nobody
from toolkit.model.issue import Issue
from toolkit.model.ledger import PART, ROW
from toolkit.model.part import VILLAGE, Union
from toolkit.steps import sample as draws
from toolkit.tasks.gather import gather, open_workspace
from toolkit.tasks.outcome import Outcome, write_all, wrong
from toolkit.tasks.pool import Progress
from toolkit.tasks.sample import MOST_SHOWN, one_month, read_certificate

if TYPE_CHECKING:
    from toolkit.model.sheet import Book
    from toolkit.model.unit import Units
    from toolkit.steps.sample_result import Result


def forms(path: Path, villages: Sequence[Path], password: Password = nobody) -> Outcome:
    """Which records of a village's own book were drawn: number and ticket, on screen only. Nothing is written, nothing goes into JSON."""
    outcome = Outcome("sample forms")
    opened = sound(outcome, path, password)
    if opened is None:
        return outcome
    certificate, book = opened
    if book is not None and _answered(book, certificate):
        return wrong("sample forms", ("这本已录入走访结果，不能在村里用：会看出是谁答的。请用抽签时写出、没有录入的那本",
                                      "this workbook holds answers, and the village would see whose they are; use the one without results"))
    space = open_workspace("sample forms", None, list(villages), required=False)
    if isinstance(space, Outcome):
        return space
    read = gather("sample forms", villages, space, merging=False, password=password, outcome=outcome)
    if isinstance(read, Outcome):
        return read
    from toolkit.steps.merge import refused_issue
    from toolkit.steps.sample_report import unit_name

    outcome.refused += [refused_issue(one) for one in read.union.refusals]
    others = {(part.unit, part.period) for part in read.union.parts if part.source.kind != VILLAGE}
    if others & {(part.unit, part.period) for part in read.union.parts if part.source.kind == VILLAGE}:
        return wrong("sample forms", ("村的工作簿和它的上报本不能一起给，会对不上编号。请只给村的工作簿",
                                      "a village workbook and its own submission cannot be given together; name the workbook alone"))
    mine = numbers_of(read.union)
    period = certificate.terms.period
    for unit, month, file, kind in sorted({(part.unit, part.period, part.source.file, part.source.kind) for part in read.union.parts}):
        name = unit_name(space.units, unit)
        if month != period or kind != VILLAGE:
            code, why = ("F107", ("period", month)) if month != period else ("F206", ("why", "not_village"))
            outcome.refused.append(Issue(code, "error", unit=unit, file=file, params=(why,)))
            continue
        outcome.say(f"{name}　{period}　只在本村看，请不要抄写、转发", f"{name}  {period}  for this village only; please do not copy or forward")
        _tell_village(outcome, certificate, unit, mine)
    outcome.extra = {"period": period, "units": sorted({part.unit for part in read.union.parts if part.period == period})}
    outcome.say("请先给她打电话：愿意就约时间，不愿意就跳过，不问原因；由下一个候补接上", "ring her first: whoever declines is passed over, no reason asked; the next reserve follows", "todo")
    return outcome


def _answered(book: Book, certificate: draws.Certificate) -> bool:
    from toolkit.steps.sample_read import visits_of

    visits, issues = visits_of(book, certificate.terms.period)
    return any(visit.result is not None or visit.served is not None or visit.day is not None for visit in visits) or any(issue.row for issue in issues)


def numbers_of(union: Union) -> dict[tuple[str, str], tuple[str, str]]:
    """(unit, token) -> (number of the record, responsible person's number), of whole village workbooks."""
    tables = union.tables
    if "pregnancies" not in tables or "services" not in tables:
        return {}
    tokens = {(union.parts[number].source.key, row): (union.parts[number].unit, token) for number, row, token in zip(
        *(tables["services"].frame[name].tolist() for name in (PART, ROW, "token")), strict=True)}
    found = {}
    for number, row, record, staff in zip(*(tables["pregnancies"].frame[name].tolist() for name in (PART, ROW, "record_id", "staff_id")), strict=True):
        place = tokens.get((union.parts[number].source.key, row))
        if place is not None:
            found[place] = (str(record), staff if isinstance(staff, str) else "")
    return found


def _tell_village(outcome: Outcome, certificate: draws.Certificate, unit: str, mine: dict[tuple[str, str], tuple[str, str]]) -> None:
    """By responsible person, the drawn before the reserves."""
    from toolkit.steps.sample_report import in_visit_order

    order = [(mine.get((one.unit, one.token)), certificate.short[one.ticket], what) for one, what in in_visit_order(certificate) if one.unit == unit]
    if not order:
        outcome.say("  本村这次没有抽中", "  nothing of this village was drawn")
    for staff in sorted({found[1] for found, _, _ in order if found is not None}):
        outcome.say(f"  服务责任人 {staff or '（未填）'}", f"  responsible person {staff or '(blank)'}")
        for found, short, what in order:
            if found is not None and found[1] == staff:
                english = "drawn" if what == "抽中" else what.replace("候补", "reserve ")
                outcome.say(f"    编号 {found[0]}　票号 {short}　{what}", f"    record {found[0]}  ticket {short}  {english}")
    for found, short, what in order:
        if found is None:
            outcome.say(f"  票号 {short}　{what}：册里已没有这条，跳过即可，不需理由", f"  ticket {short}: no longer in the book; pass it over, no reason needed")


def sound(outcome: Outcome, path: Path, password: Password) -> tuple[draws.Certificate, Book | None] | None:
    """The certificate of a workbook, when tickets, order and sizes hold; else what differs is in the outcome."""
    from toolkit.steps.sample_verify import verify

    opened = read_certificate(outcome, path, password)
    if opened is None:
        return None
    facts, book = opened
    differs = verify(facts, None)
    for one in differs[:MOST_SHOWN]:
        outcome.issues.append(Issue("R201", "error", file=path.name, key=one.path, params=(("what", f"{one.path}：{one.found}，重算得 {one.expected}"),)))
    outcome.tell_issues = bool(differs)
    return None if differs else (draws.from_json(facts), book)


def result(path: Path, paths: Sequence[Path], *, out: Path | None = None, html: Path | None = None, folder: Path | None = None, force: bool = False,
           progress: Progress | None = None, password: Password = nobody) -> Outcome:
    """Both rates of the visits with exact intervals, on screen and as a report."""
    outcome = Outcome("sample result")
    opened = sound(outcome, path, password)
    if opened is None:
        return outcome
    certificate, book = opened
    if book is None:
        return wrong("sample result", ("走访结果在抽签工作簿里，请给出那本 .xlsx", "the results stand in the draw's workbook; name that .xlsx"))
    space = open_workspace("sample result", folder, [*paths, path], required=True)
    if isinstance(space, Outcome):
        return space
    period = certificate.terms.period
    union = one_month("sample result", paths, space, period, outcome, progress, password)
    if isinstance(union, Outcome):
        return union
    from toolkit.steps import sample_result as steps
    from toolkit.steps.sample_frame import frame_of, services_of
    from toolkit.steps.sample_read import visits_of

    visits, issues = visits_of(book, period)
    issues += steps.order_issues(certificate, visits, path.name)
    table = services_of(union)
    offered = {} if table is None else {(unit, token): value == 1 for unit, token, value in zip(
        table.frame["unit_code"].tolist(), table.frame["token"].tolist(), table.frame["contact_offered"].fillna(0).tolist(), strict=True)}
    rows = {visit.ticket: visit.row for visit in visits}
    for one in (*certificate.drawn, *certificate.reserves):
        if (one.unit, one.token) not in offered:
            issues.append(Issue("R303", "error", "", one.unit, period, path.name, "走访结果", rows.get(certificate.short[one.ticket])))
    lines, _ = frame_of(union)
    found = steps.result_of(certificate, visits, offered, space.plan.suppression.rate_min)
    found = replace(found, certified=draws.frame_digest(draws.frame_bytes(lines)) == certificate.digest, small=space.plan.suppression.small_cell)
    if not found.certified:
        issues.append(Issue("R103", "error", "", "", period, path.name, params=(("what", "证书的M不是这份汇总表的M"),)))
    outcome.issues, outcome.tell_issues = issues, bool(issues)
    _tell_result(outcome, found)
    return _written(outcome, found, {out: ".xlsx", html: ".html"}, space.units, force)


def _tell_result(outcome: Outcome, found: Result) -> None:
    from toolkit.steps import sample_result as steps

    for zh, en, rate in (("按全部抽中", "of all drawn", found.total.of_drawn), ("按走访完成", "of all completed", found.total.of_done)):
        shown, limits = steps.ratio(rate), steps.percents(rate)
        outcome.say(f"{zh}　{shown}　95%区间 {limits}", f"{en}  {shown}  95 % interval {limits}")
    for zh, en in steps.statement(found):
        outcome.say(zh, en)
    outcome.extra = steps.as_json(found)


def _written(outcome: Outcome, found: Result, wanted: Mapping[Path | None, str], units: Units | None, force: bool) -> Outcome:
    from toolkit.files import html, report_xlsx
    from toolkit.steps.sample_result import report_of

    report = report_of(found, units)
    files = [(path, report_xlsx.workbook_of(report) if kind == ".xlsx" else html.page_of(report), "") for path, kind in wanted.items() if path is not None]
    write_all(outcome, files, force)
    return outcome
