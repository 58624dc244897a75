"""All figures of a summary: months, quarters and years, the sex ratio; what may not be shown taken out; the digest that seals them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.model.figure import BIRTHS, NEIGHBOUR, Figure
from toolkit.model.issue import Issue
from toolkit.model.merged import Merged
from toolkit.model.plan import Plan
from toolkit.model.unit import Unit, Units
from toolkit.rules.months import SEALED
from toolkit.steps.hiding import hidden_month, hidden_span, hides
from toolkit.steps.indicators import birth_order_rows, figures_of
from toolkit.steps.intervals import interval
from toolkit.steps.own_reports import own_figures, shown_orders
from toolkit.steps.spans import Span, rolling_year, span_figures, spans
from toolkit.steps.standing import Institution, Month, month_of

#: Figures that go with the sex ratio: its exact 95 % interval.
RATIO, RATIO_LOW, RATIO_HIGH = "sex_ratio", "sex_ratio_low", "sex_ratio_high"


@dataclass(frozen=True)
class Year:
    """A line of history.csv: one calendar year of the county."""

    year: int
    boys: int
    girls: int

    @property
    def births(self) -> int:
        return self.boys + self.girls


@dataclass(frozen=True)
class Known:
    """What the workspace has beside the merged files."""

    institutions: tuple[Institution, ...] = ()
    history: tuple[Year, ...] = ()


@dataclass(frozen=True)
class Summary:
    """Everything the summary says. `figures`: as they may be shown; `months`: in order, the last is the one reported."""

    target: Unit
    plan: Plan
    units: Units
    months: tuple[Month, ...]
    spans: tuple[Span, ...]
    figures: tuple[Figure, ...]
    history: tuple[Year, ...]

    @property
    def period(self) -> str:
        return self.months[-1].merged.period

    @property
    def digest(self) -> str:
        return digest_of([one.as_json() for one in self.figures])

    def get(self, field: str, unit: str = "", period: str = "", level: str = "") -> Figure | None:
        """One figure; of the target and the last month unless said otherwise."""
        return _index(self).get((unit or self.target.code, level or (self.target.level if not unit or unit == self.target.code else _line_level(self)),
                                 period or self.period, field))


def _index(summary: Summary) -> dict[tuple[str, str, str, str], Figure]:
    cached: dict[tuple[str, str, str, str], Figure] | None = summary.__dict__.get("_by_key")
    if cached is None:
        cached = {one.key: one for one in summary.figures}
        object.__setattr__(summary, "_by_key", cached)
    return cached


def _line_level(summary: Summary) -> str:
    return summary.months[-1].places[0].level if summary.months[-1].places else summary.target.level


def summarised(merged: Sequence[Merged], known: Known) -> Summary:
    """The summary of one target from its merged months."""
    months = {one.period: month_of(one, known.institutions) for one in sorted(merged, key=lambda one: one.period)}
    last = months[max(months)].merged
    target = (last.target.code, last.target.level)
    hide = hides(last.target.level)
    raw = {period: figures_of(month) for period, month in months.items()}
    monthly = {period: hidden_month(found, target, last.plan, own_figures(months[period])) if hide else found for period, found in raw.items()}
    figures = [one for found in monthly.values() for one in found] + shown_orders(birth_order_rows(list(months.values())), *target, last.plan)
    views = spans(list(months), last.plan) if len(months) > 1 else []
    for span in views:
        found = span_figures(span, months, raw)
        figures += hidden_span(found, target, last.plan, [monthly[period] for period in span.months]) if hide and not span.missing(months) else found
    if last.target.level == "county":
        figures += sex_ratio(months, raw, monthly, last.plan)
    return Summary(last.target, last.plan, last.units, tuple(months.values()), tuple(views), tuple(sorted(figures, key=lambda one: one.key)), known.history)


def sex_ratio(months: Mapping[str, Month], figures: Mapping[str, Sequence[Figure]], shown: Mapping[str, Sequence[Figure]], plan: Plan) -> list[Figure]:
    """Boys per hundred girls of the twelve months to the last, of the county alone, with its exact 95 % interval.

    Without a value where a month is missing or the births are fewer than the plan's number: `basis` says which.
    Hidden where one of the months is (`shown`): boys and girls of the year would tell those of the month.
    """
    last = max(months)
    span, target = rolling_year(last), months[last].merged.target
    blank = Figure(target.code, target.level, span.name, RATIO)
    missing = span.missing(months)
    if missing:
        return [replace(blank, field=field, basis=",".join(missing)) for field in (RATIO, RATIO_LOW, RATIO_HIGH)]
    born = {field: sum(one.n or 0 for period in span.months for one in figures[period]
                       if (one.unit, one.level, one.field) == (target.code, target.level, field)) for field in BIRTHS}
    boys, girls = born["boys"], born["girls"]
    if boys + girls < plan.ratio.min_births or not girls:
        return [replace(blank, field=field, basis=f"births<{plan.ratio.min_births}") for field in (RATIO, RATIO_LOW, RATIO_HIGH)]
    if any(one.suppressed for period in span.months for one in shown[period] if (one.unit, one.level) == (target.code, target.level) and one.field in BIRTHS):
        return [replace(blank, field=field).hidden(NEIGHBOUR) for field in (RATIO, RATIO_LOW, RATIO_HIGH)]
    low, high = interval(boys, boys + girls)
    return [replace(blank, n=boys, d=girls, value=round(100 * boys / girls, 4)), replace(blank, field=RATIO_LOW, value=round(100 * low / (1 - low), 4)),
            replace(blank, field=RATIO_HIGH, value=round(100 * high / (1 - high), 4))]


def digest_of(indicators: Sequence[Mapping[str, object]]) -> str:
    """SHA-256 of the canonical JSON of the indicators: what a sealed summary is compared by."""
    texts = sorted(json.dumps(dict(one), ensure_ascii=False, sort_keys=True, separators=(",", ":")) for one in indicators)
    return hashlib.sha256(("[" + ",".join(texts) + "]").encode()).hexdigest()


def differences(summary: Summary, sealed: Sequence[Mapping[str, object]]) -> list[Issue]:
    """M107 for every figure that a sealed summary has otherwise, or that only one of the two has."""

    def by_key(found: Sequence[Mapping[str, object]]) -> dict[tuple[str, ...], Mapping[str, object]]:
        return {tuple(str(one[name]) for name in ("unit", "level", "period", "field")): one for one in found}

    now, then = by_key([one.as_json() for one in summary.figures]), by_key(sealed)
    issues = []
    for key in sorted(now.keys() | then.keys()):
        one, other = now.get(key), then.get(key)
        if one == other:
            continue
        unit, _, period, field = key
        issues.append(Issue(SEALED.code, SEALED.severity, "", unit, period, field=field, key=" ".join(key),
                            params=(("figure", field), ("then", _said(other)), ("now", _said(one)))))
    return issues


def _said(one: Mapping[str, object] | None) -> str:
    if one is None:
        return "—"
    if one["suppressed"]:
        return str(one["basis"])
    return f"{one['n']}/{one['d']}" if one["d"] is not None else "—" if one["value"] is None else f"{one['value']:g}"
