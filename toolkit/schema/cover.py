"""封面: who reports which month, and what is nil (DOMAIN 5.1). Read as label/value pairs, not as a table."""

from toolkit.model.ledger import Column, Ledger
from toolkit.schema.kinds import Bool, Choice, Code, Count, Date, Month, Name, UnitCode

REASON = Choice("更正原因", (("1", "录入错误"), ("2", "漏报"), ("3", "格式"), ("9", "其他")))


class Cover(Ledger):
    id = "cover"
    sheet = "封面"
    aliases = ("首页", "封面页")
    offices = ("village", "township", "county")
    note = "一个单位、一个月、一本。先填白格，看红格，再上报。"

    unit_code = Column("单位代码", UnitCode(), ("区划代码",), required=True, example="990101101201")
    unit_name = Column("单位名称", Name(), ("填报单位", "上报单位"), required=True, example="示例县甲山乡一村")
    period = Column("所属月份", Month(), ("报告月份", "统计月份", "报表期"), required=True, example="2025-09")
    plan_id = Column("方案编号", Code(), ("计划编号",), required=True, example="standard")
    template = Column("模板版本", Code(), required=True, example="1")
    revision = Column("版次", Count(), required=True, example="0")
    prepared_by = Column("填报人", Name(), ("制表人",), required=True, example="样例填报", personal=True)
    reviewed_by = Column("审核人", Name(), ("复核人",), required=True, covered_by="F106", example="样例审核", personal=True)
    prepared_on = Column("填报日期", Date(), ("上报日期", "制表日期"), required=True, asof=False, example="2025-10-08")
    revision_reason = Column("更正原因", REASON, example="")
    police_transfers = Column("移送公安件数", Count(), example="0")
    zero_cases = Column("案件零报告", Bool(), ("无案件",), example="")
    zero_works = Column("工作零报告", Bool(), example="")


#: What a merged workbook's cover adds (SPEC 6.6).
KIND_LABEL, MERGED_MARK = "工作簿类型", "汇总"
