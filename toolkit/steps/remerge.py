"""A merged workbook read again: its parts, proven by their digests, and what travels beside them (SPEC 6)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from toolkit.model.issue import Issue, declared
from toolkit.model.ledger import HERE, PART, ROW, Ledger, Table, joined, table_of
from toolkit.model.merged import DECISIONS
from toolkit.model.part import Part, Refusal, Union
from toolkit.model.part_json import params_from_json, parts_from_json, refusal_from_json, sources_from_json
from toolkit.model.sheet import Book, Cell, Sheet, column_letter, place_of
from toolkit.model.unit import is_code
from toolkit.schema import BY_NAME, CONFLICTS_SHEET, CONTENDERS_SHEET, READING_SHEET, SUBMISSIONS_SHEET, TRAVELLING
from toolkit.schema.kinds import Count, parse_cell
from toolkit.schema.merged import (
    CONFLICT_COLUMNS,
    CONTENDER_COLUMNS,
    FROM_ROW,
    PART_COLUMNS,
    PROVENANCE,
    READING_COLUMNS,
    REFUSAL_COLUMN,
    SOURCES_COLUMN,
)
from toolkit.schema.text import is_blank
from toolkit.steps import headers, identify
from toolkit.steps.approval import approved
from toolkit.steps.columns import Raw, understand
from toolkit.steps.labels import label_pairs
from toolkit.steps.locate import Located

_FROM_UNIT, _FROM_REVISION = PROVENANCE[1], PROVENANCE[3]
SourceKey = tuple[str, str, str, str, int]


def read_merged(book: Book, cover: Sheet | None, located: list[Located], asked: Any) -> Union:
    """The union a merged workbook carries. Parts whose rows no longer match their digest are kept out (F116)."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    parts, refusals = _listed(sheets.get(SUBMISSIONS_SHEET))
    labels = label_pairs(cover.rows) if cover is not None else {}
    period = str(labels.get(headers.key("所属月份")) or (parts[0].period if parts else ""))
    target = str(labels.get(headers.key("单位代码")) or "").strip()
    if asked.period and period != asked.period:
        return Union(refusals=(Refusal("F107", book.file, book.sha256, "", period, None, period),))
    parts, file_issues = _with_reading(parts, sheets.get(READING_SHEET))
    tables, stated = _rows(parts, located)
    contenders = _contenders(parts, sheets.get(CONTENDERS_SHEET))
    kept, broken = _proven(parts, stated, contenders)
    faults = _faults(parts, broken, stated, tables, book)
    renumber = {number: new for new, number in enumerate(kept)}
    united: dict[str, Table] = {}
    for ledger in TRAVELLING:
        pieces = []
        if ledger.id in tables:
            pieces.append(_of_parts(tables[ledger.id], {place: renumber[number] for place, number in stated[ledger.id].items() if number in renumber}))
        pieces += [_of_parts(table, {0: renumber[number]}) for number, table in contenders.items()
                   if number in renumber and parts[number].ledger == ledger.id]
        united[ledger.id] = joined(ledger, pieces)
    decisions = _decisions(sheets.get(CONFLICTS_SHEET))
    whole = Union(_with_here([parts[number] for number in kept], united), united, (*refusals, *faults), decisions, file_issues,
                  frozenset((target,) if is_code(target) else ()))
    return approved(whole, labels, bool(faults), asked.plan.approval_required)


# ------------------------------------------------------------------------------------------------------ the lists


def _table(sheet: Sheet | None, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Rows under the header that holds all of `columns`, as Excel row and cells by header text."""
    if sheet is None:
        return
    wanted = [headers.key(name) for name in columns]
    at: dict[str, int] | None = None
    for offset, row in enumerate(sheet.rows):
        if at is None:
            keys = {headers.key(cell): index for index, cell in enumerate(row) if isinstance(cell, str) and cell}
            if all(name in keys for name in wanted):
                at = {name: keys[key] for name, key in zip(columns, wanted, strict=True)}
            continue
        yield sheet.top + offset, {name: row[index] if index < len(row) else None for name, index in at.items()}


def _listed(sheet: Sheet | None) -> tuple[list[Part], tuple[Refusal, ...]]:
    """Every part and refusal 上报情况 keeps for the next merge."""
    parts: list[Part] = []
    refusals: list[Refusal] = []
    for _, row in _table(sheet, (SOURCES_COLUMN, REFUSAL_COLUMN, *PART_COLUMNS.values())):
        texts = {name: cell if isinstance(cell, str) else "" for name, cell in row.items()}
        try:
            sources = sources_from_json(texts[SOURCES_COLUMN])
            for name in PART_COLUMNS.values():
                parts += parts_from_json(texts[name], sources)
            refusal = refusal_from_json(texts[REFUSAL_COLUMN])
        except ValueError:
            continue  # the row was edited: its parts are not listed, so their rows match nothing and become F116
        if refusal is not None:
            refusals.append(refusal)
    unique = {part.key: part for part in parts}
    return list(unique.values()), tuple({refusal.key: refusal for refusal in refusals}.values())


def _with_reading(parts: list[Part], sheet: Sheet | None) -> tuple[list[Part], dict[SourceKey, tuple[Issue, ...]]]:
    """Parts with the reading issues that travel, and those of whole files."""
    known = {code.code: code for code in declared()}
    of_part: dict[tuple[str, str, str, str, str], list[Issue]] = {}
    of_file: dict[SourceKey, list[Issue]] = {}
    unit, month, ledger, revision, digest, file, sha, code, severity, about, name, row_, column, field, key, params = READING_COLUMNS
    for _, row in _table(sheet, READING_COLUMNS):
        text = {header: "" if is_blank(cell) else str(cell) for header, cell in row.items()}
        if text[code] not in known:
            continue
        try:
            words = params_from_json(text[params])
        except ValueError:
            continue
        number = _whole(row[row_]) or None
        issue = Issue(text[code], text[severity], text[about], text[unit], text[month], text[file], text[name], number, text[column], text[field],
                      text[key], words)
        if text[digest]:
            of_part.setdefault((text[unit], text[month], text[ledger], text[revision], text[digest]), []).append(issue)
        else:
            of_file.setdefault((text[file], text[sha], text[unit], text[month], _whole(row[revision])), []).append(issue)
    by_sheet = {item.sheet: item.id for item in TRAVELLING}
    found = {(u, m, by_sheet.get(which, which), r, d): tuple(issues) for (u, m, which, r, d), issues in of_part.items()}
    return ([replace(part, reading=found.get((part.unit, part.period, part.ledger, str(part.revision), part.digest), ())) for part in parts],
            {source: tuple(issues) for source, issues in of_file.items()})


def _choices(cell: Cell) -> set[str]:
    return {text.strip() for text in str(cell or "").replace(";", "；").split("；")} & set(DECISIONS)


def _decisions(sheet: Sheet | None) -> dict[str, tuple[str, ...]]:
    """Conflict id -> what was decided there: the choice made now, else the two or more that reopened the conflict."""
    decisions: dict[str, tuple[str, ...]] = {}
    number, now, before = CONFLICT_COLUMNS[7], CONFLICT_COLUMNS[6], CONFLICT_COLUMNS[8]
    for _, row in _table(sheet, CONFLICT_COLUMNS):
        chosen = _choices(row[now]) or _choices(row[before])
        if not _choices(row[now]) and len(chosen) == 1:
            continue  # one decision stands prefilled: whoever cleared it took it back
        if chosen and isinstance(row[number], str):
            decisions[str(row[number])] = tuple(sorted(chosen))
    return decisions


# ------------------------------------------------------------------------------------------------------- the rows


def _rows(parts: list[Part], located: list[Located]) -> tuple[dict[str, Table], dict[str, dict[int, int]]]:
    """Per ledger: its rows, grouped by (unit, revision) as `_part`; and group -> part number (-1: no such part)."""
    tables: dict[str, Table] = {}
    stated: dict[str, dict[int, int]] = {}
    for sheet in located:
        ledger = sheet.ledger
        if not ledger.travels:
            continue
        groups: dict[tuple[str, int], int] = {}
        of_row, rows = _provenance(sheet)
        number = [groups.setdefault(place, len(groups)) for place in of_row]
        picked = [sheet.sheet.rows[row - sheet.sheet.top] for row in sheet.rows]  # a file of ours: no blocks side by side
        columns: dict[str, list[Cell]] = {}
        for name, column in sheet.columns.items():
            index = column - sheet.sheet.left
            columns[name] = [row[index] if index < len(row) else None for row in picked]
        tables[ledger.id] = _understood(ledger, columns, number, rows, list(sheet.rows), [unit for unit, _ in groups])
        top, texts = _top(parts, ledger.id), identify.by_part(tables[ledger.id], len(groups), identify.row_texts(tables[ledger.id]))
        stated[ledger.id] = {group: _matching(texts[group], parts, top.get(place, [])) for place, group in groups.items()}
    return tables, stated


def _provenance(located: Located) -> tuple[list[tuple[str, int]], list[int]]:
    """Per data row: (unit, revision) of its part, and the place where it was first written."""
    sheet = located.sheet
    header = sheet.rows[located.header_rows[-1] - sheet.top]
    at = {headers.key(cell): index for index, cell in enumerate(header) if isinstance(cell, str)}

    def cells(name: str) -> list[Cell]:
        index = at.get(headers.key(name), -1)
        return [sheet.rows[row - sheet.top][index] if 0 <= index < len(sheet.rows[row - sheet.top]) else None for row in located.rows]

    places = [(str(unit or ""), _whole(revision)) for unit, revision in zip(cells(_FROM_UNIT), cells(_FROM_REVISION), strict=True)]
    return places, [_place(cell) for cell in cells(FROM_ROW)]


def _whole(cell: Cell) -> int:
    """A whole number we wrote; 0 where the cell was cleared or overwritten."""
    value = parse_cell(Count(), cell).value
    return value if isinstance(value, int) else 0


def _place(cell: Cell) -> int:
    """A place we wrote (`model.sheet.place_text`); 0 where the cell was cleared or overwritten."""
    return (place_of(cell) if isinstance(cell, str) else 0) or max(0, _whole(cell))


def _understood(ledger: type[Ledger], columns: dict[str, list[Cell]], parts: list[int], rows: list[int], here: list[int], units: list[str]) -> Table:
    """Rows of a merged file as a table; what their readers had to say travels in 读取记录, so nothing is said again."""
    raw = Raw(ledger)
    raw.extend(0, rows, columns)
    raw.parts = parts
    known = understand(raw, units, lambda name, unit: "", lambda part, name: "")
    return table_of(ledger, known.values, parts, rows, here, known.unknown)


def _top(parts: list[Part], ledger: str) -> dict[tuple[str, int], list[int]]:
    """(unit, revision) -> the parts of the highest revision there."""
    highest: dict[str, int] = {}
    for part in parts:
        if part.ledger == ledger:
            highest[part.unit] = max(part.revision, highest.get(part.unit, -1))
    top: dict[tuple[str, int], list[int]] = {}
    for number, part in enumerate(parts):
        if part.ledger == ledger and part.revision == highest[part.unit]:
            top.setdefault((part.unit, part.revision), []).append(number)
    return top


def _all_top(parts: list[Part]) -> set[int]:
    """Numbers of all parts of the highest revision of their place."""
    return {number for ledger in TRAVELLING for numbers in _top(parts, ledger.id).values() for number in numbers}


def _matching(texts: list[str], parts: list[Part], candidates: list[int]) -> int:
    """The part whose digest these rows have; -1 where none has it."""
    return next((number for number in candidates if _has_digest(parts[number], texts)), -1)


def _has_digest(part: Part, texts: list[str]) -> bool:
    return part.digest == identify.part_digest(part.ledger, texts, part.zero, part.police_transfers)


def _contenders(parts: list[Part], sheet: Sheet | None) -> dict[int, Table]:
    """Part number -> its rows on 待裁定, for the content that waits for a decision."""
    ledger_, unit, month, revision, digest, _, row_, content = CONTENDER_COLUMNS
    number = {(part.ledger, part.unit, part.revision, part.digest): at for at, part in enumerate(parts)}
    by_sheet = {item.sheet: item for item in TRAVELLING}
    grouped: dict[int, tuple[type[Ledger], list[dict[str, Any]], list[int]]] = {}
    for _, row in _table(sheet, CONTENDER_COLUMNS):
        ledger = by_sheet.get(str(row[ledger_] or "")) or BY_NAME.get(str(row[ledger_] or ""))
        if ledger is None:
            continue
        at = number.get((ledger.id, str(row[unit]), _whole(row[revision]), str(row[digest])))
        try:
            cells = json.loads(str(row[content]))
        except ValueError:
            continue
        if at is not None and isinstance(cells, dict):
            _, rows, places = grouped.setdefault(at, (ledger, [], []))
            rows.append(cells)
            places.append(_place(row[row_]))
    tables = {}
    for at, (ledger, rows, places) in grouped.items():
        columns = {column.field: [cells.get(column.heading) for cells in rows] for column in ledger.columns}
        tables[at] = _understood(ledger, columns, [0] * len(rows), places, [0] * len(rows), [parts[at].unit])
    return tables


def _proven(parts: list[Part], stated: Mapping[str, Mapping[int, int]], contenders: Mapping[int, Table]) -> tuple[list[int], list[int]]:
    """Numbers of the parts to keep, and of those whose rows do not match (F116).

    A superseded part has no rows here; where nothing is left of the revision that took its place it goes too, since it
    would stand with rows that nobody has.
    """
    shown = {number for groups in stated.values() for number in groups.values()}
    top = _all_top(parts)
    kept: list[int] = []
    broken: list[int] = []
    for number, part in enumerate(parts):
        whole = number not in top or number in shown or _has_digest(part, _texts(contenders.get(number)))
        (kept if whole else broken).append(number)
    proven = {parts[number].place for number in kept if number in top}
    hollow = {number for number in kept if parts[number].place not in proven}
    return [number for number in kept if number not in hollow], [*broken, *sorted(hollow)]


def _texts(table: Table | None) -> list[str]:
    return identify.row_texts(table) if table is not None else []


def _faults(parts: list[Part], broken: list[int], stated: Mapping[str, Mapping[int, int]], tables: Mapping[str, Table], book: Book) -> list[Refusal]:
    """F116: one refusal per unit and revision, with the rows kept out by ledger."""
    rows: dict[tuple[str, str, int], dict[str, int]] = {}
    top = _all_top(parts)
    for number in broken:  # those of the highest revision by the rows found in the sheet, superseded ones by their own count
        part = parts[number]
        rows.setdefault((part.unit, part.period, part.revision), {})[part.ledger] = 0 if number in top else part.rows
    period = parts[0].period if parts else ""
    for ledger, groups in stated.items():
        loose = [group for group, number in groups.items() if number < 0]
        if loose:
            sheet = tables[ledger]
            units = sheet.frame["_part"].tolist()
            for group in loose:
                unit = str(sheet.frame.loc[[value == group for value in units], "unit_code"].iloc[0]) if "unit_code" in sheet.ledger.by_field else ""
                owner = next((place for place in sorted(rows, key=lambda place: -place[2]) if place[0] == unit and ledger in rows[place]),
                             (unit if unit.isdigit() else "", period, 0))
                counts = rows.setdefault(owner, {})
                counts[ledger] = counts.get(ledger, 0) + units.count(group)
    return [Refusal("F116", book.file, book.sha256, unit, month, revision, rows=tuple(sorted(counts.items())))
            for (unit, month, revision), counts in sorted(rows.items())]


def _with_here(parts: list[Part], tables: Mapping[str, Table]) -> tuple[Part, ...]:
    """The parts, their reading issues with the cell of the merged file in which each stands."""
    rows: dict[tuple[int, int], int] = {}
    for table in tables.values():
        frame = table.frame
        rows |= {(number, row): here for number, row, here in zip(frame[PART].tolist(), frame[ROW].tolist(), frame[HERE].tolist(), strict=True) if row and here}

    def placed(number: int, issue: Issue) -> Issue:
        here = rows.get((number, parts[number].place_of(issue)))
        ledger = BY_NAME[parts[number].ledger]
        if here is None or issue.field not in ledger.by_field:
            return issue
        column = [column.field for column in ledger.columns].index(issue.field) + 1
        return issue.with_(here=(ledger.sheet, f"{column_letter(column)}{here}"))

    return tuple(replace(part, reading=tuple(placed(number, issue) for issue in part.reading)) for number, part in enumerate(parts))


def _of_parts(table: Table, number: Mapping[int, int]) -> Table:
    """The rows of some groups, with part numbers in place of group numbers."""
    picked = table.where(table.frame["_part"].isin(list(number)))
    return picked.renumbered(number.__getitem__)
