"""Who sends what, in which form and when: the inbox of a fictional county's month, as a plan without files."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit.model.grid import Grid
from toolkit.model.unit import Unit, at_level
from toolkit.schema import BY_NAME, Cover, Services, submission_ledgers
from toolkit.schema.cover import REASON
from toolkit.steps.county import County, Office
from toolkit.steps.county_rows import day_between
from toolkit.steps.mess import copied_name, file_name, habits_of_file, messed
from toolkit.steps.mess_sheets import csv_sheet, plain_sheets

#: Forms: made by the template's writer, or typed by hand.
WORKBOOK, SUBMISSION, GRID_XLSX, XLS, CSV = "workbook", "submission", "grid-xlsx", "xls", "csv"
_LATE_FROM = 22  # day of the next month: after any plan's day for villages, holidays and all

ServicesOf = Callable[[Office], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Sent:
    """One file. `folder`: code of the township (of the county for its own office); `whole`: with the service book;
    `ledger`: of a csv; `habits`: names of HABITS; `seed`: of the habits' chance; `received`: the day it came."""

    file_name: str
    folder: str
    form: str
    office: Office
    received: dt.date
    whole: bool = False
    ledger: str = ""
    habits: tuple[str, ...] = ()
    seed: str = field(default="", repr=False)


def inbox(county: County, mess: str, rng: random.Random) -> list[Sent]:
    """All files of the month in order of folder and name.

    `none`: each village's submission and each office's workbook, in time. Else some of everything people do: whole
    workbooks, sheets typed by hand, an xls, csvs, a copy, a correction, a village missing and one late.
    """
    villages = [office for office in county.offices if office.unit.level == "village"]
    part = _parts(villages, rng) if mess != "none" else {}
    sent: list[Sent] = []
    for office in county.offices:
        what = part.get(office.unit.code, "")
        if what == "missing":
            continue
        received = day_between(rng, office.cover["prepared_on"], office.cover["prepared_on"].replace(day=county.last_day))
        sent += _files(office, what, mess, received, rng)
    return sorted(sent, key=lambda file: (file.folder, file.file_name))


def received_list(sent: Sequence[Sent]) -> list[tuple[str, str]]:
    """The lines of received.csv under its heading: file name, ISO date."""
    return [(file.file_name, file.received.isoformat()) for file in sent]


def sheets_of(sent: Sent, services: ServicesOf) -> list[Grid]:
    """The sheets of a file typed by hand (forms grid-xlsx, xls, csv); `services` gives a village's minimised rows."""
    rows = services(sent.office) if sent.office.unit.level == "village" and not sent.whole else ()
    if sent.form == CSV:
        ledger = BY_NAME[sent.ledger]
        return [csv_sheet(sent.office, ledger, rows if ledger is Services else sent.office.rows.get(ledger.id, ()))]
    return messed(plain_sheets(sent.office, sent.whole, rows), sent.habits, random.Random(sent.seed))


#: What one village each does, the first where there are few; then shares of the others.
_ONE_VILLAGE_EACH = ("correction", "missing", "late", "xls", "csv", "copy", "grid", "whole")
_SHARES: dict[str, tuple[tuple[str, int], ...]] = {
    "typical": (("", 60), ("whole", 15), ("grid", 22), ("xls", 3)),
    "wild": (("", 20), ("whole", 15), ("grid", 55), ("xls", 10)),
}
_LEAST_VILLAGES = 3


def _parts(villages: Sequence[Office], rng: random.Random) -> dict[str, str]:
    """Village code -> its part: one village each for the special ones, where there are enough villages."""
    if len(villages) < _LEAST_VILLAGES:
        return {}
    order = [office.unit.code for office in villages]
    rng.shuffle(order)
    return dict(zip(order[1:], _ONE_VILLAGE_EACH, strict=False))


def _files(office: Office, what: str, mess: str, received: dt.date, rng: random.Random) -> list[Sent]:
    form = SUBMISSION if office.unit.level == "village" else WORKBOOK
    tidy = Sent(_machine_name(office), _folder(office.unit), form, office, received, form == WORKBOOK)
    if mess == "none" or form == WORKBOOK:
        return [tidy]
    if what == "late":
        return [replace(tidy, received=received.replace(day=_LATE_FROM))]
    if what == "copy":
        return [tidy, replace(tidy, file_name=copied_name(tidy.file_name, rng))]
    if what == "correction":
        return _corrected(tidy)
    if what == "csv":
        return [replace(tidy, file_name=_machine_name(office, f"_{ledger.sheet}.csv"), form=CSV, ledger=ledger.id)
                for ledger in submission_ledgers("village")]
    what = what or rng.choices([kind for kind, _ in _SHARES[mess]], [weight for _, weight in _SHARES[mess]])[0]
    if what == "whole":
        return [replace(tidy, file_name=file_name(office.unit, office.period, rng), form=WORKBOOK, whole=True)]
    if what not in ("grid", "xls"):
        return [tidy]
    habits = habits_of_file(mess, rng)
    return [replace(tidy, file_name=file_name(office.unit, office.period, rng, ".xls" if what == "xls" else ".xlsx"),
                    form=XLS if what == "xls" else GRID_XLSX, whole=rng.random() < 0.5, habits=habits, seed=f"{rng.getrandbits(64):016x}")]


def _corrected(tidy: Sent) -> list[Sent]:
    """First a report with a mistake in it, then the right one with a revision and a reason."""
    office = tidy.office
    rows = {name: [dict(row) for row in found] for name, found in office.rows.items()}
    if rows["births"]:
        rows["births"][0] |= {"live_births": rows["births"][0]["live_births"] + 1, "girls": rows["births"][0]["girls"] + 1}
    else:
        rows["evidence"] = rows["evidence"][1:]
    first = replace(office, rows=rows)
    reason = Cover.revision_reason.kind.shown(int(REASON.labels[0 if office.rows["births"] else 1][0]))
    again = replace(office, cover=office.cover | {"revision": 1, "revision_reason": reason})
    return [replace(tidy, office=first, received=office.cover["prepared_on"]), replace(tidy, office=again, file_name=_machine_name(again))]


def _machine_name(office: Office, ending: str = ".xlsx") -> str:
    return f"{office.unit.code}_{office.period}_v{office.cover['revision']}{ending}"


def _folder(unit: Unit) -> str:
    return at_level(unit.code, "township") if unit.level == "village" else unit.code

