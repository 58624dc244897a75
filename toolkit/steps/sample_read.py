"""A draw's workbook read back: the certificate from the sheet people see, tickets from the others, the results typed in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.model.issue import Issue
from toolkit.model.sheet import Book, Cell, Sheet, column_letter
from toolkit.schema.kinds import Date, parse_cell
from toolkit.schema.text import is_blank, plain
from toolkit.steps import sample_report as pages
from toolkit.steps.sample import Certificate
from toolkit.steps.sample_verify import Difference

_TICKET = re.compile(r"[0-9a-f]{64}")
_COUNTS = frozenset(("N", "n", "floor", "agreed", "needed"))
#: Facts with a remark in brackets behind the value.
_REMARKED = frozenset(("rate", "by", "floor"))


def certificate_facts(book: Book) -> dict[str, Any] | None:
    """The JSON of the certificate as its sheet shows it, None where there is no such sheet. Nothing hidden is read."""
    sheet = _sheet(book, pages.CERTIFICATE_SHEET)
    if sheet is None:
        return None
    facts: dict[str, Any] = {}
    lines = [[_text(cell) for cell in line] for line in sheet.rows]
    for line in lines:
        for at, text in enumerate(line):
            name = pages.LABELS.get(text)
            if name is not None and name not in facts:
                facts[name] = _value(name, next((found for found in line[at + 1:] if found), ""))
    facts["strata"] = [row for row in _table(lines, pages.STRATA_HEADINGS, "") if "stratum" in row and row["stratum"].isdigit()]
    facts["drawn"] = list(_table(lines, pages.TICKET_HEADINGS, pages.DRAWN_CAPTION))
    facts["reserves"] = list(_table(lines, pages.TICKET_HEADINGS, pages.RESERVES_CAPTION))
    return facts


def _sheet(book: Book, name: str) -> Sheet | None:
    return next((sheet for sheet in book.sheets if sheet.name == name), None)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _value(name: str, text: str) -> Any:
    if name in _REMARKED:
        text = text.partition("（")[0]
    return int(text) if name in _COUNTS and re.fullmatch(r"[0-9]{1,9}", text) else text


def _table(lines: Sequence[Sequence[str]], headings: Mapping[str, str], caption: str) -> Iterator[dict[str, Any]]:
    """Rows under these headings (below a line that begins with the caption), down to the first row without a unit code."""
    start = next((at for at, line in enumerate(lines) if any(text.startswith(caption) for text in line if text)), 0) if caption else 0
    at = next((at for at, line in enumerate(lines) if at >= start and set(headings) <= set(line)), None)
    if at is None:
        return
    columns = {headings[text]: column for column, text in enumerate(lines[at]) if text in headings}
    for line in lines[at + 1:]:
        found = {name: _value(name, line[column]) for name, column in columns.items()}
        if not re.match(r"[0-9]", str(next(iter(found.values())))):
            return
        yield found


def sheet_differences(book: Book, certificate: Certificate) -> list[Difference]:
    """Tickets on the other sheets that the certificate does not have, or has and they do not; sheets taken out say nothing."""
    short = certificate.short
    everyone = sorted(short.values())
    wanted = {pages.FORMS_SHEET: sorted(one.ticket for one in certificate.drawn),
              pages.RESERVE_FORMS_SHEET: sorted(one.ticket for one in certificate.reserves),
              pages.LIST_SHEET: everyone, pages.RESULT_SHEET: everyone}
    differs: list[Difference] = []
    for name, tickets in wanted.items():
        sheet = _sheet(book, name)
        if sheet is None:
            continue
        found = sorted(_column(sheet, "票号")) if name in (pages.LIST_SHEET, pages.RESULT_SHEET) else sorted(
            text for line in sheet.rows for cell in line if _TICKET.fullmatch(text := _text(cell)))
        if found != tickets:
            extra, gone = sorted(set(found) - set(tickets)), sorted(set(tickets) - set(found))
            differs.append(Difference(name, " ".join(extra or found[:1]), " ".join(gone)))
    return differs


def _column(sheet: Sheet, heading: str) -> list[str]:
    lines = [[_text(cell) for cell in line] for line in sheet.rows]
    at = next((number for number, line in enumerate(lines) if heading in line), None)
    return [] if at is None else [text for line in lines[at + 1:] if re.fullmatch(r"[0-9a-f]{8,64}", text := line[lines[at].index(heading)])]


# ----------------------------------------------------------------------------------------------------------- results


@dataclass(frozen=True)
class Visit:
    """One ticket's row of 走访结果. `result`: 1 done, 2 not done, None not visited; `served`: her third answer, None no answer."""

    ticket: str  # short
    row: int
    result: int | None = None
    served: bool | None = None
    day: dt.date | None = None


def visits_of(book: Book, period: str) -> tuple[list[Visit], list[Issue]]:
    """The results sheet, and every cell of it that is not understood. Of answers only the third is kept: the others are not counted."""
    sheet = _sheet(book, pages.RESULT_SHEET)
    found = None if sheet is None else _headed(sheet)
    if sheet is None or found is None:
        return [], [Issue("R301", "error", period=period, file=book.file, sheet=pages.RESULT_SHEET)]
    heading, columns = found
    visits: list[Visit] = []
    issues: list[Issue] = []
    for offset, line in enumerate(sheet.rows[heading + 1:], start=heading + 1):
        ticket = _text(_at(line, columns["票号"]))
        if not re.fullmatch(r"[0-9a-f]{8,64}", ticket):
            continue
        row = sheet.top + offset
        values: dict[str, Any] = {}
        for column in pages.RESULT_COLUMNS[3:]:
            cell = _at(line, columns.get(column.heading))
            value, fine = _answer(column.heading, cell)
            values[column.heading] = value
            if not fine:
                issues.append(Issue("R301", "error", period=period, file=book.file, sheet=sheet.name, row=row,
                                    column=column_letter(sheet.left + columns[column.heading])))
        served = values["本月是否得到服务"]
        visits.append(Visit(ticket, row, values["结果"], None if served is None else served == 1, values["走访日期"]))
    return visits, issues


def _headed(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Which row holds the headings, and where each stands."""
    for number, line in enumerate(sheet.rows):
        texts = [_text(cell).partition("\n")[0].lstrip("＊") for cell in line]
        if "票号" in texts and "结果" in texts:
            return number, {text: at for at, text in enumerate(texts) if text}
    return None


def _at(line: Sequence[Cell], column: int | None) -> Cell:
    return line[column] if column is not None and column < len(line) else None


_ALLOWED = {"结果": {"1", "2"}, "服务满意": {"1", "2", "3", "4", "5"}, "需要帮助": {"0", "1", "2", "3", "4", "9"}}
_YES, _NO = {"1", "是", "有", "√", "y", "Y"}, {"0", "否", "没有", "×", "n", "N"}


def _answer(heading: str, cell: Cell) -> tuple[Any, bool]:
    """A cell's value, and whether it is one of those asked for; blank is an answer too."""
    if is_blank(cell):
        return None, True
    if heading == "走访日期":
        day = parse_cell(Date(), cell).value
        return day, day is not None
    if heading == "走访人":
        return None, True
    text = plain(_text(cell))
    code = text.split(" ")[0]
    if heading in _ALLOWED:
        code = code[:1] if re.match(r"[0-9](?![0-9])", code) else code
        return (int(code), True) if code in _ALLOWED[heading] else (None, False)
    known = 1 if code in _YES or text[:1] == "1" else 0 if code in _NO or text[:1] == "0" else None
    return known, known is not None
