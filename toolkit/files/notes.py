"""Notes at cells of somebody's workbook: text, and the box that Excel draws for it. Their own notes stay, ours are added below."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from toolkit.files.package import MAIN, REL, Package
from toolkit.model.sheet import column_number

#: Who our notes are from: by this they are found again and replaced, and nobody else's are.
AUTHOR = "台账检查"
_SEPARATOR = "\n— 台账检查 —\n"
_CELL = re.compile(r"^([A-Z]+)(\d+)$")
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
#: What follows <legacyDrawing> in a sheet part, in the order of the standard.
_AFTER = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
_VML = ('<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>')


def add_notes(package: Package, sheet: str, texts: Mapping[str, str]) -> None:
    """Our note at each cell; an empty text takes ours away. `sheet`: the sheet's part."""
    if not texts:
        return
    related = package.related(sheet)
    part = next((target for target, kind in related if kind.endswith("/comments")), "")
    if not part:
        if not any(texts.values()):
            return
        part = _new(package, sheet, "comments", ".xml")
        package.put(part, f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode())
        package.declare(part, _COMMENTS_TYPE)
        package.relate(sheet, part, f"{REL}/comments")
    tree = package.tree(part)
    author = _author(tree)
    listed = tree.find(f"{{{MAIN}}}commentList")
    known = {node.get("ref", ""): node for node in listed}
    added, gone = [], []
    for cell, text in texts.items():
        if cell in known:
            _set(known[cell], text, author)
            if not _said(known[cell]):
                listed.remove(known[cell])
                gone.append(cell)
        elif text:
            node = listed.makeelement(f"{{{MAIN}}}comment", ref=cell, authorId=author)
            node.append(node.makeelement(f"{{{MAIN}}}text"))
            _set(node, text, author)
            listed.append(node)
            added.append(cell)
    package.put(part, tree)
    _boxes(package, sheet, added, gone)


def _author(tree: Any) -> str:
    authors = tree.find(f"{{{MAIN}}}authors")
    names = [node.text for node in authors]
    if AUTHOR not in names:
        node = authors.makeelement(f"{{{MAIN}}}author")
        node.text = AUTHOR
        authors.append(node)
        names.append(AUTHOR)
    return str(names.index(AUTHOR))


def _said(note: Any) -> str:
    return "".join(node.text or "" for node in note.iter(f"{{{MAIN}}}t"))


def _set(note: Any, text: str, author: str) -> None:
    """Our words in a note: the whole of it where it is ours, a last run where it is the sender's."""
    body = note.find(f"{{{MAIN}}}text")
    if note.get("authorId") == author:
        for child in list(body):
            body.remove(child)
    else:
        for run in [run for run in body if _SEPARATOR.strip() in "".join(node.text or "" for node in run.iter(f"{{{MAIN}}}t"))]:
            body.remove(run)
        text = _SEPARATOR + text if text else ""
    if text:
        plain = body.find(f"{{{MAIN}}}t")  # a text without runs becomes one, so that ours may follow
        if plain is not None:
            body.remove(plain)
            body.insert(0, _run(body, plain.text or ""))
        body.append(_run(body, text))


def _run(body: Any, text: str) -> Any:
    run = body.makeelement(f"{{{MAIN}}}r")
    node = run.makeelement(f"{{{MAIN}}}t")
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(node)
    return run


def _boxes(package: Package, sheet: str, added: list[str], gone: list[str]) -> None:
    """Draw a box for each new note, take away those of notes that are gone; buttons and others in the same drawing stay."""
    part = next((target for target, kind in package.related(sheet) if kind.endswith("/vmlDrawing") and _is_legacy(package, sheet, target)), "")
    if not part:
        if not added:
            return
        part = _new(package, sheet, "drawings/vmlDrawing", ".vml")
        package.put(part, _VML.encode())
        _default_type(package)
        _point_to(package, sheet, package.relate(sheet, part, f"{REL}/vmlDrawing"))
    text = package.part(part).decode("utf-8-sig")
    for cell in gone:
        column, row = _zero_based(cell)
        inside = r"(?:(?!</v:shape>).)*?"
        text = re.sub(rf"<v:shape\b{inside}<x:Row>{row}</x:Row>\s*<x:Column>{column}</x:Column>{inside}</v:shape>", "", text, flags=re.S)
    first = 5000 + len(re.findall("<v:shape ", text))
    shapes = "".join(_shape(cell, first + at) for at, cell in enumerate(added))
    package.put(part, re.sub(r"</xml>\s*$", lambda _: shapes + "</xml>", text).encode())


def _zero_based(cell: str) -> tuple[int, int]:
    match = _CELL.match(cell)
    assert match, cell
    return column_number(match[1]) - 1, int(match[2]) - 1


def _shape(cell: str, number: int) -> str:
    column, row = _zero_based(cell)
    return (f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
            '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:textbox style="mso-direction-alt:auto"/>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{column + 1}, 15, {max(0, row - 1)}, 10, {column + 4}, 15, {row + 5}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>")


def _is_legacy(package: Package, sheet: str, part: str) -> bool:
    """Whether a drawing is the one with the notes, and not the one of a printed header."""
    node = package.tree(sheet).find(f"{{{MAIN}}}legacyDrawing")
    return node is not None and package.by_id(sheet).get(node.get(f"{{{REL}}}id", "")) == part


def _point_to(package: Package, sheet: str, identifier: str) -> None:
    tree = package.tree(sheet)
    node = tree.makeelement(f"{{{MAIN}}}legacyDrawing")
    node.set(f"{{{REL}}}id", identifier)
    at = next((index for index, child in enumerate(tree) if child.tag.rpartition("}")[2] in _AFTER), len(tree))
    tree.insert(at, node)
    package.put(sheet, tree)


def _default_type(package: Package) -> None:
    types = package.part("[Content_Types].xml").decode("utf-8-sig")
    if 'Extension="vml"' not in types:
        entry = f'<Default Extension="vml" ContentType="{_VML_TYPE}"/>'
        package.put("[Content_Types].xml", re.sub(r"(<Types[^>]*>)", lambda match: match[1] + entry, types, count=1).encode())


def _new(package: Package, sheet: str, stem: str, ending: str) -> str:
    folder = posixpath.dirname(posixpath.dirname(sheet))
    return next(path for number in range(1, 10_000) if (path := posixpath.join(folder, f"{stem}{number}{ending}")) not in package.names)
