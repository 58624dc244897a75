"""Checklists as a report: one paper a unit to be signed, a contents page, where each figure comes from, what is not adopted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.model.acceptance import DIMENSIONS, SERVICE
from toolkit.model.checklist import BY_PERSON, BY_PROGRAM, NOT_APPLICABLE, PASSED, SHORT, SHOWN, WANTED, Checklist, Line, Paper, Place
from toolkit.model.period import last_day
from toolkit.model.plan import Plan
from toolkit.model.report import Box, Cell, Column, Link, Page, Report, Row, Signatures, Table, Together, row
from toolkit.model.unit import LEVEL_ZH

#: Above so many villages they stand on one list, not on a sheet each.
MOST_VILLAGE_SHEETS = 60
STANDING = "本表为内部工作用表；统计对象为机构和服务工作，不对任何个人作出评价或决定。"
NO_SCORE = "不计分，不合成总评"
TICKS = "□通过　□未达\n□待补　□不适用"
#: Result -> what stands in its cell, and the cell's state.
SIGNS = {PASSED: ("√ 通过", "done"), SHORT: ("× 未达", "error"), WANTED: ("○ 待补", "warning"), NOT_APPLICABLE: ("— 不适用", "grey"), SHOWN: ("仅列示", "info")}
CONTENTS, VILLAGES, SOURCES, NOT_ADOPTED = "目录", "村级一览", "附表1 来源与材料", "附表2 未采纳的要求及理由"
ANNEX = "附表1"
_COLUMNS = (Column("编号", "code", 6.5), Column("要　求", "wrap", 27), Column("佐　证", "wrap", 31), Column("来源", "centre", 6),
            Column("结　果", "centre", 14.5), Column("核验人", "centre", 8.5), Column("日期", "date", 10.5))
_ROWS_SHOWN = 6
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31  # of a sheet


@dataclass(frozen=True)
class Head:
    """What every page says about the whole: the unit merged to, the plan, the months, the program."""

    target: str
    plan: Plan
    periods: tuple[str, ...]
    software: str

    @property
    def span(self) -> str:
        return self.periods[0] if len(self.periods) == 1 else f"{self.periods[0]} 至 {self.periods[-1]}"

    @property
    def day(self) -> str:
        """The day up to which automatic items know anything."""
        return last_day(self.periods[-1]).isoformat()

    @property
    def facts(self) -> tuple[str, ...]:
        asked = self.plan.acceptance.date
        return (f"方案：{self.plan.id}", f"验收期：{self.span}", f"自动项截至：{self.day}", *((f"验收日期：{asked.isoformat()}",) if asked else ()))


def report(lists: Sequence[Checklist], head: Head) -> Report:
    """The whole workbook. Many villages stand on one list; every other unit has a paper of its own."""
    villages = [one for one in lists if one.level == "village"]
    papers = [one for one in lists if one.level != "village" or len(villages) <= MOST_VILLAGE_SHEETS]
    names = _sheet_names(papers)
    pages = [paper(one, head, names[one.unit]) for one in papers]
    if len(lists) > len(papers):
        pages.append(village_list(villages, head))
    if len(lists) > 1:
        pages.insert(0, contents(lists, names, head))
    pages += [sources(papers, head), not_adopted(head)]
    return Report(f"{head.target}　验收清单", tuple(pages), head.facts, (STANDING, *_marks(head.plan), head.software), head.target)


def _sheet_names(lists: Iterable[Checklist]) -> dict[str, str]:
    """A sheet name for each unit: level and name; with the code where two would be the same."""
    names: dict[str, str] = {}
    for one in lists:
        name = _NOT_IN_NAMES.sub(" ", f"{LEVEL_ZH[one.level]}级 {one.name}")[:_LONGEST_NAME].strip()
        taken = {other.casefold() for other in names.values()}
        names[one.unit] = name if name.casefold() not in taken else f"{name[:_LONGEST_NAME - 13]} {one.unit}"
    return names


def _marks(plan: Plan) -> tuple[str, ...]:
    """What an approved statistical form carries; without it the report says that it is none (统计法 Art. 13-17)."""
    marks = plan.marks
    given = [f"{name}：{value}" for name, value in (("表号", marks.form_number), ("制定机关", marks.issued_by), ("批准文号", marks.approval_number),
                                                   ("有效期限", marks.valid_until)) if value]
    return ("　".join(given),) if given else ()


# --------------------------------------------------------------------------------------------------- one paper


def paper(one: Checklist, head: Head, name: str) -> Page:
    """A unit's checklist on A4: bands by dimension, results, room for words and signatures on one page."""
    rows: list[Row] = []
    for dimension, (zh, _) in DIMENSIONS.items():
        lines = sorted((line for line in one.lines if line.item.dimension == dimension), key=lambda line: line.item.code)
        if lines:
            band = f"{dimension}　{zh}" + ("（不计分）" if dimension == SERVICE else "")
            rows.append((Cell(band, "text", "group", across=len(_COLUMNS)),))
        rows += [_row(line, head) for line in lines]
    rows.append((Cell(_counts(one, head.plan), "wrap", "total", across=len(_COLUMNS)),))
    table = Table(_COLUMNS, tuple(rows), notes=(STANDING, *_marks(head.plan)), least=25, empty="方案没有这一级的验收项")
    closing = (Box("验收意见：", 62), Signatures(("验收组长（签名）：", "成员（签名）：")),
                                  Signatures(("被验收单位（盖章）：", "日期：　　　　年　　　月　　　日")))
    title = f"{one.name}工作验收清单（{LEVEL_ZH[one.level]}级）"
    return Page(name, title, (table, Together(closing)), head.facts, look="paper", landscape=False, tab="checklist",
                header=(title, f"验收期　{head.span}"))


def _row(line: Line, head: Head) -> Row:
    item = line.item
    points = head.plan.acceptance.scoring.get(item.code)
    wanted = item.text + (f"（{points:g}分）" if points else "") + ("\n※ 方案列为否决项，由验收组认定" if item.veto else "")
    if line.source == BY_PERSON:
        said = Cell(evidence_text(line), "wrap", "warning" if line.result == WANTED else "input")
        return (Cell(item.code, "code"), Cell(wanted, "wrap"), said, Cell(BY_PERSON, "centre"),
                Cell(TICKS, "tick", "input", choices=(PASSED, SHORT, WANTED, NOT_APPLICABLE)), Cell("", "centre", "input"), Cell("", "date", "input"))
    sign, state = SIGNS[line.result or SHOWN]
    return (Cell(item.code, "code"), Cell(wanted, "wrap"), Cell(evidence_text(line), "wrap"), Cell(BY_PROGRAM, "centre"), Cell(sign, "centre", state),
            Cell("程序", "centre"), Cell(last_day(head.periods[-1]), "date"))


def evidence_text(line: Line) -> str:
    """What stands under 佐证: the figure and its rows, or the papers; room to write where there is none."""
    if line.source == BY_PROGRAM:
        return "；".join(filter(None, (line.said, _rows_words(line.places))))
    said = [line.said] if line.said else []
    if line.papers:
        said.append(paper_text(line.papers[0]) + (f" 等{len(line.papers)}份，见{ANNEX}" if len(line.papers) > 1 else ""))
    if line.result == WANTED:
        said.append("○ 待补：文号　　　　成文日期")
    return "\n".join(said)


def paper_text(one: Paper) -> str:
    """`责任制文件 某办发〔2025〕1号 2025-01-06 一号柜 △E105`."""
    codes = "、".join(one.place.codes)
    day = one.doc_date.isoformat() if one.doc_date else ""
    return " ".join(filter(None, (one.title or one.number, one.doc_no, day, one.location, f"△{codes}" if codes else "")))


def _rows_words(places: Sequence[Place]) -> str:
    """`工作记录 第12、15行`; of several months only the sheet: the annex has the rows."""
    with_rows = [place for place in places if place.rows]
    if not with_rows:
        return ""
    if len(with_rows) > 1 or len(with_rows[0].rows) > _ROWS_SHOWN:
        return f"{with_rows[0].sheet}，见{ANNEX}"
    return f"{with_rows[0].sheet} {_rows(with_rows[0].rows)}"


def _rows(numbers: Sequence[int]) -> str:
    return f"第{'、'.join(map(str, numbers))}行" if numbers else ""


def _counts(one: Checklist, plan: Plan) -> str:
    """How many of each result, and that nothing is added up; the plan's points only where it has them."""
    counted = "　".join(f"{SIGNS[result][0]} {sum(line.result == result and line.source == BY_PROGRAM for line in one.lines)}" for result in SIGNS)
    people = sum(line.source == BY_PERSON for line in one.lines)
    bare = sum(line.source == BY_PERSON and line.result == WANTED for line in one.lines)
    scored = {line.item.code: plan.acceptance.scoring[line.item.code] for line in one.lines if line.item.code in plan.acceptance.scoring}
    end = NO_SCORE if not scored else (
        f"方案分值合计{sum(scored.values()):g}，其中自动项通过{sum(points for line in one.lines if (points := scored.get(line.item.code)) and line.result == PASSED):g}；"
        "人工项由验收组给分")
    return f"小计　自动：{counted}　人工 {people}（材料待补 {bare}）\n（{end}；是否通过由验收组认定）"


# ------------------------------------------------------------------------------------------------- other pages


def contents(lists: Sequence[Checklist], names: dict[str, str], head: Head) -> Page:
    """Every checklist with its counts, in code order; no rank, no score."""
    columns = (Column("单位代码", "code", 14), Column("清　单", "text", 34), Column("√ 通过", "number", 9), Column("× 未达", "number", 9),
               Column("○ 待补", "number", 9), Column("人工待核", "number", 10))
    rows = []
    for one in sorted(lists, key=lambda one: one.unit):
        name = f"{one.name}（{LEVEL_ZH[one.level]}级）"
        found = [sum(line.result == result for line in one.lines) for result in (PASSED, SHORT, WANTED)]
        waiting = sum(line.result is None for line in one.lines)
        where = Link(names.get(one.unit, VILLAGES))
        rows.append((Cell(one.unit, "code"), Cell(name, "text", link=where), *(Cell(count, "number") for count in (*found, waiting))))
    note = f"按单位代码排列，不排名次；{NO_SCORE}。各清单逐项的来源和材料见“{SOURCES}”，方案里没有采纳的要求见“{NOT_ADOPTED}”。"
    return Page(CONTENTS, f"{head.target}　验收清单目录", (Table(columns, tuple(rows), notes=(note, STANDING), filters=False, freeze=0),), head.facts,
                look="paper", landscape=False, tab="checklist", header=(f"{head.target}　验收清单", f"验收期　{head.span}"))


def village_list(lists: Sequence[Checklist], head: Head) -> Page:
    """Many villages on one list: a sign for each item; figures about women stand nowhere here."""
    items = [line.item for line in lists[0].lines if not line.item.shown_only] if lists else []
    columns = (Column("单位代码", "code", 13.5), Column("村", "text", 18), *(Column(item.code, "centre", 6.2) for item in items))
    rows = []
    for one in lists:
        by_code = {line.item.code: line for line in one.lines}
        rows.append((Cell(one.unit, "code"), Cell(one.name, "text"), *(_sign(by_code[item.code]) for item in items)))
    key = "；".join(f"{item.code} {item.text}" for item in items)
    notes = ("√ 通过　× 未达　○ 待补　— 不适用　□ 人工核验（材料已登记或由人查看）。按单位代码排列，不排名次。", key,
             "要逐村签字的清单，请对一个乡镇的汇总表再做一次，加 --level village。", STANDING)
    return Page(VILLAGES, f"{head.target}　村级验收一览", (Table(columns, tuple(rows), notes=notes),), head.facts, look="paper", landscape=False, tab="checklist",
                header=(f"{head.target}　村级验收一览", f"验收期　{head.span}"))


def _sign(line: Line) -> Cell:
    if line.result is None:
        return Cell("□", "centre")
    sign, state = SIGNS[line.result]
    return Cell(sign.partition(" ")[0], "centre", state)


def sources(lists: Sequence[Checklist], head: Head) -> Page:
    """The annex: for every line the sheets, rows and issue codes behind it, everything that falls short, and all its papers."""
    columns = (Column("单　位", "wrap", 20), Column("编号", "code", 7), Column("要　求", "wrap", 28), Column("月份", "code", 9),
               Column("汇总表的工作表", "centre", 15), Column("行", "wrap", 22), Column("规则", "wrap", 19), Column("材料，或缺什么", "wrap", 44))
    rows: list[Row] = []
    for one in lists:
        for line in sorted(one.lines, key=lambda line: (line.item.dimension, line.item.code)):
            lead = (one.name, Cell(line.item.code, "code"), line.item.text)
            for place in line.places:
                rows.append(row(*lead, place.period, place.sheet, "、".join(map(str, place.rows)) or "—", "、".join(place.codes) or "—", ""))
            if line.lacking:
                rows.append(row(*lead, "—", "—", "—", "—", "缺：" + "、".join(line.lacking)))
            for found in line.papers:
                rows.append(row(*lead, found.place.period, found.place.sheet, "、".join(map(str, found.place.rows)) or "—",
                                "、".join(found.place.codes) or "—", paper_text(found)))
    note = "行号是所给汇总表里的行；要改请改原表。"
    return Page(SOURCES, SOURCES, (Table(columns, tuple(rows), notes=(note,), filters=True, freeze=2, empty="没有来源可列"),), head.facts, tab="guide",
                header=(f"{head.target}　验收清单　来源与材料", f"验收期　{head.span}"))


def not_adopted(head: Head) -> Page:
    """The appendix 未采纳的要求及理由: what the plan's text asks and this software does not do, why, and the lawful way (SPEC 8)."""
    columns = (Column("编号", "code", 7), Column("方案里的要求", "wrap", 30), Column("不采纳的理由", "wrap", 34), Column("合法的做法", "wrap", 34))
    rows = tuple(row(entry.id, entry.requirement, entry.reason, entry.alternative) for entry in head.plan.not_adopted)
    return Page(NOT_ADOPTED, NOT_ADOPTED, (Table(columns, rows, notes=(STANDING,), empty="本方案没有未采纳的要求"),), (f"方案：{head.plan.id}", head.plan.title),
                look="paper", landscape=False, tab="guide", header=(f"{head.plan.title}　{NOT_ADOPTED}", ""))


def as_json(lists: Sequence[Checklist]) -> list[dict[str, object]]:
    """Items as SPEC 4 has them. `result` is null where a person still has to tick."""
    return [{"unit": line.unit, "item": line.item.code, "result": line.result, "source": line.source, "n": line.n, "d": line.d,
             "evidence": [*map(_place_json, line.places), *map(_paper_json, line.papers)]} for one in lists for line in one.lines]


def _place_json(place: Place) -> dict[str, object]:
    return {"period": place.period, "sheet": place.sheet, "rows": list(place.rows), "codes": list(place.codes)}


def _paper_json(one: Paper) -> dict[str, object]:
    return {**_place_json(one.place), "evidence_no": one.number or None, "title": one.title or None, "doc_no": one.doc_no or None,
            "doc_date": one.doc_date.isoformat() if one.doc_date else None, "location": one.location or None}
