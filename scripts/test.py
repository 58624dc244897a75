"""Set up all that the tests need and run them: ruff, mypy, generated files current, pytest.

    python3 scripts/test.py                    everything; this is what CI runs
    python3 scripts/test.py --check            all but pytest
    python3 scripts/test.py tests/rules -k C1  words after it go to pytest

Standard library only, Windows too. As root on Debian or Ubuntu it installs the programs and fonts some tests need;
elsewhere those tests are skipped with the reason shown. Where CI is set, a skipped test is a failed one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import setup

#: What some tests need beside Python: name, whether it is there, Debian packages that bring it (the first that exists).
Need = tuple[str, Callable[[], bool], tuple[str, ...]]


def needs() -> list[Need]:
    return [
        ("LibreOffice", lambda: _program("soffice", "libreoffice"), ("libreoffice-calc",)),
        ("LibreOffice UNO", lambda: Path("/usr/lib/python3/dist-packages/uno.py").exists(), ("python3-uno",)),
        ("Chromium", lambda: _program("chromium", "chromium-browser", "google-chrome"), ("chromium", "chromium-browser")),
        ("pdftoppm", lambda: _program("pdftoppm"), ("poppler-utils",)),
        ("fontconfig", lambda: _program("fc-list"), ("fontconfig",)),
        ("Carlito", lambda: _font(":family=Carlito"), ("fonts-crosextra-carlito",)),
        ("CJK font", lambda: _font(":lang=zh-cn"), ("fonts-noto-cjk",)),
    ]


def _program(*names: str) -> bool:
    return any(shutil.which(name) for name in names)


def _font(pattern: str) -> bool:
    if not _program("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", pattern], capture_output=True, check=False).stdout.strip())


def install_programs() -> None:
    """Bring what is missing where we may; say what is missing where we may not."""
    missing = [need for need in needs() if not need[1]()]
    if not missing:
        return
    names = ", ".join(name for name, _, _ in missing)
    if not _is_debian_root():
        print(f"Not found: {names}. Tests that need them are skipped and say so.", flush=True)
        return
    print(f"Installing with apt-get: {names}", flush=True)
    _apt("update")
    first = [packages[0] for _, _, packages in missing]
    if _apt("install", *first):
        return
    for name, there, packages in missing:  # one that does not exist here must not keep the others away
        if not there() and not any(_apt("install", package) and there() for package in packages):
            print(f"Could not install {name}. Tests that need it are skipped and say so.", flush=True)


def _is_debian_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and _program("apt-get") and Path("/etc/debian_version").exists()


def _apt(verb: str, *packages: str) -> bool:
    options = ["--yes", "--no-install-recommends"] if verb == "install" else []
    command = ["apt-get", "--quiet=2", verb, *options, *packages]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0


def run(title: str, command: list[str]) -> tuple[str, bool]:
    """One step, its output shown as it comes."""
    print(f"\n== {title}", flush=True)
    started = time.monotonic()
    passed = subprocess.run(command, cwd=setup.ROOT, check=False).returncode == 0
    print(f"== {title}: {'passed' if passed else 'FAILED'}, {time.monotonic() - started:.0f} s", flush=True)
    return title, passed


def main(words: list[str]) -> int:
    setup.plain_output()
    only_checks = "--check" in words
    if not only_checks:
        install_programs()
    python = str(setup.ready(dev=True))
    results = [
        run("ruff", [python, "-m", "ruff", "check", "."]),
        run("mypy --strict", [python, "-m", "mypy"]),
        run("generated files current", [python, "scripts/build.py", "--check"]),
    ]
    failed = [title for title, passed in results if not passed]
    if not only_checks:
        print("\n== pytest", flush=True)
        # Two workers, a file to each: what a file prepares (a LibreOffice, a merged county) is made once.
        rest = [word for word in words if word != "--check"]
        code = subprocess.run([python, "-m", "pytest", "-n", "2", "--dist", "loadfile", *rest], cwd=setup.ROOT, check=False).returncode
        failed += ["pytest"] if code else []
    # Where all is well pytest's own closing line stays the last one.
    if failed:
        print(f"\nFAILED: {', '.join(failed)}", flush=True)
    elif only_checks:
        print("\nAll checks passed.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
