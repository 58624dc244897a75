"""A web page as the tables and texts people see in it, and what its source holds beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from toolkit.model.outgoing import Grid, Trace

_LOCAL = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\)", re.I)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FETCHED = {"img": "src", "iframe": "src", "link": "href", "embed": "src", "object": "data", "source": "src", "video": "src", "audio": "src"}
_NAMED = frozenset(("author", "company", "owner", "copyright", "originator", "generator", "progid"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


@dataclass(frozen=True)
class Read:
    """`removable`: stretches of the source that a copy can do without."""

    grids: tuple[Grid, ...]
    texts: tuple[str, ...]
    traces: tuple[Trace, ...]
    removable: tuple[str, ...]


def read(source: str) -> Read:
    """The page."""
    parser = _Page()
    parser.feed(source)
    parser.close()
    grids = tuple(Grid(table.caption.strip(), table.rows, cells=False) for table in parser.tables)
    return Read(grids, tuple(parser.texts), tuple(dict.fromkeys(parser.traces)), tuple(dict.fromkeys(parser.removable)))


def without(source: str) -> str:
    """The page without what can go."""
    for piece in read(source).removable:
        source = source.replace(piece, "")
    return source


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    caption: str = ""
    spans: dict[int, tuple[int, str]] = field(default_factory=dict)  # column -> rows left of a cell from above, its text


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.texts: list[str] = []
        self.traces: list[Trace] = []
        self.removable: list[str] = []
        self.cell: list[str] | None = None
        self.shape = (1, 1)
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self._look(tag, facts)
        if tag not in _VOID:
            self.within = tag
        if tag == "table":
            self._end_cell()
            self.open.append(_Table())
            self.tables.append(self.open[-1])
        elif tag == "tr" and self.open:
            self._end_cell()
            self.open[-1].rows.append([])
        elif tag in ("td", "th") and self.open and self.open[-1].rows:
            self._end_cell()
            self.cell = []
            self.shape = (_number(facts.get("rowspan")), _number(facts.get("colspan")))
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self.open:
            self.open.pop()
        if tag == self.within:
            self.within = ""

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)
        elif data.strip() and self.within != "style":
            if self.within == "caption" and self.open:
                self.open[-1].caption += data
            self.texts.append(data.strip())

    def handle_comment(self, data: str) -> None:
        self.traces.append(Trace("H104", params=(("why", "h_remark"),), removable=True))
        self.removable.append(f"<!--{data}-->")

    def _look(self, tag: str, facts: dict[str, str]) -> None:
        if "hidden" in facts or _UNSEEN.search(facts.get("style", "")) or (tag == "input" and facts.get("type", "").lower() == "hidden"):
            self.traces.append(Trace("H101", params=(("why", "h_element"),)))
        if tag == "script" or any(name.startswith("on") for name in facts):
            self.traces.append(Trace("H109", params=(("why", "h_script"),)))
        if tag == "meta" and facts.get("name", "").lower() in _NAMED and facts.get("content"):
            self.traces.append(Trace("H103", params=(("why", "h_meta"),), removable=True))
            self.removable.append(self.get_starttag_text() or "")
        source = facts.get(_FETCHED.get(tag, ""), "")
        if source and not source.startswith(("data:", "#")):
            self.traces.append(Trace("H106", params=(("why", "h_link"),)))
        if tag == "a" and _LOCAL.match(facts.get("href", "")):
            self.traces.append(Trace("H106", params=(("why", "h_path"),)))

    def _end_cell(self) -> None:
        """Put the cell into its row, below what reaches down from above, as wide as it is."""
        if self.cell is None or not self.open or not self.open[-1].rows:
            self.cell = None
            return
        table, text = self.open[-1], "".join(self.cell).strip()
        row, (down, across) = table.rows[-1], self.shape
        self._fill(table, row)
        for at in range(across):
            if down > 1:
                table.spans[len(row)] = (down - 1, text if at == 0 else "")
            row.append(text if at == 0 else "")
        self.cell = None

    def _fill(self, table: _Table, row: list[str]) -> None:
        while len(row) in table.spans:
            left, text = table.spans.pop(len(row))
            if left > 1:
                table.spans[len(row)] = (left - 1, "")
            row.append("")


def _number(text: str | None) -> int:
    return min(1000, int(text)) if text and text.isdigit() and int(text) else 1
