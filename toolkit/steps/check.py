"""Run every rule once over all rows, and turn what it finds into issues with their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from toolkit.model.issue import HIDDEN, Issue
from toolkit.model.ledger import HERE, PART, ROW, Ledger, Table
from toolkit.model.part import Part
from toolkit.model.plan import Plan
from toolkit.model.sheet import column_letter, row_of, shifted
from toolkit.rules import RULES
from toolkit.rules.rule import Ground, Hits, Rows, Rule
from toolkit.schema import BY_NAME
from toolkit.steps import identify

_CONTENT = frozenset(("v", "new", "name", "code"))


@dataclass
class _Ledger:
    """A ledger's rows with the keys that name them, made when first needed."""

    table: Table
    parts: Sequence[Part]

    @cached_property
    def keys(self) -> identify.Keys:
        return identify.Keys(self.table)


def computed(ground: Ground, rules: Sequence[Rule] = RULES) -> list[Issue]:
    """What the rules find in the standing rows. Reading issues are not among them."""
    ledgers = {name: _Ledger(table, ground.parts) for name, table in ground.tables.items()}
    issues: list[Issue] = []
    for rule in rules:
        issues += _row_rule(rule, ledgers, ground) if rule.ledger is not None else _ground_rule(rule, ledgers, ground)
    return issues


def _row_rule(rule: Rule, ledgers: Mapping[str, _Ledger], ground: Ground) -> list[Issue]:
    assert rule.ledger is not None
    mine = ledgers.get(rule.ledger.id)
    if mine is None or not len(mine.table):
        return []
    rows = Rows(mine.table, ground.parts)
    found = rule.find(rows, ground.plan)
    hits = found if isinstance(found, list) else [Hits(found, marks=rule.marks)]
    issues: list[Issue] = []
    for hit in hits:
        mask = _known(hit.rows, rows.needs, mine.table)
        excluded = ground.excluded.get(rule.ledger.id)
        issues += _issues(rule, rule.ledger, hit, mask if excluded is None else mask & ~excluded, mine)
    return issues


def _known(mask: Any, needs: set[str], table: Table) -> Any:
    """The mask without rows where a needed cell could not be read."""
    import numpy as np
    import pandas as pd

    flags = mask.fillna(False).to_numpy(dtype=bool) if isinstance(mask, pd.Series) else np.asarray(mask, dtype=bool)
    for name in needs if flags.any() else ():
        flags = flags & ~table.unknown(name)
    return flags


def _issues(rule: Rule, ledger: type[Ledger], hit: Hits, mask: Any, mine: _Ledger) -> list[Issue]:
    positions = mask.nonzero()[0].tolist()
    if not positions:
        return []
    code, frame, parts = rule.code, mine.table.frame, mine.parts
    part_numbers, rows, here = frame[PART].to_numpy(), frame[ROW].to_numpy(), frame[HERE].to_numpy()
    letters = {column.field: column_letter(number) for number, column in enumerate(ledger.columns, start=1)}
    severity = hit.severity or code.severity
    issues = []
    for row in positions:
        part = parts[int(part_numbers[row])]
        params = tuple((name, _shown(name, value, row, ledger)) for name, value in hit.params.items())
        place = (ledger.sheet, f"{letters.get(hit.marks, 'A')}{int(here[row])}") if here[row] else None
        written = int(rows[row])
        column = shifted(part.columns.get(hit.marks, ""), written) if written else ""
        issues.append(Issue(code.code, severity, ledger.id, part.unit, part.period, part.source.file, part.sheet, row_of(written) or None,
                            column, hit.marks, mine.keys[row], params, code.local or ledger.private, place))
    return issues


def _shown(name: str, value: Any, row: int, ledger: type[Ledger]) -> str:
    if name in _CONTENT and ledger.private:
        return HIDDEN
    cell = value.iloc[row] if hasattr(value, "iloc") else value
    return str(cell)


def _ground_rule(rule: Rule, ledgers: Mapping[str, _Ledger], ground: Ground) -> list[Issue]:
    """These rules leave out rows set aside by a decision themselves (`Ground.counted`); D102 and D103 look at them too."""
    issues: list[Issue] = []
    for hit in rule.find(ground):
        if hit.rows is None:
            code = rule.code
            ledger = hit.ledger.id if hit.ledger is not None else ""
            sheet, cell = hit.cell
            column = cell.rstrip("0123456789")
            issues.append(Issue(code.code, hit.severity or code.severity, ledger, hit.unit, hit.period, hit.file, sheet,
                                int(cell[len(column):]) if column else None, column, hit.marks, hit.key,
                                tuple((name, str(value)) for name, value in hit.params.items()), code.local))
        else:
            assert hit.ledger is not None
            mine = ledgers[hit.ledger.id]
            issues += _issues(rule, hit.ledger, hit, _known(hit.rows, set(), mine.table), mine)
    return issues


def by_plan(issues: Sequence[Issue], plan: Plan) -> list[Issue]:
    """Severities as the plan sets them, within the bounds `plan_of` has checked; those of the service book stay (DOMAIN 5.9)."""
    if not plan.severities:
        return list(issues)
    return [issue if issue.local else issue.with_(severity=plan.severities.get(issue.code, issue.severity)) for issue in issues]


def heading(issue: Issue) -> str:
    """The heading of the column an issue is about."""
    ledger = BY_NAME.get(issue.ledger)
    column = ledger.by_field.get(issue.field) if ledger else None
    return column.heading if column else issue.field



