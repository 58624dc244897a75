"""The summary page in a real browser: nothing is fetched, nothing fails, it fits narrow and wide screens and prints on A4."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from toolkit.files.html import page_of
from toolkit.model.report import Chart, ChartRow, Column, Fact, Facts, Page, Report, Series, Table, Text, row

BROWSER = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here")

BARS = Chart("bars", "上报　已报/应报（单位）", ("甲山乡　5/5", "乙水镇　2/4"), (Series("已报率", (1.0, 0.5)),), "已报与应报之比", percent=True)
COLUMNS = Chart("columns", "活产数　按性别（全县）", ("一孩", "二孩"), (Series("男", (78, None)), Series("女", (72, 55), "hatch")), "按性别")
FUNNEL = Chart("funnel", "出生性别比与出生数", (), (Series("正常水平 106", (106, 106), "line", places=(1000, 2600)),
               Series("全县", (104.9, 109.6), "points", ("2024 104.9", "2023 109.6"), (1300, 1400))), "漏斗图", axis="一年出生数 N")


def report() -> Report:
    table = Table(tuple(Column(f"栏目{at}", "number") for at in range(14)), tuple(row(*range(14)) for _ in range(30)), "各乡镇")
    return Report("样例月度汇总", (Page("月度汇总", "各乡镇", (Facts((Fact("服务在册", "395"),)), table, Text(("不对任何个人作出评价或决定。",), "note"))),
                                    Page("图表", "图", (ChartRow((BARS, COLUMNS)), ChartRow((FUNNEL,))))), ("示例县",), ("内部工作用表",))


def browse(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Chromium with a profile of its own in the test's folder and no network."""
    assert BROWSER is not None
    return subprocess.run([BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                           f"--user-data-dir={folder / 'profile'}", "--proxy-server=127.0.0.1:9", "--enable-logging=stderr", "--v=0", *words],
                          capture_output=True, text=True, check=True, timeout=120, env={**os.environ, "HOME": str(folder)})


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(page_of(report()))
    return path


def test_it_loads_without_a_complaint(page: Path, tmp_path: Path) -> None:
    done = browse(tmp_path, "--dump-dom", page.as_uri())
    assert not re.findall(r"CONSOLE.*", done.stderr)
    assert done.stdout.count("<svg") == 3
    assert re.search(r"<rect[^>]+fill=\"url\(#h\d+\)\"", done.stdout)
    assert "不对任何个人作出评价或决定" in done.stdout


@pytest.mark.parametrize("width", [500, 1120])
def test_it_is_drawn_at_any_width(page: Path, tmp_path: Path, width: int) -> None:
    picture = tmp_path / "page.png"
    browse(tmp_path, f"--window-size={width},1400", "--hide-scrollbars", f"--screenshot={picture}", page.as_uri())
    assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert picture.stat().st_size > 20_000


def test_it_prints_on_a4_with_its_words_in_it(page: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "page.pdf"
    browse(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
    data = pdf.read_bytes()
    boxes = {tuple(round(float(number)) for number in found.split()) for found in re.findall(r"/MediaBox\s*\[([\d. ]+)\]", data.decode("latin-1"))}
    assert {box[2:] for box in boxes} <= {(595, 842), (596, 842), (595, 841)}
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") + data.count(b"/Type /Page/") in range(1, 6)
