"""A bug of ours at the terminal: one line, and where the report was saved."""

from __future__ import annotations

import sys

from toolkit.tasks import crash


def report(error: BaseException, language: str) -> int:
    """Save the places of a failure, say one line, return exit code 4."""
    kept = crash.keep(error)
    if kept.text:
        print(kept.text, file=sys.stderr)
    print(kept.zh if language == "zh" else kept.en, file=sys.stderr)
    return 4
