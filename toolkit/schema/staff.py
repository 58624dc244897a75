"""包保名单: who is responsible for which unit. Staff are public in this role (DOMAIN 5.6)."""

from toolkit.model.ledger import Column, Ledger
from toolkit.schema.kinds import Choice, Code, Date, Name, UnitCode, UnitCodes

LEVEL = Choice("级别", (("1", "区县"), ("2", "乡镇街道"), ("3", "村居"), ("4", "小组")))
ROLE = Choice("岗位", (("1", "领导小组组长"), ("2", "副组长"), ("3", "成员"), ("4", "办公室主任"), ("5", "分包人员"), ("6", "村专干"),
                     ("7", "小组长"), ("8", "责任医生")))


class Staff(Ledger):
    id = "staff"
    sheet = "包保名单"
    aliases = ("分包名单", "包保责任人名单", "责任人名单", "包保人员名单")
    key = ("staff_id",)
    subject = "staff"
    offices = ("village", "township", "county")
    note = "只记工作岗位和办公电话，按规定公示。一人一行；换人时填截止日期，新的人另起一行。"

    staff_id = Column("人员编号", Code(), ("工号",), required=True, group="人员", width=17, hint="单位代码-序号", example="990101101201-01",
                      how="单位代码加序号，一人一号，不重复")
    level = Column("级别", LEVEL, ("层级", "包保级别"), required=True, group="人员", width=13, hint="下拉", example="3 村居", how="从下拉选")
    unit_code = Column("单位代码", UnitCode(), group="人员", width=14.5, hint="空白为本单位", example="990101101201", how="空白按封面单位")
    unit_name = Column("单位名称", Name(), ("单位", "工作单位", "部门"), required=True, group="人员", width=20, example="示例县甲山乡一村", free=True, how="与单位代码一致")
    name = Column("姓名", Name(), ("包保责任人", "责任人姓名", "分包人"), required=True, group="人员", width=12, example="样例医生", how="工作人员姓名")
    role = Column("岗位", ROLE, ("职务", "角色"), required=True, group="人员", width=16, hint="下拉", example="6 村专干", how="从下拉选")
    work_phone = Column("办公电话", Code(), ("联系电话", "电话"), required=True, group="人员", width=15, hint="文本", example="0990-0000001",
                        how="办公电话，可公示")
    area_codes = Column("分包单位代码", UnitCodes(), ("分包乡镇", "分包村", "包保村组", "所包单位"), group="责任", width=18, hint="多个用；隔开",
                        example="990101101201", how="分包人员、专干、小组长、医生必填；小组写 村代码-两位组号")
    upper_id = Column("上级责任人编号", Code(), ("上级包保人",), group="责任", width=17, hint="区县级不填", example="990101101000-01",
                      how="上一级责任人的人员编号")
    valid_from = Column("起始日期", Date(), ("任职时间",), required=True, group="任期", width=13, hint="年-月-日", example="2025-01-01", how="任职之日")
    valid_to = Column("截止日期", Date(), asof=False, group="任期", width=13, hint="在岗留空", example="", how="离岗之日；在岗留空")
    publicised_on = Column("公示日期", Date(), group="手续", width=13, hint="区县、乡镇填", example="", covered_by="S104", how="区县和乡镇级必填")
    confidentiality_on = Column("保密承诺日期", Date(), ("保密承诺书", "培训日期"), required=True, group="手续", width=14.5, hint="年-月-日",
                                example="2025-01-02", covered_by="S105", how="签保密承诺之日")
