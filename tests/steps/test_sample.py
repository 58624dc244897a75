"""The draw: published vectors, frames that are none, certificates that do not hold."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit.steps.sample import (
    Line,
    Terms,
    Unusable,
    as_json,
    canonical,
    certificate_digest,
    draw,
    frame_bytes,
    frame_digest,
    key,
    parse_frame,
    seed_fault,
    sizes,
)
from toolkit.steps.sample_verify import verify

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "data" / "sample" / "vectors.json").read_text(encoding="utf-8"))


def lines_of(vector: dict[str, Any]) -> tuple[Line, ...]:
    lines = parse_frame(vector["frame"].encode())
    assert not isinstance(lines, Unusable)
    return lines


def certificate_of(vector: dict[str, Any]) -> dict[str, Any]:
    terms = Terms(vector["period"], vector["seed"], vector["rate"], vector["by"], made="样例骰子", software="test")
    return as_json(draw(lines_of(vector), terms))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_published_vectors(vector: dict[str, Any]) -> None:
    made = certificate_of(vector)
    assert frame_bytes(lines_of(vector)) == vector["frame"].encode()
    assert (made["M"], key(vector["period"], vector["seed"])) == (vector["M"], vector["K"])
    assert (made["drawn"], made["reserves"]) == (vector["drawn"], vector["reserves"])
    assert verify(made, lines_of(vector)) == []
    assert verify(made, None) == []


A, B = "990101101201\t0123456789ab\ty\n", "990101101202\t0123456789ab\tn\n"


@pytest.mark.parametrize(("text", "why", "line"), [
    (b"\xef\xbb\xbf" + A.encode(), "frame_bom", 1), ((A + B).replace("\n", "\r\n").encode(), "frame_crlf", 1), ((A + B)[:-1].encode(), "frame_end", 2),
    ((A + A).encode(), "frame_twice", 2), ((A.replace("y", "n") + A).encode(), "frame_twice", 2), ((B + A).encode(), "frame_order", 2),
    ((A + B.replace("\t", " ")).encode(), "frame_line", 2), (A.upper().encode(), "frame_line", 1), ((A + "\n").encode(), "frame_line", 2),
    ("９90101101201\t0123456789ab\ty\n".encode(), "frame_line", 1), (A.encode() + b"\xff\n", "frame_line", 2)])
def test_frames_that_are_none(text: bytes, why: str, line: int) -> None:
    assert parse_frame(text) == Unusable(why, line)


def test_an_empty_frame_is_a_frame() -> None:
    assert parse_frame(b"") == ()
    assert frame_digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(("seed", "fault"), [
    ("40317255601883462975", ""), ("00000000000000000000", ""), ("4031725560188346297", "weak"), ("", "blank"), ("４０３１７２５５６０１８８３４６２９７５", "weak"),
    ("40317 25560 18834 62975", "spaces"), ("40317255601883462975\n", "spaces"), ("40317255601883462975\u200b", "spaces"), ("第一轮40317255601883462975", "")])
def test_seeds(seed: str, fault: str) -> None:
    assert seed_fault(seed) == fault


def test_sizes_are_exact() -> None:
    assert [sizes(total, total, "1/20")[1] for total in (0, 1, 20, 21, 40, 41, 10**9)] == [0, 1, 1, 2, 2, 3, 5 * 10**7]
    assert [sizes(60, agreed, "1/20") for agreed in (0, 2, 60)] == [(3, 0), (3, 2), (3, 3)]
    assert sizes(3, 3, "1/5", floor=2) == (2, 2)


# ------------------------------------------------------------------------------------------------ what does not hold


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every leaf."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if entries is None:
        yield path
        return
    for name, inner in entries:
        yield from leaves(inner, (*path, name))


def changed(value: Any) -> Any:
    """Another value of the same kind, as near as may be."""
    if isinstance(value, int):
        return value + 1
    return value[:-1] + ("1" if value[-1:] != "1" else "2")


def mutations(facts: dict[str, Any]) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    for path in leaves(facts):
        mutated = copy.deepcopy(facts)
        place: Any = mutated
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = changed(place[path[-1]])
        yield path, mutated


FULL = next(vector for vector in VECTORS if vector["name"] == "rate one in five")


@pytest.mark.parametrize("with_frame", [True, False])
def test_every_leaf_changed_is_found(with_frame: bool) -> None:
    facts, lines = certificate_of(FULL), lines_of(FULL) if with_frame else None
    missed = [path for path, mutated in mutations(facts) if not verify(mutated, lines)]
    assert (len(list(leaves(facts))) > 80, missed) == (True, [])


#: What nothing but the two signatures vouches for: how the seed was made, and by which program.
UNSIGNED = {"made", "software"}


def test_a_forger_who_renews_the_digest_is_found_too() -> None:
    facts, lines = certificate_of(FULL), lines_of(FULL)
    passed = []
    for path, mutated in mutations(facts):
        if path != ("digest",):
            mutated["digest"] = certificate_digest(mutated)
            if not verify(mutated, lines):
                passed.append(path[0])
    assert set(passed) == UNSIGNED


def test_missing_extra_and_strange_leaves_are_found() -> None:
    facts, lines = certificate_of(FULL), lines_of(FULL)
    for name in facts:
        assert verify({key_: value for key_, value in facts.items() if key_ != name}, lines) != []
    for strange in ({**facts, "more": 1}, {**facts, "drawn": facts["drawn"][1:]}, {**facts, "drawn": [*facts["drawn"], facts["drawn"][0]]},
                    {**facts, "drawn": facts["drawn"][::-1]}, {**facts, "N": True}, {**facts, "S": None}, {**facts, "S": "\ud800" * 30},
                    {**facts, "rate": "1/100"}, {**facts, "rate": "0/0"}, {**facts, "strata": "none"}, {**facts, "drawn": [1]}, [], None, "text"):
        assert verify(strange, lines) != []
        assert verify(strange, None) != []


def test_a_lower_rate_than_one_in_twenty_does_not_pass() -> None:
    made = as_json(draw(lines_of(FULL), Terms("2025-09", FULL["seed"], "1/30", "county")))
    assert [one.path for one in verify(made, lines_of(FULL))] == ["rate"]


def test_the_digest_is_of_canonical_json() -> None:
    facts = certificate_of(FULL)
    assert canonical({"b": 1, "a": ["é", "e\u0301"]}) == '{"a":["é","é"],"b":1}'
    assert certificate_digest(facts) == certificate_digest(dict(reversed(facts.items()))) == facts["digest"]
