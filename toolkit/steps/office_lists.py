"""迟报缺报与更正清单, 三级分包名单, 办公待办: lists about offices and posts (DOMAIN 6.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from toolkit.model.merged import LATE, MISSING, RECEIVED, REFUSED, SUPERSEDED, UNKNOWN_LATE, ZERO, Submission
from toolkit.model.period import last_day
from toolkit.model.report import Block, Cell, Column, Page, Table, Text
from toolkit.model.unit import LEVELS, level_of
from toolkit.rules.cells import ROLES_WITH_AREA
from toolkit.rules.deadlines import DEADLINES, due_day
from toolkit.rules.works import RECTIFICATION
from toolkit.schema import BY_NAME, Staff, Works
from toolkit.schema.cover import REASON
from toolkit.schema.staff import ROLE
from toolkit.steps.figures import Summary
from toolkit.steps.standing import UNIT
from toolkit.steps.summary_table import where

#: Issues that are something an office has yet to do, in the order of the list: overdue work, slow cases, posts, pledges, publication.
TO_DO = ("W103", "C201", "S202", "S204", "S105", "S104")
_LISTS = ((1, "一、县对乡镇分包名单", "township"), (2, "二、乡镇对村分包名单", "village"), (3, "三、村责任人名单", "village"))


# ---------------------------------------------------------------------------------- late, missing, corrected


def reports_page(summary: Summary) -> Page:
    """Units in code order: missing, refused, late, without a day of receipt, corrected. One sheet for one month each."""
    blocks: list[Block] = []
    for month in reversed(summary.months):
        rows = [line for row in month.merged.submissions if row.unit for line in _report_lines(summary, row)]
        caption = f"{month.merged.period}" if len(summary.months) > 1 else ""
        columns = (Column("单位代码", "code", 15.5), Column("单位名称", "text", 24), Column("情　况", "text", 16), Column("期　限", "date", 13),
                   Column("收到日期", "date", 13), Column("版次", "number", 7), Column("更正原因", "centre", 14), Column("说　明", "wrap", 44))
        blocks.append(Table(columns, tuple(rows), caption, id=f"reports-{month.merged.period}", empty="全部按时上报，没有更正"))
    blocks.append(Text(("统计对象为单位。更正是正常的：改原表、加一版次重报，汇总自动采用新的一版。",), "note"))
    return Page("迟报缺报与更正清单", "迟报缺报与更正清单", tuple(blocks), where(summary),
                header=(f"{summary.target.name}　迟报缺报与更正", f"所属月份　{summary.period}"))


def _report_lines(summary: Summary, row: Submission) -> list[tuple[Cell, ...]]:
    level = level_of(row.unit)
    due = due_day(row.period, level, summary.plan)[0] if level in DEADLINES else None
    received = dt.date.fromisoformat(row.received[:10]) if row.received else None
    said: list[tuple[str, str, str]] = []
    if row.state == MISSING:
        said.append(("× 缺报", "error", "请联系该单位报送；案件、工作确无内容的，在封面选零报告"))
    elif row.state == REFUSED:
        said.append(("× 拒收", "error", "文件未能读取，原因见汇总表“问题清单”；请改正后重报"))
    elif row.state in (RECEIVED, ZERO):
        if row.late == LATE:
            said.append(("△ 迟报", "warning", f"晚{(received - due).days}天，请说明原因" if received and due else "请说明原因"))
        elif row.late == UNKNOWN_LATE and row.expected:
            said.append(("○ 未记收到日期", "info", "不算迟报；请在 received.csv 里补记"))
        if row.revision:
            said.append(("○ 更正", "info", f"现用第{row.revision}版，以前各版不再使用"))
    elif row.state == SUPERSEDED:
        said.append(("○ 被替换", "", f"已由第{row.superseded_by}版替换" if row.superseded_by is not None else "已被替换"))
    reason = REASON.label(row.reason) if row.reason else ""
    return [(Cell(row.unit, "code"), Cell(row.name), Cell(word, "text", state), Cell(due, "date"), Cell(received, "date"),
             Cell(row.revision, "number"), Cell(reason, "centre"), Cell(hint, "wrap")) for word, state, hint in said]


# --------------------------------------------------------------------------------------------- who is in charge


def staff_page(summary: Summary) -> Page:
    """The three lists of R148, from the people in office at the month's end; one line for one number of a unit."""
    blocks: list[Block] = []
    for level, caption, kind in _LISTS:
        if LEVELS[summary.target.level] <= (LEVELS["county"], LEVELS["township"], LEVELS["village"])[level - 1]:
            blocks.append(_staff_table(summary, level, caption, kind))
    blocks.append(Text(("人员是公开履行职责的工作人员；名单应在本单位公示。只列月末在岗、有分包单位的人。",), "note"))
    return Page("三级分包名单", "三级分包名单", tuple(blocks), where(summary), header=(f"{summary.target.name}　三级分包名单", f"所属月份　{summary.period}"))


def _staff_table(summary: Summary, level: int, caption: str, kind: str) -> Table:
    import pandas as pd

    frame = summary.months[-1].total.frames[Staff.id]
    end = pd.Timestamp(last_day(summary.period))
    mask = (frame["level"] == level) & frame["role"].isin(ROLES_WITH_AREA) & ~(frame["valid_from"] > end) & ~(frame["valid_to"] < end)
    mine = frame[mask.fillna(False).astype(bool)].drop_duplicates([UNIT, "staff_id"]).sort_values([UNIT, "staff_id"], kind="stable")
    rows, covered = [], set()
    for number, row in enumerate(mine.to_dict("records"), 1):
        areas = [code for code in str(row["area_codes"]).split(";") if code and code != "nan"] if isinstance(row["area_codes"], str) else []
        covered |= {code[:12] for code in areas}
        rows.append((Cell(number, "number"), Cell(row["unit_name"] if isinstance(row["unit_name"], str) else summary.units.name(row[UNIT])),
                     Cell(_text(row["name"]), "centre"), Cell(ROLE.label(int(row["role"])), "centre"), Cell(_text(row["work_phone"]), "code"),
                     Cell("、".join(_area(summary, code) for code in areas), "wrap"), Cell(_date(row["valid_from"]), "date"),
                     Cell(_date(row["valid_to"]), "date"), Cell(_date(row["publicised_on"]), "date")))
    wanted = [unit.code for unit in summary.units.below(summary.target.code) if unit.level == kind]
    done = sum(code in covered for code in wanted)
    columns = (Column("序号", "number", 6), Column("单　位", "text", 24), Column("姓　名", "centre", 13), Column("岗　位", "centre", 14),
               Column("办公电话", "code", 15), Column("分包单位", "wrap", 42), Column("起始日期", "date", 12.5), Column("截止日期", "date", 12.5),
               Column("公示日期", "date", 12.5))
    return Table(columns, tuple(rows), f"{caption}　已落实 {done}/{len(wanted)} 个{'乡镇' if kind == 'township' else '村'}", id=f"staff-{level}", empty="没有名单")


def _area(summary: Summary, code: str) -> str:
    name = summary.units.name(code[:12])
    return name.removeprefix(summary.target.name) + (f"第{code[13:]}组" if len(code) > 12 else "")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _date(value: Any) -> dt.date | None:
    return None if value is None or value != value else value.date()


# -------------------------------------------------------------------------------------------- what is left to do


def to_do_page(summary: Summary) -> Page:
    """What offices have yet to do; nothing about anyone the service is for."""
    columns = (Column("单位代码", "code", 15.5), Column("单位名称", "text", 24), Column("事　项", "wrap", 34), Column("期　限", "date", 13), Column("在哪里", "wrap", 34),
               Column("怎么办", "wrap", 40))
    rows = [*_open_rectifications(summary), *_from_issues(summary), *_undecided(summary)]
    rows.sort(key=lambda line: str(line[0].value))
    return Page("办公待办", "办公待办", (Table(columns, tuple(rows), id="to-do", filters=True, empty="没有待办"),), where(summary),
                header=(f"{summary.target.name}　办公待办", f"所属月份　{summary.period}"))


def _open_rectifications(summary: Summary) -> list[tuple[Cell, ...]]:
    """Rectifications not done by the month's end and not yet due; the overdue ones are W103."""
    import pandas as pd

    frame = summary.months[-1].total.frames[Works.id]
    end = pd.Timestamp(last_day(summary.period))
    open_ = (frame["type"] == RECTIFICATION) & (frame["done_on"].isna() | (frame["done_on"] > end)) & ~(frame["due_on"] < end)
    return [(Cell(row[UNIT], "code"), Cell(summary.units.name(row[UNIT])), Cell(f"整改未完成：{_text(row['title'])}", "wrap"), Cell(_date(row["due_on"]), "date"),
             Cell(f"工作记录　{_text(row['work_id'])}", "wrap"), Cell("请在期限前办结，填完成日期。", "wrap"))
            for row in frame[open_.fillna(False).astype(bool)].to_dict("records")]


def _from_issues(summary: Summary) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for issue in summary.months[-1].merged.issues:
        if issue.code in TO_DO and issue.severity != "info":
            sheet = issue.sheet or (BY_NAME[issue.ledger].sheet if issue.ledger in BY_NAME else "")
            place = "　".join(filter(None, (issue.file, sheet, issue.cell or "")))
            what = f"{issue.message('zh')}（{issue.code}）"
            rows.append((Cell(issue.unit, "code"), Cell(summary.units.name(issue.unit)), Cell(what, "wrap"), Cell(None, "date"),
                         Cell(place, "wrap"), Cell(issue.hint("zh"), "wrap")))
    return rows


def _undecided(summary: Summary) -> list[tuple[Cell, ...]]:
    merged = summary.months[-1].merged
    open_: Sequence[Any] = [conflict for conflict in merged.conflicts if not conflict.decided]
    if not open_:
        return []
    return [(Cell(summary.target.code, "code"), Cell(summary.target.name), Cell(f"重复或不一致待裁定：{len(open_)}处", "wrap"), Cell(None, "date"),
             Cell("汇总表“重复与冲突”", "wrap"), Cell("请在“裁定（人填）”一列从下拉中选。", "wrap"))]


