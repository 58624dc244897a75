"""上报情况: what each expected unit sent, for people; right of it, what the next merge needs of it (SPEC 6.6, LOOK 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.files.merged_page import Desk, fits_a_cell
from toolkit.files.merged_words import next_step
from toolkit.files.xlsx import ERROR_TEXT, ROLES, STATES, text_height, write, write_across, write_text
from toolkit.model.issue import counts
from toolkit.model.merged import IN_TIME, LATE, MISSING, RECEIVED, REFUSED, SUPERSEDED, ZERO, Submission
from toolkit.model.part_json import parts_to_json, refusal_to_json, sources_to_json
from toolkit.model.suppression import SMALL, suppressed
from toolkit.schema import SUBMISSIONS_SHEET, TRAVELLING, Services
from toolkit.schema.merged import PART_COLUMNS, REFUSAL_COLUMN, SOURCES_COLUMN, SUBMISSION_COLUMNS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_STRIP_AT, _GROUPS_AT, _HEADINGS_AT, _FIRST_AT = 3, 6, 7, 8
_CODE, _NAME, _EXPECTED, _STATE, _LATE, _APPROVAL, _REVISION, _FILLED, _RECEIVED = range(9)
_COUNTS_AT = 9  # the first of the travelling ledgers
_ERRORS, _WARNINGS, _SAYS = 16, 17, 18
_WIDTHS = (13.5, 21.5, 6, 10.5, 9.5, 9, 6, 11.5, 11.5, *(7.5,) * len(TRAVELLING), 7, 7, 38.5)
_MACHINE = (SOURCES_COLUMN, *PART_COLUMNS.values(), REFUSAL_COLUMN)
_GROUPS = ((_CODE, _EXPECTED, "单位"), (_STATE, _RECEIVED, "上　报"), (_COUNTS_AT, _ERRORS - 1, "条　数"), (_ERRORS, _WARNINGS, "问　题"),
           (_SAYS, _SAYS, ""))
_GROUP_STARTS = frozenset(first for first, _, _ in _GROUPS)

_STATE_WORDS = {RECEIVED: ("√ 已报", "done"), ZERO: ("√ 零报告", "done"), MISSING: ("× 缺报", "error"), REFUSED: ("× 拒收", "error"),
                SUPERSEDED: ("○ 被替换", "superseded")}
_LATE_WORDS = {IN_TIME: ("√ 按时", "done"), LATE: ("△ 迟报", "warning")}
_NO_APPROVAL = "none"


@dataclass(frozen=True)
class _Line:
    """A submission as a row: `leads`: the first row of its unit."""

    submission: Submission
    leads: bool

    @property
    def counts(self) -> bool:
        """Whether the totals count it."""
        return self.submission.state in (RECEIVED, ZERO)


def submission_rows(submissions: Sequence[Submission]) -> dict[int, int]:
    """Position in `submissions` -> its row on the sheet, from 0: code order, what was replaced or refused under its unit."""
    rank = {RECEIVED: 0, ZERO: 0, MISSING: 0, REFUSED: 1, SUPERSEDED: 2}
    order = sorted(range(len(submissions)), key=lambda at: (
        not submissions[at].unit, submissions[at].unit, rank[submissions[at].state], -(submissions[at].revision or 0),
        submissions[at].file, at))
    return {at: _FIRST_AT + row for row, at in enumerate(order)}


def write_submissions(desk: Desk) -> None:
    """The whole sheet. Raises ValueError where a machine column does not fit a cell or a part is in no row."""
    submissions = desk.merged.submissions
    _nothing_lost(desk)
    rows = submission_rows(submissions)
    lines, seen = [], set()
    for at in sorted(rows, key=rows.__getitem__):
        lines.append(_Line(submissions[at], submissions[at].unit not in seen or not submissions[at].unit))
        seen.add(submissions[at].unit)
    due = f"期限：{desk.merged.due}" if desk.merged.due else ""
    sheet = desk.sheet(SUBMISSIONS_SHEET, SUBMISSIONS_SHEET, (desk.place, desk.month, due, "按单位代码排列，不排名次"),
                       (*_WIDTHS, *(14,) * len(_MACHINE)), last=_SAYS, repeat=(_GROUPS_AT, _HEADINGS_AT))
    sheet.set_row(2, 8)
    signs, total_sign = _service_signs(desk, lines)
    _write_strip(desk, sheet, lines, total_sign)
    sheet.set_row(5, 8)
    _write_headings(desk, sheet)
    for row, line in enumerate(lines, _FIRST_AT):
        _write_line(desk, sheet, row, line, signs)
    _write_total(desk, sheet, _FIRST_AT + len(lines), lines, total_sign)
    write_text(sheet, _FIRST_AT + len(lines) + 1, 0, _note(desk), desk.look("subtitle"))
    sheet.print_area(0, 0, _FIRST_AT + len(lines) + 1, _SAYS)
    sheet.freeze_panes(_FIRST_AT, _EXPECTED)


def _nothing_lost(desk: Desk) -> None:
    """Every part of the union stands in a row, or the next merge would not know of it."""
    carried = {part.key for submission in desk.merged.submissions for part in submission.parts}
    lost = sorted(part.key for part in desk.merged.union.parts if part.key not in carried)
    if lost:
        raise ValueError(f"{len(lost)} parts without a row, first {lost[0]}")


def _service_signs(desk: Desk, lines: Sequence[_Line]) -> tuple[dict[tuple[str, bool], str], str]:
    """(unit, counted) -> the sign that stands for a small count of service rows, and the sign of the total."""
    if not desk.hides_small_counts:
        return {}, ""
    limit = desk.merged.plan.suppression.small_cell
    counted = {line.submission.unit: line.submission.rows[Services.id] for line in lines
               if line.counts and Services.id in line.submission.rows}
    hidden, total_sign = suppressed(counted, desk.merged.target.code, limit)
    signs = {(unit, True): sign for unit, sign in hidden.items()}
    for line in lines:  # replaced rows have no total of their own here
        if not line.counts and line.submission.rows.get(Services.id, limit) < limit:
            signs[line.submission.unit, False] = SMALL.format(limit=limit)
    return signs, total_sign


def _write_strip(desk: Desk, sheet: Worksheet, lines: Sequence[_Line], total_sign: str) -> None:
    """Nine figures over the table."""
    look = desk.look
    received = [line for line in lines if line.counts]
    severity = counts([issue for issue in desk.merged.issues if not issue.local])
    merged_rows: int | str = sum(balance.merged for balance in desk.merged.balances)
    states = [line.submission.state for line in lines]
    figures = (
        (0, 0, "应报", _expected(lines), ""), (1, 1, "已报", len({line.submission.unit for line in received}), "done"),
        (2, 3, "其中零报告", states.count(ZERO), ""),
        (4, 5, "迟报", sum(line.submission.late == LATE for line in received), "warning"),
        (6, 8, "未记收到日期", sum(line.submission.late not in _LATE_WORDS for line in received), "info"),
        (9, 11, "缺报", states.count(MISSING), "error"), (12, 14, "拒收", states.count(REFUSED), "error"),
        (15, 17, "合并条数", NO_TOTAL if total_sign else merged_rows, ""),
        (18, 18, "错误 / 警告　待处理", f"{severity['error']} / {severity['warning']}", "error" if severity["error"] else ""),
    )
    sheet.set_row(_STRIP_AT, 18)
    for first, last, label, _, _ in figures:
        write_across(sheet, _STRIP_AT, first, last, label, look("cell", "centre", "grey", font_size=9, bottom=0))
    sheet.set_row(_STRIP_AT + 1, 28)
    for first, last, _, figure, role in figures:
        colour = {"font_color": ROLES[role]["font_color"]} if role and figure else {}
        write_across(sheet, _STRIP_AT + 1, first, last, figure,
                     look("cell", "number", "centre", "bold", font_size=14, num_format="#,##0", top=0, **colour))


#: A total that would give a hidden count away.
NO_TOTAL = "＊"


def _expected(lines: Sequence[_Line]) -> int:
    return len({line.submission.unit for line in lines if line.submission.expected})


def _edges(column: int) -> tuple[str, ...]:
    """Edges of a cell: a group starts, or the table ends."""
    return (("group_start",) if column in _GROUP_STARTS else ()) + (("last",) if column == _SAYS else ())


def _write_headings(desk: Desk, sheet: Worksheet) -> None:
    look = desk.look
    sheet.set_row(_GROUPS_AT, 20)
    for first, last, name in _GROUPS:
        write_across(sheet, _GROUPS_AT, first, last, name, look("group", *_edges(first), *_edges(last)))
    sheet.set_row(_HEADINGS_AT, 24)
    for column, name in enumerate(SUBMISSION_COLUMNS):
        write_text(sheet, _HEADINGS_AT, column, name, look("header", "under", *_edges(column)))
    for column, name in enumerate(_MACHINE, _SAYS + 1):
        write_text(sheet, _HEADINGS_AT, column, name, look("auto_header", "grey", "small"))


def _write_line(desk: Desk, sheet: Worksheet, row: int, line: _Line, signs: Mapping[tuple[str, bool], str]) -> None:
    submission = line.submission
    base = "superseded" if submission.state == SUPERSEDED else "cell"

    def put(column: int, value: object, *roles: str, **more: object) -> None:
        roles = ("grey" if value == "—" else "plain", *roles)
        write(sheet, row, column, value, desk.look(base, *roles, *_edges(column), **more))

    says = next_step(submission, desk.merged)
    name = desk.merged.units.name(submission.unit) if submission.unit in desk.merged.units else submission.name
    name = name or submission.file
    if not line.leads:
        name = f"　{name}" + (f"（第{submission.revision}版）" if submission.revision is not None else "")
    sheet.set_row(row, max(text_height(says, _WIDTHS[_SAYS], minimum=23), text_height(name, _WIDTHS[_NAME], minimum=23)))
    put(_CODE, submission.unit or "—", "code")
    put(_NAME, name, "wrap")
    put(_EXPECTED, "—" if not line.leads else "是" if submission.expected else "否", "centre")
    state, role = _STATE_WORDS[submission.state]
    put(_STATE, state, role, "text", *(("bold",) if role == "error" else ()))
    late, late_role = _late_words(submission)
    put(_LATE, late, *((late_role, "text") if late_role else ("centre",)))
    put(_APPROVAL, "—" if submission.approval in (_NO_APPROVAL, "") else submission.approval, "centre")
    put(_REVISION, "—" if submission.revision is None else submission.revision, "number")
    put(_FILLED, submission.filled_on or "—", "code")
    put(_RECEIVED, submission.received or ("未记" if line.counts else "—"), "code", *(() if submission.received else ("grey",)))
    for column, ledger in enumerate(TRAVELLING, _COUNTS_AT):
        value = _count_shown(submission, ledger.id)
        if ledger is Services:
            value = signs.get((submission.unit, line.counts), value)
        put(column, value, "number" if isinstance(value, int) else "ratio")
    put(_ERRORS, submission.errors, "number", **({"bold": True, "font_color": ERROR_TEXT} if submission.errors else {}))
    put(_WARNINGS, submission.warnings, "number")
    put(_SAYS, says, "wrap", *(("grey",) if submission.state == SUPERSEDED else ()))
    _write_machine(desk, sheet, row, submission)


def _late_words(submission: Submission) -> tuple[str, str]:
    """The word and the role of 时限; "—" where nothing was received."""
    words = _LATE_WORDS.get(submission.late)
    if words:
        return words[0], "auto" if submission.state == SUPERSEDED else words[1]
    if submission.state in (RECEIVED, ZERO):
        return "○ 未记", STATES["unknown"][1]
    return "—", ""


def _count_shown(submission: Submission, ledger: str) -> int | str:
    if ledger in submission.zeros and not submission.rows.get(ledger):
        return "零报"
    return submission.rows.get(ledger, "—")


def _write_machine(desk: Desk, sheet: Worksheet, row: int, submission: Submission) -> None:
    grey = desk.look("auto", "small", num_format="@")
    texts = [sources_to_json(submission.sources) if submission.sources else ""]
    for ledger in PART_COLUMNS:
        parts = [part for part in submission.parts if part.ledger == ledger]
        texts.append(parts_to_json(parts, submission.sources) if parts else "")
    texts.append(refusal_to_json(submission.refusal))
    for column, text in enumerate(texts, _SAYS + 1):
        write_text(sheet, row, column, fits_a_cell(text, f"{submission.unit} {_MACHINE[column - _SAYS - 1]}"), grey)


def _write_total(desk: Desk, sheet: Worksheet, row: int, lines: Sequence[_Line], total_sign: str) -> None:
    def look(column: int, *roles: str) -> Format:
        return desk.look("total", *roles, *_edges(column))

    counted = [line.submission for line in lines if line.counts]
    expected = {line.submission.unit for line in lines if line.submission.expected}
    sheet.set_row(row, 24)
    write_across(sheet, row, _CODE, _NAME, "合　计（不含被替换）", look(_CODE, "centre"))
    write(sheet, row, _EXPECTED, len(expected), look(_EXPECTED, "number", "centre"))
    received = len(expected & {submission.unit for submission in counted})
    write(sheet, row, _STATE, f"{received}/{len(expected)}", look(_STATE, "code"))
    for column in range(_LATE, _COUNTS_AT):
        write(sheet, row, column, None, look(column))
    for column, ledger in enumerate(TRAVELLING, _COUNTS_AT):
        total: int | str = sum(submission.rows.get(ledger.id, 0) for submission in counted)
        if ledger is Services and total_sign:
            total = total_sign
        write(sheet, row, column, total, look(column, "number" if isinstance(total, int) else "ratio"))
    shown = [line.submission for line in lines if line.submission.state != SUPERSEDED]
    write(sheet, row, _ERRORS, sum(submission.errors for submission in shown), look(_ERRORS, "number"))
    write(sheet, row, _WARNINGS, sum(submission.warnings for submission in shown), look(_WARNINGS, "number"))
    write(sheet, row, _SAYS, "“已报”含零报告和迟报", desk.look("total", "wrap", "grey", *_edges(_SAYS), bold=False, font_size=9))


def _note(desk: Desk) -> str:
    zero = "零报：案件或工作本月无，已在封面勾选。"
    if not desk.hides_small_counts:
        return zero
    limit = desk.merged.plan.suppression.small_cell
    return f"服务条数0—{limit - 1}在县及以上记“<{limit}”，并隐去相邻数以防推算（记“＊”）。{zero}"
