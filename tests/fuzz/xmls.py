"""Changes of one XML part of a workbook: first those a spreadsheet would stumble over, then any."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Change = Callable[[random.Random, bytes], bytes]

_TAG = re.compile(rb"<[^>]*>")
_ATTRIBUTE = re.compile(rb"""\s([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_CELL = re.compile(rb"<c\b[^>]*?(?:/>|>.*?</c>)", re.S)
_ROW = re.compile(rb"<row\b[^>]*?(?:/>|>.*?</row>)", re.S)
_TEXT = re.compile(rb">([^<]+)<")
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"

NUMBERS = (b"NaN", b"INF", b"-INF", b"1E400", b"1e-400", b"-0", b"0x10", b"-1", b"0", b"2147483648", b"18446744073709551616", b"9" * 400, b"9" * 5000, b"1e308",
           b"2958466", b"60", b"1.5", b"", b" 1 ", b"1,5", "１２".encode(), "²".encode(), b"true")
PLACES = (b"A0", b"XFD1048576", b"XFE1", b"A1048577", b"a1", b"$A$1", b"1", b"A", b"", b"A-1", b"AAAA1", b"A99999999999999999999", b"A1:B2", "甲1".encode(),
          b"A 1", b"R1C1")
RANGES = (b"A1:A1", b"A1:XFD1048576", b"B2:A1", b"A1", b"", b"A1:B", b"A0:B2", b"A1:B2:C3", b"A:XFD", b"1:9", b"A1:A99999999999", b"A1 C3")
TEXTS = ("&#0;", "&#xD800;", "&lol;", "&amp;amp;", "_x000D_", "&#x202E;", "\u200b", "]]>", "<![CDATA[x]]>", "x" * 40_000, "=1+1", "合计", "同上", "990101101201",
         "2025-13-45", "样例",
         "<b/>", "<!-- x -->", "<?x y?>", "\u0000", "\ufffe", "&#x1F600;", "  ", "-", "#REF!", "1.3E+11", "K7Q2MX", "汇总", "甲山乡一村", "")
_HUGE = 300_000


def _pick(draw: random.Random, found: list[re.Match[bytes]]) -> re.Match[bytes] | None:
    return draw.choice(found) if found else None


def _put(xml: bytes, match: re.Match[bytes], new: bytes) -> bytes:
    return xml[:match.start()] + new + xml[match.end():]


def _in_match(pattern: bytes, values: tuple[bytes, ...]) -> Change:
    """One of the places where a pattern (with the value as its only group) stands gets another value."""
    compiled = re.compile(pattern)

    def change(draw: random.Random, xml: bytes) -> bytes:
        match = _pick(draw, list(compiled.finditer(xml)))
        return xml if match is None else xml[:match.start(1)] + draw.choice(values) + xml[match.end(1):]

    return change


def _unit(pattern: re.Pattern[bytes]) -> Change:
    """A cell or row dropped, doubled, swapped with another, moved, put into another of its kind."""
    def change(draw: random.Random, xml: bytes) -> bytes:
        found = list(pattern.finditer(xml))
        if len(found) < 2:
            return xml
        one, two = sorted(draw.sample(found, 2), key=lambda match: match.start())
        first, second = one[0], two[0]
        new_first, new_second = draw.choice(((b"", second), (first + first, second), (second, first), (second, second), (b"", second + first),
                                             (first.replace(b">", b">" + second, 1), b"")))
        return xml[:one.start()] + new_first + xml[one.end():two.start()] + new_second + xml[two.end():]
    return change


def _cell_content(draw: random.Random, xml: bytes) -> bytes:
    match = _pick(draw, list(_CELL.finditer(xml)))
    if match is None:
        return xml
    head = re.match(rb"<c\b[^>]*?(?=/?>)", match[0])
    assert head is not None
    plain = re.sub(rb'\st="[^"]*"', b"", head[0])
    number, text = draw.choice(NUMBERS), draw.choice(TEXTS).encode("utf-8", "replace")
    inside = draw.choice((
        b' t="s"><v>' + number + b"</v>", b"><v>" + number + b"</v>", b' t="n"><v>' + number + b"</v>", b' t="b"><v>' + number + b"</v>",
        b' t="d"><v>' + number + b"</v>",
        b' t="e"><v>' + text + b"</v>", b' t="str"><v>' + text + b"</v>", b' t="inlineStr"><is><t>' + text + b"</t></is>", b' t="inlineStr"><v>1</v>',
        b' t="x"><v>1</v>', b"><f>" + text + b"</f>", b"><f>1</f><v/>", b'><f t="shared" si="0" ref="A1:XFD9"/><v>1</v>',
        b'><f t="array" ref="A1:A9">1</f><v>1</v>',
        b"><v>1</v><v>2</v>", b"><v>1<v>2</v></v>", b' t="inlineStr"><is><r><t>' + text + b"</t></r><r><t>x</t></r><rPh><t>y</t></rPh></is>", b">",
        b' s="999999"><v>1</v>',
        b' s="-1"><v>1</v>', b' s="x"><v>1</v>', b' s="1"><v>' + number + b"</v>"))
    return _put(xml, match, plain + inside + b"</c>")


def _added_to_sheet(draw: random.Random, xml: bytes) -> bytes:
    junk = draw.choice((
        b'<mergeCells><mergeCell ref="A1:C9"/><mergeCell ref="B2:D4"/><mergeCell ref="A1:A1"/></mergeCells>',
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b"<mergeCells>" + b'<mergeCell ref="A3:B3"/>' * 30_000 + b"</mergeCells>", b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
        b"<sheetData/>",
        b'<cols><col min="5" max="1" hidden="1"/><col min="-1" max="99999999" hidden="1"/></cols>', b'<cols><col hidden="1"/></cols>',
        b'<autoFilter ref="A1:ZZ1"/>', b'<hyperlinks><hyperlink ref="A1" location="x"/></hyperlinks>', b'<legacyDrawing r:id="rId77"/>',
        b'<dataValidations count="-1"/>'))
    at = xml.find(draw.choice((b"</worksheet>", b"<sheetData", b"</sheetData>")))
    return xml[:at] + junk + xml[at:] if at >= 0 else xml


_SHEET: tuple[Change, ...] = (
    _unit(_CELL), _unit(_ROW), _cell_content, _cell_content, _added_to_sheet,
    _in_match(rb'<c\b[^>]*?\br="([^"]*)"', PLACES),
    _in_match(rb'<row\b[^>]*?\br="([^"]*)"', NUMBERS),
    _in_match(rb'<c\b[^>]*?\bs="([^"]*)"', NUMBERS),
    _in_match(rb'<c\b[^>]*?\bt="([^"]*)"', (b"s", b"str", b"b", b"e", b"d", b"n", b"inlineStr", b"zz", b"")),
    _in_match(rb"<v>([^<]*)</v>", NUMBERS),
    _in_match(rb'\bspans="([^"]*)"', (b"1:1", b"9:1", b"", b"-1:99999999")),
    _in_match(rb'<dimension ref="([^"]*)"', RANGES),
    _in_match(rb'<mergeCell ref="([^"]*)"', RANGES), _in_match(rb'<col\b[^>]*?(?:min|max)="([^"]*)"', NUMBERS),
    _in_match(rb'<row\b[^>]*?(\sr="[^"]*")', (b"", b' hidden="1"', b' r="1" hidden="true"')),
    _in_match(rb'<c\b[^>]*?(\sr="[^"]*")', (b"", b" r='A1'")))
_NAME_TEXTS = ("", "封面", "工作记录", "孕产妇台账", "待裁定", "问题清单", "代码表", "x" * 300, "a/b", "'", "&quot;", "&#9;", "\u200b", "上报情况", "封面 ")
_BOOK: tuple[Change, ...] = (
    _in_match(rb'<sheet\b[^>]*?\bname="([^"]*)"', tuple(text.encode() for text in _NAME_TEXTS)),
    _in_match(rb'<sheet\b[^>]*?\br:id="([^"]*)"', (b"rId1", b"rId2", b"rId999", b"")),
    _in_match(rb'<sheet\b[^>]*?\bsheetId="([^"]*)"', NUMBERS),
    _in_match(rb'<sheet\b[^>]*?(\ssheetId)', (b' state="veryHidden" sheetId', b' state="zz" sheetId', b" x")),
    _in_match(rb"(<sheet\b[^>]*/>)", (b"", b'<sheet name="x" sheetId="9" r:id="rId1"/>')),
    _in_match(rb"(<workbookPr\b)", (b'<workbookPr date1904="1"', b'<workbookPr date1904="zz"')),
    _in_match(rb"<definedName\b[^>]*>([^<]*)<", (b"#REF!", b"", b"x" * 9000)),
    _in_match(rb"(<sheets>)", (b"", b"<sheets/><sheets>", b"<sheets><sheets>")))
_RELS: tuple[Change, ...] = (
    _in_match(rb'\bTarget="([^"]*)"', (b"../../../etc/passwd", b"/xl/workbook.xml", b"http://example.invalid/x.xml", b"workbook.xml",
                                       b"worksheets/sheet1.xml", b"",
                                       b"worksheets/../worksheets/sheet1.xml", b"_rels/workbook.xml.rels", b"\\\\server\\x", b"%2e%2e/x",
                                       b"worksheets\\sheet1.xml", b"sharedStrings.xml")),
    _in_match(rb'\bId="([^"]*)"', (b"rId1", b"rId2", b"", b"rId3")), _in_match(rb'(\sTarget=)', (b' TargetMode="External" Target=', b" target=")),
    _in_match(rb'\bType="([^"]*)"', (b"", b"x", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet",
                                     b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
                                     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings")),
    _in_match(rb"(<Relationship\b[^>]*/>)", (b"", b'<Relationship Id="rId1" Type="x/worksheet" Target="x"/>')))
_STRINGS: tuple[Change, ...] = (
    _unit(re.compile(rb"<si>.*?</si>", re.S)), _in_match(rb"<t\b[^>]*>([^<]*)</t>", tuple(text.encode("utf-8", "replace") for text in TEXTS)),
    _in_match(rb'\b(?:count|uniqueCount)="([^"]*)"', NUMBERS),
    _in_match(rb"(<si>)", (b"<si><r><rPr/></r>", b"<si/><si>", b"<x>")),
    _in_match(rb"(<t)>", (b'<t xml:space="preserve"', b"<t x='")))
_STYLES: tuple[Change, ...] = (
    _in_match(rb'\b(?:count|numFmtId|xfId|fontId|fillId|borderId)="([^"]*)"', NUMBERS),
    _in_match(rb"(<cellXfs\b.*?</cellXfs>)", (b"", b"<cellXfs/>", b'<cellXfs count="9"><xf/></cellXfs>')),
    _in_match(rb"(<xf\b[^>]*/>)", (b"", b'<xf numFmtId="14"/>', b'<xf numFmtId="99999"/>')), _in_match(rb"(<fills\b.*?</fills>)", (b"", b"<fills/>")),
    _in_match(rb'formatCode="([^"]*)"', (b"", b"[$-804]yyyy", b"x" * 9000, b"[h]:mm", b";;;", b"[DBNum1]0", b'"d"0')),
    _in_match(rb"(<dxfs\b[^>]*>)", (b"", b"<dxfs>")))


# ---------------------------------------------------------------------------------------------------------- any part


def _element(xml: bytes, start: re.Match[bytes]) -> int:
    """Where the element ends that begins there."""
    name = re.match(rb"<([\w:.-]+)", start[0])
    if name is None or start[0].endswith(b"/>"):
        return start.end()
    depth = 0
    for tag in re.compile(rb"<(/?)" + re.escape(name[1]) + rb"\b[^>]*?(/?)>").finditer(xml, start.start()):
        depth += 0 if tag[2] else -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return start.end()


def _elements(draw: random.Random, xml: bytes) -> bytes:
    opens = [tag for tag in _TAG.finditer(xml) if tag[0][1:2].isalpha()]
    if len(opens) < 2:
        return xml
    one = draw.choice(opens[1:])
    end = _element(xml, one)
    element = xml[one.start():end]
    kind = draw.randrange(5)
    if kind == 0:
        return xml[:one.start()] + xml[end:]
    if kind == 1:
        return xml[:end] + element * draw.choice((1, 1, 50)) + xml[end:]
    if kind == 2:
        deep = draw.choice((2, 300, 20_000))
        return xml[:one.start()] + b"<x>" * deep + element + b"</x>" * deep + xml[end:]
    if kind == 3:
        return xml[:one.start()] + b"<x:y>" + xml[one.start():]
    to = draw.choice(opens).end()
    return xml[:to] + element + xml[to:]


def _tags(draw: random.Random, xml: bytes) -> bytes:
    tag = _pick(draw, list(_TAG.finditer(xml)))
    return xml if tag is None else _put(xml, tag, draw.choice((b"", tag[0] * 2, b"<x>", tag[0].replace(b"/", b""), tag[0][:-1], b"<" + tag[0])))


def _attributes(draw: random.Random, xml: bytes) -> bytes:
    match = _pick(draw, list(_ATTRIBUTE.finditer(xml)))
    if match is None:
        return xml
    value = draw.choice((*NUMBERS, *PLACES, *RANGES, *(text.encode("utf-8", "replace") for text in TEXTS[:20])))
    return _put(xml, match, draw.choice((b"", match[0] * 2, b" " + match[1] + b'="' + value + b'"', b" " + match[1] + b"='" + match[2][1:-1] + b"'",
                                         b" x" + match[0])))


def _some_text(draw: random.Random, xml: bytes) -> bytes:
    match = _pick(draw, list(_TEXT.finditer(xml)))
    return xml if match is None else xml[:match.start(1)] + draw.choice(TEXTS).encode("utf-8", "replace") + xml[match.end(1):]


def _namespaces(draw: random.Random, xml: bytes) -> bytes:
    kind = draw.randrange(4)
    if kind == 0:
        return xml.replace(_MAIN, _STRICT).replace(b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument")
    if kind == 1:
        return xml.replace(_MAIN, draw.choice((b"urn:x", b"")))
    if kind == 2:
        prefixed = re.sub(rb"<(/?)(?=[A-Za-z][\w.-]*[\s/>])", rb"<\1x:", xml)
        return prefixed.replace(b"xmlns=", b"xmlns:x=")
    return re.sub(rb'\sxmlns(:\w+)?="[^"]*"', b"", xml, count=1)


def _encodings(draw: random.Random, xml: bytes) -> bytes:
    text = xml.decode("utf-8", "replace")
    bare = re.sub(r"^\ufeff?\s*<\?xml.*?\?>", "", text, count=1, flags=re.S)
    encoding = draw.choice(("utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-32", "utf-8-sig", "utf-7", "cp037"))
    said = draw.choice((encoding, "utf-8", "UTF-16", "gbk", "latin-1", "ascii", "x-unknown", "rot13", "base64", "idna", "unicode_escape", "punycode", ""))
    head = f'<?xml version="{draw.choice(("1.0", "1.1", "9"))}" encoding="{said}"?>' if draw.random() < 0.8 else ""
    return draw.choice((b"", b"", b"\xef\xbb\xbf", b" ", b"\n<!-- -->")) + (head + bare).encode(encoding, "replace")


def _declared(draw: random.Random, xml: bytes) -> bytes:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (at, b"&l%d;" % (at - 1) * 10 if at else b"lol") for at in range(9))
    dtd = draw.choice((b"<!DOCTYPE x>", b"<!DOCTYPE x [" + entities + b"]>", b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
                       b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://example.invalid/">]>',
                       b"<!-- " + b"x" * 3000 + b" --><!DOCTYPE x>", b"<!doctype x>"))
    at = xml.find(b"?>") + 2 if b"?>" in xml[:200] else 0
    return xml[:at] + dtd + xml[at:]


def _huge(draw: random.Random, xml: bytes) -> bytes:
    match = _pick(draw, list(_TEXT.finditer(xml)))
    junk = draw.choice((b"x" * _HUGE, b"&amp;" * (_HUGE // 5), b" " * _HUGE, "字".encode() * (_HUGE // 3), b"<x/>" * (_HUGE // 4),
                        b"<!--" + b"-x" * (_HUGE // 2) + b"-->"))
    return xml + junk if match is None else xml[:match.start(1)] + junk + xml[match.end(1):]


ANY: tuple[Change, ...] = (_elements, _elements, _elements, _tags, _attributes, _attributes, _some_text, _some_text, _namespaces, _encodings, _declared, _huge)

#: How a part's name ends -> what is done to it most.
_KINDS: tuple[tuple[str, tuple[Change, ...]], ...] = (
    ("workbook.xml.rels", _RELS), (".rels", _RELS), ("workbook.xml", _BOOK), ("sharedstrings.xml", _STRINGS), ("styles.xml", _STYLES), ("content.xml", ANY))


def changed(draw: random.Random, name: str, xml: bytes) -> bytes:
    """The part of that name with one change."""
    own = next((changes for ending, changes in _KINDS if name.lower().endswith(ending)), _SHEET if "sheet" in name.lower() else ANY)
    return draw.choice(own if draw.random() < 0.7 else ANY)(draw, xml)
