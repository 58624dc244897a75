"""Workbooks as small text tables: `## sheet`, then rows with cells between bars. Excel rows count from the line after it.

`25.5` stays text unless written `#25.5` (a number); `@2025-09-08` is a real date; `!#N/A` an error cell; `~` no cell.
`## sheet [A1:F1 A3:A4]` names merged cells; a sheet whose name starts with `-` is hidden.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re

from toolkit.files.workspace import built_in_plan
from toolkit.model.issue import Issue
from toolkit.model.ledger import Column
from toolkit.model.part import Union
from toolkit.model.plan import Plan
from toolkit.model.sheet import Book, Cell, CellError, Sheet, column_number
from toolkit.model.unit import Unit, Units
from toolkit.schema import BY_NAME, fingerprint, ledgers_of, submission_ledgers
from toolkit.steps.batch import Asked
from toolkit.steps.read import read

COUNTY, TOWN, TOWN2 = "990101000000", "990101101000", "990101102000"
VILLAGE, VILLAGE2, VILLAGE3 = "990101101201", "990101101202", "990101102201"
UNITS = Units.of([
    Unit(COUNTY, "示例县", False), Unit(TOWN, "示例县甲山乡", False), Unit(TOWN2, "示例县乙水镇", False),
    Unit(VILLAGE, "示例县甲山乡一村", True), Unit(VILLAGE2, "示例县甲山乡二村", True), Unit(VILLAGE3, "示例县乙水镇一村", True)])


def standard() -> Plan:
    plan = built_in_plan("standard")
    assert plan is not None
    return plan


def cell(text: str) -> Cell:
    text = text.strip(" ")
    if text.startswith("#") and text[1:2].isdigit():
        return float(text[1:])
    if text.startswith("@"):
        return dt.date.fromisoformat(text[1:])
    if text.startswith("!"):
        return CellError(text[1:])
    return "" if text == "~" else text.replace("\\n", "\n")


def book(text: str, file: str = "样例.xlsx", kind: str = "xlsx") -> Book:
    """A file whose sheets stand in `text`."""
    sheets: list[Sheet] = []
    rows: list[list[Cell]] = []
    name = ""
    for line in text.strip("\n").split("\n"):
        line = line.strip()
        if line.startswith("## "):
            if name:
                sheets.append(_sheet(name, rows))
            name, rows = line[3:].strip(), []
        elif name:
            rows.append([cell(part) for part in line.split("|")] if line else [])
    sheets.append(_sheet(name, rows))
    return Book(file, kind, hashlib.sha256((file + text).encode()).hexdigest(), tuple(sheets))


def _sheet(name: str, rows: list[list[Cell]]) -> Sheet:
    width = max((len(row) for row in rows), default=0)
    hidden = name.startswith("-")
    merges = re.search(r" \[([A-Z0-9: ]+)\]$", name)
    merged = tuple(_range(text) for text in merges[1].split()) if merges else ()
    name = name[:merges.start()] if merges else name
    return Sheet(name.lstrip("-"), [row + [""] * (width - len(row)) for row in rows], visible=not hidden, merged=merged)


def _range(text: str) -> tuple[int, int, int, int]:
    """`A3:B4` -> 3, 1, 4, 2."""
    first, last = (re.fullmatch(r"([A-Z]+)(\d+)", corner) for corner in text.split(":"))
    assert first and last, text
    return int(first[2]), column_number(first[1]), int(last[2]), column_number(last[1])


def cover(unit: str = VILLAGE, period: str = "2025-09", revision: int = 0, zero: tuple[str, ...] = ("案件台账", "工作记录"), filled: str = "2025-10-08") -> str:
    """A tidy cover in text."""
    ticks = "\n".join(f"{sheet} | ~ | 是" for sheet in zero)
    return f"""## 封面
单位代码 | {unit}
单位名称 | {UNITS.name(unit)}
所属月份 | {period}
方案编号 | standard
模板版本 | {fingerprint()}
版次 | #{revision}
填报人 | 样例填报
审核人 | 样例审核
填报日期 | @{filled}
移送公安件数 | #0
表名 | 行数 | 本月无（零报告）
{ticks}
"""


def ledger(name: str, *rows: dict[str, str], headings: bool = True) -> str:
    """One ledger's sheet in text: headings in row 1, each row from the schema's examples with the given cells over them."""
    kind = BY_NAME[name]
    lines = [f"## {kind.sheet}"]
    if headings:
        lines.append(" | ".join(column.heading for column in kind.columns))
    for row in rows:
        lines.append(" | ".join(row.get(column.field, _example(column)) or "~" for column in kind.columns))
    return "\n".join(lines) + "\n"


def _example(column: Column) -> str:
    return column.example


def village(*sheets: str, **cover_facts: object) -> str:
    """A village workbook in text: cover, the given sheets, and the others empty."""
    return _whole([ledger.id for ledger in ledgers_of("village")], sheets, cover_facts)


def submission(*sheets: str, **cover_facts: object) -> str:
    """A village's submission in text."""
    return _whole([ledger.id for ledger in submission_ledgers("village")], sheets, cover_facts)


def office(*sheets: str, level: str = "township", **cover_facts: object) -> str:
    """A township's or county's own workbook in text."""
    return _whole([ledger.id for ledger in ledgers_of(level)], sheets, {"unit": TOWN if level == "township" else COUNTY, **cover_facts})


def _whole(names: list[str], sheets: tuple[str, ...], facts: dict[str, object]) -> str:
    given = {sheet.split("\n", 1)[0][3:].strip() for sheet in sheets}
    if "zero" not in facts:
        facts = {**facts, "zero": tuple(sheet for sheet in ("案件台账", "工作记录") if sheet not in given)}
    rest = [ledger(name) for name in names if BY_NAME[name].sheet not in given]
    return cover(**facts) + "\n".join((*sheets, *rest))  # type: ignore[arg-type]


def union(*books: Book, merging: bool = False, units: Units | None = UNITS, plan: Plan | None = None, period: str = "") -> Union:
    return read(books, Asked(plan or standard(), units, merging, period))


def found(*books: Book, units: Units | None = UNITS, plan: Plan | None = None) -> list[str]:
    """What `ledger check` says of some books: `D5 P121` for a cell, `案件台账 F101` without one."""
    return sorted(f"{issue.cell or issue.row or issue.sheet} {issue.code}".strip() for issue in issues_of(*books, units=units, plan=plan))


def said(*books: Book) -> list[str]:
    """The same with the sheet: `孕产妇台账 D5 P121`."""
    return sorted(" ".join(filter(None, (issue.sheet, issue.cell or str(issue.row or ""), issue.code))) for issue in issues_of(*books))


def issues_of(*books: Book, units: Units | None = UNITS, plan: Plan | None = None) -> list[Issue]:
    """Issues and refusals of some books, as `ledger check` finds them."""
    from toolkit.files.workspace import Workspace
    from toolkit.tasks.check import found as all_found
    from toolkit.tasks.gather import Gathered

    issues, refused = all_found(Gathered(union(*books, units=units, plan=plan), Workspace(None, plan or standard(), units), ()), None, None)
    return [*issues, *refused]
