"""The worst file: every row wrong. Each row has its issues, and they are said by cause and not one by one."""

from __future__ import annotations

import io
from collections import Counter
from contextlib import redirect_stdout

from benchmarks.worst import WRONG, long, wrong
from tests.rules.plants import PLAN
from toolkit.cli.show import show
from toolkit.files.workspace import Workspace
from toolkit.model.unit import Units
from toolkit.steps.batch import Asked
from toolkit.steps.county import county
from toolkit.steps.mess_sheets import plain_sheets
from toolkit.steps.read import read
from toolkit.tasks.check import found
from toolkit.tasks.gather import Gathered
from toolkit.tasks.outcome import Outcome

from .as_read import book_of


def test_every_row_has_its_issues_and_every_cause_one_line() -> None:
    made = county("最坏", 3, "2025-09", PLAN)
    offices = [wrong(long(office, 300) if office.unit.level == "township" else office) for office in made.offices]
    books = [book_of(f"{office.unit.code}.xlsx", plain_sheets(office, True)) for office in offices]
    units = Units.of(made.units)
    issues, refused = found(Gathered(read(books, Asked(PLAN, units)), Workspace(None, PLAN, units), ()), None, None)
    assert refused == []
    rows = {(office.unit.code, name, number) for office in offices for name, rows in office.rows.items() for number in range(2, len(rows) + 2)}
    named = {"services": "pregnancies"}  # the minimised image names the book's row
    assert {(issue.unit, named.get(issue.ledger, issue.ledger), issue.row) for issue in issues if issue.row} >= rows
    assert set(WRONG) >= {name for office in offices for name in office.rows}
    of_works = Counter(issue.code for issue in issues if issue.ledger == "works" and issue.unit == offices[1].unit.code)
    assert of_works == {"G104": 300, "W101": 300, "K103": 300}
    outcome = Outcome("check", tell_issues=True)
    outcome.issues = issues
    printed = io.StringIO()
    with redirect_stdout(printed):
        show(outcome, "zh", None)
    assert len(printed.getvalue().splitlines()) < 40 * len(books) < len(issues)
