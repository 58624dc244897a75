"""From files to parts: every ledger of many workbooks in one frame, every row accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.model.issue import HIDDEN, Issue, code_of
from toolkit.model.ledger import PART, ROW, UNKNOWN, Ledger, Table, empty_table, table_of
from toolkit.model.part import CSV, OFFICE, SUBMISSION, VILLAGE, Part, Refusal, Source, Union, united
from toolkit.model.plan import Plan
from toolkit.model.sheet import Book, Cell, column_letter
from toolkit.model.unit import Units, level_of
from toolkit.rules.privacy import forbidden_header
from toolkit.schema import (
    BOOK_KEY_SHEET,
    LEDGERS,
    SERVICE_BOOK,
    TRAVELLING,
    Cases,
    Cover,
    Pregnancies,
    Services,
    Staff,
    Visits,
    fingerprint,
    ledgers_of,
    submission_ledgers,
)
from toolkit.schema.cases import ORGANISATIONS
from toolkit.schema.kinds import code_text
from toolkit.steps import headers, identify, minimise
from toolkit.steps.columns import Finding, Raw, ditto_filled, understand
from toolkit.steps.cover import Identity, identity, is_merged
from toolkit.steps.locate import Located, sheets_of

#: Values of cells that a message of the service book may not repeat.
_CONTENT = frozenset(("v", "new", "name", "code"))
_PATIENT = re.compile(r"患者|病人|孕妇|孕产妇|产妇|当事妇女|妇女|当事人本人|群众|夫妻|家属")


@dataclass(frozen=True)
class Asked:
    """For whom files are read. `merging`: for a merge (nothing local is kept, the service book is minimised and gone);
    `period`: the only month wanted, "" any."""

    plan: Plan
    units: Units | None = None
    merging: bool = False
    period: str = ""
    received: Mapping[str, str] = field(default_factory=dict)  # file name -> ISO date


@dataclass
class _Draft:
    """A part before its rows are understood."""

    ledger: type[Ledger]
    book: int
    source: Source
    located: Located | None
    columns: dict[str, str]
    issues: list[Issue] = field(default_factory=list)
    set_aside: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class _Batch:
    asked: Asked
    drafts: list[_Draft] = field(default_factory=list)
    raw: dict[str, Raw] = field(default_factory=dict)
    identities: list[Identity] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)  # book keys, per book
    file_issues: dict[tuple[str, str, str, str, int], tuple[Issue, ...]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    gone: set[tuple[int, str]] = field(default_factory=set)  # (book, record number) of rows without consent


def read(books: Iterable[Book], asked: Asked) -> Union:
    """The union of everything in some files that could be opened."""
    from toolkit.steps.remerge import read_merged

    batch = _Batch(asked)
    merged: list[Union] = []
    for book in books:
        located, aside, cover = sheets_of(book)
        if is_merged(cover):
            merged.append(read_merged(book, cover, located, asked))
        else:
            _add(batch, book, located, aside, cover)
    return united([_finished(batch), *merged], LEDGERS)


def _add(batch: _Batch, book: Book, located: list[Located], aside: list[Located], cover: Any) -> None:
    asked = batch.asked
    who = identity(book, cover, located, asked.units)
    if not located:
        batch.refusals.append(Refusal("F206", book.file, book.sha256, who.unit, who.period))
        return
    if who.refuse or (asked.period and who.period != asked.period):
        code, why = who.refuse or ("F107", who.period)
        batch.refusals.append(Refusal(code, book.file, book.sha256, who.unit if code != "F110" else "", who.period, who.revision, why,
                                      asked.received.get(book.file, "")))
        return
    found = {sheet.ledger for sheet in located}
    if book.kind == CSV and asked.merging and found & set(SERVICE_BOOK):
        batch.refusals.append(Refusal("F206", book.file, book.sha256, who.unit, who.period, who.revision, "csv_book"))
        return
    kind = CSV if book.kind == CSV else VILLAGE if Pregnancies in found else SUBMISSION if Services in found else OFFICE
    if kind == VILLAGE:
        located = [sheet for sheet in located if sheet.ledger is not Services]
    source = _source(book, who, kind)
    number = len(batch.sources)
    batch.sources.append(source)
    batch.identities.append(who)
    batch.keys.append(_book_key(book) if kind == VILLAGE else "")
    for sheet in located:
        _add_sheet(batch, number, source, sheet)
    for sheet in aside:
        kept = next((draft for draft in batch.drafts if draft.book == number and draft.ledger is sheet.ledger), None)
        if kept is not None:
            kept.issues.append(_issue("F118", kept, (("sheet", sheet.sheet.name),)))
            kept.set_aside += [("F118", row) for row in sheet.rows]
    issues = _of_file(book, who, cover, found, source, asked)
    batch.file_issues[source.key] = tuple(issue for issue in issues if not (asked.merging and issue.local))


def _source(book: Book, who: Identity, kind: str) -> Source:
    values = who.values
    return Source(book.file, book.sha256, who.unit, who.period, who.revision, kind, str(values["unit_name"] or ""), str(values["plan_id"] or ""),
                  str(values["template"] or ""), str(values["prepared_by"] or ""), str(values["reviewed_by"] or ""),
                  values["prepared_on"].isoformat() if values["prepared_on"] else "", values["revision_reason"])


def _book_key(book: Book) -> str:
    sheet = next((sheet for sheet in book.sheets if sheet.name == BOOK_KEY_SHEET), None)
    text = next((code_text(cell) for row in sheet.rows for cell in row if isinstance(cell, str)), "") if sheet else ""
    return text if re.fullmatch(r"[0-9a-f]{32}", text) else ""


def _add_sheet(batch: _Batch, book: int, source: Source, located: Located) -> None:
    ledger, sheet = located.ledger, located.sheet
    draft = _Draft(ledger, book, source, located, {name: column_letter(number) for name, number in located.columns.items()})
    number = len(batch.drafts)
    batch.drafts.append(draft)
    picked = [sheet.rows[row - sheet.top] for row in located.rows]
    columns: dict[str, list[Cell]] = {}
    for name, column in located.columns.items():
        index = column - sheet.left
        columns[name] = ditto_filled([row[index] if index < len(row) else None for row in picked])
    for column, first, last in located.merged_down:
        name = next(name for name, at in located.columns.items() if at == column)
        at = [position for position, row in enumerate(located.rows) if first <= row <= last]
        for position in at[1:]:
            columns[name][position] = columns[name][at[0]]
    batch.raw.setdefault(ledger.id, Raw(ledger)).extend(number, located.rows, columns)
    _header_issues(draft, located)


def _header_issues(draft: _Draft, located: Located) -> None:
    ledger, row = located.ledger, located.header_rows[-1]
    for column in ledger.columns:
        if column.required and column.field not in located.columns and not (column.field == "edd" and headers.LMP in located.columns):
            if column.covered_by != "K107":
                draft.issues.append(_issue("F102", draft, (("sheet", located.sheet.name), ("col", column.heading)), field=column.heading))
    for name, text in located.aliases.items():
        if name in ledger.by_field:
            draft.issues.append(_issue("F103", draft, (("alias", text), ("col", ledger.by_field[name].heading)), field=text, row=row,
                                       column=column_letter(located.columns[name])))
    for first, second, number, _ in located.doubles:
        draft.issues.append(_issue("F104", draft, (("a", first), ("b", second)), field=second, row=row, column=column_letter(number)))
    for number, text in located.unknown.items():
        code = "K102" if forbidden_header(text, ledger.id) else "K101"
        draft.issues.append(_issue(code, draft, (("header", text),), field=text, row=row, column=column_letter(number)))
    sheet = located.sheet
    if not sheet.visible or any(row in sheet.hidden_rows for row in located.rows) or set(located.columns.values()) & sheet.hidden_columns:
        draft.issues.append(_issue("F114", draft, (("sheet", sheet.name),)))


def _issue(code: str, draft: _Draft, params: tuple[tuple[str, str], ...] = (), *, field: str = "", row: int | None = None, column: str = "",
           key: str = "") -> Issue:
    ledger = draft.ledger
    if ledger.private:
        params = tuple((name, HIDDEN if name in _CONTENT else value) for name, value in params)
    said = code_of(code)
    return Issue(code, said.severity, ledger.id, draft.source.unit, draft.source.period, draft.source.file,
                 draft.located.sheet.name if draft.located else "", row, column, field, key, params, said.local or ledger.private)


def _of_file(book: Book, who: Identity, cover: Any, found: set[type[Ledger]], source: Source, asked: Asked) -> list[Issue]:
    """Reading issues of the whole file: F101, F106, F109, F112, F113, F115, G… on the cover, K108, K112."""
    issues: list[Issue] = []

    def say(code: str, params: tuple[tuple[str, str], ...] = (), name: str = "", ledger: str = "cover") -> None:
        sheet, row, column = who.places.get(name, (cover.name if cover is not None else "", None, 0))
        said = code_of(code)
        issues.append(Issue(code, said.severity, ledger, source.unit, source.period, book.file, sheet, row, column_letter(column),
                            name, "", params, said.local))

    if book.kind != CSV:
        level = level_of(source.unit)
        wanted = ledgers_of(level) if source.kind == VILLAGE else submission_ledgers(level)
        for ledger in wanted:
            if ledger not in found:
                say("F101", (("sheet", ledger.sheet),), ledger=ledger.id)
        if cover is not None:
            for column in Cover.columns:
                if column.required and not column.covered_by and who.values[column.field] is None and column.field not in _said(who):
                    say("G101", (("col", column.heading),), column.field)
            prepared, reviewed = who.values["prepared_by"], who.values["reviewed_by"]
            if reviewed is None or reviewed == prepared:
                say("F106", (), "reviewed_by")
    for code, name, params in who.findings:
        say(code, params, name)
    template = str(who.values["template"] or "")
    if (who.values["plan_id"] and who.values["plan_id"] != asked.plan.id) or (template and not template.endswith(fingerprint())):
        say("F109", (), "plan_id")
    if book.has_macros or book.has_links:
        say("F115")
    if source.kind == VILLAGE:
        if asked.merging:
            say("K108")
        elif not _book_key(book):
            say("K112")
    return issues


def _said(who: Identity) -> set[str]:
    return {name for _, name, _ in who.findings}


# ---------------------------------------------------------------------------------------------------------- rows


def _finished(batch: _Batch) -> Union:
    """Understand all columns at once, set aside what may not be kept, minimise, digest."""
    asked, drafts = batch.asked, batch.drafts
    units_of = [draft.source.unit for draft in drafts]
    people = _people(batch)

    def unit_named(name: str, below: str) -> str:
        found = asked.units.named(name, below) if asked.units is not None else ()
        return found[0].code if len(found) == 1 else ""

    def person_named(part: int, name: str) -> str:
        found = people[drafts[part].book].get(name, set())
        return next(iter(found)) if len(found) == 1 else ""

    tables: dict[str, Table] = {}
    for ledger in LEDGERS:
        raw = batch.raw.get(ledger.id)
        if raw is None:
            continue
        known = understand(raw, units_of, unit_named, person_named)
        table = table_of(ledger, known.values, raw.parts, raw.rows, [0] * len(raw.parts), known.unknown)
        table, findings = _kept(table, known.findings, batch)
        tables[ledger.id] = table
        if not (asked.merging and ledger.private):
            _cell_issues(table, findings, drafts)
    if Pregnancies.id in batch.raw:
        tables[Services.id] = _with_services(batch, tables, people)
    return _as_union(batch, tables)


def _people(batch: _Batch) -> list[dict[str, set[str]]]:
    """Per book: name -> staff numbers on its own 包保名单."""
    people: list[dict[str, set[str]]] = [{} for _ in batch.sources]
    raw = batch.raw.get(Staff.id)
    if raw is not None and {"staff_id", "name"} <= set(raw.values):
        known = understand(Raw(Staff, {name: raw.values[name] for name in ("staff_id", "name")}, raw.parts, raw.rows),
                           [""] * len(batch.drafts), lambda name, unit: "", lambda part, name: "")
        for part, number, name in zip(raw.parts, known.values["staff_id"], known.values["name"], strict=True):
            if number and name:
                people[batch.drafts[part].book].setdefault(name, set()).add(number)
    return people


def _kept(table: Table, findings: list[Finding], batch: _Batch) -> tuple[Table, list[Finding]]:
    """The rows that may be kept. K107, K110, K111 set a row aside and silence everything else about it."""
    import numpy as np

    aside: dict[int, str] = {}
    if table.ledger is Pregnancies:
        aside = _without_consent(table, batch)
    elif table.ledger is Visits:
        aside = _of_set_aside_records(table, batch)
    elif table.ledger is Cases:
        aside = _no_cases(table, batch)
    if not aside:
        return table, findings
    keep = np.ones(len(table), dtype=bool)
    keep[list(aside)] = False
    number = np.cumsum(keep) - 1
    return table.where(keep), [(int(number[row]), *rest) for row, *rest in findings if keep[row]]  # type: ignore[misc]


def _without_consent(table: Table, batch: _Batch) -> dict[int, str]:
    """K107: rows without a readable notice date or consent; one issue for the sheet where a column is absent."""
    frame = table.frame
    missing_notice, missing_consent = frame["notice_date"].isna(), frame["consent"].isna()
    aside: dict[int, str] = {}
    said: set[int] = set()
    for row in (missing_notice | missing_consent).to_numpy().nonzero()[0].tolist():
        number = int(frame[PART].iat[row])
        draft = batch.drafts[number]
        aside[row] = "K107"
        draft.set_aside.append(("K107", int(frame[ROW].iat[row])))
        absent = [name for name in ("notice_date", "consent") if name not in draft.columns]
        if absent:
            if number not in said:
                said.add(number)
                draft.issues.append(_issue("K107", draft, field=absent[0]))
            continue
        name = "notice_date" if missing_notice.iat[row] else "consent"
        identifier = frame["record_id"].iat[row]
        draft.issues.append(_issue("K107", draft, field=name, row=int(frame[ROW].iat[row]), column=draft.columns[name],
                                   key=identifier if isinstance(identifier, str) else f"#{frame[ROW].iat[row]}"))
    kept = {(batch.drafts[number].book, name) for row, (number, name) in
            enumerate(zip(frame[PART].tolist(), frame["record_id"].tolist(), strict=True)) if row not in aside}
    batch.gone = {(batch.drafts[int(frame[PART].iat[row])].book, frame["record_id"].iat[row]) for row in aside} - kept
    return aside


def _of_set_aside_records(table: Table, batch: _Batch) -> dict[int, str]:
    """Visits of records set aside go with them, under the same issue."""
    aside: dict[int, str] = {}
    if batch.gone:
        for row, (number, name) in enumerate(zip(table.frame[PART].tolist(), table.frame["record_id"].tolist(), strict=True)):
            if (batch.drafts[number].book, name) in batch.gone:
                aside[row] = "K107"
                batch.drafts[number].set_aside.append(("K107", int(table.frame[ROW].iat[row])))
    return aside


def _no_cases(table: Table, batch: _Batch) -> dict[int, str]:
    """K111: a type outside the plan's list; K110: a patient, or an individual entered below the county."""
    frame = table.frame
    allowed = batch.asked.plan.case_types
    outside = table.unknown("type") | (~frame["type"].isin(allowed) & frame["type"].notna() if allowed else False)
    person = frame["party_type"].notna() & ~frame["party_type"].isin(ORGANISATIONS)
    aside: dict[int, str] = {}
    for row in range(len(frame)):
        draft = batch.drafts[int(frame[PART].iat[row])]
        raw_party = (frame[UNKNOWN].iat[row] or {}).get("party_type", "")
        below_county = level_of(draft.source.unit) in ("village", "township")
        if _PATIENT.search(raw_party) or (person.iat[row] and below_county):
            code, name = "K110", "party_type"
        elif outside.iat[row] if hasattr(outside, "iat") else outside[row]:
            code, name = "K111", "type"
        else:
            continue
        aside[row] = code
        number = int(frame[ROW].iat[row])
        case_no = frame["case_no"].iat[row]
        draft.set_aside.append((code, number))
        draft.issues.append(_issue(code, draft, field=name, row=number, column=draft.columns.get(name, ""),
                                   key=case_no if isinstance(case_no, str) else f"#{number}"))
    return aside


def _cell_issues(table: Table, findings: list[Finding], drafts: list[_Draft]) -> None:
    if not findings:
        return
    texts = identify.row_texts(table)
    keys = identify.keys(table, texts)
    parts, rows = table.frame[PART].tolist(), table.frame[ROW].tolist()
    for row, name, code, params in findings:
        draft = drafts[parts[row]]
        draft.issues.append(_issue(code, draft, params, field=name, row=rows[row], column=draft.columns.get(name, ""), key=keys[row]))


def _with_services(batch: _Batch, tables: dict[str, Table], people: list[dict[str, set[str]]]) -> Table:
    """Service rows of the village workbooks, in a draft of their own per book, under those of submissions."""
    from toolkit.model.ledger import joined

    drafts = batch.drafts
    books = [draft.book if draft.ledger is Pregnancies else -1 for draft in drafts]
    visit_books = [draft.book if draft.ledger is Visits else -1 for draft in drafts]
    staff: list[set[str]] = [set() for _ in batch.sources]
    for book, names in enumerate(people):
        staff[book] = set().union(*names.values()) if names else set()
    made = minimise.services(
        tables[Pregnancies.id], tables.get(Visits.id, empty_table(Visits)), books, visit_books, [source.unit for source in batch.sources],
        [source.period for source in batch.sources], batch.keys, [frozenset(numbers) for numbers in staff], batch.asked.plan)
    number_of: dict[int, int] = {}
    for draft in [draft for draft in drafts if draft.ledger is Pregnancies]:
        number_of[draft.book] = len(drafts)
        columns = {"token": draft.columns.get("record_id", ""), "staff_id": draft.columns.get("staff_id", "")}
        drafts.append(_Draft(Services, draft.book, draft.source, draft.located, columns))
    made = made.renumbered(number_of.__getitem__)
    return joined(Services, [tables[Services.id], made] if Services.id in tables else [made])


def _as_union(batch: _Batch, tables: dict[str, Table]) -> Union:
    asked, drafts = batch.asked, batch.drafts
    keep = [ledger for ledger in LEDGERS if ledger.travels or not asked.merging]
    digests: dict[int, str] = {}
    counts: dict[int, int] = {}
    for ledger in keep:
        mine = [number for number, draft in enumerate(drafts) if draft.ledger is ledger]
        table = tables.get(ledger.id, empty_table(ledger))
        groups = identify.by_part(table, len(drafts), identify.row_texts(table)) if len(table) else [[] for _ in drafts]
        for number in mine:
            who = batch.identities[drafts[number].book]
            digests[number] = identify.part_digest(ledger.id, groups[number], who.zero.get(ledger.id), _police(ledger, who))
            counts[number] = len(groups[number])
    parts: list[Part] = []
    new_number: dict[int, int] = {}
    for number, draft in enumerate(drafts):
        if number in digests:
            new_number[number] = len(parts)
            parts.append(_part(draft, digests[number], counts[number], batch.identities[draft.book], asked))
    moved = {ledger.id: tables[ledger.id].renumbered(new_number.__getitem__) for ledger in keep if ledger.id in tables}
    if asked.merging and Services.id in moved:
        moved[Services.id].frame[ROW] = 0
    return united([Union(tuple(parts), moved, tuple(batch.refusals), {}, _counted(batch, parts))], LEDGERS)


def _police(ledger: type[Ledger], who: Identity) -> int | None:
    return int(who.values["police_transfers"] or 0) if ledger is Cases else None


def _part(draft: _Draft, digest: str, rows: int, who: Identity, asked: Asked) -> Part:
    source, ledger = draft.source, draft.ledger
    private = ledger is Services
    skipped = tuple(sorted(draft.located.skipped.items())) if draft.located and not private else ()
    columns = {} if private and asked.merging else draft.columns
    issues = tuple(issue for issue in draft.issues if not (asked.merging and issue.local))
    return Part(source.unit, source.period, ledger.id, source.revision, digest, source, draft.located.sheet.name if draft.located else "", rows,
                source.prepared_on, asked.received.get(source.file, ""), who.zero.get(ledger.id) if ledger.id in ("cases", "works") else None, _police(ledger, who),
                tuple(draft.set_aside) if not (private and asked.merging) else (), skipped, columns, issues)


def _counted(batch: _Batch, parts: Sequence[Part]) -> dict[tuple[str, str, str, str, int], tuple[Issue, ...]]:
    """File issues, with F112 where the cover counts other rows than were read."""
    number = {source.key: at for at, source in enumerate(batch.sources)}
    by_source: dict[tuple[str, str, str, str, int], list[Issue]] = {key: list(issues) for key, issues in batch.file_issues.items()}
    travelling = {ledger.id for ledger in TRAVELLING}
    for part in parts:
        said = batch.identities[number[part.source.key]].rows.get(part.ledger)
        if said is not None and part.ledger in travelling and part.ledger != Services.id and said != part.read:
            code = code_of("F112")
            by_source[part.source.key].append(Issue("F112", code.severity, part.ledger, part.unit, part.period, part.source.file, part.sheet))
    return {key: tuple(issues) for key, issues in by_source.items()}
