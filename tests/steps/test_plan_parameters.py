"""Changing a parameter of a plan changes something people see: for every leaf of every plan's file, one named output.

`OUTPUT` says which: a due day, what a rule finds, the drop-down, the notice, the minimised rows. What the summary, the
checklist or the sample use (`OF_REPORTS`) is looked for in `plan show` here, and in the papers in test_plan_reports.
"""

from __future__ import annotations

import copy
import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from tests.rules.planting import COUNTY, TOWN, UNITS, V1, found, ground
from toolkit.files.template import Content
from toolkit.files.template_form import Form, options
from toolkit.files.template_guide import notice_text
from toolkit.files.workspace import built_in_plans
from toolkit.model.issue import Issue
from toolkit.model.ledger import table_of
from toolkit.model.plan import Plan
from toolkit.model.plan_reading import plan_of
from toolkit.model.span import span_of
from toolkit.rules.deadlines import due_day, past_retention
from toolkit.schema import Cases, Evidence, Pregnancies, Services, Staff, Visits
from toolkit.steps.check import by_plan
from toolkit.steps.minimise import services
from toolkit.steps.plan_oddities import oddities
from toolkit.steps.plan_show import shown

Path = tuple[str | int, ...]

#: A plan that sets what no preset does.
FULL: dict[str, Any] = {
    "id": "full", "title": "样例方案", "start": dt.date(2025, 1, 1), "end": dt.date(2025, 12, 31), "stat_year_start": "10-01",
    "submissions_required": True, "approval_required": True, "holidays": [dt.date(2025, 9, 15)], "workdays": [dt.date(2025, 6, 15)],
    "severities": {"F106": "error"}, "reward": {"kind": "range", "amount": 1000, "upto": 2000},
    "limits": {"records_per_person": 3, "vacancy_days": 9, "days_to_decision": 60},
    "inspections": {"per_year": 2, "focus_units": ["990101101"], "focus_visits": 1},
    "suppression": {"small_cell": 6, "rate_min": 12}, "ratio": {"reference": 107, "min_births": 2000},
    "acceptance": {"drop": ["C-20"], "veto_items": ["C-01"], "levels": ["county", "township", "village"], "scoring": {"C-02": 2.5}},
    "marks": {"form_number": "甲1表", "issued_by": "样例局", "approval_number": "样统〔2025〕1号", "valid_until": "2026-12"},
    "deadlines": {"need_report_days": 3, "need_day_count": "working"},
}


@cache
def data(name: str) -> dict[str, Any]:
    return FULL if name == "full" else tomllib.loads(built_in_plans()[name].decode())


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place of a plan's file that holds a plain value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))
    else:
        yield path


def dotted(path: Path) -> str:
    return ".".join(str(part) for part in path if isinstance(part, str))


# ---- outputs: plan, plan the ground was made for -> something to compare

def _due(plan: Plan, _: Plan) -> object:
    return [due_day(period, level, plan) for period in ("2025-04", "2025-05", "2025-08", "2025-09", "2025-11")
            for level in ("village", "township", "county")]


def _show(plan: Plan, _: Plan) -> object:
    return [line for line in shown(plan) if plan.digest not in line[0] or not plan.digest]


def _notice(plan: Plan, _: Plan) -> object:
    return notice_text(plan.notice)


def _drop_down(plan: Plan, _: Plan) -> object:
    return options(Form("county", COUNTY, "示例县", "2025-09", plan, Content({})), Cases, Cases.by_field["type"])


def _cases(plan: Plan, first: Plan) -> object:
    """C201, C301, C303 on fines and rewards at the first plan's limits and one step beyond."""
    decided = {"status": "2 处罚决定", "decided_on": "2025-08-01", "decision_no": "某卫罚〔2025〕3号"}
    rows: list[dict[str, Any]] = [{**decided, "type": band.type, "fine": str(fine)} for band in first.penalties
                                  for fine in (band.low - 1, band.low, band.high, band.high + 1)]
    reward = first.reward
    rows += [{"reward": str(amount)} for edge in (reward.amount, reward.upto) for amount in (max(edge - 1, 1), edge or 1, edge + 777)]
    rows.append({"found_on": "2025-01-01", "filed_on": (dt.date(2025, 9, 30) - dt.timedelta(first.limits.days_to_decision)).isoformat()})
    return found("C201 C301 C303", ground([(Cases, COUNTY, rows)], plan))


def _papers(plan: Plan, first: Plan) -> object:
    """E101, E103 on papers of every item of the first plan, dated on its first and last day."""
    rows = [{"evidence_no": item.code, "item_code": item.code} for item in first.items]
    rows += [{"evidence_no": f"{day}", "doc_date": f"{day}"} for day in (first.start, first.end) if day]
    return found("E101 E103", ground([(Evidence, COUNTY, rows)], plan, facts={"filled_on": "2026-12-31"}))


def _visits(plan: Plan, first: Plan) -> object:
    """V103, V109, V201 on visits on the first and last day of each window and needs reported on the last day allowed."""
    day = dt.date(2025, 9, 15)
    women, rows = [], []
    for kind, window in enumerate(first.visits.windows, 1):
        for edge in window:
            number = f"A{kind}{len(women):04d}"
            women.append({"record_id": number, "edd": (day + dt.timedelta(280 - edge)).isoformat()})
            rows.append({"record_id": number, "visit_type": str(kind), "visit_date": day.isoformat(), "need": "0"})
    women.append({"record_id": "B00001", "edd": "2026-02-01"})  # nobody greeted her
    friday, wanted = dt.date(2025, 9, 12), first.deadlines.need_report_days
    for days in range(1, wanted + 4):
        rows.append({"record_id": women[0]["record_id"], "visit_type": "9", "visit_date": day.isoformat(), "need": "2", "need_status": "2",
                     "need_found_on": friday.isoformat(), "need_reported_on": (friday + dt.timedelta(days)).isoformat()})
    return found("V103 V109 V201", ground([(Pregnancies, V1, women), (Visits, V1, rows)], plan))


def _service_rows(plan: Plan, first: Plan) -> object:
    """Postnatal and 42-day services on the first and last day of their time."""
    starts, ends = dt.date(2025, 9, 1), dt.date(2025, 9, 30)
    spans = (first.visits.postnatal_days, first.visits.check42[1])
    born = [day - dt.timedelta(span) for span in spans for day in (starts, ends)]
    opens = first.visits.check42[0]
    women = [{"record_id": f"A{number}", "edd": day, "delivered_on": day, "consent": 1, "staff_id": "S1"} for number, day in enumerate(born)]
    calls = [{"record_id": f"A{number}", "visit_date": day + dt.timedelta(opens), "visit_type": 9, "mode": 2} for number, day in enumerate(born)]

    def table(ledger: Any, rows: list[dict[str, Any]]) -> Any:
        size = range(5, 5 + len(rows))
        return table_of(ledger, {column.field: [row.get(column.field) for row in rows] for column in ledger.columns}, [0] * len(rows),
                        list(size), [0] * len(rows), [None] * len(rows))

    made = services(table(Pregnancies, women), table(Visits, calls), [0], [0], [V1], ["2025-09"], ["0" * 32], [frozenset({"S1"})], plan)
    return made.frame[["postnatal_due", "postnatal_done", "check42_due", "check42_done"]].values.tolist()


def _staff(plan: Plan, first: Plan) -> object:
    """S203, S204: one person with as many records as the first plan allows, and a post vacant as long as it allows."""
    one = "990101101201-01"
    ends = dt.date(2025, 3, 31)
    rows = [{"staff_id": one, "valid_from": "2025-01-01", "valid_to": ends.isoformat()},
            {"staff_id": "990101101201-02", "valid_from": (ends + dt.timedelta(first.limits.vacancy_days + 1)).isoformat()}]
    records = [{"token": f"{number:012x}", "staff_id": one} for number in range(first.limits.records_per_person)]
    return found("S203 S204", ground([(Staff, V1, rows), (Services, V1, records)], plan))


def _kept(plan: Plan, first: Plan) -> object:
    due, _ = due_day("2025-09", "village", first)
    return past_retention("2025-09", due + dt.timedelta(first.retention.village_workbook_days_after_merge), plan)


def _approval(plan: Plan, _: Plan) -> object:
    return found("L104", ground([(Staff, V1, [])], plan, units=UNITS, target=COUNTY, approvals={TOWN: "待审"}))


def _severities(plan: Plan, _: Plan) -> object:
    return [issue.severity for issue in by_plan([Issue("F106", "warning"), Issue("G110", "info", local=True)], plan)]


#: Key (its beginning) -> the output that changes with it.
OUTPUT: dict[str, Callable[[Plan, Plan], object]] = {
    "deadlines.need_": _visits, "deadlines.": _due, "holidays": _due, "workdays": _due, "visits.monthly": _visits, "visits.windows": _visits,
    "visits.": _service_rows, "limits.days_to_decision": _cases, "limits.": _staff, "retention.": _kept, "notice.": _notice,
    "case_types.code": _drop_down, "penalties.source": _show, "penalties.": _cases, "reward.announced": _show, "reward.": _cases,
    "acceptance.items.code": _papers, "acceptance.drop": _papers, "acceptance.levels": _papers, "start": _papers, "end": _papers,
    "approval_required": _approval, "severities.": _severities,
}
#: What the summary, the checklist and the sample use.
OF_REPORTS = ("meetings.", "publicity.", "inspections.", "phases.", "survey_window.", "due_dates.", "acceptance.", "sample.", "ratio.", "suppression.",
                 "stat_year_start", "marks.", "departments", "submissions_required", "addressees", "unit_names.")
#: What `plan show` itself is for.
TO_READ = ("id", "title", "case_types.", "documents.", "requirements.", "sources.", "not_adopted.")
#: A key that has one allowed value: what a reward is paid for is the case.
ONE_VALUE = ("reward.per",)


def output_of(key: str) -> Callable[[Plan, Plan], object]:
    exact = max((name for name in OUTPUT if key.startswith(name)), key=len, default="")
    if exact:
        return OUTPUT[exact]
    assert key.startswith((*OF_REPORTS, *TO_READ)), f"no output is named for {key}"
    return _show


# ---- changes: another value that may stand there

OTHER = {"natural": "working", "working": "natural", "none": "next_workday", "next_workday": "none", "township": "county", "1/20": "1/10",
         "01-01": "10-01", "10-01": "01-01", "fixed": "minimum", "minimum": "fixed", "range": "minimum", "K": "P", "P": "K",
         "evidence": "person", "error": "info", "990101101": "990101102"}


def changed(name: str, path: Path) -> dict[str, Any]:
    """The plan's file with one value changed."""
    whole = copy.deepcopy(data(name))
    *way, last = path
    holder: Any = whole
    for part in way:
        holder = holder[part]
    key, value = dotted(path), holder[last]
    if key == "acceptance.levels":
        del holder[last]
    elif key == "case_types.code":
        holder[last] = next(code for code in ("10", "05", "03") if code not in {case["code"] for case in whole["case_types"]})
        whole["penalties"] = [{**band, "type": holder[last]} if band["type"] == value else band for band in whole["penalties"]]
    elif key == "penalties.type":
        holder[last] = "19"
    else:
        holder[last] = _other(key, value, last)
    return whole


def _other(key: str, value: Any, last: str | int) -> Any:
    ends = key.endswith("end")
    if isinstance(value, bool):
        return not value
    if isinstance(value, dt.date):
        return value + dt.timedelta(-1 if ends else 1)
    if isinstance(value, (int, float)):
        first_of_two = key in ("visits.windows", "visits.check42") and last == 0
        up = value == 0 or first_of_two or key.endswith(("low", "small_cell", "rate_min", "min_births", "announced"))
        return value + 1 if up else value - 1
    if key == "acceptance.scoring" or key in ("acceptance.drop", "acceptance.veto_items") or key.startswith("requirements."):
        return "C-03" if value != "C-03" else "C-04"
    if key == "acceptance.items.code":
        return "T-32"
    if key == "due_dates.item":
        return "T-13"
    if key == "not_adopted.id":
        return "R99"
    if key == "notice.phone":
        return "010-0000000"
    if value in OTHER:
        return OTHER[value]
    span = span_of(value)
    if span:
        return (span[1] - dt.timedelta(1) if ends else span[0] + dt.timedelta(1)).isoformat()
    return value + "甲"


CASES = [(name, path) for name in (*built_in_plans(), "full") for path in leaves(data(name)) if dotted(path) not in ONE_VALUE]


@cache
def read(name: str) -> Plan:
    plan, faults = plan_of(data(name))
    assert plan is not None, faults
    return plan


@cache
def before(name: str, output: Callable[[Plan, Plan], object]) -> object:
    return output(read(name), read(name))


@pytest.mark.parametrize(("name", "path"), CASES, ids=[f"{name}:{'.'.join(map(str, path))}" for name, path in CASES])
def test_a_changed_parameter_changes_its_output(name: str, path: Path) -> None:
    plan, faults = plan_of(changed(name, path))
    assert plan is not None, faults
    output = output_of(dotted(path))
    assert output(plan, read(name)) != before(name, output)


@pytest.mark.parametrize("output", sorted({*OUTPUT.values(), _show}, key=lambda one: one.__name__), ids=lambda one: one.__name__)
def test_the_same_plan_gives_the_same_output(output: Callable[[Plan, Plan], object]) -> None:
    for name in ("full", "beishi-2025"):
        again, _ = plan_of(copy.deepcopy(data(name)))
        assert again is not None
        assert output(again, read(name)) == before(name, output)


def test_every_key_of_a_plan_is_set_in_one_of_them() -> None:
    """So that the test above leaves none out: keys as `plan check` names them when it meets an unknown one."""
    _, faults = plan_of({"id": "x", "title": "x", "?": 1})
    allowed = set(re.split("、", faults[0].zh.split("可用：")[1]))
    assert allowed - {str(path[0]) for _, path in CASES} == set()


def test_a_reward_is_paid_for_a_case_only() -> None:
    assert [fault.key for fault in plan_of({**FULL, "reward": {"per": "head"}})[1]] == ["reward.per"]


JUNK: tuple[Any, ...] = (3, -1, 0.5, float("nan"), "x", "", True, [], {}, [[]], [1], [{}], {"x": 1}, dt.date(2025, 1, 1), dt.datetime(2025, 1, 1), dt.time(1))


def nodes(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place of a plan's file, tables and lists too."""
    if path:
        yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from nodes(inner, (*path, key))


@pytest.mark.parametrize("name", ["full", "zhelang-2025"])
def test_junk_anywhere_is_a_fault_and_never_a_crash(name: str) -> None:
    """What can be read is shown and looked over too."""
    for path in nodes(data(name)):
        if str(path[0]) in ("requirements", "sources", "not_adopted") and path[-1] not in ("R54", "R96", 0):
            continue  # a hundred alike
        for junk in JUNK:
            whole = copy.deepcopy(data(name))
            holder: Any = whole
            for part in path[:-1]:
                holder = holder[part]
            holder[path[-1]] = junk
            plan, faults = plan_of(whole)
            assert (plan is None) == bool(faults)
            if plan is not None and name == "full":
                assert shown(plan)
                oddities(plan)
