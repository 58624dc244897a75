"""A batch of files on its way to parts: what was asked, and what has been gathered so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.model.issue import Issue
from toolkit.model.ledger import Ledger
from toolkit.model.part import Refusal, Source
from toolkit.model.plan import Plan
from toolkit.model.unit import Units
from toolkit.steps.columns import Raw
from toolkit.steps.cover import Identity
from toolkit.steps.locate import Located


@dataclass(frozen=True)
class Asked:
    """For whom files are read. `merging`: for a merge (nothing local is kept, the service book is minimised and gone);
    `period`: the only month wanted, "" any."""

    plan: Plan
    units: Units | None = None
    merging: bool = False
    period: str = ""
    received: Mapping[str, str] = field(default_factory=dict)  # file name -> ISO date
    password: str = field(default="", repr=False)  # of sealed files; shown nowhere


@dataclass
class Draft:
    """A part before its rows are understood."""

    ledger: type[Ledger]
    book: int
    source: Source
    located: Located | None
    columns: dict[str, str]
    issues: list[Issue] = field(default_factory=list)
    set_aside: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class Batch:
    """Everything read of some files: parts to be, raw columns per ledger, and one entry per file in the lists below."""

    asked: Asked
    drafts: list[Draft] = field(default_factory=list)
    raw: dict[str, Raw] = field(default_factory=dict)
    identities: list[Identity] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)  # book keys, per book
    file_issues: dict[tuple[str, str, str, str, int], tuple[Issue, ...]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    gone: set[tuple[int, str]] = field(default_factory=set)  # (book, record number) of rows without consent
