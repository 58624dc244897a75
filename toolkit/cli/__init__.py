"""The terminal: parse, call one task, show the Outcome."""

from __future__ import annotations

import contextlib
import errno
import os
import sys


def main() -> None:
    """Entry point of `ledger`. A bug of ours ends with exit code 4 and one line; never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        sys.exit(_run())
    except SystemExit:
        raise
    except KeyboardInterrupt:
        sys.exit(_stopped(language(os.environ)))
    except OSError as error:
        if error.errno in _OF_THE_MACHINE:
            sys.exit(_cannot(error, language(os.environ)))
        sys.exit(_bug(error))
    except BaseException as error:
        sys.exit(_bug(error))


def _run() -> int:
    """The command that was asked for. Interrupted: KeyboardInterrupt, which click would make the code of a finished run."""
    import click

    from toolkit.cli.commands import ledger

    try:
        code = ledger.main(prog_name="ledger", standalone_mode=False)
    except click.Abort as stop:
        raise KeyboardInterrupt from stop
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except BrokenPipeError:  # whoever read what we print has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code if isinstance(code, int) else 0


def _bug(error: BaseException) -> int:
    from toolkit.cli.crash import report

    return report(error, language(os.environ))


def _stopped(language: str) -> int:
    """Ctrl-C, or no answer where one was asked for: exit code 130, as shells have it."""
    print("已停止。写好的文件都是完整的" if language == "zh" else "stopped; files already written are whole", file=sys.stderr)
    return 130


#: Faults of a disk, not of ours: full, over quota, broken, read only, a file too large for it.
_OF_THE_MACHINE = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG, errno.EMFILE, errno.ENFILE))


def _cannot(error: OSError, language: str) -> int:
    """The machine could not: said on one line, exit code 2. What cannot be written at the end is not tried again."""
    reason = error.strerror or ""
    print(f"电脑做不了这一步（{reason}）。请腾出磁盘空间或检查磁盘后再试" if language == "zh" else f"the machine could not do this ({reason}); free some disk space or "
          "check the disk, then try again", file=sys.stderr)
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 2


def language(environ: os._Environ[str]) -> str:
    """zh or en: LEDGER_LANG, else the locale; Chinese where nothing says otherwise (SPEC 4)."""
    chosen = environ.get("LEDGER_LANG", "").lower()[:2]
    if chosen in ("zh", "en"):
        return chosen
    named = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    if not named and sys.platform in ("win32", "darwin"):
        import locale

        named = locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"
