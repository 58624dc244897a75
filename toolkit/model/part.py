"""Parts: what one unit reported of one ledger for one month. A merge is their union (SPEC 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.model.approval import Approvals, together
from toolkit.model.issue import Issue
from toolkit.model.ledger import Ledger, Table, joined
from toolkit.model.sheet import RIGHT, column_number

#: Kinds of rows that are no records, in the order reports show them.
SKIPPED = ("blank", "title", "total", "note", "sample")

#: The kinds of files a part can come from.
VILLAGE, SUBMISSION, OFFICE, CSV = "village", "submission", "office", "csv"


@dataclass(frozen=True)
class Source:
    """The cover of one file for one (unit, period, revision): where its parts were first written."""

    file: str
    sha256: str
    unit: str
    period: str
    revision: int
    kind: str = OFFICE
    unit_name: str = ""
    plan_id: str = ""
    template: str = ""
    prepared_by: str = ""
    reviewed_by: str = ""
    prepared_on: str = ""  # ISO, "" unknown
    reason: int | None = None
    places: tuple[tuple[str, str, str], ...] = ()  # cover field, sheet and cell it stands in; of those a rule may mark

    def place(self, field: str) -> tuple[str, str]:
        """Sheet and cell of a field of the cover; blanks where it has none."""
        return next(((sheet, cell) for name, sheet, cell in self.places if name == field), ("", ""))

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        return (self.file, self.sha256, self.unit, self.period, self.revision)


@dataclass(frozen=True)
class Part:
    """(unit, period, ledger, revision, digest) and what came with it.

    `rows` kept, `set_aside` by rule code, `skipped` by kind (the place of each row set aside is in `reading`); `columns`: field -> column letter in the
    source file; `zero`: nil report ticked (cases, works); `police_transfers`: of `cases` only.
    """

    unit: str
    period: str
    ledger: str
    revision: int
    digest: str
    source: Source
    sheet: str = ""
    rows: int = 0
    filled_on: str = ""  # the latest of identical parts
    received: str = ""  # the earliest, "" unknown
    zero: bool | None = None
    police_transfers: int | None = None
    set_aside: tuple[tuple[str, int], ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    reading: tuple[Issue, ...] = ()  # reading issues of its cells and columns
    approvals: Approvals = ()  # of the merged files it came through

    @property
    def key(self) -> tuple[str, str, str, int, str]:
        return (self.unit, self.period, self.ledger, self.revision, self.digest)

    @property
    def place(self) -> tuple[str, str, str]:
        """What parts compete for."""
        return (self.unit, self.period, self.ledger)

    @property
    def rank(self) -> tuple[int, str, str]:
        """The greatest stands (SPEC 6): revision, filled on, digest."""
        return (self.revision, self.filled_on, self.digest)

    @property
    def read(self) -> int:
        return self.rows + sum(count for _, count in self.set_aside)

    def place_of(self, issue: Issue) -> int:
        """The place of the record an issue is about (`model.sheet.RIGHT`); 0 where it has no row."""
        first = self.columns.get(issue.field, "")
        right = column_number(issue.column) - column_number(first) if issue.column and first else 0
        return (issue.row or 0) + RIGHT * max(0, right)


@dataclass(frozen=True)
class Refusal:
    """A file that was not read (F201-F207, F107, F110), or rows of a merged file that no longer match (F116)."""

    code: str
    file: str
    sha256: str = ""
    unit: str = ""
    period: str = ""
    revision: int | None = None
    why: str = ""
    received: str = ""
    rows: tuple[tuple[str, int], ...] = ()  # ledger -> rows kept out (F116)
    copies: tuple[str, ...] = ()  # other files of the same content, in this run; nothing of it travels

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        return (self.code, self.unit, self.period, (self.code != "F116" and self.sha256) or self.file, self.revision or 0)


@dataclass(frozen=True)
class Union:
    """Everything known of a month: a set of parts with their rows, refusals and decisions.

    `tables[ledger]` holds the rows of all parts that travel (a superseded part has none); `_part` counts in `parts`.
    `file_issues`: reading issues of whole files, by source key. `targets`: units that merged workbooks among the inputs were merged to.
    """

    parts: tuple[Part, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()
    decisions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file_issues: Mapping[tuple[str, str, str, str, int], tuple[Issue, ...]] = field(default_factory=dict)
    targets: frozenset[str] = frozenset()

    def of_period(self, period: str) -> Union:
        """What belongs to one month; refused files without a month belong to every one."""
        number = {old: new for new, old in enumerate(old for old, part in enumerate(self.parts) if part.period == period)}
        tables = {}
        for name, table in self.tables.items():
            kept = table.where(table.frame["_part"].isin(list(number)))
            tables[name] = kept.renumbered(number.__getitem__)
        return replace(self, parts=tuple(part for part in self.parts if part.period == period), tables=tables,
                       refusals=tuple(refusal for refusal in self.refusals if refusal.period in ("", period)),
                       file_issues={key: issues for key, issues in self.file_issues.items() if key[3] == period})


def merge_identical(first: Part, second: Part) -> Part:
    """One part for two of the same key: provenance of the smaller (file, digest), latest filled-on, earliest receipt."""
    kept = min(first, second, key=lambda part: (part.source.file, part.source.sha256, part.source.key, part.sheet))
    received = min((day for day in (first.received, second.received) if day), default="")
    return replace(kept, filled_on=max(first.filled_on, second.filled_on), received=received, approvals=together(first.approvals, second.approvals))


def standing(parts: Sequence[Part], preferred: Mapping[tuple[str, str, str, int], str] | None = None) -> list[bool]:
    """Which parts stand: the greatest rank for each (unit, period, ledger).

    `preferred`: a person's decision of an F111 conflict, (unit, period, ledger, revision) -> digest.
    """
    best: dict[tuple[str, str, str], int] = {}
    for index, part in enumerate(parts):
        chosen = (preferred or {}).get((*part.place, part.revision)) == part.digest
        other = best.get(part.place)
        if other is None:
            best[part.place] = index
            continue
        rival = parts[other]
        rival_chosen = (preferred or {}).get((*rival.place, rival.revision)) == rival.digest
        if (part.revision, chosen, part.rank) > (rival.revision, rival_chosen, rival.rank):
            best[part.place] = index
    winners = set(best.values())
    return [index in winners for index in range(len(parts))]


def united(unions: Sequence[Union], ledgers: Sequence[type[Ledger]]) -> Union:
    """The union of unions: identical parts become one, rows of the kept provenance stay."""
    position: dict[tuple[str, str, str, int, str], int] = {}
    parts: list[Part] = []
    owner: list[tuple[int, int]] = []  # (union, part number there) whose rows are kept
    for number, union in enumerate(unions):
        for index, part in enumerate(union.parts):
            at = position.get(part.key)
            if at is None:
                position[part.key] = len(parts)
                parts.append(part)
                owner.append((number, index))
                continue
            kept = merge_identical(parts[at], part)
            if kept.source == part.source and kept.sheet == part.sheet and parts[at].source != part.source:
                owner[at] = (number, index)
            parts[at] = kept
    order = sorted(range(len(parts)), key=lambda at: parts[at].key)
    new_number = {owner[at]: new for new, at in enumerate(order)}
    tables = {}
    for ledger in ledgers:
        pieces = []
        for number, union in enumerate(unions):
            table = union.tables.get(ledger.id)
            if table is None or not len(table):
                continue
            numbers = [new_number.get((number, index), -1) for index in range(len(union.parts))]
            moved = table.renumbered(numbers.__getitem__)
            pieces.append(moved.where(moved.frame["_part"] >= 0))
        tables[ledger.id] = joined(ledger, pieces)
    ordered = tuple(parts[at] for at in order)
    sources = {part.source.key for part in ordered}
    file_issues = {key: issues for union in unions for key, issues in union.file_issues.items() if key in sources}
    refusals: dict[tuple[str, str, str, str, int], Refusal] = {}
    for union in unions:
        for refusal in union.refusals:
            other = refusals.get(refusal.key)
            refusals[refusal.key] = refusal if other is None else _same_refusal(other, refusal)
    decisions: dict[str, tuple[str, ...]] = {}
    for union in unions:
        for conflict, choices in union.decisions.items():
            decisions[conflict] = tuple(sorted({*decisions.get(conflict, ()), *choices}))
    targets = frozenset(code for union in unions for code in union.targets)
    return Union(ordered, tables, tuple(refusals[key] for key in sorted(refusals)), decisions, file_issues, targets)


def _same_refusal(first: Refusal, second: Refusal) -> Refusal:
    received = min((day for day in (first.received, second.received) if day), default="")
    kept = min(first, second, key=lambda refusal: refusal.file)
    names = {first.file, second.file, *first.copies, *second.copies} - {kept.file}
    return replace(kept, received=received, copies=tuple(sorted(names)))
