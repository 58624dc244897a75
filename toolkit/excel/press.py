"""One press of a button: progress in the status bar, outputs opened, exactly one message at the end."""

from __future__ import annotations

import contextlib
from pathlib import Path

from toolkit.excel.buttons import ACTS, Pressed
from toolkit.excel.surface import Desk, Unwilling
from toolkit.model.button import pressed as button_of
from toolkit.model.issue import Issue, counts
from toolkit.tasks import crash
from toolkit.tasks.outcome import BUG, USAGE, Outcome

#: Lines of one message; more stand in the files.
MOST_LINES = 8
BUSY = ("Excel 正忙：可能有格子正在编辑，有对话框没有关，或工作簿受保护。请按 Esc，再按一次按钮",
        "Excel is busy: a cell is being edited, a dialog is open, or the workbook is protected; press Esc, then the button again")
UNKNOWN = ("没有这个按钮。加载项和程序的版本可能不同，请重新安装：ledger excel install",
           "there is no such button; add-in and program may be of different versions: run ledger excel install again")
NO_FILE = ("没有选文件或文件夹。请打开要用的工作簿，再按一次", "no file or folder was chosen; open the workbook and press again")
ON_FILES = ("（带“--”的词只用于命令行；用按钮时，请把文件按月份、单位分文件夹放好）", "(words with -- are for the command line; with buttons, keep months and units in folders of their own)")


def press(word: str, what: Pressed, desk: Desk) -> int:
    """Do what a button stands for and say one thing; the exit code of the command behind it."""
    act = ACTS.get(word)
    if act is None:
        return _ended(desk, USAGE, both(UNKNOWN))
    if what.path == Path() and word != "guide":
        return _ended(desk, USAGE, both(NO_FILE))
    button = button_of(word)
    try:
        with contextlib.suppress(Unwilling):
            desk.status(f"台账：{button.label if button else ''}，请稍候")
        outcome = act(what, desk)
        if outcome.outputs and not outcome.usage_error:
            with contextlib.suppress(Unwilling):  # the message says where it lies
                desk.open(Path(outcome.outputs[0].path))
    except Unwilling:
        return _ended(desk, USAGE, both(BUSY))
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        machine = crash.cannot(error)
        if machine:
            return _ended(desk, USAGE, both(machine))
        kept = crash.keep(error)
        return _ended(desk, BUG, both((kept.zh, kept.en)) + (f"\n{kept.text}" if kept.text else ""))
    return _ended(desk, outcome.exit_code, words(outcome))


def _ended(desk: Desk, code: int, text: str) -> int:
    with contextlib.suppress(Unwilling):
        desk.status(None)
    desk.tell(text)
    return code


def both(said: tuple[str, str]) -> str:
    """Chinese first, English below."""
    return f"{said[0]}\n{said[1]}"


def words(outcome: Outcome) -> str:
    """An outcome as one plain message: what stands in the way, or what was done and where it lies."""
    if outcome.usage_error:
        bad = [line for line in outcome.lines if line.kind == "bad"] or outcome.lines
        zh, en = [line.zh for line in bad], [line.en for line in bad]
        if any("--" in line for line in zh):
            zh, en = [*zh, ON_FILES[0]], [*en, ON_FILES[1]]
        return "\n".join([*_few(zh), *_few(en), *_made(outcome)])
    lines = [_refused(issue) for issue in outcome.refused[:3]]
    if len(outcome.refused) > 3:
        lines.append(f"× 共 {len(outcome.refused)} 个文件没有读取")
    number = counts(outcome.issues)
    if outcome.tell_issues:
        lines.append(f"错误 {number['error']} 处，警告 {number['warning']} 处，提示 {number['info']} 处" if outcome.issues else "没有查到问题")
    return "\n".join([*lines, *_few([line.zh for line in outcome.lines]), *_made(outcome)])


def _made(outcome: Outcome) -> list[str]:
    paths = [Path(output.path) for output in outcome.outputs]
    return [f"已写：{'、'.join(path.name for path in paths)}（在 {paths[0].parent}）"] if paths else []


def _refused(issue: Issue) -> str:
    return f"× {issue.file}　{issue.message('zh')}。{issue.hint('zh')}"


def _few(lines: list[str]) -> list[str]:
    return lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES - 1], f"……另有 {len(lines) - MOST_LINES + 1} 条"]
