"""Mistakes for the parity books beside those of `ledger demo`: each plants what one shared rule finds. They take the sheets as
typed so far and give others; where there is no place for it, nothing changes."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from toolkit.model.grid import DATA, Grid
from toolkit.schema import BOOK_KEY_SHEET, Cover
from toolkit.steps.mess_sheets import Habit, copies

_CASE = {"found_on": dt.date(2025, 9, 9), "source": "1 检查发现", "type": "06 违规购置、使用超声等设备", "party_type": "1 医疗机构", "party_name": "示例门诊部",
         "place_code": "990101101000"}


def _sheet(sheets: list[Grid], ledger: str) -> Grid:
    return next(grid for grid in sheets if grid.ledger == ledger)


def _rows(grid: Grid) -> Iterator[list[Any]]:
    yield from (grid.rows[at] for at in grid.of_kind(DATA))


def _put(sheets: list[Grid], rng: random.Random, ledger: str, **cells: Any) -> list[Grid]:
    """Some cells of one row."""
    out = copies(sheets)
    grid = _sheet(out, ledger)
    rows = list(_rows(grid))
    if rows:
        row = rng.choice(rows)
        for name, value in cells.items():
            row[grid.fields.index(name)] = value
    return out


def _case(sheets: list[Grid], **cells: Any) -> list[Grid]:
    out = copies(sheets)
    grid = _sheet(out, "cases")
    grid.insert_row(len(grid.rows), [(_CASE | cells).get(name) for name in grid.fields], DATA)
    for row in _sheet(out, Cover.id).rows:
        if row[0] == Cover.zero_cases.heading:
            row[1] = "否"
    return out


def _against_wish(sheets: list[Grid], consent: str, **cells: Any) -> list[Grid]:
    """A visit to a woman with this consent, against it."""
    out = copies(sheets)
    book, visits = _sheet(out, "pregnancies"), _sheet(out, "visits")
    hers = next((row for row in _rows(book) if row[book.fields.index("record_id")]), None)
    if hers is not None:
        hers[book.fields.index("consent")] = consent
        mine = next((row for row in _rows(visits) if row[0] == hers[book.fields.index("record_id")]), None)
        for name, value in cells.items() if mine is not None else ():
            mine[visits.fields.index(name)] = value  # type: ignore[index]
    return out


def no_name(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _put(sheets, rng, "staff", name=None)


def no_number(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _put(sheets, rng, "pregnancies", record_id=None)


def record_twice(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    out = copies(sheets)
    rows = list(_rows(_sheet(out, "pregnancies")))
    if len(rows) > 1:
        rows[-1][0] = rows[0][0]
    return out


def visit_of_nobody(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _put(sheets, rng, "visits", record_id="ZZZZZ9")


def visit_twice(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    out = copies(sheets)
    grid = _sheet(out, "visits")
    if rows := list(_rows(grid)):
        grid.insert_row(len(grid.rows), list(rng.choice(rows)), DATA)
    return out


def next_before(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _put(sheets, rng, "visits", visit_date=dt.date(2025, 9, 20), next_date=dt.date(2025, 9, 1))


def home_against_wish(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _against_wish(sheets, "2 仅电话或信息", mode="1 入户")


def call_against_wish(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _against_wish(sheets, "3 仅本人主动联系", visit_type="8 月度问候")


def case_backwards(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _case(sheets, case_no="990101-2025-0001", status="1 立案", filed_on=dt.date(2025, 9, 2), legal_basis="示例法第一条")


def case_unfinished(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _case(sheets, case_no="990101-2025-0002", status="2 处罚决定", filed_on=dt.date(2025, 9, 12))


def case_without_number(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _case(sheets, status="1 立案", filed_on=dt.date(2025, 9, 12), legal_basis="示例法第一条", party_name=None)


def code_as_float(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _put(sheets, rng, "evidence", evidence_no=9.90101202509e17)


def need_unanswered(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _put(sheets, rng, "visits", need="2 交通", need_status=None, need_found_on="9月9日")


def negative_births(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _put(sheets, rng, "births", boys=-3)


def han_days(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _put(sheets, rng, "visits", visit_date="二〇二五年九月初十日", next_date="二〇二五年十月十二日")


def flag_in_words(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return _put(sheets, rng, "pregnancies", revisit_ok="也许", consent="同意")


def no_book_key(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    return [grid for grid in copies(sheets) if grid.name != BOOK_KEY_SHEET]


def code_as_name(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The unit's code behind 填报单位, none behind 单位代码."""
    out = copies(sheets)
    rows = {row[0]: row for row in _sheet(out, Cover.id).rows}
    code, name = rows[Cover.unit_code.heading], rows[Cover.unit_name.heading]
    name[0], name[1], code[1] = "填报单位", code[1], None
    return out


PLANTS: tuple[Habit, ...] = (
    no_name, no_number, record_twice, visit_of_nobody, visit_twice, next_before, home_against_wish, call_against_wish, case_backwards, case_unfinished,
    case_without_number, code_as_float, need_unanswered, negative_births, han_days, flag_in_words, no_book_key, code_as_name)
