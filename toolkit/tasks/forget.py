"""`ledger forget`: a woman's row and her visits taken out of the village's workbook at her wish, without trace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.files import intake
from toolkit.files.seal import Password, nobody
from toolkit.model.sheet import Book, Refused, column_letter
from toolkit.tasks.gather import why_refused
from toolkit.tasks.outcome import Outcome, write_all, wrong


def forget(record: str, paths: Sequence[Path], password: Password = nobody) -> Outcome:
    """Replace each workbook by one without that record, sealed again where it was. Nothing printed or written names it."""
    from toolkit.schema.text import code_text

    outcome = Outcome("forget")
    wanted = code_text(record).upper()
    for path in paths:
        found = intake.to_be_replaced(path, password)
        problem = wrong("forget", why_refused(found)) if isinstance(found, Refused) else _forgotten(outcome, wanted, path, *found)
        if problem is not None:
            return _stopped(outcome, problem)
    _say_copies(outcome)
    return outcome


def _stopped(outcome: Outcome, problem: Outcome) -> Outcome:
    """What stopped it, after what was already done."""
    if problem is not outcome:
        outcome.lines += problem.lines
    if outcome.outputs:
        _say_copies(outcome)
    outcome.usage_error = True
    return outcome


def _say_copies(outcome: Outcome) -> None:
    outcome.say("还请一并处理：这本表的旧副本、备份、回收站、网盘和聊天软件里的同一文件", "also delete older copies, backups, the recycle bin, cloud and chat copies of the same file", "todo")


def _forgotten(outcome: Outcome, wanted: str, path: Path, before: intake.Contents, book: Book) -> Outcome | None:
    """One workbook; an Outcome where it was left alone."""
    from toolkit.files.forget import left_over, without_rows
    from toolkit.files.package import NotEditable
    from toolkit.steps.forget import found

    record = found(book, wanted)
    if len(record.rows) != 1:
        if record.rows:
            rows = "、".join(str(row) for row in record.rows)
            return wrong("forget", (f"{path.name} 里有{len(record.rows)}行是这个编号（第{rows}行），没有改动。请先给其他行换编号，再删除",
                                    f"{path.name}: rows {rows} have this number; left alone. Renumber the others first"))
        return wrong("forget", (f"{path.name} 里没有这个编号，没有改动。请核对编号和文件", f"{path.name} has no such number and was left alone"))
    if record.shared:
        names = "、".join(record.shared)
        return wrong("forget", (f"{path.name} 的 {names} 左右并排，一行里有几个人，没有改动。请先整理成一栏，再删除",
                                f"{path.name}: {names} has tables side by side, so a row holds several people; left alone. Put them under one another first"))
    try:
        data = without_rows(before.data, record.by_sheet)
        left = left_over(data, record.words)
    except NotEditable:
        return wrong("forget", (f"{path.name} 不是xlsx，没有改动。请另存为xlsx后再删除，并删去原文件",
                                f"{path.name} is no xlsx; save it as xlsx, then try again and delete the old file"))
    if not write_all(outcome, [(path, before.kept(data), "")], True):
        return outcome
    outcome.say(f"{path.name}：维护完成", f"{path.name}: maintained")
    again = intake.book_of(path.name, data)
    for name, row, column in record.elsewhere(again) if isinstance(again, Book) else ():
        outcome.say(f"另有一处写着相同的字样，请查看后自己删去：{name} {column_letter(column)}{row}", f"the same words also stand in {name} {column_letter(column)}{row}; "
                    "look and delete them by hand", "todo")
    if left:
        outcome.say("文件的其他部分（宏、图形、批注、筛选、名称、页眉或文件属性）里还有相同的字样，请在表格软件里查看后自己删去",
                    "the same words are left in another part of the file (macro, drawing, note, filter, name, header, property); look and delete them", "todo")
    return None
