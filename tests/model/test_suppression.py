"""Small counts about women cannot be worked out from what stands beside them: judged by trying every value."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.suppression import suppressed

COUNTY, TOP = "990101000000", "990100000000"


def village(town: int, number: int) -> str:
    return f"990101{100 + town}{200 + number}"


def marks(*towns: list[int]) -> tuple[list[list[str]], str]:
    counts = {village(town, number): count for town, row in enumerate(towns, 1) for number, count in enumerate(row, 1)}
    signs, total = suppressed(counts, COUNTY, 5)
    return [[signs.get(village(town, number), str(count)) for number, count in enumerate(row, 1)] for town, row in enumerate(towns, 1)], total


@pytest.mark.parametrize(("counts", "want", "total"), [
    ([[32, 41, 58]], [["32", "41", "58"]], ""),
    ([[3, 41, 22]], [["<5", "41", "＊"]], ""),
    ([[3, 2, 41]], [["<5", "<5", "41"]], ""),
    ([[0, 0, 41, 50]], [["<5", "<5", "＊", "50"]], ""),
    ([[0, 5, 9, 30]], [["<5", "＊", "＊", "30"]], ""),
    ([[3]], [["<5"]], "<5"),
    ([[3], [20, 30]], [["<5"], ["＊", "30"]], ""),
    ([[3, 8], [20, 30]], [["<5", "＊"], ["20", "30"]], ""),
    ([[0, 5]], [["<5", "＊"]], "＊"),
    ([[]], [[]], ""),
])
def test_which_are_hidden(counts: list[list[int]], want: list[list[str]], total: str) -> None:
    assert marks(*counts) == (want, total)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_no_small_count_follows_from_the_total(counts: list[int]) -> None:
    """The referee: all counts that would print the same table with the same total leave each small one open."""
    signs, total = marks(counts)
    row = signs[0]
    if not total:
        choices = [range(5) if sign == "<5" else range(5, sum(counts) + 6) if sign == "＊" else [int(sign)] for sign in row]
        possible = [values for values in itertools.product(*choices) if sum(values) == sum(counts)]
        for at, sign in enumerate(row):
            assert sign != "<5" or len({values[at] for values in possible}) > 1
    assert all((count < 5) <= (sign == "<5") for count, sign in zip(counts, row, strict=True))


def test_higher_levels_hide_a_neighbour_in_another_county() -> None:
    counts = {"990101101201": 2, "990102101201": 20, "990102101202": 30, "990103101201": 90}
    assert suppressed(counts, TOP, 5) == ({"990101101201": "<5", "990102101201": "＊"}, "")
