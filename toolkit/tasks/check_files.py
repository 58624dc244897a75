"""What `ledger check` writes: a report, and the senders' own workbooks with their mistakes marked."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.files import intake
from toolkit.files.seal import Password
from toolkit.model.issue import Issue
from toolkit.model.part import Union
from toolkit.model.sheet import Refused
from toolkit.tasks.gather import Gathered
from toolkit.tasks.outcome import Outcome, write_all

if TYPE_CHECKING:
    from toolkit.files.annotate import Mark

ENDINGS = (".xlsx", ".html")
#: What is added to a file's name for its marked copy, and for the report beside a file that cannot be marked.
MARKED, REPORTED = "_已标注", "_检查报告.xlsx"


def no_report(path: Path, force: bool) -> tuple[str, str] | None:
    """Why no report can be written there, before anything is read."""
    if path.suffix.lower() not in ENDINGS:
        return (f"报告不能写成 {path.suffix or path.name}，只能是 .xlsx 或 .html。例：--report 检查报告.html",
                f"a report cannot be {path.suffix or path.name}, only .xlsx or .html; for example --report report.html")
    if path.exists() and not force:
        return (f"{path} 已存在，没有改动。要替换请加 --force，或换一个文件名", f"{path} exists and was left alone; add --force or choose another name")
    return None


def report_of(outcome: Outcome, read: Gathered, path: Path) -> bytes:
    """The report as the ending says, with links to the files as seen from where it will lie."""
    from toolkit.files import html, report_xlsx
    from toolkit.steps.check_report import Checked, report

    names = {part.unit: part.source.unit_name for part in read.union.parts if part.source.unit_name}
    units = read.workspace.units
    if units is not None:
        names |= {unit.code: unit.name for unit in units}
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    names = {code: f"{name}（{code}）" if name in shared else name for code, name in names.items()}
    said = report(Checked(outcome.verdicts, outcome.issues, outcome.refused, names, skipped_rows(read.union), _links(read.files, path), __version__))
    return html.page_of(said) if path.suffix.lower() == ".html" else report_xlsx.workbook_of(said)


def _links(files: Sequence[Path], report: Path) -> dict[str, str]:
    """File name -> path relative to the report; a name that two folders share names no file."""
    links: dict[str, str] = {}
    for file in files:
        try:
            path = os.path.relpath(file.absolute(), report.absolute().parent).replace(os.sep, "/")
        except ValueError:  # another drive
            path = ""
        links[file.name] = "" if file.name in links else path
    return {name: path for name, path in links.items() if path}


def skipped_rows(union: Union) -> dict[str, int]:
    """Rows that are no records, by kind."""
    skipped: dict[str, int] = {}
    for part in union.parts:
        for kind, count in part.skipped:
            skipped[kind] = skipped.get(kind, 0) + count
    return skipped


def marked_copies(outcome: Outcome, read: Gathered, folder: Path, force: bool, password: Password) -> None:
    """A copy of each file that has something to correct, marked in place and sealed where the file is; where its kind does not allow
    that, a report beside."""
    from toolkit.files.annotate import annotated
    from toolkit.files.package import NotEditable
    from toolkit.schema import ISSUES_SHEET

    shared = {name for name, count in Counter(map(intake.shown_name, read.files)).items() if count > 1}
    made = reported = 0
    for path in read.files:
        file = intake.shown_name(path)
        issues = [issue for issue in outcome.issues if issue.file == file]
        if not issues:
            continue
        if file in shared:
            outcome.say(f"有几个文件都叫 {file}，没有做标注。请分开检查", f"several files are called {file}: no marked copies; check them apart", "todo")
            continue
        try:
            before = intake.contents(path, password)
            if isinstance(before, Refused):
                raise NotEditable(before.why)
            data = before.kept(annotated(before.data, [_mark(issue) for issue in issues], _blank(issues), ISSUES_SHEET))
            target = folder / f"{path.stem}{MARKED}{path.suffix}"
        except NotEditable:
            target = folder / f"{path.stem}{REPORTED}"
            data = report_of(_alone(outcome, path, issues), replace(read, files=(path,)), target)
            reported += 1
        if not write_all(outcome, [(target, data, "")], force):
            return
        made += 1
    outcome.say(f"标注 {made - reported} 本，在 {folder}：错处有底色和批注，最后一张“{ISSUES_SHEET}”可点击跳转。原表没有改动",
                f"{made - reported} marked copies in {folder}; the originals were not changed")
    if reported:
        outcome.say(f"另有 {reported} 个文件的格式不能就地标注，各写了一份检查报告", f"{reported} files are of a kind that cannot be marked; each has a report instead")
    if made:
        outcome.say("村里的副本含服务册，只留本村，改完删去", "a village's copy holds its service book: it stays in the village and is deleted once corrected", "todo")


def _alone(outcome: Outcome, path: Path, issues: list[Issue]) -> Outcome:
    """What was found of one file."""
    return replace(outcome, issues=issues, refused=[], verdicts=[verdict for verdict in outcome.verdicts if verdict.file == intake.shown_name(path)])


def _mark(issue: Issue) -> Mark:
    from toolkit.files.annotate import Mark

    sheet, cell = issue.here or (issue.sheet, issue.cell or "")
    return Mark(sheet, cell, issue.severity, issue.code, issue.message("zh"), issue.hint("zh"))


def _blank(issues: Sequence[Issue]) -> dict[str, list[tuple[str, int]]]:
    """Columns that may not be kept (K102): sheet -> (letter, Excel row of the header)."""
    columns: dict[str, list[tuple[str, int]]] = {}
    for issue in issues:
        if issue.code == "K102" and issue.column and issue.row:
            columns.setdefault(issue.sheet, []).append((issue.column, issue.row))
    return columns
