"""What is kept of a bug: where in the code, and nothing of anyone's data."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from pathlib import Path

from toolkit import __version__


def report(error: BaseException, language: str) -> int:
    """Save the places of a failure, say one line, return exit code 4. No message, value or argument is saved."""
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
        print(text, file=sys.stderr)
        saved = ("上面几行", "the lines above")
    else:
        saved = (stream.name, stream.name)
    if language == "zh":
        print(f"{zh}。请把 {saved[0]} 发给维护人员（里面没有任何台账内容）", file=sys.stderr)
    else:
        print(f"{en}; please send {saved[1]} to the maintainers (it holds no data)", file=sys.stderr)
    return 4
