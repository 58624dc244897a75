"""Administrative units and their 12-digit statistical codes (DOMAIN 3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

#: Levels from the top, with the number of digits that name a unit of that level.
LEVELS = {"province": 2, "prefecture": 4, "county": 6, "township": 9, "village": 12}
LEVEL_ZH = {"province": "省", "prefecture": "市", "county": "县", "township": "乡镇", "village": "村"}


def pad(code: str) -> str:
    """A code of 2, 4, 6 or 9 digits with zeros to the right, 12 digits in all."""
    return code.ljust(12, "0")


def level_of(code: str) -> str:
    """The level of a padded code: the lowest level whose digits are not all zero."""
    for level, start, end in (("village", 9, 12), ("township", 6, 9), ("county", 4, 6), ("prefecture", 2, 4)):
        if code[start:end].strip("0"):
            return level
    return "province"


def stem(code: str) -> str:
    """The significant digits of a padded code."""
    return code[: LEVELS[level_of(code)]]


def at_level(code: str, level: str) -> str:
    """The unit of `level` that contains the unit `code` (itself, if it is of that level or above)."""
    return pad(code[: LEVELS[level]])


def contains(upper: str, lower: str) -> bool:
    """Whether `lower` is `upper` or lies under it."""
    return lower.startswith(stem(upper))


def is_code(text: str) -> bool:
    """Whether the text has the form of a 6-, 9- or 12-digit unit code."""
    return len(text) in (6, 9, 12) and text.isascii() and text.isdigit() and text[0] != "0"


@dataclass(frozen=True)
class Unit:
    """One row of the unit list: padded code, name, and whether it is expected to report."""

    code: str
    name: str
    expected: bool

    @property
    def level(self) -> str:
        return level_of(self.code)


@dataclass(frozen=True)
class Units:
    """The workspace's unit list (区划表), in code order."""

    units: tuple[Unit, ...] = ()
    _by_code: dict[str, Unit] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, units: Iterable[Unit]) -> Units:
        by_code = {unit.code: unit for unit in sorted(units, key=lambda unit: unit.code)}
        return cls(tuple(by_code.values()), by_code)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def __len__(self) -> int:
        return len(self.units)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Unit | None:
        return self._by_code.get(code)

    def name(self, code: str) -> str:
        """The listed name, or the code itself."""
        unit = self._by_code.get(code)
        return unit.name if unit else code

    def parent(self, code: str) -> Unit | None:
        """The nearest listed unit above `code`."""
        digits = stem(code)
        for level in reversed(LEVELS):
            if LEVELS[level] < len(digits):
                unit = self._by_code.get(pad(digits[: LEVELS[level]]))
                if unit is not None:
                    return unit
        return None

    def below(self, code: str) -> tuple[Unit, ...]:
        """The units under `code`, itself included, in code order."""
        return tuple(unit for unit in self.units if contains(code, unit.code))

    def expected_under(self, code: str) -> tuple[Unit, ...]:
        """Who must report in a merge to `code`."""
        return tuple(unit for unit in self.below(code) if unit.expected)

    def named(self, name: str, below: str = "") -> tuple[Unit, ...]:
        """The units with this name, under `below` where it is given."""
        return tuple(unit for unit in self.units if unit.name == name and (not below or contains(below, unit.code)))
