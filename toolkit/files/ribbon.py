"""The ribbon tab 台账 that our macros bring: its groups and buttons, declared once (MS-CUSTOMUI2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
PART = "customUI/customUI14.xml"
RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"


@dataclass(frozen=True)
class Button:
    """One button. `calls`: a Sub that takes the control; `image`: one of Office's own pictures; `tip`: what it does, in one line."""

    calls: str
    label: str
    image: str
    tip: str
    large: bool = False


#: Group -> its buttons, left to right, in the order of a clerk's month.
GROUPS: dict[str, tuple[Button, ...]] = {
    "检查": (
        Button("OnCheckWorkbook", "检查全簿", "Spelling", "标出填错和漏填的格，列在“问题清单”；改完再按一次", True),
        Button("OnCheckSheet", "检查本表", "FindDialog", "只检查正在看的这张表"),
        Button("OnClearMarks", "撤销标记", "Undo", "去掉检查留下的颜色和批注，自己写的批注不动"),
    ),
    "上报": (
        Button("OnPrepareSubmission", "准备上报", "FileSendAsAttachment", "另存一份上报本：取出服务册，放入服务台账，没有服务对象的姓名、电话和日期", True),
    ),
    "服务册（只留本村）": (
        Button("OnShowUpcoming", "未来30天可提供的服务", "DateAndTimeInsert", "在新打开的一页上按编号列出，只供查看，不保存"),
        Button("OnRemovePerson", "删除一人", "Delete", "本人要求退出或服务不再需要：按编号删除她的一行和随访，不问原因"),
    ),
    "下月": (
        Button("OnCarryForward", "结转下月", "Copy", "在旁边另做一本下月的工作簿；服务期已满的行和姓名不在里面", True),
    ),
}


#: What starts the installed program: in the add-in, for township and county.
OFFICE_GROUPS: dict[str, tuple[Button, ...]] = {
    "县乡（要装程序）": (
        Button("OnFullCheck", "完整检查", "DataValidation", "按方案和区划表全部查一遍，在打开的这本上标出来", True),
        Button("OnMergeFolder", "合并文件夹", "FileOpen", "把一个文件夹里的上报合成一本汇总表", True),
        Button("OnMonthlyReport", "月报", "FilePrint", "由打开的汇总表做月度汇总和公文格式的报告"),
        Button("OnChecklists", "验收清单", "Bullets", "由打开的汇总表做验收清单，佐证自动填好"),
        Button("OnDrawSample", "抽样", "Calculator", "先写抽样框双方签字，掷骰后再抽"),
        Button("OnOpenGuide", "打开说明", "Help", "每个按钮做什么，没有宏时怎么办"),
    ),
}


def shown(groups: Mapping[str, tuple[Button, ...]], subs: Collection[str]) -> dict[str, tuple[Button, ...]]:
    """The groups with the buttons whose Sub is there."""
    found = {name: tuple(button for button in buttons if button.calls in subs) for name, buttons in groups.items()}
    return {name: buttons for name, buttons in found.items() if buttons}


def ribbon(groups: Mapping[str, tuple[Button, ...]]) -> bytes:
    """The custom UI part with one tab of these groups."""
    lines = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', f"<customUI xmlns={quoteattr(NAMESPACE)}>", "<ribbon>", "<tabs>",
             '<tab id="ledgerTab" label="台账" insertAfterMso="TabHome">']
    for number, (group, buttons) in enumerate(groups.items(), 1):
        lines.append(f'<group id="ledgerGroup{number}" label={quoteattr(group)}>')
        for button in buttons:
            lines.append(f'<button id="ledger{button.calls}" label={quoteattr(button.label)} imageMso={quoteattr(button.image)} '
                         f'size={quoteattr("large" if button.large else "normal")} screentip={quoteattr(button.label)} '
                         f'supertip={quoteattr(button.tip)} onAction={quoteattr(button.calls)}/>')
        lines.append("</group>")
    return "\n".join([*lines, "</tab>", "</tabs>", "</ribbon>", "</customUI>", ""]).encode()
