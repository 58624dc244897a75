"""A workbook as the parts of its zip, to be edited in place: what is not touched stays byte for byte as its sender saved it."""

from __future__ import annotations

import contextlib
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
#: What a workbook of the strict standard uses instead: its parts look alike and are not edited.
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"

_NO_RELATIONS = f'<Relationships xmlns="{_PACKAGE_REL}"/>'.encode()
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_blank_text=False)


class NotEditable(ValueError):
    """The file is of a kind that cannot be edited part by part."""


#: What the zip, the XML or the absence of what every program writes can give rise to. Readers are more patient than an edit may be.
_IN_THE_WAY = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, LookupError, ValueError, TypeError, AttributeError,
               OverflowError, etree.LxmlError)


@contextlib.contextmanager
def editing() -> Iterator[None]:
    """Around an edit of somebody's file, or as its decorator: what stands in the way of it, whatever it is, is NotEditable."""
    try:
        yield
    except NotEditable:
        raise
    except _IN_THE_WAY as error:
        raise NotEditable(type(error).__name__) from error


class Package:
    """The parts of one workbook. Part names have no leading slash; they are found through relationships, never by pattern."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {info.filename: info for info in self._archive.infolist() if not info.is_dir()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise NotEditable("no zip") from error
        self._changed: dict[str, bytes | None] = {}
        self.workbook = next((target for target, kind in self.related("") if kind.endswith("/officeDocument")), "")
        if self.workbook not in self._infos or STRICT.encode() in self.part(self.workbook)[:4000]:
            raise NotEditable("no workbook part of the usual kind")

    # ------------------------------------------------------------------------------------------------ parts

    @property
    def names(self) -> list[str]:
        """All parts in the order they are stored, new ones last."""
        kept = [name for name in self._infos if self._changed.get(name, b"") is not None]
        return kept + [name for name, data in self._changed.items() if name not in self._infos and data is not None]

    @property
    def changed(self) -> set[str]:
        """Names of the parts that differ from what was opened."""
        return set(self._changed)

    def part(self, name: str) -> bytes:
        data = self._changed.get(name)
        return data if data is not None else self._archive.read(self._infos[name])

    def original(self, name: str) -> bytes:
        """The part as it was opened."""
        return self._archive.read(self._infos[name])

    def tree(self, name: str) -> Any:
        """The part as an lxml element."""
        return etree.fromstring(self.part(name), _PARSER)

    def put(self, name: str, content: Any) -> None:
        """Replace or add a part: bytes, or an lxml element."""
        if not isinstance(content, bytes):
            content = etree.tostring(content, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._changed[name] = content

    def drop(self, name: str) -> None:
        """Remove a part, every relationship to it and its content type."""
        self._changed[name] = None
        for rels in [one for one in self.names if one.endswith(".rels")]:
            tree = self.tree(rels)
            folder = posixpath.dirname(posixpath.dirname(rels))
            gone = [node for node in tree if _resolved(folder, node.get("Target", "")) == name and node.get("TargetMode") != "External"]
            for node in gone:
                tree.remove(node)
            if gone:
                self.put(rels, tree)
        types = self.tree("[Content_Types].xml")
        for node in types.findall(f"{{{_TYPES}}}Override"):
            if node.get("PartName", "").lstrip("/") == name:
                types.remove(node)
                self.put("[Content_Types].xml", types)

    # ------------------------------------------------------------------------------------------------ relationships

    def related(self, name: str) -> list[tuple[str, str]]:
        """(part, relationship type) of everything inside the file that a part ("" the package itself) refers to."""
        return [(target, kind) for _, target, kind in self._relations(name)]

    def by_id(self, name: str) -> dict[str, str]:
        """Relationship id -> part."""
        return {identifier: target for identifier, target, _ in self._relations(name)}

    def _relations(self, name: str) -> list[tuple[str, str, str]]:
        rels = _rels_of(name)
        if rels not in self._infos and rels not in self._changed:
            return []
        folder = posixpath.dirname(name)
        return [(node.get("Id", ""), _resolved(folder, node.get("Target", "")), node.get("Type", ""))
                for node in self.tree(rels) if node.get("TargetMode") != "External"]

    def relate(self, name: str, target: str, kind: str) -> str:
        """A new relationship of a part to another; its id."""
        rels = _rels_of(name)
        known = self.tree(rels) if rels in self._infos or rels in self._changed else etree.fromstring(_NO_RELATIONS)
        taken = {node.get("Id") for node in known}
        identifier = next(f"rId{number}" for number in range(1, 100_000) if f"rId{number}" not in taken)
        path = posixpath.relpath(target, posixpath.dirname(name) or ".")
        etree.SubElement(known, f"{{{_PACKAGE_REL}}}Relationship", Id=identifier, Type=kind, Target=path)
        self.put(rels, known)
        return identifier

    def declare(self, name: str, content_type: str) -> None:
        """State the content type of a new part."""
        types = self.part("[Content_Types].xml").decode("utf-8-sig")
        if f'PartName="/{name}"' not in types:
            entry = f'<Override PartName={quoteattr("/" + name)} ContentType={quoteattr(content_type)}/>'
            self.put("[Content_Types].xml", types.replace("</Types>", entry + "</Types>").encode())

    def sheets(self) -> dict[str, str]:
        """Sheet name -> its part, in the workbook's order."""
        parts = self.by_id(self.workbook)
        return {node.get("name", ""): parts.get(node.get(f"{{{REL}}}id", ""), "") for node in self.tree(self.workbook).iter(f"{{{MAIN}}}sheet")}

    # ------------------------------------------------------------------------------------------------ writing

    def data(self) -> bytes:
        """The whole file: unchanged parts as they were, in their order, with their dates."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self.names:
                info = zipfile.ZipInfo(name, self._infos[name].date_time if name in self._infos else (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, self.part(name))
        return out.getvalue()


def _rels_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
