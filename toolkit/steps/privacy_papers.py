"""Drafts of the two papers that 个人信息保护法 Art. 55-56 asks for, from the plan and the columns as they are: nothing is copied by hand.

They are drafts: what only people can answer is left blank, and what no software can prevent is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.model.ledger import Column, Ledger
from toolkit.model.plan import Notice, Plan
from toolkit.model.report import Cell, Letter, Table, row
from toolkit.model.report import Column as Heading
from toolkit.model.unit import LEVEL_ZH
from toolkit.rules.pregnancies import SERVICE_AFTER_DELIVERY, SERVICE_AFTER_DUE_DATE
from toolkit.rules.privacy import header_words
from toolkit.schema import BOOK_KEY_SHEET, SERVICE_BOOK, Pregnancies, Services, Staff, personal_columns

ASSESSMENT, RECORD = "个人信息保护影响评估", "个人信息处理情况记录"
BLANK = "＿＿＿＿＿＿"
#: Years that the report and the record are kept at least (个人信息保护法 Art. 56).
YEARS_KEPT = 3
SUBJECTS = {"woman": "孕产妇（敏感个人信息）", "staff": "工作人员"}
_TOKENS = "孕产妇（去掉姓名，记号每月更换）"


@dataclass(frozen=True)
class Setting:
    """For whom the papers are written, and with which version of the software."""

    plan: Plan
    unit: str
    software: str


def assessment(setting: Setting) -> Letter:
    """What fills the template 个人信息保护影响评估.docx."""
    tables = {"栏目表": columns_table(), "持有表": holders(), "期限表": periods(setting.plan), "风险表": risks(setting.plan), "措施表": measures(setting.plan)}
    return Letter(f"{setting.unit}{ASSESSMENT}（草稿）", _texts(setting), tables)


def record(setting: Setting) -> Letter:
    """What fills the template 个人信息处理情况记录.docx."""
    tables = {"栏目表": columns_table(), "活动表": activities(setting.plan), "期限表": periods(setting.plan), "登记表": _log()}
    return Letter(f"{setting.unit}{RECORD}（草稿）", _texts(setting), tables)


def _texts(setting: Setting) -> dict[str, str]:
    personal = personal_columns()
    book = [column for ledger, column, _ in personal if ledger in SERVICE_BOOK]
    never = [word for word, forbidden in header_words(Pregnancies.id) if forbidden]
    return {
        "单位": setting.unit, "方案": setting.plan.title, "方案编号": setting.plan.id, "软件": setting.software, "栏数": str(len(personal)),
        "服务册栏数": str(len(book)), "服务册": "、".join(ledger.sheet for ledger in SERVICE_BOOK), "服务台账": Services.sheet, "服务台账栏数": str(len(Services.columns)),
        "不收集": "、".join(sorted(never, key=lambda word: (len(word), word))), "保存年数": str(YEARS_KEPT),
    }


def columns_table() -> Table:
    """Every column that tells about a person: on which sheet, of whom, whether it travels, what it is for."""
    def line(ledger: type[Ledger], column: Column, whom: str) -> tuple[Cell, ...]:
        about = _TOKENS if ledger is Services else SUBJECTS[whom]
        goes = "只在本村" if not ledger.travels else "随台账上报"
        return row(ledger.sheet, column.heading, about, "必填" if column.required else "可空", goes, column.how or column.hint or ledger.note.split("。")[0])

    headings = (Heading("表", width=14), Heading("栏目", width=20), Heading("谁的信息", width=30), Heading("必填", "centre", 8), Heading("交给谁", width=14),
                Heading("填写说明", width=50))
    return Table(headings, tuple(line(*one) for one in personal_columns()))


def holders() -> Table:
    """Who holds which sheets with data about people, level by level."""
    def sheets(level: str) -> str:
        return "、".join(dict.fromkeys(ledger.sheet for ledger, _, _ in personal_columns() if level in ledger.offices))

    book = "、".join(one.sheet for one in SERVICE_BOOK)
    rows = [row("村（服务责任人一人保管）", sheets("village") + f"，另有隐藏的“{BOOK_KEY_SHEET}”", f"只把上报本交上级：{book}取出，放入{Services.sheet}")]
    rows += [row(f"{LEVEL_ZH[level]}级办公室", f"{sheets(level)}；下级的{Services.sheet}（在汇总表里）", what) for level, what in (
        ("township", "汇总表交上级；本乡镇月度汇总"), ("county", "汇总表、月度汇总、验收清单；县级以上报表中的小数目不显示"))]
    rows.append(row("公开", f"{Staff.sheet}按规定公示；抽样公布单只有票号", "任何关于孕产妇的行都不公开"))
    return Table((Heading("谁持有", width=14), Heading("哪些表", width=24), Heading("交给谁", width=24)), tuple(rows))


def periods(plan: Plan) -> Table:
    """How long what is kept, each from the plan or the rule that deletes it."""
    days = plan.retention.village_workbook_days_after_merge
    rows = (
        row("服务册里的一行和她的随访", f"本人退出时当场删除；否则到分娩日期后{SERVICE_AFTER_DELIVERY}日，没有分娩日期的到预产期后{SERVICE_AFTER_DUE_DATE}日", "结转（ledger carry）不再带入；ledger forget；规则 P206"),
        row("村工作簿（各级收到或留存的）", f"当月汇总后{days}日内清除", f"方案 {plan.id} 的 retention；ledger check --today 按 K109 提示"),
        row("汇总表、月度汇总、验收清单", f"按本单位档案保管期限表：{BLANK}年", "统计和会议材料一般10年；年度的从其规定"),
        row("案件材料", f"按执法档案管理：{BLANK}年", "台账只留编号、阶段和金额"),
        row("本评估和处理记录", f"至少{YEARS_KEPT}年", "个人信息保护法第五十六条"),
    )
    return Table((Heading("什么", width=16), Heading("保存多久", width=22), Heading("怎样执行、依据", width=22)), rows)


def measures(plan: Plan) -> Table:
    """What the plan sets and the software does, as configured now."""
    default = plan.notice.phone == Notice().phone
    rows = (
        row("告知和同意", f"没有告知日期和同意方式的行不读取（K107）。服务责任人：{plan.notice.responsible}；查询更正投诉电话：{BLANK if default else plan.notice.phone}"),
        row("加密", "村工作簿可加打开密码发放（ledger template --seal）；各命令直接读加密件，只在内存里打开；结转、删除、审核后的新一本仍加同一密码"),
        row("最小上报", "上报的只有" + Services.sheet + ("；方案只收上报本" if plan.submissions_required else "；方案没有规定只收上报本，整本寄来的也读，会提醒对方（K108）。建议改为只收上报本")),
        row("审核", "下级汇总须审核后才合并，否则提示（L104）" if plan.approval_required else f"方案没有要求审核；由谁核对汇总表：{BLANK}"),
        row("问候", f"每月最多{plan.visits.monthly}次，两次未联系上就停止（V202）；同意方式不含上门的不得入户（V110）"),
        row("小数目", f"县级以上报表中小于{plan.suppression.small_cell}的数目不显示，分母不足{plan.suppression.rate_min}的不出比例"),
        row("随机走访", f"只在愿意回访的人里按{plan.sample.rate}抽取，谁都可以跳过，不问原因"),
        row("清除", f"汇总后{plan.retention.village_workbook_days_after_merge}日；谁在哪天清除：{BLANK}"),
        row("人员", f"{Staff.by_field['confidentiality_on'].heading}逐人登记，缺的提示（S105）；谁有打开密码：{BLANK}"),
    )
    return Table((Heading("措施", width=9), Heading("现在的设置", width=50)), rows)


def risks(plan: Plan) -> Table:
    """What can happen to her, what is done against it, and what remains; the last column is the one to read."""
    days = plan.retention.village_workbook_days_after_merge
    rows = (
        row("村工作簿被别人看到或拷走", "加打开密码；只由一人保管；不上报", "打开时屏幕和内存里是明文；密码泄露、抄写、拍照，软件管不了。旧的 .xls 不能由本软件加密"),
        row("上级要整本工作簿或名单", "合并时姓名、电话、日期不再往上走，没有保留它们的选项；发来整本的提醒改用上报本（K108）",
            "寄来的原件里仍有姓名，收件人打得开，直到清除。软件不能阻止有人另要、另造一份名单；那超出本软件用途，可能违法"),
        row("从汇总表认出某个人", "记号每月更换，没有姓名、电话和日期；县级以上报表隐藏小数目",
            "汇总表是办公室之间的工作文件：只有一行的村、行数增减、“应问候”为0、“产后服务应提供”为1，仍可能让熟悉村里的人猜到。不得公布，不得传给无关的人"),
        row("拒绝、退出的人受到不利对待", "不记拒绝；退出即整行删除，不留原因和痕迹；不比较各月；服务指标不能打分、排名、设目标（方案检查时拒绝）", f"村里人可能从别处知道。本单位怎样防止：{BLANK}"),
        row("家人或邻居因电话、上门得知", "按本人选的方式联系；走访先由村责任人打电话，可跳过", "接电话、开门的不一定是本人"),
        row("到期没有删", f"汇总后{days}日提示清除（K109）；结转时到期的不再带入", "只查得到交给它检查的文件夹；网盘、聊天软件、优盘、打印件、备份和回收站要人去清"),
        row("文件在传送中丢失或被截", "用 ledger seal 加密后移交，密码另行告知", "密码太短、与文件一起发出时，加密没有用"),
        row("工作人员的姓名、电话被滥用", "只记岗位和办公电话，按规定公示", "公示即公开；只应填办公电话"),
        row("填错、记错", "本人可查阅、更正；检查时指出每一处", "没有告诉本人的错误，没有人发现"),
    )
    return Table((Heading("可能发生什么", width=14), Heading("软件做了什么", width=24), Heading("仍然存在的风险", width=26)), rows)


def activities(plan: Plan) -> Table:
    """The processing, activity by activity."""
    count = {ledger: len([one for one in personal_columns() if one[0] is ledger]) for ledger, _, _ in personal_columns()}
    days = plan.retention.village_workbook_days_after_merge
    book = "、".join(f"{ledger.sheet}{count[ledger]}栏" for ledger in SERVICE_BOOK)
    named = "、".join(f"{ledger.sheet}（{'、'.join(column.heading for one, column, _ in personal_columns() if one is ledger)}）"
                     for ledger in count if not ledger.subject)
    rows = (
        row("孕产期服务登记", "为同意的人提供约定的服务", f"{SUBJECTS['woman']}：{book}", "村服务责任人", "不提供给任何人", f"见保存期限；工作簿汇总后{days}日清除", "本人单独同意（第二十九条）；人口与计划生育法第三十五条"),
        row("上报和汇总", "查考单位是否提供了服务", f"{_TOKENS}：{Services.sheet}{count[Services]}栏", "村、乡镇、县", "上一级办公室", "按档案规定", "法定职责所必需（第十三条第三项、第三十四条）"),
        row("随机走访", "核对服务是否真的提供", "票号和走访结果，不记姓名", "村责任人、走访组", "走访双方", "按档案规定", "本人愿意回访"),
        row("责任人名单", "公示谁负责", f"{SUBJECTS['staff']}：{Staff.sheet}{count[Staff]}栏", "各级办公室", "公示", "任职期间，之后按档案规定", "履行职责、公开办事"),
        row("台账里的经办人", "知道谁填、谁审、谁办", f"{SUBJECTS['staff']}：{named}；汇总表的审核人", "各级办公室", "上一级办公室", "随台账", "统计法第二十四条"),
        row("案件台账", "查处机构和从业者", "不记患者、不记举报人；个人只记类别。机构名称可能是经营者姓名", "各级办公室", "上一级、移送部门", "按执法档案", "行政处罚法第四十七条"),
    )
    headings = {"活动": 11, "目的": 14, "谁的信息": 26, "谁持有": 12, "提供给谁": 12, "保存多久": 14, "依据（个人信息保护法等）": 20}
    return Table(tuple(Heading(text, width=width) for text, width in headings.items()), rows)


def _log() -> Table:
    """The lines that people write on, without anybody's name in them but the clerk's."""
    headings = {"日期": 10, "事项（移交、清除、查询更正、培训、泄露处置、维护）": 26, "文件（只写单位和月份）": 20, "经办人": 9, "复核人": 9}
    return Table(tuple(Heading(text, width=width) for text, width in headings.items()), tuple(row(*[""] * len(headings)) for _ in range(10)))
