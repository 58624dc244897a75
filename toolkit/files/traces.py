"""What a workbook or a Word document carries beside what it shows, part by part, and a copy without what can go (FACTS C).

Every part must be one of the kinds known here and be reached through relationships; any other stops the file. A copy without
the removable ones differs from the original only in the parts these stood in.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.files.macro_sources import is_ours
from toolkit.files.package import MAIN, Package
from toolkit.files.pictures import without_metadata
from toolkit.files.traces_named import author_traces, name_traces, strip_names, strip_properties
from toolkit.model.outgoing import Trace
from toolkit.model.plan import Plan
from toolkit.model.sheet import column_letter

#: Last word of a relationship's type -> nothing to say of the part.
_PLAIN = frozenset((
    "officeDocument", "worksheet", "chartsheet", "sharedStrings", "styles", "theme", "themeOverride", "calcChain", "table", "tableSingleCells", "drawing",
    "chart", "chartStyle", "chartColorStyle", "chartUserShapes", "image", "core-properties", "extended-properties", "vmlDrawing", "sheetMetadata",
    "stylesWithEffects", "settings", "webSettings", "fontTable", "numbering", "footer", "header", "footnotes", "endnotes"))
#: The same -> code and reason of what a copy can do without.
_GOES = {
    "comments": ("H102", "h_note"), "threadedComment": ("H102", "h_note"), "person": ("H102", "h_people"), "people": ("H102", "h_people"),
    "commentsExtended": ("H102", "h_note"), "commentsIds": ("H102", "h_note"), "commentsExtensible": ("H102", "h_note"),
    "custom-properties": ("H103", "h_custom"), "classificationlabels": ("H103", "h_custom"),
    "thumbnail": ("H104", "h_thumbnail"), "printerSettings": ("H104", "h_printer"),
    "customXml": ("H104", "h_custom_xml"), "customXmlProps": ("H104", "h_custom_xml"),
    "revisionHeaders": ("H104", "h_changes"), "revisionLog": ("H104", "h_changes"), "usernames": ("H104", "h_changes")}
#: The same -> code and reason of what a person has to decide about.
_STOPS = {
    "externalLinkPath": ("H106", "h_link"), "connections": ("H106", "h_connection"), "queryTable": ("H106", "h_connection"),
    "pivotTable": ("H107", "h_pivot"), "pivotCacheDefinition": ("H107", "h_pivot"), "pivotCacheRecords": ("H107", "h_pivot"),
    "oleObject": ("H108", "h_object"), "package": ("H108", "h_object"), "control": ("H108", "h_object"), "ctrlProp": ("H108", "h_object"),
    "vbaProject": ("H109", "h_macros"), "vbaProjectSignature": ("H109", "h_macros"),
    "xlMacrosheet": ("H109", "h_macros"), "xlIntlMacrosheet": ("H109", "h_macros"),
    "xmlMaps": ("H106", "h_connection")}
_UNKNOWN = ("H108", "h_unknown")
_OURS_TOO = frozenset(("extensibility",))  # the ribbon of our own macros

_FORMULA = re.compile(rb"<(?:\w+:)?(?:f|formula|formula1|formula2)\b[^>]*>([^<]*)<")
_OTHER_BOOK = re.compile(rb"\[\d+\]")
_LOCAL_PATH = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|[\\/])", re.I)
_NO_WIDTH = re.compile(rb'<col (?=[^>]*\bwidth="0(?:\.0+)?")[^>]*?min="(\d+)"')
_NO_HEIGHT = re.compile(rb'<row (?=[^>]*\bht="0(?:\.0+)?")[^>]*?\br="(\d+)"')
_NO_FORMAT = re.compile(rb'<numFmt (?=[^>]*formatCode=";{3}")[^>]*?numFmtId="(\d+)"')
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange)\b")
_VANISHED = re.compile(rb"<w:(?:vanish|specVanish)(?:\s*/>|\s+w:val=\"(?:1|true|on)\")")
_UNSEEN = re.compile(rb"<!--|<!DOCTYPE|<\?(?!xml\s)|\0")  # a zero byte: UTF-16, in which nothing here would be found
_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


@dataclass(frozen=True)
class Allowed:
    """What may stand in a file though it is not seen: `shown`: words that the file shows anyway; `names`: defined names of our own templates;
    `plans`: those by which our own macros may have been made."""

    shown: Collection[str]
    names: Collection[str] = ()
    plans: Sequence[Plan] = ()


@dataclass(frozen=True)
class _Relation:
    source: str
    target: str
    kind: str
    identifier: str
    outside: bool


def traces(package: Package, allowed: Allowed, zip_comment: bytes = b"") -> list[Trace]:
    """Everything found, in the order of the parts."""
    relations = list(_relations(package))
    sheets = {part: name for name, part in package.sheets().items()} if _is_workbook(package) else {}
    own = _own_macros(package, relations, allowed)
    found = list(_of_parts(package, relations, sheets, own))
    found += author_traces(package, allowed.shown)
    if sheets:
        found += name_traces(package, allowed.names)
        for part, name in sheets.items():
            found += _of_sheet(package, part, name)
        if not any(trace.code == "H107" for trace in found) and _unused_texts(package, list(sheets)):
            found.append(Trace("H104", params=_why("h_texts"), removable=True))
    else:
        found += _of_document(package, relations)
    going = {relation.target for relation in relations if relation.kind in _GOES and not relation.outside}
    if any(_UNSEEN.search(package.part(name)) for name in package.names if name.endswith((".xml", ".rels", ".vml")) and name not in going):
        found.append(Trace("H104", params=_why("h_source")))
    if zip_comment:
        found.append(Trace("H104", params=_why("h_zip"), removable=True))
    return list(dict.fromkeys(found))


def without(data: bytes, allowed: Allowed) -> bytes:
    """The file without everything removable; raises NotEditable. What is not removable stays and has to be looked for before."""
    package = Package(data)
    relations = list(_relations(package))
    workbook = _is_workbook(package)
    for relation in relations:
        if relation.outside:
            if _LOCAL_PATH.match(relation.target):
                _unlink(package, relation)
        elif relation.kind in _GOES or (relation.kind == "externalLink" and not _links_used(package)):
            _drop(package, relation)
        elif relation.kind == "image" and without_metadata(package.part(relation.target)) is not None:
            package.put(relation.target, without_metadata(package.part(relation.target)))
    if workbook:
        _without_notes(package, relations)
        if not any(target.endswith(".xml") and kind.endswith("/externalLink") for target, kind in package.related(package.workbook)):
            _remove(package, package.workbook, f"{{{MAIN}}}externalReferences")
        strip_names(package, allowed.names)
        sheets = list(package.sheets().values())
        if _unused_texts(package, sheets):
            from toolkit.files.forget import empty_unused_texts

            empty_unused_texts(package, sheets)
    else:
        _without_marks(package, relations)
    strip_properties(package, allowed.shown)
    return package.data()


def _why(reason: str) -> tuple[tuple[str, str], ...]:
    return (("why", reason),)


def _is_workbook(package: Package) -> bool:
    return not package.workbook.startswith("word/")


# ------------------------------------------------------------------------------------------------ parts


def _relations(package: Package) -> Iterator[_Relation]:
    for rels in [name for name in package.names if name.endswith(".rels")]:
        folder = posixpath.dirname(posixpath.dirname(rels))
        source = posixpath.join(folder, posixpath.basename(rels).removesuffix(".rels"))
        for node in package.tree(rels):
            target, outside = node.get("Target", ""), node.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
            yield _Relation(source, target, posixpath.basename(node.get("Type", "")), node.get("Id", ""), outside)


def _own_macros(package: Package, relations: Sequence[_Relation], allowed: Allowed) -> bool:
    projects = [relation.target for relation in relations if relation.kind == "vbaProject"]
    return bool(projects) and all(name in package.names and is_ours(package.part(name), allowed.plans) for name in projects)


def _of_parts(package: Package, relations: Sequence[_Relation], sheets: dict[str, str], own: bool) -> Iterator[Trace]:
    used = _links_used(package) if any(relation.kind == "externalLink" for relation in relations) else False
    reached = {"[Content_Types].xml"}
    for relation in relations:
        sheet, kind = sheets.get(relation.source, ""), relation.kind
        if relation.outside:
            if kind == "attachedTemplate" or (kind == "hyperlink" and _LOCAL_PATH.match(relation.target)):
                yield Trace("H104", sheet, params=_why("h_path"), removable=kind != "hyperlink" or bool(sheet))
            elif kind != "hyperlink" and not kind.startswith("externalLink"):  # that one's own part tells of it
                yield Trace("H106", sheet, params=_why("h_link"))
            continue
        reached.add(relation.target)
        if kind in _PLAIN or (own and kind in ("vbaProject", *_OURS_TOO)):
            if kind == "image" and without_metadata(package.part(relation.target)) is not None:
                yield Trace("H104", sheet, params=_why("h_picture"), removable=True)
        elif kind == "externalLink":
            yield Trace("H106", params=_why("h_link"), removable=not used)
        elif kind == "comments" and sheet:
            yield from (Trace("H102", sheet, node.get("ref", ""), _why("h_note"), True) for node in package.tree(relation.target).iter(f"{{{MAIN}}}comment"))
        elif kind in _GOES:
            code, why = _GOES[kind]
            if not (kind == "threadedComment" and sheet):  # each stands as a note too
                yield Trace(code, sheet, params=_why(why), removable=True)
        else:
            code, why = _STOPS.get(kind, _UNKNOWN)
            yield Trace(code, sheet, params=_why(why))
    strangers = [name for name in package.names if name not in reached and not name.endswith(".rels")]
    for name in strangers:
        macros = name.lower().endswith(("jdedata.bin", "vbaproject.bin"))
        yield Trace("H109" if macros else "H108", params=_why("h_macros" if macros else "h_unknown"))


def _formulas(package: Package) -> Iterator[bytes]:
    for name in package.names:
        if name.endswith(".xml") and ("/worksheets/" in name or "/charts/" in name or name == package.workbook):
            raw = package.part(name)
            yield from (match[1] for match in _FORMULA.finditer(raw))
            if name == package.workbook:
                yield from re.findall(rb"<(?:\w+:)?definedName\b[^>]*>([^<]*)<", raw)


def _links_used(package: Package) -> bool:
    return any(_OTHER_BOOK.search(formula) for formula in _formulas(package))


def _drop(package: Package, relation: _Relation) -> None:
    rels = posixpath.join(posixpath.dirname(relation.target), "_rels", posixpath.basename(relation.target) + ".rels")
    for name in (relation.target, rels):
        if name in package.names:
            package.drop(name)
    if relation.kind == "printerSettings" and relation.source in package.names:
        tree = package.tree(relation.source)
        pointing = [(node, name) for node in tree.iter(f"{{{MAIN}}}pageSetup") for name in node.attrib if name.endswith("}id")]
        for node, name in pointing:
            del node.attrib[name]
        if pointing:
            package.put(relation.source, tree)


def _unlink(package: Package, relation: _Relation) -> None:
    """A link to a place outside, out of its part and out of the relationships."""
    if relation.kind == "hyperlink" and _is_workbook(package):
        tree = package.tree(relation.source)
        for node in list(tree.iter(f"{{{MAIN}}}hyperlink")):
            if relation.identifier in node.attrib.values():
                parent = node.getparent()
                parent.remove(node)
                if not len(parent):
                    parent.getparent().remove(parent)
        package.put(relation.source, tree)
    elif relation.kind == "attachedTemplate":
        _remove(package, relation.source, f"{{{_WORD}}}attachedTemplate")
    else:
        return
    rels = posixpath.join(posixpath.dirname(relation.source), "_rels", posixpath.basename(relation.source) + ".rels")
    tree = package.tree(rels)
    for node in [node for node in tree if node.get("Id") == relation.identifier]:
        tree.remove(node)
    package.put(rels, tree)


def _remove(package: Package, part: str, *tags: str) -> None:
    """Elements out of a part; it stays untouched where it has none."""
    tree = package.tree(part)
    found = [node for tag in tags for node in tree.iter(tag)]
    for node in found:
        node.getparent().remove(node)
    if found:
        package.put(part, tree)


# ------------------------------------------------------------------------------------------------ sheets


def _of_sheet(package: Package, part: str, name: str) -> Iterator[Trace]:
    """What a sheet hides in ways that readers do not tell: no width, no height, a format that shows nothing, what-if values."""
    raw = package.part(part)
    if b"<scenarios" in raw:
        yield Trace("H108", name, params=_why("h_scenario"))
    columns, rows = [int(found) for found in _NO_WIDTH.findall(raw)], [found.decode() for found in _NO_HEIGHT.findall(raw)]
    yield from (Trace("H101", name, f"{column_letter(number)}1", _why("h_column")) for number in columns)
    yield from (Trace("H101", name, f"A{number}", _why("h_row")) for number in rows)
    styles = next((target for target, kind in package.related(package.workbook) if kind.endswith("/styles")), "")
    unseen = _NO_FORMAT.findall(package.part(styles)) if styles else []
    if unseen:
        xfs = package.tree(styles).find(f"{{{MAIN}}}cellXfs")
        wanted = {str(at) for at, xf in enumerate(xfs if xfs is not None else ()) if xf.get("numFmtId", "").encode() in unseen}
        for cell in package.tree(part).iter(f"{{{MAIN}}}c"):
            if cell.get("s") in wanted and len(cell):
                yield Trace("H101", name, cell.get("r", ""), _why("h_format"))


def _unused_texts(package: Package, sheets: Sequence[str]) -> bool:
    """Whether the shared table holds a text that no cell shows: what was deleted and not yet saved away."""
    shared = next((target for target, kind in package.related(package.workbook) if kind.endswith("/sharedStrings")), "")
    if not shared or shared not in package.names:
        return False
    used = {cell.findtext(f"{{{MAIN}}}v") for sheet in sheets for cell in package.tree(sheet).iter(f"{{{MAIN}}}c") if cell.get("t") == "s"}
    return any(str(number) not in used and "".join(text.itertext()).strip() for number, text in enumerate(package.tree(shared)))


def _without_notes(package: Package, relations: Sequence[_Relation]) -> None:
    """The drawn boxes of notes; buttons in the same drawing stay."""
    noted = {relation.source for relation in relations if relation.kind == "comments"}
    for relation in relations:
        if relation.kind != "vmlDrawing" or relation.source not in noted or relation.target not in package.names:
            continue
        tree = package.tree(relation.target)
        shapes = [node for node in tree if _local(node) == "shape"]
        notes = [node for node in shapes if any(_local(child) == "ClientData" and child.get("ObjectType") == "Note" for child in node)]
        for node in notes:
            tree.remove(node)
        if notes and len(notes) == len(shapes):
            package.drop(relation.target)
            _remove(package, relation.source, f"{{{MAIN}}}legacyDrawing")
        elif notes:
            package.put(relation.target, tree)


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


# ------------------------------------------------------------------------------------------------ documents


def _stories(package: Package, relations: Sequence[_Relation]) -> list[str]:
    """The parts of a document in which text stands."""
    named = {relation.target for relation in relations if relation.kind in ("header", "footer", "footnotes", "endnotes")}
    return [package.workbook, *sorted(named & set(package.names))]


def _of_document(package: Package, relations: Sequence[_Relation]) -> Iterator[Trace]:
    for part in _stories(package, relations):
        raw = package.part(part)
        if _TRACKED.search(raw):
            yield Trace("H101", params=_why("h_tracked"))
        if _VANISHED.search(raw):
            yield Trace("H101", params=_why("h_vanished"))
    if any(b"<w:docVars" in package.part(relation.target) for relation in relations if relation.kind == "settings"):
        yield Trace("H104", params=_why("h_variables"), removable=True)


def _without_marks(package: Package, relations: Sequence[_Relation]) -> None:
    """Where comments were anchored, and the variables of a document."""
    for part in _stories(package, relations):
        _remove(package, part, *(f"{{{_WORD}}}{mark}" for mark in _MARKS))
    for relation in relations:
        if relation.kind == "settings":
            _remove(package, relation.target, f"{{{_WORD}}}docVars")
