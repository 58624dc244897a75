"""Workers that die, hang or run out of memory: the file that did it is refused, every other one is read."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from toolkit.tasks import limits, pool

ASKED = SimpleNamespace(units=None, period="", received={})


class PanicException(BaseException):
    """What a reader written in another language raises when it gives up (FACTS A1)."""


def names(paths: Sequence[Path], asked: Any, say: pool.Say) -> list[str]:
    """In a worker: the names of files, each opened in the way its name says."""
    for number, path in enumerate(paths):
        say("begin", number)
        if path.name.startswith("dies"):
            os.kill(os.getpid(), signal.SIGKILL)
        if path.name.startswith("hungry") or path.name.startswith("crowded") and number:
            raise MemoryError
        if path.name.startswith("endless"):
            time.sleep(3600)
        if path.name.startswith("columns"):
            import pandas

            assert len(pandas.array(["x"] * 1000, dtype="str")) and len(bytearray(700 << 20))
        if path.name.startswith("panic"):
            raise PanicException("of a library: no Exception")
        if path.name.startswith("fault"):
            raise ValueError("content")
    say("begin", len(paths))
    if len(paths) > 1 and any(path.name.startswith("together") for path in paths):
        raise MemoryError
    return [path.name for path in paths]


def worked(folder: Path, *files: str, jobs: int = 1) -> tuple[list[str], list[tuple[str, str]]]:
    for name in files:
        (folder / name).write_text(name, encoding="utf-8")
    done, lost = pool.each_batch([folder / name for name in files], names, ASKED, jobs)
    assert all(refusal.code == "F205" and refusal.sha256 for refusal in lost)
    return [name for batch in done for name in batch], [(refusal.file, refusal.why) for refusal in lost]


@pytest.mark.parametrize(("bad", "why"), [("dies", "crash"), ("hungry", "memory")])
def test_the_file_that_did_it_is_refused_and_the_rest_is_read_in_order(bad: str, why: str, tmp_path: Path) -> None:
    assert worked(tmp_path, "a", bad, "b") == (["a", "b"], [(bad, why)])


def test_columns_of_text_leave_the_memory_to_the_file(tmp_path: Path) -> None:
    """The library that keeps them would reserve a gigabyte of addresses when the first one is made."""
    assert worked(tmp_path, "a", "columns", "b") == (["a", "columns", "b"], [])


def test_a_file_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "SECONDS", 0.5)
    assert worked(tmp_path, "a", "endless", "b") == (["a", "b"], [("endless", "time")])


@pytest.mark.parametrize("name", ["crowded", "together"])
def test_what_fails_only_with_others_is_read_alone(name: str, tmp_path: Path) -> None:
    assert worked(tmp_path, "a", name, "b") == (["a", name, "b"], [])


def test_a_panic_that_is_no_exception_of_pythons_names_its_file_too(tmp_path: Path) -> None:
    with pytest.raises(pool.WorkerBug) as caught:
        worked(tmp_path, "a", "panic", "b")
    assert caught.value.file == "panic" and "library" not in str(caught.value)


def test_a_bug_names_its_file_and_no_value(tmp_path: Path) -> None:
    with pytest.raises(pool.WorkerBug) as caught:
        worked(tmp_path, "a", "fault", "b")
    assert caught.value.file == "fault" and "ValueError" in str(caught.value) and "content" not in str(caught.value)


def test_memory_from_outside() -> None:
    assert limits.resident([os.getpid()])[os.getpid()] > 1_000_000
    assert limits.resident([]) == {}
    assert limits.listed(" 12  34\nx y\n\n56 7\n") == {12: 34 * 1024, 56: 7 * 1024}


def test_the_job_object_of_windows() -> None:
    made = limits.job_limits(1 << 30)
    assert (len(made), int.from_bytes(made[16:20], "little"), int.from_bytes(made[112:120], "little")) == (144, 0x100, 1 << 30)
