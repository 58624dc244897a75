"""Write docs/buttons.md: every button of the ribbon, its command, and the way without macros, from toolkit/model/button.py.

    python3 scripts/build_buttons_doc.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.model.button import BUTTONS, OFFICE, VILLAGE  # noqa: E402
from toolkit.steps.button_report import command  # noqa: E402

TARGET = ROOT / "docs" / "buttons.md"

OPENING = """# 按钮，和没有宏时的办法 Buttons, and the ways without macros

由 `toolkit/model/button.py` 生成，请勿手改；改了之后运行 `python3 scripts/build.py`。
Generated from `toolkit/model/button.py`; do not edit, run `python3 scripts/build.py`.

每一项都有不用宏的办法：命令行；不能运行程序的电脑上，最后一栏是手工的办法。“村”的按钮不用另装程序；“县乡”的按钮叫起装好的程序（`ledger excel install`），
和命令行做同一件事。在 LibreOffice 里测过；在 Excel 里的人工核对还没有做。WPS 见 [wps.md](wps.md)。
Everything has a way without macros: the command line, and by hand where no program may run. Buttons of 村 need no program; those of 县乡 start the installed one
and do what the command does. Tested in LibreOffice; Excel check pending. For WPS see [wps.md](wps.md).

安装：关闭 Excel，运行 `ledger excel install`，再打开 Excel，功能区就有“台账”一页；不要管理员权限，不写注册表。`ledger excel status` 看装得好不好，`ledger excel uninstall` 只取走
装进去的。“县乡”的按钮还要 xlwings：`pip install "ledger-toolkit[excel]"`。Linux 上没有 Excel，用命令行。
To install: close Excel, run `ledger excel install`, open Excel: the ribbon has the tab 台账. No administrator, no registry. `ledger excel status` looks,
`ledger excel uninstall` takes away exactly what was put there. The buttons of 县乡 also need xlwings. On Linux there is no Excel: use the command line.
"""


def main(words: list[str]) -> int:
    text = document()
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{'differs' if '--check' in words else 'written'}: docs/{TARGET.name}")
    if "--check" in words:
        return 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    return 0


def document() -> str:
    lines = [OPENING]
    for group, title in ((VILLAGE, "村 village"), (OFFICE, "县乡 township and county")):
        lines += [f"## {title}", "", "| 按钮 button | 做什么 | 命令 command | 手工 by hand |", "|---|---|---|---|"]
        for one in BUTTONS:
            if one.group == group:
                lines.append(f"| {one.label} | {one.does} | {f'`{command(one)}`' if command(one) else '—'} | {one.by_hand[0]}<br>{one.by_hand[1]} |")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
