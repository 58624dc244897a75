"""Word documents: comments, tracked changes, hidden text, authors and paths are found; what can go is taken out of a copy."""

from __future__ import annotations

import io

import docx
import pytest

from tests.commands.outgoing import Parts, parts_of, related, replaced, zipped
from toolkit.files.docx import saved
from toolkit.files.outgoing import Opened, cleaned, opened, with_traces
from toolkit.model.sheet import Refused

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY, SETTINGS = "word/document.xml", "word/settings.xml"
COMMENTS = f'<w:comments xmlns:w="{WORD}"><w:comment w:id="0" w:author="样例甲"><w:p><w:r><w:t>别发</w:t></w:r></w:p></w:comment></w:comments>'.encode()
LAST = "<w:sectPr"


def paper(author: str = "") -> Parts:
    document = docx.Document()
    document.add_paragraph("示例县会议情况")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "会议", "3"
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments, core.keywords = "", author, "", "", ""
    return parts_of(saved(document))


def with_paragraph(xml: str) -> Parts:
    parts = paper()
    replaced(BODY, LAST, f"<w:p>{xml}</w:p>{LAST}")(parts)
    return parts


def commented() -> Parts:
    parts = with_paragraph('<w:commentRangeStart w:id="0"/><w:r><w:t>完</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>')
    related("word/comments.xml", COMMENTS, "comments", BODY)(parts)
    return parts


def at_home() -> Parts:
    """Attached to a template in somebody's folder."""
    parts = paper()
    related("", b"", "attachedTemplate", SETTINGS, "file:///C:/样例/甲.dotm")(parts)
    return parts


def told(parts: Parts) -> Opened:
    found = opened("文.docx", zipped(parts))
    assert not isinstance(found, Refused)
    looked = with_traces(found, (), ())
    assert not isinstance(looked, Refused)
    return looked


def codes(parts: Parts) -> list[str]:
    return [trace.code + (" -" if trace.removable else "") for trace in told(parts).seen.traces]


def test_a_plain_paper_carries_nothing() -> None:
    assert codes(paper()) == []
    seen = told(paper()).seen
    assert (seen.texts, [list(row) for row in seen.grids[0].rows]) == (("示例县会议情况",), [["会议", "3"]])


@pytest.mark.parametrize(("parts", "expected"), [
    (paper("样例甲"), ["H103 -"]), (commented(), ["H102 -"]), (at_home(), ["H104 -"]),
    (with_paragraph('<w:ins w:id="1" w:author="样例甲"><w:r><w:t>加</w:t></w:r></w:ins>'), ["H101"]),
    (with_paragraph('<w:del w:id="1" w:author="样例甲"><w:r><w:delText>删</w:delText></w:r></w:del>'), ["H101"]),
    (with_paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"), ["H101"]),
])
def test_what_a_paper_carries(parts: Parts, expected: list[str]) -> None:
    assert codes(parts) == expected


@pytest.mark.parametrize("parts", [paper("样例甲"), commented(), at_home()])
def test_a_clean_copy_says_the_same_and_carries_nothing(parts: Parts) -> None:
    before = told(parts)
    data = cleaned(before, (), ())
    assert isinstance(data, bytes)
    after = told(parts_of(data))
    assert (after.seen.traces, after.seen.texts, after.seen.grids) == ((), before.seen.texts, before.seen.grids)
    assert all("样例甲".encode() not in part and "别发".encode() not in part for part in parts_of(data).values())
    docx.Document(io.BytesIO(data))
