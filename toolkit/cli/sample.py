"""`ledger sample`: the random visits that anyone can draw again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from toolkit.cli.options import FORCE, JSON, WORKSPACE, end, progress
from toolkit.cli.password import password_if_any

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
NEW = click.Path(path_type=Path, dir_okay=False)
MERGED = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="MERGED…")
DRAW = click.argument("drawn", type=FILE, metavar="OUT.xlsx")


@click.group()
def sample() -> None:
    """随机走访：定框、掷骰、抽签、核对、走访、结果。 The random visits: frame, dice, draw, verify, visit, result.

    \b
    例 · example:
      ledger sample frame 县汇总.xlsx -o frame.txt
      ledger sample draw frame.txt --period 2025-09 --seed 40317255601883462975 -o 抽样.xlsx
      ledger sample verify 抽样.xlsx frame.txt
    """


@sample.command()
@MERGED
@click.option("-o", "out", type=NEW, metavar="FRAME.txt", help="抽样框写到这里 · write the frame here")
@click.option("--check", type=FILE, metavar="FRAME.txt", help="不写，只核对已有的抽样框 · compare a frame instead")
@click.option("--period", default="", help="只取这个月 · only this month")
@WORKSPACE
@FORCE
@JSON
def frame(paths: tuple[Path, ...], json_to: str | None, **asked: Any) -> None:
    """写出抽样框，报出M和数目，双方签字。 Write the frame; tell M and the counts to be signed.

    例 · example: ledger sample frame 县汇总.xlsx -o frame.txt
    """
    from toolkit.tasks import sample as task

    with progress() as step:
        outcome = task.frame(paths, progress=step, password=password_if_any, **asked)
    end(outcome, json_to)


@sample.command()
@click.argument("framed", type=FILE, metavar="FRAME.txt")
@click.option("-o", "out", required=True, type=NEW, metavar="OUT.xlsx", help="抽签工作簿 · the draw's workbook")
@click.option("--period", required=True, help="所属月份，如 2025-09 · month")
@click.option("--seed", required=True, help="当场掷出的数字，至少20位，连着写 · the digits thrown, at least 20")
@click.option("--by", type=click.Choice(["township", "county"]), help="按乡镇或县分层，默认按方案 · strata")
@click.option("--made", default="", help="种子怎样产生，不写人名 · how the seed was made, no names")
@click.option("--expect", default="", metavar="M", help="签过字的M，不同就不抽 · the M that was signed; another is refused")
@click.option("--allow-weak-seed", is_flag=True, help="种子不足20位也抽 · draw with fewer digits")
@click.option("--allow-used-seed", is_flag=True, help="用过的种子也抽 · draw with a seed that served before")
@click.option("--html", type=NEW, metavar="FILE", help="核对页，任何浏览器都能重算 · the page that draws again")
@click.option("--certificate", type=NEW, metavar="FILE.json", help="证书的JSON · the certificate as JSON")
@click.option("--public", type=NEW, metavar="FILE", help="公布单 .xlsx 或 .html，没有村 · the published form")
@WORKSPACE
@FORCE
@JSON
def draw(framed: Path, json_to: str | None, **asked: Any) -> None:
    """用签过字的框和掷出的种子抽签。 Draw from the signed frame with the seed thrown.

    例 · example: ledger sample draw frame.txt --period 2025-09 --seed 40317255601883462975 -o 抽样.xlsx
    """
    from toolkit.tasks import sample as task

    asked["by"] = asked["by"] or ""
    end(task.draw(framed, task.Asked(**asked)), json_to)


@sample.command()
@DRAW
@click.argument("framed", required=False, type=FILE, metavar="[FRAME.txt]")
@JSON
def verify(drawn: Path, framed: Path | None, json_to: str | None) -> None:
    """把抽签重算一遍，说清哪里不符。 Make the draw again; say exactly what differs.

    例 · example: ledger sample verify 抽样.xlsx frame.txt
    """
    from toolkit.tasks import sample as task

    end(task.verify(drawn, framed, password_if_any), json_to)


@sample.command()
@DRAW
@click.argument("villages", nargs=-1, required=True, type=FILE, metavar="VILLAGE.xlsx…")
@JSON
def forms(drawn: Path, villages: tuple[Path, ...], json_to: str | None) -> None:
    """在村里用：哪几条被抽中，只显示，不写下来。 In the village: which records were drawn; on screen only.

    例 · example: ledger sample forms 抽样.xlsx 甲山乡一村.xlsx
    """
    from toolkit.tasks import sample_visits as task

    end(task.forms(drawn, villages, password_if_any), json_to)


@sample.command()
@DRAW
@MERGED
@click.option("-o", "out", type=NEW, metavar="RESULT.xlsx", help="结果写到这里 · write the result here")
@click.option("--html", type=NEW, metavar="FILE", help="结果网页 · the result as a page")
@WORKSPACE
@FORCE
@JSON
def result(drawn: Path, paths: tuple[Path, ...], json_to: str | None, **asked: Any) -> None:
    """两个比例和精确区间，能说明什么、不能说明什么。 Both rates, exact intervals, what they show.

    例 · example: ledger sample result 抽样.xlsx 县汇总.xlsx -o 走访结果.xlsx
    """
    from toolkit.tasks import sample_visits as task

    with progress() as step:
        outcome = task.result(drawn, paths, progress=step, password=password_if_any, **asked)
    end(outcome, json_to)
