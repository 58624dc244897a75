"""Write the blank templates of `templates/xlsx/` from the schema.

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
from toolkit.files.workspace import built_in_plan  # noqa: E402

LEVELS = ("village", "township", "county")


def main(words: list[str]) -> int:
    plan = built_in_plan("standard")
    assert plan is not None
    stale = keep(ROOT / "templates" / "xlsx", {f"{level}.xlsx": template.blank(level, plan) for level in LEVELS}, "--check" in words)
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
