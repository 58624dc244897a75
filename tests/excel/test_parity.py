"""What the macros find in messy workbooks, and the service rows they make, against Python's: equal, cell by cell."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from tests.excel.books import macro_book, messy_books, standard_plan
from tests.excel.office import running
from toolkit.files import spreadsheets
from toolkit.model.ledger import PART
from toolkit.model.part import Union
from toolkit.model.sheet import Book
from toolkit.steps.batch import Asked
from toolkit.steps.read import read
from toolkit.tasks.check import found
from toolkit.tasks.gather import Gathered

#: A workbook takes about two seconds in LibreOffice: more are asked for by hand.
SHARED = frozenset(("F105 F108 G101 G102 G103 G104 G106 G108 G109 P101 P121 V101 V104 V108 V110 V111 B101 S101 C102 C103 K102 K107 K110 K111 K112").split())
VILLAGES = int(os.environ.get("LEDGER_PARITY", "10"))


def in_python(path: Path) -> tuple[set[tuple[str, str, str]], list[str]] | None:
    """(sheet, cell, code) and the service rows; None where the file itself is refused."""
    from toolkit.files.workspace import Workspace

    book = spreadsheets.read(path.name, "xlsx", path.read_bytes(), path.stem)
    assert isinstance(book, Book)
    union = read([book], Asked(standard_plan(), None))
    if union.refusals:
        return None
    issues, _ = found(Gathered(union, Workspace(None, standard_plan(), None), (path,)), None, None)
    places = {(issue.sheet, f"{issue.column}{issue.row}" if issue.row and issue.column else "", issue.code) for issue in issues if issue.code in SHARED}
    return places, sorted(_services(union))


def _services(union: Union) -> list[str]:
    frame = union.tables["services"].frame
    frame = frame[frame[PART] >= 0]
    names = [column.field for column in union.tables["services"].ledger.columns]
    return [",".join("" if value != value or value is None else str(value) for value in row) for row in frame[names].astype(object).itertuples(index=False)]


def test_macros_and_python_agree(tmp_path: Path) -> None:
    codes: Counter[str] = Counter()
    rows = 0
    apart: list[str] = []
    with running(tmp_path) as office:
        office.open(macro_book(tmp_path / "macros.xlsm"))
        for path, habits in messy_books(tmp_path, VILLAGES, "种子"):
            wanted = in_python(path)
            if wanted is None:
                continue
            answer = str(office.call("Checks.Told", str(path)))
            lines, mark, services = answer.partition("services\n")
            assert mark and not lines.startswith("ERR"), f"{answer[:200]} {habits}"
            told = {(sheet, cell, code) for sheet, cell, code in (line.split("|")[:3] for line in lines.splitlines())}
            made = sorted(services.splitlines())
            if told != wanted[0] or made != wanted[1]:
                apart.append(f"{habits}: only Python {sorted(wanted[0] - told)[:5]}, only macros {sorted(told - wanted[0])[:5]}, "
                             f"services {[pair for pair in zip(wanted[1], made, strict=False) if pair[0] != pair[1]][:1]} {len(wanted[1])} {len(made)}")
            codes.update(code for _, _, code in wanted[0])
            rows += len(made)
    assert not apart, "\n".join(apart)
    assert rows > VILLAGES and codes
