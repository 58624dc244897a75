"""Write `templates/docx/*.docx`: papers in the layout of GB/T 9704-2012 whose placeholders `ledger summary --docx` and `ledger privacy` fill.

    python3 scripts/build_docx.py            write it
    python3 scripts/build_docx.py --check    exit 1 and name what differs; nothing is written

Offices may edit the written file in Word or WPS: wording, order, seal, fonts; only the names in double braces stay.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx_privacy import ASSESSMENT, MARK, RECORD
from kept import keep

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.files.docx import TEMPLATE, TEMPLATES, same_bytes  # noqa: E402

#: 天头 37 mm, 订口 28 mm, 版心 156 x 225 mm on A4 (DOMAIN 4.7).
TOP, LEFT, WIDTH, HEIGHT, A4 = 37, 28, 156, 225, (210, 297)
#: 3号 16 pt, 2号 22 pt, 4号 14 pt; 22 lines in 225 mm: 28.95 pt.
BODY, TITLE, FOUR, LINE = 16, 22, 14, 28.95
SONG, FANG, HEI, KAI = "宋体", "仿宋", "黑体", "楷体"

CONTENT = (
    ("title", "{{单位}}关于{{年}}年{{月}}月妇幼健康服务与\n工作情况的报告"),
    ("to", "（主送机关）："),
    ("body", "现将{{月份}}妇幼健康服务与工作情况报告如下。"),
    ("head", "一、报送情况"),
    ("body", "{{报送情况}}"),
    ("head", "二、服务提供情况"),
    ("body", "{{服务情况}}"),
    ("head", "三、出生统计"),
    ("body", "{{出生情况}}"),
    ("head", "四、案件查处"),
    ("body", "{{案件情况}}"),
    ("head", "五、工作开展"),
    ("body", "{{工作情况}}"),
    ("head", "六、存在问题和下步安排"),
    ("body", "（由报送单位填写：主要问题、整改安排、需上级协调的事项。只写单位和工作，不写任何服务对象。）"),
    ("body", "特此报告。"),
    ("gap", ""),
    ("attach", "附件：1. 各单位服务提供情况"),
    ("attach2", "2. 需求和上报情况"),
    ("attach2", "3. 活产统计　案件与工作"),
    ("gap", ""),
    ("sign", "{{单位}}（盖章）"),
    ("sign", "　　　　年　　月　　日"),
    ("page", ""),
    ("plain", "附件1"),
    ("table_title", "各单位服务提供情况（{{月份}}）"),
    ("table", "{{服务提供表}}"),
    ("note", "{{表注}}"),
    ("plain", "附件2"),
    ("table_title", "需求和上报情况（{{月份}}）"),
    ("table", "{{需求和上报表}}"),
    ("plain", "附件3"),
    ("table_title", "活产统计（{{月份}}，各村公开计数）"),
    ("table", "{{活产表}}"),
    ("table_title", "案件与工作"),
    ("table", "{{案件与工作表}}"),
    ("note", "{{声明}}"),
    ("note", "{{软件}}　{{方案}}　封存摘要 {{封存摘要}}"),
)
#: Kind -> font, size, alignment, first-line indent in characters, bold.
KINDS = {
    "title": (SONG, TITLE, "center", 0, True), "to": (FANG, BODY, "left", 0, False), "body": (FANG, BODY, "left", 2, False),
    "head": (HEI, BODY, "left", 2, False),
    "gap": (FANG, BODY, "left", 0, False), "attach": (FANG, BODY, "left", 2, False), "attach2": (FANG, BODY, "left", 5, False),
    "sign": (FANG, BODY, "right", 0, False), "sign_line": (FANG, BODY, "right", 0, False),
    "plain": (HEI, BODY, "left", 0, False), "table_title": (SONG, FOUR, "center", 0, True),
    "table": (FANG, 10.5, "center", 0, False), "note": (FANG, 10.5, "left", 0, False),
}
ALIGNED = {"center": WD_ALIGN_PARAGRAPH.CENTER, "left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def template(content: Sequence[tuple[str, str]], title: str, mark: str = "") -> bytes:
    """A paper of these paragraphs; `mark`: what stands at the head of every page."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(A4[0]), Mm(A4[1])
    section.top_margin, section.left_margin = Mm(TOP), Mm(LEFT)
    section.right_margin, section.bottom_margin = Mm(A4[0] - LEFT - WIDTH), Mm(A4[1] - TOP - HEIGHT)
    section.footer_distance = Mm(A4[1] - TOP - HEIGHT - 7 - 4)
    _font(document.styles["Normal"].element.get_or_add_rPr(), FANG)
    document.styles["Normal"].font.size = Pt(BODY)
    for kind, text in content:
        if kind == "page":
            _lying(document)
        else:
            _paragraph(document, kind, text)
    if mark:
        _mark(section.header.paragraphs[0], mark)
    _page_number(section.footer.paragraphs[0])
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, "", "", ""
    core.created = core.modified = dt.datetime(2025, 1, 1)
    buffer = io.BytesIO()
    document.save(buffer)
    return same_bytes(buffer.getvalue())


def _lying(document: Any) -> None:
    """Annexes with wide tables lie: the head on the binding side (GB/T 9704 ch. 8)."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(A4[1]), Mm(A4[0])
    section.top_margin, section.bottom_margin = Mm(LEFT), Mm(A4[0] - LEFT - WIDTH)
    section.left_margin = section.right_margin = Mm((A4[1] - HEIGHT) / 2)


def _paragraph(document: Any, kind: str, text: str) -> None:
    font, size, aligned, indent, bold = KINDS[kind]
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.alignment, form.space_before, form.space_after = ALIGNED[aligned], Pt(0), Pt(0)
    small = kind in ("note", "table")
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY if not small else WD_LINE_SPACING.AT_LEAST, Pt(LINE if not small else 16)
    form.first_line_indent = Pt(size * indent) if indent else None
    if kind in ("head", "plain", "sign_line"):
        form.keep_with_next = True
    if kind in ("sign", "sign_line"):
        form.right_indent = Pt(size * 4)
    if kind == "table_title":
        form.space_before, form.keep_with_next = Pt(6), True
    for number, line in enumerate(text.split("\n")):
        run = paragraph.add_run(line)
        if number < text.count("\n"):
            run.add_break()
        run.font.size, run.bold = Pt(size), bold
        _font(run._r.get_or_add_rPr(), font)


def _font(properties: Any, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:ascii"), "Times New Roman")
    fonts.set(qn("w:hAnsi"), "Times New Roman")
    fonts.set(qn("w:eastAsia"), name)


def _mark(paragraph: Any, text: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.font.size = Pt(10.5)
    _font(run._r.get_or_add_rPr(), KAI)


def _page_number(paragraph: Any) -> None:
    """— 1 —, 4号, centred."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if piece == "PAGE" else piece)
        run.font.size = Pt(FOUR)
        _font(run._r.get_or_add_rPr(), SONG)
        if piece == "PAGE":
            for kind in ("begin", "", "end"):
                element = OxmlElement("w:fldChar" if kind else "w:instrText")
                if kind:
                    element.set(qn("w:fldCharType"), kind)
                else:
                    element.text = "PAGE"
                run._r.append(element)


def main(words: list[str]) -> int:
    papers = {TEMPLATE: template(CONTENT, "月度报告模板")}
    papers |= {TEMPLATES[kind]: template(content, kind, MARK) for kind, content in zip(TEMPLATES, (ASSESSMENT, RECORD), strict=True)}
    stale = keep(ROOT / "templates" / "docx", papers, "--check" in words)
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
