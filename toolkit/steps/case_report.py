"""案件月报表: by type and stage, by the office transferred to, with the nil line and signatures (DOMAIN 2.6, R74)."""

from __future__ import annotations

from typing import Any

from toolkit.model.figure import CASES
from toolkit.model.report import Block, Cell, Column, Page, Signatures, Table, Text
from toolkit.schema import Cases
from toolkit.schema.cases import CASE_TYPE, TRANSFER
from toolkit.steps.figures import Summary
from toolkit.steps.indicators import distinct_cases, in_month
from toolkit.steps.summary_table import where
from toolkit.steps.summary_words import STANDING, count_cell, name_of

_REVOKED = 4  # schema.cases.LICENCE


def case_page(summary: Summary) -> Page:
    """Institutions and practitioners only; nobody is named."""
    blocks: list[Block] = [_types(summary), _transfers(summary), Text(_nil(summary), "box"), Text((STANDING,), "note"),
                           Signatures(("填报人（签名）：", "审核人（签名）：", "报送日期：　　　　年　　月　　日"))]
    return Page("案件月报表", "案件月报表", tuple(blocks), where(summary), one_page=True, header=(f"{summary.target.name}　案件月报表", f"所属月份　{summary.period}"))


def _types(summary: Summary) -> Table:
    place = summary.months[-1].total
    rows_of_month = distinct_cases(place.frames[Cases.id])
    decided = rows_of_month[in_month(rows_of_month, "decided_on", place)]
    used = {str(kind) for kind in rows_of_month["type"].dropna()}
    wording = {case.code: case.name for case in summary.plan.case_types}
    columns = [Column("类型", "code", 7, "案件类型"), Column("名称", "text", 42, "案件类型")]
    columns += [Column(name_of(field), "number", 8, "本月（按日期）" if field != "cases_open" else "月末") for field in CASES]
    columns += [Column("罚款件数", "number", 10, "处罚（本月决定）"), Column("罚款（元）", "money", 14, "处罚（本月决定）"), Column("没收（元）", "money", 14, "处罚（本月决定）"),
                Column("吊销证照", "number", 10, "处罚（本月决定）")]
    lines = []
    for code, label in CASE_TYPE.labels:
        if summary.plan.case_codes and code not in (*summary.plan.case_codes, *used):
            continue
        of_type = decided[decided["type"] == code]
        counts = tuple(count_cell(summary.get(f"{field}:{code}")) for field in CASES)
        lines.append((Cell(code, "code"), Cell(wording.get(code) or label), *counts, *_penalties(of_type, "")))
    total = tuple(count_cell(summary.get(field), "total") for field in CASES)
    lines.append((Cell("合　计", "centre", "total", across=2), *total, *_penalties(decided, "total")))
    return Table(tuple(columns), tuple(lines), notes=("没有发生的记0。线索、立案、决定、结案、移送按日期计入本月；在办为月末处理阶段0—3。同一案件只计一次。",), id="cases")


def _penalties(rows: Any, state: str) -> tuple[Cell, ...]:
    fine, taken = rows["fine"].fillna(0), rows["confiscated"].fillna(0)
    return (Cell(int((fine > 0).sum()), "number", state), Cell(round(float(fine.sum()), 2), "money", state), Cell(round(float(taken.sum()), 2), "money", state),
            Cell(int((rows["licence"] == _REVOKED).fillna(False).sum()), "number", state))


def _transfers(summary: Summary) -> Table:
    place = summary.months[-1].total
    rows = distinct_cases(place.frames[Cases.id])
    moved = rows[in_month(rows, "transferred_on", place)]
    police = sum(part.police_transfers or 0 for part in summary.months[-1].ground.parts if part.ledger == Cases.id)
    columns = (Column("移送部门", "text", span=2), *(Column(label, "number") for _, label in TRANSFER.labels), Column("封面移送公安件数", "number", span=2))
    counts = [int((moved["transfer_to"] == int(code)).fillna(False).sum()) for code, _ in TRANSFER.labels]
    line = (Cell("本月移送（件）"), *(Cell(number, "number") for number in counts), Cell(police, "number"))
    return Table(columns, (line,), "移送")


def _nil(summary: Summary) -> tuple[str, ...]:
    """零报告: how many of the units that reported said there was nothing."""
    parts = [part for part in summary.months[-1].ground.parts if part.ledger == Cases.id]
    nil = sorted({part.unit for part in parts if part.zero and not part.rows})
    came, gone = summary.get("submission"), summary.get("submission_missing")
    lines = [f"零报告：{len(nil)}个单位本月无案件并已作零报告；报送案件台账的单位共{len({part.unit for part in parts})}个。"]
    if came is not None and gone is not None:
        lines.append(f"应报{came.d}个单位，已报{came.n}个" + (f"，缺报{gone.n}个，见“迟报缺报与更正清单”。" if gone.n else "，已报齐。"))
    return tuple(lines)
