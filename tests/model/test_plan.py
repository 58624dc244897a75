"""The bounds no plan can pass (DOMAIN 6.7), and that every fault is named at once."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit.files.workspace import built_in_plan, built_in_plans
from toolkit.model.acceptance import ALWAYS, BY_CODE, ITEMS, SERVICE, WOMEN_FIGURES
from toolkit.model.plan_bounds import CASE_CODES
from toolkit.model.plan_reading import plan_of
from toolkit.schema.cases import CASE_TYPE

BASE: dict[str, Any] = {"id": "ours", "title": "样例方案"}


@pytest.mark.parametrize(("change", "keys"), [
    ({}, []),
    ({"visits": {"monthly": 2}}, ["visits.monthly"]),
    ({"suppression": {"small_cell": 4, "ratio_min_births": 999}}, ["suppression.small_cell", "ratio.min_births"]),
    ({"sample": {"rate": "1/21"}}, ["sample.rate"]),
    ({"sample": {"rate": "1/4"}}, ["sample.rate"]),
    ({"sample": {"rate": "0.05"}}, ["sample.rate"]),
    ({"retention": {"village_workbook_days_after_merge": 91}}, ["retention.village_workbook_days_after_merge"]),
    ({"severities": {"P121": "error"}}, ["severities.P121"]),
    ({"severities": {"K102": "info"}}, ["severities.K102"]),
    ({"severities": {"V201": "warning"}}, ["severities.V201"]),
    ({"severities": {"L104": "loud"}}, ["severities.L104"]),
    ({"severities": {"L104": "error"}}, []),
    ({"scoring": {"contact_rate": 5}}, ["scoring"]),
    ({"deadlines": {"village_to_township": {"day": 31}}}, ["deadlines.village_to_township.day"]),
    ({"visits": {"monthly": "1"}}, ["visits.monthly"]),
])
def test_bounds(change: dict[str, Any], keys: list[str]) -> None:
    plan, faults = plan_of({**BASE, **change})
    assert [fault.key for fault in faults] == keys
    assert (plan is None) == bool(keys)


def test_the_plans_we_ship_can_be_used() -> None:
    assert [plan.id for name in built_in_plans() if (plan := built_in_plan(name))] == list(built_in_plans())


def item(**facts: Any) -> dict[str, Any]:
    """An item a plan adds, as TOML gives it."""
    return {"code": "C-31", "text": "信息公开栏", "source": "evidence", "dimension": 1, **facts}


def keys(**change: Any) -> list[str]:
    return [fault.key for fault in plan_of({**BASE, **change})[1]]


#: What a plan must not get in by: each with the key that is refused.
HOSTILE: list[tuple[dict[str, Any], list[str]]] = [
    # dimension 5 and figures 1-9: not scored, ranked, targeted, vetoed
    ({"acceptance": {"scoring": {"T-07": 5}}}, ["acceptance.scoring.T-07"]),
    ({"acceptance": {"scoring": {"V-07": 0}}}, ["acceptance.scoring.V-07"]),
    ({"acceptance": {"scoring": {"contact_rate": 5}}}, ["acceptance.scoring.contact_rate"]),
    ({"acceptance": {"veto_items": ["births"]}}, ["acceptance.veto_items[1]"]),
    ({"acceptance": {"veto_items": ["C-01", "V-12"]}}, ["acceptance.veto_items[2]"]),
    ({"acceptance": {"items": [item(dimension=5, veto=True)]}}, ["acceptance.items[1].veto"]),
    ({"acceptance": {"items": [item(dimension=5)], "scoring": {"C-31": 2}}}, ["acceptance.scoring.C-31"]),
    ({"acceptance": {"items": [item(dimension=5)], "veto_items": ["C-31"]}}, ["acceptance.veto_items[1]"]),
    ({"acceptance": {"items": [item(text="随访率不低于95%")]}}, ["acceptance.items[1].text"]),
    ({"acceptance": {"items": [item(text="出生人口性别比下降")]}}, ["acceptance.items[1].text"]),
    ({"acceptance": {"items": [item(text="各村问候提供率排名")]}}, ["acceptance.items[1].text"]),
    ({"acceptance": {"items": [item(text="产检服务", veto=True)]}}, ["acceptance.items[1].text"]),
    ({"acceptance": {"items": [item(text="产检服务")], "scoring": {"C-31": 3}}}, ["acceptance.items[1].text"]),
    ({"acceptance": {"items": [item(text="台账", en="contact_rate at least 90%")]}}, ["acceptance.items[1].en"]),
    # an added item is a paper or a person's look, never a figure of its own making; and none of ours redefined
    ({"acceptance": {"items": [item(source="auto")]}}, ["acceptance.items[1].source"]),
    ({"acceptance": {"items": [item(code="V-07")]}}, ["acceptance.items[1].code"]),
    ({"acceptance": {"items": [item(), item()]}}, ["acceptance.items[1].code", "acceptance.items[2].code"]),
    ({"acceptance": {"items": [item(code="X-01")]}}, ["acceptance.items[1].code"]),
    ({"acceptance": {"items": [item(dimension=7)]}}, ["acceptance.items[1].dimension"]),
    # contraception, pre-pregnancy and pregnancy checks, permits, thoughts: in no text that offices act on
    ({"acceptance": {"items": [item(text="孕前每季度检查")]}}, ["acceptance.items[1].text"]),
    ({"acceptance": {"items": [item(text="避孕节育措施落实")]}}, ["acceptance.items[1].text"]),
    ({"phases": [{"name": "查环查孕"}]}, ["phases[1].name"]),
    ({"phases": [{"name": "服务", "duties": ["掌握孕情"]}]}, ["phases[1].duties[1]"]),
    ({"phases": [{"name": "服务", "duties": ["随访率达到百分之九十"]}]}, ["phases[1].duties[1]"]),
    ({"phases": [{"name": "办案", "duties": ["每村查处案件不少于一件"]}]}, ["phases[1].duties[1]"]),
    ({"due_dates": [{"name": "三查名单", "date": "2025-09-01"}]}, ["due_dates[1].name"]),
    ({"title": "查环查孕专项行动"}, ["title"]),
    ({"title": "查 ・ 环 查-孕 行动"}, ["title"]),
    ({"notice": {"phone": "准生证办理处"}}, ["notice.phone"]),
    ({"notice": {"phone": "000-0000000，不参加的不予落户"}}, ["notice.phone"]),
    ({"notice": {"responsible": "村专干。不参加的记入名册"}}, ["notice.responsible"]),
    ({"notice": {"responsible": "查环医生"}}, ["notice.responsible"]),
    ({"visits": {"windows": [[-90, -1], [0, 90]]}}, ["visits.windows[1]"]),
    ({"visits": {"windows": [[0, 30], [31, 60], [61, 90], [91, 120], [121, 150], [151, 180]]}}, ["visits.windows"]),
    # cases: no case about a pregnancy, no quota
    ({"case_types": [{"code": "01", "name": "不明原因孕情消失"}]}, ["case_types[1].name"]),
    ({"case_types": ["20"]}, ["case_types[1].code"]),
    ({"case_types": ["01", "01"]}, ["case_types[2].code"]),
    ({"acceptance": {"items": [item(text="全年查处两非案件不少于3件", dimension=4)]}}, ["acceptance.items[1].text"]),
    ({"penalties": [{"type": "20", "low": 1000, "high": 3000}]}, ["penalties[1].type"]),
    ({"case_types": ["01"], "penalties": [{"type": "08", "low": 1, "high": 2}]}, ["penalties[1].type"]),
    ({"penalties": [{"type": "01", "low": 5, "high": 2}]}, ["penalties[1].high"]),
    ({"reward": {"kind": "range", "amount": 5, "upto": 2}}, ["reward.upto"]),
    ({"reward": {"per": "woman"}}, ["reward.per"]),
    ({"limits": {"days_to_decision": 91}}, ["limits.days_to_decision"]),
    # privacy items stay
    *(({"acceptance": {"drop": [code]}}, ["acceptance.drop[1]"]) for code in sorted(ALWAYS)),
    ({"acceptance": {"drop": ["C-77"]}}, ["acceptance.drop[1]"]),
    # words and figures that mean something
    ({"ratio": {"min_births": 999}}, ["ratio.min_births"]), ({"ratio": {"reference": 90}}, ["ratio.reference"]),
    ({"suppression": {"rate_min": 9}}, ["suppression.rate_min"]),
    ({"stat_year_start": "07-01"}, ["stat_year_start"]),
    ({"deadlines": {"need_day_count": "lunar"}}, ["deadlines.need_day_count"]),
    ({"meetings": {"special": {"per_year": -1}}}, ["meetings.special.per_year"]),
    ({"inspections": {"focus_units": ["甲村"]}}, ["inspections.focus_units[1]"]),
    ({"start": "2025-09-01", "end": "2025-08-01"}, ["end"]),
    ({"due_dates": [{"name": "小结"}]}, ["due_dates[1].date"]),
    ({"due_dates": [{"name": "小结", "date": "2025-12-20", "item": "T-77"}]}, ["due_dates[1].item"]),
    ({"marks": {"form_number": "甲1表"}}, ["marks"]),
    ({"not_adopted": [{"id": "R30", "requirement": "要求"}]}, ["not_adopted[1].reason", "not_adopted[1].alternative"]),
    ({"requirements": {"R01": []}}, ["requirements.R01"]),
    ({"digest": "0" * 16}, ["digest"]),
    ({"ranking": {"by": "births"}}, ["ranking"]),
    ({"targets": {"sex_ratio": 107}}, ["targets"]),
]


@pytest.mark.parametrize(("change", "refused"), HOSTILE)
def test_hostile_plans(change: dict[str, Any], refused: list[str]) -> None:
    assert keys(**change) == refused


@pytest.mark.parametrize("change", [
    {"acceptance": {"items": [item()], "veto_items": ["C-01", "C-31"], "scoring": {"C-01": 2.5, "C-31": 1}, "drop": ["C-20"], "levels": ["county"]}},
    {"case_types": ["01", {"code": "06", "name": "非法使用B超", "status": "P"}], "penalties": [{"type": "06", "low": 0, "high": 0}]},
    {"start": "2025年8月下旬", "end": "2025年10月中旬", "phases": [{"name": "总结", "end": "二〇二五年十月二十日", "duties": ["召开动员会议"]}]},
    {"marks": {"form_number": "甲1表", "issued_by": "样例局", "approval_number": "样统〔2025〕1号", "valid_until": "2026-12"}},
    {"suppression": {"ratio_min_births": 2000}, "ratio": {"reference": 105}},
])
def test_what_a_plan_may_say(change: dict[str, Any]) -> None:
    assert keys(**change) == []


def test_vetoes_drops_and_levels_reach_the_items() -> None:
    plan, _ = plan_of({**BASE, "acceptance": {"items": [item()], "veto_items": ["C-01"], "drop": ["C-20"], "levels": ["county"]}})
    assert plan is not None
    assert [one.code for one in plan.items] == [f"C-{number:02d}" for number in range(1, 22) if number != 20] + ["C-31"]
    assert [one.code for one in plan.items if one.veto] == ["C-01"]


def test_the_default_list() -> None:
    assert [one.code for one in ITEMS] == [f"{level}-{number:02d}" for level, last in (("C", 21), ("T", 22), ("V", 14)) for number in range(1, last + 1)]
    assert set(ALWAYS) <= set(BY_CODE)
    assert [one.code for one in ITEMS if one.dimension == SERVICE] == ["C-09", "C-19", "T-07", "V-03", "V-04", "V-07", "V-11", "V-12"]
    assert not {one.code for one in ITEMS if one.veto}
    assert len(WOMEN_FIGURES) == len(set(WOMEN_FIGURES))


def test_case_codes_are_those_of_the_drop_down() -> None:
    assert [code for code, _ in CASE_TYPE.labels] == list(CASE_CODES)


def test_every_fault_at_once_names_key_value_and_what_is_allowed() -> None:
    _, faults = plan_of({"id": "ours", "visits": {"montly": 1, "monthly": 3}, "publicity": "a lot", "start": "下旬", "windows": []})
    assert [fault.key for fault in faults] == ["windows", "start", "visits.montly", "publicity", "title"]
    told = {fault.key: fault.en for fault in faults}
    assert ("did you mean monthly" in told["visits.montly"], "a lot" in told["publicity"], "下旬" in told["start"]) == (True, True, True)
