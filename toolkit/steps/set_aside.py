"""Rows that may not be kept, set aside unread: K107 with its visits, K110, K111 (DOMAIN 5.9)."""

from __future__ import annotations

import re

from toolkit.model.ledger import PART, ROW, UNKNOWN, Table
from toolkit.model.sheet import row_of, shifted
from toolkit.model.unit import level_of
from toolkit.schema import Cases, Pregnancies, Visits
from toolkit.schema.cases import ORGANISATIONS
from toolkit.steps.batch import Batch
from toolkit.steps.columns import Finding
from toolkit.steps.findings import issue_of

_PATIENT = re.compile(r"患者|病人|孕妇|孕产妇|产妇|当事妇女|妇女|当事人本人|群众|夫妻|家属")


def kept_rows(table: Table, findings: list[Finding], batch: Batch) -> tuple[Table, list[Finding]]:
    """The rows that may be kept. K107, K110, K111 set a row aside and silence everything else about it."""
    import numpy as np

    aside: dict[int, str] = {}
    if table.ledger is Pregnancies:
        aside = _without_consent(table, batch)
    elif table.ledger is Visits:
        aside = _of_set_aside_records(table, batch)
    elif table.ledger is Cases:
        aside = _no_cases(table, batch)
    if not aside:
        return table, findings
    keep = np.ones(len(table), dtype=bool)
    keep[list(aside)] = False
    number = np.cumsum(keep) - 1
    return table.where(keep), [(int(number[row]), *rest) for row, *rest in findings if keep[row]]  # type: ignore[misc]


def _without_consent(table: Table, batch: Batch) -> dict[int, str]:
    """K107: rows without a readable notice date or consent; one issue for the sheet where a column is absent."""
    frame = table.frame
    no_notice, no_consent = frame["notice_date"].isna(), frame["consent"].isna()
    without_notice: list[bool] = no_notice.tolist()
    numbers: list[int] = frame[PART].tolist()
    rows: list[int] = frame[ROW].tolist()
    names: list[object] = frame["record_id"].tolist()
    aside: dict[int, str] = {}
    said: set[int] = set()
    for at in (no_notice | no_consent).to_numpy().nonzero()[0].tolist():
        draft, name = batch.drafts[numbers[at]], names[at]
        aside[at] = "K107"
        draft.set_aside.append(("K107", row_of(rows[at])))
        absent = [field for field in ("notice_date", "consent") if field not in draft.columns]
        if absent:
            if numbers[at] not in said:
                said.add(numbers[at])
                draft.issues.append(issue_of("K107", draft, field=absent[0]))
            continue
        field = "notice_date" if without_notice[at] else "consent"
        draft.issues.append(issue_of("K107", draft, field=field, row=row_of(rows[at]), column=shifted(draft.columns[field], rows[at]),
                                     key=name if isinstance(name, str) else f"#{rows[at]}"))
    kept = {(batch.drafts[number].book, name) for at, (number, name) in enumerate(zip(numbers, names, strict=True)) if at not in aside}
    batch.gone = {(batch.drafts[numbers[at]].book, str(names[at])) for at in aside} - kept
    return aside


def _of_set_aside_records(table: Table, batch: Batch) -> dict[int, str]:
    """Visits of records set aside go with them, under the same issue."""
    aside: dict[int, str] = {}
    if batch.gone:
        frame = table.frame
        for at, (number, row, name) in enumerate(zip(frame[PART].tolist(), frame[ROW].tolist(), frame["record_id"].tolist(), strict=True)):
            if (batch.drafts[number].book, name) in batch.gone:
                aside[at] = "K107"
                batch.drafts[number].set_aside.append(("K107", row_of(row)))
    return aside


def _no_cases(table: Table, batch: Batch) -> dict[int, str]:
    """K111: a type outside the plan's list; K110: a patient, or an individual entered below the county."""
    frame = table.frame
    allowed = batch.asked.plan.case_codes
    listed = frame["type"].isin(allowed) | frame["type"].isna() if allowed else frame["type"].isna() | True
    outside: list[bool] = (~listed.to_numpy(dtype=bool)).tolist()
    person: list[bool] = (frame["party_type"].notna() & ~frame["party_type"].isin(ORGANISATIONS)).tolist()
    unknown: list[dict[str, str]] = [cells or {} for cells in frame[UNKNOWN].tolist()]
    case_numbers: list[object] = frame["case_no"].tolist()
    aside: dict[int, str] = {}
    for at, (number, row) in enumerate(zip(frame[PART].tolist(), frame[ROW].tolist(), strict=True)):
        draft = batch.drafts[number]
        below_county = level_of(draft.source.unit) in ("village", "township")
        if _PATIENT.search(unknown[at].get("party_type", "")) or (person[at] and below_county):
            code, field = "K110", "party_type"
        elif outside[at] or not unknown[at].get("type", "#").startswith("#"):  # an error value (#N/A) names no type: G107 speaks
            code, field = "K111", "type"
        else:
            continue
        aside[at] = code
        name = case_numbers[at]
        draft.set_aside.append((code, row_of(row)))
        draft.issues.append(issue_of(code, draft, field=field, row=row_of(row), column=shifted(draft.columns.get(field, ""), row),
                                     key=name if isinstance(name, str) else f"#{row}"))
    return aside
