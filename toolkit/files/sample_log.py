"""`sample-log.csv` in the workspace: every draw made in it, so that a seed serves once (SPEC 7)."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from toolkit.files import delimited, outbox
from toolkit.files.beside import Unreadable

NAME = "sample-log.csv"
_HEADING = ("轮次", "所属月份", "抽样框摘要M", "种子S", "抽样比例", "分层", "证书摘要", "文件")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Round:
    """One draw: its number in the month, and what it was made from. `file`: base name of the workbook."""

    number: int
    period: str
    digest: str
    seed: str
    rate: str
    by: str
    certificate: str
    file: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (str(self.number), self.period, self.digest, self.seed, self.rate, self.by, self.certificate, self.file)


def read(folder: Path) -> list[Round] | None:
    """The draws so far; None where the file is there and cannot be read."""
    path = folder / NAME
    if not path.exists():
        return []
    try:
        text = delimited.decoded(path.read_bytes())
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(row)]
    except (OSError, Unreadable, csv.Error):
        return None
    if not rows or tuple(rows[0]) != _HEADING or any(len(row) != len(_HEADING) or not _NUMBER.fullmatch(row[0]) for row in rows[1:]):
        return None
    return [Round(int(row[0]), *(_bare(cell) for cell in row[1:])) for row in rows[1:]]


def add(folder: Path, rounds: list[Round], one: Round) -> None:
    """The log with one more draw, replaced whole. Seeds carry a tab in front so that a spreadsheet keeps them as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADING)
    for entry in (*rounds, one):
        cells = entry.cells
        writer.writerow((*cells[:3], "\t" + cells[3], *map(delimited.as_text, cells[4:])))
    outbox.put(folder / NAME, ("\ufeff" + out.getvalue()).encode(), force=True)


def _bare(cell: str) -> str:
    return cell.removeprefix("\t")
