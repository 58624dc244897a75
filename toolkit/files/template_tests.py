"""Tests of one row of a ledger sheet: each an Excel formula and the same thing in Python.

The formula works in the open workbook; the Python side gives the value stored in the file, because LibreOffice and
viewers do not recalculate on opening (LOOK 4). `{field}` in a formula stands for the row's cell of that column.
A test in `tests/files/test_template.py` lets LibreOffice recalculate and compares the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

EARLIEST, LATEST = 18264, 73415  # Excel's numbers of 1950-01-01 and 2100-12-31
_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class Facts:
    """What the other sheets say: what defined names hold in the workbook."""

    month_end: int = LATEST
    asof: int = LATEST
    staff: frozenset[str] = frozenset()  # numbers and names of 包保名单
    consents: Mapping[str, str] = field(default_factory=dict)  # 编号 -> 同意方式 as shown
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)  # defined name -> accepted texts
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)  # (field, text) -> rows of this sheet


@dataclass(frozen=True)
class Row:
    """One row as its cells show it."""

    cells: Mapping[str, Any]
    facts: Facts

    def text(self, name: str) -> str:
        value = self.cells.get(name)
        if value is None:
            return ""
        number = self.number(name)
        if number is not None:
            return str(int(number)) if float(number).is_integer() else str(number)
        return str(value)

    def number(self, name: str) -> float | None:
        value = self.cells.get(name)
        if isinstance(value, dt.datetime):
            value = value.date()
        if isinstance(value, dt.date):
            return (value - _EPOCH).days
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def serial(day: dt.date) -> int:
    """A day as Excel counts it."""
    return (day - _EPOCH).days


@dataclass(frozen=True)
class Test:
    """Something that may hold of a row."""

    formula: str
    holds: Callable[[Row], bool]

    def __and__(self, other: Test) -> Test:
        return Test(f"AND({self.formula},{other.formula})", lambda row: self.holds(row) and other.holds(row))

    def __or__(self, other: Test) -> Test:
        return Test(f"OR({self.formula},{other.formula})", lambda row: self.holds(row) or other.holds(row))

    def __invert__(self) -> Test:
        return Test(f"NOT({self.formula})", lambda row: not self.holds(row))


def _cell(name: str) -> str:
    return "{" + name + "}"


def blank(name: str) -> Test:
    return Test(f'{_cell(name)}=""', lambda row: row.text(name) == "")


def coded(name: str, *codes: str) -> Test:
    """The cell starts with one of these codes: `6 移送` or `6`."""
    tests = [f'LEFT({_cell(name)}&" ",{len(code) + 1})="{code} "' for code in codes]
    formula = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
    return Test(formula, lambda row: any((row.text(name) + " ").startswith(code + " ") for code in codes))


def no_date(name: str) -> Test:
    """Something is there that is no date of 1950 to 2100."""
    cell = _cell(name)
    return Test(f'IF({cell}="",FALSE,IF(ISNUMBER({cell}),OR({cell}<{EARLIEST},{cell}>{LATEST}),TRUE))',
                lambda row: row.text(name) != "" and not _within(row.number(name), EARLIEST, LATEST))


def no_count(name: str) -> Test:
    """Something is there that is no whole number from 0."""
    cell = _cell(name)
    return Test(f'IF({cell}="",FALSE,IF(ISNUMBER({cell}),OR({cell}<0,{cell}<>INT({cell})),TRUE))',
                lambda row: row.text(name) != ""
                and not (_within(row.number(name), 0, 1e300) and float(row.number(name) or 0).is_integer()))


def no_amount(name: str) -> Test:
    """Something is there that is no number from 0."""
    cell = _cell(name)
    return Test(f'IF({cell}="",FALSE,IF(ISNUMBER({cell}),{cell}<0,TRUE))',
                lambda row: row.text(name) != "" and not _within(row.number(name), 0, 1e300))


def not_in(name: str, *names: str) -> Test:
    """Something is there that none of these defined names holds."""
    cell = _cell(name)
    found = "+".join(f"COUNTIF({listed},{cell})" for listed in names)

    def holds(row: Row) -> bool:
        text = row.text(name)
        known = {listed: row.facts.staff if listed.startswith("staff_") else row.facts.lists.get(listed, frozenset()) for listed in names}
        return text != "" and not any(text in values for values in known.values())

    return Test(f'IF({cell}="",FALSE,{found}=0)', holds)


def twice(name: str, column: str) -> Test:
    """The text stands in another row of the column too; `column` is its whole range."""
    cell = _cell(name)
    return Test(f'IF({cell}="",FALSE,COUNTIF({column},{cell})>1)',
                lambda row: row.text(name) != "" and row.facts.counts.get((name, row.text(name)), 0) > 1)


def after(name: str, defined: str) -> Test:
    """A date after a defined day."""
    def holds(row: Row) -> bool:
        number = row.number(name)
        return number is not None and number <= LATEST and number > getattr(row.facts, defined)

    cell = _cell(name)
    return Test(f"IF(ISNUMBER({cell}),AND({cell}<={LATEST},{cell}>{defined}),FALSE)", holds)


def apart(name: str, other: str, compare: str) -> Test:
    """Two dates or numbers compare so: `apart("valid_to", "valid_from", "<0")` is their difference below 0."""
    a, b = _cell(name), _cell(other)

    def holds(row: Row) -> bool:
        first, second = row.number(name), row.number(other)
        if first is None or second is None:
            return False
        sign, limit = compare[:-len(compare.lstrip("<>="))], float(compare.lstrip("<>="))
        return {"<": first - second < limit, "<=": first - second <= limit, ">": first - second > limit}[sign]

    return Test(f"IF(AND(ISNUMBER({a}),ISNUMBER({b})),{a}-{b}{compare},FALSE)", holds)


def beyond(name: str, defined: str, days: int) -> Test:
    """A date more than so many days after a defined day (negative: before)."""
    cell = _cell(name)

    def holds(row: Row) -> bool:
        number = row.number(name)
        return number is not None and number <= LATEST and number - getattr(row.facts, defined) > days

    return Test(f"IF(ISNUMBER({cell}),AND({cell}<={LATEST},{cell}-{defined}>{days}),FALSE)", holds)


def ended(name: str, days: int) -> Test:
    """A date with so many days lies before the month's end."""
    cell = _cell(name)

    def holds(row: Row) -> bool:
        number = row.number(name)
        return number is not None and number + days < row.facts.month_end

    return Test(f"IF(ISNUMBER({cell}),{cell}+{days}<month_end,FALSE)", holds)


def length_not(name: str, *lengths: int) -> Test:
    """Something is there that has none of these lengths."""
    cell = _cell(name)
    tests = ",".join(f"LEN({cell})<>{length}" for length in lengths)
    return Test(f'IF({cell}="",FALSE,AND({tests}))', lambda row: row.text(name) != "" and len(row.text(name)) not in lengths)


def no_phone(name: str) -> Test:
    """Something is there that has neither the length of a mobile number nor of a landline with its area code."""
    cell = _cell(name)
    bare = f'SUBSTITUTE(SUBSTITUTE({cell},"-","")," ","")'

    def holds(row: Row) -> bool:
        text = row.text(name).replace("-", "").replace(" ", "")
        return text != "" and not ((len(text) == 11 and text[0] == "1") or (text[0] == "0" and 10 <= len(text) <= 18))

    mobile, landline = f'AND(LEN({bare})=11,LEFT({bare},1)="1")', f'AND(LEFT({bare},1)="0",LEN({bare})>=10,LEN({bare})<=18)'
    return Test(f'IF({cell}="",FALSE,NOT(OR({mobile},{landline})))', holds)


def above_village(name: str) -> Test:
    """A code of 12 digits that names a village: finer than the township."""
    cell = _cell(name)
    return Test(f'AND(LEN({cell})=12,RIGHT({cell},3)<>"000")',
                lambda row: len(row.text(name)) == 12 and not row.text(name).endswith("000"))


def sum_differs(total: str, *parts: str) -> Test:
    """Numbers do not add up to another; judged only where the total is a number."""
    added = "+".join(f"N({_cell(part)})" for part in parts)

    def holds(row: Row) -> bool:
        number = row.number(total)
        return number is not None and sum(row.number(part) or 0 for part in parts) != number

    return Test(f"IF(ISNUMBER({_cell(total)}),{added}<>{_cell(total)},FALSE)", holds)


def consents_to(name: str, code: str) -> Test:
    """The 编号 in this cell belongs to a row of 孕产妇台账 whose 同意方式 has this code."""
    cell = _cell(name)
    return Test(f'IFERROR(LEFT(INDEX(record_consent,MATCH({cell},record_ids,0)),1)="{code}",FALSE)',
                lambda row: row.facts.consents.get(row.text(name), "")[:1] == code)


def above_zero(name: str) -> Test:
    """A number above 0."""
    cell = _cell(name)
    return Test(f"IF(ISNUMBER({cell}),{cell}>0,FALSE)", lambda row: (row.number(name) or 0) > 0)


def _within(number: float | None, low: float, high: float) -> bool:
    return number is not None and low <= number <= high
