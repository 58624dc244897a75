"""Compound files (MS-CFB version 3): folders and streams in one file, as old Office formats, macro projects and sealed workbooks use them.

Written from scratch with nothing but what the content determines: no clock, no random identifier. Read with every chain bounded by the file's size.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SECTOR, _MINI_SECTOR, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT_SECTOR, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_HEADER_FATS = 109  # FAT sectors the header itself lists: files up to about 7 MB

#: How a compound file begins: an old workbook or document, and any workbook under a password.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: A folder: name -> bytes of a stream, or a folder.
Folder = Mapping[str, "bytes | Folder"]


@dataclass
class _Entry:
    """A directory entry; numbers of its neighbours in the tree of its folder, and where its content begins."""

    name: str
    kind: int
    data: bytes = b""
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    colour: int = _BLACK
    start: int = _END
    size: int = 0


def compound_file(root: Folder) -> bytes:
    """The file that holds these folders and streams. ValueError where it would need more than 109 FAT sectors."""
    entries = [_Entry("Root Entry", _ROOT)]
    _add(entries, 0, root)
    mini, mini_fat = _mini_stream(entries)
    fat: list[int] = []
    sectors: list[bytes] = []

    def place(data: bytes) -> int:
        """Append a chain of sectors; its first, or the end mark for no data."""
        if not data:
            return _END
        first, count = len(sectors), -(-len(data) // _SECTOR)
        sectors.extend(data[at * _SECTOR:(at + 1) * _SECTOR].ljust(_SECTOR, b"\0") for at in range(count))
        fat.extend([*range(first + 1, first + count), _END])
        return first

    for entry in entries[1:]:
        if entry.kind == _STREAM and entry.size >= _CUTOFF:
            entry.start = place(entry.data)
    entries[0].start, entries[0].size = place(mini), len(mini)
    mini_fat_start = place(_numbers(mini_fat))
    mini_fat_count = -(-len(mini_fat) * 4 // _SECTOR)
    directory_start = place(_directory(entries))
    count = 0
    while count * (_SECTOR // 4) < len(sectors) + count:
        count += 1
    if count > _HEADER_FATS:
        raise ValueError("too large for a compound file without extra FAT lists")
    fat_at = list(range(len(sectors), len(sectors) + count))
    fat += [_FAT_SECTOR] * count
    table = _numbers([*fat, *[_FREE] * (count * (_SECTOR // 4) - len(fat))])
    head = _head(count, directory_start, mini_fat_start, mini_fat_count, fat_at)
    return head + b"".join(sectors) + table


def _head(fats: int, directory: int, mini_fat: int, mini_fats: int, fat_at: Sequence[int]) -> bytes:
    fixed = struct.pack("<8s16sHHHHH6sIIIIIIIII", COMPOUND, b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, fats, directory, 0,
                        _CUTOFF, mini_fat, mini_fats, _END, 0)
    return fixed + _numbers([*fat_at, *[_FREE] * (_HEADER_FATS - len(fat_at))])


def _numbers(values: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def _add(entries: list[_Entry], parent: int, folder: Folder) -> None:
    """Entries of a folder's content, and the search tree over them."""
    names = sorted(folder, key=lambda name: (len(name.encode("utf-16-le")), name.upper()))
    numbers = []
    for name in names:
        content = folder[name]
        numbers.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, _STREAM, content, size=len(content)))
        else:
            entries.append(_Entry(name, _STORAGE))
            _add(entries, numbers[-1], content)
    depth = len(numbers).bit_length()
    entries[parent].child = _tree(entries, numbers, 1, depth, full=len(numbers) == (1 << depth) - 1)


def _tree(entries: list[_Entry], numbers: Sequence[int], level: int, depth: int, full: bool) -> int:
    """A balanced tree whose last level is red where it is not full: every path has as many black nodes."""
    if not numbers:
        return _NONE
    middle = len(numbers) // 2
    entry = entries[numbers[middle]]
    entry.colour = _RED if level == depth and not full else _BLACK
    entry.left = _tree(entries, numbers[:middle], level + 1, depth, full)
    entry.right = _tree(entries, numbers[middle + 1:], level + 1, depth, full)
    return numbers[middle]


def _mini_stream(entries: Sequence[_Entry]) -> tuple[bytes, list[int]]:
    """The short streams one after another, and the chain of their sectors."""
    data, chain = bytearray(), list[int]()
    for entry in entries:
        if entry.kind != _STREAM or not 0 < entry.size < _CUTOFF:
            continue
        entry.start = len(chain)
        count = -(-entry.size // _MINI_SECTOR)
        chain += [*range(entry.start + 1, entry.start + count), _END]
        data += entry.data.ljust(count * _MINI_SECTOR, b"\0")
    return bytes(data), chain


def _directory(entries: Sequence[_Entry]) -> bytes:
    out = bytearray()
    for entry in entries:
        name = entry.name.encode("utf-16-le")
        out += struct.pack("<64sHBBIII16sIQQIQ", name, len(name) + 2, entry.kind, entry.colour, entry.left, entry.right, entry.child, b"", 0, 0, 0,
                           entry.start if entry.kind != _STORAGE else 0, entry.size)
    while len(out) % _SECTOR:
        out += struct.pack("<64sHBBIII16sIQQIQ", b"", 0, 0, 0, _NONE, _NONE, _NONE, b"", 0, 0, 0, 0, 0)
    return bytes(out)


# ---------------------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True)
class Opened:
    """A compound file's streams by name in lower case: those of its root before any of the same name further in."""

    data: bytes
    size: int  # of a sector
    table: tuple[int, ...]
    entries: tuple[bytes, ...]
    top: Mapping[str, bytes]  # directory entries right under the root
    anywhere: Mapping[str, bytes]

    def stream(self, *names: str) -> bytes | None:
        """The first of these streams that is there; ValueError or struct.error where its chain loops or leaves the file."""
        entry = next((found[name] for found in (self.top, self.anywhere) for name in names if name in found), None)
        if entry is None:
            return None
        first, length = struct.unpack_from("<II", entry, 116)
        if length >= struct.unpack_from("<I", self.data, 56)[0]:
            return _chain(self.data, self.table, first, self.size)[:length]
        root, = struct.unpack_from("<I", self.entries[0], 116)
        small = _chain(self.data, self.table, struct.unpack_from("<I", self.data, 60)[0], self.size)
        minis = _chain(self.data, self.table, root, self.size)
        return _chain(minis, struct.unpack(f"<{len(small) // 4}I", small), first, _MINI_SECTOR, 0)[:length]


def open_compound(data: bytes) -> Opened:
    """The directory of a compound file; ValueError or struct.error where it cannot be read."""
    if len(data) < 512 or not data.startswith(COMPOUND):
        raise ValueError("no header")
    size, = struct.unpack_from("<H", data, 30)
    if size not in (9, 12):
        raise ValueError("sector size")
    size = 1 << size
    table = _allocation(data, size)
    directory = _chain(data, table, struct.unpack_from("<I", data, 48)[0], size)
    entries = tuple(directory[at:at + 128] for at in range(0, len(directory) - 127, 128))
    if not entries:
        raise ValueError("no directory")
    return Opened(data, size, table, entries, _named(_under_root(entries)), _named(entries))


def root_names(data: bytes) -> frozenset[str]:
    """What stands right under the root of a compound file, in lower case; nothing where its directory cannot be read."""
    try:
        return frozenset(open_compound(data).top)
    except (ValueError, struct.error):
        return frozenset()


def _named(entries: Sequence[bytes]) -> dict[str, bytes]:
    return {entry[:max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace").lower(): entry for entry in reversed(entries)}


def _under_root(entries: Sequence[bytes]) -> list[bytes]:
    """The entries of the root's own tree, each once however the tree is knotted."""
    waiting, seen = [struct.unpack_from("<I", entries[0], 76)[0]], {0}
    found = []
    while waiting:
        number = waiting.pop()
        if number >= len(entries) or number in seen:
            continue
        seen.add(number)
        found.append(entries[number])
        waiting += struct.unpack_from("<II", entries[number], 68)
    return found


def _allocation(data: bytes, size: int) -> tuple[int, ...]:
    """The file allocation table, through the header's list and the chain that continues it."""
    sectors = len(data) // size
    places = [place for place in struct.unpack_from("<109I", data, 76) if place < _END - 1]
    more, seen = struct.unpack_from("<I", data, 68)[0], 0
    while more < _END - 1 and len(places) <= sectors:
        block = data[(more + 1) * size:(more + 2) * size]
        seen += 1
        if len(block) < size or seen > sectors:
            raise ValueError("table chain")
        numbers = struct.unpack(f"<{size // 4}I", block)
        places += [place for place in numbers[:-1] if place < _END - 1]
        more = numbers[-1]
    table: list[int] = []
    for place in places:
        if len(table) > sectors:  # it names every sector of the file: what follows can only be made up
            break
        block = data[(place + 1) * size:(place + 2) * size]
        table += struct.unpack(f"<{len(block) // 4}I", block[:len(block) // 4 * 4])
    return tuple(table)


def _chain(data: bytes, table: tuple[int, ...], first: int, size: int, header: int = 1) -> bytes:
    """The sectors of one stream, joined; `header`: sectors before sector 0."""
    blocks: list[bytes] = []
    while first != _END and first != _FREE:
        if first >= len(table) or len(blocks) > len(data) // size:
            raise ValueError("sector chain")
        blocks.append(data[(first + header) * size:(first + header + 1) * size])
        first = table[first]
    return b"".join(blocks)
