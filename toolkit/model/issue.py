"""What a rule found: facts and a place. Sentences are made where they are shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

SEVERITIES = ("error", "warning", "info")
#: What stands where a cell's content may not be shown (SPEC 8).
HIDDEN = "•••"


@dataclass(frozen=True)
class Code:
    """A kind of issue. `zh`/`en` say what is wrong, `todo_zh`/`todo_en` what to do; both may use the same {names}.

    `source`: where the rule comes from. `bad` and `good` are examples for the handbook.
    """

    code: str
    severity: str
    zh: str
    en: str
    todo_zh: str
    todo_en: str
    local: bool = False
    source: str = ""
    bad: str = ""
    good: str = ""


_KNOWN: dict[str, Code] = {}


def declare(code: Code) -> Code:
    """Remember a code so that issues can name it; each code is declared once."""
    if code.code in _KNOWN and _KNOWN[code.code] != code:
        raise ValueError(f"{code.code} is declared twice")
    _KNOWN[code.code] = code
    return code


def code_of(name: str) -> Code:
    """The declaration of a code."""
    return _KNOWN[name]


def declared() -> list[Code]:
    """All codes, in order of their names."""
    return [_KNOWN[name] for name in sorted(_KNOWN)]


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding. `row` is the Excel row, `column` the letter in the file where the record was first written.

    `key` names the row for the id (SPEC 5); `here` is (sheet, cell) in a merged file before the reader.
    `params` fill the sentences; for a private column they never hold its content.
    """

    code: str
    severity: str
    ledger: str = ""
    unit: str = ""
    period: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    field: str = ""
    key: str = ""
    params: tuple[tuple[str, str], ...] = ()
    local: bool = False
    here: tuple[str, str] | None = None

    @property
    def id(self) -> str:
        """16 hex digits, the same for the same finding on every route (SPEC 5)."""
        facts = "\n".join((self.code, self.unit, self.period, self.ledger, self.field, self.key))
        return hashlib.sha256(facts.encode()).hexdigest()[:16]

    @property
    def cell(self) -> str | None:
        return f"{self.column}{self.row}" if self.column and self.row else None

    def message(self, language: str) -> str:
        code = code_of(self.code)
        return _filled(code.zh if language == "zh" else code.en, self.params)

    def hint(self, language: str) -> str:
        code = code_of(self.code)
        return _filled(code.todo_zh if language == "zh" else code.todo_en, self.params)

    def with_(self, **changes: Any) -> Issue:
        return replace(self, **changes)

    def as_json(self, language: str) -> dict[str, object]:
        """The issue as SPEC 5 has it."""
        facts: dict[str, object] = {
            "id": self.id, "code": self.code, "severity": self.severity, "local": self.local, "ledger": self.ledger or None,
            "unit": self.unit or None, "period": self.period or None, "file": self.file or None, "sheet": self.sheet or None,
            "row": self.row, "column": self.column or None, "cell": self.cell, "field": self.field or None,
            "message": self.message(language), "hint": self.hint(language),
        }
        if self.here:
            facts["here"] = {"sheet": self.here[0], "cell": self.here[1]}
        return facts


def _filled(text: str, params: tuple[tuple[str, str], ...]) -> str:
    for name, value in params:
        text = text.replace("{" + name + "}", value)
    return text


def in_order(issues: list[Issue]) -> list[Issue]:
    """Errors first, then unit, file, sheet, row, column, code: the order every report uses."""
    return sorted(
        issues,
        key=lambda i: (SEVERITIES.index(i.severity), i.unit, i.file, i.sheet, i.row or 0, len(i.column), i.column, i.code, i.key, i.params),
    )


def counts(issues: list[Issue]) -> dict[str, int]:
    """How many of each severity."""
    return {severity: sum(issue.severity == severity for issue in issues) for severity in SEVERITIES}
