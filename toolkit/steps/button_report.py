"""The page behind 打开说明: what each button does, and the same without macros."""

from __future__ import annotations

from toolkit.model.button import BUTTONS, OFFICE, VILLAGE, Button
from toolkit.model.report import Column, Page, Report, Table, Text, row

_COLUMNS = (Column("按钮", "centre", 12), Column("做什么", "wrap", 34), Column("命令行", "text", 26), Column("没有宏和命令时", "wrap", 36))
_GROUPS = ((VILLAGE, "村：不用另装程序", "这些按钮只用表格软件自己的宏。"),
           (OFFICE, "县乡：由装好的程序来做", "这些按钮叫起本软件，和命令行做的是同一件事；进度在窗口下方的状态栏，做完有一句话。结果另存成文件，原表不改；只有“完整检查”在打开的这本上做标记。"))
_ASIDE = ("出错时只有一句话，说明怎么办。程序本身的毛病会留下一份报告，里面没有任何台账内容。",
          "在 WPS 里：填表、标红、打印都能用；没有 VBA 环境时按钮不起作用，请用命令行或“台账.cmd”；“县乡”的按钮只在 Excel 里能用。",
          "本加载项在 LibreOffice 里测过；在 Excel 和 WPS 里的人工核对还没有做。")


def command(button: Button) -> str:
    """The button's command as one types it, "" where there is none."""
    return f"ledger {button.command}" if button.command else ""


def report(version: str) -> Report:
    """The page; equal for equal versions."""
    blocks: list[Table | Text] = []
    for group, title, about in _GROUPS:
        rows = tuple(row(one.label, one.does, command(one) or "—", one.by_hand[0]) for one in BUTTONS if one.group == group)
        blocks.append(Table(_COLUMNS, rows, title, (about,)))
    blocks.append(Text(_ASIDE, "note"))
    return Report("“台账”一页的按钮", (Page("说明", "“台账”一页的按钮", tuple(blocks)),), ("用来给服务排班、给机构对账，不用来查人",), (f"ledger {version}",))
