"""分孩次出生: quarterly counts from clinic statistics, by township and county offices only (DOMAIN 5.5)."""

from toolkit.model.ledger import Column, Ledger
from toolkit.schema.kinds import Choice, Count, Quarter, UnitCode

BIRTH_ORDER = Choice("孩次", (("1", "一孩"), ("2", "二孩"), ("3", "三孩及以上"), ("0", "未说明")))


class BirthOrders(Ledger):
    id = "birth_orders"
    sheet = "分孩次出生"
    aliases = ("分孩次统计", "分孩次出生统计")
    key = ("unit_code", "quarter", "birth_order")
    offices = ("township", "county")
    note = "每季度按助产机构的统计填；只填数，不填任何人的情况。县级只填没有乡镇上报的机构。"

    unit_code = Column("单位代码", UnitCode(), ("区划代码",), group="单位", width=15, hint="空白为本单位", example="990101101000", how="空白按封面单位")
    quarter = Column("季度", Quarter(), required=True, asof=False, group="单位", width=12, hint="如 2025-Q3", example="2025-Q3", how="年-Q季，如 2025-Q3")
    birth_order = Column("孩次", BIRTH_ORDER, required=True, group="活产", width=15, hint="下拉", example="1 一孩", how="从下拉选")
    boys = Column("男", Count(), ("男婴", "男孩"), required=True, group="活产", width=10, hint="人", example="12", how="没有填0")
    girls = Column("女", Count(), ("女婴", "女孩"), required=True, group="活产", width=10, hint="人", example="11", how="没有填0")
    unstated = Column("未说明", Count(), ("性别未说明",), group="活产", width=10, hint="人", example="0", how="没有填0或空白")
    facility_births = Column("住院分娩", Count(), ("住院分娩数",), group="其中", width=11, hint="人", example="23", how="上面三项中在医院分娩的")
