"""From raw cells of many workbooks to typed columns: each distinct cell is understood once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.model.ledger import Column, Ledger, Parsed
from toolkit.model.sheet import Cell
from toolkit.rules.privacy import identity_number, set_aside_text
from toolkit.schema import Pregnancies
from toolkit.schema.codes import UnitCodes, two_phones
from toolkit.schema.kinds import Date, Uscc, parse_cell
from toolkit.schema.text import changed_to, plain, typed
from toolkit.steps.headers import LMP

#: Columns that hold a person's number and may hold the name instead (DOMAIN 5, G111).
PERSON_FIELDS = frozenset(("staff_id", "upper_id"))
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DITTO = frozenset(("同上", "〃", "″", "同 上", "〃〃", "同前", '"', "”", "“", "''", "同上行", "（同上）", "(同上)"))
_LONGEST_DITTO = 8
_BARE_NUMBER = re.compile(r"^[+-]?\d[\d,]*(?:\.\d+)?$")
PREGNANCY_DAYS = 280

#: A finding about a cell: row of the table, code, what its sentence needs.
Finding = tuple[int, str, str, tuple[tuple[str, str], ...]]


@dataclass
class Raw:
    """Cells of one ledger as they stand in the files: a list per field, with the part and Excel row of each record."""

    ledger: type[Ledger]
    values: dict[str, list[Cell]] = field(default_factory=dict)
    parts: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def extend(self, part: int, rows: Sequence[int], columns: dict[str, list[Cell]]) -> None:
        """Rows of one more sheet; fields it does not have are blank."""
        before, added = len(self.parts), len(rows)
        for name in columns:
            if name not in self.values:
                self.values[name] = [None] * before
        for name, values in self.values.items():
            values.extend(columns[name] if name in columns else [None] * added)
        self.parts.extend([part] * added)
        self.rows.extend(rows)


@dataclass
class Understood:
    """Typed values per field, unreadable cells per row, and what is to be said of cells."""

    values: dict[str, list[Any]]
    unknown: list[dict[str, str] | None]
    findings: list[Finding]


def understand(raw: Raw, units_of: Sequence[str], unit_named: Callable[[str, str], str], person_named: Callable[[int, str], str]) -> Understood:
    """All columns of a ledger.

    `units_of[part]`: the reporting unit; `unit_named(name, unit)`, `person_named(part, name)`: the code a name stands
    for, "" where there is none or more than one.
    """
    size = len(raw.parts)
    result = Understood({}, [None] * size, [])
    for column in raw.ledger.columns:
        cells = raw.values.get(column.field)
        if cells is None:
            result.values[column.field] = [None] * size
        else:
            _column(column, raw.ledger, cells, result)
    for name in ("unit_code",):
        if name in raw.ledger.by_field:
            _names(result, name, "单位代码", lambda row, text: unit_named(text, units_of[raw.parts[row]]))
            result.values[name] = [units_of[part] if value is None and not (cells and name in cells) else value
                                   for value, part, cells in zip(result.values[name], raw.parts, result.unknown, strict=True)]
    if "place_code" in raw.ledger.by_field:
        _names(result, "place_code", "单位代码", lambda row, text: unit_named(text, ""))
    if "area_codes" in raw.ledger.by_field:
        _names(result, "area_codes", "单位代码", lambda row, text: _areas(text, lambda name: unit_named(name, units_of[raw.parts[row]])))
    for name in PERSON_FIELDS & set(raw.ledger.by_field) - ({"staff_id"} if raw.ledger.id in ("staff", "services") else set()):
        _persons(result, name, raw.parts, person_named)
    if raw.ledger is Pregnancies and LMP in raw.values:
        _due_dates(result, raw.values[LMP])
    return result


def _column(column: Column, ledger: type[Ledger], cells: list[Cell], result: Understood) -> None:
    """One column: every distinct cell is parsed once."""
    ways: dict[tuple[type, Cell], Parsed] = {}
    keys = [(cell.__class__, cell) for cell in cells]
    for key in set(keys):
        ways[key] = _parsed(column, ledger, key[1])
    result.values[column.field] = [ways[key].value for key in keys]
    said = {key for key, way in ways.items() if way.code}
    if not said:
        return
    for row, key in enumerate(keys):
        if key in said:
            way = ways[key]
            result.findings.append((row, column.field, way.code, way.params))
            if way.unread:
                unknown = result.unknown[row] or {}
                unknown[column.field] = way.unread
                result.unknown[row] = unknown


def _parsed(column: Column, ledger: type[Ledger], cell: Cell) -> Parsed:
    if column.field == "work_phone" and isinstance(cell, str) and (several := two_phones(cell)):
        return changed_to(several[0], cell, several[0])
    way = parse_cell(column.kind, cell)
    if isinstance(cell, str) and not ledger.private and not way.unread.startswith("#"):
        code = set_aside_text(plain(cell)) if column.free else None
        if code is None and not isinstance(column.kind, Uscc) and identity_number(cell):
            code = "K103"
        if code:
            return Parsed(code=code, unread=f"#{code}!")
    return way


def _names(result: Understood, name: str, listed: str, code_of: Callable[[int, str], str]) -> None:
    """Unit names where a code belongs: resolved (G111) or left unreadable (G104)."""
    for at, (row, column, code, params) in enumerate(result.findings):
        if column != name or code != "G104":
            continue
        text = dict(params)["v"]
        found = code_of(row, text)
        if found:
            result.values[name][row] = found
            _known(result, row, name)
            result.findings[at] = (row, name, "G111", (("name", text), ("code", found)))


def _areas(text: str, unit_named: Callable[[str], str]) -> str:
    """The codes of several units, some or all of them written by name; "" where one is neither."""
    found: set[str] = set()
    for item in UnitCodes.items(text):
        parsed = UnitCodes().parse(item)
        found.add(unit_named(item.strip()) if parsed.unread else str(parsed.value))
    return "" if "" in found else ";".join(sorted(found))


def _persons(result: Understood, name: str, parts: list[int], person_named: Callable[[int, str], str]) -> None:
    """People's names where a staff number belongs."""
    values = result.values[name]
    for row, value in enumerate(values):
        if isinstance(value, str) and _HAN.search(value):
            found = person_named(parts[row], value)
            if found:
                values[row] = found
                result.findings.append((row, name, "G111", (("name", value), ("code", found))))
            else:
                values[row] = None
                unknown = result.unknown[row] or {}
                unknown[name] = value
                result.unknown[row] = unknown
                result.findings.append((row, name, "G104", (("v", value), ("list", "人员编号"))))


def _known(result: Understood, row: int, name: str) -> None:
    unknown = dict(result.unknown[row] or {})
    unknown.pop(name, None)
    result.unknown[row] = unknown or None


def _due_dates(result: Understood, last_periods: list[Cell]) -> None:
    """A due date from the last period where none is written; the last period itself is dropped (G110)."""
    import datetime as dt

    edd = result.values["edd"]
    for row, cell in enumerate(last_periods):
        if edd[row] is None and "edd" not in (result.unknown[row] or {}):
            day = parse_cell(Date(), cell).value
            if day is not None:
                edd[row] = day + dt.timedelta(days=PREGNANCY_DAYS)
                result.findings.append((row, "edd", "G110", ()))


def ditto_filled(cells: list[Cell]) -> list[Cell]:
    """同上 replaced by what stands above."""
    short = {cell for cell in cells if isinstance(cell, str) and len(cell) <= _LONGEST_DITTO}
    if not any(plain(cell) in _DITTO for cell in short):
        return cells
    out: list[Cell] = []
    for cell in cells:
        same = isinstance(cell, str) and len(cell) <= _LONGEST_DITTO and plain(cell) in _DITTO
        out.append(out[-1] if out and same else cell)
    return out


def in_yuan(cells: list[Cell], many: str) -> list[Cell]:
    """Amounts under a header that counts in 万元 or 千元, with that word behind each bare number: read as yuan, and said (G105)."""
    return [f"{typed(cell)}{many}" if isinstance(cell, (int, float)) and not isinstance(cell, bool)
            else f"{cell}{many}" if isinstance(cell, str) and _BARE_NUMBER.match(plain(cell)) else cell for cell in cells]
