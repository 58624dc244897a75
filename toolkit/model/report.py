"""What a report says, before anyone decides how it looks: pages of blocks, cells with a kind and a state.

xlsx, HTML, Word and JSON render the same Report; no step knows a font, a colour or a tag (ARCHITECTURE 2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: What a cell holds. `wrap`: text of several lines; `ratio`: text such as n/N; `mono`: hashes and tickets, `mono_big` for reading aloud;
#: `tick`: boxes to tick, two small lines.
KINDS = ("text", "wrap", "centre", "number", "rate", "money", "ratio", "date", "code", "mono", "mono_big", "tick")
#: What a cell says beside its value; a sign or a word stands with it, never colour alone (LOOK 2).
STATES = ("", "total", "error", "warning", "info", "done", "grey", "input", "required", "auto", "group", "header")

#: What our reports say of themselves in a workbook's properties, so that one left in a folder is no input (SPEC 3).
REPORT_MARK = "ledger-report"

Value = str | int | float | dt.date | None


@dataclass(frozen=True)
class Link:
    """A place to jump to: a cell of this workbook, or of another `file` (a path relative to this one)."""

    sheet: str
    cell: str = "A1"
    file: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell. `across`: how many of the table's columns it covers; `choices`: a drop-down on sheets."""

    value: Value = None
    kind: str = "text"
    state: str = ""
    link: Link | None = None
    across: int = 1
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of a table. `group`: the heading above it, shared by neighbours; `width` in Excel's units;
    `span`: how many columns of the sheet it takes, so that tables of one page share a grid."""

    heading: str
    kind: str = "text"
    width: float = 12
    group: str = ""
    hint: str = ""
    required: bool = False
    span: int = 1


@dataclass(frozen=True)
class Table:
    """Rows under headings. `notes` stand below; `least`: the least row height in points; `filters`: an autofilter on
    sheets; `freeze`: columns that stay while scrolling (the page's first table only); `id`: an anchor in HTML."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    notes: tuple[str, ...] = ()
    id: str = ""
    least: float = 22
    filters: bool = False
    freeze: int = 0
    empty: str = ""  # said in place of rows where there are none


@dataclass(frozen=True)
class Fact:
    """A figure by itself: `已报 11/12`."""

    label: str
    value: str
    note: str = ""
    state: str = ""


@dataclass(frozen=True)
class Facts:
    """Four to nine figures side by side: cards on a page, a strip on a sheet."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Text:
    """Paragraphs. `role`: section (a heading), paragraph, note, box (a frame with a thick edge), spoken."""

    lines: tuple[str, ...]
    role: str = "paragraph"


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on: `制表人：______　日期：______`."""

    labels: tuple[str, ...]
    rows: int = 1


@dataclass(frozen=True)
class Box:
    """Room to write in by hand: `验收意见：` over so many points."""

    label: str
    height: float = 62


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one sheet of paper: what is signed stands with its signatures."""

    blocks: tuple[Box | Signatures | Text, ...]


@dataclass(frozen=True)
class Beside:
    """Blocks side by side, one empty column between them."""

    blocks: tuple[Table, ...]


@dataclass(frozen=True)
class Series:
    """One row of figures of a chart. `style`: solid or hatch (columns, bars), points, line, dashed or dotted (funnel)."""

    name: str
    values: tuple[float | None, ...]
    style: str = "solid"
    labels: tuple[str, ...] = ()  # a label per point where the value itself is not shown
    places: tuple[float, ...] = ()  # x of each point (funnel)


@dataclass(frozen=True)
class Chart:
    """`kind`: bars, columns or funnel. `alt`: what it shows, in a sentence; `caption` stands below it. `axis`: the title of a funnel's x axis."""

    kind: str
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    caption: str = ""
    percent: bool = False
    axis: str = ""


@dataclass(frozen=True)
class Spot:
    """Where a finding stands: whose file, which sheet, the cells there. `more`: further places without a cell, or not listed."""

    unit: str
    file: str = ""
    sheet: str = ""
    cells: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Finding:
    """One cause: what is wrong, what to do, how often (`count` and `units` are true numbers) and where (`spots` may be fewer)."""

    state: str
    code: str
    message: str
    hint: str
    count: int
    units: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Findings:
    """Findings by cause, errors first. `totals`: (state, words, true number) of each severity; `units`: the units
    named, in their order; `note`: what is not listed.

    On a page one article each, with a filter by severity and by unit; on a sheet a table.
    """

    findings: tuple[Finding, ...]
    totals: tuple[tuple[str, str, int], ...]
    units: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class ChartRow:
    """One or two charts side by side."""

    charts: tuple[Chart, ...]


Row = tuple[Cell, ...]
Block = Table | Facts | Text | Signatures | Box | Together | Beside | ChartRow | Findings


@dataclass(frozen=True)
class Page:
    """One sheet, one section of an HTML page. `widths`: the sheet's columns, () those of its widest table.

    `look`: result (a working sheet), paper (centred title, to be signed) or certificate. `header`: printed at the top,
    left and right. `footer`: printed at the bottom left, "" for 内部资料 注意保管.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    subtitle: tuple[str, ...] = ()
    look: str = "result"
    landscape: bool = True
    tab: str = "result"
    one_page: bool = False
    widths: tuple[float, ...] = ()
    header: tuple[str, str] = ("", "")
    footer: str = ""
    only: str = ""  # "sheet" or "page": drawn in one of the two, where the other says the same in another form


@dataclass(frozen=True)
class Report:
    """A whole report. `facts`: one line under the title in HTML; `footer`: the standing sentence, version, digest."""

    title: str
    pages: tuple[Page, ...]
    facts: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    company: str = ""


def row(*values: Value | Cell, kinds: Sequence[str] = (), state: str = "") -> Row:
    """Cells from plain values, with a kind each where given and one state for all."""
    padded = [*kinds, *["text"] * (len(values) - len(kinds))]
    return tuple(value if isinstance(value, Cell) else Cell(value, kind, state) for value, kind in zip(values, padded, strict=False))


@dataclass(frozen=True)
class Letter:
    """A document that fills a Word template: a text or a table for each `{{name}}` that stands in it."""

    title: str
    texts: Mapping[str, str]
    tables: Mapping[str, Table]
