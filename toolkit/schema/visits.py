"""随访记录: what was offered, the service book's second sheet. It stays in the village (DOMAIN 5.3)."""

from toolkit.model.ledger import Column, Ledger
from toolkit.schema.kinds import Choice, Code, Date, Multi, RecordId

VISIT_TYPE = Choice("随访类型", (("1", "孕早期"), ("2", "孕16-20周"), ("3", "孕21-24周"), ("4", "孕28-36周"), ("5", "孕37-40周"),
                             ("6", "产后访视"), ("7", "产后42天"), ("8", "月度问候"), ("9", "其他")))
MODE = Choice("方式", (("1", "入户"), ("2", "电话"), ("3", "机构"), ("4", "线上"), ("5", "未联系上")))
SERVICES = Multi(Choice("服务内容", (("1", "宣传教育"), ("2", "保健指导"), ("3", "产检提醒"), ("4", "协助联系医院"), ("5", "生产生活帮扶"),
                                  ("6", "政策与权益告知"), ("9", "其他"))))
NEED = Choice("本人需求", (("0", "无"), ("1", "产检困难"), ("2", "交通"), ("3", "健康咨询"), ("4", "生活帮扶"), ("9", "其他")))
NEED_STATUS = Choice("需求办理", (("1", "已办"), ("2", "已上报"), ("3", "办理中")))


class Visits(Ledger):
    id = "visits"
    sheet = "随访记录"
    aliases = ("随访登记", "随访台账", "服务记录", "访视记录", "随访")
    key = ("record_id", "visit_date", "visit_type")
    travels = False
    private = True
    subject = "woman"
    offices = ("village",)
    note = "提供一次服务记一行，对方不回应也算已提供。本表只留在本村，不上报；删除一人时，她的记录一并删除。"

    record_id = Column("编号", RecordId(), ("记录编号",), required=True, group="编号", width=12, hint="见孕产妇台账", example="K7Q2MX", private=True,
                       how="孕产妇台账里的编号")
    visit_type = Column("随访类型", VISIT_TYPE, ("随访序次", "第几次随访", "项目"), required=True, group="服务", width=14, hint="下拉",
                        example="8 月度问候", private=True, how="从下拉选；每月问候一次，选 8")
    visit_date = Column("日期", Date(), ("随访日期", "走访日期", "访视时间"), required=True, group="服务", width=13, hint="年-月-日",
                        example="2025-09-08", private=True, how="提供服务的日期")
    mode = Column("方式", MODE, ("随访方式", "走访方式"), required=True, group="服务", width=12, hint="下拉", example="2 电话", private=True,
                  how="须与本人的同意方式一致")
    staff_id = Column("随访人编号", Code(), ("随访人", "访视人", "走访人"), required=True, group="服务", width=17, hint="见包保名单",
                      example="990101101201-01", private=True, how="包保名单里的人员编号")
    services = Column("服务内容", SERVICES, ("指导内容", "保健指导"), required=True, group="服务", width=22, hint="可多项，用；隔开",
                      example="1；3", private=True, how="1 宣传教育　2 保健指导　3 产检提醒　4 协助联系医院　5 生产生活帮扶　6 政策与权益告知　9 其他")
    need = Column("本人需求", NEED, ("需要提供服务", "需求"), group="需求", width=14, hint="下拉", example="0 无", private=True,
                  how="本人提出的才记；没有选 0 或留空")
    need_status = Column("需求办理", NEED_STATUS, ("处理情况",), group="需求", width=12, hint="下拉", example="", private=True, how="有需求时填")
    need_found_on = Column("需求发现日期", Date(), group="需求", width=13, hint="年-月-日", example="", private=True, how="有需求时填")
    need_reported_on = Column("需求上报日期", Date(), ("上报日期",), group="需求", width=13, hint="年-月-日", example="", private=True,
                              how="两日内告诉上一级")
    next_date = Column("下次日期", Date(), ("下次预约日期",), asof=False, group="下次", width=13, hint="年-月-日", example="2025-10-08",
                       private=True, how="约好才填")
