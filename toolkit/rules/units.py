"""Between units: one case or one staff number reported by two of them (D102, D103).

Rows that a decision set aside are looked at here all the same: the conflict stays visible, as info (SPEC 6.5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.model.ledger import ROW, Ledger
from toolkit.model.unit import contains
from toolkit.rules.cells import words_for
from toolkit.rules.rule import Ground, Hits, ground_rule
from toolkit.schema import Cases, Staff

if TYPE_CHECKING:
    import pandas as pd


@ground_rule("D102", "error", zh="案件重复上报，{unit}已报", en="case reported twice, also by {unit}",
             todo_zh="请核对由谁上报；只留一处，或在“重复与冲突”中裁定。", todo_en="See who reports it and keep one, or decide in 重复与冲突.",
             source="一案只计一次；上下级都报的，以上级为准", bad="一村和二村报了同一案件编号", good="一个案件编号只有一个单位报")
def case_in_two_units(ground: Ground) -> list[Hits]:
    """Every row after the first unit's, superiors first. Two rows with one case_no are not said again for decision_no."""
    if not ground.has(Cases):
        return []
    hits: list[Hits] = []
    said = _reported_again(ground, "case_no")[0]
    for field in ("case_no", "decision_no"):
        later, severe, first = _reported_again(ground, field)
        if field == "decision_no":
            later &= ~said
        names = words_for(first, {code: _name(ground, code) for code in first.dropna().unique()})
        hits += [Hits(later & severe, Cases, field, {"unit": names}), Hits(later & ~severe, Cases, field, {"unit": names}, severity="info")]
    return hits


@ground_rule("D103", "warning", zh="同一人员编号有两个单位或两个姓名", en="one staff number in two units, or with two names",
             todo_zh="请核对；一人一号，另一人另编号，或在“重复与冲突”中裁定。", todo_en="Give each person one number, or decide in 重复与冲突.",
             source="责任人编号在全县应只指一个人", bad="一村和二村都有编号 990101101201-01", good="编号以本单位代码开头，不与别处重复")
def staff_number_conflicts(ground: Ground) -> list[Hits]:
    """Within one list S101 speaks. A superior that lists the same person under the same name: info."""
    if not ground.has(Staff):
        return []
    import pandas as pd

    lines = _sorted(ground, Staff, "staff_id", "name")
    first = lines.groupby("staff_id")[["unit", "part", "name"]].transform("first")
    renamed = (lines["name"] != first["name"]) & lines["name"].notna() & first["name"].notna() & (lines["part"] != first["part"])
    above = pd.Series([contains(upper, unit) for upper, unit in zip(first["unit"], lines["unit"], strict=True)], index=lines.index,
                      dtype=bool)
    elsewhere = lines["unit"] != first["unit"]
    listed_twice = elsewhere & above & ~renamed
    return [Hits(_on_table(ground, Staff, (elsewhere | renamed) & ~listed_twice), Staff, "staff_id"),
            Hits(_on_table(ground, Staff, listed_twice), Staff, "staff_id", severity="info")]


def _sorted(ground: Ground, ledger: type[Ledger], field: str, *others: str) -> pd.DataFrame:
    """Rows with a value in `field`, by reporting unit (superiors come first), month, part and row."""
    import pandas as pd

    c, frame = ground.rows(ledger), ground.tables[ledger.id].frame
    lines = pd.DataFrame({field: frame[field], **{name: frame[name] for name in others}, "part": c.part, "row": frame[ROW],
                          "unit": c.of_part(lambda part: part.unit), "period": c.of_part(lambda part: part.period)})
    return lines[lines[field].notna()].sort_values([field, "unit", "period", "part", "row"], kind="stable")


def _reported_again(ground: Ground, field: str) -> tuple[pd.Series[bool], pd.Series[bool], pd.Series[Any]]:
    """On the table: rows of a later unit; those that contradict a unit which is no superior; the first unit's code."""
    import pandas as pd

    lines = _sorted(ground, Cases, field)
    first = lines.groupby(field)["unit"].transform("first")
    again = lines["unit"] != first
    disputed = lines[lines[field].isin(lines.loc[again, field].unique())]
    units = disputed.groupby(field)["unit"].agg(set).to_dict()
    severe = pd.Series([any(other < unit and not contains(other, unit) for other in units[number])
                        for number, unit in zip(disputed[field], disputed["unit"], strict=True)], index=disputed.index, dtype=bool)
    index = ground.tables[Cases.id].frame.index
    return _on_table(ground, Cases, again), _on_table(ground, Cases, severe), first.reindex(index)


def _on_table(ground: Ground, ledger: type[Ledger], lines: pd.Series[bool]) -> pd.Series[bool]:
    return lines.reindex(ground.tables[ledger.id].frame.index, fill_value=False).astype(bool)


def _name(ground: Ground, code: str) -> str:
    return ground.units.name(code) if ground.units is not None else code
