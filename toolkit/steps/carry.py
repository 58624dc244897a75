"""What goes on into next month's workbook: service that is not over, people in post, open cases, papers, unfinished rectifications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.model.ledger import PART, ROW, Table
from toolkit.model.part import Part, Union
from toolkit.model.plan import Plan
from toolkit.rules.cases import OPEN
from toolkit.rules.pregnancies import service_over
from toolkit.rules.rule import Rows
from toolkit.rules.works import RECTIFICATION
from toolkit.schema import Cases, Evidence, Pregnancies, Staff, Visits, Works


@dataclass(frozen=True)
class Carried:
    """One workbook's rows for the next month, by ledger id; `stopped`: rows of the service book without notice or consent,
    which nobody may read on (their Excel rows, to be said on the village's own screen)."""

    tables: Mapping[str, Table]
    stopped: tuple[int, ...]


def carried(union: Union, mine: Mapping[str, int], plan: Plan) -> Carried:
    """The rows that go on. `mine`: ledger id -> number of the workbook's part in the union.

    Births and other works begin anew each month. A visit goes on with its record; where the record ends, nothing of it stays.
    """
    tables = {name: _rows(union.tables[name], number) for name, number in mine.items() if name in union.tables}
    out: dict[str, Table] = {name: tables[name] for name in (Staff.id, Evidence.id) if name in tables}
    if Pregnancies.id in tables:
        out[Pregnancies.id] = _in_service(tables[Pregnancies.id], union.parts[mine[Pregnancies.id]], plan)
        if Visits.id in tables:
            staying = set(out[Pregnancies.id].frame["record_id"].dropna())
            out[Visits.id] = tables[Visits.id].where(tables[Visits.id].frame["record_id"].isin(staying))
    if Cases.id in tables:
        status = tables[Cases.id].frame["status"]
        out[Cases.id] = tables[Cases.id].where((status.isin(OPEN) | status.isna()).fillna(True).to_numpy(dtype=bool))
    if Works.id in tables:
        frame = tables[Works.id].frame
        unfinished = (frame["type"] == RECTIFICATION).fillna(False) & frame["done_on"].isna()
        out[Works.id] = tables[Works.id].where(unfinished.to_numpy(dtype=bool))
    reading = union.parts[mine[Pregnancies.id]].reading if Pregnancies.id in mine else ()
    return Carried(out, tuple(sorted(issue.row for issue in reading if issue.code == "K107" and issue.row)))


def _rows(table: Table, part: int) -> Table:
    """The rows of one part, counted as part 0, in the order of the sheet."""
    mine = table.where(table.frame[PART] == part)
    frame = mine.frame.sort_values(ROW, kind="stable").reset_index(drop=True)
    return Table(table.ledger, frame).renumbered(lambda number: 0)


def _in_service(table: Table, part: Part, plan: Plan) -> Table:
    """Rows whose period of service is not over at the month's end (P206); a doubtful date ends nothing."""
    if not len(table):
        return table
    over: Any = service_over(Rows(table, (part,)), plan)
    unknown = table.unknown("edd") | table.unknown("delivered_on")
    return table.where(~over.fillna(False).to_numpy(dtype=bool) | unknown)
