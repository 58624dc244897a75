"""`ledger checklist`: the acceptance checklists of merged months."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.options import FORCE, JOBS, JSON, PATHS, WORKSPACE, end, progress
from toolkit.cli.password import password_if_any

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@PATHS
@click.option("-o", "out", required=True, type=click.Path(path_type=Path), metavar="OUT.xlsx", help="验收清单 · the checklists")
@click.option("--level", "levels", multiple=True, type=click.Choice(["village", "township", "county"]), help="只做这一级，可写几次 · only this level")
@click.option("--sample", type=_FILE, metavar="RESULT.xlsx", help="抽签工作簿，走访结果已填 · the draw's workbook with its results")
@WORKSPACE
@JOBS
@FORCE
@JSON
def checklist(paths: tuple[Path, ...], out: Path, levels: tuple[str, ...], sample: Path | None, folder: Path | None, jobs: int | None, force: bool,
              json_to: str | None) -> None:
    """验收清单：台账能证明的由程序填，其余带着材料等人核验。 Acceptance checklists, evidence filled in.

    例 · example: ledger checklist out/2025-09/county.xlsx out/2025-10/county.xlsx -o 验收清单.xlsx
    """
    from toolkit.tasks import checklist as task

    with progress() as step:
        outcome = task.checklist(paths, task.Asked(out, levels, sample, folder, jobs or 0, force, password_if_any), step)
    end(outcome, json_to)
