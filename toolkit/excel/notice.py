"""A message where there is no Excel to show it: a box of the system, else a line on stderr."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from toolkit.excel.surface import SheetSurface

NO_EXCEL = ("没有找到打开着的 Excel，或没有装 xlwings。请在 Excel 里打开文件再按；WPS 里请用“台账.cmd”或命令行。装 xlwings：pip install \"ledger-toolkit[excel]\"",
            "no running Excel was found, or xlwings is not installed; open the file in Excel and press again; with WPS use 台账.cmd or the command line")


class NoticeDesk:
    """Stands in where no Excel answers: it has no workbooks, and tells by other means."""

    def book(self, path: Path) -> SheetSurface | None:
        return None

    def status(self, text: str | None) -> None:
        pass

    def open(self, path: Path) -> None:
        pass

    def tell(self, text: str) -> None:
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.MessageBoxW(None, text, "台账", 0x40)
        elif sys.platform == "darwin":
            words = ("on run argv", "display alert \"台账\" message (item 1 of argv)", "end run")
            subprocess.run(["osascript", *(part for word in words for part in ("-e", word)), text], check=False)
        elif sys.stderr is not None:
            print(text, file=sys.stderr)
