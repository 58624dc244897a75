"""Where a requirement of a plan's text stands: a key of the plan, a checklist item, a rule, a ledger's column, a figure."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import Any

import toolkit.rules  # noqa: F401  declares every rule
from toolkit.model.acceptance import WOMEN_FIGURES
from toolkit.model.issue import code_of
from toolkit.model.plan import Plan
from toolkit.model.plan_reading import toml_name
from toolkit.schema import BY_NAME
from toolkit.schema.kinds import Choice, Multi
from toolkit.steps.plan_words import OTHER_WORDS, SECTIONS

#: Figures of the monthly summary (DOMAIN 6.1) about offices; those about women are `WOMEN_FIGURES`.
OFFICE_FIGURES = ("sex_ratio", "cases_leads", "cases_filed", "cases_decided", "cases_closed", "cases_transferred", "cases_open", "fines", "confiscated",
                  "rewards", "works_meetings", "works_publicity", "works_inspections", "works_support", "works_training", "inspections",
                  "submission", "quality")
#: The names of entries of a list, by which one of them is found: `penalties.07`, `due_dates.T-09`.
_ENTRY_NAMES = ("code", "type", "item", "name", "id")
_BRACES = re.compile(r"\{\w+\}")


def place(plan: Plan, where: str) -> tuple[str, str] | None:
    """What stands at a place, Chinese and English; None where nothing does.

    `where`: `meetings.special.per_year`, `penalties.07`, `C-05`, `X104`, `works.type=5`, `contact_rate`.
    """
    if re.fullmatch(r"[A-Z]\d{3}", where):
        try:
            code = code_of(where)
        except KeyError:
            return None
        return f"规则 {where} {_BRACES.sub('…', code.zh)}", f"rule {where} {_BRACES.sub('…', code.en)}"
    if re.fullmatch(r"[CTV]-\d+", where):
        item = next((item for item in plan.items if item.code == where), None)
        return (f"验收项 {where} {item.text}", f"item {where} {item.en or item.text}") if item else None
    if where in WOMEN_FIGURES or where in OFFICE_FIGURES:
        return f"汇总指标 {where}", f"figure {where}"
    found = value_at(plan, where)
    if found is not None:
        zh, en = _called(where)
        return f"参数“{zh}”", f"parameter “{en}”"
    return _column(where)


def _called(where: str) -> tuple[str, str]:
    """What a key is called in `plan show`, with the entry named; else the key itself."""
    for _, _, entries in SECTIONS:
        for key, zh, en in entries:
            if where == key:
                return zh, en
            if where.startswith(key + "."):
                return f"{zh} {where[len(key) + 1:]}", f"{en} {where[len(key) + 1:]}"
    return OTHER_WORDS.get(where, (where, where))


def value_at(plan: Plan, where: str) -> Any:
    """The value at a key of the plan; None where it is unknown, left out or empty."""
    value: Any = plan
    for part in where.split("."):
        if is_dataclass(value):
            name = next((entry.name for entry in fields(value) if toml_name(entry) == part), "")
            value = getattr(value, name) if name else None
        elif isinstance(value, tuple):
            value = next((entry for entry in value if part in {getattr(entry, name, None) for name in _ENTRY_NAMES}), None)
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            return None
        if value is None:
            return None
    return None if value == "" or value == () or value == {} else value


def _column(where: str) -> tuple[str, str] | None:
    """A column of a ledger, with one of its codes where named: `works.type=5`."""
    name, _, code = where.partition("=")
    ledger_id, _, field = name.partition(".")
    ledger = BY_NAME.get(ledger_id)
    if ledger is None or (field and field not in ledger.by_field):
        return None
    column = ledger.by_field.get(field)
    zh, en = (f"{ledger.sheet}·{column.heading}", f"{ledger_id}.{field}") if column else (ledger.sheet, ledger_id)
    if not code:
        return zh, en
    kind = column.kind if column else None
    choice = kind.choice if isinstance(kind, Multi) else kind
    label = dict(choice.labels).get(code) if isinstance(choice, Choice) else None
    return (f"{zh} {code} {label}", f"{en} {code} {label}") if label else None
