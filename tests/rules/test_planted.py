"""Planted faults: what is found is what was planted, codes and cells, alone and all together, through the real reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules import plants as planted
from tests.rules.plants import OFFICES, PLAN, PLANTS, UNITS, Found, Plant, book, grids, sheets, workbook
from toolkit.files.workspace import Workspace
from toolkit.model.issue import declared
from toolkit.model.part import Union
from toolkit.rules import RULES
from toolkit.schema import BY_NAME, LEDGERS
from toolkit.schema.kinds import Date
from toolkit.steps.batch import Asked
from toolkit.steps.read import read
from toolkit.tasks.check import found
from toolkit.tasks.gather import Gathered
from toolkit.tasks.pool import read_files

#: Every office that is asked about where a fault of this office can be seen.
_CLEAN, _ = grids([])


def said(union: Union, files: tuple[Path, ...] = ()) -> list[Found]:
    issues, refused = found(Gathered(union, Workspace(None, PLAN, UNITS), files), None, None)
    assert refused == []
    return sorted((issue.file, issue.sheet, issue.cell or "", issue.code) for issue in issues)


def test_the_county_is_clean() -> None:
    books = [book(f"{office}.xlsx", sheets(office, _CLEAN[office])) for office in OFFICES]
    assert said(read(books, Asked(PLAN, UNITS))) == []


def kind(plant: Plant) -> tuple[str, ...]:
    """Plants of one code that differ only in which column of the same kind is wrong."""
    ledger, _, name = plant.cells[0]
    column = BY_NAME[ledger].by_field[name]
    by_hand = "" if plant in planted.OF_COLUMNS else repr(plant.rows)
    return (plant.code, ledger, plant.office, type(column.kind).__name__, str(column.free), by_hand)


#: One of each kind is planted alone; all of them stand in the test with all at once.
ALONE = list({kind(plant): plant for plant in PLANTS}.values()) + [plant for plant in PLANTS if plant.alone]


@pytest.mark.parametrize("plant", ALONE, ids=[f"{number}-{plant.id}" for number, plant in enumerate(ALONE)])
def test_a_planted_fault_is_found_at_its_cell_and_nothing_else(plant: Plant) -> None:
    of, wanted = grids([plant])
    books = [book(f"{office}.xlsx", sheets(office, of[office])) for office in OFFICES]
    assert said(read(books, Asked(PLAN, UNITS))) == sorted(wanted)


def test_all_of_them_at_once_through_files(tmp_path: Path) -> None:
    of, wanted = grids([plant for plant in PLANTS if not plant.alone])
    for office in OFFICES:
        (tmp_path / f"{office}.xlsx").write_bytes(workbook(sheets(office, of[office])))
    files = tuple(sorted(tmp_path.iterdir()))
    (union,) = read_files(files, Asked(PLAN, UNITS), 1)
    seen = said(union, files)
    assert (sorted(set(seen) - wanted), sorted(wanted - set(seen))) == ([], [])
    assert len(seen) == len(wanted)
    assert len(wanted) > 500


# ------------------------------------------------------------------------------------------- nothing was left out

#: Planted as whole sheets, covers and files (test_planted_sheets), or of a merge, a month, an inbox (test_ground_rules, tests/commands).
OF_SHEETS = """F101 F102 F103 F104 F105 F106 F107 F108 F109 F110 F111 F112 F113 F114 F115 F117 F118 G110 K101 K102 K112 S202 D102 D103""".split()
OF_MERGES_AND_FILES = "F116 F119 F201 F202 F203 F204 F205 F206 F207 K108 K109 L101 L102 L103 L104 M106 M107".split()
#: Of the random visits (tests/commands/test_sample).
#: What `ledger release` finds in files that go out: tests/commands/test_release.py.
OF_OUTGOING = "H100 H101 H102 H103 H104 H105 H106 H107 H108 H109 H201 H202 H203 H204 H205 H206".split()
OF_VISITS = "R101 R102 R103 R104 R201 R202 R203 R301 R302 R303".split()
BOOK, COUNTS, OFFICE = "pregnancies visits", "births birth_orders", "staff cases works evidence"
#: What each rule about any cell applies to, by hand: every ledger with such a column.
APPLIES = {
    "G101": f"{BOOK} services {COUNTS} {OFFICE}", "G102": f"{BOOK} birth_orders {OFFICE}", "G103": f"{BOOK} {OFFICE}",
    "G104": f"{BOOK} services {COUNTS} staff cases works", "G105": f"{BOOK} services {COUNTS} {OFFICE}", "G106": f"services {COUNTS} cases works",
    "G107": f"{BOOK} services {COUNTS} {OFFICE}", "G108": f"{BOOK} {OFFICE}", "G109": f"{BOOK} services {COUNTS} {OFFICE}",
    "G111": f"{BOOK} services {COUNTS} staff cases works", "G301": f"services {COUNTS} staff cases works", "G302": "staff",
    "G112": OFFICE, "G303": f"services {COUNTS} staff cases works",
    "K103": f"services {COUNTS} {OFFICE}", "K104": OFFICE, "K105": OFFICE, "B101": COUNTS, "B102": COUNTS,
    "X102": "pregnancies services",
}


def pairs() -> set[tuple[str, str]]:
    return {(plant.code, ledger) for plant in PLANTS for ledger, _, _ in plant.cells}


def test_every_code_is_planted() -> None:
    planted_codes = {code for code, _ in pairs()}
    assert sorted(planted_codes | {*OF_SHEETS, *OF_MERGES_AND_FILES, *OF_OUTGOING, *OF_VISITS}) == [code.code for code in declared()]
    assert planted_codes & {*OF_SHEETS, *OF_MERGES_AND_FILES, *OF_OUTGOING, *OF_VISITS} == set()


def test_every_rule_is_planted_in_every_ledger_it_applies_to() -> None:
    wanted = {(code, ledger) for code, names in APPLIES.items() for ledger in names.split()}
    wanted |= {(rule.code.code, rule.ledger.id) for rule in RULES if rule.ledger is not None}
    assert {pair for pair in pairs() if pair[0] in APPLIES} == {pair for pair in wanted if pair[0] in APPLIES}
    assert wanted <= pairs()


def test_every_column_is_tried() -> None:
    """Each column with an error value, each date with every way to be wrong, each office column with an identity number."""
    tried = {(plant.code, *plant.cells[0][::2]) for plant in planted.OF_COLUMNS}
    kept = {"notice_date", "consent"}  # K107
    columns = [(ledger, column) for ledger in LEDGERS for column in ledger.columns]
    assert {(ledger.id, column.field) for ledger, column in columns if column.field not in kept} == {place[1:] for place in tried if place[0] == "G107"}
    dates = {(ledger.id, column.field) for ledger, column in columns if isinstance(column.kind, Date) and column.field not in kept}
    for code in ("G102", "G108", "G105"):
        assert dates <= {place[1:] for place in tried if place[0] == code}
    assert {place[1:] for place in tried if place[0] == "K103"} == {
        (ledger.id, column.field) for ledger, column in columns if not ledger.private and column.field != "uscc"}


def test_offices_each_have_their_rules_planted() -> None:
    """A rule of staff, cases, works or evidence is planted in every kind of office that fills the sheet."""
    seen = {(plant.code, plant.office) for plant in planted.of_rules()}
    everywhere = [code for code in {code for code, _ in seen} if code[0] in "CWE"]
    assert {(code, office) for code in everywhere for office in OFFICES} == {pair for pair in seen if pair[0] in everywhere}
