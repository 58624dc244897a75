"""What each button does: one or two calls of the tasks behind the command line, with outputs beside the file it is pressed on."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.excel import marks
from toolkit.excel.surface import Desk, SheetSurface, Unwilling
from toolkit.tasks.outcome import Outcome, wrong

#: Kinds of file that keep fills and notes when Excel saves them.
MARKABLE = (".xlsx", ".xlsm", ".xlsb", ".xls")


@dataclass(frozen=True)
class Pressed:
    """A button pressed on `path`: the open workbook, or the folder chosen; `said`: what was typed, the seed of a draw."""

    path: Path
    said: str = ""


def free(folder: Path, stem: str, endings: Sequence[str]) -> list[Path]:
    """Names beside one another that nothing stands at: a number is added, nothing is replaced."""
    number = 1
    while True:
        paths = [folder / f"{stem}{'' if number == 1 else f'_{number}'}{ending}" for ending in endings]
        if not any(path.exists() for path in paths):
            return paths
        number += 1


def full_check(pressed: Pressed, desk: Desk) -> Outcome:
    """`ledger check` of the workbook before the reader; marked there, or told in a report beside it where that cannot be."""
    from toolkit.tasks import check as task

    surface = desk.book(pressed.path)
    if surface is None or pressed.path.suffix.lower() not in MARKABLE or not marks.ours(surface):
        return _reported(pressed, desk)
    outcome = task.check([pressed.path], task.Asked(), _reading(desk))
    if outcome.usage_error or outcome.refused:
        return outcome
    try:
        _marked(outcome, surface)
    except Unwilling:  # the workbook itself is protected, or no sheet can be added
        return _reported(pressed, desk)
    finally:
        surface.put_back()
    return outcome


def _reported(pressed: Pressed, desk: Desk) -> Outcome:
    from toolkit.tasks import check as task

    report = free(pressed.path.parent, f"{pressed.path.stem}_检查报告", [".xlsx"])[0]
    return task.check([pressed.path], task.Asked(report=report), _reading(desk))


def _marked(outcome: Outcome, surface: SheetSurface) -> None:
    locked = marks.marked(surface, outcome.issues)
    if outcome.issues:
        outcome.say(f"已标出并列在“{marks.LIST}”，请逐处改好、保存，再按一次", f"marked, and listed on {marks.LIST}; correct, save and press again")
    if locked:
        outcome.say(f"有{locked}处所在的表受保护，没有标色，请看清单", f"{locked} places stand on protected sheets and are in the list only")


def merge_folder(pressed: Pressed, desk: Desk) -> Outcome:
    """`ledger merge` of a folder, into the folder `out` of the workspace."""
    from toolkit.tasks import merge as task
    from toolkit.tasks.gather import open_workspace

    folder = pressed.path if pressed.path.is_dir() else pressed.path.parent
    space = open_workspace("merge", None, [folder], required=True)
    if isinstance(space, Outcome):
        return space
    assert space.folder is not None
    out = free(space.folder / "out", f"{folder.name}_汇总", [".xlsx"])[0]
    return task.merge([folder], task.Asked(out, folder=space.folder), _reading(desk))


def monthly_report(pressed: Pressed, desk: Desk) -> Outcome:
    """`ledger summary` of the merged workbook before the reader: the workbook and the Word document."""
    from toolkit.tasks import summary as task

    out, docx = free(pressed.path.parent, f"{pressed.path.stem}_月报", [".xlsx", ".docx"])
    return task.summary([pressed.path], task.Asked(out, docx=docx), _reading(desk))


def checklists(pressed: Pressed, desk: Desk) -> Outcome:
    """`ledger checklist` of the merged workbook before the reader."""
    from toolkit.tasks import checklist as task

    return task.checklist([pressed.path], task.Asked(free(pressed.path.parent, f"{pressed.path.stem}_验收清单", [".xlsx"])[0]), _reading(desk))


def sample(pressed: Pressed, desk: Desk) -> Outcome:
    """`ledger sample frame`, and once both sides have signed it and thrown the dice, `ledger sample draw`.

    Nothing typed: write the frame, or compare the one that is there. A seed typed: draw, from the frame that was written, if the
    workbook still gives that frame.
    """
    from toolkit.tasks import sample as task

    frame = pressed.path.with_name(f"{pressed.path.stem}_抽样框.txt")
    if not frame.exists():
        if pressed.said:
            return wrong("sample draw", ("还没有抽样框。请先按“抽样”写出抽样框，双方签字以后再填掷出的数字", "there is no frame yet; write it first, sign it, then throw the dice"))
        return task.frame([pressed.path], out=frame, progress=_reading(desk))
    compared = task.frame([pressed.path], out=None, check=frame, progress=_reading(desk))
    if compared.exit_code or not pressed.said:
        return compared
    out, page = free(pressed.path.parent, f"{pressed.path.stem}_抽样", [".xlsx", ".html"])
    return task.draw(frame, task.Asked(out, str(compared.extra["period"]), pressed.said, html=page))


def guide(pressed: Pressed, desk: Desk) -> Outcome:
    """`ledger excel guide`, opened."""
    from toolkit.tasks import addin as task

    return task.guide(Path(tempfile.gettempdir()) / "台账说明.html", True)


def _reading(desk: Desk) -> Callable[[int, int], None]:
    """Progress for the status bar; somebody who types in a cell meanwhile stops only the bar."""

    def step(done: int, total: int) -> None:
        with contextlib.suppress(Unwilling):
            desk.status(f"台账：正在读取 {done}/{total}" if done < total else f"台账：已读取 {total}/{total}，正在核对")

    return step


Act = Callable[[Pressed, Desk], Outcome]
#: The word a macro says -> what is done.
ACTS: dict[str, Act] = {"check": full_check, "merge": merge_folder, "summary": monthly_report, "checklist": checklists, "sample": sample, "guide": guide}
