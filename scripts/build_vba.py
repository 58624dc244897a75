"""Write `toolkit/vba/Schema.bas` from the schema, so that Python and VBA cannot disagree.

    python3 scripts/build_vba.py            write it
    python3 scripts/build_vba.py --check    exit 1 and name what differs; nothing is written
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.model.issue import code_of  # noqa: E402
from toolkit.model.ledger import Column, Ledger  # noqa: E402
from toolkit.model.sheet import UNKNOWN_TEXTS  # noqa: E402
from toolkit.rules import RULES  # noqa: E402
from toolkit.rules.cases import STAGE_NEEDS  # noqa: E402
from toolkit.rules.privacy import header_words  # noqa: E402
from toolkit.schema import LEDGERS, ROW_HINT, SERIAL, SERVICE_BOOK, Cover, Services  # noqa: E402
from toolkit.schema import kinds as k  # noqa: E402
from toolkit.schema.cases import ORGANISATIONS  # noqa: E402
from toolkit.schema.merged import PENDING, PROVENANCE  # noqa: E402
from toolkit.schema.pregnancies import LAST_PERIOD  # noqa: E402

TARGET = ROOT / "toolkit" / "vba" / "Schema.bas"
#: What macros and Python both find.
SHARED = ("F105 F108 G101 G102 G103 G104 G106 G108 G109 P101 P121 V101 V104 V108 V110 V111 B101 S101 C102 C103 K102 K107 K110 K111 K112").split()
#: What macros cannot read, and their own words for it: severity, what is wrong, what to do.
SIDE_BY_SIDE, NO_COVER = "并排", "封面"
OWN_WORDS = {
    SIDE_BY_SIDE: ("error", "这张表左右并排，一行里有几条记录，宏读不全，没有检查", "请整理成上下一栏，再检查一次；或请乡镇用程序检查。"),
    NO_COVER: ("error", "没有“封面”这张表，宏不知道是哪个单位、哪个月份的，没有检查", "请从模板中补上封面，再检查一次；或请乡镇用程序检查。"),
    "K112": ("info", "这本工作簿缺少本册密钥，宏算不出当月记号", "请改用模板；不改的，可以整本报送，由乡镇用程序读取。"),
}
KINDS: Sequence[tuple[type[Any], str]] = (
    (k.Bool, "bool"), (k.Multi, "multi"), (k.Choice, "choice"), (k.Month, "month"), (k.Quarter, "quarter"), (k.Date, "date"),
    (k.Flag, "flag"), (k.Money, "money"),
    (k.Count, "count"), (k.UnitCodes, "units"), (k.UnitCode, "unit"), (k.Phone, "phone"), (k.Uscc, "upper"), (k.RecordId, "upper"), (k.Token, "token"),
    (k.Code, "code"), (k.DocNumber, "doc"), (k.Name, "name"), (k.Text, "text"))
LONGEST = 900  # characters of a line; VBA takes 1,023


def kind_word(column: Column) -> str:
    """A kind as the macros call it: `date`, `unit:county,township`."""
    word = next(word for kind, word in KINDS if isinstance(column.kind, kind))
    if isinstance(column.kind, k.UnitCode):
        return f"unit:{','.join(column.kind.levels)}"
    return "upper" if word == "code" and getattr(column.kind, "upper", False) else word


def list_of(column: Column) -> str:
    kind = column.kind
    return kind.choice.list_name if isinstance(kind, k.Multi) else kind.list_name if isinstance(kind, k.Choice) else ""


def ledger_lines(ledger: type[Ledger]) -> list[str]:
    """`sheet|aliases|private|travels|offices`, then a line for each column:
    field|heading|kind|required|asof|list|aliases|free|covered|hint|width."""
    lines = ["|".join((ledger.sheet, ";".join(ledger.aliases), str(int(ledger.private)), str(int(ledger.travels)), ";".join(ledger.offices)))]
    for column in ledger.columns:
        lines.append("|".join((column.field, column.heading, kind_word(column), str(int(column.required)), str(int(column.asof)), list_of(column),
                               ";".join(column.aliases), str(int(column.free)), str(int(bool(column.covered_by))), column.hint, f"{column.width:g}")))
    return lines


def choice_lines(choice: k.Choice) -> list[str]:
    """`text` or `number`, then `code=label`, then `~text=code` for what is read as another option."""
    return ["text" if choice.text_codes else "number", *(f"{code}={label}" for code, label in choice.labels),
            *(f"~{text}={code}" for text, code in choice.synonyms)]


def rule_line(code: str) -> str:
    """`severity|what is wrong|the same where a cell's content may not be shown|what to do`."""
    if code in OWN_WORDS:
        severity, wrong, todo = OWN_WORDS[code]
        return "|".join((severity, wrong, wrong, todo))
    said = code_of(code)
    return "|".join((said.severity, said.zh, said.private[0] or said.zh, said.todo_zh))


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def function(name: str, lines: Iterable[str]) -> list[str]:
    """A function that gives these lines, joined by line feeds."""
    out = [f"Private Function {name}() As String", "    Dim s As String"]
    for number, line in enumerate(lines):
        joint = "vbLf & " if number else ""
        pieces = [line[at:at + LONGEST] for at in range(0, len(line), LONGEST)] or [""]
        out.append(f"    s = s & {joint}{quoted(pieces[0])}")
        out += [f"    s = s & {quoted(piece)}" for piece in pieces[1:]]
    return [*out, f"    {name} = s", "End Function", ""]


def selected(name: str, argument: str, of: dict[str, str]) -> list[str]:
    """A function that picks one of the others by a word."""
    cases = [f"        Case {quoted(word)}: {name} = {inner}()" for word, inner in of.items()]
    return [f"Public Function {name}(ByVal {argument} As String) As String", f"    Select Case {argument}", *cases, "    End Select", "End Function", ""]


def module() -> str:
    assert RULES  # the codes are declared when the rules load
    ledgers = [ledger for ledger in LEDGERS if ledger is not Services]
    every: list[type[Ledger]] = [*ledgers, Services, Cover]
    choices: dict[str, k.Choice] = {}
    for ledger in every:
        for column in ledger.columns:
            kind = column.kind.choice if isinstance(column.kind, k.Multi) else column.kind
            if isinstance(kind, k.Choice):
                assert choices.setdefault(kind.list_name, kind) == kind
    lines = ['Attribute VB_Name = "Schema"', "Option Explicit", "' Written by scripts/build_vba.py from toolkit/schema and toolkit/rules. Do not edit.", "",
             f"Public Const LEDGER_IDS As String = {quoted('|'.join(ledger.id for ledger in ledgers))}",
             f"Public Const SERVICE_BOOK As String = {quoted('|'.join(ledger.id for ledger in SERVICE_BOOK))}",
             f"Public Const IGNORED_HEADERS As String = {quoted('|'.join((SERIAL, '序', '编次', ROW_HINT, PENDING, *PROVENANCE)))}",
             f"Public Const LAST_PERIOD As String = {quoted('|'.join(LAST_PERIOD))}",
             f"Public Const UNKNOWN_TEXTS As String = {quoted('|'.join(sorted(UNKNOWN_TEXTS)))}",
             f"Public Const SHARED_RULES As String = {quoted('|'.join(SHARED))}",
             f"Public Const SIDE_BY_SIDE As String = {quoted(SIDE_BY_SIDE)}",
             f"Public Const NO_COVER As String = {quoted(NO_COVER)}",
             f"Public Const ORGANISATIONS As String = {quoted('|'.join(map(str, ORGANISATIONS)))}",
             f"Public Const STAGE_NEEDS As String = {quoted('|'.join(f'{name}:' + ','.join(map(str, stages)) for name, stages in STAGE_NEEDS.items()))}", ""]
    lines += selected("LedgerText", "ledger", {ledger.id: f"Ledger_{ledger.id}" for ledger in every})
    for ledger in every:
        lines += function(f"Ledger_{ledger.id}", ledger_lines(ledger))
    lines += selected("ListText", "list", {name: f"List_{number}" for number, name in enumerate(choices)})
    for number, choice in enumerate(choices.values()):
        lines += function(f"List_{number}", choice_lines(choice))
    rules = {code: f"Rule_{code}" for code in SHARED} | {SIDE_BY_SIDE: "Rule_side_by_side", NO_COVER: "Rule_no_cover"}
    lines += selected("RuleText", "code", rules)
    for code, name in rules.items():
        lines += function(name, [rule_line(code)])
    lines += selected("HeaderWords", "ledger", {ledger.id: f"Words_{ledger.id}" for ledger in ledgers})
    for ledger in ledgers:
        lines += function(f"Words_{ledger.id}", ["|".join(("!" if bad else "") + word for word, bad in header_words(ledger.id))])
    return "\n".join(lines).rstrip("\n") + "\n"


def main(words: list[str]) -> int:
    text = module()
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{'differs' if '--check' in words else 'written'}: vba/{TARGET.name}")
    if "--check" in words:
        return 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
