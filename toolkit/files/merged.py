"""The merged workbook: a month of all units under one, for people to read and for the next merge to take in (SPEC 2, 6)."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from toolkit.files.merged_balance import write_balance
from toolkit.files.merged_cover import write_cover
from toolkit.files.merged_issues import write_conflicts, write_issues
from toolkit.files.merged_ledgers import order_of, write_contenders, write_ledger
from toolkit.files.merged_page import Desk
from toolkit.files.merged_reading import write_reading
from toolkit.files.merged_submissions import write_submissions
from toolkit.files.xlsx import Look, new_workbook
from toolkit.model.merged import Merged
from toolkit.schema import TRAVELLING

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def write(merged: Merged) -> bytes:
    """An xlsx file; the same bytes for the same merge.

    Raises ValueError where a text does not fit a cell, or a part of the union stands in no row of 上报情况; OSError where the
    parts of a large workbook find no room.
    """
    orders = {ledger.id: order_of(merged, ledger) for ledger in TRAVELLING}
    if sum(map(len, orders.values())) <= _HELD:
        return _written(merged, orders, "")
    with tempfile.TemporaryDirectory(prefix="ledger-") as folder:
        return _written(merged, orders, folder)


#: Above so many rows the parts of the workbook wait on disk: a row takes about a kilobyte before it is packed.
_HELD = 50_000


def _written(merged: Merged, orders: Mapping[str, Sequence[int]], parts: str) -> bytes:
    from xlsxwriter.exceptions import FileCreateError

    buffer = BytesIO()
    book: Workbook = new_workbook(buffer, f"{merged.target.name}　{merged.period}　汇总工作簿", parts=parts)
    desk = Desk(book, Look(book), merged)
    write_cover(desk)
    write_submissions(desk)
    write_balance(desk)
    write_issues(desk, orders)
    write_conflicts(desk)
    for ledger in TRAVELLING:
        write_ledger(desk, ledger, orders[ledger.id])
    write_contenders(desk)
    write_reading(desk)
    try:
        book.close()
    except FileCreateError as error:  # XlsxWriter's wrapping of an OSError: no room for the parts
        raise OSError(*error.args[0].args) from error
    return buffer.getvalue()
