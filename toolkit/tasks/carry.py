"""`ledger carry`: next month's workbooks from this month's; what is over is gone, and with it every name."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from toolkit.files import intake
from toolkit.files.seal import Password, nobody
from toolkit.model.issue import Issue
from toolkit.model.part import OFFICE, VILLAGE, Source, Union
from toolkit.model.period import shift
from toolkit.model.sheet import Refused, column_letter
from toolkit.model.unit import Unit
from toolkit.schema import BY_NAME, LEDGERS
from toolkit.tasks.gather import gather, issue_of, open_workspace
from toolkit.tasks.offices import PREPRINTED, record_numbers
from toolkit.tasks.outcome import Outcome, write_all
from toolkit.tasks.seal import SEALED


def carry(paths: Sequence[Path], out: Path, *, folder: Path | None = None, force: bool = False, password: Password = nobody) -> Outcome:
    """One workbook of the next month for each given one, sealed where that was, with our macros where that is an .xlsm. The given ones stay."""
    from toolkit.files.macro_books import with_macros
    from toolkit.files.widths import with_widths
    from toolkit.steps.merge import refused_issue

    outcome = Outcome("carry")
    space = open_workspace("carry", folder, paths, required=False)
    if isinstance(space, Outcome):
        return space
    read = gather("carry", paths, space, merging=False, password=password, outcome=outcome)
    if isinstance(read, Outcome):
        return read
    union = read.union
    outcome.refused += [refused_issue(refusal) for refusal in union.refusals]
    refused = {refusal.file for refusal in union.refusals}
    sources = {source.sha256: source for source in {part.source.key: part.source for part in union.parts}.values() if source.kind in (VILLAGE, OFFICE)}
    for path in read.files:
        file = intake.shown_name(path)
        if file in refused:
            continue
        before = intake.contents(path, password)
        if isinstance(before, Refused):  # it is another file by now
            outcome.refused.append(issue_of(before))
            continue
        source = sources.get(before.digest)  # two folders may each hold a file of this name
        if source is None:
            outcome.refused.append(Issue("F206", "error", file=file, params=(("why", "not_own"),)))
            continue
        name = space.units.name(source.unit) if space.units else source.unit_name or source.unit
        ending = ".xlsm" if path.suffix.lower() == ".xlsm" else ".xlsx"
        target = out / f"{source.unit}_{shift(source.period, 1)}_{name}{SEALED if before.password else ''}{ending}"
        data, stopped = _next(union, source, space, Unit(source.unit, name, True))
        data = with_widths(data, before.data, _in_our_layout(union, source))
        if ending == ".xlsm":
            data = with_macros(data, space.plan)
        if not write_all(outcome, [(target, before.kept(data), "")], force):
            return outcome
        outcome.say(f"{file} → {target.name}", f"{file} -> {target.name}")
        if stopped:
            rows = "、".join(str(row) for row in stopped)
            outcome.say(f"{file} 孕产妇台账第 {rows} 行缺少告知或同意，没有结转。已告知并同意的，请在原表补填后重新结转；否则不必再填",
                        f"{file}: rows {rows} have no notice or consent and did not go on; where given, fill it in and carry again", "todo")
    if outcome.outputs:
        outcome.say("服务期已满的行和姓名不在新的一本里。请删除旧的一本和它的备份，回收站也清空",
                    "rows whose service is over are not in the new workbook; delete the old one and its copies", "todo")
    return outcome


def _in_our_layout(union: Union, source: Source) -> dict[str, int]:
    """Sheets that still have the template's columns in their places, with how many they are."""
    mine = [part for part in union.parts if part.source.key == source.key]
    ours = {ledger.id: {column.field: column_letter(number) for number, column in enumerate(ledger.columns, 1)} for ledger in LEDGERS}
    return {part.sheet: len(part.columns) for part in mine if part.sheet == BY_NAME[part.ledger].sheet and dict(part.columns) == ours.get(part.ledger)}


def _next(union: Union, source: Source, space: object, unit: Unit) -> tuple[bytes, tuple[int, ...]]:
    """The next month's workbook, and the rows that could not go on."""
    from toolkit.files.template import Content, workbook
    from toolkit.files.workspace import Workspace
    from toolkit.steps.carry import carried
    from toolkit.steps.show import shown_rows

    assert isinstance(space, Workspace)
    mine = {part.ledger: number for number, part in enumerate(union.parts) if part.source.key == source.key}
    kept = carried(union, mine, space.plan)
    rows = {name: shown_rows(table) for name, table in kept.tables.items()}
    period, village = shift(source.period, 1), source.kind == VILLAGE
    used = {str(row["record_id"]) for row in rows.get("pregnancies", ()) if row["record_id"]}
    numbers = tuple(number for number in record_numbers(PREPRINTED) if number not in used) if village else ()
    cover = {"unit_code": unit.code, "unit_name": source.unit_name or unit.name, "period": period, "plan_id": space.plan.id, "revision": 0,
             "police_transfers": 0, "prepared_by": source.prepared_by, "reviewed_by": source.reviewed_by}
    content = Content(cover, rows, numbers, secrets.token_hex(16) if village else "")
    return workbook(unit, period, space.plan, content), kept.stopped
