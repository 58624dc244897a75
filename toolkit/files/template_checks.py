"""What `本行提示` says about a row: the schema's own demands and the few rules that can be seen while typing.

The words name the column and what to do, never a cell's content (LOOK 4). The full rules are in `rules/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.files.template_tests import (
    Test,
    above_village,
    above_zero,
    after,
    apart,
    beyond,
    blank,
    coded,
    consents_to,
    ended,
    length_not,
    no_amount,
    no_count,
    no_date,
    no_phone,
    not_in,
    sum_differs,
    twice,
)
from toolkit.model.ledger import Column, Ledger
from toolkit.schema import Cases, Pregnancies, Services
from toolkit.schema.kinds import Bool, Choice, Count, Date, Money, Phone, RecordId, UnitCode, Uscc

WRONG, DOUBT, NOTICE = "×", "△", "○"


@dataclass(frozen=True)
class Check:
    """One thing `本行提示` can say. `marks`: the field whose cell is coloured; `fill`: its role, "" for none."""

    marks: str
    sign: str
    fill: str
    words: str
    test: Test


def list_name(ledger: type[Ledger], column: Column) -> str:
    """The defined name of what a drop-down column accepts."""
    return "list_yes_no" if isinstance(column.kind, Bool) else f"list_{ledger.id}_{column.field}"


def checks_of(ledger: type[Ledger], level: str) -> tuple[Check, ...]:
    """Everything said about a row of this ledger, errors first, then in column order."""
    if ledger is Services:
        return ()
    found = [check for column in ledger.columns for check in _column_checks(ledger, column)]
    found += _OWN.get(ledger.id, ())
    if ledger is Cases and level != "county":
        found.append(Check("party_type", WRONG, "error", "村和乡镇只填机构；个人的行请删除", coded("party_type", "2", "3", "6")))
    order = {name: place for place, name in enumerate(ledger.by_field)}
    return tuple(sorted(found, key=lambda check: ((WRONG, DOUBT, NOTICE).index(check.sign), order[check.marks])))


def _column_checks(ledger: type[Ledger], column: Column) -> Iterator[Check]:
    name, words = column.field, column.heading.split("(")[0]
    if column.required:
        sign = DOUBT if column.covered_by.startswith("S") else WRONG
        if not (sign == DOUBT and ledger.id != "staff"):
            yield Check(name, sign, "warning", f"缺{words}" + _MISSING.get((ledger.id, name), ""), blank(name))
    if isinstance(column.kind, Date):
        yield Check(name, WRONG, "error", f"{words}不是日期", no_date(name))
        if column.asof:
            yield Check(name, WRONG, "error", f"{words}晚于填报日期", after(name, "asof") & ~no_date(name))
    elif isinstance(column.kind, (Choice, Bool)):
        yield Check(name, WRONG, "error", f"{words}请从下拉选", not_in(name, list_name(ledger, column)))
    elif isinstance(column.kind, Money):
        yield Check(name, WRONG, "error", f"{words}不是金额", no_amount(name))
    elif isinstance(column.kind, Count):
        yield Check(name, WRONG, "error", f"{words}请填0或整数", no_count(name))
    elif isinstance(column.kind, UnitCode):
        yield Check(name, WRONG, "error", f"{words}请填12位代码", length_not(name, 6, 9, 12))
        if column.kind.levels:
            yield Check(name, WRONG, "error", f"{words}只填到乡镇", above_village(name))
    elif isinstance(column.kind, Uscc):
        yield Check(name, DOUBT, "warning", f"{words}应为18位", length_not(name, 18))
    elif isinstance(column.kind, Phone):
        yield Check(name, DOUBT, "warning", f"{words}请核对", no_phone(name))
    elif isinstance(column.kind, RecordId):
        yield Check(name, DOUBT, "warning", f"{words}应为6位", length_not(name, 6))
    if name in _UNIQUE.get(ledger.id, ()):
        yield Check(name, WRONG, "error", f"{words}重复", twice(name, f"column_{ledger.id}_{name}"))


#: What to do about a blank cell, where it is more than filling it in (K107).
_MISSING = {("pregnancies", "notice_date"): "；未告知的请删除整行", ("pregnancies", "consent"): "；未同意的请删除整行"}

#: Numbers that stand once (P101, S101, C101).
_UNIQUE = {"pregnancies": ("record_id",), "staff": ("staff_id",), "cases": ("case_no",)}


def unique_fields(ledger: type[Ledger]) -> tuple[str, ...]:
    """Fields whose column has a defined name of its own, to count repeats."""
    return _UNIQUE.get(ledger.id, ())


_FILED = coded("status", "1", "2", "3", "4")
_DECIDED = coded("status", "2", "3", "4")
_CLOSED, _TRANSFERRED = coded("status", "4"), coded("status", "6")
_NEEDS = ~blank("need") & ~coded("need", "0") & ~Test('{need}="无"', lambda row: row.text("need") == "无")
_STAFF = ("staff_ids", "staff_names")


def _wanted(name: str, words: str, when: Test, sign: str = WRONG) -> Check:
    return Check(name, sign, "warning", words, when & blank(name))


#: Service ends so many days after a delivery, or after the due date where none is recorded (DOMAIN 5.2).
_AFTER_DELIVERY, _AFTER_DUE = 56, 90
_DELIVERY_FAR = apart("delivered_on", "edd", "<-126") | apart("delivered_on", "edd", ">35")
_NOTICE_LATE = apart("notice_date", "edd", ">90")
_DOUBTFUL = _DELIVERY_FAR | _NOTICE_LATE | after("delivered_on", "asof")  # nobody deletes a row for a slip of the pen

_OWN: dict[str, tuple[Check, ...]] = {
    "pregnancies": (
        Check("staff_id", WRONG, "error", "责任人编号不在包保名单", not_in("staff_id", *_STAFF)),
        Check("delivered_on", DOUBT, "warning", "分娩日期请核对", _DELIVERY_FAR),  # P209
        Check("edd", DOUBT, "warning", "预产期请核对", beyond("edd", "month_end", 300)),  # P210
        Check("notice_date", DOUBT, "warning", "告知日期请核对", _NOTICE_LATE),
        Check("record_id", NOTICE, "", "服务期已满，请删除本行",
              (ended("delivered_on", _AFTER_DELIVERY) | (blank("delivered_on") & ended("edd", _AFTER_DUE))) & ~_DOUBTFUL),  # P206
    ),
    "visits": (
        Check("record_id", WRONG, "error", "编号不在孕产妇台账", not_in("record_id", "record_ids")),
        Check("mode", WRONG, "error", "本人未同意上门，请勿入户", coded("mode", "1") & consents_to("record_id", "2")),  # V110
        Check("mode", WRONG, "error", "本人仅主动联系，请勿主动联系",  # V111
              (coded("mode", "1", "5") | coded("visit_type", "8")) & consents_to("record_id", "3")),
        Check("staff_id", DOUBT, "warning", "随访人编号请核对", not_in("staff_id", *_STAFF)),
        _wanted("need_status", "有需求，请填需求办理", _NEEDS),
        _wanted("need_found_on", "有需求，请填发现日期", _NEEDS),
        Check("need_reported_on", DOUBT, "warning", "需求上报早于发现，请核对", apart("need_reported_on", "need_found_on", "<0")),
        Check("next_date", DOUBT, "warning", "下次日期应晚于本次", apart("next_date", "visit_date", "<=0")),  # V108
    ),
    "births": (
        Check("live_births", WRONG, "error", "活产数应为男、女、未说明之和",  # B101
              sum_differs("live_births", "boys", "girls", "unstated")
              & ~(no_count("live_births") | no_count("boys") | no_count("girls"))),
    ),
    "birth_orders": (Check("quarter", WRONG, "error", "季度写作 2025-Q3", length_not("quarter", 7)),),
    "staff": (
        _wanted("area_codes", "缺分包单位代码", coded("role", "5", "6", "7", "8")),
        _wanted("upper_id", "缺上级责任人编号", coded("level", "2", "3", "4")),
        _wanted("publicised_on", "缺公示日期", coded("level", "1", "2"), DOUBT),  # S104
        Check("valid_to", WRONG, "error", "截止早于起始", apart("valid_to", "valid_from", "<0")),  # S201
    ),
    "cases": (
        _wanted("case_no", "立案后缺案件编号", ~blank("status") & ~coded("status", "0") & ~coded("status", "5")),
        _wanted("party_name", "缺机构名称", coded("party_type", "1", "4", "5", "7", "8")),
        _wanted("filed_on", "缺立案日期", _FILED), _wanted("legal_basis", "缺法律依据", _FILED),  # C103
        _wanted("decided_on", "缺处罚决定日期", _DECIDED), _wanted("decision_no", "缺决定书文号", _DECIDED),
        _wanted("fine", "缺罚款，没有填0", _DECIDED), _wanted("closed_on", "缺结案日期", _CLOSED), _wanted("archive_no", "缺案卷号", _CLOSED),
        _wanted("transfer_to", "缺移送部门", _TRANSFERRED), _wanted("transferred_on", "缺移送日期", _TRANSFERRED),  # C202
        Check("filed_on", WRONG, "error", "立案早于发现", apart("filed_on", "found_on", "<0")),  # C102
        Check("decided_on", WRONG, "error", "决定早于立案", apart("decided_on", "filed_on", "<0")),
        Check("closed_on", WRONG, "error", "结案早于决定", apart("closed_on", "decided_on", "<0")),
        Check("fine", DOUBT, "warning", "未决定却有罚款", above_zero("fine") & coded("status", "0", "1", "5")),  # C203
    ),
    "works": (
        Check("staff_id", DOUBT, "warning", "组织人编号请核对", not_in("staff_id", *_STAFF)),
        _wanted("evidence_no", "会议缺材料编号", coded("type", "1", "2", "3", "4"), DOUBT),  # W102
        Check("due_on", DOUBT, "warning", "整改逾期，请核对",  # W103
              coded("type", "8") & ended("due_on", 0) & (blank("done_on") | after("done_on", "month_end"))),
    ),
}

#: The columns whose cells begin a row: all, but a preprinted number begins nothing (LOOK 4).
def begins(ledger: type[Ledger]) -> tuple[str, ...]:
    return tuple(name for name in ledger.by_field if not (ledger is Pregnancies and name == "record_id"))
