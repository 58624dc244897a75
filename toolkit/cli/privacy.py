"""`ledger privacy`: the two papers of 个人信息保护法 Art. 55-56, as drafts."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.options import FORCE, JSON, WORKSPACE, end


@click.command()
@click.option("--unit", required=True, metavar="NAME", help="单位名称，或区划表里的代码 · the unit's name, or its code in the unit list")
@click.option("-o", "out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="写到哪个文件夹 · where to write")
@click.option("--plan", "plan_id", default="", metavar="ID", help="自带方案的编号，默认用工作目录的方案 · a built-in plan; else the workspace's")
@WORKSPACE
@FORCE
@JSON
def privacy(unit: str, out: Path, plan_id: str, folder: Path | None, force: bool, json_to: str | None) -> None:
    """个人信息保护影响评估和处理情况记录的草稿。 Drafts of the impact assessment and the processing record.

    例 · example: ledger privacy --unit 示例县甲山乡 -o 评估
    """
    from toolkit.tasks.privacy import privacy as run

    end(run(unit, out, plan_id=plan_id, folder=folder, force=force), json_to)
