"""佐证材料: which paper proves which acceptance item, and where it is kept (DOMAIN 5.8)."""

from toolkit.model.ledger import Column, Ledger
from toolkit.schema.kinds import Code, Date, DocNumber, Text


class Evidence(Ledger):
    id = "evidence"
    sheet = "佐证材料"
    aliases = ("佐证清单", "材料清单", "佐证材料清单")
    key = ("evidence_no",)
    offices = ("village", "township", "county")
    note = "验收时凭它找到纸质或电子材料；材料里不得有服务对象的个人情况。"

    evidence_no = Column("材料编号", Code(), ("佐证编号",), required=True, group="材料", width=16, hint="单位内不重复", example="CL-2025-01", how="单位内不重复")
    item_code = Column("验收项编号", Code(upper=True), ("验收项",), required=True, group="材料", width=13, hint="如 V-09", example="V-09", how="验收清单里的编号")
    title = Column("材料名称", Text(), ("名称",), required=True, group="材料", width=32, example="服务告知书张贴照片", free=True, how="材料的名称")
    doc_no = Column("文号", DocNumber(), group="材料", width=20, hint="如 者政发〔2025〕18号", example="", how="有文号的填")
    doc_date = Column("成文日期", Date(), ("日期",), required=True, group="材料", width=13, hint="年-月-日", example="2025-09-12", how="年-月-日")
    location = Column("存放", Text(), ("存放位置", "文件名"), group="核对", width=24, hint="柜号或文件名", example="一号柜", free=True, how="柜号，或与本簿放在一起的文件名")
    checked_by = Column("核对人", Text(), group="核对", width=13, example="样例主任", how="核对的工作人员", personal=True)
    meeting_date = Column("引用会议日期", Date(), group="核对", width=14.5, hint="引用会议时填", example="", how="材料里写到的会议日期")
