"""What our ledgers are: declarations that read like the paper forms (DOMAIN 5)."""

from __future__ import annotations

import functools
import hashlib

from toolkit.model.ledger import Column, Ledger
from toolkit.schema.birth_orders import BirthOrders
from toolkit.schema.births import Births
from toolkit.schema.cases import Cases
from toolkit.schema.cover import Cover
from toolkit.schema.evidence import Evidence
from toolkit.schema.pregnancies import Pregnancies
from toolkit.schema.services import Services
from toolkit.schema.staff import Staff
from toolkit.schema.visits import Visits
from toolkit.schema.works import Works

#: Every ledger, in sheet order.
LEDGERS: tuple[type[Ledger], ...] = (Pregnancies, Visits, Services, Births, BirthOrders, Staff, Cases, Works, Evidence)
TRAVELLING: tuple[type[Ledger], ...] = tuple(ledger for ledger in LEDGERS if ledger.travels)
SERVICE_BOOK: tuple[type[Ledger], ...] = (Pregnancies, Visits)
_ALL: tuple[type[Ledger], ...] = (*LEDGERS, Cover)
BY_NAME: dict[str, type[Ledger]] = {ledger.id: ledger for ledger in _ALL}

#: Columns of ours that are known, unread and unreported (DOMAIN 5).
SERIAL, ROW_HINT = "序号", "本行提示"

#: Sheets of ours that hold no ledger of their own.
GUIDE_SHEET, CODES_SHEET, BOOK_KEY_SHEET = "填表说明", "代码表", "本册密钥"
SUBMISSIONS_SHEET, RECONCILIATION_SHEET, ISSUES_SHEET = "上报情况", "对账", "问题清单"
CONFLICTS_SHEET, CONTENDERS_SHEET, READING_SHEET = "重复与冲突", "待裁定", "读取记录"


def ledgers_of(level: str) -> tuple[type[Ledger], ...]:
    """The ledgers an office of this level fills, in sheet order."""
    return tuple(ledger for ledger in LEDGERS if level in ledger.offices)


def submission_ledgers(level: str) -> tuple[type[Ledger], ...]:
    """What a submission of this level holds: a village's has `services` in place of the service book."""
    if level == "village":
        return tuple(ledger for ledger in TRAVELLING if ledger is Services or level in ledger.offices)
    return ledgers_of(level)


def personal_columns() -> tuple[tuple[type[Ledger], Column, str], ...]:
    """Every column that tells about a person, in sheet order, the cover last: ledger, column, and whom: "woman" or "staff"."""
    return tuple((ledger, column, ledger.subject or "staff") for ledger in _ALL for column in ledger.columns if ledger.subject or column.personal)


@functools.cache
def fingerprint() -> str:
    """Seven hex digits that change when a column, a code list or an alias changes."""
    facts = [
        (ledger.id, column.field, column.heading, column.aliases, bool(column.required), repr(column.kind))
        for ledger in _ALL
        for column in ledger.columns
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:7]


__all__ = ["BY_NAME", "LEDGERS", "SERVICE_BOOK", "TRAVELLING", "BirthOrders", "Births", "Cases", "Column", "Cover", "Evidence", "Ledger",
           "Pregnancies", "Services", "Staff", "Visits", "Works", "fingerprint", "ledgers_of", "personal_columns",
           "submission_ledgers"]
