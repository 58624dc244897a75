"""`ledger release`: a village workbook becomes a submission; any other file is looked through before it goes out."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.files import intake, workspace
from toolkit.files.seal import Password, nobody
from toolkit.files.workspace import Workspace
from toolkit.model.issue import Issue
from toolkit.model.outgoing import Outgoing, Trace
from toolkit.model.part import VILLAGE, Source, Union
from toolkit.tasks.gather import open_workspace, say_passed_over, secret_for
from toolkit.tasks.offices import submission_of
from toolkit.tasks.outcome import Outcome, write_all, wrong
from toolkit.tasks.pool import Say, each_batch

if TYPE_CHECKING:
    from toolkit.files.outgoing import Opened
    from toolkit.model.plan import Plan
    from toolkit.model.sheet import Refused
    from toolkit.steps.batch import Asked

CLEANED = "_已清理"


@dataclass(frozen=True)
class Wanted:
    """What was asked for. `previous`: reports already given to the same readers; `out`: where copies and submissions go."""

    out: Path | None = None
    previous: tuple[Path, ...] = ()
    folder: Path | None = None
    force: bool = False
    password: Password = nobody


@dataclass(frozen=True)
class Seen:
    """One file looked through. `union`: of a village workbook; `clean`: a copy without what could go, None where nothing had to;
    `data`: the file itself where it may go out as it is; `sealed`: it was under a password, its clean copy is not."""

    path: str
    refused: Issue | None = None
    union: Union | None = None
    traces: tuple[Trace, ...] = ()
    clean: bytes | None = None
    data: bytes = b""
    sealed: bool = False


@dataclass(frozen=True)
class _Look:
    """What a worker needs beside the files. `writing`: whether copies are wanted."""

    previous: tuple[Outgoing, ...]
    writing: bool


def release(paths: Sequence[Path], wanted: Wanted) -> Outcome:
    """Every file passed, cleaned, turned into a submission or refused with the list of what stands in the way."""
    from toolkit.model.sheet import Refused
    from toolkit.steps.batch import Asked

    outcome = Outcome("release", tell_issues=True)
    space = open_workspace("release", wanted.folder, paths, required=False)
    if isinstance(space, Outcome):
        return space
    found = intake.find_every(paths)
    lost = [*found.missing, *(str(path) for path in wanted.previous if not path.exists())]
    if lost:
        return wrong("release", *[(f"找不到 {name}，请核对文件夹或文件名", f"{name} does not exist; check the name") for name in lost])
    if not found.files:
        return wrong("release", ("这里没有文件", "there are no files here"))
    say_passed_over(outcome, found)
    secret = secret_for([*found.files, *wanted.previous], wanted.password)
    asked = Asked(space.plan, space.units, True, password=secret)
    earlier, refused = _each(wanted.previous, earlier_batch, asked)
    unread = [*(_not_read(one) for one in earlier if isinstance(one, Refused)), *refused]
    if unread:
        return wrong("release", *[(f"前一份 {one.file} 读不出，没有比较，没有看别的文件：{one.message('zh')}。{one.hint('zh')}",
                                   f"the earlier report {one.file} could not be read; nothing was looked at: {one.message('en')}. {one.hint('en')}")
                                  for one in unread])
    seen, refused = _each(found.files, functools.partial(release_batch, look=_Look(tuple(earlier), wanted.out is not None)), asked)
    outcome.refused += refused
    for one in seen:
        _finish(outcome, one, wanted, space)
    return outcome


def _each(paths: Sequence[Path], work: Callable[..., list[Any]], asked: Asked) -> tuple[list[Any], list[Issue]]:
    from toolkit.steps.merge import refused_issue

    batches, lost = each_batch(paths, work, asked)
    return [one for batch in batches for one in batch], [refused_issue(refusal) for refusal in lost]


# ------------------------------------------------------------------------------------------------ in a worker


def earlier_batch(paths: Sequence[Path], asked: Asked, say: Say) -> list[Outgoing | Refused]:
    """Reports given out before, as a reader has them."""
    from toolkit.model.sheet import Refused

    found: list[Outgoing | Refused] = []
    for number, path in enumerate(paths):
        say("begin", number)
        one = _opened(path, asked, say)
        found.append(one if isinstance(one, Refused) else one.seen)
    say("begin", len(paths))
    return found


def release_batch(paths: Sequence[Path], asked: Asked, say: Say, look: _Look) -> list[Seen]:
    """Each file looked through, and cleaned where a copy is wanted and safe."""
    found = []
    for number, path in enumerate(paths):
        say("begin", number)
        found.append(_looked(path, asked, say, look))
    say("begin", len(paths))
    return found


def _opened(path: Path, asked: Asked, say: Say) -> Opened | Refused:
    from toolkit.files.outgoing import opened
    from toolkit.files.seal import WrongPassword, is_sealed
    from toolkit.files.seal import opened as unsealed
    from toolkit.model.sheet import Refused

    name = intake.shown_name(path)
    try:
        raw = intake.bytes_of(path)
        if isinstance(raw, Refused):
            return raw
        try:
            data = unsealed(raw, asked.password) if asked.password and is_sealed(raw) else raw
        except WrongPassword:
            return Refused(name, "F202", "wrong_password")
        found = opened(name, data, lambda cells: say("cells", cells))
        return found if isinstance(found, Refused) else replace(found, raw=raw)
    except (MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a reader's panic is no Exception (FACTS A1)
        return Refused(name, "F203", "damaged", intake.digest_of(path))


def _looked(path: Path, asked: Asked, say: Say, look: _Look) -> Seen:
    from toolkit.files.outgoing import OLD, cleaned, own_code_sheets, with_traces
    from toolkit.model.sheet import Refused
    from toolkit.steps.merge import refused_issue
    from toolkit.steps.outgoing import Bounds, content_traces, placed
    from toolkit.steps.read import read

    found = _opened(path, asked, say)
    if isinstance(found, Refused):
        return Seen(str(path), _not_read(found))
    place = placed(found.book)
    if found.book is not None and found.seen.kind in OLD and not place.village:
        return Seen(str(path), Issue("F206", "error", file=found.seen.file, params=(("why", "release_old"),)))
    if found.book is not None and place.village and not found.seen.ours:
        union = read([found.book], asked)
        if any(part.source.kind == VILLAGE for part in union.parts):
            return Seen(str(path), union=union)
        if union.refusals and union.refusals[0].unit:
            return Seen(str(path), refused_issue(union.refusals[0]))
    plans = _plans(asked.plan)
    bounds = Bounds(asked.plan.suppression.small_cell, own_code_sheets(plans), look.previous)
    traces = content_traces(found.seen, found.book, place, bounds)
    if not any(trace.code == "H203" for trace in traces):
        units = tuple(unit.name for unit in asked.units) if asked.units is not None else ()
        looked = with_traces(found, plans, units)
        if isinstance(looked, Refused):
            return Seen(str(path), _not_read(looked))
        found = looked
        traces = [*traces, *found.seen.traces]
        if traces and look.writing and all(trace.removable for trace in traces):
            clean = cleaned(found, plans, units)
            if isinstance(clean, Refused):
                return Seen(str(path), _not_read(clean))
            return Seen(str(path), traces=tuple(traces), clean=clean, sealed=found.data != found.raw)
    return Seen(str(path), traces=tuple(traces), data=found.raw if look.writing and not traces else b"")


def _not_read(found: Refused) -> Issue:
    own = (("next", "release_unknown"),) if found.code == "F201" else ()
    return Issue(found.code, "error", file=found.file, key=found.file, params=(("why", found.why), *own))


def _plans(plan: Plan) -> list[Plan]:
    """The plan in use and those we ship: a template may have been made by any of them."""
    shipped = [built for identifier in workspace.built_in_plans() if (built := workspace.built_in_plan(identifier)) is not None]
    return [plan, *(one for one in shipped if one != plan)]


# ------------------------------------------------------------------------------------------------ and afterwards


def _finish(outcome: Outcome, one: Seen, wanted: Wanted, space: Workspace) -> bool:
    """Say what became of one file and write what it became; False where writing failed."""
    path = Path(one.path)
    name = intake.shown_name(path)
    if one.refused is not None:
        outcome.refused.append(one.refused)
        return True
    if one.union is not None:
        return _submission(outcome, path, one.union, wanted, space)
    issues = [_issue(trace, name) for trace in one.traces]
    if not issues:
        outcome.say(f"{name}　可以发出", f"{name}  may go out")
        target = wanted.out / name if wanted.out is not None else path
        return target.resolve() == path.resolve() or write_all(outcome, [(target, one.data, "")], wanted.force)
    if one.clean is None:
        outcome.issues += issues
        outcome.refused.append(Issue("H100", "error", file=name, key=name, params=(("n", str(len(issues))),)))
        return True
    target = (wanted.out or path.parent) / f"{Path(name).stem}{CLEANED}{path.suffix}"
    if not write_all(outcome, [(target, one.clean, "")], wanted.force):
        return False
    outcome.say(f"{name} → {target.name}：已去掉 {len(issues)} 处，其余一字未动",
                f"{name} -> {target.name}: {len(issues)} things taken out, the rest as it was")
    if one.sealed:
        outcome.say(f"{target.name} 没有打开密码，请用 ledger seal 再加上", f"{target.name} is not under a password; seal it again", "todo")
    outcome.issues += [replace(issue, severity="info") for issue in issues]
    return True


def _issue(trace: Trace, file: str) -> Issue:
    letters = trace.cell.rstrip("0123456789")
    row = int(trace.cell[len(letters):]) if letters and trace.cell[len(letters):] else None
    severity = "warning" if trace.removable else "error"
    return Issue(trace.code, severity, file=file, sheet=trace.sheet, row=row, column=letters, key=file, params=trace.params)


def _submission(outcome: Outcome, path: Path, union: Union, wanted: Wanted, space: Workspace) -> bool:
    """The village workbook's submission, beside it or where it is wanted."""
    from toolkit.steps.merge import refused_issue

    outcome.refused += [refused_issue(refusal) for refusal in union.refusals]
    sources: dict[tuple[str, str, str, str, int], Source] = {part.source.key: part.source for part in union.parts if part.source.kind == VILLAGE}
    for source in sources.values():
        name = f"{source.unit}_{source.period}_v{source.revision}_上报.xlsx"
        if not write_all(outcome, [((wanted.out or path.parent) / name, submission_of(union, source, space), "")], wanted.force):
            return False
        kept = sum(part.rows for part in union.parts if part.source.key == source.key and part.ledger == "services")
        outcome.say(f"{source.file} → {name}：服务册已取出，带走服务台账 {kept} 条，没有姓名、电话和日期",
                    f"{source.file} -> {name}: the service book is out; {kept} service rows without name, phone or date")
    return True
