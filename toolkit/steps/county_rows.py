"""Rows of the fictional county as they stand on sheets, from plain values."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from toolkit.model.ledger import Ledger

Row = dict[str, Any]


def shown(ledger: type[Ledger], **values: Any) -> Row:
    """One row: every field of the ledger, values as a sheet shows them (`1 可上门`), None where nothing is written."""
    unknown = set(values) - set(ledger.by_field)
    if unknown:
        raise ValueError(f"{ledger.id} has no {sorted(unknown)}")
    cells = {column.field: values.get(column.field) for column in ledger.columns}
    return {name: None if value is None else ledger.by_field[name].kind.shown(value) for name, value in cells.items()}


def day_between(rng: random.Random, low: dt.date, high: dt.date) -> dt.date:
    """A day of the span, both ends included."""
    return low + dt.timedelta(days=rng.randint(0, (high - low).days))


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)
