"""Between sheets: whoever serves is on the list and in office, every unit has somebody, nobody has too much.

Judged only where both ends are here (DOMAIN 5.9, Links): a number of a unit that sent no list is not checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.model.part import Part
from toolkit.rules.cells import ROLES_WITH_AREA, past, true
from toolkit.rules.posts import elsewhere, in_office, period_of, posts, staff_given
from toolkit.rules.rule import Ground, Hits, Rows, ground_rule
from toolkit.schema import Pregnancies, Services, Staff, Visits

if TYPE_CHECKING:
    import pandas as pd

VILLAGE_LEVEL = 3  # 村居 and below


@ground_rule("V105", "error", local=True, zh="随访人不在包保名单上，或那天不在岗",
             en="the visitor is not on the staff list, or was not in office that day",
             todo_zh="请核对随访人编号，或在包保名单中补上此人及起止日期。",
             todo_en="Check the number, or add the person with the term of office to 包保名单.", source="只有名单上在岗的人可以提供服务",
             bad="随访人编号在包保名单里没有，或那天已离岗", good="随访人在名单上，那天在岗")
def visitor_not_active(ground: Ground) -> list[Hits]:
    if not ground.has(Visits, Staff):
        return []
    c = ground.rows(Visits)
    period = c.of_part(period_of)
    day = c.visit_date.where(past(c, "visit_date"))
    lines = posts(ground)
    found = _any_line(c.staff_id, period, day, lines)
    judged = c.staff_id.notna() & _list_here(ground, c) & ~(~found["known"] & elsewhere(ground, c.staff_id, period))
    return [Hits(judged & ~found["serving"], Visits, "staff_id")]


@ground_rule("X102", "error", zh="责任人不属于该村或已离岗", en="the responsible person is not of this village or has left",
             todo_zh="请在孕产妇台账改填本村在岗的责任人，或补全包保名单。",
             todo_en="Enter a person of this village who is in office, or complete 包保名单.", source="每条服务记录都要有在岗的责任人；查的是单位的安排",
             bad="责任人已离岗，记录没有交接", good="责任人在本村名单上，月末在岗")
def responsible_not_active(ground: Ground) -> list[Hits]:
    """At the month's end. A number that the village's list does not have arrives here as a blank."""
    if not ground.has(Services, Staff):
        return []
    c = ground.rows(Services)
    period = c.of_part(period_of)
    found = _any_line(c.staff_id, period, c.month_end, posts(ground), of_unit=c.unit_code)
    unread = ground.tables[Services.id].unknown("staff_id")
    own = true(c.unit_code == c.of_part(lambda part: part.unit))  # else the unit is in doubt, and that is said (G104, G301, G303)
    judged = _list_here(ground, c) & own & ~unread & ~(~found["known"] & elsewhere(ground, c.staff_id, period)) & ~_said_in_book(ground)
    return [Hits(judged & ~found["serving"] & ground.counted(Services), Services, "staff_id")]


@ground_rule("S202", "error", zh="{unit}无在岗责任人", en="{unit} has no active responsible person", todo_zh="请确定责任人，在包保名单中补上。",
             todo_en="Appoint somebody and enter the person in 包保名单.", source="每个应报单位至少有一名在岗责任人；查的是单位的安排",
             bad="本村名单上的人都已离岗", good="名单上有一名在岗的村专干")
def nobody_in_office(ground: Ground) -> list[Hits]:
    """Expected units whose own list is here. In a village a person with an area counts, in an office anyone on its list."""
    if ground.units is None or not ground.has(Staff):
        return []
    lines = posts(ground)
    responsible = true(lines["role"].isin(ROLES_WITH_AREA)) | lines["role"].isna() | lines["home"].astype("str").str.endswith("000")
    staffed = lines[in_office(lines, lines["month_end"]) & responsible]
    held = set(zip(staffed["home"], staffed["period"], strict=True))
    of_village = staffed[true(staffed["level"] >= VILLAGE_LEVEL)]  # whoever lists them: of two rows of one person the superior's counts
    held |= {(area[:12], period) for areas, period in zip(of_village["areas"], of_village["period"],
                                                          strict=True) for area in areas.split(";")}
    expected = {unit.code for unit in ground.units if unit.expected}
    return [Hits(None, Staff, params={"unit": ground.units.name(unit)}, unit=unit, period=period)
            for unit, period in sorted(staff_given(ground) - held) if unit in expected]


@ground_rule("S203", "warning", zh="一人承担{n}条，多于方案的上限", en="one person has {n} records, more than the plan allows for", todo_zh="请增加一名责任人分担。",
             todo_en="Add a person to share the work.",
             source="方案的每人上限；查的是单位的安排，不评价个人", bad="一人承担58条，方案上限50条", good="两人分担")
def too_many_records(ground: Ground) -> list[Hits]:
    """Marks the person's first row on the list of that village."""
    if not ground.has(Services, Staff):
        return []
    c = ground.rows(Services)
    place = ["unit", "period", "id"]
    import pandas as pd

    records = pd.DataFrame({"unit": c.unit_code, "period": c.of_part(period_of), "id": c.staff_id})[ground.counted(Services)].dropna()
    load = records.value_counts(place).rename("n").reset_index()
    over = load[load["n"] > ground.plan.limits.records_per_person]
    index = ground.tables[Staff.id].frame.index
    lines = posts(ground)[place].drop_duplicates(place)
    found = lines.reset_index().merge(over, on=place).set_index("index")["n"] if len(over) and len(lines) else pd.Series(dtype="int64")
    count = found.reindex(index).fillna(0).astype("int64")
    return [Hits(count > 0, Staff, "staff_id", {"n": count.astype("str")})]


def _list_here(ground: Ground, c: Rows) -> pd.Series[bool]:
    """Rows of units whose staff list is here."""
    given = staff_given(ground)
    return c.of_part(lambda part: (part.unit, part.period) in given).astype(bool)


def _any_line(
    numbers: pd.Series[Any], periods: pd.Series[Any], day: pd.Series[Any], lines: pd.DataFrame, of_unit: pd.Series[Any] | None = None,
) -> pd.DataFrame:
    """For each number: is it on a list of that month (`known`), and is one such line in office that day (`serving`).

    `of_unit`: the line must also belong to this unit, by its own code or by its areas.
    """
    import pandas as pd

    wanted = pd.DataFrame({"id": numbers, "period": periods, "day": day})
    if of_unit is not None:
        wanted["of"] = of_unit
    wanted["row"] = numbers.index
    pairs = wanted[wanted["id"].notna()].merge(lines[lines["id"].notna()][["id", "period", "unit", "areas", "start", "end"]],
                                               on=["id", "period"])
    pairs["known"] = True
    pairs["serving"] = in_office(pairs, pairs["day"])
    if of_unit is not None:
        pairs["serving"] &= _belongs(pairs)
    found = pairs.groupby("row")[["known", "serving"]].any()
    return found.reindex(numbers.index, fill_value=False).astype(bool)


def _belongs(pairs: pd.DataFrame) -> pd.Series[bool]:
    import pandas as pd

    own = pairs["unit"] == pairs["of"]
    served = [isinstance(of, str) and any(area[:12] == of for area in str(areas).split(";"))
              for of, areas in zip(pairs["of"], pairs["areas"], strict=True)]
    return own | pd.Series(served, index=pairs.index, dtype=bool)


def _said_in_book(ground: Ground) -> pd.Series[bool]:
    """Service rows whose book row has a blank or unreadable responsible person: G101 or G104 says it there (check only)."""
    import pandas as pd

    frame = ground.tables[Services.id].frame
    if not ground.has(Pregnancies):
        return pd.Series(False, index=frame.index)

    def place(part: Part) -> str:
        return "\n".join(map(str, part.source.key))

    p, c = ground.rows(Pregnancies), ground.rows(Services)
    open_rows = p.staff_id.isna()
    said = set(zip(p.of_part(place)[open_rows], ground.tables[Pregnancies.id].frame.loc[open_rows, "_row"], strict=True))
    return pd.Series([pair in said for pair in zip(c.of_part(place), frame["_row"], strict=True)], index=frame.index, dtype=bool)


