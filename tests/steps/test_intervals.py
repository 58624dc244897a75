"""Exact intervals against another program, and the figures the documents quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binom

from toolkit.steps.intervals import at_least, at_most, interval, limit_without, quantile, size_for

SIZES = st.one_of(st.integers(1, 60), st.integers(1, 200_000))


@given(SIZES, st.floats(0, 1))
def test_intervals_are_those_of_scipy(total: int, share: float) -> None:
    count = round(total * share)
    low = 0.0 if count == 0 else beta.ppf(0.025, count, total - count + 1)
    high = 1.0 if count == total else beta.ppf(0.975, count + 1, total - count)
    assert interval(count, total) == pytest.approx((low, high), rel=1e-8, abs=1e-12)


@given(SIZES, st.floats(0, 1), st.floats(0.001, 0.999))
def test_tails_and_quantiles_are_those_of_scipy(total: int, share: float, rate: float) -> None:
    count = round(total * share)
    assert at_most(count, total, rate) == pytest.approx(binom.cdf(count, total, rate), rel=1e-6, abs=1e-12)
    assert at_least(count, total, rate) == pytest.approx(binom.sf(count - 1, total, rate), rel=1e-6, abs=1e-12)
    assert abs(quantile(0.975, total, rate) - binom.ppf(0.975, total, rate)) <= 1


def test_the_figures_quoted() -> None:
    assert [f"{limit_without(visits):.3f}" for visits in (5, 10, 20, 200)] == ["0.522", "0.308", "0.168", "0.018"]
    assert [size_for(limit) for limit in (0.3, 0.2, 0.1, 0.05, 0.02, 0.01)] == [11, 17, 36, 72, 183, 368]
    low, high = interval(1104, 2138)  # a county of 2138 births at 106.8 boys to 100 girls
    assert [round(100 * limit / (1 - limit)) for limit in (low, high)] == [98, 116]


def test_what_is_no_proportion_is_refused() -> None:
    for count, total in ((1, 0), (0, 0), (-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="of"):
            interval(count, total)
