"""A Chart as inline SVG: drawn from its figures, the same at any size, read out by its title (LOOK 8, 9)."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from html import escape

from toolkit.model.report import Chart, Series

INK, GREY, ACCENT, SOFT, LINE, AMBER, AMBER_EDGE = "#1f2d3a", "#566069", "#1f5a66", "#d5dde0", "#82959b", "#b4780a", "#8a5a00"
WIDTH, WIDE = 480, 980
_STEPS = (1, 2, 5)


def svg_of(chart: Chart) -> str:
    """The picture; its ids come from its title, which no other chart of a page has."""
    return {"bars": _bars, "columns": _columns, "funnel": _funnel}[chart.kind](chart, zlib.crc32(chart.title.encode()))


def _open(chart: Chart, number: int, width: int, height: int) -> str:
    return (f'<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="c{number}">'
            f'<title id="c{number}">{escape(chart.alt or chart.title)}</title>'
            f'<defs><pattern id="h{number}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="7" height="7" fill="#fff"/><rect width="3" height="7" fill="{AMBER}"/></pattern></defs>')


def _text(x: float, y: float, words: str, anchor: str = "middle", colour: str = INK, extra: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{extra}>{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = SOFT, width: float = 1) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"/>'


def _bars(chart: Chart, number: int) -> str:
    left, right, row = 150, 52, 26
    height = row * len(chart.categories) + 36
    scale = (WIDTH - left - right)
    out = [_open(chart, number, WIDTH, height)]
    for tick in (0, 0.5, 1):
        x = left + scale * tick
        out += [_line(x, 4, x, height - 26), _text(x, height - 8, f"{tick:.0%}", colour=GREY)]
    for at, (name, value) in enumerate(zip(chart.categories, chart.series[0].values, strict=True)):
        y = 6 + row * at
        share = min(1.0, max(0.0, value or 0))
        out.append(_text(left - 8, y + 15, name, "end"))
        out.append(f'<rect x="{left}" y="{y}" width="{scale}" height="19" fill="#fff" stroke="{LINE}" stroke-width="1"/>')
        out.append(f'<rect x="{left}" y="{y}" width="{scale * share:.1f}" height="19" fill="{ACCENT}"/>')
        out.append(_text(left + scale + 6, y + 15, "—" if value is None else f"{value:.0%}", "start"))
    return "".join(out) + "</svg>"


def _columns(chart: Chart, number: int) -> str:
    height, left, top, bottom = 250, 40, 22, 34 + (24 if len(chart.series) > 1 else 0)
    highest = max((value for one in chart.series for value in one.values if value is not None), default=0)
    step = whole_step(highest)
    most = max(step, math.ceil(highest / step) * step)
    floor = height - bottom

    def up(value: float) -> float:
        return floor - (floor - top) * value / most

    out = [_open(chart, number, WIDTH, height)]
    for tick in range(0, int(most) + 1, step):
        out += [_line(left, up(tick), WIDTH - 8, up(tick)), _text(left - 6, up(tick) + 5, f"{tick:,}", "end", GREY)]
    room = (WIDTH - 8 - left) / max(1, len(chart.categories))
    bar = min(44.0, room * 0.7 / len(chart.series))
    for at, name in enumerate(chart.categories):
        middle = left + room * (at + 0.5)
        out.append(_text(middle, floor + 20, name))
        for which, one in enumerate(chart.series):
            value = one.values[at]
            if value is None:
                continue
            x = middle + (which - len(chart.series) / 2) * (bar + 2) + 1
            out.append(f'<rect x="{x:.1f}" y="{up(value):.1f}" width="{bar:.1f}" height="{floor - up(value):.1f}" {_fill(one, number)}/>')
            out.append(_text(x + bar / 2, up(value) - 6, f"{value:,.0f}"))
    out.append(_line(left, floor, WIDTH - 8, floor, LINE))
    if len(chart.series) > 1:
        out.append(_legend([(one.name, _fill(one, number)) for one in chart.series], height - 16))
    return "".join(out) + "</svg>"


def _fill(one: Series, number: int) -> str:
    return f'fill="url(#h{number})" stroke="{AMBER_EDGE}"' if one.style == "hatch" else f'fill="{ACCENT}"'


def _legend(entries: Sequence[tuple[str, str]], y: float) -> str:
    out, width = [], 130
    x = WIDTH / 2 - width * len(entries) / 2 + 20
    for name, fill in entries:
        out.append(f'<rect x="{x:.1f}" y="{y - 1:.1f}" width="13" height="13" {fill}/>{_text(x + 19, y + 10.5, name, "start")}')
        x += width
    return "".join(out)


def whole_step(highest: float) -> int:
    """The distance of whole numbers on an axis, about five of them."""
    size = 1
    while True:
        for step in _STEPS:
            if step * size * 5 >= highest:
                return step * size
        size *= 10


_STYLE = {"line": f'stroke="{GREY}" stroke-width="1.8"', "dashed": f'stroke="{ACCENT}" stroke-width="1.8" stroke-dasharray="8 5"',
          "dotted": f'stroke="{AMBER_EDGE}" stroke-width="2" stroke-dasharray="2 4"'}


def _funnel(chart: Chart, number: int) -> str:
    height, left, right, top, bottom = 330, 46, 190, 14, 56
    xs = [place for one in chart.series for place in one.places]
    ys = [value for one in chart.series for value in one.values if value is not None]
    low, high = math.floor(min(ys) / 10) * 10, math.ceil(max(ys) / 10) * 10

    def across(place: float) -> float:
        return left + (WIDE - left - right) * (place - min(xs)) / max(1.0, max(xs) - min(xs))

    def up(value: float) -> float:
        return height - bottom - (height - bottom - top) * (value - low) / max(1, high - low)

    out = [_open(chart, number, WIDE, height)]
    for tick in range(low, high + 1, 10):
        out += [_line(left, up(tick), WIDE - right, up(tick)), _text(left - 8, up(tick) + 5, str(tick), "end", GREY)]
    step = whole_step(max(xs) - min(xs))
    for tick in range(math.ceil(min(xs) / step) * step, int(max(xs)) + 1, step):
        out += [_line(across(tick), height - bottom, across(tick), height - bottom + 5, LINE),
                _text(across(tick), height - bottom + 22, f"{tick:,}", colour=GREY)]
    out.append(_text(left + (WIDE - left - right) / 2, height - 8, chart.axis))
    seen: list[tuple[str, str]] = []
    for one in chart.series:
        pairs = [(across(place), up(value)) for place, value in zip(one.places, one.values, strict=True) if value is not None]
        if one.style == "points":
            for (x, y), label in zip(pairs, one.labels, strict=True):
                out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{ACCENT}"/>')
                out.append(_text(x, y - 12, label, extra=' paint-order="stroke" stroke="#fff" stroke-width="4"'))
        else:
            out.append(f'<polyline fill="none" {_STYLE[one.style]} points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)}"/>')
        if (one.name, one.style) not in seen:
            seen.append((one.name, one.style))
    for at, (name, style) in enumerate(seen):
        x, y = WIDE - right + 16, 70 + 32 * at
        out.append(f'<circle cx="{x + 18}" cy="{y}" r="5.5" fill="{ACCENT}"/>' if style == "points" else
                   f'<line x1="{x}" y1="{y}" x2="{x + 36}" y2="{y}" {_STYLE[style]}/>')
        out.append(_text(x + 46, y + 5, name, "start"))
    return "".join(out) + "</svg>"
