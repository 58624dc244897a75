"""The laws of SPEC 6: a merge is a union, whatever the order, the grouping and the form of its inputs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.tables import COUNTY, TOWN, TOWN2, UNITS, VILLAGE, VILLAGE2, VILLAGE3, book, ledger, office, standard, submission, union, village
from toolkit.files.intake import open_book
from toolkit.files.merged import write
from toolkit.model.merged import FIRST, SECOND, Merged
from toolkit.model.part import Union, united
from toolkit.model.sheet import Book
from toolkit.model.unit import Unit
from toolkit.schema import LEDGERS, TRAVELLING
from toolkit.steps.identify import row_texts
from toolkit.steps.merge import Frame, merged, reconciliation, submissions_json

PERIOD = "2025-09"
#: A failing example is a seed already; shrinking would take minutes and say no more.
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)


def merge(whole: Union, target: str = COUNTY) -> Merged:
    unit = UNITS.get(target) or Unit(target, target, False)
    return merged(whole, Frame(unit, PERIOD, standard(), UNITS, "test"))


def again(result: Merged, folder: Path, name: str) -> Union:
    """A merged workbook written to a file and read as input of the next merge."""
    path = folder / name
    path.write_bytes(write(result))
    opened = open_book(path)
    assert isinstance(opened, Book)
    return union(opened, merging=True)


def facts(result: Merged) -> dict[str, object]:
    """Everything that must not depend on the route."""
    return {
        "digest": result.content_digest,
        "rows": {item.id: _carried(result, item.id) for item in TRAVELLING},
        "issues": sorted((issue.id, issue.code, issue.severity, issue.file, issue.cell or "") for issue in result.issues),
        "balances": reconciliation(result.balances),
        "states": sorted(map(str, submissions_json(result))),
        "conflicts": sorted((conflict.id, conflict.choices) for conflict in result.conflicts),
    }


def _carried(result: Merged, ledger_id: str) -> list[str]:
    """The rows a merged workbook carries: those that stand, and those that wait for a decision."""
    table = result.union.tables.get(ledger_id)
    if table is None:
        return []
    carried = {number for number, stands in enumerate(result.stands) if stands} | result.losers
    return sorted(text for text, number in zip(row_texts(table), table.frame["_part"].tolist(), strict=True) if number in carried)


def villages(seed: int) -> list[Book]:
    """Several submissions with revisions, rivals, faults and a file that cannot be attributed."""
    rng = random.Random(seed)
    books = []
    for unit in (VILLAGE, VILLAGE2, VILLAGE3):
        for revision in range(rng.randint(1, 3)):
            boys, girls = rng.randint(0, 5), rng.randint(0, 5)
            total = boys + girls + (rng.random() < 0.3)
            sheets = [
                ledger("births", {"unit_code": unit, "live_births": f"#{total}", "boys": f"#{boys}", "girls": f"#{girls}"}),
                ledger("staff", {"staff_id": rng.choice(("990101101201-01", f"{unit}-01")), "unit_code": unit, "area_codes": unit,
                                 "valid_from": rng.choice(("2025-01-01", "8月9日", "@2025-02-03"))}),
                ledger("cases", {"unit_code": unit, "case_no": rng.choice(("990101-2025-0001", f"990101-2025-{rng.randint(2, 9):04d}")),
                                 "party_type": rng.choice(("1 医疗机构", "2 执业人员")), "party_name": rng.choice(("示例门诊部", "电话 19000000001"))}),
            ]
            make = rng.choice((submission, village))
            if make is village:
                sheets.append(ledger("pregnancies", *[{"record_id": f"K7Q2M{letter}", "staff_id": f"{unit}-01"} for letter in "ABCDF"[: rng.randint(0, 5)]]))
            else:
                rows = [{"token": f"{rng.getrandbits(48):012x}", "unit_code": unit, "staff_id": ""} for _ in range(rng.randint(0, 3))]
                sheets.append(ledger("services", *rows))
            text = make(*rng.sample(sheets, len(sheets)), unit=unit, revision=revision, filled=f"2025-10-0{rng.randint(1, 9)}")
            books.append(book(text, f"{unit}-{revision}-{rng.randint(0, 9)}.xlsx"))
            if rng.random() < 0.3:  # the same revision with other content
                other = make(ledger("births", {"unit_code": unit, "live_births": "#9", "boys": "#4", "girls": "#5"}), unit=unit, revision=revision)
                books.append(book(other, f"{unit}-{revision}-改.xlsx"))
    books.append(book(office(ledger("staff", {"staff_id": f"{TOWN}-01", "level": "2 乡镇街道", "unit_code": TOWN}), unit=TOWN), "甲山乡.xlsx"))
    return books


@settings(max_examples=25, phases=QUICK)
@given(seed=st.integers(0, 10_000), order=st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(seed: int, order: random.Random) -> None:
    books = villages(seed)
    one = merge(united([union(item, merging=True) for item in books], LEDGERS))
    shuffled = [*books, *order.sample(books, len(books) // 2)]
    order.shuffle(shuffled)
    assert facts(merge(united([union(item, merging=True) for item in shuffled], LEDGERS))) == facts(one)
    assert facts(merge(union(*shuffled, merging=True))) == facts(one)


@settings(max_examples=15, phases=QUICK)
@given(seed=st.integers(0, 10_000), grouping=st.integers(0, 10_000))
def test_any_grouping_gives_the_same(seed: int, grouping: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("grouping")
    books = villages(seed)
    direct = merge(union(*books, merging=True))
    rng = random.Random(grouping)
    groups: list[list[Book]] = [[], [], []]
    for item in books:
        groups[rng.randrange(3)].append(item)
    middle = [again(merge(union(*group, merging=True), rng.choice((TOWN, COUNTY))), folder, f"{number}.xlsx") for number, group in enumerate(groups) if group]
    assert facts(merge(united(middle, LEDGERS))) == facts(direct)
    twice = again(merge(united(middle, LEDGERS)), folder, "县.xlsx")
    assert facts(merge(united([twice, *middle], LEDGERS))) == facts(direct)


def test_township_then_county_equals_village_to_county(tmp_path: Path) -> None:
    books = villages(7)
    by_town = {town: [item for item in books if town[:9] in item.file or (town == TOWN and item.file.startswith("甲山乡"))] for town in (TOWN, TOWN2)}
    towns = [again(merge(union(*group, merging=True), town), tmp_path, f"{town}.xlsx") for town, group in by_town.items()]
    assert facts(merge(united(towns, LEDGERS))) == facts(merge(union(*books, merging=True)))


@settings(max_examples=25, phases=QUICK)
@given(seed=st.integers(0, 10_000))
def test_nothing_is_lost(seed: int) -> None:
    books = villages(seed)
    result = merge(union(*books, merging=True))
    assert all(line.holds for line in result.balances)
    for line in result.balances:
        if line.ledger not in ("services",):
            distinct = {(part.key): part.read for part in result.union.parts if part.ledger == line.ledger}
            assert line.read == sum(distinct.values())


def test_a_higher_revision_supersedes() -> None:
    first = book(submission(ledger("births", {"live_births": "#3"})), "a.xlsx")
    second = book(submission(ledger("births", {"live_births": "#1", "boys": "#1", "girls": "#0"}), revision=1), "b.xlsx")
    result = merge(union(first, second, merging=True), TOWN)
    line = next(line for line in result.balances if line.ledger == "births")
    assert (line.read, line.merged, line.superseded) == (2, 1, 1)
    assert [(row.revision, row.state) for row in result.submissions if row.unit == VILLAGE] == [(1, "zero"), (0, "superseded")]


def test_a_decision_picks_the_content_and_keeps_the_digest(tmp_path: Path) -> None:
    import openpyxl

    one = book(submission(ledger("births", {"live_births": "#3"})), "a.xlsx")
    other = book(submission(ledger("births", {"live_births": "#2", "boys": "#1"})), "b.xlsx")
    whole = union(one, other, merging=True)
    before = merge(whole, TOWN)
    assert [(issue.code, issue.severity) for issue in before.issues if issue.code == "F111"] == [("F111", "error")]
    conflict = next(item for item in before.conflicts if item.code == "F111")
    taken = {}
    for choice in (FIRST, SECOND):
        decided = merge(Union(whole.parts, whole.tables, whole.refusals, {conflict.id: (choice,)}, whole.file_issues), TOWN)
        assert decided.content_digest == before.content_digest
        assert [(issue.code, issue.severity) for issue in decided.issues if issue.code == "F111"] == [("F111", "info")]
        taken[choice] = [part.digest for part, stands in zip(decided.union.parts, decided.stands, strict=True) if stands and part.ledger == "births"]
        carried = again(decided, tmp_path, f"{choice}.xlsx")
        assert carried.decisions == {conflict.id: (choice,)}
        assert facts(merge(carried, TOWN)) == facts(decided)
        sheet = openpyxl.load_workbook(tmp_path / f"{choice}.xlsx")
        decision = next(cell for row in sheet["重复与冲突"].iter_rows() for cell in row if cell.value == choice)
        decision.value = SECOND if choice == FIRST else FIRST
        sheet.save(tmp_path / "changed.xlsx")
        changed = open_book(tmp_path / "changed.xlsx")
        assert isinstance(changed, Book)
        assert union(changed, merging=True).decisions == {conflict.id: (decision.value,)}
    assert taken[FIRST] != taken[SECOND]
    split = merge(united([Union(whole.parts, whole.tables, decisions={conflict.id: (choice,)}) for choice in (FIRST, SECOND)], LEDGERS), TOWN)
    assert [(issue.code, issue.severity) for issue in split.issues if issue.code == "F111"] == [("F111", "error")]


def test_rows_edited_in_a_merged_file_are_kept_out(tmp_path: Path) -> None:
    import openpyxl

    result = merge(union(book(submission(ledger("births", {"live_births": "#3"})), "a.xlsx"), merging=True), TOWN)
    path = tmp_path / "乡.xlsx"
    path.write_bytes(write(result))
    edited = openpyxl.load_workbook(path)
    sheet = edited["出生统计"]
    row = next(row for row in sheet.iter_rows(min_row=5) if row[0].value == VILLAGE)
    row[1].value = 30
    edited.save(path)
    opened = open_book(path)
    assert isinstance(opened, Book)
    after = merge(union(opened, merging=True), TOWN)
    line = next(line for line in after.balances if line.ledger == "births")
    assert (line.read, line.merged, line.set_aside, line.holds) == (1, 0, 1, True)
    assert [(issue.code, issue.unit) for issue in after.issues if issue.code == "F116"] == [("F116", VILLAGE)]
    assert [row.state for row in after.submissions if row.refusal] == ["refused"]


def test_an_issue_of_a_merged_file_says_where_it_stands_there_too(tmp_path: Path) -> None:
    import openpyxl

    births = ledger("births", {"live_births": "#3"}, {"boys": "两个"})
    carried = again(merge(union(book(submission(births), "a.xlsx"), merging=True), TOWN), tmp_path, "乡.xlsx")
    issue = next(issue for part in carried.parts for issue in part.reading if issue.code == "G106")
    assert (issue.file, issue.sheet, issue.cell) == ("a.xlsx", "出生统计", "C3")
    assert issue.here is not None
    assert openpyxl.load_workbook(tmp_path / "乡.xlsx")[issue.here[0]][issue.here[1]].value == "两个"
