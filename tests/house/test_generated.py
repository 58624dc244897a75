"""What is generated is committed as it would be generated now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_generated_files_are_current() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "build.py"), "--check"], cwd=ROOT, capture_output=True, text=True,
                          encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_build_script_is_behind_the_one_door() -> None:
    door = (ROOT / "scripts" / "build.py").read_text(encoding="utf-8")
    assert [path.name for path in sorted((ROOT / "scripts").glob("build_*.py")) if f'"{path.name}"' not in door] == []
