"""The power goes at any write point of any command: the old or the new output stands whole, nothing half done is ever read."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.faults.county import COMMANDS, VILLAGE, contents, county, run, unfinished, words
from toolkit.files.intake import find

#: These are ended for good at every point, and not only looked at: one that makes a file, two that replace somebody's own.
KILLED = ("merge", "forget", "approve")


def judged(state: dict[str, bytes], before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """Names of files that are neither as before nor as after, nor an unfinished output under the name of one; and of those that are gone."""
    strange = [name for name, data in state.items() if not unfinished(name) and data not in (before.get(name), after.get(name))]
    return strange + [f"{name} is gone" for name in before if name not in state]


@pytest.mark.parametrize("name", COMMANDS)
def test_at_every_write_point_the_old_or_the_new_stands_whole(name: str, tmp_path: Path) -> None:
    """The folder as a power cut would leave it, at each point of one run."""
    space, copies = county(tmp_path), tmp_path / "copies"
    copies.mkdir()
    before = contents(space)
    code, said = run(space, words(name, space), f"copy {copies}")
    assert code in (0, 1, 3), said
    after = contents(space)
    assert not any(map(unfinished, after))
    states = sorted(path for path in copies.iterdir() if path.is_dir())
    assert len(states) >= 3
    for state in states:
        assert judged(contents(state), before, after) == [], state.name
        assert not any(unfinished(path.name) for path in find([state]).files)
    assert judged(after, before, after) == [] and after != before
    points = (copies / "points").read_text(encoding="utf-8").splitlines()
    assert [point for point in points if point.startswith("open ") and not unfinished(point.split(" ", 1)[1])] == [], "written in its own place"


@pytest.mark.parametrize("name", KILLED)
def test_killed_at_every_write_point_and_then_done_again(name: str, tmp_path: Path) -> None:
    space = county(tmp_path / "whole")
    before, asked = contents(space), words(name, space)
    run(space, asked)
    after = contents(space)
    spaces = []
    for point in range(1, 100):
        spaces.append(county(tmp_path / str(point)))
        code, _ = run(spaces[-1], asked, f"kill {point}")
        assert judged(contents(spaces[-1]), before, after) == [], point
        if code != -signal.SIGKILL:
            break
    assert point > 3
    assert done_again(spaces[-2], asked) == after


@pytest.mark.parametrize("point", [1, 2, 3])
def test_stopped_by_hand_nothing_is_left_behind(point: int, tmp_path: Path) -> None:
    space = county(tmp_path)
    before = contents(space)
    code, said = run(space, words("forget", space), f"stop {point}")
    assert (code, len(said.strip().splitlines())) == (130, 1)
    assert contents(space) == before


def done_again(space: Path, asked: Sequence[str]) -> dict[str, bytes]:
    """What the folder holds, but for what was left unfinished, once the command has been run anew."""
    code, said = run(space, asked)
    assert code in (0, 1, 3), said
    return {name: data for name, data in contents(space).items() if not unfinished(name)}


@pytest.mark.parametrize(("name", "output"), [("merge", "new/merged.xlsx"), ("forget", VILLAGE)])
def test_killed_in_the_middle_of_a_file(name: str, output: str, tmp_path: Path) -> None:
    """The system itself ends the process at a byte of the output."""
    space = county(tmp_path)
    before, asked = contents(space), words(name, space)
    assert run(space, asked, "cut 10000")[0] == -signal.SIGXFSZ
    state = contents(space)
    assert judged(state, before, {}) == []
    assert [len(data) for name, data in state.items() if unfinished(name)] == [10_000]
    assert done_again(space, asked)[output] != before[output]
