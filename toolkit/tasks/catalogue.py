"""`ledger rules` and `ledger plan`: what is checked, and by which scheme."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from toolkit.files import workspace
from toolkit.model.issue import SIGNS, Code, declared
from toolkit.tasks.outcome import Outcome, wrong


def rules(code: str = "") -> Outcome:
    """All rules, a line each, or one as a page of the handbook."""
    import toolkit.rules  # noqa: F401  declares every code
    from toolkit.rules.handbook import message, sentence

    outcome = Outcome("rules")
    chosen = [entry for entry in declared() if not code or entry.code == code.strip().upper()]
    if not chosen:
        return wrong("rules", (f"没有规则 {code}。运行 ledger rules 看全部", f"there is no rule {code}; run ledger rules for all"))
    if code:
        _page(outcome, chosen[0])
    else:
        for entry in chosen:
            zh, en = SIGNS[entry.severity]
            outcome.say(f"{entry.code}　{zh}　{message(entry)}", f"{entry.code}  {en}  {sentence(entry.en)}")
    outcome.extra = {"rules": [dataclasses.asdict(entry) for entry in chosen]}
    return outcome


def _page(outcome: Outcome, entry: Code) -> None:
    """What, where, what to do, why, and a wrong and a right row beside each other."""
    from toolkit.rules.handbook import examples, message, places, sentence

    zh, en = SIGNS[entry.severity]
    where = "、".join(places(entry))
    outcome.say(f"{entry.code}　{zh}{'　只在本村' if entry.local else ''}{'　' + where if where else ''}",
                f"{entry.code}  {en}{'  village only' if entry.local else ''}{'  ' + where if where else ''}")
    outcome.say(message(entry), sentence(entry.en))
    outcome.say(f"怎么办：{entry.todo_zh}", f"what to do: {entry.todo_en}")
    outcome.say(f"为什么：{entry.source}", f"why: {entry.source}")
    for example in examples(entry):
        outcome.say("", "")
        for line in _aligned([example.heading, *example.rows]):
            outcome.say(line, line)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns of text under one another; a Chinese character is two wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


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


def plan_show(identifier: str, toml: bool = False) -> Outcome:
    """One plan in words, a built-in id or a path; `toml`: the file as it is."""
    from toolkit.steps.plan_show import shown

    found = _file(identifier)
    if found is None:
        return _unknown("plan show", identifier)
    name, data = found
    outcome = Outcome("plan show")
    if toml:
        text = data.decode("utf-8-sig", errors="replace").rstrip()
        outcome.say(text, text)
        return outcome
    plan, faults = workspace.plan_in(data, name)
    if plan is None:
        return wrong("plan show", *[(fault.zh, fault.en) for fault in faults])
    for zh, en in shown(plan):
        outcome.say(zh, en)
    outcome.extra = {"plan": {"id": plan.id, "title": plan.title, "digest": plan.digest, "requirements": dict(plan.requirements),
                              "not_adopted": [dataclasses.asdict(entry) for entry in plan.not_adopted]}}
    return outcome


def plan_check(identifier: str) -> Outcome:
    """Whether a plan can stand: every key that cannot, and what is odd in one that can."""
    from toolkit.steps.plan_oddities import oddities

    found = _file(identifier)
    if found is None:
        return _unknown("plan check", identifier)
    name, data = found
    plan, faults = workspace.plan_in(data, name)
    if plan is None:
        return wrong("plan check", *[(fault.zh, fault.en) for fault in faults])
    outcome = Outcome("plan check")
    outcome.say(f"{name} 可以使用：{plan.title}", f"{name} is fine: {plan.title}")
    odd = oddities(plan)
    if odd:
        outcome.say(f"另有 {len(odd)} 处请核对：", f"{len(odd)} things to look at:")
    for fault in odd:
        outcome.say(f"△ {fault.key}：{fault.zh}", f"△ {fault.key}: {fault.en}", "todo")
    outcome.extra = {"warnings": [{"key": fault.key, "zh": fault.zh, "en": fault.en} for fault in odd]}
    return outcome


def _file(identifier: str) -> tuple[str, bytes] | None:
    """Name and bytes of a built-in plan or of a file; None where there is neither."""
    data = workspace.built_in_plans().get(identifier)
    if data is not None:
        return f"{identifier}.toml", data
    try:
        return Path(identifier).name, Path(identifier).read_bytes()
    except (OSError, ValueError):
        return None


def _unknown(command: str, identifier: str) -> Outcome:
    return wrong(command, (f"没有方案 {identifier}。运行 ledger plan list 看自带方案", f"there is no plan {identifier}; run ledger plan list"))
