"""In a process under test only: stop, look or fail at a chosen moment. Python loads this first where the folder stands on its path.

FAULT says what, and reaches no process further: `kill N` ends the process at its N-th write point as a power cut would, `stop N` as Ctrl-C
does; `copy DIR` keeps what the folder holds at each write point; `cut N` ends it at the N-th byte of a file; `full N` lets no file grow beyond;
`late` gives a clock that runs backwards. FAULT_IN is the folder whose files count. FAIL names a function, here and in worker processes, that
fails with cells in its variables and in its words.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import sys

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {"os.rename": 2, "os.link": 2, "os.remove": 1, "os.mkdir": 1, "os.chmod": 1, "os.truncate": 1, "os.rmdir": 1, "os.symlink": 2, "os.utime": 1}


class _Watch:
    """Counts what changes the folder, just before it happens."""

    def __init__(self, folder: str, what: str, detail: str) -> None:
        self.folder, self.copies = os.path.realpath(folder), detail if what == "copy" else ""
        self.signal, self.at = signal.SIGINT if what == "stop" else signal.SIGKILL, 0 if what == "copy" else int(detail)
        self.count, self.busy = 0, False
        if what == "stop":  # where the tests run in the background, Ctrl-C is ignored from the start
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.busy or not self._changes(event, arguments):
            return
        self.busy = True
        self.count += 1
        if self.copies:
            shutil.copytree(self.folder, os.path.join(self.copies, f"{self.count:03}"))
            with open(os.path.join(self.copies, "points"), "a", encoding="utf-8") as log:
                log.write(f"{event} {os.path.basename(str(arguments[0]))}\n")
        elif self.count == self.at:
            os.kill(os.getpid(), self.signal)
        self.busy = False

    def _changes(self, event: str, arguments: tuple[object, ...]) -> bool:
        if event == "open":
            path, _, flags = arguments
            return isinstance(path, (str, bytes, os.PathLike)) and bool(int(flags or 0) & _WRITING) and self._inside(path)  # type: ignore[call-overload]
        return event in _CHANGES and any(self._inside(path) for path in arguments[:_CHANGES[event]])

    def _inside(self, path: object) -> bool:
        return isinstance(path, (str, bytes, os.PathLike)) and os.path.abspath(os.fsdecode(path)).startswith(self.folder + os.sep)


def _backwards() -> None:
    import time

    now = [4_000_000_000.0]

    def earlier() -> float:
        now[0] -= 86_400.0
        return now[0]

    time.time = earlier
    time.time_ns = lambda: int(earlier() * 1e9)


def _no_larger(size: int, ending: bool) -> None:
    import resource

    if ending:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _failing(name: str) -> None:
    module, _, function = name.rpartition(".")

    def fails(*_: object, **__: object) -> None:
        cell = "样例瑶瑶 19000000777"
        try:
            {}[cell]
        except KeyError as error:
            raise ValueError(f"cannot read {cell}") from error

    setattr(importlib.import_module(module), function, fails)


_what, _, _detail = os.environ.pop("FAULT", "").partition(" ")
if _what in ("kill", "stop", "copy"):
    sys.addaudithook(_Watch(os.environ.pop("FAULT_IN"), _what, _detail))
elif _what in ("cut", "full"):
    _no_larger(int(_detail), _what == "cut")
elif _what == "late":
    _backwards()
if os.environ.get("FAIL"):
    _failing(os.environ["FAIL"])
