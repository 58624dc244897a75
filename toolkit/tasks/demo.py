"""`ledger demo`: a fictional county's month from templates to the county's merge, by the commands a person would run."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.files import workspace
from toolkit.model.ledger import PART
from toolkit.model.part import Union
from toolkit.model.period import shift
from toolkit.model.plan import Plan
from toolkit.model.unit import Units
from toolkit.tasks.outcome import DONE, ISSUES_STAND, SOME_REFUSED, Outcome, write_all, wrong

if TYPE_CHECKING:
    from toolkit.files.template import Content
    from toolkit.steps.county import Office
    from toolkit.steps.mess_inbox import Sent

FIRST_PERIOD = "2025-09"
#: Live births of the fictional county in earlier years: county, year, boys, girls.
_HISTORY = (("990101", "2019", "1201", "1103"), ("990101", "2020", "1056", "994"), ("990101", "2021", "930", "868"), ("990101", "2022", "785", "754"),
            ("990101", "2023", "740", "675"), ("990101", "2024", "463", "430"))
#: Exit codes a step may end with: mess brings issues, wild mess refused files too.
_EXPECTED = {"none": {DONE}, "typical": {DONE, ISSUES_STAND}, "wild": {DONE, ISSUES_STAND, SOME_REFUSED}}


@dataclass(frozen=True)
class Wanted:
    """The county asked for."""

    villages: int = 12
    months: int = 1
    seed: str = "1"
    plan: str = "standard"
    mess: str = "typical"


def demo(folder: Path, wanted: Wanted, said: Callable[[str], None]) -> Outcome:
    """Make the county and run its months; each command is told as it runs, with its exit code."""
    outcome = Outcome("demo")
    plan = workspace.built_in_plan(wanted.plan) if wanted.plan in workspace.built_in_plans() else None
    if plan is None:
        return wrong("demo", (f"没有方案 {wanted.plan}。运行 ledger plan list 看自带方案", f"there is no plan {wanted.plan}; run ledger plan list"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return wrong("demo", (f"{folder} 已有内容，没有改动。请换一个新文件夹名", f"{folder} is not empty and was left alone; choose a new name"))
    steps: list[dict[str, object]] = []
    first = first_period(plan)
    for number in range(wanted.months):
        period = shift(first, number)
        county = _county(wanted, plan, period)
        if not number and not write_all(outcome, _lists(folder, wanted, county), False):
            return outcome
        if not write_all(outcome, _files(folder, wanted, county, plan), False):
            return outcome
        for words, run in [*_commands(folder, period, county), *_sample_commands(folder, period, wanted.seed),
                           *_checklist_commands(folder, [shift(first, back) for back in range(number + 1)])]:
            result = run()
            fine = result.exit_code in _EXPECTED[wanted.mess]
            steps.append({"command": words, "exit_code": result.exit_code, "expected": fine})
            said(f"$ {words}\n  → {result.exit_code}{'' if fine else '（不应如此 · unexpected）'}　" + "；".join(line.zh for line in result.lines[:3]))
            outcome.outputs += result.outputs
            if not fine:
                raise AssertionError(f"demo step ended with {result.exit_code}")
    outcome.extra = {"steps": steps}
    outcome.say(f"完成：{folder}。先看 out/{first}/county.xlsx，再看 villages 里任一本", f"done: {folder}; open out/{first}/county.xlsx first")
    return outcome


def first_period(plan: Plan) -> str:
    """September 2025, or the plan's first month where that lies outside its period."""
    start, end = f"{plan.start or ''}"[:7], f"{plan.end or ''}"[:7]
    outside = (start and start > FIRST_PERIOD) or (end and end < FIRST_PERIOD)
    return (start or end) if outside else FIRST_PERIOD


def _county(wanted: Wanted, plan: Plan, period: str) -> Any:
    from toolkit.steps.county import county

    return county(wanted.seed, wanted.villages, period, plan)


def _lists(folder: Path, wanted: Wanted, county: Any) -> list[tuple[Path, bytes, str]]:
    return [(folder / workspace.PLAN_FILE, workspace.built_in_plans()[wanted.plan], ""),
            (folder / "units.csv", workspace.units_csv(Units.of(county.units)), ""),
            (folder / workspace.INSTITUTIONS, _csv(("代码", "名称", "类别", "单位代码"), county.institutions), ""),
            (folder / workspace.HISTORY, _csv(("县代码", "年份", "男", "女"), _HISTORY), "")]


def _csv(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([heading, *rows])
    return ("\ufeff" + out.getvalue()).encode()


def _files(folder: Path, wanted: Wanted, county: Any, plan: Plan) -> list[tuple[Path, bytes, str]]:
    """The offices' own workbooks, and what each of them sent."""
    from toolkit.files.template import workbook
    from toolkit.steps.mess_inbox import inbox, received_list

    period = county.offices[0].period
    files: dict[Path, bytes] = {}
    for office in county.offices:
        if office.unit.level == "village":
            path = folder / "villages" / period / f"{office.unit.code}_{period}_{office.unit.name}.xlsx"
            files[path] = workbook(office.unit, period, plan, _content(office))
    minimised = Minimised(plan, Units.of(county.units))
    sent = inbox(county, wanted.mess, random.Random(f"{wanted.seed}|{period}|inbox"))
    for file in sent:
        files[folder / "inbox" / period / file.folder / file.file_name] = sent_bytes(file, plan, minimised)
    files[folder / "inbox" / period / "received.csv"] = _csv(("文件", "收到日期"), received_list(sent))
    return [(path, data, "") for path, data in files.items()]


def sent_bytes(file: Sent, plan: Plan, minimised: Minimised) -> bytes:
    """A file as an office sent it: its own workbook, a submission, or sheets typed by hand."""
    from toolkit.files.legacy import csv_bytes, xls_bytes, xlsx_bytes
    from toolkit.files.template import Content, submission, workbook
    from toolkit.steps.mess_inbox import CSV, SUBMISSION, WORKBOOK, XLS, sheets_of

    office = file.office
    if file.form == WORKBOOK:
        return workbook(office.unit, office.period, plan, _content(office))
    if file.form == SUBMISSION:
        rows = {name: found for name, found in office.rows.items() if name not in ("pregnancies", "visits")}
        return submission(office.unit, office.period, plan, Content(office.cover, {**rows, "services": minimised(office)}))
    grids = sheets_of(file, minimised)
    return csv_bytes(grids[0]) if file.form == CSV else xls_bytes(grids) if file.form == XLS else xlsx_bytes(grids)


def _content(office: Office) -> Content:
    """What stands in an office's workbook; record numbers in use are not printed a second time."""
    from toolkit.files.template import Content

    used = {row["record_id"] for row in office.rows.get("pregnancies", ())}
    return Content(office.cover, office.rows, tuple(number for number in office.record_ids if number not in used), office.book_key)


class Minimised:
    """A village's service rows, by the same reader that minimises its workbook."""

    def __init__(self, plan: Plan, units: Units) -> None:
        from toolkit.steps.batch import Asked

        self.asked = Asked(plan, units, True)

    def __call__(self, office: Any) -> list[dict[str, Any]]:
        from toolkit.files.template import workbook
        from toolkit.steps.show import shown_rows

        union = _read(workbook(office.unit, office.period, self.asked.plan, _content(office)), self.asked)
        table = union.tables["services"]
        return shown_rows(table.where(table.frame[PART] >= 0))


def _read(data: bytes, asked: Any) -> Union:
    import hashlib

    from toolkit.files import spreadsheets
    from toolkit.model.sheet import Book
    from toolkit.steps.read import read

    book = spreadsheets.read("office.xlsx", "xlsx", data, hashlib.sha256(data).hexdigest())
    assert isinstance(book, Book)
    return read([book], asked)


def _commands(folder: Path, period: str, county: Any) -> list[tuple[str, Callable[[], Outcome]]]:
    """The month's commands as typed in the workspace, each with the task it calls."""
    from toolkit.tasks.check import check
    from toolkit.tasks.merge import Asked, merge

    inbox, out = folder / "inbox" / period, folder / "out" / period
    towns = sorted({office.unit.code for office in county.offices if office.unit.level == "township"})
    village = sorted((folder / "villages" / period).iterdir())[0]
    commands: list[tuple[str, Callable[[], Outcome]]] = [
        (f"ledger check {village.relative_to(folder).as_posix()}", lambda: check([village]))]
    merged: list[Path] = []
    for town in towns:
        target = out / f"township_{town}.xlsx"
        if any((inbox / town).iterdir()) if (inbox / town).is_dir() else False:
            merged.append(target)
            commands.append((f"ledger merge inbox/{period}/{town} -o out/{period}/{target.name} --to township",
                             lambda town=town, target=target: merge([inbox / town], Asked(target, "township", folder=folder))))  # type: ignore[misc]
    counties = sorted(office.unit.code for office in county.offices if office.unit.level == "county")
    own = [path for path in (inbox / code for code in counties) if path.is_dir()]
    words = " ".join(f"out/{period}/{path.name}" for path in merged) + "".join(f" inbox/{period}/{path.name}" for path in own)
    commands.append((f"ledger merge {words} -o out/{period}/county.xlsx --to county",
                     lambda: merge([*merged, *own], Asked(out / "county.xlsx", "county", folder=folder))))
    commands.append(_summary_command(folder, period))
    return commands


def _sample_commands(folder: Path, period: str, seed: str) -> list[tuple[str, Callable[[], Outcome]]]:
    """The random visits of the month: frame, draw with fictional dice, and the draw made again."""
    from toolkit.tasks import sample

    out = folder / "out" / period
    dice = random.Random(f"{seed}|{period}|dice")
    thrown = "".join(dice.choice("0123456789") for _ in range(20))
    merged, frame, drawn, page = (out / name for name in ("county.xlsx", "frame.txt", "sample.xlsx", "sample.html"))
    asked = sample.Asked(drawn, period, thrown, made="虚构的骰子", html=page, folder=folder)
    shown = f"out/{period}"
    return [
        (f"ledger sample frame {shown}/county.xlsx -o {shown}/frame.txt", lambda: sample.frame([merged], out=frame, folder=folder)),
        (f"ledger sample draw {shown}/frame.txt --period {period} --seed {thrown} --made 虚构的骰子 -o {shown}/sample.xlsx --html {shown}/sample.html",
         lambda: sample.draw(frame, asked)),
        (f"ledger sample verify {shown}/sample.xlsx {shown}/frame.txt", lambda: sample.verify(drawn, frame))]


def _summary_command(folder: Path, period: str) -> tuple[str, Callable[[], Outcome]]:
    """The summary of the month, with the months before it for quarter and year."""
    from toolkit.tasks.summary import Asked, summary

    before = [path.name for path in sorted((folder / "out").glob("*")) if path.name < period and (path / "county.xlsx").is_file()]
    shown = [f"out/{month}/county.xlsx" for month in (*before, period)]
    out = folder / "out" / period
    asked = Asked(out / "summary.xlsx", out / "summary.html", out / "summary.docx", folder=folder)
    return (f"ledger summary {' '.join(shown)} -o out/{period}/summary.xlsx --html out/{period}/summary.html --docx out/{period}/summary.docx",
            lambda: summary([folder / path for path in shown], asked))


def _checklist_commands(folder: Path, periods: Sequence[str]) -> list[tuple[str, Callable[[], Outcome]]]:
    """The checklists of all months so far."""
    from toolkit.tasks.checklist import Asked, checklist

    months = [folder / "out" / period / "county.xlsx" for period in periods]
    target = folder / "out" / periods[-1] / "checklist.xlsx"
    words = " ".join(f"out/{period}/county.xlsx" for period in periods)
    return [(f"ledger checklist {words} -o out/{periods[-1]}/checklist.xlsx", lambda: checklist(months, Asked(target, folder=folder)))]
