"""Village workbooks of a fictional county, made by the template's writer, with our macros in them or without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.excel.books import PERIOD, standard_plan
from toolkit.files.macro_books import with_macros
from toolkit.files.template import Content, workbook
from toolkit.steps.county import Office, county


def village_books(folder: Path, villages: int, seed: str, ending: str = ".xlsm") -> Iterator[Path]:
    """Filled in as `ledger demo` does; .xlsm with the macros in them."""
    plan = standard_plan()
    for office in county(seed, villages, PERIOD, plan).offices:
        if office.unit.level == "village":
            path = folder / f"{office.unit.code}_{PERIOD}_{office.unit.name}{ending}"
            data = workbook(office.unit, PERIOD, plan, _content(office))
            path.write_bytes(with_macros(data, plan) if ending == ".xlsm" else data)
            yield path


def _content(office: Office) -> Content:
    """What stands in it; record numbers in use are not printed a second time."""
    used = {row["record_id"] for row in office.rows.get("pregnancies", ())}
    return Content(office.cover, office.rows, tuple(number for number in office.record_ids if number not in used), office.book_key)
