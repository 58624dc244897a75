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
    _spoken: dict[str, tuple[Unit, ...]] = field(default_factory=dict, repr=False, compare=False)

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
        """The units with this name, under `below` where it is given; else those people call so: 甲山乡一村, 一村."""
        exact = tuple(unit for unit in self.units if unit.name == name and (not below or contains(below, unit.code)))
        return exact or tuple(unit for unit in self.spoken().get(name, ()) if not below or contains(below, unit.code))

    def inside(self, text: str) -> tuple[Unit, ...]:
        """The units whose name stands in a text, the longest name found; several where it is not clear which is meant."""
        found = {name: units for name, units in self.spoken().items() if name in text and _whole(name, text)}
        longest = max(map(len, found), default=0)
        return tuple({unit.code: unit for name, units in found.items() if len(name) == longest for unit in units}.values())

    def spoken(self) -> dict[str, tuple[Unit, ...]]:
        """Every name a unit goes by, with or without those above it: 示例县甲山乡一村, 甲山乡一村, 一村."""
        if not self._spoken:
            own: dict[str, str] = {}
            forms: dict[str, list[Unit]] = {}
            for unit in self.units:  # in code order: parents first
                chain = self._above(unit.code)
                full = "".join(own[above.code] for above in chain)
                prefixes = sorted({above.name for above in chain} | {full}, key=len, reverse=True)
                own[unit.code] = next((unit.name.removeprefix(text) for text in prefixes if text and unit.name.startswith(text)), unit.name)
                names = {unit.name, own[unit.code]}
                for start in range(len(chain)):
                    names.add("".join(own[above.code] for above in chain[start:]) + own[unit.code])
                for name in names - {""}:
                    forms.setdefault(name, []).append(unit)
            self._spoken.update({name: tuple(units) for name, units in forms.items()})
        return self._spoken

    def _above(self, code: str) -> list[Unit]:
        """The listed units above one, the highest first."""
        chain: list[Unit] = []
        above = self.parent(code)
        while above is not None:
            chain.insert(0, above)
            above = self.parent(above.code)
        return chain


def _whole(name: str, text: str) -> bool:
    """Whether a name stands in a text by itself: 一村 is not in 十一村."""
    at = text.find(name)
    while at >= 0:
        if not (at and name[0] in _NUMERALS and text[at - 1] in _NUMERALS):
            return True
        at = text.find(name, at + 1)
    return False


_NUMERALS = frozenset("一二三四五六七八九十百零〇0123456789")
