"""The clerks' habits: each changes something; the harmless ones lose nothing, shown by hand and by the reader."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from tests.reading.messes import HARMLESS, PERIOD, PLAN, SAYS, digests, offices, plain, said, units, whole_county
from toolkit.files import delimited, legacy, spreadsheets
from toolkit.model.grid import DATA, HEAD, Grid
from toolkit.model.sheet import Book
from toolkit.schema import BY_NAME, Services, submission_ledgers
from toolkit.schema.kinds import parse_cell
from toolkit.steps import mess
from toolkit.steps.batch import Asked
from toolkit.steps.county import county
from toolkit.steps.mess_inbox import Sent, inbox, received_list, sheets_of
from toolkit.steps.mess_sheets import csv_sheet, plain_sheets
from toolkit.steps.read import read

from .as_read import book_of


def _records(grid: Grid) -> Counter[tuple[tuple[str, str], ...]]:
    """Normalised records of one sheet, by hand: merged cells filled down, 同上 filled, blocks side by side parted."""
    ledger = BY_NAME[grid.ledger]
    rows = [list(row) for row in grid.rows]
    for top, left, bottom, right in grid.merged:
        if left == right and bottom > top and grid.kinds[top - 1] == DATA:
            for at in range(top, bottom):
                rows[at][left - 1] = rows[top - 1][left - 1]
    found: Counter[tuple[tuple[str, str], ...]] = Counter()
    above: list[Any] = []
    for at in grid.of_kind(DATA):
        above = [above[index] if cell == "同上" else cell for index, cell in enumerate(rows[at])]
        record: dict[str, str] = {}
        for name, cell in [*zip(grid.fields, above, strict=True), ("", None)]:
            if name in record or (not name and record and name not in grid.fields[: len(record)]):
                found[tuple(sorted(record.items()))] += any(value != "None" for value in record.values())
                record = {}
            if name:
                record[name] = repr(parse_cell(ledger.by_field[name].kind, cell).value)
        if record:
            found[tuple(sorted(record.items()))] += any(value != "None" for value in record.values())
    return +found


def _cover(sheets: Sequence[Grid]) -> dict[str, str]:
    columns = {column.heading: column for column in BY_NAME["cover"].columns}
    grid = next((grid for grid in sheets if grid.ledger == "cover"), None)
    return {row[0]: repr(parse_cell(columns[row[0]].kind, row[1]).value) for row in grid.rows} if grid else {}


@pytest.mark.parametrize("name", mess.HABITS)
def test_each_habit_changes_something_and_leaves_what_it_was_given(name: str) -> None:
    changed = []
    for office in offices():
        sheets = plain_sheets(office, True)
        before = repr(sheets)
        changed += [mess.HABITS[name](sheets, random.Random(seed)) != sheets for seed in range(3)]
        assert repr(sheets) == before
        assert mess.HABITS[name](sheets, random.Random(1)) == mess.HABITS[name](sheets, random.Random(1))
    assert any(changed)


#: The typed cells alone do not tell: the header says 万元, a formula's value is stored beside it.
IN_THE_HEADER = {"money_in_ten_thousands", "formulas"}


@pytest.mark.parametrize("name", sorted(set(HARMLESS) - IN_THE_HEADER))
def test_a_harmless_habit_keeps_every_value(name: str) -> None:
    for office in offices():
        tidy = plain_sheets(office, True)
        for seed in range(4):
            sheets = mess.HABITS[name](tidy, random.Random(seed))
            assert {grid.ledger: _records(grid) for grid in sheets if grid.ledger not in ("", "cover")} == {
                grid.ledger: _records(grid) for grid in tidy if grid.ledger not in ("", "cover")}
            assert _cover(sheets) == _cover(tidy) or name == "label_lines_above"


@pytest.mark.parametrize("name", mess.FAULTS)
def test_the_reader_finds_what_a_mistake_plants(name: str) -> None:
    habit, code = mess.FAULTS[name]
    found: set[str] = set()
    for office in offices()[:2]:
        found |= said(book_of("甲.xlsx", habit(plain_sheets(office, True), random.Random(3))))
    assert found == {code}


def test_several_habits_together() -> None:
    office = offices()[0]
    for seed in range(8):
        rng = random.Random(seed)
        habits = mess.habits_of_file("typical", rng)
        assert 1 <= len(habits) <= 4
        book = book_of("甲.xlsx", mess.messed(plain_sheets(office, True), habits, rng))
        assert (habits, digests(book), said(book) - SAYS) == (habits, plain(0), set())


def test_levels() -> None:
    assert mess.MESS["none"] == []
    assert all(mess.HARMLESS[name] for name in mess.MESS["typical"])
    assert set(mess.MESS["wild"]) == set(mess.HABITS)
    assert mess.habits_of_file("none", random.Random(0)) == ()
    assert all(habit.__doc__ for habit in mess.HABITS.values())


def test_plain_values_by_hand() -> None:
    """A few cells, before and after, without any machine between."""
    office = offices()[0]
    grid = next(grid for grid in plain_sheets(office, True) if grid.ledger == "births")
    live = grid.fields.index("live_births")
    number = grid.rows[1][live]
    after = {name: mess.HABITS[name]([grid], random.Random(0))[0] for name in ("number_with_unit", "numbers_as_text", "wrong_sums", "totals_row_foot")}
    assert [after[name].rows[1][live] for name in ("number_with_unit", "numbers_as_text", "wrong_sums")] == [f"{number}人", str(number), number + 1]
    assert after["totals_row_foot"].rows[-1][: live + 1] == [after["totals_row_foot"].rows[-1][0], number]
    titled = mess.HABITS["title_row"]([grid], random.Random(0))[0]
    assert (titled.rows[0][0], titled.merged, titled.of_kind(HEAD)) == ("示例县出生统计", [(1, 1, 1, 6)], [1])


def test_rows_and_columns_put_in_move_what_is_below() -> None:
    grid = Grid("表", [["甲", "乙"], [1, 2], [3, 4]], [(2, 1, 3, 1)], {3}, {2}, kinds=[HEAD, DATA, DATA], fields=["a", "b"])
    grid.insert_row(1, ["中"], "note")
    grid.insert_column(0, ["序号", None, 1, 2], "")
    assert (grid.rows, grid.merged, grid.hidden_rows, grid.hidden_columns) == (
        [["序号", "甲", "乙"], [None, "中", None], [1, 1, 2], [2, 3, 4]], [(3, 2, 4, 2)], {4}, {3})
    assert (grid.kinds, grid.fields) == ([HEAD, "note", DATA, DATA], ["", "a", "b"])


def test_file_names_tell_the_unit() -> None:
    units = whole_county().units
    for unit in units:
        for seed in range(25):
            name = mess.file_name(unit, PERIOD, random.Random(seed))
            copy = mess.copied_name(name, random.Random(seed))
            for text in (name, copy):
                named = [other for other in units if other.name in text]
                told = {max(named, key=lambda other: len(other.name))} if named else {other for other in units if other.code in text}
                assert told == {unit}, text
            assert name != copy
            assert copy.endswith(".xlsx")


def test_three_formats_hold_the_same() -> None:
    """xlsx and xls through the reader's own formats; csv, ledger by ledger, as a submission."""
    office = offices()[0]
    sheets = mess.messed(plain_sheets(office, True), ("title_row", "merged_group_header", "side_merged_unit", "hidden_row"), random.Random(1))
    for kind, data in (("xlsx", legacy.xlsx_bytes(sheets)), ("xls", legacy.xls_bytes(sheets))):
        book = spreadsheets.read(f"甲.{kind}", kind, data, "0" * 64)
        assert isinstance(book, Book)
        assert digests(book) == plain(0)
        assert [sheet.very_hidden for sheet in book.sheets][-1] or kind == "xls"
    assert legacy.xlsx_bytes(sheets) == legacy.xlsx_bytes(sheets)
    for ledger in submission_ledgers("village"):
        for encoding in (legacy.UTF8, legacy.GB18030):
            rows = office.rows.get(ledger.id, [])
            book = delimited.read("甲.csv", legacy.csv_bytes(csv_sheet(office, ledger, rows), encoding), "0" * 64)
            assert isinstance(book, Book)
            if ledger is not Services:
                assert digests(book) == {ledger.id: plain(0)[ledger.id]}


def test_csv_by_hand() -> None:
    grid = csv_sheet(offices()[1], BY_NAME["cases"], [])
    lines = legacy.csv_bytes(grid).decode("utf-8-sig").splitlines()
    cover = offices()[1].cover
    assert lines[0].startswith("单位代码：990101000000,单位名称：示例县,所属月份：2025-09,")
    assert f"填报日期：{cover['prepared_on'].isoformat()}" in lines[1]
    assert lines[3].startswith(f"零报告：否,移送公安件数：{cover['police_transfers']},")
    assert lines[4].startswith("案件编号,上报单位代码,发现日期,")


# --------------------------------------------------------------------------------------------------------- inbox


def _box(level: str, seed: int = 0) -> list[Sent]:
    return inbox(whole_county(), level, random.Random(seed))


def test_inbox_without_mess() -> None:
    sent = _box("none")
    assert sorted(file.office.unit.code for file in sent) == [unit.code for unit in whole_county().units]
    assert {(file.form, file.office.unit.level) for file in sent} == {("submission", "village"), ("workbook", "township"), ("workbook", "county")}
    assert all(file.habits == () and dt.date(2025, 10, 1) <= file.office.cover["prepared_on"] <= file.received <= dt.date(2025, 10, 9) for file in sent)
    assert all(file.file_name == f"{file.office.unit.code}_2025-09_v0.xlsx" for file in sent)


@pytest.mark.parametrize("level", ["typical", "wild"])
@pytest.mark.parametrize("seed", range(3))
def test_inbox_with_mess(level: str, seed: int) -> None:
    sent, units = _box(level, seed), whole_county().units
    assert sent == _box(level, seed)
    assert len({(file.folder, file.file_name) for file in sent}) == len(sent)
    units_sent = {file.office.unit.code for file in sent}
    assert [unit.level for unit in units if unit.code not in units_sent] == ["village"]
    assert all(file.office.unit.code.startswith(file.folder.rstrip("0")) for file in sent)
    assert {file.ledger for file in sent if file.form == "csv"} == {ledger.id for ledger in submission_ledgers("village")}
    assert len({file.office.unit.code for file in sent if file.form == "csv"}) == 1
    assert {file.form for file in sent} == {"submission", "workbook", "grid-xlsx", "xls", "csv"}
    assert [file.received.day for file in sent if file.received.day > 9] == [22]
    corrected = [file for file in sent if file.office.cover["revision"] == 1]
    assert [file.office.cover["revision_reason"] for file in corrected] in (["1 录入错误"], ["2 漏报"])
    first = [file for file in sent if file.office.unit == corrected[0].office.unit and file not in corrected]
    assert len(first) == 1
    assert first[0].office.rows != corrected[0].office.rows
    copies = Counter(file.office.unit.code for file in sent if file.form != "csv" and file.office.unit != corrected[0].office.unit)
    assert sorted(copies.values())[-2:] == [1, 2]
    assert received_list(sent)[0] == (sent[0].file_name, sent[0].received.isoformat())
    assert any(file.habits for file in sent)


def test_small_inboxes() -> None:
    for villages in (1, 2, 3, 4):
        found = county("小", villages, PERIOD, PLAN)
        sent = inbox(found, "typical", random.Random(0))
        missing = {unit.code for unit in found.units} - {file.office.unit.code for file in sent}
        assert len(missing) == (1 if villages > 2 else 0)


def test_what_is_sent_can_be_read() -> None:
    """Every file typed by hand, as the reader sees it: the right unit, the right ledgers, mistakes only of the wild."""
    for level in ("typical", "wild"):
        for file in _box(level):
            if file.form not in ("grid-xlsx", "xls", "csv"):
                continue
            sheets = sheets_of(file, lambda office: [])
            if file.form == "csv":
                book = delimited.read(file.file_name, legacy.csv_bytes(sheets[0]), "0" * 64)
                assert isinstance(book, Book)
            else:
                book = book_of(file.file_name, sheets)
            union = read([book], Asked(PLAN, units()))
            assert {(part.unit, part.period) for part in union.parts} == {(file.office.unit.code, PERIOD)}
            assert union.refusals == ()
