"""One unit's acceptance checklist, filled in: what the ledgers show, which papers there are, what a person still has to see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from toolkit.model.acceptance import Item

#: Result codes (DOMAIN 6.4). A line that waits for a person's tick has none of them yet.
PASSED, SHORT, WANTED, NOT_APPLICABLE, SHOWN = "通过", "未达", "待补", "不适用", "仅列示"
RESULTS = (PASSED, SHORT, WANTED, NOT_APPLICABLE, SHOWN)
#: Who said so.
BY_PROGRAM, BY_PERSON = "自动", "人工"


@dataclass(frozen=True)
class Place:
    """Where a figure comes from: rows of one sheet of a month's merged workbook, and the issues looked at there."""

    period: str
    sheet: str
    rows: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """What the ledgers show. `n` of `d`, None where there is no such number or it may not be shown; `words` for the paper."""

    result: str
    words: str
    n: int | None = None
    d: int | None = None
    places: tuple[Place, ...] = ()
    lacking: tuple[str, ...] = ()  # everything that falls short, for the annex


@dataclass(frozen=True)
class Paper:
    """One row of 佐证材料. `codes`: issues that stand on it (E103-E105 …)."""

    number: str
    title: str
    doc_no: str
    doc_date: dt.date | None
    location: str
    place: Place


@dataclass(frozen=True)
class Line:
    """One item of one unit. `result` None: a person ticks it. `said`: what the ledgers add to an item a person judges."""

    unit: str
    item: Item
    source: str
    result: str | None
    said: str = ""
    n: int | None = None
    d: int | None = None
    places: tuple[Place, ...] = ()
    papers: tuple[Paper, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checklist:
    """One unit's list, items in the plan's order."""

    unit: str
    name: str
    level: str
    lines: tuple[Line, ...] = field(default=())
