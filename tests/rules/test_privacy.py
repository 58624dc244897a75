"""What is recognised as not to be collected, and what must not be mistaken for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tables import book, ledger, standard, union, village
from toolkit.rules.privacy import forbidden_header, identity_number, set_aside_text
from toolkit.schema import BY_NAME, LEDGERS, ROW_HINT, SERIAL, Cover
from toolkit.schema.kinds import Code, parse_cell


def identity(first17: str) -> str:
    """A fictional number with its right check character."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first17 + "10X98765432"[sum(int(a) * b for a, b in zip(first17, weights, strict=True)) % 11]


NUMBER = identity("99010119000101001")


def wrong(number: str) -> str:
    return number[:-1] + ("1" if number[-1] != "1" else "2")


@pytest.mark.parametrize(("header", "ledger", "word"), [
    ("身份证号", "pregnancies", "身份证"), ("证件号码", "staff", "证件号"), ("户籍地", "pregnancies", "户籍"), ("思想动向", "visits", "思想"),
    ("思 想\n动 向", "visits", "思想"), ("末次月经", "pregnancies", None), ("胎儿性别", "pregnancies", "胎儿性别"), ("孩次", "pregnancies", "孩次"),
    ("孩次", "birth_orders", None), ("出生日期", "pregnancies", "出生日期"), ("出生日期", "visits", "出生日期"), ("丈夫姓名", "pregnancies", "丈夫"),
    ("配偶电话", "pregnancies", "配偶"), ("年龄（岁）", "pregnancies", "年龄"), ("婚姻状况", "pregnancies", "婚"), ("计划内/外", "births", "计划内"),
    ("其中：计划内", "births", "计划内"), ("终止妊娠日期", "pregnancies", "终止妊娠"), ("截止日期", "staff", None), ("结束日期", "pregnancies", "结束日期"),
    ("孕检结果", "visits", "孕检结果"), ("举报人", "cases", "举报人"), ("举报人电话", "works", "举报人"), ("案件来源（不记举报人）", "cases", None),
    ("流产数", "cases", None), ("户口", "staff", None), ("终止妊娠药品", "works", None), ("身份证", "evidence", "身份证"),
    ("备注", "pregnancies", None), ("备注", "cases", None), ("填报人", "pregnancies", None), ("", "visits", None), ("男孩", "births", None),
    ("准生证号", "visits", "准生证"), ("下次日期", "visits", None),
])
def test_headers(header: str, ledger: str, word: str | None) -> None:
    assert forbidden_header(header, ledger) == word


@pytest.mark.parametrize("ledger", [*LEDGERS, Cover], ids=lambda ledger: ledger.id)
def test_no_header_of_ours_is_forbidden(ledger: type) -> None:
    known = [name for column in BY_NAME[ledger.id].columns for name in (column.heading, *column.aliases)]
    printed = [f"＊{column.heading}\n（{column.hint}）" for column in BY_NAME[ledger.id].columns]
    assert [name for name in (*known, *printed, SERIAL, ROW_HINT) if forbidden_header(name, ledger.id)] == []


@pytest.mark.parametrize(("text", "found"), [
    (NUMBER, True), (f"证件{NUMBER}。", True), (f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", True), (NUMBER.translate({ord("9"): "９"}), True),
    (wrong(NUMBER), False), (f"1{NUMBER}", False), (f"{NUMBER}1", False), (identity("99010119001301001"), False),
    ("91110000600037341L", False),
    ("990101101201-01", False), ("", False), (identity("99010119000229001"), False),
])
def test_identity_numbers(text: str, found: bool) -> None:
    assert identity_number(text) is found


@pytest.mark.parametrize(("text", "code"), [
    ("联系19000000001", "K103"), ("电话：190 0000 0001", "K103"), ("190-0000-0001", "K103"), ("+8619000000001", "K103"),
    ("座机0990-0000001", "K103"),
    ("（0990）0000001", "K103"), (f"样例{NUMBER}", "K103"), ("130101101201", None), ("150101101201-01", None), ("编号1390000000", None),
    ("135101-2025-0001", None), ("990101-2025-0001", None), ("2025-09-12", None), ("某卫罚〔2025〕3号", None), ("CL-2025-01", None),
    ("发放折页1500份", None),
    ("示例门诊部", None), ("举报人为样例甲", "K104"), ("举报人：样例甲", "K104"), ("举报者是样例甲", "K104"), ("举报人姓名样例", None), ("由样例甲举报", "K104"),
    ("由村民样例甲举报", "K104"), ("由群众举报", None), ("由匿名电话举报", None), ("由县市场监管局举报", None),
    ("由样例甲向县卫生健康局举报", "K104"), ("由样例甲到卫生院举报", "K104"), ("举报人保护制度", None), ("举报人奖励办法", None),
    ("举报（不记举报人）", None), ("举报人是否得到保护", None), ("由专人管理举报电话", None), ("了解思想动态", "K105"), ("思想 动向", "K105"), ("清理准生证", "K105"),
    ("禁止非医学需要的胎儿性别鉴定和选择性别人工终止妊娠的规定", None), ("计划生育手术、流产、引产、避孕、节育", None), ("人口与计划生育法第三十九条", None),
    ("当事妇女", "K105"), ("", None),
])
def test_free_text(text: str, code: str | None) -> None:
    assert set_aside_text(text) == code


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.id)
def test_no_example_of_ours_is_set_aside(ledger: type) -> None:
    """The service book's own columns are not free text."""
    assert [column.field for column in BY_NAME[ledger.id].columns if column.free and set_aside_text(column.example)] == []
    assert [column.field for column in BY_NAME[ledger.id].columns if identity_number(column.example)] == []


#: The words of the table of rules (K102), as they stand there.
WORDS = """身份证 证件号 户籍 户口 思想 动向 态度 倾向 避孕 上环 取环 查环 节育 胎儿性别 流产 引产 终止妊娠 死胎 死产 结束原因 结束日期 去向 消失 胎次 子女 婚 年龄
丈夫 配偶 举报人 社会抚养费 准生证 生育证 服务证 计划内外 政策内外 三查 孕检结果 补救""".split()
IN_BOOK, IN_OFFICE = ["孩次", "出生日期"], ["身份证", "证件号", "举报人"]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.id)
def test_every_word_of_the_table(ledger: type) -> None:
    """All of them where women or births are told of, three in ledgers of offices, two more in the service book."""
    name = BY_NAME[ledger.id].id
    forbidden = [word for word in (*WORDS, *IN_BOOK) if forbidden_header(word, name)]
    office, book = name in ("staff", "works", "evidence", "cases"), BY_NAME[name].private
    assert forbidden == (IN_OFFICE if office else [*WORDS, *IN_BOOK] if book else WORDS)
    assert [word for word in forbidden if not forbidden_header(f"{word}（填写）", name)] == []


@pytest.mark.parametrize("typed", ["9.9010119900101E+17", " ９.9010119900101 E＋17", 9.9010119900101e17, int(9.9010119900101e17)])
def test_a_number_that_lost_its_digits_is_shown_as_the_sheet_shows_it(typed: str | float) -> None:
    """An identity number in a numeric cell has no check character left to know it by: no more than six digits are said."""
    found = parse_cell(Code(), typed)
    assert (found.code, dict(found.params)) == ("G109", {"v": "9.90101E+17"})


@pytest.mark.parametrize(("required", "severity"), [(False, "info"), (True, "warning")])
def test_a_plan_may_require_submissions(required: bool, severity: str) -> None:
    """A village workbook sent whole is read the same way; where submissions are required, K108 is a warning."""
    whole = union(book(village(ledger("staff", {}))), merging=True, plan=replace(standard(), submissions_required=required))
    assert [issue.severity for issues in whole.file_issues.values() for issue in issues if issue.code == "K108"] == [severity]
