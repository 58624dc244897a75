"""Automatic items about lists, reports and the quality of what offices sent (DOMAIN 6.2-6.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from toolkit.model.checklist import NOT_APPLICABLE, PASSED, SHORT, SHOWN, WANTED, Figure
from toolkit.model.part import VILLAGE
from toolkit.model.unit import contains
from toolkit.schema import (
    CONFLICTS_SHEET,
    ISSUES_SHEET,
    SUBMISSIONS_SHEET,
    BirthOrders,
    Births,
    Cases,
    Cover,
    Evidence,
    Services,
    Staff,
    Works,
)
from toolkit.steps.checklist_items import LEADER, MEMBER, Desk, issue_places, looked_at, places, short_name, some, verdict
from toolkit.steps.months import Row

#: Ledgers whose errors T-21 counts: what offices fill in, their covers too; never the service book's image.
OFFICE_LEDGERS = frozenset(ledger.id for ledger in (Cover, Births, BirthOrders, Staff, Cases, Works, Evidence))
#: Level of the people on an office's own list (schema.staff.LEVEL): 1 区县, 2 乡镇街道.
_OWN_LEVEL = {"county": 1, "township": 2}
_BELOW = {"county": "乡镇", "township": "村"}


def _named(desk: Desk, reports: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Units with their months, where there is more than one month."""
    several = len(desk.periods) > 1
    return tuple(period if unit == desk.unit and desk.level == "village" else short_name(desk, unit) + (f" {period}" if several else "")
                 for unit, period in reports)


# ------------------------------------------------------------------------------------------------------- people


def area_list(desk: Desk) -> Figure:
    """C-03, T-02: units right below that somebody on the office's own, publicised list answers for; S104 clean."""
    below = desk.months.below(desk.unit)
    people = desk.staff()
    if not below:
        return Figure(NOT_APPLICABLE, "区划表中没有下级单位", 0, 0)
    if people is None:
        return Figure(WANTED, "没有收到本级的包保名单", None, len(below))
    own = [row for row in people if row["level"] == _OWN_LEVEL[desk.level] and row["area_codes"]]
    areas = {area for row in own if row["publicised_on"] is not None for area in row["area_codes"].split(";")}
    left = [unit for unit in below if unit not in areas]
    period = people[0].period if people else desk.periods[-1]
    bare = [issue for issue in desk.months.issues.get((desk.unit, "S104"), ()) if issue.period == period]
    words = f"{_BELOW[desk.level]}{len(below) - len(left)}/{len(below)}有责任人并已公示"
    words += f"；缺：{some(short_name(desk, unit) for unit in left)}" if left else ""
    words += f"；{len(bare)}人未填公示日期（S104）" if bare else ""
    return Figure(SHORT if left or bare else PASSED, words, len(below) - len(left), len(below), places(own, Staff))


def pledges(desk: Desk) -> Figure:
    """C-10: people in office, the whole area, who signed the pledge."""
    signed: dict[object, bool] = {}
    people = desk.all_staff()
    for row in people:
        key = (row.unit, row["staff_id"]) if row["staff_id"] else row.origin
        signed[key] = signed.get(key, False) or row["confidentiality_on"] is not None
    if not signed:
        return Figure(WANTED, "没有收到包保名单")
    n, d = sum(signed.values()), len(signed)
    disputed = {conflict.what for one in desk.months.months for conflict in one.merged.conflicts if conflict.code == "D103" and not conflict.decided}
    star = "＊" if any(row["staff_id"] in disputed for row in people) else ""
    lacking = [row for row in people if row["confidentiality_on"] is None]
    words = f"承诺{n}/{d}人{star}" + (f"；缺：{some(short_name(desk, row.unit) for row in lacking)}" if n < d else "")
    return Figure(PASSED if n == d else SHORT, words, n, d, places(lacking if n < d else [], Staff) or looked_at(desk, Staff.sheet, "S105"),
                  tuple(f"{short_name(desk, row.unit)} {row['staff_id'] or ''}".strip() for row in lacking))


def leading_group(desk: Desk) -> Figure:
    """T-20: a head of the leading group, and the departments the plan names (without such a list: members)."""
    people = desk.staff()
    if people is None:
        return Figure(WANTED, "没有收到本级的包保名单")
    group = [row for row in people if row["role"] in range(LEADER, MEMBER + 2)]
    wanted: list[tuple[str, bool]] = [("组长", any(row["role"] == LEADER for row in group))]
    if desk.plan.departments:
        wanted += [(name, any(_sits_for(row, name, desk) for row in group)) for name in desk.plan.departments]
    else:
        wanted.append(("成员", any(row["role"] == MEMBER for row in group)))
    missing = [name for name, there in wanted if not there]
    n, d = len(wanted) - len(missing), len(wanted)
    return Figure(SHORT if missing else PASSED, f"{n}/{d}到位" + (f"；缺：{some(missing)}" if missing else ""), n, d, places(group, Staff))


def _sits_for(row: Row, department: str, desk: Desk) -> bool:
    """Whether somebody sits for a department, under the name in the plan's text or the one of today."""
    names = {department, desk.plan.unit_names.get(department, department)}
    return any(name in (row["unit_name"] or "") for name in names)


def village_list(desk: Desk) -> Figure:
    """V-02: months in which the village's list has somebody in office (S202) and every record an active person (X102)."""
    here = [period for period in desk.periods if desk.here(period, Staff)]
    issues = desk.months.found(desk.unit, "S202", "X102")
    clean = [period for period in here if not any(issue.period == period for issue in issues)]
    lacks = [period not in here for period in desk.periods if period not in clean]
    codes = "、".join(sorted({issue.code for issue in issues}))
    words = f"{len(clean)}/{len(desk.periods)}月名单到人" + (f"；见{codes}" if codes else "，S202、X102为0" if clean else "")
    words += "；名单未报齐" if len(here) < len(desk.periods) else ""
    return Figure(verdict(lacks), words, len(clean), len(desk.periods), looked_at(desk, ISSUES_SHEET, "S202", "X102"))


# ------------------------------------------------------------------------------------------------------ reports


def whole_workbooks(desk: Desk) -> Figure:
    """C-13: village workbooks sent whole (K108), of the villages that reported; shown, nothing judged."""
    expected = set(desk.months.expected(desk.unit, "village"))
    villages = {(unit, period) for unit, period in desk.months.received if unit in expected}
    whole = {(part.unit, part.period) for part in desk.months.parts.values() if part.source.kind == VILLAGE} & villages
    return Figure(SHOWN, f"交来整本{len(whole)}件，已收{len(villages)}件（K108）", len(whole), len(villages), looked_at(desk, ISSUES_SHEET, "K108"))


def _reports(desk: Desk, level: str = "") -> list[tuple[str, str]]:
    return [(unit, period) for period in desk.periods for unit in desk.months.expected(desk.unit, level)]


def _case_report(desk: Desk, unit: str, period: str) -> bool:
    """A case ledger with rows, or with the nil report ticked (F105)."""
    part = desk.months.parts.get((unit, period, Cases.id))
    return part is not None and bool(part.read or part.zero)


def _late(desk: Desk, unit: str, period: str) -> bool:
    return any(issue.period == period for issue in desk.months.issues.get((unit, "L101"), ()))


def case_reports(desk: Desk) -> Figure:
    """C-17: case reports of all expected units, nil reports included; late ones are shown."""
    wanted = _reports(desk)
    if not wanted:
        return Figure(NOT_APPLICABLE, "区划表中没有应报单位", 0, 0)
    missing = [place for place in wanted if not _case_report(desk, *place)]
    late = [place for place in wanted if place not in missing and _late(desk, *place)]
    words = f"{len(wanted) - len(missing)}/{len(wanted)}份齐" + (f"，迟报{len(late)}" if late else "")
    words += f"；缺：{some(_named(desk, missing))}" if missing else ""
    return Figure(SHORT if missing else PASSED, words, len(wanted) - len(missing), len(wanted),
                  looked_at(desk, SUBMISSIONS_SHEET, "L101", "L102", "F105"), _named(desk, missing))


def _in_time(desk: Desk, wanted: list[tuple[str, str]], complete: Callable[[str, str], bool]) -> Figure:
    """Reports that are complete and came by their due day; one whose day of receipt is unknown is still open."""
    missing = [place for place in wanted if not complete(*place)]
    late = [place for place in wanted if place not in missing and _late(desk, *place)]
    unknown = [place for place in wanted if place not in missing and place not in late and place not in desk.months.dated]
    n, d = len(wanted) - len(missing) - len(late) - len(unknown), len(wanted)
    words = f"按期{n}/{d}"
    for name, found in (("未报", missing), ("迟报", late), ("未记收到日期", unknown)):
        words += f"；{name}：{some(_named(desk, found))}" if found else ""
    return Figure(verdict([False] * (len(missing) + len(late)) + [True] * len(unknown)), words, n, d,
                  looked_at(desk, SUBMISSIONS_SHEET, "L101", "L102", "F105"), _named(desk, missing + late + unknown))


def case_reports_in_time(desk: Desk) -> Figure:
    """T-08: case reports of the township and its villages by their due days, nil reports included."""
    wanted = _reports(desk)
    if not wanted:
        return Figure(NOT_APPLICABLE, "区划表中没有应报单位", 0, 0)
    return _in_time(desk, wanted, lambda unit, period: _case_report(desk, unit, period))


def monthly_file(desk: Desk) -> Figure:
    """V-08: the village's file by its due day, with cases and works or their nil reports."""
    def complete(unit: str, period: str) -> bool:
        works = desk.months.parts.get((unit, period, Works.id))
        return _case_report(desk, unit, period) and works is not None and bool(works.read or works.zero)

    return _in_time(desk, [(desk.unit, period) for period in desk.periods], complete)


def all_merged(desk: Desk) -> Figure:
    """T-06: expected villages whose file is in the merge."""
    wanted = _reports(desk, "village")
    if not wanted:
        return Figure(NOT_APPLICABLE, "区划表中没有应报的村", 0, 0)
    missing = [place for place in wanted if place not in desk.months.received]
    words = f"{len(wanted) - len(missing)}/{len(wanted)}份已汇总" + (f"；缺：{some(_named(desk, missing))}" if missing else "")
    return Figure(SHORT if missing else PASSED, words, len(wanted) - len(missing), len(wanted), looked_at(desk, SUBMISSIONS_SHEET, "L102"),
                  _named(desk, missing))


# ------------------------------------------------------------------------------------------------------ quality


def errors(desk: Desk) -> Figure:
    """T-21: errors that stand in office ledgers and covers, of the rows merged."""
    area = _area(desk)
    found = [issue for (unit, _), issues in desk.months.issues.items() if unit in area for issue in issues
             if issue.severity == "error" and issue.ledger in OFFICE_LEDGERS]
    rows = sum(part.rows for part in desk.months.parts.values() if part.unit in area and part.ledger != Services.id)
    words = f"办公台账{rows}条，错误{len(found)}处" + (f"（{some(sorted({issue.code for issue in found}))}）" if found else "")
    return Figure(SHORT if found else PASSED, words, len(found), rows, issue_places(found, ISSUES_SHEET))


def _area(desk: Desk) -> frozenset[str]:
    known = {unit for unit, _ in desk.months.issues} | {part[0] for part in desk.months.parts}
    return frozenset(unit for unit in known if unit and contains(desk.unit, unit))


def conflicts(desk: Desk) -> Figure:
    """T-22: D102 and D103 between units of the area that nobody decided yet, of all that were found."""
    area = _area(desk)
    found = [conflict for one in desk.months.months for conflict in one.merged.conflicts
             if conflict.code in ("D102", "D103") and desk.months.owners.get((one.period, conflict.ledger, conflict.what), frozenset()) & area]
    open_ = [conflict for conflict in found if not conflict.decided]
    words = f"冲突{len(found)}处，未裁定{len(open_)}处"
    return Figure(SHORT if open_ else PASSED, words, len(open_), len(found), looked_at(desk, CONFLICTS_SHEET, "D102", "D103") if found else ())


def forbidden_columns(desk: Desk) -> Figure:
    """V-13: forbidden columns in the village's office ledgers; whether the service book has any is for a person to see."""
    if not any(desk.here(period, ledger) for period in desk.periods for ledger in (Births, Staff, Cases, Works, Evidence)):
        return Figure(WANTED, "没有收到办公台账")
    found = [issue for issue in desk.months.found(desk.unit, "K102") if issue.ledger != Services.id]
    return Figure(SHORT if found else PASSED, f"办公台账 K102 {len(found)}处\n服务册由人看　□无　□有", len(found), None, issue_places(found, ISSUES_SHEET) or
                  looked_at(desk, ISSUES_SHEET, "K102"))
