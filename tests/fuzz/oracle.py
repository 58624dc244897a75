"""What must hold of any file whatsoever: it is read or refused, every row of it is accounted for, nothing private is said."""

from __future__ import annotations

import contextlib
import hashlib
import resource
import time
import traceback
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import toolkit.rules  # noqa: F401  declares the codes
from tests.fuzz.bases import MONTH, ROOT
from toolkit.files import merged as writer
from toolkit.files import spreadsheets
from toolkit.files.annotate import annotated
from toolkit.files.forget import without_rows
from toolkit.files.intake import open_book
from toolkit.files.package import NotEditable
from toolkit.files.stamp import stamped
from toolkit.files.workspace import Workspace, load
from toolkit.model.issue import Issue
from toolkit.model.merged import Merged
from toolkit.model.part import Union, standing
from toolkit.model.sheet import Book, Refused
from toolkit.model.unit import Unit, Units
from toolkit.steps import merge as steps
from toolkit.steps.batch import Asked
from toolkit.steps.inspect import inspect
from toolkit.steps.read import read
from toolkit.tasks import pool
from toolkit.tasks.check_files import _blank, _mark

_FOREIGN = ("130602000000", "130602101000", "130602101201", "130602101202")
_TARGET = Unit("990101000000", "示例县", False)


@dataclass(frozen=True)
class Found:
    """What became of a file: `read`, `F203 damaged` …, and what should not have. `memory`: the most its worker has held so far, in bytes."""

    file: str
    what: str
    faults: tuple[str, ...] = ()
    seconds: float = 0.0
    memory: int = 0


def looked_at(paths: Sequence[Path], private: frozenset[str], everything: bool = False) -> list[Found]:
    """Each file alone in the pool's own workers, with their limits: opened and read as by `check`; every fifth read as by `merge` too, another
    shown as by `inspect`, every eighth edited, every fortieth merged, written and read again; or `everything` with each. A file that took its
    worker down is refused (F205), as in every command."""
    asked = SimpleNamespace(units=None, period="", received={}, private=private, everything=everything)
    batches, lost = pool.each_batch(paths, _look, asked)
    return [*(found for batch in batches for found in batch), *(Found(refusal.file, f"{refusal.code} {refusal.why}") for refusal in lost)]


def workspace() -> Workspace:
    """The sample county, and the places that LibreOffice's files are of."""
    space = load(ROOT / "samples")
    assert isinstance(space, Workspace) and space.units is not None
    return replace(space, units=Units.of([*space.units, *(Unit(code, f"样例{code}", True) for code in _FOREIGN)]))


def _look(paths: Sequence[Path], asked: SimpleNamespace, say: pool.Say) -> list[Found]:
    space = workspace()
    found = []
    for number, path in enumerate(paths):
        say("begin", number)
        began = time.perf_counter()
        try:
            one = _one(path, space, asked, say)
            found.append(replace(one, seconds=time.perf_counter() - began, memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024))
        except (MemoryError, KeyboardInterrupt):
            raise
        except BaseException as error:  # a fault to report; the other files go on
            places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-4:]]
            found.append(Found(path.name, "failed", (f"{type(error).__name__} {str(error)[:80]} {' '.join(places)}",)))
    say("begin", len(paths))
    return found


def _one(path: Path, space: Workspace, wanted: SimpleNamespace, say: pool.Say) -> Found:
    book = open_book(path, lambda cells: say("cells", cells))
    if isinstance(book, Refused):
        return Found(path.name, f"{book.code} {book.why}")
    faults: list[str] = []
    lot = zlib.crc32(path.name.encode())
    turn = (lambda _, __=0: True) if wanted.everything else (lambda every, place=0: lot % every == place)
    union = read([book], Asked(space.plan, space.units))
    issues = list(_issues(union))
    if turn(5):
        union = read([book], Asked(space.plan, space.units, True))
        issues += _issues(union)
    if turn(5, 1):
        issues += inspect(book, Asked(space.plan, space.units), False).warnings
    faults += _of_union(union)
    faults += [f"{issue.code} says what is private" for issue in issues if any(value in text for text in _said(issue) for value in wanted.private)]
    if turn(40):
        faults += _merged(union, space)
    if turn(8) and book.kind == "xlsx":
        _edited(path.read_bytes(), book, [issue for issue in issues if issue.sheet])
    return Found(path.name, "read" if union.parts else next((f"{refusal.code} {refusal.why}" for refusal in union.refusals), "lost"),
                 tuple(dict.fromkeys(faults)))


def _of_union(union: Union) -> Iterable[str]:
    if not union.parts and not union.refusals:
        yield "neither read nor refused"
    stands = standing(union.parts)
    for line in steps.reconciliation(steps.balances(union, stands)):
        numbers = [line[name] for name in ("read", "merged", "superseded", "set_aside")]
        if numbers[0] != sum(numbers[1:]):  # type: ignore[arg-type]
            yield f"{line['ledger']} does not balance: {numbers}"


def _issues(union: Union) -> Iterable[Issue]:
    for part in union.parts:
        yield from part.reading
    for issues in union.file_issues.values():
        yield from issues
    yield from (steps.refused_issue(refusal) for refusal in union.refusals)


def _said(issue: Issue) -> Iterable[str]:
    yield str(issue.as_json("zh"))
    yield str(issue.as_json("en"))


def _merged(union: Union, space: Workspace) -> Iterable[str]:
    """Merged alone and written, it is read back with the same content."""
    for period in sorted({part.period for part in union.parts})[:1] or [MONTH]:
        frame = steps.Frame(_TARGET, period, space.plan, space.units, "0")
        result = steps.merged(union.of_period(period), frame)
        if not all(line.holds for line in result.balances):
            yield "the merge does not balance"
        book = _book(writer.write(result))
        if not isinstance(book, Book):
            yield f"the merged workbook is refused: {book.code} {book.why}"
            continue
        again = steps.merged(read([book], Asked(space.plan, space.units, True)).of_period(period), frame)
        if again.content_digest != result.content_digest:
            yield "the merged workbook reads as other content"
        if again.balances != result.balances:
            yield "the merged workbook has another reconciliation"


def merged_any_way(paths: Sequence[Path]) -> list[str]:
    """What differs between merging all files at once, the merged workbook again, and two halves merged first (SPEC 6)."""
    space = workspace()
    asked, frame = Asked(space.plan, space.units, True), steps.Frame(_TARGET, MONTH, space.plan, space.units, "0")
    books = [book for path in paths if isinstance(book := open_book(path), Book)]

    def of(some: Sequence[Book]) -> Merged:
        return steps.merged(read(some, asked).of_period(MONTH), frame)

    def again(result: Merged) -> Book:
        book = _book(writer.write(result))
        assert isinstance(book, Book)
        return book

    whole = of(books)
    ways = {"again": of([again(whole)]), "by halves": of([again(of(books[::2])), again(of(books[1::2]))])}
    facts = {"content": lambda result: result.content_digest, "reconciliation": lambda result: result.balances, "issues": lambda result: {
        issue.id for issue in result.issues}, "submissions": lambda result: steps.submissions_json(result)}
    return [f"{what} {way}" for way, result in ways.items() for what, fact in facts.items() if fact(result) != fact(whole)]


def _edited(data: bytes, book: Book, issues: Sequence[Issue]) -> None:
    """What `check --annotate`, `forget` and `approve` do to a file: done, or NotEditable."""
    names = [sheet.name for sheet in book.sheets]
    for edit in (lambda: annotated(data, [_mark(issue) for issue in issues], _blank(issues), "检查结果"), lambda: without_rows(data, {name: [5] for name in names}),
                 lambda: stamped(data, names[0], {"审核": "样例"})):
        with contextlib.suppress(NotEditable):
            edit()


def _book(data: bytes) -> Book | Refused:
    return spreadsheets.read("again.xlsx", "xlsx", data, hashlib.sha256(data).hexdigest())
