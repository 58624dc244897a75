"""Changes of bytes that know little of what they change: any file, csv text, old xls records and sectors."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable

_SECTOR = 512


def _cut(draw: random.Random, data: bytes) -> bytes:
    start = draw.randrange(len(data) + 1)
    return draw.choice((data[:start], data[start:], data[:start] + data[min(len(data), start + draw.choice((1, 7, 512, 5000))):]))


def _flipped(draw: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(draw.choice((1, 2, 8, 64)) if out else 0):
        out[draw.randrange(len(out))] = draw.choice((0, 0xFF, 0x7F, draw.randrange(256)))
    return bytes(out)


def _copied(draw: random.Random, data: bytes) -> bytes:
    start, length, to = draw.randrange(len(data) + 1), draw.choice((1, 16, 512, 4096)), draw.randrange(len(data) + 1)
    return data[:to] + data[start:start + length] + data[to + draw.choice((0, length)):]


def _filled(draw: random.Random, data: bytes) -> bytes:
    start, length = draw.randrange(len(data) + 1), draw.choice((4, 64, 512, 4096))
    return data[:start] + draw.choice((b"\0", b"\xff", b"A")) * length + data[start + length:]


ANY: tuple[Callable[[random.Random, bytes], bytes], ...] = (_cut, _flipped, _flipped, _copied, _filled)


def any_bytes(draw: random.Random, data: bytes) -> bytes:
    return draw.choice(ANY)(draw, data)


# ------------------------------------------------------------------------------------------------------------ csv


def csv_text(draw: random.Random, data: bytes) -> bytes:
    """A csv in UTF-8 with other encodings, quotes, signs, lengths and line ends."""
    text = data.decode("utf-8-sig", "replace")
    lines = text.split("\r\n")
    at = draw.randrange(len(lines))
    kind = draw.randrange(13)
    if kind == 0:
        return text.encode(draw.choice(("gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-7", "utf-32")), "replace")
    if kind == 1:
        return text.encode()[:draw.randrange(1, 1 + len(data))] + text.encode("gb18030", "replace")[draw.randrange(1 + len(data)):]
    if kind == 2:
        return text.replace(",", draw.choice(("\t", ";", "|", ",,,", "，", '","'))).encode()
    if kind == 3:
        return text.replace("\r\n", draw.choice(("\n", "\r", "\n\r", "\x0b", "\u2028", "\x00\n"))).encode()
    if kind == 4:
        lines[at] += draw.choice(('"', '"x', ',"a""', "\0", "," * 600, ",".join("x" * 400), "字" * 40_000, "=1+1", "\x1a", "\ufeff", "\ud7ff"))
    elif kind == 5:
        lines.insert(at, draw.choice(("", "sep=,", "sep=;", "所属月份：2025-09", "单位代码：990101101202", "合计,1,2,3", "\u200b", ",,,", lines[0])))
    elif kind == 6:
        lines += [lines[at]] * draw.choice((1, 10, 3000))
    elif kind == 7:
        draw.shuffle(lines)
    elif kind == 8:
        del lines[at]
    else:
        cells = lines[at].split(",")
        cells[draw.randrange(len(cells))] = draw.choice(CELLS)
        lines[at] = ",".join(cells)
    return "\r\n".join(lines).encode("utf-8", "replace")


CELLS = ("", "NaN", "1E400", "-1", "1e308", "9" * 400, "２０２５年９月", "2025-13-45", "0", "9999-12-31", "²", "①", "十二万", "×", "#REF!", "=1+1", "@x", "-", "/",
         "同上", "合计", "\u202e",
         "例外甲 例外乙", "1.3E+11", "99010110120", "9901011012011", "K7Q2MX", "待裁定", "inf", "1_000", "00", "+5", "٣", "true", "None", "{}", "[[" * 50)


# ------------------------------------------------------------------------------------------------------------ xls


def compound(draw: random.Random, data: bytes) -> bytes:
    """An xls with a record's head, a number or a link between sectors changed."""
    out = bytearray(data)
    kind = draw.randrange(5)
    if kind == 0 and len(out) > 2 * _SECTOR:  # a link in what may be the table of sectors, a loop among them
        sector = draw.randrange(1, len(out) // _SECTOR)
        struct.pack_into("<I", out, sector * _SECTOR + 4 * draw.randrange(128), draw.choice((0, 1, 2, sector, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 5_000_000)))
    elif kind == 1:  # the header
        struct.pack_into("<I", out, 4 * draw.randrange(6, 128), draw.choice((0, 1, 2, 0xFFFFFFFE, 0xFFFFFFFF, 0x7FFFFFFF, draw.randrange(200))))
    elif kind == 2 and len(out) > _SECTOR:  # any number
        struct.pack_into("<H", out, draw.randrange(_SECTOR, len(out) - 2), draw.choice((0, 0xFFFF, 0x8000, 0x0809, 0x000A, 0x00FC, 0x00FD, 0x0203, 0x0221)))
    elif kind == 3:  # the records of cells, wherever they seem to stand
        for code in draw.sample((0x00FD, 0x0203, 0x027E, 0x0201, 0x0208, 0x00E5, 0x0085, 0x00FC, 0x0006, 0x0031, 0x00E0, 0x041E), 3):
            at = data.find(struct.pack("<H", code), draw.randrange(len(data)))
            if 0 < at < len(out) - 8:
                struct.pack_into("<H", out, at + draw.choice((2, 4, 6)), draw.choice((0, 1, 0xFFFF, 0x7FFF, 0x2020, draw.randrange(65536))))
    else:
        return any_bytes(draw, data)
    return bytes(out)
