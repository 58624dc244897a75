"""Write docs/rules.md: the handbook of every rule, from the declarations in toolkit/rules.

    python3 scripts/build_rules_doc.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.model.issue import SIGNS, Code  # noqa: E402
from toolkit.rules import declared  # noqa: E402
from toolkit.rules.handbook import examples, message, places, sentence  # noqa: E402

TARGET = ROOT / "docs" / "rules.md"

OPENING = """# 规则手册 Rules

这本手册讲“检查”会说的每一条：说的是什么，为什么要管，怎么改。不用从头读：拿提示前面的编号（如 C203），到[按编号查](#index)里点开；
只记得话的，到[按说法查](#words)里找。在电脑上也可以运行 `ledger rules C203`，看到的是同一页。
Look up the code that stands before a message; `ledger rules CODE` prints the same page.

| 记号 | 意思 | Meaning |
|---|---|---|
| ▲ 错误 | 请改正后重报；记录照样汇总，标“待修正” | Correct and report again; the record is merged and marked |
| △ 警告 | 请核对；无误的，不用改 | Check; where it is right, leave it |
| ○ 提示 | 知道就好 | Good to know |
| 只在本村 | 只给核对本村工作簿的人看，不上报，不计数，不说格子的内容 | Shown in the village only, never reported, never with a cell's content |

- 一处原因只说一条。读不出的格子改好以后，要用到它的规则才说话；日期在将来的，先改日期。 One cause, one issue.
- 要对照另一张表、另一个单位的，两头都在才判断；不在的只说有几处未核对。 Links are judged only where both ends are here.
- “…”处是具体的名称、数目或日期；例子里 × 是错的，√ 是对的。单位、人名、号码都是编的。
"""

#: First letter, Chinese name, English name, introduction in both languages.
GROUPS = (
    ("F", "文件与封面", "Files and cover", "文件能不能读、是谁的、哪个月的、报了没有。F107、F110、F201至F207的文件整本不读，其他文件照常继续。",
     "Can the file be read, whose is it, which month, is it complete. F107, F110 and F201 to F207 refuse the file; the others go on."),
    ("G", "任何一格", "Any cell", "空着的、读不出的、被改写过的、对不上区划表的格子。不猜：读不出就说读不出。",
     "Blank, unreadable and rewritten cells, and codes the unit list does not know. Nothing is guessed."),
    ("P", "孕产妇台账", "The service book: records", "只留在本村。核对录入是否有误，提醒什么时候删除一行；从不询问原因。",
     "Stays in the village. Checks typing and says when a row is to be deleted; never asks why."),
    ("V", "随访记录", "The service book: visits", "只留在本村。提供服务是单位的事，回应不回应是本人的事；这里只看是否按本人同意的方式提供。",
     "Stays in the village. Offering is the office's duty, answering is hers; what counts is that it was offered as she agreed."),
    ("B", "出生统计", "Births", "只是人数，不对应任何人。", "Counts, tied to no one."),
    ("S", "包保名单", "Staff", "谁负责哪里、在不在岗。查的是单位的安排，不评价个人。",
     "Who is responsible for what, and in office. About the office's arrangement, not about a person."),
    ("C", "案件台账", "Cases", "机构和从业者的案件：日期、阶段、文号、金额是否说得通。",
     "Cases of institutions and practitioners: do dates, stages, numbers and sums make sense."),
    ("W", "工作记录", "Works", "单位做了什么：是否完整，会议有没有材料，整改是否按期。", "What offices did: complete, with material, in time."),
    ("E", "佐证材料", "Evidence", "验收时凭它找到材料。", "The papers behind the acceptance checklist."),
    ("X", "表与表之间", "Between sheets", "每条服务记录都有在岗的责任人，三级责任人连得起来。",
     "Every service record has somebody in office, and the three levels connect."),
    ("M", "月与月之间", "Between months", "只看办公台账的月份齐不齐；服务记录从不跨月比较。",
     "Whether months are complete. Service rows are never compared over months."),
    ("D", "单位与单位之间", "Between units", "同一件事两处报了，等人裁定；裁定以后只作提示。",
     "One thing reported twice waits for a person's decision; once decided it is info."),
    ("L", "报送期限", "Deadlines", "期限按方案，遇休息日按方案的规定顺延；不知道收到日期的不判断。",
     "By the plan's deadlines and its holiday rule; without a day of receipt nothing is judged."),
    ("R", "随机走访", "Random visits", "抽样框、抽签、证书和走访结果。只有票号和村；愿不愿意、见没见到，都不需理由。",
     "Frame, draw, certificate and results. Tickets and villages only; nobody owes a reason."),
    ("H", "外发文件", "What goes out", "文件发出之前，用“ledger release”看一遍：夹带了什么，有没有不该发的。H1能去掉的，可以写出清理后的副本；H2不能发。",
     "Before a file goes out: what comes along unseen (H1, some of it can be taken out of a copy), and what must not go out (H2)."),
    ("K", "不收集的内容", "What is not collected", "不该收集的，不读取、不保存，只说在哪里。方案不能放宽这一组。",
     "What must not be collected is not read or kept; only its place is said. No plan can soften these."),
)


def main(words: list[str]) -> int:
    text = document()
    if "--check" in words:
        return 0 if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    return 0


def document() -> str:
    codes = declared()
    lines = [OPENING, *contents(codes)]
    for letter, zh, en, intro_zh, intro_en in GROUPS:
        lines += ["", f'## <a id="{letter}"></a>{letter} {zh} {en}', "", intro_zh, intro_en]
        for code in codes:
            if code.code.startswith(letter):
                lines += ["", *section(code)]
    return "\n".join([*lines, "", *index(codes)]) + "\n"


def contents(codes: list[Code]) -> Iterator[str]:
    yield "| 组 | 讲什么 | 条数 |"
    yield "|---|---|---|"
    for letter, zh, en, _, _ in GROUPS:
        yield f"| [{letter}](#{letter}) | {zh} {en} | {sum(code.code.startswith(letter) for code in codes)} |"


def section(code: Code) -> Iterator[str]:
    """One rule: what, how serious and where, what to do, why, a wrong and a right row."""
    yield f'### <a id="{code.code}"></a>{code.code} {message(code)}'
    yield ""
    yield "　".join((SIGNS[code.severity][0], *(["只在本村"] if code.local else []), *(["、".join(places(code))] if places(code) else [])))
    yield ""
    yield f"- **怎么办**：{code.todo_zh}"
    yield f"- **为什么**：{code.source}"
    for example in examples(code):
        yield ""
        yield table(example.heading)
        yield table(["---"] * len(example.heading))
        yield from (table(row) for row in example.rows)
    yield ""
    yield f"*{sentence(code.en)}. {code.todo_en}*"


def index(codes: list[Code]) -> Iterator[str]:
    """By code, and by the first character of the message in the order of its sound (GB 2312 is sorted so)."""
    yield '## <a id="index"></a>按编号查 By code'
    yield ""
    yield "| 编号 | 程度 | 说的是 | Says |"
    yield "|---|---|---|---|"
    for code in codes:
        yield table((f"[{code.code}](#{code.code})", SIGNS[code.severity][0], message(code), sentence(code.en)))
    yield ""
    yield '## <a id="words"></a>按说法查 By message'
    yield ""
    yield "| 说的是 | 编号 |"
    yield "|---|---|"
    alike: dict[str, list[str]] = {}
    for code in codes:
        alike.setdefault(message(code), []).append(f"[{code.code}](#{code.code})")
    for text in sorted(alike, key=lambda text: text.lstrip("…“”").encode("gb18030")):
        yield table((text, "、".join(alike[text])))


def table(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
