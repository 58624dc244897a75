"""Generated files and the committed ones: written where they differ, named where only checked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path


def keep(folder: Path, files: Mapping[str, bytes], check: bool) -> list[str]:
    """Write `files` (name below the folder -> bytes) where they differ, and say which; with `check` write nothing.

    Workbooks are compared part by part, since compressed bytes differ between builds of Python. With extra files in the
    folder a check fails too; otherwise they are removed.
    """
    stale = []
    for name, data in files.items():
        path = folder / name
        if path.exists() and contents(path.read_bytes()) == contents(data):
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in files and path.name != "README.md":
            stale.append(name)
            if not check:
                path.unlink()
    for name in stale:
        print(f"{'differs' if check else 'written'}: {folder.name}/{name}")
    return stale


def contents(data: bytes) -> object:
    """A zip as its members' bytes, anything else as it is."""
    if data[:2] != b"PK":
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
