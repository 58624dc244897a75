"""Workbooks with macros through the commands: made by `template`, read without a word, handed over under a password."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.commands.run import facts, ledger
from tests.tables import UNITS, VILLAGE
from toolkit.files.workspace import units_csv


def test_template_with_macros(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan.toml").write_text('id = "standard"\ntitle = "样例"\n', encoding="utf-8")
    (tmp_path / "units.csv").write_bytes(units_csv(UNITS))
    assert ledger("template", "-o", "发放", "--period", "2025-09", "--unit", VILLAGE, "--macros", folder=tmp_path)[0] == 0
    book = next((tmp_path / "发放").iterdir())
    assert book.name == f"{VILLAGE}_2025-09_{UNITS.name(VILLAGE)}.xlsm"
    with zipfile.ZipFile(book) as archive:
        assert {"xl/vbaProject.bin", "customUI/customUI14.xml"} <= set(archive.namelist())
    found = facts("check", f"发放/{book.name}", folder=tmp_path)
    assert found["refused"] == [] and "F115" not in {issue["code"] for issue in found["issues"]}
    monkeypatch.setenv("LEDGER_PASSWORD", "样例密码2025")
    assert ledger("seal", f"发放/{book.name}", folder=tmp_path)[0] == 0
    closed = next((tmp_path / "发放").glob("*_加密.xlsm"))
    assert ledger("open", f"发放/{closed.name}", folder=tmp_path)[0] == 0
    assert next((tmp_path / "发放").glob("*_已打开.xlsm")).read_bytes() == book.read_bytes()
