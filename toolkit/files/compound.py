"""Compound files (MS-CFB version 3): folders and streams in one file, as old Office formats and macro projects use them.

Written from scratch with nothing but what the content determines: no clock, no random identifier.
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
    fixed = struct.pack("<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, fats, directory, 0,
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
