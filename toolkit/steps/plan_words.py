"""What each key of a plan is called where people read it: section by section, Chinese and English."""

from __future__ import annotations

#: Section -> key -> words. A key of a whole noun (a deadline, a list) is shown in a sentence of its own.
SECTIONS: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("期限", "Deadlines", (
        ("deadlines.village_to_township", "村报乡", "village to township"),
        ("deadlines.township_to_county", "乡报县", "township to county"),
        ("deadlines.county_to_prefecture", "县报市", "county to prefecture"),
        ("deadlines.need_report_days", "本人提出的需求，几日内上报", "days to report a need she raised"),
        ("deadlines.need_day_count", "上面的日数按", "these days are counted as"),
        ("due_dates", "一次性报告", "reports due once"),
        ("holidays", "另定的放假日", "days off of its own"),
        ("workdays", "另定的上班日", "work days of its own"),
        ("stat_year_start", "统计年度从哪天起", "the statistical year begins"),
    )),
    ("阶段", "Phases", (
        ("phases", "阶段", "phases"),
        ("survey_window.start", "机构摸底的起始日", "survey of institutions from"),
        ("survey_window.end", "机构摸底的截止日", "survey of institutions to"),
    )),
    ("会议", "Meetings", (
        ("meetings.leading_group.per_quarter", "领导小组会，每季度最少", "leading group, least per quarter"),
        ("meetings.special.per_year", "专题会，每年最少", "special meeting, least per year"),
        ("meetings.coordination.per_quarter", "部门协调会，每季度最少", "coordination meeting, least per quarter"),
        ("meetings.coordination.materials_min", "每次协调会最少几份材料", "papers of each coordination meeting, at least"),
        ("meetings.monthly.county", "县分包人员碰头会，每月最少", "county area staff, least per month"),
        ("meetings.monthly.township", "乡分包人员碰头会，每月最少", "township area staff, least per month"),
        ("departments", "领导小组成员部门", "departments in the leading group"),
    )),
    ("宣传和检查", "Publicity and inspections", (
        ("publicity.kinds_min", "宣传品最少几种", "kinds of material, at least"),
        ("publicity.van_per_week", "宣传车每周最少几次", "rounds of the van a week, at least"),
        ("publicity.villages", "宣传车要到的村数", "villages the van reaches"),
        ("publicity.notice_cites", "公告引用的法律", "laws the public notice cites"),
        ("inspections.per_year", "每个机构每年最少检查几次", "visits to each institution a year, at least"),
        ("inspections.focus_units", "方案列出的重点指导单位", "units the plan lists for closer guidance"),
        ("inspections.focus_visits", "每个重点指导单位最少联合督查几次", "joint inspections of each of them, at least"),
    )),
    ("服务", "Service offered", (
        ("visits.monthly", "每月问候几次（本人同意才问候）", "greetings a month (only where she agreed)"),
        ("visits.windows", "产检提醒的时段（孕几天到几天）", "antenatal windows, in days"),
        ("visits.postnatal_days", "产后服务在几日内提供", "postnatal service offered within days"),
        ("visits.check42", "产后42天提醒，第几天到第几天", "42-day reminder, from day to day"),
        ("notice.responsible", "告知书上的服务责任人", "person named in the notice"),
        ("notice.phone", "告知书上的电话", "phone in the notice"),
        ("limits.records_per_person", "一人服务多少条以上建议分担", "records of one person above which to share"),
        ("limits.vacancy_days", "岗位空档超过几天提示", "days of vacancy before a warning"),
        ("retention.village_workbook_days_after_merge", "村级工作簿汇总后保存几天", "days a village workbook is kept after the merge"),
    )),
    ("案件、处罚、奖励", "Cases, penalties, rewards", (
        ("case_types", "案件类型（只记机构和从业者）", "case types (institutions and practitioners only)"),
        ("penalties", "罚款幅度（核对用）", "bands of fines (for checking)"),
        ("limits.days_to_decision", "立案后几日内决定", "days from filing to decision"),
        ("reward.kind", "举报奖励的算法", "reward for a verified report"),
        ("reward.amount", "奖励金额（元）", "amount in yuan"),
        ("reward.upto", "奖励上限（元）", "up to, in yuan"),
        ("reward.per", "奖励按", "paid per"),
        ("reward.announced", "公告上的奖励金额（元）", "amount in the public notice, in yuan"),
    )),
    ("验收", "Acceptance", (
        ("acceptance.date", "验收日期", "day of acceptance"),
        ("acceptance.levels", "做哪几级的清单", "checklists of which levels"),
        ("acceptance.items", "另加的验收项", "items added"),
        ("acceptance.drop", "不用的验收项", "items dropped"),
        ("acceptance.veto_items", "标明否决的验收项（只作标记，不自动下结论）", "items flagged as veto (a flag, never a verdict)"),
        ("acceptance.scoring", "计分（没有就只分 通过、未达、待补）", "points (none: pass, not yet, open)"),
    )),
    ("抽样和数字", "Sample and figures", (
        ("sample.rate", "随机走访比例", "rate of random visits"),
        ("sample.floor", "每层最少抽几户", "least drawn in a stratum"),
        ("sample.by", "按哪级分层", "strata by"),
        ("ratio.reference", "出生性别比的对照值", "sex ratio compared with"),
        ("ratio.min_births", "出生多少例以上才显示性别比", "births from which a ratio is printed"),
        ("suppression.small_cell", "小于几的数不显示", "counts below this are not shown"),
        ("suppression.rate_min", "分母多少以上才显示比率", "denominators from which a rate is shown"),
    )),
    ("上报", "Reporting", (
        ("addressees", "发给哪些单位", "addressed to"),
        ("unit_names", "旧单位名称和今天的名称", "old names of offices and today's"),
        ("submissions_required", "必须用“准备上报”", "submissions required"),
        ("approval_required", "乡级汇总须经审核", "township merges must be approved"),
        ("severities", "调整的规则级别", "severities changed"),
        ("marks.form_number", "表号", "form number"),
        ("marks.issued_by", "制定机关", "issued by"),
        ("marks.approval_number", "批准文号", "approval number"),
        ("marks.valid_until", "有效期限", "valid until"),
        ("documents", "文件", "documents"),
    )),
)
#: Values that are words of the file, as people say them.
VALUES = {"natural": ("自然日", "natural days"), "working": ("工作日", "working days"), "none": ("不定金额", "no amount"), "fixed": ("固定金额", "a fixed amount"),
          "minimum": ("不少于", "not less than"), "range": ("在一个范围内", "within a range"), "case": ("每案", "case"), "township": ("乡镇", "township"),
          "county": ("县", "county"), "village": ("村", "village"), "error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "info")}
#: Keys shown in the head, and whole nouns a requirement may name.
OTHER_WORDS = {"id": ("编号", "id"), "title": ("名称", "title"), "start": ("方案期起始日", "first day of the period"), "end": ("方案期截止日", "last day of the period"),
               "meetings.coordination": ("部门协调会", "coordination meetings")}
