"""A merge is the union of submissions; everything else here is a view of it (SPEC 6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.model.approval import NONE, of_submission, of_units
from toolkit.model.issue import Issue, code_of, in_order
from toolkit.model.ledger import PART, Table, empty_table
from toolkit.model.merged import (
    IN_TIME,
    LATE,
    MISSING,
    RECEIVED,
    REFUSED,
    SUPERSEDED,
    UNKNOWN_LATE,
    ZERO,
    Balance,
    Merged,
    Submission,
)
from toolkit.model.part import SKIPPED, VILLAGE, Part, Refusal, Union, standing
from toolkit.model.plan import Plan
from toolkit.model.unit import LEVELS, Unit, Units, at_level, level_of, pad
from toolkit.rules.deadlines import due_day
from toolkit.rules.rule import Ground
from toolkit.schema import TRAVELLING, Cases, Services, Staff, Works
from toolkit.steps import conflicts as disputes
from toolkit.steps import identify
from toolkit.steps.check import by_plan, computed


@dataclass(frozen=True)
class Frame:
    """What a merge is made for."""

    target: Unit
    period: str
    plan: Plan
    units: Units
    software: str
    previous: Sequence[Part] | None = None


def target_of(units_found: Sequence[str], level: str, units: Units) -> tuple[str, list[str]]:
    """The one unit of `level` that contains all units found; without a level the lowest such unit, at least a township.

    Returns its code, or "" with the units that stand in the way.
    """
    if not units_found:
        return "", []
    if level:
        above = [code for code in units_found if LEVELS[level_of(code)] < LEVELS[level]]
        tops = sorted({at_level(code, level) for code in units_found})
        return (tops[0], []) if len(tops) == 1 and not above else ("", sorted(set(above) or set(tops)))
    for name in ("township", "county", "prefecture", "province"):
        tops = sorted({at_level(code, name) for code in units_found})
        if len(tops) == 1 and all(LEVELS[level_of(code)] >= LEVELS[name] for code in units_found):
            return tops[0], []
    return "", sorted({pad(code[:2]) for code in units_found})


def merged(union: Union, frame: Frame) -> Merged:
    """Every view of a union for one target."""
    parts = union.parts
    stands = standing(parts, disputes.preferred(parts, union.decisions))
    rivals = {part.key for group in disputes.rivals(parts).values() for part in group}
    losers = frozenset(number for number, part in enumerate(parts) if not stands[number] and part.key in rivals)
    ground_tables, ground_parts = _standing_tables(union, stands)
    row_conflicts, excluded = disputes.of_rows(ground_tables, ground_parts, union.decisions)
    conflicts = (*disputes.of_revisions(parts, union.decisions), *row_conflicts)
    ground = Ground(ground_tables, ground_parts, frame.plan, frame.units, frame.target.code, frame.period, union.refusals, frame.previous,
                    excluded, [parts[number] for number in sorted(losers)], approvals=of_units(part.approvals for part in ground_parts))
    issues = _all_issues(union, ground, stands, conflicts)
    return Merged(
        frame.target, frame.period, frame.plan, frame.units, frame.software, identify.union_digest(union), union, tuple(stands),
        _submissions(union, stands, issues, frame), balances(union, stands), tuple(issues), conflicts, _pending(union, issues), losers,
        due_day(frame.period, "village", frame.plan)[0].isoformat())


def _standing_tables(union: Union, stands: Sequence[bool]) -> tuple[dict[str, Table], list[Part]]:
    """The rows that stand, counted in a list of the parts that stand."""
    number = {old: new for new, old in enumerate(old for old, holds in enumerate(stands) if holds)}
    tables = {}
    for ledger in TRAVELLING:
        table = union.tables.get(ledger.id)
        if table is None or not len(table):
            tables[ledger.id] = empty_table(ledger)
            continue
        tables[ledger.id] = table.where(table.frame[PART].isin(list(number))).renumbered(number.__getitem__)
    return tables, [part for part, holds in zip(union.parts, stands, strict=True) if holds]


def ground_of(result: Merged) -> Ground:
    """The rows that stand in a merge, without those a decision set aside being forgotten: figures and lists are made from it."""
    tables, parts = _standing_tables(result.union, result.stands)
    _, excluded = disputes.of_rows(tables, parts, result.union.decisions)
    return Ground(tables, parts, result.plan, result.units, result.target.code, result.period, result.union.refusals, excluded=excluded)


def _all_issues(union: Union, ground: Ground, stands: Sequence[bool], conflicts: Sequence[Any]) -> list[Issue]:
    """Reading issues of what stands, refusals, and all that rules find; decided conflicts as info."""
    issues = [issue for part, holds in zip(union.parts, stands, strict=True) if holds for issue in part.reading]
    sources = {part.source.key for part in ground.parts}
    for source, found in union.file_issues.items():
        if source in sources:
            issues += found
    issues += [refused_issue(refusal) for refusal in union.refusals]
    issues += computed(ground)
    decided = disputes.settled(conflicts)
    numbers = _numbers(ground) if decided else {}
    out = {}
    for issue in by_plan([issue for issue in issues if not issue.local], ground.plan):
        about = issue.unit if issue.code == "F111" else numbers.get((issue.ledger, issue.unit, issue.key, issue.field), issue.key)
        if (issue.code, issue.ledger, about) in decided:
            issue = issue.with_(severity="info")
        out[issue.id, issue.file, issue.sheet, issue.row, issue.column] = issue
    return in_order(list(out.values()))


def _numbers(ground: Ground) -> dict[tuple[str, str, str, str], str]:
    """(ledger, unit, case number, field) -> decision number: a conflict about decisions is told by it."""
    frame = ground.tables[Cases.id].frame
    return {(Cases.id, ground.parts[part].unit, str(case), "decision_no"): str(decision)
            for part, case, decision in zip(frame[PART].tolist(), frame["case_no"].tolist(), frame["decision_no"].tolist(), strict=True)}


def refused_issue(refusal: Refusal) -> Issue:
    """A refused file, or rows kept out, as an issue."""
    word = {"F107": "period", "F110": "v"}.get(refusal.code, "why")
    why = refusal.why or {"F202": "encrypted", "F203": "damaged", "F206": "no_ledger"}.get(refusal.code, "")
    return Issue(refusal.code, code_of(refusal.code).severity, "", refusal.unit, refusal.period, refusal.file,
                 key=refusal.sha256 if refusal.code.startswith("F2") else str(refusal.revision or 0), params=((word, why),))


def _pending(union: Union, issues: Sequence[Issue]) -> dict[str, Any]:
    """Per ledger: which rows an error stands on (待修正)."""
    import numpy as np

    marked: dict[tuple[str, str, str, str, int], None] = {}
    keyed: set[tuple[str, str, str]] = set()
    for issue in issues:
        if issue.severity == "error" and issue.ledger == Services.id and issue.key:
            keyed.add((issue.ledger, issue.unit, issue.key))
        elif issue.severity == "error" and issue.row and issue.ledger:
            marked[issue.ledger, issue.unit, issue.file, issue.sheet, issue.row] = None
    pending: dict[str, Any] = {}
    for ledger in TRAVELLING:
        table = union.tables.get(ledger.id)
        if table is None:
            continue
        flags = np.zeros(len(table), dtype=bool)
        if marked or keyed:
            numbers, rows = table.frame[PART].tolist(), table.frame["_row"].tolist()
            tokens = table.frame["token"].tolist() if ledger is Services else rows
            for at, (number, row, token) in enumerate(zip(numbers, rows, tokens, strict=True)):
                part = union.parts[number]
                flags[at] = ((ledger.id, part.unit, part.source.file, part.sheet, row) in marked or (ledger.id, part.unit, token) in keyed)
        pending[ledger.id] = flags
    return pending


def balances(union: Union, stands: Sequence[bool]) -> tuple[Balance, ...]:
    """对账: what was read against the rows that are there."""
    lines = []
    for ledger in TRAVELLING:
        mine = [(number, part) for number, part in enumerate(union.parts) if part.ledger == ledger.id]
        table = union.tables.get(ledger.id)
        held = table.frame[PART].tolist() if table is not None else []
        rows: dict[int, int] = {}
        for number in held:
            rows[number] = rows.get(number, 0) + 1
        places: dict[tuple[str, str], int] = {}
        for _, part in mine:
            for code, count in part.set_aside:
                places[code, part.unit] = places.get((code, part.unit), 0) + count
        for refusal in union.refusals:
            for name, count in refusal.rows:
                if name == ledger.id:
                    places["F116", refusal.unit] = places.get(("F116", refusal.unit), 0) + count
        kept_out = sum(count for refusal in union.refusals for name, count in refusal.rows if name == ledger.id)
        skipped = {kind: sum(dict(part.skipped).get(kind, 0) for _, part in mine) for kind in SKIPPED}
        lines.append(Balance(
            ledger.id, sum(part.read for _, part in mine) + kept_out, sum(rows.get(number, 0) for number, _ in mine if stands[number]),
            sum(part.rows for number, part in mine if not stands[number]), sum(places.values()), skipped,
            tuple((code, unit, count) for (code, unit), count in sorted(places.items()))))
    return tuple(lines)


# --------------------------------------------------------------------------------------------------- 上报情况


def _submissions(union: Union, stands: Sequence[bool], issues: Sequence[Issue], frame: Frame) -> tuple[Submission, ...]:
    """A row per expected unit and revision ever seen, superseded and refused ones too."""
    expected = {unit.code for unit in frame.units.expected_under(frame.target.code)}
    errors: dict[str, int] = {}
    warnings: dict[str, int] = {}
    for issue in issues:
        tally = {"error": errors, "warning": warnings}.get(issue.severity)
        if tally is not None:
            tally[issue.unit] = tally.get(issue.unit, 0) + 1
    groups: dict[tuple[str, int], list[int]] = {}
    for number, part in enumerate(union.parts):
        groups.setdefault((part.unit, part.revision), []).append(number)
    best: dict[str, int] = {}
    for (unit, revision), numbers in groups.items():
        if any(stands[number] for number in numbers):
            best[unit] = max(revision, best.get(unit, -1))
    rows = []
    for (unit, revision), numbers in groups.items():
        live = [union.parts[number] for number in numbers if stands[number]]
        counted = errors.get(unit, 0) if revision == best.get(unit) else 0
        warned = warnings.get(unit, 0) if revision == best.get(unit) else 0
        rows.append(_received(unit, revision, [union.parts[number] for number in numbers], live, best.get(unit), unit in expected, counted, warned, frame))
    for refusal in union.refusals:
        name = frame.units.name(refusal.unit) if refusal.unit else ""
        alone = refusal.unit not in best
        rows.append(Submission(refusal.unit, name, refusal.period or frame.period, refusal.unit in expected and alone, REFUSED,
                               _late(refusal.received, refusal.unit, frame) if refusal.unit else UNKNOWN_LATE, NONE, refusal.revision,
                               "", refusal.received, errors=errors.get(refusal.unit, 0) if alone else 0,
                               warnings=warnings.get(refusal.unit, 0) if alone else 0, file=refusal.file, refusal=refusal))
    seen = {row.unit for row in rows}
    for code in sorted(expected - seen):
        rows.append(Submission(code, frame.units.name(code), frame.period, True, MISSING, errors=errors.get(code, 0), warnings=warnings.get(code, 0)))
    order = {RECEIVED: 0, ZERO: 0, MISSING: 0, REFUSED: 1, SUPERSEDED: 2}
    rows.sort(key=lambda row: (not row.unit, row.unit, order[row.state], -(row.revision or 0), row.file))
    return tuple(rows)


def _received(unit: str, revision: int, parts: list[Part], live: list[Part], best: int | None, expected: bool, errors: int, warnings: int,
              frame: Frame) -> Submission:
    shown = live or parts
    zeros = frozenset(part.ledger for part in shown if part.zero and not part.rows)
    state = SUPERSEDED if not live else ZERO if zeros >= {Cases.id, Works.id} else RECEIVED
    received = min((part.received for part in parts if part.received), default="")
    sources = sorted({part.source.key: part.source for part in parts}.values(), key=lambda source: source.key)
    first = next((part.source for part in shown if part.ledger == Staff.id), shown[0].source)
    return Submission(
        unit, frame.units.name(unit), parts[0].period, expected and revision == best, state, _late(received, unit, frame),
        of_submission([part.approvals for part in shown]), revision,
        max(part.filled_on for part in shown), received, {part.ledger: part.rows for part in shown}, zeros, errors, warnings, first.file,
        first.reason, best if not live else None, tuple(parts), tuple(sources), None, any(source.kind == VILLAGE for source in sources))


def _late(received: str, unit: str, frame: Frame) -> str:
    """Received after the unit's due day; unknown is neither late nor on time."""
    if not received:
        return UNKNOWN_LATE
    due, _ = due_day(frame.period, level_of(unit), frame.plan)
    return LATE if dt.date.fromisoformat(received) > due else IN_TIME


def reconciliation(balances: Sequence[Balance]) -> list[dict[str, object]]:
    """对账 as SPEC 4 has it in JSON."""
    return [{"ledger": line.ledger, "read": line.read, "merged": line.merged, "superseded": line.superseded, "set_aside": line.set_aside,
             "skipped": dict(line.skipped)} for line in balances]


def submissions_json(merged_: Merged) -> list[dict[str, object]]:
    """上报情况 as SPEC 4 has it in JSON: one entry per part, refusal or missing unit."""
    out: list[dict[str, object]] = []
    for row in merged_.submissions:
        common: Mapping[str, object] = {"unit": row.unit or None, "period": row.period, "state": row.state, "late": row.late, "approval": row.approval}
        if not row.parts:
            out.append({**common, "ledger": None, "revision": row.revision, "file": row.file or None, "rows": None})
        for part in row.parts:
            out.append({**common, "ledger": part.ledger, "revision": part.revision, "file": part.source.file, "rows": part.rows})
    return out
