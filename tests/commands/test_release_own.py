"""What our own commands write passes `ledger release`; working files are refused as publications, each with its reason."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.run import ROOT, facts, ledger

SAMPLES, MONTH, VILLAGE = ROOT / "samples", "2025-09", "990101101201_2025-09_示例县甲山乡一村.xlsx"
OUT = Path("out") / MONTH
SEED = "40317255601883462975"


def saved(source: Path, target: Path, change: Any) -> Path:
    """A workbook that somebody opened, changed and saved, without a name of theirs in it."""
    book = openpyxl.load_workbook(source)
    book.properties.creator = book.properties.lastModifiedBy = ""
    change(book)
    book.save(target)
    book.close()
    return target


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed fictional county, and what other commands make of it."""
    folder = tmp_path_factory.mktemp("own") / "县"
    shutil.copytree(SAMPLES, folder)
    inbox, village = f"inbox/{MONTH}", f"villages/{MONTH}/{VILLAGE}"
    saved(folder / village, folder / "电话写错.xlsx", lambda book: book["孕产妇台账"].__setitem__("C5", "12345"))
    for words in (
        ("template", "-o", "发放", "--period", "2025-10"), ("release", village, "-o", "上报"),
        ("check", inbox, "--report", "检查.xlsx"), ("check", inbox, "--report", "检查.html", "--json", "检查.json"),
        ("check", "电话写错.xlsx", "--report", "本村检查.xlsx"), ("check", "电话写错.xlsx", "--report", "本村检查.html", "--json", "本村检查.json"),
        ("sample", "draw", OUT / "frame.txt", "--period", MONTH, "--seed", SEED, "-o", "抽样.xlsx", "--public", "公布.xlsx", "--certificate", "证书.json",
         "--html", "核对.html"),
        ("sample", "draw", OUT / "frame.txt", "--period", MONTH, "--seed", SEED[::-1], "-o", "抽样2.xlsx", "--public", "公布.html"),
        ("sample", "result", "抽样.xlsx", OUT / "county.xlsx", "-o", "走访.xlsx", "--html", "走访.html"),
        ("merge", OUT / "county.xlsx", "-o", "再汇总.xlsx", "--to", "prefecture", "--json", "再汇总.json"), ("privacy", "--unit", "示例县", "-o", "评估"),
        ("summary", OUT / "county.xlsx", "-o", "汇总.xlsx", "--json", "汇总.json"),
        ("summary", OUT / "township_990101101000.xlsx", "-o", "乡汇总.xlsx", "--json", "乡汇总.json"),
    ):
        code, _, err = ledger(*words, folder=folder)
        assert code in (0, 1), (words, err)
    return folder


def said(folder: Path, *words: str | Path) -> dict[str, list[str]]:
    """File -> what is said of it: code and reason."""
    found = facts("release", *words, folder=folder)
    files: dict[str, list[str]] = {}
    for one in found["issues"]:
        files.setdefault(one["file"], []).append(one["code"])
    assert {one["file"] for one in found["refused"]} == set(files)
    return files


def test_what_we_write_passes(county: Path) -> None:
    passing = [*(county / "发放").iterdir(), *(county / "上报").iterdir(), *(county / "评估").iterdir(),
               *(ROOT / "templates" / "xlsx").glob("*.xls[xm]"),
               *(county / OUT / name for name in ("summary.xlsx", "summary.html", "summary.docx", "checklist.xlsx")),
               *(county / name for name in ("检查.xlsx", "检查.html", "检查.json", "公布.xlsx", "公布.html", "走访.xlsx", "走访.html", "汇总.xlsx", "汇总.json",
                                        "乡汇总.xlsx", "乡汇总.json")),
               *(county / "inbox" / MONTH / "990101000000").iterdir()]
    assert len(passing) > 20
    assert [path.name for path in (county / "上报").iterdir()] == ["990101101201_2025-09_v0_上报.xlsx"]
    assert said(county, *passing) == {}


def test_working_files_are_none_for_publication(county: Path) -> None:
    working = {"county.xlsx": "汇总工作簿", "township_990101101000.xlsx": "汇总工作簿", "frame.txt": "抽样框", "抽样.xlsx": "抽样工作簿", "证书.json": "抽样工作簿", "核对.html": "抽样工作簿",
               "sample.html": "抽样工作簿", "再汇总.json": "汇总工作簿"}
    paths = [next(path for path in (county / OUT / name, county / name) if path.exists()) for name in working]
    found = facts("release", *paths, "-o", "不该有", folder=county)
    assert (found["exit_code"], found["outputs"], [one["code"] for one in found["issues"]]) == (3, [], ["H203"] * len(working))
    reasons = {one["file"]: one["message"] for one in found["issues"]}
    assert all(word in reasons[file] for file, word in working.items())


def test_a_report_about_the_service_book_is_the_villages_alone(county: Path) -> None:
    found = said(county, "本村检查.xlsx", "本村检查.html", "本村检查.json")
    assert {file: set(codes) for file, codes in found.items()} == {name: {"H205"} for name in ("本村检查.xlsx", "本村检查.html", "本村检查.json")}


def test_a_copy_of_the_service_book_is_found_wherever_it_stands(county: Path) -> None:
    village = openpyxl.load_workbook(county / "villages" / MONTH / VILLAGE)
    rows = [[cell.value for cell in row] for row in village["孕产妇台账"].iter_rows(min_row=4, max_row=8)]
    village.close()

    def pasted(book: Any) -> None:
        sheet = book.create_sheet("附表")
        for row in rows:
            sheet.append(row)

    def banned(book: Any) -> None:
        for row in ((), ("单位", "身份证号", "次数"), ("示例县甲山乡", "样例", 3)):
            book["月度汇总"].append(row)

    assert said(county, saved(county / "汇总.xlsx", county / "夹带.xlsx", pasted))["夹带.xlsx"][0] == "H201"
    assert said(county, saved(county / "汇总.xlsx", county / "禁列.xlsx", banned)) == {"禁列.xlsx": ["H202"]}


def test_a_summary_in_which_somebody_wrote_a_hidden_number(county: Path) -> None:
    def opened(book: Any) -> None:
        sheet = book["月度汇总"]
        hidden = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "<5")
        hidden.value = 3

    found = said(county, saved(county / "汇总.xlsx", county / "改过.xlsx", opened))
    assert set(found["改过.xlsx"]) == {"H206"}


def test_what_was_given_out_before_counts(county: Path) -> None:
    """The township's own summary shows its counts to itself; given to the readers of the county's, it tells them what is hidden there."""
    found = said(county, "汇总.xlsx", "汇总.json", "--previous", "乡汇总.json")
    assert {file: set(codes) for file, codes in found.items()} == {"汇总.xlsx": {"H206"}, "汇总.json": {"H206"}}
    for earlier in ("汇总.xlsx", "汇总.json"):  # and the other way round
        assert said(county, "乡汇总.xlsx", "乡汇总.json", "--previous", earlier) == {"乡汇总.xlsx": ["H206"], "乡汇总.json": ["H206"]}
