"""The certificate, the list of visits, the result sheet and what is published, as pages (LOOK 6, DOMAIN 6.5)."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.model.plan import Suppression
from toolkit.model.report import Block, Cell, Column, Page, Report, Signatures, Table, Text, row
from toolkit.model.suppression import NEIGHBOUR, suppressed
from toolkit.model.unit import Units, at_level
from toolkit.steps.intervals import limit_without, size_for
from toolkit.steps.sample import ALGORITHM, Certificate, Stratum, Ticket, as_json, fraction

CERTIFICATE_SHEET, LIST_SHEET, RESULT_SHEET, LIMITS_SHEET = "抽样证书", "走访名单", "走访结果", "样本能说明什么"
FORMS_SHEET, RESERVE_FORMS_SHEET = "走访表", "候补走访表"
LEVEL_NAMES = {"township": "乡镇", "county": "县"}

#: Label on the certificate -> key of its JSON. The reader finds the value right of the label; what stands in full-width
#: brackets behind a value is for the eye.
LABELS = {
    "算法": "algorithm", "所属月份": "period", "抽样框摘要M": "M", "种子S": "S", "种子怎样产生": "made", "抽样比例": "rate", "分层": "by", "每层至少": "floor",
    "框内总行数N": "N", "抽取总数n": "n", "程序版本": "software", "证书摘要": "digest",
}
#: Headings of the three tables -> keys; the caption tells the tables of tickets apart.
STRATA_HEADINGS = {"层代码": "stratum", "框内行数N": "N", "愿意回访": "agreed", "应抽": "needed", "抽取n": "n"}
TICKET_HEADINGS = {"单位代码": "unit", "当月记号": "token", "票号（SHA-256）": "ticket"}
DRAWN_CAPTION, RESERVES_CAPTION = "抽中的记号与票号", "候补的记号与票号"

RESULTS = ("1 已完成", "2 未完成")
YES_NO = ("1 是", "0 否")
SATISFACTION = ("1", "2", "3", "4", "5")
NEEDS = ("0 无", "1 产检困难", "2 交通", "3 健康咨询", "4 生活帮扶", "9 其他")
RESULT_COLUMNS = (
    Column("票号", "code", 13, "票"), Column("村", "text", 22, "票"), Column("类别", "centre", 11, "票"),
    Column("走访日期", "date", 12, "走访", "年-月-日"), Column("走访人", "text", 12, "走访"), Column("结果", "centre", 13, "走访", "下拉"),
    Column("是否收到告知书", "centre", 16, "她的回答", "下拉"), Column("是否知道责任人和电话", "centre", 22, "她的回答", "下拉"),
    Column("本月是否得到服务", "centre", 18, "她的回答", "下拉"), Column("服务满意", "centre", 12, "她的回答", "可不答"), Column("需要帮助", "centre", 14, "她的回答", "下拉"))
_CHOICES = ((), (), (), (), (), RESULTS, YES_NO, YES_NO, YES_NO, SATISFACTION, NEEDS)
_WIDTHS = (15.0, 22.0, 11.5, 11.5, 11.5, 11.5, 11.5)


def grouped(text: str, size: int = 8, line: int = 4) -> str:
    """A long text in groups for the eye, four groups of eight a line."""
    groups = [text[at:at + size] for at in range(0, len(text), size)]
    return "\n".join(" ".join(groups[at:at + line]) for at in range(0, len(groups), line))


def percent(rate: str) -> str:
    numerator, denominator = fraction(rate)
    return f"{100 * numerator / denominator:.4g}%"


def unit_name(units: Units | None, code: str) -> str:
    return units.name(code) if units is not None else code


def too_few(certificate: Certificate) -> list[Stratum]:
    """Strata in which fewer agreed than the rate asks for."""
    return [one for one in certificate.strata if one.drawn < one.needed]


# ------------------------------------------------------------------------------------------------------ certificate


def certificate_page(certificate: Certificate, units: Units | None) -> Page:
    """The complete certificate, for the two parties: everything on it is read back by `sample verify`."""
    terms = certificate.terms
    level = LEVEL_NAMES[terms.by]
    place = _place(certificate, units)
    blocks: list[Block] = [_facts(certificate), _strata(certificate, units)]
    short = too_few(certificate)
    if short:
        blocks.append(Text(tuple(f"{unit_name(units, one.unit)}：应抽{one.needed}条，愿意回访的只有{one.agreed}条，抽{one.drawn}条，不足{percent(terms.rate)}。"
                                 "只抽愿意的，不再动员。" for one in short), "box"))
    blocks += [_tickets(certificate.drawn, DRAWN_CAPTION, "没有人愿意回访，一条也不抽。"), _tickets(certificate.reserves, RESERVES_CAPTION, "没有候补。"), Text((
        "任何人都可复核：用浏览器打开核对页，打开或贴入抽样框；或按手册用 sha256sum 一条条算。没有抽样框的，只能核对票号、次序和数目。",
        "当月记号每月更换，村外不知道是谁；证书上没有姓名、电话和编号。抽样框由双方各存一份，不公布；公布的是另一份，没有村。",
        f"各{level}里票号最小的n条为抽中，再往下n条为候补。任何人都可以跳过，不需理由，由下一个候补接上。抽样看不出服务册以外的情况。"), "note"),
        Signatures(("验收方（签名）：", "被验收方（签名）：", "日期：")), Signatures(("掷骰人（签名）：", "抄录人（签名）：", "见证人（签名）："))]
    return Page(CERTIFICATE_SHEET, "随机走访抽样证书", tuple(blocks), (place, terms.period, f"算法{ALGORITHM}"), look="certificate", landscape=False, widths=_WIDTHS,
                header=(f"{place}　{CERTIFICATE_SHEET}", f"所属月份　{terms.period}"), footer=terms.software)


def _place(certificate: Certificate, units: Units | None) -> str:
    counties = sorted({at_level(one.unit, "county") for one in certificate.strata})
    return "、".join(unit_name(units, code) for code in counties[:2]) + ("等" if len(counties) > 2 else "") or "—"


def _facts(certificate: Certificate) -> Table:
    facts, terms = as_json(certificate), certificate.terms
    shown = {
        "rate": f"{terms.rate}（{percent(terms.rate)}，每层向上取整）", "by": f"{terms.by}（按{LEVEL_NAMES[terms.by]}）",
        "floor": f"{terms.floor}（框内有行的层）", "software": terms.software,
    }
    rows: list[tuple[Cell, ...]] = []
    for label, name in LABELS.items():
        kind = "mono" if name in ("M", "S", "digest") else "wrap"
        if name == "M":
            rows.append(_line("抽样框的一行", "单位代码（制表符）当月记号（制表符）y或n（换行）；y＝本人同意服务回访，只从y中抽", "wrap"))
        if name in ("M", "S"):
            rows.append(_line(f"{name}（念读用）", grouped(facts[name]) if name == "M" else grouped(facts[name], 5, 8), "mono_big"))
        rows.append(_line(label, shown.get(name, str(facts[name])), kind))
    return Table((Column("项目", "wrap"), Column("内容", "wrap", span=6)), tuple(rows), least=24)


def _line(label: str, value: str, kind: str) -> tuple[Cell, ...]:
    return (Cell(label, "wrap", "header"), Cell(value, kind))


def _strata(certificate: Certificate, units: Units | None) -> Table:
    names = list(STRATA_HEADINGS)
    columns = (Column(names[0], "code"), Column("层　名"), *(Column(name, "number") for name in names[1:]), Column("候　补", "centre"))
    rows = [row(one.unit, unit_name(units, one.unit), one.total, one.agreed, one.needed,
                Cell(one.drawn, "number", "warning" if one.drawn < one.needed else ""), f"后{len(certificate.reserves_of[one.unit])}票")
            for one in certificate.strata]
    sums = [sum(getattr(one, name) for one in certificate.strata) for name in ("total", "agreed", "needed", "drawn")]
    rows.append(row(Cell("合　计", "centre", "total", across=2), *sums,
                    f"{len(certificate.reserves)}票", state="total"))
    return Table(columns, tuple(rows), "各层抽取", ("应抽＝框内行数×比例，向上取整；抽取不多于愿意回访的。",), least=25)


def _tickets(tickets: Sequence[Ticket], caption: str, empty: str) -> Table:
    names = list(TICKET_HEADINGS)
    columns = (Column(names[0], "code"), Column(names[1], "code"), Column(names[2], "mono", span=5))
    return Table(columns, tuple(row(one.unit, one.token, one.ticket) for one in tickets), f"{caption}（{len(tickets)}条）", empty=empty, least=18)


# ----------------------------------------------------------------------------------------------- visits and results


def in_visit_order(certificate: Certificate) -> list[tuple[Ticket, str]]:
    """Each ticket with what it is (抽中, 候补1 …), by stratum, the drawn before the reserves."""
    order: list[tuple[Ticket, str]] = []
    for stratum in certificate.strata:
        order += [(one, "抽中") for one in certificate.drawn_of[stratum.unit]]
        order += [(one, f"候补{number}") for number, one in enumerate(certificate.reserves_of[stratum.unit], start=1)]
    return order


def list_page(certificate: Certificate, units: Units | None) -> Page:
    """Who is to be rung up first: short ticket and village, by stratum."""
    by = certificate.terms.by
    rows = tuple(row(number, unit_name(units, at_level(one.unit, by)), unit_name(units, one.unit), certificate.short[one.ticket],
                     Cell(what, "centre", "" if what == "抽中" else "grey"))
                 for number, (one, what) in enumerate(in_visit_order(certificate), start=1))
    columns = (Column("序号", "number", 7), Column(LEVEL_NAMES[by], "text", 22), Column("村", "text", 30), Column("票号", "code", 16), Column("类别", "centre", 14))
    table = Table(columns, rows, empty="没有抽到人", filters=True, notes=(
                      "村的责任人先打电话说明并介绍走访人，或把电话交给走访人；哪一条是谁，由责任人在村里用 ledger sample forms 查看，不写下来。",
                      "任何人都可以跳过，不需理由：结果选“2 未完成”，由同一层的下一个候补接上。候补只按次序用。"))
    return Page(LIST_SHEET, "走访名单", (table,), (_place(certificate, units), f"所属月份：{certificate.terms.period}", "只有票号和村"), landscape=False)


def result_page(certificate: Certificate, units: Units | None) -> Page:
    """The sheet the results are typed into: a row per ticket, drop-downs, nothing else asked (DOMAIN 6.5)."""
    rows = tuple((Cell(certificate.short[one.ticket], "code", "auto"), Cell(unit_name(units, one.unit), "text", "auto"), Cell(what, "centre", "auto"),
                  *(Cell(None, column.kind, "input", choices=choices) for column, choices in zip(RESULT_COLUMNS[3:], _CHOICES[3:], strict=True)))
                 for one, what in in_visit_order(certificate))
    return Page(RESULT_SHEET, "走访结果", (Table(RESULT_COLUMNS, rows, empty="没有抽到人", freeze=1),),
                (f"所属月份：{certificate.terms.period}", "未走访的行留空；未完成的不填原因；没回答的留空", "不记姓名、电话和她说的话", "录入后由验收方保管，不交给村里"))


def limits_page() -> Page:
    """What a sample can and cannot show, before anyone looks at a result."""
    return Page(LIMITS_SHEET, "样本能说明什么", (
        Text(CANNOT, "box"), sizes_table(), without_fault_table()), ("两侧95%精确区间（Clopper-Pearson）",), landscape=False)


CANNOT = (
    "能说明的：走访到的这些人里，登记为“已提供”而本人说没有得到的有几条；并给出全体比例的95%区间。",
    "不能说明的：没有进服务册的人、没有同意回访的人、没有走访到的人是什么情况；某一个人、某一户、某一个月以前的情况；为什么。",
    "没有发现问题，不等于没有问题：0/10仍允许全体中有31%。样本少的层不单独下结论，也不比较、不排名。",
    "走访只核对单位的工作。愿不愿意被走访、见没见到，对任何人都没有影响。",
)
_LIMITS = (0.30, 0.20, 0.10, 0.05, 0.02, 0.01)
_VISITS = (5, 10, 20, 30, 50, 100, 200, 400)


def sizes_table() -> Table:
    """How many visits without one fault it takes to rule a rate out."""
    return Table((Column("想说明：不超过", "rate", 18), Column("至少要走访完成，且一条问题也没有", "number", 34)),
                 tuple(row(limit, size_for(limit)) for limit in _LIMITS), "要走访多少次")


def without_fault_table() -> Table:
    """What so many visits without a fault still allow."""
    return Table((Column("走访完成，没有问题", "number", 20), Column("全体中仍可能有", "rate", 18)),
                 tuple(row(visits, limit_without(visits)) for visits in _VISITS), "没有发现问题时", notes=("不计总数有限的修正，偏保守。",))


# --------------------------------------------------------------------------------------------------------- published


def public_counts(certificate: Certificate, units: Units | None, limits: Suppression) -> tuple[dict[str, int | str], str]:
    """N of each stratum as it may be published, and the sign of their sum ("" where it may stand).

    Where one is below the number that rates need, no N stands: the summary of the month may hide another one beside the small
    one, and the two papers together would tell it. Units without a line are `<5` like those with few: a gap would say 0.
    """
    counts = {one.unit: one.total for one in certificate.strata}
    over = {at_level(code, "county") for code in counts}
    if units is not None and len(counts) > 1 and certificate.terms.by == "township":
        counts |= {unit.code: 0 for unit in units if unit.level == "township" and at_level(unit.code, "county") in over and unit.code not in counts}
    top = over.pop() if len(over) == 1 else "000000000000"
    signs, total_sign = suppressed(counts, top, limits.small_cell) if counts else ({}, "")
    if min(counts.values(), default=limits.rate_min) < limits.rate_min:
        signs = {code: signs.get(code, NEIGHBOUR) for code in counts}
    return {code: signs.get(code, count) for code, count in sorted(counts.items())}, total_sign


def public_report(certificate: Certificate, units: Units | None, limits: Suppression) -> Report:
    """What may be published: strata with small N as `<5`, tickets without villages and strata (DOMAIN 6.5)."""
    terms = certificate.terms
    counts, total_sign = public_counts(certificate, units, limits)
    rows = [row(unit_name(units, code), shown) for code, shown in counts.items()]
    rows.append(row("合　计", total_sign or certificate.total, state="total"))
    facts = [("算法", ALGORITHM), ("所属月份", terms.period), ("抽样框摘要M", certificate.digest), ("种子S", terms.seed), ("种子怎样产生", terms.made),
             ("抽样比例", f"{terms.rate}（{percent(terms.rate)}）"), ("分层", f"按{LEVEL_NAMES[terms.by]}，每层至少{terms.floor}"), ("抽取总数", str(len(certificate.drawn))),
             ("程序版本", terms.software)]
    tickets = sorted(one.ticket for one in certificate.drawn)
    reserves = sorted(one.ticket for one in certificate.reserves)
    page = Page("公布", "随机走访抽样公布单", (
        Table((Column("项目", "text", 18), Column("内容", "wrap", 66)),
              tuple(row(label, Cell(value, "mono" if label == "抽样框摘要M" else "wrap")) for label, value in facts), least=24),
        Table((Column("层　名"), Column("框内行数N", "number")), tuple(rows), "各层"),
        Table((Column("票号（SHA-256）", "mono", span=2),), tuple(row(one) for one in tickets), "抽中的票号（按大小排列，不分村）", least=18, empty="没有抽到人"),
        Table((Column("票号（SHA-256）", "mono", span=2),), tuple(row(one) for one in reserves), "候补的票号", least=18, empty="没有候补"),
        Text(("票号看不出是谁、在哪个村。抽样框由验收双方各存一份，不公布；双方可当场重算给人看。", *(["有的层愿意回访的人不足，没有抽满比例；只抽愿意的。"] if too_few(certificate) else []),
              f"小于{limits.small_cell}的数（含0）不公布；有一层不足{limits.rate_min}时，其余各层写作＊，免得与月度汇总对照后推算出来。"), "note")),
        (_place(certificate, units), terms.period), look="paper", landscape=False, footer=terms.software)
    return Report("随机走访抽样公布单", (page,), (_place(certificate, units), terms.period), (terms.software,))
