"""The handbook: every rule has a page with a wrong and a right row, and can be found by its code and by its words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from toolkit.model.issue import Code, declared
from toolkit.rules import RULES
from toolkit.rules.handbook import RIGHT, WRONG, examples, message, places

HANDBOOK = Path(__file__).parents[2] / "docs" / "rules.md"


@pytest.mark.parametrize("code", declared(), ids=lambda code: code.code)
def test_each_page_shows_wrong_and_right(code: Code) -> None:
    for example in examples(code):
        signs = [row[0] for row in example.rows]
        assert sorted(set(signs)) == sorted((WRONG, RIGHT))
        assert {len(row) for row in example.rows} == {len(example.heading)}
        assert all(cell for row in example.rows for cell in row)
        assert [row[1:] for row in example.rows if row[0] == WRONG] != [row[1:] for row in example.rows if row[0] == RIGHT]


def test_every_code_stands_in_both_indexes() -> None:
    text = HANDBOOK.read_text(encoding="utf-8")
    by_code, by_words = text.split('<a id="index">')[1].split('<a id="words">')
    codes = [code.code for code in declared()]
    assert re.findall(r"\| \[(\w+)\]\(#", by_code) == codes
    assert sorted(re.findall(r"\[(\w+)\]\(#", by_words)) == codes
    assert set(re.findall(r'<a id="(\w+)">', text)) >= set(codes)
    assert all(message(code) in by_words for code in declared())


def test_rules_about_rows_name_their_column() -> None:
    assert {code.code for code in declared() if places(code)} == {rule.code.code for rule in RULES if rule.ledger is not None}
