"""What a person can press in Excel, and the ways to the same end where macros do not run (WPS without VBA, a locked-down machine)."""

from __future__ import annotations

from dataclasses import dataclass

VILLAGE, OFFICE = "村", "县乡"  # groups of the ribbon's tab


@dataclass(frozen=True)
class Button:
    """One button. `sub`: the macro it starts, as module.name; `word`: what the macro asks Python for, "" where it needs none;
    `command`: the same in the command line, "" where there is none; `by_hand`: the same without either, Chinese and English.
    """

    label: str
    group: str
    sub: str
    does: str
    command: str
    by_hand: tuple[str, str]
    word: str = ""


#: Every button, in the ribbon's order. docs/buttons.md is written from it; tests compare it with the macros and the commands.
BUTTONS = (
    Button("检查全簿", VILLAGE, "Book.CheckWorkbook", "查出整本的错处：标色、加批注、列清单", "check",
           ("看每张表右边的“本行提示”和封面的“状态”，红格照提示改",
            "read 本行提示 beside each row and 状态 on the cover; correct the red cells")),
    Button("检查本表", VILLAGE, "Book.CheckSheet", "只查眼前这一张表", "check",
           ("看这张表右边的“本行提示”", "read 本行提示 beside each row of the sheet")),
    Button("撤销标记", VILLAGE, "Book.ClearMarks", "去掉检查时加的底色和批注", "check --annotate",
           ("命令做的是标注副本，原表没有标记，删去副本即可", "the command marks a copy; delete the copy")),
    Button("准备上报", VILLAGE, "Submit.PrepareSubmission", "另存一份上报本：取出服务册，放入服务台账", "release",
           ("把工作簿拖到“台账.cmd”上，选准备上报；没有程序的，请乡镇的人带电脑来村里做，做完当面删去。整本不要交出去",
            "drop the workbook on 台账.cmd, or have it done beside you and deleted there; never hand over the whole workbook")),
    Button("未来30天可提供的服务", VILLAGE, "Upcoming.ShowUpcoming", "按编号列出，只供查看，不保存", "",
           ("看孕产妇台账的“预产期”，随访记录按“下次日期”排序", "look at 预产期, and sort 随访记录 by 下次日期")),
    Button("删除一人", VILLAGE, "Removal.RemovePerson", "本人要求退出或服务不再需要：按编号删除她的一行和随访，不问原因", "forget",
           ("整行删除她的一行，随访记录里同一编号的也整行删除，什么也不写", "delete her row whole, and the visits of that number; write nothing")),
    Button("结转下月", VILLAGE, "NextMonths.CarryForward", "另做一本下月的工作簿，服务期已满的行不带", "carry",
           ("领下月的空表，把服务期未满的行连同随访抄过去", "take next month's blank workbook and copy the rows whose service goes on, with their visits")),
    Button("完整检查", OFFICE, "Officer.FullCheck", "按方案和区划表全部查一遍，在打开的这本上标出来", "check",
           ("把文件拖到“台账.cmd”上，选检查", "drop the file on 台账.cmd, choose check"), "check"),
    Button("合并文件夹", OFFICE, "Officer.MergeFolder", "把一个文件夹里的上报合成一本汇总表", "merge",
           ("把文件夹拖到“台账.cmd”上，选合并", "drop the folder on 台账.cmd, choose merge"), "merge"),
    Button("月报", OFFICE, "Officer.MonthlyReport", "由打开的汇总表做月度汇总和公文格式的报告", "summary",
           ("把汇总表拖到“台账.cmd”上，选月度汇总", "drop the merged workbook on 台账.cmd, choose the summary"), "summary"),
    Button("验收清单", OFFICE, "Officer.Checklists", "由打开的汇总表做验收清单，佐证自动填好", "checklist",
           ("把汇总表拖到“台账.cmd”上，选验收清单", "drop the merged workbook on 台账.cmd, choose the checklist"), "checklist"),
    Button("抽样", OFFICE, "Officer.DrawSample", "先写抽样框双方签字，掷骰后再抽", "sample frame",
           ("核对页在任何浏览器里都能重算；docs/sample.md 讲怎样只用 sha256sum 抽", "any browser can draw again; docs/sample.md shows it with sha256sum alone"), "sample"),
    Button("打开说明", OFFICE, "Officer.OpenGuide", "打开这份说明", "excel guide",
           ("打开 docs/buttons.md 和 docs/wps.md", "open docs/buttons.md and docs/wps.md"), "guide"),
)


def pressed(word: str) -> Button | None:
    """The button that asks Python for this word."""
    return next((button for button in BUTTONS if button.word == word and word), None)
