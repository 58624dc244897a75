"""Hidden figures cannot be worked out: attacked by linear programming with everything a reader knows, and by trying every table."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from toolkit.model.disclosure import BIRTH_CELLS, SERVICE_CELLS, births_grid, hidden_cells, services_grid

LIMIT, LEAST, WINDOWS = 5, 10, 5
(OPEN, ASSIGNED, PLANNED, OFFERED, DUE, DONE, POST, POSTED, CHECK, CHECKED, NEEDS, MET, IN_TIME) = range(13)
#: What a reader knows of every row: first <= factor * second.
AT_MOST = ((ASSIGNED, OPEN, 1), (PLANNED, OPEN, 1), (OFFERED, PLANNED, 1), (DUE, PLANNED, WINDOWS), (DONE, DUE, 1), (POST, PLANNED, 1), (POSTED, POST, 1),
           (CHECK, PLANNED, 1), (CHECKED, CHECK, 1), (MET, NEEDS, 1), (IN_TIME, NEEDS, 1))
Row = tuple[int, ...]


def record(rng: random.Random, kept: float) -> Row:
    """One fictional service record, by the rules of the service ledger."""
    planned = rng.random() < 0.9
    due = rng.choice((0, 0, 1)) if planned else 0
    post, check, need = planned and rng.random() < 0.15, planned and rng.random() < 0.1, rng.random() < 0.15

    def done(wanted: object) -> int:
        return int(bool(wanted) and rng.random() < kept)

    return (1, done(True), int(planned), done(planned), due, done(due), int(post), done(post), int(check), done(check), int(need), done(need), done(need))


def county(seed: int) -> list[Row]:
    """Rows of a small random county: tiny and larger townships, duties kept in full or not."""
    rng = random.Random(seed)
    kept = rng.choice((1.0, 1.0, 0.9, 0.5, 0.0))
    rows = []
    for _ in range(rng.randint(1, 6)):
        records = [record(rng, kept) for _ in range(rng.choice((0, 1, 3, 4, 5, 7, 9, 12, 20, 40)))]
        rows.append(tuple(map(sum, zip(*records, strict=True))) if records else (0,) * 13)
    return rows


def sign(cells: dict[str, tuple[int, ...]], cell: str, row: Row) -> str:
    first = row[cells[cell][0]]
    return ("<" if first < LIMIT else "＊") if len(cells[cell]) == 1 else ("—" if first < LEAST else "＊")


def attack(cells: dict[str, tuple[int, ...]], rows: Sequence[Row], hidden: Sequence[set[str]],
           relations: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """(row, count) of every hidden count that linear programming pins to one value; the last row are the totals."""
    width, every = len(rows[0]), [*rows, tuple(map(sum, zip(*rows, strict=True)))]
    size = width * len(every)
    low, high = np.zeros(size), np.full(size, np.inf)
    for at, (row, gone) in enumerate(zip(every, hidden, strict=True)):
        for cell, counts in cells.items():
            for count in counts:
                if cell not in gone:
                    low[at * width + count] = high[at * width + count] = row[count]
            if cell in gone:
                place, said = at * width + counts[0], sign(cells, cell, row)
                edge = LIMIT if len(counts) == 1 else LEAST
                if said in ("<", "—"):
                    high[place] = min(high[place], edge - 1)
                else:
                    low[place] = max(low[place], edge)
    equal, less = [], []
    for count in range(width):
        line = np.zeros(size)
        line[[at * width + count for at in range(len(rows))]] = 1
        line[len(rows) * width + count] = -1
        equal.append(line)
    for at in range(len(every)):
        for small, large, factor in relations:
            line = np.zeros(size)
            line[at * width + small], line[at * width + large] = 1, -factor
            less.append(line)
    if not relations:  # births: boys + girls + those of unstated sex, who are known
        for at in range(len(every)):
            line = np.zeros(size)
            line[at * width], line[at * width + 1], line[at * width + 2] = 1, -1, -1
            equal.append(line)
    right = [0.0] * width + ([] if relations else [float(row[0] - row[1] - row[2]) for row in every])
    bounds = [(one, None if np.isinf(other) else other) for one, other in zip(low, high, strict=True)]
    pinned = []
    for at, gone in enumerate(hidden):
        for count in range(width):
            shown = [cell for cell, counts in cells.items() if count in counts]
            if not set(shown) <= gone:
                continue
            ends = []
            for way in (1, -1):
                goal = np.zeros(size)
                goal[at * width + count] = way
                found = linprog(goal, A_ub=np.array(less) if less else None, b_ub=np.zeros(len(less)) if less else None, A_eq=np.array(equal), b_eq=right,
                                bounds=bounds, method="highs")
                assert found.status in (0, 3), found.message
                ends.append(np.inf if found.status == 3 else way * found.fun)
            if abs(ends[1] - ends[0]) < 0.999:
                pinned.append((at, count))
    return pinned


@pytest.mark.parametrize("seed", range(24))
def test_no_hidden_service_figure_is_determined(seed: int) -> None:
    rows = county(seed)
    hidden = hidden_cells(services_grid(LIMIT, LEAST, WINDOWS), rows)
    for row, gone in zip([*rows, tuple(map(sum, zip(*rows, strict=True)))], hidden, strict=True):
        for cell, counts in SERVICE_CELLS.items():
            assert cell in gone or row[counts[0]] >= (LIMIT if len(counts) == 1 else LEAST)
    assert attack(SERVICE_CELLS, rows, hidden, AT_MOST) == []


def test_the_attack_finds_what_is_not_hidden_well() -> None:
    rows = [(12, 12, 12, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0), (3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0)]
    gone = [{cell for cell in SERVICE_CELLS if cell not in ("services_open", "assign_rate")}, set(SERVICE_CELLS), set(SERVICE_CELLS) - {"services_open"}]
    assert (1, OPEN) in attack(SERVICE_CELLS, rows, gone, AT_MOST)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 1)), min_size=1, max_size=5))
def test_no_hidden_birth_count_is_determined(counts: list[tuple[int, int, int]]) -> None:
    rows = [(boys + girls + unstated, boys, girls) for boys, girls, unstated in counts]
    hidden = hidden_cells(births_grid(LIMIT), rows)
    assert attack(BIRTH_CELLS, rows, hidden, ()) == []


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=2))
def test_births_by_trying_every_table(counts: list[tuple[int, int]]) -> None:
    """The same judged without linear programming: all tables that print the same differ somewhere at every hidden cell."""
    rows = [(boys + girls, boys, girls) for boys, girls in counts]
    hidden = hidden_cells(births_grid(LIMIT), rows)
    totals = tuple(map(sum, zip(*rows, strict=True)))

    def printed(table: Sequence[Row]) -> list[list[object]]:
        whole = [*table, tuple(map(sum, zip(*table, strict=True)))]
        return [[sign(BIRTH_CELLS, cell, row) if cell in gone else row[at] for at, cell in enumerate(BIRTH_CELLS)]
                for row, gone in zip(whole, hidden, strict=True)]

    want, seen = printed(rows), []
    for flat in itertools.product(range(8), repeat=2 * len(rows)):
        table = [(flat[2 * at] + flat[2 * at + 1], flat[2 * at], flat[2 * at + 1]) for at in range(len(rows))]
        if printed(table) == want:
            seen.append([*table, tuple(map(sum, zip(*table, strict=True)))])
    for at, gone in enumerate(hidden):
        for place, cell in enumerate(BIRTH_CELLS):
            if cell in gone:
                assert len({table[at][place] for table in seen}) > 1, (rows, totals, want)


def test_small_townships_take_a_neighbour_with_them_and_the_county_stays() -> None:
    """Duties kept in full everywhere: the rate of a township with 7 records would follow, so its 7 goes, and the next smallest with it."""
    rows = [(open_, open_, open_, open_, *(0,) * 9) for open_ in (91, 64, 7, 142)]
    hidden = hidden_cells(services_grid(LIMIT, LEAST, WINDOWS), rows)
    assert [sorted(gone & {"services_open", "assign_rate"}) for gone in hidden] == [
        [], ["assign_rate", "services_open"], ["assign_rate", "services_open"], [], []]


def test_a_forced_cell_stays_hidden() -> None:
    rows = [(20, 11, 9), (30, 14, 16), (40, 21, 19)]
    hidden = hidden_cells(births_grid(LIMIT), rows, [{"boys"}, set(), set(), set()])
    assert [bool(gone) for gone in hidden] == [True, True, False, False]
    assert "boys" in hidden[0]
    assert attack(BIRTH_CELLS, rows, hidden, ()) == []
