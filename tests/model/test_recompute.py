"""What follows from a published table is found, and nothing else: compared with trying every table there can be."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.model.recompute import Contradiction, Range, Sum, followed

MOST = 6  # counts tried by hand


def test_a_lone_hidden_count_is_the_total_less_the_rest() -> None:
    assert followed({"a": (8, 8), "b": (0, 4), "all": (10, 10)}, [Sum("all", ("a", "b"))]) == {"b": 2}


def test_two_hidden_counts_that_can_only_be_the_least() -> None:
    assert followed({"a": (5, None), "b": (0, 4), "all": (5, 5)}, [Sum("all", ("a", "b"))]) == {"a": 5, "b": 0}


def test_two_hidden_counts_with_room_stay_open() -> None:
    assert followed({"a": (5, None), "b": (0, 4), "all": (12, 12)}, [Sum("all", ("a", "b"))]) == {}


def test_what_only_several_sums_together_tell() -> None:
    """Men and women of two places: no line and no column has a single hidden cell, the sums of all do tell the fifth."""
    ranges: dict[str, Range] = dict.fromkeys(("m1", "w1", "m2", "w2", "x"), (0, None))
    ranges |= {"one": (9, 9), "two": (7, 7), "men": (6, 6), "women": (13, 13)}
    sums = [Sum("one", ("m1", "w1")), Sum("two", ("m2", "w2")), Sum("men", ("m1", "m2")), Sum("women", ("w1", "w2", "x"))]
    assert followed(ranges, sums) == {"x": 3}


def test_a_table_that_does_not_add_up_is_said() -> None:
    with pytest.raises(Contradiction):
        followed({"a": (8, 8), "b": (0, 4), "all": (20, 20)}, [Sum("all", ("a", "b"))])


def every(ranges: dict[str, Range], sums: list[Sum]) -> Iterator[dict[str, int]]:
    """All tables of small counts that fit."""
    names = list(ranges)
    for counts in itertools.product(*(range(low, (MOST if high is None else high) + 1) for low, high in ranges.values())):
        table = dict(zip(names, counts, strict=True))
        if all(table[one.whole] == sum(table[part] for part in one.parts) for one in sums):
            yield table


@st.composite
def one_sum(draw: st.DrawFn) -> tuple[dict[str, Range], list[Sum]]:
    """A column with a total that stands, some of its counts hidden; no count is above MOST."""
    counts = draw(st.lists(st.integers(0, MOST), min_size=2, max_size=4))
    hidden = draw(st.lists(st.booleans(), min_size=len(counts), max_size=len(counts)))
    ranges: dict[str, Range] = {f"c{at}": ((0, 4) if count < 5 else (5, MOST)) if gone else (count, count)
                                for at, (count, gone) in enumerate(zip(counts, hidden, strict=True))}
    return ranges | {"all": (sum(counts), sum(counts))}, [Sum("all", tuple(f"c{at}" for at in range(len(counts))))]


@settings(max_examples=60)
@given(one_sum())
def test_of_one_sum_everything_that_follows_is_found(given_: tuple[dict[str, Range], list[Sum]]) -> None:
    ranges, sums = given_
    tables = list(every(ranges, sums))
    known = {name for name, (low, high) in ranges.items() if low == high}
    follows = {name: tables[0][name] for name in ranges if name not in known and len({table[name] for table in tables}) == 1}
    assert followed(ranges, sums) == follows


@settings(max_examples=40)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4))
def test_of_crossing_sums_nothing_is_found_that_need_not_be(counts: list[int], hidden: list[bool]) -> None:
    a, b, c, d = counts
    shown = {"a": a, "b": b, "c": c, "d": d, "ab": a + b, "cd": c + d, "ac": a + c, "bd": b + d}
    ranges: dict[str, Range] = {name: (0, 3) if len(name) == 1 and hidden["abcd".index(name)] else (count, count) for name, count in shown.items()}
    sums = [Sum("ab", ("a", "b")), Sum("cd", ("c", "d")), Sum("ac", ("a", "c")), Sum("bd", ("b", "d"))]
    tables = list(every(ranges, sums))
    for name, value in followed(ranges, sums).items():
        assert {table[name] for table in tables} == {value}
