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
    known = {name: low for name, (low, high) in ranges.items() if low == high}
    reduced = [_without(line, known) for line in lines]
    narrowed = _narrowed(dict(ranges), [*reduced, *_eliminated(reduced)])
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
    for _ in range(_ROUNDS):
        moved = False
        for factors, constant in lines:
            if not factors and constant:
                raise Contradiction
            for name, factor in factors.items():
                low, high = ranges[name]
                least, most = _ends(ranges, factors, constant, name)
                bounds = (least / -factor if least is not None else None, most / -factor if most is not None else None)
                below, above = bounds if factor < 0 else (bounds[1], bounds[0])
                new_low = max(low, ceil(below)) if below is not None else low
                new_high = high if above is None else floor(above) if high is None else min(high, floor(above))
                if new_high is not None and new_low > new_high:
                    raise Contradiction
                if (new_low, new_high) != (low, high):
                    ranges[name], moved = (new_low, new_high), True
        if not moved:
            break
    return ranges


def _ends(ranges: Mapping[Name, Range], factors: Mapping[Name, Fraction], constant: Fraction, but: Name) -> tuple[Fraction | None, Fraction | None]:
    """Least and greatest of the line without one of its terms; None where it has no end."""
    least: Fraction | None = constant
    most: Fraction | None = constant
    for name, factor in factors.items():
        if name == but:
            continue
        low, high = ranges[name]
        small, large = (factor * low, None if high is None else factor * high) if factor > 0 else (None if high is None else factor * high, factor * low)
        least = None if least is None or small is None else least + small
        most = None if most is None or large is None else most + large
    return least, most
