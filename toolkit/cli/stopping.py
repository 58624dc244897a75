"""A command run to its end, or stopped by hand: then with a code of its own, which click would make that of a finished run."""

from __future__ import annotations

import os
import sys

import click

from toolkit.cli import language

STOPPED = 130  # as shells have it


def run(group: click.Group) -> int:
    """The exit code of the command that was asked for. What is no matter of the command line is raised."""
    try:
        code = group.main(prog_name="ledger", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):  # Ctrl-C, or no answer where one was asked for
        print("已停止。写好的文件都是完整的" if language(os.environ) == "zh" else "stopped; files already written are whole", file=sys.stderr)
        return STOPPED
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except BrokenPipeError:  # whoever read what we print has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code if isinstance(code, int) else 0
