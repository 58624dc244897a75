"""案件台账: institutions, practitioners, sellers, intermediaries; never a patient, never an informant (DOMAIN 5.7)."""

from toolkit.model.ledger import Column, Ledger
from toolkit.schema.kinds import Choice, Code, Date, DocNumber, Money, Text, UnitCode, Uscc

SOURCE = Choice("案件来源", (("1", "检查发现"), ("2", "部门移送"), ("3", "举报(不记举报人)"), ("4", "上级交办"), ("5", "协查"), ("6", "其他")),
                synonyms=(("举报", "3"),))
#: The widest list; a plan names those it uses (DOMAIN 3.7).
CASE_TYPE = Choice("案件类型", (("01", "非医学需要的胎儿性别鉴定"), ("02", "非医学需要的选择性别人工终止妊娠(实施者)"), ("03", '组织、介绍实施“两非”'),
                             ("04", "非法施行计划生育手术"), ("05", "非法接生"), ("06", "违规购置、使用超声等设备"), ("07", "未经批准开展终止妊娠手术(机构)"),
                             ("08", "违法销售、使用终止妊娠药品"), ("09", "统计造假(机构、人员虚报瞒报出生性别)"), ("10", "违法发布相关广告"),
                             ("11", "出具虚假医学诊断/证明(机构、人员)"), ("19", '其他涉及“两非”(机构)')), text_codes=True,
                   synonyms=(("非法鉴定胎儿性别", "01"), ("非法B超", "06"), ("非法使用B超", "06"), ("非法销售终止妊娠药品", "08")))
PARTY = Choice("对象类别", (("1", "医疗机构"), ("2", "执业人员"), ("3", "非执业人员"), ("4", "药品生产批发"), ("5", "药品零售"), ("6", "中介组织介绍者"),
                        ("7", "器械经营"), ("8", "其他机构")))
STATUS = Choice("处理阶段", (("0", "线索"), ("1", "立案"), ("2", "处罚决定"), ("3", "执行完毕"), ("4", "结案"), ("5", "不予立案"), ("6", "移送"), ("7", "撤销")))
LICENCE = Choice("证照措施", (("0", "无"), ("1", "警告"), ("2", "责令改正"), ("3", "暂停"), ("4", "吊销"), ("5", "行政处分(移交任免机关)")))
TRANSFER = Choice("移送部门", (("1", "公安"), ("2", "市场监管"), ("3", "药监"), ("4", "卫生健康"), ("5", "纪检监察"), ("6", "其他")))

#: Party kinds that are organisations: a village or township enters only these (DOMAIN 5.7 row 6).
ORGANISATIONS = (1, 4, 5, 7, 8)


class Cases(Ledger):
    id = "cases"
    sheet = "案件台账"
    aliases = ("两非案件台账", "案件登记", "案件登记表", "案件")
    key = ("case_no",)
    offices = ("village", "township", "county")
    note = "只记机构和从业者，不记患者、不记举报人。村和乡镇只填机构。本月没有案件的，在封面选“是”作零报告。"

    case_no = Column("案件编号", Code(), ("案号",), group="案件", width=19, hint="线索可空", example="990101-2025-0001", how="县代码-年-四位序号；线索可空")
    unit_code = Column("上报单位代码", UnitCode(), ("上报单位", "填报单位", "单位代码"), group="案件", width=15.5, hint="空白为本单位",
                       example="990101101201", how="空白按封面单位")
    found_on = Column("发现日期", Date(), ("受理日期", "线索日期"), required=True, group="案件", width=13, hint="年-月-日", example="2025-07-03", how="年-月-日")
    source = Column("案件来源", SOURCE, ("线索来源", "来源"), required=True, group="案件", width=17, hint="下拉", example="1 检查发现", how="从下拉选；不记举报人")
    type = Column("案件类型", CASE_TYPE, ("类型", "违法类型", "案由"), required=True, group="案件", width=26, hint="下拉", example="06 违规购置、使用超声等设备", how="从下拉选")
    party_type = Column("对象类别", PARTY, ("当事人类别", "涉案对象"), required=True, group="对象", width=17, hint="下拉", example="1 医疗机构",
                        how="村和乡镇只填 1、4、5、7、8")
    party_name = Column("机构名称", Text(), ("涉案机构",), group="对象", width=24, hint="机构填", example="示例门诊部", free=True, how="机构的全称；个人不写姓名")
    uscc = Column("统一社会信用代码", Uscc(), ("机构代码", "信用代码"), group="对象", width=22, hint="18位", example="91110000600037341L", how="18位，文本")
    place_code = Column("案发地代码", UnitCode(levels=("county", "township")), ("案发地", "地点"), required=True, group="对象", width=15, hint="到乡镇",
                        example="990101101000", how="6位或9位，到乡镇为止")
    status = Column("处理阶段", STATUS, ("状态", "进度", "办理情况"), required=True, group="办理", width=13, hint="下拉", example="1 立案", how="从下拉选")
    filed_on = Column("立案日期", Date(), group="办理", width=13, hint="年-月-日", example="2025-07-10", how="立案后填")
    legal_basis = Column("法律依据", Text(), ("立案依据", "处罚依据"), group="办理", width=30, hint="法律名称+第几条", example="人口与计划生育法第三十九条", free=True,
                         how="法律名称加条号")
    decided_on = Column("处罚决定日期", Date(), group="办理", width=14.5, hint="年-月-日", example="", how="决定后填")
    decision_no = Column("决定书文号", DocNumber(), ("文号",), group="办理", width=20, hint="如 某卫罚〔2025〕3号", example="", how="决定后填")
    fine = Column("罚款(元)", Money(), ("罚款金额", "罚款"), group="金额", width=13, hint="没有填0", example="", how="决定后填，可为0")
    confiscated = Column("没收违法所得(元)", Money(), ("没收金额", "违法所得", "没收违法所得"), group="金额", width=18.5, hint="没有留空", example="", how="没有留空")
    licence = Column("证照措施", LICENCE, ("吊销情况",), group="金额", width=14, hint="下拉", example="", how="从下拉选")
    transfer_to = Column("移送部门", TRANSFER, ("移送",), group="移送", width=13, hint="下拉", example="", how="移送时填")
    transferred_on = Column("移送日期", Date(), group="移送", width=13, hint="年-月-日", example="", how="移送时填")
    closed_on = Column("结案日期", Date(), ("结案时间",), group="结案", width=13, hint="年-月-日", example="", how="结案时填")
    archive_no = Column("案卷号", Text(), group="结案", width=16, hint="结案填", example="", how="结案时填")
    reward = Column("举报奖励(元)", Money(), ("奖励金额", "举报奖励"), group="奖励", width=14.5, hint="只县级填", example="", how="只填金额，只由县级填")
