"""Where the tables are: which sheet holds which ledger, its header rows, its columns, and what each row is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.model.ledger import Ledger
from toolkit.model.sheet import Book, Cell, CellError, Sheet
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
from toolkit.schema.text import is_blank
from toolkit.steps import headers

HEADER_WITHIN = 20  # rows in which a header may stand (SPEC 3)
HEADER_DEPTH = 3

#: Sheets of ours that hold no records.
OWN_SHEETS = frozenset(headers.key(name) for name in (
    GUIDE_SHEET, CODES_SHEET, BOOK_KEY_SHEET, SUBMISSIONS_SHEET, RECONCILIATION_SHEET, ISSUES_SHEET, CONFLICTS_SHEET,
    CONTENDERS_SHEET, READING_SHEET, "告知书"))

TOTAL = re.compile(r"^(?:[\u4e00-\u9fff]{0,8}[（(]?)?(?:合计|小计|总计|共计|累计|总合计|本页合计|全县合计|全乡合计|全镇合计|全村合计)[)）]?[:：]?$")
NOTE = re.compile(
    r"^(?:注[:：\d一二三]|注意|备注[:：]|说明[:：]|填表说明|填写说明|填报说明|填表人|填报人|制表人|审核人|审核[:：]|负责人|单位负责人|分管领导|经办人"
    r"|填表日期|填报日期|报送日期|填报时间|报出日期|联系人|联系电话[:：]|单位[（(]盖章|（?盖章|\(盖章|※|备\s*注[:：])")
SAMPLE = re.compile(r"^(?:例|示例|样例|范例|填写示例|填写样例|举例|样表)[:：]?\d*$")
UNITS_LINE = re.compile(r"^(?:计量)?单位[:：](?:元|万元|人|例|件|份|次|个)")


@dataclass(frozen=True)
class Located:
    """One sheet read as one ledger. Columns and rows are Excel's numbers.

    `columns`: field -> column; `aliases`: field -> header text read by an alias; `unknown`: column -> header text not
    in the list; `doubles`: pairs of header texts for one field with the second's column. `rows`: the data rows;
    `skipped`: kind -> number of rows.
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
    merged_down: tuple[tuple[int, int, int], ...] = field(default=())  # column, first row, last row


def sheets_of(book: Book) -> tuple[list[Located], list[Located], Sheet | None]:
    """The ledgers of a file in sheet order, those set aside because another sheet holds the same one (F118), and its
    cover sheet."""
    cover = next((sheet for sheet in book.sheets if headers.key(sheet.name) in _COVER_NAMES), None)
    found: list[Located] = []
    for sheet in book.sheets:
        if sheet is cover or headers.key(sheet.name) in OWN_SHEETS or not sheet.rows:
            continue
        located = locate(sheet)
        if located is not None:
            found.append(located)
    kept: list[Located] = []
    aside: list[Located] = []
    for ledger in LEDGERS:
        mine = [located for located in found if located.ledger is ledger]
        if not mine:
            continue
        filled = [located for located in mine if located.exact_name] or [located for located in mine if located.rows] or mine
        kept.append(filled[0])
        aside += [located for located in mine if located is not filled[0] and located.rows]
    return kept, aside, cover


_COVER_NAMES = frozenset(headers.key(name) for name in (Cover.sheet, *Cover.aliases))


def locate(sheet: Sheet) -> Located | None:
    """The ledger on a sheet: by its name, else by its headers; None where neither says one."""
    named = headers.ledger_of_name(sheet.name)
    if named:
        best = _header(sheet, named[0], at_least=min(3, len(named[0].columns) // 2))
        return _located(sheet, named[0], best, named[1]) if best else None
    candidates = []
    for ledger in LEDGERS:
        wanted = sum(1 for column in ledger.columns if column.required) or len(ledger.columns)
        best = _header(sheet, ledger, at_least=max(3, (wanted + 1) // 2))
        if best:
            required = sum(1 for column in ledger.columns if column.required and column.field in best.columns)
            explained = len(best.columns) / max(1, len(best.columns) + len(best.unknown))
            candidates.append((explained, required / wanted, len(best.columns), ledger.id, ledger, best))
    if not candidates:
        return None
    *_, ledger, best = max(candidates, key=lambda entry: entry[:4])
    return _located(sheet, ledger, best, False)


@dataclass(frozen=True)
class _Header:
    top: int  # index in sheet.rows
    bottom: int
    columns: dict[str, int]  # field -> index in a row
    aliases: dict[str, str]
    unknown: dict[int, str]
    doubles: tuple[tuple[str, str, int, str], ...]


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else ""


def _header(sheet: Sheet, ledger: type[Ledger], at_least: int) -> _Header | None:
    """The header with the most columns of the ledger, the highest and shallowest of equals."""
    known = headers.fields(ledger.id)
    best: _Header | None = None
    limit = min(len(sheet.rows), max(0, HEADER_WITHIN - sheet.top + 1))
    hits = [sum(1 for cell in row if isinstance(cell, str) and headers.key(cell) in known and known[headers.key(cell)][0] != headers.IGNORED)
            for row in sheet.rows[:limit]]
    for bottom in range(limit):
        if hits[bottom] == 0:
            continue
        for depth in range(1, HEADER_DEPTH + 1):
            top = bottom - depth + 1
            if top < 0:
                break
            if depth > 1 and hits[top] == 0 and not _reaches_down(sheet, top, bottom):
                continue
            header = _mapped(sheet, ledger, top, bottom)
            if len(header.columns) >= at_least and (best is None or len(header.columns) > len(best.columns)):
                best = header
    return best


def _reaches_down(sheet: Sheet, top: int, bottom: int) -> bool:
    """Whether a merged cell of the row reaches into the rows below, or spans columns above them: a header of several rows."""
    return any(r1 - sheet.top <= top and (r2 - sheet.top >= bottom or c2 > c1) and r1 - sheet.top >= top for r1, c1, r2, c2 in sheet.merged)


def _mapped(sheet: Sheet, ledger: type[Ledger], top: int, bottom: int) -> _Header:
    known = headers.fields(ledger.id)
    columns: dict[str, int] = {}
    first_text: dict[str, str] = {}
    aliases: dict[str, str] = {}
    unknown: dict[int, str] = {}
    doubles: list[tuple[str, str, int, str]] = []
    width = max((len(row) for row in sheet.rows[top:bottom + 1]), default=0)
    above = _spread(sheet, top, bottom, width)
    for index in range(width):
        texts = [text for text in (_text(_at(sheet.rows[row], index)) for row in range(bottom, top - 1, -1)) if not is_blank(text)]
        spread = [text for text in above[index] if text]
        candidates = [*texts, *(up + low for low in texts for up in spread)] if texts else spread
        if not candidates:
            continue
        match = next(((known[headers.key(text)], text) for text in candidates if headers.key(text) in known), None)
        if match is None:
            if texts:
                unknown[index] = texts[0]
            continue
        (name, is_heading), text = match
        if name == headers.IGNORED:
            continue
        if name in columns:
            doubles.append((first_text[name], text, index, name))
            continue
        columns[name], first_text[name] = index, text
        if not is_heading:
            aliases[name] = text
    return _Header(top, bottom, columns, aliases, unknown, tuple(doubles))


def _spread(sheet: Sheet, top: int, bottom: int, width: int) -> list[list[str]]:
    """Per column, the texts of merged header cells above it that it does not hold itself."""
    texts: list[list[str]] = [[] for _ in range(width)]
    for r1, c1, _, c2 in sheet.merged:
        row, first, last = r1 - sheet.top, c1 - sheet.left, c2 - sheet.left
        if top <= row <= bottom and c2 > c1 and row < bottom:
            text = _text(_at(sheet.rows[row], first))
            for index in range(max(0, first), min(width, last + 1)):
                texts[index].append(text)
    return texts


def _at(row: Sequence[Cell], index: int) -> Cell:
    return row[index] if 0 <= index < len(row) else None


def _located(sheet: Sheet, ledger: type[Ledger], header: _Header, exact: bool) -> Located:
    rows, skipped = _classified(sheet, ledger, header)
    for row in sheet.rows[: header.top]:
        if any(not is_blank(cell) for cell in row if not isinstance(cell, CellError)):
            skipped["title"] = skipped.get("title", 0) + 1
    merged_down = tuple((c1, r1, r2) for r1, c1, r2, c2 in sheet.merged
                        if c1 == c2 and r2 > r1 and r1 > header.bottom + sheet.top and c1 - sheet.left in header.columns.values())
    return Located(
        sheet, ledger, tuple(range(header.top + sheet.top, header.bottom + sheet.top + 1)),
        {name: index + sheet.left for name, index in header.columns.items()}, header.aliases,
        {index + sheet.left: text for index, text in header.unknown.items()},
        tuple((first, second, index + sheet.left, name) for first, second, index, name in header.doubles),
        label_pairs(sheet.rows[: header.top]), rows, skipped, exact, merged_down)


def _classified(sheet: Sheet, ledger: type[Ledger], header: _Header) -> tuple[tuple[int, ...], dict[str, int]]:
    """Excel rows that hold records, and how many rows of each other kind there are."""
    mine = sorted(header.columns.values())
    telling = [index for name, index in header.columns.items() if not (ledger.id == "pregnancies" and name == "record_id")]
    first_columns = set(range(0, (mine[0] if mine else 0) + 3))
    header_keys = {index: headers.key(_text(_at(sheet.rows[header.bottom], index))) for index in mine}
    data: list[int] = []
    skipped: dict[str, int] = {}
    for offset in range(header.bottom + 1, len(sheet.rows)):
        row = sheet.rows[offset]
        filled = [index for index in telling if index < len(row) and row[index] is not None and row[index] != "" and not is_blank(row[index])]
        kind = _kind(row, filled, mine, first_columns, header_keys)
        if kind == "data":
            data.append(offset + sheet.top)
        else:
            skipped[kind] = skipped.get(kind, 0) + 1
    return tuple(data), skipped


def _kind(row: Sequence[Cell], filled: list[int], mine: list[int], first_columns: set[int], header_keys: dict[int, str]) -> str:
    start = next(((index, cell) for index, cell in enumerate(row) if isinstance(cell, str) and cell and not is_blank(cell)), None)
    if start is None:
        return "data" if filled else "blank"
    index, text = start[0], _text(start[1]).strip()
    if index in first_columns or not filled:
        bare = headers.key(text)
        if SAMPLE.match(bare):
            return "sample"
        if NOTE.match(text) or UNITS_LINE.match(text):
            return "note"
        leading = [headers.key(cell) for cell in row[: max(first_columns) + 1] if isinstance(cell, str)]
        if any(TOTAL.match(cell) for cell in leading):
            return "total"
        same = sum(1 for column in filled if isinstance(row[column], str) and headers.key(_text(row[column])) == header_keys.get(column))
        if filled and same >= max(2, len(filled) // 2):
            return "title"
        if len(filled) <= 1 and len(mine) > 2 and _lone(row):
            return "note" if len(text) > 12 or "：" in text or ":" in text else ("title" if filled == mine[:1] else "data" if filled else "blank")
    return "data" if filled else "blank"


def _lone(row: Sequence[Cell]) -> bool:
    """Whether a single cell of the row holds anything."""
    return sum(1 for cell in row if not is_blank(cell)) == 1


def label_pairs(rows: Sequence[Sequence[Cell]]) -> dict[str, Cell]:
    """Label -> value over lines like `单位代码 | 9901…` and `填报单位：某村  所属月份：2025-09` (several in one cell too).

    Keys are header keys of cover labels; the first value found stays.
    """
    known = _LABELS
    found: dict[str, Cell] = {}
    reach = _reach(rows)
    for row in rows:
        for index, cell in enumerate(row):
            if not isinstance(cell, str) or is_blank(cell):
                continue
            label = headers.key(cell)
            if label in known:
                value = next((right for right in row[index + 1: index + 1 + reach[index]] if not is_blank(right)), None)
                if not (isinstance(value, str) and headers.key(value) in known):
                    found.setdefault(label, value)
                continue
            for match in _INLINE.finditer(cell):
                if headers.key(match[1]) in known:
                    found.setdefault(headers.key(match[1]), match[2].strip() or None)
    return found


def _reach(rows: Sequence[Sequence[Cell]]) -> dict[int, int]:
    """Per column with labels, how far right its values stand: the least distance found. A blank value beside a second
    table must not be taken from that table."""
    reach: dict[int, int] = {}
    for row in rows:
        for index, cell in enumerate(row):
            if isinstance(cell, str) and headers.key(cell) in _LABELS:
                away = next((distance for distance in (1, 2, 3) if not is_blank(_at(row, index + distance))), 3)
                reach[index] = min(reach.get(index, 3), away)
    return reach


_INLINE = re.compile(r"([\u4e00-\u9fff]{2,10}(?:[（(][^)）]*[)）])?)\s*[:：]\s*([^\s:：]*(?:\s(?![\u4e00-\u9fff]{2,10}\s*[:：])[^\s:：]+)*)")
_LABELS = frozenset(
    [headers.key(text) for column in Cover.columns for text in (column.heading, *column.aliases)]
    + [headers.key(text) for text in ("工作簿类型", "方案摘要", "软件版本", "内容摘要", "零报告", "本月无", "案件零报告", "工作零报告")])
