"""Two thousand spoilt files: each is read or refused, counted in full, and says nothing private. `make fuzz` goes on from here."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.run import ledger
from tests.fuzz import lists
from tests.fuzz.bases import MONTH, ROOT, of_seed, planted
from tests.fuzz.oracle import looked_at, merged_any_way

CRASHES = ROOT / "tests" / "data" / "crashes"
EACH = 250


@pytest.mark.parametrize("first", range(0, 2000, EACH))
def test_spoilt_workbooks_are_read_or_refused(first: int, tmp_path: Path) -> None:
    files = [of_seed(seed).write(tmp_path) for seed in range(first, first + EACH)]
    found = looked_at(files, planted())
    assert sorted(one.file for one in found) == sorted(file.name for file in files)
    assert {one.file: one.faults for one in found if one.faults} == {}
    assert sum(one.what == "read" for one in found) > EACH // 4, "hardly anything is read: the mutants are too coarse to tell"


def test_what_once_broke_something_does_not(tmp_path: Path) -> None:
    files = sorted(path for path in CRASHES.iterdir() if path.suffix != ".md")
    found = looked_at(files, planted(), everything=True)
    assert sorted(one.file for one in found) == sorted(file.name for file in files)
    assert {one.file: one.faults for one in found if one.faults} == {}


@pytest.mark.parametrize("first", [50_000, 50_080])
def test_spoilt_files_merge_to_the_same_any_way(first: int, tmp_path: Path) -> None:
    files = [of_seed(seed) for seed in range(first, first + 80)]
    assert merged_any_way([file.write(tmp_path) for file in files if file.base.name in ("submission", "village", "office", "town", "county", "csv")]) == []


@pytest.mark.parametrize("name", lists.READERS)
def test_spoilt_lists_plans_and_certificates_are_said(name: str, tmp_path: Path) -> None:
    for _, data in lists.spoilt(name, lists.originals()[name], range(30 if name.endswith(".xlsx") else 150)):
        (tmp_path / name).write_bytes(data)
        lists.READERS[name](tmp_path / name)


def test_the_commands_themselves(tmp_path: Path) -> None:
    """Every command that takes strangers' files, on forty at once: codes 0 to 3, the inbox as it was, nothing private on the screen or in the JSON."""
    for name in ("plan.toml", "units.csv"):
        shutil.copy(ROOT / "samples" / name, tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    files = [of_seed(seed).write(inbox) for seed in range(7000, 7040)]
    before = {file.name: file.read_bytes() for file in files}
    said = ""
    for words in (["check", inbox, "--annotate", "marked", "--report", "report.xlsx", "--json", "check.json"],
                  ["merge", inbox, "--period", MONTH, "-o", "merged.xlsx", "--json", "merge.json"],
                  ["merge", inbox, "--period", MONTH, "--strict", "-o", "strict.xlsx"],
                  ["release", inbox, "-o", "released"], ["carry", inbox, "-o", "carried"], ["inspect", inbox, "--cells"]):
        code, out, errors = ledger(*words, folder=tmp_path)
        assert code in (0, 1, 2, 3), (words, errors)
        said += out + errors
    said += (tmp_path / "check.json").read_text(encoding="utf-8") + (tmp_path / "merge.json").read_text(encoding="utf-8")
    assert sorted(value for value in planted() if value in said) == []
    assert {file.name: file.read_bytes() for file in inbox.iterdir()} == before
    assert (tmp_path / "merged.xlsx").exists() and not (tmp_path / "strict.xlsx").exists()
