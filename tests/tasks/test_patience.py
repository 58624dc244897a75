"""A file is refused for the time it takes, not for what else the machine does: a starved worker has until it has had its share."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.tasks.test_pool import ASKED
from toolkit.tasks import limits, pool


def names(paths: Sequence[Path], asked: SimpleNamespace, say: pool.Say) -> list[str]:
    """In a worker: the names of files, each opened in the way its name says."""
    for number, path in enumerate(paths):
        say("begin", number)
        if path.name == "starved":  # as on a busy machine: the clock runs, the worker does not
            time.sleep(1.0)
        while path.name == "busy":
            pass
        if path.name == "stuck":
            time.sleep(1000)
    say("begin", len(paths))
    return [path.name for path in paths]


@pytest.mark.skipif(limits.processor(os.getpid()) is None, reason="this system does not tell what a process has had of the processor")
def test_time_is_what_a_file_takes_not_what_else_the_machine_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "SECONDS", 0.4)
    files = [tmp_path / name for name in ("a", "starved", "busy", "b", "stuck", "c")]
    for file in files:
        file.write_text(file.name, encoding="utf-8")
    done, lost = pool.each_batch(files, names, ASKED, 1)
    assert [name for batch in done for name in batch] == ["a", "starved", "b", "c"]
    assert [(refusal.file, refusal.code, refusal.why) for refusal in lost] == [("busy", "F205", "time"), ("stuck", "F205", "time")]
