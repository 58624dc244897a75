"""`ledger excel install | uninstall | status | guide`: the ribbon in the user's own Excel, and the page that explains it."""

from __future__ import annotations

import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from toolkit import __version__
from toolkit.files import addin
from toolkit.tasks.outcome import Outcome, write_all, wrong

#: Where no Excel can be: what to use instead.
NOT_HERE = ("这个系统上没有 Excel，装不了加载项。命令行和“台账.cmd”能做同样的事：ledger check、merge、summary、checklist、sample。见 docs/buttons.md",
            "there is no Excel on this system; the command line does the same: ledger check, merge, summary, checklist, sample; see docs/buttons.md")
NO_ADDIN = ("程序里缺少加载项文件（templates/xlsx 下的 .xlam）。请重新安装本软件；从源码运行时请先运行 scripts/build.py",
            "the add-in file (.xlam in templates/xlsx) is missing; install the software again, or run scripts/build.py in a checkout")
CLOSE_EXCEL = ("请关闭所有 Excel 窗口，再试一次", "close every window of Excel and try again")


@dataclass(frozen=True)
class Machine:
    """The system and user an installation is for."""

    platform: str
    home: Path
    appdata: str = ""
    python: str = ""

    @property
    def places(self) -> addin.Layout | None:
        return addin.layout(self.platform, self.home, self.appdata)


def this_machine() -> Machine:
    """Where this program runs."""
    return Machine(sys.platform, Path.home(), os.environ.get("APPDATA", ""), sys.executable)


def install(machine: Machine, source: Path | None = None) -> Outcome:
    """Put the add-in where Excel loads it by itself. `source`: the add-in, None for the one shipped."""
    places, source = machine.places, source or addin.shipped()
    if places is None:
        return wrong("excel install", NOT_HERE)
    if source is None or not source.is_file():
        return wrong("excel install", NO_ADDIN)
    python = addin.windowless(machine.python, machine.platform)
    files = addin.contents(places, source, python)
    standing = addin.foreign(addin.read(places.settings), files)
    if standing:
        return wrong("excel install", *[(f"{path} 已存在，不是本程序放的，或被人改过，没有动它。请先移开，再安装",
                                         f"{path} exists and was not put there by this program, or was changed; move it away first") for path in standing])
    outcome = Outcome("excel install")
    try:
        addin.write(places, files, python)
    except OSError as error:
        return wrong("excel install", (f"写不进去（{error.strerror or ''}）。{CLOSE_EXCEL[0]}", f"cannot write ({error.strerror or ''}); {CLOSE_EXCEL[1]}"))
    for path in (*files, places.settings):
        outcome.say(f"已放入 {path}", f"put {path}")
    outcome.say("重新打开 Excel，功能区就有“台账”一页。卸载：ledger excel uninstall", "open Excel again: the ribbon has the tab 台账. To remove: ledger excel uninstall")
    _say_xlwings(outcome)
    outcome.extra = {"excel": _facts(machine, places)}
    return outcome


def uninstall(machine: Machine) -> Outcome:
    """Take away exactly what was installed."""
    places = machine.places
    if places is None:
        return wrong("excel uninstall", NOT_HERE)
    settings = addin.read(places.settings)
    outcome = Outcome("excel uninstall")
    if settings is None:
        outcome.say("没有安装过加载项，什么也没有动", "the add-in is not installed; nothing was touched")
    else:
        try:
            left = addin.take_away(places, settings)
        except OSError as error:
            return wrong("excel uninstall", (f"删不掉（{error.strerror or ''}）。{CLOSE_EXCEL[0]}", f"cannot remove ({error.strerror or ''}); {CLOSE_EXCEL[1]}"))
        for path in left:
            outcome.say(f"{path} 安装以后被人改过，留在原处。不要的话请自己删", f"{path} was changed after installation and was left; delete it yourself if unwanted", "todo")
        outcome.say("加载项已卸载，重新打开 Excel 后“台账”一页就没有了", "the add-in is removed; the tab is gone when Excel opens again")
    outcome.extra = {"excel": _facts(machine, places)}
    return outcome


def status(machine: Machine) -> Outcome:
    """What is installed, whether it is still as it was, and what is missing."""
    places = machine.places
    outcome = Outcome("excel status")
    if places is None:
        outcome.say(*NOT_HERE)
        outcome.extra = {"excel": {"possible": False, "installed": False}}
        return outcome
    settings = addin.read(places.settings)
    outcome.extra = {"excel": _facts(machine, places)}
    if settings is None:
        outcome.say("加载项没有安装。安装：ledger excel install", "the add-in is not installed; to install: ledger excel install")
        return outcome
    words = {addin.SAME: ("√ 在", "√ there"), addin.CHANGED: ("× 被人改过", "× changed"), addin.GONE: ("× 不见了", "× gone")}
    for path, _ in settings.files:
        zh, en = words[settings.state(path)]
        outcome.say(f"{zh}　{path}", f"{en}  {path}")
    here = Path(settings.python).is_file()
    outcome.say(f"{'√ 在' if here else '× 不见了'}　Python {settings.python}", f"{'√ there' if here else '× gone'}  Python {settings.python}")
    if not here or any(settings.state(path) != addin.SAME for path, _ in settings.files):
        outcome.say("请再运行一次 ledger excel install", "run ledger excel install again", "todo")
    elif _older(settings):
        outcome.say("程序里有新的加载项，请再运行一次 ledger excel install", "the program has a newer add-in; run ledger excel install again", "todo")
    _say_xlwings(outcome)
    return outcome


def guide(out: Path, force: bool = False) -> Outcome:
    """The page that says what each button does and how to do the same without macros."""
    from toolkit.files.html import page_of
    from toolkit.steps.button_report import report

    outcome = Outcome("excel guide")
    write_all(outcome, [(out, page_of(report(__version__)), "")], force)
    return outcome


def _facts(machine: Machine, places: addin.Layout) -> dict[str, object]:
    settings = addin.read(places.settings)
    return {"possible": True, "installed": settings is not None, "python": settings.python if settings else None,
            "files": [{"path": str(path), "state": settings.state(path)} for path, _ in settings.files] if settings else [],
            "xlwings": importlib.util.find_spec("xlwings") is not None}


def _older(settings: addin.Settings) -> bool:
    """Whether the installed add-in is another than the one shipped."""
    source = addin.shipped()
    installed = next((path for path, _ in settings.files if path.suffix == addin.ENDING), None)
    return source is not None and installed is not None and source.read_bytes() != installed.read_bytes()


def _say_xlwings(outcome: Outcome) -> None:
    if importlib.util.find_spec("xlwings") is None:
        outcome.say("“县乡”一组的按钮还要用 xlwings，请安装：pip install \"ledger-toolkit[excel]\"；“村”一组不用",
                    "the buttons of 县乡 need xlwings: pip install \"ledger-toolkit[excel]\"; those of 村 do not", "todo")
