"""`ledger menu`: numbers to choose from and files to drop, for people who do not type commands.

Every choice runs a command as one would type it, shows it first, and writes beside the files it was given, never over anything.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from toolkit import __version__
from toolkit.cli import language

#: What cmd was started with (台账.cmd hands it on): Explorer puts the names of dropped files there.
DROPPED = "LEDGER_DROPPED"


@dataclass(frozen=True)
class Choice:
    """One line of the menu. `words`: the command for these paths; `needs` says whether it wants any."""

    key: str
    zh: str
    en: str
    words: Callable[[Sequence[Path]], list[str | Path]]
    needs: bool = True


def _check(paths: Sequence[Path]) -> list[str | Path]:
    folder = beside(paths, "检查结果")
    return ["check", *paths, "--annotate", folder, "--report", folder / "检查报告.html"]


CHOICES = (
    Choice("1", "检查　　　　看填得对不对；标好错处的一份和检查报告写到“检查结果”", "check: what is wrong and where; marked copies and a report", _check),
    Choice("2", "准备上报　　取出服务册，得到可以交出的一本，写到“上报”", "release: the service book out, a submission that may leave",
           lambda paths: ["release", *paths, "-o", beside(paths, "上报")]),
    Choice("3", "合并　　　　把一个文件夹里各单位的表合成一张“汇总表.xlsx”", "merge: all workbooks of a folder into one",
           lambda paths: ["merge", *paths, "-o", beside(paths, "汇总表.xlsx")]),
    Choice("4", "月度汇总　　由汇总表做出“月度汇总.xlsx”和网页", "summary: the month's tables from a merged workbook",
           lambda paths: ["summary", *paths, "-o", beside(paths, "月度汇总.xlsx"), "--html", beside(paths, "月度汇总.html")]),
    Choice("5", "验收清单　　由汇总表做出“验收清单.xlsx”", "checklist: the acceptance checklists from a merged workbook",
           lambda paths: ["checklist", *paths, "-o", beside(paths, "验收清单.xlsx")]),
    Choice("6", "结转下月　　做出下个月的一本，写到“下月”", "carry: next month's workbook", lambda paths: ["carry", *paths, "-o", beside(paths, "下月")]),
    Choice("7", "建工作目录　拖入区划表（代码、名称、应报三列），写到“工作目录”", "new: a workspace from a unit list",
           lambda paths: ["new", beside(paths, "工作目录"), "--plan", "standard", "--units", paths[0]]),
    Choice("8", "试一试　　　造一个虚构的县，走完一个月，写到“示例县”", "demo: one month of a fictional county",
           lambda _: ["demo", fresh(Path.cwd() / "示例县")], needs=False),
    Choice("9", "装按钮　　　给本机Excel装上“台账”选项卡；去掉运行 ledger.cmd excel uninstall", "excel install: the tab 台账 in your own Excel",
           lambda _: ["excel", "install"], needs=False),
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
def menu(paths: tuple[Path, ...]) -> None:
    """数字菜单：选一项，把文件或文件夹拖进来。 A menu: choose a number, drop files or folders.

    例 · example: ledger menu 收件箱
    """
    given = list(paths) or [Path(name) for name in dropped(os.environ.get(DROPPED, ""))]
    chinese = language(os.environ) == "zh"
    asked = not given
    while chosen := _ask(given, chinese):
        if chosen.needs and asked:
            given = _ask_for_files(chinese, given) or given
        if given or not chosen.needs:
            _run(chosen.words(given), chinese)
        asked = asked or chosen.needs


def _ask(given: Sequence[Path], chinese: bool) -> Choice | None:
    """The choice, asked until it is one; None to leave."""
    print()
    print(f"台账工具 {__version__}　不联网；原来的表从不改动" if chinese else f"ledger {__version__}: no network; your files are never changed")
    for path in given:
        print(f"  → {path}")
    for choice in CHOICES:
        print(f"  {choice.key}  {choice.zh if chinese else choice.en}")
    print("  0  退出" if chinese else "  0  leave")
    while (typed := _line("请输入数字，按回车：" if chinese else "number, then Enter: ")) is not None:
        found = next((choice for choice in CHOICES if choice.key == half(typed)), None)
        if found or half(typed) == "0":
            return found
    return None


def _ask_for_files(chinese: bool, given: Sequence[Path]) -> list[Path]:
    again = ("（直接按回车：还是上面的）" if chinese else " (only Enter: the same again)") if given else ""
    typed = _line(f"请把文件或文件夹拖到这个窗口里，按回车{again}：" if chinese else f"drop a file or folder into this window, then Enter{again}: ")
    return [Path(name) for name in typed_names(typed or "", os.name == "nt")]


def _line(question: str) -> str | None:
    """What was typed; None where nobody is there."""
    try:
        return input(question).strip()
    except EOFError:
        return None


def _run(words: Iterable[str | Path], chinese: bool) -> None:
    said = [str(word) for word in words]
    print("\n> ledger " + " ".join(f'"{word}"' if re.search(r"[\s&]", word) else word for word in said) + "\n", flush=True)
    code = subprocess.run([sys.executable, *_flags(), "-m", "toolkit", *said], check=False).returncode
    ends = _ENDS.get(code, _ENDS[4])
    print(f"\n{ends[0] if chinese else ends[1]}")
    _line("按回车回到菜单" if chinese else "Enter for the menu")


_ENDS = {0: ("√ 做完了。", "√ done."), 1: ("△ 做完了，还有要改的，见上面和写出的文件。", "△ done; something is to be mended, see above."),
         2: ("× 没有做：请看上面的说明。", "× not done, see above."), 3: ("△ 做完了，有文件没有读成，见上面。", "△ done, but a file could not be read."),
         4: ("× 程序出错了，见上面。", "× a fault of the program, see above.")}


def _flags() -> list[str]:
    return ["-X", "utf8"] if sys.flags.utf8_mode else []


def beside(paths: Sequence[Path], name: str) -> Path:
    """A name not taken yet, in the folder where the first path lies (not inside it: results would be read again next time)."""
    return fresh(paths[0].absolute().parent / name)


def fresh(path: Path) -> Path:
    """The path, or the first of `name(2)`, `name(3)` … that does not exist."""
    tried, number = path, 1
    while tried.exists():
        number += 1
        tried = path.with_name(f"{path.stem}({number}){path.suffix}")
    return tried


def half(text: str) -> str:
    """Full-width digits, as a Chinese input method types them, made half-width."""
    return "".join(chr(ord(character) - 0xFEE0) if "０" <= character <= "９" else character for character in text.strip())


def dropped(line: str) -> list[str]:
    """Names in the command line Explorer gives cmd: `…cmd.exe /c ""C:\\x\\台账.cmd" C:\\a&b "C:\\c d""`. Empty without /c."""
    _, found, rest = line.partition(" /c ")
    rest = rest.strip()
    if not found:
        return []
    if rest.startswith('""'):
        rest = rest[1:].removesuffix('"')
    return typed_names(rest, windows=True)[1:]


def typed_names(line: str, windows: bool) -> list[str]:
    """Names in a line that a terminal made of what was dropped into it."""
    if windows:
        return [quoted or plain for quoted, plain in re.findall(r'"([^"]+)"|([^\s"]+)', line)]
    try:
        return shlex.split(line)
    except ValueError:  # an apostrophe in a name that was typed by hand
        return [line]
