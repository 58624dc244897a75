"""Set up what is needed and run one month of a fictional county, from blank template to merged workbook.

    python3 scripts/demo.py                            makes the folder demo-county
    python3 scripts/demo.py FOLDER --villages 40       any words `ledger demo` takes

Standard library only, Windows too. The exit code is that of `ledger demo`.
"""

from __future__ import annotations

import subprocess
import sys

import setup


def main(words: list[str]) -> int:
    setup.ready()
    return subprocess.run([str(setup.program("ledger")), "demo", *(words or ["demo-county"])], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
