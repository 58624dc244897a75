"""服务台账: the service book's minimised image, one row per record and month. This is what merges (DOMAIN 5.4)."""

from toolkit.model.ledger import Column, Ledger
from toolkit.schema.kinds import Code, Count, Flag, Token, UnitCode


class Services(Ledger):
    id = "services"
    sheet = "服务台账"
    key = ("token",)
    subject = "woman"
    offices = ()
    note = "由服务册算出：每条记录一行，只有当月记号和提供了几次服务，没有姓名、电话和日期。记号每月更换，只有本村能对上。"

    token = Column("当月记号", Token(), required=True, group="记录", width=16, example="0f1e2d3c4b5a")
    unit_code = Column("单位代码", UnitCode(), group="记录", width=13.5, example="990101101201")
    staff_id = Column("服务责任人编号", Code(), group="记录", width=17, example="990101101201-01")
    revisit_ok = Column("服务回访", Flag(), group="记录", width=9.5, example="0")
    contact_planned = Column("应问候", Flag(), group="约定问候", width=8.5, example="1")
    contact_offered = Column("已问候", Flag(), group="约定问候", width=8.5, example="1")
    windows_due = Column("产检提醒应提供", Count(), group="产检提醒", width=15.5, example="0")
    windows_done = Column("产检提醒已提供", Count(), group="产检提醒", width=15.5, example="0")
    postnatal_due = Column("产后服务应提供", Flag(), group="产后服务", width=15.5, example="0")
    postnatal_done = Column("产后服务已提供", Flag(), group="产后服务", width=15.5, example="0")
    check42_due = Column("42天提醒应提供", Flag(), group="产后42天", width=15.5, example="0")
    check42_done = Column("42天提醒已提供", Flag(), group="产后42天", width=15.5, example="0")
    needs = Column("需求提出", Count(), group="需求", width=9.5, example="0")
    needs_done = Column("需求办结", Count(), group="需求", width=9.5, example="0")
    needs_in_time = Column("需求及时上报", Count(), group="需求", width=13, example="0")
