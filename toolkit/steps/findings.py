"""What readers find, as issues: of headers, of whole files, of cells. They belong to their part and travel with it."""

from __future__ import annotations

from typing import Any

from toolkit.model.issue import HIDDEN, Issue, code_of
from toolkit.model.ledger import PART, ROW, Ledger, Table
from toolkit.model.part import CSV, VILLAGE, Source
from toolkit.model.sheet import Book, column_letter, row_of, shifted
from toolkit.model.unit import level_of
from toolkit.rules.privacy import forbidden_header
from toolkit.schema import BY_NAME, Cover, fingerprint, ledgers_of, submission_ledgers
from toolkit.schema.text import is_blank, plain
from toolkit.steps import headers, identify
from toolkit.steps.batch import Asked, Draft
from toolkit.steps.columns import Finding
from toolkit.steps.cover import Identity, book_key
from toolkit.steps.locate import Located

#: Values of cells that a message of the service book may not repeat.
_CONTENT = frozenset(("v", "new", "name", "code"))
_LONGEST_SAID = 200  # characters of anything repeated in a message


def header_issues(draft: Draft, located: Located) -> None:
    ledger = located.ledger
    headings = {number: plain(text) for number, text in located.unknown.items()}
    for column in ledger.columns:
        if column.required and column.field not in located.columns and not (column.field == "edd" and headers.LMP in located.columns):
            if column.covered_by != "K107" or not located.rows:  # where there are rows, K107 says it for the sheet
                draft.issues.append(issue_of("F102", draft, (("sheet", located.sheet.name), ("col", column.heading)), field=column.heading))
    for name, text in located.aliases.items():
        if name in ledger.by_field:
            draft.issues.append(issue_of("F103", draft, (("alias", plain(text)), ("col", ledger.by_field[name].heading)), field=plain(text),
                                       row=_header_row(located, located.columns[name]), column=column_letter(located.columns[name])))
    for first, second, number, _ in located.doubles:
        draft.issues.append(issue_of("F104", draft, (("a", plain(first)), ("b", plain(second))), field=plain(second),
                                   row=_header_row(located, number), column=column_letter(number)))
    for number, text in headings.items():
        code = "K102" if forbidden_header(text, ledger.id) else "K101"
        draft.issues.append(issue_of(code, draft, (("header", text),), field=text, row=_header_row(located, number), column=column_letter(number)))
    sheet = located.sheet
    columns = {column + shift for column in located.columns.values() for shift in located.shifts}
    if (not sheet.visible or columns & sheet.hidden_columns or _under_merged(located)
            or (sheet.hidden_rows and any(row_of(place) in sheet.hidden_rows for place in located.rows))):
        draft.issues.append(issue_of("F114", draft, (("sheet", sheet.name),)))


def _header_row(located: Located, column: int) -> int:
    """The Excel row in which a column's header stands: the lowest of the header's rows with something in that column."""
    sheet, at = located.sheet, column - located.sheet.left
    rows = [(row, sheet.rows[row - sheet.top]) for row in located.header_rows]
    return next((row for row, cells in reversed(rows) if 0 <= at < len(cells) and not is_blank(cells[at])), located.header_rows[-1])


def _under_merged(located: Located) -> bool:
    """Whether something stands in a data cell that a merged cell covers, where nobody sees it."""
    sheet = located.sheet
    if not located.rows or not sheet.merged:
        return False
    rows = sorted(row_of(place) for place in located.rows)
    for top, left, bottom, right in sheet.merged:
        for row in range(max(top, rows[0]), min(bottom, rows[-1]) + 1):
            cells = sheet.rows[row - sheet.top][max(0, left - sheet.left):max(0, right - sheet.left + 1)]
            if any(not is_blank(cell) for cell in (cells[1:] if row == top and left >= sheet.left else cells)):
                return True
    return False


def issue_of(code: str, draft: Draft, params: tuple[tuple[str, str], ...] = (), *, field: str = "", row: int | None = None, column: str = "",
           key: str = "") -> Issue:
    ledger = draft.ledger
    if ledger.private:
        params = tuple((name, HIDDEN if name in _CONTENT else value) for name, value in params)
    params = brief(params)
    said = code_of(code)
    return Issue(code, said.severity, ledger.id, draft.source.unit, draft.source.period, draft.source.file,
                 draft.located.sheet.name if draft.located else "", row, column, field, key, params, said.local or ledger.private)


def brief(params: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """What a message repeats, cut where somebody pasted a page into a header."""
    return tuple((name, value if len(value) <= _LONGEST_SAID else f"{value[:_LONGEST_SAID]}…") for name, value in params)


def file_issues(book: Book, who: Identity, cover: Any, found: set[type[Ledger]], source: Source, asked: Asked) -> list[Issue]:
    """Reading issues of the whole file: F101, F106, F109, F112, F113, F115, G… on the cover, K108, K112."""
    issues: list[Issue] = []

    def say(code: str, params: tuple[tuple[str, str], ...] = (), name: str = "", ledger: str = "cover", severity: str = "") -> None:
        sheet, row, column = who.places.get(name, (cover.name if cover is not None else "", None, 0))
        said = code_of(code)
        issues.append(Issue(code, severity or said.severity, ledger, source.unit, source.period, book.file, sheet, row, column_letter(column),
                            name, "", brief(params), said.local or BY_NAME[ledger].private))

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
    other_plan = who.values["plan_id"] and who.values["plan_id"] != asked.plan.id
    if other_plan or (template and not template.endswith(fingerprint())):
        say("F109", (), "plan_id" if other_plan else "template")
    if book.has_macros or book.has_links:
        say("F115")
    if source.kind == VILLAGE:
        if asked.merging:
            say("K108", severity="warning" if asked.plan.submissions_required else "")
        elif not book_key(book):
            say("K112")
    return issues


def _said(who: Identity) -> set[str]:
    return {name for _, name, _ in who.findings}


def cell_issues(table: Table, findings: list[Finding], drafts: list[Draft]) -> None:
    if not findings:
        return
    keys = identify.Keys(table)
    parts, rows = table.frame[PART].tolist(), table.frame[ROW].tolist()
    for row, name, code, params in findings:
        draft, place = drafts[parts[row]], rows[row]
        column = draft.columns.get(name) or draft.columns.get(headers.LMP if code == "G110" else name, "")
        draft.issues.append(issue_of(code, draft, params, field=name, row=row_of(place), column=shifted(column, place), key=keys[row]))
