"""The list of who is responsible: numbers, areas, terms, publication, pledges (S101, S103, S104, S105, S201, S204)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.plan import Plan
from toolkit.model.unit import contains
from toolkit.rules.cells import past, repeated, true
from toolkit.rules.rule import Ground, Hits, Rows, ground_rule, rule
from toolkit.schema import Staff

if TYPE_CHECKING:
    import pandas as pd

#: Levels whose lists are put up in public: 1 区县, 2 乡镇街道 (DOMAIN 5.6 row 12).
PUBLICISED_LEVELS = (1, 2)
_OPEN_END = "2200-01-01"  # stands for a term without an end, or one that could not be read


@rule(Staff, "S101", "error", marks="staff_id", zh="人员编号与前面一行重复", en="the staff number stands in an earlier row too", todo_zh="请给后一人另编一个号；同一人只留一行。",
      todo_en="Give the later person another number; keep one row for one person.", source="一人一号，责任才对得上",
      bad={"_rows": [{"staff_id": "990101101201-01"}, {"staff_id": "990101101201-01"}]},
      good={"_rows": [{"staff_id": "990101101201-01"}, {"staff_id": "990101101201-02"}]})
def number_twice(c: Rows, plan: Plan) -> pd.Series[bool]:
    return repeated(c, "staff_id")


@ground_rule("S103", "error", zh="分包单位不在本单位辖区", en="area outside the own unit", todo_zh="请核对分包单位代码，只填本单位和下属单位。",
             todo_en="Check the codes; enter only the own unit and those under it.", source="分包以本单位辖区为限",
             bad="甲山乡的人分包乙水镇的村", good="甲山乡的人分包甲山乡的村")
def area_outside(ground: Ground) -> list[Hits]:
    """Silent where the row's unit (G303) or the code itself (G301) is in doubt."""
    if not ground.has(Staff):
        return []
    c = ground.rows(Staff)
    pairs = {(unit, areas) for unit, areas in zip(c.unit_code, c.area_codes, strict=True) if isinstance(unit, str) and isinstance(areas,
                                                                                                                                  str)}
    wrong = {pair for pair in pairs if any(not contains(pair[0], code[:12]) and (ground.units is None or code[:12] in ground.units)
                                           for code in pair[1].split(";"))}
    import pandas as pd

    rows = pd.Series([pair in wrong for pair in zip(c.unit_code, c.area_codes, strict=True)], index=c.part.index, dtype=bool)
    own = true(c.unit_code == c.of_part(lambda part: part.unit))
    return [Hits(rows & own & ground.counted(Staff), Staff, "area_codes")]


@rule(Staff, "S104", "warning", marks="publicised_on", zh="分包名单没有公示日期", en="the list has no day of publication", todo_zh="请公示名单，填公示日期。",
      todo_en="Put the list up in public and enter the day.", source="区县、乡镇的分包名单应在本单位公示",
      bad={"level": "2 乡镇街道", "publicised_on": ""}, good={"level": "2 乡镇街道", "publicised_on": "2025-06-20"})
def not_publicised(c: Rows, plan: Plan) -> pd.Series[bool]:
    return true(c.level.isin(PUBLICISED_LEVELS)) & c.blank("publicised_on")


@rule(Staff, "S105", "warning", marks="confidentiality_on", zh="缺少保密承诺日期", en="confidentiality pledge missing", todo_zh="请签保密承诺书，填签署日期。",
      todo_en="Have the pledge signed and enter the day.", source="个人信息保护法第五十一条：权限、培训和保密",
      bad={"confidentiality_on": ""}, good={"confidentiality_on": "2025-01-02"})
def no_pledge(c: Rows, plan: Plan) -> pd.Series[bool]:
    return c.blank("confidentiality_on")


@rule(Staff, "S201", "error", marks="valid_to", zh="截止日期早于起始日期", en="the end is before the start", todo_zh="请核对起始日期和截止日期。", todo_en="Check both dates.",
      source="任期有先后", bad={"valid_from": "2025-06-01", "valid_to": "2025-05-01"},
      good={"valid_from": "2025-06-01", "valid_to": "2025-09-30"})
def end_before_start(c: Rows, plan: Plan) -> pd.Series[bool]:
    return true(c.valid_to < c.valid_from) & past(c, "valid_from")


@rule(Staff, "S204", "warning", marks="valid_from", zh="前后两任之间空了{n}天", en="post vacant for {n} days", todo_zh="请核对两人的起止日期；确有空档的，请说明由谁代管。",
      todo_en="Check the terms of both; if the post was vacant, say who stood in.", source="包保人员不漏岗、不脱岗；空档只看岗位，不评价个人",
      bad={"_rows": [{"valid_from": "2025-01-01", "valid_to": "2025-06-30"}, {"staff_id": "990101101201-02", "valid_from": "2025-08-01"}]},
      good={"_rows": [{"valid_from": "2025-01-01", "valid_to": "2025-06-30"}, {"staff_id": "990101101201-02", "valid_from": "2025-07-01"}]})
def post_vacant(c: Rows, plan: Plan) -> list[Hits]:
    """A post is one unit, role and area. Marks the successor; vacant only while nobody holds the post."""
    import pandas as pd

    terms = pd.DataFrame({"part": c.part, "unit": c.unit_code, "role": c.role, "area": c.area_codes.fillna(""),
                          "start": c.valid_from, "end": c.valid_to.fillna(pd.Timestamp(_OPEN_END))})
    terms = terms[(terms["start"].notna() & terms["role"].notna() & past(c, "valid_from") & true(terms["end"] >= terms["start"]))]
    terms = terms.sort_values(["part", "unit", "role", "area", "start"], kind="stable")
    post = [terms[name] for name in ("part", "unit", "role", "area")]
    covered_to = terms["end"].groupby(post).cummax().groupby(post).shift()
    vacant = ((terms["start"] - covered_to).dt.days - 1).reindex(c.part.index)
    rows = true(vacant > plan.limits.vacancy_days)
    return [Hits(rows, Staff, "valid_from", {"n": vacant.where(rows, 0).astype("int64").astype("str")})]
