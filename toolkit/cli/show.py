"""An Outcome in words for a person, or as JSON for a program."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Iterable
from typing import TextIO

from toolkit import __version__
from toolkit.model.issue import Issue, code_of, counts
from toolkit.tasks.outcome import Outcome

SIGNS = {"error": ("▲ 错误", "▲ error"), "warning": ("△ 警告", "△ warning"), "info": ("○ 提示", "○ info")}
CELLS_SHOWN = 12


def show(outcome: Outcome, language: str, json_to: str | None) -> int:
    """Print the outcome and write the JSON; returns the exit code."""
    if json_to == "-":
        _json(outcome, language, sys.stdout)
        return outcome.exit_code
    said = outcome.usage_error
    for line in outcome.lines:
        print(line.zh if language == "zh" else line.en, file=sys.stderr if said and line.kind == "bad" else sys.stdout)
    _refused(outcome.refused, language)
    if outcome.tell_issues:
        _issues(outcome.issues, language)
    for output in outcome.outputs:
        if len(outcome.outputs) <= 3:
            print(("已写：" if language == "zh" else "written: ") + output.path)
    if json_to:
        with open(json_to, "w", encoding="utf-8") as stream:
            _json(outcome, language, stream)
    return outcome.exit_code


def _refused(refused: Iterable[Issue], language: str) -> None:
    for issue in refused:
        print(f"× {issue.file}　{issue.code} {issue.message(language)}　{issue.hint(language)}")


def _issues(issues: list[Issue], language: str) -> None:
    """By file, then by cause, with true counts and the cells."""
    files: dict[str, list[Issue]] = {}
    for issue in issues:
        files.setdefault(issue.file, []).append(issue)
    for file in sorted(files):
        print()
        print(file or ("（整批）" if language == "zh" else "(all files)"))
        causes: dict[tuple[str, str, tuple[tuple[str, str], ...]], list[Issue]] = {}
        for issue in files[file]:
            shown = tuple(pair for pair in issue.params if f"{{{pair[0]}}}" in _words(issue.code, language))
            causes.setdefault((issue.severity, issue.code, shown), []).append(issue)
        for (severity, code, _), found in causes.items():
            message, hint = found[0].message(language), found[0].hint(language)
            sign = SIGNS[severity][0 if language == "zh" else 1]
            places = _places(found, language)
            number = (f"（{len(found)}处）" if language == "zh" else f" ({len(found)})") if len(found) > 1 else ""
            print(f"  {sign} {code} {message}{number}" + (f"：{places}" if places else ""))
            print(f"      {hint}")
    print()
    print("　".join(f"{SIGNS[severity][0 if language == 'zh' else 1]} {count}" for severity, count in counts(issues).items()))


@functools.cache
def _words(code: str, language: str) -> str:
    """What a sentence of this code says; it shows only what its {names} fill in."""
    known = code_of(code)
    return known.zh + known.todo_zh if language == "zh" else known.en + known.todo_en


def _places(found: list[Issue], language: str) -> str:
    sheets: dict[str, list[str]] = {}
    for issue in found[:CELLS_SHOWN]:
        row = f"第{issue.row}行" if language == "zh" else f"row {issue.row}"
        where = issue.cell or (row if issue.row else "")
        sheets.setdefault(issue.sheet, []).append(where)
    text = "；".join(f"{sheet} {' '.join(filter(None, cells))}".strip() for sheet, cells in sheets.items())
    return text + (" …" if len(found) > CELLS_SHOWN else "")


def _json(outcome: Outcome, language: str, stream: TextIO) -> None:
    facts: dict[str, object] = {
        "command": outcome.command, "version": __version__, "exit_code": outcome.exit_code,
        "outputs": [{"path": output.path, "sha256": output.sha256, "content_digest": output.content_digest or None} for output in outcome.outputs],
        "counts": counts(outcome.issues),
        "issues": [issue.as_json(language) for issue in outcome.issues],
        "refused": [{"file": issue.file, "code": issue.code, "message": issue.message(language)} for issue in outcome.refused],
        **outcome.extra,
    }
    if outcome.usage_error:
        facts["messages"] = [line.zh if language == "zh" else line.en for line in outcome.lines]
    stream.write("{\n" + ",\n".join(f" {_encode(name)}: {_laid_out(value)}" for name, value in facts.items()) + "\n}\n")


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _laid_out(value: object) -> str:
    """A list with an entry on each line, the rest on one: the encoder that indents is ten times slower, and there may be many issues."""
    return "[\n" + ",\n".join("  " + _encode(entry) for entry in value) + "\n ]" if isinstance(value, list) and value else _encode(value)
