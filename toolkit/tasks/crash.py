"""What is kept of a bug, and what a person is told of it: where in the code, and nothing of anyone's data."""

from __future__ import annotations

import errno
import platform
import sys
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path

from toolkit import __version__

#: Faults of a disk, not of ours: full, over quota, broken, read only, a file too large for it.
_OF_THE_MACHINE = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG, errno.EMFILE, errno.ENFILE))


@dataclass(frozen=True)
class Crash:
    """A failure that was kept: one line in Chinese and English; `text` only where no file could be written."""

    zh: str
    en: str
    text: str = ""


def keep(error: BaseException) -> Crash:
    """Save the places of a failure. No message, value or argument is saved."""
    from toolkit.tasks.pool import WorkerBug

    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, WorkerBug):
        places += [line.rsplit("/", 1)[-1].rsplit("\\", 1)[-1] for line in str(error).splitlines()]
    text = "\n".join([f"ledger {__version__}", f"python {platform.python_version()} {sys.platform}", type(error).__name__, *places, ""])
    zh, en = "程序出错了，不是您的问题", "a bug of ours"
    if isinstance(error, WorkerBug) and error.file:
        zh, en = f"{zh}，出在读 {error.file} 时；可以先移开这个文件再做", f"{en}, while reading {error.file}; meanwhile you can go on without that file"
    try:
        with tempfile.NamedTemporaryFile("w", prefix="ledger-crash-", suffix=".txt", delete=False, encoding="utf-8") as stream:
            stream.write(text)
    except OSError:  # no room even for that
        saved, unsaved = ("上面几行", "the lines above"), text
    else:
        saved, unsaved = (stream.name, stream.name), ""
    return Crash(f"{zh}。请把 {saved[0]} 发给维护人员（里面没有任何台账内容）", f"{en}; please send {saved[1]} to the maintainers (it holds no data)", unsaved)


def cannot(error: BaseException) -> tuple[str, str] | None:
    """What to say where the machine could not, Chinese and English; None where the failure is ours."""
    if not isinstance(error, OSError) or error.errno not in _OF_THE_MACHINE:
        return None
    reason = error.strerror or ""
    return (f"电脑做不了这一步（{reason}）。请腾出磁盘空间或检查磁盘后再试",
            f"the machine could not do this ({reason}); free some disk space or check the disk, then try again")
