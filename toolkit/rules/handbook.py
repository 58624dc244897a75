"""One rule as a page of the handbook: what it looks at, and its examples as small tables. For docs and `ledger rules` alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.model.issue import Code
from toolkit.model.ledger import Ledger
from toolkit.rules.rule import RULES

WRONG, RIGHT = "×", "√"
_BLANK = "（空白）"


@dataclass(frozen=True)
class Example:
    """A small table: `heading` of its columns, and rows of a sign (× or √) and cells."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sentence(text: str) -> str:
    """A message with … for the name, number or date it would hold."""
    return re.sub(r"{\w+}", "…", text)


def message(code: Code) -> str:
    """The Chinese message as a heading; of a refused file with its reason, which is what the code is about."""
    return sentence(code.zh.replace("{why}", code.source))


def places(code: Code) -> tuple[str, ...]:
    """Sheet and column a rule about rows of a ledger marks."""
    return tuple(f"{rule.ledger.sheet}“{rule.ledger.by_field[rule.marks].heading}”"
                 for rule in RULES if rule.code is code and rule.ledger is not None)


def examples(code: Code) -> tuple[Example, ...]:
    """Rows of the declaration as a clerk sees them; of other rules the two sentences side by side."""
    shown = tuple(_rows(rule.ledger, rule.bad, rule.good) for rule in RULES if rule.code is code and rule.ledger is not None)
    return shown or (Example(("", "例子"), ((WRONG, code.bad), (RIGHT, code.good))),)


def _rows(ledger: type[Ledger], bad: Mapping[str, Any], good: Mapping[str, Any]) -> Example:
    wrong, right = _listed(bad), _listed(good)
    named = {name for row in (*wrong, *right) for name in row}
    columns = [column for column in ledger.columns if column.field in named]

    def cells(row: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(str(row.get(column.field, column.example)) or _BLANK for column in columns)

    return Example(("", *(column.heading for column in columns)),
                   (*((WRONG, *cells(row)) for row in wrong), *((RIGHT, *cells(row)) for row in right)))


def _listed(example: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = example.get("_rows", [example])
    return rows
