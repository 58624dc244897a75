"""Transcripts run as tests: in `*.md` here, `$ ledger …` is run and what follows must be what is printed.

A line `[...]` stands for any lines, `[…]` inside a line for any text. `<!-- file: NAME -->` before a block writes it.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.commands.run import ledger

HERE = Path(__file__).parent
BLOCK = re.compile(r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w*)\n(?P<text>.*?)```", re.S)


@pytest.mark.parametrize("page", sorted(HERE.glob("*.md")), ids=lambda page: page.stem)
def test_transcript(page: Path, tmp_path: Path) -> None:
    ran = 0
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if block["file"]:
            path = tmp_path / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["text"], encoding="utf-8")
        elif block["kind"] == "console":
            for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n?)*)", block["text"], re.M):
                words = shlex.split(command)
                language = "en" if words[0].startswith("LEDGER_LANG=en") else "zh"
                code, out, err = ledger(*words[words.index("ledger") + 1:], folder=tmp_path, language=language)
                ran += 1
                assert _matches(expected, out + err + (f"[{code}]\n" if code else "")), f"{command}\n{out}{err}[{code}]"
    assert ran


def _matches(expected: str, printed: str) -> bool:
    """Line by line, so that a page of many `[...]` takes no longer than its length times its marks."""
    wanted, lines = expected.strip("\n").split("\n"), printed.strip("\n").split("\n")
    reached = {0}  # how many printed lines may be used up so far
    for line in wanted:
        if line == "[...]":
            reached = set(range(min(reached, default=len(lines) + 1), len(lines) + 1))
        else:
            pattern = re.compile(re.escape(line).replace(re.escape("[…]"), ".*?"))
            reached = {at + 1 for at in reached if at < len(lines) and pattern.fullmatch(lines[at])}
    return len(lines) in reached
