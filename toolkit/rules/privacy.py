"""What may not be collected: headers, numbers of persons in texts, informants, unsuitable words (K102-K105).

Pure functions of a text; the reader decides what to do with the answer.
"""

from __future__ import annotations

import datetime as dt
import functools
import re

from toolkit.schema import BY_NAME, ROW_HINT, SERIAL, Cover, Pregnancies, Visits
from toolkit.schema.pregnancies import LAST_PERIOD
from toolkit.schema.text import plain

#: Words of headers that are forbidden in every ledger that tells about women or births (DOMAIN 5.9, K102).
_PERSONAL = (
    "身份证", "证件号", "身份号码", "户籍", "户口", "思想", "动向", "态度", "倾向", "避孕", "上环", "取环", "查环", "节育", "胎儿性别", "流产", "引产",
    "终止妊娠", "死胎", "死产", "妊娠结局", "妊娠结果", "结束原因", "结束日期", "去向", "消失", "胎次", "子女", "婚", "年龄", "丈夫", "配偶", "家属", "亲属",
    "举报人", "社会抚养费", "准生证", "生育证", "服务证", "计划内", "计划外", "政策内", "政策外", "三查", "孕检结果", "补救",
)
#: Forbidden in the service book only: elsewhere these words belong to counts.
_IN_BOOK = ("孩次", "孕次", "产次", "出生日期", "性别")
#: All that is forbidden in ledgers about offices, staff and cases.
_IN_OFFICE = ("身份证", "证件号", "举报人")
_OFFICE_LEDGERS = frozenset(("staff", "works", "evidence", "cases"))
_BOOK_LEDGERS = frozenset((Pregnancies.id, Visits.id))
#: Phrases that only say that an informant is not recorded.
_HARMLESS = ("不记举报人", "不填举报人", "不写举报人")
_HEADER_NOISE = re.compile(r"[\s*＊/／、，,:：]+")


def forbidden_header(text: str, ledger_id: str) -> str | None:
    """The forbidden word in a header, or None.

    Known headings and aliases of the ledger (and the cover's labels) are matched first, the longest ones before the
    shorter: 截止日期 is no 终止…, 分孩次出生's own 孩次 is allowed there. `ledger_id`: of the sheet the header stands on.
    """
    forbidden, pattern = _header_words(ledger_id)
    for match in pattern.finditer(_header(text)):
        if match[0] in forbidden:
            return match[0]
    return None


def header_words(ledger_id: str) -> list[tuple[str, bool]]:
    """The words a header of a ledger is searched for, longest first, each with whether it is forbidden."""
    forbidden, pattern = _header_words(ledger_id)
    return [(word, word in forbidden) for word in (re.sub(r"\\(.)", r"\1", part) for part in pattern.pattern.split("|"))]


def _header(text: str) -> str:
    return _HEADER_NOISE.sub("", plain(text))


@functools.cache
def _header_words(ledger_id: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The forbidden words of a ledger, and a pattern that finds these and the known ones, longest first."""
    if ledger_id in _OFFICE_LEDGERS:
        words: tuple[str, ...] = _IN_OFFICE
    else:
        words = _PERSONAL + (_IN_BOOK if ledger_id in _BOOK_LEDGERS else ())
    ledger = BY_NAME.get(ledger_id)
    columns = (*Cover.columns, *(ledger.columns if ledger else ()))
    own = {name for column in columns for name in (column.heading, *column.aliases)} | {SERIAL, ROW_HINT, *_HARMLESS}
    if ledger is Pregnancies:
        own |= set(LAST_PERIOD)
    known = {_header(name) for name in own}
    every = sorted({*known, *words}, key=lambda word: (-len(word), word))
    return frozenset(words) - known, re.compile("|".join(map(re.escape, every)))


#: 17 digits and a check character, with nothing that could make it part of a longer number.
_IDENTITY = re.compile(r"(?<!\d)(\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx])(?![\dA-Za-z])")
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECK = "10X98765432"
_OLDEST_YEAR, _LATEST_YEAR = 1900, 2100


def identity_number(text: str) -> bool:
    """Whether a text holds an 18-character identity number: a valid date and the right check character (DOMAIN 3.1)."""
    return any(_is_identity(match[1]) for match in _IDENTITY.finditer(plain(text)))


def _is_identity(found: str) -> bool:
    number = re.sub(r"[ -]", "", found).upper()
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _IDENTITY_WEIGHTS, strict=True))
    return number[0] != "0" and _OLDEST_YEAR <= born.year <= _LATEST_YEAR and _IDENTITY_CHECK[total % 11] == number[17]


#: Mobile numbers, with or without 86 and gaps; landlines with their area code. A digit before or after makes it a
#: code: 12-digit codes of provinces 13, 14, 15 begin like mobile numbers (DOMAIN 5.9).
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)[(（]?0\d{2,3}[)）]?[ -]?\d{7,8}(?!\d)")


def personal_number(text: str, public: bool = False) -> bool:
    """Whether a text holds an identity number or a telephone number. `public`: it says itself that a telephone is an office's."""
    text = plain(text)
    return identity_number(text) or (not public and (_MOBILE.search(text) is not None or _LANDLINE.search(text) is not None))


#: A name after 举报人/举报者 and 为, 是 or a colon; or 由 somebody 举报.
_INFORMANT = re.compile(r"(?<!不记)(?:举报人|举报者)(?:姓名)?(?:为|是(?!否)|[:：])(?!匿名|保密|不|无|保护|奖励|群众)[\u4e00-\u9fffA-Za-z]")
_REPORTED_BY = re.compile(r"由([^，。；、,;]{1,12}?)举报(?!奖励|人|电话|箱|热线|制度|渠道|平台|信息|线索|机制)")
#: Whom 由…举报 may name without naming anybody: the public, or an office.
_NOBODY = re.compile(r"(?:热心|匿名|有关|多名|一名|附近|当地|社会|部分)*(?:群众|村民|居民|市民|匿名|他人|热线|电话|网络|来信)|[^向到给经往去]*(?:局|委|办|中心|部门|单位|院|所)")

#: Words that no free text needs; law titles use others, which stay allowed (胎儿性别, 终止妊娠 …).
_UNSUITABLE = ("思想动向", "思想动态", "死胎", "死产", "孕情消失", "准生证", "社会抚养费", "三查", "孕检结果", "补救措施", "当事妇女")


def set_aside_text(text: str) -> str | None:
    """Why a free text is not kept: "K103", "K104", "K105", or None where it may stay."""
    text = plain(text)
    if personal_number(text):
        return "K103"
    close = text.replace(" ", "")
    if _INFORMANT.search(close) or any(not _NOBODY.fullmatch(match[1]) for match in _REPORTED_BY.finditer(close)):
        return "K104"
    if any(word in close for word in _UNSUITABLE):
        return "K105"
    return None
