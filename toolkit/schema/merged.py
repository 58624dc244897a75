"""What a merged workbook has beside the ledgers: provenance columns and the sheets that carry the union (SPEC 2, 6)."""

from toolkit.schema import TRAVELLING

#: Provenance columns, right of a travelling ledger's own columns, in this order.
PENDING, FROM_UNIT, FROM_PERIOD, FROM_REVISION = "标记", "上报单位代码", "所属月份", "版次"
FROM_FILE, FROM_SHEET, FROM_ROW = "来源文件", "来源工作表", "来源行"
PROVENANCE = (PENDING, "来源单位代码", "来源月份", "来源版次", FROM_FILE, FROM_SHEET, FROM_ROW)
PENDING_TEXT = "待修正"

#: Labels of a merged workbook's cover, beside those of `schema.cover` it shares (单位代码, 单位名称, 所属月份, 方案编号).
KIND, MERGED = "工作簿类型", "汇总"
PLAN_DIGEST, SOFTWARE, CONTENT_DIGEST = "方案摘要", "软件版本", "内容摘要"

#: Labels of its approval, at the foot of the cover's facts; who approved stands under `schema.cover`'s 审核人.
APPROVAL, ACCEPTED_BY, APPROVED_CONTENT, UNDO_REASON = "审核状态", "上级接收人", "审核内容", "退回原因"
UNAPPROVED = "未审核"

#: 上报情况: columns for people, then (after 说明) columns for the next merge; each of those holds one JSON text.
SUBMISSION_COLUMNS = ("单位代码", "单位名称", "应报", "状　态", "时　限", "审　核", "版次", "填报日期", "收到日期",
                      "服务", "出生", "孩次", "名单", "案件", "工作", "佐证", "错误", "警告", "说　明")
SOURCES_COLUMN, REFUSAL_COLUMN = "来源·续报用", "拒收·续报用"
PART_COLUMNS = {ledger.id: f"{ledger.sheet}·续报用" for ledger in TRAVELLING}

#: 读取记录: what the readers found in cells and files; read again by the next merge.
READING_COLUMNS = ("单位代码", "月份", "台账", "版次", "内容摘要", "来源文件", "来源摘要", "规则", "程度", "问题台账", "工作表", "行", "列", "字段", "键", "参数")

#: 待裁定: rows of the content that does not stand while two contents of one revision wait for a decision (F111).
CONTENDER_COLUMNS = ("台账", "单位代码", "月份", "版次", "内容摘要", "来源工作表", "来源行", "内容")

#: 重复与冲突.
CONFLICT_COLUMNS = ("序号", "规则", "台账", "对　象", "第1条", "第2条", "裁定（人填）", "冲突编号", "以前的裁定")
