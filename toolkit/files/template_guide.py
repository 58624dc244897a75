"""填表说明, and the notice on a page of its own (LOOK 5, DOMAIN 6.6). Tables come from the schema's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.files.template_form import Form
from toolkit.files.xlsx import ACCENT, ERROR_TEXT, Look, new_sheet, page, text_height, write_box, write_rich, write_text
from toolkit.model.ledger import Column, Ledger
from toolkit.model.plan import Notice
from toolkit.schema import GUIDE_SHEET, SERVICE_BOOK, Pregnancies, Services
from toolkit.schema.kinds import Bool, Choice, Count, Date, Money, Multi, Phone, UnitCode, UnitCodes

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

NOTICE_SHEET = "告知书"
_WIDTHS = (2, 6.5, 18, 8, 40, 42, 2)
_FIRST, _LAST = 1, 5
_WORDS_WIDTH = sum(_WIDTHS[1:6])

_NEVER = "身份证号；户籍、婚姻、年龄、孩次、丈夫或亲属信息；胎儿性别；流产、引产、避孕情况；思想、态度、动向；举报人信息。出现这些栏目时，程序不读内容，只提示删除。"
_DELETE = "本人退出，或服务不再需要，不论什么原因，都一样：删除整行和她的随访记录，不问、不写、不报。编号随行消失，不补号，不留痕迹。服务期已满的，下月的新簿自动不带。"
_CARD = "不问：结果、原因、孩次、性别、避孕、丈夫意见。得知服务不再需要：说“好的，有需要随时联系”，删除本行。"


def notice_text(notice: Notice) -> str:
    """The words read to her, brackets filled from the plan (DOMAIN 6.6)."""
    return (
        "孕产期服务告知：参加自愿，不参加不影响产检、分娩、落户、入学和任何待遇。仅记姓名、您愿留的电话、预产期、您选择的联系方式，及服务的日期和内容；"
        f"您愿意时记分娩日期。只由【{notice.responsible}】用于为您服务，上报的只有服务次数，不问胎儿性别、孩次、避孕和妊娠结果。"
        f"您可随时口头、电话或托人退出，当场删除，不问原因。查询、更正、投诉：【{notice.phone}】。"
    )


def write_guide(book: Workbook, look: Look, form: Form) -> None:
    sheet = new_sheet(book, GUIDE_SHEET, "guide")
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    row = _opening(sheet, look, form)
    breaks = []
    book_ledgers = [ledger for ledger in form.ledgers if ledger in SERVICE_BOOK]
    others = [ledger for ledger in form.ledgers if ledger not in SERVICE_BOOK and ledger is not Services]
    if book_ledgers:
        row = _table(sheet, look, Pregnancies, row)
        row = _box(sheet, look, row, "什么时候删除一行", _DELETE)
        row = _box(sheet, look, row, "告知书（念给本人听，另印一份交给本人）", notice_text(form.plan.notice), "spoken")
        row = _box(sheet, look, row, "服务人员卡", _CARD)
        row = _box(sheet, look, row, "这些内容请不要写进任何一栏", _NEVER, "error")
        breaks.append(row)
        others = [*book_ledgers[1:], *others]
    for ledger in others:
        row = _table(sheet, look, ledger, row)
    if not book_ledgers:
        row = _box(sheet, look, row, "这些内容请不要写进任何一栏", _NEVER, "error")
    page(sheet, form.name, GUIDE_SHEET, paper="portrait")
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, row, _LAST + 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _opening(sheet: Worksheet, look: Look, form: Form) -> int:
    """Title and the three steps; returns the row below."""
    write_text(sheet, 0, _FIRST, GUIDE_SHEET, look("title"))
    sheet.set_row(0, 30)
    for column in range(_FIRST, _LAST + 1):
        told = "先读这一页，约三分钟。遇到看不懂的提示，把提示里的编号（如 G102）告诉上一级即可。" if column == _FIRST else ""
        write_text(sheet, 1, column, told, look("subtitle", "under"))
    sheet.set_row(1, 18)
    sheet.set_row(2, 8)
    tables = "零一二三四五六七八九"[len(form.ledgers)]
    deadlines = form.plan.deadlines
    due = deadlines.village_to_township if form.level == "village" else deadlines.township_to_county
    month = ("当月", "次月", "第三个月")[due.month_offset]
    again = "更正时版次加1，选更正原因。"
    send = {"village": f"按“准备上报”得到上报本，于{month}{due.day}日前报乡镇；本簿留在村里。{again}",
            "township": f"于{month}{due.day}日前报县。{again}"}.get(form.level, f"与乡镇汇总表一起并入县汇总。{again}")
    steps = (("①", "填", "打开自己单位的工作簿，只填白格。案件、工作本月没有的，在封面选“是”作零报告。"),
             ("②", "看", f"红格须改，黄格请核对。封面“{tables}张表填好了吗”全部为√即可。"), ("③", "报", send))
    for offset, (sign, word, told) in enumerate(steps):
        row = 3 + offset
        write_text(sheet, row, _FIRST, sign, look("section", "centre", font_size=16))
        strong = look.run(bold=True, font_color=ACCENT, font_size=12)
        write_rich(sheet, row, _FIRST + 1, [(strong, word), (look.run(), f"　　{told}")], look("plain"))
        sheet.set_row(row, 26)
    return 3 + len(steps)


def _table(sheet: Worksheet, look: Look, ledger: type[Ledger], row: int) -> int:
    """序号 栏目 必填 怎样填 例子与常见错误 of one ledger; returns the row below."""
    sheet.set_row(row, 10)
    row += 1
    write_text(sheet, row, _FIRST, f"{ledger.sheet}　各栏怎么填", look("section"))
    sheet.set_row(row, 24)
    row += 1
    for place, name in enumerate(("序号", "栏　目", "必填", "怎样填", "例子与常见错误")):
        write_text(sheet, row, _FIRST + place, name, look("header", "under"))
    sheet.set_row(row, 24)
    for number, column in enumerate(ledger.columns, 1):
        row += 1
        told, shown = _told(column), _shown(column)
        sheet.write_number(row, _FIRST, number, look("cell", "centre", "latin"))
        write_text(sheet, row, _FIRST + 1, column.heading, look("cell", "text", "bold"))
        write_text(sheet, row, _FIRST + 2, "＊" if column.required else "", look("required_header" if column.required else "cell", "centre"))
        write_text(sheet, row, _FIRST + 3, told, look("cell", "wrap"))
        write_text(sheet, row, _FIRST + 4, shown, look("cell", "wrap"))
        sheet.set_row(row, max(text_height(told, _WIDTHS[4] - 2, minimum=22), text_height(shown, _WIDTHS[5] - 2, minimum=22)))
    return row + 1


def _told(column: Column) -> str:
    if isinstance(column.kind, (Choice, Multi)) and not isinstance(column.kind, Bool):
        choice = column.kind.choice if isinstance(column.kind, Multi) else column.kind
        offered = "　".join(choice.options)
        if len(offered) <= 60 and choice.options[0] not in column.how:
            return f"{column.how}：{offered}" if column.how else offered
    return column.how or "照实填"


def _shown(column: Column) -> str:
    """A right example, and the mistake most often made with such a column."""
    right = f"√ {column.example}" if column.example else "√ 空白" if not column.required else ""
    if column.field in _SAID:
        return _SAID[column.field] if column.private else _joined(right, "")
    kind = column.kind
    if isinstance(kind, Date):
        return _joined(right if column.example else "√ 2025-09-12", "× 9月12日（缺年份）")
    for what, wrong in ((Money, "× 约5千"), (Count, "× 两人"), (UnitCode, "× 9.90101E+11"), (UnitCodes, "× 只写地名"), (Phone, "× 写上他人的电话")):
        if isinstance(kind, what):
            return _joined("√ 空白" if what is Phone else right, wrong)
    if isinstance(kind, Bool):
        return "√ 是　√ 否　√ 空白"
    if isinstance(kind, Choice):
        return _joined(right, "× 自己写文字")
    return _joined(right, "× 写任何人的情况" if column.field in ("title", "kind") else "")


def _joined(right: str, wrong: str) -> str:
    return "　　".join(text for text in (right, wrong) if text)


#: Columns of the service book about which more is to be said than right and wrong.
_SAID = {"name": "只留在本村", "notice_date": "没有告知或同意，不登记", "consent": "填代码或文字都可以；不属于三项的，整行删除",
         "delivered_on": "其余情形一律留空，不写说明"}


def _box(sheet: Worksheet, look: Look, row: int, title: str, words: str, role: str = "plain") -> int:
    """A titled box with a thick left edge; returns the row below."""
    sheet.set_row(row, 10)
    row += 1
    colour = {"font_color": ERROR_TEXT} if role == "error" else {}
    write_text(sheet, row, _FIRST, title, look("section", **colour))
    sheet.set_row(row, 24)
    row += 1
    edge = "bar_error" if role == "error" else "bar"
    size = 10.5 if role == "spoken" else 10
    style = look("cell", "wrap", *(("spoken",) if role == "spoken" else ()), edge)
    write_box(sheet, row, _FIRST, row, _LAST, words, style)
    sheet.set_row(row, text_height(words, _WORDS_WIDTH - 3, size=size, minimum=26) + 6)
    return row + 1


def write_notice(book: Workbook, look: Look, form: Form) -> None:
    """The notice alone, one portrait page to hand over; nothing to sign, spoken consent is enough."""
    sheet = new_sheet(book, NOTICE_SHEET, "guide")
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 84)
    sheet.set_column(2, 2, 4)
    sheet.set_row(0, 40)
    write_text(sheet, 1, 1, "孕产期服务告知书", look("paper_title"))
    sheet.set_row(1, 44)
    write_text(sheet, 2, 1, form.name, look("subtitle", "centre", font_size=11))
    sheet.set_row(2, 30)
    words = notice_text(form.plan.notice).removeprefix("孕产期服务告知：")
    sentences = [text + "。" for text in words.split("。") if text]
    for row, text in enumerate(sentences, 3):
        write_text(sheet, row, 1, text, look("spoken", font_size=15))
        sheet.set_row(row, text_height(text, 84, size=15, minimum=34) + 12)
    last = 3 + len(sentences)
    write_text(sheet, last, 1, "念给本人听，交本人保存。口头同意即可，不需签名；不同意，不登记，也不问原因。", look("subtitle", "over", font_size=11))
    sheet.set_row(last, 34)
    page(sheet, "", footer="", paper="portrait", tall=1)
    sheet.protect()
