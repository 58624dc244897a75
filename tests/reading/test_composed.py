"""Laws of reading: any few habits of one clerk together lose nothing, and every row of every sheet is accounted for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.messes import HARMLESS, SAYS, digests, messed, plain, said, together, unaccounted
from tests.steps.as_read import book_of


@settings(max_examples=60)
@given(number=st.integers(0, 2), names=st.lists(st.sampled_from(HARMLESS), min_size=1, max_size=5), seed=st.integers(0, 9_999))
def test_any_few_habits_keep_records_and_digests(number: int, names: list[str], seed: int) -> None:
    book = book_of("甲.xlsx", messed(number, together(names), seed))
    assert digests(book) == plain(number)
    assert said(book) <= SAYS
    assert unaccounted(book) == []
