"""A Report as one self-contained HTML page: no script, nothing fetched, prints on A4 (LOOK 9)."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from toolkit.files.svg import svg_of
from toolkit.model.issue import SIGNS
from toolkit.model.report import (
    Beside,
    Block,
    Box,
    Cell,
    ChartRow,
    Column,
    Facts,
    Finding,
    Findings,
    Report,
    Signatures,
    Table,
    Text,
    Together,
)
from toolkit.schema.text import looks_like_formula

if TYPE_CHECKING:
    from jinja2 import Environment

#: States that stand as a framed word in a cell.
_CHIPS = frozenset(("error", "warning", "info", "done"))
_MACROS = {Table: "table", Facts: "facts", Text: "text", Signatures: "signatures", Beside: "beside", Findings: "findings", ChartRow: "charts", Box: "box",
           Together: "together"}


@dataclass(frozen=True)
class _Group:
    """Neighbouring columns under one heading."""

    name: str
    first: int
    size: int


def page_of(report: Report) -> bytes:
    """The whole page, UTF-8; every text is escaped."""
    return environment().get_template("report.html.jinja").render(report=report, more_css=_filters(report)).encode()


def _filters(report: Report) -> str:
    """The rules by which ticking a unit shows its findings: one for each unit, since a style sheet cannot count."""
    units = max((len(block.units) for page in report.pages for block in page.blocks if isinstance(block, Findings)), default=0)
    return "".join(f"main:has(#u{at}:checked) .u{at}{{display:revert}}\n" for at in range(units))


@functools.cache
def environment() -> Environment:
    """Jinja over toolkit/pages, escaping everything."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    env = Environment(loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                      finalize=_as_text)
    env.globals["chips"] = _CHIPS
    env.globals["signs"] = {state: words[0] for state, words in SIGNS.items()}
    env.globals["svg"] = svg_of
    env.filters |= {"block": _block, "shown": _shown, "groups": _groups, "with_kinds": _with_kinds, "units_of": _units_of,
                    "unbroken": lambda text: text.replace("\n", "")}
    return env


def _as_text(value: Any) -> Any:
    """A text that a spreadsheet program would compute when it opens the page, with an invisible sign before it (U+2060)."""
    return f"\u2060{value}" if isinstance(value, str) and not hasattr(value, "__html__") and looks_like_formula(value) else value


def _source(name: str) -> str:
    return (resources.files("toolkit") / "pages" / name).read_text(encoding="utf-8")


def _block(block: Block) -> Any:
    return getattr(environment().get_template("blocks.html.jinja").module, _MACROS[type(block)])(block)


def _units_of(found: Finding) -> list[str]:
    return list(dict.fromkeys(spot.unit for spot in found.spots))


def _shown(cell: Cell, kind: str) -> str:
    """A value as a sheet would show it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if kind == "rate":
        return f"{value:.1%}"
    return f"{value:,.2f}" if kind == "money" else f"{value:,}" if kind == "number" else str(value)


def _groups(columns: Sequence[Column]) -> list[_Group]:
    groups: list[_Group] = []
    for at, column in enumerate(columns):
        if groups and column.group and groups[-1].name == column.group:
            groups[-1] = _Group(column.group, groups[-1].first, groups[-1].size + 1)
        else:
            groups.append(_Group(column.group, at, 1))
    return groups


def _with_kinds(cells: Sequence[Cell], columns: Sequence[Column]) -> list[tuple[Cell, str]]:
    """Each cell with the kind it is shown as: its own, else its column's."""
    paired, at = [], 0
    for cell in cells:
        kind = columns[at].kind if cell.kind == "text" and cell.across == 1 and at < len(columns) else cell.kind
        paired.append((cell, kind))
        at += cell.across
    return paired
