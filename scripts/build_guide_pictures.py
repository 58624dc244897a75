"""Draw the pictures of the guides from the sample county: docs/guide/pictures/*.png.

    .venv/bin/python scripts/build_guide_pictures.py [NAME…]

Needs LibreOffice, pdftoppm, Chromium, Carlito and a Chinese font (scripts/test.py brings them). What other programs draw differs from one version
to the next, so these files are not compared by a test: run this when templates or commands change their look, and look at every picture.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import setup

PICTURES = setup.ROOT / "docs" / "guide" / "pictures"
SAMPLES = setup.ROOT / "samples"
DOTS = 120  # per inch of the printed sheet
EDGE = 6  # white left round a picture, in its own dots
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Shot:
    """A part of a sheet. `book`: makes or finds the workbook, given a working folder; `rows`: heights are the sheet's own."""

    book: Callable[[Path], Path]
    sheet: str
    cells: str


def village(_: Path) -> Path:
    return min((SAMPLES / "villages" / "2025-09").glob("990101101201_*.xlsx"))


def faulty(work: Path) -> Path:
    """The sample village's workbook with two slips a clerk may make, both in the service book of people who do not exist."""
    book = _opened(village(work))
    sheet = book["孕产妇台账"]
    sheet["D5"] = "12月20日"
    sheet["E7"] = None
    path = work / "一村.xlsx"
    book.save(path)
    book.close()
    return path


def annotated(work: Path) -> Path:
    """The same as `ledger check --annotate` hands it back; an office ledger has slips too, since those of the service book stay in the village."""
    book = _opened(village(work))
    book["孕产妇台账"]["D5"] = "12月20日"
    book["工作记录"]["C5"] = "9月20日"
    book["工作记录"]["D6"] = "公示栏"
    book["包保名单"]["G5"] = "12"
    path = work / "甲山乡一村.xlsx"
    book.save(path)
    book.close()
    _ledger(work, "check", path.name, "--annotate", "退回", "--force")
    return next((work / "退回").glob("*.xlsx"))


def submission(work: Path) -> Path:
    shutil.copy(village(work), work / "一村.xlsx")
    _ledger(work, "release", "一村.xlsx", "-o", "上报", "--force")
    return next((work / "上报").glob("*.xlsx"))


def township(_: Path) -> Path:
    return SAMPLES / "out" / "2025-09" / "township_990101101000.xlsx"


def summary(_: Path) -> Path:
    return SAMPLES / "out" / "2025-09" / "summary.xlsx"


SHOTS = {
    "cover": Shot(faulty, "封面", "A1:J19"),
    "rows": Shot(faulty, "孕产妇台账", "A1:J9"),
    "issues": Shot(annotated, "问题清单", "A1:K8"),
    "leaves": Shot(submission, "服务台账", "A1:O10"),
    "received": Shot(township, "上报情况", "A1:S12"),
    "balance": Shot(township, "对账", "A1:O12"),
    "summary": Shot(summary, "月度汇总", "A1:T12"),
}


def draw(name: str, shot: Shot, work: Path) -> None:
    """The part alone on one page, printed by LibreOffice, cut to what is on it."""
    book = _opened(shot.book(work))
    for sheet in book:
        sheet.sheet_state = "visible" if sheet.title == shot.sheet else "hidden"
        sheet.print_area = None  # LibreOffice prints hidden sheets too where they have one
    sheet = book[shot.sheet]
    book.active = book.index(sheet)
    sheet.print_area = shot.cells
    sheet.print_title_rows = None
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 1, 1, True
    for part in (sheet.oddHeader, sheet.oddFooter):
        part.left.text = part.center.text = part.right.text = None
    alone = work / f"{name}.xlsx"
    book.save(alone)
    book.close()
    profile = (work / "profile").as_uri()
    _run("soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir", str(work), str(alone))
    cut(work / f"{name}.pdf", PICTURES / f"{name}.png")


def cut(pdf: Path, picture: Path) -> None:
    """The first page as a PNG without its white edges."""
    stem = pdf.with_suffix("")
    _run("pdftoppm", "-r", str(DOTS), "-f", "1", "-l", "1", "-singlefile", str(pdf), str(stem))
    left, top, right, bottom = inked(stem.with_suffix(".ppm").read_bytes())
    place = {"-x": max(0, left - EDGE), "-y": max(0, top - EDGE), "-W": right - left + 2 * EDGE, "-H": bottom - top + 2 * EDGE}
    words = [word for option, value in place.items() for word in (option, str(value))]
    _run("pdftoppm", "-png", "-r", str(DOTS), "-f", "1", "-l", "1", "-singlefile", *words, str(pdf), str(picture.with_suffix("")))


def inked(ppm: bytes) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of all that is not white in a PPM (P6)."""
    header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", ppm)
    if header is None:
        raise SystemExit("pdftoppm wrote no P6 picture")
    width, height, start = int(header[1]), int(header[2]), header.end()
    rows = [ppm[start + 3 * width * row:start + 3 * width * (row + 1)] for row in range(height)]
    full = [number for number, row in enumerate(rows) if row.strip(b"\xff")]
    left = min((len(rows[number]) - len(rows[number].lstrip(b"\xff"))) // 3 for number in full)
    right = max(len(rows[number].rstrip(b"\xff")) // 3 for number in full)
    return left, full[0], right, full[-1] + 1


def page(work: Path) -> None:
    """The check report as a browser shows it."""
    shutil.copy(annotated(work), work / "一村.xlsx")
    _ledger(work, "check", "甲山乡一村.xlsx", "--report", "报告.html", "--force")
    program = next((found for one in CHROMIUM if (found := shutil.which(one))), "chromium")
    _run(program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={work / 'browser'}", "--window-size=1100,880",
         f"--screenshot={PICTURES / 'report.png'}", (work / "报告.html").as_uri())


def _opened(path: Path) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, rich_text=True)


def _ledger(work: Path, *words: str) -> None:
    environ = {**os.environ, "LEDGER_LANG": "zh", "PYTHONPATH": str(setup.ROOT)}
    done = subprocess.run([sys.executable, "-m", "toolkit", *words, "--workspace", str(SAMPLES)], cwd=work, env=environ, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode(errors="replace") + done.stdout.decode(errors="replace"))


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def main(names: list[str]) -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, shot in SHOTS.items():
            if not names or name in names:
                work = Path(folder) / name
                work.mkdir()
                draw(name, shot, work)
                print(f"√ {name}.png　{(PICTURES / f'{name}.png').stat().st_size // 1024} KB", flush=True)
        if not names or "report" in names:
            work = Path(folder) / "report"
            work.mkdir()
            page(work)
            print(f"√ report.png　{(PICTURES / 'report.png').stat().st_size // 1024} KB", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
