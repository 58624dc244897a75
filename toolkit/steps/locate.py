"""Where the tables are: which sheet holds which ledger, its header rows, its columns, and what each row is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from toolkit.model.ledger import Ledger
from toolkit.model.sheet import RIGHT, Book, Cell, Sheet, row_of, shift_of
from toolkit.schema import (
    BOOK_KEY_SHEET,
    CODES_SHEET,
    CONFLICTS_SHEET,
    CONTENDERS_SHEET,
    GUIDE_SHEET,
    ISSUES_SHEET,
    LEDGERS,
    READING_SHEET,
    RECONCILIATION_SHEET,
    SUBMISSIONS_SHEET,
    Cover,
)
from toolkit.schema.kinds import Money
from toolkit.schema.text import is_blank, plain
from toolkit.steps import headers
from toolkit.steps.heading import Heading, find, headless
from toolkit.steps.labels import label_pairs
from toolkit.steps.row_kinds import SAMPLE, classified

#: Sheets of ours that hold no records.
OWN_SHEETS = frozenset(headers.key(name) for name in (
    GUIDE_SHEET, CODES_SHEET, BOOK_KEY_SHEET, SUBMISSIONS_SHEET, RECONCILIATION_SHEET, ISSUES_SHEET, CONFLICTS_SHEET,
    CONTENDERS_SHEET, READING_SHEET, "告知书"))
#: What a sheet is called, or says above its header, that shows how to fill in. 示例县 and 样例镇 are places.
_PLACE = r"(?![县区市乡镇村])"
_SAMPLE_SHEET = re.compile(rf"样表|范例|样本|样例{_PLACE}|示例{_PLACE}|填[写报表]?说明|填法")
_SAMPLE_ABOVE = re.compile(r"样表|填[写报](?:示例|样例|范例)|[（(](?:样例|示例|范例|样本)[)）]")
_MONEY_LINE = re.compile(r"单位[:：]\s*(万|千)元")
_COVER_NAMES = frozenset(headers.key(name) for name in (Cover.sheet, *Cover.aliases))
_COVER_LABELS = 4  # of our labels, on a sheet that is no ledger, make a cover whatever its name


@dataclass(frozen=True)
class Located:
    """One sheet read as one ledger. Columns and rows are Excel's numbers.

    `columns`: field -> column of the first block; `shifts`: how far right each block stands, (0,) for an ordinary table;
    `aliases`: field -> header text read by an alias; `unknown`: column -> header text not in the list; `doubles`: pairs of
    header texts for one field with the second's column; `units`: money field -> 万 or 千. `rows`: the records' places
    (`model.sheet.RIGHT`); `skipped`: kind -> number of rows; `above`: texts above the header; `labels`: those of them that
    say whose report it is, `foot`: those under the table. `merged_down`: field, first and last place under one cell, value.
    """

    sheet: Sheet
    ledger: type[Ledger]
    header_rows: tuple[int, ...]
    columns: Mapping[str, int]
    aliases: Mapping[str, str]
    unknown: Mapping[int, str]
    doubles: tuple[tuple[str, str, int, str], ...]  # first header, second header, column of the second, field
    labels: Mapping[str, Cell]
    rows: tuple[int, ...]
    skipped: Mapping[str, int]
    exact_name: bool = False
    merged_down: tuple[tuple[str, int, int, Cell], ...] = ()
    shifts: tuple[int, ...] = (0,)
    units: Mapping[str, str] = field(default_factory=dict)
    foot: Mapping[str, Cell] = field(default_factory=dict)
    above: tuple[str, ...] = ()

    def cells(self, name: str) -> list[Cell]:
        """A field's cells of all records, in their order."""
        sheet, index = self.sheet, self.columns[name] - self.sheet.left
        if len(self.shifts) == 1:
            return [row[index] if index < len(row) else None for row in (sheet.rows[at - sheet.top] for at in self.rows)]
        found: list[Cell] = []
        for place in self.rows:
            row, at = sheet.rows[row_of(place) - sheet.top], index + shift_of(place)
            found.append(row[at] if at < len(row) else None)
        return found


def sheets_of(book: Book) -> tuple[list[Located], list[Located], Sheet | None]:
    """The ledgers of a file in sheet order, those set aside because another sheet holds the same one (F118), and its
    cover sheet."""
    cover = next((sheet for sheet in book.sheets if headers.key(sheet.name) in _COVER_NAMES), None)
    found: list[Located] = []
    others: list[Sheet] = []
    for sheet in book.sheets:
        if sheet is cover or headers.key(sheet.name) in OWN_SHEETS or not sheet.rows:
            continue
        located = locate(sheet)
        if located is not None:
            found.append(located)
        else:
            others.append(sheet)
    if cover is None:
        cover = next((sheet for sheet in others if len(label_pairs(sheet.rows[:60])) >= _COVER_LABELS), None)
    kept: list[Located] = []
    aside: list[Located] = []
    for ledger in LEDGERS:
        mine = [located for located in found if located.ledger is ledger]
        if not mine:
            continue
        chosen, rest = _chosen(mine)
        kept.append(chosen)
        aside += rest
    return kept, aside, cover


def _chosen(mine: list[Located]) -> tuple[Located, list[Located]]:
    """Which of several sheets with one ledger is read: those with records before empty ones, then the exactly named one, then
    the first. A sample beside another sheet is no second one: its rows are counted as samples."""
    if len(mine) == 1:
        return mine[0], []
    real = [located for located in mine if not _is_sample(located)] or mine
    order = [located for located in real if located.rows] or real
    chosen = next((located for located in order if located.exact_name), order[0])
    shown = sum(len({row_of(place) for place in located.rows}) for located in mine if located not in real)
    if shown:
        chosen = replace(chosen, skipped={**chosen.skipped, SAMPLE: chosen.skipped.get(SAMPLE, 0) + shown})
    return chosen, [located for located in real if located.rows and located.sheet is not chosen.sheet]


def _is_sample(located: Located) -> bool:
    return bool(_SAMPLE_SHEET.search(plain(located.sheet.name))) or any(_SAMPLE_ABOVE.search(plain(text)) for text in located.above)


def locate(sheet: Sheet) -> Located | None:
    """The ledger on a sheet: by its name, else by its headers; None where neither says one."""
    named = headers.ledger_of_name(sheet.name)
    if named:
        best = find(sheet, named[0], at_least=min(3, len(named[0].columns) // 2))
        if best:
            return _located(sheet, named[0], best, named[1])
    candidates = []
    for ledger in LEDGERS:
        if named and ledger is named[0]:
            continue
        wanted = sum(1 for column in ledger.columns if column.required) or len(ledger.columns)
        best = find(sheet, ledger, at_least=max(3, (wanted + 1) // 2))
        if best:
            required = sum(1 for column in ledger.columns if column.required and column.field in best.columns)
            explained = len(best.columns) / max(1, len(best.columns) + len(best.unknown))
            candidates.append((explained, required / wanted, len(best.columns), ledger.id, ledger, best))
    if not candidates:
        return None
    *_, ledger, best = max(candidates, key=lambda entry: entry[:4])
    return _located(sheet, ledger, best, False)


def _located(sheet: Sheet, ledger: type[Ledger], heading: Heading, exact: bool) -> Located:
    places, skipped, notes = classified(sheet, ledger, heading)
    above = sheet.rows[: heading.top]
    texts = tuple(cell for row in above for cell in row if isinstance(cell, str) and not is_blank(cell))
    unknown = dict(heading.unknown)
    unknown |= headless(sheet, heading, sorted({row_of(place) - sheet.top for place in places}))
    return Located(
        sheet, ledger, tuple(range(heading.top + sheet.top, heading.bottom + sheet.top + 1)),
        {name: index + sheet.left for name, index in heading.columns.items()}, heading.aliases,
        {index + sheet.left: text for index, text in unknown.items()},
        tuple((first, second, index + sheet.left, name) for first, second, index, name in heading.doubles),
        label_pairs(above), places, skipped, exact, _merged_down(sheet, heading) if sheet.merged else (), heading.shifts, _units(ledger, heading, texts),
        label_pairs([sheet.rows[row - sheet.top] for row in notes]) if notes else {},
        texts)


def _units(ledger: type[Ledger], heading: Heading, above: tuple[str, ...]) -> Mapping[str, str]:
    """Money fields counted in 万元 or 千元: by their own header, else by a line above (单位：万元) where their header says nothing."""
    many = next((match[1] for text in above if (match := _MONEY_LINE.search(text))), "")
    if not many:
        return heading.units
    silent = (name for name, text in heading.aliases.items() if name in ledger.by_field and "元" not in text)
    return {name: many for name in silent if isinstance(ledger.by_field[name].kind, Money)} | dict(heading.units)


def _merged_down(sheet: Sheet, heading: Heading) -> tuple[tuple[str, int, int, Cell], ...]:
    """Cells merged down the side of the records: field, first and last Excel row with the block's shift, and what stands there."""
    by_column = {index + shift: (name, shift) for name, index in heading.columns.items() for shift in heading.shifts}
    found = []
    for r1, c1, r2, _ in sheet.merged:
        at, row = by_column.get(c1 - sheet.left), r1 - sheet.top
        if at is not None and r2 > r1 and heading.bottom < row < len(sheet.rows):
            cells, index = sheet.rows[row], c1 - sheet.left
            found.append((at[0], r1 + RIGHT * at[1], r2 + RIGHT * at[1], cells[index] if index < len(cells) else None))
    return tuple(found)
