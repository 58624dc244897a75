"""`ledger carry`: what goes on, what is gone, and that nothing of an ended service is left in the new file."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.run import facts, ledger
from tests.tables import UNITS, VILLAGE, VILLAGE2, standard
from toolkit.files.template import Content, workbook
from toolkit.model.unit import Unit

STAFF = {"staff_id": f"{VILLAGE}-01", "level": "3 村居", "unit_code": VILLAGE, "unit_name": "一村", "name": "样例甲", "role": "6 村专干",
         "work_phone": "0990-1234567", "area_codes": VILLAGE, "upper_id": "990101101000-01", "valid_from": "2025-01-01", "confidentiality_on": "2025-01-05"}


def woman(record: str, name: str, edd: str, **more: Any) -> dict[str, Any]:
    return {"record_id": record, "name": name, "phone": "19000000001", "edd": edd, "notice_date": "2025-02-01", "consent": "1 可上门", "revisit_ok": "是",
            "staff_id": f"{VILLAGE}-01", **more}


def visit(record: str, day: str) -> dict[str, Any]:
    return {"record_id": record, "visit_type": "8 月度问候", "visit_date": day, "mode": "2 电话", "staff_id": f"{VILLAGE}-01", "services": "1 宣传教育"}


ROWS: dict[str, list[dict[str, Any]]] = {
    "pregnancies": [woman("K7Q2MX", "样例乙", "2025-12-20"), woman("R4TWZ8", "样例丙", "2025-05-20"),  # over on 18 August
                    woman("B9HNVC", "样例丁", "2025-08-01", delivered_on="2025-08-20"),  # to 15 October
                    woman("D3FGHJ", "样例戊", "2025-07-01", delivered_on="2025-08-01"),  # over on 26 September
                    woman("M5NPQR", "样例己", "2025-11-01", notice_date="")],
    "visits": [visit("K7Q2MX", "2025-07-10"), visit("K7Q2MX", "2025-09-10"), visit("R4TWZ8", "2025-08-10"), visit("D3FGHJ", "2025-09-03")],
    "births": [{"unit_code": VILLAGE, "live_births": 2, "boys": 1, "girls": 1, "unstated": 0, "late": 0}],
    "staff": [STAFF],
    "cases": [{"case_no": "990101-2025-0001", "unit_code": VILLAGE, "found_on": "2025-08-03", "source": "1 检查发现", "type": "06", "party_type": "1 医疗机构",
               "party_name": "示例门诊部", "place_code": "990101101000", "status": "1 立案", "filed_on": "2025-08-10", "legal_basis": "人口与计划生育法第三十九条"},
              {"case_no": "990101-2025-0002", "unit_code": VILLAGE, "found_on": "2025-08-04", "source": "1 检查发现", "type": "06", "party_type": "1 医疗机构",
               "party_name": "示例诊所", "place_code": "990101101000", "status": "5 不予立案"}],
    "works": [{"work_id": "202509-01", "unit_code": VILLAGE, "date": "2025-09-12", "type": "5 宣传", "title": "赶集日宣传"},
              {"work_id": "202509-02", "unit_code": VILLAGE, "date": "2025-09-13", "type": "8 整改", "title": "补公示栏", "due_on": "2025-10-20"},
              {"work_id": "202509-03", "unit_code": VILLAGE, "date": "2025-09-13", "type": "8 整改", "title": "补名单", "due_on": "2025-09-20",
               "done_on": "2025-09-18"}],
    "evidence": [{"evidence_no": "CL-2025-01", "item_code": "V-09", "title": "告知书", "doc_date": "2025-09-01", "location": "一号柜", "checked_by": "样例甲"}],
}


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("carry")
    (folder / "plan.toml").write_text('id = "standard"\ntitle = "样例"\n', encoding="utf-8")
    (folder / "units.csv").write_text("代码,名称,应报\n" + "".join(f"{unit.code},{unit.name},是\n" for unit in UNITS), encoding="utf-8")
    cover = {"unit_code": VILLAGE, "unit_name": UNITS.name(VILLAGE), "period": "2025-09", "plan_id": "standard", "revision": 2, "prepared_by": "样例填报",
             "reviewed_by": "样例审核", "prepared_on": "2025-10-08", "police_transfers": 1}
    data = workbook(Unit(VILLAGE, UNITS.name(VILLAGE), True), "2025-09", standard(), Content(cover, ROWS, ("T2VWXY",), "5a1e" * 8))
    (folder / "九月.xlsx").write_bytes(data)
    assert ledger("carry", "九月.xlsx", "-o", "十月", folder=folder)[0] == 0
    return folder


@pytest.fixture(scope="module")
def target(space: Path) -> Path:
    return next((space / "十月").iterdir())


def column(path: Path, sheet: str, letter: str) -> list[Any]:
    cells = openpyxl.load_workbook(path)[sheet]
    return [cells[f"{letter}{row}"].value for row in range(5, 40) if cells[f"B{row}"].value not in (None, "")]


def test_what_goes_on(target: Path) -> None:
    assert target.name == f"{VILLAGE}_2025-10_{UNITS.name(VILLAGE)}.xlsx"
    assert column(target, "孕产妇台账", "A") == ["K7Q2MX", "B9HNVC"]
    assert column(target, "随访记录", "A") == ["K7Q2MX", "K7Q2MX"]
    assert column(target, "案件台账", "A") == ["990101-2025-0001"]
    assert column(target, "工作记录", "A") == ["202509-02"]
    assert column(target, "包保名单", "E") == ["样例甲"]
    assert column(target, "佐证材料", "A") == ["CL-2025-01"]
    assert column(target, "出生统计", "B") == []


def test_nothing_of_an_ended_service_is_left(target: Path) -> None:
    with zipfile.ZipFile(target) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "ignore")
    assert [word for word in ("样例丙", "R4TWZ8", "样例戊", "D3FGHJ", "样例己", "M5NPQR") if word in everything] == []


def test_a_new_key_a_new_month_and_the_first_version(space: Path, target: Path) -> None:
    keys = [openpyxl.load_workbook(path)["本册密钥"]["A1"].value for path in (space / "九月.xlsx", target)]
    assert len(set(keys)) == 2 and all(len(key) == 32 for key in keys)
    checked = facts("check", target, folder=space)
    assert [(issue["code"], issue["cell"], issue["period"]) for issue in checked["issues"] if issue["severity"] == "error"] == [
        ("G101", "C14", "2025-10")]  # 填报日期, which is next month's to fill in


def test_a_row_without_notice_is_said_and_left(space: Path) -> None:
    _, out, _ = ledger("carry", "九月.xlsx", "-o", "再来", folder=space)
    assert "第 9 行缺少告知或同意，没有结转" in out
    assert "样例己" not in out and "M5NPQR" not in out


def test_files_of_one_name_in_two_folders_go_on_each_by_itself(space: Path) -> None:
    for number, unit in enumerate((VILLAGE, VILLAGE2)):
        (space / f"来{number}").mkdir()
        cover = {"unit_code": unit, "unit_name": UNITS.name(unit), "period": "2025-09", "plan_id": "standard", "revision": 0}
        data = workbook(Unit(unit, UNITS.name(unit), True), "2025-09", standard(), Content(cover, {}, ("T2VWXY",), "5a1e" * 8))
        (space / f"来{number}" / "本.xlsx").write_bytes(data)
    told = facts("carry", "来0", "来1", "-o", "各", folder=space)
    assert sorted(Path(output["path"]).name[:12] for output in told["outputs"]) == [VILLAGE, VILLAGE2]


def test_other_files_are_refused_in_a_line(space: Path) -> None:
    ledger("release", "九月.xlsx", "-o", "上报", folder=space)
    sent = facts("carry", "上报", "-o", "无", folder=space)
    assert (sent["exit_code"], [refused["code"] for refused in sent["refused"]]) == (3, ["F206"])
    assert ledger("carry", "没有.xlsx", "-o", "无", folder=space)[0] == 2
    assert ledger("carry", "九月.xlsx", "-o", "十月", folder=space)[0] == 2  # exists


def test_a_name_from_an_old_archive_is_no_stranger(space: Path) -> None:
    """Its bytes are GB18030, which the system hands over as they are: the file is read, carried, and refused by name where it has to be."""
    inbox = os.fsencode(space) + b"/inbox/"
    os.mkdir(inbox)
    for name, data in (("九月", (space / "九月.xlsx").read_bytes()), ("坏的", b"PK\x03\x04")):
        with open(inbox + f"{name}.xlsx".encode("gb18030"), "wb") as stream:
            stream.write(data)
    carried = facts("carry", "inbox", "-o", "旧名", folder=space)
    assert (len(carried["outputs"]), [(one["file"], one["code"]) for one in carried["refused"]]) == (1, [("坏的.xlsx", "F203")])
    released = facts("release", "inbox", "-o", "旧名", folder=space)
    assert (len(released["outputs"]), [(one["file"], one["code"]) for one in released["refused"]]) == (1, [("坏的.xlsx", "F203")])


def test_widths_of_the_template_stay_as_she_set_them(space: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(space / "九月.xlsx")
    book["孕产妇台账"].column_dimensions["B"].width = 31.5
    book["孕产妇台账"].column_dimensions["C"].hidden = True
    book["随访记录"].insert_cols(1)
    book["随访记录"].column_dimensions["D"].width = 77
    book.save(tmp_path / "九月.xlsx")
    assert ledger("carry", tmp_path / "九月.xlsx", "-o", tmp_path / "十月", folder=space)[0] in (0, 1)
    plain, kept = (openpyxl.load_workbook(next(folder.iterdir())) for folder in (space / "十月", tmp_path / "十月"))
    widths = [{name: (one.width, one.hidden) for name, one in found["孕产妇台账"].column_dimensions.items()} for found in (plain, kept)]
    assert widths[1] == {**widths[0], "B": (31.5, False)}
    assert kept["随访记录"].column_dimensions["D"].width == plain["随访记录"].column_dimensions["D"].width
