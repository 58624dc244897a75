"""The main job on a fictional county, through the command line: templates, checks, release, merges, and what may never leave."""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.run import facts, ledger
from toolkit.files.intake import open_book
from toolkit.files.template import Content, workbook
from toolkit.files.workspace import built_in_plan
from toolkit.model.sheet import Book
from toolkit.model.unit import Unit, Units
from toolkit.steps.county import county

MONTH = "2025-09"
COUNTY = "990101000000"


@pytest.fixture(scope="session")
def tidy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tidy") / "county"
    assert ledger("demo", folder, "--villages", "6", "--mess", "none", folder=folder.parent)[0] == 0
    return folder


@pytest.fixture(scope="session")
def wild(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wild") / "county"
    assert ledger("demo", folder, "--villages", "10", "--mess", "wild", "--seed", "8", folder=folder.parent)[0] == 0
    return folder


def test_a_tidy_county_has_nothing_to_say(tidy: Path) -> None:
    villages = sorted((tidy / "villages" / MONTH).iterdir())
    for village in (villages[0], villages[-1]):
        alone = facts("check", village, folder=tidy)
        assert (alone["exit_code"], alone["counts"]["error"], alone["counts"]["warning"]) == (0, 0, 0)
    for town in sorted((tidy / "inbox" / MONTH).glob("9901011*")):
        merged = facts("merge", town, "-o", tidy / "again" / f"{town.name}.xlsx", folder=tidy)
        assert (merged["exit_code"], merged["counts"]["error"], merged["counts"]["warning"]) == (0, 0, 0)
    whole = facts("merge", f"inbox/{MONTH}", "-o", "again/county.xlsx", "--to", "county", folder=tidy)
    assert (whole["exit_code"], whole["counts"]["error"], whole["counts"]["warning"]) == (0, 0, 0)
    assert {entry["state"] for entry in whole["submissions"]} <= {"received", "zero"}


def same(merged: dict[str, Any]) -> dict[str, Any]:
    """What must be equal on every route."""
    return {
        "digest": merged["outputs"][0]["content_digest"],
        "issues": sorted((issue["id"], issue["code"], issue["severity"], issue["file"], issue["cell"] or "") for issue in merged["issues"]),
        "reconciliation": merged["reconciliation"],
        "submissions": merged["submissions"],
        "refused": merged["refused"],
    }


@pytest.mark.parametrize("kind", ["tidy", "wild"])
def test_every_route_gives_the_same(kind: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(kind)
    direct = same(facts("merge", f"inbox/{MONTH}", "-o", "routes/direct.xlsx", folder=folder))
    towns = sorted((folder / "out" / MONTH).glob("township_*.xlsx"))
    by_town = facts("merge", *towns, f"inbox/{MONTH}/{COUNTY}", "-o", "routes/by_town.xlsx", folder=folder)
    assert same(by_town) == direct
    files = [file for file in sorted((folder / "inbox" / MONTH).rglob("*")) if file.is_file() and file.name != "received.csv"]
    random.Random(1).shuffle(files)
    twice = facts("merge", *files, f"inbox/{MONTH}", *towns, "routes/direct.xlsx", "-o", "routes/twice.xlsx", "--jobs", "2", folder=folder)
    assert same(twice) == direct
    assert all(line["read"] == line["merged"] + line["superseded"] + line["set_aside"] for line in direct["reconciliation"])


def test_release_equals_the_whole_workbook(tidy: Path) -> None:
    whole = tidy / "whole" / "in"
    whole.mkdir(parents=True)
    for file in (tidy / "villages" / MONTH).iterdir():
        shutil.copy(file, whole)
    code, _, _ = ledger("release", whole, "-o", "whole/out", folder=tidy)
    assert code == 0
    assert len(list((tidy / "whole" / "out").iterdir())) == len(list(whole.iterdir()))
    digests = {form: facts("merge", f"whole/{form}", "-o", f"whole/{form}.xlsx", "--to", "county", folder=tidy)["outputs"][0]["content_digest"]
               for form in ("in", "out")}
    assert digests["in"] == digests["out"]


def test_the_bytes_of_an_output_do_not_depend_on_jobs(tidy: Path) -> None:
    made = [facts("merge", f"inbox/{MONTH}", "-o", f"bytes/{jobs}.xlsx", "--jobs", str(jobs), folder=tidy)["outputs"][0]["sha256"] for jobs in (1, 2)]
    assert made[0] == made[1]


# ------------------------------------------------------------------------------------------------ what may not leave


def insides(path: Path) -> bytes:
    """Every byte of a file, unzipped where it is a zip."""
    data = path.read_bytes()
    if data[:2] == b"PK":
        with zipfile.ZipFile(path) as archive:
            return b"\n".join([name.encode() for name in archive.namelist()] + [archive.read(name) for name in archive.namelist()])
    return data


def book_content(village: Path) -> set[str]:
    """Names, phones and record numbers in use of a village's service book."""
    sheet = openpyxl.load_workbook(village)["孕产妇台账"]
    rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[1]]
    return {str(cell) for row in rows for cell in row[:3] if cell}


def test_nothing_of_a_service_book_rises(wild: Path) -> None:
    private = set().union(*(book_content(village) for village in (wild / "villages" / MONTH).iterdir()))
    assert len(private) > 100
    merged = facts("merge", f"inbox/{MONTH}", "-o", "leaks/county.xlsx", "--force", folder=wild)
    code, out, err = ledger("merge", f"inbox/{MONTH}", "-o", "leaks/again.xlsx", folder=wild)
    ledger("release", *(wild / "villages" / MONTH).iterdir(), "-o", "leaks/released", folder=wild)
    said = (repr(merged) + out + err).encode()
    outputs = [*(wild / "out").rglob("*.xlsx"), *(wild / "leaks").rglob("*.xlsx")]
    assert code == 1 and len(outputs) > 10
    for content in [said, *map(insides, outputs)]:
        assert [text for text in private if text.encode() in content] == []


MARKERS = {"edd": dt.date(2026, 3, 17), "notice_date": dt.date(2025, 2, 17), "delivered_on": dt.date(2025, 8, 19), "visit_date": dt.date(2025, 9, 23),
           "next_date": dt.date(2025, 11, 19), "need_found_on": dt.date(2025, 9, 24), "need_reported_on": dt.date(2025, 9, 25)}


def test_no_date_of_a_service_book_rises(tmp_path: Path) -> None:
    plan = built_in_plan("standard")
    assert plan is not None
    made = county("3", 3, MONTH, plan)
    office = next(office for office in made.offices if office.unit.level == "village")
    rows = dict(office.rows)
    rows["pregnancies"] = [{**row, **{name: day for name, day in MARKERS.items() if name in row}} for row in rows["pregnancies"][:1]] or [
        {"record_id": "K7Q2MX", "name": "样例甲", "phone": "19000000001", "consent": "1 可上门", "revisit_ok": "是", "staff_id": "x", **{
            name: MARKERS[name] for name in ("edd", "notice_date", "delivered_on")}}]
    rows["visits"] = [{**row, **{name: day for name, day in MARKERS.items() if name in row}} for row in office.rows["visits"][:3]]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "v.xlsx").write_bytes(workbook(office.unit, MONTH, plan, Content(office.cover, rows, office.record_ids, office.book_key)))
    (tmp_path / "plan.toml").write_text('id = "standard"\ntitle = "样例"\n', encoding="utf-8")
    (tmp_path / "units.csv").write_text("代码,名称,应报\n" + "".join(f"{unit.code},{unit.name},是\n" for unit in made.units), encoding="utf-8")
    shown = repr(facts("merge", "in", "-o", "out.xlsx", folder=tmp_path)).encode()
    ledger("release", "in", "-o", "released", folder=tmp_path)
    released = next((tmp_path / "released").iterdir())
    forms = [pattern for day in MARKERS.values() for pattern in (
        day.isoformat(), day.strftime("%Y%m%d"), f">{(day - dt.date(1899, 12, 30)).days}<", f"{day.year}年{day.month}月{day.day}日")]
    for content in (shown, insides(tmp_path / "out.xlsx"), insides(released)):
        assert [form for form in forms if form.encode() in content] == []
    assert b"services" in shown


# -------------------------------------------------------------------------------------------- one frame for many files


def test_many_workbooks_go_through_without_a_frame_each(tidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pandas as pd

    from toolkit.steps.batch import Asked
    from toolkit.steps.read import read

    plan = built_in_plan("standard")
    assert plan is not None
    books = [book for book in map(open_book, sorted((tidy / "inbox" / MONTH).rglob("*.xlsx"))) if isinstance(book, Book)]
    made = 0
    build = pd.DataFrame.__init__

    def counting(self: Any, *words: Any, **named: Any) -> None:
        nonlocal made
        made += 1
        build(self, *words, **named)

    monkeypatch.setattr(pd.DataFrame, "__init__", counting)
    counts = []
    for times in (1, 300 // len(books) + 1):
        made = 0
        union = read(books * times, Asked(plan, None, True))
        counts.append(made)
        assert len(union.parts) > 20
    assert counts[1] <= counts[0] + 5


# ------------------------------------------------------------------------------------------------------------ usage


def test_wrong_usage_is_one_line_and_code_2(tidy: Path, tmp_path: Path) -> None:
    village = sorted((tidy / "villages" / MONTH).iterdir())[0]
    for words in (
        ("merge", "no-such-folder", "-o", "x.xlsx"),
        ("merge", f"inbox/{MONTH}", "-o", "x.xlsx", "--to", "village"),
        ("merge", f"inbox/{MONTH}", "-o", f"out/{MONTH}/county.xlsx"),
        ("template", "-o", "t", "--period", "september"),
        ("template", "-o", "t", "--period", MONTH, "--unit", "110101"),
        ("new", "w", "--plan", "nothing"),
        ("rules", "Z999"),
        ("plan", "show", "nothing"),
        ("demo", "."),
    ):
        code, out, err = ledger(*words, folder=tidy)
        assert (words, code) == (words, 2)
        assert (out + err).strip()
    code, _, _ = ledger("merge", village, "-o", "x.xlsx", folder=tmp_path / "..")
    assert code == 1  # the workspace is found upward from the file; the other villages are missing
    (tmp_path / "..").joinpath("x.xlsx").unlink()
    shutil.copy(village, tmp_path)
    assert ledger("merge", village.name, "-o", "x.xlsx", folder=tmp_path)[0] == 2  # no workspace anywhere above


def test_refused_files_do_not_stop_the_others(tidy: Path, tmp_path: Path) -> None:
    shutil.copytree(tidy / "inbox", tmp_path / "inbox")
    for name in ("plan.toml", "units.csv"):
        shutil.copy(tidy / name, tmp_path)
    inbox = tmp_path / "inbox" / MONTH
    broken = sorted(inbox.rglob("9901011012*.xlsx"))[0]
    broken.write_bytes(broken.read_bytes()[:2000])
    (inbox / "空.xlsx").write_bytes(b"")
    (inbox / "网页.xls").write_text("<html><table></table></html>", encoding="utf-8")
    merged = facts("merge", inbox, "-o", "county.xlsx", folder=tmp_path)
    assert merged["exit_code"] == 3
    assert sorted(entry["code"] for entry in merged["refused"]) == ["F201", "F203", "F203"]
    unit = broken.name[:12]
    assert [entry["state"] for entry in merged["submissions"] if entry["unit"] == unit] == ["refused"]
    strict = facts("merge", inbox, "-o", "strict.xlsx", "--strict", folder=tmp_path)
    assert (strict["exit_code"], strict["outputs"], (tmp_path / "strict.xlsx").exists()) == (3, [], False)


def test_templates_go_out_and_come_back_empty(tmp_path: Path) -> None:
    units = Units.of([Unit(COUNTY, "示例县", True), Unit("990101101000", "示例县甲山乡", True), Unit("990101101201", "示例县甲山乡一村", True)])
    (tmp_path / "区划.csv").write_text("代码,名称,应报\n" + "".join(f"{unit.code},{unit.name},是\n" for unit in units), encoding="utf-8")
    assert ledger("new", "w", "--plan", "standard", "--units", "区划.csv", folder=tmp_path)[0] == 0
    made = facts("template", "-o", "w/发放", "--period", MONTH, "--workspace", "w", folder=tmp_path)
    assert [Path(output["path"]).name for output in made["outputs"]] == [f"{unit.code}_{MONTH}_{unit.name}.xlsx" for unit in units]
    back = facts("check", "w/发放", folder=tmp_path)
    assert {issue["code"] for issue in back["issues"] if issue["severity"] == "error"} == {"F105", "G101", "S202"}
    village = tmp_path / "w" / "发放" / f"990101101201_{MONTH}_示例县甲山乡一村.xlsx"
    ids = [row[0] for row in openpyxl.load_workbook(village)["孕产妇台账"].iter_rows(min_row=5, max_col=1, values_only=True) if row[0]]
    assert len(ids) == len(set(ids)) >= 40 and all(re.fullmatch(r"[A-DF-HJKM-NP-Z][A-DF-HJKM-NP-Z2-9]{5}", number) for number in ids)
