"""Write docs/ledgers.md: every ledger and every column, from the declarations in toolkit/schema.

    python3 scripts/build_ledgers_doc.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.model.ledger import Column, Ledger  # noqa: E402
from toolkit.model.unit import LEVEL_ZH  # noqa: E402
from toolkit.schema import LEDGERS, Cover  # noqa: E402
from toolkit.schema import kinds as k  # noqa: E402
from toolkit.schema.merged import PROVENANCE  # noqa: E402

TARGET = ROOT / "docs" / "ledgers.md"

#: What a cell of each kind holds, most special kind first.
KIND_WORDS: tuple[tuple[type, str], ...] = (
    (k.Choice, "代码表 code"),
    (k.Multi, "代码表，可多选 codes"),
    (k.Bool, "是/否 yes or no"),
    (k.Flag, "0 或 1 flag"),
    (k.Money, "金额（元）money"),
    (k.Count, "整数 count"),
    (k.Date, "日期 date"),
    (k.Month, "年-月 month"),
    (k.Quarter, "季度 quarter"),
    (k.UnitCodes, "单位代码，可多个 unit codes"),
    (k.UnitCode, "单位代码 unit code"),
    (k.RecordId, "编号 record id"),
    (k.Phone, "电话 phone"),
    (k.Uscc, "18位代码 organisation code"),
    (k.Code, "编号（文本）code text"),
    (k.DocNumber, "文号 document number"),
    (k.Name, "名称 name"),
    (k.Text, "文字 text"),
)

OPENING = """# 台账与栏目 Ledgers and columns

由 `toolkit/schema` 生成，请勿手改；改了声明后运行 `python3 scripts/build.py`。
Generated from `toolkit/schema`; do not edit, run `python3 scripts/build.py`.

- **字段** field：在 JSON、规则和程序里的名字。 The name in JSON, rules and code.
- **别名** aliases：表头写成这些也认得。 Headers also understood.
- **必填** required：＊ 总要填；条件必填由规则说明，见 [rules.md](rules.md)。 ＊ always; conditions are rules.
- **服务册** service book：孕产妇台账和随访记录只留在本村，从不上报；上报的是由它们算出的服务台账。
  `pregnancies` and `visits` stay in the village; what is reported is `services`, computed from them.
"""


def main(words: list[str]) -> int:
    text = document()
    if "--check" in words:
        return 0 if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    return 0


def document() -> str:
    ledgers: tuple[type[Ledger], ...] = (Cover, *LEDGERS)
    parts = [OPENING, *(section(ledger) for ledger in ledgers), provenance(), code_lists(ledgers)]
    return "\n".join(parts)


def section(ledger: type[Ledger]) -> str:
    """One ledger: facts, then a table of its columns."""
    return "\n".join((f"## {ledger.sheet} `{ledger.id}`", "", *facts(ledger), "", *column_table(ledger.columns), ""))


def facts(ledger: type[Ledger]) -> Iterator[str]:
    levels = "、".join(LEVEL_ZH[level] for level in ledger.offices)
    yield f"- 填报 filled by：{levels or '不填，由程序算出 nobody, computed'}"
    if ledger is not Cover:
        yield f"- 上报 travels：{'是 yes' if ledger.travels else '**否，只留本村 no, stays in the village**'}"
    if ledger.aliases:
        yield f"- 工作表别名 sheet aliases：{'、'.join(ledger.aliases)}"
    if ledger.key:
        yield f"- 一行由什么认定 key：{', '.join(f'`{field}`' for field in ledger.key)}"
    if ledger.note:
        yield f"- 表上的说明 note：{cell(ledger.note)}"


def column_table(columns: Iterable[Column]) -> Iterator[str]:
    yield "| 序号 | 栏目 heading | 字段 field | 内容 kind | 必填 | 别名 aliases | 例子 example | 怎样填 how |"
    yield "|---|---|---|---|---|---|---|---|"
    for number, column in enumerate(columns, 1):
        facts = (
            str(number), column.heading, f"`{column.field}`", kind_words(column), "＊" if column.required else "",
            "、".join(column.aliases), column.example, column.how or column.hint,
        )
        yield "| " + " | ".join(cell(fact) for fact in facts) + " |"


def kind_words(column: Column) -> str:
    words = next(words for kind, words in KIND_WORDS if isinstance(column.kind, kind))
    choice = choice_of(column)
    return f"{words}：[{choice.list_name}](#{anchor(choice)})" if choice else words


def choice_of(column: Column) -> k.Choice | None:
    if isinstance(column.kind, k.Multi):
        return column.kind.choice
    return column.kind if isinstance(column.kind, k.Choice) else None


def provenance() -> str:
    return "\n".join((
        "## 汇总表里的来源列 Provenance columns of a merged workbook", "",
        f"每张台账的右边加这几列，再合并多少次也不变：{'、'.join(PROVENANCE)}。", "",
        "They stand to the right of every ledger and stay the same through any number of merges.", "",
    ))


def code_lists(ledgers: Iterable[type[Ledger]]) -> str:
    """Every closed list once, in the order in which columns use it."""
    choices = {choice.list_name: choice for ledger in ledgers for column in ledger.columns if (choice := choice_of(column))}
    lines = ["## 代码表 Code lists", ""]
    for choice in choices.values():
        lines += [f'### <a id="{anchor(choice)}"></a>{choice.list_name}', "", "| 代码 | 名称 | 也认得 |", "|---|---|---|"]
        for code, label in choice.labels:
            also = "、".join(text for text, meant in choice.synonyms if meant == code)
            lines.append(f"| {code} | {cell(label)} | {cell(also)} |")
        lines.append("")
    return "\n".join(lines)


def anchor(choice: k.Choice) -> str:
    return f"list-{choice.list_name}"


def cell(text: str) -> str:
    """Text that stays inside one cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
