"""`ledger inspect`: how a file is read."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.options import JSON, WORKSPACE, end, progress
from toolkit.cli.password import password_if_any


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--cells", "with_cells", is_flag=True, help="列出每一格，服务册和不收集的列只显示••• · every cell, what is private as •••")
@WORKSPACE
@JSON
def inspect(paths: tuple[Path, ...], with_cells: bool, folder: Path | None, json_to: str | None) -> None:
    """看一个文件是怎样读的：哪张表是哪本台账，哪列读成什么。 How a file is read, for support calls.

    例 · example: ledger inspect 甲山乡一村.xlsx --cells
    """
    from toolkit.tasks.inspect import inspect as run

    with progress() as step:
        outcome = run(paths, folder, with_cells, step, password_if_any)
    end(outcome, json_to)
