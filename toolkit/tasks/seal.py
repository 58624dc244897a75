"""`ledger seal`, `ledger open`: workbooks put under a password for hand-over, and opened again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import toolkit.rules.reading_codes  # noqa: F401  declares the words of a refusal
from toolkit.files import intake
from toolkit.files.seal import sealed
from toolkit.model.sheet import Refused
from toolkit.tasks.gather import files_under, issue_of
from toolkit.tasks.outcome import Outcome, write_all, wrong

#: Shorter passwords are tried out in no time.
SHORTEST = 8
SEALED, OPENED = "_加密", "_已打开"


def seal(paths: Sequence[Path], password: str, out: Path | None = None, force: bool = False) -> Outcome:
    """A copy of each workbook under the password; the originals stay as they are."""
    if len(password) < SHORTEST:
        return too_short("seal")
    return _each("seal", paths, out, force, lambda path: _under(path, password), SEALED)


def open_sealed(paths: Sequence[Path], password: str, out: Path | None = None, force: bool = False) -> Outcome:
    """A copy of each workbook without its password."""
    return _each("open", paths, out, force, lambda path: _without(path, password), OPENED)


def too_short(command: str) -> Outcome:
    return wrong(command, (f"密码至少{SHORTEST}个字符，请换一个，并用另一种方式告诉对方", f"a password needs {SHORTEST} characters or more; tell it by another way"))


def _under(path: Path, password: str) -> bytes | Refused:
    found = intake.contents(path)
    if isinstance(found, Refused):
        return Refused(found.file, "F202", "sealed_already") if found.why == "encrypted" else found
    if intake.kind_of(found.data) not in ("xlsx", "xlsb"):
        return Refused(intake.shown_name(path), "F201", "not_sealable")
    try:
        return sealed(found.data, password)
    except ValueError:
        return Refused(intake.shown_name(path), "F203", "damaged")


def _without(path: Path, password: str) -> bytes | Refused:
    found = intake.contents(path, lambda: password)
    if isinstance(found, Refused):
        return found
    return found.data if found.password else Refused(intake.shown_name(path), "F201", "not_sealed")


def _each(command: str, paths: Sequence[Path], out: Path | None, force: bool, change: Callable[[Path], bytes | Refused], mark: str) -> Outcome:
    """Every file changed and written beside its original or into `out`; what cannot be changed is refused with its reason."""
    outcome = Outcome(command)
    files = files_under(command, paths, outcome)
    if isinstance(files, Outcome):
        return files
    for path in files:
        result = change(path)
        if isinstance(result, Refused):
            outcome.refused.append(issue_of(result))
            continue
        stem = path.stem.removesuffix(SEALED).removesuffix(OPENED)
        target = (out or path.parent) / f"{stem}{mark}{path.suffix}"
        if not write_all(outcome, [(target, result, "")], force):
            return outcome
        outcome.say(f"{path.name} → {target.name}", f"{path.name} -> {target.name}")
    return outcome
