"""What every task that reads files does first: find the workspace, find the files, read them into one union."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.files import intake, workspace
from toolkit.files.workspace import Fault, Workspace
from toolkit.model.part import Union, united
from toolkit.schema import LEDGERS
from toolkit.tasks.outcome import Outcome, wrong
from toolkit.tasks.pool import Progress, read_files

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


def say_passed_over(outcome: Outcome, found: intake.Found) -> None:
    """Files of a folder that were not read because of what they are."""
    locks = [name for name, why in found.passed_over if why == "lock"]
    if locks:
        outcome.say(f"跳过 {len(locks)} 个正在编辑时留下的临时文件：{'、'.join(locks)}", f"passed over {len(locks)} lock files: {', '.join(locks)}")
    reports = [name for name, why in found.passed_over if why == "report"]
    if reports:
        outcome.say(f"跳过 {len(reports)} 个本程序写的报告：{'、'.join(reports)}", f"passed over {len(reports)} reports of our own: {', '.join(reports)}")


def gather(command: str, paths: Sequence[Path], space: Workspace, *, merging: bool, period: str = "", jobs: int = 0, received_on: str = "",
           progress: Progress | None = None, outcome: Outcome) -> Gathered | Outcome:
    """Read all files under the paths. What was passed over is said; what does not exist is a usage error."""
    from toolkit.steps.batch import Asked

    found = intake.find(paths)
    if found.missing:
        return wrong(command, *[(f"找不到 {name}，请核对文件夹或文件名", f"{name} does not exist; check the name") for name in found.missing])
    received, faults = workspace.read_received(list(paths)) if merging else ({}, [])
    if faults:
        return wrong(command, *_sentences(faults))
    if received_on:
        received = {path.name: received.get(path.name, received_on) for path in found.files} | received
    say_passed_over(outcome, found)
    if not found.files:
        return wrong(command, ("这里没有可读的文件", "there are no files to read here"))
    asked = Asked(space.plan, space.units, merging, period, received)
    unions = read_files(found.files, asked, jobs, progress)
    return Gathered(united(unions, LEDGERS), space, found.files)
