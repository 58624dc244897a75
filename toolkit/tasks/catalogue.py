"""`ledger rules` and `ledger plan`: what is checked, and by which scheme."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from toolkit.files import workspace
from toolkit.model.issue import Code, declared
from toolkit.tasks.outcome import Outcome, wrong

_SEVERITY = {"error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "info")}


def rules(code: str = "") -> Outcome:
    """All rules, a line each, or one with its examples."""
    import toolkit.rules  # noqa: F401  declares every code

    outcome = Outcome("rules")
    chosen = [entry for entry in declared() if not code or entry.code == code.upper()]
    if not chosen:
        return wrong("rules", (f"没有规则 {code}。运行 ledger rules 看全部", f"there is no rule {code}; run ledger rules for all"))
    for entry in chosen:
        zh, en = _SEVERITY[entry.severity]
        local = "，只在本村提示" if entry.local else ""
        outcome.say(f"{entry.code}　{zh}{local}　{entry.zh}", f"{entry.code}  {en}{', local' if entry.local else ''}  {entry.en}")
        if code:
            _whole(outcome, entry)
    outcome.extra = {"rules": [dataclasses.asdict(entry) for entry in chosen]}
    return outcome


def _whole(outcome: Outcome, entry: Code) -> None:
    outcome.say(f"怎么办：{entry.todo_zh}", f"what to do: {entry.todo_en}")
    if entry.source:
        outcome.say(f"依据：{entry.source}", f"source: {entry.source}")
    if entry.bad:
        outcome.say(f"错例：{entry.bad}", f"bad: {entry.bad}")
    if entry.good:
        outcome.say(f"对例：{entry.good}", f"good: {entry.good}")


def plan_list() -> Outcome:
    """The plans we ship."""
    outcome = Outcome("plan list")
    plans = []
    for identifier in workspace.built_in_plans():
        plan = workspace.built_in_plan(identifier)
        assert plan is not None
        period = f"{plan.start or ''}—{plan.end or ''}" if plan.start or plan.end else ""
        plans.append({"id": plan.id, "title": plan.title, "period": period or None})
        outcome.say(f"{plan.id}　{plan.title}　{period}".rstrip("　"), f"{plan.id}  {plan.title}  {period}".rstrip())
    outcome.extra = {"plans": plans}
    return outcome


def plan_show(identifier: str) -> Outcome:
    """One plan as its file has it: a built-in id or a path."""
    outcome = Outcome("plan show")
    data = workspace.built_in_plans().get(identifier)
    if data is None and Path(identifier).is_file():
        data = Path(identifier).read_bytes()
    if data is None:
        return wrong("plan show", (f"没有方案 {identifier}。运行 ledger plan list 看自带方案", f"there is no plan {identifier}; run ledger plan list"))
    text = data.decode("utf-8-sig")
    outcome.say(text.rstrip(), text.rstrip())
    return outcome


def plan_check(path: Path) -> Outcome:
    """Whether a plan file can stand, with every key that cannot."""
    plan, faults = workspace.read_plan(path)
    if plan is None:
        return wrong("plan check", *[(fault.zh, fault.en) for fault in faults])
    outcome = Outcome("plan check")
    outcome.say(f"{path.name} 可以使用：{plan.title}", f"{path.name} is fine: {plan.title}")
    return outcome
