"""Write the blank templates of `templates/xlsx/` from the schema: workbooks, the village's with macros, and the add-in.

    python3 scripts/build_templates.py            write them
    python3 scripts/build_templates.py --check    exit 1 and name what differs; nothing is written
"""

from __future__ import annotations

import sys
from pathlib import Path

from kept import keep

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.files import template  # noqa: E402
from toolkit.files.macro_books import add_in, with_macros  # noqa: E402
from toolkit.files.workspace import built_in_plan  # noqa: E402

LEVELS = ("village", "township", "county")


def main(words: list[str]) -> int:
    plan = built_in_plan("standard")
    assert plan is not None
    files = {f"{level}.xlsx": template.blank(level, plan) for level in LEVELS}
    files |= {"village.xlsm": with_macros(files["village.xlsx"], plan), "ledger.xlam": add_in(plan)}
    stale = keep(ROOT / "templates" / "xlsx", files, "--check" in words)
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
