"""Which small counts about women are hidden in a list that also shows totals (SPEC 8, LOOK 3)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from toolkit.model.unit import LEVELS, at_level, level_of

#: What stands for a small count, and for a neighbour whose number would give it away. The first names the limit.
SMALL, NEIGHBOUR = "<{limit}", "＊"


def suppressed(counts: Mapping[str, int], top: str, limit: int) -> tuple[dict[str, str], str]:
    """Signs of the counts that are hidden, unit -> sign, and the sign of their total ("" where it may stand).

    The total of every unit between the counted ones and `top` is taken as known from another report, unless it is
    small itself or hides a neighbour's. Counts below `limit` are small. Ties are decided by unit code.
    """
    small = SMALL.format(limit=limit)
    signs: dict[str, str] = {}
    cells = dict(sorted(counts.items()))
    under = _by_unit(counts)
    open_totals: set[str] = set()  # totals that would give away what is hidden under them
    for level in (level for level in reversed(LEVELS) if LEVELS[level_of(top)] <= LEVELS[level] < LEVELS["village"]):
        groups: dict[str, list[str]] = {}
        for unit in cells:
            groups.setdefault(at_level(unit, level), []).append(unit)
        given_away = set()
        for group, members in groups.items():
            hidden, safe = _hidden([cells[unit] for unit in members], [unit in open_totals for unit in members], limit)
            for unit, is_hidden in zip(members, hidden, strict=True):
                if is_hidden:
                    _hide_one_of(under[unit], signs, small, limit)
            if not safe:
                given_away.add(group)
        cells = {group: sum(cells[unit] for unit in members) for group, members in groups.items()}
        open_totals = given_away
    return signs, small if counts and sum(counts.values()) < limit else NEIGHBOUR if open_totals else ""


def _by_unit(counts: Mapping[str, int]) -> dict[str, list[tuple[int, str]]]:
    """Each unit at or above a counted one, with the counts at or under it."""
    under: dict[str, list[tuple[int, str]]] = {}
    for code, count in counts.items():
        for unit in {at_level(code, level) for level in LEVELS}:
            under.setdefault(unit, []).append((count, code))
    return under


def _hide_one_of(counts: Sequence[tuple[int, str]], signs: dict[str, str], small: str, limit: int) -> None:
    """Hide the smallest of these counts where none of them is hidden yet."""
    if not any(code in signs for _, code in counts):
        count, code = min(counts)
        signs[code] = small if count < limit else NEIGHBOUR


def _hidden(counts: Sequence[int], forced: Sequence[bool], limit: int) -> tuple[list[bool], bool]:
    """Which of the counts with a known total are hidden, and whether that keeps each of them open."""
    hidden = [must or count < limit for count, must in zip(counts, forced, strict=True)]
    while not (safe := _all_open(counts, hidden, forced, limit)):
        shown = [(count, at) for at, count in enumerate(counts) if not hidden[at]]
        if not shown:
            break
        hidden[min(shown)[1]] = True
    return hidden, safe


def _all_open(counts: Sequence[int], hidden: Sequence[bool], forced: Sequence[bool], limit: int) -> bool:
    """Whether the sum of the hidden counts leaves each small or forced one more than one value.

    A reader knows a small count to be 0 to limit - 1 and a hidden neighbour to be at least the limit.
    """
    total = sum(count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden)
    cells = [(count < limit, must) for count, is_hidden, must in zip(counts, hidden, forced, strict=True) if is_hidden]
    ranges = [(0.0, limit - 1.0) if small else (0.0 if must else float(limit), math.inf) for small, must in cells]
    lowest, highest = sum(low for low, _ in ranges), sum(high for _, high in ranges if high < math.inf)
    endless = sum(high == math.inf for _, high in ranges)
    for cell, (low, high) in zip(cells, ranges, strict=True):
        others = math.inf if endless > (high == math.inf) else highest - (high if high < math.inf else 0)
        if any(cell) and max(low, total - others) >= min(high, total - (lowest - low)):
            return False
    return True
