"""Run `ledger` as a user does: a process of its own, in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


def ledger(*words: str | Path, folder: Path, language: str = "zh") -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    environ = {**os.environ, "LEDGER_LANG": language, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    done = subprocess.run([sys.executable, "-m", "toolkit", *map(str, words)], cwd=folder, env=environ, capture_output=True, text=True,
                          encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def facts(*words: str | Path, folder: Path) -> dict[str, Any]:
    """The JSON of a command, with its exit code checked against the process's."""
    code, out, _ = ledger(*words, "--json", "-", folder=folder)
    found: dict[str, Any] = json.loads(out)
    assert found["exit_code"] == code
    return found
