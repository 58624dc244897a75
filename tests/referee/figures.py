"""An independent slow referee for the figures of DOMAIN 6.1: plain loops over a merged workbook read with openpyxl.

It imports nothing of the toolkit and shares no code with it. It knows the sheets' headings only.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

import openpyxl

Row = dict[str, Any]
LENGTHS = {"province": 2, "prefecture": 4, "county": 6, "township": 9, "village": 12}
ORDER = ["province", "prefecture", "county", "township", "village"]


def level_of(code: str) -> str:
    for level in ORDER:
        if set(code[LENGTHS[level]:]) <= {"0"}:
            return level
    return "village"


def up_to(code: str, level: str) -> str:
    return code[: LENGTHS[level]].ljust(12, "0")


def under(code: str, top: str) -> bool:
    return code[: LENGTHS[level_of(top)]] == top[: LENGTHS[level_of(top)]]


def table(sheet: Any, first: str) -> list[Row]:
    """The rows under the heading row that begins with `first`; headings without ＊ and without what stands in brackets on a second line."""
    headings: list[str] | None = None
    rows = []
    for cells in sheet.iter_rows(values_only=True):
        names = [str(cell or "").replace("＊", "").split("\n")[0].strip() for cell in cells]
        if headings is None:
            if names and names[0] == first:
                headings = names
            continue
        row = {}
        for name, cell in zip(headings, cells, strict=False):
            if name and name not in row:
                row[name] = cell
        if any(cell not in (None, "") for cell in cells):
            rows.append(row)
    return rows


def number(cell: Any) -> float:
    return float(cell) if isinstance(cell, (int, float)) else 0


def code(cell: Any) -> int | None:
    text = str(cell or "").split(" ")[0]
    return int(text) if text.isdigit() else None


def day(cell: Any) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    try:
        return dt.date.fromisoformat(str(cell)[:10])
    except ValueError:
        return None


class Workbook:
    """One merged month as a person reads it."""

    def __init__(self, path: Path) -> None:
        book = openpyxl.load_workbook(path, data_only=True)
        facts = {}
        for cells in book["封面"].iter_rows(values_only=True):
            for one, two in zip(cells, cells[1:], strict=False):
                if isinstance(one, str) and two not in (None, ""):
                    facts.setdefault(one, two)
        self.target, self.period = str(facts["单位代码"]), str(facts["所属月份"])
        self.level = level_of(self.target)
        firsts = {"服务台账": "当月记号", "出生统计": "单位代码", "分孩次出生": "单位代码", "包保名单": "人员编号", "案件台账": "案件编号", "工作记录": "编号", "佐证材料": "材料编号"}
        self.rows = {name: [row for row in table(book[name], first) if str(row.get("来源单位代码") or "").isdigit()] if name in book.sheetnames else []
                     for name, first in firsts.items()}
        self.submissions = table(book["上报情况"], "单位代码")
        self.issues = table(book["问题清单"], "序号") if "问题清单" in book.sheetnames else []
        conflicts = table(book["重复与冲突"], "序号") if "重复与冲突" in book.sheetnames else []
        self.open_conflicts = {str(row["对　象"] if "对　象" in row else row.get("对象")) for row in conflicts if row["规则"] == "D102" and not row.get("裁定（人填）")}
        year, month = int(self.period[:4]), int(self.period[5:])
        self.start = dt.date(year, month, 1)
        self.end = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)

    def inside(self, cell: Any) -> bool:
        found = day(cell)
        return found is not None and self.start <= found <= self.end


def chain_holds(book: Workbook, number_: str, village: str) -> bool:
    """Somebody with this number holds office in the village; for a county, whose superior does in the township, whose superior in the county."""
    def lines(wanted: str) -> list[Row]:
        found = []
        for row in book.rows["包保名单"]:
            begin, finish = day(row["起始日期"]), day(row["截止日期"])
            if str(row["人员编号"]) == wanted and (begin is None or begin <= book.end) and (finish is None or finish >= book.end):
                found.append(row)
        return found

    for row in lines(number_):
        areas = [area.strip()[:12] for area in str(row["分包单位代码"] or "").replace("；", ";").split(";")]
        if village not in areas and str(row["单位代码"]) != village:
            continue
        if ORDER.index(book.level) > ORDER.index("county"):
            return True
        for above in lines(str(row["上级责任人编号"])):
            if str(above["来源单位代码"]) == up_to(village, "township") and code(above["级别"]) == 2:
                for top in lines(str(above["上级责任人编号"])):
                    if str(top["来源单位代码"]) == up_to(village, "county") and code(top["级别"]) == 1:
                        return True
    return False


def figures(book: Workbook, units: list[tuple[str, bool]], institutions: list[tuple[str, str]]) -> dict[tuple[str, str, str], tuple[float, float | None]]:
    """(unit, level, field) -> (n, d or None), nothing hidden."""
    below = ORDER[min(ORDER.index(book.level) + 1, 4)]
    out: dict[tuple[str, str, str], tuple[float, float | None]] = {}
    lines = {up_to(unit, below) for unit, _ in units if under(unit, book.target) and level_of(unit) != book.level}
    places: list[tuple[str, str]] = [(line, below) for line in sorted(lines)]
    if book.level == "village":
        places = [(book.target, "village")]
    else:
        places.append((book.target, "office"))
        places.append((book.target, book.level))
    for unit, level in places:
        def mine(name: str, unit: str = unit, level: str = level) -> list[Row]:
            return [row for row in book.rows[name] if (str(row["来源单位代码"]) == unit if level == "office" else under(str(row["来源单位代码"]), unit))]

        def put(field: str, n: float, d: float | None = None, unit: str = unit, level: str = level) -> None:
            out[unit, level, field] = (n, d)

        if level != "office":
            services = mine("服务台账")
            put("services_open", len(services))
            put("assign_rate", sum(chain_holds(book, str(row["服务责任人编号"]), str(row["单位代码"])) for row in services if row["服务责任人编号"]), len(services))
            for field, part, whole in (("contact_rate", "已问候", "应问候"), ("window_rate", "产检提醒已提供", "产检提醒应提供"),
                                       ("postnatal_rate", "产后服务已提供", "产后服务应提供"), ("check42_rate", "42天提醒已提供", "42天提醒应提供")):
                put(field, sum(number(row[part]) for row in services), sum(number(row[whole]) for row in services))
            raised = sum(number(row["需求提出"]) for row in services)
            put("needs", raised)
            put("needs_done_rate", sum(number(row["需求办结"]) for row in services), raised)
            put("needs_in_time_rate", sum(number(row["需求及时上报"]) for row in services), raised)
            first: dict[str, Row] = {}
            for row in mine("出生统计"):
                first.setdefault(str(row["来源单位代码"]), row)
            for field, name in (("births", "活产数"), ("boys", "男"), ("girls", "女")):
                put(field, sum(number(row[name]) for row in first.values()))
        _cases(book, mine("案件台账"), put)
        works = [row for row in mine("工作记录") if book.inside(row["日期"])]
        for field, kinds in (("works_meetings", (1, 2, 3, 4)), ("works_publicity", (5,)), ("works_inspections", (7,)), ("works_support", (11,)),
                             ("works_training", (6,))):
            put(field, sum(code(row["类型"]) in kinds for row in works), None)
        listed = {name for name, at in institutions if (at == unit if level == "office" else under(at, unit))}
        looked, wrong = set(), set()
        for row in book.rows["工作记录"]:
            if code(row["类型"]) == 7 and book.inside(row["日期"]) and str(row["对象代码"]) in listed:
                looked.add(str(row["对象代码"]))
                if number(row["问题数"]) > 0:
                    wrong.add(str(row["对象代码"]))
        righted = {str(row["对象代码"]) for row in book.rows["工作记录"] if code(row["类型"]) == 8 and (done := day(row["完成日期"])) and done <= book.end}
        put("inspections", len(looked), len(listed))
        put("inspections_to_rectify", len(wrong))
        put("inspections_rectified", len(wrong & righted))
        _reports(book, units, unit, level, put)
    return out


def _cases(book: Workbook, rows: list[Row], put: Any) -> None:
    best: dict[str, tuple[int, dt.date, Row]] = {}
    for at, row in enumerate(rows):
        name = str(row["案件编号"] or f"line {at}")
        dates = [found for column in ("发现日期", "立案日期", "处罚决定日期", "移送日期", "结案日期") if (found := day(row[column]))]
        stage = code(row["处理阶段"])
        rank = (-1 if stage is None else stage, max(dates, default=dt.date.min))
        if name not in best or rank >= best[name][:2]:
            best[name] = (*rank, row)
    kept = [row for _, _, row in best.values()]
    for field, column in (("cases_leads", "发现日期"), ("cases_filed", "立案日期"), ("cases_decided", "处罚决定日期"), ("cases_closed", "结案日期"),
                          ("cases_transferred", "移送日期")):
        put(field, sum(book.inside(row[column]) for row in kept))
    put("cases_open", sum(code(row["处理阶段"]) in (0, 1, 2, 3) for row in kept))
    put("fines", sum(number(row["罚款(元)"]) for row in kept if book.inside(row["处罚决定日期"])))
    put("confiscated", sum(number(row["没收违法所得(元)"]) for row in kept if book.inside(row["处罚决定日期"])))
    paid = 0.0
    for row in kept:
        when = next((found for column in ("处罚决定日期", "结案日期", "移送日期", "发现日期") if (found := day(row[column]))), None)
        if when and book.start <= when <= book.end:
            paid += number(row["举报奖励(元)"])
    put("rewards", paid)


def _reports(book: Workbook, units: list[tuple[str, bool]], unit: str, level: str, put: Any) -> None:
    def here(other: str) -> bool:
        return other == unit if level == "office" else under(other, unit)

    expected = {other for other, reports in units if reports and here(other) and under(other, book.target)}
    states: dict[str, set[str]] = defaultdict(set)
    for row in book.submissions:
        name = str(row["单位代码"] or "")
        if name in expected and ("已报" in str(row["状　态"]) or "零报告" in str(row["状　态"])):
            states[name] |= {str(row["状　态"]), str(row["时　限"])}
    put("submission", len(states), len(expected))
    put("submission_zero", sum("√ 零报告" in said for said in states.values()))
    put("submission_late", sum("△ 迟报" in said for said in states.values()))
    put("submission_missing", len(expected) - len(states))


def births_by_order(books: list[Workbook]) -> dict[tuple[str, str], float]:
    """(quarter, `births_by_order:1:boys`) -> count; of one (unit, quarter, order) the latest month's first row counts."""
    kept: dict[tuple[str, str, int], Row] = {}
    for book in sorted(books, key=lambda book: book.period, reverse=True):
        for row in book.rows["分孩次出生"]:
            order = code(row["孩次"])
            if row["季度"] and order is not None:
                kept.setdefault((str(row["来源单位代码"]), str(row["季度"]), order), row)
    out: dict[tuple[str, str], float] = defaultdict(float)
    for (_, quarter, order), row in kept.items():
        for name, column in (("boys", "男"), ("girls", "女"), ("unstated", "未说明")):
            for which in (str(order), "all"):
                out[quarter, f"births_by_order:{which}:{name}"] += number(row[column])
                out[quarter, f"births_by_order:{which}:births"] += number(row[column])
    return out


def units_of(folder: Path) -> list[tuple[str, bool]]:
    with (folder / "units.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [(row["代码"].ljust(12, "0"), row["应报"] == "是") for row in csv.DictReader(stream)]


def institutions_of(folder: Path) -> list[tuple[str, str]]:
    with (folder / "institutions.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [(row["代码"], row["单位代码"].ljust(12, "0")) for row in csv.DictReader(stream)]
