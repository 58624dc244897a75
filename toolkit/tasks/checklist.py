"""`ledger checklist`: merged months in, one paper a unit out, to be ticked and signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.files import workspace
from toolkit.files.seal import Password, nobody
from toolkit.model.checklist import NOT_APPLICABLE, PASSED, SHORT, SHOWN, WANTED, Checklist
from toolkit.model.plan import Plan
from toolkit.model.unit import LEVEL_ZH, LEVELS, Unit, contains
from toolkit.tasks.gather import Gathered, gather, merged_months, open_workspace
from toolkit.tasks.outcome import Outcome, write_all, wrong

if TYPE_CHECKING:
    from toolkit.steps.checklist_service import Visits
    from toolkit.steps.months import Months


@dataclass(frozen=True)
class Asked:
    """What to make. `levels`: those asked, () all that the plan and the target have; `sample`: the draw's workbook."""

    out: Path
    levels: tuple[str, ...] = ()
    sample: Path | None = None
    folder: Path | None = None
    jobs: int = 0
    force: bool = False
    password: Password = field(default=nobody, repr=False)


def checklist(paths: Sequence[Path], asked: Asked, progress: Callable[[int, int], None] | None = None) -> Outcome:
    """Read merged months, fill in what the ledgers can show, write a paper for each unit."""
    outcome = Outcome("checklist")
    space = open_workspace("checklist", asked.folder, paths, required=True)
    if isinstance(space, Outcome):
        return space
    read = gather("checklist", paths, space, merging=True, jobs=asked.jobs, progress=progress, password=asked.password, outcome=outcome)
    if isinstance(read, Outcome):
        return read
    merges = merged_months("checklist", read, outcome)
    if isinstance(merges, Outcome):
        return merges
    from toolkit.steps.months import Months, month

    first = merges[0]
    months = Months(first.target, first.plan, first.units, tuple(month(one) for one in merges))
    levels = _levels(asked.levels, months.plan, months.target)
    if isinstance(levels, Outcome):
        return levels
    lists = _lists(months, levels, read, asked, outcome)
    if isinstance(lists, Outcome):
        return lists
    if not any(one.lines for one in lists):
        return wrong("checklist", ("没有清单可做：区划表里没有这一级的单位，或方案没有这一级的验收项", "nothing to make: no unit of that level in the unit list, or no item of it in the plan"))
    from toolkit.files.report_xlsx import workbook_of
    from toolkit.steps.checklist_report import Head, as_json, report

    outcome.extra = {"items": as_json(lists)}
    head = Head(months.target.name, months.plan, months.periods, __version__)
    if write_all(outcome, [(asked.out, workbook_of(report(lists, head)), "")], asked.force):
        _tell(outcome, lists, head.span, months.target)
    return outcome


def _lists(months: Months, levels: Sequence[str], read: Gathered, asked: Asked, outcome: Outcome) -> list[Checklist] | Outcome:
    """The checklists filled in, with the institutions of the workspace, the summary's figures and the result of a sample."""
    from toolkit.steps.checklist import checklists
    from toolkit.steps.figures import Known, summarised
    from toolkit.steps.standing import Institution

    folder = read.workspace.folder
    found, faults = workspace.read_institutions(folder)
    if faults:
        return wrong("checklist", *[(fault.zh, fault.en) for fault in faults])
    institutions = tuple(Institution(*one) for one in found)
    listed = folder is not None and (folder / workspace.INSTITUTIONS).is_file()
    visits = _visits(asked.sample, asked.password, months, read, outcome) if asked.sample is not None else None
    if isinstance(visits, Outcome):
        return visits
    figures = summarised([one.merged for one in months.months], Known(institutions)).figures
    return checklists(months, levels, institutions if listed else None, figures, visits)


def _visits(path: Path, password: Password, months: Months, read: Gathered, outcome: Outcome) -> Visits | Outcome:
    """The result of the random visits: a certificate that holds, and the results typed in beside it."""
    from toolkit.steps import sample as draws
    from toolkit.steps.checklist_service import Visits
    from toolkit.steps.sample_frame import frame_of
    from toolkit.steps.sample_read import visits_of
    from toolkit.steps.sample_result import order_issues, result_of
    from toolkit.tasks.sample_visits import sound

    opened = sound(outcome, path, password)
    if opened is None:
        return outcome
    certificate, book = opened
    if book is None:
        return wrong("checklist", ("走访结果在抽签工作簿里，请给出那本 .xlsx", "the results stand in the draw's workbook; name that .xlsx"))
    period = certificate.terms.period
    if period not in months.periods:
        return wrong("checklist", (f"抽签是{period}的，所给汇总表没有这个月。请把那个月的汇总表也给上",
                                   f"the draw is of {period}, which is not among the merged months; name that month's file too"))
    filled, issues = visits_of(book, period)
    outcome.issues += [*issues, *order_issues(certificate, filled, path.name)]
    outcome.tell_issues = bool(outcome.issues)
    lines, _ = frame_of(read.union.of_period(period))
    within = all(contains(months.target.code, stratum.unit) for stratum in certificate.strata)
    certified = draws.frame_digest(draws.frame_bytes(lines)) == certificate.digest if within else None
    return Visits(period, result_of(certificate, filled, {}, months.plan.suppression.rate_min).villages, certified)


def _levels(asked: Sequence[str], plan: Plan, target: Unit) -> tuple[str, ...] | Outcome:
    """The levels to make: those asked, else all of the plan at or under the target."""
    possible = [level for level in plan.acceptance.levels if LEVELS[level] >= LEVELS[target.level]]
    beyond = [level for level in asked if level not in possible]
    if beyond:
        names = "、".join(LEVEL_ZH[level] for level in beyond)
        allowed = "、".join(LEVEL_ZH[level] for level in possible) or "没有"
        return wrong("checklist", (f"做不了{names}级清单：汇总表是{target.name}的，方案{plan.id}可做的有：{allowed}",
                                   f"no checklist of {', '.join(beyond)}: merged to {target.code}; plan {plan.id} allows {', '.join(possible) or 'none'}"))
    return tuple(asked or possible)


def _tell(outcome: Outcome, lists: Sequence[Checklist], span: str, target: Unit) -> None:
    results = [line.result for one in lists for line in one.lines]
    counted = {result: results.count(result) for result in (PASSED, SHORT, WANTED, NOT_APPLICABLE, SHOWN, None)}
    outcome.say(f"{target.name} {span}：清单 {len(lists)} 份，共 {len(results)} 项", f"{target.name} {span}: {len(lists)} checklists, {len(results)} items")
    outcome.say(f"通过 {counted[PASSED]}　未达 {counted[SHORT]}　待补 {counted[WANTED]}　不适用 {counted[NOT_APPLICABLE]}　仅列示 {counted[SHOWN]}　人工待核 {counted[None]}"
                "　不计分，不合成总评",
                f"passed {counted[PASSED]}, not yet {counted[SHORT]}, to supply {counted[WANTED]}, not applicable {counted[NOT_APPLICABLE]}, "
                f"listed {counted[SHOWN]}, for a person {counted[None]}; nothing is scored")

