"""工作记录: meetings, publicity, inspections, rectifications of offices (DOMAIN 5.8)."""

from toolkit.model.ledger import Column, Ledger
from toolkit.schema.kinds import Choice, Code, Count, Date, Text, UnitCode

WORK_TYPE = Choice("工作类型", (("1", "领导小组会"), ("2", "部门协调会"), ("3", "专题会"), ("4", "月碰头会"), ("5", "宣传"), ("6", "培训"), ("7", "督查检查"),
                            ("8", "整改"), ("9", "公示"), ("10", "文件印发"), ("11", "帮扶"), ("12", "随机走访"), ("13", "指导")))


class Works(Ledger):
    id = "works"
    sheet = "工作记录"
    aliases = ("工作台账", "工作登记", "工作开展情况")
    key = ("work_id",)
    offices = ("village", "township", "county")
    note = "记单位做了什么，不记任何服务对象的情况。本月没有工作的，在封面选“是”作零报告。"

    work_id = Column("编号", Code(), ("工作编号",), required=True, group="工作", width=16, hint="单位内不重复", example="202509-01", how="年月-序号")
    unit_code = Column("单位代码", UnitCode(), group="工作", width=15, hint="空白为本单位", example="990101101201", how="空白按封面单位")
    date = Column("日期", Date(), ("工作日期", "开展日期"), required=True, group="工作", width=13, hint="年-月-日", example="2025-09-12", covered_by="W101", how="年-月-日")
    type = Column("类型", WORK_TYPE, ("工作类型",), required=True, group="工作", width=14, hint="下拉", example="5 宣传", covered_by="W101", how="从下拉选")
    title = Column("标题", Text(), ("内容", "工作内容", "主题"), group="工作", width=30, example="赶集日发放服务告知书", free=True, how="一句话，不写任何服务对象")
    staff_id = Column("组织人编号", Code(), ("组织人",), group="工作", width=17, hint="见包保名单", example="990101101201-01", how="包保名单里的人员编号", personal=True)
    quantity = Column("数量", Count(), ("人数", "份数"), group="数量", width=9, hint="人/份/家", example="60", how="参加人数、份数或家数")
    evidence_no = Column("材料编号", Code(), ("佐证编号",), group="材料", width=14, hint="见佐证材料", example="CL-2025-01", how="佐证材料表里的编号")
    due_on = Column("整改期限", Date(), asof=False, group="整改", width=13, hint="整改填", example="", how="类型 8 整改时填")
    done_on = Column("完成日期", Date(), group="整改", width=13, hint="整改填", example="", how="整改完成之日")
    target_code = Column("对象代码", Code(), ("检查对象",), group="对象", width=16, hint="机构或村", example="", how="检查的机构编号，或宣传到的村代码")
    problems = Column("问题数", Count(), ("发现问题数",), group="对象", width=10, hint="督查填", example="", how="督查检查发现的问题数")
    kind = Column("资料种类", Text(), ("宣传品种类",), group="对象", width=14, hint="宣传填", example="折页", free=True, how="如 折页、海报、版牌")
