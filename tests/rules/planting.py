"""Rows and grounds as short tables in a test, and a runner that names what fires as `["D5 C102"]`.

Cells are typed as a clerk types them; columns get the letters of the schema, rows count from Excel row 5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from toolkit.model.issue import code_of
from toolkit.model.ledger import Ledger, Table, joined, table_of
from toolkit.model.part import VILLAGE, Part, Source
from toolkit.model.plan import Penalty, Plan, Reward
from toolkit.model.sheet import column_letter
from toolkit.model.unit import Unit, Units
from toolkit.rules import RULES, Ground, Hits, Rows, Rule
from toolkit.schema import LEDGERS
from toolkit.schema.kinds import parse_cell

COUNTY, TOWN, V1, V2 = "990101000000", "990101101000", "990101101201", "990101101202"
UNITS = Units.of([Unit(COUNTY, "示例县", True), Unit(TOWN, "甲山乡", True), Unit(V1, "一村", True), Unit(V2, "二村", True)])
PLAN = Plan(id="standard", title="示例方案", start=dt.date(2025, 1, 1), end=dt.date(2025, 12, 31),
            reward=Reward("fixed", 500), penalties=(Penalty("06", 10_000, 30_000),))
FIRST_ROW = 5

Cells = Mapping[str, Any]


def part_of(ledger: type[Ledger], unit: str = V1, period: str = "2025-09", **facts: Any) -> Part:
    """A part of a village workbook filled in on 2025-10-08; `file`, `unit_name`, `kind` go to its source."""
    source = Source(facts.pop("file", f"{unit}.xlsx"), "0" * 64, unit, period, 0, facts.pop("kind", VILLAGE), facts.pop("unit_name", ""))
    return Part(unit, period, ledger.id, 0, facts.pop("digest", "a" * 64), source, ledger.sheet, **{"filled_on": "2025-10-08", **facts})


def table(ledger: type[Ledger], rows: Sequence[Cells], part: int = 0) -> Table:
    """The ledger's example row with each of `rows` laid over it; a clerk's text is parsed as the reader would."""
    values: dict[str, list[Any]] = {column.field: [] for column in ledger.columns}
    unknown: list[dict[str, str] | None] = []
    for cells in rows:
        unread = {}
        for column in ledger.columns:
            parsed = parse_cell(column.kind, cells.get(column.field, column.example))
            values[column.field].append(parsed.value)
            if parsed.unread:
                unread[column.field] = parsed.unread
        unknown.append(unread or None)
    numbers = [FIRST_ROW + number for number in range(len(rows))]
    return table_of(ledger, values, [part] * len(rows), numbers, [0] * len(rows), unknown)


def ground(sheets: Sequence[tuple[type[Ledger], str, Sequence[Cells]]], plan: Plan = PLAN, units: Units | None = UNITS,
           facts: Mapping[str, Any] | None = None, **more: Any) -> Ground:
    """A ground of sheets (ledger, unit, rows); unit codes left blank are the sheet's. `facts` go to every part."""
    parts, tables = [], {ledger.id: [joined(ledger, [])] for ledger in LEDGERS}
    for number, (ledger, unit, rows) in enumerate(sheets):
        own = {"unit_code": unit} if "unit_code" in ledger.by_field else {}
        parts.append(replace(part_of(ledger, unit, **(facts or {})), rows=len(rows)))
        tables[ledger.id].append(table(ledger, [{**own, **cells} for cells in rows], number))
    return Ground({ledger.id: joined(ledger, tables[ledger.id]) for ledger in LEDGERS}, parts, plan, units, **{"period": "2025-09", **more})


def cells_of(rule: Rule, example: Mapping[str, Any]) -> list[Cells]:
    return list(example["_rows"]) if "_rows" in example else [example]


def fired(rule: Rule, rows: Sequence[Cells], plan: Plan = PLAN) -> list[str]:
    """A row rule's cells and code in a workbook with these rows."""
    assert rule.ledger is not None
    rows_ = Rows(table(rule.ledger, rows), [part_of(rule.ledger)])
    found = rule.find(rows_, plan)
    hits = found if isinstance(found, list) else [Hits(found, marks=rule.marks)]
    return sorted(cell for hit in hits for cell in _cells(rule, replace(hit, ledger=rule.ledger), rows_._table, rows_.needs))


def found(codes: str, where: Ground) -> list[str]:
    """What the named rules find on a ground: `unit cell code` of rows, `unit code` without a row; severity where it differs."""
    out = []
    for rule in RULES:
        if rule.code.code not in codes.split() or (rule.ledger is not None and not where.has(rule.ledger)):
            continue
        if rule.ledger is not None:
            rows = where.rows(rule.ledger)
            result = rule.find(rows, where.plan)
            hits = [replace(hit, ledger=rule.ledger) for hit in (result if isinstance(result, list) else [Hits(result, marks=rule.marks)])]
            needs = rows.needs
        else:
            hits, needs = rule.find(where), set()
        for hit in hits:
            if hit.rows is None:
                out.append(" ".join(word for word in (hit.unit[6:], rule.code.code, hit.severity) if word))
            else:
                assert hit.ledger is not None
                out += [f"{cell} {hit.severity}".strip() for cell in _cells(rule, hit, where.tables[hit.ledger.id], needs, where.parts)]
    return sorted(out)


def _cells(rule: Rule, hit: Hits, table_: Table, needs: set[str], parts: Sequence[Part] = ()) -> list[str]:
    assert hit.ledger is not None
    assert hit.rows.dtype == bool
    assert len(hit.rows) == len(table_)
    hidden = any(name not in _names(rule) for name in hit.params)
    assert not hidden, f"{rule.code.code} fills a name its words do not have"
    known = hit.rows.to_numpy().copy()
    for name in needs:
        known &= ~table_.unknown(name)
    letters = {column.field: column_letter(number) for number, column in enumerate(hit.ledger.columns, start=1)}
    cells = []
    for row in known.nonzero()[0].tolist():
        unit = parts[int(table_.frame["_part"].iat[row])].unit[6:] + " " if parts else ""
        cells.append(f"{unit}{letters[hit.marks]}{table_.frame['_row'].iat[row]} {rule.code.code}")
    return cells


def _names(rule: Rule) -> str:
    code = code_of(rule.code.code)
    return code.zh + code.todo_zh
