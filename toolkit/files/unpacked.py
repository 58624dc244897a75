"""A workbook as a zip of parts: names without regard to case, relationships, a copy with some parts changed."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from toolkit.files.beside import Unreadable
from toolkit.files.budgets import LARGEST_PARTS

_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?.*?\?>|<!--.*?-->|\s+)*", re.S)
_MEDIA = ("/media/", "/embeddings/", "/printersettings/", "/drawings/")


class Unpacked:
    """Raises what zipfile and the XML parser raise; KeyError for a part that is not there."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._member = {_key(name): name for name in self._archive.namelist()}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._member

    @property
    def names(self) -> tuple[str, ...]:
        """All parts, in lower case."""
        return tuple(self._member)

    def read(self, name: str) -> bytes:
        member = self._archive.getinfo(self._member[_key(name)])
        if member.file_size > LARGEST_PARTS:  # one that was taken for a picture
            raise Unreadable("F204", "too_large")
        return self._archive.read(member)

    def head(self, name: str) -> bytes:
        """The first bytes of a part, cheaply."""
        with self._archive.open(self._member[_key(name)]) as stream:
            return stream.read(2000)

    def in_utf8(self, names: Iterable[str]) -> dict[str, bytes]:
        """Those of the parts that are there in another encoding, in UTF-8."""
        there = [name for name in names if name in self]
        return {name: safe_head(utf8(self.read(name))) for name in there if utf8(head := safe_head(self.head(name))) is not head}

    @property
    def macro_parts(self) -> tuple[str, ...]:
        return tuple(name for name in self._member if name.endswith(("vbaproject.bin", "jdedata.bin")) or "/macrosheets/" in name)

    @property
    def has_macros(self) -> bool:
        return bool(self.macro_parts)

    @property
    def has_links(self) -> bool:
        return any("externallinks/" in name or name.endswith(("connections.xml", "connections.bin")) for name in self._member)

    @property
    def document(self) -> str:
        """The name of the workbook part, "" where the package does not say."""
        rels = self.targets("") if relations("") in self else {}
        return next((path for path, kind in rels.values() if kind == "officeDocument" and path in self), "")

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """Relationships of a part: id -> (name of the part it points to, last word of its type)."""
        folder = name.rpartition("/")[0]
        found = {}
        for node in ElementTree.fromstring(safe(utf8(self.read(relations(name))))):
            target = node.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(target if target.startswith("/") else f"{folder}/{target}").lstrip("/")
            found[node.get("Id", "")] = (path, node.get("Type", "").rpartition("/")[2])
        return found

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """A copy, not compressed, with other content for some parts and without pictures."""
        out = io.BytesIO()
        keys = {_key(name): content for name, content in changed.items()}
        with zipfile.ZipFile(out, "w") as copy:
            for key, name in self._member.items():
                if not any(media in f"/{key}" for media in _MEDIA):
                    copy.writestr(name.replace("\\", "/"), keys[key] if key in keys else self._archive.read(name))
        return out.getvalue()


def relations(name: str) -> str:
    """The part that holds a part's relationships."""
    folder, _, base = name.rpartition("/")
    return f"{folder}/_rels/{base}.rels"


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def utf8(xml: bytes) -> bytes:
    """The part in UTF-8, which is all that calamine reads; the same object where it is already."""
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = xml.decode("utf-16")
    elif xml[:4] == b"<\x00?\x00" or xml[:4] == b"\x00<\x00?":
        text = xml.decode("utf-16-le" if xml[:1] == b"<" else "utf-16-be")
    else:
        declared = _DECLARED.match(xml[:200].lstrip(b"\xef\xbb\xbf"))
        if declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
            return xml
        try:
            text = xml.decode(declared[1].decode())
        except LookupError as error:
            raise ValueError("encoding") from error
    return re.sub(r"^\s*<\?xml.*?\?>", '<?xml version="1.0" encoding="UTF-8"?>', text, count=1, flags=re.S).encode()


def safe(xml: bytes) -> bytes:
    """The part, or ValueError where it declares a document type."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError("document type declaration")
    return xml


def safe_head(xml: bytes) -> bytes:
    """The same for a long part, which declares a document type before its first element or nowhere."""
    prolog = _PROLOG.match(xml)
    safe(xml[prolog.end():prolog.end() + 9] if prolog else b"")
    return xml
