"""Whose report a file is: from its cover, the label lines above a table, or its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.model import period as months
from toolkit.model import unit as unit_codes
from toolkit.model.sheet import Book, Cell, Sheet
from toolkit.model.unit import Units
from toolkit.schema import BOOK_KEY_SHEET, BY_NAME, LEDGERS, Cases, Cover, Works
from toolkit.schema.kinds import LONGEST_UNREAD, parse_cell
from toolkit.schema.merged import KIND, MERGED
from toolkit.schema.text import code_text, is_blank, plain
from toolkit.steps import headers
from toolkit.steps.labels import label_pairs
from toolkit.steps.locate import Located

_FIELDS = {headers.key(text): column for column in reversed(Cover.columns) for text in (*column.aliases, column.heading)}
_FILE_CODE = re.compile(r"(?<!\d)([1-9]\d{11}|[1-9]\d{8}|[1-9]\d{5})(?!\d)")
#: A month in a file's name or a title, never the month of a day (2025.10.8).
_TEXT_MONTH = re.compile(r"(?<!\d)(20\d{2})\s*(?:[-_.年])\s*(\d{1,2})(?!\d|月?\s*[-.]?\d)|(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?!\d)")
_FILE_REVISION = re.compile(r"[vV](\d{1,2})(?!\d)")
_ROWS, _ZERO = headers.key("行数"), headers.key("本月无")


@dataclass(frozen=True)
class Identity:
    """What a file says of itself. `values`: cover fields, normalised; `refuse`: (code, value) where it cannot be used.

    `rows`: ledger -> rows as its cover counts them. `findings`: (code, cover field, params) of file-level reading issues.
    """

    values: Mapping[str, Any]
    zero: Mapping[str, bool]
    rows: Mapping[str, int]
    findings: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    places: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)  # cover field -> sheet, row, column
    refuse: tuple[str, str] | None = None

    @property
    def unit(self) -> str:
        return str(self.values.get("unit_code") or "")

    @property
    def period(self) -> str:
        return str(self.values.get("period") or "")

    @property
    def revision(self) -> int:
        return int(self.values.get("revision") or 0)


def is_merged(cover: Sheet | None) -> bool:
    """Whether the cover carries the mark 汇总."""
    return cover is not None and label_pairs(cover.rows).get(headers.key(KIND)) == MERGED


def identity(book: Book, cover: Sheet | None, located: list[Located], units: Units | None) -> Identity:
    """Cover first, then label lines, then the file name; what is found in each place is normalised alike."""
    raw: dict[str, Cell] = {}
    zero: dict[str, bool] = {}
    rows: dict[str, int] = {}
    places: dict[str, tuple[str, int, int]] = {}
    if cover is not None:
        raw = _by_field(label_pairs(cover.rows))
        zero, rows = _table(cover)
        places = _places(cover)
    for sheet in located:
        for name, cell in _by_field(sheet.labels).items():
            if is_blank(raw.get(name)):
                raw[name] = cell
        for label in ("零报告", "本月无"):
            if headers.key(label) in sheet.labels:
                parsed = parse_cell(Cover.zero_cases.kind, sheet.labels[headers.key(label)])
                zero.setdefault(sheet.ledger.id, parsed.value == 1)
    for sheet in located:
        for name, cell in _by_field(sheet.foot).items():
            if is_blank(raw.get(name)):
                raw[name] = cell
    titles = [text for sheet in located for text in sheet.above]
    findings: list[tuple[str, str, tuple[tuple[str, str], ...]]] = []
    values: dict[str, Any] = {}
    for column in Cover.columns:
        parsed = parse_cell(column.kind, raw.get(column.field))
        values[column.field] = parsed.value
        if parsed.code and column.field not in ("unit_code", "period"):
            findings.append((parsed.code, column.field, parsed.params))
    for name, ledger in (("zero_cases", Cases), ("zero_works", Works)):
        if values[name] is not None:
            zero[ledger.id] = values[name] == 1
    _find_unit(book.file, raw, values, units, findings, titles)
    _find_period(book.file, values, titles)
    if values["revision"] is None:
        match = _FILE_REVISION.search(book.file)
        values["revision"] = int(match[1]) if match else 0
    refuse = None
    code = values["unit_code"]
    if not code:
        refuse = ("F110", plain(str(raw.get("unit_code") or raw.get("unit_name") or ""))[:LONGEST_UNREAD])
    elif units is not None and code not in units:
        refuse = ("F110", code)
    elif not values["period"]:
        refuse = ("F107", "")
    return Identity(values, zero, rows, tuple(findings), places, refuse)


def _by_field(pairs: Mapping[str, Cell]) -> dict[str, Cell]:
    return {_FIELDS[label].field: value for label, value in pairs.items() if label in _FIELDS}


def _find_unit(file: str, raw: Mapping[str, Cell], values: dict[str, Any], units: Units | None,
               findings: list[tuple[str, str, tuple[tuple[str, str], ...]]], titles: Sequence[str] = ()) -> None:
    """A unit that no cell gives as a code: by the name in a cell (G111), by the file's name (F113), by a title (G111)."""
    if values["unit_code"]:
        return
    name = plain(str(raw.get("unit_name") or ""))
    if is_blank(raw.get("unit_code")) and unit_codes.is_code(name):  # 填报单位：990101101000
        values["unit_code"], values["unit_name"] = unit_codes.pad(name), None
        return
    names = [plain(str(raw[name])) for name in ("unit_code", "unit_name") if not is_blank(raw.get(name))]
    for name in names:
        found = units.named(name.replace(" ", "")) if units is not None else ()
        if len(found) == 1:
            values["unit_code"] = found[0].code
            findings.append(("G111", "unit_code", (("name", name), ("code", found[0].code))))
            return
    if names and not is_blank(raw.get("unit_code")):
        return  # something stands there that is no unit: never guess another
    codes = {unit_codes.pad(text) for text in _FILE_CODE.findall(file)}
    if units is not None:
        codes = {code for code in codes if code in units} or {unit.code for unit in units.inside(plain(file).replace(" ", ""))}
    if len(codes) == 1:
        values["unit_code"] = codes.pop()
        findings.append(("F113", "unit_code", ()))
        return
    told = {unit for text in titles for unit in (units.inside(plain(text).replace(" ", "")) if units is not None else ())}
    lowest = {unit for unit in told if unit.expected and not any(other != unit and unit_codes.contains(unit.code, other.code) for other in told)}
    if not codes and len(lowest) == 1:
        unit = lowest.pop()
        values["unit_code"] = unit.code
        findings.append(("G111", "unit_code", (("name", unit.name), ("code", unit.code))))


def _find_period(file: str, values: dict[str, Any], titles: Sequence[str] = ()) -> None:
    """The month of the file's name and of the titles, where they agree."""
    if values["period"]:
        return
    found = {months.parse(f"{year or short}-{month or two}") for text in (file, *titles) for year, month, short, two in _TEXT_MONTH.findall(text)} - {None}
    if len(found) == 1:
        values["period"] = found.pop()


def unit_of_name(file: str, units: Units | None) -> str:
    """The unit a file's name tells, "" where it is ambiguous or none: for files that could not be read."""
    values: dict[str, Any] = {"unit_code": None}
    _find_unit(file, {}, values, units, [])
    return str(values["unit_code"] or "")


def _table(cover: Sheet) -> tuple[dict[str, bool], dict[str, int]]:
    """The table 表名 / 行数 / 本月无（零报告）: read by row and column name."""
    zero: dict[str, bool] = {}
    rows: dict[str, int] = {}
    columns: dict[str, int] = {}
    ledgers = {headers.key(ledger.sheet): ledger.id for ledger in LEDGERS}
    for row in cover.rows:
        keys = [headers.key(cell) if isinstance(cell, str) else "" for cell in row]
        if _ROWS in keys and _ZERO in keys:
            columns = {name: keys.index(name) for name in (_ROWS, _ZERO)}
            continue
        if not columns:
            continue
        ledger = next((ledgers[text] for text in keys if text in ledgers), None)
        if ledger is None:
            continue
        count = parse_cell(BY_NAME["births"].by_field["live_births"].kind, row[columns[_ROWS]] if columns[_ROWS] < len(row) else None)
        if isinstance(count.value, int):
            rows[ledger] = count.value
        tick = parse_cell(Cover.zero_cases.kind, row[columns[_ZERO]] if columns[_ZERO] < len(row) else None)
        if tick.value is not None:
            zero[ledger] = tick.value == 1
    return zero, rows


def _places(cover: Sheet) -> dict[str, tuple[str, int, int]]:
    """Cover field -> where its value stands."""
    places: dict[str, tuple[str, int, int]] = {}
    for offset, row in enumerate(cover.rows):
        for index, cell in enumerate(row):
            column = _FIELDS.get(headers.key(cell)) if isinstance(cell, str) else None
            if column is not None:
                places.setdefault(column.field, (cover.name, cover.top + offset, cover.left + index + 1))
    ledgers = {headers.key(Cases.sheet): "zero_cases", headers.key(Works.sheet): "zero_works"}
    zero_column = 0
    for offset, row in enumerate(cover.rows):
        keys = [headers.key(cell) if isinstance(cell, str) else "" for cell in row]
        if _ROWS in keys and _ZERO in keys:
            zero_column = keys.index(_ZERO)
        elif zero_column:
            name = next((ledgers[text] for text in keys if text in ledgers), None)
            if name:
                places.setdefault(name, (cover.name, cover.top + offset, cover.left + zero_column))
    return places


def book_key(book: Book) -> str:
    """32 hex digits of the very hidden sheet 本册密钥, "" where there are none."""
    sheet = next((sheet for sheet in book.sheets if sheet.name == BOOK_KEY_SHEET), None)
    text = next((code_text(cell) for row in sheet.rows for cell in row if isinstance(cell, str)), "") if sheet else ""
    return text if re.fullmatch(r"[0-9a-f]{32}", text) else ""
