"""Every figure against a slow referee that reads the merged workbooks with openpyxl and knows nothing of the toolkit."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.referee import figures as referee
from toolkit.model.figure import MONEY, WORKS, Figure
from toolkit.steps.figures import Summary, digest_of
from toolkit.steps.indicators import births_by_order, figures_of
from toolkit.tasks.demo import Wanted, demo
from toolkit.tasks.merge import Asked as Merging
from toolkit.tasks.merge import merge
from toolkit.tasks.outcome import Outcome
from toolkit.tasks.summary import Asked, compute

MONTHS = ("2025-09", "2025-10", "2025-11")


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _county(tmp_path_factory, Wanted(villages=7, months=1, seed="指标", mess="none"))


@pytest.fixture(scope="session")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _county(tmp_path_factory, Wanted(villages=11, months=3, seed="5", mess="typical"))


@pytest.fixture(scope="session")
def wild(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _county(tmp_path_factory, Wanted(villages=9, months=1, seed="8", mess="wild"))


def _county(factory: pytest.TempPathFactory, wanted: Wanted) -> Path:
    folder = factory.mktemp("county") / "c"
    assert demo(folder, wanted, lambda line: None).exit_code == 0
    return folder


def summary_of(folder: Path, *files: Path) -> Summary:
    result = compute(files, Asked(Path("never-written.xlsx"), folder=folder, jobs=1), Outcome("summary"))
    assert isinstance(result, Summary), [line.en for line in result.lines]
    return result


def compared(folder: Path, *files: Path) -> list[tuple[object, ...]]:
    """(period, unit, level, field, referee's, ours) wherever the two differ."""
    units, institutions = referee.units_of(folder), referee.institutions_of(folder)
    books = sorted((referee.Workbook(file) for file in files), key=lambda book: book.period)
    result = summary_of(folder, *files)
    differ: list[tuple[object, ...]] = []
    assert [month.merged.period for month in result.months] == [book.period for book in books]
    for month, book in zip(result.months, books, strict=True):
        ours = {(one.unit, one.level, one.field): one for one in figures_of(month)}
        wanted = referee.figures(book, units, institutions)
        for key, (n, d) in wanted.items():
            one = ours[key]
            said = (one.value if one.field in MONEY else one.n, one.d if one.field not in WORKS else None)
            if said != (n, d):
                differ.append((book.period, *key, (n, d), said))
        assert {key for key in ours if ":" not in key[2] and not key[2].startswith("quality")} == wanted.keys()
    orders = {(one.period, one.field): one.n for one in births_by_order(result.months)}
    wanted_orders = referee.births_by_order(books)
    assert {key: n for key, n in orders.items() if n} == {key: n for key, n in wanted_orders.items() if n}
    return differ


def test_a_clean_county(clean: Path) -> None:
    assert compared(clean, clean / "out/2025-09/county.xlsx") == []


def test_a_messy_county_and_its_townships(messy: Path) -> None:
    out = messy / "out" / MONTHS[0]
    for file in (out / "county.xlsx", *sorted(out.glob("township_*.xlsx"))):
        assert compared(messy, file) == []


def test_a_wild_county(wild: Path) -> None:
    assert compared(wild, wild / "out/2025-09/county.xlsx") == []


def test_several_months(messy: Path) -> None:
    assert compared(messy, *(messy / "out" / month / "county.xlsx" for month in MONTHS)) == []


def test_a_village(clean: Path, tmp_path: Path) -> None:
    town = next(folder for folder in sorted((clean / "inbox/2025-09").iterdir()) if folder.is_dir() and not folder.name.endswith("000000"))
    village = next(file for file in sorted(town.iterdir()) if not file.name.startswith(town.name))
    assert merge([village], Merging(tmp_path / "村.xlsx", "village", folder=clean)).exit_code == 0
    assert compared(clean, tmp_path / "村.xlsx") == []


def test_quarters_and_years_are_sums_of_whole_months_only(messy: Path) -> None:
    files = [messy / "out" / month / "county.xlsx" for month in MONTHS]
    books = [referee.Workbook(file) for file in files]
    units, institutions = referee.units_of(messy), referee.institutions_of(messy)
    monthly = [referee.figures(book, units, institutions) for book in books]
    result = summary_of(messy, *files)
    missing = {one.period: one.basis for one in result.figures if one.field == "works_meetings" and one.level == "county" and one.value is None}
    assert missing == {"2025-Q3": "2025-07,2025-08", "2025-Q4": "2025-12", "2025": "2025-01,2025-02,2025-03,2025-04,2025-05,2025-06,2025-07,2025-08,2025-12",
                       "2025-01/2025-11": "2025-01,2025-02,2025-03,2025-04,2025-05,2025-06,2025-07,2025-08"}
    assert not {one.field for one in result.figures if one.field.startswith(("services", "contact", "needs", "assign")) and one.period not in MONTHS}
    whole = _span_of_three(result, monthly)
    for field in ("births", "boys", "cases_decided", "cases_leads", "works_meetings", "works_publicity", "fines", "submission_late"):
        for unit, level in {(key[0], key[1]) for key in monthly[0] if key[2] == field}:
            assert whole[unit, level, field] == sum(month[unit, level, field][0] for month in monthly), (unit, field)


def _span_of_three(result: Summary, monthly: list[dict[Any, Any]]) -> dict[tuple[str, str, str], float | None]:
    from toolkit.steps.spans import Span, span_figures

    months = {month.merged.period: month for month in result.months}
    found = span_figures(Span("three", MONTHS), months, {period: figures_of(month) for period, month in months.items()})
    return {(one.unit, one.level, one.field): one.value if one.n is None else one.n for one in found}


def test_two_routes_give_the_same_summary(messy: Path, tmp_path: Path) -> None:
    """Village to township to county, and villages straight to the county."""
    direct = tmp_path / "direct.xlsx"
    merge([messy / "inbox" / MONTHS[0]], Merging(direct, "county", folder=messy))
    one, other = summary_of(messy, messy / "out" / MONTHS[0] / "county.xlsx"), summary_of(messy, direct)
    assert one.digest == other.digest
    assert one.figures == other.figures
    twice = summary_of(messy, direct, messy / "out" / MONTHS[0] / "county.xlsx")
    assert twice.digest == one.digest


def test_a_township_shows_what_a_county_hides(messy: Path) -> None:
    out = messy / "out" / MONTHS[0]
    county = summary_of(messy, out / "county.xlsx")
    hidden = [one for one in county.figures if one.suppressed]
    assert hidden
    assert {(one.n, one.d, one.value) for one in hidden} == {(None, None, None)}
    assert {one.field.partition(":")[0] for one in hidden} <= {"services_open", "assign_rate", "contact_rate", "window_rate", "postnatal_rate", "check42_rate",
                                                                "needs", "needs_done_rate", "needs_in_time_rate", "births", "boys", "girls", "births_by_order"}
    township = summary_of(messy, next(iter(sorted(out.glob("township_*.xlsx")))))
    assert [one for one in township.figures if one.suppressed] == []
    for one in county.figures:
        if one.period == MONTHS[0] and one.field in ("services_open", "needs", "births", "boys", "girls") and not one.suppressed and one.level == "township":
            assert one.n is not None and one.n >= 5
        if one.field.endswith("_rate") and one.value is not None:
            assert one.d is not None and one.d >= 10


def test_a_county_of_one_village_without_its_townships_file(tmp_path: Path) -> None:
    folder = _tiny(tmp_path)
    result = summary_of(folder, folder / "out/2025-09/county.xlsx")
    assert result.get("submission_missing", level="county") is not None
    lines = {one.unit for one in result.figures if one.level == "township"}
    assert lines == {unit for unit, _ in referee.units_of(folder) if referee.level_of(unit) == "township"}


def _tiny(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    assert demo(folder, Wanted(villages=1, seed="3", mess="none"), lambda line: None).exit_code == 0
    shutil.rmtree(folder / "out")
    towns = [path for path in (folder / "inbox/2025-09").iterdir() if path.is_dir() and not path.name.endswith("000000")]
    for town in towns:
        for file in town.iterdir():
            if file.name.startswith(town.name):
                file.unlink()
    merge([folder / "inbox/2025-09"], Merging(folder / "out/2025-09/county.xlsx", "county", folder=folder))
    return folder


def test_the_digest_is_of_the_indicators_alone() -> None:
    one = Figure("990101000000", "county", "2025-09", "births", 3, None, 3).as_json()
    assert digest_of([one]) == digest_of([dict(reversed(one.items()))])
    assert digest_of([one]) != digest_of([{**one, "n": 4}])
