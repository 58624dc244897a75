"""`ledger checklist`: merged months in, one paper a unit out, to be ticked and signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.files import workspace
from toolkit.model.checklist import NOT_APPLICABLE, PASSED, SHORT, SHOWN, WANTED, Checklist
from toolkit.model.part import Union
from toolkit.model.plan import Plan
from toolkit.model.unit import LEVEL_ZH, LEVELS, Unit, Units, contains
from toolkit.tasks.gather import Gathered, gather, open_workspace
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


def checklist(paths: Sequence[Path], asked: Asked, progress: Callable[[int], None] | None = None) -> Outcome:
    """Read merged months, fill in what the ledgers can show, write a paper for each unit."""
    outcome = Outcome("checklist")
    space = open_workspace("checklist", asked.folder, paths, required=True)
    if isinstance(space, Outcome):
        return space
    if space.units is None:
        return wrong("checklist", ("工作目录里没有区划表 units.xlsx 或 units.csv，无法知道有哪些单位。请放入后重试", "the workspace has no units.xlsx or units.csv"))
    read = gather("checklist", paths, space, merging=True, jobs=asked.jobs, progress=progress, outcome=outcome)
    if isinstance(read, Outcome):
        return read
    months = _months(read, space.units, outcome)
    if isinstance(months, Outcome):
        return months
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
    visits = _visits(asked.sample, months, read, outcome) if asked.sample is not None else None
    if isinstance(visits, Outcome):
        return visits
    figures = summarised([one.merged for one in months.months], Known(institutions)).figures
    return checklists(months, levels, institutions if listed else None, figures, visits)


def _visits(path: Path, months: Months, read: Gathered, outcome: Outcome) -> Visits | Outcome:
    """The result of the random visits: a certificate that holds, and the results typed in beside it."""
    from toolkit.steps import sample as draws
    from toolkit.steps.checklist_service import Visits
    from toolkit.steps.sample_frame import frame_of
    from toolkit.steps.sample_read import visits_of
    from toolkit.steps.sample_result import order_issues, result_of
    from toolkit.tasks.sample_visits import sound

    opened = sound(outcome, path)
    if opened is None:
        return outcome
    certificate, book = opened
    if book is None:
        return wrong("checklist", ("走访结果在抽签工作簿里，请给出那本 .xlsx", "the results stand in the draw's workbook; name that .xlsx"))
    period = certificate.terms.period
    if period not in months.periods:
        return wrong("checklist", (f"抽签是{period}的，所给汇总表没有这个月。请把那个月的汇总表也给上", f"the draw is of {period}, which is not among the merged months; name that month's file too"))
    filled, issues = visits_of(book, period)
    outcome.issues += [*issues, *order_issues(certificate, filled, path.name)]
    outcome.tell_issues = bool(outcome.issues)
    lines, _ = frame_of(read.union.of_period(period))
    within = all(contains(months.target.code, stratum.unit) for stratum in certificate.strata)
    certified = draws.frame_digest(draws.frame_bytes(lines)) == certificate.digest if within else None
    return Visits(period, result_of(certificate, filled, {}, months.plan.suppression.rate_min).villages, certified)


def _months(read: Gathered, units: Units, outcome: Outcome) -> Months | Outcome:
    """Every month in the files, merged to the one unit they are of."""
    from toolkit.steps.merge import Frame, merged, refused_issue
    from toolkit.steps.months import Months, month

    given = {path.name for path in read.files}
    outcome.refused = [refused_issue(refusal) for refusal in read.union.refusals if refusal.code.startswith("F2") and refusal.file in given]
    periods = sorted({part.period for part in read.union.parts})
    code, fault = _target(read.union, units)
    if fault is not None:
        return fault
    if not periods and outcome.refused:
        outcome.say("没有一个文件能读，没有清单可做", "no file could be read; there is nothing to make a checklist of", "bad")
        return outcome
    if not code or not periods:
        return wrong("checklist", ("这些文件里没有任何单位的数据，没有清单可做。请先用 ledger merge 汇总", "no unit reported anything in these files; run ledger merge first"))
    target = units.get(code) or Unit(code, code, False)
    frames = [Frame(target, period, read.workspace.plan, units, __version__) for period in periods]
    return Months(target, read.workspace.plan, units, tuple(month(merged(read.union.of_period(frame.period), frame)) for frame in frames))


def _target(union: Union, units: Units) -> tuple[str, Outcome | None]:
    """The one unit the files were merged to; without a merged file the lowest that contains all, at least a township."""
    from toolkit.steps.merge import target_of

    if len(union.targets) > 1:
        names = "、".join(f"{units.name(code)}（{code}）" for code in sorted(union.targets))
        return "", wrong("checklist", (f"这些汇总表不是同一个单位的：{names}。请分开做，或先合并到同一级", f"merged to different units: {', '.join(sorted(union.targets))}"))
    if union.targets:
        return next(iter(union.targets)), None
    code, others = target_of(sorted({part.unit for part in union.parts}), "", units)
    if not code and others:
        return "", wrong("checklist", ("这些文件不在同一个上级之下，请先用 ledger merge 合并", "these files are not under one unit; merge them first"))
    return code, None


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

