"""`ledger summary`: what an office prints, signs and passes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from toolkit.cli.options import FORCE, JOBS, JSON, WORKSPACE, end, progress
from toolkit.cli.password import password_if_any

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="MERGED…")
@click.option("-o", "out", required=True, type=_FILE, metavar="OUT.xlsx", help="月度汇总表 · the summary workbook")
@click.option("--html", type=_FILE, metavar="FILE", help="同时写一个网页，不需联网 · a self-contained page too")
@click.option("--docx", type=_FILE, metavar="FILE", help="同时写一份公文格式的报告 · a Word report in the official layout too")
@click.option("--sealed", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE", help="与封存的汇总核对 · compare with a sealed summary")
@WORKSPACE
@JOBS
@FORCE
@JSON
def summary(paths: tuple[Path, ...], json_to: str | None, jobs: int | None, **asked: Any) -> None:
    """月度汇总、案件月报和办公清单；几个月一起给时另有季度、年度。 The monthly summary, case report and office lists.

    例 · example: ledger summary out/2025-09/county.xlsx -o 月度汇总.xlsx --html 月度汇总.html --docx 报告.docx
    """
    from toolkit.tasks import summary as task

    with progress() as step:
        outcome = task.summary(paths, task.Asked(jobs=jobs or 0, password=password_if_any, **asked), step)
    end(outcome, json_to)
