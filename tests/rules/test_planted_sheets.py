"""Planted faults of whole sheets and files: headers, missing and doubled sheets, hidden content, covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rules.plants import COUNTY, HOME, OFFICES, PLAN, TOWN, UNITS, VILLAGE, VILLAGE2, Sheets, book, grids, sheets, workbook
from toolkit.files.workspace import Workspace
from toolkit.model.sheet import Book, Cell, column_letter
from toolkit.schema import BY_NAME, LEDGERS, Ledger
from toolkit.steps.batch import Asked
from toolkit.steps.headers import fields
from toolkit.steps.read import read
from toolkit.tasks.check import found
from toolkit.tasks.gather import Gathered
from toolkit.tasks.pool import read_files

CLEAN, _ = grids([])
LEDGER_IDS = [ledger.id for ledger in LEDGERS]


def clean(office: str, **changes: Cell) -> Sheets:
    """An office's sheets that may be changed."""
    return {name: [list(row) for row in lines] for name, lines in sheets(office, CLEAN[office], **changes).items()}


def said(*books: Book) -> list[str]:
    """`sheet cell code` of all that is found; refused files as `code`."""
    issues, refused = found(Gathered(read(books, Asked(PLAN, UNITS)), Workspace(None, PLAN, UNITS), ()), None, None)
    return sorted(" ".join(filter(None, (issue.sheet, issue.cell, issue.code))) for issue in [*issues, *refused])


def county(office: str, of: Sheets) -> list[Book]:
    """The changed office beside all the others."""
    return [book(f"{code}.xlsx", of if code == office else clean(code)) for code in OFFICES]


def _wider(ledger: type[Ledger], of: Sheets) -> list[str]:
    """Three columns more and one heading by its alias, as a clerk's own sheet has them."""
    lines, width = of[ledger.sheet], len(ledger.columns)
    lines[0] += ["备注二", "身份证号", ledger.columns[-1].heading]
    for row in lines[1:]:
        row += ["看情况", "看情况", "看情况"]
    wanted = [f"{column_letter(width + 1)}1 K101", f"{column_letter(width + 2)}1 K102", f"{column_letter(width + 3)}1 F104"]
    for number, column in enumerate(ledger.columns):
        alias = next((name for name in column.aliases if fields(ledger.id).get(name) == (column.field, False)), "")
        if alias:
            lines[0][number] = alias
            wanted.append(f"{column_letter(number + 1)}1 F103")
            break
    return [f"{ledger.sheet} {cell}" for cell in wanted]


def test_headers_of_every_ledger_at_once(tmp_path: Path) -> None:
    wanted: list[str] = []
    for office in OFFICES:
        of = clean(office)
        for ledger in OFFICES[office]:
            wanted += [f"{office}.xlsx {text}" for text in _wider(ledger, of)]
        (tmp_path / f"{office}.xlsx").write_bytes(workbook(of))
    files = tuple(sorted(tmp_path.iterdir()))
    (union,) = read_files(files, Asked(PLAN, UNITS), 1)
    issues, refused = found(Gathered(union, Workspace(None, PLAN, UNITS), files), None, None)
    assert refused == []
    assert sorted(f"{issue.file} {issue.sheet} {issue.cell} {issue.code}" for issue in issues) == sorted(wanted)


REQUIRED = [(ledger, column.field) for ledger in LEDGERS for column in ledger.columns if column.required]


@pytest.mark.parametrize(("ledger", "name"), REQUIRED, ids=[f"{ledger.id}-{name}" for ledger, name in REQUIRED])
def test_a_required_column_is_missing(ledger: type[Ledger], name: str) -> None:
    """One issue for the column, none for its rows; without notice or consent nothing of the sheet may be kept (K107)."""
    office = HOME[ledger.id]
    of = clean(office)
    number = [column.field for column in ledger.columns].index(name)
    for row in of[ledger.sheet]:
        del row[number]
    code = "K107" if name in ("notice_date", "consent") else "F102"
    assert said(*county(office, of)) == [f"{ledger.sheet} {code}"]


@pytest.mark.parametrize("name", ["notice_date", "consent"])
def test_an_empty_book_without_the_column_is_said_too(name: str) -> None:
    of = clean(VILLAGE)
    number = [column.field for column in BY_NAME["pregnancies"].columns].index(name)
    of["孕产妇台账"], of["随访记录"] = [of["孕产妇台账"][0]], [of["随访记录"][0]]
    del of["孕产妇台账"][0][number]
    assert said(*county(VILLAGE, of)) == ["孕产妇台账 F102"]


@pytest.mark.parametrize("name", LEDGER_IDS)
def test_a_sheet_is_missing(name: str) -> None:
    office = HOME[name]
    of = clean(office)
    del of[BY_NAME[name].sheet]
    assert "封面 F101" in said(*county(office, of))


@pytest.mark.parametrize("name", LEDGER_IDS)
def test_two_sheets_for_one_ledger(name: str) -> None:
    office = HOME[name]
    of = clean(office)
    of[f"{BY_NAME[name].sheet}(2)"] = [list(row) for row in of[BY_NAME[name].sheet]]
    assert said(*county(office, of)) == [f"{BY_NAME[name].sheet} F118"]


@pytest.mark.parametrize("what", ["sheet", "row", "column"])
@pytest.mark.parametrize("name", LEDGER_IDS)
def test_hidden_content(name: str, what: str) -> None:
    office = HOME[name]
    whole = book(f"{office}.xlsx", clean(office))
    hidden = tuple(sheet if sheet.name != BY_NAME[name].sheet else
                   replace(sheet, visible=what != "sheet", hidden_rows=frozenset({2} if what == "row" else ()),
                           hidden_columns=frozenset({2} if what == "column" else ())) for sheet in whole.sheets)
    others = [book(f"{code}.xlsx", clean(code)) for code in OFFICES if code != office]
    assert said(replace(whole, sheets=hidden), *others) == [f"{BY_NAME[name].sheet} F114"]


def _emptied(of: Sheets, sheet: str) -> Sheets:
    return {**of, sheet: of[sheet][:1]}


def _ticked(of: Sheets, case: str, work: str) -> Sheets:
    of["封面"] += [["表名", "行数", "本月无（零报告）"], ["案件台账", 1.0, case], ["工作记录", 1.0, work]]
    return of


COVERS: list[tuple[str, Callable[[], Sheets], list[str]]] = [
    ("reviewer is the preparer", lambda: clean(TOWN, reviewed_by="样例填报"), ["封面 B8 F106"]),
    ("no reviewer", lambda: clean(TOWN, reviewed_by=""), ["封面 B8 F106"]),
    ("another plan", lambda: clean(TOWN, plan_id="other"), ["封面 B4 F109"]),
    ("an old template", lambda: clean(TOWN, template="1"), ["封面 B5 F109"]),
    ("no preparer", lambda: clean(TOWN, prepared_by=""), ["封面 B7 G101"]),
    ("no day", lambda: clean(TOWN, prepared_on=""), ["封面 B9 G101"]),
    ("a day that is none", lambda: clean(TOWN, prepared_on="2025-02-30"), ["封面 B9 G102"]),
    ("no year", lambda: clean(TOWN, prepared_on="9月8日"), ["封面 B9 G108"]),
    ("a revision that is none", lambda: clean(TOWN, revision="甲"), ["封面 B6 G106"]),
    ("another name", lambda: clean(TOWN, unit_name="乙水镇"), ["封面 B2 G302"]),
    ("no name", lambda: clean(TOWN, unit_name=""), ["封面 B2 G101"]),
    ("a name for the code", lambda: clean(TOWN, unit_code="示例县甲山乡"), ["封面 B1 G111"]),
    ("unit only in the file name", lambda: clean(TOWN, unit_code="", unit_name=""), ["封面 B1 F113", "封面 B2 G101"]),
    ("nil report with rows", lambda: _ticked(clean(TOWN), "是", ""), ["封面 C11 F108"]),
    ("nil report with works", lambda: _ticked(clean(TOWN), "", "是"), ["封面 C12 F108"]),
    ("no rows, no nil report", lambda: _emptied(clean(TOWN), "案件台账"), ["F105"]),
    ("no works, no nil report", lambda: _emptied(clean(TOWN), "工作记录"), ["F105"]),
    ("nil report", lambda: _nil(), []),
]


def _nil() -> Sheets:
    of = _emptied(clean(TOWN), "案件台账")
    of["封面"] += [["表名", "行数", "本月无（零报告）"], ["案件台账", 0.0, "是"]]
    return of


@pytest.mark.parametrize(("of", "wanted"), [(of, wanted) for _, of, wanted in COVERS], ids=[name for name, _, _ in COVERS])
def test_covers(of: Callable[[], Sheets], wanted: list[str]) -> None:
    assert said(*county(TOWN, of())) == wanted


@pytest.mark.parametrize("name", ["births", "staff", "cases", "works", "evidence"])
def test_a_row_was_lost(name: str) -> None:
    of = clean(VILLAGE)
    of["封面"] += [["表名", "行数", "本月无（零报告）"], [BY_NAME[name].sheet, 7.0, ""]]
    assert said(*county(VILLAGE, of)) == [f"{BY_NAME[name].sheet} F112"]


REFUSED: Mapping[str, tuple[dict[str, Cell], str]] = {
    "F107": ({"period": ""}, "封面.xlsx"), "F110": ({"unit_code": "990199101201"}, "封面.xlsx"),
}


@pytest.mark.parametrize("code", sorted(REFUSED))
def test_refused_files(code: str) -> None:
    changes, file = REFUSED[code]
    assert [text for text in said(book(file, clean(TOWN, **changes)), book("b.xlsx", clean(COUNTY))) if "F1" in text] == [code]


def test_a_month_outside_the_plan() -> None:
    of = clean(COUNTY, period="2026-01", prepared_on=dt.date(2026, 2, 5))
    assert "F117" in said(book("a.xlsx", of))


def test_macros_and_links() -> None:
    assert said(*(replace(one, has_macros=one.file.startswith(TOWN)) for one in county(TOWN, clean(TOWN)))) == ["封面 F115"]


def test_a_book_without_its_key() -> None:
    of = clean(VILLAGE)
    del of["本册密钥"]
    assert said(*county(VILLAGE, of)) == ["封面 K112"]


def test_a_due_date_from_the_last_period() -> None:
    of = clean(VILLAGE)
    of["孕产妇台账"][0][3] = "末次月经"
    for row in of["孕产妇台账"][1:]:
        row[3] = "2025-03-15"  # + 280 = 2025-12-20
    assert said(*county(VILLAGE, of)) == [f"孕产妇台账 D{row} G110" for row in (2, 3, 4)]


def test_nobody_in_office() -> None:
    of = clean(VILLAGE2)
    of["包保名单"][1][10] = dt.date(2025, 9, 29)
    of["服务台账"] = of["服务台账"][:1]
    assert said(*county(VILLAGE2, of)) == ["S202"]


def test_one_revision_with_two_contents() -> None:
    other = clean(TOWN)
    other["工作记录"][1][4] = "赶集日宣传"
    assert said(*county(TOWN, clean(TOWN)), book("乙.xlsx", other)) == ["F111"]


@pytest.mark.parametrize(("first", "second", "column", "wanted"), [
    (VILLAGE, VILLAGE2, "case_no", "A2 D102"), (TOWN, VILLAGE, "case_no", "A2 D102"), (VILLAGE, VILLAGE2, "decision_no", "N2 D102"),
])
def test_one_case_in_two_units(first: str, second: str, column: str, wanted: str) -> None:
    of = {office: clean(office) for office in OFFICES}
    number = [field.field for field in BY_NAME["cases"].columns].index(column)
    for office in (first, second):
        of[office]["案件台账"][1][number] = "某卫罚〔2025〕3号" if column == "decision_no" else "990101-2025-7777"
    assert said(*(book(f"{office}.xlsx", of[office]) for office in OFFICES)) == [f"案件台账 {wanted}"]


@pytest.mark.parametrize("office", [VILLAGE2, TOWN])
def test_one_staff_number_in_two_units(office: str) -> None:
    of = clean(office)
    of["包保名单"].append([*of["包保名单"][1]])
    of["包保名单"][-1][0] = f"{COUNTY}-01"
    of["包保名单"][-1][4] = "样例乙"
    assert said(*county(office, of)) == [f"包保名单 A{len(of['包保名单'])} D103"]
