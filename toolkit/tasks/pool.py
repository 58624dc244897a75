"""Files are opened in worker processes, since a bad file can kill the reader (FACTS A1).

A worker reads a batch and returns its union; in a merge the service book never leaves it. It says which file it
begins, so a file that takes too long, or takes the worker down, is known, refused, and the rest is read again without it.
"""

from __future__ import annotations

import multiprocessing
import os
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from toolkit.model.part import Refusal, Union

BATCH = 100  # files per task; large enough for one frame per ledger, small enough for progress
SECONDS_PER_FILE = 10.0
SECONDS_TO_FINISH = 300.0
MEMORY_PER_WORKER = 1 << 30  # beyond what the libraries themselves map


class WorkerBug(Exception):
    """Our own code failed in a worker; the text names places in the code and nothing of the data."""


Progress = Callable[[int, int], None]  # files done, of how many


def read_files(paths: Sequence[Path], asked: Any, jobs: int = 0, progress: Progress | None = None) -> list[Union]:
    """The unions of all batches, in order. `jobs` 0: as many as cores and batches allow."""
    return [replace(union, refusals=(*union.refusals, *lost))
            for union, lost in each_batch(paths, read_batch, asked, jobs, progress)]


def each_batch(paths: Sequence[Path], work: Callable[..., Any], asked: Any, jobs: int = 0,
               progress: Progress | None = None) -> list[tuple[Any, list[Refusal]]]:
    """What `work(paths, asked, begin)` made of each batch, in order, with the files that took a worker down.

    `work` is a function of a module, called in a worker; it says `begin(n)` before it opens file n, and `begin(len(paths))`.
    """
    batches = [tuple(paths[at:at + BATCH]) for at in range(0, len(paths), BATCH)]
    if not batches:
        return []
    workers = min(len(batches), jobs or max(1, (os.cpu_count() or 1)))
    if workers > 1 and len(batches) < 2 * workers:
        size = -(-len(paths) // workers)
        batches = [tuple(paths[at:at + size]) for at in range(0, len(paths), size)]
    return _Crew(batches, (work, asked), workers, progress).run()


@dataclass
class _Worker:
    process: Any
    pipe: Connection
    batch: int = -1
    file: int = -1
    deadline: float = 0.0
    started: bool = False


class _Crew:
    def __init__(self, batches: Sequence[tuple[Path, ...]], job: tuple[Callable[..., Any], Any], workers: int, progress: Progress | None) -> None:
        self.context = multiprocessing.get_context("spawn")
        self.batches: list[list[Path]] = [list(batch) for batch in batches]
        self.waiting = list(range(len(batches)))
        self.results: list[Any] = [None] * len(batches)
        self.read = [0] * len(batches)
        self.refused: list[list[Refusal]] = [[] for _ in batches]
        self.job, self.count, self.progress = job, workers, progress
        self.total = sum(len(batch) for batch in batches)
        self.workers: list[_Worker] = []

    def run(self) -> list[tuple[Any, list[Refusal]]]:
        try:
            self.workers = [self._hire() for _ in range(self.count)]
            for worker in self.workers:
                self._give(worker)
            while any(worker.batch >= 0 for worker in self.workers):
                self._listen()
        finally:
            for worker in self.workers:
                self._dismiss(worker)
        return [(result, lost) for result, lost in zip(self.results, self.refused, strict=True) if result is not None]

    def _hire(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(theirs, *self.job), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _dismiss(self, worker: _Worker) -> None:
        worker.pipe.close()
        if worker.process.is_alive():
            worker.process.kill()
        worker.process.join()

    def _give(self, worker: _Worker) -> None:
        worker.batch, worker.file = (self.waiting.pop(0), -1) if self.waiting else (-1, -1)
        if worker.batch >= 0:
            worker.deadline = time.monotonic() + SECONDS_TO_FINISH
            worker.pipe.send([str(path) for path in self.batches[worker.batch]])

    def _listen(self) -> None:
        busy = [worker for worker in self.workers if worker.batch >= 0]
        ready = wait([worker.pipe for worker in busy], timeout=max(0.0, min(worker.deadline for worker in busy) - time.monotonic()))
        for worker in busy:
            if worker.pipe in ready:
                try:
                    self._hear(worker, worker.pipe.recv())
                except (EOFError, OSError):
                    self._lost(worker, "crash")
            elif time.monotonic() >= worker.deadline:
                self._lost(worker, "time")

    def _hear(self, worker: _Worker, message: tuple[str, Any]) -> None:
        what, value = message
        if what == "begin":
            worker.file = value
            last = value >= len(self.batches[worker.batch])
            worker.deadline = time.monotonic() + (SECONDS_TO_FINISH if last else SECONDS_PER_FILE)
            self.read[worker.batch] = value + len(self.refused[worker.batch])
            if self.progress:
                self.progress(sum(self.read), self.total)
        elif what == "done":
            self.results[worker.batch] = value
            self._give(worker)
        else:
            raise WorkerBug(value)

    def _lost(self, worker: _Worker, why: str) -> None:
        """A file took the worker down or too long: refuse it, replace the worker, read the rest of the batch again."""
        batch, file = worker.batch, worker.file
        self._dismiss(worker)
        self.workers.remove(worker)
        if not 0 <= file < len(self.batches[batch]):
            raise WorkerBug(f"worker lost outside a file ({why})")
        path = self.batches[batch].pop(file)
        self.refused[batch].append(refusal(path, "F205", why, self.job[1]))
        self.waiting.insert(0, batch)
        fresh = self._hire()
        self.workers.append(fresh)
        self._give(fresh)


def refusal(path: Path, code: str, why: str, asked: Any, sha256: str = "") -> Refusal:
    from toolkit.steps.cover import unit_of_name

    return Refusal(code, path.name, sha256, unit_of_name(path.name, asked.units), asked.period, None, why, asked.received.get(path.name, ""))


# ------------------------------------------------------------------------------------------------ in the worker


def _serve(pipe: Connection, work: Callable[..., Any], asked: Any) -> None:
    """A worker's life: batches in, what `work` makes of them out. What a library prints of a file's content goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        import pandas  # noqa: F401  before the memory limit is drawn
        import python_calamine  # noqa: F401

        import toolkit.steps.read  # noqa: F401
        _limit_memory()
        while True:
            names = pipe.recv()
            pipe.send(("done", work([Path(name) for name in names], asked, lambda file: pipe.send(("begin", file)))))
    except (EOFError, OSError, KeyboardInterrupt):
        return
    except BaseException as error:  # reported whole at the rim, without any value
        frames = "\n".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__))
        pipe.send(("bug", f"{type(error).__name__}\n{frames}"))


def read_batch(paths: Sequence[Path], asked: Any, begin: Callable[[int], None]) -> Union:
    """Open files one after another and read them all at once; what cannot be opened becomes a refusal."""
    from toolkit.model.sheet import Refused
    from toolkit.steps.read import read

    refused: list[Refusal] = []

    def books() -> Any:
        for path, book in open_books(paths, begin):
            if isinstance(book, Refused):
                refused.append(refusal(path, book.code, book.why, asked, book.sha256))
            else:
                yield book

    union = read(books(), asked)
    return replace(union, refusals=(*union.refusals, *refused))


def open_books(paths: Sequence[Path], begin: Callable[[int], None]) -> Any:
    """Each path with its Book or Refused, opened when asked for; `begin` hears which file comes."""
    from toolkit.files.intake import open_book
    from toolkit.model.sheet import Book, Refused

    for number, path in enumerate(paths):
        begin(number)
        try:
            book: Book | Refused = open_book(path)
        except MemoryError:
            book = Refused(path.name, "F205", "memory")
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # a reader's panic is no Exception (FACTS A1)
            book = Refused(path.name, "F203", "damaged")
        yield path, book
    begin(len(paths))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: no such limit; the time limit remains
        return
    try:
        with open("/proc/self/statm") as stream:
            mapped = int(stream.read().split()[0]) * resource.getpagesize()
    except OSError:
        return
    limit = mapped + MEMORY_PER_WORKER
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
