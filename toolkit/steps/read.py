"""From files to parts: every ledger of many workbooks in one frame, every row accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from toolkit.model.issue import Issue, code_of
from toolkit.model.ledger import PART, ROW, Ledger, Table, empty_table, table_of
from toolkit.model.part import CSV, OFFICE, SUBMISSION, VILLAGE, Part, Refusal, Source, Union, united
from toolkit.model.sheet import Book, column_letter, row_of
from toolkit.schema import (
    LEDGERS,
    SERVICE_BOOK,
    TRAVELLING,
    Cases,
    Pregnancies,
    Services,
    Staff,
    Visits,
)
from toolkit.schema.kinds import Count
from toolkit.steps import identify, minimise
from toolkit.steps.batch import Asked, Batch, Draft
from toolkit.steps.columns import Raw, ditto_filled, in_yuan, understand
from toolkit.steps.cover import Identity, book_key, identity, is_merged
from toolkit.steps.findings import cell_issues, file_issues, header_issues, issue_of
from toolkit.steps.locate import Located, sheets_of
from toolkit.steps.set_aside import kept_rows


def read(books: Iterable[Book], asked: Asked) -> Union:
    """The union of everything in some files that could be opened."""
    from toolkit.steps.remerge import read_merged

    batch = Batch(asked)
    merged: list[Union] = []
    for book in books:
        located, aside, cover = sheets_of(book)
        if is_merged(cover):
            merged.append(read_merged(book, cover, located, asked))
        else:
            _add(batch, book, located, aside, cover)
    union = united([_finished(batch), *merged], LEDGERS)
    return _in_token_order(union) if asked.merging else union


def _in_token_order(union: Union) -> Union:
    """Service rows of each part by token: in the order of their book they could be laid beside those of the next month."""
    services = union.tables.get(Services.id)
    if services is None or not len(services):
        return union
    frame = services.frame.sort_values([PART, "token"], kind="stable", ignore_index=True)
    return replace(union, tables={**union.tables, Services.id: Table(Services, frame)})


def _add(batch: Batch, book: Book, located: list[Located], aside: list[Located], cover: Any) -> None:
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
    source = source_of(book, who, kind)
    number = len(batch.sources)
    batch.sources.append(source)
    batch.identities.append(who)
    batch.keys.append(book_key(book) if kind == VILLAGE else "")
    for sheet in located:
        _add_sheet(batch, number, source, sheet)
    for sheet in aside:
        kept = next((draft for draft in batch.drafts if draft.book == number and draft.ledger is sheet.ledger), None)
        if kept is not None:
            kept.issues.append(issue_of("F118", kept, (("sheet", sheet.sheet.name),)))
            kept.set_aside += [("F118", row_of(place)) for place in sheet.rows]
    issues = file_issues(book, who, cover, found, source, asked)
    batch.file_issues[source.key] = tuple(issue for issue in issues if not (asked.merging and issue.local))


#: Cover cells that rules over parts mark (F108, G302).
MARKED = ("unit_name", "zero_cases", "zero_works")


def source_of(book: Book, who: Identity, kind: str) -> Source:
    values = who.values
    return Source(book.file, book.sha256, who.unit, who.period, who.revision, kind, str(values["unit_name"] or ""), str(values["plan_id"] or ""),
                  str(values["template"] or ""), str(values["prepared_by"] or ""), str(values["reviewed_by"] or ""),
                  values["prepared_on"].isoformat() if values["prepared_on"] else "", values["revision_reason"],
                  tuple((name, sheet, f"{column_letter(column)}{row}") for name in MARKED if name in who.places
                        for sheet, row, column in [who.places[name]]))


def _add_sheet(batch: Batch, book: int, source: Source, located: Located) -> None:
    ledger = located.ledger
    draft = Draft(ledger, book, source, located, {name: column_letter(number) for name, number in located.columns.items()})
    number = len(batch.drafts)
    batch.drafts.append(draft)
    columns = {name: ditto_filled(located.cells(name)) for name in located.columns}
    for name, many in located.units.items():
        columns[name] = in_yuan(columns[name], many)
    for name, first, last, value in located.merged_down:
        if name in ledger.by_field and not isinstance(ledger.by_field[name].kind, Count):  # one amount for several rows stays one
            for position, place in enumerate(located.rows):
                if first <= place <= last:
                    columns[name][position] = value
    batch.raw.setdefault(ledger.id, Raw(ledger)).extend(number, located.rows, columns)
    header_issues(draft, located)


def _finished(batch: Batch) -> Union:
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
        table, findings = kept_rows(table, known.findings, batch)
        tables[ledger.id] = table
        if not (asked.merging and ledger.private):
            cell_issues(table, findings, drafts)
    if Pregnancies.id in batch.raw:
        tables[Services.id] = _with_services(batch, tables, people)
    return _as_union(batch, tables)


def _people(batch: Batch) -> list[dict[str, set[str]]]:
    """Per book: name -> staff numbers on its own 包保名单; "" for people whose name is not written."""
    people: list[dict[str, set[str]]] = [{} for _ in batch.sources]
    raw = batch.raw.get(Staff.id)
    if raw is not None and "staff_id" in raw.values:
        known = understand(Raw(Staff, {name: raw.values[name] for name in ("staff_id", "name") if name in raw.values}, raw.parts, raw.rows),
                           [""] * len(batch.drafts), lambda name, unit: "", lambda part, name: "")
        for part, number, name in zip(raw.parts, known.values["staff_id"], known.values["name"], strict=True):
            if number:
                people[batch.drafts[part].book].setdefault(name or "", set()).add(number)
    return people


def _with_services(batch: Batch, tables: dict[str, Table], people: list[dict[str, set[str]]]) -> Table:
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
        [source.period for source in batch.sources], _keys(batch, tables), [frozenset(numbers) for numbers in staff], batch.asked.plan)
    number_of: dict[int, int] = {}
    for draft in [draft for draft in drafts if draft.ledger is Pregnancies]:
        number_of[draft.book] = len(drafts)
        columns = {"token": draft.columns.get("record_id", ""), "staff_id": draft.columns.get("staff_id", "")}
        drafts.append(Draft(Services, draft.book, draft.source, draft.located, columns))
    made = made.renumbered(number_of.__getitem__)
    return joined(Services, [tables[Services.id], made] if Services.id in tables else [made])


def _keys(batch: Batch, tables: dict[str, Table]) -> list[str]:
    """The book keys; a village workbook without one (K112) has one derived from its own service book, never an empty one."""
    import numpy as np

    keyless = {book for book, source in enumerate(batch.sources) if source.kind == VILLAGE and not batch.keys[book]}
    rows: dict[int, list[str]] = {book: [] for book in keyless}
    for ledger in SERVICE_BOOK if keyless else ():
        table = tables.get(ledger.id)
        if table is None:
            continue
        books = [batch.drafts[number].book for number in table.frame[PART].tolist()]
        mine = table.where(np.array([book in keyless for book in books], dtype=bool))  # an empty list would pick columns
        for book, text in zip((book for book in books if book in keyless), identify.row_texts(mine), strict=True):
            rows[book].append(f"{ledger.id} {text}")
    return [key if book not in keyless else minimise.missing_key(batch.sources[book].unit, batch.sources[book].period, rows[book])
            for book, key in enumerate(batch.keys)]


def _as_union(batch: Batch, tables: dict[str, Table]) -> Union:
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


def _part(draft: Draft, digest: str, rows: int, who: Identity, asked: Asked) -> Part:
    source, ledger = draft.source, draft.ledger
    private = ledger is Services
    skipped = tuple(sorted(draft.located.skipped.items())) if draft.located and not private else ()
    columns = {} if private and asked.merging else draft.columns
    issues = tuple(issue for issue in draft.issues if not (asked.merging and issue.local))
    return Part(source.unit, source.period, ledger.id, source.revision, digest, source, draft.located.sheet.name if draft.located else "", rows,
                source.prepared_on, asked.received.get(source.file, ""),
                who.zero.get(ledger.id) if ledger.id in ("cases", "works") else None, _police(ledger, who),
                () if private and asked.merging else tuple(sorted(Counter(code for code, _ in draft.set_aside).items())), skipped, columns, issues)


def _counted(batch: Batch, parts: Sequence[Part]) -> dict[tuple[str, str, str, str, int], tuple[Issue, ...]]:
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
