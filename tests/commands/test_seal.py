"""`ledger seal` and `ledger open`: other programs open it, a wrong password is one line, and no password is printed or named in arguments."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.run import facts, ledger
from tests.excel.office import running
from toolkit.files.intake import open_book
from toolkit.model.sheet import Refused

PASSWORD = "样例密码2025"


@pytest.fixture
def folder(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(root / "templates" / "xlsx" / "village.xlsx", tmp_path / "一村.xlsx")
    monkeypatch.setenv("LEDGER_PASSWORD", PASSWORD)
    return tmp_path


def test_there_and_back(folder: Path) -> None:
    code, out, err = ledger("seal", "一村.xlsx", folder=folder)
    assert (code, PASSWORD in out + err) == (0, False)
    closed = open_book(folder / "一村_加密.xlsx")
    assert isinstance(closed, Refused) and closed.code == "F202"
    assert ledger("open", "一村_加密.xlsx", folder=folder)[0] == 0
    assert (folder / "一村_已打开.xlsx").read_bytes() == (folder / "一村.xlsx").read_bytes()


def test_libreoffice_opens_it(folder: Path) -> None:
    ledger("seal", "一村.xlsx", folder=folder)
    with running(folder) as office:
        with pytest.raises(AssertionError):
            office.open(folder / "一村_加密.xlsx", "wrong-password")
        office.open(folder / "一村_加密.xlsx", PASSWORD)
        assert office.sheets()[0] == "封面"


def test_a_wrong_password_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger("seal", "一村.xlsx", folder=folder)
    monkeypatch.setenv("LEDGER_PASSWORD", "another-one")
    told = facts("open", "一村_加密.xlsx", folder=folder)
    assert (told["exit_code"], [refused["code"] for refused in told["refused"]], told["outputs"]) == (3, ["F202"], [])


def test_what_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "一村.csv").write_text("单位代码,活产数\n", encoding="utf-8")
    assert facts("seal", "一村.csv", folder=folder)["exit_code"] == 3
    assert facts("open", "一村.xlsx", folder=folder)["exit_code"] == 3
    monkeypatch.setenv("LEDGER_PASSWORD", "short")
    assert ledger("seal", "一村.xlsx", folder=folder)[0] == 2
    monkeypatch.delenv("LEDGER_PASSWORD")
    assert ledger("seal", "一村.xlsx", folder=folder)[0] == 2
