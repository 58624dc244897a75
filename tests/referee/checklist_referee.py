"""The automatic items of the checklists once more, slowly, from what stands in merged workbooks: openpyxl, dicts and loops.

Imports nothing of `toolkit`. Reads the sheets a person would look at: 上报情况, 问题清单, 重复与冲突 and the ledgers; the plan's
numbers from plan.toml, the units and institutions from the workspace's lists.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl

Cells = dict[str, Any]
Verdict = tuple[str, int | None, int | None]
PASS, SHORT, WANTED, NOT_APPLICABLE, LISTED = "通过", "未达", "待补", "不适用", "仅列示"
_SHEETS = {"services": "服务台账", "births": "出生统计", "staff": "包保名单", "cases": "案件台账", "works": "工作记录", "evidence": "佐证材料"}
_COUNTS = {"services": "服务", "births": "出生", "orders": "孩次", "staff": "名单", "cases": "案件", "works": "工作", "evidence": "佐证"}


def width_of(code: str) -> int:
    """Digits that name a unit: 6 county, 9 township, 12 village."""
    return 12 if code[9:].strip("0") else 9 if code[6:9].strip("0") else 6


def inside(upper: str, lower: str) -> bool:
    return lower[: width_of(upper)] == upper[: width_of(upper)]


def last(period: str) -> dt.date:
    year, month = map(int, period.split("-"))
    return dt.date(year, month, calendar.monthrange(year, month)[1])


class Book:
    """One month's merged workbook."""

    def __init__(self, path: Path) -> None:
        book = openpyxl.load_workbook(path)
        cover = [[cell.value for cell in line] for line in book["封面"].iter_rows()]
        said = {line[at]: line[at + 1] for line in cover for at in range(len(line) - 1) if isinstance(line[at], str)}
        self.period: str = said["所属月份"]
        self.target: str = said["单位代码"]
        self.rows = {name: self._ledger(book[sheet]) for name, sheet in _SHEETS.items()}
        self.states = self._states(book["上报情况"])
        self.issues = [line for line in self._table(book["问题清单"], "规则") if line["规则"]]
        self.conflicts = [line for line in self._table(book["重复与冲突"], "规则") if line["规则"] in ("D102", "D103")]
        self._drop_lower_duplicates()

    def _table(self, sheet: Any, marker: str) -> list[Cells]:
        heading: list[str] | None = None
        found = []
        for line in sheet.iter_rows(values_only=True):
            texts = [re.sub(r"\s", "", str(cell).split("\n")[0]).lstrip("＊") if cell is not None else "" for cell in line]
            if heading is None:
                if marker in texts:
                    heading = texts
            else:
                found.append(dict(zip(heading, line, strict=True)))
        return found

    def _ledger(self, sheet: Any) -> list[Cells]:
        return [line for line in self._table(sheet, "来源单位代码") if line["来源单位代码"]]

    def _states(self, sheet: Any) -> dict[str, Cells]:
        """Unit -> its standing cells of 上报情况, those of several revisions laid together."""
        found: dict[str, Cells] = {}
        for line in self._table(sheet, "收到日期"):
            if not re.fullmatch(r"\d{12}", str(line["单位代码"])) or not str(line["状态"]).endswith(("已报", "零报告")):
                continue
            cells = found.setdefault(line["单位代码"], {"received": set()})
            cells["received"].add(line["收到日期"])
            cells["filled"] = line["填报日期"]
            for name, head in _COUNTS.items():
                if line[head] not in (None, "—"):
                    cells[name] = line[head]
        return found

    def _drop_lower_duplicates(self) -> None:
        for name, field in (("staff", "人员编号"), ("cases", "案件编号"), ("cases", "决定书文号")):
            rows = self.rows[name]
            self.rows[name] = [row for row in rows if not (row[field] and any(
                other[field] == row[field] and other["来源单位代码"] != row["来源单位代码"] and inside(other["来源单位代码"], row["来源单位代码"]) for other in rows))]


def day(cell: Any) -> dt.date | None:
    """A day, None for a blank or anything that could not be read as one."""
    return cell.date() if isinstance(cell, dt.datetime) else None


def number(cell: Any) -> int | None:
    match = re.match(r"(\d+) ", f"{cell} ") if cell is not None else None
    return int(match[1]) if match else None


class Referee:
    """All months of one target against one plan."""

    def __init__(self, files: Iterable[Path], workspace: Path) -> None:
        self.books = sorted((Book(file) for file in files), key=lambda book: book.period)
        self.target = self.books[0].target
        self.periods = [book.period for book in self.books]
        self.plan = tomllib.loads((workspace / "plan.toml").read_text(encoding="utf-8"))
        self.units = {line["代码"].ljust(12, "0"): line for line in self._list(workspace / "units.csv")}
        self.institutions = self._list(workspace / "institutions.csv")

    @staticmethod
    def _list(path: Path) -> list[Cells]:
        with path.open(encoding="utf-8-sig") as stream:
            return list(csv.DictReader(stream))

    def plan_number(self, *path: str) -> int | None:
        found: Any = self.plan
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    # ------------------------------------------------------------------------------------------ what there is

    def name(self, unit: str) -> str:
        return str(self.units[unit]["名称"])

    def expected(self, unit: str, digits: int = 0) -> list[str]:
        return [code for code, line in self.units.items() if inside(unit, code) and line["应报"] == "是" and (not digits or width_of(code) == digits)]

    def below(self, unit: str) -> list[str]:
        return [code for code in self.units if inside(unit, code) and width_of(code) == width_of(unit) + 3]

    def state(self, unit: str, period: str) -> Cells:
        return next(book for book in self.books if book.period == period).states.get(unit, {})

    def has(self, unit: str, period: str, ledger: str) -> bool:
        return ledger in self.state(unit, period)

    def rows(self, ledger: str, unit: str, below: bool = False) -> list[Cells]:
        return [{**row, "period": book.period} for book in self.books for row in book.rows[ledger]
                if row["来源单位代码"] == unit or (below and inside(unit, row["来源单位代码"]))]

    def works(self, unit: str, kind: int, below: bool = False) -> list[Cells]:
        found = []
        for row in self.rows("works", unit, below):
            when = day(row["日期"])
            if number(row["类型"]) == kind and when is not None and when.isoformat()[:7] == row["period"]:
                found.append(row)
        return found

    def issues(self, unit: str, code: str, period: str = "") -> list[Cells]:
        names = {self.name(one) for one in self.units if inside(unit, one)}
        return [issue for book in self.books if period in ("", book.period) for issue in book.issues if issue["规则"] == code and issue["单位"] in names]

    def in_office(self, row: Cells) -> bool:
        end = last(row["period"])
        start, stop = day(row["起始日期"]), day(row["截止日期"])
        return (start is None or start <= end) and (stop is None or stop >= end)

    def own_staff(self, unit: str) -> list[Cells] | None:
        for period in reversed(self.periods):
            if self.has(unit, period, "staff"):
                return [row for row in self.rows("staff", unit) if row["period"] == period and self.in_office(row)]
        return None

    def in_plan(self, period: str) -> bool:
        start, end = self.plan.get("start"), self.plan.get("end")
        return (start is None or last(period) >= start) and (end is None or dt.date.fromisoformat(period + "-01") <= end)

    def spans(self, unit: str, months: int) -> list[tuple[list[str], bool]]:
        """Quarters (3) or years (12) touched by the months given: the months of it that are here, and whether that is all."""
        found: dict[tuple[int, int], list[str]] = {}
        for period in self.periods:
            found.setdefault((int(period[:4]), (int(period[5:]) - 1) // months), []).append(period)
        out = []
        for (year, at), here in found.items():
            whole = [f"{year}-{at * months + one:02d}" for one in range(1, months + 1)]
            out.append((here, all(period in here and self.has(unit, period, "works") for period in whole if self.in_plan(period))))
        return out

    @staticmethod
    def verdict(lacks: list[bool]) -> str:
        return PASS if not lacks else WANTED if all(lacks) else SHORT

    # ------------------------------------------------------------------------------------------ works

    def monthly(self, unit: str) -> Verdict:
        need = self.plan_number("meetings", "monthly", "county" if width_of(unit) == 6 else "township")
        held = self.works(unit, 4)
        if need is None:
            return LISTED, len(held), None
        counts = [sum(row["period"] == period for row in held) for period in self.periods]
        lacks = [not self.has(unit, period, "works") for period, count in zip(self.periods, counts, strict=True) if count < need]
        return self.verdict(lacks), sum(min(count, need) for count in counts), need * len(self.periods)

    def spanned(self, unit: str, held: list[Cells], need: int, months: int) -> tuple[int, int, list[bool]]:
        n, d, lacks = 0, 0, []
        for here, whole in self.spans(unit, months):
            count = sum(row["period"] in here for row in held)
            n, d = n + min(count, need), d + need
            if count < need:
                lacks.append(not whole)
        return n, d, lacks

    def coordination(self, unit: str) -> Verdict:
        papers = self.rows("evidence", unit)
        least = self.plan_number("meetings", "coordination", "materials_min") or 1
        held = []
        for row in self.works(unit, 2):
            proofs = {paper["材料编号"] for paper in papers if (row["材料编号"] and paper["材料编号"] == row["材料编号"])
                      or (paper["验收项编号"] == "C-05" and day(paper["引用会议日期"]) == day(row["日期"]))}
            if len(proofs) >= least:
                held.append(row)
        need = self.plan_number("meetings", "coordination", "per_quarter")
        if need is None:
            return LISTED, len(held), None
        n, d, lacks = self.spanned(unit, held, need, 3)
        return self.verdict(lacks), n, d

    def group_and_special(self, unit: str) -> Verdict:
        per_quarter, per_year = self.plan_number("meetings", "leading_group", "per_quarter"), self.plan_number("meetings", "special", "per_year")
        group, special = self.works(unit, 1), self.works(unit, 3)
        if per_quarter is None and per_year is None:
            return LISTED, len(group) + len(special), None
        n, d, lacks = 0, 0, []
        for held, need, months in ((group, per_quarter, 3), (special, per_year, 12)):
            if need is not None:
                counted, asked, short = self.spanned(unit, held, need, months)
                n, d, lacks = n + counted, d + asked, lacks + short
        return self.verdict(lacks), n, d

    def inspected(self, unit: str) -> Verdict:
        listed = [line["代码"] for line in self.institutions if inside(unit, line["单位代码"].ljust(12, "0"))]
        if not listed:
            return NOT_APPLICABLE, 0, 0
        visits = [row for row in self.works(unit, 7, True) if row["对象代码"] in listed]
        need = self.plan_number("inspections", "per_year")
        if need is None:
            return LISTED, len({row["对象代码"] for row in visits}), len(listed)
        n, d, lacks = 0, 0, []
        for here, whole in self.spans(unit, 12):
            for code in listed:
                d += 1
                if sum(row["对象代码"] == code and row["period"] in here for row in visits) >= need:
                    n += 1
                else:
                    lacks.append(not whole)
        return self.verdict(lacks), n, d

    def rectified(self, unit: str) -> Verdict:
        units = [one for one in self.units if inside(unit, one)]
        if not any(self.has(one, period, "works") for one in units for period in self.periods):
            return WANTED, None, None
        newest: dict[Any, Cells] = {}
        for row in self.rows("works", unit, True):
            if number(row["类型"]) == 8:
                newest[(row["来源单位代码"], row["编号"]) if row["编号"] else (row["来源文件"], row["来源行"])] = row
        over = gone = 0
        for row in newest.values():
            end, due, done = last(row["period"]), day(row["整改期限"]), day(row["完成日期"])
            if done is not None and done <= end:
                continue
            filled = self.state(row["来源单位代码"], row["period"]).get("filled")
            asof = dt.date.fromisoformat(filled) if filled and filled != "—" else end
            unread = row["完成日期"] is not None and done is None
            if due is not None and due < end and not unread and (done is None or done <= asof):
                over += 1
            elif any(period > row["period"] and self.has(row["来源单位代码"], period, "works") for period in self.periods):
                gone += 1
        return SHORT if over else WANTED if gone else PASS, len(newest) - over - gone, len(newest)

    def kinds(self, unit: str) -> Verdict:
        kinds = {row["资料种类"] for row in self.works(unit, 5, True) if row["资料种类"] and not str(row["资料种类"]).startswith("#")}
        need = self.plan_number("publicity", "kinds_min")
        return (LISTED, len(kinds), None) if need is None else (PASS if len(kinds) >= need else SHORT, len(kinds), need)

    def rounds(self, unit: str) -> Verdict:
        villages = self.below(unit)
        own = [row for row in self.works(unit, 5) if row["对象代码"] in villages]
        reached = {row["对象代码"] for row in own} | {row["来源单位代码"] for row in self.works(unit, 5, True)} & set(villages)
        van, wanted = self.plan_number("publicity", "van_per_week"), self.plan_number("publicity", "villages")
        if van is None and wanted is None:
            return LISTED, len(reached), len(villages)
        n, d, lacks = len(reached), len(villages), []
        if wanted is not None and n < d:
            lacks.append(not all(self.has(unit, period, "works") for period in self.periods))
        if van is not None:
            n = d = 0
            for period in self.periods:
                days = len({day(row["日期"]) for row in own if row["period"] == period})
                need = van * (last(period).day // 7)
                n, d = n + min(days, need), d + need
                if days < need:
                    lacks.append(not self.has(unit, period, "works"))
        return self.verdict(lacks), n, d

    def record(self, unit: str) -> Verdict:
        n, lacks = 0, []
        for period in self.periods:
            dated = any(row["period"] == period and (when := day(row["日期"])) is not None and when.isoformat()[:7] == period for row in self.rows("works", unit))
            ticked = self.state(unit, period).get("works") == "零报" or any("工作记录" in str(issue["问题"]) for issue in self.issues(unit, "F108", period))
            if dated or ticked:
                n += 1
            else:
                lacks.append(not self.has(unit, period, "works"))
        return self.verdict(lacks), n, len(self.periods)

    # ------------------------------------------------------------------------------------------ lists and reports

    def areas(self, unit: str) -> Verdict:
        below, staff = self.below(unit), self.own_staff(unit)
        if not below:
            return NOT_APPLICABLE, 0, 0
        if staff is None:
            return WANTED, None, len(below)
        level = 1 if width_of(unit) == 6 else 2
        named = {area for row in staff if number(row["级别"]) == level and day(row["公示日期"]) for area in str(row["分包单位代码"] or "").split(";")}
        n = sum(one in named for one in below)
        period = next(period for period in reversed(self.periods) if self.has(unit, period, "staff"))
        bare = [issue for issue in self.issues(unit, "S104", period) if issue["单位"] == self.name(unit)]
        return SHORT if n < len(below) or bare else PASS, n, len(below)

    def pledged(self, unit: str) -> Verdict:
        signed: dict[Any, bool] = {}
        for one in (code for code in self.units if inside(unit, code)):
            rows = self.rows("staff", one)
            newest = max((row["period"] for row in rows), default="")
            for row in rows:
                if row["period"] == newest and self.in_office(row):
                    key = (one, row["人员编号"]) if row["人员编号"] and not re.match(r"\d\.\d+E", str(row["人员编号"])) else (row["来源文件"], row["来源行"])
                    signed[key] = signed.get(key, False) or day(row["保密承诺日期"]) is not None
        if not signed:
            return WANTED, None, None
        return PASS if all(signed.values()) else SHORT, sum(signed.values()), len(signed)

    def group(self, unit: str) -> Verdict:
        staff = self.own_staff(unit)
        if staff is None:
            return WANTED, None, None
        roles = [(number(row["岗位"]), str(row["单位名称"] or "")) for row in staff]
        wanted = [any(role == 1 for role, _ in roles)]
        departments = self.plan.get("departments") or []
        aliases = self.plan.get("unit_names") or {}
        if departments:
            wanted += [any(role in (1, 2, 3, 4) and (name in home or aliases.get(name, name) in home) for role, home in roles) for name in departments]
        else:
            wanted.append(any(role == 3 for role, _ in roles))
        return PASS if all(wanted) else SHORT, sum(wanted), len(wanted)

    def village_list(self, unit: str) -> Verdict:
        n, lacks = 0, []
        for period in self.periods:
            here = self.has(unit, period, "staff")
            held = [row for row in self.rows("staff", unit) if row["period"] == period and self.in_office(row)
                    and (number(row["岗位"]) in (5, 6, 7, 8) or number(row["岗位"]) is None)]
            from_above = [row for row in self.rows("staff", self.target, True) if row["period"] == period and self.in_office(row)
                          and (number(row["级别"]) or 0) >= 3 and number(row["岗位"]) in (5, 6, 7, 8, None)
                          and unit in [area[:12] for area in str(row["分包单位代码"] or "").split(";")]]
            if here and (held or from_above or unit not in self.expected(unit)) and not self.issues(unit, "X102", period):
                n += 1
            else:
                lacks.append(not here)
        return self.verdict(lacks), n, len(self.periods)

    def whole_books(self, unit: str) -> Verdict:
        villages = self.expected(unit, 12)
        whole = {(issue["单位"], book.period) for book in self.books for issue in book.issues
                 if issue["规则"] == "K108" and issue["单位"] in {self.name(one) for one in villages}}
        return LISTED, len(whole), sum(one in book.states for book in self.books for one in villages)

    def case_report(self, unit: str, period: str) -> bool:
        return self.has(unit, period, "cases") and not any("案件台账" in str(issue["问题"]) for issue in self.issues(unit, "F105", period)
                                                           if issue["单位"] == self.name(unit))

    def late(self, unit: str, period: str) -> bool:
        return any(issue["单位"] == self.name(unit) for issue in self.issues(unit, "L101", period))

    def all_cases(self, unit: str) -> Verdict:
        wanted = [(one, period) for period in self.periods for one in self.expected(unit)]
        n = sum(self.case_report(*place) for place in wanted)
        return PASS if n == len(wanted) else SHORT, n, len(wanted)

    def in_time(self, wanted: list[tuple[str, str]], works_too: bool) -> Verdict:
        n, lacks = 0, []
        for unit, period in wanted:
            complete = self.case_report(unit, period)
            if works_too:
                complete &= self.has(unit, period, "works") and not any("工作记录" in str(issue["问题"]) for issue in self.issues(unit, "F105", period))
            if not complete or self.late(unit, period):
                lacks.append(False)
            elif not {found for found in self.state(unit, period)["received"] if found not in (None, "—", "未记")}:
                lacks.append(True)
            else:
                n += 1
        return self.verdict(lacks), n, len(wanted)

    def merged(self, unit: str) -> Verdict:
        wanted = [(one, book) for book in self.books for one in self.expected(unit, 12)]
        n = sum(one in book.states for one, book in wanted)
        return PASS if n == len(wanted) else SHORT, n, len(wanted)

    def errors(self, unit: str) -> Verdict:
        names = {self.name(one) for one in self.units if inside(unit, one)}
        n = d = 0
        for book in self.books:
            for one, state in book.states.items():
                if inside(unit, one):
                    d += sum(int(state[name]) for name in _COUNTS if name != "services" and isinstance(state.get(name), int | float))
            for issue in book.issues:
                if str(issue["程度"]).endswith("错误") and issue["单位"] in names and issue["规则"] not in ("L102", "X102", "F116", "F107", "F110") \
                        and not str(issue["规则"]).startswith("F2") and "服务台账" not in f"{issue['在哪里（点击跳转）']}{issue['来源文件工作表单元格']}{issue['问题']}":
                    n += 1
        return SHORT if n else PASS, n, d

    def conflicts(self, unit: str) -> Verdict:
        found = [line for book in self.books for line in book.conflicts
                 if any(inside(unit, str(line[head])[:12]) for head in ("第1条", "第2条"))]
        open_ = [line for line in found if not line["裁定（人填）"]]
        return SHORT if open_ else PASS, len(open_), len(found)

    def forbidden(self, unit: str) -> Verdict:
        if not any(self.has(unit, period, name) for period in self.periods for name in ("births", "staff", "cases", "works", "evidence")):
            return WANTED, None, None
        found = [issue for issue in self.issues(unit, "K102") if "服务台账" not in str(issue["来源文件工作表单元格"])]
        return SHORT if found else PASS, len(found), None

    def service(self, unit: str, part: str, whole: str) -> Verdict:
        rows = self.rows("services", unit, True)
        return LISTED, sum(int(row[part] or 0) for row in rows), sum(int(row[whole] or 0) for row in rows)

    # ------------------------------------------------------------------------------------------ all of it

    def items(self) -> dict[tuple[str, str], Verdict]:
        """(unit, item) -> result, n, d of every automatic item (C-19 and V-12 need a sample)."""
        found: dict[tuple[str, str], Verdict] = {}
        for unit in (code for code in self.units if inside(self.target, code)):
            every = {
                6: {"C-03": self.areas, "C-04": self.monthly, "C-05": self.coordination, "C-06": self.group_and_special, "C-10": self.pledged,
                    "C-13": self.whole_books, "C-16": self.inspected, "C-17": self.all_cases, "C-18": self.rectified, "C-20": self.kinds},
                9: {"T-02": self.areas, "T-05": self.monthly, "T-06": self.merged, "T-07": lambda one: self.service(one, "已问候", "应问候"),
                    "T-08": lambda one: self.in_time([(who, period) for period in self.periods for who in self.expected(one)], False),
                    "T-14": self.rounds, "T-20": self.group, "T-21": self.errors, "T-22": self.conflicts},
                12: {"V-02": self.village_list, "V-06": self.record, "V-07": lambda one: self.service(one, "需求及时上报", "需求提出"),
                     "V-08": lambda one: self.in_time([(one, period) for period in self.periods], True), "V-13": self.forbidden},
            }[width_of(unit)]
            for item, judge in every.items():
                found[unit, item] = judge(unit)
        return found
