"""`ledger summary`: the monthly summary, the case report and the office lists of one or several merged months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.files import workspace
from toolkit.files.seal import Password, nobody
from toolkit.model.issue import Issue
from toolkit.model.unit import Unit
from toolkit.tasks.gather import gather, merged_months, open_workspace
from toolkit.tasks.outcome import Outcome, write_all, wrong

if TYPE_CHECKING:
    from toolkit.steps.figures import Known, Summary


@dataclass(frozen=True)
class Asked:
    """What to write. `sealed`: an earlier summary (xlsx or JSON) that the new computation is compared with."""

    out: Path
    html: Path | None = None
    docx: Path | None = None
    sealed: Path | None = None
    folder: Path | None = None
    jobs: int = 0
    force: bool = False
    password: Password = field(default=nobody, repr=False)


def summary(paths: Sequence[Path], asked: Asked, progress: Callable[[int, int], None] | None = None) -> Outcome:
    """Read merged months, compute every figure, write the workbook and, where asked, the page and the Word document."""
    outcome = Outcome("summary")
    result = compute(paths, asked, outcome, progress)
    if isinstance(result, Outcome):
        return result
    outcome.extra = {"indicators": [one.as_json() for one in result.figures], "digest": result.digest}
    if asked.sealed is not None:
        fault = _compare(asked.sealed, asked.password, result, outcome)
        if fault is not None:
            return fault
    files = _files(result, asked)
    if isinstance(files, Outcome):
        return files
    if write_all(outcome, files, asked.force):
        _tell(outcome, result)
    return outcome


def compute(paths: Sequence[Path], asked: Asked, outcome: Outcome, progress: Callable[[int, int], None] | None = None) -> Summary | Outcome:
    """The summary as a value, before anything is written."""
    space = open_workspace("summary", asked.folder, paths, required=True)
    if isinstance(space, Outcome):
        return space
    read = gather("summary", paths, space, merging=True, jobs=asked.jobs, progress=progress, password=asked.password, outcome=outcome)
    if isinstance(read, Outcome):
        return read
    months = merged_months("summary", read, outcome)
    if isinstance(months, Outcome):
        return months
    from toolkit.steps.figures import summarised

    known = _known(space.folder, months[0].target)
    return known if isinstance(known, Outcome) else summarised(months, known)


def _known(folder: Path | None, target: Unit) -> Known | Outcome:
    from toolkit.steps.figures import Known, Year
    from toolkit.steps.standing import Institution

    institutions, faults = workspace.read_institutions(folder)
    years, more = workspace.read_history(folder, target.code)
    if faults or more:
        return wrong("summary", *[(fault.zh, fault.en) for fault in (*faults, *more)])
    return Known(tuple(Institution(*one) for one in institutions), tuple(Year(*one) for one in years))


def _files(result: Summary, asked: Asked) -> list[tuple[Path, bytes, str]] | Outcome:
    from toolkit.files.report_xlsx import workbook_of
    from toolkit.steps.summary import report

    files = [(asked.out, workbook_of(report(result, "sheet", __version__)), result.digest)]
    if asked.html is not None:
        from toolkit.files.html import page_of

        files.append((asked.html, page_of(report(result, "page", __version__)), result.digest))
    if asked.docx is not None:
        from toolkit.files.docx import document_of
        from toolkit.steps.summary_letter import letter

        files.append((asked.docx, document_of(letter(result, __version__)), result.digest))
    return files


def _compare(sealed: Path, password: Password, result: Summary, outcome: Outcome) -> Outcome | None:
    from toolkit.files.sealed import read_sealed
    from toolkit.steps.figures import differences, digest_of

    found = read_sealed(sealed, password)
    if isinstance(found, workspace.Fault):
        return wrong("summary", (found.zh, found.en))
    indicators, digest = found
    if digest_of(indicators) != digest:
        return wrong("summary", (f"{sealed.name} 的指标与它自己的封存摘要不符，可能被改动过。请用封存时的原件",
                                 f"{sealed.name} does not match its own digest; use the file as it was sealed"))
    outcome.issues = differences(result, indicators)
    if not outcome.issues:
        outcome.say(f"与封存的汇总一致：{sealed.name}", f"agrees with the sealed summary {sealed.name}")
    _tell_differences(outcome.issues, outcome)
    return None


def _tell_differences(issues: Sequence[Issue], outcome: Outcome, most: int = 20) -> None:
    for issue in issues[:most]:
        outcome.say(f"△ M107 {issue.unit} {issue.period} {issue.message('zh')}", f"M107 {issue.unit} {issue.period} {issue.message('en')}")
    if len(issues) > most:
        outcome.say(f"……共 {len(issues)} 处与封存的不一致，全部在 --json 里", f"... {len(issues)} differences in all; --json lists them")


def _tell(outcome: Outcome, result: Summary) -> None:
    came, late = result.get("submission"), result.get("submission_late")
    months = "、".join(month.merged.period for month in result.months)
    assert came is not None and late is not None
    outcome.say(f"{result.target.name} {months}：已报 {came.n}/{came.d}，迟报 {late.n}；指标 {len(result.figures)} 项",
                f"{result.target.name} {months}: {came.n} of {came.d} received, {late.n} late; {len(result.figures)} figures")
    given = {month.merged.period for month in result.months}
    for span in result.spans:
        gone = [period for period in span.months if period not in given]
        if gone:
            outcome.say(f"{span.name} 缺 {'、'.join(gone)}，不出数", f"no figures for {span.name}: {', '.join(gone)} missing")
    outcome.say(f"封存摘要 {result.digest}", f"seal {result.digest}")
