"""The sex ratio told honestly: the county alone, a whole year, enough births, exact limits, and words for what cannot be judged."""

from __future__ import annotations

import pytest
from scipy.stats import beta, binom

from tests.tables import COUNTY, TOWN, UNITS, VILLAGE, VILLAGE2, VILLAGE3, book, ledger, standard, submission, union
from toolkit.model.period import shift
from toolkit.model.report import ChartRow
from toolkit.model.unit import Unit
from toolkit.steps.figures import Known, Summary, Year, summarised
from toolkit.steps.merge import Frame, merged
from toolkit.steps.summary_charts import chart_page, funnel_limits
from toolkit.steps.summary_words import ratio_sentence

LAST = "2025-09"


def county(months: int, boys: int, girls: int, target: str = COUNTY, history: tuple[Year, ...] = ()) -> Summary:
    """So many months that end with LAST; each of three villages reports the same births each month."""
    found = []
    for back in range(months):
        period = shift(LAST, -back)
        books = [book(submission(ledger("births", {"unit_code": unit, "live_births": f"#{boys + girls}", "boys": f"#{boys}", "girls": f"#{girls}"}), unit=unit,
                                 period=period), f"{unit}-{period}.xlsx") for unit in (VILLAGE, VILLAGE2, VILLAGE3) if unit.startswith(target.rstrip("0"))]
        found.append(merged(union(*books, merging=True), Frame(UNITS.get(target) or Unit(target, target, False), period, standard(), UNITS, "test")))
    return summarised(found, Known(history=history))


def ratio(summary: Summary) -> dict[str, tuple[object, ...]]:
    return {one.field: (one.period, one.n, one.d, one.value, one.basis) for one in summary.figures if one.field.startswith("sex_ratio")}


def test_a_whole_year_of_enough_births_has_an_exact_interval() -> None:
    summary = county(12, 22, 20)
    boys, girls = 22 * 36, 20 * 36
    low, high = beta.ppf(0.025, boys, girls + 1), beta.ppf(0.975, boys + 1, girls)
    found = ratio(summary)
    assert found["sex_ratio"] == ("2024-10/2025-09", boys, girls, 110.0, "")
    assert found["sex_ratio_low"][3] == pytest.approx(100 * low / (1 - low), abs=1e-3)
    assert found["sex_ratio_high"][3] == pytest.approx(100 * high / (1 - high), abs=1e-3)
    assert "在偶然范围之内，不能据此判断任何单位" in ratio_sentence(summary)


def test_a_ratio_out_of_the_ordinary_still_judges_nobody() -> None:
    sentence = ratio_sentence(county(12, 26, 18))
    assert "不大可能只是偶然；看不出的：原因、哪个乡镇或哪家机构、任何一个人，不能据此判断任何单位" in sentence


def test_too_few_births_have_no_ratio() -> None:
    summary = county(12, 10, 12)
    assert ratio(summary)["sex_ratio"] == ("2024-10/2025-09", None, None, None, "births<1000")
    assert "不足1000，不出数" in ratio_sentence(summary)


def test_a_missing_month_is_named() -> None:
    assert ratio(county(11, 22, 20))["sex_ratio"] == ("2024-10/2025-09", None, None, None, "2024-10")


def test_no_township_has_a_ratio() -> None:
    summary = county(12, 40, 40, TOWN)
    assert ratio(summary) == {}
    assert ratio_sentence(summary) == ""
    assert {one.field for one in summary.figures if "ratio" in one.field} == set()


@pytest.mark.parametrize("births", [1000, 1236, 2138, 7777, 20000])
@pytest.mark.parametrize("coverage", [0.95, 0.998])
def test_funnel_limits_are_exact(births: int, coverage: float) -> None:
    share, tail = 106 / 206, (1 - coverage) / 2
    low, high = int(binom.ppf(tail, births, share)), int(binom.ppf(1 - tail, births, share))
    assert funnel_limits(births, 106, coverage) == pytest.approx((100 * low / (births - low), 100 * high / (births - high)))


def test_the_funnel_shows_years_of_this_county_with_enough_births() -> None:
    years = (Year(2022, 400, 380), Year(2023, 740, 675), Year(2024, 663, 632))
    page = chart_page(county(1, 5, 5, history=years))
    assert page is not None
    charts = [chart for block in page.blocks if isinstance(block, ChartRow) for chart in block.charts]
    funnel = next(chart for chart in charts if chart.kind == "funnel")
    points = funnel.series[-1]
    assert (points.labels, points.places) == (("2023 109.6", "2024 104.9"), (1415.0, 1295.0))
    assert sorted({one.style for one in funnel.series[:-1]}) == ["dashed", "dotted", "line"]
    assert any("2022年出生不足1000，不画" in line for block in page.blocks if hasattr(block, "lines") for line in block.lines)


def test_quarter_and_year_of_twelve_months() -> None:
    summary = county(12, 7, 6)
    born = {one.period: one.n for one in summary.figures if one.field == "births" and one.unit == COUNTY and len(one.period) != 7 or one.period == "2025-Q3" and
            one.field == "births" and one.unit == COUNTY}
    assert born["2025-Q3"] == 3 * 3 * 13
    assert born["2025-01/2025-09"] == 9 * 3 * 13
    assert born["2025"] is None


def test_a_quarter_hides_what_one_of_its_months_hides() -> None:
    """Otherwise the month would follow by subtraction."""
    found = []
    for back, boys in ((2, 6), (1, 6), (0, 1)):
        period = shift(LAST, -back)
        rows = {unit: {"unit_code": unit, "live_births": f"#{one + 9}", "boys": f"#{one}", "girls": "#9"} for unit, one in ((VILLAGE, boys), (VILLAGE3, 8))}
        books = [book(submission(ledger("births", row), unit=unit, period=period), f"{unit}-{period}.xlsx") for unit, row in rows.items()]
        found.append(merged(union(*books, merging=True), Frame(UNITS.get(COUNTY), period, standard(), UNITS, "test")))  # type: ignore[arg-type]
    summary = summarised(found, Known())
    hidden = {(one.unit, one.period) for one in summary.figures if one.field == "boys" and one.suppressed}
    assert {(TOWN, LAST), (TOWN, "2025-Q3")} <= hidden
    assert (TOWN, "2025-08") not in hidden
