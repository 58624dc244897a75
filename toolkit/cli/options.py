"""What the commands share: arguments, options, how an outcome ends, progress."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli import language

if TYPE_CHECKING:
    from toolkit.tasks.outcome import Outcome

FORMS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
JSON = click.option("--json", "json_to", metavar="FILE", help="机器可读的结果写到 FILE（- 为标准输出）· machine-readable result")
FORCE = click.option("--force", is_flag=True, help="替换已有的输出文件 · replace an existing output")
WORKSPACE = click.option("--workspace", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="工作目录 · the workspace folder")
JOBS = click.option("--jobs", type=click.IntRange(1, 64), default=None, help="同时读几批文件 · worker processes")


def day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> dt.date | None:
    """A date option."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter("日期请写成 2025-10-08 · write a date as 2025-10-08") from None


def end(outcome: Outcome, json_to: str | None) -> None:
    """Show what a task did and leave with its exit code."""
    from toolkit.cli.show import show

    sys.exit(show(outcome, language(os.environ), json_to))


@contextmanager
def progress() -> Iterator[Callable[[int, int], None] | None]:
    """How many files are read, in one line of a terminal's stderr that is gone at the end; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    chinese, width = language(os.environ) == "zh", 0

    def step(done: int, total: int) -> None:
        nonlocal width
        if done < total:
            line = f"正在读取 {done}/{total}" if chinese else f"reading {done}/{total}"
        else:
            line = f"已读取 {total}/{total}，正在核对" if chinese else f"read {total}/{total}, checking"
        print("\r" + " " * width + "\r" + line, end="", file=sys.stderr, flush=True)
        width = sum(1 + (character > "\u2e7f") for character in line)

    try:
        yield step
    finally:
        if width:
            print("\r" + " " * width + "\r", end="", file=sys.stderr, flush=True)
