"""Whole or not at all: an output is written beside its place and moved into it."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

PREFIX, ENDING = ".~", ".tmp"  # names of unfinished outputs; folders are read without them


class Occupied(Exception):
    """The output exists and may not be replaced without --force."""


class InUse(OSError):
    """The output is open in a spreadsheet program, which would write its own copy over ours; `mark`: the file that says so."""

    def __init__(self, mark: str) -> None:
        super().__init__(errno.EBUSY, mark)
        self.mark = mark


def put(path: Path, data: bytes, force: bool = False) -> None:
    """Write `data` to `path`. Raises Occupied where it exists and `force` is not set, InUse where it exists and is open elsewhere,
    OSError where it cannot be written."""
    if os.path.lexists(path):
        if not force:
            raise Occupied(str(path))
        if mark := _mark(path):
            raise InUse(mark)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=ENDING, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644)
        if force:
            os.replace(name, path)
        else:
            _moved_if_free(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _settled(path.parent)


def _mark(path: Path) -> str:
    """What Excel, WPS or LibreOffice lays beside a file while it is open; "" where there is nothing."""
    names = (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")
    return next((name for name in names if os.path.lexists(path.with_name(name))), "")


def put_result(path: Path, text: str) -> None:
    """Write machine-readable text over an earlier one, into a pipe or a device. Occupied where another kind of file stands there."""
    data = text.encode("utf-8", "replace")
    try:
        there = os.stat(path)
    except OSError:
        put(path, data)
        return
    if not stat.S_ISREG(there.st_mode):
        with open(path, "wb") as stream:
            stream.write(data)
        return
    with open(path, "rb") as stream:
        earlier = stream.read(1)
    if earlier not in (b"", b"{"):
        raise Occupied(str(path))
    put(path, data, force=True)


def _moved_if_free(name: str, path: Path) -> None:
    """Move into place unless something has come to stand there meanwhile; atomic where the system can do that."""
    if os.name == "nt":
        try:
            os.rename(name, path)  # never replaces there
        except FileExistsError:
            raise Occupied(str(path)) from None
        return
    try:
        os.link(name, path)
    except FileExistsError:
        raise Occupied(str(path)) from None
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise Occupied(str(path)) from None
        os.replace(name, path)
    else:
        os.unlink(name)


def _settled(folder: Path) -> None:
    """The folder's own entry on the disk, so that a power cut does not bring the old name back; not every system can."""
    if os.name != "nt":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
