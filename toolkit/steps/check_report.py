"""The report of a check as one value: which files can go, what is wrong by unit and by cause, what to do (LOOK 6, 9).

It is for whoever holds the files: the village's own issues of its service book stand in it by their place, never by content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.model.issue import SEVERITIES, SIGNS, Issue, counts
from toolkit.model.part import SKIPPED
from toolkit.model.report import Cell, Column, Fact, Facts, Finding, Findings, Link, Page, Report, Spot, Table, Text
from toolkit.model.verdict import CORRECT, DELETE_COLUMNS, READY, UNREAD, Verdict

TITLE = "检查报告"
MOST_LISTED = 3000  # issues listed one by one: a page of that size still opens at once; every number said is the true one
MOST_CELLS = 24  # cells named in one place of a finding
HANDLED = ("已改", "核对无误", "待查")
_WHAT_TO_DO = {"error": "须改", "warning": "请核对，可能没错", "info": "知道即可"}
_SKIPPED = {"blank": "空白", "title": "标题", "total": "合计", "note": "说明", "sample": "样例"}
_WIDE = Column("怎么办", "wrap", 34)
_NOBODY = "未注明单位"
_STANDING = "检查的是表格和工作，不评价任何个人。服务册的问题只写在哪一格，不写格里的内容。"
_STAYS = "本报告里有服务册的问题（只写位置），只留在本村，改好即可删除，不随表上报。"


@dataclass(frozen=True)
class Checked:
    """What a check found. `issues` and `refused` in the order of reports; `names`: unit code -> name; `skipped`: kind ->
    rows that are no records; `links`: file name -> its path relative to the report, only where the name says which file."""

    verdicts: Sequence[Verdict]
    issues: Sequence[Issue]
    refused: Sequence[Issue]
    names: Mapping[str, str]
    skipped: Mapping[str, int]
    links: Mapping[str, str]
    version: str = ""

    @property
    def all(self) -> list[Issue]:
        return [*self.refused, *self.issues]

    def unit(self, code: str) -> str:
        return self.names.get(code, code) or _NOBODY


def report(checked: Checked) -> Report:
    """概况, 问题清单 by unit (on sheets), the problems by cause (on sheets 按原因)."""
    issues = checked.all
    shown = listed(issues)
    note = "" if len(shown) == len(issues) else (
        f"共{len(issues)}处，这里逐处列出{len(shown)}处：每个单位、每种原因先列前几处。改好后再检查一次，其余会接着列出。")
    notes = (*((_STAYS,) if any(issue.local for issue in issues) else ()), _STANDING)
    months = sorted({verdict.period for verdict in checked.verdicts if verdict.period})
    facts = _facts(checked, months)
    header = (TITLE, f"所属月份　{months[0]}" if len(months) == 1 else "")
    return Report(TITLE, (
        Page("概况", TITLE, (_figures(checked), _files(checked), Text(notes, "note")), facts, header=header),
        Page("问题清单", "问题清单", (_by_unit(checked, shown, note),), facts, tab="issues", header=header, only="sheet"),
        Page("按原因", "问题（按原因）", (_by_cause(checked, shown, note),), tab="issues", header=header),
    ), facts, ("内部资料，注意保管。" + (f"　ledger {checked.version}" if checked.version else ""),))


def listed(issues: Sequence[Issue], most: int = MOST_LISTED) -> list[Issue]:
    """As many issues as are listed one by one, in their order: of each unit and cause the first, then the second …"""
    if len(issues) <= most:
        return list(issues)
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for at, issue in enumerate(issues):
        ranked.append((seen[issue.code, issue.unit], SEVERITIES.index(issue.severity), at))
        seen[issue.code, issue.unit] += 1
    return [issues[at] for at in sorted(at for *_, at in sorted(ranked)[:most])]


def _facts(checked: Checked, months: Sequence[str]) -> tuple[str, ...]:
    what = Counter(verdict.what for verdict in checked.verdicts)
    filled = {verdict.filled_on for verdict in checked.verdicts if verdict.filled_on}
    return tuple(filter(None, (
        f"{len({verdict.file for verdict in checked.verdicts})}个文件", f"所属月份 {'、'.join(months[:3])}" if months else "",
        f"填报日期 {filled.pop()}" if len(filled) == 1 else "", f"可报：{what[READY]}个",
        f"须改后再报：{what[CORRECT] + what[DELETE_COLUMNS] + what[UNREAD]}个")))


def _figures(checked: Checked) -> Facts:
    number = counts(checked.all)
    passed = "　".join(f"{_SKIPPED[kind]}{checked.skipped[kind]}" for kind in SKIPPED if checked.skipped.get(kind))
    return Facts((
        *(Fact(SIGNS[severity][0], str(number[severity]), _WHAT_TO_DO[severity], severity if number[severity] else "") for severity in SEVERITIES),
        Fact("读到办公台账", str(sum(verdict.rows for verdict in checked.verdicts)), f"跳过：{passed}" if passed else "")))


def _files(checked: Checked) -> Table:
    columns = (Column("文　件", "text", 46), Column("单　位", "wrap", 22), Column("月　份", "code", 10), Column("版次", "number", 7),
               Column("办公台账条数", "number", 14), Column("错误", "number", 8), Column("警告", "number", 8), Column("结　论", "text", 20))
    rows = tuple((
        Cell(verdict.file, "text", link=Link("", "", checked.links[verdict.file]) if verdict.file in checked.links else None),
        Cell(checked.unit(verdict.unit) if verdict.unit else "—", "wrap"), Cell(verdict.period or "—", "code"),
        Cell("—" if verdict.revision is None else verdict.revision, "number"), Cell("—" if verdict.revision is None else verdict.rows, "number"),
        Cell(verdict.errors, "number"), Cell(verdict.warnings, "number"), Cell(verdict.short, "text", verdict.state)) for verdict in checked.verdicts)
    return Table(columns, rows, "文件", least=22)


def _by_unit(checked: Checked, shown: Sequence[Issue], note: str) -> Table:
    columns = (
        Column("序号", "number", 5.5), Column("程度", "centre", 9), Column("规则", "code", 7), Column("单　位", "wrap", 15),
        Column("在哪里（点击跳转）", "text", 20), Column("文　件", "wrap", 28), Column("问　题", "wrap", 34), _WIDE, Column("处理（人填）", "centre", 13))
    ordered = sorted(shown, key=lambda issue: (issue.unit == "", issue.unit))
    rows = tuple((
        Cell(number, "number"), Cell(SIGNS[issue.severity][0], "centre", issue.severity), Cell(issue.code, "code"),
        Cell(checked.unit(issue.unit), "wrap"), _place(checked, issue), Cell(issue.file or "—", "wrap", "grey"), Cell(issue.message("zh"), "wrap"),
        Cell(issue.hint("zh"), "wrap"), Cell(None, "centre", "input", choices=HANDLED)) for number, issue in enumerate(ordered, 1))
    said = "▲ 错误：请改后再报。　△ 警告：请核对，可能没错。　○ 提示：知道即可。　改在原工作簿上。"
    return Table(columns, rows, notes=tuple(filter(None, (note, said))), least=26, filters=True, freeze=3, empty="没有发现问题")


def _place(checked: Checked, issue: Issue) -> Cell:
    """Sheet and cell, leading to the sender's file where it is known which file that is."""
    sheet, cell = issue.here or (issue.sheet, issue.cell or (f"第{issue.row}行" if issue.row else ""))
    path = checked.links.get(issue.file, "") if issue.here is None else checked.links[next(iter(checked.links))] if len(checked.links) == 1 else ""
    text = "　".join(filter(None, (sheet, cell))) or ("（整个文件）" if path else "—")
    target = cell if issue.cell or issue.here else f"A{issue.row}" if issue.row else "A1"
    return Cell(text, "text", link=Link(sheet, target, path)) if path else Cell(text, "text")


# ------------------------------------------------------------------------------------------------ by cause

_Cause = tuple[str, str, str, str]


def _cause(issue: Issue) -> _Cause:
    return issue.severity, issue.code, issue.message("zh"), issue.hint("zh")


def _by_cause(checked: Checked, shown: Sequence[Issue], note: str) -> Findings:
    """Errors first; one finding for everything that is said and done alike."""
    number: Counter[_Cause] = Counter()
    units: dict[_Cause, set[str]] = {}
    for issue in checked.all:
        cause = _cause(issue)
        number[cause] += 1
        units.setdefault(cause, set()).add(issue.unit)
    found: dict[_Cause, list[Issue]] = {}
    for issue in shown:
        found.setdefault(_cause(issue), []).append(issue)
    order = sorted(found, key=lambda cause: (SEVERITIES.index(cause[0]), cause[1]))
    totals = counts(checked.all)
    return Findings(
        tuple(Finding(*cause, number[cause], len(units[cause]), tuple(_spots(checked, found[cause]))) for cause in order),
        tuple((severity, SIGNS[severity][0], totals[severity]) for severity in SEVERITIES),
        tuple(dict.fromkeys(checked.unit(code) for code in sorted({issue.unit for issue in shown}, key=lambda code: (code == "", code)))), note)


def _spots(checked: Checked, issues: Sequence[Issue]) -> list[Spot]:
    """By unit, file and sheet, with the cells there."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for issue in sorted(issues, key=lambda issue: (issue.unit == "", issue.unit)):
        sheet, cell = issue.here or (issue.sheet, issue.cell or (f"第{issue.row}行" if issue.row else ""))
        places.setdefault((checked.unit(issue.unit), issue.file, sheet), []).append(cell)
    spots = []
    for (unit, file, sheet), cells in places.items():
        named = tuple(filter(None, cells))[:MOST_CELLS]
        spots.append(Spot(unit, file, sheet, named, len(cells) - (len(named) or 1)))
    return spots
