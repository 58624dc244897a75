"""The service book's minimised image: one row per record and month, without name, phone or date (DOMAIN 5.4)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from toolkit.model.ledger import HERE, PART, ROW, Table, table_of
from toolkit.model.period import first_day, last_day
from toolkit.model.plan import Plan
from toolkit.rules.deadlines import days_used
from toolkit.schema import Services

PREGNANCY_DAYS = 280
#: Each guess at a missing key costs this many hashes.
KEY_ROUNDS = 50_000
POSTNATAL_TYPE, CHECK42_TYPE, NOT_REACHED = 6, 7, 5


def token(period: str, unit: str, book_key: str, record_id: str) -> str:
    """12 hex digits that change every month and mean nothing outside the book (`ledger-token/1`)."""
    return hashlib.sha256("\n".join(("ledger-token/1", period, unit, book_key, record_id)).encode()).hexdigest()[:12]


def missing_key(unit: str, period: str, rows: Sequence[str]) -> str:
    """The key of a book that has none, from everything its service book holds (the rows as canonical text).

    Whoever has the record numbers alone cannot find a token by trying them all. Whoever knows a whole service book can,
    so it is weaker than a drawn key (K112). Any copy of the book, in any format, gives the same key.
    """
    content = "\n".join(sorted(rows)).encode()
    return hashlib.pbkdf2_hmac("sha256", content, f"ledger-book-key/1\n{period}\n{unit}".encode(), KEY_ROUNDS, 16).hex()


def services(
    pregnancies: Table, visits: Table, books: Sequence[int], visit_books: Sequence[int], units: Sequence[str], periods: Sequence[str],
    book_keys: Sequence[str], staff: Sequence[frozenset[str]], plan: Plan,
) -> Table:
    """Service rows of many books at once.

    `books[part]`, `visit_books[part]`: the book a part of either sheet belongs to (-1: none); `units`, `periods`,
    `book_keys` and `staff` (the numbers on the book's own list) are per book. `_part` of the result is the book.
    """
    import numpy as np

    frame = pregnancies.frame[pregnancies.frame["record_id"].notna()].reset_index(drop=True)
    size = len(frame)
    book = np.array([books[number] for number in frame[PART].tolist()], dtype=np.int64)
    ids = _distinct(book.tolist(), frame["record_id"].tolist())
    position = {pair: row for row, pair in enumerate(zip(book.tolist(), ids, strict=True))}
    seen = _Visits(visits, visit_books, position, size)
    starts = np.array([np.datetime64(first_day(periods[number]), "D") for number in book.tolist()], dtype="datetime64[D]")
    ends = np.array([np.datetime64(last_day(periods[number]), "D") for number in book.tolist()], dtype="datetime64[D]")
    edd, delivered = _days(frame["edd"]), _days(frame["delivered_on"])
    consent = frame["consent"].fillna(0).to_numpy(dtype=np.int64)

    planned = np.isin(consent, (1, 2)) & ~seen.given_up(starts)
    if not plan.visits.monthly:
        planned &= False
    in_month = seen.any(lambda at: (seen.date >= starts[at]) & (seen.date <= ends[at]))
    due, done = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for kind, (first, last) in enumerate(plan.visits.windows, start=1):
        opens, closes = edd - PREGNANCY_DAYS + first, edd - PREGNANCY_DAYS + last
        now = (closes >= starts) & (closes <= ends) & ~(closes >= delivered)
        served = seen.any(lambda at, opens=opens, closes=closes, kind=kind: (seen.date <= ends[at])
                          & ((seen.type == kind) | ((seen.date >= opens[at]) & (seen.date <= closes[at]))))
        due += now
        done += now & served
    late = delivered + plan.visits.postnatal_days
    postnatal = (late >= starts) & (late <= ends)
    postnatal_done = postnatal & seen.any(lambda at: (seen.date <= ends[at]) & (
        (seen.type == POSTNATAL_TYPE) | ((seen.date >= delivered[at]) & (seen.date <= late[at]))))
    opens42, closes42 = delivered + plan.visits.check42[0], delivered + plan.visits.check42[1]
    check42 = (closes42 >= starts) & (closes42 <= ends)
    check42_done = check42 & seen.any(lambda at: (seen.date <= ends[at]) & (
        (seen.type == CHECK42_TYPE) | ((seen.date >= opens42[at]) & (seen.date <= closes42[at]))))
    raised, met, in_time = seen.needs(starts, ends, plan)
    owner = [name if isinstance(name, str) and name in staff[number] else None
             for name, number in zip(frame["staff_id"].tolist(), book.tolist(), strict=True)]
    gate = planned.astype(np.int64)
    columns: dict[str, list[Any]] = {
        "token": [token(periods[number], units[number], book_keys[number], name) for number, name in zip(book.tolist(), ids, strict=True)],
        "unit_code": [units[number] for number in book.tolist()],
        "staff_id": owner,
        "revisit_ok": frame["revisit_ok"].fillna(0).astype("int64").tolist(),
        "contact_planned": gate.tolist(),
        "contact_offered": (gate * in_month).tolist(),
        "windows_due": (gate * due).tolist(), "windows_done": (gate * done).tolist(),
        "postnatal_due": (gate * postnatal).tolist(), "postnatal_done": (gate * postnatal_done).tolist(),
        "check42_due": (gate * check42).tolist(), "check42_done": (gate * check42_done).tolist(),
        "needs": raised.tolist(), "needs_done": met.tolist(), "needs_in_time": in_time.tolist(),
    }
    return table_of(Services, columns, book.tolist(), frame[ROW].tolist(), frame[HERE].tolist(), [None] * size)


def _distinct(books: list[int], ids: list[str]) -> list[str]:
    """A number used twice in a book: the later rows count as `number-2`, `-3` (DOMAIN 5.4)."""
    seen: dict[tuple[int, str], int] = {}
    out = []
    for pair in zip(books, ids, strict=True):
        seen[pair] = seen.get(pair, 0) + 1
        out.append(pair[1] if seen[pair] == 1 else f"{pair[1]}-{seen[pair]}")
    return out


def _days(column: Any) -> Any:
    return column.to_numpy(dtype="datetime64[D]")


class _Visits:
    """The visits that belong to a kept record, as arrays; `at` is the record's row."""

    def __init__(self, visits: Table, books: Sequence[int], position: dict[tuple[int, str], int], size: int) -> None:
        import numpy as np

        frame = visits.frame
        at = np.array([position.get((books[number], name), -1) if isinstance(name, str) else -1
                       for number, name in zip(frame[PART].tolist(), frame["record_id"].tolist(), strict=True)], dtype=np.int64)
        frame, self.at, self.size = frame[at >= 0], at[at >= 0], size
        self.date = _days(frame["visit_date"])
        self.type = frame["visit_type"].fillna(0).to_numpy(dtype=np.int64)
        self.mode = frame["mode"].fillna(0).to_numpy(dtype=np.int64)
        self.row = frame[ROW].to_numpy(dtype=np.int64)
        self.need = frame["need"].fillna(0).to_numpy(dtype=np.int64)
        self.status = frame["need_status"].fillna(0).to_numpy(dtype=np.int64)
        self.found, self.reported = _days(frame["need_found_on"]), _days(frame["need_reported_on"])

    def any(self, holds: Any) -> Any:
        """Per record: whether a visit of hers satisfies a condition; a blank date satisfies none."""
        import numpy as np

        mask = holds(self.at) & ~np.isnat(self.date)
        return np.bincount(self.at[mask], minlength=self.size)[: self.size] > 0

    def given_up(self, starts: Any) -> Any:
        """Per record: whether her last two visits before the month were both 未联系上 (V202 on its first day)."""
        import numpy as np

        before = (self.date < starts[self.at]) if len(self.at) else np.zeros(0, dtype=bool)
        at, date, row, missed = self.at[before], self.date[before], self.row[before], self.mode[before] == NOT_REACHED
        order = np.lexsort((row, date, at))
        at, missed = at[order], missed[order]
        result = np.zeros(self.size, dtype=bool)
        if len(at) > 1:
            last = np.append(at[1:] != at[:-1], True)
            last[0] = False
            pair = last & missed & np.append(False, missed[:-1]) & np.append(False, at[1:] == at[:-1])
            result[at[pair]] = True
        return result

    def needs(self, starts: Any, ends: Any, plan: Plan) -> tuple[Any, Any, Any]:
        """Per record: needs found in the month, of these met, of these reported within the plan's days."""
        import numpy as np

        mine = (self.need > 0) & (self.found >= starts[self.at]) & (self.found <= ends[self.at])
        answered = mine & ~np.isnat(self.reported)
        quick = np.zeros(len(mine), dtype=bool)
        for row in answered.nonzero()[0].tolist():  # few, and the plan may count working days
            found, reported = self.found[row].item(), self.reported[row].item()
            quick[row] = found <= reported and days_used(found, reported, plan) <= plan.deadlines.need_report_days
        counts = [np.bincount(self.at[mask], minlength=self.size)[: self.size] for mask in (mine, mine & (self.status == 1), quick)]
        return counts[0], counts[1], counts[2]
