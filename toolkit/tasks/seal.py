"""`ledger seal`, `ledger open`: workbooks put under a password for hand-over, and opened again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import toolkit.rules.reading_codes  # noqa: F401  declares the words of a refusal
from toolkit.files import intake
from toolkit.files.seal import WrongPassword, is_sealed, opened, sealed
from toolkit.model.issue import Issue
from toolkit.tasks.outcome import Outcome, write_all, wrong

#: Shorter passwords are tried out in no time.
SHORTEST = 8
_CODES = {"damaged": "F203", "unreadable": "F207", "wrong_password": "F202"}
SEALED, OPENED = "_加密", "_已打开"


def seal(paths: Sequence[Path], password: str, out: Path | None = None, force: bool = False) -> Outcome:
    """A copy of each workbook under the password; the originals stay as they are."""
    if len(password) < SHORTEST:
        return too_short("seal")
    return _each("seal", paths, out, force, lambda data: _under(data, password), SEALED)


def open_sealed(paths: Sequence[Path], password: str, out: Path | None = None, force: bool = False) -> Outcome:
    """A copy of each workbook without its password."""
    return _each("open", paths, out, force, lambda data: _without(data, password), OPENED)


def too_short(command: str) -> Outcome:
    return wrong(command, (f"密码至少{SHORTEST}个字符，请换一个，并用另一种方式告诉对方", f"a password needs {SHORTEST} characters or more; tell it by another way"))


def _under(data: bytes, password: str) -> bytes | str:
    return sealed(data, password) if intake.kind_of(data) in ("xlsx", "xlsb") else "not_sealable"


def _without(data: bytes, password: str) -> bytes | str:
    if not is_sealed(data):
        return "not_sealed"
    try:
        return opened(data, password)
    except WrongPassword:
        return "wrong_password"
    except ValueError:
        return "damaged"


def _each(command: str, paths: Sequence[Path], out: Path | None, force: bool, change: Callable[[bytes], bytes | str], mark: str) -> Outcome:
    """Every file changed and written beside its original or into `out`; what cannot be changed is refused with its reason."""
    outcome = Outcome(command)
    found = intake.find(paths)
    if found.missing or not found.files:
        return wrong(command, *[(f"找不到 {name}，请核对文件夹或文件名", f"{name} does not exist; check the name") for name in found.missing or ["文件"]])
    for path in found.files:
        try:
            result = change(path.read_bytes())
        except OSError:
            result = "unreadable"
        if isinstance(result, str):
            outcome.refused.append(Issue(_CODES.get(result, "F201"), "error", file=path.name, params=(("why", result),)))
            continue
        stem = path.stem.removesuffix(SEALED).removesuffix(OPENED)
        target = (out or path.parent) / f"{stem}{mark}{path.suffix}"
        if not write_all(outcome, [(target, result, "")], force):
            return outcome
        outcome.say(f"{path.name} → {target.name}", f"{path.name} -> {target.name}")
    return outcome
