"""`ledger approve`: a merged workbook approved, received by the level above, or taken back one step; its file replaced in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from toolkit.files import intake
from toolkit.files.seal import Password, nobody
from toolkit.model import approval as states
from toolkit.model.approval import Approval, of_units
from toolkit.model.part import Union
from toolkit.model.sheet import Cell, Refused
from toolkit.tasks.gather import open_workspace, why_refused
from toolkit.tasks.outcome import Outcome, write_all, wrong

#: A name or a reason is a line, not a page.
LONGEST = 100


@dataclass(frozen=True)
class Asked:
    """Who does it, and which step: approve (neither), `accept` by the level above, `undo` with its reason."""

    by: str
    accept: bool = False
    undo: bool = False
    reason: str = ""
    folder: Path | None = None
    password: Password = field(default=nobody, repr=False)


@dataclass(frozen=True)
class _File:
    """A merged workbook opened: what it holds, and what its cover says."""

    path: Path
    before: intake.Contents
    union: Union
    unit: str
    now: Approval
    content: str

    @property
    def broken(self) -> bool:
        return any(refusal.code == "F116" and refusal.file == intake.shown_name(self.path) for refusal in self.union.refusals)

    @property
    def changed(self) -> bool:
        return self.broken or (self.now.given and self.now.content != self.content)


def approve(path: Path, asked: Asked) -> Outcome:
    """One step of approval on one merged workbook. Where it may not be taken, the file stays as it is."""
    from toolkit.files.package import NotEditable
    from toolkit.files.stamp import stamped
    from toolkit.schema import Cover
    from toolkit.steps.approval import written

    by, reason = " ".join(asked.by.split()), " ".join(asked.reason.split())
    if not by or max(len(by), len(reason)) > LONGEST:
        return wrong("approve", (f"请写姓名；姓名和原因各不超过{LONGEST}个字", f"give a name; name and reason have at most {LONGEST} characters"))
    if asked.accept and asked.undo:
        return wrong("approve", ("接收和退回不能同时做，请分两次", "accept and undo are two steps; take one at a time"))
    if reason and not asked.undo:
        return wrong("approve", ("原因只在退回时写。请去掉 --reason，或加 --undo", "a reason belongs to --undo; drop it or take the approval back"))
    space = open_workspace("approve", asked.folder, [path], required=True)
    if isinstance(space, Outcome):
        return space
    file = _opened(path, space, asked.password)
    if isinstance(file, Outcome):
        return file
    after = _step(file, Asked(by, asked.accept, asked.undo, reason), space.plan.approval_required, space.units)
    if isinstance(after, Outcome):
        return after
    outcome = Outcome("approve")
    try:
        data = stamped(file.before.data, Cover.sheet, written(after))
    except NotEditable:
        return wrong("approve", (f"{path.name} 封面没有“审核”一栏，或不是xlsx，没有改动。请重新合并后再审核", f"{path.name} has no place for approval, or is no xlsx; merge again first"))
    if write_all(outcome, [(path, file.before.kept(data), file.content.partition("+")[0])], True):
        shown = intake.shown_name(path)
        if asked.undo and after.given:
            outcome.say(f"{shown}：退回一步（{by}），现在是{states.shown(after.state)}", f"{shown}: one step back ({by}), now {after.state}")
        else:
            state = states.shown(after.state) if after.given else "已退回"
            outcome.say(f"{shown}：{state}（{by}）", f"{shown}: {after.state if after.given else 'taken back'} ({by})")
    return outcome


def _opened(path: Path, space: object, password: Password) -> _File | Outcome:
    from toolkit.files.workspace import Workspace
    from toolkit.steps.approval import approval_of, content_mark, target_of
    from toolkit.steps.batch import Asked as Reading
    from toolkit.steps.cover import is_merged
    from toolkit.steps.labels import label_pairs
    from toolkit.steps.locate import sheets_of
    from toolkit.steps.remerge import read_merged

    assert isinstance(space, Workspace)
    found = intake.to_be_replaced(path, password)
    if isinstance(found, Refused):
        return wrong("approve", why_refused(found))
    before, book = found
    located, _, cover = sheets_of(book)
    if cover is None or not is_merged(cover):
        return wrong("approve", (f"{path.name} 不是汇总表，没有改动。审核的是合并后的汇总表", f"{path.name} is no merged workbook; only merged ones are approved"))
    labels: dict[str, Cell] = label_pairs(cover.rows)
    union = read_merged(book, cover, located, Reading(space.plan, space.units, True))
    return _File(path, before, union, target_of(labels), approval_of(labels), content_mark(union))


def _step(file: _File, asked: Asked, required: bool, units: object) -> Approval | Outcome:
    """The approval after this step, or why it may not be taken."""
    name = file.path.name
    if asked.undo:
        if not file.now.given:
            return wrong("approve", (f"{name} 还没有审核，没有可退回的", f"{name} is not approved; nothing to undo"))
        if not asked.reason:
            return wrong("approve", ("退回要写原因：--reason", "say why: --reason"))
        return states.undo(file.now, asked.reason)
    if not file.union.parts or file.broken:
        return wrong("approve", (f"{name} 里的数据被改动过（F116），没有审核。请取回原来的汇总表，或重新合并",
                                 f"{name} has rows that were edited (F116); fetch the original or merge again"))
    if asked.accept:
        if file.now.state != states.APPROVED or file.changed:
            return wrong("approve", (f"{name} 不是已审未改的汇总表，不能接收。请先由本级审核", f"{name} is not an approved, unchanged file; its own level approves it first"))
        return states.accept(file.now, asked.by)
    if file.now.given and not file.changed:
        return wrong("approve", (f"{name} 已由{file.now.by}审核，没有改动。要重审，请先用 --undo 退回", f"{name} is approved by {file.now.by}; use --undo first"))
    waiting = _waiting(file, units) if required else []
    if waiting:
        return wrong("approve", (f"{name} 里还有下级汇总没有审核：{'、'.join(waiting)}。请下级审核后重新合并", f"not yet approved below: {', '.join(waiting)}; merge again afterwards"))
    return states.approve(asked.by, file.content)


def _waiting(file: _File, units: object) -> list[str]:
    """Names of the units whose merged files went into this one without approval."""
    from toolkit.model.unit import Units

    below = of_units(part.approvals for part in file.union.parts)
    return [units.name(unit) if isinstance(units, Units) else unit for unit, state in sorted(below.items()) if unit != file.unit and state not in states.HOLDS]
