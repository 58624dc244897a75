"""Files are opened in worker processes, since a bad file can kill the reader (FACTS A1).

A worker reads a batch and returns its union; in a merge the service book never leaves it. It says which file it begins,
so that a file that takes too long, too much memory, or the worker's life is known. One that takes too long, by the clock and by
what its worker had of the processor, is refused; any other is tried once more alone, since the files before it may have taken
the memory, and refused if it fails again. What stands before and after it is read again without it, by a fresh worker; a batch
that fails as a whole, file by file.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from toolkit.files.budgets import MEMORY, SECONDS, SECONDS_TO_FINISH, seconds_for
from toolkit.model.part import Refusal, Union
from toolkit.tasks import limits

BATCH = 100  # files per task; large enough for one frame per ledger, small enough for progress
MOST_PATIENCE = 6  # times the clock may show what a file may take, while its worker waits for a busy machine
MOST_FALSE_STARTS = 3  # workers lost before their first file; then something is wrong with us or the machine
SECONDS_TO_START = 120.0  # for a worker to load the libraries; a cold disk and a virus scanner are slow


class WorkerBug(Exception):
    """Our own code failed in a worker; the text names places in the code, `file` the file it happened with, and nothing of the data."""

    def __init__(self, places: str, file: str = "") -> None:
        super().__init__(places)
        self.file = file


Progress = Callable[[int, int], None]  # files done, of how many
Say = Callable[[str, int], None]


def read_files(paths: Sequence[Path], asked: Any, jobs: int = 0, progress: Progress | None = None) -> list[Union]:
    """The unions of all batches, in order. `jobs` 0: as many as cores and batches allow."""
    unions, lost = each_batch(paths, read_batch, asked, jobs, progress)
    return [*unions, Union(refusals=tuple(lost))] if lost else unions


def each_batch(paths: Sequence[Path], work: Callable[..., Any], asked: Any, jobs: int = 0,
               progress: Progress | None = None) -> tuple[list[Any], list[Refusal]]:
    """What `work(paths, asked, say)` made of each batch, in order, and the files that took a worker down.

    `work` is a function of a module, called in a worker. It says `begin` with the number of the file it opens, `begin` past the last
    one when all are open, and `cells` with a file's used cells.
    """
    batches = [tuple(paths[at:at + BATCH]) for at in range(0, len(paths), BATCH)]
    if not batches:
        return [], []
    workers = min(len(batches), jobs or max(1, (os.cpu_count() or 1)))
    if workers > 1 and len(batches) < 2 * workers:
        size = -(-len(paths) // workers)
        batches = [tuple(paths[at:at + size]) for at in range(0, len(paths), size)]
    return _Crew(batches, (work, asked), workers, progress).run()


@dataclass(frozen=True)
class _Batch:
    """`first`: place of its first file among all, by which results are put in order."""

    first: int
    files: tuple[Path, ...]

    def cut(self, start: int, end: int) -> list[_Batch]:
        return [_Batch(self.first + start, self.files[start:end])] if start < end else []


@dataclass
class _Worker:
    """A process, the batch it has and the number of the file it is at: -1 none yet, that of the last one plus 1 when all are read."""

    process: Any
    pipe: Connection
    watched: bool = False
    batch: _Batch | None = None
    file: int = -1
    began: float = 0.0
    worked: float = 0.0  # seconds of the processor it had had by then
    budget: float = 0.0  # seconds for what it began
    extra: float = 0.0  # seconds that large files add to the whole batch
    deadline: float = 0.0

    def may_take(self, seconds: float) -> None:
        """So long from when it began."""
        self.budget, self.deadline = seconds, self.began + seconds

    def begins(self, file: int, now: float) -> None:
        self.file, self.began, self.worked = file, now, limits.processor(self.process.pid) or 0.0

    @property
    def name(self) -> str:
        """The file it is at, where that is one."""
        from toolkit.files.intake import shown_name

        return shown_name(self.batch.files[self.file]) if self.batch and 0 <= self.file < len(self.batch.files) else ""


class _Crew:
    def __init__(self, batches: Sequence[tuple[Path, ...]], job: tuple[Callable[..., Any], Any], workers: int, progress: Progress | None) -> None:
        self.context = multiprocessing.get_context("spawn")
        self.waiting: list[_Batch] = []
        for files in batches:
            self.waiting.append(_Batch(self.waiting[-1].first + len(self.waiting[-1].files) if self.waiting else 0, files))
        self.total = sum(len(batch.files) for batch in self.waiting)
        self.results: dict[int, Any] = {}
        self.refused: dict[int, Refusal] = {}
        self.job, self.count, self.progress = job, workers, progress
        self.workers: list[_Worker] = []
        self.looked = 0.0
        self.told: set[int] = set()  # places of files the progress knows of
        self.false_starts = 0

    def run(self) -> tuple[list[Any], list[Refusal]]:
        try:
            self.workers = [self._hire() for _ in range(self.count)]
            while any(worker.batch for worker in self.workers):
                self._listen()
        finally:
            for worker in self.workers:
                self._dismiss(worker)
        return [self.results[first] for first in sorted(self.results)], [self.refused[place] for place in sorted(self.refused)]

    def _hire(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(theirs, *self.job), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._give(worker)
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        worker.pipe.close()
        if worker.process.is_alive():
            worker.process.kill()
        worker.process.join()

    def _give(self, worker: _Worker) -> None:
        worker.batch, worker.file, worker.extra = self.waiting.pop(0) if self.waiting else None, -1, 0.0
        if worker.batch:
            worker.begins(-1, time.monotonic())
            worker.may_take(SECONDS_TO_START)
            with contextlib.suppress(OSError):  # it may be dead, which the next look at its pipe tells
                worker.pipe.send([str(path) for path in worker.batch.files])

    def _listen(self) -> None:
        busy = [worker for worker in self.workers if worker.batch]
        patience = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
        if any(worker.watched for worker in busy):
            patience = min(patience, limits.SECONDS_BETWEEN_LOOKS)
        ready = wait([worker.pipe for worker in busy], timeout=patience)
        fat = self._too_fat(busy)
        for worker in busy:
            if worker.pipe in ready:
                try:
                    self._hear(worker, worker.pipe.recv())
                except (EOFError, OSError):
                    self._lost(worker, "crash")
            elif worker.process.pid in fat:
                self._lost(worker, "memory")
            elif time.monotonic() >= worker.deadline and not self._waits_for_its_turn(worker):
                self._lost(worker, "time")

    def _waits_for_its_turn(self, worker: _Worker) -> bool:
        """Whether a busy machine, or one that slept, kept a worker from its file; it then has until it has had its share of the processor,
        so that what is refused does not hang on what else runs here."""
        had = limits.processor(worker.process.pid)
        left = worker.budget - (had - worker.worked) if had is not None else 0.0
        now = time.monotonic()
        if left <= 0 or now >= worker.began + MOST_PATIENCE * worker.budget:
            return False
        worker.deadline = now + max(left, limits.SECONDS_BETWEEN_LOOKS)
        return True

    def _too_fat(self, busy: Sequence[_Worker]) -> set[int]:
        """Workers that cannot limit themselves and hold more than they may."""
        watched = [worker.process.pid for worker in busy if worker.watched]
        if not watched or time.monotonic() < self.looked + limits.SECONDS_BETWEEN_LOOKS:
            return set()
        self.looked = time.monotonic()
        return {process for process, held in limits.resident(watched).items() if held > MEMORY}

    def _hear(self, worker: _Worker, message: tuple[str, Any]) -> None:
        what, value = message
        batch = worker.batch
        assert batch is not None
        if what == "begin":
            if value == len(batch.files) == 1:  # what is done with one file alone is in the time for it
                worker.file = value
            else:
                worker.begins(value, time.monotonic())
                worker.may_take(SECONDS if value < len(batch.files) else SECONDS + SECONDS_TO_FINISH * value + worker.extra)
            if self.progress and value and batch.first + value not in self.told:
                self.told.add(batch.first + value)
                self.progress(len(self.told), self.total)
        elif what == "cells":
            worker.may_take(seconds_for(value))
            worker.extra += seconds_for(value) - SECONDS
        elif what == "unlimited":
            worker.watched = True
        elif what == "done":
            self.results[batch.first] = value
            self._give(worker)
        elif what == "memory":
            self._lost(worker, "memory")
        else:
            self._failed(worker, value)

    def _lost(self, worker: _Worker, why: str) -> None:
        """A worker died, took too long or too much memory. A file that did so alone, or took too long, is refused; others are tried again alone."""
        batch, file = worker.batch, worker.file
        assert batch is not None
        count = len(batch.files)
        if file < 0:
            self.false_starts += 1
            if self.false_starts > MOST_FALSE_STARTS:
                raise WorkerBug(f"worker lost before its first file ({why})")
            self.waiting.insert(0, batch)
        elif count == 1 or file < count and why == "time":
            file = min(file, count - 1)
            self._refuse(batch.first + file, batch.files[file], why)
            self.waiting = batch.cut(0, file) + batch.cut(file + 1, count) + self.waiting
        elif file < count:
            self._again(batch, file, file + 1)
        else:
            self._again(batch, 0, count)
        self._replace(worker)

    def _failed(self, worker: _Worker, places: str) -> None:
        """Our own code failed: file by file, to know with which; then it is a bug."""
        batch = worker.batch
        assert batch is not None
        if len(batch.files) == 1:
            worker.file = 0
            raise WorkerBug(places, worker.name)
        self._again(batch, 0, len(batch.files))
        self._replace(worker)

    def _again(self, batch: _Batch, start: int, end: int) -> None:
        """The files from `start` to `end` one by one, those before and after together."""
        alone = [one for at in range(start, end) for one in batch.cut(at, at + 1)]
        self.waiting = batch.cut(0, start) + alone + batch.cut(end, len(batch.files)) + self.waiting

    def _refuse(self, place: int, path: Path, why: str) -> None:
        from toolkit.files.intake import digest_of

        self.refused[place] = refusal(path, "F205", why, self.job[1], digest_of(path))

    def _replace(self, worker: _Worker) -> None:
        self._dismiss(worker)
        self.workers.remove(worker)
        self.workers.append(self._hire())
        for other in self.workers:
            if other.batch is None:
                self._give(other)


def refusal(path: Path, code: str, why: str, asked: Any, sha256: str = "") -> Refusal:
    from toolkit.files.intake import shown_name
    from toolkit.steps.cover import unit_of_name

    name = shown_name(path)
    return Refusal(code, name, sha256, unit_of_name(name, asked.units), asked.period, None, why, asked.received.get(name, ""))


# ------------------------------------------------------------------------------------------------ in the worker


def _serve(pipe: Connection, work: Callable[..., Any], asked: Any) -> None:
    """A worker's life: batches in, what `work` makes of them out. What a library prints of a file's content goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"  # its own pool reserves a gigabyte of addresses at once: all that the limit allows
    try:
        import pandas  # noqa: F401  before the memory limit is drawn
        import python_calamine  # noqa: F401

        import toolkit.steps.read  # noqa: F401
        if not limits.limit_here(MEMORY):
            pipe.send(("unlimited", None))
        while True:
            names = pipe.recv()
            pipe.send(("done", work([Path(name) for name in names], asked, lambda what, value: pipe.send((what, value)))))
    except (EOFError, OSError, KeyboardInterrupt):
        return
    except MemoryError:
        pipe.send(("memory", None))
    except BaseException as error:  # reported whole at the rim, without any value
        frames = "\n".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__))
        pipe.send(("bug", f"{type(error).__name__}\n{frames}"))


def read_batch(paths: Sequence[Path], asked: Any, say: Say) -> Union:
    """Open files one after another and read them all at once; what cannot be opened becomes a refusal."""
    from toolkit.model.sheet import Refused
    from toolkit.steps.read import read

    refused: list[Refusal] = []

    def books() -> Any:
        for path, book in open_books(paths, say, asked.password):
            if isinstance(book, Refused):
                refused.append(refusal(path, book.code, book.why, asked, book.sha256))
            else:
                yield book

    union = read(books(), asked)
    return replace(union, refusals=(*union.refusals, *refused))


def open_books(paths: Sequence[Path], say: Say, password: str = "") -> Any:
    """Each path with its Book or Refused, opened when asked for. Want of memory is raised: it may be what the files before it took."""
    from toolkit.files.intake import digest_of, open_book, shown_name
    from toolkit.model.sheet import Book, Refused

    for number, path in enumerate(paths):
        say("begin", number)
        try:
            book: Book | Refused = open_book(path, lambda cells: say("cells", cells), lambda: password)
        except (MemoryError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # a reader's panic is no Exception (FACTS A1)
            book = Refused(shown_name(path), "F203", "damaged", digest_of(path))
        yield path, book
    say("begin", len(paths))
