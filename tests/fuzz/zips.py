"""A zip as its members stand in it, so that a mutant can say what no honest archive says."""

from __future__ import annotations

import bz2
import io
import lzma
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

_SIZES = (0, 1, 9, 10_000, 256 * 1024 * 1024, 0x7FFFFFFF, 0xFFFFFFFF)
_METHODS = (0, 1, 6, 8, 9, 12, 14, 93, 95, 99, 0xFFFF)
_FLAGS = (0x1, 0x8, 0x20, 0x40, 0x800, 0x2000, 0xFFFF)
_NAMES = (b"", b"/", b"../../x.xml", b"/xl/workbook.xml", b"xl\\workbook.xml", b"XL/WORKBOOK.XML", b"x" * 3000, b"a\0b.xml", b"\xff\xfe", "样例.xml".encode(),
          b"[Content_Types].xml", b"xl/vbaProject.bin", b"content.xml", b"mimetype", b"word/document.xml", b"xl/workbook.bin", b"xl/media/sheet.png")


@dataclass(frozen=True)
class Member:
    """One member: what the directory says of it, and its bytes as they are stored. `local`: the name in front of the bytes, where it is another one."""

    name: bytes
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    raw: bytes
    extra: bytes = b""
    local: bytes | None = None

    @property
    def content(self) -> bytes:
        return zlib.decompress(self.raw, -15) if self.method == 8 else self.raw

    def holding(self, content: bytes, method: int = 8) -> Member:
        """The same member with another content, rightly described."""
        if method == 8:
            packer = zlib.compressobj(1, zlib.DEFLATED, -15)
            raw = packer.compress(content) + packer.flush()
        elif method == 12:
            raw = bz2.compress(content)
        elif method == 14:
            filters = [{"id": lzma.FILTER_LZMA1}]
            raw = b"\x09\x14\x05\x00" + b"\x5d\x00\x00\x80\x00" + lzma.compress(content, lzma.FORMAT_RAW, filters=filters)
        else:
            raw = content
        return replace(self, method=method, crc=zlib.crc32(content), packed=len(raw), size=len(content), raw=raw)


def members(data: bytes) -> list[Member]:
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            name_length, extra_length = struct.unpack_from("<2H", data, info.header_offset + 26)
            start = info.header_offset + 30 + name_length + extra_length
            found.append(Member(info.orig_filename.encode(), info.compress_type, info.flag_bits & ~0x8, info.CRC, info.compress_size, info.file_size,
                                data[start:start + info.compress_size]))
    return found


def assembled(every: list[Member], *, count: int | None = None, shift: int = 0, comment: bytes = b"", before: bytes = b"") -> bytes:
    """The archive. `count`: members the end record speaks of; `shift`: by how much it is wrong about where the directory begins."""
    out, directory = bytearray(before), bytearray()
    for one in every:
        local = one.name if one.local is None else one.local
        sizes = (one.crc & 0xFFFFFFFF, one.packed & 0xFFFFFFFF, one.size & 0xFFFFFFFF)
        directory += struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, one.flags, one.method, 0, 33, *sizes, len(one.name), len(one.extra), 0, 0, 0, 0,
                                 len(out)) + one.name + one.extra
        out += struct.pack("<4s2B4HL2L2H", b"PK\3\4", 20, 0, one.flags, one.method, 0, 33, *sizes, len(local), 0) + local + one.raw
    number = len(every) if count is None else count
    start = max(0, len(out) + shift)
    return bytes(out + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number & 0xFFFF, number & 0xFFFF, len(directory), start & 0xFFFFFFFF,
                                               len(comment)) + comment)


def _one(draw: random.Random, every: list[Member], change: Callable[[Member], Member]) -> list[Member]:
    place = draw.randrange(len(every))
    return [change(one) if at == place else one for at, one in enumerate(every)]


def _renamed(draw: random.Random, every: list[Member]) -> bytes:
    names = (*_NAMES, draw.choice(every).name, draw.choice(every).name.upper())
    new = draw.choice(names)
    return assembled(_one(draw, every, lambda one: replace(one, **{draw.choice(("name", "local")): new})))


def _doubled(draw: random.Random, every: list[Member]) -> bytes:
    one = draw.choice(every)
    name = draw.choice((one.name, one.name.upper(), b"/" + one.name, one.name.replace(b"/", b"\\"), one.name + b"/"))
    again = replace(draw.choice((one, draw.choice(every))), name=name)
    return assembled([*every, again] if draw.random() < 0.5 else [again, *every])


def _dropped(draw: random.Random, every: list[Member]) -> bytes:
    gone = set(draw.sample(range(len(every)), min(len(every), draw.choice((1, 1, 1, 2, 5)))))
    return assembled([one for at, one in enumerate(every) if at not in gone])


def _reordered(draw: random.Random, every: list[Member]) -> bytes:
    return assembled(draw.sample(every, len(every)))


def _misdescribed(draw: random.Random, every: list[Member]) -> bytes:
    field, values = draw.choice((("size", _SIZES), ("packed", _SIZES), ("crc", (0, 1, 0xDEADBEEF)), ("method", _METHODS), ("flags", _FLAGS)))

    def change(one: Member) -> Member:
        near = (getattr(one, field) - 1, getattr(one, field) + 1) if field in ("size", "packed") else ()
        return replace(one, **{field: draw.choice((*values, *near))})

    return assembled(_one(draw, every, change))


def _zip64(draw: random.Random, every: list[Member]) -> bytes:
    def change(one: Member) -> Member:
        said = draw.choice((one.size, 1 << 40, (1 << 64) - 1, 0))
        extra = struct.pack("<2H2Q", 1, draw.choice((16, 16, 8, 200)), said, draw.choice((one.packed, 1 << 40)))
        return replace(one, size=0xFFFFFFFF, packed=draw.choice((one.packed, 0xFFFFFFFF)), extra=extra[:draw.choice((len(extra), 3, 12))])

    return assembled(_one(draw, every, change))


def _zip64_end(draw: random.Random, every: list[Member]) -> bytes:
    data = assembled(every, count=0xFFFF)
    end = len(data) - 22
    sizes = draw.choice(((len(every), end), (1 << 40, 0), (1 << 63, 1 << 63)))
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, sizes[0], sizes[0], draw.choice((100, 1 << 40)), sizes[1])
    return data[:end] + record + struct.pack("<4sLQL", b"PK\6\7", 0, draw.choice((end, 0, 1 << 50)), 1) + data[end:]


def _repacked(draw: random.Random, every: list[Member]) -> bytes:
    """Another way to store, rightly described."""
    return assembled(_one(draw, every, lambda one: one.holding(one.content, draw.choice((0, 12, 14)))))


def _other_content(draw: random.Random, every: list[Member]) -> bytes:
    contents = (b"", b"\0" * 100, draw.randbytes(500), b" " * 1_000_000, draw.choice(every).content, assembled(every[:3]))
    return assembled(_one(draw, every, lambda one: one.holding(draw.choice(contents))))


def _spoilt_stream(draw: random.Random, every: list[Member]) -> bytes:
    def change(one: Member) -> Member:
        raw = bytearray(one.raw)
        for _ in range(draw.choice((1, 1, 5))):
            if raw:
                raw[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
        return replace(one, raw=bytes(raw))

    return assembled(_one(draw, every, change))


def _nested(draw: random.Random, every: list[Member]) -> bytes:
    whole = assembled(every)
    for _ in range(draw.choice((1, 2, 5))):
        whole = assembled([every[0].holding(whole)])
    return whole


def _misplaced(draw: random.Random, every: list[Member]) -> bytes:
    return assembled(every, count=draw.choice((None, 0, 1, len(every) + 1, 0xFFFF)), shift=draw.choice((0, 0, -1, 1, 40, -10_000, 1 << 30)),
                     comment=draw.choice((b"", b"x" * 200, b"PK\5\6" + b"\0" * 18)), before=draw.choice((b"", b"\0" * 7, b"#!/bin/sh\n", b"PK\3\4")))


def _lengthened(draw: random.Random, every: list[Member]) -> bytes:
    junk = draw.choice((b"\0" * 100, b"<html>", draw.randbytes(70_000), b"PK\1\2" * 20_000))
    whole = assembled(every)
    return junk + whole if draw.random() < 0.5 else whole + junk


OPERATIONS: tuple[Callable[[random.Random, list[Member]], bytes], ...] = (
    _renamed, _doubled, _dropped, _dropped, _reordered, _misdescribed, _misdescribed, _zip64, _zip64_end, _repacked, _other_content, _spoilt_stream, _nested,
    _misplaced, _lengthened)


def mutated(draw: random.Random, data: bytes) -> bytes:
    return draw.choice(OPERATIONS)(draw, members(data))
