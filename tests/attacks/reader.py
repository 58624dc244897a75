"""Someone who reads every published table and reckons backwards: whole numbers, everything known of them, HiGHS.

It knows nothing of the toolkit: only what the papers print, what their signs mean, and how counts of one line limit each other.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

SMALL, FEW = 5, 10  # what `<5` and `—` mean
MANY = 10_000  # more than there can be
#: Figure -> (what its d counts, what its n counts); of a count, what it counts.
RATES = {"assign_rate": ("open", "assigned"), "contact_rate": ("planned", "offered"), "window_rate": ("due", "done"), "postnatal_rate": ("post", "posted"),
         "check42_rate": ("check", "checked"), "needs_done_rate": ("needs", "met"), "needs_in_time_rate": ("needs", "quick")}
COUNTS = {"services_open": "open", "needs": "needs", "births": "births", "boys": "boys", "girls": "girls"}
SERVICE = ("open", "assigned", "planned", "offered", "due", "done", "post", "posted", "check", "checked", "needs", "met", "quick")
#: The first is at most so many times the second, in every line.
AT_MOST = (("assigned", "open", 1), ("planned", "open", 1), ("offered", "planned", 1), ("due", "planned", 5), ("done", "due", 1), ("post", "planned", 1),
           ("posted", "post", 1), ("check", "planned", 1), ("checked", "check", 1), ("met", "needs", 1), ("quick", "needs", 1))

Name = Hashable


@dataclass
class Reader:
    """Unknown whole numbers with what is known of them."""

    low: dict[Name, float] = field(default_factory=dict)
    high: dict[Name, float] = field(default_factory=dict)
    sums: list[tuple[dict[Name, float], float, float]] = field(default_factory=list)  # terms, at least, at most
    tables: list[dict[Name, int]] = field(default_factory=list)  # that print the same, met on the way

    def know(self, name: Name, low: float = 0, high: float = MANY) -> None:
        self.low[name] = max(low, self.low.get(name, 0))
        self.high[name] = min(high, self.high.get(name, MANY))

    def equal(self, terms: Mapping[Name, float], value: float = 0) -> None:
        self._sum(terms, value, value)

    def at_most(self, terms: Mapping[Name, float], value: float = 0) -> None:
        self._sum(terms, -math.inf, value)

    def _sum(self, terms: Mapping[Name, float], low: float, high: float) -> None:
        for name in terms:
            self.know(name)
        self.sums.append((dict(terms), low, high))

    def interval(self, terms: Mapping[Name, float]) -> tuple[float, float]:
        """Least and greatest value of a sum of unknowns, given everything known."""
        for name in terms:
            self.know(name)
        names, sums = self._joined(terms)
        at = {name: place for place, name in enumerate(names)}
        matrix = np.zeros((len(sums), len(names)))
        for line, (parts, _, _) in enumerate(sums):
            for name, factor in parts.items():
                matrix[line, at[name]] = factor
        goal = np.zeros(len(names))
        for name, factor in terms.items():
            goal[at[name]] = factor
        limits = [LinearConstraint(matrix, [one[1] for one in sums], [one[2] for one in sums])] if sums else []
        bounds = Bounds([self.low[name] for name in names], [self.high[name] for name in names])
        ends = []
        for way in (1, -1):
            found: Any = milp(way * goal, integrality=np.ones(len(names)), bounds=bounds, constraints=limits)
            assert found.status == 0, found.message
            ends.append(round(way * found.fun))
            self.tables.append({name: round(value) for name, value in zip(names, found.x, strict=True)})
        return ends[0], ends[1]

    def is_told(self, terms: Mapping[Name, float]) -> bool:
        """Whether a sum of unknowns can have one value only."""
        met = {sum(factor * table[name] for name, factor in terms.items()) for table in self.tables if all(name in table for name in terms)}
        if len(met) > 1:
            return False
        low, high = self.interval(terms)
        return low == high

    def _joined(self, terms: Iterable[Name]) -> tuple[list[Name], list[tuple[dict[Name, float], float, float]]]:
        """The unknowns that hang together with these, and what is known of them."""
        of: dict[Name, list[int]] = {}
        for number, (parts, _, _) in enumerate(self.sums):
            for name in parts:
                of.setdefault(name, []).append(number)
        seen, todo, used = set(terms), list(terms), set()
        while todo:
            for number in of.get(todo.pop(), ()):
                if number not in used:
                    used.add(number)
                    new = [name for name in self.sums[number][0] if name not in seen and self.low[name] < self.high[name]]
                    seen.update(new)
                    todo += new
        fixed = {name for number in used for name in self.sums[number][0]} - seen
        names = sorted(seen | fixed, key=repr)
        return names, [self.sums[number] for number in sorted(used)]

    # ------------------------------------------------------------------------------------------ what a summary says

    def read_summary(self, indicators: Iterable[Mapping[str, Any]]) -> None:
        """The figures of one summary as its JSON, sheet, page and letter have them."""
        for one in indicators:
            field_, period = one["field"], one["period"]
            if one["level"] == "office" or (field_ not in RATES and field_ not in COUNTS and not field_.startswith("births_by_order")):
                continue
            names = RATES.get(field_) or (COUNTS.get(field_, field_),)
            places = [(one["unit"], period, name) for name in names]
            if one["n"] is not None:
                for place, value in zip(places, (one["d"], one["n"]) if len(places) == 2 else (one["n"],), strict=True):
                    self.know(place, value, value)
            elif one["suppressed"]:
                self._sign(places[0], one["basis"], SMALL if len(places) == 1 else FEW, spanned=not _is_month(period))

    def _sign(self, place: Name, sign: str, edge: int, spanned: bool) -> None:
        if sign in (f"<{SMALL}", "—"):
            self.know(place, 0, edge - 1)
        else:  # ＊ in a view of several months says nothing of the size
            self.know(place, 0 if spanned or ":" in repr(place) else edge)

    def knows_the_tables(self, lines: Iterable[str], total: str, months: Iterable[str], unstated: Mapping[tuple[str, str], int]) -> None:
        """Lines add up to the total; counts limit each other; those of unstated sex are known from elsewhere."""
        lines = list(lines)
        for month in months:
            for name in (*SERVICE, "births", "boys", "girls"):
                if lines != [total]:
                    self.equal({**{(line, month, name): 1 for line in lines}, (total, month, name): -1})
            for line in {*lines, total}:
                for less, more, times in AT_MOST:
                    self.at_most({(line, month, less): 1, (line, month, more): -times})
                self.equal({(line, month, "births"): 1, (line, month, "boys"): -1, (line, month, "girls"): -1}, unstated.get((line, month), 0))

    def knows_spans(self, spans: Mapping[str, Iterable[str]], places: Iterable[str]) -> None:
        """Quarters and years are the sums of their months."""
        for place in places:
            for span, months in spans.items():
                for name in ("births", "boys", "girls"):
                    self.equal({**{(place, month, name): 1 for month in months}, (place, span, name): -1})

    def knows_orders(self, unit: str, quarter: str) -> None:
        """Birth orders of a quarter: columns add up, and rows."""
        for name in ("boys", "girls", "unstated", "births"):
            self.equal({**{(unit, quarter, f"births_by_order:{order}:{name}"): 1 for order in "0123"}, (unit, quarter, f"births_by_order:all:{name}"): -1})
        for order in ("0", "1", "2", "3", "all"):
            def of(name: str, order: str = order) -> Name:
                return (unit, quarter, f"births_by_order:{order}:{name}")
            self.equal({of("boys"): 1, of("girls"): 1, of("unstated"): 1, of("births"): -1})

    # -------------------------------------------------------------------------------------------------- the attack

    def determined(self, names: Iterable[Name]) -> list[Name]:
        """Of some unknowns those that can have one value only."""
        return [name for name in names if self.is_told({name: 1})]


def _is_month(period: str) -> bool:
    return len(period) == 7 and "Q" not in period


def hidden_names(indicators: Iterable[Mapping[str, Any]]) -> list[Name]:
    """What a summary hides and nothing in it shows."""
    shown, gone = set(), set()
    for one in indicators:
        names = RATES.get(one["field"]) or (COUNTS.get(one["field"], one["field"] if one["field"].startswith("births_by_order") else ""),)
        places = {(one["unit"], one["period"], name) for name in names if name and one["level"] != "office"}
        (gone if one["suppressed"] else shown).update(places)
    return sorted(gone - shown, key=repr)


def small_refusals(reader: Reader, places: Iterable[tuple[str, str]]) -> list[tuple[str, str, float]]:
    """(unit, month, how many) wherever it is told how many want no greeting, and they are few."""
    found = []
    for unit, month in places:
        terms = {(unit, month, "open"): 1.0, (unit, month, "planned"): -1.0}
        if reader.is_told(terms) and (many := reader.interval(terms)[0]) < SMALL:
            found.append((unit, month, many))
    return found
