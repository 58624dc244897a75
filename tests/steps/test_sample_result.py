"""What visits come to: which rates may stand, and that none gives another away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolkit.steps.sample import Line, Terms, draw
from toolkit.steps.sample_read import Visit
from toolkit.steps.sample_result import Result, _shown, as_json, order_issues, report_of, result_of, statement

TOWNS = ("990101101", "990101102", "990101103")


def visited(sizes: tuple[int, ...], faults: int = 0, silent: int = 0, not_done: int = 0) -> Result:
    """Towns with so many drawn; the first visits of all are faults, then without an answer, then not done, the rest in order."""
    lines = [Line(f"{town}201", f"{number:012x}", True) for town, size in zip(TOWNS, sizes, strict=False) for number in range(size * 5)]
    certificate = draw(lines, Terms("2025-09", "40317255601883462975", "1/5"))
    kinds = [(1, False)] * faults + [(1, None)] * silent + [(2, None)] * not_done
    visits = [Visit(certificate.short[one.ticket], row, *(kinds[row] if row < len(kinds) else (1, True))) for row, one in enumerate(certificate.drawn)]
    return result_of(certificate, visits, {(line.unit, line.token): True for line in lines}, 10)


def shown(result: Result) -> list[str]:
    return [f"{rate['basis'][0]} {rate['n']}/{rate['d']}" for rate in as_json(result)["rates"]]


def test_rates_of_one_large_stratum() -> None:
    assert shown(visited((20,), faults=2, silent=3, not_done=4)) == ["d 2/17", "c 2/13", "d 2/17", "c 2/13"]
    assert shown(visited((9,), faults=2)) == ["d None/None", "c None/None"] * 2


def test_a_small_stratum_hides_the_next() -> None:
    assert shown(visited((12, 15, 3))) == ["d None/None", "c None/None", "d 0/15", "c 0/15", "d None/None", "c None/None", "d 0/30", "c 0/30"]


def test_a_no_where_nothing_was_offered_is_no_fault() -> None:
    result = visited((20,), faults=5)
    nothing = result_of(result.certificate, [Visit(short, 1, 1, False) for short in result.certificate.short.values()], {}, 10)
    assert (nothing.total.of_drawn.faults, nothing.total.of_drawn.counted) == (0, 20)


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(1, 10))
def test_what_is_hidden_stays_hidden(counted: list[int], least: int) -> None:
    stand = _shown(counted, least)
    hidden = [count for count, stands in zip(counted, stand, strict=True) if not stands]
    assert all(count >= least for count, stands in zip(counted, stand, strict=True) if stands)
    assert not hidden or not any(stand) or (len(hidden) > 1 and sum(hidden) >= least)


def test_nothing_found_is_never_told_as_nothing_there() -> None:
    assert "16.8%" in "".join(zh for zh, _ in statement(visited((20,))))
    assert "52%" in "".join(zh for zh, _ in statement(visited((5,))))
    report = repr(report_of(visited((20,), faults=1), None))
    assert "不等于没有问题" in report and "0/10仍允许全体中有31%" in report


def test_reserves_follow_one_by_one() -> None:
    certificate = visited((4,)).certificate
    drawn, reserves = ([certificate.short[one.ticket] for one in some] for some in (certificate.drawn, certificate.reserves))

    def rows(*visits: Visit) -> list[int | None]:
        return [issue.row for issue in order_issues(certificate, visits, "x.xlsx")]

    given_up = [Visit(drawn[0], 1, 2), Visit(drawn[1], 2, 2)]
    assert rows(*given_up, Visit(reserves[0], 5, 1), Visit(reserves[1], 6, 1)) == []
    assert rows(given_up[0], Visit(reserves[0], 5, 2), Visit(reserves[1], 6, 1)) == []  # a reserve may be passed over too
    assert rows(given_up[0], Visit(reserves[0], 5, 1), Visit(reserves[1], 6, 1)) == [6]
    assert rows(*given_up, Visit(reserves[1], 6, 1)) == [6]
    assert rows(Visit(drawn[0], 1, 1), Visit(reserves[0], 5, 1)) == [5]
