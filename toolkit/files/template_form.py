"""What an office's workbook is made from, and where everything stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.files.template_tests import EARLIEST, LATEST, Facts, Row, serial
from toolkit.model.ledger import Column, Ledger
from toolkit.model.period import last_day
from toolkit.model.plan import Plan
from toolkit.schema import BY_NAME, Cases, Evidence, Pregnancies, Services, Staff, ledgers_of, submission_ledgers
from toolkit.schema.kinds import Bool, Choice, Multi

#: Rows and columns count from 0, as XlsxWriter counts them.
TITLE_ROW, NOTE_ROW, GROUP_ROW, HEADING_ROW, FIRST_ROW = 0, 1, 2, 3, 4
LAST_ROW = 4999  # Excel's row 5000: formats, drop-downs and colours reach down to here
PREPARED, SPARE = 40, 20  # ruled rows at least, and ruled rows beyond those prefilled

_YES_NO = frozenset("是 否 √ × 有 无 1 0 Y N".split())


@dataclass(frozen=True)
class Content:
    """What stands in a workbook.

    `cover`: field of schema.Cover -> value (text, int, date, or the shown form such as `2 漏报`) · `rows`: ledger id -> rows,
    each field -> cell value as shown on the sheet (dates, numbers, texts like `1 可上门`) · `record_ids`: numbers preprinted in
    the prepared rows of 孕产妇台账 · `book_key`: the one cell of the very hidden sheet 本册密钥. The last two: villages only.
    """

    cover: Mapping[str, Any]
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    record_ids: Sequence[str] = ()
    book_key: str = ""


@dataclass(frozen=True)
class Form:
    """One workbook to be written. `sent`: a submission, values only. `code`, `name`, `period` "": a blank template."""

    level: str
    code: str
    name: str
    period: str
    plan: Plan
    content: Content
    sent: bool = False

    @property
    def ledgers(self) -> tuple[type[Ledger], ...]:
        return submission_ledgers(self.level) if self.sent else ledgers_of(self.level)

    def rows(self, ledger: type[Ledger]) -> Sequence[Mapping[str, Any]]:
        return self.content.rows.get(ledger.id, ())

    def prepared(self, ledger: type[Ledger]) -> int:
        """How many rows are ruled."""
        filled = len(self.rows(ledger))
        if self.sent:
            return filled
        printed = len(self.content.record_ids) if ledger is Pregnancies else 0
        return max(PREPARED, filled + SPARE, filled + printed)


def options(form: Form, ledger: type[Ledger], column: Column) -> tuple[str, ...]:
    """What the drop-down of a column offers, () where it has none. The plan names the case types it uses."""
    if isinstance(column.kind, Bool):
        return column.kind.options
    if not isinstance(column.kind, Choice) or isinstance(column.kind, Multi):
        return ()
    if ledger is Cases and column.field == "type" and form.plan.case_codes:
        return tuple(option for option in column.kind.options if option.split(" ")[0] in form.plan.case_codes)
    return column.kind.options


def accepted(offered: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """Each option with its code and its label: all three may be typed."""
    return tuple((option, *option.split(" ", 1)) if " " in option else (option, option, option) for option in offered)  # type: ignore[misc]


def facts(form: Form) -> Facts:
    """What the defined names of the workbook hold, for the values stored beside its formulas."""
    month_end = serial(last_day(form.period)) if form.period else LATEST
    on = Row({"prepared_on": form.content.cover.get("prepared_on")}, Facts()).number("prepared_on")
    asof = int(on) if on is not None and EARLIEST <= on <= LATEST else month_end
    staff = [Row(row, Facts()) for row in form.rows(Staff)]
    book = [Row(row, Facts()) for row in form.rows(Pregnancies)]
    lists: dict[str, frozenset[str]] = {"list_yes_no": _YES_NO, "record_ids": frozenset(row.text("record_id") for row in book)}
    for ledger in form.ledgers:
        for column in ledger.columns:
            if isinstance(column.kind, Choice):
                offered = accepted(options(form, ledger, column))
                lists[f"list_{ledger.id}_{column.field}"] = frozenset(text for option in offered for text in option)
    people = frozenset(text for row in staff for text in (row.text("staff_id"), row.text("name")) if text)
    return Facts(month_end, asof, people, {row.text("record_id"): row.text("consent") for row in book}, lists)


#: Ledgers that may well be empty in a month, without a zero report (DOMAIN 5.5, 5.8).
MAY_BE_EMPTY = (BY_NAME["births"], BY_NAME["birth_orders"], Evidence, Services)
