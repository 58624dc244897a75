"""What every task that reads files does first: find the workspace, find the files, read them into one union."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.files import intake, workspace
from toolkit.files.seal import Password, nobody
from toolkit.files.workspace import Fault, Workspace
from toolkit.model.issue import Issue
from toolkit.model.part import Union, united
from toolkit.model.sheet import Refused
from toolkit.model.unit import Unit, Units
from toolkit.schema import LEDGERS
from toolkit.tasks.outcome import Outcome, wrong
from toolkit.tasks.pool import Progress, read_files

if TYPE_CHECKING:
    from toolkit.model.merged import Merged

DEFAULT_PLAN = "standard"


@dataclass(frozen=True)
class Gathered:
    """The union of everything read, the workspace it was read in, and the files it came from."""

    union: Union
    workspace: Workspace
    files: tuple[Path, ...]


def open_workspace(command: str, folder: Path | None, near: Sequence[Path], required: bool) -> Workspace | Outcome:
    """The workspace named, or found upward from the paths and from here; plan `standard` where none is required."""
    found = folder or workspace.find([*near, Path.cwd()])
    if found is None:
        if required:
            return wrong(command, ("没有找到工作目录（里面应有 plan.toml 和区划表）。请先运行 ledger new，或用 --workspace 指明",
                                   "no workspace found (a folder with plan.toml and a unit list); run ledger new first, or name it with --workspace"))
        plan = workspace.built_in_plan(DEFAULT_PLAN)
        assert plan is not None
        return Workspace(None, plan, None)
    loaded = workspace.load(found)
    return wrong(command, *_sentences(loaded)) if isinstance(loaded, list) else loaded


def _sentences(faults: Sequence[Fault]) -> list[tuple[str, str]]:
    return [(fault.zh, fault.en) for fault in faults]


def files_under(command: str, paths: Sequence[Path], outcome: Outcome) -> tuple[Path, ...] | Outcome:
    """The files named and those in folders named, at least one. What was passed over is said; what does not exist is a usage error."""
    found = intake.find(paths)
    if found.missing:
        return wrong(command, *[(f"找不到 {name}，请核对文件夹或文件名", f"{name} does not exist; check the name") for name in found.missing])
    say_passed_over(outcome, found)
    return found.files or wrong(command, ("这里没有可读的文件", "there are no files to read here"))


def secret_for(files: Sequence[Path], password: Password) -> str:
    """The password for workers that read these files: asked only where one of them is sealed. It goes through their pipes and nowhere else."""
    return password() if intake.any_sealed(files) else ""


def issue_of(refused: Refused) -> Issue:
    """A file that was not read, as an issue."""
    import toolkit.rules.reading_codes  # noqa: F401  declares the words

    return Issue(refused.code, "error", file=refused.file, params=(("why", refused.why),))


def why_refused(refused: Refused) -> tuple[str, str]:
    """Why one named file was not read, and what to do, in a line."""
    issue = issue_of(refused)
    return f"{refused.file} 没有改动。{issue.message('zh')}。{issue.hint('zh')}", f"{refused.file} was left alone: {issue.message('en')}. {issue.hint('en')}"


def say_passed_over(outcome: Outcome, found: intake.Found) -> None:
    """Files of a folder that were not read because of what they are."""
    locks = [name for name, why in found.passed_over if why == "lock"]
    if locks:
        outcome.say(f"跳过 {len(locks)} 个正在编辑时留下的临时文件：{'、'.join(locks)}", f"passed over {len(locks)} lock files: {', '.join(locks)}")
    reports = [name for name, why in found.passed_over if why == "report"]
    if reports:
        outcome.say(f"跳过 {len(reports)} 个本程序写的报告：{'、'.join(reports)}", f"passed over {len(reports)} reports of our own: {', '.join(reports)}")
    _say_closed(outcome, found)


def _say_closed(outcome: Outcome, found: intake.Found) -> None:
    closed = [name for name, why in found.passed_over if why == "closed"]
    if closed:
        outcome.say(f"没有权限打开文件夹：{'、'.join(closed)}。请核对里面有没有要报的文件", f"no permission to look into: {', '.join(closed)}", "bad")


def gather(command: str, paths: Sequence[Path], space: Workspace, *, merging: bool, period: str = "", jobs: int = 0, received_on: str = "",
           progress: Progress | None = None, password: Password = nobody, outcome: Outcome) -> Gathered | Outcome:
    """Read all files under the paths, sealed ones with the password."""
    from toolkit.steps.batch import Asked

    files = files_under(command, paths, outcome)
    if isinstance(files, Outcome):
        return files
    received, faults = workspace.read_received(list(paths)) if merging else ({}, [])
    if faults:
        return wrong(command, *_sentences(faults))
    if received_on:
        received = {name: received.get(name, received_on) for name in map(intake.shown_name, files)} | received
    asked = Asked(space.plan, space.units, merging, period, received, secret_for(files, password))
    unions = read_files(files, asked, jobs, progress)
    return Gathered(united(unions, LEDGERS), space, files)


def gather_previous(command: str, path: Path, space: Workspace, jobs: int, password: Password) -> Union | Outcome:
    """Last period's files, for the rules between months. Where nothing can be read of them that is said, not passed over."""
    read = gather(command, [path], space, merging=True, jobs=jobs, password=password, outcome=Outcome(command))
    if isinstance(read, Outcome) or read.union.parts:
        return read if isinstance(read, Outcome) else read.union
    refused = next((refusal for refusal in read.union.refusals if refusal.code.startswith("F2")), None)
    if refused is not None:
        return wrong(command, why_refused(Refused(refused.file, refused.code, refused.why)))
    return wrong(command, (f"上期文件 {path.name} 读不出内容，请核对是否选对", f"nothing could be read of the previous file {path.name}"))


def merged_months(command: str, read: Gathered, outcome: Outcome) -> list[Merged] | Outcome:
    """Every month in some merged files, merged to the one unit they are of; files of several units are a usage error.

    Without a merged file the unit is the lowest that contains all, at least a township.
    """
    from toolkit.steps.merge import Frame, merged, refused_issue

    space, given = read.workspace, set(map(intake.shown_name, read.files))
    if space.units is None:
        return wrong(command, ("工作目录里没有区划表 units.xlsx 或 units.csv，无法知道应报单位。请放入后重试", "the workspace has no units.xlsx or units.csv"))
    outcome.refused = [refused_issue(refusal) for refusal in read.union.refusals if refusal.code.startswith("F2") and refusal.file in given]
    periods = sorted({part.period for part in read.union.parts})
    if not periods and outcome.refused:
        outcome.say("没有一个文件能读，没有往下做", "no file could be read; nothing was done", "bad")
        return outcome
    outcome.issues += [refused_issue(refusal) for refusal in read.union.refusals if refusal.code == "F116" and refusal.file in given]
    edited = sorted({space.units.name(issue.unit) for issue in outcome.issues if issue.unit})
    if edited:
        outcome.say(f"汇总表里 {len(edited)} 个单位的数据与摘要不符（F116），没有采用：{'、'.join(edited[:3])}{'…' if len(edited) > 3 else ''}。请用没有改动过的汇总表",
                    f"{len(edited)} units of the merged files no longer match their digest (F116) and were left out; use the files as they were written", "bad")
        if not periods:
            return wrong(command, *[(line.zh, line.en) for line in outcome.lines])
    code, fault = _target(command, read.union, space.units)
    if fault is not None:
        return fault
    if not code or not periods:
        return wrong(command, ("这些文件里没有任何单位的数据，没有往下做。请先用 ledger merge 汇总", "no unit reported anything in these files; run ledger merge first"))
    target = space.units.get(code) or Unit(code, code, False)
    return [merged(read.union.of_period(period), Frame(target, period, space.plan, space.units, __version__)) for period in periods]


def _target(command: str, union: Union, units: Units) -> tuple[str, Outcome | None]:
    from toolkit.steps.merge import target_of

    if len(union.targets) > 1:
        names = "、".join(f"{units.name(code)}（{code}）" for code in sorted(union.targets))
        return "", wrong(command, (f"这些汇总表不是同一个单位的：{names}。请分开做，或先合并到同一级", f"merged to different units: {', '.join(sorted(union.targets))}"))
    if union.targets:
        return next(iter(union.targets)), None
    code, others = target_of(sorted({part.unit for part in union.parts}), "", units)
    if not code and others:
        return "", wrong(command, ("这些文件不在同一个上级之下，请先用 ledger merge 合并", "these files are not under one unit; merge them first"))
    return code, None
