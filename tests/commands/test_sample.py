"""The random visits through the command line: the order of events, the re-draw, what is told in the village and nowhere else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from scipy.stats import beta

from tests.commands.run import facts, ledger
from tests.commands.test_main_job import book_content, insides
from toolkit.files.intake import find
from toolkit.tasks import sample as task

MONTH, SEED = "2025-09", "40317255601883462975"
REDRAW = Path(__file__).with_name("redraw.py")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "county"
    assert ledger("demo", folder, "--villages", "12", "--mess", "none", folder=folder.parent)[0] == 0
    return folder


@pytest.fixture
def place(county: Path, tmp_path: Path) -> Path:
    """A workspace with the month's merged workbook, its frame, and no draw yet."""
    for name in ("plan.toml", "units.csv"):
        shutil.copy(county / name, tmp_path)
    for name in ("county.xlsx", "frame.txt"):
        shutil.copy(county / "out" / MONTH / name, tmp_path)
    return tmp_path


def draw(place: Path, *more: str, seed: str = SEED, out: str = "draw.xlsx") -> dict[str, Any]:
    return facts("sample", "draw", "frame.txt", "--period", MONTH, "--seed", seed, "-o", out, *more, folder=place)


def redrawn(place: Path, rate: str = "1/20", by: str = "township") -> list[str]:
    """The same draw by the script that uses nothing of the toolkit."""
    words = [sys.executable, str(REDRAW), "frame.txt", MONTH, SEED, rate, by]
    return subprocess.run(words, cwd=place, capture_output=True, text=True, check=True).stdout.splitlines()


def test_the_demo_draws_and_verifies(county: Path) -> None:
    out = county / "out" / MONTH
    made = facts("sample", "verify", out / "sample.xlsx", out / "frame.txt", folder=county)
    assert (made["exit_code"], made["counts"]["error"], (out / "sample.html").stat().st_size > 20_000) == (0, 0, True)


# ------------------------------------------------------------------------------------------------------------ frame


def test_the_frame_is_the_same_by_every_route(place: Path, county: Path) -> None:
    towns = sorted((county / "out" / MONTH).glob("township_*.xlsx"))
    made = {name: facts("sample", "frame", *paths, "-o", f"{name}.txt", folder=place) for name, paths in (
        ("county", ["county.xlsx"]), ("towns", towns), ("both", [*towns, "county.xlsx"]), ("folder", [county / "out" / MONTH]))}
    assert len({one["M"] for one in made.values()}) == 1
    assert (place / "towns.txt").read_bytes() == (place / "both.txt").read_bytes() == (place / "frame.txt").read_bytes()
    assert made["county"]["M"] == made["county"]["outputs"][0]["sha256"]
    lines = (place / "frame.txt").read_text(encoding="utf-8").splitlines()
    services = openpyxl.load_workbook(place / "county.xlsx")["服务台账"]
    tokens = [cell for row in services.iter_rows(values_only=True) for cell in row if isinstance(cell, str) and len(cell) == 12 and not cell.isdigit()]
    assert (len(lines), made["county"]["N"], sum(one["N"] for one in made["county"]["strata"])) == (made["county"]["N"],) * 3
    assert {line.split("\t")[1] for line in lines} >= set(tokens) - {cell for cell in tokens if cell.startswith("9901")}


def test_a_signed_frame_is_compared_with_the_merged_workbook(place: Path, county: Path) -> None:
    assert facts("sample", "frame", "county.xlsx", "--check", "frame.txt", folder=place)["exit_code"] == 0
    town = sorted((county / "out" / MONTH).glob("township_*.xlsx"))[0]
    fewer = facts("sample", "frame", town, "--check", "frame.txt", folder=place)
    assert (fewer["exit_code"], {issue["code"] for issue in fewer["issues"]}) == (1, {"R103"})
    assert facts("sample", "frame", "county.xlsx", folder=place)["exit_code"] == 2
    assert facts("sample", "frame", "county.xlsx", "-o", "frame.txt", folder=place)["exit_code"] == 2


def test_rows_that_cannot_enter_the_frame_stop_it(place: Path) -> None:
    """A township's own hand-made submission with one token twice and one missing."""
    from tests.tables import VILLAGE, book, submission
    from tests.tables import ledger as sheet
    from toolkit.steps.sample_frame import frame_of

    def issues(*tokens: str) -> list[str]:
        from tests.tables import union

        _, found = frame_of(union(book(submission(sheet("services", *({"token": token, "unit_code": VILLAGE} for token in tokens)))), merging=True))
        return [dict(issue.params)["why"] for issue in found]

    assert issues("0f1e2d3c4b5a", "1f1e2d3c4b5a") == []
    assert issues("0f1e2d3c4b5a", "0f1e2d3c4b5a", "~") == ["token_twice", "no_token"]


@pytest.mark.parametrize(("spoil", "repair"), [
    (lambda data: b"\xef\xbb\xbf" + data, "tail -c +4"), (lambda data: data.replace(b"\n", b"\r\n"), "tr -d"), (lambda data: data[:-1], "echo"),
    (lambda data: data + data.split(b"\n")[-2] + b"\n", "ledger sample frame"), (lambda data: data.replace(b"\t", b" "), "ledger sample frame"),
    (lambda data: b"\n".join(reversed(data.split(b"\n")[:-1])) + b"\n", "sort")])
def test_spoilt_frames_are_refused_with_what_to_do(place: Path, spoil: Any, repair: str) -> None:
    task.draw(place / "frame.txt", task.Asked(place / "draw.xlsx", MONTH, SEED))
    (place / "frame.txt").write_bytes(spoil((place / "frame.txt").read_bytes()))
    for refused in (task.draw(place / "frame.txt", task.Asked(place / "no.xlsx", MONTH, SEED + "1")), task.verify(place / "draw.xlsx", place / "frame.txt")):
        assert (refused.exit_code, [issue.code for issue in refused.refused], repair in refused.refused[0].message("zh")) == (3, ["R101"], True)
    assert not (place / "no.xlsx").exists()


# ------------------------------------------------------------------------------------------------------------- draw


@pytest.mark.parametrize("by", ["township", "county"])
def test_the_draw_is_that_of_the_independent_script(place: Path, by: str) -> None:
    made = draw(place, "--by", by)
    taken = [f"{kind} {one['ticket']} {one['unit']} {one['token']}" for kind, name in (("drawn", "drawn"), ("reserve", "reserves")) for one in made[name]]
    said = redrawn(place, by=by)
    assert (f"M {made['M']}", sorted(taken)) == (said[0], sorted(said[1:]))
    assert {"algorithm", "period", "M", "N", "S", "rate", "strata", "drawn", "reserves"} <= set(made)
    assert (made["rate"], made["n"], sum(one["n"] for one in made["strata"])) == ("1/20", len(made["drawn"]), len(made["drawn"]))


def test_the_order_of_events_is_guarded(place: Path) -> None:
    signed = facts("sample", "frame", "county.xlsx", "-o", "again.txt", folder=place)["M"]
    for words in (("--expect", "0" * 64), ("--by", "village"), ("--public", "public.txt")):
        assert ledger("sample", "draw", "frame.txt", "--period", MONTH, "--seed", SEED, "-o", "draw.xlsx", *words, folder=place)[0] == 2
    for seed in (SEED[:19], "4031 72556 01883 46297 5", ""):
        assert draw(place, seed=seed)["exit_code"] == 2
    assert not (place / "draw.xlsx").exists() and not (place / "sample-log.csv").exists()
    grouped = " ".join(signed[at:at + 8].upper() for at in range(0, 64, 8))
    assert draw(place, "--expect", grouped)["exit_code"] == 0
    assert draw(place, out="second.xlsx")["exit_code"] == 2  # the seed has served
    assert draw(place, "--allow-used-seed")["exit_code"] == 2  # the output is there
    assert draw(place, "--allow-used-seed", "--force")["exit_code"] == 0
    assert draw(place, "--allow-weak-seed", seed="0123", out="weak.xlsx")["exit_code"] == 0
    log = (place / "sample-log.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in log[1:]] == ["1", "2", "3"]
    assert [line.split(",")[3].strip() for line in log[1:]] == [SEED, SEED, "0123"]
    (place / "sample-log.csv").write_text("something else\n", encoding="utf-8")
    assert draw(place, seed=SEED + "9", out="third.xlsx")["exit_code"] == 2


def test_equal_draws_have_equal_bytes(place: Path) -> None:
    first, second = draw(place, "--html", "a.html"), draw(place, "--html", "b.html", "--allow-used-seed", out="second.xlsx")
    assert [one["sha256"] for one in first["outputs"]] == [one["sha256"] for one in second["outputs"]]


@pytest.mark.parametrize(("seed", "made"), [
    ("第一轮e\u0301" + SEED, "骰子"), ("=1+1;" + SEED, "=HYPERLINK(1)"), ("00000000000000000001", "_x0041_ \x01\ud800 \u200b\n<b>&"), ("1E5" + "0" * 20, "（括号）种子S")])
def test_strange_text_survives_every_file(place: Path, seed: str, made: str) -> None:
    asked = task.Asked(place / "draw.xlsx", MONTH, seed, made=made, certificate=place / "c.json", html=place / "c.html", public=place / "p.xlsx")
    assert task.draw(place / "frame.txt", asked).exit_code == 0
    facts_ = json.loads((place / "c.json").read_text(encoding="utf-8"))
    assert facts_["S"] == seed.replace("e\u0301", "é")
    for file in ("draw.xlsx", "c.json"):
        again = task.verify(place / file, place / "frame.txt")
        assert (again.exit_code, again.extra) == (0, facts_)


def test_too_few_who_agreed_is_said(place: Path) -> None:
    lines = list((place / "frame.txt").read_text(encoding="utf-8").splitlines(keepends=True))
    town = lines[0][:9]
    few = [line if not line.startswith(town) or number < 1 else line.replace("\ty", "\tn") for number, line in enumerate(sorted(lines))]
    (place / "frame.txt").write_bytes("".join(few).encode())
    made = draw(place)
    assert [(issue["code"], issue["severity"]) for issue in made["issues"]] == [("R104", "warning")]
    assert made["exit_code"] == 0 and made["strata"][0]["n"] < made["strata"][0]["needed"]
    assert "不足5%" in text_of(place / "draw.xlsx", "抽样证书")


def text_of(path: Path, sheet: str) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell) for row in book[sheet].iter_rows(values_only=True) for cell in row if cell is not None)


def test_the_published_form_hides_villages_and_small_strata(place: Path) -> None:
    lines = (place / "frame.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    towns = sorted({line[:9] for line in lines})
    kept = [line for town in towns for line in [one for one in lines if one.startswith(town)][:3 if town == towns[0] else 40]]
    (place / "frame.txt").write_bytes("".join(sorted(kept)).encode())
    made = draw(place, "--public", "public.xlsx")
    draw(place, "--public", "public.html", "--allow-used-seed", out="second.xlsx")
    for shown in (text_of(place / "public.xlsx", "公布"), (place / "public.html").read_text(encoding="utf-8").replace("&lt;", "<")):
        assert "<5" in shown and made["M"] in shown and SEED in shown and all(one["ticket"] in shown for one in (*made["drawn"], *made["reserves"]))
        assert [one for one in (*made["drawn"], *made["reserves"]) if one["unit"] in shown or one["token"] in shown] == []
        assert "一村" not in shown and "二村" not in shown
        assert "＊" in shown and "40" not in re.findall(r"\b\d+\b", shown)  # with the total, it would tell the small stratum's


def test_a_frame_without_a_line_is_drawn_and_verified(place: Path) -> None:
    (place / "frame.txt").write_bytes(b"")
    made = draw(place, "--public", "public.xlsx")
    assert (made["exit_code"], made["N"], made["drawn"], made["strata"]) == (0, 0, [], [])
    assert facts("sample", "verify", "draw.xlsx", "frame.txt", folder=place)["exit_code"] == 0


# ----------------------------------------------------------------------------------------------------------- verify


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    """The workbook opened and saved again by LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("needs LibreOffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([program, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "saved", path], check=True,
                   capture_output=True)
    return folder / "saved" / path.name


def test_a_draw_saved_again_by_libreoffice_still_verifies(place: Path) -> None:
    made = draw(place)
    saved = saved_by_libreoffice(place / "draw.xlsx", place)
    again = facts("sample", "verify", saved, "frame.txt", folder=place)
    assert again["exit_code"] == 0
    assert {name: again[name] for name in again if name in ("M", "N", "S", "digest", "strata", "drawn", "reserves")} == {
        name: made[name] for name in made if name in ("M", "N", "S", "digest", "strata", "drawn", "reserves")}
    assert facts("sample", "verify", saved, folder=place)["exit_code"] == 1
    assert {why for _, why in find([saved.parent]).passed_over} == {"report"}  # no input of a merge, whoever saved it


def test_verify_says_what_differs(place: Path) -> None:
    draw(place, "--certificate", "c.json")
    assert facts("sample", "verify", "c.json", "frame.txt", folder=place)["exit_code"] == 0
    alone = facts("sample", "verify", "draw.xlsx", folder=place)
    assert (alone["exit_code"], [issue["code"] for issue in alone["issues"]]) == (1, ["R202"])
    for sheet, old, new in (("抽样证书", SEED, SEED[:-1] + "6"), ("抽样证书", "1/20（5%，每层向上取整）", "1/10（10%，每层向上取整）"),
                            ("走访表", None, "0" * 64), ("走访名单", None, "01234567")):
        book = openpyxl.load_workbook(place / "draw.xlsx")
        cells = [cell for row in book[sheet].iter_rows() for cell in row if isinstance(cell.value, str) and (
            cell.value == old or (old is None and len(cell.value) == len(new) and set(cell.value) <= set("0123456789abcdef")))]
        cells[0].value = new
        book.save(place / "changed.xlsx")
        found = facts("sample", "verify", "changed.xlsx", "frame.txt", folder=place)
        assert (sheet, found["exit_code"], {issue["code"] for issue in found["issues"]}) == (sheet, 1, {"R201"})
    certificate = json.loads((place / "c.json").read_text(encoding="utf-8"))
    certificate["drawn"][0], certificate["reserves"][0] = certificate["reserves"][0], certificate["drawn"][0]
    (place / "forged.json").write_text(json.dumps(certificate), encoding="utf-8")
    assert facts("sample", "verify", "forged.json", "frame.txt", folder=place)["exit_code"] == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"{}", b'{"S": "\\ud800"}',
                                     b"{" + b'"a":[' * 50_000, b"PK\x03\x04 broken", b"hello", b'{"N": 1e999}', b"\xff{"])
def test_files_that_are_no_draw(place: Path, content: bytes) -> None:
    (place / "strange.json").write_bytes(content)
    for strange in ("strange.json", "county.xlsx", "frame.txt"):
        outcome = task.verify(place / strange, place / "frame.txt")
        assert outcome.exit_code in (1, 3) and (outcome.issues or outcome.refused)
        json.dumps([outcome.extra, *(issue.as_json("zh") for issue in (*outcome.issues, *outcome.refused))], ensure_ascii=False).encode()


# ------------------------------------------------------------------------------------------------------ in the village


def test_the_village_is_told_on_screen_and_nowhere_else(place: Path, county: Path) -> None:
    made = draw(place)
    villages = sorted((county / "villages" / MONTH).iterdir())
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*")}
    private = set().union(*map(book_content, villages))
    code, out, err = ledger("sample", "forms", "draw.xlsx", *villages, folder=place)
    everyone = [*made["drawn"], *made["reserves"]]
    assert (code, err, out.count("票号")) == (0, "", len(everyone)) and all(one["ticket"][:8] in out for one in everyone)
    told = {word for word in private if word in out}
    said = json.dumps(facts("sample", "forms", "draw.xlsx", *villages, folder=place), ensure_ascii=False)
    assert [word for word in private if word in said] == []
    assert before == {path: path.stat().st_mtime_ns for path in place.rglob("*")}
    assert len(told) == len(made["drawn"]) + len(made["reserves"])  # numbers of records, no name and no phone
    assert [word for word in told if len(word) != 6 or not word.isascii()] == []
    for path in place.iterdir():
        assert [word for word in private if word.encode() in insides(path)] == []


def test_a_workbook_with_answers_is_not_used_in_the_village(place: Path, county: Path) -> None:
    draw(place)
    village = sorted((county / "villages" / MONTH).iterdir())[0]
    code, out, err = ledger("sample", "forms", filled(place, {0: (None, "0 否")}), village, folder=place)
    assert (code, "票号" in out + err) == (2, False)


def test_only_the_months_own_village_workbook_is_told(place: Path, county: Path) -> None:
    draw(place)
    for other in (next((county / "inbox" / MONTH).rglob("*_上报.xlsx"), county / "out" / MONTH / "county.xlsx"), place / "county.xlsx"):
        refused = facts("sample", "forms", "draw.xlsx", other, folder=place)
        assert refused["exit_code"] == 3 and {entry["code"] for entry in refused["refused"]} <= {"F206", "F107"}


def test_a_workbook_and_its_own_submission_are_not_told_together(place: Path, county: Path) -> None:
    draw(place)
    village = sorted((county / "villages" / MONTH).iterdir())[0]
    assert ledger("release", village, "-o", "上报", folder=place)[0] == 0
    code, out, err = ledger("sample", "forms", "draw.xlsx", village, next((place / "上报").iterdir()), folder=place)
    assert (code, "上报本不能一起给" in err, "票号" in out + err) == (2, True, False)


def test_each_number_told_is_the_one_drawn(place: Path, county: Path) -> None:
    from toolkit.steps.minimise import token

    made = draw(place)
    village = next(path for path in sorted((county / "villages" / MONTH).iterdir()) if any(one["unit"] == path.name[:12] for one in made["drawn"]))
    _, out, _ = ledger("sample", "forms", "draw.xlsx", village, folder=place)
    book = openpyxl.load_workbook(village)
    key = next(cell for row in book["本册密钥"].iter_rows(values_only=True) for cell in row if cell)
    numbers = [row[0] for row in book["孕产妇台账"].iter_rows(min_row=5, values_only=True) if row[1]]
    tickets = {one["token"]: one["ticket"][:8] for one in (*made["drawn"], *made["reserves"]) if one["unit"] == village.name[:12]}
    wanted = {(number, tickets[found]) for number in numbers if (found := token(MONTH, village.name[:12], key, number)) in tickets}
    assert wanted == {tuple(line.split("编号 ")[1].split("　")[0::1][:1]) + (line.split("票号 ")[1][:8],) for line in out.splitlines() if "编号" in line}


# ----------------------------------------------------------------------------------------------------------- results


def filled(place: Path, answers: dict[int, tuple[Any, ...]], name: str = "filled.xlsx") -> Path:
    """The draw's workbook with results typed in: rows counted from 0 in the order of the sheet; (result, third answer)."""
    book = openpyxl.load_workbook(place / "draw.xlsx")
    sheet = book["走访结果"]
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "票号")
    columns = {str(cell.value).split("\n")[0]: cell.column for cell in sheet[head]}
    for at, (result, served) in answers.items():
        row = head + 1 + at
        sheet.cell(row, columns["结果"]).value = result
        sheet.cell(row, columns["本月是否得到服务"]).value = served
        sheet.cell(row, columns["走访人"]).value = "样例走访人"
    book.save(place / name)
    return place / name


def order(place: Path) -> list[tuple[str, str]]:
    """Ticket and kind of each row of the result sheet."""
    rows = openpyxl.load_workbook(place / "draw.xlsx")["走访结果"].iter_rows(values_only=True)
    return [(str(row[0]), str(row[2])) for row in rows if row[2] and str(row[2])[:2] in ("抽中", "候补")]


def test_both_rates_are_those_of_a_slow_count(place: Path) -> None:
    made = draw(place)
    rows = order(place)
    drawn = [at for at, (_, kind) in enumerate(rows) if kind == "抽中"]
    first_reserve = next(at for at, (_, kind) in enumerate(rows) if kind == "候补1")
    answers: dict[int, tuple[Any, ...]] = dict.fromkeys(drawn, ("1 已完成", "1 是"))
    answers[drawn[0]] = ("2 未完成", None)
    answers[first_reserve] = ("1", "否")
    answers[drawn[1]] = ("1 已完成", "0 否")
    answers[drawn[2]] = ("1 已完成", None)
    shown = facts("sample", "result", filled(place, answers), "county.xlsx", "-o", "result.xlsx", "--html", "result.html", folder=place)
    assert (shown["exit_code"], shown["settled"], shown["drawn"], shown["no_answer"], shown["certified"]) == (0, len(drawn), len(drawn), 1, True)
    services = openpyxl.load_workbook(place / "county.xlsx")["服务台账"]
    table = list(services.iter_rows(values_only=True))
    head = next(row for row in table if "当月记号" in [str(cell).split("\n")[0].lstrip("＊") for cell in row])
    at = {str(cell).split("\n")[0].lstrip("＊"): number for number, cell in enumerate(head)}
    offered = {row[at["当月记号"]]: str(row[at["已问候"]]) for row in table}
    token = {one["ticket"][:8]: one["token"] for one in (*made["drawn"], *made["reserves"])}
    faults = [row for row in (drawn[1], first_reserve) if offered[token[rows[row][0]]].startswith(("1", "是"))]
    expected = {"drawn": (sum(row != first_reserve for row in faults), len(drawn) - 1), "completed": (len(faults), len(drawn) - 1)}
    for rate in shown["rates"]:
        if rate["stratum"] is None:
            n, d = expected[rate["basis"]]
            low, high = (0.0 if not n else beta.ppf(0.025, n, d - n + 1)), beta.ppf(0.975, n + 1, d - n)
            assert (rate["n"], rate["d"], round(rate["low"], 9), round(rate["high"], 9)) == (n, d, round(low, 9), round(high, 9))
        else:
            assert rate["suppressed"] is True and rate["n"] is None  # strata of fewer than ten are not told apart
    assert [(item["item"], item["n"], item["d"]) for item in shown["items"]][0] == ("C-19", len(drawn), len(drawn))
    assert {(item["unit"], item["n"], item["done"]) for item in shown["items"][1:]} == {(one["unit"], None, True) for one in made["drawn"]}
    text = text_of(place / "result.xlsx", "走访结果") + (place / "result.html").read_text(encoding="utf-8") + repr(shown)
    assert [one for one in (*made["drawn"], *made["reserves"]) if one["ticket"][:8] in text or one["token"] in text] == []
    assert "样例走访人" not in text


def test_results_out_of_order_or_not_understood_are_said(place: Path) -> None:
    draw(place)
    rows = order(place)
    second = next(at for at, (_, kind) in enumerate(rows) if kind == "候补2")
    early = facts("sample", "result", filled(place, {0: ("2 未完成", None), 1: ("2 未完成", None), second: ("1 已完成", "1 是")}), "county.xlsx", folder=place)
    assert (early["exit_code"], [issue["code"] for issue in early["issues"]]) == (1, ["R302"])
    right = facts("sample", "result", filled(place, {0: ("2 未完成", None), 1: ("2 未完成", None), second - 1: ("2", None), second: ("1 已完成", "1 是")}), "county.xlsx",
                  folder=place)
    assert (right["exit_code"], right["issues"]) == (0, [])
    typed = facts("sample", "result", filled(place, {0: ("家里没人", None), 1: ("1 已完成", "大概")}), "county.xlsx", folder=place)
    assert [(issue["code"], issue["column"]) for issue in typed["issues"]] == [("R301", "F"), ("R301", "I")]
    assert "家里没人" not in repr(typed)


def test_too_few_answers_give_no_rate(place: Path) -> None:
    draw(place)
    few = facts("sample", "result", filled(place, {0: ("1 已完成", "0 否")}), "county.xlsx", folder=place)
    assert {(rate["n"], rate["d"], rate["low"]) for rate in few["rates"]} == {(None, None, None)}
    assert few["no_answer"] is None


def test_a_merged_workbook_of_another_draw_is_said(place: Path, county: Path) -> None:
    draw(place)
    town = sorted((county / "out" / MONTH).glob("township_*.xlsx"))[0]
    other = facts("sample", "result", filled(place, {}), town, folder=place)
    assert other["exit_code"] == 1 and {issue["code"] for issue in other["issues"]} == {"R103", "R303"}


def test_english_is_english(place: Path) -> None:
    code, out, err = ledger("sample", "draw", "frame.txt", "--period", MONTH, "--seed", SEED, "-o", "draw.xlsx", folder=place, language="en")
    assert code == 0 and "K = " in out + err and not any("\u4e00" <= sign <= "\u9fff" for sign in out)
    assert os.path.exists(place / "draw.xlsx")
