"""How a rule is declared: a function from rows (and the plan) to a mask, with its code, words and examples.

A row rule sees one ledger: `def rule(c: Rows, plan: Plan) -> mask | list[Hits]`. A rule between sheets or units sees
the whole ground: `def rule(ground: Ground) -> list[Hits]`. Neither knows files, languages or severities of a plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolkit.model.issue import Code, code_of, declare
from toolkit.model.ledger import PART, Ledger, Table
from toolkit.model.part import Part, Refusal
from toolkit.model.period import first_day, last_day
from toolkit.model.plan import Plan
from toolkit.model.unit import Units

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Hits:
    """Rows of one ledger where a rule does not hold. `marks`: the column of the cell ("" no cell); `params`: words for
    the sentence, one for all rows or a Series aligned with the table. `unit`, `period`: for issues without a row."""

    rows: Any  # boolean Series or array as long as the table; None for an issue without a row
    ledger: type[Ledger] | None = None  # rules over the ground name it
    marks: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    unit: str = ""
    period: str = ""
    file: str = ""
    cell: tuple[str, str] = ("", "")  # sheet and cell of an issue without a row: a place on the cover
    key: str = ""  # of an issue without a row, where unit and period do not tell two apart
    severity: str = ""  # where it differs from the code's (D102 between a unit and its superior)


class Rows:
    """One ledger's rows as rules see them: a Series per field. Reading a field makes the rule need it, so a rule stays
    silent where such a cell could not be read (one cause, one issue)."""

    def __init__(self, table: Table, parts: Sequence[Part]) -> None:
        self._table, self._parts = table, parts
        self.needs: set[str] = set()

    def __getattr__(self, name: str) -> pd.Series[Any]:
        if name.startswith("_") or name not in self._table.ledger.by_field:
            raise AttributeError(name)
        self.needs.add(name)
        return self._table.frame[name]

    def __len__(self) -> int:
        return len(self._table)

    def peek(self, name: str) -> pd.Series[Any]:
        """A field's values without needing it: an unreadable cell counts as missing, and the rule speaks all the same."""
        return self._table.frame[name]

    def blank(self, name: str) -> pd.Series[bool]:
        """Nothing was written there. An unreadable cell is not blank, nor is one whose required column is missing (F102)."""
        blank: pd.Series[bool] = self._table.frame[name].isna() & ~self._table.unknown(name)
        if self._table.ledger.by_field[name].required:
            without = [number for number, part in enumerate(self._parts) if part.ledger == self._table.ledger.id and lacks(part, name)]
            if without:
                blank &= ~self._table.frame[PART].isin(without)
        return blank

    def given(self, name: str) -> pd.Series[bool]:
        """Something is written there, readable or not."""
        given: pd.Series[bool] = self._table.frame[name].notna() | self._table.unknown(name)
        return given

    def of_part(self, what: Callable[[Part], Any]) -> pd.Series[Any]:
        """A fact of each row's part, aligned with the rows."""
        import pandas as pd

        facts = [what(part) for part in self._parts]
        return pd.Series([facts[number] for number in self._table.frame[PART].tolist()], index=self._table.frame.index,
                         dtype="object" if not facts else None)

    @property
    def part(self) -> pd.Series[int]:
        """The number of each row's part: group by it for rules within one workbook."""
        return self._table.frame[PART]

    @property
    def month_start(self) -> pd.Series[Any]:
        return self._days(lambda part: first_day(part.period))

    @property
    def month_end(self) -> pd.Series[Any]:
        return self._days(lambda part: last_day(part.period))

    @property
    def asof(self) -> pd.Series[Any]:
        """The day after which a date lies in the future: filled on, else the month's end (DOMAIN 5)."""
        return self._days(lambda part: dt.date.fromisoformat(part.filled_on) if part.filled_on else last_day(part.period))

    def _days(self, what: Callable[[Part], dt.date]) -> pd.Series[Any]:
        import pandas as pd

        facts = pd.Series([what(part) for part in self._parts], dtype="datetime64[s]")
        return pd.Series(facts.to_numpy()[self._table.frame[PART].to_numpy()], index=self._table.frame.index, dtype="datetime64[s]")


@dataclass(frozen=True)
class Ground:
    """What rules between sheets and units look at: the standing rows and everything said about them.

    `target`: the unit merged to, "" in a check; `present`: units with a standing part; `units` None: no unit list.
    `previous`: the parts of last month's merged file, or None.
    """

    tables: Mapping[str, Table]
    parts: Sequence[Part]
    plan: Plan
    units: Units | None = None
    target: str = ""
    period: str = ""
    refusals: Sequence[Refusal] = ()
    previous: Sequence[Part] | None = None
    excluded: Mapping[str, Any] = field(default_factory=dict)  # ledger -> boolean array: rows a decision set aside
    losing: Sequence[Part] = ()  # parts of the same revision and other content than a standing one (F111)
    evidence_files: frozenset[str] | None = None  # names beside the workbook (E102), None in a merge
    today: dt.date | None = None
    approvals: Mapping[str, str] = field(default_factory=dict)  # township -> approval of the merged file it came in (L104)
    read: Sequence[Part] = ()  # every part read, the superseded too (K109); () where only those standing are known

    def rows(self, ledger: type[Ledger]) -> Rows:
        return Rows(self.tables[ledger.id], self.parts)

    def has(self, *ledgers: type[Ledger]) -> bool:
        """Whether all these ledgers have a table here."""
        return all(ledger.id in self.tables for ledger in ledgers)

    def counted(self, ledger: type[Ledger]) -> pd.Series[bool]:
        """The rows that no decision of a person set aside."""
        import pandas as pd

        frame = self.tables[ledger.id].frame
        excluded = self.excluded.get(ledger.id)
        return pd.Series(True, index=frame.index) if excluded is None else ~pd.Series(excluded, index=frame.index).astype(bool)

    @property
    def present(self) -> frozenset[str]:
        return frozenset(part.unit for part in self.parts)


def lacks(part: Part, name: str) -> bool:
    """Whether the part's sheet has no such column: F102 says so, and nothing else is said of its cells."""
    return bool(part.columns) and name not in part.columns


RowRule = Callable[[Rows, Plan], Any]
GroundRule = Callable[[Ground], list[Hits]]


@dataclass(frozen=True)
class Rule:
    """A code with the function that finds it. `ledger` None: the function sees the whole ground."""

    code: Code
    ledger: type[Ledger] | None
    marks: str
    find: Callable[..., Any]
    bad: Mapping[str, Any]
    good: Mapping[str, Any]


RULES: list[Rule] = []  # in the order of declaration; modules are listed in rules/__init__


def rule(
    ledger: type[Ledger], code: str, severity: str, *, marks: str, zh: str, en: str, todo_zh: str, todo_en: str, source: str = "",
    local: bool | None = None, bad: Mapping[str, Any], good: Mapping[str, Any],
) -> Callable[[RowRule], RowRule]:
    """Declare a rule about rows of one ledger.

    `bad` and `good` are cells as a clerk types them, laid over the ledger's example row; one test runs each pair. Where
    one row shows nothing, `_rows` is a list of such rows.
    """

    def add(find: RowRule) -> RowRule:
        is_local = ledger.private if local is None else local
        RULES.append(Rule(declare(Code(code, severity, zh, en, todo_zh, todo_en, is_local, source, _shown(bad), _shown(good))),
                          ledger, marks, find, bad, good))
        return find

    return add


def also(ledger: type[Ledger], code: str, *, marks: str, bad: Mapping[str, Any], good: Mapping[str, Any]) -> Callable[[RowRule], RowRule]:
    """A declared rule's second ledger: the same code and words, its own function and examples (B101, B102)."""

    def add(find: RowRule) -> RowRule:
        RULES.append(Rule(code_of(code), ledger, marks, find, bad, good))
        return find

    return add


def ground_rule(
    code: str, severity: str, *, zh: str, en: str, todo_zh: str, todo_en: str, source: str = "", local: bool = False,
    bad: str = "", good: str = "",
) -> Callable[[GroundRule], GroundRule]:
    """Declare a rule about several ledgers, parts or units; `bad` and `good` are sentences for the handbook."""

    def add(find: GroundRule) -> GroundRule:
        RULES.append(Rule(declare(Code(code, severity, zh, en, todo_zh, todo_en, local, source, bad, good)), None, "", find, {}, {}))
        return find

    return add


def reading(code: str, severity: str, *, zh: str, en: str, todo_zh: str, todo_en: str, source: str = "", local: bool = False,
            bad: str = "", good: str = "", private: tuple[str, str] = ("", "")) -> Code:
    """Declare a code that readers find themselves: it belongs to its part and travels with it."""
    return declare(Code(code, severity, zh, en, todo_zh, todo_en, local, source, bad, good, private))


def _shown(cells: Mapping[str, Any]) -> str:
    return "；".join(f"{name} = {value if value not in ('', None) else '（空）'}" for name, value in cells.items() if not name.startswith("_"))
