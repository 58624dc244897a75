"""The book's second sheet: what was offered, when, and whether she wished it that way (V). All of it stays in the village.

Rules that need the woman's own row look it up in the same book; a number used twice stands for its first row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.plan import Plan
from toolkit.rules.cells import past, repeated, true
from toolkit.rules.deadlines import days_used
from toolkit.rules.pregnancies import service_end
from toolkit.rules.rule import Ground, Hits, Rows, ground_rule, lacks, rule
from toolkit.schema import Pregnancies, Visits

if TYPE_CHECKING:
    import pandas as pd

HOME_VISIT, NOT_REACHED = 1, 5  # 入户, 未联系上
GREETING = 8  # 月度问候
PHONE_ONLY, SHE_CALLS = 2, 3  # consent
BEFORE_BIRTH = 280  # day 0 = due date - 280 (DOMAIN 3.6)
WEEK = 7


@rule(Visits, "V104", "warning", marks="visit_date", zh="同一天的同一项服务记了两行", en="one service of one day is entered twice", todo_zh="请核对；同一次服务只留一行。",
      todo_en="Keep one row for one service.",
      source="重复的一行会多算一次服务", bad={"_rows": [{"visit_type": "8"}, {"visit_type": "8 月度问候"}]},
      good={"_rows": [{"visit_type": "8"}, {"visit_type": "2"}]})
def same_day_twice(c: Rows, plan: Plan) -> pd.Series[bool]:
    return repeated(c, "record_id", "visit_date", "visit_type")


@rule(Visits, "V108", "warning", marks="next_date", zh="下次日期应晚于本次", en="next date not later than this one", todo_zh="请核对两个日期；没有约定的，请空白。",
      todo_en="Check both dates; leave it blank if nothing was agreed.", source="下次在本次之后",
      bad={"visit_date": "2025-09-08", "next_date": "2025-09-01"}, good={"visit_date": "2025-09-08", "next_date": "2025-10-08"})
def next_not_later(c: Rows, plan: Plan) -> pd.Series[bool]:
    return true(c.next_date <= c.visit_date) & past(c, "visit_date")


@rule(Visits, "V109", "warning", marks="need_reported_on", zh="需求上报超过{n}日", en="need reported later than {n} days",
      todo_zh="请核对日期；以后请按时告诉上一级。",
      todo_en="Check the dates; please tell the superior office in time.", source="服务中发现的问题两日内报告（方案）；考核的是单位",
      bad={"need": "2 交通", "need_status": "2 已上报", "need_found_on": "2025-09-08", "need_reported_on": "2025-09-12"},
      good={"need": "2 交通", "need_status": "2 已上报", "need_found_on": "2025-09-08", "need_reported_on": "2025-09-10"})
def need_reported_late(c: Rows, plan: Plan) -> list[Hits]:
    import pandas as pd

    limit = plan.deadlines.need_report_days
    late = true((c.need_reported_on - c.need_found_on).dt.days > limit) & past(c, "need_reported_on")
    if plan.deadlines.need_day_count == "working" and late.any():  # never more working days than days
        days = zip(late, c.need_found_on.dt.date, c.need_reported_on.dt.date, strict=True)
        late = pd.Series([bool(slow) and days_used(found, reported, plan) > limit for slow, found, reported in days], index=late.index,
                         dtype=bool)
    return [Hits(late, Visits, "need_reported_on", {"n": str(limit)})]


def last_two_unanswered(c: Rows) -> pd.Series[bool]:
    """The last visit row of each record whose last two rows are 未联系上; silent where a date of hers is not known."""
    import pandas as pd

    lines = pd.DataFrame({"part": c.part, "record": c.record_id, "day": c.visit_date, "missed": true(c.mode == NOT_REACHED)})
    lines = lines[lines["record"].notna()].sort_values(["part", "record", "day"], kind="stable")
    of_record = [lines["part"], lines["record"]]
    before = lines["missed"].groupby(of_record).shift(fill_value=False)
    last = ~lines.duplicated(["part", "record"], keep="last")
    dated = ~lines["day"].isna().groupby(of_record).transform("any").astype(bool)
    return (lines["missed"] & before & last & dated).reindex(c.part.index, fill_value=False).astype(bool)


@rule(Visits, "V202", "info", marks="mode", zh="已两次未联系上", en="not reached twice in a row", todo_zh="请停止主动联系，等待本人来电。",
      todo_en="Stop contacting; wait for her call.", source="参加自愿，不回应不需要理由",
      bad={"_rows": [{"visit_date": "2025-08-08", "mode": "5 未联系上"}, {"visit_date": "2025-09-08", "mode": "5 未联系上"}]},
      good={"_rows": [{"visit_date": "2025-08-08", "mode": "5 未联系上"}, {"visit_date": "2025-09-08", "mode": "2 电话"}]})
def stop_contacting(c: Rows, plan: Plan) -> pd.Series[bool]:
    return last_two_unanswered(c)


@ground_rule("V103", "info", local=True, zh="该类服务通常在孕{a}-{b}周", en="this service is usually given in weeks {a}-{b}",
             todo_zh="请核对随访类型；类型无误的，不用改。",
             todo_en="Check the type of visit; if it is right, leave it.", source="国家基本公共卫生服务规范的孕产妇健康管理；窗口之外多一次不算错",
             bad="类型选“2 孕16-20周”，按预产期那天是孕30周", good="类型选“4 孕28-36周”")
def outside_window(ground: Ground) -> list[Hits]:
    if not ground.has(Pregnancies, Visits):
        return []
    c, book = _with_book(ground)
    day = (c.visit_date - book["edd"]).dt.days + BEFORE_BIRTH
    hits = []
    for number, (first, last) in enumerate(ground.plan.visits.windows, start=1):
        outside = true(c.visit_type == number) & true((day < first) | (day > last)) & past(c, "visit_date")
        hits.append(Hits(outside, Visits, "visit_type", {"a": str(first // WEEK), "b": str(last // WEEK)}))
    return hits


@ground_rule("V110", "error", local=True, zh="本人未同意上门，请勿入户", en="home visit not agreed", todo_zh="请核对方式；确已入户的，请按本人意愿改用电话或信息。",
             todo_en="Check the entry; from now on phone or write, as she wished.", source="个人信息保护法第十四条、妇女权益保障法第二十八条：以本人同意为限",
             bad="本人同意“仅电话或信息”，方式写“1 入户”", good="方式写“2 电话”")
def home_visit_not_agreed(ground: Ground) -> list[Hits]:
    if not ground.has(Pregnancies, Visits):
        return []
    c, book = _with_book(ground)
    return [Hits(true(c.mode == HOME_VISIT) & true(book["consent"] == PHONE_ONLY), Visits, "mode")]


@ground_rule("V111", "error", local=True, zh="本人仅主动联系，请勿主动联系", en="she calls herself; do not contact her",
             todo_zh="请核对这一行；本人来电的，方式选电话，类型不选月度问候。",
             todo_en="Check the row; when she called, choose 电话 and a type other than 月度问候.", source="个人信息保护法第十四条：以本人同意为限",
             bad="本人选“仅本人主动联系”，记了一次月度问候", good="本人来电咨询，方式“2 电话”，类型“9 其他”")
def contacted_against_wish(ground: Ground) -> list[Hits]:
    """Other rows count as her own call."""
    if not ground.has(Pregnancies, Visits):
        return []
    c, book = _with_book(ground)
    ours = c.mode.isin((HOME_VISIT, NOT_REACHED)) | (c.visit_type == GREETING)
    return [Hits(true(ours) & true(book["consent"] == SHE_CALLS), Visits, "mode")]


@ground_rule("V201", "info", local=True, zh="本月尚未问候", en="no greeting offered yet this month", todo_zh="工作提示，对方可不回应；方便时请按本人同意的方式问候一次。",
             todo_en="A hint: offer a greeting in the way she agreed to; she need not answer.", source="方案约定每月问候一次；问候由单位提供，不要求回应",
             bad="本人同意电话联系，本月没有一行随访记录", good="本月有一行，未联系上也算")
def no_greeting_yet(ground: Ground) -> list[Hits]:
    """Not for whom to leave in peace (consent 3, V202) and not after the service was over before the month began."""
    if not ground.plan.visits.monthly or not ground.has(Pregnancies, Visits):
        return []
    import pandas as pd

    p, v = ground.rows(Pregnancies), ground.rows(Visits)
    books = _books(ground)
    greeted = v.visit_date.isna() | ((v.visit_date >= v.month_start) & (v.visit_date <= v.month_end)) | last_two_unanswered(v)
    seen = pd.DataFrame({"book": v.of_part(lambda part: books[part.source.key]), "record": v.record_id,
                         "greeted": greeted})
    settled = set(seen.loc[seen["greeted"], ["book", "record"]].itertuples(index=False, name=None))
    unread = {books[ground.parts[number].source.key] for number in v.part[ground.tables[Visits.id].unknown("record_id")].unique()}
    with_visits = {books[part.source.key] for part in ground.parts if part.ledger == Visits.id and not lacks(part, "record_id")}
    with_visits -= unread  # a number that was not read may be hers
    book = p.of_part(lambda part: books[part.source.key])
    waiting = pd.Series([number in with_visits and (number, record) not in settled
                         for number, record in zip(book, p.record_id, strict=True)],
                        index=p.part.index, dtype=bool)
    agreed = true(p.consent.isin((1, PHONE_ONLY))) & p.record_id.notna() & ~repeated(p, "record_id")
    over = true(service_end(p) < p.month_start)
    return [Hits(waiting & agreed & ~over, Pregnancies, "record_id")]


@ground_rule("V101", "error", local=True, zh="编号不在孕产妇台账里", en="the number is not in the book", todo_zh="请对照孕产妇台账改正编号；服务已结束的，请删去这一行。",
             todo_en="Correct the number; where the service is over, delete the row.", source="随访要对得上台账里的一行",
             bad="随访的编号在孕产妇台账里没有", good="编号与孕产妇台账一致")
def number_not_in_book(ground: Ground) -> list[Hits]:
    """Judged where the book's first sheet is here and all its numbers could be read."""
    if not ground.has(Pregnancies, Visits):
        return []
    p, (c, book) = ground.rows(Pregnancies), _with_book(ground)
    books = _books(ground)
    sheets = {books[part.source.key] for part in ground.parts if part.ledger == Pregnancies.id and not lacks(part, "record_id")}
    unread = p.part[ground.tables[Pregnancies.id].unknown("record_id")]
    doubtful = {books[ground.parts[number].source.key] for number in unread.unique()}
    judged = c.of_part(lambda part: books[part.source.key] in sheets - doubtful).astype(bool)
    return [Hits(c.record_id.notna() & ~book["found"] & judged, Visits, "record_id")]


def _books(ground: Ground) -> dict[tuple[str, str, str, str, int], int]:
    """A number for each file's book: the two sheets of one file belong together."""
    return {key: number for number, key in enumerate(dict.fromkeys(part.source.key for part in ground.parts))}


def _with_book(ground: Ground) -> tuple[Rows, pd.DataFrame]:
    """The visits, and beside each its record's due date and consent and whether the record was found."""
    import pandas as pd

    p, v, books = ground.rows(Pregnancies), ground.rows(Visits), _books(ground)
    book = pd.DataFrame({"book": p.of_part(lambda part: books[part.source.key]).astype("int64"), "record": p.record_id, "edd": p.edd,
                         "consent": p.consent, "found": True})
    book = book[book["record"].notna()].drop_duplicates(["book", "record"])
    wanted = pd.DataFrame({"book": v.of_part(lambda part: books[part.source.key]).astype("int64"), "record": v.record_id})
    facts = wanted.merge(book, on=["book", "record"], how="left")
    facts.index = v.part.index
    facts["found"] = facts["found"].eq(True)
    return v, facts


