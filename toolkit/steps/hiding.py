"""Small counts about women and what would give them away, taken out of the figures of a county or above (SPEC 8, DOMAIN 6.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set

from toolkit.model.disclosure import BIRTH_CELLS, SERVICE_CELLS, Counts, Grid, births_grid, hidden_cells, services_grid
from toolkit.model.figure import BIRTHS, NEIGHBOUR, OFFICE, Figure
from toolkit.model.plan import Plan
from toolkit.model.unit import LEVELS

_PAIRS = ("contact_rate", "window_rate", "postnatal_rate", "check42_rate")
Table = dict[tuple[str, str], dict[str, Figure]]  # (unit, level) -> field -> figure


def hides(level: str) -> bool:
    """A report of a county or above hides small counts; a township's own shows them."""
    return LEVELS[level] <= LEVELS["county"]


def hidden_month(figures: Sequence[Figure], target: tuple[str, str], plan: Plan, own: Sequence[Figure] = ()) -> list[Figure]:
    """The figures of one month, services and births hidden where they must be.

    `own`: figures of the lines as their own reports show them, where these hide small counts too: what they hide is hidden here,
    and what they show cannot be hidden any more.
    """
    forced, known = ({(one.unit, one.level, one.field) for one in own if one.suppressed is hides} for hides in (True, False))
    grid = services_grid(plan.suppression.small_cell, plan.suppression.rate_min, len(plan.visits.windows))
    signs = _signs(grid, _table(figures, SERVICE_CELLS), target, _service_counts, SERVICE_CELLS, forced, known)
    signs |= _signs(births_grid(plan.suppression.small_cell), _table(figures, BIRTHS), target, _birth_counts, BIRTH_CELLS, forced, known)
    return _applied(figures, signs)


def hidden_span(figures: Sequence[Figure], target: tuple[str, str], plan: Plan, by_month: Iterable[Sequence[Figure]]) -> list[Figure]:
    """Births of several months: hidden wherever one of the months is, or the difference would tell it.

    The sign is always ＊: that a sum lies below or above the limit would tell more of its months than they do themselves.
    """
    forced = {(one.unit, one.level, one.field) for month in by_month for one in month if one.suppressed and one.field in BIRTHS}
    table = _table(figures, BIRTHS)
    signs = _signs(births_grid(plan.suppression.small_cell), table, target, _birth_counts, BIRTH_CELLS, forced)
    return _applied(figures, dict.fromkeys(signs, NEIGHBOUR))


def hidden_orders(figures: Sequence[Figure], plan: Plan, own: Sequence[Figure] = ()) -> list[Figure]:
    """分孩次 of each quarter, by rows and by columns. 未说明 says how good the statistics are and stands: nobody is told by it.

    `own`: of the units below as their own reports show them: what one of them hides is hidden here, and what all of them show
    adds up to a number that cannot be hidden any more.
    """
    signs: dict[tuple[str, str, str, str], str] = {}
    grid = births_grid(plan.suppression.small_cell)
    told, gone = ({(one.period, one.field) for one in own if one.suppressed is hides} for hides in (False, True))
    for quarter in sorted({one.period for one in figures}):
        cells = {(order, name): one for one in figures if one.period == quarter for _, order, name in (one.field.split(":"),)}
        orders = list(dict.fromkeys(order for order, _ in cells if order != "all"))
        rows = [tuple(cells[order, name].n or 0 for name in BIRTH_CELLS) for order in orders]
        forced, known = ([{name for name in BIRTH_CELLS if (quarter, cells[order, name].field) in some} for order in (*orders, "all")]
                         for some in (gone, told - gone))
        for order, row, hidden in zip((*orders, "all"), (*rows, _sums(rows)), hidden_cells(grid, rows, forced, known), strict=True):
            for name in hidden:
                signs[cells[order, name].key] = grid.small(name, row) or NEIGHBOUR
    return _applied(figures, signs)


def _table(figures: Iterable[Figure], fields: Iterable[str]) -> Table:
    wanted, table = set(fields), Table()
    for one in figures:
        if one.field in wanted and one.level != OFFICE:
            table.setdefault((one.unit, one.level), {})[one.field] = one
    return table


def _signs(grid: Grid, table: Table, target: tuple[str, str], counts: Callable[[dict[str, Figure]], Counts], cells: Iterable[str],
           forced: Set[tuple[str, str, str]] = frozenset(), known: Set[tuple[str, str, str]] = frozenset()) -> dict[tuple[str, str, str, str], str]:
    """Key of each hidden figure -> the sign in its place."""
    lines = sorted(place for place in table if place != target) or [target]
    every = [*lines, target] if target in table else lines
    rows = [counts(table[line]) for line in lines]
    must, seen = ([{cell for cell in cells if (*line, cell) in some} for line in every] for some in (forced, known))
    signs = {}
    for line, row, hidden in zip(every, (*rows, _sums(rows)), hidden_cells(grid, rows, must, seen), strict=False):
        for cell in hidden:
            signs[table[line][cell].key] = grid.small(cell, row) or NEIGHBOUR
    return signs


def _sums(rows: Sequence[Counts]) -> Counts:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _service_counts(of: dict[str, Figure]) -> Counts:
    pairs = [count for field in _PAIRS for count in (of[field].d or 0, of[field].n or 0)]
    return (of["services_open"].n or 0, of["assign_rate"].n or 0, *pairs, of["needs"].n or 0, of["needs_done_rate"].n or 0,
            of["needs_in_time_rate"].n or 0)


def _birth_counts(of: dict[str, Figure]) -> Counts:
    return tuple(of[field].n or 0 for field in BIRTHS)


def _applied(figures: Sequence[Figure], signs: dict[tuple[str, str, str, str], str]) -> list[Figure]:
    return [one.hidden(signs[one.key]) if one.key in signs else one for one in figures]
