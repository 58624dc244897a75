"""A bug of ours, forced in the real command: exit 4, one line, and a report that holds places in the code and nothing of anybody's data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.faults.county import county, run, words

#: In the command's own process, before and after reading, while writing; and in a worker.
PLACES = {"toolkit.steps.merge.merged": "zh", "toolkit.tasks.merge.compute": "en", "toolkit.files.merged.write": "zh", "toolkit.steps.read.source_of": "en"}


@pytest.mark.parametrize("place", PLACES)
def test_a_crash_report_holds_no_cell_and_no_variable(place: str, tmp_path: Path) -> None:
    space, reports = county(tmp_path), tmp_path / "reports"
    reports.mkdir()
    code, said = run(space, words("merge", space), FAIL=place, TMPDIR=str(reports), LEDGER_LANG=PLACES[place])
    report = next(reports.glob("ledger-crash-*.txt"))
    text = report.read_text(encoding="utf-8")
    assert code == 4
    assert str(report) in said and len(said.splitlines()) == 1
    for private in ("瑶瑶", "19000000777", "cannot read"):
        assert private not in text and private not in said
    assert "ValueError" in text and "sitecustomize.py" in text
    places = text.splitlines()[3:]
    assert [line for line in places if not re.fullmatch(r"[\w<>]+\.py:\d+ [\w<>]+|ValueError", line)] == []
    assert (space / "new" / "merged.xlsx").read_bytes().startswith("旧".encode())
