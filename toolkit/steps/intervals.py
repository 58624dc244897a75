"""Exact intervals and limits of a proportion, by inverting the binomial distribution (Clopper and Pearson 1934).

Two-sided, 95 % unless said otherwise. The binomial tails are incomplete beta integrals, computed by their continued fraction to
about twelve digits for any number of visits or births.
"""

from __future__ import annotations

import math
from collections.abc import Callable

CONFIDENCE = 0.95
_TINY, _CLOSE, _STEPS = 1e-300, 1e-15, 100_000


def interval(count: int, total: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Lower and upper limit for `count` of `total`: every proportion that does not make the count too surprising."""
    if not 0 <= count <= total or not total:
        raise ValueError(f"{count} of {total}")
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else _solve(lambda rate: at_least(count, total, rate) - tail)
    high = 1.0 if count == total else _solve(lambda rate: tail - at_most(count, total, rate))
    return low, high


def at_least(count: int, total: int, rate: float) -> float:
    """Probability of `count` or more of `total` where each happens with probability `rate`."""
    if count <= 0:
        return 1.0
    return 0.0 if count > total else incomplete_beta(count, total - count + 1, rate)


def at_most(count: int, total: int, rate: float) -> float:
    """Probability of `count` or fewer of `total`."""
    if count >= total:
        return 1.0
    return 0.0 if count < 0 else incomplete_beta(total - count, count + 1, 1 - rate)


def quantile(share: float, total: int, rate: float) -> int:
    """The least count whose `at_most` reaches `share`: limits of a funnel round a known rate."""
    low, high = 0, total
    while low < high:
        middle = (low + high) // 2
        if at_most(middle, total, rate) >= share:
            high = middle
        else:
            low = middle + 1
    return low


def limit_without(total: int, confidence: float = CONFIDENCE) -> float:
    """The greatest rate that `total` visits without one fault still allow: 0 of 10 allow 31 %."""
    return interval(0, total, confidence)[1]


def size_for(limit: float, confidence: float = CONFIDENCE) -> int:
    """How many visits without one fault it takes before a rate above `limit` is ruled out."""
    size = max(1, math.floor(math.log((1 - confidence) / 2) / math.log1p(-limit)))
    while limit_without(size, confidence) > limit:
        size += 1
    while size > 1 and limit_without(size - 1, confidence) <= limit:
        size -= 1
    return size


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta integral I_x(a, b); a, b > 0."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(a * math.log(x) + b * math.log1p(-x) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta integral, by Lentz's method."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for step in range(1, _STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for part in (even, odd):
            d = 1 / _away(1 + part * d)
            c = _away(1 + part / c)
            value *= c * d
        if abs(c * d - 1) < _CLOSE:
            return value
    return value


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _solve(rising: Callable[[float], float]) -> float:
    """Where a rising function of a rate in 0..1 is zero, by halving until nothing is left between two numbers."""
    low, high = 0.0, 1.0
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
