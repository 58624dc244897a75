"""`ledger sample frame | draw | verify`: the frame both sides sign, the draw, and the draw made again (SPEC 7)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import toolkit.rules  # noqa: F401  declares the codes
from toolkit import __version__
from toolkit.files import intake
from toolkit.files.seal import Password, nobody
from toolkit.files.workspace import Workspace
from toolkit.model import period as months
from toolkit.model.issue import Issue
from toolkit.model.part import Union
from toolkit.model.sheet import Book, Refused
from toolkit.model.unit import Units
from toolkit.steps import sample as draws
from toolkit.tasks.gather import gather, issue_of, open_workspace
from toolkit.tasks.outcome import Outcome, write_all, wrong
from toolkit.tasks.pool import Progress

MOST_SHOWN = 20
SOFTWARE = f"ledger {__version__}"


def one_month(command: str, paths: Sequence[Path], space: Workspace, period: str, outcome: Outcome,
              progress: Progress | None = None, password: Password = nobody) -> Union | Outcome:
    """The union of merged workbooks of one month. A file that cannot be read stops the command: half a frame is none."""
    read = gather(command, paths, space, merging=True, period=period, progress=progress, password=password, outcome=outcome)
    if isinstance(read, Outcome):
        return read
    from toolkit.steps.merge import refused_issue

    names = set(map(intake.shown_name, read.files))
    outcome.refused += [refused_issue(one) for one in read.union.refusals if one.file in names or one.code == "F116"]
    if outcome.refused:
        outcome.say("有文件没有读取，没有往下做。请先处理这些文件", "some files were not read and nothing was done; see to them first", "bad")
        return outcome
    periods = sorted({part.period for part in read.union.parts})
    if len(periods) > 1:
        return wrong(command, (f"文件里有几个月份：{'、'.join(periods)}。请用 --period 指明哪个月", f"several months found: {', '.join(periods)}; name one with --period"))
    return read.union


def frame(paths: Sequence[Path], *, out: Path | None, check: Path | None = None, folder: Path | None = None, period: str = "", force: bool = False,
          progress: Progress | None = None, password: Password = nobody) -> Outcome:
    """Write the frame of merged workbooks and tell M and the counts; or compare a frame with them (`check`)."""
    from toolkit.steps.sample_frame import frame_of

    outcome = Outcome("sample frame")
    if (out is None) == (check is None):
        return wrong("sample frame", ("请用 -o 写出抽样框，或用 --check 核对已有的抽样框", "write a frame with -o, or compare one with --check"))
    space = open_workspace("sample frame", folder, paths, required=True)
    if isinstance(space, Outcome):
        return space
    union = one_month("sample frame", paths, space, period, outcome, progress, password)
    if isinstance(union, Outcome):
        return union
    lines, outcome.issues = frame_of(union)
    if outcome.issues:
        outcome.say("没有写抽样框", "no frame was written", "bad")
        return outcome
    month = period or next((part.period for part in union.parts), "")
    data = draws.frame_bytes(lines)
    if check is not None:
        return _compared(outcome, check, lines, month)
    assert out is not None
    if not write_all(outcome, [(out, data, draws.frame_digest(data))], force):
        return outcome
    _tell_frame(outcome, lines, month, space)
    return outcome


def _tell_frame(outcome: Outcome, lines: Sequence[draws.Line], month: str, space: Workspace) -> None:
    from toolkit.steps.sample_frame import counts_of
    from toolkit.steps.sample_report import grouped, unit_name

    digest = draws.frame_digest(draws.frame_bytes(lines))
    by, rate, floor = space.plan.sample.by, _rate(space), space.plan.sample.floor
    counts = counts_of(lines, by)
    agreed = sum(one.agreed for one in counts)
    outcome.say(f"抽样框：{month}，共{len(lines)}行，其中愿意回访{agreed}行", f"frame: {month}, {len(lines)} lines, {agreed} agreed to be visited")
    strata = []
    for one in counts:
        needed, size = draws.sizes(one.total, one.agreed, rate, floor)
        short = "　愿意的不足，抽不满" if size < needed else ""
        outcome.say(f"  {unit_name(space.units, one.unit)}　{one.total}行，愿意{one.agreed}行，按{rate}应抽{needed}{short}",
                    f"  {one.unit}  {one.total} lines, {one.agreed} agreed, {needed} needed at {rate}{', too few agreed' if short else ''}")
        strata.append({"stratum": one.unit, "N": one.total, "agreed": one.agreed, "needed": needed, "n": size})
    outcome.say(f"M = {digest}", f"M = {digest}")
    outcome.say(f"念读：{grouped(digest).replace(chr(10), '　')}", f"to read aloud: {grouped(digest).replace(chr(10), '  ')}")
    outcome.say("请双方现在就在M和以上数目上签字，签字以后才掷骰子", "both sides sign M and these counts now, before the dice are thrown", "todo")
    outcome.extra = {"algorithm": draws.ALGORITHM, "period": month, "M": digest, "N": len(lines), "agreed": agreed, "rate": rate, "by": by, "strata": strata}


def _rate(space: Workspace) -> str:
    fraction = space.plan.sample.fraction
    return f"{fraction.numerator}/{fraction.denominator}"


def _compared(outcome: Outcome, path: Path, lines: Sequence[draws.Line], month: str) -> Outcome:
    from toolkit.steps.sample_frame import only_in_one

    signed = read_frame(outcome, path)
    if signed is None:
        return outcome
    digests = [draws.frame_digest(draws.frame_bytes(side)) for side in (signed, lines)]
    outcome.extra = {"period": month, "M": digests[0], "M_of_merged": digests[1], "N": len(signed), "N_of_merged": len(lines)}
    if digests[0] == digests[1]:
        outcome.say(f"√ 相符：抽样框的{len(signed)}行都在汇总表里，一行不差。M = {digests[0]}", f"they agree: {len(signed)} lines. M = {digests[0]}")
        return outcome
    for unit, (left, right) in only_in_one(signed, lines).items():
        what = f"{unit} 只在抽样框里{left}行，只在汇总表里{right}行"
        outcome.issues.append(Issue("R103", "error", "services", unit, month, path.name, params=(("what", what),)))
    outcome.say(f"× 不相符：框的M = {digests[0]}，汇总表的M = {digests[1]}", f"they differ: the frame's M = {digests[0]}, the merged workbook's M = {digests[1]}", "bad")
    return outcome


def read_frame(outcome: Outcome, path: Path) -> tuple[draws.Line, ...] | None:
    """The lines of a frame file; None with the refusal in the outcome where it is none."""
    try:
        data = path.read_bytes()
    except OSError:
        outcome.refused.append(Issue("F207", "error", file=path.name, params=(("why", "unreadable"),)))
        return None
    lines = draws.parse_frame(data)
    if isinstance(lines, draws.Unusable):
        outcome.refused.append(Issue("R101", "error", file=path.name, params=(("why", lines.why), ("line", str(lines.line)), ("file", path.name))))
        return None
    return lines


# ------------------------------------------------------------------------------------------------------------- draw


@dataclass(frozen=True)
class Asked:
    """A draw as asked for. `by`: "" as the plan has it; `expect`: the M that was signed; `public`, `html`, `certificate`: more outputs."""

    out: Path
    period: str
    seed: str
    by: str = ""
    made: str = ""
    expect: str = ""
    allow_weak_seed: bool = False
    allow_used_seed: bool = False
    html: Path | None = None
    certificate: Path | None = None
    public: Path | None = None
    folder: Path | None = None
    force: bool = False


def draw(path: Path, asked: Asked) -> Outcome:
    """Draw from a frame and write the workbook; nothing is written where the order of events does not hold."""
    from toolkit.files import sample_log

    asked = replace(asked, seed=unicodedata.normalize("NFC", asked.seed), made=_plain(asked.made))
    outcome = Outcome("sample draw")
    space = open_workspace("sample draw", asked.folder, [path], required=True)
    if isinstance(space, Outcome):
        return space
    month = months.parse(asked.period)
    faults = _faults(asked, month)
    if faults:
        return wrong("sample draw", *faults)
    lines = read_frame(outcome, path)
    if lines is None:
        return outcome
    digest = draws.frame_digest(draws.frame_bytes(lines))
    expected = "".join(asked.expect.split()).lower()
    if expected and expected != digest:
        return wrong("sample draw", (f"抽样框的M不是签字的那个，没有抽签。文件的M = {digest}", f"the frame's M is not the one that was signed; nothing was drawn. M = {digest}"))
    assert space.folder is not None and month is not None
    rounds = sample_log.read(space.folder)
    if rounds is None:
        return wrong("sample draw", (f"{sample_log.NAME} 读不懂，不能确认种子没有用过。请恢复这个文件", f"{sample_log.NAME} cannot be understood; restore it"))
    used = next((one for one in rounds if one.seed == asked.seed), None)
    if used is not None and not asked.allow_used_seed:
        return wrong("sample draw", (f"这个种子在{used.period}第{used.number}轮用过，没有抽签。请重新掷骰子；确要用它，请加 --allow-used-seed",
                                     f"this seed served in round {used.number} of {used.period}; throw the dice again, or add --allow-used-seed"))
    terms = draws.Terms(month, asked.seed, _rate(space), asked.by or space.plan.sample.by, space.plan.sample.floor,
                        asked.made or "掷骰所得，经过由双方签注", SOFTWARE)
    result = draws.draw(lines, terms)
    if not _write(outcome, result, asked, space):
        return outcome
    number = max((one.number for one in rounds if one.period == month), default=0) + 1
    entry = sample_log.Round(number, month, digest, asked.seed, terms.rate, terms.by, draws.as_json(result)["digest"], asked.out.name)
    try:
        sample_log.add(space.folder, rounds, entry)
    except OSError:
        outcome.say(f"写不了 {sample_log.NAME}，请关闭正打开它的程序，把种子记下来", f"cannot write {sample_log.NAME}; close it elsewhere and note the seed down", "bad")
        outcome.usage_error = True
    _tell_draw(outcome, result, number, space.units)
    return outcome


def _plain(text: str) -> str:
    """A remark as one line of signs that every file can hold."""
    return " ".join("".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in unicodedata.normalize("NFC", text)).split())[:200].strip()


def _faults(asked: Asked, month: str | None) -> list[tuple[str, str]]:
    faults = []
    if month is None:
        faults.append((f"月份“{asked.period}”看不懂，请写成 2025-09", f"month not understood: {asked.period}; write 2025-09"))
    if asked.public is not None and asked.public.suffix.lower() not in (".xlsx", ".html"):
        faults.append(("公布单请写成 .xlsx 或 .html", "the published form is .xlsx or .html"))
    fault = draws.seed_fault(asked.seed)
    if fault in ("blank", "spaces"):
        faults.append(("种子里有空格、换行或看不见的字符，或是空的。请把数字连着写", "the seed is blank or holds spaces or invisible signs; write the digits together"))
    elif fault == "weak" and not asked.allow_weak_seed:
        faults.append((f"种子不足{draws.SEED_DIGITS}位数字（半角），没有抽签。请接着掷；确要用短种子，请加 --allow-weak-seed",
                       f"the seed has fewer than {draws.SEED_DIGITS} digits; go on throwing, or add --allow-weak-seed"))
    return faults


def _write(outcome: Outcome, result: draws.Certificate, asked: Asked, space: Workspace) -> bool:
    """All outputs of a draw, or none where one stands in the way."""
    from toolkit.files import report_xlsx, verify_page

    facts = draws.as_json(result)
    text = draws.canonical(facts)
    files: list[tuple[Path, bytes, str]] = [(asked.out, workbook_of(result, space.units), facts["digest"])]
    if asked.certificate is not None:
        files.append((asked.certificate, text.encode() + b"\n", facts["digest"]))
    if asked.html is not None:
        files.append((asked.html, verify_page.write(text), facts["digest"]))
    if asked.public is not None:
        from toolkit.files import html
        from toolkit.steps.sample_report import public_report

        report = public_report(result, space.units, space.plan.suppression)
        files.append((asked.public, html.page_of(report) if asked.public.suffix.lower() == ".html" else report_xlsx.workbook_of(report), ""))
    occupied = [str(path) for path, _, _ in files if path.exists() and not asked.force]
    if occupied or len({path.resolve() for path, _, _ in files}) < len(files):
        outcome.say(f"{'、'.join(occupied) or '两个输出同名'}：已存在，没有改动。要替换请加 --force，或换一个文件名",
                    f"{', '.join(occupied) or 'two outputs of one name'}: exists and was left alone; add --force or choose another name", "bad")
        outcome.usage_error = True
        return False
    return write_all(outcome, files, asked.force)


def workbook_of(result: draws.Certificate, units: Units | None) -> bytes:
    """The draw's workbook: certificate, list, forms, result sheet, and what a sample can show."""
    from toolkit.files.sample_book import FormSheet, write
    from toolkit.files.visit_forms import Form
    from toolkit.steps import sample_report as pages

    title = f"{result.terms.period} 随机走访"
    order = pages.in_visit_order(result)
    header = (title, "村责任人先打电话")
    forms = {name: [Form(one.ticket, result.short[one.ticket], pages.unit_name(units, one.unit), what) for one, what in order if (what == "抽中") == drawn]
             for name, drawn in ((pages.FORMS_SHEET, True), (pages.RESERVE_FORMS_SHEET, False))}
    sheets = [FormSheet(name, some, header) for name, some in forms.items()]
    return write(title, [pages.certificate_page(result, units), pages.list_page(result, units), *sheets, pages.result_page(result, units), pages.limits_page()])


def _tell_draw(outcome: Outcome, result: draws.Certificate, number: int, units: Units | None) -> None:
    from toolkit.steps.sample_report import too_few, unit_name

    terms = result.terms
    outcome.say(f"{terms.period} 第{number}轮：{result.total}行里抽{len(result.drawn)}条，候补{len(result.reserves)}条，比例{terms.rate}",
                f"{terms.period}, round {number}: {len(result.drawn)} of {result.total} drawn, {len(result.reserves)} reserves, rate {terms.rate}")
    outcome.say(f"M = {result.digest}", f"M = {result.digest}")
    outcome.say(f"K = {draws.key(terms.period, terms.seed)}", f"K = {draws.key(terms.period, terms.seed)}")
    for one in too_few(result):
        params = (("stratum", unit_name(units, one.unit)), ("n", str(one.needed)), ("y", str(one.agreed)))
        outcome.issues.append(Issue("R104", "warning", "services", one.unit, terms.period, params=params))
    outcome.extra = draws.as_json(result)
    outcome.say(f"证书摘要 {outcome.extra['digest']}", f"certificate digest {outcome.extra['digest']}")
    outcome.say("请打印“抽样证书”，双方签名；走访前由各村责任人先打电话，不愿意的跳过", "print the certificate and sign it; villages ring first, whoever declines is passed over", "todo")


# ----------------------------------------------------------------------------------------------------------- verify


def verify(path: Path, frame_path: Path | None = None, password: Password = nobody) -> Outcome:
    """Make a draw again from its certificate and frame, and say exactly what differs."""
    from toolkit.steps.sample_read import sheet_differences
    from toolkit.steps.sample_verify import shape_faults
    from toolkit.steps.sample_verify import verify as compare

    outcome = Outcome("sample verify")
    opened = read_certificate(outcome, path, password)
    if opened is None:
        return outcome
    facts, book = opened
    lines = read_frame(outcome, frame_path) if frame_path is not None else None
    if frame_path is not None and lines is None:
        return outcome
    differs = compare(facts, lines)
    sound = not differs
    if sound and book is not None:
        differs += sheet_differences(book, draws.from_json(facts))
    readable = not shape_faults(facts)
    if readable:
        outcome.extra = facts
    period = facts["period"] if readable else ""
    for one in differs[:MOST_SHOWN]:
        what = f"{one.path or '证书'}：证书上 {_short(one.found)}，重算得 {_short(one.expected)}"
        outcome.issues.append(Issue("R201", "error", "", "", period, path.name, key=one.path, params=(("what", what),)))
    if differs:
        outcome.say(f"× 有{len(differs)}处不符，这份证书不作数", f"{len(differs)} places differ; this certificate does not count", "bad")
        if any(one.path == "M" for one in differs):
            outcome.say("M不同：抽样框不是证书用的那一份，或证书被改过", "M differs: another frame, or a changed certificate", "bad")
    elif lines is None:
        outcome.issues.append(Issue("R202", "error", "", "", period, path.name))
        outcome.say("△ 没有抽样框，只核对了票号、次序和数目，这些相符", "without the frame only tickets, order and sizes were checked; they agree")
    else:
        outcome.say(f"√ 全部相符：M、K、票号、抽中{facts['n']}条和候补{len(facts['reserves'])}条都能重算出来",
                    f"all of it can be computed again: {facts['n']} drawn, {len(facts['reserves'])} reserves")
    if sound:
        outcome.say(f"M = {facts['M']}\nS = {facts['S']}\n比例 {facts['rate']}", f"M = {facts['M']}\nS = {facts['S']}\nrate {facts['rate']}")
        if draws.seed_fault(facts["S"]) == "weak":
            outcome.say(f"△ 种子不足{draws.SEED_DIGITS}位", f"the seed has fewer than {draws.SEED_DIGITS} digits")
    return outcome


def _short(value: str) -> str:
    readable = value.encode("utf-8", "replace").decode()
    return (readable if len(readable) <= 80 else readable[:77] + "…") or "（无）"


def read_certificate(outcome: Outcome, path: Path, password: Password = nobody) -> tuple[Any, Book | None] | None:
    """The certificate of a draw's workbook, or of its JSON; None with the refusal in the outcome where there is none."""
    from toolkit.steps.sample_read import certificate_facts

    try:
        head = path.read_bytes()[:64].lstrip() if path.is_file() else b""
        if head.startswith(b"{"):
            facts = json.loads(path.read_text(encoding="utf-8"))
            return (facts, None)
    except (OSError, ValueError, RecursionError):
        outcome.refused.append(Issue("R203", "error", file=path.name, params=(("why", "certificate_broken"),)))
        return None
    book = intake.open_book(path, password=password)
    if isinstance(book, Refused):
        outcome.refused.append(issue_of(book))
        return None
    found = certificate_facts(book)
    if found is None:
        outcome.refused.append(Issue("R203", "error", file=path.name, params=(("why", "no_certificate"),)))
        return None
    return found, book
