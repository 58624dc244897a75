"""Spoil files and see that each is read or refused, counted in full, and says nothing private; on and on.

    python3 scripts/fuzz.py                        ten minutes, seeds from 10000
    python3 scripts/fuzz.py --minutes 600          a night
    python3 scripts/fuzz.py --seeds 20000:30000    these seeds and no others

A file with a fault is kept in tests/data/crashes under its base and seed, where the tests read it from then on. At the end: how many
files, what became of them, the slowest and the greatest memory of a worker. `F205` is a file whose reading was stopped: see whether it deserved it.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import setup

CRASHES = setup.ROOT / "tests" / "data" / "crashes"
FIRST, AT_ONCE = 10_000, 200


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", default="", metavar="FROM:TO", help="these seeds, the last one not included")
    parser.add_argument("--minutes", type=float, default=10.0, help="stop after so long (without --seeds)")
    return parser.parse_args(words)


def fuzz(first: int, last: int | None, until: float) -> int:
    """Try seeds in order; the number of files with a fault."""
    bases, oracle = (importlib.import_module(f"tests.fuzz.{name}") for name in ("bases", "oracle"))
    private = bases.planted()
    became: Counter[str] = Counter()
    faults, slowest, memory, seed = 0, (0.0, ""), 0, first
    while last is not None and seed < last or last is None and time.monotonic() < until:
        with tempfile.TemporaryDirectory() as folder:
            seeds = range(seed, min(seed + AT_ONCE, last or seed + AT_ONCE))
            files = {mutant.name: (mutant, mutant.write(Path(folder))) for mutant in map(bases.of_seed, seeds)}
            for found in _looked_at(oracle, {name: path for name, (_, path) in files.items()}, private):
                became[found.what] += 1
                slowest, memory = max(slowest, (found.seconds, found.file)), max(memory, found.memory)
                if found.faults or found.what.startswith("F205"):
                    print(f"{found.file}: {'; '.join(found.faults) or found.what}", flush=True)
                if found.faults:
                    faults += 1
                    mutant, path = files[found.file]
                    (CRASHES / f"{mutant.base.name}-{mutant.seed}{path.suffix}").write_bytes(path.read_bytes())
        seed = seeds.stop
        print(f"seeds {first}:{seed}  faults {faults}  slowest {slowest[0]:.2f} s ({slowest[1]})  worker at most {memory >> 20} MiB", flush=True)
    for what, count in became.most_common():
        print(f"{count:8} {what}")
    return faults


def _looked_at(oracle: Any, files: dict[str, Path], private: frozenset[str]) -> list[Any]:
    """What became of the files; where our own code fails, that file alone is the fault and the others go on."""
    from toolkit.tasks.pool import WorkerBug

    try:
        return list(oracle.looked_at(list(files.values()), private))
    except WorkerBug as bug:
        rest = {name: path for name, path in files.items() if name != bug.file}
        if len(rest) == len(files):
            raise
        return [oracle.Found(bug.file, "failed", (str(bug).replace("\n", " "),)), *_looked_at(oracle, rest, private)]


def main(words: list[str]) -> int:
    asked = arguments(words)
    first, _, last = asked.seeds.partition(":")
    sys.path.insert(0, str(setup.ROOT))
    return 1 if fuzz(int(first or FIRST), int(last or int(first) + 1) if first else None, time.monotonic() + asked.minutes * 60) else 0


if __name__ == "__main__":
    python = setup.ready(dev=True)
    if Path(sys.executable).absolute() != python.absolute():
        import subprocess

        raise SystemExit(subprocess.run([python, __file__, *sys.argv[1:]], check=False).returncode)
    raise SystemExit(main(sys.argv[1:]))
