"""What the cover says of each table and of the whole book: once as formulas, once as the values stored beside them.

A test lets LibreOffice recalculate and compares the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.files.template_checks import begins
from toolkit.files.template_codes import whole_column
from toolkit.files.template_form import HEADING_ROW, LAST_ROW, MAY_BE_EMPTY, Form
from toolkit.files.template_ledger import Counts
from toolkit.model.ledger import Column, Ledger
from toolkit.model.sheet import column_letter
from toolkit.schema import SERVICE_BOOK, Cases, Cover, Works

TOP = 4  # row of the cover's section headings; the table's header and the first pair stand below it
FIELDS = Cover.columns[:10]  # the label/value pairs
ZERO = {Cases.id: "zero_cases", Works.id: "zero_works"}


@dataclass(frozen=True)
class State:
    """What the table says of one ledger. `said` is 状态 with its sign."""

    rows: int | str
    faults: int
    zero: str
    said: str


def place(field: str) -> str:
    """The cell of a cover field, as `$C$8`."""
    return f"$C${field_row(field) + 1}"


def field_row(field: str) -> int:
    return TOP + 1 + [column.field for column in FIELDS].index(field)


def revision(form: Form) -> int:
    value = form.content.cover.get("revision")
    return value if isinstance(value, int) else 0


def state_of(form: Form, ledger: type[Ledger], counts: Counts) -> State:
    """One row of the table, as its formulas compute it."""
    if ledger in SERVICE_BOOK:
        return State("—", counts.faults, "—", (f"× 有 {counts.faults} 处待改" if counts.faults else "√ 无待改") + "（只留本村）")
    ticked = form.content.cover.get(ZERO.get(ledger.id, "")) in (True, 1, "是")
    zero = ("是" if ticked else "") if ledger.id in ZERO else "—"
    if ticked:
        said = "√ 零报告" if not counts.rows else "× 已有数据，请去掉“是”"
    elif not counts.rows:
        said = _empty(ledger)
    else:
        said = f"× 有 {counts.faults} 处待改" if counts.faults else "√ 已填"
    return State(counts.rows, counts.faults, zero, said)


def _empty(ledger: type[Ledger]) -> str:
    if ledger in MAY_BE_EMPTY:
        return "√ 本月没有"
    return "○ 请填写，或选“是”作零报告" if ledger.id in ZERO else "○ 请填写"


def _hint_column(ledger: type[Ledger]) -> str:
    letter = column_letter(len(ledger.columns) + 1)
    return f"{ledger.sheet}!${letter}${HEADING_ROW + 1}:${letter}${LAST_ROW + 1}"


def faults_formula(ledger: type[Ledger]) -> str:
    """How many signs × and △ stand in 本行提示: each is one cell to put right."""
    told = _hint_column(ledger)
    return f'=IFERROR(SUMPRODUCT(2*LEN({told})-LEN(SUBSTITUTE({told},"×",""))-LEN(SUBSTITUTE({told},"△",""))),1)'


def rows_formula(ledger: type[Ledger]) -> str:
    """How many rows hold anything; the heading row is counted and taken off."""
    blank = "*".join(f"ISBLANK({whole_column(ledger, name)})" for name in begins(ledger))
    return f"SUMPRODUCT(1-{blank})-1"


def state_formula(ledger: type[Ledger], row: int) -> str:
    """状态. A row without 本行提示 (inserted, or below the ruled ones) was not looked at: it is not called done."""
    unseen = f'{rows_formula(ledger)}>COUNTIF({_hint_column(ledger)},"?*")-1'
    done = "√ 无待改" if ledger in SERVICE_BOOK else "√ 已填"
    checked = f'IF(G{row}>0,"× 有 "&G{row}&" 处待改",IF({unseen},"○ 有的行没有提示，请用程序检查","{done}"))'
    if ledger in SERVICE_BOOK:
        return f'=IFERROR({checked},"× 有出错的格")&"（只留本村）"'
    filled = f'IF(F{row}=0,"{_empty(ledger)}",{checked})'
    if ledger.id in ZERO:
        filled = f'IF(H{row}="是",IF(F{row}=0,"√ 零报告","× 已有数据，请去掉“是”"),{filled})'
    return f'=IFERROR(IF(ISNUMBER(F{row}),{filled},"× 有出错的格"),"× 有出错的格")'


def missing_on_cover(form: Form) -> list[str]:
    """Headings of required cells of the cover that are not right yet."""
    cover = form.content.cover
    wrong = []
    for column in FIELDS:
        value = cover.get(column.field)
        if column.field == "revision_reason":
            bad = revision(form) > 0 and not value
        elif column.field == "revision":
            bad = value is not None and not isinstance(value, int)
        elif column.field == "prepared_on":
            bad = not isinstance(value, dt.date)
        elif column.field == "reviewed_by":
            bad = not value or value == cover.get("prepared_by")
        else:
            bad = not value
        if bad:
            wrong.append(column.heading)
    return wrong


def _missing_formula(column: Column) -> str:
    cell = place(column.field)
    return {
        "revision_reason": f'AND(N({place("revision")})>0,{cell}="")',
        "revision": f"NOT(ISNUMBER({cell}))",
        "prepared_on": f"NOT(ISNUMBER({cell}))",
        "reviewed_by": f'OR({cell}="",{cell}={place("prepared_by")})',
    }.get(column.field, f'{cell}=""')


def verdict(form: Form, states: Mapping[str, State]) -> str:
    """整本状态 in one sentence."""
    faults = sum(state.faults for state in states.values())
    open_tables = [ledger.sheet for ledger in form.ledgers if states[ledger.id].said[0] != "√" and not states[ledger.id].faults]
    items = ([f"台账 {faults} 处"] if faults else []) + open_tables + missing_on_cover(form)
    return f"○ 还差 {len(items)} 项：{'、'.join(items)}" if items else "√ 可以上报"


def verdict_formula(form: Form, first: int) -> str:
    """整本状态; `first` is the Excel row of the table's first ledger."""
    last = first + len(form.ledgers) - 1
    total = f"SUM($G${first}:$G${last})"
    tests = [(f"{total}>0", f'"、台账 "&{total}&" 处"')]
    for row, ledger in enumerate(form.ledgers, first):
        tests.append((f'AND(LEFT($I${row},1)<>"√",$G${row}=0)', f'"、{ledger.sheet}"'))
    tests += [(_missing_formula(column), f'"、{column.heading}"') for column in FIELDS]
    listed = "&".join(f'IF({test},{words},"")' for test, words in tests)
    number = "+".join(f"IF({test},1,0)" for test, _ in tests)
    return f'=IF({number}=0,"√ 可以上报","○ 还差 "&({number})&" 项："&MID({listed},2,200))'
