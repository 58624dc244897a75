"""LibreOffice as the program that runs our macros. Silence is failure: a macro that fails returns nothing there (FACTS D2)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's, which has `uno`
WORKBOOK_WITH_MACROS = "Calc MS Excel 2007 VBA XML"
WORKBOOK = "Calc MS Excel 2007 XML"


class Office:
    """One running LibreOffice, one document at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def _ask(self, **request: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(request, ensure_ascii=False) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "LibreOffice is gone"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def open(self, path: Path, password: str = "") -> None:
        assert self._ask(do="open", path=str(path), password=password), f"{path.name} does not load"

    def call(self, macro: str, *args: Any) -> Any:
        """The macro's answer; None is a failure, since a fault there ends in silence."""
        value = self._ask(do="call", macro=macro, args=list(args))
        assert value is not None, f"{macro} gave no answer: a run-time or compile error"
        return value

    def press(self, button: str, *args: Any) -> str:
        """What a Sub said at its end. A Sub says something always; nothing new said is a failure."""
        assert self.call("Book.Quiet", True) == "ok"
        self._ask(do="call", macro=button, args=list(args))
        said = str(self.call("Book.LastSaid")).strip()
        assert said, f"{button} said nothing: a run-time or compile error"
        return said

    def beside(self, path: Path) -> None:
        """Open a second workbook in front of the one with the macros."""
        assert self._ask(do="beside", path=str(path)), f"{path.name} does not load"

    def titles(self) -> list[str]:
        """The first sheet of every open workbook."""
        found: list[str] = self._ask(do="titles")
        return found

    def modules(self) -> list[str]:
        found: list[str] = self._ask(do="modules")
        return found

    def source(self, module: str) -> str:
        """A module's text as LibreOffice holds it."""
        found: str = self._ask(do="source", module=module)
        return found

    def sheets(self) -> list[str]:
        found: list[str] = self._ask(do="sheets")
        return found

    def cells(self, sheet: str) -> list[list[Any]]:
        found: list[list[Any]] = self._ask(do="cells", sheet=sheet)
        return found

    def save(self, path: Path, form: str = WORKBOOK_WITH_MACROS, password: str = "") -> Path:
        self._ask(do="save", path=str(path), filter=form, password=password)
        return path

    def close(self) -> None:
        self._ask(do="close")


@contextmanager
def running(folder: Path) -> Iterator[Office]:
    """A LibreOffice with a profile of its own in `folder`, ended afterwards."""
    side = Path(__file__).with_name("uno_side.py")
    process = subprocess.Popen([SYSTEM_PYTHON, str(side), str(folder / "profile")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdin and process.stdout
    try:
        assert json.loads(process.stdout.readline() or "{}").get("ready"), "LibreOffice did not start"
        yield Office(process)
    finally:
        try:
            process.stdin.write('{"do": "quit"}\n')
            process.stdin.close()
            process.wait(40)
        except (BrokenPipeError, subprocess.TimeoutExpired):
            process.kill()
        process.stdout.close()
