"""A file on its way out: the tables people see in it, what hides beside them, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.model.sheet import Cell

#: What a file is to us, which decides whether it may be published at all.
VILLAGE, TEMPLATE, SUBMISSION, MERGED, FRAME, SAMPLE, REPORT, OTHER = "village", "template", "submission", "merged", "frame", "sample", "report", "other"


@dataclass(frozen=True)
class Grid:
    """One table as people see it; `rows[i][j]` stands in row `top + i`, column `left + j`, counted from 1. `cells`: whether it has addresses such as D12."""

    name: str
    rows: Sequence[Sequence[Cell]] = field(repr=False)
    top: int = 1
    left: int = 1
    cells: bool = True


@dataclass(frozen=True)
class Trace:
    """Something beside the visible content. `removable`: a copy without it says the same; otherwise a person has to decide."""

    code: str
    sheet: str = ""
    cell: str = ""
    params: tuple[tuple[str, str], ...] = ()
    removable: bool = False


@dataclass(frozen=True)
class Outgoing:
    """One file looked through. `texts`: paragraphs and other strings outside tables; `ours`: it calls itself a report of ours."""

    file: str
    kind: str
    grids: tuple[Grid, ...] = ()
    texts: tuple[str, ...] = ()
    traces: tuple[Trace, ...] = ()
    ours: bool = False
