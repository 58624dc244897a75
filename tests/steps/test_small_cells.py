"""Small counts in a finished report: seen as a reader sees them, whoever made the table."""

from __future__ import annotations

import random

import pytest

from tests.model.test_disclosure import LEAST, LIMIT, WINDOWS, county
from toolkit.model.disclosure import BIRTH_CELLS, SERVICE_CELLS, births_grid, hidden_cells, services_grid
from toolkit.model.outgoing import Grid, Outgoing
from toolkit.model.sheet import Cell
from toolkit.steps.small_cells import small_cells


def report(text: str, name: str = "表", period: str = "2025-09") -> Outgoing:
    """Rows with cells between bars; whole numbers are numbers."""
    rows: list[list[Cell]] = [[f"示例县　　所属月份：{period}"]]
    for line in text.strip().split("\n"):
        cells = [part.strip() for part in line.split("|")]
        rows.append([int(cell) if cell.isdigit() else cell for cell in cells])
    return Outgoing("报告.xlsx", "xlsx", (Grid(name, rows),))


def at(text: str, *previous: Outgoing) -> list[str]:
    return [cell for _, cell in small_cells(report(text), previous, 5)]


def test_a_hidden_count_that_the_total_tells() -> None:
    assert at("""单位 | 服务在册
                 甲乡 | 8
                 乙镇 | <5
                 全县合计 | 10""") == ["B4"]


def test_a_hidden_neighbour_keeps_it_open() -> None:
    assert at("""单位 | 服务在册
                 甲乡 | ＊
                 乙镇 | <5
                 全县合计 | 12""") == []


def test_a_hidden_total_keeps_it_open() -> None:
    assert at("""单位 | 服务在册
                 甲乡 | 8
                 乙镇 | <5
                 全县合计 | ＊""") == []


def test_a_neighbour_that_is_too_near() -> None:
    """＊ stands for five or more and <5 for none or more: together five, so five and none."""
    assert at("""单位 | 服务在册
                 甲乡 | ＊
                 乙镇 | <5
                 全县合计 | 5""") == ["B3", "B4"]


def test_a_small_count_that_stands_as_it_is() -> None:
    assert at("""单位 | 服务在册 | 宣传次数
                 甲乡 | 8 | 2
                 乙镇 | 2 | 1
                 全县合计 | 10 | 3""") == ["B4"]


def test_a_townships_own_table_shows_its_counts() -> None:
    assert at("""单位 | 服务在册
                 一村 | 8
                 二村 | 2
                 全乡合计 | 10""") == []


def test_boys_and_girls_tell_each_other() -> None:
    assert at("""单位 | 合计 | 男 | 女
                 甲乡 | 14 | 11 | <5
                 乙镇 | 15 | <5 | ＊
                 全县合计 | 29 | ＊ | ＊""") == ["D3"]


def test_a_share_whose_denominator_follows() -> None:
    assert at("""单位 | 问候 n/N
                 甲乡 | 20/30
                 乙镇 | —
                 全县合计 | 24/36""") == ["B4"]


def test_a_share_of_fewer_than_ten() -> None:
    assert at("""单位 | 约定问候提供 n/N | 已报/应报
                 甲乡 | 20/30 | 7/7
                 乙镇 | 3/4 | 2/2
                 全县合计 | 23/34 | 9/9""") == ["B4"]


def test_totals_above_and_tables_side_by_side() -> None:
    assert at("""单位 | 服务在册 | | 单位 | 服务在册
                 全县合计 | 10 | | 全县合计 | 12
                 甲乡 | 8 | | 甲乡 | ＊
                 乙镇 | <5 | | 乙镇 | <5""") == ["B5"]


def test_columns_that_do_not_add_up_tell_nothing() -> None:
    assert at("""单位 | 得分
                 甲乡 | 8
                 乙镇 | <5
                 全县合计 | 90""") == []


def test_an_offices_own_line_is_no_part_of_the_sum() -> None:
    assert at("""单位 | 服务在册 | 已报/应报
                 甲乡 | 8 | 1/1
                 乙镇 | <5 | 1/1
                 县本级 | — | 1/1
                 全县合计 | 10 | 3/3""") == ["B4"]


def test_an_earlier_report_of_the_month_tells() -> None:
    now = """单位 | 服务在册
             甲乡 | ＊
             乙镇 | <5
             全县合计 | 12"""
    before = report("""单位 | 服务在册
                       甲乡 | 9
                       乙镇 | ＊
                       全县合计 | 12""")
    assert at(now) == []
    assert at(now, before) == ["B3", "B4"]
    assert at(now, report("单位 | 服务在册\n甲乡 | 9\n全县合计 | 9", period="2025-08")) == []


# ------------------------------------------------------------------------------------------------ figures in rows


FIGURES = "单位代码 | 级别 | 时期 | 指标 | n | N | 值 | 隐去 | 依据"


def figures(*lines: str) -> str:
    return "\n".join((FIGURES, *lines))


def births(unit: str, level: str, period: str, n: str) -> str:
    return f"{unit} | {level} | {period} | births | {n if n.isdigit() else ''} | | | | {'' if n.isdigit() else n}"



def test_a_unit_is_the_sum_of_those_below() -> None:
    text = figures(births("c", "county", "2025-09", "12"), births("t1", "township", "2025-09", "9"), births("t2", "township", "2025-09", "<5"))
    assert at(text) == ["E5"]


def test_a_quarter_less_its_earlier_months() -> None:
    now = figures(births("c", "county", "2025-Q3", "30"), births("c", "county", "2025-09", "<5"))
    july, august = report(figures(births("c", "county", "2025-07", "15"))), report(figures(births("c", "county", "2025-08", "12")))
    assert at(now) == []
    assert at(now, july) == []
    assert at(now, july, august) == ["E4"]


def test_a_townships_own_report_tells_the_countys_hidden_cell() -> None:
    now = figures(births("c", "county", "2025-09", "＊"), births("t1", "township", "2025-09", "＊"), births("t2", "township", "2025-09", "<5"))
    before = figures(births("t2", "township", "2025-09", "3"))
    assert at(now, report(before)) == ["E5"]
    assert at(before, report(now)) == [""]  # what it tells stands in the other file


def test_small_figures_in_rows() -> None:
    assert at(figures(births("c", "county", "2025-09", "12"), births("t1", "township", "2025-09", "3"), births("t2", "township", "2025-09", "9"))) == ["E4"]
    assert at(figures(births("t1", "township", "2025-09", "3"))) == []  # its own report shows them


# ------------------------------------------------------------------------------------------------ and what we publish ourselves


@pytest.mark.parametrize("seed", range(40))
def test_what_is_hidden_by_our_own_rules_never_follows(seed: int) -> None:
    rng = random.Random(seed)
    rows = []
    for _ in range(rng.randint(1, 6)):
        boys, girls = rng.choice((0, 1, 3, 6, 12, 30)), rng.choice((0, 2, 4, 7, 15, 28))
        rows.append((boys + girls, boys, girls))
    grid = births_grid(5)
    hidden = hidden_cells(grid, rows)
    every = [*rows, tuple(map(sum, zip(*rows, strict=True)))]
    names = [*(f"{at}乡" for at in range(len(rows))), "全县合计"]
    lines = [" | ".join((name, *(str(row[BIRTH_CELLS[cell][0]]) if cell not in gone else grid.small(cell, row) or "＊" for cell in BIRTH_CELLS)))
             for name, row, gone in zip(names, every, hidden, strict=True)]
    assert at("单位 | 合计 | 男 | 女\n" + "\n".join(lines)) == []


#: Cells of the main table in their order on paper, each with its heading.
PRINTED = (("services_open", "服务在册"), ("assign_rate", "责任落实 n/N"), ("contact_rate", "约定问候提供 n/N"), ("window_rate", "产检提醒提供 n/N"),
           ("postnatal_rate", "产后服务提供 n/N"), ("check42_rate", "产后42天提醒 n/N"), ("needs", "需求提出"), ("needs_done_rate", "办结 n/N"),
           ("needs_in_time_rate", "两日内 n/N"))


@pytest.mark.parametrize("seed", range(40))
def test_nor_do_the_services_of_a_county(seed: int) -> None:
    rows = county(seed)
    grid = services_grid(LIMIT, LEAST, WINDOWS)
    hidden = hidden_cells(grid, rows)

    def printed(cell: str, row: tuple[int, ...], gone: set[str]) -> str:
        if cell in gone:
            return grid.small(cell, row) or "＊"
        return "/".join(str(row[at]) for at in reversed(SERVICE_CELLS[cell]))

    names = [*(f"{at}乡" for at in range(len(rows))), "全县合计"]
    lines = [" | ".join((name, *(printed(cell, row, gone) for cell, _ in PRINTED)))
             for name, row, gone in zip(names, [*rows, tuple(map(sum, zip(*rows, strict=True)))], hidden, strict=True)]
    assert at(" | ".join(("单位", *(heading for _, heading in PRINTED))) + "\n" + "\n".join(lines)) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_neighbour_shown_again_gives_the_small_one_away(seed: int) -> None:
    """The other way round: of two hidden counts under a total that stands, the larger is written back in."""
    rng = random.Random(seed)
    counts = [rng.randint(5, 30) for _ in range(rng.randint(1, 4))] + [rng.randint(0, 4)]
    shown = ["＊", *map(str, counts[1:-1]), "<5"]
    lines = [f"{at}乡 | {text}" for at, text in enumerate(shown)] + [f"全县合计 | {sum(counts)}"]
    given_away = [line.replace("＊", str(counts[0])) for line in lines]
    assert at("单位 | 服务在册\n" + "\n".join(given_away)) == [f"B{len(counts) + 2}"]
