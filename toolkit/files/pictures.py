"""What photographs say beside the picture: where and when it was taken, with what, by whom."""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_TELLING = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"))
#: JPEG segments APP1 (Exif, XMP), APP13 (Photoshop), APP3-APP12 and comments; APP0, APP2 (colour) and APP14 belong to the picture.
_SEGMENTS = frozenset((*range(0xE3, 0xEE), 0xE1, 0xEF, 0xFE))


def without_metadata(data: bytes) -> bytes | None:
    """The picture without it, pixel for pixel the same; None where there is nothing to take out, or the kind is not known."""
    kept = _png(data) if data.startswith(_PNG) else _jpeg(data) if data.startswith(b"\xff\xd8") else data
    return kept if kept != data else None


def _png(data: bytes) -> bytes:
    out, at = bytearray(_PNG), len(_PNG)
    while at + 12 <= len(data):
        length, = struct.unpack_from(">I", data, at)
        if data[at + 4:at + 8] not in _TELLING:
            out += data[at:at + 12 + length]
        at += 12 + length
    return bytes(out)


def _jpeg(data: bytes) -> bytes:
    out, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:  # until the picture itself begins
        length, = struct.unpack_from(">H", data, at + 2)
        if data[at + 1] not in _SEGMENTS:
            out += data[at:at + 2 + length]
        at += 2 + length
    return bytes(out + data[at:])
