"""Types the workbooks of this folder into LibreOffice, cell by cell, as three fictional offices would, and saves them.

    soffice --headless --norestore --accept="pipe,name=ledger-typing;urp;" &
    python3 tests/data/libreoffice/type_them.py [FOLDER]

Needs the Python that LibreOffice is bound to (module `uno`). Nothing of the toolkit is used: not its schema, not its
writers. Every cell goes in as text at a keyboard would; what becomes a date, a number or a formula is LibreOffice's choice.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import uno

PIPE = "uno:pipe,name=ledger-typing;urp;StarOffice.ComponentContext"
FORMATS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}
PASSWORD = "sample"

HEAD = "Accent 3"  # LibreOffice's own styles
TITLE = "Heading 1"


def prop(name: str, value: Any) -> Any:
    found = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    found.Name, found.Value = name, value
    return found


def named(name: str, value: Any) -> Any:
    found = uno.createUnoStruct("com.sun.star.beans.NamedValue")
    found.Name, found.Value = name, value
    return found


class Typist:
    """One document and what a person does in it."""

    def __init__(self, desktop: Any) -> None:
        self.document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (prop("Hidden", True),))
        style = self.document.StyleFamilies.getByName("CellStyles").getByName("Default")
        locale = uno.createUnoStruct("com.sun.star.lang.Locale")
        locale.Language, locale.Country = "zh", "CN"
        style.CharLocale = style.CharLocaleAsian = locale
        style.CharFontName = style.CharFontNameAsian = "Noto Sans CJK SC"
        self.sheet: Any = None

    def new_sheet(self, name: str) -> None:
        sheets = self.document.Sheets
        if self.sheet is None:
            self.sheet = sheets.getByIndex(0)
            self.sheet.Name = name
        else:
            sheets.insertNewByName(name, sheets.Count)
            self.sheet = sheets.getByName(name)

    def text_columns(self, letters: str) -> None:
        """Format whole columns as text before typing into them."""
        formats = self.document.NumberFormats
        locale = uno.createUnoStruct("com.sun.star.lang.Locale")
        key = formats.queryKey("@", locale, False)
        for letter in letters.split():
            self.sheet.getCellRangeByName(f"{letter}1:{letter}200").NumberFormat = key

    def month_cell(self, place: str) -> None:
        """Show a date as a month."""
        locale = uno.createUnoStruct("com.sun.star.lang.Locale")
        locale.Language, locale.Country = "zh", "CN"
        formats = self.document.NumberFormats
        key = formats.queryKey('YYYY"年"M"月"', locale, False)
        self.sheet.getCellRangeByName(place).NumberFormat = key if key >= 0 else formats.addNew('YYYY"年"M"月"', locale)

    def type(self, lines: str, top: int = 1) -> None:
        """Lines of cells parted by bars, from A{top} down; empty cells are passed over."""
        for row, line in enumerate(lines.strip("\n").split("\n"), start=top - 1):
            for column, text in enumerate(part.strip() for part in line.split("|")):
                if text:
                    self.sheet.getCellByPosition(column, row).FormulaLocal = text.replace("\\n", "\n")

    def dress(self, title: str, head: str) -> None:
        """A merged title, a coloured header."""
        cells = self.sheet.getCellRangeByName(title)
        cells.merge(True)
        cells.CellStyle = TITLE
        self.sheet.getCellRangeByName(head).CellStyle = HEAD
        self.sheet.getCellRangeByName(head).IsTextWrapped = True

    def choices(self, place: str, *options: str) -> None:
        """A drop-down."""
        cells = self.sheet.getCellRangeByName(place)
        validation = cells.Validation
        validation.Type = uno.Enum("com.sun.star.sheet.ValidationType", "LIST")
        validation.setFormula1(";".join(f'"{option}"' for option in options))
        cells.Validation = validation

    def save(self, folder: Path, name: str, kinds: tuple[str, ...], password: str = "") -> None:
        self.document.calculateAll()
        for kind in kinds:
            how = [prop("FilterName", FORMATS[kind])]
            if password and kind == "xlsx":
                how.append(prop("EncryptionData", uno.Any("[]com.sun.star.beans.NamedValue", (
                    named("CryptoType", "StrongEncryptionDataSpace"), named("OOXPassword", password)))))
            elif password:
                how.append(prop("Password", password))
            self.document.storeToURL((folder / f"{name}.{kind}").as_uri(), tuple(how))

    def close(self) -> None:
        self.document.close(True)


# ------------------------------------------------------------------------------ a village's whole workbook


def village_whole(t: Typist) -> None:
    """示例区样例镇甲村, 2025-09: the workbook that stays in the village."""
    t.new_sheet("封面")
    t.text_columns("C")
    t.type("""
 | 孕产期服务与工作台账（甲村）
 | |
 | 单位代码 | 130602101201
 | 单位名称 | 示例区样例镇甲村
 | 所属月份 | 2025年9月
 | 方案编号 | standard
 | 模板版本 | 本村自制
 | 版次 | 0
 | 填报人 | 样例村专干
 | 审核人 | 样例村主任
 | 填报日期 | 2025-10-08
 | 移送公安件数 | 0
 | |
 | 表名 | 行数 | 本月无
 | 出生统计
 | 包保名单
 | 案件台账 | | √
 | 工作记录
 | 佐证材料
""")
    t.dress("B1:D1", "B14:D14")

    t.new_sheet("孕产妇台账")
    t.text_columns("A C H")
    t.type("""
样例镇甲村孕产妇服务册（本表只留本村）
填报单位：示例区样例镇甲村 | | | | 所属月份：2025年9月
编号 | 姓名 | 联系电话 | 预产期 | 告知日期 | 同意方式 | 服务回访 | 服务责任人\\n编号 | 分娩日期
K7Q2MX | 样例甲 | 19000000001 | 2025-12-1 | 2025-6-11 | 1 可上门 | 是 | 130602101201-02
R4TWZ8 | 样例乙 | 19000000002 | 2026/2/3 | 2025/8/20 | 仅电话或信息 | 否 | 130602101201-02
B9HNVC | 样例丙 | | 2025-9-12 | 2025-3-2 | 1 | √ | 130602101201-01 | 2025-9-6
""")
    t.dress("A1:I1", "A3:I3")
    t.choices("F4:F60", "1 可上门", "2 仅电话或信息", "3 仅本人主动联系")

    t.new_sheet("随访记录")
    t.text_columns("A E F")
    t.type("""
随访记录（只留本村）
编号 | 随访类型 | 日期 | 方式 | 随访人编号 | 服务内容 | 本人需求 | 需求办理 | 需求发现日期 | 需求上报日期 | 下次日期
K7Q2MX | 4 孕28-36周 | 2025-9-18 | 1 入户 | 130602101201-02 | 2、3 | 2 交通 | 1 已办 | 2025-9-18 | 2025-9-19 |
K7Q2MX | 月度问候 | 2025-8-5 | 电话 | 130602101201-02 | 1 | 0 无
R4TWZ8 | 2 孕16-20周 | 2025-9-10 | 2 电话 | 130602101201-02 | 保健指导；产检提醒 | | | | | 2025-10-15
B9HNVC | 6 产后访视 | 2025-9-15 | 1 入户 | 130602101201-01 | 2；6 | 0
""")
    t.dress("A1:K1", "A2:K2")

    t.new_sheet("出生统计")
    t.text_columns("A")
    t.type("""
样例镇甲村出生统计 | | | | | （单位：人）
单位代码 | 活产数 | 男 | 女 | 未说明 | 补报
本月数
130602101201 | =C4+D4+E4 | 1 | 1 | 0 | 0
""")
    t.sheet.getCellRangeByName("A3").String = ""  # a row typed and emptied again
    t.dress("A1:E1", "A2:F2")

    t.new_sheet("包保名单")
    t.text_columns("A C G H I")
    t.type("""
包保名单
填报单位：示例区样例镇甲村
人员编号 | 级别 | 单位代码 | 单位名称 | 姓名 | 岗位 | 办公电话 | 分包单位代码 | 上级责任人编号 | 起始日期 | 截止日期 | 公示日期 | 保密承诺日期
130602101201-01 | 3 村居 | 130602101201 | 示例区样例镇甲村 | 样例村专干 | 6 村专干 | 0990-0000011 | 130602101201 | 130602101000-01 | 2025-1-1 | | | 2025-1-2
130602101201-02 | 村居 | 130602101201 | 示例区样例镇甲村 | 样例村医 | 责任医生 | 0990-0000012 | 130602101201 | 130602101000-01 | 2025-1-1 | | | 2025-1-2
""")
    t.dress("A1:M1", "A3:M3")

    t.new_sheet("案件台账")
    t.type("""
案件台账（本月无案件）
案件编号 | 上报单位代码 | 发现日期 | 案件来源 | 案件类型 | 对象类别 | 机构名称 | 统一社会信用代码 | 案发地代码 | 处理阶段 | 立案日期 | 法律依据 | 处罚决定日期 | 决定书文号 | 罚款(元) | 没收违法所得(元) | 证照措施 | 移送部门 | 移送日期 | 结案日期 | 案卷号 | 举报奖励(元)
""")
    t.dress("A1:V1", "A2:V2")

    t.new_sheet("工作记录")
    t.text_columns("A B F H")
    t.type("""
工作记录
填表人：样例村专干 | | | 填报日期：2025年10月8日
编号 | 单位代码 | 日期 | 类型 | 标题 | 组织人编号 | 数量 | 材料编号 | 整改期限 | 完成日期 | 对象代码 | 问题数 | 资料种类
202509-01 | 130602101201 | 2025年9月12日 | 5 宣传 | 赶集日发放服务告知书 | 130602101201-01 | 60 | CL-2025-01 | | | | | 折页
202509-02 | 130602101201 | 2025-9-25 | 月碰头会 | 九月碰头会 | 130602101201-01 | 6 | CL-2025-02
202509-03 | 130602101201 | 2025-9-26 | 8 整改 | 更新公示栏 | 130602101201-01 | | | 2025-9-30 | 2025-9-28
""")
    t.dress("A1:M1", "A3:M3")

    t.new_sheet("佐证材料")
    t.text_columns("A B")
    t.type("""
佐证材料
材料编号 | 验收项编号 | 材料名称 | 文号 | 成文日期 | 存放 | 核对人 | 引用会议日期
CL-2025-01 | V-09 | 服务告知书张贴照片 | | 2025-9-12 | 一号柜 | 样例村主任
CL-2025-02 | V-06 | 九月碰头会签到册 | | 2025-9-25 | 一号柜 | 样例村主任 | 2025-9-25
""")
    t.dress("A1:H1", "A2:H2")

    t.new_sheet("本册密钥")
    t.text_columns("A")
    t.type("5a1e5a1e5a1e5a1e5a1e5a1e5a1e5a1e")
    t.sheet.IsVisible = False

    t.sheet = t.document.Sheets.getByName("封面")
    t.sheet.getCellRangeByName("C15:C19").NumberFormat = 0
    t.type("""
 | | =COUNTA($出生统计.B4:B60)
 | | =COUNTA($包保名单.A4:A60)
 | | =COUNTA($案件台账.C3:C60)
 | | =COUNTA($工作记录.A4:A60)
 | | =COUNTA($佐证材料.A3:A60)
""", top=15)


# ------------------------------------------------------------------------------------ a village's submission


def village_submission(t: Typist) -> None:
    """示例区样例镇乙村, 2025-09: what the village sends, tokens invented."""
    t.new_sheet("首页")
    t.type("""
填报单位 | 示例区样例镇乙村 | 所属月份 | 2025-09-01
区划代码 | '130602101202 | 版次 | 0
填报人 | 样例丁 | 审核人 | 样例戊
填报日期 | 2025-10-09 | 方案编号 | standard
模板版本 | 2025年版 | 移送公安件数 | 0
案件零报告 | 是 | 工作零报告 | 否
""")
    t.month_cell("D1")

    t.new_sheet("服务台账")
    t.text_columns("A B C")
    t.type("""
乙村九月服务台账
当月记号 | 单位代码 | 服务责任人编号 | 服务回访 | 应问候 | 已问候 | 产检提醒应提供 | 产检提醒已提供 | 产后服务应提供 | 产后服务已提供 | 42天提醒应提供 | 42天提醒已提供 | 需求提出 | 需求办结 | 需求及时上报
0f1e2d3c4b5a | 130602101202 | 130602101202-01 | 1 | 1 | 1 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0
123456e78901 | 130602101202 | 130602101202-01 | 0 | 1 | 1 | 0 | 0 | 1 | 1 | 0 | 0 | 1 | 1 | 1
900000000017 | 130602101202 | 130602101202-01 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0
""")
    t.dress("A1:O1", "A2:O2")

    t.new_sheet("出生统计")
    t.text_columns("A")
    t.type("""
单位代码 | 活产数 | 男 | 女 | 未说明 | 补报
130602101202 | 1 | 0 | 1 | | 0
合计 | =SUM(B2:B2) | =SUM(C2:C2) | =SUM(D2:D2) | | 0
""")

    t.new_sheet("包保名单")
    t.text_columns("A C G H I")
    t.type("""
人员编号 | 级别 | 单位代码 | 单位名称 | 姓名 | 岗位 | 办公电话 | 分包单位代码 | 上级责任人编号 | 起始日期 | 截止日期 | 公示日期 | 保密承诺日期
130602101202-01 | 3 村居 | 130602101202 | 示例区样例镇乙村 | 样例丁 | 6 村专干 | 0990-0000021 | 130602101202 | 130602101000-01 | 2024年3月1日 | | | 2024/3/2
""")

    t.new_sheet("案件台账")
    t.type("""
案件编号 | 上报单位代码 | 发现日期 | 案件来源 | 案件类型 | 对象类别 | 机构名称 | 统一社会信用代码 | 案发地代码 | 处理阶段 | 立案日期 | 法律依据 | 处罚决定日期 | 决定书文号 | 罚款(元) | 没收违法所得(元) | 证照措施 | 移送部门 | 移送日期 | 结案日期 | 案卷号 | 举报奖励(元)
""")

    t.new_sheet("工作记录")
    t.text_columns("A B F")
    t.type("""
编号 | 单位代码 | 日期 | 类型 | 标题 | 组织人编号 | 数量 | 材料编号 | 整改期限 | 完成日期 | 对象代码 | 问题数 | 资料种类
202509-01 | 130602101202 | 2025/9/11 | 宣传 | 发放服务告知书 | 130602101202-01 | 45 | | | | | | 海报
注：没有内容的栏目空着。
""")

    t.new_sheet("佐证材料")
    t.type("""
材料编号 | 验收项编号 | 材料名称 | 文号 | 成文日期 | 存放 | 核对人 | 引用会议日期
CL-1 | V-02 | 包保名单公示照片 | | 2025/9/1 | 二号柜 | 样例戊
""")


# ------------------------------------------------------------------------------------ a township office's own


def township_office(t: Typist) -> None:
    """示例区样例镇, 2025-09: the office's own ledgers."""
    t.new_sheet("封面")
    t.type("""
样例镇人民政府工作台账
单位代码 | '130602101000
单位名称 | 示例区样例镇
所属月份 | 202509
方案编号 | standard
模板版本 | 自制
版次 | 0
填报人 | 样例己
审核人 | 样例庚
填报日期 | 2025年10月10日
移送公安件数 | 1
表名 | 行数 | 本月无（零报告）
案件台账 | 2 | 否
工作记录 | 3 | 否
""")
    t.dress("A1:C1", "A12:C12")

    t.new_sheet("分孩次出生")
    t.text_columns("A")
    t.type("""
样例镇分孩次出生（按助产机构统计）
单位代码 | 季度 | 孩次 | 男 | 女 | 未说明 | 住院分娩
130602101000 | 2025年3季度 | 1 一孩 | 5 | 4 | 0 | 9
130602101000 | 2025年3季度 | 二孩 | 3 | 3 | 0 | 6
130602101000 | 2025-Q3 | 3 三孩及以上 | 0 | 1 | 0 | 1
合计 | | | =SUM(D3:D5) | =SUM(E3:E5) | =SUM(F3:F5) | =SUM(G3:G5)
""")
    t.dress("A1:G1", "A2:G2")
    t.choices("C3:C30", "1 一孩", "2 二孩", "3 三孩及以上", "0 未说明")

    t.new_sheet("包保名单")
    t.text_columns("B D H I J")
    t.type("""
样例镇分包责任人名单
序号 | 人员编号 | 级别 | 单位代码 | 单位名称 | 姓名 | 岗位 | 办公电话 | 分包单位代码 | 上级责任人编号 | 起始日期 | 截止日期 | 公示日期 | 保密承诺日期
1 | 130602101000-01 | 2 乡镇街道 | 130602101000 | 示例区样例镇 | 样例己 | 5 分包人员 | 0990-0000001 | 130602101201、130602101202 | 130602000000-01 | 2025-1-1 | | 2025-1-10 | 2025-1-3
2 | 130602101000-02 | 2 乡镇街道 | 130602101000 | 示例区样例镇 | 样例庚 | 1 领导小组组长 | 0990-0000002 | | 130602000000-01 | 2025-1-1 | | 2025-1-10 | 2025-1-3
""")
    t.dress("A1:N1", "A2:N2")

    t.new_sheet("案件台账")
    t.text_columns("A B H I")
    t.type("""
样例镇案件台账
案件编号 | 上报单位代码 | 发现日期 | 案件来源 | 案件类型 | 对象类别 | 机构名称 | 统一社会信用代码 | 案发地代码 | 处理阶段 | 立案日期 | 法律依据 | 处罚决定日期 | 决定书文号 | 罚款（元） | 没收违法所得（元） | 证照措施 | 移送部门 | 移送日期 | 结案日期 | 案卷号 | 举报奖励（元）
130602-2025-0001 | 130602101000 | 2025-9-3 | 1 检查发现 | 06 违规购置、使用超声等设备 | 1 医疗机构 | 样例镇样例门诊部 | | 130602101000 | 1 立案 | 2025-9-10 | 人口与计划生育法第三十九条
 | 130602101000 | 2025-9-16 | 部门移送 | 违法发布相关广告 | 其他机构 | 样例广告部 | | 130602101 | 0 线索
""")
    t.dress("A1:V1", "A2:V2")

    t.new_sheet("工作记录")
    t.text_columns("A B F H K")
    t.type("""
编号 | 单位代码 | 日期 | 类型 | 标题 | 组织人编号 | 数量 | 材料编号 | 整改期限 | 完成日期 | 对象代码 | 问题数 | 资料种类
Z-01 | 130602101000 | 2025-9-5 | 1 领导小组会 | 九月领导小组会 | 130602101000-02 | 12 | Z-CL-01
Z-02 | 130602101000 | 2025-9-16 | 督查检查 | 检查样例门诊部 | 130602101000-01 | 1 | | | | J01 | 2
Z-03 | 130602101000 | 2025-9-17 | 8 整改 | 样例门诊部整改 | 130602101000-01 | | | 2025-10-20
""")

    t.new_sheet("佐证材料")
    t.text_columns("A B")
    t.type("""
材料编号 | 验收项编号 | 材料名称 | 文号 | 成文日期 | 存放 | 核对人 | 引用会议日期
Z-CL-01 | T-20 | 领导小组会议纪要 | 样政发（2025）18号 | 2025-9-6 | 档案室 | 样例庚 | 2025-9-5
""")


# --------------------------------------------------------------------------- single things only LibreOffice makes


def error_values(t: Typist) -> None:
    """The township's works again, its quantities come to nothing."""
    township_office(t)
    t.sheet = t.document.Sheets.getByName("工作记录")
    t.sheet.getCellRangeByName("G2").FormulaLocal = "=1/0"
    t.sheet.getCellRangeByName("G3").FormulaLocal = "=NA()"
    t.sheet.getCellRangeByName("G4").FormulaLocal = "=SQRT(-1)"
    t.sheet.getCellRangeByName("L4").FormulaLocal = "=SUM(L2:L3)"


def hidden_parts(t: Typist) -> None:
    """The township's own again: one row and one column hidden, one sheet hidden."""
    township_office(t)
    t.document.Sheets.getByName("工作记录").Rows.getByIndex(2).IsVisible = False
    t.document.Sheets.getByName("包保名单").Columns.getByIndex(7).IsVisible = False
    t.document.Sheets.getByName("佐证材料").IsVisible = False


def from_1904(t: Typist) -> None:
    """The township's own again, in a workbook whose days count from 1904, as those of old Macs do."""
    first = uno.createUnoStruct("com.sun.star.util.Date")
    first.Day, first.Month, first.Year = 1, 1, 1904
    t.document.NullDate = first
    township_office(t)


def merged_cells(t: Typist) -> None:
    """The township's own again: one title merged down two rows, another covering a title that is still there."""
    township_office(t)
    works = t.document.Sheets.getByName("工作记录")
    works.getCellRangeByName("E2:E3").merge(True)
    staff = t.document.Sheets.getByName("包保名单")
    staff.getCellByPosition(4, 3).String = ""
    staff.getCellRangeByName("E3:E4").merge(True)


def main(folder: Path) -> None:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    context = resolver.resolve(PIPE)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    for write, kinds, password in (
        (village_whole, ("xlsx", "xls", "ods"), ""), (village_submission, ("xlsx", "xls", "ods"), ""),
        (township_office, ("xlsx", "xls", "ods"), ""), (error_values, ("xlsx", "xls", "ods"), ""), (hidden_parts, ("xlsx", "xls", "ods"), ""),
        (from_1904, ("xlsx", "xls", "ods"), ""), (merged_cells, ("xlsx", "xls", "ods"), ""),
    ):
        typist = Typist(desktop)
        write(typist)
        typist.save(folder, write.__name__, kinds, password)
        if write is village_submission:
            typist.save(folder, "encrypted", ("xlsx", "xls", "ods"), PASSWORD)
        typist.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent).resolve())
