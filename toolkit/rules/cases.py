"""Cases about institutions and practitioners: order of dates, what each stage needs, fines within the plan's bands (C)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.model.plan import Plan
from toolkit.rules.cells import past, repeated, true, words_for
from toolkit.rules.rule import Hits, Rows, rule
from toolkit.schema import Cases
from toolkit.schema.cases import STATUS

if TYPE_CHECKING:
    import pandas as pd

#: Stages (DOMAIN 5.7 row 10).
LEAD, FILED, DECIDED, EXECUTED, CLOSED, NOT_FILED, TRANSFERRED = 0, 1, 2, 3, 4, 5, 6
#: Which stages need which field (DOMAIN 5.7 rows 11-15, 20-21).
STAGE_NEEDS: dict[str, tuple[int, ...]] = {
    "filed_on": (FILED, DECIDED, EXECUTED, CLOSED),
    "legal_basis": (FILED, DECIDED, EXECUTED, CLOSED),
    "decided_on": (DECIDED, EXECUTED, CLOSED),
    "decision_no": (DECIDED, EXECUTED, CLOSED),
    "fine": (DECIDED, EXECUTED, CLOSED),
    "closed_on": (CLOSED,),
    "archive_no": (CLOSED,),
}
DATES_IN_ORDER = ("found_on", "filed_on", "decided_on", "closed_on")
BEFORE_DECISION = (LEAD, FILED, NOT_FILED)
OPEN = (LEAD, FILED, DECIDED, EXECUTED)
#: 人口与计划生育法 Art. 40: from 10 000 yuan of unlawful gains on, the fine is two to six times as much.
GAINS_COUNT_FROM, TIMES_LOW, TIMES_HIGH = 10_000, 2, 6
#: 机关代字〔年份〕序号号 (DOMAIN 4.7).
DECISION_NO = r"[^\s〔〕]{1,20}〔(?:19|20)\d{2}〕第?\d{1,6}(?:-\d{1,4})?号"


@rule(Cases, "C101", "error", marks="case_no", zh="案件编号与前面一行重复", en="the case number stands in an earlier row too", todo_zh="请核对；同一案件只留一行，不同案件请另编号。",
      todo_en="Keep one row for one case; give another case its own number.", source="一案一号",
      bad={"_rows": [{"case_no": "990101-2025-0001"}, {"case_no": "990101-2025-0001"}]},
      good={"_rows": [{"case_no": "990101-2025-0001"}, {"case_no": "990101-2025-0002"}]})
def number_twice(c: Rows, plan: Plan) -> pd.Series[bool]:
    return repeated(c, "case_no")


@rule(Cases, "C102", "error", marks="filed_on", zh="案件日期先后颠倒", en="the dates of the case are out of order", todo_zh="请核对四个日期：先发现，再立案、决定、结案，后一个不早于前一个。",
      todo_en="Check the dates: found, filed, decided, closed, none earlier than the one before.", source="办案有先后（行政处罚法第四十七条：全过程记录）",
      bad={"found_on": "2025-07-10", "filed_on": "2025-07-03"}, good={"found_on": "2025-07-03", "filed_on": "2025-07-10"})
def dates_out_of_order(c: Rows, plan: Plan) -> list[Hits]:
    """Marks the first date, in the order of the steps, that is earlier than one before it. A date in the future or not read counts as none."""
    hits: list[Hits] = []
    latest = c.peek("found_on").where(past(c, "found_on"))
    done = true(latest.isna()) & False
    for name in DATES_IN_ORDER[1:]:
        day = c.peek(name).where(past(c, name))
        early = true(day < latest) & ~done
        hits.append(Hits(early, Cases, name))
        done |= early
        latest = latest.where(true(latest >= day) | day.isna(), day)
    return hits


@rule(Cases, "C103", "error", marks="filed_on", zh="处理阶段“{s}”缺少“{col}”", en="stage “{s}” requires “{col}”", todo_zh="请补填；还没到这一步的，请改处理阶段。",
      todo_en="Fill it in, or correct the stage if the case is not there yet.", source="立案、决定、结案各有应当留下的记录（行政处罚法第四十七条、第五十九条）",
      bad={"status": "1 立案", "filed_on": ""}, good={"status": "1 立案", "filed_on": "2025-07-10"})
def stage_lacks(c: Rows, plan: Plan) -> list[Hits]:
    label = words_for(c.status, {int(code): name for code, name in STATUS.labels})
    return [Hits(true(c.status.isin(stages)) & c.blank(name), Cases, name, {"s": label, "col": Cases.by_field[name].heading})
            for name, stages in STAGE_NEEDS.items()]


_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def uscc_valid(text: str) -> bool:
    """Whether the text is an organisation code with its right check character (GB 32100-2015, DOMAIN 3.8)."""
    if len(text) != 18 or any(letter not in _USCC_LETTERS for letter in text):
        return False
    total = sum(_USCC_LETTERS.index(letter) * weight for letter, weight in zip(text, _USCC_WEIGHTS, strict=False))
    return text[17] == _USCC_LETTERS[(31 - total) % 31]


@rule(Cases, "C106", "warning", marks="uscc", zh="统一社会信用代码有误，最后一位对不上", en="the organisation code is wrong: its last character does not fit",
      todo_zh="请对照执业许可证或营业执照重填18位。",
      todo_en="Compare it with the licence and enter the 18 characters again.", source="GB 32100-2015 的校验位",
      bad={"uscc": "91110000600037341M"}, good={"uscc": "91110000600037341L"})
def uscc_wrong(c: Rows, plan: Plan) -> pd.Series[bool]:
    wrong = [text for text in c.uscc.dropna().unique() if not uscc_valid(text)]
    return c.uscc.isin(wrong)


@rule(Cases, "C107", "warning", marks="decision_no", zh="决定书文号的写法不像文号", en="the document number does not look like one",
      todo_zh="请按 机关代字〔年份〕序号号 填，如 某卫罚〔2025〕3号。",
      todo_en="Write office, year in 〔〕 and number, such as 某卫罚〔2025〕3号.", source="GB/T 9704-2012 的发文字号",
      bad={"decision_no": "2025年3号"}, good={"decision_no": "某卫罚[2025]3号"})
def decision_number_form(c: Rows, plan: Plan) -> pd.Series[bool]:
    return c.decision_no.notna() & ~true(c.decision_no.str.fullmatch(DECISION_NO))


@rule(Cases, "C201", "warning", marks="filed_on", zh="立案已超过{n}日，还没有处罚决定", en="filed more than {n} days ago and not decided",
      todo_zh="请按行政处罚法第六十条核对是否已作决定或已依法延期；已决定的请补填。", todo_en="See whether it was decided or lawfully extended, and enter the decision.",
      source="行政处罚法第六十条：立案之日起九十日内作出决定", bad={"found_on": "2025-05-10", "filed_on": "2025-06-01", "decided_on": ""},
      good={"filed_on": "2025-07-10", "decided_on": ""})
def decision_due(c: Rows, plan: Plan) -> list[Hits]:
    limit = plan.limits.days_to_decision
    over = true((c.month_end - c.filed_on).dt.days > limit) & true(c.status == FILED) & c.blank("decided_on")
    return [Hits(over, Cases, "filed_on", {"n": str(limit)})]


@rule(Cases, "C202", "error", marks="transfer_to", zh="移送缺少部门或日期", en="a transfer without its office or date", todo_zh="请补填移送部门和移送日期。",
      todo_en="Enter the office and the day of the transfer.", source="移送给谁、哪天移送，要有记录",
      bad={"status": "6 移送", "transfer_to": "", "transferred_on": "2025-09-02"},
      good={"status": "6 移送", "transfer_to": "2 市场监管", "transferred_on": "2025-09-02"})
def transfer_incomplete(c: Rows, plan: Plan) -> list[Hits]:
    """One issue for a row: the office if it is blank, else the day."""
    transferred, no_office = true(c.status == TRANSFERRED), c.blank("transfer_to")
    return [Hits(transferred & no_office, Cases, "transfer_to"),
            Hits(transferred & ~no_office & c.blank("transferred_on"), Cases, "transferred_on")]


@rule(Cases, "C203", "warning", marks="fine", zh="还没有处罚决定，却填了罚款", en="a fine is entered before any decision", todo_zh="请核对处理阶段；未决定的，请删去罚款。",
      todo_en="Check the stage; if nothing was decided, remove the fine.", source="罚款由处罚决定产生（行政处罚法第五十七条）",
      bad={"status": "1 立案", "fine": "5000"},
      good={"status": "2 处罚决定", "fine": "15000", "decided_on": "2025-08-01", "decision_no": "某卫罚〔2025〕3号"})
def fine_without_decision(c: Rows, plan: Plan) -> pd.Series[bool]:
    return true(c.fine > 0) & true(c.status.isin(BEFORE_DECISION))


def _gains_count(c: Rows) -> pd.Series[bool]:
    return true(c.confiscated >= GAINS_COUNT_FROM)


@rule(Cases, "C301", "warning", marks="fine", zh="罚款{n}元不在{lo}-{hi}元", en="fine of {n} yuan outside {lo}-{hi} yuan",
      todo_zh="请对照决定书核对金额；与决定书一致的，不用改。", todo_en="Compare it with the decision; if it agrees, leave it.",
      source="方案列出的罚款幅度；罚款为0不在此列，违法所得一万元以上的看倍数", bad={"status": "2 处罚决定", "type": "06", "fine": "500"},
      good={"status": "2 处罚决定", "type": "06", "fine": "15000"})
def fine_outside_band(c: Rows, plan: Plan) -> list[Hits]:
    """Only where the plan has a band for the type. A fine before a decision is C203's, one with gains C302's."""
    hits = []
    for kind in sorted({penalty.type for penalty in plan.penalties}):
        bands = [penalty for penalty in plan.penalties if penalty.type == kind]
        outside = true(c.type == kind) & (c.fine > 0) & ~true(c.status.isin(BEFORE_DECISION)) & ~_gains_count(c)
        for band in bands:
            outside &= ~c.fine.between(band.low, band.high)
        low, high = min(band.low for band in bands), max(band.high for band in bands)
        hits.append(Hits(outside, Cases, "fine", {"n": _yuan(c.fine), "lo": _amount(low), "hi": _amount(high)}))
    return hits


@rule(Cases, "C302", "warning", marks="fine", zh="违法所得一万元以上时罚款应为2-6倍",
      en="with gains of 10,000 yuan or more the fine should be 2 to 6 times",
      todo_zh="请对照决定书核对没收和罚款金额；与决定书一致的，不用改。", todo_en="Compare both amounts with the decision; if they agree, leave them.",
      source="人口与计划生育法第四十条", bad={"status": "2 处罚决定", "confiscated": "20000", "fine": "15000"},
      good={"status": "2 处罚决定", "confiscated": "20000", "fine": "60000"})
def fine_and_gains(c: Rows, plan: Plan) -> pd.Series[bool]:
    outside = (c.fine < TIMES_LOW * c.confiscated) | (c.fine > TIMES_HIGH * c.confiscated)
    return _gains_count(c) & true(outside) & ~true(c.status.isin(BEFORE_DECISION))


@rule(Cases, "C303", "warning", marks="reward", zh="奖励金额与方案不符", en="the reward differs from the plan", todo_zh="请对照方案核对金额；只填金额，不记举报人。",
      todo_en="Compare the amount with the plan; enter the amount alone, never who informed.", source="方案规定的举报奖励",
      bad={"reward": "800"}, good={"reward": "500"})
def reward_differs(c: Rows, plan: Plan) -> pd.Series[bool]:
    """A plan without an amount says nothing; 0 is no reward."""
    wanted = plan.reward
    fits = {"none": c.reward.notna(), "fixed": c.reward == wanted.amount, "minimum": c.reward >= wanted.amount,
            "range": c.reward.between(wanted.amount, wanted.upto)}[wanted.kind]
    return true(c.reward > 0) & ~true(fits)


def _amount(yuan: float) -> str:
    return f"{yuan:.0f}" if float(yuan).is_integer() else f"{yuan:.2f}"


def _yuan(amounts: pd.Series[Any]) -> pd.Series[str]:
    return words_for(amounts, {amount: _amount(amount) for amount in amounts.dropna().unique()})
