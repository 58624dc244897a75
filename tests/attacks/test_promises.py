"""SECURITY.md: every test and file it names is there, and what it admits is what the tests call visible."""

from __future__ import annotations

import re

from tests.conftest import ROOT
from toolkit.files import budgets

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
TESTS = (ROOT / "tests" / "attacks" / "test_twelve_months.py").read_text(encoding="utf-8")


def test_every_file_named_is_there() -> None:
    named = set(re.findall(r"\b(?:tests|toolkit|scripts)/[\w/]+\.(?:py|md)\b", PAGE))
    assert len(named) > 12
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


def test_every_promise_names_a_test() -> None:
    rows = [line for line in PAGE.split("## Promises")[1].split("## Figures")[0].splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 12
    assert [row for row in rows if not re.search(r"`tests/[\w/]+\.py`", row.rsplit("|", 2)[1])] == []


def test_what_is_visible_is_admitted_in_both_languages() -> None:
    visible = re.findall(r"def test_\w*_(?:is|are)_visible_\w*", TESTS)
    chinese = PAGE.split("### 汇总表里仍看得见的")[1].split("## Promises")[0]
    assert len(re.findall(r"^\d\. ", chinese, re.MULTILINE)) == len(visible) == 7
    for word in ("应问候", "产后服务应提供", "42天提醒应提供", "责任人编号", "--json", "本册密钥"):
        assert word in chinese
    english = PAGE.split("## What a merged working file still shows")[1]
    for word in ("contact_planned", "postnatal_due", "check42_due", "staff_id", "revisit_ok", "record number", "carry", "fall"):
        assert word in english


def test_the_budgets_are_those_of_the_code() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| Budgets"))
    for number in (f"{budgets.LARGEST_FILE >> 20} MiB", f"{budgets.MOST_MEMBERS:,} members", f"{budgets.LARGEST_PARTS >> 20} MiB",
                   f"{budgets.MOST_CELLS:,} used", f"{budgets.MOST_COLUMNS:,} columns", f"{budgets.MOST_MERGED:,} merged", f"{budgets.SECONDS:.0f} s"):
        assert number in row
