"""Who holds which post on which day: what rules between sheets and units ask of the staff list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.model.part import Part
from toolkit.model.period import last_day
from toolkit.rules.rule import Ground, lacks
from toolkit.schema import Staff

if TYPE_CHECKING:
    import pandas as pd

_UNIT_OF_NUMBER = re.compile(r"^([1-9]\d{11})-")  # staff numbers begin with the unit's code (DOMAIN 5.6 row 1)
_ALWAYS, _FOREVER = "1900-01-01", "2200-01-01"


def period_of(part: Part) -> str:
    return part.period


def staff_given(ground: Ground) -> frozenset[tuple[str, str]]:
    """(unit, period) whose staff list is here, with its numbers: links to others are not judged (DOMAIN 5.9, Links)."""
    return frozenset((part.unit, part.period) for part in ground.parts if part.ledger == Staff.id and not lacks(part, "staff_id"))


def posts(ground: Ground) -> pd.DataFrame:
    """One line per counted staff row: id, period, unit, level, role, upper, areas, start, end, month_end.

    The index is that of the staff table. A blank or unreadable start or end holds for any day: its own rule speaks.
    """
    import pandas as pd

    c = ground.rows(Staff)
    lines = pd.DataFrame({
        "id": c.staff_id, "period": c.of_part(period_of), "home": c.of_part(lambda part: part.unit), "unit": c.unit_code, "level": c.level,
        "role": c.role, "upper": c.upper_id, "areas": c.area_codes.fillna(""), "start": c.valid_from.fillna(pd.Timestamp(_ALWAYS)),
        "end": c.valid_to.fillna(pd.Timestamp(_FOREVER)), "month_end": c.month_end,
    })
    return lines[ground.counted(Staff)]


def in_office(lines: pd.DataFrame, day: pd.Series[Any]) -> pd.Series[bool]:
    """Whether each line's term contains the day; an unknown day is taken as contained."""
    return ((lines["start"] <= day) & (lines["end"] >= day)) | day.isna()


def named_unit(numbers: pd.Series[Any]) -> pd.Series[Any]:
    """The unit a staff number begins with; missing where it names none."""
    return numbers.str.extract(_UNIT_OF_NUMBER, expand=False)


def elsewhere(ground: Ground, numbers: pd.Series[Any], periods: pd.Series[Any]) -> pd.Series[bool]:
    """Numbers of a unit whose staff list is not here: not checked."""
    given = staff_given(ground)
    units = named_unit(numbers)
    import pandas as pd

    return pd.Series([isinstance(unit, str) and (unit, period) not in given for unit, period in zip(units, periods, strict=True)],
                     index=numbers.index, dtype=bool)


def month_end(period: str) -> pd.Timestamp:
    import pandas as pd

    return pd.Timestamp(last_day(period))
