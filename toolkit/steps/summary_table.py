"""月度汇总: the main table, and births, birth orders, cases and works under it (DOMAIN 6.1, LOOK 6)."""

from __future__ import annotations

from dataclasses import replace

from toolkit.model.figure import OFFICE
from toolkit.model.period import quarter
from toolkit.model.report import Beside, Block, Cell, Column, Fact, Facts, Page, Signatures, Table, Text
from toolkit.model.unit import LEVEL_ZH
from toolkit.rules.deadlines import DEADLINES, due_day
from toolkit.schema.birth_orders import BIRTH_ORDER
from toolkit.steps.figures import Summary
from toolkit.steps.spans import span_of, year_start
from toolkit.steps.standing import Place
from toolkit.steps.summary_words import NONE, STANDING, count_cell, of_text, pair_cells, ratio_sentence, service_notes, short_name, whole_of

#: Rates of the main table with their group heading.
_RATES = (("assign_rate", "责任落实"), ("contact_rate", "约定问候提供"), ("window_rate", "产检提醒提供"), ("postnatal_rate", "产后服务提供"),
          ("check42_rate", "产后42天提醒"))
_ORDERS = tuple(code for code, _ in BIRTH_ORDER.labels)
_DAYS = {1: "一", 2: "两", 3: "三"}


def where(summary: Summary) -> tuple[str, ...]:
    """What stands under every title: whose, which month, by when, in which order."""
    level = summary.months[-1].places[0].level if summary.months[-1].places else summary.target.level
    due = f"期限：{due_day(summary.period, level, summary.plan)[0].isoformat()}（{LEVEL_ZH[level]}）" if level in DEADLINES else ""
    return tuple(filter(None, (summary.target.name, f"所属月份：{summary.period}", due, "按单位代码排列，不排名次、不计分")))


def main_page(summary: Summary) -> Page:
    """The sheet an office prints and signs."""
    blocks: list[Block] = [services_table(summary), Beside((births_table(summary), orders_table(summary), office_table(summary)))]
    notes = [ratio_sentence(summary), STANDING]
    marks = summary.plan.marks
    if marks.form_number:
        notes[1] = f"表号：{marks.form_number}　制定机关：{marks.issued_by}　批准文号：{marks.approval_number}　有效期至：{marks.valid_until}"
    blocks += [Text(tuple(filter(None, notes)), "note"), Signatures(("制表（签名）：", "审核（签名）：", "日期：　　　　年　　月　　日"))]
    return Page("月度汇总", title_of(summary), tuple(blocks), where(summary), header=(f"{summary.target.name}　月度汇总", f"所属月份　{summary.period}"))


def title_of(summary: Summary) -> str:
    return "妇幼健康服务月度汇总"


def services_table(summary: Summary) -> Table:
    days = summary.plan.deadlines.need_report_days
    columns = [Column("单位代码", "code", 13.5, "单位"), Column("单位名称", "text", 17, "单位"), Column("服务\n在册", "number", 8, "服务")]
    for _, group in _RATES:
        columns += [Column("n/N", "ratio", 9, group), Column("率", "rate", 8.5, group)]
    columns += [Column("提出", "number", 7, "需求（件）"), Column("办结\nn/N", "ratio", 8.5, "需求（件）"), Column("率", "rate", 8.5, "需求（件）"),
                Column(f"{_DAYS.get(days, str(days))}日内\nn/N", "ratio", 8.5, "需求（件）"), Column("率", "rate", 8.5, "需求（件）"),
                Column("已报/\n应报", "ratio", 8, "上报（单位）"), Column("缺报", "number", 7, "上报（单位）")]
    month = summary.months[-1]
    rows = [_line(summary, place) for place in month.every if place.level != OFFICE or _reports_itself(summary)]
    return Table(tuple(columns), tuple(rows), notes=service_notes(summary), freeze=2, id="services", empty="没有下属单位")


def screen_tables(summary: Summary) -> tuple[Table, Table]:
    """The main table in two, so that neither is wider than a screen: the service offered; needs and reports."""
    whole, first = services_table(summary), 3 + 2 * len(_RATES)

    def named(cells: tuple[Cell, ...]) -> tuple[Cell, tuple[Cell, ...]]:
        head = cells[0] if cells[0].across > 1 else cells[1]
        return replace(head, across=1), cells[1:] if cells[0].across > 1 else cells[2:]

    lines = [named(cells) for cells in whole.rows]
    name = replace(whole.columns[1], group="")
    offered = Table((name, *(replace(column, group="" if column.group == "服务" else column.group) for column in whole.columns[2:first])),
                    tuple((head, *cells[:first - 2]) for head, cells in lines), notes=whole.notes, id="services", empty=whole.empty)
    asked = Table((name, *whole.columns[first:]), tuple((head, *cells[first - 2:]) for head, cells in lines), "需求和上报", id="needs", empty=whole.empty)
    return offered, asked


def _reports_itself(summary: Summary) -> bool:
    """Whether the target's own office is expected to report, or did: then the lines add up to the total with it."""
    one = summary.get("submission", summary.target.code, level=OFFICE)
    return one is not None and bool(one.d or one.n)


def _line(summary: Summary, place: Place) -> tuple[Cell, ...]:
    state = "total" if place.whole else ""
    if place.whole:
        head: tuple[Cell, ...] = (Cell(f"{whole_of(summary)}合计", "centre", "total", across=2),)
    else:
        name = f"{LEVEL_ZH[summary.target.level]}本级" if place.level == OFFICE else short_name(summary, place.unit)
        head = (Cell(place.unit.removesuffix("000") if not place.unit.endswith("000000") else place.unit[:6], "code"), Cell(name))

    def get(field: str):  # type: ignore[no-untyped-def]
        return summary.get(field, place.unit, level=place.level)

    if place.level == OFFICE:
        service = tuple(Cell(NONE, "centre", "grey") for _ in range(1 + 2 * len(_RATES) + 5))
    else:
        rates = tuple(cell for field, _ in _RATES for cell in pair_cells(get(field), state))
        service = (count_cell(get("services_open"), state), *rates, count_cell(get("needs"), state), *pair_cells(get("needs_done_rate"), state),
                   *pair_cells(get("needs_in_time_rate"), state))
    came, gone = get("submission"), get("submission_missing")
    missing = gone.n if gone is not None else 0
    return (*head, *service, Cell(f"{came.n}/{came.d}" if came is not None else NONE, "ratio", state),
            Cell(missing, "number", ("error" if missing and not place.whole else state)))


def births_table(summary: Summary) -> Table:
    month = summary.months[-1]
    rows = []
    for place in (*month.places, month.total):
        state = "total" if place.whole else ""
        head = Cell(f"{whole_of(summary)}合计" if place.whole else short_name(summary, place.unit), "centre" if place.whole else "text", state)
        rows.append((head, *(count_cell(summary.get(field, place.unit, level=place.level), state) for field in ("births", "boys", "girls"))))
    return Table((Column("单　位", "text", span=3), Column("合计", "number"), Column("男", "number"), Column("女", "number")), tuple(rows),
                 "活产（本月，各村公开计数）", id="births")


def orders_table(summary: Summary) -> Table:
    """The latest quarter reported; said plainly where there is none."""
    quarters = sorted({one.period for one in summary.figures if one.field.startswith("births_by_order")})
    latest = quarters[-1] if quarters else quarter(summary.period)
    columns = (Column("孩　次", "text", span=2), Column("男", "number"), Column("女", "number"), Column("未说明", "number"), Column("合计", "number"))
    rows = []
    for code in (*_ORDERS, "all") if quarters else ():
        state = "total" if code == "all" else ""
        head = Cell("合　计" if code == "all" else BIRTH_ORDER.label(int(code)), "centre" if code == "all" else "text", state)
        rows.append((head, *(count_cell(summary.get(f"births_by_order:{code}:{name}", period=latest), state)
                             for name in ("boys", "girls", "unstated", "births"))))
    return Table(columns, tuple(rows), f"分孩次（{latest[:4]}年第{latest[-1]}季度，{whole_of(summary)}）", ("数据来自乡镇、县级的机构统计。",), id="orders",
                 empty="本季度还没有分孩次统计（季末月上报）")


def office_table(summary: Summary) -> Table:
    """Cases and works of the month, and of the year where its months are all here."""
    year = next((span.name for span in reversed(summary.spans) if span.months == span_of(span.months[0], summary.period).months
                 and span.months[0] == year_start(summary.period, summary.plan)), "")

    def both(*fields: str) -> tuple[str, str]:
        def said(period: str) -> str:
            told = [of_text(summary.get(field, period=period)) for field in fields]
            return NONE if set(told) == {NONE} else " / ".join(told)
        return said(summary.period), said(year) if year else NONE

    lines = [("线索 / 立案", both("cases_leads", "cases_filed")), ("决定 / 结案", both("cases_decided", "cases_closed")),
             ("移送 / 在办", both("cases_transferred", "cases_open")), ("罚款 / 没收（元）", both("fines", "confiscated")), ("奖励（元）", both("rewards")),
             ("会议 / 方案下限", both("works_meetings")), ("宣传 / 方案下限", both("works_publicity")), ("督查 / 方案下限", both("works_inspections")),
             ("帮扶 / 培训", both("works_support", "works_training")), ("机构检查 已查/应查", both("inspections")),
             ("需整改 / 已整改", both("inspections_to_rectify", "inspections_rectified"))]
    rows = tuple((Cell(name), Cell(now, "code"), Cell(so_far, "code")) for name, (now, so_far) in lines)
    return Table((Column("项　目", "text", span=2), Column("本月", "code", span=2), Column("年累计", "code", span=2)), rows, "案件与工作", id="office")


def cards(summary: Summary) -> Facts:
    """Five figures of the target at the top of the page."""
    def pair(field: str) -> tuple[str, str]:
        one = summary.get(field)
        share, rate = pair_cells(one)
        return (f"{rate.value:.1%}" if isinstance(rate.value, float) else str(rate.value)), str(share.value)

    open_, came, gone = count_cell(summary.get("services_open")).value, summary.get("submission"), summary.get("submission_missing")
    contact, window = pair("contact_rate"), pair("window_rate")
    missing = gone.n if gone is not None else 0
    errors, warnings = summary.get("quality_errors"), summary.get("quality_warnings")
    return Facts((
        Fact("服务在册", f"{open_:,}" if isinstance(open_, int) else str(open_), "不是全部孕产妇名单"), Fact("约定问候提供", *contact), Fact("产检提醒提供", *window),
        Fact("上报", f"{came.n}/{came.d}" if came else NONE, f"缺报{missing}个单位" if missing else "已报齐", "error" if missing else ""),
        Fact("待处理问题", f"{errors.n if errors else 0} / {warnings.n if warnings else 0}", "错误 / 警告（含缺报）", "warning" if errors and errors.n else ""),
    ))
