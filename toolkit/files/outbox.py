"""Whole or not at all: an output is written beside its place and moved into it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


class Occupied(Exception):
    """The output exists and may not be replaced without --force."""


def put(path: Path, data: bytes, force: bool = False) -> None:
    """Write `data` to `path`. Raises Occupied where it exists and `force` is not set, OSError where it cannot be written."""
    if os.path.lexists(path) and not force:
        raise Occupied(str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".~", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
