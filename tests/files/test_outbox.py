"""An output stands whole or not at all, whatever stops the writing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from toolkit.files import outbox


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_stopped_at_any_step_the_old_one_stands_alone(step: str, fault: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*_: object) -> None:
        raise fault

    (tmp_path / "out.xlsx").write_bytes(b"old")
    monkeypatch.setattr(os, step, stops)
    with pytest.raises(type(fault)):
        outbox.put(tmp_path / "out.xlsx", b"new", force=True)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("out.xlsx", b"old")]


def test_what_came_meanwhile_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_first(*_: object) -> None:
        (tmp_path / "out.xlsx").write_bytes(b"other")

    monkeypatch.setattr(os, "chmod", other_first)
    with pytest.raises(outbox.Occupied):
        outbox.put(tmp_path / "out.xlsx", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("out.xlsx", b"other")]


def test_a_result_replaces_a_result_and_nothing_else(tmp_path: Path) -> None:
    outbox.put_result(tmp_path / "a.json", "{1}")
    outbox.put_result(tmp_path / "a.json", "{2}")
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "{2}"
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    with pytest.raises(outbox.Occupied):
        outbox.put_result(tmp_path / "a.xlsx", "{}")
    outbox.put_result(Path(os.devnull), "{}")
    assert not Path(os.devnull).is_file()
