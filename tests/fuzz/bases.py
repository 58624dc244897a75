"""The files that mutants are made of: our own in every state, and some saved by LibreOffice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.mutants import mutant
from toolkit.files.intake import open_book
from toolkit.model.sheet import Book

ROOT = Path(__file__).resolve().parents[2]
MONTH = "2025-09"
_SAMPLES, _FOREIGN, _TEMPLATES = ROOT / "samples", ROOT / "tests" / "data" / "libreoffice", ROOT / "templates" / "xlsx"
_KINDS = {".xls": "xls", ".csv": "csv"}
_UNIT = "990101101201"


@dataclass(frozen=True)
class Base:
    """A file to begin with. `unit`: whose name a mutant bears; `weight`: how many of a hundred mutants are made of it."""

    name: str
    path: Path
    weight: int
    unit: str = _UNIT

    @property
    def kind(self) -> str:
        return _KINDS.get(self.path.suffix, "zip")


def bases() -> tuple[Base, ...]:
    village = next((_SAMPLES / "villages" / MONTH).glob("990101101201*.xlsx"))
    inbox, out = _SAMPLES / "inbox" / MONTH, _SAMPLES / "out" / MONTH
    return (
        Base("submission", inbox / "990101101000" / "990101101201_2025-09_v1.xlsx", 16),
        Base("village", village, 10), Base("whole", _FOREIGN / "village_whole.xlsx", 10),
        Base("office", inbox / "990101101000" / "990101101000_2025-09_v0.xlsx", 4, "990101101000"),
        Base("town", out / "township_990101101000.xlsx", 10, "990101101000"),
        Base("county", out / "county.xlsx", 8, "990101000000"), Base("template", _TEMPLATES / "village.xlsx", 3), Base("sample", out / "sample.xlsx", 2),
        Base("errors", _FOREIGN / "error_values.xlsx", 3), Base("merged", _FOREIGN / "merged_cells.xlsx", 3), Base("hidden", _FOREIGN / "hidden_parts.xlsx", 3),
        Base("ods", _FOREIGN / "village_whole.ods", 6), Base("odsmerged", _FOREIGN / "merged_cells.ods", 3), Base("xls", _FOREIGN / "village_whole.xls", 6),
        Base("xls1904", _FOREIGN / "from_1904.xls", 3), Base("csv", _FOREIGN / "village_submission.xlsx", 10))


@dataclass(frozen=True)
class Mutant:
    """A base under a seed."""

    base: Base
    seed: int

    @property
    def name(self) -> str:
        """A name as people give it, and one of its own."""
        if self.base.name == "csv":
            return f"{self.base.unit}_{MONTH}_v{self.seed}_工作记录.csv"
        return f"{self.base.unit}_{MONTH}_v{self.seed}_{self.base.name}{self.base.path.suffix}"

    def write(self, folder: Path) -> Path:
        path = folder / self.name
        path.write_bytes(mutant(content(self.base), self.seed, "csv" if self.base.name == "csv" else self.base.kind))
        return path


def of_seed(seed: int) -> Mutant:
    """Seeds take the bases in turn, by weight: any run of a hundred has them all."""
    wheel = [base for base in bases() for _ in range(base.weight)]
    return Mutant(wheel[seed * 37 % len(wheel)], seed)


_contents: dict[str, bytes] = {}


def content(base: Base) -> bytes:
    if base.name not in _contents:
        _contents[base.name] = _works_csv() if base.name == "csv" else base.path.read_bytes()
    return _contents[base.name]


def _works_csv() -> bytes:
    """One office ledger of a submission, as a csv with its label lines."""
    book = open_book(_SAMPLES / "inbox" / MONTH / "990101101000" / "990101101201_2025-09_v1.xlsx")
    assert isinstance(book, Book)
    works = next(sheet for sheet in book.sheets if sheet.name == "工作记录")
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["" if cell is None else str(cell) for cell in row] for row in works.rows])
    return out.getvalue().encode()


def planted() -> frozenset[str]:
    """What stands in the service books of the bases and may be said of no woman: names, telephone numbers."""
    found: set[str] = set()
    for base in bases():
        book = open_book(base.path) if base.name in ("village", "whole") else None
        for sheet in book.sheets if isinstance(book, Book) else ():
            if sheet.name == "孕产妇台账":
                found.update(_people(sheet.rows))
    return frozenset(found)


def _people(rows: Iterable[list[object]]) -> Iterable[str]:
    columns: list[int] = []
    for row in rows:
        texts = [str(cell or "") for cell in row]
        if any("姓名" in text for text in texts):
            columns = [at for at, text in enumerate(texts) if "姓名" in text or "电话" in text]
            continue
        yield from (texts[at].strip() for at in columns if len(texts[at].strip()) > 1)
