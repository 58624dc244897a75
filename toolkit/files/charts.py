"""Native charts of a Report's workbook; their figures stand on a visible last sheet (LOOK 8)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit.files.xlsx import ACCENT, AMBER, AMBER_EDGE, CHINESE, GREY, INK, SOFT, Look, new_sheet, page, write, write_text
from toolkit.model.report import Chart, ChartRow, Report, Series

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart as NativeChart
    from xlsxwriter.worksheet import Worksheet

DATA_SHEET = "图表数据"
WIDTH, WIDE, HEIGHT, FUNNEL_HEIGHT = 500, 1022, 226, 300  # pixels
_BAR, _BARS_FRAME = 22, 84  # pixels of one bar, and of title and axis
_LINE = 20  # pixels of a sheet row of 15 points
_FONT = {"name": CHINESE, "size": 9, "color": INK}
_GRID = {"visible": True, "line": {"color": SOFT, "width": 0.5}}
_LEGEND = {"position": "bottom", "font": _FONT}
_PLAIN_AXIS = {"num_font": _FONT, "line": {"color": GREY, "width": 0.75}, "major_tick_mark": "none", "minor_tick_mark": "none"}
_STEPS = (1, 2, 5)


class ChartData:
    """Where the figures of each chart stand on the last sheet; known before it is written, because charts name cells."""

    def __init__(self, report: Report) -> None:
        self.tops: dict[int, int] = {}
        self.charts: list[Chart] = []
        row = 3
        for one in (chart for page_ in report.pages for block in page_.blocks if isinstance(block, ChartRow) for chart in block.charts):
            self.tops[id(one)] = row
            self.charts.append(one)
            row += _depth(one) + 3

    def place(self, chart: Chart, series: int, what: str) -> list[Any]:
        """[sheet, first row, column, last row, column] of a series' values, its places or the categories."""
        top = self.tops[id(chart)] + 2
        one = chart.series[series]
        if chart.kind == "funnel":
            column = {"places": 3 * series, "values": 3 * series + 1, "labels": 3 * series + 2}[what]
            return [DATA_SHEET, top, column, top + len(one.values) - 1, column]
        return [DATA_SHEET, top, 0 if what == "categories" else series + 1, top + len(chart.categories) - 1, 0 if what == "categories" else series + 1]

    def write(self, book: Workbook, look: Look, header: tuple[str, str]) -> None:
        """The sheet itself; nothing where there are no charts."""
        if not self.charts:
            return
        sheet = new_sheet(book, DATA_SHEET)
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 20, 12)
        write_text(sheet, 0, 0, DATA_SHEET, look("title"))
        write_text(sheet, 1, 0, "图表由下面的数字画成；数字都在各表里", look("subtitle"))
        for chart in self.charts:
            self._write(sheet, look, chart)
        page(sheet, DATA_SHEET, header[1])
        sheet.protect("", {"select_locked_cells": True})

    def _write(self, sheet: Worksheet, look: Look, chart: Chart) -> None:
        top = self.tops[id(chart)]
        write_text(sheet, top, 0, chart.title, look("section"))
        if chart.kind == "funnel":
            for at, one in enumerate(chart.series):
                for offset, heading in enumerate((f"N　{one.name}", one.name, "标签")):
                    write_text(sheet, top + 1, 3 * at + offset, heading, look("header", "small"))
                for row, (place, value) in enumerate(zip(one.places, one.values, strict=True), top + 2):
                    write(sheet, row, 3 * at, place, look("cell", "number"))
                    write(sheet, row, 3 * at + 1, value, look("cell", "decimal"))
                    write(sheet, row, 3 * at + 2, one.labels[row - top - 2] if one.labels else None, look("cell", "text"))
            return
        write_text(sheet, top + 1, 0, "", look("header"))
        for at, one in enumerate(chart.series):
            write_text(sheet, top + 1, at + 1, one.name, look("header"))
        for row, name in enumerate(chart.categories, top + 2):
            write_text(sheet, row, 0, name, look("cell", "text"))
            for at, one in enumerate(chart.series):
                write(sheet, row, at + 1, one.values[row - top - 2], look("cell", "rate" if chart.percent else "number"))


def _depth(chart: Chart) -> int:
    return max(len(one.values) for one in chart.series) if chart.kind == "funnel" else len(chart.categories)


def insert(book: Workbook, sheet: Worksheet, row: int, block: ChartRow, data: ChartData, wide_column: int) -> int:
    """Put a row of charts on a sheet; the row after them. `wide_column`: where the second chart begins."""
    height = max(_height(chart) for chart in block.charts)
    for at, chart in enumerate(block.charts):
        native = _DRAWN[chart.kind](book, chart, data)
        native.set_title({"name": chart.title, "name_font": {"name": CHINESE, "size": 12, "bold": True, "color": ACCENT}, "overlay": False})
        native.set_chartarea({"border": {"color": SOFT}, "fill": {"color": "#FFFFFF"}})
        native.set_plotarea({"fill": {"none": True}})
        wide = chart.kind == "funnel" or (len(block.charts) == 1 and len(chart.categories) > 8)
        native.set_size({"width": WIDE if wide else WIDTH, "height": height})
        sheet.insert_chart(row, wide_column if at else 0, native, {"description": chart.alt, "object_position": 1, "x_offset": 4, "y_offset": 4})
    lines = math.ceil((height + 12) / _LINE)
    for line in range(row, row + lines):
        sheet.set_row(line, 15)
    return row + lines


def _height(chart: Chart) -> int:
    if chart.kind == "funnel":
        return FUNNEL_HEIGHT
    return max(HEIGHT, _BARS_FRAME + _BAR * len(chart.categories)) if chart.kind == "bars" else HEIGHT


def _bars(book: Workbook, chart: Chart, data: ChartData) -> NativeChart:
    native = book.add_chart({"type": "bar"})
    native.add_series({"name": chart.series[0].name, "categories": data.place(chart, 0, "categories"), "values": data.place(chart, 0, "values"),
                       "fill": {"color": ACCENT}, "gap": 45, "data_labels": {"value": True, "num_format": "0%", "font": _FONT}})
    native.set_y_axis({**_PLAIN_AXIS, "reverse": True, "interval_unit": 1, "major_gridlines": {"visible": False}})
    native.set_x_axis({**_PLAIN_AXIS, "min": 0, "max": 1.1, "major_unit": 0.2, "num_format": "[<=1]0%;;", "major_gridlines": _GRID,
                       "label_position": "high", "line": {"none": True}})
    native.set_legend({"none": True})
    return native


def _columns(book: Workbook, chart: Chart, data: ChartData) -> NativeChart:
    native = book.add_chart({"type": "column"})
    for at, one in enumerate(chart.series):
        native.add_series({"name": one.name, "categories": data.place(chart, at, "categories"), "values": data.place(chart, at, "values"), **_filled(one),
                           "gap": 70, "overlap": -5, "data_labels": {"value": True, "position": "outside_end", "font": _FONT, "num_format": "#,##0"}})
    native.set_x_axis({**_PLAIN_AXIS, "interval_unit": 1})
    step = _whole_step(chart.series)
    native.set_y_axis({**_PLAIN_AXIS, "min": 0, "max": step * (_highest(chart.series) // step + 1), "major_unit": step,
                       "num_format": "#,##0", "major_gridlines": _GRID, "line": {"none": True}})
    native.set_legend(_LEGEND if len(chart.series) > 1 else {"none": True})
    return native


def _filled(one: Series) -> dict[str, Any]:
    if one.style == "hatch":
        return {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": AMBER, "bg_color": "#FFFFFF"}, "border": {"color": AMBER_EDGE, "width": 1}}
    return {"fill": {"color": ACCENT}}


def _highest(series: Sequence[Series]) -> float:
    return max((value for one in series for value in one.values if value is not None), default=0)


def _whole_step(series: Sequence[Series]) -> int:
    """Whole numbers on the axis, about five of them."""
    highest = _highest(series)
    size = 1
    while True:
        for step in _STEPS:
            if step * size * 5 >= highest:
                return step * size
        size *= 10


_LINES = {"line": {"color": GREY, "width": 1.5}, "dashed": {"color": ACCENT, "width": 1.5, "dash_type": "dash"},
          "dotted": {"color": AMBER_EDGE, "width": 1.5, "dash_type": "round_dot"}}


def _funnel(book: Workbook, chart: Chart, data: ChartData) -> NativeChart:
    native = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    seen: set[str] = set()
    twice = []
    for at, one in enumerate(chart.series):
        shape: dict[str, Any] = {"name": one.name, "categories": data.place(chart, at, "places"), "values": data.place(chart, at, "values")}
        if one.style == "points":
            labels = [{"value": text} for text in one.labels]
            shape |= {"line": {"none": True}, "marker": {"type": "circle", "size": 7, "fill": {"color": ACCENT}, "border": {"color": ACCENT}},
                      "data_labels": {"value": True, "custom": labels, "position": "above", "font": _FONT}}
        else:
            shape |= {"line": _LINES[one.style], "marker": {"type": "none"}}
        native.add_series(shape)
        if one.name in seen:
            twice.append(at)
        seen.add(one.name)
    xs = [place for one in chart.series for place in one.places]
    ys = [value for one in chart.series for value in one.values if value is not None]
    native.set_x_axis({**_PLAIN_AXIS, "min": min(xs), "max": max(xs), "name": chart.axis, "name_font": {**_FONT, "bold": False}, "num_format": "#,##0",
                       "major_gridlines": {"visible": False}})
    native.set_y_axis({**_PLAIN_AXIS, "min": math.floor(min(ys) / 5) * 5, "max": math.ceil(max(ys) / 5) * 5, "num_format": "0", "major_gridlines": _GRID,
                       "crossing": math.floor(min(ys) / 5) * 5})
    native.set_legend({"position": "right", "font": _FONT, "delete_series": twice})
    return native


_DRAWN = {"bars": _bars, "columns": _columns, "funnel": _funnel}
