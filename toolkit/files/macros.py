"""The macro sources of `toolkit/vba` as modules of a project."""

from __future__ import annotations

from importlib import resources

from toolkit.files.vba import CLASS, STANDARD, Module


def sources() -> list[Module]:
    """Every module we ship, in order of name."""
    folder = resources.files("toolkit") / "vba"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith((".bas", ".cls"))), key=lambda entry: entry.name)
    return [Module(entry.name[:-4], entry.read_text(encoding="utf-8"), STANDARD if entry.name.endswith(".bas") else CLASS) for entry in found]
