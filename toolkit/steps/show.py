"""Values as they stand on sheets."""

from __future__ import annotations

from typing import Any

from toolkit.model.ledger import UNKNOWN, Table


def shown_rows(table: Table) -> list[dict[str, Any]]:
    """Each row as field -> cell: labels with their codes, real dates, unreadable cells by their text."""
    columns: dict[str, list[Any]] = {}
    for column in table.ledger.columns:
        values = table.frame[column.field]
        columns[column.field] = [None if gone else column.kind.shown(_plain(value))
                                 for value, gone in zip(values.tolist(), values.isna().tolist(), strict=True)]
    unknown = table.frame[UNKNOWN].tolist()
    return [{**{name: cells[row] for name, cells in columns.items()}, **(unknown[row] or {})} for row in range(len(table))]


def _plain(value: Any) -> Any:
    return value.date() if hasattr(value, "date") else value
