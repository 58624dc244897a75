"""The workbooks that clerks open: structure with openpyxl, values with calamine, formulas with LibreOffice as referee."""

import datetime as dt
import io
import os
import shutil
import subprocess
import sys
import zipfile

import openpyxl
import pytest
import python_calamine
from openpyxl.utils import range_boundaries

from toolkit.files import template
from toolkit.files.template import Content
from toolkit.files.template_checks import checks_of
from toolkit.model.plan import Notice, Plan
from toolkit.model.sheet import Sheet
from toolkit.model.unit import Unit
from toolkit.schema import LEDGERS, Pregnancies, ledgers_of, submission_ledgers
from toolkit.steps import headers
from toolkit.steps.labels import label_pairs
from toolkit.steps.locate import locate

#: openpyxl knows no print area of whole columns; the area itself is checked in the file's own words.
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set")

PLAN = Plan(id="standard", title="标准方案", notice=Notice("样例医生", "0990-0000001"))
VILLAGE, TOWNSHIP, COUNTY = (
    Unit(code, name, True)
    for code, name in (("990101101201", "示例县甲山乡一村"), ("990101101000", "示例县甲山乡"), ("990101000000", "示例县"))
)
UNITS = {"village": VILLAGE, "township": TOWNSHIP, "county": COUNTY}
MONTH, DOCTOR = "2025-09", "990101101201-01"
DAY = dt.date


def woman(number, **more):
    row = {
        "record_id": number,
        "name": "样例甲",
        "edd": DAY(2025, 12, 20),
        "notice_date": DAY(2025, 6, 11),
        "consent": "1 可上门",
        "staff_id": DOCTOR,
    }
    return row | more


STAFF = [
    {
        "staff_id": DOCTOR,
        "level": "3 村居",
        "unit_name": "示例县甲山乡一村",
        "name": "样例医生",
        "role": "8 责任医生",
        "work_phone": "0990-0000001",
        "area_codes": "990101101201",
        "upper_id": "990101101000-01",
        "valid_from": DAY(2025, 1, 1),
        "confidentiality_on": DAY(2025, 1, 2),
    }
]
COVER = {
    "revision": 0,
    "prepared_by": "样例填报",
    "reviewed_by": "样例审核",
    "prepared_on": DAY(2025, 10, 8),
    "zero_cases": "是",
    "police_transfers": 0,
}
CLEAN = Content(
    COVER,
    {
        "pregnancies": [woman("K7Q2MX", phone="19000000001", revisit_ok="是"), woman("W4T9HC", consent="2 仅电话或信息")],
        "visits": [
            {
                "record_id": "K7Q2MX",
                "visit_type": "8 月度问候",
                "visit_date": DAY(2025, 9, 8),
                "mode": "2 电话",
                "staff_id": DOCTOR,
                "services": "1；3",
            }
        ],
        "births": [{"live_births": 3, "boys": 2, "girls": 1}],
        "staff": STAFF,
        "works": [
            {"work_id": "202509-01", "date": DAY(2025, 9, 12), "type": "5 宣传", "title": "=发放告知书", "staff_id": DOCTOR, "quantity": 60}
        ],
        "services": [
            {
                "token": "0f1e2d3c4b5a",
                "unit_code": "990101101201",
                "staff_id": DOCTOR,
                "revisit_ok": 0,
                "contact_planned": 1,
                "contact_offered": 1,
            }
        ],
    },
    record_ids=("R8N3YD", "C6V2ZP"),
    book_key="0123456789abcdef" * 2,
)


def made(level="village", content=CLEAN):
    return template.workbook(UNITS[level], MONTH, PLAN, content)


def opened(data, **how):
    return openpyxl.load_workbook(io.BytesIO(data), **how)


def grids(data):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


@pytest.mark.parametrize("level", UNITS)
def test_sheets_in_order_and_headings_as_the_schema(level):
    book = opened(made(level))
    own = [ledger.sheet for ledger in ledgers_of(level)]
    village = ["告知书", "代码表", "本册密钥"] if level == "village" else ["代码表"]
    assert book.sheetnames == ["封面", *own, "填表说明", *village]
    for ledger in ledgers_of(level):
        shown = [headers.key(str(cell.value)) for cell in book[ledger.sheet][4]]
        assert shown == [headers.key(column.heading) for column in ledger.columns] + ["本行提示"]
        stars = [str(cell.value).startswith("＊") for cell in book[ledger.sheet][4]][:-1]
        assert stars == [column.required for column in ledger.columns]


@pytest.mark.parametrize("level", UNITS)
def test_every_data_cell_can_be_typed_into_and_every_sheet_is_protected_without_a_password(level):
    book = opened(made(level))
    for sheet in book:
        assert sheet.protection.sheet and not sheet.protection.password
    for ledger in ledgers_of(level):
        sheet = book[ledger.sheet]
        width = len(ledger.columns) + 1
        assert [cell.coordinate for row in sheet.iter_rows(5, sheet.max_row, 1, width) for cell in row if cell.protection.locked] == []
        assert [letter for letter, column in sheet.column_dimensions.items() if column.protection.locked] == []
        rights = sheet.protection  # openpyxl says what is forbidden
        assert [rights.insertRows, rights.deleteRows, rights.sort, rights.autoFilter, rights.formatColumns, rights.formatRows] == [
            False
        ] * 6
        assert rights.formatCells and rights.insertColumns and rights.deleteColumns


@pytest.mark.parametrize("level", UNITS)
def test_print_set_up_of_ledgers(level):
    data = made(level)
    book = opened(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.read("xl/workbook.xml").decode()
    for ledger in ledgers_of(level):
        sheet = book[ledger.sheet]
        last = sheet.cell(4, len(ledger.columns)).column_letter
        assert (sheet.print_title_rows, sheet.page_setup.paperSize, sheet.page_setup.orientation) == ("$3:$4", 9, "landscape")
        assert f">{ledger.sheet}!$A:${last}<" in names
        assert sheet.freeze_panes == ("C5" if ledger is Pregnancies else "B5")
        assert sheet.sheet_view.showGridLines is False


def test_columns_that_choose_or_are_dates_have_validations_to_row_5000():
    book = opened(made())
    for ledger in ledgers_of("village"):
        ranges = [
            (validation.type, *range_boundaries(str(area)))
            for validation in book[ledger.sheet].data_validations.dataValidation
            for area in validation.sqref.ranges
        ]
        assert {(top, bottom) for _, _, top, _, bottom in ranges} == {(5, 5000)}
        kinds = {left: kind for kind, left, _, _, _ in ranges}
        for place, column in enumerate(ledger.columns, 1):
            name = type(column.kind).__name__
            wanted = {"Choice": "list", "Bool": "list", "Date": "date", "Count": "whole", "Money": "decimal"}.get(name)
            assert wanted is None or kinds[place] == wanted, column.heading


@pytest.mark.parametrize("level", UNITS)
def test_at_most_three_conditional_formats_a_cell_and_none_bold(level):
    book = opened(made(level))
    for sheet in book:
        found = {}
        for area in sheet.conditional_formatting:
            for part in area.sqref.ranges:
                left, top, right, bottom = range_boundaries(str(part))
                for column in range(left, right + 1):
                    for row in {5, top, bottom}:
                        if top <= row <= bottom:
                            found[column, row] = found.get((column, row), 0) + len(area.rules)
            assert not any(rule.dxf.font is not None and rule.dxf.font.b for rule in area.rules)
        assert max(found.values(), default=0) <= 3, sheet.title


def test_hidden_sheets_and_the_key_of_the_book():
    book = opened(made())
    assert {sheet.title: sheet.sheet_state for sheet in book if sheet.sheet_state != "visible"} == {
        "代码表": "hidden",
        "本册密钥": "veryHidden",
    }
    assert [[cell.value for cell in row] for row in book["本册密钥"].iter_rows()] == [["0123456789abcdef" * 2]]


def test_prepared_rows_carry_their_numbers_and_text_stays_text():
    book = opened(made())
    sheet = book["孕产妇台账"]
    assert [sheet.cell(row, 1).value for row in range(5, 10)] == ["K7Q2MX", "W4T9HC", "R8N3YD", "C6V2ZP", None]
    assert sheet.cell(44, 1).border.left.style == "medium" and sheet.cell(45, 1).border.left.style is None
    assert (book["工作记录"]["E5"].value, book["工作记录"]["E5"].data_type) == ("=发放告知书", "s")
    assert (sheet["D5"].is_date, sheet["D5"].number_format, sheet["C5"].number_format) == (True, "yyyy-mm-dd", "@")


def test_more_rows_than_forty_leave_twenty_spare():
    many = Content(COVER, {"births": [{"live_births": 0, "boys": 0, "girls": 0}] * 33})
    sheet = opened(made(content=many))["出生统计"]
    assert [row for row in range(5, 100) if sheet.cell(row, 1).border.left.style][-1] == 4 + 53


def test_equal_input_gives_equal_bytes():
    assert made() == made()
    assert template.submission(VILLAGE, MONTH, PLAN, CLEAN) == template.submission(VILLAGE, MONTH, PLAN, CLEAN)
    assert template.blank("county", PLAN) == template.blank("county", PLAN)


def test_values_come_back_as_they_went_in():
    sheets = grids(made())
    assert sheets["孕产妇台账"][4][:9] == [
        "K7Q2MX",
        "样例甲",
        "19000000001",
        DAY(2025, 12, 20),
        DAY(2025, 6, 11),
        "1 可上门",
        "是",
        DOCTOR,
        "",
    ]
    assert sheets["出生统计"][4][:6] == ["", 3.0, 2.0, 1.0, "", ""]
    assert [row[1:3] for row in sheets["封面"][5:15]] == [
        ["单位代码", "990101101201"],
        ["单位名称", "示例县甲山乡一村"],
        ["所属月份", "2025-09"],
        ["方案编号", "standard"],
        ["模板版本", template.template_version()],
        ["＊版次", 0.0],
        ["＊填报人", "样例填报"],
        ["＊审核人", "样例审核"],
        ["＊填报日期", DAY(2025, 10, 8)],
        ["更正原因", ""],
    ]
    assert [row[4:9] for row in sheets["封面"][6:13]] == [
        ["孕产妇台账", "—", 0.0, "—", "√ 无待改（只留本村）"],
        ["随访记录", "—", 0.0, "—", "√ 无待改（只留本村）"],
        ["出生统计", 1.0, 0.0, "—", "√ 已填"],
        ["包保名单", 1.0, 0.0, "—", "√ 已填"],
        ["案件台账", 0.0, 0.0, "是", "√ 零报告"],
        ["工作记录", 1.0, 0.0, "", "√ 已填"],
        ["佐证材料", 0.0, 0.0, "—", "√ 本月没有"],
    ]


def test_a_submission_holds_values_only_and_nothing_of_the_service_book():
    data = template.submission(VILLAGE, MONTH, PLAN, CLEAN)
    book = opened(data)
    assert book.sheetnames == ["封面", *[ledger.sheet for ledger in submission_ledgers("village")]]
    assert [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert not any(sheet.data_validations.dataValidation or list(sheet.conditional_formatting) for sheet in book)
    text = repr(grids(data))
    assert [word for word in ("孕产妇台账", "随访记录", "本行提示", "本册密钥") if f"'{word}" in text] == []
    assert [word for word in ("样例甲", "K7Q2MX", "19000000001", CLEAN.book_key, "可上门", "2025, 12, 20") if word in text] == []
    assert grids(data)["服务台账"][4][:6] == ["0f1e2d3c4b5a", "990101101201", DOCTOR, 0.0, 1.0, 1.0]


@pytest.mark.parametrize("level", UNITS)
def test_the_blank_template_opens_unit_and_month(level):
    sheet = opened(template.blank(level, PLAN))["封面"]
    assert [sheet.cell(row, 3).protection.locked for row in range(6, 16)] == [False] * 3 + [True] * 2 + [False] * 5
    assert [sheet.cell(row, 3).value for row in (6, 7, 8)] == [None] * 3


def test_the_committed_templates_are_current():
    folder = os.path.join(os.path.dirname(__file__), "..", "..")
    done = subprocess.run(
        [sys.executable, "scripts/build_templates.py", "--check"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_notice_has_the_plan_s_words_in_its_brackets():
    sheets = grids(made())
    told = "".join(str(cell) for row in sheets["告知书"] for cell in row)
    assert "【样例医生】" in told and "【0990-0000001】" in told
    assert "【样例医生】" in "".join(str(cell) for row in sheets["填表说明"] for cell in row)


def test_hints_name_no_cell_content_and_only_signs_of_gb2312():
    for ledger in LEDGERS:
        for check in (*checks_of(ledger, "village"), *checks_of(ledger, "county")):
            (check.sign + check.words).encode("gb2312")


@pytest.mark.parametrize("level", UNITS)
def test_our_own_reader_finds_every_cover_value_and_every_row(level):
    cells = grids(made(level, Content({"prepared_by": "样例填报"}, CLEAN.rows)))
    pairs = label_pairs(cells["封面"])
    assert [pairs[headers.key(name)] for name in ("单位代码", "版次", "填报人", "审核人", "填报日期", "更正原因", "移送公安件数")] == [
        UNITS[level].code,
        0.0,
        "样例填报",
        None,
        None,
        None,
        0.0,
    ]
    for ledger in ledgers_of(level):
        found = locate(Sheet(ledger.sheet, cells[ledger.sheet]))
        assert found is not None and list(found.columns) == list(ledger.by_field)
        assert found.rows == tuple(range(5, 5 + len(CLEAN.rows.get(ledger.id, ()))))
        assert (dict(found.unknown), dict(found.aliases), found.doubles) == ({}, {}, ())


WRONG = Content(
    COVER | {"reviewed_by": "样例填报", "revision": 1},
    {
        "pregnancies": [
            woman("K7Q2MX"),
            woman("W4T9HC", phone="1900000003"),
            woman("H3X8GA", edd="2026-13-01"),
            woman("T9B4WN", notice_date=None),
            woman("Y2F6RC", consent="同意上门"),
            woman("M5D7KQ", staff_id="990101101201-09"),
            woman("M5D7KQ", consent=1, name="样例庚"),
            woman("Q8P5VT", edd=DAY(2025, 6, 20), notice_date=DAY(2024, 12, 11)),
            woman("C6V2ZP", consent="3 仅本人主动联系", edd=DAY(2025, 9, 2), delivered_on=DAY(2025, 10, 20)),
            woman("D3H9WK", consent="2 仅电话或信息", edd=DAY(2026, 9, 1)),
        ],
        "visits": [
            {
                "record_id": "D3H9WK",
                "visit_type": "8 月度问候",
                "visit_date": DAY(2025, 9, 9),
                "mode": "1 入户",
                "staff_id": DOCTOR,
                "services": "1",
                "need": "2 交通",
            },
            {
                "record_id": "C6V2ZP",
                "visit_type": "8 月度问候",
                "visit_date": DAY(2025, 9, 9),
                "mode": "2 电话",
                "staff_id": "样例医生",
                "services": "1",
                "next_date": DAY(2025, 9, 9),
                "need": "0 无",
            },
            {
                "record_id": "A2A2A2",
                "visit_date": DAY(2025, 11, 9),
                "mode": 2,
                "staff_id": "x",
                "services": "1",
                "need": "9 其他",
                "need_status": "1 已办",
                "need_found_on": DAY(2025, 9, 9),
                "need_reported_on": DAY(2025, 9, 8),
            },
        ],
        "births": [
            {"live_births": 3, "boys": 2, "girls": 2},
            {"live_births": 1.5, "boys": -1, "girls": "两"},
            {"unit_code": "9.90101E+11", "live_births": 0, "boys": 0, "girls": 0},
        ],
        "staff": [
            *STAFF,
            {
                "staff_id": DOCTOR,
                "level": "2 乡镇街道",
                "name": "样例专干",
                "role": "6 村专干",
                "work_phone": "1",
                "valid_from": DAY(2025, 1, 1),
                "valid_to": DAY(2024, 1, 1),
            },
        ],
        "cases": [
            {
                "found_on": DAY(2025, 7, 3),
                "source": "1 检查发现",
                "type": "06 违规购置、使用超声等设备",
                "party_type": "1 医疗机构",
                "place_code": "990101101201",
                "status": "4 结案",
                "filed_on": DAY(2025, 7, 1),
                "decided_on": DAY(2025, 6, 30),
                "closed_on": DAY(2025, 6, 1),
                "uscc": "123",
                "fine": -5.5,
            },
            {
                "found_on": DAY(2025, 7, 3),
                "source": "检查发现",
                "type": "06",
                "party_type": "2 执业人员",
                "place_code": "990101",
                "status": "0 线索",
                "fine": 100.0,
            },
            {
                "case_no": "x",
                "found_on": DAY(2025, 7, 3),
                "source": "1",
                "type": 6,
                "party_type": "1 医疗机构",
                "party_name": "示例门诊部",
                "place_code": "990101101",
                "status": "6 移送",
            },
        ],
        "works": [
            {"work_id": "1", "date": DAY(2025, 9, 2), "type": "4 月碰头会"},
            {"work_id": "3", "date": DAY(2025, 9, 2), "type": "8 整改", "due_on": DAY(2025, 9, 1)},
            {"title": "只有标题"},
            {"work_id": "2", "date": DAY(2025, 9, 2), "type": "10 文件印发", "quantity": 2, "staff_id": "y"},
        ],
        "evidence": [{"evidence_no": "CL-2025-01"}],
        "birth_orders": [
            {"quarter": "2025Q3", "birth_order": "一孩", "boys": 1, "girls": 1},
            {"quarter": "2025-Q3", "birth_order": "1 一孩", "boys": 1, "girls": None},
        ],
    },
)


def hints(sheets, ledger):
    place = len(ledger.columns)
    return [row[place] for row in sheets[ledger.sheet][4:] if len(row) > place and row[place]]


def test_hints_of_wrong_rows():
    sheets = grids(made(content=WRONG))
    assert hints(sheets, Pregnancies) == [
        "√",
        "△ 联系电话请核对",
        "× 预产期不是日期",
        "× 缺告知日期；未告知的请删除整行",
        "× 同意方式请从下拉选",
        "× 编号重复 × 责任人编号不在包保名单",
        "× 编号重复",
        "○ 服务期已满，请删除本行",
        "× 分娩日期晚于填报日期 △ 分娩日期请核对",
        "△ 预产期请核对",
    ]
    assert [row[8] for row in sheets["封面"][6:13]] == [
        "× 有 10 处待改（只留本村）",
        "× 有 10 处待改（只留本村）",
        "× 有 5 处待改",
        "× 有 8 处待改",
        "× 已有数据，请去掉“是”",
        "× 有 6 处待改",
        "× 有 3 处待改",
    ]


def soffice():
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("soffice is needed here")
        pytest.skip("soffice is not installed: nothing recalculates the formulas")
    return program


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory):
    """Each workbook as written, and after LibreOffice computed every formula anew (stored values taken out first)."""
    program, folder = soffice(), tmp_path_factory.mktemp("office")
    books = {
        "clean": made(),
        "wrong": made(content=WRONG),
        "township": made("township", WRONG),
        "county": made("county", WRONG),
        "blank": template.blank("village", PLAN),
    }
    for name, data in books.items():
        book = opened(data)  # openpyxl writes formulas without their values: LibreOffice must compute them
        book.save(folder / f"{name}.xlsx")
    out = folder / "out"
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            *[str(folder / f"{name}.xlsx") for name in books],
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {name: (grids(data), grids((out / f"{name}.xlsx").read_bytes())) for name, data in books.items()}


@pytest.mark.parametrize("name", ["clean", "wrong", "township", "county", "blank"])
def test_libreoffice_computes_what_is_stored(recalculated, name):
    stored, computed = recalculated[name]
    for sheet, rows in stored.items():
        again = computed[sheet]
        differ = [
            (sheet, row + 1, column + 1, cell, again[row][column] if row < len(again) and column < len(again[row]) else "")
            for row, cells in enumerate(rows)
            for column, cell in enumerate(cells)
            if cell != (again[row][column] if row < len(again) and column < len(again[row]) else "")
        ]
        assert differ == []
        assert [cell for row in again for cell in row if isinstance(cell, str) and cell.startswith("#")] == []
