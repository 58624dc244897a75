"""What the macros find in messy workbooks, and the service rows they make, against Python's: equal, cell by cell."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.excel.books import macro_book, messy_books, standard_plan
from tests.excel.office import running
from toolkit.files import spreadsheets
from toolkit.files.workspace import Workspace
from toolkit.model.ledger import PART
from toolkit.model.sheet import Book
from toolkit.steps.batch import Asked
from toolkit.steps.read import read
from toolkit.tasks.check import found
from toolkit.tasks.gather import Gathered

SHARED = frozenset(("F105 F108 G101 G102 G103 G104 G106 G108 G109 P101 P121 V101 V104 V108 V110 V111 B101 S101 C102 C103 K102 K107 K110 K111 K112").split())
#: Ask for more by hand: LEDGER_PARITY=1000.
VILLAGES = int(os.environ.get("LEDGER_PARITY", "100"))
#: What the macros say of a workbook they do not read, and the habits that make it so: a table laid out in blocks side by side,
#: no cover. They say it instead of reading half.
NOT_READ = {"并排": "side_by_side_blocks", "封面": "label_lines_above"}

#: (sheet, cell, code); the ledger instead of the sheet where there is no cell.
Place = tuple[str, str, str]


def in_python(paths: Sequence[Path]) -> tuple[Mapping[str, set[Place]], Mapping[str, list[str]]]:
    """Per file that is read: the places of the shared rules, and its service rows as `a,b,…`."""
    books = [spreadsheets.read(path.name, "xlsx", path.read_bytes(), path.stem) for path in paths]
    union = read([book for book in books if isinstance(book, Book)], Asked(standard_plan(), None))
    issues, _ = found(Gathered(union, Workspace(None, standard_plan(), None), tuple(paths)), None, None)
    places: dict[str, set[Place]] = {part.source.file: set() for part in union.parts}
    rows: dict[str, list[str]] = {file: [] for file in places}
    for issue in issues:
        if issue.code in SHARED:
            cell = f"{issue.column}{issue.row}" if issue.row and issue.column else ""
            places[issue.file].add((issue.sheet if cell else issue.ledger, cell, issue.code))
    frame = union.tables["services"].frame
    names = [column.field for column in union.tables["services"].ledger.columns]
    for number, row in zip(frame[PART].tolist(), frame[names].astype(object).itertuples(index=False), strict=True):
        rows[union.parts[number].source.file].append(",".join("" if value != value or value is None else str(value) for value in row))
    return places, {file: sorted(lines) for file, lines in rows.items()}


def in_macros(answer: str) -> tuple[set[Place], list[str]]:
    """The same of an answer of the macros."""
    lines, mark, services = answer.partition("services\n")
    assert mark and not lines.startswith("ERR"), answer[:200]
    told = (line.split("|") for line in lines.splitlines())
    return {(sheet if cell else ledger, cell, code) for sheet, cell, code, ledger, _ in told}, sorted(services.splitlines())


def test_macros_and_python_agree(tmp_path: Path) -> None:
    books = dict(messy_books(tmp_path, VILLAGES, "种子"))
    places, rows = in_python(list(books))
    apart: list[str] = []
    seen: set[str] = set()
    with running(tmp_path) as office:
        office.open(macro_book(tmp_path / "macros.xlsm"))
        for path, habits in books.items():
            if path.name not in places:
                continue  # refused as a whole
            told, made = in_macros(str(office.call("Checks.Told", str(path))))
            codes = {code for _, _, code in told}
            seen |= codes
            if refusal := codes & NOT_READ.keys():
                assert not made and {NOT_READ[code] for code in refusal} <= set(habits), habits
                continue
            wanted = [] if "K112" in codes else rows[path.name]  # without the book's key no macro makes a row
            if told != places[path.name] or made != wanted:
                apart.append(f"{habits}: only Python {sorted(places[path.name] - told)[:5]}, only macros {sorted(told - places[path.name])[:5]}, "
                             f"services {[pair for pair in zip(wanted, made, strict=False) if pair[0] != pair[1]][:1]} {len(wanted)} {len(made)}")
    assert not apart, "\n".join(apart)
    assert VILLAGES < 100 or seen >= SHARED | NOT_READ.keys(), sorted(SHARED - seen)  # every shared code was there to be found
