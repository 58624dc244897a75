"""`ledger new`, `ledger template`, `ledger release`: what goes out to offices and what leaves a village."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.files import workspace
from toolkit.files.seal import Password, nobody, sealed
from toolkit.model import period as months
from toolkit.model.issue import Issue
from toolkit.model.ledger import PART
from toolkit.model.part import VILLAGE, Source, Union
from toolkit.model.unit import Unit, Units, pad
from toolkit.schema import Cover
from toolkit.tasks.gather import gather, open_workspace
from toolkit.tasks.outcome import Outcome, write_all, wrong
from toolkit.tasks.seal import SEALED, SHORTEST, too_short

#: Letters and digits of a record number: a letter first, none that can be misread or make a number (DOMAIN 5.2).
RECORD_LETTERS, RECORD_SIGNS, RECORD_LENGTH = "ABCDFGHJKMNPQRSTUVWXYZ", "ABCDFGHJKMNPQRSTUVWXYZ23456789", 6
PREPRINTED = 60


def new(folder: Path, plan_id: str, units: Path | None = None, force: bool = False) -> Outcome:
    """A workspace: plan.toml, the unit list (an example to fill in where none is given), inbox and out folders."""
    outcome = Outcome("new")
    data = workspace.built_in_plans().get(plan_id)
    if data is None:
        return wrong("new", (f"没有方案 {plan_id}。自带方案：{'、'.join(workspace.built_in_plans())}",
                             f"there is no plan {plan_id}; built-in plans: {', '.join(workspace.built_in_plans())}"))
    files = [(folder / workspace.PLAN_FILE, data, "")]
    if units is not None:
        listed = workspace.read_units(units)
        if not isinstance(listed, Units):
            return wrong("new", *[(fault.zh, fault.en) for fault in listed])
        files.append((folder / "units.csv", workspace.units_csv(listed), ""))
    else:
        files.append((folder / "units.csv", workspace.units_csv(_example_units()), ""))
    if not write_all(outcome, files, force):
        return outcome
    outcome.say(f"工作目录已建好：{folder}", f"workspace made: {folder}")
    if units is None:
        outcome.say("请把 units.csv 换成本地的区划表（代码、名称、应报三列），再运行 ledger template", "replace units.csv by your own unit list, then run ledger template", "todo")
    return outcome


def _example_units() -> Units:
    return Units.of([Unit("990101000000", "示例县", True), Unit("990101101000", "示例县甲山乡", True), Unit("990101101201", "示例县甲山乡一村", True)])


def template(out: Path, period: str, *, folder: Path | None = None, units: Sequence[str] = (), force: bool = False, password: str | None = None) -> Outcome:
    """One prefilled workbook per expected unit, or per unit named; those of villages under the password, where there is one."""
    outcome = Outcome("template")
    month = months.parse(period)
    if month is None:
        return wrong("template", (f"月份“{period}”看不懂，请写成 2025-09", f"month not understood: {period}; write 2025-09"))
    if password is not None and len(password) < SHORTEST:
        return too_short("template")
    space = open_workspace("template", folder, [out], required=True)
    if isinstance(space, Outcome):
        return space
    listed = space.units or Units()
    codes = [pad(code) for code in units] or [unit.code for unit in listed if unit.expected]
    strange = [code for code in codes if code not in listed]
    if strange or not codes:
        return wrong("template", (f"区划表里没有这些单位：{'、'.join(strange)}" if strange else "区划表里没有应报单位，请先填写 units.csv",
                                  f"not in the unit list: {', '.join(strange)}" if strange else "the unit list has no expected unit"))
    chosen = [unit for unit in listed if unit.code in set(codes)]
    if not write_all(outcome, _workbooks(out, month, chosen, space, password), force):
        return outcome
    outcome.say(f"已生成 {len(chosen)} 本工作簿，在 {out}", f"{len(chosen)} workbooks written to {out}")
    if password is not None:
        outcome.say("村的工作簿已加打开密码，请用另一种方式告诉对方", "village workbooks are under the password; tell it by another way", "todo")
    outcome.say("请按单位发下去；村的一本里有服务册和本册密钥，只由责任人保管",
                "hand one to each unit; a village's holds its service book and key and stays with the person responsible", "todo")
    return outcome


def _workbooks(out: Path, month: str, units: Sequence[Unit], space: workspace.Workspace, password: str | None) -> Iterator[tuple[Path, bytes, str]]:
    from toolkit.files.template import Content, workbook

    for unit in units:
        cover = {"unit_code": unit.code, "unit_name": unit.name, "period": month, "plan_id": space.plan.id, "revision": 0, "police_transfers": 0}
        village = unit.level == "village"
        content = Content(cover, record_ids=record_numbers(PREPRINTED) if village else (), book_key=secrets.token_hex(16) if village else "")
        data = workbook(unit, month, space.plan, content)
        closed = village and password is not None
        yield out / f"{unit.code}_{month}_{unit.name}{SEALED if closed else ''}.xlsx", sealed(data, password or "") if closed else data, ""


def record_numbers(count: int) -> tuple[str, ...]:
    """Random record numbers, none twice; random and not running, so that a deleted row leaves no gap."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[secrets.choice(RECORD_LETTERS) + "".join(secrets.choice(RECORD_SIGNS) for _ in range(RECORD_LENGTH - 1))] = None
    return tuple(found)


def release(paths: Sequence[Path], *, out: Path | None = None, folder: Path | None = None, force: bool = False,
            password: Password = nobody) -> Outcome:
    """A village workbook becomes a submission: the service book out, 服务台账 in."""
    outcome = Outcome("release")
    space = open_workspace("release", folder, paths, required=False)
    if isinstance(space, Outcome):
        return space
    read = gather("release", paths, space, merging=True, password=password, outcome=outcome)
    if isinstance(read, Outcome):
        return read
    from toolkit.steps.merge import refused_issue

    union = read.union
    outcome.refused += [refused_issue(refusal) for refusal in union.refusals]
    failed = {refusal.file for refusal in union.refusals}
    sources = {source.file: source for source in {part.source.key: part.source for part in union.parts}.values() if source.kind == VILLAGE}
    for path in read.files:
        if path.name in failed:
            continue
        if path.name not in sources:
            outcome.refused.append(_not_a_village_workbook(path))
            continue
        source = sources[path.name]
        name = f"{source.unit}_{source.period}_v{source.revision}_上报.xlsx"
        if not write_all(outcome, [((out or path.parent) / name, submission_of(union, source, space), "")], force):
            return outcome
        kept = sum(part.rows for part in union.parts if part.source.key == source.key and part.ledger == "services")
        outcome.say(f"{path.name} → {name}：服务册已取出，带走服务台账 {kept} 条，没有姓名、电话和日期",
                    f"{path.name} -> {name}: the service book is out; {kept} service rows without name, phone or date")
    return outcome


def submission_of(union: Union, source: Source, space: workspace.Workspace) -> bytes:
    """The submission of one village among those in a union: values only, without the service book."""
    from toolkit.files.template import Content, submission
    from toolkit.steps.show import shown_rows

    mine = {part.ledger: (number, part) for number, part in enumerate(union.parts) if part.source.key == source.key}
    unit = Unit(source.unit, space.units.name(source.unit) if space.units else source.unit_name or source.unit, True)
    zero = {name: "是" if name in mine and mine[name][1].zero else "" for name in ("cases", "works")}
    cover = {
        "unit_code": unit.code, "unit_name": source.unit_name or unit.name, "period": source.period, "plan_id": source.plan_id,
        "template": source.template, "revision": source.revision, "prepared_by": source.prepared_by, "reviewed_by": source.reviewed_by,
        "prepared_on": dt.date.fromisoformat(source.prepared_on) if source.prepared_on else "",
        "revision_reason": Cover.revision_reason.kind.shown(source.reason) if source.reason else "",
        "police_transfers": mine["cases"][1].police_transfers if "cases" in mine else 0, "zero_cases": zero["cases"], "zero_works": zero["works"],
    }
    rows = {name: shown_rows(union.tables[name].where(union.tables[name].frame[PART] == number)) for name, (number, _) in mine.items()
            if name in union.tables}
    return submission(unit, source.period, space.plan, Content(cover, rows))


def _not_a_village_workbook(path: Path) -> Issue:
    return Issue("F206", "error", file=path.name, params=(("why", "not_village"),))
