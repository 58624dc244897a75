"""`ledger seal`, `ledger open`: the password comes from a prompt or the environment, never from the command line."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.options import FORCE, JSON, PATHS, end
from toolkit.cli.password import password

_OUT = click.option("-o", "out", type=click.Path(path_type=Path), metavar="DIR", help="写到哪个文件夹，默认与原文件一起 · where to write")


@click.command()
@PATHS
@_OUT
@FORCE
@JSON
def seal(paths: tuple[Path, ...], out: Path | None, force: bool, json_to: str | None) -> None:
    """给工作簿加打开密码再移交。 Put workbooks under a password for hand-over.

    例 · example: ledger seal 甲山乡一村.xlsx -o 移交
    """
    from toolkit.tasks.seal import seal as run

    end(run(paths, password(twice=True), out, force), json_to)


@click.command("open")
@PATHS
@_OUT
@FORCE
@JSON
def open_(paths: tuple[Path, ...], out: Path | None, force: bool, json_to: str | None) -> None:
    """打开加了密码的工作簿，另存一份。 Open workbooks under a password, as a copy.

    例 · example: ledger open 甲山乡一村_加密.xlsx -o 收件
    """
    from toolkit.tasks.seal import open_sealed

    end(open_sealed(paths, password(), out, force), json_to)
