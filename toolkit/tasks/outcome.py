"""What a command did: the only thing a task returns."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.files import outbox
from toolkit.model.issue import Issue, counts
from toolkit.model.verdict import Verdict

DONE, ISSUES_STAND, USAGE, SOME_REFUSED, BUG = 0, 1, 2, 3, 4


@dataclass(frozen=True)
class Line:
    """A sentence for the person at the terminal, Chinese and English. `kind`: say, todo, bad."""

    zh: str
    en: str
    kind: str = "say"


@dataclass(frozen=True)
class Output:
    path: str
    sha256: str
    content_digest: str = ""


@dataclass
class Outcome:
    """`lines` for the terminal in order; `issues` and `refused` for terminal and JSON; `extra` for keys of one command."""

    command: str
    lines: list[Line] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    refused: list[Issue] = field(default_factory=list)
    usage_error: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)
    verdicts: Sequence[Verdict] = ()  # of each checked file
    tell_issues: bool = False  # each on the terminal; else they stand in a file

    @property
    def exit_code(self) -> int:
        """The first that holds of 4, 2, 3, 1, 0 (SPEC 4); 4 is the rim's."""
        if self.usage_error:
            return USAGE
        if self.refused:
            return SOME_REFUSED
        return ISSUES_STAND if counts(self.issues)["error"] else DONE

    def say(self, zh: str, en: str, kind: str = "say") -> None:
        self.lines.append(Line(zh, en, kind))


def wrong(command: str, *lines: tuple[str, str]) -> Outcome:
    """A command that cannot be done as asked."""
    return Outcome(command, [Line(zh, en, "bad") for zh, en in lines], usage_error=True)


def save_text(path: str, text: str) -> tuple[str, str] | None:
    """Write machine-readable text over an earlier one; in two languages what stands in the way."""
    try:
        outbox.put_result(Path(path), text)
    except outbox.Occupied:
        return f"{path} 已存在，而且不是上次的结果，没有改动。请换一个文件名", f"{path} exists, is no earlier result and was left alone; choose another name"
    except OSError as error:
        return _cannot_write(path, error)
    return None


def _cannot_write(path: str | Path, error: OSError) -> tuple[str, str]:
    """In two languages, with the next step that helps."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"写不了 {path}：磁盘满了。请腾出空间，或换一个磁盘", f"cannot write {path}: the disk is full; make room or choose another disk"
    reason = error.strerror or ""
    return f"写不了 {path}（{reason}）。请关闭正打开它的程序，或换一个文件夹", f"cannot write {path} ({reason}); close it elsewhere or choose another folder"


def write_all(outcome: Outcome, files: Iterable[tuple[Path, bytes, str]], force: bool) -> bool:
    """Write outputs whole or not at all; says what stands in the way. Files: path, bytes, content digest."""
    for path, data, digest in files:
        try:
            outbox.put(path, data, force)
        except outbox.Occupied:
            outcome.say(f"{path} 已存在，没有改动。要替换请加 --force，或换一个文件名", f"{path} exists and was left alone; add --force or choose another name", "bad")
        except outbox.InUse as error:
            outcome.say(f"{path} 正在表格软件里打开，没有改动。请先在 Excel 或 WPS 中关闭再做；已经关闭的，删去旁边的 {error.mark} 再做",
                        f"{path} is open in a spreadsheet program and was left alone; close it there, or delete {error.mark} beside it if it is closed", "bad")
        except OSError as error:
            outcome.say(*_cannot_write(path, error), "bad")
        else:
            outcome.outputs.append(Output(str(path), hashlib.sha256(data).hexdigest(), digest))
            continue
        outcome.usage_error = True
        return False
    return True
