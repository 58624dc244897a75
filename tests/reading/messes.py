"""A village, a township and a county of one month, tidy and messed, and how the reader takes them: shared by the tests of reading."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from functools import cache

from tests.steps.as_read import book_of
from toolkit.model.grid import Grid
from toolkit.model.issue import Issue
from toolkit.model.plan import Plan
from toolkit.model.sheet import Book, row_of
from toolkit.model.unit import Units
from toolkit.rules.rule import Ground
from toolkit.steps import mess
from toolkit.steps.batch import Asked
from toolkit.steps.check import computed
from toolkit.steps.county import County, Office, county
from toolkit.steps.locate import locate, sheets_of
from toolkit.steps.mess_sheets import plain_sheets
from toolkit.steps.read import read

PLAN = Plan("standard", "标准方案")
PERIOD = "2025-09"
#: What reading a harmless habit may say: nothing that stands as an error or a warning.
SAYS = frozenset(("F103", "F114", "G105", "K101"))
HARMLESS = tuple(name for name, harmless in mess.HARMLESS.items() if harmless)


@cache
def whole_county() -> County:
    return county("乱", 23, PERIOD, PLAN)


@cache
def units() -> Units:
    return Units.of(whole_county().units)


@cache
def offices() -> tuple[Office, ...]:
    """The smallest village with something in every ledger but cases, the county office with its fines, and a township."""
    found = whole_county()
    villages = [office for office in found.offices if office.unit.level == "village" and not office.rows["cases"] and all(
        office.rows[name] for name in ("pregnancies", "visits", "births", "staff", "works", "evidence"))]
    town = next(office for office in found.offices if office.unit.level == "township")
    return min(villages, key=lambda office: len(office.rows["pregnancies"])), found.office("990101000000"), town


def sheets(number: int) -> list[Grid]:
    """An office's workbook without any mess."""
    return plain_sheets(offices()[number], True)


@cache
def plain(number: int) -> dict[str, str]:
    """Digests of an office's workbook without any mess."""
    return digests(book_of("甲.xlsx", sheets(number)))


def issues(*books: Book) -> list[Issue]:
    """Everything a check says of some files but what concerns other units."""
    union = read(books, Asked(PLAN, units()))
    found = [issue for part in union.parts for issue in part.reading] + [issue for said in union.file_issues.values() for issue in said]
    found += [Issue(refusal.code, "error", file=refusal.file) for refusal in union.refusals]
    return found + computed(Ground(union.tables, union.parts, PLAN, units(), period=PERIOD))


def digests(book: Book) -> dict[str, str]:
    """Ledger -> digest of its part."""
    return {part.ledger: part.digest for part in read([book], Asked(PLAN, units())).parts}


def said(*books: Book) -> set[str]:
    """The codes of all issues."""
    return {issue.code for issue in issues(*books)}


def messed(number: int, habits: Iterable[str], seed: int) -> list[Grid]:
    """An office's workbook after some habits of its clerk."""
    return mess.messed(sheets(number), habits, random.Random(seed))


def unaccounted(book: Book) -> list[str]:
    """Sheets with a ledger whose rows are not each a header row, a record's row or counted once, by kind."""
    wrong = []
    kept, aside, _ = sheets_of(book)
    for located in (*kept, *aside):
        own = locate(located.sheet)  # without the rows of a sample sheet beside it, which are counted with it
        assert own is not None
        rows = {row_of(place) for place in own.rows}
        if not rows.isdisjoint(own.header_rows) or len(own.header_rows) + len(rows) + sum(own.skipped.values()) != len(own.sheet.rows):
            wrong.append(located.sheet.name)
    return wrong


def together(names: Sequence[str]) -> list[str]:
    """Those of some habits that one clerk can have at once: the first of a pair that clash stays."""
    picked: list[str] = []
    for name in names:
        if name not in picked and not mess.clash(name, picked):
            picked.append(name)
    return picked
