"""Text that a spreadsheet program might compute stays text in everything we write: planted in every text column, opened by LibreOffice.

Each planted text is a sum with a number of its own, so that a computed one would show as another number, wherever it ends up.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.commands.run import ledger
from tests.tables import COUNTY, TOWN, VILLAGE, standard
from toolkit.files.template import Content, workbook
from toolkit.model.unit import Unit
from toolkit.schema.text import looks_like_formula

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r\n=", "\n=", " =", "　＝")
#: What is planted, in one of two forms: a sum, or a function.
_PLANTED = re.compile(r"[=+\-@＝＋－＠]\s*(?:1000\+\d{3}|SUM\(1000,\d{3}\))")
MONTH = "2025-09"
_numbers, _signs = itertools.count(100), itertools.cycle(SIGNS)


def plant() -> str:
    """The next text; `@` comes before a function, as old spreadsheets wrote it."""
    sign, number = next(_signs), next(_numbers)
    return f"{sign}SUM(1000,{number})" if sign in "@＠" else f"{sign}1000+{number}"


UNITS = [Unit(COUNTY, plant() + "县", False), Unit(TOWN, plant(), True), Unit(VILLAGE, plant(), True)]


def staff(unit: str, number: int, level: str, role: str, area: str) -> dict[str, Any]:
    return {"staff_id": f"{unit}-{number:02d}", "level": level, "unit_code": unit, "unit_name": plant(), "name": plant(), "role": role,
            "work_phone": "0990-0000001", "area_codes": area, "upper_id": "" if level.startswith("2") else f"{TOWN}-01", "valid_from": "2025-01-01",
            "publicised_on": "2025-01-02", "confidentiality_on": "2025-01-05"}


def office_rows(unit: str) -> dict[str, list[dict[str, Any]]]:
    """Every text column of the office ledgers planted; a title with each sign."""
    case = {"case_no": "990101-2025-0001", "unit_code": unit, "found_on": "2025-08-03", "source": "1 检查发现", "type": "06", "party_type": "1 医疗机构",
            "party_name": plant(), "place_code": TOWN, "status": "2 处罚决定", "filed_on": "2025-08-10", "legal_basis": plant(), "decided_on": "2025-09-03",
            "decision_no": plant(), "fine": 20000, "archive_no": plant()}
    works = [{"work_id": f"{unit[-3:]}-{at:02d}", "unit_code": unit, "date": "2025-09-12", "type": "8 整改", "title": f"{sign}1000+{next(_numbers)}",
              "due_on": "2025-10-20", "evidence_no": "CL-01", "kind": plant()} for at, sign in enumerate(SIGNS)]
    evidence = [{"evidence_no": "CL-01", "item_code": "V-09", "title": plant(), "doc_no": plant(), "doc_date": "2025-09-01", "location": plant(),
                 "checked_by": plant()}]
    return {"cases": [case], "works": works, "evidence": evidence}


def cover(unit: Unit) -> dict[str, Any]:
    return {"unit_code": unit.code, "unit_name": unit.name, "period": MONTH, "plan_id": "standard", "revision": 0, "prepared_by": plant(),
            "reviewed_by": plant(), "prepared_on": "2025-10-08", "police_transfers": 0}


def village_workbook() -> bytes:
    """A village's own, the service book with texts of that kind too."""
    book = [{"record_id": record, "name": plant(), "phone": plant(), "edd": "2025-12-20", "notice_date": "2025-02-01", "consent": "2 仅电话或信息", "revisit_ok": "是",
             "staff_id": f"{VILLAGE}-01"} for record in ("K7Q2MX", "R4TWZ8", "B9HNVC")]
    rows = office_rows(VILLAGE) | {"pregnancies": book, "staff": [staff(VILLAGE, 1, "3 村居", "6 村专干", VILLAGE)],
                                   "births": [{"unit_code": VILLAGE, "live_births": 2, "boys": 1, "girls": 1, "unstated": 0, "late": 0}]}
    return workbook(UNITS[2], MONTH, standard(), Content(cover(UNITS[2]), rows, (), "5a1e" * 8))


def town_workbook() -> bytes:
    rows = office_rows(TOWN) | {"staff": [staff(TOWN, 1, "2 乡镇街道", "5 分包人员", VILLAGE)]}
    return workbook(UNITS[1], MONTH, standard(), Content(cover(UNITS[1]), rows))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole month through, from a unit list whose names begin with such signs."""
    folder = tmp_path_factory.mktemp("injection")
    listed = xlsxwriter.Workbook(folder / "区划.xlsx", {"strings_to_formulas": False})
    sheet = listed.add_worksheet()
    for row, cells in enumerate((("代码", "名称", "应报"), *((unit.code, unit.name, "是" if unit.expected else "否") for unit in UNITS))):
        sheet.write_row(row, 0, cells)
    listed.close()
    (folder / "inbox").mkdir()
    (folder / "inbox" / "村.xlsx").write_bytes(village_workbook())
    (folder / "inbox" / "乡.xlsx").write_bytes(town_workbook())
    for words in (
        ("new", ".", "--plan", "standard", "--units", "区划.xlsx"), ("template", "-o", "发放", "--period", "2025-10"),
        ("check", "inbox", "--report", "检查.xlsx", "--annotate", "标注", "--json", "检查.json"), ("check", "inbox", "--report", "检查.html"),
        ("release", "inbox/村.xlsx", "-o", "上报"), ("merge", "inbox", "-o", "乡汇总.xlsx"),
        ("merge", "乡汇总.xlsx", "-o", "县汇总.xlsx", "--to", "county", "--json", "县汇总.json"),
        ("carry", "inbox", "-o", "下月"), ("inspect", "inbox", "--cells", "--json", "读取.json"),
        ("summary", "县汇总.xlsx", "-o", "汇总.xlsx", "--html", "汇总.html", "--docx", "汇总.docx"), ("checklist", "县汇总.xlsx", "-o", "清单.xlsx"),
        ("sample", "frame", "县汇总.xlsx", "-o", "框.txt"),
        ("sample", "draw", "框.txt", "--period", MONTH, "--seed", "40317255601883462975", "--made", "=1000+998", "-o", "抽样.xlsx", "--public", "公布.html"),
        ("sample", "result", "抽样.xlsx", "县汇总.xlsx", "-o", "走访.xlsx"), ("approve", "县汇总.xlsx", "--by", "=1000+999"),
    ):
        code, _, err = ledger(*words, folder=folder)
        assert code in (0, 1), (words, code, err)
    return folder


@pytest.fixture(scope="module")
def opened(county: Path) -> Path:
    """All of it as LibreOffice saves it after opening: one process for all workbooks, one each for pages and csv."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    flat = county / "平"
    for folder in ("xlsx", "html", "csv"):
        (flat / folder).mkdir(parents=True)
    for path in made(county):
        kind = path.suffix[1:]
        if kind in ("xlsx", "html", "csv"):
            shutil.copy(path, flat / kind / f"{flat_name(county, path)}.{kind}")
    for kind, wanted in (("xlsx", ()), ("html", ("--infilter=HTML (StarCalc)",)), ("csv", ("--infilter=CSV:44,34,76,1",))):
        files = [str(path) for path in sorted((flat / kind).iterdir())]
        subprocess.run(["soffice", f"-env:UserInstallation={(county / 'profile').as_uri()}", "--headless", *wanted,
                        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(flat / f"{kind}-saved"), *files],
                       check=True, capture_output=True, timeout=300)
    return flat


def made(county: Path) -> list[Path]:
    """Everything the commands wrote."""
    given = {county / "区划.xlsx", *(county / "inbox").iterdir()}
    return sorted(path for path in county.rglob("*") if path.is_file() and path not in given and not {"平", "profile"} & set(path.relative_to(county).parts))


def flat_name(county: Path, path: Path) -> str:
    return "-".join(path.relative_to(county).with_suffix("").parts)


def cells(path: Path) -> Iterator[tuple[str, str, Any, str]]:
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell.coordinate, cell.value, cell.data_type) for cell in row if cell.value is not None)
    book.close()


def planted(value: Any) -> bool:
    return isinstance(value, str) and _PLANTED.search(value) is not None


def workbooks(county: Path) -> list[Path]:
    return [path for path in made(county) if path.suffix == ".xlsx"]


#: Formulas of ours, cell addresses aside: they stand in workbooks that offices fill in, and nowhere else.
FORMS = ("发放", "下月", "标注")


def test_no_formula_but_ours(county: Path) -> None:
    """Formulas stand only in workbooks to be filled in, and none holds a planted text."""
    strange, where = [], set()
    for path in workbooks(county):
        for sheet, cell, value, kind in cells(path):
            if kind == "f":
                where.add(path.relative_to(county).parts[0])
                if planted(value) or not OURS.match(str(value)):
                    strange.append((path.name, sheet, cell, value))
    assert strange == []
    assert where <= set(FORMS)


#: The formulas of templates: what each begins with.
OURS = re.compile(r"=(?:IF|IFERROR|SUMPRODUCT|COUNTIF|COUNTA|SUM|MAX)\(")


def test_planted_texts_are_everywhere(county: Path) -> None:
    """The test would be empty if they had been lost on the way."""
    counts = {str(path.relative_to(county)): sum(planted(value) for *_, value, _ in cells(path)) for path in workbooks(county)}
    assert {name: count for name, count in counts.items() if count == 0} == {}
    assert counts["县汇总.xlsx"] > 60


def test_every_planted_text_keeps_the_quote_prefix(county: Path) -> None:
    """So that it stays text when somebody edits the cell."""
    bare = []
    for path in workbooks(county):
        book = openpyxl.load_workbook(path)
        bare += [(path.name, sheet.title, cell.coordinate) for sheet in book for row in sheet.iter_rows() for cell in row
                 if cell.data_type == "s" and looks_like_formula(cell.value) and not (cell.quotePrefix or cell.number_format == "@")]
        book.close()
    assert bare == []


def test_libreoffice_computes_none_of_them(county: Path, opened: Path) -> None:
    """Every planted text is text there too, the same, at the same place."""
    differs = []
    for path in workbooks(county):
        after = {(sheet, cell): (value, kind) for sheet, cell, value, kind in cells(opened / "xlsx-saved" / f"{flat_name(county, path)}.xlsx")}
        for sheet, cell, value, kind in cells(path):
            if kind == "s" and planted(value):
                saved, kind_there = after.get((sheet, cell), (None, ""))
                if kind_there != "s" or one_line(saved) != one_line(value):
                    differs.append((path.name, sheet, cell, value, saved))
    assert differs == []


def one_line(text: Any) -> str:
    """White space made one blank; openpyxl leaves a carriage return as `_x000D_`."""
    return re.sub(r"\s+", " ", str(text).replace("_x000D_", "")).strip()


def test_pages_and_csv_opened_as_spreadsheets(opened: Path) -> None:
    computed, seen = [], 0
    for kind in ("html", "csv"):
        for path in sorted((opened / f"{kind}-saved").glob("*.xlsx")):
            for _, cell, value, data_type in cells(path):
                seen += planted(value)
                if data_type == "f" or value in range(1100, 2000):
                    computed.append((path.name, cell, value))
    assert computed == []
    assert seen > 20


def test_the_letter_has_them_as_words(county: Path) -> None:
    with zipfile.ZipFile(county / "汇总.docx") as archive:
        text = archive.read("word/document.xml").decode()
    assert _PLANTED.search(re.sub(r"<[^>]+>", "", text))
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"", text)
    assert [one for pair in fields for one in pair if planted(one)] == []


def test_json_and_lists_read_back_what_was_written(county: Path) -> None:
    for name in ("检查.json", "县汇总.json", "读取.json"):
        json.loads((county / name).read_text(encoding="utf-8"))
    rows = list(csv.reader(io.StringIO((county / "units.csv").read_text(encoding="utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == [f"\t{one_line(unit.name)}" for unit in UNITS]


@pytest.mark.parametrize("text", ["=1+1", "＝1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " ＝A1", "-样例", "=cmd|'/c calc'!A0"])
def test_what_looks_like_a_formula(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["", "-", "—", "=", "＝", "-3", "+3.5", "-12%", "样例=1", "990101", "1-2", " 样例", "－－"])
def test_what_does_not(text: str) -> None:
    assert not looks_like_formula(text)
