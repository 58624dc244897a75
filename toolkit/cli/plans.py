"""`ledger plan`: list, show, check."""

from __future__ import annotations

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
@click.option("--toml", is_flag=True, help="方案文件原样 · the file as it is")
@JSON
def plan_show(identifier: str, toml: bool, json_to: str | None) -> None:
    """看一个方案：参数、出处、未采纳的要求。 One plan: values, sources, what is not adopted. 例 · example: ledger plan show zhelang-2025"""
    from toolkit.tasks import catalogue

    end(catalogue.plan_show(identifier, toml), json_to)


@plan.command("check")
@click.argument("identifier", metavar="ID|FILE")
@JSON
def plan_check(identifier: str, json_to: str | None) -> None:
    """方案文件能不能用。 Whether a plan file can stand. 例 · example: ledger plan check plan.toml"""
    from toolkit.tasks import catalogue

    end(catalogue.plan_check(identifier), json_to)
