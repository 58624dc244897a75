"""What a rule found: facts and a place. Sentences are made where they are shown."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass, replace
from typing import Any

SEVERITIES = ("error", "warning", "info")
#: A sign and a word for each severity, Chinese and English; never colour alone (LOOK 2).
SIGNS = {"error": ("▲ 错误", "▲ error"), "warning": ("△ 警告", "△ warning"), "info": ("○ 提示", "○ info")}
#: What stands where a cell's content may not be shown (SPEC 8).
HIDDEN = "•••"


@dataclass(frozen=True)
class Code:
    """A kind of issue. `zh`/`en` say what is wrong, `todo_zh`/`todo_en` what to do; both may use the same {names}.

    `source`: where the rule comes from. `bad` and `good` are examples for the handbook. `private`: what is wrong, in Chinese and
    English, where the words would show a cell's content and the cell is the service book's.
    """

    code: str
    severity: str
    zh: str
    en: str
    todo_zh: str
    todo_en: str
    local: bool = False
    source: str = ""
    bad: str = ""
    good: str = ""
    private: tuple[str, str] = ("", "")


_KNOWN: dict[str, Code] = {}


def declare(code: Code) -> Code:
    """Remember a code so that issues can name it; each code is declared once."""
    if code.code in _KNOWN and _KNOWN[code.code] != code:
        raise ValueError(f"{code.code} is declared twice")
    _KNOWN[code.code] = code
    return code


def code_of(name: str) -> Code:
    """The declaration of a code."""
    return _KNOWN[name]


def declared() -> list[Code]:
    """All codes, in order of their names."""
    return [_KNOWN[name] for name in sorted(_KNOWN)]


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding. `row` is the Excel row, `column` the letter in the file where the record was first written.

    `key` names the row for the id (SPEC 5); `here` is (sheet, cell) in a merged file before the reader.
    `params` fill the sentences; for a private column they never hold its content.
    """

    code: str
    severity: str
    ledger: str = ""
    unit: str = ""
    period: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    field: str = ""
    key: str = ""
    params: tuple[tuple[str, str], ...] = ()
    local: bool = False
    here: tuple[str, str] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Issues travel between processes by the thousand; this is several times faster than what a frozen class does by itself."""
        return Issue, (self.code, self.severity, self.ledger, self.unit, self.period, self.file, self.sheet, self.row, self.column, self.field,
                       self.key, self.params, self.local, self.here)

    @property
    def id(self) -> str:
        """16 hex digits, the same for the same finding on every route (SPEC 5)."""
        facts = "\n".join((self.code, self.unit, self.period, self.ledger, self.field, self.key))
        return hashlib.sha256(facts.encode()).hexdigest()[:16]

    @property
    def cell(self) -> str | None:
        return f"{self.column}{self.row}" if self.column and self.row else None

    def message(self, language: str) -> str:
        code = code_of(self.code)
        if code.private[0] and any(value == HIDDEN for _, value in self.params):
            return code.private[language != "zh"]
        return _filled(code.zh if language == "zh" else code.en, self.params, language)

    def hint(self, language: str) -> str:
        code = code_of(self.code)
        own = next((NEXT[value] for name, value in self.params if name in ("next", "why") and value in NEXT), None)
        return own[language != "zh"] if own is not None else _filled(code.todo_zh if language == "zh" else code.todo_en, self.params, language)

    def with_(self, **changes: Any) -> Issue:
        return replace(self, **changes)

    def as_json(self, language: str) -> dict[str, object]:
        """The issue as SPEC 5 has it."""
        facts: dict[str, object] = {
            "id": self.id, "code": self.code, "severity": self.severity, "local": self.local, "ledger": self.ledger or None,
            "unit": self.unit or None, "period": self.period or None, "file": self.file or None, "sheet": self.sheet or None,
            "row": self.row, "column": self.column or None, "cell": self.cell, "field": self.field or None,
            "message": self.message(language), "hint": self.hint(language),
        }
        if self.here:
            facts["here"] = {"sheet": self.here[0], "cell": self.here[1]}
        return facts


#: Why a file was not read (`why` of F201-F207): Chinese, English.
REASONS = {
    "pdf": ("这是PDF，不是表格", "this is a PDF, not a spreadsheet"),
    "html": ("这是网页另存的文件，不是表格", "this is a web page, not a spreadsheet"),
    "xml": ("这不是普通的表格文件", "this is no ordinary spreadsheet file"),
    "word": ("这是文字文档，不是表格", "this is a text document, not a spreadsheet"),
    "picture": ("这是图片，不是表格", "this is a picture, not a spreadsheet"),
    "zip": ("这是压缩包，请解压后再报", "this is an archive; unpack it first"),
    "unknown": ("认不出是哪种表格", "the kind of file is not known"),
    "empty": ("文件是空的", "the file is empty"),
    "encrypted": ("文件有打开密码，读不出", "the file has a password"),
    "wrong_password": ("密码不对，没有打开；请核对密码后再试", "the password is wrong"),
    "not_sealable": ("只有xlsx可以加密", "only xlsx can be put under a password"),
    "sealed_already": ("文件已经加密", "the file is under a password already"),
    "not_sealed": ("文件没有加密，不用打开", "the file is not under a password"),
    "damaged": ("文件已损坏，打不开", "the file is damaged"),
    "too_large": ("文件超过50MB，或解压后太大", "the file is larger than 50 MB, or too large once unpacked"),
    "too_many_cells": ("表格用到的范围太大，可能有内容误填在很远的格子里", "the used area is too large; something may stand in a far-away cell"),
    "too_many_columns": ("一张表超过1000列，台账没有这么宽，请删去多余的列", "a sheet has more than 1,000 columns; delete what is no ledger"),
    "too_many_merged": ("一张表有2万多处合并单元格，请取消合并", "a sheet has more than 20,000 merged ranges; unmerge them"),
    "changing": ("文件正在被改动，请保存并关闭后再读", "the file is being changed; save and close it, then try again"),
    "no_sheets": ("工作簿里没有工作表", "the workbook has no worksheet"),
    "sheet_twice": ("有两张同名的工作表，请改名后再存", "two worksheets have one name; rename one and save again"),
    "cell_twice": ("同一格写了两次内容，请用表格软件另存", "one cell is given twice; save the file again in a spreadsheet program"),
    "long_text": ("有一格超过32767字，表格装不下，请改短", "a cell has more than 32,767 characters; shorten it"),
    "quotes": ("引号不成对，后面的行会连在一起，请另存为xlsx", "a quotation mark is not closed, so rows run together; save it as xlsx"),
    "nul": ("文件中夹有空字符，不是完好的文本，请另存为xlsx", "the text holds NUL characters; save it as xlsx"),
    "time": ("读取超时", "reading took too long"),
    "memory": ("读取时内存不足", "reading ran out of memory"),
    "crash": ("读取时出错中断", "the reader stopped"),
    "no_ledger": ("没有找到任何台账", "no ledger was found"),
    "csv_book": ("服务册不能用csv上报，只能在村里检查", "a service book cannot be sent as csv, only checked in the village"),
    "not_village": ("不是村的工作簿，没有服务册可取出", "not a village workbook: there is no service book to take out"),
    "not_own": ("不是单位自己的工作簿，没有可结转的内容；请用本单位填报的原表", "not an office's own workbook: nothing to carry forward"),
    "not_a_file": ("不是普通文件", "not a plain file"),
    "gone": ("找不到这个文件，请核对文件名", "there is no such file; check the name"),
    "unreadable": ("没有权限打开", "no permission to open it"),
    "frame_bom": ("文件开头多了BOM（三个看不见的字节）。请运行 tail -c +4 {file} > 修好.txt",
                  "it begins with a BOM, three invisible bytes; repair: tail -c +4 {file} > repaired.txt"),
    "frame_crlf": ("行尾是CRLF。请运行 tr -d '\\r' < {file} > 修好.txt", "its lines end with CRLF; repair: tr -d '\\r' < {file} > repaired.txt"),
    "frame_end": ("最后一行没有换行。请运行 (cat {file}; echo) > 修好.txt", "the last line has no line end; repair: (cat {file}; echo) > repaired.txt"),
    "frame_line": ("第{line}行不是“12位单位代码、制表符、12位记号、制表符、y或n”。请重新用 ledger sample frame 写出",
                   "line {line} is not: 12-digit unit, tab, 12-hex token, tab, y or n; write it again with ledger sample frame"),
    "frame_twice": ("第{line}行与上一行是同一条记录。请重新用 ledger sample frame 写出", "line {line} repeats the record above; write it again with ledger sample frame"),
    "frame_order": ("第{line}行没有按字节排序。请运行 LC_ALL=C sort {file} > 修好.txt", "line {line} is not in byte order; repair: LC_ALL=C sort {file} > repaired.txt"),
    "no_token": ("有行没有当月记号，或读不出", "rows without a readable token"),
    "token_twice": ("有两行的当月记号相同", "two rows with the same token"),
    "no_certificate": ("没有“抽样证书”这张表", "there is no sheet 抽样证书"),
    "certificate_broken": ("证书内容不全或读不出", "the certificate is incomplete or unreadable"),
    "release_old": ("旧格式看不全里面有什么，请另存为xlsx再检查", "an old format that cannot be looked through; save it as xlsx"),
    "h_sheet": ("一张隐藏的表", "a hidden sheet"),
    "h_row": ("隐藏的行", "a hidden row"),
    "h_column": ("隐藏的列", "a hidden column"),
    "h_format": ("有内容而格式不显示", "content in a format that shows nothing"),
    "h_tracked": ("修订痕迹（删去的和改前的文字还在）", "tracked changes"),
    "h_vanished": ("隐藏的文字", "hidden text"),
    "h_element": ("网页里不显示的部分", "parts of the page that are not shown"),
    "h_note": ("一条批注", "a note"),
    "h_people": ("批注人名单", "the list of those who wrote notes"),
    "h_creator": ("作者", "author"), "h_lastModifiedBy": ("最后保存者", "last saved by"), "h_Company": ("公司", "company"), "h_Manager": ("主管", "manager"),
    "h_HyperlinkBase": ("链接基准", "hyperlink base"), "h_title": ("标题", "title"), "h_subject": ("主题", "subject"), "h_keywords": ("标记", "keywords"),
    "h_description": ("备注", "remarks"), "h_category": ("类别", "category"), "h_contentStatus": ("状态", "status"),
    "h_meta": ("网页里写的作者或软件", "author or program named in the page"),
    "h_custom": ("自定义属性", "custom properties"),
    "h_thumbnail": ("首页缩略图", "a thumbnail of the first page"),
    "h_printer": ("打印机设置", "printer settings"),
    "h_custom_xml": ("附加的数据", "custom XML"),
    "h_changes": ("共享修改记录", "a change log"),
    "h_path": ("指向本机或内网路径的链接", "a link to a path of this computer or network"),
    "h_picture": ("图片里的拍摄信息", "what a picture says of where and when it was taken"),
    "h_texts": ("已删去、没有一格用到的文字", "texts that were deleted and no cell shows"),
    "h_source": ("文件源码里的注释或文档类型", "a comment or a document type in the file's source"),
    "h_zip": ("压缩包注释", "a comment of the archive"),
    "h_variables": ("文档变量", "document variables"),
    "h_remark": ("网页源码里的注释", "a comment in the page's source"),
    "h_name": ("没有公式用到", "no formula uses it"),
    "h_name_used": ("有公式用到", "a formula uses it"),
    "h_link": ("外部链接", "an external link"),
    "h_connection": ("数据连接", "a data connection"),
    "h_pivot": ("透视表或它的缓存", "the pivot table or its cache"),
    "h_object": ("嵌入的文件或控件", "an embedded file or control"),
    "h_scenario": ("方案管理器里存的数", "what-if values"),
    "h_unknown": ("认不出的部件", "a part of an unknown kind"),
    "h_macros": ("宏", "macros"),
    "h_script": ("网页脚本", "a script"),
    "h_book": ("服务册的表", "a sheet of the service book"),
    "h_headings": ("服务册的表头", "headings of the service book"),
    "h_key": ("本册密钥", "the key of the service book"),
    "h_merged": ("汇总工作簿是上下级之间的工作文件", "a merged workbook is a working file between offices"),
    "h_frame": ("抽样框由验收双方各存一份", "a frame stays with the two parties"),
    "h_sample": ("抽样工作簿和完整的证书只给验收双方", "the sample's working file and its full certificate are for the two parties"),
    "h_tokens": ("有逐条的当月记号", "monthly tokens of single records"),
    "h_visits": ("走访结果由验收方保管", "results of visits stay with those who accept"),
}

#: What to do where the reason asks for something else than its code does (`why`, or `next` where a command has its own): Chinese, English.
NEXT = {
    "not_sealable": ("请另存为xlsx再加密。", "Save it as xlsx, then seal that."),
    "not_sealed": ("直接用就可以。", "Use it as it is."),
    "sealed_already": ("已经有打开密码，不用再加。", "It has its password; nothing to do."),
    "release_unknown": ("本程序看不了这种文件，请由人看过再发。", "This program cannot look through such a file; have a person look before it goes out."),
    "h_source": ("请用表格或文字软件另存一份，再检查一次。", "Save it again in a spreadsheet or word program, then run release again."),
}


@functools.lru_cache(maxsize=4096)  # one cause may stand in thousands of cells
def _filled(text: str, params: tuple[tuple[str, str], ...], language: str) -> str:
    for name, value in params:
        if name == "why" and value in REASONS:
            value = REASONS[value][0 if language == "zh" else 1]
        text = text.replace("{" + name + "}", value)
    return text


def in_order(issues: list[Issue]) -> list[Issue]:
    """Errors first, then unit, file, sheet, row, column, code: the order every report uses."""
    return sorted(
        issues,
        key=lambda i: (SEVERITIES.index(i.severity), i.unit, i.file, i.sheet, i.row or 0, len(i.column), i.column, i.code, i.key, i.params),
    )


def counts(issues: list[Issue]) -> dict[str, int]:
    """How many of each severity."""
    return {severity: sum(issue.severity == severity for issue in issues) for severity in SEVERITIES}
