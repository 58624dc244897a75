"""The merged workbook, read back with another program than wrote it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import toolkit.rules
from toolkit.files.merged import write
from toolkit.files.merged_issues import ISSUE_COLUMNS
from toolkit.files.merged_submissions import submission_rows
from toolkit.model.issue import Issue
from toolkit.model.ledger import Ledger, Table, table_of
from toolkit.model.merged import (
    BOTH,
    FIRST,
    IN_TIME,
    LATE,
    MISSING,
    RECEIVED,
    REFUSED,
    SECOND,
    SUPERSEDED,
    ZERO,
    Balance,
    Conflict,
    Merged,
    Submission,
)
from toolkit.model.part import Part, Refusal, Source, Union
from toolkit.model.part_json import params_from_json, parts_from_json, refusal_from_json, sources_from_json
from toolkit.model.plan import Plan
from toolkit.model.sheet import Cell
from toolkit.model.unit import Unit, Units
from toolkit.schema import TRAVELLING, Cases, Services, Staff, Works
from toolkit.schema.kinds import parse_cell
from toolkit.schema.merged import (
    CONFLICT_COLUMNS,
    CONTENDER_COLUMNS,
    PART_COLUMNS,
    PROVENANCE,
    READING_COLUMNS,
    REFUSAL_COLUMN,
    SOURCES_COLUMN,
    SUBMISSION_COLUMNS,
)

assert toolkit.rules.RULES  # the sentences of the issues below are declared there

COUNTY, TOWNSHIP = "990101000000", "990101101000"
ONE, TWO, THREE, FOUR = "990101101201", "990101101202", "990101102201", "990101102202"
MONTH = "2025-09"
UNITS = Units.of([Unit(COUNTY, "示例县", False), Unit(TOWNSHIP, "甲山乡", False), Unit(ONE, "甲山乡一村", True), Unit(TWO, "甲山乡二村", True),
                  Unit("990101102000", "乙水镇", False), Unit(THREE, "乙水镇一村", True), Unit(FOUR, "乙水镇二村", True)])


def source(unit: str, revision: int = 0, file: str = "", **more: Any) -> Source:
    name = file or f"{unit}_{MONTH}_v{revision}.xlsx"
    return Source(name, f"{len(name):064x}", unit, MONTH, revision, plan_id="standard", **more)


def part(of: Source, ledger: type[Ledger], rows: int, digest: str = "", **more: Any) -> Part:
    return Part(of.unit, MONTH, ledger.id, of.revision, (digest or f"{of.unit[-3:]}{rows}").rjust(64, "a"), of, ledger.sheet, rows, "2025-10-08", **more)


def rows_of(ledger: type[Ledger], *rows: tuple[int, int, dict[str, Cell]]) -> Table:
    """(part number, Excel row, typed cells) of each row, read as the reader reads them."""
    values: dict[str, list[Any]] = {column.field: [] for column in ledger.columns}
    unknown: list[dict[str, str] | None] = []
    for _, _, cells in rows:
        unread = {}
        for column in ledger.columns:
            parsed = parse_cell(column.kind, cells.get(column.field))
            values[column.field].append(parsed.value)
            if parsed.unread:
                unread[column.field] = parsed.unread
        unknown.append(unread or None)
    return table_of(ledger, values, [number for number, _, _ in rows], [row for _, row, _ in rows], [0] * len(rows), unknown)


def person(number: str, name: str, **more: Cell) -> dict[str, Cell]:
    return {"staff_id": number, "level": 3, "unit_code": number[:12], "name": name, "role": 6, "work_phone": "0990-0000001",
            "valid_from": "2025-01-01", **more}


def woman_row(token: str, unit: str) -> dict[str, Cell]:
    return {"token": token, "unit_code": unit, "staff_id": f"{unit}-01", "revisit_ok": 0, "contact_planned": 1, "contact_offered": 1,
            **dict.fromkeys(("windows_due", "windows_done", "postnatal_due", "postnatal_done", "check42_due", "check42_done", "needs",
                             "needs_done", "needs_in_time"), 0)}


def month(target: str = COUNTY) -> Merged:
    """Two villages: one with a superseded revision and a case, one with two contents of its staff list; one missing, one refused."""
    old, new = source(ONE, 0, prepared_on="2025-10-06"), source(ONE, 1, prepared_on="2025-10-08", reason=2)
    two, copy = source(TWO, 0), source(TWO, 0, "甲山乡二村（副本）.xls")
    g104 = Issue("G104", "error", "works", ONE, MONTH, new.file, "工作记录", 7, "D", "type", "=W2", (("v", "座谈"), ("list", "工作类型")))
    local = Issue("K107", "error", "pregnancies", ONE, MONTH, new.file, "孕产妇台账", 9, "E", "notice_date", "B2C3D4", local=True)
    hidden = Issue("F114", "info", unit=TWO, period=MONTH, file=two.file)
    parts = (
        part(old, Staff, 1), part(new, Services, 6), part(new, Staff, 2, set_aside=(("K110", 1),), skipped=(("blank", 3), ("title", 2))),
        part(new, Cases, 1, police_transfers=0, columns={"case_no": "A"}), part(new, Works, 2, reading=(g104, local)),
        part(two, Services, 3), part(two, Staff, 1, "b1"), part(copy, Staff, 1, "b2"), part(two, Cases, 0, zero=True))
    stands = (False, True, True, True, True, True, False, True, True)
    tables = {
        "services": rows_of(Services, *((5, 0, woman_row(f"{n:012x}", TWO)) for n in (1, 2, 3)), *((1, 0, woman_row(f"{n:012x}", ONE)) for n in range(4, 10))),
        "staff": rows_of(Staff, (7, 5, person(f"{TWO}-01", "样例丁")), (6, 5, person(f"{TWO}-01", "样例丙", valid_from="2025-02-01")),
                         (2, 5, person(f"{ONE}-01", "样例甲")), (2, 8, person(f"{TWO}-01", "样例乙", unit_name='=HYPERLINK("x")'))),
        "cases": rows_of(Cases, (3, 6, {"found_on": "2025-09-03", "source": 1, "type": "06", "party_type": 1, "party_name": "示例门诊部", "fine": 5000.5})),
        "works": rows_of(Works, (4, 5, {"work_id": "=W1", "type": 5, "date": "2025-09-02", "title": "@标题+1", "quantity": 30}),
                         (4, 7, {"work_id": "=W2", "type": "座谈", "date": "2025-09-09", "title": "-2"}))}
    refusal = Refusal("F202", "乙水镇二村.xlsx", "c" * 64, FOUR, MONTH, None, "有打开密码")
    submissions = (
        Submission(ONE, "甲山乡一村", MONTH, True, SUPERSEDED, IN_TIME, revision=0, filled_on="2025-10-06", received="2025-10-06", rows={"staff": 1},
                   file=old.file, superseded_by=1, parts=parts[:1], sources=(old,)),
        Submission(ONE, "甲山乡一村", MONTH, True, RECEIVED, IN_TIME, "已审", 1, "2025-10-08", "2025-10-09",
                   {"services": 6, "staff": 2, "cases": 1, "works": 2}, errors=1, file=new.file, reason=2, parts=parts[1:5], sources=(new,)),
        Submission(TWO, "甲山乡二村", MONTH, True, ZERO, LATE, "待审", 0, "2025-10-08", "2025-10-13", {"services": 3, "staff": 1, "cases": 0},
                   frozenset({"cases", "works"}), 1, 2, two.file, parts=parts[5:], sources=(two, copy)),
        Submission(THREE, "乙水镇一村", MONTH, True, MISSING, errors=1),
        Submission(FOUR, "乙水镇二村", MONTH, True, REFUSED, file=refusal.file, refusal=refusal, errors=1))
    issues = (
        Issue("S105", "warning", "staff", TWO, MONTH, copy.file, "包保名单", 5, "M", "confidentiality_on", f"{TWO}-01"),
        Issue("D103", "warning", "staff", ONE, MONTH, new.file, "包保名单", 8, "A", "staff_id", f"{TWO}-01"),
        Issue("X102", "error", "services", TWO, MONTH, two.file, "服务台账", None, "", "staff_id", f"{2:012x}"),
        Issue("S105", "warning", "staff", ONE, MONTH, new.file, "包保名单", 77, "M", "confidentiality_on", "gone"),
        Issue("L102", "error", unit=THREE, period=MONTH), Issue("L101", "warning", unit=TWO, period=MONTH, file=two.file, params=(("due", "2025-10-10"),)),
        Issue("F202", "error", unit=FOUR, period=MONTH, file=refusal.file, key=refusal.sha256, params=(("why", "有打开密码"),)),
        Issue("F111", "error", "staff", TWO, MONTH, copy.file), g104, hidden, local)
    conflicts = (
        Conflict("c" * 16, "D103", "staff", f"{TWO}-01", "甲山乡二村：样例丁", "甲山乡一村：样例乙", (FIRST, SECOND, BOTH)),
        Conflict("d" * 16, "F111", "staff", "甲山乡二村", "样例丙", "=样例丁", (FIRST, SECOND), (SECOND,)),
        Conflict("e" * 16, "D102", "cases", "990101-2025-0001", "甲", "乙", (FIRST, SECOND, BOTH), (FIRST, BOTH)))
    balances = tuple(Balance(ledger.id, read, kept, replaced, aside, {"blank": 3, "title": 2}, places) for ledger, read, kept, replaced, aside, places in (
        (Services, 9, 9, 0, 0, ()), (Staff, 6, 3, 2, 1, (("K110", ONE, 1),)), (Cases, 1, 1, 0, 0, ()), (Works, 2, 2, 0, 0, ())))
    name = UNITS.name(target)
    return Merged(Unit(target, name, False), MONTH, Plan("standard", "示例方案", digest="9" * 64), UNITS, "0.1.0", "f0" * 32,
                  Union(parts, tables, (refusal,), {"d" * 16: (SECOND,)}, {two.key: (hidden,)}), stands, submissions, balances, issues, conflicts,
                  {"works": [False, True]}, frozenset({6}), "2025-10-10")


@pytest.fixture(scope="module")
def county() -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(write(month())))


def texts(sheet: Worksheet, row: int, first: int, count: int) -> list[Any]:
    return [sheet.cell(row, column).value for column in range(first, first + count)]


def found(sheet: Worksheet, column: int, value: object) -> int:
    """The one Excel row with this value in this column."""
    rows = [cell.row for cell in next(sheet.iter_cols(column, column)) if cell.value == value]
    assert len(rows) == 1, (value, rows)
    return int(rows[0])


def test_sheets_in_order(county: openpyxl.Workbook) -> None:
    assert county.sheetnames == ["封面", "上报情况", "对账", "问题清单", "重复与冲突", "服务台账", "出生统计", "分孩次出生", "包保名单", "案件台账", "工作记录",
                                 "佐证材料", "待裁定", "读取记录"]


def test_every_sheet_is_protected_without_a_password_and_without_gridlines(county: openpyxl.Workbook) -> None:
    for sheet in county:
        assert (sheet.protection.sheet, sheet.protection.password, sheet.sheet_view.showGridLines) == (True, None, False), sheet.title


def test_cover_has_each_value_right_of_its_label(county: openpyxl.Workbook) -> None:
    sheet = county["封面"]
    pairs = {row[1].value: row[2].value for row in sheet.iter_rows()}
    labels = ("工作簿类型", "单位代码", "单位名称", "所属月份", "方案编号", "方案摘要", "软件版本", "内容摘要")
    assert [pairs[label] for label in labels] == ["汇总", COUNTY, "示例县", MONTH, "standard", "9" * 64, "0.1.0", "f0" * 32]


def test_headings(county: openpyxl.Workbook) -> None:
    for name, row, headings in (("上报情况", 8, (*SUBMISSION_COLUMNS, SOURCES_COLUMN, *PART_COLUMNS.values(), REFUSAL_COLUMN)),
                                ("问题清单", 4, ISSUE_COLUMNS), ("重复与冲突", 4, CONFLICT_COLUMNS), ("待裁定", 4, CONTENDER_COLUMNS),
                                ("读取记录", 4, READING_COLUMNS)):
        assert texts(county[name], row, 1, len(headings) + 1) == [*headings, None]


@pytest.mark.parametrize("ledger", TRAVELLING, ids=lambda ledger: ledger.id)
def test_ledger_headings_and_provenance(county: openpyxl.Workbook, ledger: type[Ledger]) -> None:
    got = texts(county[ledger.sheet], 4, 1, len(ledger.columns) + len(PROVENANCE) + 1)
    own = [("＊" if column.required is True else "") + column.heading + (f"\n（{column.hint}）" if column.hint else "") for column in ledger.columns]
    assert got == [*own, *PROVENANCE, None]


def test_rows_stand_by_unit_with_their_provenance(county: openpyxl.Workbook) -> None:
    sheet, own = county["包保名单"], len(Staff.columns)
    rows = [[row[4].value, *(cell.value for cell in row[own:own + len(PROVENANCE)])] for row in sheet.iter_rows(min_row=5)]
    one, copy = f"{ONE}_{MONTH}_v1.xlsx", "甲山乡二村（副本）.xls"
    assert rows == [["样例甲", None, ONE, MONTH, 1, one, "包保名单", 5], ["样例乙", None, ONE, MONTH, 1, one, "包保名单", 8],
                    ["样例丁", None, TWO, MONTH, 0, copy, "包保名单", 5]]


def test_cells_read_back_as_the_same_values(county: openpyxl.Workbook) -> None:
    for ledger, table in month().union.tables.items():
        sheet = county[next(known.sheet for known in TRAVELLING if known.id == ledger)]
        got = [[parse_cell(column.kind, cell.value).value for column, cell in zip(table.ledger.columns, row, strict=False)]
               for row in sheet.iter_rows(min_row=5, values_only=False)]
        kept = table.frame[table.frame["_part"] != 6]
        unit_of = [part.unit for part in month().union.parts]
        kept = kept.iloc[sorted(range(len(kept)), key=lambda at: unit_of[kept["_part"].iloc[at]])]
        want = [[None if value is None or value != value else value for value in row]
                for row in kept[[column.field for column in table.ledger.columns]].astype(object).where(lambda f: f.notna(), None).values.tolist()]
        assert [[getattr(value, "date", lambda value=value: value)() for value in row] for row in want] == got


def test_service_rows_have_no_row_number(county: openpyxl.Workbook) -> None:
    sheet = county["服务台账"]
    assert [row[len(Services.columns) + 6].value for row in sheet.iter_rows(min_row=5)] == [None] * 9


def test_unreadable_cell_keeps_its_text_and_row_is_marked(county: openpyxl.Workbook) -> None:
    sheet, own = county["工作记录"], len(Works.columns)
    cell = sheet.cell(6, [column.field for column in Works.columns].index("type") + 1)
    assert (cell.value, cell.fill.fgColor.rgb, sheet.cell(5, own + 1).value, sheet.cell(6, own + 1).value) == ("座谈", "FFFBDDDD", None, "待修正")


def test_text_that_looks_like_a_formula_stays_text(county: openpyxl.Workbook) -> None:
    kinds = Counter(cell.data_type for sheet in county for row in sheet.iter_rows() for cell in row)
    assert kinds["f"] == 0
    assert county["包保名单"]["D6"].value == '=HYPERLINK("x")'
    assert county["重复与冲突"]["F6"].value == "=样例丁"


def test_numbers_that_are_names_are_text(county: openpyxl.Workbook) -> None:
    assert (county["包保名单"]["C5"].data_type, county["上报情况"]["A9"].data_type, county["服务台账"]["A5"].data_type) == ("s", "s", "s")


def test_submissions_in_code_order_with_signs(county: openpyxl.Workbook) -> None:
    sheet = county["上报情况"]
    rows = [texts(sheet, row, 1, 8) for row in range(9, 15)]
    assert rows == [
        [ONE, "甲山乡一村", "是", "√ 已报", "√ 按时", "已审", 1, "2025-10-08"],
        [ONE, "　甲山乡一村（第0版）", "—", "○ 被替换", "√ 按时", "—", 0, "2025-10-06"],
        [TWO, "甲山乡二村", "是", "√ 零报告", "△ 迟报", "待审", 0, "2025-10-08"],
        [THREE, "乙水镇一村", "是", "× 缺报", "—", "—", "—", "—"],
        [FOUR, "乙水镇二村", "是", "× 拒收", "—", "—", "—", "—"],
        ["合　计（不含被替换）", None, 4, "2/4", None, None, None, None]]


def test_strip_of_nine_figures(county: openpyxl.Workbook) -> None:
    sheet = county["上报情况"]
    strip = [(sheet.cell(4, column).value, sheet.cell(5, column).value) for column in range(1, 20) if sheet.cell(4, column).value]
    assert strip == [("应报", 4), ("已报", 2), ("其中零报告", 1), ("迟报", 1), ("未记收到日期", 0), ("缺报", 1), ("拒收", 1), ("合并条数", 15),
                     ("错误 / 警告　待处理", "5 / 4")]


def test_small_counts_about_women_are_hidden_from_the_county_up(county: openpyxl.Workbook) -> None:
    assert [county["上报情况"].cell(row, 10).value for row in (9, 10, 11, 12, 14)] == ["＊", "—", "<5", "—", 9]


def test_township_sees_its_own_counts() -> None:
    sheet = openpyxl.load_workbook(BytesIO(write(month(TOWNSHIP))))["上报情况"]
    assert [sheet.cell(row, 10).value for row in (9, 10, 11, 14)] == [6, "—", 3, 9]


def test_machine_columns_hold_the_true_union(county: openpyxl.Workbook) -> None:
    merged, sheet = month(), county["上报情况"]
    at = {sheet.cell(8, column).value: column for column in range(20, 29)}
    for position, row in submission_rows(merged.submissions).items():
        submission = merged.submissions[position]

        def cell(name: str, row: int = row) -> str:
            return str(sheet.cell(row + 1, at[name]).value or "")

        sources = sources_from_json(cell(SOURCES_COLUMN))
        parts = [part for name in PART_COLUMNS.values() for part in parts_from_json(cell(name), sources)]
        assert sources == submission.sources
        assert sorted(part.key for part in parts) == sorted(part.key for part in submission.parts)
        assert {part.key: part for part in parts} == {part.key: replace(part, reading=()) for part in submission.parts}
        assert refusal_from_json(cell(REFUSAL_COLUMN)) == submission.refusal


def test_machine_columns_do_not_print(county: openpyxl.Workbook) -> None:
    assert county["上报情况"].print_area == "'上报情况'!$A$1:$S$15"
    assert county["问题清单"].print_area == "'问题清单'!$A$1:$I$15"


def test_balance_is_an_equation(county: openpyxl.Workbook) -> None:
    sheet = county["对账"]
    assert [texts(sheet, row, 1, 15) for row in (6, 7, 10)] == [
        ["服务台账", 9, "＝", 9, "＋", 0, "＋", 0, "√ 平", "—", "—", "—", "—", "—", None],
        ["包保名单", 6, "＝", 3, "＋", 2, "＋", 1, "√ 平", 3, 2, 0, 0, 0, "搁置1条：甲山乡一村，K110"],
        ["合　计", 18, "＝", 15, "＋", 2, "＋", 1, "√ 平", 12, 8, 0, 0, 0, None]]


def test_small_replaced_count_hides_what_would_give_it_away() -> None:
    merged = month()
    services = replace(merged.balances[0], read=12, superseded=3)
    sheet = openpyxl.load_workbook(BytesIO(write(replace(merged, balances=(services, *merged.balances[1:])))))["对账"]
    assert [texts(sheet, row, 2, 7) for row in (6, 10)] == [["＊", "＝", 9, "＋", "<5", "＋", 0], ["＊", "＝", 15, "＋", "＊", "＋", 1]]


def test_links_lead_to_the_record_in_this_workbook(county: openpyxl.Workbook) -> None:
    sheet = county["问题清单"]
    places = {}
    for row in range(5, 15):
        link = sheet.cell(row, 5).hyperlink
        places[sheet.cell(row, 3).value, sheet.cell(row, 4).value] = link.location if link else sheet.cell(row, 5).value
    assert places == {
        ("X102", "甲山乡二村"): "'服务台账'!C12", ("G104", "甲山乡一村"): "'工作记录'!D6", ("S105", "甲山乡一村"): "—", ("D103", "甲山乡一村"): "'包保名单'!A6",
        ("S105", "甲山乡二村"): "'包保名单'!M7", ("L102", "乙水镇一村"): "'上报情况'!A12", ("L101", "甲山乡二村"): "'上报情况'!I11",
        ("F202", "乙水镇二村"): "'上报情况'!A13", ("F111", "甲山乡二村"): "'上报情况'!G11", ("F114", "甲山乡二村"): "'上报情况'!A11"}
    assert [county["包保名单"]["A6"].value, county["包保名单"]["L7"].value, county["服务台账"]["A12"].value] == [f"{TWO}-01", None, f"{2:012x}"]


def test_issues_worst_first_with_numbers_a_person_can_quote(county: openpyxl.Workbook) -> None:
    sheet = county["问题清单"]
    rows = [(texts(sheet, row, 1, 3), sheet.cell(row, 10).value) for row in (5, 6, 14)]
    by_code = {issue.code: issue.id for issue in month().issues}
    assert rows == [([1, "▲ 错误", "G104"], by_code["G104"]), ([2, "▲ 错误", "X102"], by_code["X102"]), ([10, "○ 提示", "F114"], by_code["F114"])]


def test_nothing_of_the_service_book_travels() -> None:
    book = openpyxl.load_workbook(BytesIO(write(month())))
    codes = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"K107", "孕产妇台账", "B2C3D4"} & codes == set()


def test_issue_drop_down(county: openpyxl.Workbook) -> None:
    validation = county["问题清单"].data_validations.dataValidation[0]
    assert (str(validation.sqref), validation.formula1, county["问题清单"]["I5"].protection.locked) == ("I5:I14", '"已改,核对无误,待查"', False)


def test_conflicts_offer_their_options_and_keep_decisions(county: openpyxl.Workbook) -> None:
    sheet = county["重复与冲突"]
    assert [[sheet.cell(row, column).value for column in (2, 3, 7, 8, 9)] for row in (5, 6, 7)] == [
        ["D103", "包保名单", None, "c" * 16, None], ["F111", "包保名单", SECOND, "d" * 16, SECOND], ["D102", "案件台账", None, "e" * 16, f"{FIRST}；{BOTH}"]]
    lists = {str(validation.sqref): validation.formula1 for validation in sheet.data_validations.dataValidation}
    assert lists == {"G5": f'"{FIRST},{SECOND},{BOTH}"', "G6": f'"{FIRST},{SECOND}"', "G7": f'"{FIRST},{SECOND},{BOTH}"'}
    assert [sheet[cell].protection.locked for cell in ("G5", "G6", "G7", "A5")] == [False, False, False, True]


def test_contender_rows_can_be_read_again(county: openpyxl.Workbook) -> None:
    sheet = county["待裁定"]
    rows = [texts(sheet, row, 1, 8) for row in range(5, sheet.max_row + 1)]
    assert [row[:7] for row in rows] == [["包保名单", TWO, MONTH, "0", "b1".rjust(64, "a"), "包保名单", "5"]]
    cells = json.loads(rows[0][7])
    read = {column.field: parse_cell(column.kind, cells[column.heading]).value for column in Staff.columns if column.heading in cells}
    table = month().union.tables["staff"]
    want = {field: value for field, value in table.frame.iloc[1].items() if field in read}
    assert read == {field: getattr(value, "date", lambda value=value: value)() for field, value in want.items()}
    assert set(read) == {"staff_id", "level", "unit_code", "name", "role", "work_phone", "valid_from"}


def test_reading_record_carries_issues_of_parts_and_files(county: openpyxl.Workbook) -> None:
    sheet = county["读取记录"]
    rows = [["" if value is None else value for value in texts(sheet, row, 1, 16)] for row in range(5, sheet.max_row + 1)]
    new, two = source(ONE, 1), source(TWO, 0)
    assert [row[:15] for row in rows] == [
        [ONE, MONTH, "works", "1", "2012".rjust(64, "a"), new.file, new.sha256, "G104", "error", "works", "工作记录", "7", "D", "type", "=W2"],
        [TWO, MONTH, "", "0", "", two.file, two.sha256, "F114", "info", "", "", "", "", "", ""]]
    assert [params_from_json(row[15]) for row in rows] == [(("v", "座谈"), ("list", "工作类型")), ()]


def test_same_merge_same_bytes() -> None:
    assert write(month()) == write(month())


def test_a_part_in_no_row_is_an_error() -> None:
    merged = month()
    with pytest.raises(ValueError, match="parts without a row"):
        write(replace(merged, submissions=merged.submissions[1:]))


def test_a_text_too_long_for_a_cell_is_an_error() -> None:
    merged = month()
    long = replace(merged.conflicts[0], first="样" * 32_768)
    with pytest.raises(ValueError, match="characters"):
        write(replace(merged, conflicts=(long,)))


def test_an_empty_month_can_be_written() -> None:
    merged = month()
    empty = replace(merged, union=Union(), stands=(), submissions=(), balances=(), issues=(), conflicts=(), pending={}, losers=frozenset())
    book = openpyxl.load_workbook(BytesIO(write(empty)))
    assert [book[ledger.sheet].max_row for ledger in TRAVELLING] == [4] * len(TRAVELLING)
