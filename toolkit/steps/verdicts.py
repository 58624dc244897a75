"""Which of the checked files can be handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from toolkit.model.issue import Issue
from toolkit.model.part import Part
from toolkit.model.verdict import CORRECT, DELETE_COLUMNS, ELSEWHERE, READY, SUPERSEDED, UNREAD, Verdict
from toolkit.schema import SERVICE_BOOK, Services

#: Ledgers about women: how many rows they have is said nowhere.
_UNCOUNTED = frozenset((*(ledger.id for ledger in SERVICE_BOOK), Services.id))
_COLUMN_TO_DELETE = "K102"


def verdicts(parts: Sequence[Part], stands: Sequence[bool], issues: Sequence[Issue], refused: Sequence[Issue], files: Sequence[str]) -> tuple[Verdict, ...]:
    """One for each file of each unit that was read, in order of unit and file; then refused files, then those whose
    content stands in another row (a copy, a merged workbook). `files`: the names of all that was given."""
    of_source: dict[tuple[str, str, str, int], list[int]] = {}
    for at, part in enumerate(parts):
        of_source.setdefault((part.unit, part.source.file, part.period, part.revision), []).append(at)
    only_file = {unit: file for unit, file, *_ in of_source}
    several = Counter(unit for unit, _ in {(unit, file) for unit, file, *_ in of_source})
    wrong: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        file = issue.file or (only_file.get(issue.unit, "") if several[issue.unit] == 1 else "")
        wrong.setdefault((issue.unit, file), []).append(issue)
    made = [_verdict(place, [parts[at] for at in numbers], any(stands[at] for at in numbers), wrong.get((place[0], place[1]), []))
            for place, numbers in sorted(of_source.items())]
    made += [Verdict(issue.file, UNREAD, issue.unit, issue.period) for issue in refused]
    named = {verdict.file for verdict in made}
    return (*made, *(Verdict(file, ELSEWHERE) for file in files if file not in named))


def _verdict(place: tuple[str, str, str, int], parts: Sequence[Part], stands: bool, issues: Sequence[Issue]) -> Verdict:
    unit, file, period, revision = place
    errors = [issue for issue in issues if issue.severity == "error"] if stands else []
    what = SUPERSEDED if not stands else READY if not errors else DELETE_COLUMNS if {issue.code for issue in errors} == {_COLUMN_TO_DELETE} else CORRECT
    return Verdict(file, what, unit, period, revision, max(part.filled_on for part in parts),
                   sum(part.read for part in parts if part.ledger not in _UNCOUNTED), len(errors),
                   sum(issue.severity == "warning" for issue in issues) if stands else 0)
