"""A page opened in real headless Chromium, as its scripts leave it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

PROGRAM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), "")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--virtual-time-budget=20000")
needs_chromium = pytest.mark.skipif(not PROGRAM, reason="needs Chromium")


def dom(page: Path) -> str:
    """The document after its scripts have run, from a file: address and an empty profile."""
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run([PROGRAM, *QUIET, f"--user-data-dir={profile}", "--dump-dom", page.absolute().as_uri()], capture_output=True,
                              timeout=180, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return done.stdout.decode()
