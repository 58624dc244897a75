"""`ledger excel`: the ribbon in the user's Excel."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.options import FORCE, JSON, end


@click.group()
def excel() -> None:
    """Excel 里的“台账”一页：安装、卸载、查看。 The ribbon tab in Excel: install, remove, look.

    \b
    例 · example:
      ledger excel install
      ledger excel status
      ledger excel uninstall
    """


@excel.command()
@JSON
def install(json_to: str | None) -> None:
    """把加载项放进自己的 Excel，不要管理员权限。 Put the add-in into your Excel, no admin rights.

    例 · example: ledger excel install
    """
    from toolkit.tasks import addin as task

    end(task.install(task.this_machine()), json_to)


@excel.command()
@JSON
def uninstall(json_to: str | None) -> None:
    """只取走安装时放进去的。 Take away exactly what was installed.

    例 · example: ledger excel uninstall
    """
    from toolkit.tasks import addin as task

    end(task.uninstall(task.this_machine()), json_to)


@excel.command()
@JSON
def status(json_to: str | None) -> None:
    """装了没有，还好不好用。 What is installed and whether it is sound.

    例 · example: ledger excel status
    """
    from toolkit.tasks import addin as task

    end(task.status(task.this_machine()), json_to)


@excel.command()
@click.option("-o", "out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.html", help="写到哪里 · where to write")
@FORCE
@JSON
def guide(out: Path, force: bool, json_to: str | None) -> None:
    """写出按钮说明：每个按钮做什么，没有宏时怎么办。 What each button does, and the way without macros.

    例 · example: ledger excel guide -o 台账说明.html
    """
    from toolkit.tasks import addin as task

    end(task.guide(out, force), json_to)
