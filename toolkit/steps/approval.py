"""What a merged workbook's cover says of its approval, and what that means for its parts (SPEC 6.6)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from toolkit.model.approval import HOLDS, NONE, Approval, of_units, state_of, through
from toolkit.model.part import Union
from toolkit.model.sheet import Cell
from toolkit.model.unit import is_code, pad
from toolkit.schema import Cover
from toolkit.schema.merged import ACCEPTED_BY, APPROVAL, APPROVED_CONTENT, UNAPPROVED, UNDO_REASON
from toolkit.steps import headers, identify


def content_mark(union: Union) -> str:
    """What an approval is given to: the content digest, and where something was decided the start of the decisions' own."""
    if not union.decisions:
        return identify.union_digest(union)
    chosen = json.dumps({conflict: list(choices) for conflict, choices in union.decisions.items()}, ensure_ascii=False, sort_keys=True)
    return f"{identify.union_digest(union)}+{hashlib.sha256(chosen.encode()).hexdigest()[:16]}"


def approval_of(labels: Mapping[str, Cell]) -> Approval:
    """What a merged cover says of its approval; anything but a state that holds is none."""
    state, by, accepted, content, reason = (str(labels.get(headers.key(label)) or "").strip() for label in (
        APPROVAL, Cover.reviewed_by.heading, ACCEPTED_BY, APPROVED_CONTENT, UNDO_REASON))
    return Approval(state if state in HOLDS else NONE, by, accepted, content, reason)


def approved(union: Union, labels: Mapping[str, Cell], broken: bool, required: bool) -> Union:
    """The union with what this file's approval says of each part. Rows kept out are a change too."""
    unit = target_of(labels)
    if not unit or not union.parts:
        return union
    below = of_units(part.approvals for part in union.parts)
    approval = approval_of(labels)
    content = "" if broken or not approval.given else content_mark(union)
    state = state_of(approval, content, [state for other, state in below.items() if other != unit], required)
    return replace(union, parts=tuple(replace(part, approvals=through(part.approvals, unit, state)) for part in union.parts))


def target_of(labels: Mapping[str, Cell]) -> str:
    """The unit a merged cover names, "" where it was overwritten."""
    code = str(labels.get(headers.key(Cover.unit_code.heading)) or "")
    return pad(code) if is_code(code) else ""


def written(approval: Approval) -> dict[str, str]:
    """Label -> text, as it is written on the cover."""
    return {APPROVAL: approval.state if approval.given else UNAPPROVED, Cover.reviewed_by.heading: approval.by, ACCEPTED_BY: approval.accepted_by,
            APPROVED_CONTENT: approval.content, UNDO_REASON: approval.reason}
