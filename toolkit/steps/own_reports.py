"""What the lines of a summary show in reports of their own: a county's beside the prefecture's (SPEC 8).

Two papers of two levels are read together: what a county hides its prefecture hides too, and what it shows nobody can hide any more.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.model.figure import Figure
from toolkit.model.plan import Plan
from toolkit.model.unit import at_level, level_of
from toolkit.schema import Births, Services
from toolkit.steps.hiding import hidden_month, hidden_orders, hides
from toolkit.steps.indicators import figures_about_women, order_figures
from toolkit.steps.standing import UNIT, Month, Place, level_below

if TYPE_CHECKING:
    import pandas as pd


def own_figures(month: Month) -> list[Figure]:
    """Figures of each line of a county or above as its own summary of the month shows them."""
    return [one for place in month.places if hides(place.level) for one in _shown(place, month)]


def _shown(place: Place, month: Month) -> list[Figure]:
    lines = _lines(place, month)
    raw = [one for line in (*lines, place) for one in figures_about_women(line)]
    own = [one for line in lines if hides(line.level) for one in _shown(line, month)]
    target = (place.unit, place.level)
    return [one for one in hidden_month(raw, target, place.plan, own) if (one.unit, one.level) == target]


def _lines(place: Place, month: Month) -> list[Place]:
    """The lines of a place's own summary: the units right below it, listed or reporting."""
    import numpy as np

    below = level_below(place.level)
    frames = {ledger.id: place.frames[ledger.id] for ledger in (Services, Births)}
    keys = {name: np.array([at_level(unit, below) for unit in frame[UNIT]], dtype=object) for name, frame in frames.items()}
    listed = {at_level(unit.code, below) for unit in month.merged.units.below(place.unit)}
    codes = sorted(code for code in listed.union(*(key.tolist() for key in keys.values())) if level_of(code) == below)
    return [replace(place, unit=code, level=below, whole=False, frames={name: frame[keys[name] == code] for name, frame in frames.items()}) for code in codes]


def shown_orders(rows: pd.DataFrame, unit: str, level: str, plan: Plan) -> list[Figure]:
    """分孩次 of a unit from its rows, hidden as it must be beside the reports of the units below it."""
    raw = order_figures(rows, unit, level)
    if not hides(level):
        return raw
    below, own = level_below(level), list[Figure]()
    if hides(below):
        for code in sorted({at_level(code, below) for code in rows[UNIT]}):
            own += shown_orders(rows[rows[UNIT].map(functools.partial(at_level, level=below)) == code], code, below, plan)
    return hidden_orders(raw, plan, own)
