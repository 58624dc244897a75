"""Every command reads sealed files by the one door: the same answer as for open ones, the password asked once, nothing of it written anywhere."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.run import ROOT, facts, ledger
from tests.commands.test_carry import STAFF, visit, woman
from tests.excel.office import WORKBOOK, running
from tests.tables import TOWN, UNITS, VILLAGE, VILLAGE2, standard
from toolkit.files import intake, seal
from toolkit.files.seal import is_sealed, opened, sealed
from toolkit.files.template import Content, workbook
from toolkit.files.workspace import built_in_plans, units_csv
from toolkit.model.sheet import Book, Refused
from toolkit.model.unit import Unit
from toolkit.tasks import approve, carry, check, checklist, forget, inspect, merge, release, sample, sample_visits, summary
from toolkit.tasks.outcome import Outcome

PASSWORD, OTHER = "样例密码2025", "不是这个密码"
MONTH, SEED = "2025-09", "40317255601883462975"
COVER = {"revision": 0, "prepared_by": "样例填报", "reviewed_by": "样例审核", "prepared_on": "2025-10-08", "police_transfers": 0}
WOMEN = [woman("K7Q2MX", "样例乙", "2025-12-20"), woman("R4TWZ8", "样例丙", "2025-11-20", phone="19000000003")]
PRIVATE = ("样例乙", "样例丙", "K7Q2MX", "R4TWZ8", "19000000003")


def ask() -> str:
    return PASSWORD


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace: `open` holds two villages' workbooks, the county's, a draw and a summary; `closed` the same, each sealed."""
    space = tmp_path_factory.mktemp("sealed")
    (space / "plan.toml").write_bytes(built_in_plans()["standard"])
    (space / "units.csv").write_bytes(units_csv(UNITS))
    folder = space / "open"
    folder.mkdir()
    for unit in (VILLAGE, VILLAGE2):
        rows = {"pregnancies": WOMEN, "visits": [visit("R4TWZ8", "2025-09-12")], "staff": [STAFF]} if unit == VILLAGE else {}
        data = workbook(Unit(unit, UNITS.name(unit), True), MONTH, standard(), Content(COVER, rows, (), "5a1e" * 8))
        (folder / f"{unit}.xlsx").write_bytes(data)
    merged = folder / "county.xlsx"
    assert merge.merge([folder], merge.Asked(merged, level="county", folder=space)).exit_code == 1
    assert sample.frame([merged], out=space / "frame.txt", folder=space).exit_code == 0
    assert sample.draw(space / "frame.txt", sample.Asked(folder / "draw.xlsx", MONTH, SEED, folder=space)).exit_code == 0
    assert summary.summary([merged], summary.Asked(folder / "summary.xlsx", folder=space)).exit_code == 0
    (space / "closed").mkdir()
    for path in folder.iterdir():
        (space / "closed" / path.name).write_bytes(sealed(path.read_bytes(), PASSWORD))
    return space


Run = Callable[[Path, Path, Callable[[], str]], Outcome]
COMMANDS: dict[str, Run] = {
    "check": lambda at, out, key: check.check([at / f"{VILLAGE}.xlsx"], check.Asked(at.parent, at / "county.xlsx", annotate=out, password=key)),
    "merge": lambda at, out, key: merge.merge(
        [at / f"{VILLAGE}.xlsx"], merge.Asked(out / "m.xlsx", previous=at / "county.xlsx", folder=at.parent, password=key)),
    "release": lambda at, out, key: release.release([at / f"{VILLAGE}.xlsx"], release.Wanted(out, folder=at.parent, password=key)),
    "carry": lambda at, out, key: carry.carry([at / f"{VILLAGE}.xlsx"], out, folder=at.parent, password=key),
    "inspect": lambda at, out, key: inspect.inspect([at / f"{VILLAGE}.xlsx"], at.parent, True, password=key),
    "approve": lambda at, out, key: approve.approve(copied(at / "county.xlsx", out), approve.Asked("样例甲", folder=at.parent, password=key)),
    "forget": lambda at, out, key: forget.forget("R4TWZ8", [copied(at / f"{VILLAGE}.xlsx", out)], key),
    "summary": lambda at, out, key: summary.summary(
        [at / "county.xlsx"], summary.Asked(out / "s.xlsx", sealed=at / "summary.xlsx", folder=at.parent, password=key)),
    "checklist": lambda at, out, key: checklist.checklist(
        [at / "county.xlsx"], checklist.Asked(out / "c.xlsx", sample=at / "draw.xlsx", folder=at.parent, password=key)),
    "frame": lambda at, out, key: sample.frame([at / "county.xlsx"], out=out / "f.txt", folder=at.parent, password=key),
    "verify": lambda at, out, key: sample.verify(at / "draw.xlsx", at.parent / "frame.txt", key),
    "forms": lambda at, out, key: sample_visits.forms(at / "draw.xlsx", [at / f"{VILLAGE}.xlsx"], key),
    "result": lambda at, out, key: sample_visits.result(at / "draw.xlsx", [at / "county.xlsx"], out=out / "r.xlsx", folder=at.parent, password=key),
}


def copied(path: Path, out: Path) -> Path:
    out.mkdir(parents=True)
    return Path(shutil.copy(path, out / path.name))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_same_answer_and_one_line_for_a_wrong_password(name: str, made: Path, tmp_path: Path) -> None:
    run, read = COMMANDS[name], {}
    for kind in ("open", "closed"):
        told = run(made / kind, tmp_path / kind, ask)
        assert told.refused == [] and not told.usage_error, told.lines
        written = [Path(output.path) for output in told.outputs]
        assert [path for path in written if is_sealed(path.read_bytes())] == (written if kind == "closed" and name in SEALED_AGAIN else [])
        read[kind] = (told.exit_code, told.issues, told.extra, [output.content_digest for output in told.outputs])
    assert read["open"] == read["closed"]
    for answer, reason in ((OTHER, "密码不对"), ("", "有打开密码"))[:2 if name in ("check", "forget") else 1]:
        told = run(made / "closed", tmp_path / answer / "no", lambda: answer)  # noqa: B023  called at once
        said = [issue.message("zh") for issue in told.refused] + [line.zh for line in told.lines if line.kind == "bad"]
        assert told.exit_code in (2, 3) and told.outputs == [], told
        assert any(reason in line for line in said), said
        named = [issue.file for issue in told.refused] + [line.zh.split(" ")[0] for line in told.lines if line.kind == "bad"]
        assert set(named) & {"county.xlsx", "draw.xlsx", f"{VILLAGE}.xlsx"}


SEALED_AGAIN = ("check", "carry", "approve", "forget")  # new versions of what was sealed; the others write what may be read


def test_what_is_written_again_opens_with_the_same_password_and_is_the_same(made: Path, tmp_path: Path) -> None:
    for kind in ("open", "closed"):
        COMMANDS["forget"](made / kind, tmp_path / kind, ask)
        COMMANDS["approve"](made / kind, tmp_path / f"{kind}-a", ask)
    for folder, name in (("", f"{VILLAGE}.xlsx"), ("-a", "county.xlsx")):
        assert opened((tmp_path / f"closed{folder}" / name).read_bytes(), PASSWORD) == (tmp_path / f"open{folder}" / name).read_bytes()
    COMMANDS["carry"](made / "closed", tmp_path / "next", ask)
    path = next((tmp_path / "next").iterdir())
    book = intake.open_book(path, password=ask)
    assert isinstance(book, Book) and path.name == f"{VILLAGE}_2025-10_{UNITS.name(VILLAGE)}_加密.xlsx"


def test_a_merge_over_its_own_sealed_output_is_sealed_again(made: Path, tmp_path: Path) -> None:
    out = copied(made / "closed" / "county.xlsx", tmp_path / "again")

    def again(key: Callable[[], str], **more: Any) -> Outcome:
        return merge.merge([out], merge.Asked(out, folder=made, force=True, password=key, **more))

    assert again(ask).exit_code == 1 and is_sealed(out.read_bytes())
    before = out.read_bytes()
    assert again(lambda: OTHER).exit_code == 3 and out.read_bytes() == before
    told = merge.merge([made / "open" / f"{VILLAGE}.xlsx"], merge.Asked(out, folder=made, force=True, password=lambda: OTHER))
    assert (told.exit_code, out.read_bytes() == before, "county.xlsx" in told.lines[-1].zh and "密码不对" in told.lines[-1].zh) == (2, True, True)


def test_the_password_is_asked_once(made: Path, tmp_path: Path) -> None:
    """On a terminal, of a command that opens sealed files at three places."""
    ours, theirs = pty.openpty()
    closed = made / "closed"
    words = [sys.executable, "-m", "toolkit", "checklist", closed / "county.xlsx", "-o", tmp_path / "c.xlsx", "--sample", closed / "draw.xlsx",
             "--json", tmp_path / "told.json", "--workspace", made]
    environ = {**{name: value for name, value in os.environ.items() if name != "LEDGER_PASSWORD"}, "LEDGER_LANG": "zh", "PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(words, env=environ, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, cwd=tmp_path, start_new_session=True)
    os.close(theirs)
    shown = b""
    try:
        while more := os.read(ours, 65536):
            if b"password" in more:
                os.write(ours, f"{PASSWORD}\n".encode())
            shown += more
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    out = started.communicate()[0].decode()
    assert (started.returncode, shown.decode().count("password"), (tmp_path / "c.xlsx").is_file()) == (0, 1, True)
    assert PASSWORD not in out + shown.decode() + (tmp_path / "told.json").read_text(encoding="utf-8")


#: Writes down every file that a Python process opens for writing, in the process itself and in its workers.
WATCH = """
import os, sys
def watch(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)) and (args[2] or 0) & (os.O_WRONLY | os.O_RDWR):
        name = os.fsdecode(args[0])
        if name not in ("/dev/null", os.environ["WRITTEN_LOG"]):
            with open(os.environ["WRITTEN_LOG"], "a") as log:
                log.write(name + "\\n")
sys.addaudithook(watch)
"""


def test_what_was_sealed_never_touches_the_disk_open(made: Path, tmp_path: Path) -> None:
    """Every file that `carry`, `forget`, `approve`, `check --annotate` and `merge` open for writing is an output, and none holds a name."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    log = tmp_path / "log"
    environ = {**os.environ, "LEDGER_PASSWORD": PASSWORD, "PYTHONPATH": f"{tmp_path / 'watch'}:{ROOT}", "WRITTEN_LOG": str(log),
               "TMPDIR": str(tmp_path / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
    village, county = (copied(made / "closed" / name, tmp_path / name / "at") for name in (f"{VILLAGE}.xlsx", "county.xlsx"))
    out = tmp_path / "out"
    for words in (("carry", village, "-o", out), ("forget", "R4TWZ8", village), ("approve", county, "--by", "样例甲"),
                  ("check", village, "--annotate", out, "--json", out / "told.json"), ("merge", village, "-o", out / "m.xlsx")):
        done = subprocess.run([sys.executable, "-m", "toolkit", *map(str, words), *(() if words[0] == "forget" else ("--workspace", str(made)))],
                              env=environ, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode in (0, 1), done.stderr + done.stdout
        if words[0] != "check":  # which shows numbers of records to whoever holds the book
            assert [word for word in PRIVATE if word in done.stdout + done.stderr] == []
        assert PASSWORD not in done.stdout + done.stderr
    written = {Path(name) for name in log.read_text().splitlines()}
    assert written and {path.parent for path in written} == {out, village.parent, county.parent}
    assert list((tmp_path / "tmp").iterdir()) == []
    assert {path.name for path in out.iterdir() if not is_sealed(path.read_bytes())} == {"m.xlsx", "told.json"}
    assert json.loads((out / "told.json").read_text(encoding="utf-8"))["exit_code"] == 1
    assert all(not path.exists() or path.name.startswith(".~") is False for path in written)


def test_files_that_libreoffice_sealed(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(tmp_path) as office:
        office.open(made / "open" / f"{VILLAGE}.xlsx")
        office.save(tmp_path / f"{VILLAGE}.xlsx", WORKBOOK, PASSWORD)
        office.open(made / "open" / f"{VILLAGE}.xlsx")
        office.save(tmp_path / "other.ods", "calc8", PASSWORD)
    assert is_sealed((tmp_path / f"{VILLAGE}.xlsx").read_bytes())
    monkeypatch.setenv("LEDGER_PASSWORD", PASSWORD)
    read = [facts("check", folder / f"{VILLAGE}.xlsx", "--workspace", made, folder=tmp_path) for folder in (made / "open", tmp_path)]
    kept = [[(line["ledger"], line["read"], line["merged"], line["set_aside"]) for line in told["reconciliation"]] for told in read]
    assert kept[0] == kept[1] and read[1]["refused"] == []
    code, out, _ = ledger("carry", f"{VILLAGE}.xlsx", "-o", "next", "--workspace", made, folder=tmp_path)
    assert (code, all(is_sealed(path.read_bytes()) for path in (tmp_path / "next").iterdir())) == (0, True), out
    refused = intake.open_book(tmp_path / "other.ods", password=ask)  # another encryption: refused in a line
    assert isinstance(refused, Refused) and refused.code == "F202"


@pytest.mark.parametrize("change", [
    lambda data: data.replace(b"<encryption ", b"<!DOCTYPE a>", 1), lambda data: data[:len(data) * 2 // 3], lambda data: data[:600]])
def test_a_sealed_file_that_is_broken(change: Callable[[bytes], bytes], made: Path, tmp_path: Path) -> None:
    data = change((made / "closed" / f"{VILLAGE}.xlsx").read_bytes())
    (tmp_path / "a.xlsx").write_bytes(data)
    refused = intake.open_book(tmp_path / "a.xlsx", password=ask)
    assert isinstance(refused, Refused) and refused.code == "F203", refused


def test_rounds_without_end_are_not_begun(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "MOST_SPINS", 99_999)  # one fewer than every program asks for
    refused = intake.open_book(made / "closed" / f"{VILLAGE}.xlsx", password=ask)
    assert isinstance(refused, Refused) and refused.code == "F203"


def test_a_town_reads_what_its_villages_sealed(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way through the command line: sealed submissions in, merged, summed up; no name and no password on the way."""
    monkeypatch.setenv("LEDGER_PASSWORD", PASSWORD)
    told = facts("merge", made / "closed" / f"{VILLAGE}.xlsx", made / "closed" / f"{VILLAGE2}.xlsx", "-o", "town.xlsx", "--workspace", made, folder=tmp_path)
    assert (told["refused"], {entry["unit"] for entry in told["submissions"]} >= {VILLAGE, VILLAGE2}) == ([], True)
    assert ledger("seal", "town.xlsx", folder=tmp_path)[0] == 0
    code, out, err = ledger("summary", "town_加密.xlsx", "-o", "s.xlsx", "--json", "s.json", "--workspace", made, folder=tmp_path)
    text = out + err + (tmp_path / "s.json").read_text(encoding="utf-8")
    assert (code, TOWN in text or "甲山乡" in text, [word for word in (*PRIVATE, PASSWORD) if word in text]) == (0, True, [])
