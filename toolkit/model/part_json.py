"""Sources, parts and refusals as JSON text, the form in which a merged workbook carries them (SPEC 6.6).

Texts are compact, with sorted keys, so equal values give equal text. Every `..._from_json` raises ValueError and
nothing else where a text was edited or cut.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toolkit.model.approval import STATES
from toolkit.model.part import Part, Refusal, Source
from toolkit.model.unit import LEVELS

_Check = Callable[[object], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_count_or_none(value: object) -> bool:
    return value is None or _is_count(value)


def _is_bool_or_none(value: object) -> bool:
    return value is None or isinstance(value, bool)


def _is_pairs(value: object) -> bool:
    """A list of [text, count]."""
    return isinstance(value, list) and all(isinstance(pair, list) and len(pair) == 2 and _is_text(pair[0]) and _is_count(pair[1])
                                           for pair in value)


def _is_places(value: object) -> bool:
    """A list of [field, sheet, cell]."""
    return isinstance(value, list) and all(isinstance(place, list) and len(place) == 3 and all(map(_is_text, place)) for place in value)


def _is_approvals(value: object) -> bool:
    """A list of [unit, state]."""
    return isinstance(value, list) and all(isinstance(pair, list) and len(pair) == 2 and all(map(_is_text, pair)) and pair[1] in STATES
                                           and len(pair[0]) == LEVELS["village"] and pair[0].isdecimal() for pair in value)


def _is_texts(value: object) -> bool:
    """An object of texts."""
    return isinstance(value, dict) and all(_is_text(text) for text in value.values())


_SOURCE: Mapping[str, _Check] = {
    "file": _is_text, "sha256": _is_text, "unit": _is_text, "period": _is_text, "revision": _is_count, "kind": _is_text,
    "unit_name": _is_text, "plan_id": _is_text, "template": _is_text, "prepared_by": _is_text, "reviewed_by": _is_text,
    "prepared_on": _is_text, "reason": _is_count_or_none, "places": _is_places,
}
_PART: Mapping[str, _Check] = {
    "unit": _is_text, "period": _is_text, "ledger": _is_text, "revision": _is_count, "digest": _is_text, "source": _is_count,
    "sheet": _is_text, "rows": _is_count, "filled_on": _is_text, "received": _is_text, "zero": _is_bool_or_none,
    "police_transfers": _is_count_or_none, "set_aside": _is_pairs, "skipped": _is_pairs, "columns": _is_texts, "approvals": _is_approvals,
}
#: Left out where there are none.
_OPTIONAL = {"approvals"}
_REFUSAL: Mapping[str, _Check] = {
    "code": _is_text, "file": _is_text, "sha256": _is_text, "unit": _is_text, "period": _is_text, "revision": _is_count_or_none,
    "why": _is_text, "received": _is_text, "rows": _is_pairs,
}


def sources_to_json(sources: Sequence[Source]) -> str:
    """A list of objects, one for each source."""
    return _text([{name: getattr(source, name) for name in _SOURCE} for source in sources])


def sources_from_json(text: str) -> tuple[Source, ...]:
    """The sources of a text; blank text has none."""
    return tuple(Source(**facts | {"places": tuple(tuple(place) for place in facts["places"])}) for facts in _objects(text, _SOURCE))


def parts_to_json(parts: Sequence[Part], sources: Sequence[Source]) -> str:
    """A list of objects, one for each part, its source as a position in `sources`. Reading issues are not in it.

    Raises ValueError where a part's source is not among `sources`.
    """
    position = {source: index for index, source in enumerate(sources)}
    objects = []
    for part in parts:
        if part.source not in position:
            raise ValueError(f"no source of {part.unit} {part.period} {part.ledger}")
        facts = {name: getattr(part, name) for name in _PART if name not in _OPTIONAL or getattr(part, name)}
        objects.append(facts | {"source": position[part.source], "columns": dict(part.columns)})
    return _text(objects)


def parts_from_json(text: str, sources: Sequence[Source]) -> tuple[Part, ...]:
    """The parts of a text, without reading issues; blank text has none."""
    parts = []
    for facts in _objects(text, _PART):
        if facts["source"] >= len(sources):
            raise ValueError("a part without its source")
        parts.append(Part(**facts | {"source": sources[facts["source"]], "set_aside": _pairs(facts["set_aside"]),
                                     "skipped": _pairs(facts["skipped"]),
                                     "approvals": tuple((unit, state) for unit, state in facts.get("approvals", ()))}))
    return tuple(parts)


def refusal_to_json(refusal: Refusal | None) -> str:
    """An object, or blank text for none."""
    return "" if refusal is None else _text({name: getattr(refusal, name) for name in _REFUSAL})


def refusal_from_json(text: str) -> Refusal | None:
    """The refusal of a text; blank text is none."""
    if not text.strip():
        return None
    facts = _checked(_parsed(text), _REFUSAL)
    return Refusal(**facts | {"rows": _pairs(facts["rows"])})


def params_to_json(params: Sequence[tuple[str, str]]) -> str:
    """What fills an issue's sentence, as a list of [name, text]; blank text for none."""
    return _text(params) if params else ""


def params_from_json(text: str) -> tuple[tuple[str, str], ...]:
    """The reverse of `params_to_json`."""
    found = _parsed(text) if text.strip() else []
    if not isinstance(found, list) or not all(isinstance(pair, list) and len(pair) == 2 and all(map(_is_text, pair)) for pair in found):
        raise ValueError("not a list of names and texts")
    return tuple((name, value) for name, value in found)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _objects(text: str, checks: Mapping[str, _Check]) -> list[dict[str, Any]]:
    found = _parsed(text) if text.strip() else []
    if not isinstance(found, list):
        raise ValueError("not a list")
    return [_checked(facts, checks) for facts in found]


def _checked(facts: object, checks: Mapping[str, _Check]) -> dict[str, Any]:
    """The object, if it has exactly the names wanted and every value is of its kind."""
    if not isinstance(facts, dict) or not set(checks) - _OPTIONAL <= set(facts) <= set(checks):
        raise ValueError("not the names expected")
    wrong = [name for name, check in checks.items() if name in facts and not check(facts[name])]
    if wrong:
        raise ValueError(f"wrong value of {wrong[0]}")
    return facts


def _pairs(found: list[list[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((name, number) for name, number in found)
