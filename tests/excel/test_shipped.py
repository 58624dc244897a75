"""The shipped files themselves in LibreOffice: a canary, and the add-in working on a plain workbook in front of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.excel.books import PERIOD
from tests.excel.office import Office, running
from tests.excel.villages import village_books


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running(tmp_path_factory.mktemp("office")) as started:
        yield started


def test_the_shipped_workbook_answers(office: Office, root: Path, tmp_path: Path) -> None:
    office.open(Path(shutil.copy(root / "templates" / "xlsx" / "village.xlsm", tmp_path)))
    assert office.call("Services.Token", PERIOD, "990101101201", "", "K7Q2MX")
    assert "封面" in office.press("Ribbon.OnPrepareSubmission", {"id": "ledgerOnPrepareSubmission"})  # unit and month are not typed yet
    assert {"Ribbon", "Plan", "Submit", "ThisWorkbook"} <= set(office.modules())


def test_the_add_in_works_on_a_plain_workbook(office: Office, root: Path, tmp_path: Path) -> None:
    (tmp_path / "加载项").mkdir()
    office.open(Path(shutil.copy(root / "templates" / "xlsx" / "ledger.xlam", tmp_path / "加载项")))
    village = next(village_books(tmp_path, 2, "种子", ".xlsx"))
    office.beside(village)
    assert office.call("Ask.Answer", True, "") == "ok"
    assert "已另存" in office.press("Ribbon.OnPrepareSubmission", {"id": "ledgerOnPrepareSubmission"})
    sent = f"{village.name[:12]}_{PERIOD}_v0_上报.xlsx"
    assert sorted(path.name for path in tmp_path.glob("9*")) == sorted((village.name, sent))
    assert [path.name for path in (tmp_path / "加载项").iterdir() if not path.name.startswith(".")] == ["ledger.xlam"]
