"""Which cells of a table of figures about women are hidden, so that none can be worked out from those that stand (SPEC 8).

A table is rows of counts with a row of totals. What a reader knows: the cells shown, that totals add up, how the counts of
one row limit each other (offered <= planned <= records), and what a sign means (`<5`: under five). A hidden count is safe
when another table exists that prints the same and has another count there. Such a table is looked for by moving one record from one row to another
(or out of the table, where the total is hidden too): it is a proof, not a guess. Where none is found, the cheapest further cell is hidden.
Counts that stand in no cell and follow from two of them (who wants no greetings: 服务在册 less 约定问候) are kept open in the same way where they are small.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

Counts = tuple[int, ...]
#: Further rows looked at when a neighbour has to be hidden.
_NEIGHBOURS = 8
#: Counts that one record changes at most in the tables looked for: larger moves prove nothing that smaller ones do not.
_LARGEST_MOVE = 6
#: A hidden total costs as much as many hidden rows.
_TOTAL_COSTS = 1000.0


@dataclass(frozen=True)
class Grid:
    """One kind of table. `cells`: name -> the counts it shows (positions in a row); `moves`: what one record may add to a row;
    `possible`: whether a row of counts can exist; `small`: the sign of a cell that is hidden for itself, "" where it may stand.
    `whole`: a row with the counts that stand in no cell, `unprinted`: these, open below `limit`, and the cells hidden everywhere where no proof is found."""

    cells: Mapping[str, Counts]
    moves: tuple[Counts, ...]
    possible: Callable[[Counts], bool]
    small: Callable[[str, Counts], str]
    whole: Callable[[Counts], Counts] = lambda row: row
    unprinted: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    limit: int = 0


@dataclass
class _State:
    grid: Grid
    rows: list[Counts]
    hidden: list[set[str]]  # per row, the totals last
    known: list[set[str]]  # cells that stand in another report
    shown_by: dict[int, list[str]] = field(default_factory=dict)
    proofs: dict[tuple[int, int], tuple[int, Counts]] = field(default_factory=dict)  # open count -> the row and the move that prove it

    @property
    def total(self) -> int:
        return len(self.rows) - 1

    def secret(self, row: int) -> set[str]:
        """The cells of a row that nobody sees."""
        return self.hidden[row] - self.known[row]

    def lacking(self, row: int, move: Counts) -> set[str]:
        """The cells that stand in the way of a move: they show what it changes."""
        return {cell for at, step in enumerate(move) if step for cell in self.shown_by[at]} - self.secret(row)

    def prints_the_same(self, row: int, move: Counts, sign: int, more: set[str]) -> bool:
        """Whether the row after the move can exist and its hidden cells bear the same signs."""
        before = self.rows[row]
        after = tuple(count + sign * step for count, step in zip(before, move, strict=True))
        if not self.grid.possible(after):
            return False
        return all(self.grid.small(cell, before) == self.grid.small(cell, after) for cell in (*self.hidden[row], *more))


def hidden_cells(grid: Grid, rows: Sequence[Counts], forced: Sequence[set[str]] | None = None, known: Sequence[set[str]] | None = None) -> list[set[str]]:
    """The names of the hidden cells of each row, then those of the totals. `forced`: cells hidden for another reason; `known`: cells
    that another report shows, so that hiding them here hides nothing."""
    rows = [grid.whole(row) for row in rows]
    totals = tuple(sum(column) for column in zip(*rows, strict=True)) if rows else (0,) * len(grid.moves[0])
    every = [*rows, totals]
    small = [{cell for cell in grid.cells if grid.small(cell, row)} for row in every]
    state = _State(grid, every, small, [*(known or ()), *(set() for _ in every)][:len(every)])
    for at in range(len(totals)):
        state.shown_by[at] = [cell for cell, counts in grid.cells.items() if at in counts]
    for row, more in enumerate(forced or ()):
        state.hidden[row] |= more
    _close(state)
    given_up: set[tuple[int, int]] = set()
    while (open_ := next(((row, at) for row, at in _must_be_open(state) if (row, at) not in given_up and not _is_open(state, row, at)), None)):
        best = _cheapest(state, *open_)
        if best is None:
            given_up.add(open_)
            for hidden in state.hidden:
                hidden |= {*state.shown_by[open_[1]], *grid.unprinted.get(open_[1], ())}
        for row, cells in (best or {}).items():
            state.hidden[row] |= cells
        _close(state)
    return state.hidden


def _close(state: _State) -> None:
    """A cell that shows a count another hidden cell keeps secret is hidden too: where 服务在册 is hidden, so is its rate."""
    for row, hidden in enumerate(state.hidden):
        secret = {at for cell in hidden if len(state.grid.cells[cell]) == 1 for at in state.grid.cells[cell]}
        state.hidden[row] |= {cell for cell, counts in state.grid.cells.items() if secret & set(counts)}


def _must_be_open(state: _State) -> list[tuple[int, int]]:
    """Every count that no cell of its row shows, and the small ones that never stand in a cell."""
    found = [(row, at) for row in range(len(state.rows)) for at, cells in state.shown_by.items() if cells and set(cells) <= state.secret(row)]
    return found + [(row, at) for row, counts in enumerate(state.rows) for at in state.grid.unprinted if counts[at] < state.grid.limit]


def _is_open(state: _State, row: int, at: int) -> bool:
    if (row, at) in state.proofs and _works(state, row, *state.proofs[row, at], {}):
        return True
    partners = [other for other in range(len(state.rows)) if other != row and set(state.shown_by[at]) <= state.secret(other)]
    for move in state.grid.moves:
        if not move[at] or state.lacking(row, move):
            continue
        for other in partners:
            if not state.lacking(other, move) and _works(state, row, other, move, {}):
                state.proofs[row, at] = (other, move)
                return True
    return False


def _works(state: _State, row: int, other: int, move: Counts, more: Mapping[int, set[str]]) -> bool:
    """Whether one record moved between two rows, in either direction, prints the same table. With the totals, it comes from outside."""
    lone = state.total in (row, other)
    for sign in (1, -1):
        if state.prints_the_same(row, move, sign, more.get(row, set())) and state.prints_the_same(other, move, sign if lone else -sign, more.get(other, set())):
            return True
    return False


def _cheapest(state: _State, row: int, at: int) -> dict[int, set[str]] | None:
    """The cells to hide so that the count is open: as few and as small as possible, totals last, ties by place."""
    ranked = sorted((other for other in range(len(state.rows)) if other != row),
                    key=lambda other: (other == state.total, at in state.grid.unprinted and not state.rows[other][at],  # where none is, none can go
                                       not set(state.shown_by[at]) <= state.hidden[other], state.rows[other][at], other))
    near = [other for other in ranked if other != state.total][:_NEIGHBOURS] + [other for other in ranked if other == state.total]
    best: tuple[tuple[float, int, int], dict[int, set[str]]] | None = None
    for number, move in enumerate(state.grid.moves):
        if not move[at]:
            continue
        mine = state.lacking(row, move)
        for rank, other in enumerate(near):
            more = {row: mine, other: state.lacking(other, move)}
            if any(state.known[at_row] & cells for at_row, cells in more.items()):
                continue
            cost = sum(_TOTAL_COSTS * len(cells) if at_row == state.total else sum(1 + min(1.0, state.rows[at_row][at] / 1000) for _ in cells)
                       for at_row, cells in more.items())
            key = (cost, rank, number)
            if (best is None or key < best[0]) and _works(state, row, other, move, more):
                best = (key, more)
    return best[1] if best else None


# ------------------------------------------------------------------------------------------------------ the tables


def _steps(size: int, *positions: int) -> Counts:
    return tuple(int(at in positions) for at in range(size))


#: Positions in a row of service counts.
SERVICE_COLUMNS = ("services_open", "assigned", "contact_planned", "contact_offered", "windows_due", "windows_done", "postnatal_due", "postnatal_done",
                   "check42_due", "check42_done", "needs", "needs_done", "needs_in_time")
_OPEN, _ASSIGNED, _PLANNED, _OFFERED, _DUE, _DONE, _POST, _POSTED, _CHECK, _CHECKED, _NEEDS, _MET, _IN_TIME, _NO_GREETING = range(14)
SERVICE_CELLS: dict[str, Counts] = {
    "services_open": (_OPEN,), "assign_rate": (_OPEN, _ASSIGNED), "contact_rate": (_PLANNED, _OFFERED), "window_rate": (_DUE, _DONE),
    "postnatal_rate": (_POST, _POSTED), "check42_rate": (_CHECK, _CHECKED), "needs": (_NEEDS,), "needs_done_rate": (_NEEDS, _MET),
    "needs_in_time_rate": (_NEEDS, _IN_TIME),
}


def services_grid(small_cell: int, rate_min: int, windows: int) -> Grid:
    """Figures 1-7. `windows`: how many antenatal reminders one record can have due in a month at most."""

    def possible(row: Counts) -> bool:
        return (min(row) >= 0 and row[_ASSIGNED] <= row[_OPEN] and row[_OFFERED] <= row[_PLANNED] <= row[_OPEN] and row[_DONE] <= row[_DUE]
                and row[_DUE] <= windows * row[_PLANNED] and row[_POSTED] <= row[_POST] <= row[_PLANNED] and row[_CHECKED] <= row[_CHECK] <= row[_PLANNED]
                and max(row[_MET], row[_IN_TIME]) <= row[_NEEDS] and (row[_OPEN] > 0 or row[_NEEDS] == 0))

    def small(cell: str, row: Counts) -> str:
        first = row[SERVICE_CELLS[cell][0]]
        if len(SERVICE_CELLS[cell]) == 1:
            return f"<{small_cell}" if first < small_cell else ""
        return "—" if first < rate_min else ""

    return Grid(SERVICE_CELLS, _service_moves(), possible, small, lambda row: (*row, row[_OPEN] - row[_PLANNED]), {_NO_GREETING: ("contact_rate",)}, small_cell)


@functools.cache
def _service_moves() -> tuple[Counts, ...]:
    """Every kind of record there can be, and its parts; the smallest first."""
    size = len(SERVICE_COLUMNS)
    services = [[at for at, taken in zip(range(_NEEDS), chosen, strict=True) if taken] for chosen in product((0, 1), repeat=_NEEDS) if any(chosen)]
    needs = [[_NEEDS + at for at, taken in enumerate(chosen) if taken] for chosen in product((0, 1), repeat=3) if any(chosen)]
    ordered = sorted([*services, *needs], key=lambda positions: (len(positions), positions))
    steps = [_steps(size, *positions) for positions in ordered if len(positions) <= _LARGEST_MOVE]
    return tuple((*step, step[_OPEN] - step[_PLANNED]) for step in steps)


BIRTH_CELLS: dict[str, Counts] = {"births": (0,), "boys": (1,), "girls": (2,)}


def births_grid(small_cell: int) -> Grid:
    """活产 合计/男/女, by unit or by birth order: hidden by rows and by columns. Those of unstated sex are taken as known."""

    def small(cell: str, row: Counts) -> str:
        return f"<{small_cell}" if row[BIRTH_CELLS[cell][0]] < small_cell else ""

    return Grid(BIRTH_CELLS, ((1, 1, 0), (1, 0, 1), (0, 1, -1)), lambda row: min(row) >= 0, small)
