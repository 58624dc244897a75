"""The macro sources keep to what Excel, WPS and LibreOffice all understand."""

from __future__ import annotations

import re

import pytest

from tests.excel.books import standard_plan
from toolkit.files.macros import modules

BANNED = re.compile(r"\b(Dictionary|Value2|Debug\.Print|ListObjects|Evaluate|CDec|LenB|CreateObject|RegExp|vbObjectError|Application\.Goto)\b")
#: What ends a run in LibreOffice without a word, or means another thing there: a number & text, a call with arguments before Else,
#: Not before Like without brackets, a Han range in a pattern, the one character of code page 936 that it loses.
TRAPS = (re.compile(r"[=(] *\d+ & "), re.compile(r"\bNot \w+ Like\b"), re.compile(r"\bThen (?!Set |Exit )[\w.]+ [^=:]+ Else\b"))
#: A variable that hides a function of the language: mId is Mid.
HIDES = re.compile(r"^(?:Private|Public|Dim) (?:.*, *)?(?:mid|instr|len|replace|split|chr|chrw|trim|ucase|format|val|iif)\b(?:\(.*\))? As ", re.IGNORECASE)
TRAPS_WITH_TEXT = (re.compile(r'Like "[^"]*\[[^]"]*[^\x00-\x7f]-[^]"]'), re.compile("\u3007"))
OPENS = re.compile(r"^(?:(?:Public|Private) )?(Function|Sub)\b|^(If)\b.*\bThen$|^(For|Do|Select|With)\b")
CLOSES = {"End Function": "Function", "End Sub": "Sub", "End If": "If", "Next": "For", "Loop": "Do", "End Select": "Select", "End With": "With"}
SOURCES = {module.name: module.source for module in modules(standard_plan())}


@pytest.mark.parametrize("name", SOURCES)
def test_dialect(name: str) -> None:
    lines = SOURCES[name].split("\n")
    assert "Option Explicit" in lines
    faults = []
    opened: list[str] = []
    for number, line in enumerate(lines, 1):
        code = re.sub(r'"(?:[^"]|"")*"', '""', line).split("'")[0].strip()
        if len(line) > 1000 or BANNED.search(code) or not code.isascii() or HIDES.search(code) or any(trap.search(code) for trap in TRAPS) or any(
                trap.search(line) for trap in TRAPS_WITH_TEXT):
            faults.append(f"{number}: {line[:80]}")
        begins = OPENS.match(code)
        word = re.sub(r"^Loop (?:While|Until) .*", "Loop", code.split(" :")[0])
        if word in CLOSES:
            if not opened or opened.pop() != CLOSES[word]:
                faults.append(f"{number}: {word}")
        elif begins:
            opened.append(next(filter(None, begins.groups())))
    assert not faults and not opened, (faults, opened)
