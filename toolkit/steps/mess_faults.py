"""Mistakes that cost something: each plants what one rule finds, in one place; where there is no place, nothing.

FAULTS names the code a check of the file then shows (DOMAIN 5.9).
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from toolkit.model.grid import DATA, HEAD, Grid
from toolkit.model.sheet import CellError
from toolkit.schema import Cover
from toolkit.steps.county_rows import days
from toolkit.steps.mess_sheets import Habit, copies, tables

_A_MONTH = 40


def forbidden_column(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A column that must not exist: 思想动向 in the service book, 身份证号 on the staff list of a submission."""
    out = copies(sheets)
    grid, heading = _sheet(out, "pregnancies"), "思想动向"
    if grid is None:
        grid, heading = _sheet(out, "staff"), "身份证号"
    if grid is not None:
        grid.insert_column(len(grid.fields), [heading if kind == HEAD else "（样例内容）" if kind == DATA else None for kind in grid.kinds], "")
    return out


def missing_consent_date(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A woman's row without the day she was told."""
    return _typed(sheets, rng, "pregnancies", "notice_date", None)


def bad_phone(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A phone with ten digits."""
    return _typed(sheets, rng, "pregnancies", "phone", "1900000001")


def visit_code_unknown(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A way of visiting that is on no list."""
    return _typed(sheets, rng, "visits", "mode", "托人带话")


def wrong_sums(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Live births that are not boys plus girls."""
    out = copies(sheets)
    for row, index in _cells(out, "births", "live_births"):
        row[index] += 1
        break
    return out


def lost_digits(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A unit code that became 9.90101E+11."""
    return _typed(sheets, rng, "works", "unit_code", "9.90101E+11")


def other_unit(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The county's code in a village's births."""
    return _typed(sheets, rng, "births", "unit_code", "990101000000")


def date_without_year(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """8月9日 without a year, or with two digits."""
    return _typed(sheets, rng, "works", "date", rng.choice(("8月9日", "8.9", "25.8.9")))


def words_for_date(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A word where a date belongs."""
    return _typed(sheets, rng, "evidence", "doc_date", "待定")


def date_in_future(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A document of a day after the day it was filled in."""
    cover = next((grid for grid in sheets if grid.ledger == Cover.id), None)
    filled = next((row[1] for row in cover.rows if isinstance(row[1], dt.date)), None) if cover else None
    return _typed(sheets, rng, "evidence", "doc_date", filled + days(_A_MONTH)) if filled else copies(sheets)


def words_for_number(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """约60 where a number belongs."""
    return _typed(sheets, rng, "works", "quantity", "约60")


def error_value(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A formula that came to nothing."""
    return _typed(sheets, rng, "works", "quantity", CellError("#REF!"))


def staff_number_twice(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """One number for two people."""
    out = copies(sheets)
    cells = list(_cells(out, "staff", "staff_id"))
    if len(cells) > 1:
        (first, index), (last, _) = cells[0], cells[-1]
        last[index] = first[index]
    return out


def no_pledge(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """Nobody's pledge of confidentiality is dated."""
    return _typed(sheets, rng, "staff", "confidentiality_on", None)


def phone_in_title(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A phone number written into a title."""
    return _typed(sheets, rng, "works", "title", "走访宣传，联系19000000000")


def informant_in_title(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """An informant named in a title."""
    return _typed(sheets, rng, "works", "title", "核查线索，举报人：样例某")


def unsuitable_title(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A title with words that belong in no work record."""
    return _typed(sheets, rng, "works", "title", "入户了解思想动态")


def patient_case(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A case row about a patient."""
    return _case(sheets, {"party_type": "患者"})


def unknown_case_type(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A case row of a kind that is no case."""
    return _case(sheets, {"type": "不明原因孕情消失"})


def no_zero_report(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """No case, and no nil report either."""
    return _on_cover(sheets, "zero_cases", None) if not list(_cells(sheets, "cases", "found_on")) else copies(sheets)


def zero_report_with_rows(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A nil report over a ledger that has rows."""
    return _on_cover(sheets, "zero_works", "是") if list(_cells(sheets, "works", "date")) else copies(sheets)


def own_reviewer(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """The same person fills in and reviews."""
    cover = next((grid for grid in sheets if grid.ledger == Cover.id), None)
    signed = next((row[1] for row in cover.rows if row[0] == Cover.prepared_by.heading), None) if cover else None
    return _on_cover(sheets, "reviewed_by", signed) if signed else copies(sheets)


def missing_column(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A column that is needed was deleted."""
    out = copies(sheets)
    grid = _sheet(out, "evidence")
    if grid is not None and "title" in grid.fields:
        index = grid.fields.index("title")
        for row in grid.rows:
            del row[index]
        del grid.fields[index]
    return out


def two_same_headers(sheets: list[Grid], rng: random.Random) -> list[Grid]:
    """A second column under the same heading."""
    out = copies(sheets)
    grid = _sheet(out, "evidence")
    if grid is not None:
        grid.insert_column(len(grid.fields), ["存放位置" if kind == HEAD else "二楼" if kind == DATA else None for kind in grid.kinds], "")
    return out


#: Every mistake with the code a check finds for it.
FAULTS: dict[str, tuple[Habit, str]] = {
    habit.__name__: (habit, code) for habit, code in (
        (forbidden_column, "K102"), (missing_consent_date, "K107"), (bad_phone, "P121"), (visit_code_unknown, "G104"), (wrong_sums, "B101"),
        (lost_digits, "G109"), (other_unit, "G303"), (date_without_year, "G108"), (words_for_date, "G102"), (date_in_future, "G103"),
        (words_for_number, "G106"), (error_value, "G107"), (staff_number_twice, "S101"), (no_pledge, "S105"), (phone_in_title, "K103"),
        (informant_in_title, "K104"), (unsuitable_title, "K105"), (patient_case, "K110"), (unknown_case_type, "K111"),
        (no_zero_report, "F105"), (zero_report_with_rows, "F108"), (own_reviewer, "F106"), (missing_column, "F102"), (two_same_headers, "F104"))
}


def _sheet(sheets: list[Grid], ledger: str) -> Grid | None:
    return next((grid for grid in tables(sheets) if grid.ledger == ledger), None)


def _cells(sheets: list[Grid], ledger: str, name: str) -> Iterator[tuple[list[Any], int]]:
    """The filled cells of one column: (row, position in it)."""
    grid = _sheet(sheets, ledger)
    if grid is not None and name in grid.fields:
        index = grid.fields.index(name)
        yield from ((grid.rows[at], index) for at in grid.of_kind(DATA) if grid.rows[at][index] is not None)


def _typed(sheets: list[Grid], rng: random.Random, ledger: str, name: str, value: Any) -> list[Grid]:
    """Something else in one filled cell of a column."""
    out = copies(sheets)
    filled = list(_cells(out, ledger, name))
    if filled:
        row, index = rng.choice(filled)
        row[index] = value
    return out


def _on_cover(sheets: list[Grid], name: str, value: Any) -> list[Grid]:
    out = copies(sheets)
    heading = Cover.by_field[name].heading
    for grid in out:
        for row in grid.rows if grid.ledger == Cover.id else ():
            if row[0] == heading:
                row[1] = value
    return out


def _case(sheets: list[Grid], instead: dict[str, Any]) -> list[Grid]:
    """One more case row, and no nil report over it."""
    out = _on_cover(sheets, "zero_cases", "否")
    grid, cover = _sheet(out, "cases"), next((grid for grid in out if grid.ledger == Cover.id), None)
    if grid is None or cover is None:
        return out
    facts = {Cover.columns[at].field: row[1] for at, row in enumerate(cover.rows)}
    unit = str(facts["unit_code"])
    row = {"unit_code": unit, "found_on": dt.date.fromisoformat(f"{facts['period']}-09"), "source": "1 检查发现", "type": "06 违规购置、使用超声等设备",
           "party_type": "1 医疗机构", "party_name": "示例门诊部", "place_code": unit[:9] + "000", "status": "0 线索"} | instead
    grid.insert_row(len(grid.rows), [row.get(name) for name in grid.fields], DATA)
    return out
