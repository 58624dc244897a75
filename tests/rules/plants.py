"""Faults to plant in a clean county, one for each rule and each column it watches, and the workbooks they stand in.

A plant is rows laid over a clean row of each ledger, and the cells at which exactly one issue of its code must appear.
What follows from a column's kind (blank, unreadable, unknown, in the future …) is written out from the schema.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.tables import COUNTY, TOWN, TOWN2, UNITS, VILLAGE, VILLAGE2, VILLAGE3, cell, standard
from toolkit.model.ledger import Column, Ledger
from toolkit.model.plan import CaseType, Limits, Penalty, Plan, Reward
from toolkit.model.sheet import Book, Cell, CellError, Sheet, column_letter
from toolkit.schema import (
    BY_NAME,
    LEDGERS,
    Births,
    Cases,
    Evidence,
    Pregnancies,
    Services,
    Staff,
    Visits,
    Works,
    fingerprint,
    ledgers_of,
    submission_ledgers,
)
from toolkit.schema.cover import Cover
from toolkit.schema.kinds import Bool, Choice, Code, Count, Date, Flag, Multi, Quarter, UnitCode, UnitCodes, Uscc
from toolkit.steps.columns import PERSON_FIELDS

Rows = Sequence[Mapping[str, str]]
Found = tuple[str, str, str, str]  # file, sheet, cell, code

LOAD = 60  # records for one person
PLAN: Plan = replace(standard(), start=dt.date(2025, 1, 1), end=dt.date(2025, 12, 31), reward=Reward("fixed", 500), limits=Limits(LOAD, 7, 90),
                     penalties=(Penalty("06", 10_000, 30_000),), case_types=(CaseType("01"), CaseType("06"), CaseType("19")))
#: Who fills in what here: a village with its book, a village's submission, a township, the county office.
OFFICES = {VILLAGE: ledgers_of("village"), VILLAGE2: submission_ledgers("village"), TOWN: ledgers_of("township"), COUNTY: ledgers_of("county")}
#: Where faults that follow from a column's kind are planted.
HOME = {"pregnancies": VILLAGE, "visits": VILLAGE, "births": VILLAGE, "services": VILLAGE2, "birth_orders": TOWN, "staff": VILLAGE, "cases": COUNTY,
        "works": TOWN, "evidence": COUNTY}
IDENTITY = "990101199001010019"  # nobody's: 990101 is no place


@dataclass(frozen=True)
class Plant:
    """`rows`: ledger -> rows to add · `cells`: (ledger, which of these rows, field) where `code` must appear.

    `alone`: it changes what other rules may look at, so it gets a workbook of its own.
    """

    code: str
    rows: Mapping[str, Rows]
    cells: Sequence[tuple[str, int, str]]
    office: str
    alone: bool = False
    also: Sequence[tuple[str, int, str, str]] = ()  # cells of other codes that come with it

    @property
    def id(self) -> str:
        return "-".join((self.code, *(f"{ledger}.{name}" for ledger, _, name in self.cells[:1]), self.office[6:]))


def one(code: str, ledger: type[Ledger], cells: Mapping[str, str], marks: str, office: str = "", alone: bool = False) -> Plant:
    """One row with one marked cell."""
    return Plant(code, {ledger.id: [cells]}, [(ledger.id, 0, marks)], office or HOME[ledger.id], alone)


# --------------------------------------------------------------------------------------------------- a clean county

UPPER = {VILLAGE: f"{TOWN}-01", VILLAGE2: f"{TOWN}-01", TOWN: f"{COUNTY}-01", COUNTY: ""}
LEVEL = {VILLAGE: "3 村居", VILLAGE2: "3 村居", TOWN: "2 乡镇街道", COUNTY: "1 区县"}
LEAD = {"status": "0 线索", "filed_on": "", "legal_basis": ""}
DECIDED = {"status": "2 处罚决定", "filed_on": "2025-07-10", "legal_basis": "人口与计划生育法第四十条", "decided_on": "2025-08-01", "fine": "15000"}


def clean(ledger: type[Ledger], office: str, number: int) -> dict[str, str]:
    """A row without fault, unlike any other of its sheet. Women who call themselves, so that no greeting is due."""
    own: dict[str, dict[str, str]] = {
        "pregnancies": {"record_id": f"A{_letters(number)}", "consent": "3 仅本人主动联系", "staff_id": f"{office}-01"},
        "visits": {"record_id": "K7Q2MX", "visit_type": "9 其他", "mode": "2 电话", "staff_id": f"{office}-01",
                   "visit_date": (dt.date(2025, 9, 9) - dt.timedelta(number)).isoformat()},
        "services": {"token": f"{number:012x}", "unit_code": office, "staff_id": f"{office}-01"},
        "births": {"unit_code": ""},
        "birth_orders": {"unit_code": office, "quarter": f"{2000 + number // 4}-Q{number % 4 + 1}"},
        "staff": {"staff_id": f"{office}-{number + 100}", "name": f"样例职员{number}" if number else "样例医生", "level": LEVEL[office],
                  "unit_code": office, "unit_name": UNITS.name(office), "upper_id": UPPER[office],
                  "area_codes": office, "role": "5 分包人员", "publicised_on": "" if office.endswith(("201", "202")) else "2025-06-20"},
        "cases": {"case_no": f"990101-2025-{int(office[6:9]) % 10}{int(office[9:]) % 10}{number:03d}", "unit_code": office, **LEAD},
        "works": {"work_id": f"202509-{number:03d}", "unit_code": office, "staff_id": f"{office}-01"},
        "evidence": {"evidence_no": f"CL-2025-{number + 10:03d}"},
    }
    return own[ledger.id]


def _letters(number: int) -> str:
    signs = "ABCDFGHJKM"
    return "".join(signs[int(digit)] for digit in f"{number:05d}")


def base_rows(office: str) -> dict[str, list[dict[str, str]]]:
    """What stands in every workbook before anything is planted."""
    left = {"valid_to": "2025-08-31", "staff_id": f"{office}-90"}
    rows: dict[str, list[dict[str, str]]] = {ledger.id: [] for ledger in OFFICES[office]}
    rows["staff"] = [{"staff_id": f"{office}-01"}, *([left] if office in (TOWN, COUNTY) else [])]
    for name in ("cases", "works", "evidence"):
        rows[name] = [{}]
    if office == VILLAGE:
        rows["pregnancies"] = [{"record_id": "K7Q2MX", "consent": "1 可上门"}, {"record_id": "R4TWZ8", "consent": "2 仅电话或信息"}, {"record_id": "W3N5KC"}]
        rows["visits"] = [{"visit_type": "8", "visit_date": "2025-09-10"}, {"record_id": "R4TWZ8", "visit_type": "8", "visit_date": "2025-09-10"}]
    if office in (VILLAGE, VILLAGE2):
        rows["births"] = [{}]
    if office in (TOWN, COUNTY):
        rows["birth_orders"] = [{}]
    if office == VILLAGE2:
        rows["services"] = [{}]
    return rows


def grids(plants: Iterable[Plant]) -> tuple[dict[str, dict[str, list[list[Cell]]]], set[Found]]:
    """Sheets of every office with these faults in them, and where the issues must stand."""
    rows = {office: base_rows(office) for office in OFFICES}
    wanted: set[Found] = set()
    for plant in plants:
        at = {}
        for ledger, more in plant.rows.items():
            at[ledger] = len(rows[plant.office][ledger])
            rows[plant.office][ledger] += [dict(row) for row in more]
        wanted |= {(f"{plant.office}.xlsx", BY_NAME[ledger].sheet, f"{letter(ledger, name)}{at[ledger] + index + 2}", code)
                   for ledger, index, name, code in (*((*place, plant.code) for place in plant.cells), *plant.also)}
    repeats = {"", f"{VILLAGE}001", UNITS.name(VILLAGE)}  # every further births row of one unit is a fault by itself
    wanted |= {(f"{VILLAGE}.xlsx", Births.sheet, f"A{number}", "B102") for number, row in enumerate(rows[VILLAGE]["births"], 2)
               if number > 2 and row.get("unit_code", "") in repeats}
    return {office: {ledger.id: grid(ledger, office, rows[office][ledger.id]) for ledger in OFFICES[office]} for office in OFFICES}, wanted


def grid(ledger: type[Ledger], office: str, rows: Sequence[Mapping[str, str]]) -> list[list[Cell]]:
    lines: list[list[Cell]] = [[column.heading for column in ledger.columns]]
    for number, row in enumerate(rows):
        cells = {**clean(ledger, office, number), **row}
        lines.append([cell(cells.get(column.field, column.example)) for column in ledger.columns])
    return lines


def letter(ledger: str, name: str) -> str:
    return column_letter([column.field for column in BY_NAME[ledger].columns].index(name) + 1)


def cover(office: str, **changes: Cell) -> list[list[Cell]]:
    facts: dict[str, Cell] = {"unit_code": office, "unit_name": UNITS.name(office), "period": "2025-09", "plan_id": PLAN.id, "template": fingerprint(),
                              "revision": 0.0, "prepared_by": "样例填报", "reviewed_by": "样例审核", "prepared_on": dt.date(2025, 10, 8)}
    return [[Cover.by_field[name].heading, value] for name, value in {**facts, **changes}.items()]


Sheets = dict[str, list[list[Cell]]]


def sheets(office: str, ledgers: Mapping[str, list[list[Cell]]], **changes: Cell) -> Sheets:
    """A workbook's sheets by name."""
    key: Sheets = {"本册密钥": [["0123456789abcdef" * 2]]} if office == VILLAGE else {}
    return {"封面": cover(office, **changes), **{BY_NAME[name].sheet: lines for name, lines in ledgers.items()}, **key}


def book(file: str, of: Sheets) -> Book:
    """The sheets as they would be read."""
    digest = hashlib.sha256(repr((file, of)).encode()).hexdigest()
    return Book(file, "xlsx", digest, tuple(Sheet(name, [list(row) for row in lines], very_hidden=name == "本册密钥") for name, lines in of.items()))


def workbook(of: Sheets) -> bytes:
    """The sheets as a real file."""
    import xlsxwriter

    out = io.BytesIO()
    book_ = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book_.add_format({"num_format": "yyyy-mm-dd"})
    for name, lines in of.items():
        sheet = book_.add_worksheet(name)
        if name == "本册密钥":
            sheet.very_hidden()
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, column, value, day)
                elif isinstance(value, CellError):
                    sheet.write_formula(row, column, "=NA()", None, value.text)
                elif isinstance(value, float):
                    sheet.write_number(row, column, value)
                elif value not in ("", None):
                    sheet.write_string(row, column, str(value))
    book_.close()
    return out.getvalue()


# ------------------------------------------------------------------------------- faults that follow from the schema

#: Where a fault of a cell is said by a rule of its own: nothing there may be kept.
INSTEAD = {("G102", "notice_date"): "K107", ("G108", "notice_date"): "K107", ("G104", "consent"): "K107", ("G107", "notice_date"): "K107",
           ("G107", "consent"): "K107", ("G104", "type", "cases"): "K111", ("G101", "notice_date"): "K107", ("G101", "consent"): "K107",
           ("G101", "publicised_on"): "S104", ("G101", "confidentiality_on"): "S105", ("G101", "date", "works"): "W101", ("G101", "type", "works"): "W101"}
#: What must stand beside it for the fault to be one, or to be the only one.
BESIDE: dict[tuple[str, ...], Mapping[str, str]] = {
    ("visits", "need_status"): {"need": "2 交通", "need_found_on": "2025-09-01"}, ("visits", "need_found_on"): {"need": "2 交通", "need_status": "1 已办"},
    ("evidence", "meeting_date"): {"doc_date": "2025-09-30"}, ("cases", "case_no"): {"status": "5 不予立案"},
    ("cases", "fine"): {**DECIDED, "decision_no": "某卫罚〔2025〕91号"},
    ("cases", "confiscated"): {**DECIDED, "decision_no": "某卫罚〔2025〕92号"},
}
#: Numbers of a visit and of the book: where one cannot be read, rules that look a record up are silent for the whole book.
UNSURE = {("pregnancies", "record_id"), ("visits", "record_id")}
CONDITIONAL = {("staff", "area_codes"), ("staff", "upper_id"), ("visits", "need_status"), ("visits", "need_found_on"), ("cases", "case_no"),
               ("cases", "party_name")}
#: A cell that is read, but not as it was typed.
CHANGED = {("staff", "work_phone"): "12.0", ("cases", "source"): "举报", ("cases", "fine"): "1.5万", ("cases", "confiscated"): "0.5万",
           ("cases", "reward"): "0.05万元", ("works", "target_code"): "12.0", ("works", "quantity"): "0.006万",
           ("works", "work_id"): "12.0", ("evidence", "evidence_no"): "12.0", ("cases", "type"): "非法B超"}


def _fault(code: str, ledger: type[Ledger], column: Column, text: str) -> Plant:
    name = column.field
    said = INSTEAD.get((code, name, ledger.id)) or INSTEAD.get((code, name)) or code
    beside = BESIDE.get((ledger.id, name), {})
    return one(said, ledger, {**beside, name: text}, name, alone=(ledger.id, name) in UNSURE and code != "G101")


def of_columns() -> Iterator[Plant]:
    """What can be wrong with one cell, for every column of every ledger."""
    for ledger in LEDGERS:
        for column in ledger.columns:
            if (column.required or (ledger.id, column.field) in CONDITIONAL) and column.covered_by not in ("K107", "S104"):
                yield _fault("G101", ledger, column, "")
            yield _fault("G107", ledger, column, "!#N/A")
            for code, text in _bad_texts(ledger, column):
                yield _fault(code, ledger, column, text)
            if not ledger.private:
                yield from _private_texts(ledger, column)


def _bad_texts(ledger: type[Ledger], column: Column) -> Iterator[tuple[str, str]]:
    kind, home = column.kind, HOME[ledger.id]
    if isinstance(kind, Quarter):
        yield "G102", "去年"
    if isinstance(kind, Date):
        yield from (("G102", "2025-02-30"), ("G108", "9月8日"), ("G105", "#45930"))  # 2025-09-30
        if column.asof:
            yield "G103", "2026-12-20"
    if isinstance(kind, (Choice, Multi, Bool, UnitCode, UnitCodes)) or column.field == "token" or (
            column.field in PERSON_FIELDS and ledger is not Staff and ledger is not Services):
        yield "G104", "看情况"
    if isinstance(kind, (Count, Flag)):
        yield "G106", "若干"
    if isinstance(kind, Code):
        yield "G109", "#990101199001010000"
    if isinstance(kind, UnitCode):
        place = TOWN if kind.levels else home
        yield from (("G301", "990199101000" if kind.levels else "990199101201"), ("G105", f"{place}001"), ("G111", UNITS.name(place)))
    if isinstance(kind, UnitCodes):
        yield "G301", f"{home}；990199101201"
    if column.field == "unit_code" and ledger is not Staff:
        yield "G303", VILLAGE3
    if column.field in PERSON_FIELDS and ledger not in (Staff, Services):
        yield "G111", "样例医生"
    if column.free:
        yield "G112", "长" * 1200
    if (ledger.id, column.field) in CHANGED:
        yield "G105", CHANGED[ledger.id, column.field]


def _private_texts(ledger: type[Ledger], column: Column) -> Iterator[Plant]:
    if not isinstance(column.kind, Uscc):
        yield _fault("K103", ledger, column, IDENTITY)
    if column.free:
        yield from (_fault("K103", ledger, column, "联系19000000001"), _fault("K104", ledger, column, "举报人为样例甲"), _fault("K105", ledger, column, "了解思想动态"))


# ------------------------------------------------------------------------------------------- faults written by hand

def _pair(code: str, ledger: type[Ledger], first: Mapping[str, str], second: Mapping[str, str], marks: str, office: str = "") -> Plant:
    return Plant(code, {ledger.id: [first, second]}, [(ledger.id, 1, marks)], office or HOME[ledger.id])


def of_rules() -> Iterator[Plant]:
    """Every rule of its own, on every ledger and office it looks at."""
    yield from _book()
    yield from _births()
    for office in OFFICES:
        yield from _staff(office)
        yield from _cases(office)
        yield from _works(office)
    yield one("X102", Services, {"staff_id": f"{VILLAGE2}-77"}, "staff_id")
    yield one("X102", Services, {"staff_id": ""}, "staff_id")
    yield one("X102", Pregnancies, {"staff_id": f"{VILLAGE}-77"}, "staff_id")
    yield Plant("S203", {"staff": [{"staff_id": f"{VILLAGE2}-50"}], "services": [{"staff_id": f"{VILLAGE2}-50"}] * (LOAD + 1)},
                [("staff", 0, "staff_id")], VILLAGE2)
    yield Plant("S203", {"staff": [{"staff_id": f"{VILLAGE}-50"}], "pregnancies": [{"staff_id": f"{VILLAGE}-50"}] * (LOAD + 1)},
                [("staff", 0, "staff_id")], VILLAGE)


def _book() -> Iterator[Plant]:
    p, v = Pregnancies, Visits
    yield _pair("P101", p, {"record_id": "B7Q2MX"}, {"record_id": "b7q2mx"}, "record_id")
    yield one("P121", p, {"phone": "1900000000"}, "phone")
    yield one("P206", p, {"edd": "2025-06-20", "notice_date": "2025-01-10"}, "record_id")
    yield one("P206", p, {"edd": "2025-07-20", "delivered_on": "2025-07-20"}, "record_id")
    yield one("P209", p, {"delivered_on": "2025-07-01"}, "delivered_on")
    yield one("P210", p, {"edd": "2026-12-20"}, "edd")
    yield one("P210", p, {"edd": "2025-03-01"}, "notice_date")
    yield one("V101", v, {"record_id": "ZZZZZZ"}, "record_id")
    for number in range(1, 6):
        yield one("V103", v, {"record_id": "W3N5KC", "visit_type": str(number), "visit_date": "2025-06-20" if number != 1 else "2025-09-01",
                              "next_date": ""}, "visit_type")
    yield _pair("V104", v, {"visit_date": "2025-09-11"}, {"visit_date": "2025年9月11日"}, "visit_date")
    yield one("V105", v, {"staff_id": f"{VILLAGE}-77"}, "staff_id")
    yield one("V105", v, {"visit_date": "2024-12-31"}, "staff_id")
    yield one("V108", v, {"visit_date": "2025-09-12", "next_date": "2025-09-12"}, "next_date")
    yield one("V109", v, {"need": "2 交通", "need_status": "2 已上报", "need_found_on": "2025-09-08", "need_reported_on": "2025-09-11"}, "need_reported_on")
    yield one("V110", v, {"record_id": "R4TWZ8", "mode": "1 入户"}, "mode")
    yield one("V111", v, {"record_id": "W3N5KC", "mode": "5 未联系上"}, "mode")
    yield one("V111", v, {"record_id": "W3N5KC", "mode": "1 入户", "visit_date": "2025-09-02"}, "mode")
    yield one("V111", v, {"record_id": "W3N5KC", "visit_type": "8", "visit_date": "2025-09-03"}, "mode")
    yield Plant("G105", {"pregnancies": [{"consent": "同意"}]}, [("pregnancies", 0, "consent")], VILLAGE, also=[("pregnancies", 0, "record_id", "V201")])
    yield one("V201", p, {"consent": "2 仅电话或信息"}, "record_id")
    missed = {"record_id": "D7Q2MX", "mode": "5 未联系上", "visit_type": "8"}
    yield Plant("V202", {"pregnancies": [{"record_id": "D7Q2MX", "consent": "2 仅电话或信息"}],
                         "visits": [missed | {"visit_date": "2025-08-08"}, missed | {"visit_date": "2025-09-08"}]}, [("visits", 1, "mode")], VILLAGE)
    gone = {"record_id": "F7Q2MX"}
    yield Plant("K107", {"pregnancies": [gone | {"notice_date": "", "edd": "9月8日"}], "visits": [gone | {"visit_date": "2025-02-30"}]},
                [("pregnancies", 0, "notice_date")], VILLAGE)


def _births() -> Iterator[Plant]:
    yield one("B101", Births, {"live_births": "5"}, "live_births")
    for column in (*Births.columns, *BY_NAME["birth_orders"].columns):
        ledger = Births if column in Births.columns else BY_NAME["birth_orders"]
        if isinstance(column.kind, Count):
            yield one("B101", ledger, {column.field: "-3"}, column.field)
    yield one("B102", Births, {}, "unit_code", VILLAGE2)
    same = {"quarter": "1999-Q1", "birth_order": "1"}
    for office in (TOWN, COUNTY):
        yield _pair("B102", BY_NAME["birth_orders"], same, same | {"birth_order": "一孩"}, "unit_code", office)


def _staff(office: str) -> Iterator[Plant]:
    s, upper = Staff, UPPER[office]
    yield _pair("S101", s, {"staff_id": f"{office}-61"}, {"staff_id": f"{office}-61"}, "staff_id", office)
    if upper:
        yield one("S102", s, {"upper_id": upper[:-2] + "99"}, "upper_id", office)
        yield one("S102", s, {"upper_id": f"{office}-01"}, "upper_id", office)
        yield one("X104", s, {"upper_id": upper[:-2] + "90"}, "staff_id", office)
        outside = VILLAGE3 if office == TOWN else TOWN
        yield one("S103", s, {"area_codes": f"{office}；{outside}"}, "area_codes", office)
        yield one("S205", s, {"staff_id": f"{office}-62", "upper_id": f"{office}-62"}, "upper_id", office)
    if office in (TOWN, COUNTY):
        yield one("S104", s, {"publicised_on": ""}, "publicised_on", office)
    yield one("S105", s, {"confidentiality_on": ""}, "confidentiality_on", office)
    yield one("S201", s, {"valid_from": "2025-06-01", "valid_to": "2025-05-01"}, "valid_to", office)
    doctor = {"role": "8 责任医生"}
    yield _pair("S204", s, doctor | {"valid_to": "2025-06-30"}, doctor | {"valid_from": "2025-07-09"}, "valid_from", office)
    yield one("G302", s, {"unit_name": "乙水镇"}, "unit_name", office)
    other, name = (TOWN2, "乙水镇") if office == TOWN else (VILLAGE3, "乙水镇一村")
    yield one("G303", s, {"unit_code": other, "unit_name": name, "area_codes": office}, "unit_code", office)
    if office == VILLAGE:
        yield one("G111", s, {"level": "4 小组", "role": "7 小组长", "area_codes": f"{office}-01", "upper_id": "样例医生"}, "upper_id", office)
        yield one("G104", s, {"upper_id": "看情况"}, "upper_id", office)


def _cases(office: str) -> Iterator[Plant]:
    c = Cases
    number = {VILLAGE: 1, VILLAGE2: 2, TOWN: 3, COUNTY: 4}[office] * 100

    def decided(**more: str) -> dict[str, str]:
        nonlocal number
        number += 1
        return {**DECIDED, "decision_no": f"某卫罚〔2025〕{number}号", **more}

    same = {"case_no": f"990101-2025-9{office[8]}{office[11]}9"}
    yield _pair("C101", c, same, same, "case_no", office)
    yield one("C102", c, {"status": "1 立案", "filed_on": "2025-07-02", "legal_basis": "人口与计划生育法第四十条"}, "filed_on", office)
    yield one("C102", c, decided(decided_on="2025-07-09"), "decided_on", office)
    yield Plant("C102", {"cases": [decided(found_on="2025-07-03", filed_on="7月10日", decided_on="2025-07-02")]}, [("cases", 0, "decided_on")], office,
                also=[("cases", 0, "filed_on", "G108")])
    closed = {"status": "4 结案", "closed_on": "2025-09-01", "archive_no": "示例1"}
    yield one("C102", c, decided(**closed | {"closed_on": "2025-07-31"}), "closed_on", office)
    for name in ("filed_on", "legal_basis", "decided_on", "decision_no", "fine", "closed_on", "archive_no"):
        yield one("C103", c, decided(**closed | {name: ""}), name, office)
    yield one("C106", c, {"uscc": "91110000600037341M"}, "uscc", office)
    yield one("C107", c, decided(decision_no=f"2025年{number}号"), "decision_no", office)
    yield one("C201", c, {"status": "1 立案", "found_on": "2025-05-01", "filed_on": "2025-07-01", "legal_basis": "第四十条"}, "filed_on", office)
    yield one("C202", c, {"status": "6 移送", "transferred_on": "2025-09-02"}, "transfer_to", office)
    yield one("C202", c, {"status": "6 移送", "transfer_to": "2"}, "transferred_on", office)
    yield one("C203", c, {"fine": "5000"}, "fine", office)
    yield one("C301", c, decided(fine="9999"), "fine", office)
    yield one("C302", c, decided(confiscated="20000", fine="39999"), "fine", office)
    yield one("C303", c, {"reward": "800"}, "reward", office)
    yield one("K111", c, {"type": "不明原因孕情消失"}, "type", office)
    yield one("K111", c, {"type": "05"}, "type", office)
    yield one("K110", c, {"party_type": "患者", "found_on": "9月8日"}, "party_type", office)
    if office != COUNTY:
        yield one("K110", c, {"party_type": "2 执业人员", "party_name": ""}, "party_type", office)


def _works(office: str) -> Iterator[Plant]:
    w, e = Works, Evidence
    yield one("W101", w, {"date": ""}, "date", office)
    yield one("W101", w, {"type": ""}, "type", office)
    for kind in ("1", "2", "3", "4"):
        yield one("W102", w, {"type": kind, "evidence_no": ""}, "evidence_no", office)
    yield one("W103", w, {"type": "8 整改", "due_on": "2025-09-29"}, "due_on", office)
    yield one("E101", e, {"item_code": "V-99"}, "item_code", office)
    yield one("E102", e, {"location": "没有的照片.jpg"}, "location", office)
    yield one("E103", e, {"doc_date": "2024-12-31"}, "doc_date", office)
    yield one("E104", e, {"meeting_date": "2025-09-13"}, "meeting_date", office)
    yield Plant("E104", {"evidence": [{"evidence_no": "CL-9"}], "works": [{"type": "3 专题会", "date": "2025-09-18", "evidence_no": "CL-9"}]},
                [("evidence", 0, "doc_date")], office)
    yield one("E105", e, {"doc_no": "某卫发〔2024〕18号"}, "doc_date", office)


OF_COLUMNS = list(of_columns())
PLANTS = [*OF_COLUMNS, *of_rules()]
