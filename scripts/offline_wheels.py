"""The wheels of an offline folder: fetched by pip, and proved complete for a machine that is not this one."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

from offline_targets import Target
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import Version

ROUNDS = 5  # of fetching what markers of the target ask for beyond those of this machine


@dataclass(frozen=True)
class Wheel:
    path: Path
    name: str
    version: Version
    tags: frozenset[Tag]
    needs: tuple[Requirement, ...]
    python: SpecifierSet

    @classmethod
    def of(cls, path: Path) -> Wheel:
        """Name and tags from the file name, needs from the METADATA inside."""
        name, version, _, tags = parse_wheel_filename(path.name)
        with zipfile.ZipFile(path) as archive:
            inside = next(entry for entry in archive.namelist() if entry.count("/") == 1 and entry.endswith(".dist-info/METADATA"))
            said = Parser().parsestr(archive.read(inside).decode("utf-8"), headersonly=True)
        needs = tuple(Requirement(text) for text in said.get_all("Requires-Dist", []))
        return cls(path, name, version, tags, needs, SpecifierSet(said.get("Requires-Python", "")))


def wheels(folder: Path) -> tuple[list[Wheel], list[str]]:
    """The wheels in a folder, by file name, and what lies there that is none."""
    found, faults = [], []
    for path in sorted(folder.iterdir()):
        try:
            found.append(Wheel.of(path))
        except (InvalidWheelFilename, zipfile.BadZipFile, StopIteration):
            faults.append(f"not a wheel: {path.name}")
    return found, faults


def walk(found: Sequence[Wheel], roots: Iterable[str], target: Target) -> tuple[set[str], list[Requirement]]:
    """Names that the roots need on the target, by its markers, and the requirements that no wheel meets."""
    by_name: dict[str, list[Wheel]] = {}
    for wheel in found:
        by_name.setdefault(wheel.name, []).append(wheel)
    needed: set[str] = set()
    unmet: dict[str, Requirement] = {}
    waiting = [Requirement(root) for root in roots]
    seen: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        needed.add(name)
        meeting = [wheel for wheel in by_name.get(name, []) if wanted.specifier.contains(wheel.version, prereleases=True)]
        if not meeting:
            unmet[str(wanted)] = wanted
        for wheel in meeting:
            for need in wheel.needs:
                applies = [extra for extra in ("", *wanted.extras) if not need.marker or need.marker.evaluate({**target.environment(), "extra": extra})]
                if applies and str(need) not in seen:
                    seen.add(str(need))
                    waiting.append(need)
    return needed, [unmet[text] for text in sorted(unmet)]


def faults(folder: Path, roots: Iterable[str], target: Target) -> list[str]:
    """Why these wheels would not do on the target: a line each, empty where they would."""
    found, wrong = wheels(folder)
    needed, unmet = walk(found, roots, target)
    wrong += [f"missing: {need}" for need in unmet]
    allowed = set(target.tags())
    names = [wheel.name for wheel in found]
    for wheel in found:
        if not wheel.tags & allowed:
            wrong.append(f"not for {target.name}: {wheel.path.name}")
        if not wheel.python.contains(target.runtime.version):
            wrong.append(f"not for Python {target.runtime.version}: {wheel.path.name}")
        if wheel.name not in needed:
            wrong.append(f"nobody needs: {wheel.path.name}")
        if names.count(wheel.name) > 1:
            wrong.append(f"more than one {wheel.name}: {wheel.path.name}")
    return wrong


def fetch(own: Path, target: Target, folder: Path) -> None:
    """Fill `folder` with our wheel and all it needs on the target. Ends the process with pip's words where that fails."""
    folder.mkdir(parents=True, exist_ok=True)
    _download([str(own), *target.tools], target, folder)
    roots = target.roots(str(Wheel.of(own).version))
    for _ in range(ROUNDS):
        _, unmet = walk(wheels(folder)[0], roots, target)
        if not unmet:
            break
        # Without its marker, which pip would ask of this machine and then fetch nothing.
        _download([str(need).split(";")[0] for need in unmet], target, folder)
    needed, _ = walk(wheels(folder)[0], roots, target)
    for wheel in wheels(folder)[0]:
        if wheel.name not in needed:  # asked for by a marker of this machine, not of the target
            wheel.path.unlink()


def _download(what: Sequence[str], target: Target, folder: Path) -> None:
    abi, version = "cp{}{}".format(*target.python), "{}.{}".format(*target.python)
    words = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary=:all:", "--dest", str(folder),
             "--implementation", "cp", "--python-version", version, *_each("--abi", (abi, "abi3", "none")),
             *_each("--platform", target.platforms), *what]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"× {target.name}: pip could not fetch the wheels. / pip 取不到所需的库。\n{done.stderr.strip()}")


def _each(option: str, values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from (option, value)
