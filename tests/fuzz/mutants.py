"""Mutants: what a file becomes under a seed. A mutant is a function of its base and its seed, of nothing else."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib

from tests.fuzz import raw, xmls, zips

#: Parts that decide how a workbook is read are changed more often than the rest.
_WEIGHTS = (("workbook.xml.rels", 3), ("workbook.xml", 4), ("sharedstrings.xml", 4), ("styles.xml", 2), ("worksheets/", 6), ("content.xml", 12), ("rels", 2),
            ("comments", 2))
_MOST_CHANGES = 3


def mutant(data: bytes, seed: int, kind: str) -> bytes:
    """One to three changes. `kind`: `zip` (xlsx, ods, xlsb), `csv`, `xls` or `any`."""
    draw = random.Random(seed)
    for _ in range(draw.choice((1, 1, 1, 2, _MOST_CHANGES))):
        data = _changed(draw, data, kind)
    return data


def _changed(draw: random.Random, data: bytes, kind: str) -> bytes:
    if not data or draw.random() < 0.06:
        return raw.any_bytes(draw, data)
    if kind == "csv":
        return raw.csv_text(draw, data) if draw.random() < 0.85 else raw.any_bytes(draw, data)
    if kind == "xls":
        return raw.compound(draw, data)
    if kind == "any":
        return raw.any_bytes(draw, data)
    try:
        return zips.mutated(draw, data) if draw.random() < 0.3 else _part_changed(draw, data)
    except (zipfile.BadZipFile, zlib.error, ValueError, IndexError, NotImplementedError, OSError, LookupError, struct.error):  # an earlier change was thorough
        return raw.any_bytes(draw, data)


def _part_changed(draw: random.Random, data: bytes) -> bytes:
    every = zips.members(data)
    parts = [(at, one.name.decode("utf-8", "replace")) for at, one in enumerate(every) if one.name.lower().endswith((b".xml", b".rels", b".bin"))]
    weights = [next((weight for word, weight in _WEIGHTS if word in name.lower()), 1) for _, name in parts]
    at, name = draw.choices(parts, weights)[0]
    content = every[at].content
    new = raw.any_bytes(draw, content) if name.endswith(".bin") else xmls.changed(draw, name, content)
    return zips.assembled([one.holding(new) if place == at else one for place, one in enumerate(every)])
