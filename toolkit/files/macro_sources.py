"""A macro project of anybody read back: the source of each module, and whether all of them are ours (MS-OVBA)."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.files.macros import plan_module, sources
from toolkit.model.plan import Plan

_ENCODING = "cp936"
_SECTOR, _MINI_SECTOR, _CUTOFF = 512, 64, 4096
_FAT_SECTOR, _NONE, _STREAM = 0xFFFFFFFD, 0xFFFFFFFF, 2
_HEADER_FATS = 109  # FAT sectors the header itself lists: macro projects are smaller
_NO_CACHE = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0)


def is_ours(project_file: bytes, plans: Iterable[Plan]) -> bool:
    """Whether every module of a macro project is one that we ship, for one of these plans; modules of the workbook and its sheets
    may also be empty. A project that holds compiled code, as Excel adds it, is nobody's: that code need not be what the source says."""
    try:
        found, compiled = modules_in(project_file), has_compiled_code(project_file)
    except ValueError:
        return False
    if compiled:
        return False
    ours = {_digest(module.source) for module in (*sources(), *map(plan_module, plans))}
    return all(_digest(source) in ours for source in found.values() if _body(source))


def _digest(source: str) -> str:
    return hashlib.sha256("\n".join(_body(source)).encode()).hexdigest()


def _body(source: str) -> list[str]:
    """The lines that do anything, as far as an editor leaves them alone: no attributes, no blank lines, no spaces at either end."""
    lines = [line.strip() for line in source.lstrip("\ufeff").replace("\r\n", "\n").split("\n")]
    return [line for line in lines if line and not line.startswith("Attribute ") and line != "Option Explicit"]


def has_compiled_code(project_file: bytes) -> bool:
    """Whether anything stands before the sources or in the project's cache: Office would run that and not the source."""
    found = streams(project_file)
    try:
        cache, offsets = found["VBA/_VBA_PROJECT"], [offset for _, _, offset in _listed(decompressed(found["VBA/dir"]))]
    except (KeyError, struct.error, IndexError) as error:
        raise ValueError("not a macro project") from error
    strangers = [name for name in found if name.startswith("VBA/__SRP_")]
    return cache != _NO_CACHE or any(offsets) or bool(strangers)


def modules_in(project_file: bytes) -> dict[str, str]:
    """Module name -> its source as stored, of a `vbaProject.bin` saved by anybody. ValueError where it cannot be read."""
    found = streams(project_file)
    try:
        facts = decompressed(found["VBA/dir"])
        return {name: decompressed(found[f"VBA/{stream}"][offset:]).decode(_ENCODING, "replace") for name, stream, offset in _listed(facts)}
    except (KeyError, struct.error, IndexError) as error:
        raise ValueError("not a macro project") from error


def _listed(facts: bytes) -> list[tuple[str, str, int]]:
    """Name, stream and where the source begins in it, of each module that the dir stream lists."""
    modules: list[tuple[str, str, int]] = []
    at, name, stream = 0, "", ""
    while at + 6 <= len(facts):
        kind, size = struct.unpack_from("<HI", facts, at)
        size = 6 if kind == 0x09 else size  # the version record counts itself short
        content = facts[at + 6:at + 6 + size]
        if kind == 0x19:
            name = content.decode(_ENCODING, "replace")
        elif kind == 0x32:
            stream = content.decode("utf-16-le", "replace")
        elif kind == 0x31:
            modules.append((name, stream, struct.unpack("<I", content)[0]))
        at += 6 + size
    return modules


def decompressed(data: bytes) -> bytes:
    """The content of a container of MS-OVBA 2.4.1. ValueError where it is none."""
    if data[:1] != b"\x01":
        raise ValueError("not compressed as macros are")
    out, at = bytearray(), 1
    while at + 2 <= len(data):
        head, = struct.unpack_from("<H", data, at)
        end = min(len(data), at + (head & 0x0FFF) + 3)
        at += 2
        if not head & 0x8000:
            out += data[at:end]
            at = end
            continue
        start = len(out)
        while at < end:
            flags = data[at]
            at += 1
            for bit in range(8):
                if at >= end:
                    break
                if not flags >> bit & 1:
                    out.append(data[at])
                    at += 1
                    continue
                token, = struct.unpack_from("<H", data, at)
                at += 2
                bits = max(4, (len(out) - start - 1).bit_length())
                offset, length = (token >> (16 - bits)) + 1, (token & (0xFFFF >> bits)) + 3
                if offset > len(out) - start:
                    raise ValueError("a copy from before the beginning")
                for _ in range(length):
                    out.append(out[-offset])
    return bytes(out)


# ------------------------------------------------------------------------------------------------ the compound file around it


@dataclass(frozen=True)
class _Entry:
    """A directory entry: its neighbours in the tree of its folder, and where its content begins."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


def streams(data: bytes) -> dict[str, bytes]:
    """Every stream of a compound file, its path with `/` between folders. ValueError where the file does not hold together."""
    try:
        return _streams(data)
    except (struct.error, IndexError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError("not a whole compound file") from error


def _streams(data: bytes) -> dict[str, bytes]:
    shift, = struct.unpack_from("<H", data, 30)
    if data[:8] != bytes.fromhex("d0cf11e0a1b11ae1") or shift != 9:
        raise ValueError("no compound file of version 3")
    sectors = [data[at:at + _SECTOR] for at in range(_SECTOR, len(data), _SECTOR)]
    count, directory = struct.unpack_from("<II", data, 44)
    mini_start, mini_count = struct.unpack_from("<II", data, 60)
    listed = struct.unpack_from("<109I", data, 76)
    if count > _HEADER_FATS:
        raise ValueError("more FAT lists than macro projects have")
    fat = [number for at in listed[:count] for number in struct.unpack(f"<{_SECTOR // 4}I", sectors[at])]
    entries = b"".join(sectors[at] for at in _chain(fat, directory))
    mini_fat = [number for at in _chain(fat, mini_start) for number in struct.unpack(f"<{_SECTOR // 4}I", sectors[at])] if mini_count else []
    read = [_entry(entries[at:at + 128]) for at in range(0, len(entries), 128)]
    mini = b"".join(sectors[at] for at in _chain(fat, read[0].start))
    found: dict[str, bytes] = {}
    waiting, seen = [(read[0].child, "")], set[int]()
    while waiting:
        number, folder = waiting.pop()
        if number == _NONE or number in seen:
            continue
        seen.add(number)
        entry = read[number]
        waiting += [(entry.left, folder), (entry.right, folder)]
        if entry.kind == _STREAM:
            small = entry.size < _CUTOFF
            pieces = ([mini[at * _MINI_SECTOR:(at + 1) * _MINI_SECTOR] for at in _chain(mini_fat, entry.start)] if small
                      else [sectors[at] for at in _chain(fat, entry.start)])
            found[folder + entry.name] = b"".join(pieces)[:entry.size]
        else:
            waiting.append((entry.child, f"{folder}{entry.name}/"))
    return found


def _entry(raw: bytes) -> _Entry:
    length, kind, _, left, right, child = struct.unpack_from("<HBBIII", raw, 64)
    start, size = struct.unpack_from("<II", raw, 116)
    return _Entry(raw[:max(0, length - 2)].decode("utf-16-le"), kind, left, right, child, start, size)


def _chain(fat: Sequence[int], start: int) -> list[int]:
    """The sectors that follow one another; ValueError where they go round in a ring."""
    chain: list[int] = []
    while start < _FAT_SECTOR:
        if len(chain) > len(fat):
            raise ValueError("a chain without an end")
        chain.append(start)
        start = fat[start]
    return chain
