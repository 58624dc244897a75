"""`ledger seal` and `ledger open`: other programs open it, a wrong password is one line, and no password is printed or named in arguments."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.run import facts, ledger
from tests.commands.test_carry import woman
from tests.excel.office import running
from tests.tables import UNITS, VILLAGE, VILLAGE2, standard
from toolkit.files.intake import open_book
from toolkit.files.seal import is_sealed, sealed
from toolkit.files.template import Content, workbook
from toolkit.files.workspace import units_csv
from toolkit.model.sheet import Book, Refused
from toolkit.model.unit import Unit

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
    ledger("seal", "一村.xlsx", folder=folder)
    for words, hint in (("seal 一村.csv", "请另存为xlsx再加密。"), ("open 一村.xlsx", "直接用就可以。"), ("seal 一村_加密.xlsx", "已经有打开密码，不用再加。")):
        code, out, _ = ledger(*words.split(), folder=folder)
        assert (words, code, hint in out) == (words, 3, True), out
    monkeypatch.setenv("LEDGER_PASSWORD", "short")
    assert ledger("seal", "一村.xlsx", folder=folder)[0] == 2
    monkeypatch.delenv("LEDGER_PASSWORD")
    assert ledger("seal", "一村.xlsx", folder=folder)[0] == 2


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two villages' workbooks, one of them sealed, the same pair open beside."""
    monkeypatch.setenv("LEDGER_PASSWORD", PASSWORD)
    assert ledger("new", ".", "--plan", "standard", folder=tmp_path)[0] == 0
    (tmp_path / "units.csv").write_bytes(units_csv(UNITS))  # in place of the example list
    for unit in (VILLAGE, VILLAGE2):
        cover = {"revision": 0, "prepared_by": "样例填报", "reviewed_by": "样例审核", "prepared_on": "2025-10-08", "police_transfers": 0}
        rows = {"pregnancies": [woman("K7Q2MX", "样例乙", "2025-12-20")]} if unit == VILLAGE else {}
        data = workbook(Unit(unit, UNITS.name(unit), True), "2025-09", standard(), Content(cover, rows, (), "5a1e" * 8))
        for folder in ("open", "closed"):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / f"{unit}.xlsx").write_bytes(sealed(data, PASSWORD) if (folder, unit) == ("closed", VILLAGE) else data)
    return tmp_path


def test_sealed_files_are_checked_and_merged_as_they_are(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in sent.rglob("*") if path.is_file()}
    both = [facts("merge", folder, "-o", f"{folder}.xlsx", "--to", "county", folder=sent) for folder in ("open", "closed")]
    assert both[0]["outputs"][0]["content_digest"] == both[1]["outputs"][0]["content_digest"]
    assert [refused for told in both for refused in told["refused"]] == []
    code, out, err = ledger("check", "closed", "--json", "check.json", folder=sent)
    assert (code, PASSWORD in out + err + (sent / "check.json").read_text(encoding="utf-8")) == (1, False)  # two empty ledgers lack their zero report
    written = {path for path in sent.rglob("*") if path.is_file()} - set(before)
    assert {path.name for path in written} == {"open.xlsx", "closed.xlsx", "check.json"}
    assert all(path.read_bytes() == data for path, data in before.items())
    for name, value, reason in (("wrong", "not-this-one", "密码不对"), ("none", "", "密码")):
        monkeypatch.setenv("LEDGER_PASSWORD", value)
        told = facts("merge", "closed", "-o", f"{name}.xlsx", "--to", "county", folder=sent)
        assert (told["exit_code"], [(one["code"], reason in one["message"]) for one in told["refused"]]) == (3, [("F202", True)])


def test_templates_of_villages_sealed(sent: Path) -> None:
    assert ledger("template", "-o", "发放", "--period", "2025-10", "--seal", folder=sent)[0] == 0
    assert sorted((path.name.endswith("_加密.xlsx"), is_sealed(path.read_bytes())) for path in (sent / "发放").iterdir()) == [(True, True)] * 3
    first = next((sent / "发放").iterdir())
    book = open_book(first, password=lambda: PASSWORD)
    assert isinstance(book, Book) and book.sheets[0].name == "封面"
