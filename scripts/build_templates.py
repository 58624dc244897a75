"""Write the blank templates of `templates/xlsx/` from the schema.

    python3 scripts/build_templates.py            write them
    python3 scripts/build_templates.py --check    exit 1 and name what differs; nothing is written
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.files import template  # noqa: E402
from toolkit.model.plan import Plan, plan_of  # noqa: E402

TARGET = ROOT / "templates" / "xlsx"
LEVELS = ("village", "township", "county")


def standard_plan() -> Plan:
    """The plan blank templates are made for."""
    file = ROOT / "toolkit" / "plans" / "standard.toml"
    if not file.exists():
        return Plan(id="standard", title="妇幼健康服务与工作台账（标准方案）")
    plan, faults = plan_of(tomllib.loads(file.read_text(encoding="utf-8")))
    if plan is None:
        raise SystemExit(f"{file}: {faults[0].key} {faults[0].en}")
    return plan


def main(words: list[str]) -> int:
    plan = standard_plan()
    stale = []
    TARGET.mkdir(parents=True, exist_ok=True)
    for level in LEVELS:
        file, made = TARGET / f"{level}.xlsx", template.blank(level, plan)
        if file.exists() and file.read_bytes() == made:
            continue
        stale.append(file)
        if "--check" not in words:
            file.write_bytes(made)
    for file in stale:
        print(f"{'differs' if '--check' in words else 'written'}: {file.relative_to(ROOT)}")
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
