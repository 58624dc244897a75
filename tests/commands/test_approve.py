"""`ledger approve`: states on the merged cover, outside every digest; what changed after approval is seen; the level above waits for the one below."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.run import facts, ledger
from tests.excel.office import running
from tests.laws.test_merge import merge
from tests.tables import TOWN, TOWN2, UNITS, VILLAGE, VILLAGE2, VILLAGE3, book, submission, union
from tests.tables import ledger as rows
from toolkit.files import workspace
from toolkit.files.merged import write
from toolkit.model.part import united
from toolkit.schema import LEDGERS


def births(unit: str, count: int) -> str:
    return submission(rows("births", {"unit_code": unit, "live_births": f"#{count}", "boys": f"#{count}", "girls": "#0"}), unit=unit)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A workspace whose plan asks for approval, with the merges of two townships."""
    plan = workspace.built_in_plans()["standard"].decode()
    (tmp_path / "plan.toml").write_text("approval_required = true\n" + plan, encoding="utf-8")
    (tmp_path / "units.csv").write_bytes(workspace.units_csv(UNITS))
    for town, villages in ((TOWN, (VILLAGE, VILLAGE2)), (TOWN2, (VILLAGE3,))):
        result = merge(union(*(book(births(unit, 3), f"{unit}.xlsx") for unit in villages), merging=True), town)
        (tmp_path / f"{town}.xlsx").write_bytes(write(result))
    return tmp_path


def merged(county: Path, *inputs: str, out: str = "county.xlsx") -> dict[str, Any]:
    return facts("merge", *(inputs or (f"{TOWN}.xlsx", f"{TOWN2}.xlsx")), "-o", out, "--to", "county", "--force", folder=county)


def approvals(told: dict[str, Any]) -> dict[str, str]:
    return {entry["unit"]: entry["approval"] for entry in told["submissions"]}


def codes(told: dict[str, Any], *wanted: str) -> list[tuple[str, str]]:
    return sorted((issue["code"], issue["unit"]) for issue in told["issues"] if issue["code"] in wanted)


def approve(county: Path, *words: str) -> int:
    return ledger("approve", *words, folder=county)[0]


def test_states_climb_and_stay_outside_the_digest(county: Path) -> None:
    before = merged(county)
    assert approvals(before) == {VILLAGE: "待审", VILLAGE2: "待审", VILLAGE3: "待审"}
    assert codes(before, "L104", "F119") == [("L104", TOWN), ("L104", TOWN2)]
    assert approve(county, f"{TOWN}.xlsx", "--by", "样例甲") == 0
    after = merged(county)
    assert approvals(after) == {VILLAGE: "已审", VILLAGE2: "已审", VILLAGE3: "待审"}
    assert codes(after, "L104", "F119") == [("L104", TOWN2)]
    assert after["outputs"][0]["content_digest"] == before["outputs"][0]["content_digest"]
    assert approve(county, f"{TOWN}.xlsx", "--by", "样例乙", "--accept") == 0
    assert approvals(merged(county))[VILLAGE] == "上级已收"


def test_the_level_above_waits_for_the_one_below(county: Path) -> None:
    merged(county)
    code, _, err = ledger("approve", "county.xlsx", "--by", "样例丙", folder=county)
    assert code == 2 and "示例县甲山乡、示例县乙水镇" in err
    assert approve(county, f"{TOWN}.xlsx", "--by", "样例甲") == approve(county, f"{TOWN2}.xlsx", "--by", "样例乙") == 0
    assert approve(county, "county.xlsx", "--by", "样例丙") == 2  # merged before: it holds the unapproved ones
    assert codes(merged(county), "L104") == []
    assert approve(county, "county.xlsx", "--by", "样例丙") == 0
    again = facts("merge", "county.xlsx", "-o", "city.xlsx", "--to", "prefecture", folder=county)
    assert set(approvals(again).values()) == {"已审"}
    assert codes(again, "L104") == []


def test_undo_goes_back_step_by_step_with_its_reason(county: Path) -> None:
    file = f"{TOWN}.xlsx"
    assert approve(county, file, "--by", "样例甲", "--undo", "--reason", "还没有审核") == 2
    assert approve(county, file, "--by", "样例甲") == 0
    assert approve(county, file, "--by", "样例甲") == 2  # once is enough
    assert approve(county, file, "--by", "样例乙", "--accept") == 0
    assert approve(county, file, "--by", "样例乙", "--undo") == 2  # without a reason
    seen = []
    for reason in ("二村漏报", "=漏报"):
        assert approve(county, file, "--by", "样例乙", "--undo", "--reason", reason) == 0
        cells = openpyxl.load_workbook(county / file)["封面"]
        seen.append([cells[f"C{row}"].value for row in (19, 20, 21, 23)])
    assert seen == [["已审", "样例甲", None, "二村漏报"], ["未审核", None, None, "=漏报"]]


def test_a_file_changed_after_approval_is_seen(county: Path) -> None:
    file = county / f"{TOWN}.xlsx"
    assert approve(county, file.name, "--by", "样例甲") == 0
    edited = openpyxl.load_workbook(file)
    row = next(row for row in edited["出生统计"].iter_rows(min_row=5) if row[0].value == VILLAGE)
    row[1].value = 30
    edited.save(file)
    told = merged(county)
    assert codes(told, "F116", "F119", "L104") == [("F116", VILLAGE), ("F119", TOWN), ("L104", TOWN2)]
    assert approvals(told)[VILLAGE2] == "待审"
    assert codes(facts("check", file.name, folder=county), "F119") == [("F119", TOWN)]
    assert codes(facts("merge", "county.xlsx", "-o", "again.xlsx", folder=county), "F119") == [("F119", TOWN)]  # it travels
    assert approve(county, file.name, "--by", "样例甲") == 2


@pytest.mark.parametrize("name", [b"town.xlsx", "甲山乡.xlsx".encode("gb18030")], ids=["ascii", "old"])
def test_a_file_edited_by_hand_is_refused_whatever_its_name(county: Path, name: bytes) -> None:
    file = county / f"{TOWN}.xlsx"
    edited = openpyxl.load_workbook(file)
    next(row for row in edited["出生统计"].iter_rows(min_row=5) if row[0].value == VILLAGE)[1].value = 30
    edited.save(file)
    path = county / os.fsdecode(name)
    file.rename(path)
    before = path.read_bytes()
    code, _, err = ledger("approve", path.name, "--by", "样例甲", folder=county)
    assert (code, "改动" in err, path.read_bytes() == before) == (2, True, True)


def test_a_state_typed_by_hand_is_no_approval(county: Path) -> None:
    file = county / f"{TOWN}.xlsx"
    edited = openpyxl.load_workbook(file)
    edited["封面"]["C19"] = "已审"
    edited.save(file)
    assert codes(merged(county), "F119") == [("F119", TOWN)]


def test_a_decision_made_after_approval_is_a_change(county: Path) -> None:
    rivals = [book(births(VILLAGE, count), f"{count}.xlsx") for count in (1, 2)]
    file = county / f"{TOWN}.xlsx"
    file.write_bytes(write(merge(united([union(item, merging=True) for item in rivals], LEDGERS), TOWN)))
    assert approve(county, file.name, "--by", "样例甲") == 0
    edited = openpyxl.load_workbook(file)
    sheet = edited["重复与冲突"]
    headings = next(row for row in sheet.iter_rows() if any(cell.value == "裁定（人填）" for cell in row))
    at = next(cell for cell in headings if cell.value == "裁定（人填）")
    sheet.cell(at.row + 1, at.column).value = "采用第1条"
    edited.save(file)
    assert codes(merged(county), "F119") == [("F119", TOWN)]
    assert approve(county, file.name, "--by", "样例甲") == 0  # looked at again
    assert codes(merged(county), "F119") == []


def test_what_is_not_a_merged_workbook_is_left_alone(county: Path, root: Path) -> None:
    data = (root / "templates" / "xlsx" / "township.xlsx").read_bytes()
    (county / "乡.xlsx").write_bytes(data)
    assert approve(county, "乡.xlsx", "--by", "样例甲") == 2
    assert approve(county, "没有.xlsx", "--by", "样例甲") == 2
    assert approve(county, f"{TOWN}.xlsx", "--by", "  ") == 2
    assert (county / "乡.xlsx").read_bytes() == data


def test_where_no_plan_asks_for_it_nothing_is_said(county: Path) -> None:
    (county / "plan.toml").write_bytes(workspace.built_in_plans()["standard"])
    told = merged(county)
    assert (set(approvals(told).values()), codes(told, "L104", "F119")) == ({"none"}, [])


def test_another_program_may_save_an_approved_file(county: Path) -> None:
    approve(county, f"{TOWN}.xlsx", "--by", "样例甲")
    with running(county) as office:
        office.open(county / f"{TOWN}.xlsx")
        office.save(county / "saved.xlsx", "Calc MS Excel 2007 XML")
    told = merged(county, "saved.xlsx", f"{TOWN2}.xlsx")
    assert (approvals(told)[VILLAGE], codes(told, "F116", "F119")) == ("已审", [])
