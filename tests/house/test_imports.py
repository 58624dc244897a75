"""The house: imports only go down, each third-party name has its place, the lower floors touch nothing outside."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FLOORS = {"model": 0, "schema": 1, "rules": 2, "steps": 3, "files": 3, "tasks": 4, "cli": 5, "excel": 5}
#: cli and excel show what tasks return; they reach for nothing between.
ONLY = {"cli": {"tasks", "model"}, "excel": {"tasks", "model"}}

#: Third-party name -> where it may be imported (beginnings of paths under toolkit/).
PLACES = {
    "chinese_calendar": ("files/", "rules/"),
    "click": ("cli/",),
    "dask": ("tasks/pool",),
    "distributed": ("tasks/pool",),
    "docx": ("files/docx",),
    "jinja2": ("files/html",),
    "lxml": ("files/package",),
    "msoffcrypto": ("files/seal",),
    "numpy": ("",),
    "openpyxl": ("files/", "tasks/"),
    "pandas": ("",),
    "pyarrow": ("files/parquet",),
    "python_calamine": ("files/spreadsheets", "tasks/pool"),  # the pool loads it before it draws the memory limit
    "xlsxwriter": ("files/",),
    "xlwings": ("excel/",),
    "xlwt": ("files/",),
}
#: Distribution -> the name it is imported by, where they differ.
IMPORTED_AS = {"chinesecalendar": "chinese_calendar", "python-calamine": "python_calamine", "python-docx": "docx", "XlsxWriter": "xlsxwriter",
               "Jinja2": "jinja2", "python-stdnum": "stdnum", "msoffcrypto-tool": "msoffcrypto"}
#: Declared and not imported by name: pandas keeps its text columns in pyarrow; openpyxl is named in the order for this
#: software and waits for the look into other people's structure.
UNNAMED = {"openpyxl", "pyarrow"}

PURE = ("model", "schema", "rules", "steps")
IMPURE_MODULES = {"http", "locale", "os", "secrets", "shutil", "socket", "subprocess", "tempfile", "time", "urllib"}
IMPURE_CALLS = {"open", "print", "input"}
IMPURE_METHODS = {"now", "today", "utcnow", "read_text", "write_text", "read_bytes", "write_bytes", "getenv"}
NETWORK = {"ftplib", "http", "requests", "smtplib", "socket", "urllib", "httpx"}

#: What `ledger --help` must not wait for.
HEAVY = ("docx", "jinja2", "lxml", "numpy", "openpyxl", "pandas", "pyarrow", "python_calamine", "xlsxwriter", "xlwings")


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import, those inside functions too; `from toolkit import x` names `toolkit.x`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            if base == "toolkit":
                for alias in node.names:
                    yield node.lineno, f"toolkit.{alias.name}"
            else:
                yield node.lineno, base


def floor_faults(path: str, tree: ast.AST) -> Iterator[str]:
    """`path`: under toolkit/, as `steps/read.py`."""
    here = path.split("/")[0]
    for line, name in imports(tree):
        if name.startswith("."):
            yield f"{path}:{line} {name} is relative"
        there = name.split(".")[1] if name.startswith("toolkit.") else ""
        if there not in FLOORS or here not in FLOORS or there == here:
            continue
        allowed = there in ONLY[here] if here in ONLY else FLOORS[there] < FLOORS[here]
        if not allowed:
            yield f"{path}:{line} {here} imports {there}"


def place_faults(path: str, tree: ast.AST) -> Iterator[str]:
    for line, name in imports(tree):
        top = name.split(".")[0]
        if not top or top == "toolkit" or top in sys.stdlib_module_names:
            continue
        if not any(path.startswith(place) for place in PLACES.get(top, ())):
            yield f"{path}:{line} {top}"


def outside_faults(path: str, tree: ast.AST) -> Iterator[str]:
    """What the lower floors do that only the rim may: files, clock, environment, terminal."""
    for line, name in imports(tree):
        if name.split(".")[0] in IMPURE_MODULES:
            yield f"{path}:{line} import {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in IMPURE_CALLS:
                yield f"{path}:{node.lineno} {called.id}()"
            elif isinstance(called, ast.Attribute) and called.attr in IMPURE_METHODS:
                yield f"{path}:{node.lineno} .{called.attr}()"


def trees() -> Iterator[tuple[str, ast.AST]]:
    for file in sorted((ROOT / "toolkit").rglob("*.py")):
        yield file.relative_to(ROOT / "toolkit").as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def test_imports_only_go_down() -> None:
    assert [fault for path, tree in trees() for fault in floor_faults(path, tree)] == []


def test_every_package_has_a_floor() -> None:
    packages = {path.split("/")[0] for path, _ in trees() if "/" in path}
    assert packages - FLOORS.keys() == set()


def test_third_party_names_have_one_place() -> None:
    assert [fault for path, tree in trees() for fault in place_faults(path, tree)] == []


def test_lower_floors_touch_nothing_outside() -> None:
    assert [fault for path, tree in trees() if path.split("/")[0] in PURE for fault in outside_faults(path, tree)] == []


def test_no_network() -> None:
    found = [f"{path}:{line} {name}" for path, tree in trees() for line, name in imports(tree) if name.split(".")[0] in NETWORK]
    assert found == []


def test_declared_and_imported_libraries_are_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = _import_names(project["dependencies"])
    optional = _import_names([one for extra in project["optional-dependencies"].values() for one in extra])
    imported = {name.split(".")[0] for _, tree in trees() for _, name in imports(tree)} - set(sys.stdlib_module_names) - {"toolkit"}
    assert sorted(imported - required - optional) == []
    assert sorted(required - imported - UNNAMED) == []


def test_tests_use_declared_libraries() -> None:
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = _import_names([*content["project"]["dependencies"], *content["dependency-groups"]["dev"]])
    files = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "scripts").glob("*.py")]
    ours = {"toolkit", "tests", "benchmarks", "uno", "com", *(path.stem for path in (ROOT / "scripts").glob("*.py")), ""}  # com: of LibreOffice; "": from .
    imported = {name.split(".")[0] for file in files for _, name in imports(ast.parse(file.read_text(encoding="utf-8")))}
    assert sorted(imported - set(sys.stdlib_module_names) - ours - declared) == []


def _import_names(requirements: list[str]) -> set[str]:
    names = [re.split(r"[<>=!;\[ ]", one)[0] for one in requirements]
    return {IMPORTED_AS.get(name, name) for name in names}


def test_help_waits_for_nothing_heavy() -> None:
    code = f"import sys, toolkit.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]"]


def test_the_checks_find_what_they_look_for() -> None:
    source = """
import os
from toolkit.files import workspace
from toolkit import cli, __version__
from . import near
def f():
    import click
    import pandas as pd
    print(open("x"), pd.Timestamp.now())
"""
    tree = ast.parse(source)
    assert list(floor_faults("steps/x.py", tree)) == [
        "steps/x.py:3 steps imports files", "steps/x.py:4 steps imports cli", "steps/x.py:5 . is relative",
    ]
    assert list(place_faults("steps/x.py", tree)) == ["steps/x.py:7 click"]
    assert sorted(outside_faults("steps/x.py", tree)) == [
        "steps/x.py:2 import os", "steps/x.py:9 .now()", "steps/x.py:9 open()", "steps/x.py:9 print()",
    ]
    assert list(floor_faults("cli/x.py", tree)) == ["cli/x.py:3 cli imports files", "cli/x.py:5 . is relative"]
