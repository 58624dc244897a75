"""A plan: the parameters of one place's scheme. Data with names and bounds, never code (SPEC 1, DOMAIN 1.6).

Nouns only: `plan_reading` makes them from TOML, `plan_bounds` says what no plan can pass. A count that is None (the key
left out) asks for no minimum: the report shows the count and judges nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from toolkit.model.acceptance import ITEMS, Item


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
    """C303: what a verified report is worth in yuan; `kind`: none, fixed, minimum or range (`amount` to `upto`).

    `per`: for what it is paid; `announced`: the amount of the public notice where it differs from the rule. No informant, ever.
    """

    kind: str = "none"
    amount: float = 0
    upto: float = 0
    per: str = "case"
    announced: float = 0


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
    """What a report of a county or above does not show: smaller counts, rates of fewer."""

    small_cell: int = 5
    rate_min: int = 10


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
class Ratio:
    """The sex ratio at birth, county and above only: what it is compared with, and from how many births on it is printed."""

    reference: float = 106
    min_births: int = 1000


@dataclass(frozen=True)
class LeadingGroup:
    per_quarter: int | None = None


@dataclass(frozen=True)
class SpecialMeeting:
    per_year: int | None = None


@dataclass(frozen=True)
class Coordination:
    """`materials_min`: papers each meeting must have."""

    per_quarter: int | None = None
    materials_min: int = 1


@dataclass(frozen=True)
class MonthlyMeeting:
    """Meetings of area staff in a month, at the county office and at each township."""

    county: int | None = None
    township: int | None = None


@dataclass(frozen=True)
class Meetings:
    """The least number of meetings (works types 1-4)."""

    leading_group: LeadingGroup = LeadingGroup()
    special: SpecialMeeting = SpecialMeeting()
    coordination: Coordination = Coordination()
    monthly: MonthlyMeeting = MonthlyMeeting()


@dataclass(frozen=True)
class Publicity:
    """`kinds_min`: kinds of material (works.kind); `van_per_week`: rounds of the van; `villages`: how many it must reach.

    `notice_cites`: the laws the public notice names; repealed ones are warned of (R97, R117).
    """

    kinds_min: int | None = None
    van_per_week: int | None = None
    villages: int | None = None
    notice_cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inspections:
    """`per_year`: visits to each listed institution; `focus_units`: codes of the units the plan itself lists for closer
    guidance, never derived from a figure; `focus_visits`: joint inspections of each of them within the plan."""

    per_year: int | None = None
    focus_units: tuple[str, ...] = ()
    focus_visits: int | None = None


@dataclass(frozen=True)
class Window:
    """From a first to a last day, both counted; None where the plan names none."""

    start: dt.date | None = None
    end: dt.date | None = field(default=None, metadata={"edge": "last"})


@dataclass(frozen=True)
class Phase(Window):
    """A stage of the plan; undated where its text gives no date. `duties`: what offices do in it."""

    name: str = ""
    duties: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class DueDate:
    """A report due once. `item`: the checklist item it fills, "" for none; `from_` (TOML `from`) reports to `to`."""

    name: str = ""
    date: dt.date | None = field(default=None, metadata={"edge": "last"})
    item: str = ""
    from_: str = ""
    to: str = ""
    source: str = ""


@dataclass(frozen=True)
class CaseType:
    """A code of DOMAIN 3.7 in the plan's own wording. `status`: K as it is, P as this place defines it."""

    code: str = ""
    name: str = ""
    status: str = "K"


@dataclass(frozen=True)
class Acceptance:
    """`items`: those added to the default list; `drop`: codes left out; `veto_items`: shown with a flag, never computed;
    `scoring`: item -> points, empty for pass / not yet / not applicable; `levels`: which checklists are made."""

    date: dt.date | None = None
    items: tuple[Item, ...] = ()
    drop: tuple[str, ...] = ()
    veto_items: tuple[str, ...] = ()
    levels: tuple[str, ...] = ("county", "township", "village")
    scoring: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A paper the plan is or cites. `meeting`: the day of the meeting it refers to."""

    title: str = ""
    number: str = ""
    date: dt.date | None = None
    meeting: dt.date | None = None
    source: str = ""


@dataclass(frozen=True)
class Marks:
    """What an approved statistical form carries (统计法 Art. 13-17); all blank: 内部工作用表."""

    form_number: str = ""  # 表号
    issued_by: str = ""  # 制定机关
    approval_number: str = ""  # 批准文号
    valid_until: str = ""  # 有效期限


@dataclass(frozen=True)
class Plan:
    """One scheme. `severities`: rule code -> severity, within the bounds of DOMAIN 6.7.

    `unit_names`: an office's name in the plan's text -> its name today; `departments`: who sits in the leading group;
    `addressees`: to whom the plan is addressed; `requirements`: R number -> where it stands (a key of the plan, a checklist
    item, a rule, a ledger's column, a figure); `sources`: R number -> the paragraph of the plan's text.
    """

    id: str
    title: str
    start: dt.date | None = None
    end: dt.date | None = field(default=None, metadata={"edge": "last"})
    deadlines: Deadlines = Deadlines()
    visits: Visits = Visits()
    limits: Limits = Limits()
    meetings: Meetings = Meetings()
    publicity: Publicity = Publicity()
    inspections: Inspections = Inspections()
    phases: tuple[Phase, ...] = ()
    survey_window: Window = Window()
    due_dates: tuple[DueDate, ...] = ()
    acceptance: Acceptance = Acceptance()
    reward: Reward = Reward()
    sample: Sample = Sample()
    ratio: Ratio = Ratio()
    stat_year_start: str = "01-01"  # or 10-01 (DOMAIN 2.8)
    suppression: Suppression = Suppression()
    retention: Retention = Retention()
    notice: Notice = Notice()
    marks: Marks = Marks()
    case_types: tuple[CaseType, ...] = ()  # empty: all of DOMAIN 3.7
    penalties: tuple[Penalty, ...] = ()
    holidays: tuple[dt.date, ...] = ()  # days off where the calendar has no data or a place differs
    workdays: tuple[dt.date, ...] = ()  # make-up work days
    submissions_required: bool = False
    approval_required: bool = False
    severities: Mapping[str, str] = field(default_factory=dict)
    unit_names: Mapping[str, str] = field(default_factory=dict)
    departments: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    requirements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    not_adopted: tuple[NotAdopted, ...] = ()
    digest: str = field(default="", metadata={"computed": True})  # of the file's bytes

    @property
    def case_codes(self) -> tuple[str, ...]:
        """The codes of the case types it uses, () for all."""
        return tuple(case.code for case in self.case_types)

    @property
    def items(self) -> tuple[Item, ...]:
        """The checklist items of this plan: the default list without what it drops, with what it adds, vetoes marked."""
        asked = self.acceptance
        kept = [item for item in (*ITEMS, *asked.items) if item.code not in asked.drop and item.level in asked.levels]
        return tuple(replace(item, veto=True) if item.code in asked.veto_items else item for item in kept)

    def due(self, item: str) -> DueDate | None:
        """The one-time report that fills a checklist item, if the plan names its day."""
        return next((due for due in self.due_dates if due.item == item), None)


@dataclass(frozen=True)
class PlanFault:
    """A key of a plan file that cannot stand: which, what is wrong, what is allowed; Chinese and English."""

    key: str
    zh: str
    en: str
