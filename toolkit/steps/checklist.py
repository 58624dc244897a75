"""The acceptance checklists of one or several merged months: every item of the plan, for every unit of the levels asked.

What the ledgers can show is filled in with where it comes from; the rest waits for a person, with its papers beside it. No
total, no score, no verdict on a unit: results are listed, that is all (DOMAIN 6.2-6.4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from toolkit.model.acceptance import AUTO, EVIDENCE, Item
from toolkit.model.checklist import BY_PERSON, BY_PROGRAM, WANTED, Checklist, Figure, Line
from toolkit.model.figure import Figure as Indicator
from toolkit.model.unit import LEVELS, level_of
from toolkit.steps import checklist_offices as offices
from toolkit.steps import checklist_service as service
from toolkit.steps import checklist_works as works
from toolkit.steps.checklist_items import Desk
from toolkit.steps.checklist_papers import SAID, papers
from toolkit.steps.months import Months
from toolkit.steps.standing import Institution

#: Item -> the function that makes its figure.
AUTOMATIC: dict[str, Callable[[Desk], Figure]] = {
    "C-03": offices.area_list, "C-04": works.monthly_meetings, "C-05": works.coordination, "C-06": works.group_and_special,
    "C-10": offices.pledges, "C-13": offices.whole_workbooks, "C-16": works.inspections, "C-17": offices.case_reports,
    "C-18": works.rectifications, "C-19": service.random_visits, "C-20": works.publicity_kinds,
    "T-02": offices.area_list, "T-05": works.monthly_meetings, "T-06": offices.all_merged, "T-07": service.greetings,
    "T-08": offices.case_reports_in_time, "T-14": works.publicity_rounds, "T-20": offices.leading_group, "T-21": offices.errors,
    "T-22": offices.conflicts,
    "V-02": offices.village_list, "V-06": works.monthly_record, "V-07": service.needs, "V-08": offices.monthly_file,
    "V-12": service.random_visits, "V-13": offices.forbidden_columns,
}
#: Items that only a sample's result fills; without one a person fills them in.
BY_SAMPLE = ("C-19", "V-12")


def checklists(months: Months, levels: Sequence[str], institutions: Sequence[Institution] | None, figures: Iterable[Indicator],
               visits: service.Visits | None = None) -> list[Checklist]:
    """One checklist for each listed unit of these levels under the target, from the top down, in code order.

    `institutions` None: the workspace has no list. `figures`: of the monthly summary, small counts hidden already.
    """
    desk = Desk(months, months.target.code, None if institutions is None else tuple(institutions), {one.key: one for one in figures}, visits,
                LEVELS[level_of(months.target.code)] <= LEVELS["county"])
    return [_checklist(replace(desk, unit=unit.code), unit.name) for level in sorted(levels, key=LEVELS.__getitem__)
            for unit in months.units.below(months.target.code) if unit.level == level]


def _checklist(desk: Desk, name: str) -> Checklist:
    return Checklist(desk.unit, name, desk.level, tuple(_line(desk, item) for item in desk.plan.items if item.level == desk.level))


def _line(desk: Desk, item: Item) -> Line:
    """An item filled in: by the program where the plan says so and the program can, else left to a person."""
    found = papers(desk, item.code)
    by_program = desk.visits is not None if item.code in BY_SAMPLE else item.source == AUTO and item.code in AUTOMATIC
    if by_program:
        figure = AUTOMATIC[item.code](desk)
        return Line(desk.unit, item, BY_PROGRAM, figure.result, figure.words, figure.n, figure.d, figure.places, found, figure.lacking)
    said, n, d = SAID[item.code](desk, found) if item.code in SAID else ("", None, None)
    if item.code in BY_SAMPLE:
        said = "没有给出抽样结果"
    needs_paper = item.source == EVIDENCE or item.code in BY_SAMPLE
    return Line(desk.unit, item, BY_PERSON, WANTED if needs_paper and not found else None, said, n, d, (), found)
