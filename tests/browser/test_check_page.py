"""The check report in a real browser: its filters show what they say, and paper shows everything."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import toolkit.rules  # noqa: F401  the codes
from toolkit.files.html import page_of
from toolkit.model.issue import Issue, in_order
from toolkit.model.verdict import Verdict
from toolkit.steps.check_report import Checked, report

ONE, TWO, THREE = "990101101201", "990101101202", "990101101203"
NAMES = {ONE: "示例县甲山乡一村", TWO: "示例县甲山乡二村", THREE: "<b>示例县</b>甲山乡三村"}
DATE = (("col", "日期"), ("v", "不详"))
ISSUES = in_order([
    Issue("G102", "error", "works", ONE, "2025-09", "一.xlsx", "工作记录", 5, "C", "date", "a", DATE),
    Issue("G102", "error", "works", TWO, "2025-09", "二.xlsx", "工作记录", 6, "C", "date", "b", DATE),
    Issue("P121", "warning", "pregnancies", TWO, "2025-09", "二.xlsx", "孕产妇台账", 7, "C", "phone", "c", local=True),
    Issue("F115", "info", "", THREE, "2025-09", "三.xlsx"),
])


def chromium() -> str:
    program = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is needed here")
        pytest.skip("Chromium is not installed: nothing shows which articles are visible")
    return program


def browse(folder: Path, *words: str) -> str:
    command = [chromium(), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}", *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=120).stdout


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(report(Checked((Verdict("一.xlsx", "correct", ONE, errors=1),), ISSUES, [], NAMES, {}, {}))).decode()


#: Ticks a copy of the page, looks which articles (and which places in them) are drawn, and writes it into the title.
SCRIPT = """<script>
const seen = () => [...document.querySelectorAll("article")].filter(a => getComputedStyle(a).display !== "none").map(a =>
  a.className.split(" ")[1] + ":" + [...a.querySelectorAll("li")].filter(l => getComputedStyle(l).display !== "none").length);
const click = id => document.getElementById(id).click();
const all = {start: seen()};
click("s-error"); all.without_errors = seen(); click("s-error");
click("u0"); all.one = seen(); click("u1"); all.one_and_two = seen();
click("s-error"); all.one_and_two_without_errors = seen();
document.querySelector("button").click(); all.again = seen();
document.title = JSON.stringify(all);
</script>"""


def test_the_filters_show_what_they_say(page: str, tmp_path: Path) -> None:
    assert page.count("Content-Security-Policy") == 1 and "<script" not in page
    copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page).replace("</body>", SCRIPT + "</body>")
    (tmp_path / "copy.html").write_text(copy, encoding="utf-8")
    title = re.search("<title>(.*?)</title>", browse(tmp_path, "--dump-dom", (tmp_path / "copy.html").as_uri()))
    assert title is not None
    assert json.loads(title[1]) == {
        "start": ["error:2", "warning:1", "info:1"],
        "without_errors": ["warning:1", "info:1"],
        "one": ["error:1"],
        "one_and_two": ["error:2", "warning:1"],
        "one_and_two_without_errors": ["warning:1"],
        "again": ["error:2", "warning:1", "info:1"],
    }


def test_the_policy_of_the_page_stops_a_script(page: str, tmp_path: Path) -> None:
    (tmp_path / "copy.html").write_text(page.replace("</body>", SCRIPT + "</body>"), encoding="utf-8")
    assert "<title>检查报告</title>" in browse(tmp_path, "--dump-dom", (tmp_path / "copy.html").as_uri())


def test_paper_shows_everything(page: str, tmp_path: Path) -> None:
    filtered = page.replace('id="s-error" checked', 'id="s-error"').replace('class="only" id="u1"', 'class="only" id="u1" checked')
    assert filtered != page
    (tmp_path / "filtered.html").write_text(filtered, encoding="utf-8")
    browse(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'paper.pdf'}", (tmp_path / "filtered.html").as_uri())
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed: nothing reads the printed page")
    text = subprocess.run([program, "-layout", str(tmp_path / "paper.pdf"), "-"], capture_output=True, text=True, encoding="utf-8", check=True).stdout
    words = re.sub(r"\s", "", text)
    assert [name for name in ("G102", "P121", "F115", "C5", "C6", "C7", "<b>示例县</b>甲山乡三村") if name not in words] == []
    assert "全部显示" not in words
