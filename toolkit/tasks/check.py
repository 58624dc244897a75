"""`ledger check`: all mistakes at once, each at its cell, for whoever holds the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.files import intake
from toolkit.files.seal import Password, nobody
from toolkit.model.approval import of_units
from toolkit.model.issue import Issue, in_order
from toolkit.model.part import Union, standing
from toolkit.steps.verdicts import verdicts
from toolkit.tasks.check_files import marked_copies, no_report, report_of, skipped_rows
from toolkit.tasks.gather import Gathered, gather, gather_previous, open_workspace
from toolkit.tasks.outcome import Outcome, write_all, wrong
from toolkit.tasks.pool import Progress

if TYPE_CHECKING:
    from toolkit.rules.rule import Ground


@dataclass(frozen=True)
class Asked:
    """How to check. `previous`: last month's merged workbook, or a unit's own files; `report`: where to write one;
    `annotate`: the folder for marked copies."""

    folder: Path | None = None
    previous: Path | None = None
    report: Path | None = None
    annotate: Path | None = None
    today: dt.date | None = None
    jobs: int = 0
    force: bool = False
    password: Password = field(default=nobody, repr=False)


def check(paths: Sequence[Path], asked: Asked = Asked(), progress: Progress | None = None) -> Outcome:
    """Read the files, the service book too, and say everything that is wrong with them."""
    outcome = Outcome("check", tell_issues=True)
    if asked.report is not None and (fault := no_report(asked.report, asked.force)):
        return wrong("check", fault)
    space = open_workspace("check", asked.folder, paths, required=False)
    if isinstance(space, Outcome):
        return space
    if space.folder is None:
        outcome.say("没有找到工作目录：按标准方案检查，单位代码只核对格式", "no workspace found: checked with plan standard; unit codes by form only")
    elif space.units is None:
        outcome.say("工作目录里没有区划表：单位代码只核对格式", "the workspace has no unit list: unit codes are checked by form only")
    read = gather("check", paths, space, merging=False, jobs=asked.jobs, progress=progress, password=asked.password, outcome=outcome)
    if isinstance(read, Outcome):
        return read
    before = gather_previous("check", asked.previous, space, asked.jobs, asked.password) if asked.previous is not None else None
    if isinstance(before, Outcome):
        return before
    outcome.issues, outcome.refused = found(read, before, asked.today)
    outcome.extra = {"reconciliation": _counts(read.union), "not_checked": links_not_checked(read)}
    stands = standing(read.union.parts)
    outcome.verdicts = verdicts(read.union.parts, stands, outcome.issues, outcome.refused, list(dict.fromkeys(file.name for file in read.files)))
    _summed_up(outcome, read)
    if asked.report is not None:
        write_all(outcome, [(asked.report, report_of(outcome, read, asked.report), "")], asked.force)
    if asked.annotate is not None:
        marked_copies(outcome, read, asked.annotate, asked.force, asked.password)
    return outcome


def found(read: Gathered, previous: Union | None, today: dt.date | None) -> tuple[list[Issue], list[Issue]]:
    """Issues of what was read, and of what was refused; both in the order reports use."""
    from toolkit.steps.check import by_plan, computed
    from toolkit.steps.merge import refused_issue

    union, plan, ground = read.union, read.workspace.plan, _ground(read, previous, today)
    issues = [issue for part in ground.parts for issue in part.reading]
    sources = {part.source.key for part in ground.parts}
    issues += [issue for source, issues_ in union.file_issues.items() if source in sources for issue in issues_]
    issues += computed(ground)
    refusals = [replace(refusal, file=name) for refusal in union.refusals for name in (refusal.file, *refusal.copies)]
    return in_order(by_plan(issues, plan)), in_order([refused_issue(refusal) for refusal in refusals])


def links_not_checked(read: Gathered) -> dict[str, int]:
    """References to units whose lists are not among the files, by rule: neither right nor wrong here."""
    from toolkit.rules.links import not_checked

    return not_checked(_ground(read, None, None))


def _ground(read: Gathered, previous: Union | None, today: dt.date | None) -> Ground:
    """The standing rows, as rules see them."""
    from toolkit.model.ledger import PART, empty_table
    from toolkit.rules.rule import Ground
    from toolkit.schema import LEDGERS
    from toolkit.steps.conflicts import of_rows

    union = read.union
    stands = standing(union.parts)
    number = {old: new for new, old in enumerate(old for old, holds in enumerate(stands) if holds)}
    parts = [part for part, holds in zip(union.parts, stands, strict=True) if holds]
    tables = {}
    for ledger in LEDGERS:
        table = union.tables.get(ledger.id)
        if table is None or not len(table):
            tables[ledger.id] = empty_table(ledger)
        else:
            tables[ledger.id] = table.where(table.frame[PART].isin(list(number))).renumbered(number.__getitem__)
    losing = [part for part, holds in zip(union.parts, stands, strict=True)
              if not holds and any(other.place == part.place and other.revision == part.revision for other in parts)]
    _, excluded = of_rows(tables, parts, union.decisions)
    periods = {part.period for part in parts}
    names = intake.names_beside(read.files) if parts else frozenset()
    return Ground(tables, parts, read.workspace.plan, read.workspace.units, "", periods.pop() if len(periods) == 1 else "", union.refusals,
                  previous.parts if previous else None, excluded, losing, names, today, of_units(part.approvals for part in parts), union.parts)


def _counts(union: Union) -> list[dict[str, object]]:
    """Rows read and skipped per travelling ledger, as 对账 has them."""
    from toolkit.steps.merge import balances, reconciliation

    return reconciliation(balances(union, standing(union.parts)))


def _summed_up(outcome: Outcome, read: Gathered) -> None:
    files = len(read.files) - len(outcome.refused)
    rows = sum(part.read for part in read.union.parts if part.ledger not in ("pregnancies", "visits", "services"))
    skipped = skipped_rows(read.union)
    words = {"blank": "空白", "title": "标题", "total": "合计", "note": "说明", "sample": "样例"}
    passed = "　".join(f"{words[kind]}{count}" for kind, count in sorted(skipped.items()))
    outcome.say(f"读了 {files} 个文件，办公台账 {rows} 条；不是记录的行：{passed or '无'}",
                f"read {files} files, {rows} office records; rows that are no records: "
                + (", ".join(f"{kind} {count}" for kind, count in sorted(skipped.items())) or "none"))
    unseen = sum(outcome.extra["not_checked"].values())  # type: ignore[attr-defined]
    if unseen:
        outcome.say(f"另有 {unseen} 处要对照别的单位的包保名单，名单不在这里，未核对，不算错",
                    f"{unseen} references to staff lists of units that are not here: not checked, no fault")
