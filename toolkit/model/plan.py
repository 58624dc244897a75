"""A plan: the parameters of one place's scheme. Data with names and bounds, never code (SPEC 1, DOMAIN 6.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from fractions import Fraction
from typing import Any, get_type_hints

from toolkit.model.issue import SEVERITIES


@dataclass(frozen=True)
class Deadline:
    """The day of a later month by which a report is due; `holiday_rule`: none or next_workday."""

    day: int = 10
    month_offset: int = 1
    inclusive: bool = True
    holiday_rule: str = "none"


@dataclass(frozen=True)
class Deadlines:
    village_to_township: Deadline = Deadline()
    township_to_county: Deadline = Deadline(day=15, holiday_rule="next_workday")
    county_to_prefecture: Deadline = Deadline(day=20, holiday_rule="next_workday")
    need_report_days: int = 2
    need_day_count: str = "natural"


@dataclass(frozen=True)
class Visits:
    """Greetings a month (0 or 1) and the antenatal windows in days from day 0 = due date - 280 (DOMAIN 2.2)."""

    monthly: int = 1
    windows: tuple[tuple[int, int], ...] = ((0, 90), (112, 146), (147, 174), (196, 258), (259, 286))
    postnatal_days: int = 14
    check42: tuple[int, int] = (42, 56)


@dataclass(frozen=True)
class Limits:
    """Thresholds of rules about offices."""

    records_per_person: int = 50  # S203
    vacancy_days: int = 7  # S204
    days_to_decision: int = 90  # C201, 行政处罚法 Art. 60


@dataclass(frozen=True)
class Reward:
    """C303: what a verified report is worth; `kind`: none, fixed, minimum or range."""

    kind: str = "none"
    amount: float = 0
    upto: float = 0


@dataclass(frozen=True)
class Penalty:
    """A band of fines for a case type in yuan (C301)."""

    type: str = ""
    low: float = 0
    high: float = 0
    source: str = ""


@dataclass(frozen=True)
class Sample:
    rate: str = "1/20"
    floor: int = 1
    by: str = "township"

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.rate)


@dataclass(frozen=True)
class Suppression:
    small_cell: int = 5
    rate_min: int = 10
    ratio_min_births: int = 1000


@dataclass(frozen=True)
class Retention:
    village_workbook_days_after_merge: int = 60


@dataclass(frozen=True)
class Notice:
    """What fills the brackets of the notice (DOMAIN 6.6)."""

    responsible: str = "责任医生/村专干"
    phone: str = "000-0000000"


@dataclass(frozen=True)
class NotAdopted:
    """A requirement of a plan's text that the toolkit does not carry out, and what it offers instead."""

    id: str = ""
    requirement: str = ""
    reason: str = ""
    alternative: str = ""


@dataclass(frozen=True)
class Plan:
    """One scheme. `severities`: rule code -> severity, within the bounds of DOMAIN 6.7."""

    id: str
    title: str
    start: dt.date | None = None
    end: dt.date | None = None
    deadlines: Deadlines = Deadlines()
    visits: Visits = Visits()
    limits: Limits = Limits()
    reward: Reward = Reward()
    sample: Sample = Sample()
    suppression: Suppression = Suppression()
    retention: Retention = Retention()
    notice: Notice = Notice()
    case_types: tuple[str, ...] = ()  # codes of DOMAIN 3.7; empty: all
    penalties: tuple[Penalty, ...] = ()
    holidays: tuple[dt.date, ...] = ()  # days off where the calendar has no data or a place differs
    workdays: tuple[dt.date, ...] = ()  # make-up work days
    submissions_required: bool = False
    approval_required: bool = False
    severities: Mapping[str, str] = field(default_factory=dict)
    not_adopted: tuple[NotAdopted, ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class PlanFault:
    """A key of a plan file that cannot stand: which, what is wrong, what is allowed; Chinese and English."""

    key: str
    zh: str
    en: str


def plan_of(data: Mapping[str, Any]) -> tuple[Plan | None, list[PlanFault]]:
    """A plan from parsed TOML. Every unknown key, wrong type and passed bound is a fault; None where any stands."""
    faults: list[PlanFault] = []
    plan = _filled(Plan, data, "", faults)
    if plan is not None:
        faults += _beyond_bounds(plan)
    return (None if faults else plan), faults


def _filled(kind: type, data: Any, path: str, faults: list[PlanFault]) -> Any:
    if not isinstance(data, Mapping):
        faults.append(PlanFault(path, "应为一组键值", "should be a table of keys"))
        return None
    hints = get_type_hints(kind)
    known = {entry.name for entry in fields(kind)}
    for key in data:
        if key not in known:
            faults.append(PlanFault(path + key, f"没有这个键，可用：{'、'.join(sorted(known))}", f"no such key; allowed: {', '.join(sorted(known))}"))
    values = {}
    for entry in fields(kind):
        if entry.name in data:
            values[entry.name] = _value(hints[entry.name], data[entry.name], path + entry.name, faults)
    try:
        return kind(**values)
    except TypeError:
        missing = [name for name in ("id", "title") if name not in values]
        faults.append(PlanFault(path or "plan", f"缺少键：{'、'.join(missing)}", f"missing keys: {', '.join(missing)}"))
        return None


def _value(hint: Any, value: Any, path: str, faults: list[PlanFault]) -> Any:
    text = str(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _filled(hint, value, path + ".", faults)
    if text.startswith("tuple["):
        if not isinstance(value, list):
            faults.append(PlanFault(path, "应为列表", "should be a list"))
            return ()
        inner = hint.__args__[0]
        if hint.__args__[-1] is not Ellipsis:
            return tuple(value)
        return tuple(_value(inner, item, f"{path}[{index}]", faults) for index, item in enumerate(value))
    if "Mapping" in text:
        return dict(value) if isinstance(value, Mapping) else {}
    allowed: dict[Any, tuple[type, ...]] = {int: (int,), float: (int, float), str: (str,), bool: (bool,), dt.date: (dt.date,)}
    wanted = next((base for base in (bool, int, float, str, dt.date) if hint is base or (base is dt.date and "date" in text)), None)
    if wanted and (not isinstance(value, allowed[wanted]) or (wanted is not bool and isinstance(value, bool))):
        faults.append(PlanFault(path, f"类型不对，应为 {wanted.__name__}", f"wrong type, should be {wanted.__name__}"))
    return value


def _beyond_bounds(plan: Plan) -> list[PlanFault]:
    """DOMAIN 6.7: what no plan can pass."""
    faults = []

    def need(holds: bool, key: str, allowed: str) -> None:
        if not holds:
            faults.append(PlanFault(key, f"超出允许范围：{allowed}", f"out of bounds: {allowed}"))

    need(plan.visits.monthly in (0, 1), "visits.monthly", "0, 1")
    need(plan.suppression.small_cell >= 5, "suppression.small_cell", ">= 5")
    need(plan.suppression.rate_min >= 10, "suppression.rate_min", ">= 10")
    need(plan.suppression.ratio_min_births >= 1000, "suppression.ratio_min_births", ">= 1000")
    need(0 < plan.retention.village_workbook_days_after_merge <= 90, "retention.village_workbook_days_after_merge", "1-90")
    for name in ("village_to_township", "township_to_county", "county_to_prefecture"):
        deadline: Deadline = getattr(plan.deadlines, name)
        need(1 <= deadline.day <= 28, f"deadlines.{name}.day", "1-28")
        need(deadline.month_offset in (0, 1, 2), f"deadlines.{name}.month_offset", "0-2")
        need(deadline.holiday_rule in ("none", "next_workday"), f"deadlines.{name}.holiday_rule", "none, next_workday")
    need(plan.reward.kind in ("none", "fixed", "minimum", "range"), "reward.kind", "none, fixed, minimum, range")
    need(plan.sample.by in ("township", "county"), "sample.by", "township, county")
    for code, severity in plan.severities.items():
        need(code[:1] not in ("P", "V", "K"), f"severities.{code}", "F G B S C W E X M D L")
        need(severity in SEVERITIES, f"severities.{code}", "、".join(SEVERITIES))
    try:
        rate = plan.sample.fraction
        need("/" in plan.sample.rate and Fraction(1, 20) <= rate <= Fraction(1, 5), "sample.rate", "1/20-1/5")
    except (ValueError, ZeroDivisionError):
        need(False, "sample.rate", "1/20-1/5")
    return faults
