"""`ledger check`: all mistakes at once, each at its cell, for whoever holds the file."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.files.workspace import Workspace
from toolkit.model.issue import Issue, in_order
from toolkit.model.part import Union, standing
from toolkit.steps.verdicts import verdicts
from toolkit.tasks.gather import Gathered, gather, open_workspace
from toolkit.tasks.outcome import Outcome, write_all, wrong
from toolkit.tasks.pool import Progress

ENDINGS = (".xlsx", ".html")

if TYPE_CHECKING:
    from toolkit.rules.rule import Ground


@dataclass(frozen=True)
class Asked:
    """How to check. `previous`: last month's merged workbook, or a unit's own files; `report`: where to write one."""

    folder: Path | None = None
    previous: Path | None = None
    report: Path | None = None
    today: dt.date | None = None
    jobs: int = 0
    force: bool = False


def check(paths: Sequence[Path], asked: Asked = Asked(), progress: Progress | None = None) -> Outcome:
    """Read the files, the service book too, and say everything that is wrong with them."""
    outcome = Outcome("check", tell_issues=True)
    if asked.report is not None and (fault := _no_report(asked.report, asked.force)):
        return wrong("check", fault)
    space = open_workspace("check", asked.folder, paths, required=False)
    if isinstance(space, Outcome):
        return space
    if space.folder is None:
        outcome.say("没有找到工作目录：按标准方案检查，单位代码只核对格式", "no workspace found: checked with plan standard; unit codes by form only")
    elif space.units is None:
        outcome.say("工作目录里没有区划表：单位代码只核对格式", "the workspace has no unit list: unit codes are checked by form only")
    read = gather("check", paths, space, merging=False, jobs=asked.jobs, progress=progress, outcome=outcome)
    if isinstance(read, Outcome):
        return read
    before = _previous(asked, space)
    if isinstance(before, Outcome):
        return before
    outcome.issues, outcome.refused = found(read, before, asked.today)
    outcome.extra = {"reconciliation": _counts(read.union), "not_checked": links_not_checked(read)}
    stands = standing(read.union.parts)
    outcome.verdicts = verdicts(read.union.parts, stands, outcome.issues, outcome.refused, list(dict.fromkeys(file.name for file in read.files)))
    _summed_up(outcome, read)
    if asked.report is not None:
        write_all(outcome, [(asked.report, _report(outcome, read, asked.report), "")], asked.force)
    return outcome


def _no_report(path: Path, force: bool) -> tuple[str, str] | None:
    """Why no report can be written there, before anything is read."""
    if path.suffix.lower() not in ENDINGS:
        return (f"报告不能写成 {path.suffix or path.name}，只能是 .xlsx 或 .html。例：--report 检查报告.html",
                f"a report cannot be {path.suffix or path.name}, only .xlsx or .html; for example --report report.html")
    if path.exists() and not force:
        return (f"{path} 已存在，没有改动。要替换请加 --force，或换一个文件名", f"{path} exists and was left alone; add --force or choose another name")
    return None


def _report(outcome: Outcome, read: Gathered, path: Path) -> bytes:
    """The report as the ending says, with links to the files as seen from where it will lie."""
    from toolkit.files import html, report_xlsx
    from toolkit.steps.check_report import Checked, report

    names = {part.unit: part.source.unit_name for part in read.union.parts if part.source.unit_name}
    units = read.workspace.units
    if units is not None:
        names |= {unit.code: unit.name for unit in units}
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    names = {code: f"{name}（{code}）" if name in shared else name for code, name in names.items()}
    said = report(Checked(outcome.verdicts, outcome.issues, outcome.refused, names, _skipped(read.union), _links(read.files, path), __version__))
    return html.page_of(said) if path.suffix.lower() == ".html" else report_xlsx.workbook_of(said)


def _links(files: Sequence[Path], report: Path) -> dict[str, str]:
    """File name -> path relative to the report; a name that two folders share names no file."""
    links: dict[str, str] = {}
    for file in files:
        try:
            path = os.path.relpath(file.absolute(), report.absolute().parent).replace(os.sep, "/")
        except ValueError:  # another drive
            path = ""
        links[file.name] = "" if file.name in links else path
    return {name: path for name, path in links.items() if path}


def found(read: Gathered, previous: Union | None, today: dt.date | None) -> tuple[list[Issue], list[Issue]]:
    """Issues of what was read, and of what was refused; both in the order reports use."""
    from toolkit.steps.check import by_plan, computed
    from toolkit.steps.merge import refused_issue

    union, plan, ground = read.union, read.workspace.plan, _ground(read, previous, today)
    issues = [issue for part in ground.parts for issue in part.reading]
    sources = {part.source.key for part in ground.parts}
    issues += [issue for source, issues_ in union.file_issues.items() if source in sources for issue in issues_]
    issues += computed(ground)
    return in_order(by_plan(issues, plan)), in_order([refused_issue(refusal) for refusal in union.refusals])


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
    names = frozenset(entry.name for folder in {file.parent for file in read.files} for entry in folder.iterdir()) if parts else frozenset()
    return Ground(tables, parts, read.workspace.plan, read.workspace.units, "", periods.pop() if len(periods) == 1 else "", union.refusals,
                    previous.parts if previous else None, excluded, losing, names, today)


def _previous(asked: Asked, space: Workspace) -> Union | None | Outcome:
    """Last month's parts, for the rules between months; a file that cannot be read is said, not passed over."""
    if asked.previous is None:
        return None
    read = gather("check", [asked.previous], space, merging=True, jobs=asked.jobs, outcome=Outcome("check"))
    if isinstance(read, Outcome):
        return read
    if not read.union.parts:
        return wrong("check", (f"上期文件 {asked.previous.name} 读不出内容，请核对是否选对", f"nothing could be read of the previous file {asked.previous.name}"))
    return read.union


def _counts(union: Union) -> list[dict[str, object]]:
    """Rows read and skipped per travelling ledger, as 对账 has them."""
    from toolkit.steps.merge import balances, reconciliation

    return reconciliation(balances(union, standing(union.parts)))


def _summed_up(outcome: Outcome, read: Gathered) -> None:
    files = len(read.files) - len(read.union.refusals)
    rows = sum(part.read for part in read.union.parts if part.ledger not in ("pregnancies", "visits", "services"))
    skipped = _skipped(read.union)
    words = {"blank": "空白", "title": "标题", "total": "合计", "note": "说明", "sample": "样例"}
    passed = "　".join(f"{words[kind]}{count}" for kind, count in sorted(skipped.items()))
    outcome.say(f"读了 {files} 个文件，办公台账 {rows} 条；不是记录的行：{passed or '无'}",
                f"read {files} files, {rows} office records; rows that are no records: "
                + (", ".join(f"{kind} {count}" for kind, count in sorted(skipped.items())) or "none"))
    unseen = sum(outcome.extra["not_checked"].values())  # type: ignore[attr-defined]
    if unseen:
        outcome.say(f"另有 {unseen} 处要对照别的单位的包保名单，名单不在这里，未核对，不算错",
                    f"{unseen} references to staff lists of units that are not here: not checked, no fault")


def _skipped(union: Union) -> dict[str, int]:
    """Rows that are no records, by kind."""
    skipped: dict[str, int] = {}
    for part in union.parts:
        for kind, count in part.skipped:
            skipped[kind] = skipped.get(kind, 0) + count
    return skipped
