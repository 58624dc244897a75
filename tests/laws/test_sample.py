"""The laws of the draw (SPEC 7): exact sizes, one order everywhere, equal chances, reserves apart."""

from __future__ import annotations

import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from toolkit.model.unit import at_level
from toolkit.steps.sample import Line, Terms, Unusable, as_json, draw, frame_bytes, frame_digest, parse_frame, sizes
from toolkit.steps.sample_verify import verify

UNITS = st.sampled_from(["990101101201", "990101101202", "990101102201", "990101102202", "990101103201"])
LINES = st.lists(st.builds(lambda unit, token, agreed: Line(unit, f"{token:012x}", agreed), UNITS, st.integers(0, 16**12 - 1), st.booleans()),
                 unique_by=lambda line: (line.unit, line.token), max_size=60)
SEEDS = st.text(st.characters(min_codepoint=33, exclude_categories=("Cs",)), min_size=1, max_size=30)
RATES = st.fractions(Fraction(1, 20), Fraction(1, 5), max_denominator=100).map(lambda rate: f"{rate.numerator}/{rate.denominator}")


@given(st.integers(0, 10**9), st.integers(0, 10**9), RATES, st.integers(0, 5))
def test_n_is_exact(total: int, agreed: int, rate: str, floor: int) -> None:
    needed, drawn = sizes(total, min(agreed, total), rate, floor)
    share = total * Fraction(rate)
    assert needed == (0 if not total else max(floor, -(-share.numerator // share.denominator)))
    assert drawn == min(agreed, total, needed)


@given(LINES, SEEDS, RATES)
def test_a_draw_holds_and_its_reserves_are_apart(lines: list[Line], seed: str, rate: str) -> None:
    made = draw(lines, Terms("2025-09", seed, rate))
    agreed = {(line.unit, line.token) for line in lines if line.agreed}
    drawn, reserves = ([(one.unit, one.token) for one in some] for some in (made.drawn, made.reserves))
    assert len(drawn) == len(set(drawn)) == sum(one.drawn for one in made.strata)
    assert not set(drawn) & set(reserves) and set(drawn) | set(reserves) <= agreed
    for stratum in made.strata:
        taken, later = (some[stratum.unit] for some in (made.drawn_of, made.reserves_of))
        assert (len(taken), len(later)) == (stratum.drawn, min(stratum.drawn, stratum.agreed - stratum.drawn))
        assert [one.ticket for one in (*taken, *later)] == sorted(one.ticket for one in (*taken, *later))
    assert verify(as_json(made), lines) == verify(as_json(made), None) == []


@given(LINES, SEEDS)
def test_the_order_of_lines_does_not_matter(lines: list[Line], seed: str) -> None:
    data = frame_bytes(lines)
    assert data == frame_bytes(reversed(lines))
    parsed = parse_frame(data)
    assert not isinstance(parsed, Unusable) and set(parsed) == set(lines)
    assert as_json(draw(lines, Terms("2025-09", seed))) == as_json(draw(parsed, Terms("2025-09", seed)))


@given(LINES, SEEDS)
def test_a_townships_order_is_the_countys_restricted(lines: list[Line], seed: str) -> None:
    county = draw(lines, Terms("2025-09", seed, "1/5", "county", floor=1000))
    town = draw(lines, Terms("2025-09", seed, "1/5", "township", floor=1000))
    for stratum in town.strata:
        assert [one for one in county.drawn if at_level(one.unit, "township") == stratum.unit] == list(town.drawn_of[stratum.unit])


@given(LINES.filter(bool), st.data())
def test_one_changed_line_changes_m(lines: list[Line], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    other = data.draw(st.sampled_from([Line(line.unit, line.token, not line.agreed), Line(line.unit, f"{(int(line.token, 16) + 1) % 16**12:012x}", line.agreed),
                                       Line("990101104201", line.token, line.agreed)]))
    before = frame_digest(frame_bytes(lines))
    assert frame_digest(frame_bytes([*lines[:at], other, *lines[at + 1:]])) != before
    assert frame_digest(frame_bytes([*lines[:at], *lines[at + 1:]])) != before


def test_everyone_has_the_same_chance() -> None:
    rng = random.Random(20250909)
    lines = [Line("990101101201", f"{rng.getrandbits(48):012x}", True) for _ in range(40)]
    rounds, counts = 4000, dict.fromkeys((line.token for line in lines), 0)
    for number in range(rounds):
        for one in draw(lines, Terms("2025-09", f"{number:020d}", "1/10")).drawn:
            counts[one.token] += 1
    expected = rounds * 4 / 40
    # drawn without replacement: counts vary less than binomial ones, by (N-n)/(N-1), and sum to a constant
    statistic = sum((count - expected) ** 2 for count in counts.values()) / (expected * (1 - 4 / 40)) * 39 / 40
    assert sum(counts.values()) == rounds * 4
    assert 0.001 < chi2.sf(statistic, 39) < 0.999
