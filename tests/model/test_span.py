"""Days as plans write them (R38): thirds of a month, months, days, Chinese numbers."""

from __future__ import annotations

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.span import span_of


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2025年8月下旬", "2025-08-21", "2025-08-31"), ("2025年10月上旬", "2025-10-01", "2025-10-10"), ("2025年10月中旬", "2025-10-11", "2025-10-20"),
    ("2024年2月下旬", "2024-02-21", "2024-02-29"), ("2025年 6月", "2025-06-01", "2025-06-30"), ("2025-06", "2025-06-01", "2025-06-30"),
    ("2025-8-9", "2025-08-09", "2025-08-09"), ("2025年8月9日", "2025-08-09", "2025-08-09"), ("二〇一二年六月八日", "2012-06-08", "2012-06-08"),
    ("二○一一年五月二十八日", "2011-05-28", "2011-05-28"), ("二零一一年十二月三十一日", "2011-12-31", "2011-12-31"),
    ("二〇二五年十月中旬", "2025-10-11", "2025-10-20"),
])
def test_spans(text: str, first: str, last: str) -> None:
    span = span_of(text)
    assert span is not None
    assert [day.isoformat() for day in span] == [first, last]


@pytest.mark.parametrize("text", ["", "下旬", "8月下旬", "2025年13月", "2025年2月30日", "2025年末", "年底前", "二〇二五年十十月", "20250809", "2025年8月下旬末"])
def test_no_span(text: str) -> None:
    assert span_of(text) is None


@given(st.integers(1990, 2100), st.integers(1, 12))
def test_thirds_make_the_month(year: int, month: int) -> None:
    spans = [span_of(f"{year}年{month}月{third}旬") for third in "上中下"]
    days = [(last - first).days + 1 for first, last in filter(None, spans)]
    assert (sum(days), days[:2]) == (calendar.monthrange(year, month)[1], [10, 10])
