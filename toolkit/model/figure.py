"""A figure of the monthly summary: one unit, one field, one month, quarter or year (DOMAIN 6.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace

#: Fields that are counts about women, in the order of the summary; hidden where small from the county up.
SERVICE_COUNTS = ("services_open", "needs")
BIRTHS = ("births", "boys", "girls")
CASES = ("cases_leads", "cases_filed", "cases_decided", "cases_closed", "cases_transferred", "cases_open")
MONEY = ("fines", "confiscated", "rewards")
WORKS = ("works_meetings", "works_publicity", "works_inspections", "works_support", "works_training")
INSPECTIONS = ("inspections", "inspections_to_rectify", "inspections_rectified")
SUBMISSIONS = ("submission", "submission_zero", "submission_late", "submission_missing")

#: Field -> its name on paper. A field with `:` (by case type, by birth order) is named by what stands before it.
NAMES = {
    "services_open": "服务在册", "assign_rate": "责任落实", "contact_rate": "约定问候提供", "window_rate": "产检提醒提供", "postnatal_rate": "产后服务提供",
    "check42_rate": "产后42天提醒", "needs": "需求提出", "needs_done_rate": "需求办结", "needs_in_time_rate": "需求{days}日内上报",
    "births": "活产合计", "boys": "活产男", "girls": "活产女", "births_by_order": "分孩次活产", "sex_ratio": "出生性别比",
    "cases_leads": "线索", "cases_filed": "立案", "cases_decided": "决定", "cases_closed": "结案", "cases_transferred": "移送", "cases_open": "在办",
    "fines": "罚款", "confiscated": "没收", "rewards": "奖励", "works_meetings": "会议", "works_publicity": "宣传", "works_inspections": "督查",
    "works_support": "帮扶", "works_training": "培训", "inspections": "机构检查 已查/应查", "inspections_to_rectify": "需整改", "inspections_rectified": "已整改",
    "submission": "已报/应报", "submission_zero": "零报告", "submission_late": "迟报", "submission_missing": "缺报",
    "quality_errors": "错误", "quality_warnings": "警告",
}

#: The sheet of a summary that holds every figure in rows, its headings, and what stands before the digest.
FIGURES_SHEET, DIGEST_LABEL = "指标数据", "封存摘要"
FIGURE_COLUMNS = ("单位代码", "级别", "时期", "指标", "n", "N", "值", "隐去", "依据")

#: The level of the row that holds what the target's own office reported for itself.
OFFICE = "office"
#: Why a figure stands as it does (`basis`): a small count, a neighbour that would give one away, a rate of too few; an undecided duplicate.
NEIGHBOUR, TOO_FEW, UNDECIDED = "＊", "—", "*"


@dataclass(frozen=True)
class Figure:
    """`n` counted, of `d` (None: a plain count); `value` is n/d, the count, or an amount in yuan; None where it cannot be told.

    `suppressed`: the number is hidden (then n, d and value are None). `basis`: the sign that stands in its place, UNDECIDED,
    the missing months joined by commas, or what the figure needs; "" where nothing is to be said. `period`: `2025-09`,
    `2025-Q3`, `2025` or `2025-01/2025-09`.
    """

    unit: str
    level: str
    period: str
    field: str
    n: int | None = None
    d: int | None = None
    value: float | None = None
    suppressed: bool = False
    basis: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.unit, self.level, self.period, self.field)

    def hidden(self, sign: str) -> Figure:
        """The same figure with its number taken out."""
        return replace(self, n=None, d=None, value=None, suppressed=True, basis=sign)

    def as_json(self) -> dict[str, object]:
        """As SPEC 4 has it."""
        return {"unit": self.unit, "level": self.level, "period": self.period, "field": self.field, "n": self.n, "d": self.d, "value": self.value,
                "suppressed": self.suppressed, "basis": self.basis or None}


def count(unit: str, level: str, period: str, field: str, n: int) -> Figure:
    """A plain count."""
    return Figure(unit, level, period, field, n, None, n)


def rate(unit: str, level: str, period: str, field: str, n: int, d: int | None) -> Figure:
    """n of d; without a value where d is 0, a plain count where there is no d."""
    return Figure(unit, level, period, field, n, d, n if d is None else round(n / d, 6) if d else None)
