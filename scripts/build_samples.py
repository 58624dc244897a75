"""Write `samples/`: a small fictional county as `ledger demo` makes it, ready to open.

    python3 scripts/build_samples.py            write it
    python3 scripts/build_samples.py --check    exit 1 and name what differs; nothing is written
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from kept import keep

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.tasks.demo import Wanted, demo  # noqa: E402

WANTED = Wanted(villages=4, seed="samples", mess="typical")


def main(words: list[str]) -> int:
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "samples"
        outcome = demo(folder, WANTED, lambda line: None)
        if outcome.exit_code:
            print("the demo failed", file=sys.stderr)
            return 1
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    stale = keep(ROOT / "samples", files, "--check" in words)
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
