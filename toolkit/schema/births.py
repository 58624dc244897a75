"""出生统计: live births of a village and month as counts, tied to no one (DOMAIN 5.5)."""

from toolkit.model.ledger import Column, Ledger
from toolkit.schema.kinds import Count, UnitCode


class Births(Ledger):
    id = "births"
    sheet = "出生统计"
    aliases = ("出生统计表", "出生情况", "活产统计")
    key = ("unit_code",)
    offices = ("village",)
    note = "按本村公开的活产人数填一行；只填数，不填任何人的情况。本月没有活产的填0，或留空。"

    unit_code = Column("单位代码", UnitCode(), ("区划代码", "村代码"), group="单位", width=15, hint="空白为本单位", example="990101101201", how="空白按封面单位")
    live_births = Column("活产数", Count(), ("活产", "出生人数", "出生数", "活产人数"), required=True, group="活产", width=11, hint="人", example="3",
                         how="男、女、未说明三项之和")
    boys = Column("男", Count(), ("男婴", "男孩", "其中男", "活产男"), required=True, group="活产", width=10, hint="人", example="2", how="没有填0")
    girls = Column("女", Count(), ("女婴", "女孩", "其中女", "活产女"), required=True, group="活产", width=10, hint="人", example="1", how="没有填0")
    unstated = Column("未说明", Count(), ("性别未说明", "未填性别"), group="活产", width=10, hint="人", example="0", how="没有填0或空白")
    late = Column("补报", Count(), ("补报数", "往月补报"), group="补报", width=10, hint="人", example="0", how="以前月份的活产，本月才知道的")
