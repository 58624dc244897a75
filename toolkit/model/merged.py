"""What a merge found, ready to be written: all of it a function of the union (SPEC 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.model.issue import Issue
from toolkit.model.part import Part, Refusal, Source, Union
from toolkit.model.plan import Plan
from toolkit.model.unit import Unit, Units

#: Decisions a person may choose in 重复与冲突.
FIRST, SECOND, BOTH = "采用第1条", "采用第2条", "均有效"
DECISIONS = (FIRST, SECOND, BOTH)

#: States of a submission and whether it came late (SPEC 6.6).
RECEIVED, ZERO, MISSING, SUPERSEDED, REFUSED = "received", "zero", "missing", "superseded", "refused"
LATE, IN_TIME, UNKNOWN_LATE = "true", "false", "unknown"


@dataclass(frozen=True)
class Submission:
    """One row of 上报情况: a unit's report of one revision, a missing unit, or a refused file.

    `rows`: ledger -> rows of its part ("" where nothing came); `zeros`: ledgers with nil ticked.
    `parts`/`sources`: what the machine columns keep. `refusal`: of a refused file or of rows kept out (F116).
    """

    unit: str
    name: str
    period: str
    expected: bool
    state: str
    late: str = UNKNOWN_LATE
    approval: str = "none"
    revision: int | None = None
    filled_on: str = ""
    received: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    zeros: frozenset[str] = frozenset()
    errors: int = 0
    warnings: int = 0
    file: str = ""
    reason: int | None = None  # 更正原因
    superseded_by: int | None = None  # the revision that took its place
    parts: tuple[Part, ...] = ()
    sources: tuple[Source, ...] = ()
    refusal: Refusal | None = None
    whole: bool = False  # a village workbook sent whole (K108)


@dataclass(frozen=True)
class Balance:
    """One line of 对账: read = merged + superseded + set aside; `places`: (rule code, unit, rows)."""

    ledger: str
    read: int
    merged: int
    superseded: int
    set_aside: int
    skipped: Mapping[str, int]
    places: tuple[tuple[str, str, int], ...] = ()

    @property
    def holds(self) -> bool:
        return self.read == self.merged + self.superseded + self.set_aside


@dataclass(frozen=True)
class Conflict:
    """Two contents that cannot both be right: F111, D102, D103. `id` is stable on every route.

    `first`/`second`: where each stands and what it says, in words a person can decide from. `choices`: the decisions
    written so far; one is a decision, two different ones reopen the conflict. `options`: what may be chosen.
    """

    id: str
    code: str
    ledger: str
    what: str  # unit or number the conflict is about
    first: str
    second: str
    options: tuple[str, ...]
    choices: tuple[str, ...] = ()

    @property
    def decided(self) -> str:
        """The one decision, or ""."""
        return self.choices[0] if len(self.choices) == 1 else ""


@dataclass(frozen=True)
class Merged:
    """A month of one target unit: the union, which parts stand, and every view of it."""

    target: Unit
    period: str
    plan: Plan
    units: Units
    software: str
    content_digest: str
    union: Union
    stands: tuple[bool, ...]
    submissions: tuple[Submission, ...]
    balances: tuple[Balance, ...]
    issues: tuple[Issue, ...]
    conflicts: tuple[Conflict, ...]
    pending: Mapping[str, Any] = field(default_factory=dict)  # ledger -> boolean array over its table: 待修正
    losers: frozenset[int] = frozenset()  # numbers of the parts whose rows stand on 待裁定
    due: str = ""  # the villages' due day, for the heading
