"""The frame of a month: the service rows that stand in a union, as lines (SPEC 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.model.issue import Issue
from toolkit.model.ledger import PART, Table
from toolkit.model.part import Union, standing
from toolkit.model.unit import at_level
from toolkit.schema import Services
from toolkit.steps import conflicts as disputes
from toolkit.steps.sample import Line


def services_of(union: Union) -> Table | None:
    """The service rows of the parts that stand, by revision and decision."""
    stands = standing(union.parts, disputes.preferred(union.parts, union.decisions))
    table = union.tables.get(Services.id)
    return None if table is None else table.where(table.frame[PART].isin([number for number, holds in enumerate(stands) if holds]))


def frame_of(union: Union) -> tuple[tuple[Line, ...], list[Issue]]:
    """One line per service row. A row without a readable token, or with one that another row has, is an issue; no frame then."""
    table = services_of(union)
    if table is None or not len(table):
        return (), []
    frame = table.frame
    lines: list[Line] = []
    issues: list[Issue] = []
    seen: set[tuple[str, str]] = set()
    for number, unit, token, agreed in zip(frame[PART].tolist(), frame["unit_code"].tolist(), frame["token"].tolist(),
                                           frame["revisit_ok"].fillna(0).tolist(), strict=True):
        part = union.parts[number]
        unit = unit if isinstance(unit, str) else part.unit
        why = "no_token" if not isinstance(token, str) else "token_twice" if (unit, token) in seen else ""
        if why:
            issues.append(Issue("R102", "error", Services.id, part.unit, part.period, part.source.file, part.sheet, params=(("why", why),)))
            continue
        seen.add((unit, token))
        lines.append(Line(unit, token, agreed == 1))
    return tuple(lines), list(dict.fromkeys(issues))


@dataclass(frozen=True)
class Counts:
    """A stratum of a frame: all lines, and those who agreed."""

    unit: str
    total: int
    agreed: int


def counts_of(lines: Sequence[Line], by: str) -> list[Counts]:
    """Lines and agreements by township or county, in code order."""
    found: dict[str, tuple[int, int]] = {}
    for line in lines:
        total, agreed = found.get(at_level(line.unit, by), (0, 0))
        found[at_level(line.unit, by)] = (total + 1, agreed + line.agreed)
    return [Counts(unit, total, agreed) for unit, (total, agreed) in sorted(found.items())]


def only_in_one(first: Sequence[Line], second: Sequence[Line]) -> Mapping[str, tuple[int, int]]:
    """Unit -> lines only in the first, lines only in the second; units that agree are left out."""
    left, right = set(first), set(second)
    found: dict[str, tuple[int, int]] = {}
    for unit in sorted({line.unit for line in left ^ right}):
        found[unit] = (sum(line.unit == unit for line in left - right), sum(line.unit == unit for line in right - left))
    return found
