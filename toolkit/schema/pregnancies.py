"""孕产妇台账: the service book's first sheet. It stays in the village, with notice and consent (DOMAIN 5.2)."""

from toolkit.model.ledger import Column, Ledger
from toolkit.schema.kinds import Bool, Choice, Code, Date, Name, Phone, RecordId

CONSENT = Choice(
    "同意方式",
    (("1", "可上门"), ("2", "仅电话或信息"), ("3", "仅本人主动联系")),
    synonyms=(("同意", "2"), ("是", "2"), ("√", "2")),  # the narrower reading (K107 in DOMAIN 5.9)
)


class Pregnancies(Ledger):
    id = "pregnancies"
    sheet = "孕产妇台账"
    aliases = ("孕妇台账", "孕产妇登记", "孕产妇名册", "孕产妇服务台账", "孕产妇")
    key = ("record_id",)
    travels = False
    private = True
    subject = "woman"
    offices = ("village",)
    note = "已告知并经本人同意，才有一行。本人退出或服务不再需要，整行删除，不问原因。本表只留在本村，不上报。"

    record_id = Column("编号", RecordId(), required=True, group="编号", width=12, hint="已印好", example="K7Q2MX", private=True,
                       how="已经印好，不改、不续编；只在本表内有意义")
    name = Column("姓名", Name(), ("称呼", "孕妇姓名", "妇女姓名", "产妇姓名"), required=True, group="联系", width=14, hint="只留本村",
                   example="样例甲", private=True, how="本人愿用的称呼也可以")
    phone = Column("联系电话", Phone(), ("电话", "手机", "手机号码", "手机号", "联系方式"), group="联系", width=15, hint="本人愿意才填",
                   example="19000000001", private=True, how="本人愿意留的电话；不愿留就空白")
    edd = Column("预产期", Date(), ("预产日期", "EDD", "EDC"), required=True, asof=False, group="预产期与告知", width=13, hint="年-月-日",
                 example="2025-12-20", private=True, how="年-月-日。只有末次月经时，加280天填预产期，末次月经不留存")
    notice_date = Column("告知日期", Date(), ("知情告知", "告知书日期", "知情告知日期"), required=True, group="预产期与告知", width=13,
                         hint="年-月-日", example="2025-06-11", private=True, covered_by="K107", how="讲清告知书并得到同意的日期，口头同意即可")
    consent = Column("同意方式", CONSENT, ("同意随访", "知情同意"), required=True, group="预产期与告知", width=20, hint="下拉",
                     example="1 可上门", private=True, covered_by="K107", how="1 可上门　2 仅电话或信息　3 仅本人主动联系")
    revisit_ok = Column("服务回访", Bool(), ("愿意回访",), group="服务", width=14, hint="是/否，空白为否", example="是", private=True,
                        how="是否愿意被抽中回访；空白按“否”")
    staff_id = Column("服务责任人编号", Code(), ("包保责任人编号", "包保人", "责任人", "责任医生", "村专干", "服务责任人"), required=True,
                      group="服务", width=17, hint="见包保名单", example="990101101201-01", private=True, how="包保名单里的人员编号")
    delivered_on = Column("分娩日期", Date(), ("活产日期",), group="分娩", width=13, hint="本人愿意才填", example="", private=True,
                          how="本人愿意接受产后服务时才填，只填活产；其余情形一律留空，不写说明")


#: A due date can be derived from this header; the date itself is dropped (DOMAIN 3.6, G110).
LAST_PERIOD = ("末次月经", "LMP", "末次月经日期", "末次月经时间")
