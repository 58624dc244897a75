"""The catalogue: complete, in two languages that say the same, in signs every Chinese font has."""

from __future__ import annotations

import re

import pytest

from toolkit.model.issue import HIDDEN, REASONS, Code, code_of, declared
from toolkit.model.part import Source
from toolkit.rules import MODULES, RULES
from toolkit.schema import Pregnancies, Visits
from toolkit.steps.batch import Draft
from toolkit.steps.findings import issue_of

#: Every code of the table of rules, and G112, of our own.
ERRORS = """F101 F102 F104 F105 F107 F108 F110 F111 F116 F118 F119 F201 F202 F203 F204 F205 F206 F207 G101 G102 G103 G104 G106 G108 G109 G112
G301 G303 P101 V101 V105 V110 V111 B101 B102 S101 S102 S103 S201 S202 S205 C101 C102 C103 C202 W101 E101 X102 X104 D102 L102
K102 K103 K104 K105 K107 K110 K111 R101 R102 R103 R201 R202 R203 R301 R302 R303
H100 H101 H106 H107 H108 H109 H201 H202 H203 H204 H205 H206""".split()
WARNINGS = """F106 F112 F117 G107 G302 P121 P209 P210 V104 V108 V109 S104 S105 S203 S204 C106 C107 C201 C203 C301 C302 C303 W102 W103 E102
E103 E104 E105 M106 M107 D103 L101 L104 K109 R104 H102 H103 H104 H105""".split()
INFOS = "F103 F109 F113 F114 F115 G105 G110 G111 P206 V103 V201 V202 L103 K101 K108 K112".split()
LOCAL = "G110 P101 P121 P206 P209 P210 V101 V103 V104 V105 V108 V109 V110 V111 V201 V202 K107 K112".split()

#: What readers and rules fill in.
PLACEHOLDERS = {
    "F101": "sheet", "F102": "col sheet", "F103": "alias col", "F104": "a b", "F105": "sheet", "F107": "period", "F108": "n sheet",
    "F110": "v", "F111": "sheet", "L102": "unit", "L104": "unit", "F119": "unit",
    "F118": "sheet", "F201": "why", "F202": "why", "F203": "why", "F204": "why", "F205": "why", "F206": "why", "F207": "why", "G101": "col",
    "G104": "list", "G105": "new v", "G109": "v", "G111": "code name", "G301": "v", "G302": "n v", "V103": "a b", "V109": "n",
    "S202": "unit", "S203": "n",
    "S204": "n", "C103": "col s", "C201": "n", "C301": "hi lo n", "M106": "period", "M107": "figure now then", "D102": "unit", "L101": "due", "L103": "year",
    "K101": "header",
    "K102": "header", "R101": "why", "R102": "why", "R103": "what", "R104": "n stratum y", "R201": "what", "R203": "why",
    "H100": "n", "H105": "what why", "H202": "header", "H206": "limit", **dict.fromkeys("H101 H102 H103 H104 H106 H107 H108 H109 H201 H203".split(), "why"),
}
CODES = declared()


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def test_every_code_is_declared_with_its_severity() -> None:
    assert [code.code for code in CODES if code.severity == "error"] == sorted(ERRORS)
    assert [code.code for code in CODES if code.severity == "warning"] == sorted(WARNINGS)
    assert [code.code for code in CODES if code.severity == "info"] == sorted(INFOS)


def test_what_stays_in_the_village() -> None:
    assert [code.code for code in CODES if code.local] == sorted(LOCAL)


def test_every_module_is_in_the_list() -> None:
    assert {rule.find.__module__ for rule in RULES} <= {module.__name__ for module in MODULES}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_both_languages_fill_in_the_same(code: Code) -> None:
    wanted = set(PLACEHOLDERS.get(code.code, "").split())
    assert (placeholders(code.zh), placeholders(code.en)) == (wanted, wanted)
    assert placeholders(code.todo_zh) | placeholders(code.todo_en) == set()


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_chinese_is_chinese(code: Code) -> None:
    """No Latin words but codes such as V-09, no signs outside GB 2312, no half-width punctuation between characters."""
    shown = re.sub(r"{\w+}", "", code.zh + code.todo_zh)
    assert re.findall(r"[A-Za-z]+", re.sub(r"\b[A-Z]-?\d+", "", shown)) == []
    assert re.findall(r"[\u4e00-\u9fff][,;:!?.]", shown) == []
    assert "!" not in shown
    shown.encode("gb2312")


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_every_code_says_what_to_do_and_why(code: Code) -> None:
    assert code.todo_zh.endswith("。")
    assert code.todo_en.endswith(".")
    assert re.search(r"请|不用|工作提示|可以", code.todo_zh)
    assert (bool(code.source), bool(code.bad), bool(code.good)) == (True, True, True) or code.code in WITH_ROWS


#: Their examples are several rows; the handbook shows these.
WITH_ROWS = {rule.code.code for rule in RULES if "_rows" in rule.bad}


#: Words of people who write software. Chinese ones in Chinese, English ones in English.
JARGON = "字段 校验 解析 空值 异常 映射 匹配 主键 外键 枚举 参数 正则 循环 规范化 格式化 有效性 非法输入 合法".split()
JARGON_EN = "field parse null invalid validation regex enum string exception schema key map duplicate mismatch".split()


def test_no_jargon() -> None:
    assert [(code.code, word) for code in CODES for word in JARGON if word in code.zh + code.todo_zh] == []
    spoken = {code.code: set(re.findall(r"[a-z]+", f"{code.en} {code.todo_en}".lower())) for code in CODES}
    assert [(code, word) for code, words in spoken.items() for word in JARGON_EN if word in words] == [("K112", "key")]  # 本册密钥, its name on the sheet


def test_a_message_says_what_is_wrong_and_the_hint_what_to_do() -> None:
    """One fact, no full stop, no request; the request stands in the hint, which no message needs to repeat."""
    assert [code.code for code in CODES if "请" in code.zh] == ["V110", "V111"]  # these two ask for one thing only: to leave her in peace
    assert [code.code for code in CODES if code.zh.endswith("。") or code.en.endswith(".")] == []
    assert [code.code for code in CODES if len(code.zh) > 40 or len(code.todo_zh) > 45] == []
    assert [code.code for code in CODES if code.zh in code.todo_zh] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_message_of_the_service_book_can_show_content(language: str) -> None:
    """Whatever a reader or a rule has to say of a private sheet, and whatever it fills in: the content is not in the sentence."""
    draft = Draft(Pregnancies, 0, Source("a.xlsx", "0" * 64, "990101101201", "2025-09", 0), None, {})
    for code in CODES:
        for name in placeholders(code.zh + code.en) & {"v", "new", "name", "code"}:
            issue = issue_of(code.code, draft, ((name, "样例甲"),), field="name", row=5, column="B")
            assert "样例甲" not in issue.message(language) + issue.hint(language)
            assert issue.local
            assert HIDDEN not in issue.message(language) or code.code in ("F110", "G301", "G302")  # these are of office ledgers and covers


def test_what_private_sheets_fill_in_is_never_a_cell() -> None:
    """Rules over the book fill in numbers of the plan only."""
    book = {rule.code.code for rule in RULES if rule.ledger in (Pregnancies, Visits)} | {"V101", "V103", "V105", "V110", "V111", "V201"}
    assert {(code, name) for code in book for name in placeholders(code_of(code).zh)} == {("V103", "a"), ("V103", "b"), ("V109", "n")}


def test_no_harsh_words() -> None:
    harsh = ("严禁", "必须立即", "违者", "严肃")
    assert [code.code for code in CODES if any(word in code.zh + code.todo_zh + code.source for word in harsh)] == []


def test_reasons_are_plain_too() -> None:
    """Kinds of files and sizes keep the names people see on them."""
    plain = [zh for why, (zh, _) in REASONS.items() if not why.startswith("frame_")]  # those name the command that repairs (SPEC 7)
    assert {word for zh in plain for word in re.findall(r"[A-Za-z]+", zh)} <= {"PDF", "MB", "csv", "xlsx"}
    assert [zh for zh in plain if any(word in zh for word in JARGON) or re.search(r"[,;:!?]", zh)] == []
