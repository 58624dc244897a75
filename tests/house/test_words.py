"""What may not stand in a committed file, and how long a module and a line may be."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: One machine's paths, programs that only wrote or carried the text, addresses of package registries. The brackets
#: keep this list from finding itself.
FORBIDDEN = (
    r"/wor[k]/", r"/tm[p]/", r"/roo[t]/", r"/hom[e]/\w", r"[C]:\\Users",
    r"\bclaud[e]\b", r"\banthropi[c]\b", r"\bopena[i]\b", r"\bchatgp[t]\b", r"\bcopilo[t]\b",
    r"pypi\.or[g]", r"pythonhoste[d]", r"index-ur[l]", r"extra-inde[x]",
)
#: A library whose name is a warning: modules that come to own everything are called so.
NAMELESS = ("utils", "helpers", "manager", "common", "misc")

LONGEST_MODULE = 400
#: Longer for a reason: one table or list that reads worse in two places.
LONG_MODULES: set[str] = set()
LONGEST_LINE = 160  # characters; a Chinese one counts once
NOT_OURS = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__", "build", "dist"}


def committed() -> list[Path]:
    """Files git knows or would take; without git (a downloaded archive), all but caches."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True,
                                check=True).stdout.decode()
        return sorted({path for name in listed.split("\0") if name and (path := ROOT / name).is_file()})
    except (OSError, subprocess.CalledProcessError):
        return sorted(path for path in ROOT.rglob("*") if path.is_file() and not NOT_OURS & set(path.relative_to(ROOT).parts))


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every committed text file."""
    for path in committed():
        raw = path.read_bytes()
        if b"\0" in raw[:8192]:
            continue
        try:
            yield path.relative_to(ROOT).as_posix(), raw.decode("utf-8")
        except UnicodeDecodeError:
            continue  # a csv in another encoding, kept as an example of one


def forbidden_words(name: str, text: str) -> list[str]:
    return [f"{name}:{text.count(chr(10), 0, found.start()) + 1} {found[0]}"
            for pattern in FORBIDDEN for found in re.finditer(pattern, text, re.IGNORECASE)]


def modules() -> Iterator[tuple[str, list[str]]]:
    for name, text in texts():
        if name.endswith(".py"):
            yield name, text.splitlines()


def test_no_forbidden_words() -> None:
    assert [fault for name, text in texts() for fault in forbidden_words(name, text)] == []


def test_the_search_finds_a_forbidden_word() -> None:
    assert forbidden_words("a.md", "fine\nsee /TM" + "P/x") == ["a.md:2 /TM" + "P/"]


def test_modules_are_short() -> None:
    long = {name for name, lines in modules() if len(lines) > LONGEST_MODULE and not name.startswith("tests/")}
    assert sorted(long - LONG_MODULES) == []
    assert sorted(LONG_MODULES - long) == []  # nothing stays listed that has become short


#: Files typed by other programs' scripts, and workbooks as text tables: a row of a workbook stays on one line.
LONG_ROWS = ("tests/data/", "tests/reading/test_held_out.py")


def test_lines_are_short() -> None:
    assert [f"{name}:{number}" for name, lines in modules() if not name.startswith(LONG_ROWS)
            for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE] == []


def test_no_module_is_named_for_nothing() -> None:
    assert [name for name, _ in modules() if Path(name).stem in NAMELESS] == []


def test_every_text_ends_with_a_newline_and_has_no_carriage_return() -> None:
    kinds = (".py", ".md", ".toml", ".jinja")
    assert [name for name, text in texts() if name.endswith(kinds) and text and (not text.endswith("\n") or "\r" in text)] == []
