"""Whether a macro project is the one we ship, byte for byte: then there is nothing to say of it at the door.

The project differs by plan and by the number of sheets. The plan's constants are read back from it, the project is built
anew from our sources, and the two are compared. A workbook that Excel has saved holds another form of the same project
and is told like any other: what only looks like ours is not trusted.
"""

from __future__ import annotations

import re
import struct

from toolkit.files.macro_books import project_of
from toolkit.files.vba import Module

#: Larger projects are none of ours.
LARGEST = 1 << 20
_SECTOR, _MINI_SECTOR, _CUTOFF = 512, 64, 4096
#: The plan's module as we write it: constants, and a function that joins digits.
_PLAN = re.compile(
    r'Attribute VB_Name = "Plan"\nOption Explicit\n\' [^\n]*\n'
    r'(?:Public Const [A-Z_]+ As (?:Long = \d{1,5}|String = "[^"\n]{0,400}")\n)+'
    r'(?:\nPublic Function PlanDays\(\) As String\n    Dim s As String\n(?:    s = s & "[01]*"\n)*    PlanDays = s\nEnd Function\n)?')


def is_ours(data: bytes, sheets: int) -> bool:
    """Whether these bytes are our project for a workbook of so many sheets."""
    if len(data) > LARGEST:
        return False
    try:
        source = _decompressed(_stream(data, "Plan")).decode("cp936").replace("\r\n", "\n")
    except (struct.error, IndexError, ValueError):
        return False
    return _PLAN.fullmatch(source) is not None and project_of(Module("Plan", source), sheets) == data


def _stream(data: bytes, name: str) -> bytes:
    """A short stream of a compound file as ours are laid out: everything in one piece. ValueError where it is not there."""
    start, size = _entry(data, name)
    if size >= _CUTOFF:
        raise ValueError("not short")
    at = _SECTOR + _entry(data, "Root Entry")[0] * _SECTOR + start * _MINI_SECTOR
    return data[at:at + size]


def _entry(data: bytes, name: str) -> tuple[int, int]:
    """First sector and size of a directory entry."""
    directory = _SECTOR + struct.unpack_from("<I", data, 48)[0] * _SECTOR
    at = data.index(name.encode("utf-16-le").ljust(64, b"\0"), directory)
    start, size = struct.unpack_from("<IQ", data, at + 116)
    return start, size


def _decompressed(data: bytes) -> bytes:
    """The chunks of a compressed source (MS-OVBA 2.4.1.3)."""
    out, at = bytearray(), 1
    while at < len(data):
        size = (struct.unpack_from("<H", data, at)[0] & 0xFFF) + 3
        out += _chunk(data[at + 2:at + size])
        at += size
    return bytes(out)


def _chunk(data: bytes) -> bytes:
    out, at = bytearray(), 0
    while at < len(data):
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            token = data[at] | data[at + 1] << 8
            bits = max(4, (len(out) - 1).bit_length())
            offset, length = (token >> (16 - bits)) + 1, (token & (0xFFFF >> bits)) + 3
            for _ in range(length):
                out.append(out[-offset])
            at += 2
    return bytes(out)
