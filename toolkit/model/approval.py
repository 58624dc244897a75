"""Approval of a merged workbook: states, who, and which content it was given to (SPEC 6.6). It belongs to a file and is in no digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from toolkit.model.unit import LEVELS, level_of

NONE, BELOW, WAITING, APPROVED, ACCEPTED = "none", "待下级", "待审", "已审", "上级已收"
#: An approved file whose content is no longer what was approved (F119); shown as 待审.
CHANGED = "改动"
_RANK = {NONE: 0, BELOW: 1, WAITING: 2, APPROVED: 3, ACCEPTED: 4, CHANGED: 5}
HOLDS = frozenset((APPROVED, ACCEPTED))
STATES = frozenset(_RANK)

#: (unit a file was merged to, its state), for each merged file a part came through.
Approvals = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Approval:
    """What stands on a merged cover. `content`: the mark of the content approved; `reason`: why an approval was taken back."""

    state: str = NONE
    by: str = ""
    accepted_by: str = ""
    content: str = ""
    reason: str = ""

    @property
    def given(self) -> bool:
        return self.state in HOLDS


def state_of(approval: Approval, content: str, below: Iterable[str], required: bool) -> str:
    """The state of a merged file. `content`: the mark of what it holds now; `below`: states of the files merged into it.

    Without an approval, and where the plan asks for none, there is nothing to say.
    """
    if approval.given:
        return approval.state if approval.content == content else CHANGED
    if not required:
        return NONE
    return WAITING if all(state in HOLDS for state in below) else BELOW


def shown(state: str) -> str:
    """A state as 上报情况 and JSON show it."""
    return WAITING if state == CHANGED else state


def together(first: Approvals, second: Approvals) -> Approvals:
    """The approvals of one part that came by two routes: the further state of each unit; a change once seen stays seen."""
    states = dict(first)
    for unit, state in second:
        states[unit] = max(states.get(unit, NONE), state, key=_RANK.__getitem__)
    return tuple(sorted(states.items()))


def through(approvals: Approvals, unit: str, state: str) -> Approvals:
    """The approvals of a part that came through one more merged file."""
    return together(approvals, ((unit, state),)) if state != NONE else approvals


def of_units(all_: Iterable[Approvals]) -> dict[str, str]:
    """Unit -> state of its merged file: the least far of its parts, unless one was changed."""
    found: dict[str, str] = {}
    for approvals in all_:
        for unit, state in approvals:
            other = found.get(unit, state)
            found[unit] = CHANGED if CHANGED in (state, other) else min(other, state, key=_RANK.__getitem__)
    return found


def of_submission(all_: Sequence[Approvals]) -> str:
    """The state of the merged file that a unit's parts came in, the highest one where they came through several."""
    states = []
    for approvals in all_:
        if not approvals:
            return NONE
        states.append(min(approvals, key=lambda pair: (LEVELS[level_of(pair[0])], pair[0]))[1])
    return shown(min(states, key=_RANK.__getitem__)) if states else NONE


def approve(by: str, content: str) -> Approval:
    return Approval(APPROVED, by, "", content)


def accept(now: Approval, by: str) -> Approval:
    return replace(now, state=ACCEPTED, accepted_by=by)


def undo(now: Approval, reason: str) -> Approval:
    """One step back: from received to approved, from approved to nothing."""
    return replace(now, state=APPROVED, accepted_by="", reason=reason) if now.state == ACCEPTED else Approval(reason=reason)
