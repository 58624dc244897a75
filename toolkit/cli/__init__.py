"""The terminal: parse, call one task, show the Outcome."""

from __future__ import annotations

import contextlib
import os
import sys


def main() -> None:
    """Entry point of `ledger`. A bug of ours ends with exit code 4 and one line; never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    from toolkit.cli.commands import ledger
    from toolkit.cli.crash import report
    from toolkit.tasks.crash import cannot

    try:
        from toolkit.cli.stopping import run

        sys.exit(run(ledger))
    except SystemExit:
        raise
    except KeyboardInterrupt:
        sys.exit(130)
    except BaseException as error:
        said = cannot(error)
        sys.exit(_cannot(said, language(os.environ)) if said else report(error, language(os.environ)))


def _cannot(said: tuple[str, str], language: str) -> int:
    """The machine could not: said on one line, exit code 2. What cannot be written at the end is not tried again."""
    print(said[0] if language == "zh" else said[1], file=sys.stderr)
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
