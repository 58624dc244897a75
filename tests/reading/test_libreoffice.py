"""Workbooks typed into LibreOffice and saved by it (tests/data/libreoffice/ORIGIN.md): nothing in them is of our making."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.commands.run import facts
from tests.tables import found, standard
from toolkit.files.intake import open_book
from toolkit.model.merged import Merged
from toolkit.model.sheet import Book
from toolkit.model.unit import Unit, Units
from toolkit.steps.identify import row_texts
from toolkit.steps.read import Asked as ReadAs
from toolkit.steps.read import read
from toolkit.tasks import check, merge
from toolkit.tasks.outcome import Outcome

TOWN, JIA, YI = "130602101000", "130602101201", "130602101202"
UNITS = Units.of([Unit("130602000000", "示例区", False), Unit(TOWN, "示例区样例镇", True), Unit(JIA, "示例区样例镇甲村", True),
                  Unit(YI, "示例区样例镇乙村", True)])
WORKBOOKS = ("village_whole", "village_submission", "township_office")
KINDS = ("xlsx", "xls", "ods")


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of these units."""
    folder = tmp_path_factory.mktemp("space")
    (folder / "plan.toml").write_text('id = "standard"\ntitle = "样例"\n', encoding="utf-8")
    lines = [f"{unit.code},{unit.name},{'是' if unit.expected else '否'}" for unit in UNITS]
    (folder / "units.csv").write_text("\n".join(["代码,名称,应报", *lines, ""]), encoding="utf-8")
    return folder


def opened(path: Path) -> Book:
    book = open_book(path)
    assert isinstance(book, Book), book
    return book


def computed(files: list[Path], space: Path) -> Merged:
    result = merge.compute(files, merge.Asked(space / "out.xlsx", folder=space, jobs=1), Outcome("merge"))
    assert isinstance(result, Merged)
    return result


# The version of a form made by hand is not ours: F109, and nothing else.
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "said"), [("village_whole", ["C7 F109"]), ("village_submission", ["B5 F109"]), ("township_office", ["B6 F109"])])
def test_alone_each_is_clean(name: str, said: list[str], kind: str, data: Path) -> None:
    assert found(opened(data / "libreoffice" / f"{name}.{kind}"), units=UNITS) == said


def test_the_check_task_is_clean_too(data: Path, space: Path) -> None:
    outcome = check.check([data / "libreoffice" / f"{name}.xlsx" for name in WORKBOOKS], check.Asked(folder=space, jobs=1))
    assert [(issue.code, issue.severity) for issue in (*outcome.issues, *outcome.refused)] == [("F109", "info")] * 3
    assert outcome.exit_code == 0


@pytest.fixture(scope="module")
def as_xlsx(data: Path, space: Path) -> Merged:
    return computed([data / "libreoffice" / f"{name}.xlsx" for name in WORKBOOKS], space)


def test_merged_they_make_a_clean_township(as_xlsx: Merged) -> None:
    assert as_xlsx.target.code == TOWN
    assert [(issue.code, issue.unit) for issue in as_xlsx.issues if issue.severity != "info"] == []
    assert [(row.unit, row.state) for row in as_xlsx.submissions] == [(TOWN, "received"), (JIA, "received"), (YI, "received")]
    assert {line.ledger: (line.read, line.merged, line.superseded, line.set_aside) for line in as_xlsx.balances} == {
        "services": (6, 6, 0, 0), "births": (2, 2, 0, 0), "birth_orders": (3, 3, 0, 0), "staff": (5, 5, 0, 0), "cases": (2, 2, 0, 0),
        "works": (7, 7, 0, 0), "evidence": (4, 4, 0, 0)}
    counted = {line.ledger: {kind: rows for kind, rows in line.skipped.items() if rows} for line in as_xlsx.balances}
    assert {ledger: kinds for ledger, kinds in counted.items() if kinds} == {
        "births": {"blank": 1, "title": 1, "total": 1}, "birth_orders": {"title": 1, "total": 1}, "staff": {"title": 3},
        "cases": {"title": 2}, "works": {"title": 2, "note": 1}, "evidence": {"title": 1}}


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_another_format_is_the_same_content(kind: str, as_xlsx: Merged, data: Path, space: Path) -> None:
    other = computed([data / "libreoffice" / f"{name}.{kind}" for name in WORKBOOKS], space)
    assert other.content_digest == as_xlsx.content_digest
    assert [(issue.code, issue.unit, issue.cell) for issue in other.issues] == [(issue.code, issue.unit, issue.cell) for issue in as_xlsx.issues]


def in_order(rows: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(rows, key=lambda row: repr(sorted(row.items())))


def token(record: str) -> str:
    """DOMAIN 5.4, written a second time."""
    text = f"ledger-token/1\n2025-09\n{JIA}\n{'5a1e' * 8}\n{record}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def service(record: str, staff: str, **counts: int) -> dict[str, object]:
    names = ("revisit_ok contact_planned contact_offered windows_due windows_done postnatal_due postnatal_done check42_due check42_done "
             "needs needs_done needs_in_time").split()
    return {"token": token(record), "unit_code": JIA, "staff_id": f"{JIA}-{staff}", **dict.fromkeys(names, 0), **counts}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_typed_is_what_travels(kind: str, data: Path) -> None:
    union = read([opened(data / "libreoffice" / f"village_whole.{kind}")], ReadAs(standard(), UNITS, merging=True))
    rows = {name: in_order(json.loads(text) for text in row_texts(table)) for name, table in union.tables.items()}
    # By hand from the two sheets: of the second woman the window of weeks 16 to 20 ends on 22 September, the third was
    # delivered on the 6th, the first needed a ride and got it a day later.
    assert rows["services"] == in_order([
        service("K7Q2MX", "02", revisit_ok=1, contact_planned=1, contact_offered=1, needs=1, needs_done=1, needs_in_time=1),
        service("R4TWZ8", "02", contact_planned=1, contact_offered=1, windows_due=1, windows_done=1),
        service("B9HNVC", "01", revisit_ok=1, contact_planned=1, contact_offered=1, postnatal_due=1, postnatal_done=1)])
    assert rows["births"] == [{"unit_code": JIA, "live_births": 2, "boys": 1, "girls": 1, "unstated": 0, "late": 0}]
    shared: dict[str, object] = {"unit_code": JIA, "staff_id": f"{JIA}-01"}
    assert rows["works"] == in_order([
        {**shared, "work_id": "202509-01", "date": "2025-09-12", "type": 5, "title": "赶集日发放服务告知书", "quantity": 60,
         "evidence_no": "CL-2025-01", "kind": "折页"},
        {**shared, "work_id": "202509-02", "date": "2025-09-25", "type": 4, "title": "九月碰头会", "quantity": 6, "evidence_no": "CL-2025-02"},
        {**shared, "work_id": "202509-03", "date": "2025-09-26", "type": 8, "title": "更新公示栏", "due_on": "2025-09-30",
         "done_on": "2025-09-28"}])


@pytest.mark.parametrize("kind", KINDS)
def test_errors_and_hidden_parts(kind: str, data: Path) -> None:
    assert found(opened(data / "libreoffice" / f"error_values.{kind}"), units=UNITS) == ["B6 F109", "G2 G107", "G3 G107", "G4 G107"]
    assert found(opened(data / "libreoffice" / f"hidden_parts.{kind}"), units=UNITS) == ["B6 F109", "佐证材料 F114", "包保名单 F114", "工作记录 F114"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_protected_workbook_is_refused_and_the_others_go_on(kind: str, data: Path, space: Path, tmp_path: Path) -> None:
    for name in (*WORKBOOKS, "encrypted"):
        shutil.copy(data / "libreoffice" / f"{name}.{kind}", tmp_path)
    shutil.copy(space / "plan.toml", tmp_path)
    shutil.copy(space / "units.csv", tmp_path)
    one = facts("merge", ".", "-o", "out.xlsx", "--to", "township", folder=tmp_path)
    assert (one["exit_code"], [entry["code"] for entry in one["refused"]], len(one["outputs"])) == (3, ["F202"], 1)


def test_a_renamed_copy_is_read_by_its_content(data: Path, tmp_path: Path) -> None:
    for kind, name in (("xls", "甲村.et"), ("xlsx", "甲村.xls"), ("ods", "甲村.xlsx"), ("xls", "甲村")):
        shutil.copy(data / "libreoffice" / f"village_whole.{kind}", tmp_path / name)
        assert (opened(tmp_path / name).kind, found(opened(tmp_path / name), units=UNITS)) == (kind, ["C7 F109"])
