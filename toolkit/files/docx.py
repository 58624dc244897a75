"""A Letter as a Word document, by filling the placeholders of a template that offices may edit (GB/T 9704-2012, DOMAIN 4.7).

`{{name}}` in a paragraph is replaced by a text; a paragraph that is nothing but `{{name}}` of a table becomes that table. Unknown names stay as they are.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.model.report import Cell, Letter, Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

TEMPLATE = "月度报告.docx"
TEMPLATES = {"个人信息保护影响评估": "个人信息保护影响评估.docx", "个人信息处理情况记录": "个人信息处理情况记录.docx"}
_NAME = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_CREATED = dt.datetime(2025, 1, 1)
_ZIP_DAY = (2025, 1, 1, 0, 0, 0)
_UNSEEN = ("/thumbnail", "/customXml")
FIGURE_FONT, TABLE_FONT = "Times New Roman", "仿宋"
_HEAD, _TOTAL = "E4EFF0", "E9EDEE"
_FIGURES = ("number", "rate", "money", "ratio")


def template_path(name: str = TEMPLATE) -> Path:
    """Where a template is: in the installed package, else in the checkout."""
    inside = Path(str(resources.files("toolkit"))) / "templates" / "docx"
    folder = inside if inside.is_dir() else Path(str(resources.files("toolkit"))).parent / "templates" / "docx"
    return folder / name


def document_of(letter: Letter, template: Path | None = None) -> bytes:
    """The document's bytes; equal for equal letters and templates."""
    import docx

    document = docx.Document(str(template or template_path()))
    for paragraph in list(_paragraphs(document)):
        _fill(paragraph, letter)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.created, core.modified, core.comments = letter.title, "", "", _CREATED, _CREATED, ""
    return saved(document)


def saved(document: Document) -> bytes:
    """The document without a picture of its first page and without attached data, which nobody sees and everybody sends."""
    for relations in (document.part.package.rels, document.part.rels):
        for name in [name for name, relation in relations.items() if relation.reltype.endswith(_UNSEEN)]:
            del relations[name]
    buffer = io.BytesIO()
    document.save(buffer)
    return same_bytes(buffer.getvalue())


def same_bytes(data: bytes) -> bytes:
    """The same package with every part dated alike: nothing depends on when it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in package.namelist():
            kept.writestr(zipfile.ZipInfo(name, _ZIP_DAY), package.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _paragraphs(document: Document) -> list[Paragraph]:
    """Every paragraph: of the body, of its tables, of headers and footers."""
    found = list(document.paragraphs)
    for table in document.tables:
        found += [paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]
    for section in document.sections:
        found += [*section.header.paragraphs, *section.footer.paragraphs]
    return found


def _fill(paragraph: Paragraph, letter: Letter) -> None:
    text = paragraph.text
    whole = _NAME.fullmatch(text.strip())
    if whole and whole[1] in letter.tables:
        _put_table(paragraph, letter.tables[whole[1]])
        return
    for name in _NAME.findall(text):
        if name in letter.texts:
            _replace(paragraph, re.compile(r"\{\{\s*" + re.escape(name) + r"\s*\}\}"), letter.texts[name])


def _replace(paragraph: Paragraph, pattern: re.Pattern[str], words: str) -> None:
    """Replace within the runs: Word may have cut a placeholder into several; the words take the look of the first."""
    while match := pattern.search("".join(run.text for run in paragraph.runs)):
        start, end, at = match.start(), match.end(), 0
        for run in paragraph.runs:
            length = len(run.text)
            low, high = max(start - at, 0), min(end - at, length)
            if low < high or (low == high == 0 and start == at and not length):
                run.text = run.text[:low] + (words if at <= start < at + length else "") + run.text[high:]
            at += length


def _put_table(paragraph: Paragraph, table: Table) -> None:
    """A table in place of the paragraph, centred, ruled, heading rows repeated on each page."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement

    grouped = any(column.group for column in table.columns)
    part: Any = paragraph.part
    made = part.document.add_table(rows=0, cols=len(table.columns))
    room, wide = _room(paragraph), sum(column.width for column in table.columns)
    for column, drawn in zip(table.columns, made.columns, strict=True):
        drawn.width = int(room * column.width / wide)
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    if grouped:
        groups = [Cell(column.group or column.heading.replace("\n", ""), "centre", "group") for column in table.columns]
        _row(made, groups, table, head=True)
        _merge_groups(made.rows[0], table)
    headings = ["" if grouped and not column.group else column.heading.replace("\n", "") for column in table.columns]
    _row(made, [Cell(heading, "centre", "header") for heading in headings], table, head=True)
    if grouped:
        for at, column in enumerate(table.columns):
            if not column.group:
                made.cell(0, at).merge(made.cell(1, at))
                _keep_first(made.cell(0, at))
    for cells in table.rows:
        _row(made, _spread(cells), table, head=False)
        at = 0
        for cell in cells:
            if cell.across > 1:
                made.rows[-1].cells[at].merge(made.rows[-1].cells[at + cell.across - 1])
                _keep_first(made.rows[-1].cells[at])
            at += cell.across
    if not table.rows:
        _row(made, [Cell(table.empty or "—"), *[Cell("")] * (len(table.columns) - 1)], table, head=False)
        made.rows[-1].cells[0].merge(made.rows[-1].cells[-1])
        _keep_first(made.rows[-1].cells[0])
    for row in made.rows[: 1 + grouped]:
        repeat = OxmlElement("w:tblHeader")
        row._tr.get_or_add_trPr().append(repeat)
    place: Any = paragraph._p
    place.addprevious(made._tbl)
    place.getparent().remove(place)


def _room(paragraph: Paragraph) -> int:
    """The width of the text where a paragraph stands, in the units of Word: of the section that ends after it."""
    document: Any = paragraph.part.document  # type: ignore[attr-defined]
    place: Any = paragraph._p
    sections = list(document.sections)
    ended = sum(1 for section in sections[:-1] if any(section._sectPr in earlier.iter() for earlier in place.itersiblings(preceding=True)))
    section = sections[ended]
    return int(section.page_width - section.left_margin - section.right_margin)


def _spread(cells: Sequence[Cell]) -> list[Cell]:
    return [one for cell in cells for one in (cell, *[Cell("", cell.kind, cell.state)] * (cell.across - 1))]


def _merge_groups(row: Any, table: Table) -> None:
    start = 0
    for at in range(1, len(table.columns) + 1):
        if at == len(table.columns) or not table.columns[at].group or table.columns[at].group != table.columns[start].group:
            if table.columns[start].group and at - start > 1:
                row.cells[start].merge(row.cells[at - 1])
                _keep_first(row.cells[start])
            start = at


def _keep_first(cell: Any) -> None:
    """A merged cell keeps one paragraph."""
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)


def _row(made: Any, cells: Sequence[Cell], table: Table, *, head: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    row = made.add_row()
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    for at, (cell, place) in enumerate(zip(cells, row.cells, strict=False)):
        kind = table.columns[at].kind if cell.kind == "text" and not head else cell.kind
        paragraph = place.paragraphs[0]
        paragraph.paragraph_format.first_line_indent = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(16)
        paragraph.alignment = (WD_ALIGN_PARAGRAPH.RIGHT if kind in _FIGURES and not head else WD_ALIGN_PARAGRAPH.LEFT if kind in ("text", "wrap") and not head
                               else WD_ALIGN_PARAGRAPH.CENTER)
        run = paragraph.add_run(shown(cell, kind))
        run.font.size, run.bold, run.font.name = Pt(10.5 if len(table.columns) <= 8 else 9), head or cell.state == "total", FIGURE_FONT
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TABLE_FONT)
        fill = _HEAD if head else _TOTAL if cell.state == "total" else ""
        if fill:
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:fill"), fill)
            place._tc.get_or_add_tcPr().append(shade)


def shown(cell: Cell, kind: str) -> str:
    """A value as it is printed."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:.1%}" if kind == "rate" else f"{value:,.2f}" if kind == "money" else f"{value:,}"


def placeholders(template: Path, known: Mapping[str, object]) -> tuple[list[str], list[str]]:
    """The names that stand in a template: those that are filled, and those nothing fills."""
    import docx

    found = list(dict.fromkeys(name for paragraph in _paragraphs(docx.Document(str(template))) for name in _NAME.findall(paragraph.text)))
    return [name for name in found if name in known], [name for name in found if name not in known]
