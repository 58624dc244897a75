"""The guides: every command they name exists with its options, every picture is there, one page is one page."""

from __future__ import annotations

import html
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import build_guide
import click
import pytest

from tests.browser.chromium import PROGRAM, QUIET, needs_chromium
from toolkit.cli.commands import ledger

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
PAGES = sorted(GUIDE.glob("*.html"))
#: What people find on the ribbon's tab 台账.
VILLAGE_BUTTONS = {"检查本表", "检查全簿", "准备上报", "结转下月", "删除一人", "未来30天可提供的服务", "撤销标记"}
OFFICE_BUTTONS = {"完整检查", "合并文件夹", "月报", "验收清单", "抽样", "打开说明"}


def text(name: str) -> str:
    return (GUIDE / name).read_text(encoding="utf-8")


def commands(page: str) -> list[str]:
    plain = (html.unescape(re.sub(r"<[^>]+>", "", code)) for code in re.findall(r"<code>(.*?)</code>", page, re.S))
    return [code for code in plain if code.startswith("ledger ")]


def fault(words: list[str]) -> str:
    """What is wrong with a command as typed: no such command or option, an option it cannot do without; "" where nothing is."""
    command: click.Command = ledger
    context = click.Context(ledger, info_name="ledger")
    while isinstance(command, click.Group):
        if not words or words[0] not in command.commands:
            return f"no command {words[:1]}"
        command = command.commands[words[0]]
        context = click.Context(command, info_name=words[0], parent=context)
        words = words[1:]
    try:
        given, left, _ = command.make_parser(context).parse_args(list(words))
    except click.UsageError as error:
        return error.format_message()
    missing = [one.name for one in command.params if one.required and not (isinstance(value := given.get(one.name or ""), str | tuple | list) and value)]
    return f"missing {missing}" if missing else "too many words" if left else ""


def test_there_are_guides() -> None:
    assert [page.stem for page in PAGES] == ["install", "officer-10th", "release-check", "village-month"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_exist(page: Path) -> None:
    named = commands(text(page.name))
    assert named
    assert [(name, said) for name in named if (said := fault(shlex.split(name)[1:]))] == []


def test_the_look_for_faults_finds_them() -> None:
    assert [bool(fault(words.split())) for words in ("chek a.xlsx", "check a.xlsx --anotate b", "carry a.xlsx", "sample frm a", "plan", "check")] == [True] * 6
    assert [fault(words.split()) for words in ("check a.xlsx --annotate b", "carry a.xlsx -o b", "menu")] == ["", "", ""]


def test_every_step_with_a_button_has_a_way_without() -> None:
    for name in ("village-month.html", "officer-10th.html"):
        rows = re.findall(r"<tr>(<td class=\"n\">.*?)</tr>", text(name), re.S)
        assert len(rows) >= 6
        assert [row for row in rows if "<kbd>" in row and not re.search(r'class="without">\s*\S', row)] == []


def test_buttons_are_those_of_the_ribbon() -> None:
    named = {name: set(re.findall(r"<kbd>(.*?)</kbd>", text(name))) for name in ("village-month.html", "officer-10th.html", "install.html")}
    assert named["village-month.html"] == VILLAGE_BUTTONS
    assert named["officer-10th.html"] - {"准备上报"} == OFFICE_BUTTONS
    assert named["install.html"] == VILLAGE_BUTTONS | OFFICE_BUTTONS


def test_pictures_are_there_and_small() -> None:
    shown = {name for page in PAGES for name in re.findall(r'<img src="([^"]+)"', text(page.name))}
    drawn = {path.relative_to(GUIDE).as_posix() for path in (GUIDE / "pictures").iterdir()}
    assert shown == drawn
    assert all(re.search(r'<img src="[^"]+" alt="[^"]{6,}">', image) for page in PAGES for image in re.findall(r"<img [^>]+>", text(page.name)))
    assert sum(path.stat().st_size for path in GUIDE.rglob("*") if path.is_file()) < 1_500_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_need_nothing_from_outside(page: Path) -> None:
    found = text(page.name)
    assert "default-src 'none'" in found and "noindex" in found
    assert re.findall(r"<script|https?://|url\(", found) == []
    assert (build_guide.CHECKED or "Excel和WPS实机核对：待做") in found  # until a person has gone through release-check.html


@needs_chromium
@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="needs pdfinfo")
def test_the_clerks_month_is_one_page(tmp_path: Path) -> None:
    """Also with letters a tenth wider: another office's fonts are not ours."""
    wide = tmp_path / "wide.html"
    shutil.copytree(GUIDE / "pictures", tmp_path / "pictures")
    wide.write_text(text("village-month.html").replace("</style>", "body{letter-spacing:.1em}</style>"), encoding="utf-8")
    for page in (GUIDE / "village-month.html", wide):
        pdf = tmp_path / f"{page.stem}.pdf"
        subprocess.run([PROGRAM, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri()],
                       capture_output=True, timeout=180, check=True)
        facts = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
        assert re.search(r"^Pages:\s+1$", facts, re.M), facts
        assert "(A4)" in facts
        images = subprocess.run(["pdfimages", "-list", str(pdf)], capture_output=True, text=True, check=True).stdout
        assert len(images.splitlines()) - 2 >= 4  # the pictures were drawn, not only named
