"""`ledger inspect`: how a file is read, for support calls. Nothing of the service book is in what it shows."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.files.seal import Password, nobody
from toolkit.model.part import Refusal
from toolkit.tasks.gather import files_under, open_workspace, secret_for
from toolkit.tasks.outcome import Outcome
from toolkit.tasks.pool import Progress, Say, each_batch, open_books, refusal

if TYPE_CHECKING:
    from toolkit.steps.batch import Asked
    from toolkit.steps.inspect import ReadFile, ReadSheet

_VISIBILITY = {"visible": ("", ""), "hidden": ("（隐藏）", " (hidden)"), "very_hidden": ("（深度隐藏）", " (very hidden)")}
_KINDS = {"data": ("记录", "records"), "blank": ("空白", "blank"), "title": ("标题", "title"), "total": ("合计", "total"), "note": ("说明", "notes"),
          "sample": ("样例", "samples")}


def inspect(paths: Sequence[Path], folder: Path | None = None, with_cells: bool = False, progress: Progress | None = None,
            password: Password = nobody) -> Outcome:
    """Show each file as the reader sees it. Refused is only what cannot be opened."""
    from toolkit.steps.batch import Asked
    from toolkit.steps.merge import refused_issue

    outcome = Outcome("inspect")
    space = open_workspace("inspect", folder, paths, required=False)
    if isinstance(space, Outcome):
        return space
    under = files_under("inspect", paths, outcome)
    if isinstance(under, Outcome):
        return under
    look = functools.partial(inspect_batch, with_cells=with_cells)
    files: list[ReadFile] = []
    refused: list[Refusal] = []
    batches, lost = each_batch(under, look, Asked(space.plan, space.units, password=secret_for(under, password)), progress=progress)
    for read, not_opened in batches:
        files += read
        refused += not_opened
    refused += lost
    outcome.refused = [refused_issue(one) for one in refused]
    outcome.extra = {"files": [_json(file) for file in files]}
    for file in files:
        _say(outcome, file)
    return outcome


def inspect_batch(paths: Sequence[Path], asked: Asked, say: Say, with_cells: bool) -> tuple[list[ReadFile], list[Refusal]]:
    """In a worker: open each file and see how it is read."""
    from toolkit.model.sheet import Refused
    from toolkit.steps.inspect import inspect as seen

    files: list[ReadFile] = []
    refused: list[Refusal] = []
    for path, book in open_books(paths, say, asked.password):
        if isinstance(book, Refused):
            refused.append(refusal(path, book.code, book.why, asked, book.sha256))
        else:
            files.append(seen(book, asked, with_cells))
    return files, refused


def _json(file: ReadFile) -> dict[str, object]:
    """The file as SPEC 4 has it; warnings stay issues until their language is known."""
    return {"file": file.file, "kind": file.kind, "sheets": [_sheet_json(sheet) for sheet in file.sheets], "warnings": list(file.warnings)}


def _sheet_json(sheet: ReadSheet) -> dict[str, object]:
    return {"name": sheet.name, "visibility": sheet.visibility, "ledger": sheet.ledger or None, "header_rows": list(sheet.header_rows),
            "columns": [{"column": column.column, "header": column.header, "field": column.field or None} for column in sheet.columns],
            "rows": dict(sheet.rows), "cells": dict(sheet.cells)}


def _say(outcome: Outcome, file: ReadFile) -> None:
    ledgers = sum(bool(sheet.ledger) for sheet in file.sheets)
    outcome.say(f"{file.file}　{file.kind}，{len(file.sheets)}张表，其中台账{ledgers}张", f"{file.file}  {file.kind}, {len(file.sheets)} sheets, {ledgers} ledgers")
    for sheet in file.sheets:
        _say_sheet(outcome, sheet)
    for issue in file.warnings:
        place = " ".join(filter(None, (issue.sheet, issue.cell or "")))
        outcome.say(f"  △ {issue.code} {issue.message('zh')}" + (f"：{place}" if place else ""),
                    f"  △ {issue.code} {issue.message('en')}" + (f": {place}" if place else ""))
        outcome.say(f"      {issue.hint('zh')}", f"      {issue.hint('en')}")


def _say_sheet(outcome: Outcome, sheet: ReadSheet) -> None:
    hidden_zh, hidden_en = _VISIBILITY[sheet.visibility]
    name = sheet.name or "—"
    if not sheet.ledger:
        outcome.say(f"  {name}{hidden_zh}　不是台账", f"  {name}{hidden_en}  no ledger")
    else:
        head = "、".join(map(str, sheet.header_rows))
        counted = [(kind, number) for kind, number in sheet.rows.items() if number or kind == "data"]
        outcome.say(f"  {name}{hidden_zh}　按 {sheet.ledger} 读，表头在第{head}行，" + "　".join(f"{_KINDS[kind][0]}{number}" for kind, number in counted),
                    f"  {name}{hidden_en}  read as {sheet.ledger}, header in row {head.replace('、', ', ')}, "
                    + ", ".join(f"{_KINDS[kind][1]} {number}" for kind, number in counted))
        for column in sheet.columns:
            outcome.say(f"    {column.column:<3} {column.header} → {column.field or '（不读）'}",
                        f"    {column.column:<3} {column.header} → {column.field or '(not read)'}")
    for cell, text in sheet.cells.items():
        outcome.say(f"    {cell:<6} {text}", f"    {cell:<6} {text}")
