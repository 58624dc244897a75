"""An Outcome in words for a person, or as JSON for a program."""

from __future__ import annotations

import functools
import io
import json
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

from toolkit import __version__
from toolkit.model.issue import SIGNS, Issue, code_of, counts
from toolkit.model.verdict import Verdict
from toolkit.tasks.outcome import USAGE, Outcome, save_text

CELLS_SHOWN = 12
FILES_SHOWN = 12  # without anything to say of them


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
        _issues(outcome.issues, _said_of(outcome.verdicts, language), language)
    for output in outcome.outputs:
        if len(outcome.outputs) <= 3:
            print(("已写：" if language == "zh" else "written: ") + output.path)
    if json_to and not _saved(outcome, language, json_to):
        return max(USAGE, outcome.exit_code)
    return outcome.exit_code


def _saved(outcome: Outcome, language: str, json_to: str) -> bool:
    """Write the JSON to a file; says what stands in the way."""
    stream = io.StringIO()
    _json(outcome, language, stream)
    fault = save_text(json_to, stream.getvalue())
    if fault:
        print(fault[0] if language == "zh" else fault[1], file=sys.stderr)
    return not fault


def _refused(refused: Iterable[Issue], language: str) -> None:
    for issue in refused:
        print(f"× {issue.file}　{issue.code} {issue.message(language)}　{issue.hint(language)}")


def _said_of(verdicts: Iterable[Verdict], language: str) -> dict[str, str]:
    """File -> its verdict in a line, the worst where the name stands for several. Refused files have been told."""
    worst: dict[str, Verdict] = {}
    for verdict in verdicts:
        if verdict.what != "unread" and (verdict.file not in worst or verdict.errors > worst[verdict.file].errors):
            worst[verdict.file] = verdict
    return {file: verdict.words(language) for file, verdict in worst.items()}


def _issues(issues: list[Issue], verdicts: dict[str, str], language: str) -> None:
    """Files with nothing to say in a line each; the others by cause, with true counts and the cells."""
    files: dict[str, list[Issue]] = {}
    for issue in issues:
        files.setdefault(issue.file, []).append(issue)
    clean = [file for file in verdicts if file not in files]
    if clean:
        print()
    for file in clean[:FILES_SHOWN]:
        print(f"{file}　{verdicts[file]}")
    if len(clean) > FILES_SHOWN:
        more = len(clean) - FILES_SHOWN
        print(f"… 另有 {more} 个文件没有问题" if language == "zh" else f"… and {more} more files with nothing to correct")
    for file in sorted(files):
        print()
        print("　".join(filter(None, (file or ("（整批）" if language == "zh" else "(all files)"), verdicts.get(file, "")))))
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
    if not issues and not verdicts:
        return
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
    encode = json.JSONEncoder(ensure_ascii=False, default=lambda issue: _in_short(issue, language)).encode
    stream.write("{\n" + ",\n".join(f" {encode(name)}: {_laid_out(value, encode)}" for name, value in facts.items()) + "\n}\n")


def _laid_out(value: object, encode: Callable[[object], str]) -> str:
    """A list with an entry on each line, the rest on one: the encoder that indents is ten times slower, and there may be many issues."""
    return "[\n" + ",\n".join("  " + encode(entry) for entry in value) + "\n ]" if isinstance(value, list) and value else encode(value)


def _in_short(issue: Issue, language: str) -> dict[str, object]:
    """An issue among a command's own facts (the warnings of `inspect`)."""
    return {"code": issue.code, "message": issue.message(language), "sheet": issue.sheet or None, "cell": issue.cell}
