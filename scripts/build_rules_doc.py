"""Write docs/rules.md: the handbook of every rule, from the declarations in toolkit/rules.

    python3 scripts/build_rules_doc.py [--check]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.model.issue import Code  # noqa: E402
from toolkit.model.ledger import Ledger  # noqa: E402
from toolkit.rules import RULES, Rule, declared  # noqa: E402

TARGET = ROOT / "docs" / "rules.md"

SIGNS = {"error": "▲ 错误 error", "warning": "△ 警告 warning", "info": "○ 提示 info"}

OPENING = """# 规则手册 Rules

由 `toolkit/rules` 生成，请勿手改；改了声明后运行 `python3 scripts/build.py`。
Generated from `toolkit/rules`; do not edit, run `python3 scripts/build.py`.

每条规则有一个不变的编号。一条问题说三件事：在哪一格，是什么，怎么办。命令 `ledger rules 编号` 打印的就是这里的一节。
Every rule has a code that never changes. An issue says where, what, and what to do; `ledger rules CODE` prints the section you find here.

- **▲ 错误 error**：请改正后重报。有错误的记录照样汇总，标“待修正”。 Correct it and report again; the record is merged all the same and marked.
- **△ 警告 warning**：请核对；无误的，可以不改。 Check it; where it is right, leave it.
- **○ 提示 info**：知道就好。 Good to know.
- **只在本村 village only**：只给核对这本村级工作簿的人看，不进汇总，不计数；提示里没有格子的内容。
  Shown only to whoever checks the village workbook; never in a merge, never counted, and no cell's content is in it.
- **一因一条 one cause, one issue**：读不出的格子只报一次，要用到它的规则不再说话；日期在将来的，先改日期。
  A cell that could not be read is said once, and rules that need it stay silent; a date in the future is said before any rule about order.
- 关联两张表、两个单位的规则，只在两头都在的时候判断。 Rules that link two sheets or units judge only where both ends are here.

“…”处是具体的名称、数目或日期。 “…” stands for the name, number or date in question.
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
    rules: dict[str, list[Rule]] = {}
    for rule in RULES:
        rules.setdefault(rule.code.code, []).append(rule)
    lines = [OPENING, *contents(codes)]
    for letter, zh, en, intro_zh, intro_en in GROUPS:
        mine = [code for code in codes if code.code.startswith(letter)]
        lines += ["", f'## <a id="{letter}"></a>{letter} {zh} {en}', "", intro_zh, intro_en, "", *overview(mine)]
        for code in mine:
            lines += ["", *section(code, rules.get(code.code, []))]
    return "\n".join(lines) + "\n"


def contents(codes: list[Code]) -> Iterator[str]:
    yield "| 组 | 内容 | 条数 |"
    yield "|---|---|---|"
    for letter, zh, en, _, _ in GROUPS:
        yield f"| [{letter}](#{letter}) | {zh} {en} | {sum(code.code.startswith(letter) for code in codes)} |"


def overview(codes: list[Code]) -> Iterator[str]:
    yield "| 规则 | 程度 | 问题 | Problem |"
    yield "|---|---|---|---|"
    for code in codes:
        yield f"| [{code.code}](#{code.code}) | {SIGNS[code.severity]} | {cell(words(code.zh))} | {cell(words(code.en))} |"


def section(code: Code, rules: list[Rule]) -> Iterator[str]:
    """One rule: what, how serious and where, why, a wrong and a right example, what to do."""
    yield f'### <a id="{code.code}"></a>{code.code} {words(code.zh)}'
    yield ""
    yield f"*{words(code.en)}*"
    yield ""
    yield " · ".join(facts(code, rules))
    yield ""
    if code.source:
        yield f"- **为什么 why**：{code.source}"
    for bad, good in examples(code, rules):
        yield f"- **× 错 wrong**：{bad}"
        yield f"- **√ 对 right**：{good}"
    yield f"- **怎么办 what to do**：{code.todo_zh} {code.todo_en}"


def facts(code: Code, rules: list[Rule]) -> Iterator[str]:
    yield SIGNS[code.severity]
    ledgers = [rule.ledger for rule in rules if rule.ledger is not None]
    if ledgers:
        yield "、".join(f"{ledger.sheet} `{ledger.id}`" for ledger in ledgers)
    if code.local:
        yield "只在本村 village only"


def examples(code: Code, rules: list[Rule]) -> Iterator[tuple[str, str]]:
    """Rows of the declaration as a clerk sees them; else its sentences."""
    shown = [(typed(rule.ledger, rule.bad), typed(rule.ledger, rule.good)) for rule in rules if rule.ledger is not None]
    yield from shown or [(code.bad, code.good)]


def typed(ledger: type[Ledger], example: Mapping[str, Any]) -> str:
    """Cells by their headings: 罚款(元) 5000；处理阶段 1 立案."""
    rows = example.get("_rows", [example])
    texts = ["；".join(f"{ledger.by_field[name].heading} {f'“{value}”' if value != '' else '空白'}" for name,
                      value in row.items()) for row in rows]
    return texts[0] if len(texts) == 1 else "　".join(f"第{number}行 {text}" for number, text in enumerate(texts, 1))


def words(text: str) -> str:
    return re.sub(r"{\w+}", "…", text)


def cell(text: str) -> str:
    """Text that stays inside one cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
