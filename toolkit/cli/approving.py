"""`ledger approve`: who approved which content of a merged workbook."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.options import JSON, WORKSPACE, end
from toolkit.cli.password import password_if_any


@click.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="MERGED")
@click.option("--by", required=True, help="审核人（接收、退回时为经办人）姓名 · who does it")
@click.option("--accept", is_flag=True, help="由上级接收 · received by the level above")
@click.option("--undo", is_flag=True, help="退回一步，要写原因 · take back one step")
@click.option("--reason", default="", help="退回原因 · why it is taken back")
@WORKSPACE
@JSON
def approve(path: Path, by: str, accept: bool, undo: bool, reason: str, folder: Path | None, json_to: str | None) -> None:
    """审核汇总表：记下谁审核了哪一份内容。 Approve a merged workbook.

    例 · example: ledger approve 甲山乡汇总.xlsx --by 样例乙
    """
    from toolkit.tasks import approve as task

    end(task.approve(path, task.Asked(by, accept, undo, reason, folder, password_if_any)), json_to)
