"""Charts of the summary: reports, births, cases, works, and the county's sex ratio; never service figures (LOOK 8)."""

from __future__ import annotations

from toolkit.model.figure import CASES, WORKS
from toolkit.model.period import quarter
from toolkit.model.report import Block, Chart, ChartRow, Page, Series, Text
from toolkit.schema.birth_orders import BIRTH_ORDER
from toolkit.steps.figures import Summary, Year
from toolkit.steps.intervals import quantile
from toolkit.steps.summary_table import where
from toolkit.steps.summary_words import CANNOT_TELL, name_of, ratio_sentence, short_name, whole_of

#: More bars than this cannot be read; the table has them all.
MOST_BARS = 40
#: Two-sided coverage of the funnel's limits with the style of their lines.
LIMITS = ((0.95, "95%界限", "dashed"), (0.998, "99.8%界限", "dotted"))
_FUNNEL_POINTS = 40
_ROUND = 100  # births: the funnel's ends lie on round numbers


def chart_page(summary: Summary) -> Page | None:
    """One sheet of charts in code order; None where there is nothing to draw."""
    charts = [chart for chart in (_reports(summary), _births(summary), _cases(summary), _works(summary)) if chart is not None]
    blocks: list[Block] = [ChartRow(tuple(charts[at:at + 2])) for at in range(0, len(charts), 2)]
    if summary.target.level == "county":
        drawn = _funnel(summary)
        if drawn is not None:
            blocks.append(ChartRow((drawn,)))
        blocks.append(Text(_how_to_read(summary, drawn is not None), "note"))
    if any(value is None for chart in charts if chart.kind == "columns" for one in chart.series[:1] for value in one.values):
        blocks.append(Text(("为防推算而隐去的数不画。",), "note"))
    if not blocks:
        return None
    subtitle = (*where(summary)[:2], "各单位按代码排列，不排名次；图中数字见“月度汇总”")
    return Page("图表", "月度汇总图表", tuple(blocks), subtitle, one_page=True, widths=(11.7,) * 12,
                header=(f"{summary.target.name}　图表", f"所属月份　{summary.period}"))


def _reports(summary: Summary) -> Chart | None:
    lines = []
    for place in summary.months[-1].places:
        one = summary.get("submission", place.unit, level=place.level)
        if one is not None and one.d:
            lines.append((f"{short_name(summary, place.unit)}　{one.n}/{one.d}", (one.n or 0) / one.d))
    if not lines or len(lines) > MOST_BARS:
        return None
    return Chart("bars", "上报　已报/应报（单位）", tuple(name for name, _ in lines), (Series("已报率", tuple(share for _, share in lines)),),
                 "各单位已报与应报之比，按代码排列：" + "；".join(name for name, _ in lines), percent=True)


def _births(summary: Summary) -> Chart | None:
    """By order of the latest quarter; where nobody reported one, boys and girls of the months at hand. Hidden counts are not drawn."""
    quarters = sorted({one.period for one in summary.figures if one.field.startswith("births_by_order")})
    if quarters:
        latest, orders = quarters[-1], [code for code, _ in BIRTH_ORDER.labels if code != "0"]
        series = tuple(Series(label, tuple(_number(summary, f"births_by_order:{code}:{name}", latest) for code in orders), style)
                       for name, label, style in (("boys", "男", "solid"), ("girls", "女", "hatch")))
        title = f"活产数　按性别和孩次（{whole_of(summary)}，第{latest[-1]}季度）"
        return Chart("columns", title, tuple(BIRTH_ORDER.label(int(code)) for code in orders), series, title) if _drawn(series) else None
    months = [month.merged.period for month in summary.months]
    series = tuple(Series(label, tuple(_number(summary, name, period) for period in months), style)
                   for name, label, style in (("boys", "男", "solid"), ("girls", "女", "hatch")))
    title = f"活产数　按性别（{whole_of(summary)}，{quarter(months[-1])[:4]}年各月）"
    return Chart("columns", title, tuple(months), series, title) if _drawn(series) else None


def _cases(summary: Summary) -> Chart:
    values = tuple(_number(summary, field, summary.period) for field in CASES)
    return Chart("columns", f"案件　按处理阶段（{whole_of(summary)}，本月）", tuple(name_of(field) for field in CASES), (Series("件数", values),),
                 "案件数：" + "，".join(f"{name_of(field)}{value:g}" for field, value in zip(CASES, values, strict=True) if value is not None))


def _works(summary: Summary) -> Chart:
    done = tuple(_number(summary, field, summary.period) for field in WORKS)
    figures = [summary.get(field) for field in WORKS]
    least = tuple(float(one.d) if one is not None and one.d is not None else None for one in figures)
    series = (Series("已做（次）", done), *((Series("方案下限", least, "hatch"),) if any(value is not None for value in least) else ()))
    title = f"工作　已做与方案下限（{whole_of(summary)}，本月）" if len(series) > 1 else f"工作　已做次数（{whole_of(summary)}，本月）"
    return Chart("columns", title, tuple(name_of(field) for field in WORKS), series, title)


def _number(summary: Summary, field: str, period: str) -> float | None:
    one = summary.get(field, period=period)
    return None if one is None or one.suppressed or one.n is None else float(one.n)


def _drawn(series: tuple[Series, ...]) -> bool:
    return any(value is not None for one in series for value in one.values)


# ------------------------------------------------------------------------------------------------- the funnel


def years_shown(summary: Summary) -> list[Year]:
    """Calendar years of this county with births enough for a ratio."""
    return [year for year in summary.history if year.births >= summary.plan.ratio.min_births and year.girls]


def funnel_limits(births: int, reference: float, coverage: float) -> tuple[float, float]:
    """The ratios between which chance alone leaves a year of so many births, from the exact binomial round the reference."""
    share, tail = reference / (100 + reference), (1 - coverage) / 2
    low, high = quantile(tail, births, share), quantile(1 - tail, births, share)
    return 100 * low / (births - low), 100 * high / (births - high)


def _funnel(summary: Summary) -> Chart | None:
    years = years_shown(summary)
    if not years:
        return None
    reference = summary.plan.ratio.reference
    first = max(summary.plan.ratio.min_births, min(year.births for year in years) // _ROUND * _ROUND - _ROUND)
    last = (max(year.births for year in years) // _ROUND + 2) * _ROUND
    places = tuple(float(round(first + (last - first) * at / _FUNNEL_POINTS)) for at in range(_FUNNEL_POINTS + 1))
    lines = [Series(f"正常水平 {reference:g}", (reference, reference), "line", places=(places[0], places[-1]))]
    for coverage, name, style in LIMITS:
        found = [funnel_limits(int(place), reference, coverage) for place in places]
        lines += [Series(name, tuple(round(limits[side], 3) for limits in found), style, places=places) for side in (0, 1)]
    ratios = tuple(round(100 * year.boys / year.girls, 1) for year in years)
    points = Series("全县，一年一点", ratios, "points", tuple(f"{year.year} {ratio:.1f}" for year, ratio in zip(years, ratios, strict=True)),
                    tuple(float(year.births) for year in years))
    return Chart("funnel", "出生性别比与出生数（全县，逐年，漏斗图）", (), (*lines, points),
                 "各年出生性别比：" + "；".join(points.labels), axis=f"一年出生数 N（不足{summary.plan.ratio.min_births}不画）")


def _how_to_read(summary: Summary, drawn: bool) -> tuple[str, ...]:
    lines = []
    years = years_shown(summary)
    if drawn:
        outside = 1 - 0.95 ** len(years)
        lines.append(f"读图：界限按精确二项分布算。点在虚线（95%）之内，与正常水平的差别可由偶然解释；{len(years)}个点中单凭偶然，"
                     f"有一点出虚线的机会约{outside:.0%}。{CANNOT_TELL}；漏报也会使比值偏移。")
    elif not summary.history:
        lines.append("没有以前年份的出生数（工作目录里的 history.csv：县代码、年份、男、女），不画漏斗图。")
    small = [year for year in summary.history if year not in years]
    if small:
        lines.append("、".join(f"{year.year}年" for year in small) + f"出生不足{summary.plan.ratio.min_births}，不画：不能用这个数判断。")
    if sentence := ratio_sentence(summary):
        lines.append(sentence)
    lines.append(f"不足{summary.plan.ratio.min_births}例的年份，以及乡镇、村，都不能用这个数判断。")
    return tuple(lines)
