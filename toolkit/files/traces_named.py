"""Names that travel with a file: of its author and office in its properties, of ranges in a workbook."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from toolkit.files.package import MAIN, Package
from toolkit.model.outgoing import Trace

#: Last word of a property's tag: those that name somebody, and those that say something.
_PERSONAL = frozenset(("creator", "lastModifiedBy", "Company", "Manager", "HyperlinkBase"))
_WORDS = frozenset(("title", "subject", "keywords", "description", "category", "contentStatus"))
_FORMULAS = frozenset(("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula"))
_BUILT_IN = "_xlnm."


def author_traces(package: Package, shown: Collection[str]) -> Iterator[Trace]:
    """Properties that name someone or say something that the file does not show anyway."""
    for _, node in _telling(package, shown):
        yield Trace("H103", params=(("why", f"h_{_local(node)}"),), removable=True)


def strip_properties(package: Package, shown: Collection[str]) -> None:
    """The same properties emptied; the others stay."""
    changed: dict[str, Any] = {}
    for part, node in _telling(package, shown):
        node.text = ""
        changed[part] = node.getroottree().getroot()
    for part, tree in changed.items():
        package.put(part, tree)


def _telling(package: Package, shown: Collection[str]) -> list[tuple[str, Any]]:
    found = []
    for part, kind in package.related(""):
        if not kind.endswith(("/core-properties", "/extended-properties")) or part not in package.names:
            continue
        for node in package.tree(part):
            name, text = _local(node), (node.text or "").strip()
            if text and ((name in _PERSONAL and text not in shown) or (name in _WORDS and text not in shown and not _is_shown(text, shown))):
                found.append((part, node))
    return found


def _is_shown(text: str, shown: Collection[str]) -> bool:
    """Whether every word of a text stands somewhere in the file."""
    return all(word in shown or any(word in other for other in shown) for word in words(text))


def words(text: str) -> list[str]:
    """The words of a text as spaces and signs part them."""
    return [word for word in re.split(r"[\s\u3000，,。；;：:、|/（）()“”\"'·—－-]+", text) if word]


def name_traces(package: Package, own: Collection[str]) -> Iterator[Trace]:
    """Defined names but print areas, titles, filters and our own."""
    used = _used(package)
    for node in _names(package, own):
        yield Trace("H105", params=(("why", "h_name_used" if node.get("name") in used else "h_name"), ("what", node.get("name", ""))),
                    removable=node.get("name") not in used)


def strip_names(package: Package, own: Collection[str]) -> None:
    """The same names taken out, where nothing refers to them."""
    used = _used(package)
    gone = [node for node in _names(package, own) if node.get("name") not in used]
    if not gone:
        return
    tree = gone[0].getroottree().getroot()
    for node in gone:
        parent = node.getparent()
        parent.remove(node)
        if not len(parent):
            parent.getparent().remove(parent)
    package.put(package.workbook, tree)


def _names(package: Package, own: Collection[str]) -> list[Any]:
    return [node for node in package.tree(package.workbook).iter(f"{{{MAIN}}}definedName")
            if not node.get("name", "").startswith(_BUILT_IN) and node.get("name") not in own]


def _used(package: Package) -> set[str]:
    """Words of every formula of the workbook, charts and other names included."""
    found: set[str] = set()
    for name in package.names:
        if name.endswith(".xml") and ("/worksheets/" in name or "/charts/" in name or "/tables/" in name or name == package.workbook):
            for node in package.tree(name).iter():
                if isinstance(node.tag, str) and _local(node) in _FORMULAS and node.text:
                    found.update(re.findall(r"[^\W\d][\w.\\]*", node.text))
    return found


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]
