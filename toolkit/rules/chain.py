"""The chain village, township, county: the person above exists, holds office, and there is no loop (S102, S205, X104)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.model.unit import at_level
from toolkit.rules.posts import in_office, posts, staff_given
from toolkit.rules.rule import Ground, Hits, ground_rule
from toolkit.schema import Staff

if TYPE_CHECKING:
    import pandas as pd

#: Where the person above a level's staff sits: 2 in the county, 3 in the township, 4 (group) in the village.
HOME_OF_UPPER = {2: "county", 3: "township", 4: "village"}
LONGEST_CHAIN = 4  # levels; a chain with more steps comes back to itself


@ground_rule("S102", "error", zh="上级责任人编号不存在或级别不符", en="the person above is unknown or of the wrong level", todo_zh="请填上一级责任人的人员编号。",
             todo_en="Enter the number of a person one level up.", source="三级责任人要连得起来；上一级名单不在本次的，不核对",
             bad="村级的人，上级责任人填的也是村级的人", good="村级的人，上级责任人填乡镇分包人员")
def upper_wrong(ground: Ground) -> list[Hits]:
    """A loop is S205's."""
    if not ground.has(Staff):
        return []
    lines, link = links(ground)
    wrong = link["judged"] & ~link["one_up"] & ~_in_loop(lines)
    return [_marked(ground, wrong, "upper_id")]


@ground_rule("S205", "error", zh="上级责任人绕回了本人", en="the person above leads back to this one",
             todo_zh="请把上级责任人改为上一级的人。", todo_en="Enter a person of the level above.",
             source="一个人不能是自己上级的上级", bad="甲的上级是乙，乙的上级又是甲", good="村级的上级在乡镇，乡镇的上级在区县")
def loop(ground: Ground) -> list[Hits]:
    """Marks the links of the loop that do not lead one level up; at least one does not, and that one is to be corrected."""
    if not ground.has(Staff):
        return []
    lines, link = links(ground)
    return [_marked(ground, _in_loop(lines) & ~link["one_up"], "upper_id")]


@ground_rule("X104", "error", zh="三级责任人没有连上：上级责任人已离岗，或不管本单位",
             en="the three levels do not connect: the person above has left, or is not in charge of this unit", todo_zh="请把上级责任人改为在岗、且管本单位的人。",
             todo_en="Enter a person above who is in office and in charge of this unit.", source="逐级包保到人；查的是单位的安排",
             bad="上级责任人已经离岗", good="上级责任人在岗")
def chain_broken(ground: Ground) -> list[Hits]:
    """The person above is known and one level up, but left, or sits in another branch. Judged where both lists are here."""
    if not ground.has(Staff):
        return []
    lines, link = links(ground)
    serving = in_office(lines, lines["month_end"])
    return [_marked(ground, link["judged"] & link["one_up"] & ~link["holds"] & serving & ~_in_loop(lines), "staff_id")]


def links(ground: Ground) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The staff lines, and for each: is its link judged, is the person one level up, is that person in office above it."""
    import pandas as pd

    lines = posts(ground)
    given = staff_given(ground)
    homes = {(unit, level): at_level(unit, HOME_OF_UPPER[level]) if level in HOME_OF_UPPER else ""
             for unit, level in set(zip(lines["home"], lines["level"], strict=True)) if level is not pd.NA}
    home = pd.Series([homes.get((unit, level), "") if level is not pd.NA else ""
                      for unit, level in zip(lines["home"], lines["level"], strict=True)],
                     index=lines.index, dtype="str")
    here = pd.Series([(unit, period) in given for unit, period in zip(home, lines["period"], strict=True)], index=lines.index, dtype=bool)
    uppers = lines[["id", "period", "level", "home", "start", "end"]].rename(columns={"id": "upper", "level": "upper_level",
                                                                                      "home": "upper_home"})
    pairs = lines.assign(row=lines.index, wanted=home)[["row", "upper", "period", "level", "wanted", "month_end"]].merge(
        uppers[uppers["upper"].notna()], on=["upper", "period"], how="inner")
    # a person whose level could not be read might be the right one
    pairs["one_up"] = (pairs["upper_level"] == pairs["level"] - 1).fillna(True).astype(bool)
    pairs["holds"] = pairs["one_up"] & in_office(pairs, pairs["month_end"]) & (pairs["upper_home"] == pairs["wanted"])
    found = pairs.groupby("row")[["one_up", "holds"]].any()
    link = found.reindex(lines.index, fill_value=False).astype(bool)
    link["judged"] = here & lines["upper"].notna()
    return lines, link


def _in_loop(lines: pd.DataFrame) -> pd.Series[bool]:
    """Lines whose chain comes back to themselves. Only chains longer than the levels allow, or short loops, are walked."""
    key = lines["period"].astype("str") + "|" + lines["id"].fillna("").astype("str")
    upper = (lines["period"].astype("str") + "|" + lines["upper"]).astype("str")
    above = dict(zip(key, upper.where(lines["upper"].notna()), strict=True))
    step = upper.where(lines["upper"].notna())
    for _ in range(LONGEST_CHAIN):
        step = step.map(above)
    suspects = step.notna()
    looped = suspects.copy()
    for row in lines.index[suspects]:
        looped[row] = _returns(key[row], above)
    return looped


def _returns(start: str, above: dict[str, Any]) -> bool:
    seen, at = {start}, above.get(start)
    while isinstance(at, str) and at not in seen:
        seen.add(at)
        at = above.get(at)
    return at == start


def _marked(ground: Ground, lines: pd.Series[bool], marks: str) -> Hits:
    """Lines back on the rows of the whole staff table."""
    return Hits(lines.reindex(ground.tables[Staff.id].frame.index, fill_value=False).astype(bool), Staff, marks)
