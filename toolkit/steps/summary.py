"""The summary as a Report: the signed sheet, charts, case report, lists, quarters and years, and every figure in rows."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.model.figure import BIRTHS, CASES, DIGEST_LABEL, FIGURE_COLUMNS, FIGURES_SHEET, INSPECTIONS, MONEY, OFFICE, SUBMISSIONS, WORKS
from toolkit.model.report import Beside, Block, Cell, Column, Page, Report, Table, Text
from toolkit.steps.case_report import case_page
from toolkit.steps.figures import Summary
from toolkit.steps.office_lists import reports_page, staff_page, to_do_page
from toolkit.steps.spans import Span
from toolkit.steps.standing import Place
from toolkit.steps.summary_charts import chart_page
from toolkit.steps.summary_table import births_table, cards, main_page, office_table, orders_table, screen_tables, title_of, where
from toolkit.steps.summary_words import STANDING, count_cell, name_of, of_text, ratio_sentence, short_name, whole_of

_VIEW_FIELDS = (*SUBMISSIONS, *BIRTHS, *CASES, *MONEY, *WORKS, *INSPECTIONS)
_VIEW_SPLIT = len(SUBMISSIONS) + len(BIRTHS) + len(CASES)  # two tables: one alone would print too small


def report(summary: Summary, form: str, software: str) -> Report:
    """`form`: sheet (everything, to print and to seal) or page (to read on a screen)."""
    facts = where(summary)
    footer = (STANDING, f"ledger {software}　方案 {summary.plan.id}　{DIGEST_LABEL} {summary.digest}")
    charts = chart_page(summary)
    views = _view_pages(summary)
    if form == "sheet":
        pages = [main_page(summary), *((charts,) if charts else ()), *views, case_page(summary), reports_page(summary),
                 staff_page(summary), to_do_page(summary), figures_page(summary)]
    else:
        pages = [_screen_page(summary), *((charts,) if charts else ()), *views, case_page(summary), reports_page(summary), to_do_page(summary)]
    return Report(title_of(summary), tuple(pages), facts, footer, summary.target.name)


def _screen_page(summary: Summary) -> Page:
    kind = {"county": "各乡镇", "township": "各村", "prefecture": "各县", "province": "各市"}.get(summary.target.level, "本村")
    blocks: list[Block] = [cards(summary), *screen_tables(summary), Beside((births_table(summary), orders_table(summary))), office_table(summary)]
    if sentence := ratio_sentence(summary):
        blocks.append(Text((sentence,), "note"))
    return Page("月度汇总", f"{kind}服务提供情况", tuple(blocks))


def _view_pages(summary: Summary) -> list[Page]:
    """Quarters and years whose months are all here, and one page that says which months the others lack."""
    given = {month.merged.period for month in summary.months}
    whole = [span for span in summary.spans if given >= set(span.months)]
    lacking = [span for span in summary.spans if span not in whole]
    return [_view_page(summary, span) for span in whole] + ([_lacking_page(summary, lacking, given)] if lacking else [])


def _view_page(summary: Summary, span: Span) -> Page:
    """Office figures and births of a quarter or a year."""
    name = _span_name(span)
    notes = ("服务指标不跨月合计，也不作各月比较。斜线后为方案下限或应报、应查数；上报按单位月计。",)
    blocks: list[Block] = [_view_table(summary, span, _VIEW_FIELDS[:_VIEW_SPLIT]), _view_table(summary, span, _VIEW_FIELDS[_VIEW_SPLIT:]),
                           Text((*notes, STANDING), "note")]
    return Page(name, f"{name}汇总（办公指标和出生）", tuple(blocks), (summary.target.name, f"{span.months[0]}至{span.months[-1]}", "按单位代码排列，不排名次、不计分"),
                header=(f"{summary.target.name}　{name}汇总", ""))


def _lacking_page(summary: Summary, spans: Sequence[Span], given: set[str]) -> Page:
    columns = (Column("时　期", "text", 26), Column("已有月份", "wrap", 40), Column("缺少月份", "wrap", 60))
    rows = tuple((Cell(_span_name(span)), Cell("、".join(period for period in span.months if period in given), "wrap"),
                  Cell("、".join(period for period in span.months if period not in given), "wrap")) for span in spans)
    return Page("季度年度缺月", "季度、年度：还缺的月份", (Table(columns, rows), Text(("缺月份的时期不出任何部分数。把缺少月份的汇总表一起给 ledger summary，即可得出。",), "note")),
                (summary.target.name,), header=(f"{summary.target.name}　季度年度", ""))


def _view_table(summary: Summary, span: Span, fields: Sequence[str]) -> Table:
    month = summary.months[-1]
    places = [place for place in month.every if not (place.level == OFFICE and not place.submissions)]
    columns = [Column("单位代码", "code", 15.5, "单位"), Column("单位名称", "text", 17, "单位")]
    for field in fields:
        wide = field in (*WORKS, "submission", "inspections")
        columns.append(Column(_heading(field), "code" if wide else "number", 11 if wide or field in MONEY else 8.5, _group(field)))
    return Table(tuple(columns), tuple(_view_line(summary, place, span, fields) for place in places))


def _span_name(span: Span) -> str:
    if "-Q" in span.name:
        return f"{span.name[:4]}年第{span.name[-1]}季度"
    if "/" not in span.name:
        return f"{span.name}年"
    return f"{span.months[0]}至{span.months[-1]}"


def _view_line(summary: Summary, place: Place, span: Span, fields: Sequence[str]) -> tuple[Cell, ...]:
    state = "total" if place.whole else ""
    if place.whole:
        head: tuple[Cell, ...] = (Cell(f"{whole_of(summary)}合计", "centre", state, across=2),)
    else:
        head = (Cell(place.unit, "code"), Cell("本级" if place.level == OFFICE else short_name(summary, place.unit)))
    cells = []
    for field in fields:
        one = summary.get(field, place.unit, span.name, place.level)
        if field in WORKS or field in ("submission", "inspections"):
            cells.append(Cell(of_text(one), "code", state))
        else:
            cells.append(count_cell(one, state))
    return (*head, *cells)


def _heading(field: str) -> str:
    short = {"submission": "已报/\n应报", "submission_zero": "其中\n零报告", "births": "合计", "boys": "男", "girls": "女", "inspections": "已查/\n应查",
             "fines": "罚款\n（元）", "confiscated": "没收\n（元）", "rewards": "奖励\n（元）"}
    return short.get(field, name_of(field))


def _group(field: str) -> str:
    groups = ((SUBMISSIONS, "上报（单位月）"), (BIRTHS, "活产"), (CASES, "案件"), (MONEY, "金额"), (WORKS, "工作（次）"), (INSPECTIONS, "机构检查"))
    return next(name for fields, name in groups if field in fields)


def figures_page(summary: Summary) -> Page:
    """Every figure in rows, for those who reckon on and for `--sealed`; nothing hidden elsewhere is shown here."""
    widths = (14, 11, 18, 26, 10, 10, 14, 7, 40)
    columns = tuple(Column(name, "number" if name in ("n", "N") else "text", width) for name, width in zip(FIGURE_COLUMNS, widths, strict=True))
    rows = tuple((Cell(one.unit, "code"), Cell(one.level), Cell(one.period), Cell(one.field), Cell(one.n, "number"), Cell(one.d, "number"),
                  Cell("" if one.value is None else repr(one.value), "code"), Cell("是" if one.suppressed else "", "centre"), Cell(one.basis, "text"))
                 for one in summary.figures)
    return Page(FIGURES_SHEET, FIGURES_SHEET, (Text((f"{DIGEST_LABEL}：{summary.digest}",), "paragraph"), Table(columns, rows, filters=True, least=16)),
                (summary.target.name, "机器可读；数字与“月度汇总”相同，隐去的不在这里出现"), header=(f"{summary.target.name}　{FIGURES_SHEET}", ""))
