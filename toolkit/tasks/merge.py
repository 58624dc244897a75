"""`ledger merge`: any mix of village and merged workbooks up to one unit, with every row accounted for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit import __version__
from toolkit.files import intake
from toolkit.files.seal import Password, nobody
from toolkit.model.issue import counts
from toolkit.model.merged import MISSING, REFUSED, Merged
from toolkit.model.sheet import Refused
from toolkit.model.unit import Unit, level_of
from toolkit.tasks.gather import gather, gather_previous, open_workspace, why_refused
from toolkit.tasks.outcome import Outcome, write_all, wrong
from toolkit.tasks.pool import Progress


@dataclass(frozen=True)
class Asked:
    """How to merge. `level`: of the target, "" the lowest that contains all inputs; `received`: date for files without one."""

    out: Path
    level: str = ""
    period: str = ""
    folder: Path | None = None
    previous: Path | None = None
    received: dt.date | None = None
    jobs: int = 0
    strict: bool = False
    force: bool = False
    password: Password = field(default=nobody, repr=False)


def merge(paths: Sequence[Path], asked: Asked, progress: Progress | None = None) -> Outcome:
    """Read, unite, check, balance, write. Nothing is written when the balance does not hold, or with `strict` when anything was refused."""
    outcome = Outcome("merge")
    result = compute(paths, asked, outcome, progress)
    if isinstance(result, Outcome):
        return result
    from toolkit.files import merged as writer

    for issue in result.issues:
        (outcome.refused if issue.code.startswith("F2") or issue.code in ("F107", "F110") else outcome.issues).append(issue)
    if not all(line.holds for line in result.balances):
        raise AssertionError("the reconciliation does not balance: " + ", ".join(line.ledger for line in result.balances if not line.holds))
    _report(outcome, result)
    if asked.strict and (outcome.refused or any(issue.severity == "error" for issue in outcome.issues)):
        outcome.say("按 --strict 要求，有拒收或错误时不写文件", "nothing written: --strict, and there are refused files or errors", "bad")
        return outcome
    earlier = intake.contents(asked.out, asked.password) if asked.force and intake.any_sealed([asked.out]) else intake.Contents(b"")
    if isinstance(earlier, Refused):
        return wrong("merge", why_refused(earlier))
    write_all(outcome, [(asked.out, earlier.kept(writer.write(result)), result.content_digest)], asked.force)
    return outcome


def compute(paths: Sequence[Path], asked: Asked, outcome: Outcome, progress: Progress | None = None) -> Merged | Outcome:
    """The merge as a value, before anything is written."""
    space = open_workspace("merge", asked.folder, paths, required=True)
    if isinstance(space, Outcome):
        return space
    if space.units is None:
        return wrong("merge", ("工作目录里没有区划表 units.xlsx 或 units.csv，无法知道应报单位。请放入后重试", "the workspace has no units.xlsx or units.csv"))
    read = gather("merge", paths, space, merging=True, period=asked.period, jobs=asked.jobs, progress=progress, password=asked.password, outcome=outcome,
                  received_on=asked.received.isoformat() if asked.received else "")
    if isinstance(read, Outcome):
        return read
    from toolkit.steps import merge as steps

    periods = sorted({part.period for part in read.union.parts})
    if len(periods) > 1:
        return wrong("merge", (f"文件里有几个月份：{'、'.join(periods)}。请用 --period 指明合并哪个月", f"several months found: {', '.join(periods)}; name one with --period"))
    period = asked.period or (periods[0] if periods else "")
    known = sorted({part.unit for part in read.union.parts} | {refusal.unit for refusal in read.union.refusals if refusal.unit})
    code, others = steps.target_of(known, asked.level, space.units)
    if not code or not period:
        if others:
            names = [f"{space.units.name(other)}（{other}）" for other in others]
            return wrong("merge", (f"这些单位不在同一个上级之下：{'、'.join(names)}。请分开合并，或用 --to 指明更高一级",
                                   f"these units are not under one unit of that level: {', '.join(others)}; merge them apart or name a higher level with --to"))
        outcome.refused = [steps.refused_issue(refusal) for refusal in read.union.refusals]
        outcome.say("没有一个文件能读，没有写汇总表", "no file could be read; nothing was written", "bad")
        return outcome
    target = space.units.get(code) or Unit(code, code, False)
    previous = gather_previous("merge", asked.previous, space, 1, asked.password) if asked.previous is not None else None
    if isinstance(previous, Outcome):
        return previous
    return steps.merged(read.union, steps.Frame(target, period, space.plan, space.units, __version__, previous.parts if previous else None))


def _report(outcome: Outcome, result: Merged) -> None:
    from toolkit.steps.merge import reconciliation, submissions_json

    reads, merged_, superseded, aside = (sum(getattr(line, name) for line in result.balances) for name in ("read", "merged", "superseded", "set_aside"))
    outcome.extra = {"reconciliation": reconciliation(result.balances), "submissions": submissions_json(result)}
    missing = [row for row in result.submissions if row.state == MISSING]
    refused = [row for row in result.submissions if row.state == REFUSED]
    standing = [row for row in result.submissions if row.expected and row.state in ("received", "zero")]
    expected = sum(row.expected for row in result.submissions)
    zh, en = {"township": "乡镇", "county": "县", "prefecture": "市", "province": "省"}.get(level_of(result.target.code), ""), level_of(result.target.code)
    outcome.say(f"{result.target.name}（{zh}级） {result.period}：应报 {expected}，已报 {len(standing)}，缺报 {len(missing)}，拒收 {len(refused)}",
                f"{result.target.name} ({en}) {result.period}: {expected} expected, {len(standing)} received, {len(missing)} missing, {len(refused)} refused")
    if missing:
        outcome.say("缺报：" + "、".join(row.name for row in missing), "missing: " + ", ".join(row.unit for row in missing))
    outcome.say(f"读到 {reads} 条＝合并 {merged_}＋被替换 {superseded}＋搁置 {aside}，平",
                f"read {reads} = merged {merged_} + superseded {superseded} + set aside {aside}: balanced")
    number = counts(list(result.issues))
    open_ = sum(not conflict.decided for conflict in result.conflicts)
    outcome.say(f"错误 {number['error']}　警告 {number['warning']}　提示 {number['info']}　待裁定 {open_}（都在“问题清单”和“重复与冲突”里）",
                f"errors {number['error']}, warnings {number['warning']}, infos {number['info']}, conflicts to decide {open_}")
    outcome.say(f"内容摘要 {result.content_digest}", f"content digest {result.content_digest}")
