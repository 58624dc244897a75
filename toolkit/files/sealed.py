"""An earlier summary read back: its indicators and the digest it was sealed with, from the workbook or from the JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from toolkit.files import intake
from toolkit.files.seal import Password, nobody
from toolkit.files.workspace import Fault
from toolkit.model.figure import DIGEST_LABEL, FIGURE_COLUMNS, FIGURES_SHEET
from toolkit.model.sheet import Book, Cell

Sealed = tuple[list[dict[str, object]], str]


def read_sealed(path: Path, password: Password = nobody) -> Sealed | Fault:
    """Indicators as SPEC 4 has them and the digest beside them."""
    fault = Fault(f"{path.name} 不是本软件的月度汇总（xlsx 或 --json 的结果），请另选文件", f"{path.name} is no summary of ours (xlsx or the result of --json)")
    try:
        data = path.read_bytes()
    except OSError:
        return Fault(f"读不到 {path.name}，请核对文件名", f"cannot read {path.name}; check the name")
    if data[:1] == b"{":
        return _from_json(data) or fault
    book = intake.open_book(path, password=password)
    return (_from_book(book) if isinstance(book, Book) else None) or fault


def _from_json(data: bytes) -> Sealed | None:
    try:
        facts = json.loads(data)
        indicators, digest = facts["indicators"], facts["digest"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    wanted = {"unit", "level", "period", "field", "n", "d", "value", "suppressed", "basis"}
    if not isinstance(indicators, list) or not all(isinstance(one, Mapping) and set(one) == wanted for one in indicators):
        return None
    return [dict(one) for one in indicators], str(digest)


def _from_book(book: Book) -> Sealed | None:
    sheet = next((sheet for sheet in book.sheets if sheet.name == FIGURES_SHEET), None)
    digest, found, started = "", [], False
    for row in sheet.rows if sheet else ():
        texts = [str(cell).strip() if cell is not None else "" for cell in row]
        label, _, value = next((text for text in texts if text.startswith(DIGEST_LABEL)), "").partition("：")
        if value and not digest:
            digest = value.strip()
        if texts[: len(FIGURE_COLUMNS)] == list(FIGURE_COLUMNS):
            started = True
        elif started and texts[0].isdigit():
            found.append(_indicator(row))
    return (found, digest) if digest and started and None not in found else None  # type: ignore[return-value]


def _indicator(row: Sequence[Cell]) -> dict[str, object] | None:
    unit, level, period, field, n, d, value, hidden, basis = (*row, *[""] * 9)[:9]
    try:
        number = json.loads(str(value)) if value not in ("", None) else None
        return {"unit": str(unit), "level": str(level), "period": str(period), "field": str(field), "n": _whole(n), "d": _whole(d), "value": number,
                "suppressed": str(hidden) == "是", "basis": str(basis) if basis not in ("", None) else None}
    except (ValueError, TypeError, OverflowError):
        return None


def _whole(cell: Cell) -> int | None:
    return None if cell in ("", None) else int(float(str(cell)))
