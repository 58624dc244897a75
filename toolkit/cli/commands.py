"""Every command of `ledger`, each a thin shell round one task. Groups of commands have a module of their own, added at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from toolkit import __version__
from toolkit.cli.addin import excel
from toolkit.cli.approving import approve
from toolkit.cli.checklist import checklist
from toolkit.cli.inspect import inspect
from toolkit.cli.menu import menu
from toolkit.cli.options import FORCE, FORMS, JOBS, JSON, PATHS, WORKSPACE, day, end, progress
from toolkit.cli.password import password, password_if_any
from toolkit.cli.plans import plan
from toolkit.cli.privacy import privacy
from toolkit.cli.reports import summary
from toolkit.cli.sample import sample
from toolkit.cli.sealing import open_, seal


@click.group(context_settings=FORMS)
@click.version_option(__version__, prog_name="ledger")
def ledger() -> None:
    """三本台账：发出去、收回来、看清楚、合得上。
    Standard ledgers out, what offices send in, checked and merged with every row accounted for.

    \b
    例 · example:
      ledger demo 示例县
      ledger new 我县 --plan standard --units 区划表.xlsx
      ledger template -o 我县/发放 --period 2025-09
      ledger check 收件箱
      ledger merge 收件箱 -o 我县/汇总.xlsx
      ledger summary 我县/汇总.xlsx -o 我县/月度汇总.xlsx
    """


@ledger.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--villages", type=click.IntRange(1, 2000), default=12, show_default=True, help="村数 · number of villages")
@click.option("--months", type=click.IntRange(1, 12), default=1, show_default=True, help="月数 · number of months")
@click.option("--seed", default="1", show_default=True, help="种子，同一种子得同一个县 · same seed, same county")
@click.option("--plan", "plan_id", default="standard", show_default=True, help="方案 · plan")
@click.option("--mess", type=click.Choice(["none", "typical", "wild"]), default="typical", show_default=True, help="来件有多乱 · how messy the files are")
@JSON
def demo(folder: Path, villages: int, months: int, seed: str, plan_id: str, mess: str, json_to: str | None) -> None:
    """造一个虚构的县，把一个月从发表走到汇总。 A fictional county, from templates to the county's merge.

    例 · example: ledger demo 示例县 --villages 12
    """
    from toolkit.tasks.demo import Wanted
    from toolkit.tasks.demo import demo as run

    def said(line: str) -> None:
        if json_to != "-":
            print(line, flush=True)

    end(run(folder, Wanted(villages, months, seed, plan_id, mess), said), json_to)


@ledger.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--plan", "plan_id", required=True, help="自带方案的编号 · id of a built-in plan")
@click.option("--units", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="区划表 xlsx/csv · the unit list")
@FORCE
@JSON
def new(folder: Path, plan_id: str, units: Path | None, force: bool, json_to: str | None) -> None:
    """建一个工作目录。 Make a workspace.

    例 · example: ledger new 我县 --plan standard --units 区划表.xlsx
    """
    from toolkit.tasks import offices

    end(offices.new(folder, plan_id, units, force), json_to)


@ledger.command()
@click.option("-o", "out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="写到哪个文件夹 · where to write")
@click.option("--period", required=True, help="所属月份，如 2025-09 · month")
@click.option("--unit", "units", multiple=True, help="只做这些单位 · only these units")
@click.option("--seal", "sealing", is_flag=True, help="村工作簿加打开密码 · village workbooks under a password")
@click.option("--macros", is_flag=True, help="带宏和“台账”功能区的工作簿（.xlsm） · with macros and a ribbon tab")
@WORKSPACE
@FORCE
@JSON
def template(out: Path, json_to: str | None, sealing: bool, **asked: Any) -> None:
    """给每个应报单位做一本预填的工作簿。 One prefilled workbook per expected unit.

    例 · example: ledger template -o 发放 --period 2025-09
    """
    from toolkit.tasks import offices

    end(offices.template(out, password=password(twice=True) if sealing else None, **asked), json_to)


@ledger.command()
@PATHS
@click.option("--previous", type=click.Path(path_type=Path, exists=True), help="上月的汇总表或本单位上月的文件 · last month's merged workbook or own file")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.xlsx|.html", help="写成报告 · write a report")
@click.option("--annotate", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="各文件的标注副本写到哪里 · marked copies of the files")
@click.option("--today", callback=day, help="按这一天判断保存期限 · the day for retention checks")
@WORKSPACE
@JOBS
@FORCE
@JSON
def check(paths: tuple[Path, ...], jobs: int | None, json_to: str | None, **asked: Any) -> None:
    """检查工作簿，说清每一处错在哪格、怎么改。 Check workbooks: every mistake, its cell, what to do.

    例 · example: ledger check 甲山乡一村.xlsx --report 检查报告.html
    """
    from toolkit.tasks import check as task

    with progress() as step:
        outcome = task.check(paths, task.Asked(jobs=jobs or 0, password=password_if_any, **asked), step)
    end(outcome, json_to)


@ledger.command()
@PATHS
@click.option("-o", "out", type=click.Path(path_type=Path), metavar="DIR", help="上报本、可以发出的和清理后的副本写到哪里 · where to write")
@click.option("--previous", multiple=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="给过同样的人的报告（可多次） · reports given out before")
@WORKSPACE
@FORCE
@JSON
def release(paths: tuple[Path, ...], json_to: str | None, **asked: Any) -> None:
    """发出之前看一遍：村工作簿变成上报本，别的文件查夹带、查不该发的。 Look before it goes out.

    例 · example: ledger release 甲山乡一村.xlsx 月度汇总.xlsx -o 外发
    """
    from toolkit.tasks import release as task

    end(task.release(paths, task.Wanted(password=password_if_any, **asked)), json_to)


@ledger.command()
@PATHS
@click.option("-o", "out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="写到哪个文件夹 · where to write")
@WORKSPACE
@FORCE
@JSON
def carry(paths: tuple[Path, ...], out: Path, folder: Path | None, force: bool, json_to: str | None) -> None:
    """结转下月：服务期未满的、名单、在办案件和未完成的整改带到新的一本。 Next month's workbooks.

    例 · example: ledger carry 甲山乡一村.xlsx -o 十月
    """
    from toolkit.tasks.carry import carry as run

    end(run(paths, out, folder=folder, force=force, password=password_if_any), json_to)


@ledger.command()
@PATHS
@click.option("-o", "out", required=True, type=click.Path(path_type=Path), metavar="OUT.xlsx", help="汇总表 · the merged workbook")
@click.option("--to", "level", type=click.Choice(["village", "township", "county", "prefecture", "province"]), help="合并到哪一级 · level of the target")
@click.option("--period", default="", help="只合并这个月 · only this month")
@click.option("--previous", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="上月的汇总表 · last month's merged workbook")
@click.option("--received", callback=day, help="收到日期（没有 received.csv 时） · receipt date where received.csv has none")
@click.option("--strict", is_flag=True, help="有拒收或错误就不写 · write nothing if anything is refused or wrong")
@WORKSPACE
@JOBS
@FORCE
@JSON
def merge(paths: tuple[Path, ...], json_to: str | None, jobs: int | None, level: str | None, **asked: Any) -> None:
    """把村、乡的文件合并到一个上级单位，一条不少。 Merge any mix of files up to one unit.

    例 · example: ledger merge 收件箱/2025-09 -o 县汇总.xlsx --to county
    """
    from toolkit.tasks import merge as task

    with progress() as step:
        outcome = task.merge(paths, task.Asked(level=level or "", jobs=jobs or 0, password=password_if_any, **asked), step)
    end(outcome, json_to)


@ledger.command()
@click.argument("record_id", metavar="RECORD_ID")
@PATHS
@JSON
def forget(record_id: str, paths: tuple[Path, ...], json_to: str | None) -> None:
    """本人要求退出时，把她的一行和随访整行取出，不留痕迹。 Remove a record at her wish, without trace.

    例 · example: ledger forget K7Q2MX 甲山乡一村.xlsx
    """
    from toolkit.tasks.forget import forget as run

    end(run(record_id, paths, password_if_any), json_to)


@ledger.command()
@click.argument("code", required=False, default="")
@JSON
def rules(code: str, json_to: str | None) -> None:
    """列出规则，或讲清一条。 List the rules, or explain one.

    例 · example: ledger rules K107
    """
    from toolkit.tasks import catalogue

    end(catalogue.rules(code), json_to)


for group in (approve, checklist, excel, inspect, menu, open_, plan, privacy, sample, seal, summary):
    ledger.add_command(group)
