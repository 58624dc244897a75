"""The manual of the acceptance day, run as it stands: `ledger`, `sha256sum` and the shell give what it prints."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.run import ROOT
from tests.commands.test_transcripts import BLOCK, _matches

PAGES = ("sample.md",)
COMMAND = re.compile(r"^\$ (?P<typed>.*(?:\n> .*)*)\n(?P<printed>(?:(?!\$ ).*\n?)*)", re.M)
BASH = shutil.which("bash") or ""


@pytest.mark.skipif(not (BASH and shutil.which("sha256sum")), reason="needs bash and sha256sum")
@pytest.mark.parametrize("name", PAGES)
def test_manual(name: str, tmp_path: Path) -> None:
    bin_ = tmp_path / "bin"
    work = tmp_path / "work"
    bin_.mkdir()
    work.mkdir()
    shim = bin_ / "ledger"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m toolkit "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    environ = {**os.environ, "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "LEDGER_LANG": "zh", "PYTHONWARNINGS": "error"}
    ran = 0
    for block in BLOCK.finditer((ROOT / "docs" / name).read_text(encoding="utf-8")):
        if block["file"]:
            (work / block["file"]).write_bytes(block["text"].encode())
        elif block["kind"] == "console":
            for command in COMMAND.finditer(block["text"]):
                typed = command["typed"].replace("\n> ", "\n")
                done = subprocess.run([BASH, "-c", typed], cwd=work, env=environ, capture_output=True, text=True, encoding="utf-8", check=False)
                printed = done.stdout + done.stderr + (f"[{done.returncode}]\n" if done.returncode else "")
                ran += 1
                assert _matches(command["printed"], printed), f"{typed}\n{printed}"
    assert ran > 10
