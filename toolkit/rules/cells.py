"""Any cell of any ledger: blanks, dates in the future, unit codes (G101, G103, G301-G303)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.model.ledger import Column, Ledger
from toolkit.rules.rule import Ground, Hits, Rows, ground_rule
from toolkit.schema import LEDGERS, Cases, Cover, Staff, Visits
from toolkit.schema.cases import ORGANISATIONS
from toolkit.schema.kinds import Date, UnitCode, UnitCodes

if TYPE_CHECKING:
    import pandas as pd

#: Staff roles that are responsible for an area: 5 分包人员, 6 村专干, 7 小组长, 8 责任医生 (DOMAIN 5.6 row 8).
ROLES_WITH_AREA = (5, 6, 7, 8)
TOP_LEVEL = 1  # 区县: nobody above in the chain
LEAD = 0  # a case that is only a lead needs no number yet


def true(mask: pd.Series[Any]) -> pd.Series[bool]:
    """A mask as plain booleans; unknown is False."""
    return mask.fillna(False).astype(bool)


def past(c: Rows, name: str) -> pd.Series[bool]:
    """The date is not in the future. A blank passes; where this is False G103 speaks and order rules stay silent."""
    return ~true(c.peek(name) > c.asof)


def words_for(cells: pd.Series[Any], words: dict[Any, str]) -> pd.Series[str]:
    """A word for each cell, "" for a missing one."""
    return cells.map(words).astype("object").where(cells.notna(), "").astype("str")


def repeated(c: Rows, *names: str) -> pd.Series[bool]:
    """Every row after the first of one workbook with the same values in all these fields; blanks never repeat."""
    import pandas as pd

    keys = pd.DataFrame({"_part": c.part, **{name: getattr(c, name) for name in names}})
    return keys.duplicated() & keys.notna().all(axis=1)


def _role_needs_area(c: Rows) -> pd.Series[Any]:
    return c.role.isin(ROLES_WITH_AREA)


def _below_top(c: Rows) -> pd.Series[Any]:
    return c.level > TOP_LEVEL


def _need_stated(c: Rows) -> pd.Series[Any]:
    return c.need > 0


def _beyond_lead(c: Rows) -> pd.Series[Any]:
    return c.status > LEAD


def _organisation(c: Rows) -> pd.Series[Any]:
    return c.party_type.isin(ORGANISATIONS)


#: Cells that must not be blank where another cell says so and no rule of its own speaks (DOMAIN 5.2-5.8).
CONDITIONS = {
    (Staff.id, "area_codes"): _role_needs_area,
    (Staff.id, "upper_id"): _below_top,
    (Visits.id, "need_status"): _need_stated,
    (Visits.id, "need_found_on"): _need_stated,
    (Cases.id, "case_no"): _beyond_lead,
    (Cases.id, "party_name"): _organisation,
}


@ground_rule("G101", "error", zh="必填项“{col}”为空", en="required value “{col}” is missing", todo_zh="请补填。表里没有这一条的，请删去整行。",
             todo_en="Fill it in. Where a list has no such entry, delete its row.", source="必填的内容缺了，这一行就说不清",
             bad="包保名单一行没有姓名", good="必填的格子都填了")
def required_blank(ground: Ground) -> list[Hits]:
    """Silent where a rule of its own speaks: `Column.covered_by`."""
    hits = []
    for ledger, column in _columns(ground):
        c = ground.rows(ledger)
        condition = CONDITIONS.get((ledger.id, column.field))
        if condition is not None:
            hits.append(Hits(c.blank(column.field) & true(condition(c)), ledger, column.field, {"col": column.heading}))
        elif column.required and not column.covered_by:
            hits.append(Hits(c.blank(column.field), ledger, column.field, {"col": column.heading}))
    return _counted(ground, hits)


@ground_rule("G103", "error", zh="日期晚于填报日期", en="the date lies after the day of filling in", todo_zh="请核对年月日，特别是年份。",
             todo_en="Check the date, above all the year.", source="还没有发生的事不能填；填报日期空白的，以月末为准",
             bad="填报日期2025-10-08，工作日期2026-09-12", good="工作日期2025-09-12")
def in_the_future(ground: Ground) -> list[Hits]:
    hits = []
    for ledger, column in _columns(ground):
        if isinstance(column.kind, Date) and column.asof:
            hits.append(Hits(~past(ground.rows(ledger), column.field), ledger, column.field))
    return _counted(ground, hits)


@ground_rule("G301", "error", zh="区划代码{v}不在区划表", en="code {v} is not in the unit list", todo_zh="请核对代码；代码无误的，请在区划表中补上。",
             todo_en="Check the code; if it is right, add it to the unit list.", source="代码要有对应的单位；没有区划表时不核对",
             bad="案发地代码990199101000，区划表里没有", good="案发地代码990101101000")
def code_unknown(ground: Ground) -> list[Hits]:
    if ground.units is None:
        return []
    hits = []
    for ledger, column in _columns(ground):
        if isinstance(column.kind, (UnitCode, UnitCodes)):
            named = _unknown_codes(ground, ground.tables[ledger.id].frame[column.field])
            hits.append(Hits(named != "", ledger, column.field, {"v": named}))
    return _counted(ground, hits)


@ground_rule("G303", "error", zh="这一行的单位代码与封面不符", en="the row belongs to another unit than the file", todo_zh="请改正代码，或把这一行放到那个单位的表里。",
             todo_en="Correct the code, or move the row to that unit's workbook.", source="一本工作簿只报一个单位",
             bad="一村的表里有一行写着二村的代码", good="单位代码空白，或与封面相同")
def other_unit(ground: Ground) -> list[Hits]:
    """A code the unit list does not know is G301's."""
    hits = []
    for ledger, column in _columns(ground):
        if column.field == "unit_code":
            c = ground.rows(ledger)
            other = true(c.unit_code != c.of_part(lambda part: part.unit)) & c.unit_code.notna()
            if ground.units is not None:
                other &= _unknown_codes(ground, c.unit_code) == ""
            hits.append(Hits(other, ledger, column.field))
    return _counted(ground, hits)


@ground_rule("G302", "warning", zh="名称“{n}”与代码{v}不符", en="name “{n}” does not fit the code {v}", todo_zh="请核对名称和代码，改正不对的一个。",
             todo_en="Check name and code and correct the wrong one.", source="名称与代码对不上，往往是选错了单位",
             bad="一村的代码，名称写“二村”", good="名称与区划表一致，可以只写后半截")
def name_misfits(ground: Ground) -> list[Hits]:
    """The cover's name and those of the staff list. A department of an office (派出所) is no name of a region."""
    if ground.units is None:
        return []
    covers = {(part.unit, part.period, part.source.unit_name, part.source.file, part.source.place("unit_name"))
              for part in ground.parts if part.source.unit_name}
    seen: dict[tuple[str, str], Hits] = {}
    for unit, period, name, file, cell in sorted(covers):
        if not _fits(ground, unit, name):
            seen.setdefault((unit, period), Hits(None, Cover, "unit_name", {"n": name, "v": unit}, unit, period, file, cell))
    hits = list(seen.values())
    if ground.has(Staff):
        frame = ground.tables[Staff.id].frame
        pairs = frame[["unit_code", "unit_name"]].dropna().drop_duplicates()
        wrong = {(unit, name) for unit, name in pairs.itertuples(index=False)
                 if not _fits(ground, unit, name) and (not unit.endswith("000") or _REGION.search(name))}
        if wrong:
            import pandas as pd

            rows = pd.Series([pair in wrong for pair in zip(frame["unit_code"], frame["unit_name"], strict=True)], index=frame.index)
            hits += _counted(ground, [Hits(rows, Staff, "unit_name", {"n": frame["unit_name"], "v": frame["unit_code"]})])
    return hits


#: Endings of names of regions; anything else in 单位名称 of an office is a department.
_REGION = re.compile(r"(?:村|社区|村委会|居委会|村民委员会|居民委员会|乡|镇|街道|县|区|市|旗|州)(?:人民政府|办事处|政府)?$")
_OFFICE_WORDS = re.compile(r"村民委员会|居民委员会|村委会|居委会|人民政府|办事处|政府|\s")


def _fits(ground: Ground, code: str, name: str) -> bool:
    unit = ground.units.get(code) if ground.units is not None else None
    if unit is None:
        return True  # F110 and G301 speak
    listed, given = _OFFICE_WORDS.sub("", unit.name), _OFFICE_WORDS.sub("", name)
    return not listed or not given or listed in given or given in listed


def _unknown_codes(ground: Ground, codes: pd.Series[Any]) -> pd.Series[str]:
    """The codes in each cell that the unit list does not have, joined; "" where all are known. A group is its village's."""
    known = ground.units
    found = {}
    for text in codes.dropna().unique():
        missing = [code for code in str(text).split(";") if known is not None and code[:12] not in known]
        found[text] = "、".join(missing)
    return words_for(codes, found)


def _columns(ground: Ground) -> list[tuple[type[Ledger], Column]]:
    return [(ledger, column) for ledger in LEDGERS if ground.has(ledger) for column in ledger.columns]


def _counted(ground: Ground, hits: list[Hits]) -> list[Hits]:
    """Without the rows a decision set aside."""
    from dataclasses import replace

    return [replace(hit, rows=hit.rows & ground.counted(hit.ledger)) if hit.ledger and hit.rows is not None else hit for hit in hits]
