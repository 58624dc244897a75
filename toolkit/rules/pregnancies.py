"""The book's first sheet: numbers, phones, dates, and when a row ends. All of it stays in the village (P)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.model.plan import Plan
from toolkit.rules.cells import past, repeated, true
from toolkit.rules.rule import Hits, Rows, rule
from toolkit.schema import Pregnancies

if TYPE_CHECKING:
    import pandas as pd

#: Mobile and landline numbers; operators' segments change and are not checked (DOMAIN 3.5).
PHONE = r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?"
#: Days of DOMAIN 3.6.
SERVICE_AFTER_DELIVERY, SERVICE_AFTER_DUE_DATE = 56, 90
EARLIEST_BEFORE_DUE_DATE, LATEST_AFTER_DUE_DATE = 126, 35  # 22+0 weeks; five weeks over
FARTHEST_DUE_DATE = 300


def days(number: int) -> pd.Timedelta:
    import pandas as pd

    return pd.Timedelta(days=number)


def service_end(c: Rows) -> pd.Series[Any]:
    """The last day of service: delivered_on + 56, else edd + 90 (DOMAIN 3.6)."""
    return (c.delivered_on + days(SERVICE_AFTER_DELIVERY)).fillna(c.edd + days(SERVICE_AFTER_DUE_DATE))


@rule(Pregnancies, "P101", "error", marks="record_id", zh="编号与前面一行重复", en="the number stands in an earlier row too", todo_zh="请给后一行换一个印好的编号。",
      todo_en="Give the later row another preprinted number.", source="一个编号只对应一行，随访才对得上",
      bad={"_rows": [{"record_id": "K7Q2MX"}, {"record_id": "K7Q2MX"}]}, good={"_rows": [{"record_id": "K7Q2MX"}, {"record_id": "R4TWZ8"}]})
def number_twice(c: Rows, plan: Plan) -> pd.Series[bool]:
    return repeated(c, "record_id")


@rule(Pregnancies, "P121", "warning", marks="phone", zh="联系电话不像电话号码", en="this does not look like a phone number", todo_zh="请核对位数；本人不愿留的，请空白。",
      todo_en="Check the digits; leave it blank if she prefers not to give one.", source="手机11位，座机带区号",
      bad={"phone": "1900000000"}, good={"phone": "19000000001"})
def phone_form(c: Rows, plan: Plan) -> pd.Series[bool]:
    return c.phone.notna() & ~true(c.phone.str.fullmatch(PHONE))


def _due_date_far(c: Rows) -> pd.Series[bool]:
    return true(c.peek("edd") > c.month_end + days(FARTHEST_DUE_DATE))


def _notice_late(c: Rows) -> pd.Series[bool]:
    return true(c.peek("notice_date") > c.peek("edd") + days(SERVICE_AFTER_DUE_DATE)) & past(c, "notice_date")


def _delivery_far(c: Rows) -> pd.Series[bool]:
    due, delivered = c.peek("edd"), c.peek("delivered_on")
    outside = (delivered < due - days(EARLIEST_BEFORE_DUE_DATE)) | (delivered > due + days(LATEST_AFTER_DUE_DATE))
    return true(outside) & past(c, "delivered_on") & ~_due_date_far(c)


@rule(Pregnancies, "P206", "info", marks="record_id", zh="服务期已满", en="service period over", todo_zh="请删除本行，不必询问，不填原因。",
      todo_en="Delete the row; ask nothing, enter no reason.", source="服务期满即删除（个人信息保护法第十九条、第四十七条）",
      bad={"edd": "2025-06-20", "notice_date": "2025-01-10"}, good={"edd": "2025-12-20"})
def service_over(c: Rows, plan: Plan) -> pd.Series[bool]:
    """Silent where the dates themselves are to be checked (P209, P210, G103): nobody deletes a row for a slip of the pen."""
    doubtful = _delivery_far(c) | _notice_late(c) | ~past(c, "delivered_on")
    return true(service_end(c) < c.month_end) & ~doubtful


@rule(Pregnancies, "P209", "warning", marks="delivered_on", zh="分娩日期与预产期相差过大", en="delivery date and due date lie far apart",
      todo_zh="请核对两个日期的年月日；不必询问本人。", todo_en="Check both dates as typed; do not ask her.", source="相差过大多是录入错误",
      bad={"edd": "2025-12-20", "delivered_on": "2025-07-01"}, good={"edd": "2025-09-20", "delivered_on": "2025-09-12"})
def delivery_far_from_due_date(c: Rows, plan: Plan) -> pd.Series[bool]:
    """Needs both dates."""
    return _delivery_far(c) & c.edd.notna() & c.delivered_on.notna()


@rule(Pregnancies, "P210", "warning", marks="edd", zh="日期相差过大，像是录入有误", en="the date lies far off, as if mistyped", todo_zh="请核对年月日，特别是年份。",
      todo_en="Check the date as typed, above all the year.", source="相差过大多是录入错误", bad={"edd": "2026-12-20"}, good={"edd": "2025-12-20"})
def date_unlikely(c: Rows, plan: Plan) -> list[Hits]:
    """A due date more than 300 days ahead, or notice given after the service was over."""
    return [Hits(_due_date_far(c), Pregnancies, "edd"), Hits(_notice_late(c), Pregnancies, "notice_date")]
