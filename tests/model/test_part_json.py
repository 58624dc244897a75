"""Sources, parts and refusals survive the way through a cell, and nothing but ValueError comes of an edited one."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.issue import Issue
from toolkit.model.part import Part, Refusal, Source
from toolkit.model.part_json import (
    params_from_json,
    params_to_json,
    parts_from_json,
    parts_to_json,
    refusal_from_json,
    refusal_to_json,
    sources_from_json,
    sources_to_json,
)

_text = st.text(max_size=12)
_count = st.integers(0, 9999)
_pairs = st.lists(st.tuples(_text, _count), max_size=3).map(tuple)
_sources = st.builds(Source, _text, _text, _text, _text, _count, _text, _text, _text, _text, _text, _text, _text, st.none() | _count)


@st.composite
def _parts(draw: st.DrawFn) -> tuple[tuple[Source, ...], tuple[Part, ...]]:
    sources = tuple(draw(st.lists(_sources, min_size=1, max_size=3, unique=True)))
    part = st.builds(Part, _text, _text, _text, _count, _text, st.sampled_from(sources), _text, _count, _text, _text, st.none() | st.booleans(),
                     st.none() | _count, _pairs, _pairs, st.dictionaries(_text, _text, max_size=3))
    return sources, tuple(draw(st.lists(part, max_size=4)))


@given(_parts())
def test_parts_round_trip(drawn: tuple[tuple[Source, ...], tuple[Part, ...]]) -> None:
    sources, parts = drawn
    carried = sources_from_json(sources_to_json(sources))
    assert carried == sources
    assert parts_from_json(parts_to_json(parts, sources), carried) == parts


@given(st.none() | st.builds(Refusal, _text, _text, _text, _text, _text, st.none() | _count, _text, _text, _pairs))
def test_refusals_round_trip(refusal: Refusal | None) -> None:
    assert refusal_from_json(refusal_to_json(refusal)) == refusal


@given(st.lists(st.tuples(_text, _text), max_size=3).map(tuple))
def test_params_round_trip(params: tuple[tuple[str, str], ...]) -> None:
    assert params_from_json(params_to_json(params)) == params


SOURCE = Source("a.xlsx", "0" * 64, "990101101201", "2025-09", 0)
PART = Part("990101101201", "2025-09", "staff", 0, "1" * 64, SOURCE)


def test_text_is_compact_sorted_and_chinese() -> None:
    text = refusal_to_json(Refusal("F202", "甲.xlsx", rows=(("staff", 3),)))
    assert text == '{"code":"F202","file":"甲.xlsx","period":"","received":"","revision":null,"rows":[["staff",3]],"sha256":"","unit":"","why":""}'


def test_a_part_needs_its_source() -> None:
    with pytest.raises(ValueError, match="no source"):
        parts_to_json([PART], [])
    with pytest.raises(ValueError, match="without its source"):
        parts_from_json(parts_to_json([PART], [SOURCE]), ())


@pytest.mark.parametrize("text", ["x", "{}", "[1]", "[{}]", "[" * 5000, '[{"file":1}]', "9" * 5000, "null"])
def test_edited_text_raises_value_error_only(text: str) -> None:
    for read in (sources_from_json, lambda cell: parts_from_json(cell, (SOURCE,)), refusal_from_json, params_from_json):
        with pytest.raises(ValueError):
            read("{}" if text == "{}" and read is refusal_from_json else text)


@pytest.mark.parametrize(("old", "new"), [('"rows":0', '"rows":-1'), ('"rows":0', '"rows":true'), ('"rows":0', '"rows":"0"'), ('"source":0', '"source":7'),
                                          ('"zero":null', '"zero":1'), ('"columns":{}', '"columns":{"a":1}'), ('"skipped":[]', '"skipped":[["a"]]'),
                                          ('"unit":', '"unix":')])
def test_wrong_values_are_refused(old: str, new: str) -> None:
    text = parts_to_json([PART], [SOURCE])
    assert old in text
    with pytest.raises(ValueError):
        parts_from_json(text.replace(old, new), (SOURCE,))


def test_reading_issues_are_not_in_the_text() -> None:
    from toolkit.model.issue import Issue

    read = replace(PART, reading=(Issue("G105", "info"),))
    assert parts_from_json(parts_to_json([read], [SOURCE]), (SOURCE,)) == (PART,)


def test_an_issue_is_the_same_after_it_travelled() -> None:
    issue = Issue("G105", "info", "works", "u", "2025-09", "a.xlsx", "工作记录", 5, "D", "type", "k", (("new", "1"),), True, ("工作记录", "D7"))
    assert pickle.loads(pickle.dumps(issue)) == issue
