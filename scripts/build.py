"""One door for everything that is generated and committed: templates, samples, documents.

    python3 scripts/build.py            write it all
    python3 scripts/build.py --check    exit 1 and name what differs; nothing is written

Runs in the project's environment (`scripts/setup.py --dev`). Each part is a script of its own that takes `--check`.
"""

from __future__ import annotations

import subprocess
import sys

import setup

#: Script, what it writes.
PARTS = (
    ("build_vba.py", "toolkit/vba/Schema.bas"),
    ("build_templates.py", "templates/xlsx"),
    ("build_docx.py", "templates/docx"),
    ("build_rules_doc.py", "docs/rules.md"),
    ("build_ledgers_doc.py", "docs/ledgers.md"),
    ("build_buttons_doc.py", "docs/buttons.md"),
    ("build_samples.py", "samples"),
    ("build_guide.py", "docs/guide"),
)
# "build_offline.py" and "build_guide_pictures.py" are run by hand, for a release: downloads, another program's drawing.


def main(words: list[str]) -> int:
    setup.plain_output()
    own = setup.program("python")
    python = str(own) if own.exists() and sys.prefix == sys.base_prefix else sys.executable
    stale = []
    for script, target in PARTS:
        done = subprocess.run([python, str(setup.ROOT / "scripts" / script), *words], cwd=setup.ROOT, check=False)
        if done.returncode != 0:
            stale.append(target)
    for target in stale:
        print(f"× {target}: run `python3 scripts/build.py` and commit what it writes", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
