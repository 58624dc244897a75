"""Which hidden counts of a published table follow from what it shows: whole numbers in ranges, bound together by sums.

Every count is known to lie in a range (a shown one in a range of one number, `<5` in 0 to 4); a total is the sum of its parts.
Ranges are narrowed until nothing moves, over the sums as they stand and over those made of them by elimination. What is found
is certain; what is not found may still follow by a longer way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

Name = Any  # whatever tells one count from another
Range = tuple[int, int | None]  # least and greatest; None: no upper end
#: Unknowns solved for together; above it only ranges are narrowed.
_MOST_UNKNOWNS = 400
_ROUNDS = 60


@dataclass(frozen=True)
class Sum:
    """`whole` is the sum of `parts`."""

    whole: Name
    parts: tuple[Name, ...]


class Contradiction(ValueError):
    """No table fits: the sums do not hold for what is shown."""


def followed(ranges: Mapping[Name, Range], sums: Sequence[Sum]) -> dict[Name, int]:
    """The counts that were open and can be only one number. Raises Contradiction where the table does not add up."""
    lines = [({one.whole: Fraction(-1)} | {part: Fraction(1) for part in one.parts}, Fraction(0)) for one in sums]
    here = {name: ranges[name] for factors, _ in lines for name in factors}
    known = {name: low for name, (low, high) in here.items() if low == high}
    reduced = [_without(line, known) for line in lines]
    narrowed = _narrowed(here, [*reduced, *_eliminated(reduced)])
    return {name: low for name, (low, high) in narrowed.items() if low == high and name not in known}


_Line = tuple[dict[Name, Fraction], Fraction]  # factors of the unknowns, and the constant: together they make 0


def _without(line: _Line, known: Mapping[Name, int]) -> _Line:
    factors, constant = line
    rest = {name: factor for name, factor in factors.items() if name not in known}
    return rest, constant + sum((factor * known[name] for name, factor in factors.items() if name in known), Fraction(0))


def _eliminated(lines: Sequence[_Line]) -> list[_Line]:
    """The lines in reduced form (Gauss-Jordan), which shows what several sums together say."""
    unknown = {name for factors, _ in lines for name in factors}
    if len(unknown) > _MOST_UNKNOWNS:
        return []
    done: list[tuple[Name, _Line]] = []
    for factors, constant in lines:
        factors = dict(factors)
        for pivot, line in done:
            if pivot in factors:
                factors, constant = _minus((factors, constant), line, factors[pivot])
        if not factors:
            continue
        pivot = next(iter(factors))
        scale = factors[pivot]
        new = ({name: factor / scale for name, factor in factors.items()}, constant / scale)
        done = [(name, _minus(line, new, line[0][pivot]) if pivot in line[0] else line) for name, line in done] + [(pivot, new)]
    return [line for _, line in done]


def _minus(line: _Line, other: _Line, times: Fraction) -> _Line:
    factors = dict(line[0])
    for name, factor in other[0].items():
        left = factors.get(name, Fraction(0)) - times * factor
        if left:
            factors[name] = left
        else:
            factors.pop(name, None)
    return factors, line[1] - times * other[1]


def _narrowed(ranges: dict[Name, Range], lines: Sequence[_Line]) -> dict[Name, Range]:
    """Ranges in place, narrowed line by line until a whole round moves none."""
    for _ in range(_ROUNDS):
        moved = False
        for factors, constant in lines:
            if not factors and constant:
                raise Contradiction
            moved |= _narrow(ranges, factors, constant)
        if not moved:
            break
    return ranges


def _narrow(ranges: dict[Name, Range], factors: Mapping[Name, Fraction], constant: Fraction) -> bool:
    """Each term of one line is what the others leave: the line's least and greatest are summed once, terms without an end counted apart."""
    ends = {name: _term(factor, ranges[name]) for name, factor in factors.items()}
    least = constant + sum(low for low, _ in ends.values() if low is not None)
    most = constant + sum(high for _, high in ends.values() if high is not None)
    endless = [sum(end[side] is None for end in ends.values()) for side in (0, 1)]
    moved = False
    for name, factor in factors.items():
        low, high = ends[name]
        others_least = None if endless[0] - (low is None) else least - (low or 0)
        others_most = None if endless[1] - (high is None) else most - (high or 0)
        floor_, ceiling = (others_most, others_least) if factor > 0 else (others_least, others_most)
        first, last = ranges[name]
        new_first = first if floor_ is None else max(first, ceil(floor_ / -factor))
        new_last = last if ceiling is None else floor(ceiling / -factor) if last is None else min(last, floor(ceiling / -factor))
        if new_last is not None and new_first > new_last:
            raise Contradiction
        if (new_first, new_last) != (first, last):
            ranges[name], moved = (new_first, new_last), True
    return moved


def _term(factor: Fraction, range_: Range) -> tuple[Fraction | None, Fraction | None]:
    """Least and greatest of a count times its factor; None where it has no end."""
    low, high = range_
    far = None if high is None else factor * high
    return (factor * low, far) if factor > 0 else (far, factor * low)
