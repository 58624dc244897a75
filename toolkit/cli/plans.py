"""`ledger plan`: list, show, check."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.options import JSON, end


@click.group()
def plan() -> None:
    """方案：列出、查看、检查。 Plans: list, show, check."""


@plan.command("list")
@JSON
def plan_list(json_to: str | None) -> None:
    """自带的方案。 The plans we ship."""
    from toolkit.tasks import catalogue

    end(catalogue.plan_list(), json_to)


@plan.command("show")
@click.argument("identifier", metavar="ID|FILE")
@JSON
def plan_show(identifier: str, json_to: str | None) -> None:
    """看一个方案的全文。 One plan in full. 例 · example: ledger plan show standard"""
    from toolkit.tasks import catalogue

    end(catalogue.plan_show(identifier), json_to)


@plan.command("check")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE")
@JSON
def plan_check(path: Path, json_to: str | None) -> None:
    """方案文件能不能用。 Whether a plan file can stand. 例 · example: ledger plan check plan.toml"""
    from toolkit.tasks import catalogue

    end(catalogue.plan_check(path), json_to)
