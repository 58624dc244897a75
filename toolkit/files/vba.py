"""A macro project from text: `vbaProject.bin` after MS-OVBA, without any code of a compiler and without Office.

Sources are UTF-8 text; the project is stored in code page 936, which Chinese Windows reads. A character outside it stops
the build with its place. Equal sources give equal bytes: identifiers follow from the text, nothing reads a clock.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.files.compound import compound_file

CODE_PAGE = 936
_ENCODING = "cp936"
_CHUNK = 4096
#: Module kinds: standard module, class, the workbook's own module, a sheet's own module.
STANDARD, CLASS, WORKBOOK, SHEET = "standard", "class", "workbook", "sheet"
_BASES = {WORKBOOK: "0{00020819-0000-0000-C000-000000000046}", SHEET: "0{00020820-0000-0000-C000-000000000046}"}
_STDOLE = r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"


class SourceFault(ValueError):
    """A source that cannot be stored: module, line, what is wrong."""


@dataclass(frozen=True)
class Module:
    """One module of a project. `source`: as an editor shows it, without Attribute lines (those given are kept)."""

    name: str
    source: str
    kind: str = STANDARD

    def stored(self) -> bytes:
        """The text of its stream: attributes first, CRLF, code page 936. SourceFault names a character outside it."""
        lines = self.source.lstrip("\ufeff").replace("\r\n", "\n").rstrip("\n").split("\n")
        given = [line for line in lines if line.startswith("Attribute VB_") and "." not in line.split("=")[0]]
        body = [line for line in lines if line not in given]
        named = {line.split("=")[0].strip() for line in given}
        head = given + [line for line in _attributes(self) if line.split("=")[0].strip() not in named]
        text = "\r\n".join([*head, *body, ""])
        try:
            return text.encode(_ENCODING)
        except UnicodeEncodeError as error:
            wrong = text[error.start]
            line = next(number for number, source in enumerate(lines, 1) if wrong in source)
            raise SourceFault(f"{self.name}, line {line}: U+{ord(wrong):04X} {wrong} is not in code page {CODE_PAGE}") from None


def _attributes(module: Module) -> list[str]:
    name = f'Attribute VB_Name = "{module.name}"'
    if module.kind == STANDARD:
        return [name]
    own = module.kind in _BASES
    base = [f'Attribute VB_Base = "{_BASES[module.kind]}"'] if own else []
    rest = ["Attribute VB_GlobalNameSpace = False", "Attribute VB_Creatable = False", f"Attribute VB_PredeclaredId = {own}", f"Attribute VB_Exposed = {own}"]
    return [name, *base, *rest, *(["Attribute VB_TemplateDerived = False", "Attribute VB_Customizable = True"] if own else [])]


def project(modules: Sequence[Module], name: str = "VBAProject") -> bytes:
    """`vbaProject.bin` of these modules. The workbook's and sheets' own modules must be among them, under their code names."""
    stored = {module.name: module.stored() for module in modules}
    identifier = _identifier(b"".join(stored[module.name] for module in modules))
    vba = {module.name: compressed(stored[module.name]) for module in modules}
    return compound_file({
        "VBA": {"dir": compressed(_dir(modules, name)), "_VBA_PROJECT": struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0), **vba},
        "PROJECT": _project_text(modules, name, identifier),
        "PROJECTwm": b"".join(_bytes(module.name) + b"\0" + module.name.encode("utf-16-le") + b"\0\0" for module in modules) + b"\0\0",
    })


def _identifier(content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest().upper()
    return "{" + "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32])) + "}"


def _bytes(text: str) -> bytes:
    return text.encode(_ENCODING)


# ------------------------------------------------------------------------------------------------ the dir stream


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _both(number: int, wide: int, text: str) -> bytes:
    """A text twice: in the code page, and in UTF-16."""
    return _record(number, _bytes(text)) + _record(wide, text.encode("utf-16-le"))


def _dir(modules: Sequence[Module], name: str) -> bytes:
    """What the project is and which modules it has (MS-OVBA 2.3.4.2)."""
    about = [
        _record(0x01, struct.pack("<I", 1)), _record(0x02, struct.pack("<I", 0x409)), _record(0x14, struct.pack("<I", 0x409)),
        _record(0x03, struct.pack("<H", CODE_PAGE)), _record(0x04, _bytes(name)), _both(0x05, 0x40, ""), _both(0x06, 0x3D, ""),
        _record(0x07, struct.pack("<I", 0)), _record(0x08, struct.pack("<I", 0)), struct.pack("<HIIH", 0x09, 4, 1, 1), _both(0x0C, 0x3C, ""),
        _both(0x16, 0x3E, "stdole"), _record(0x0D, _record(0, _bytes(_STDOLE))[2:] + struct.pack("<IH", 0, 0)),
        _record(0x0F, struct.pack("<H", len(modules))), _record(0x13, struct.pack("<H", 0xFFFF)),
    ]
    for module in modules:
        about += [
            _both(0x19, 0x47, module.name), _both(0x1A, 0x32, module.name), _both(0x1C, 0x48, ""), _record(0x31, struct.pack("<I", 0)),
            _record(0x1E, struct.pack("<I", 0)), _record(0x2C, struct.pack("<H", 0xFFFF)), _record(0x21 if module.kind == STANDARD else 0x22, b""),
            _record(0x2B, b""),
        ]
    return b"".join([*about, _record(0x10, b"")])


#: No protection, no password, visible.
_OPEN = (("CMG", bytes(4), 1), ("DPB", bytes(1), 2), ("GC", b"\xff", 3))


def _project_text(modules: Sequence[Module], name: str, identifier: str) -> bytes:
    """The PROJECT stream: the list a person could read (MS-OVBA 2.3.1)."""
    words = {STANDARD: "Module={}", CLASS: "Class={}", WORKBOOK: "Document={}/&H00000000", SHEET: "Document={}/&H00000000"}
    lines = [f'ID="{identifier}"', *[words[module.kind].format(module.name) for module in modules], f'Name="{name}"', 'HelpContextID="0"',
             'VersionCompatible32="393222000"', *[f'{word}="{_hidden(data, seed, identifier)}"' for word, data, seed in _OPEN], "", "[Host Extender Info]",
             "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000", "", "[Workspace]",
             *[f"{module.name}=0, 0, 0, 0, C" for module in modules], ""]
    return _bytes("\r\n".join(lines))


def _hidden(data: bytes, seed: int, identifier: str) -> str:
    """Data encrypted as MS-OVBA 2.4.3.2 wants it."""
    key = sum(identifier.encode()) & 0xFF
    out = [seed, seed ^ 2, seed ^ key]
    plain, first, second = key, out[2], out[1]
    for value in (*[7] * ((seed & 6) // 2), *struct.pack("<I", len(data)), *data):
        byte = value ^ ((second + plain) & 0xFF)
        out.append(byte)
        plain, first, second = value, byte, first
    return bytes(out).hex().upper()


# ------------------------------------------------------------------------------------------------ compression


def compressed(data: bytes) -> bytes:
    """Data in the container of MS-OVBA 2.4.1: chunks of 4,096 bytes of literals and copies."""
    return b"\x01" + b"".join(_chunk(data[at:at + _CHUNK]) for at in range(0, len(data), _CHUNK))


def _chunk(data: bytes) -> bytes:
    body = _tokens(data)
    if len(body) > _CHUNK:
        return struct.pack("<H", 0x3FFF) + data.ljust(_CHUNK, b"\0")  # not worth compressing: stored as it is
    return struct.pack("<H", 0xB000 | (len(body) - 1)) + body


def _tokens(data: bytes) -> bytes:
    """Groups of eight tokens with a byte of flags before them; a copy is found through the last place of its first three bytes."""
    out, places, at = bytearray(), dict[bytes, list[int]](), 0
    while at < len(data):
        flags, group = 0, bytearray()
        for bit in range(8):
            if at >= len(data):
                break
            offset, length = _longest(data, at, places)
            if length >= 3:
                flags |= 1 << bit
                bits = max(4, (at - 1).bit_length()) if at else 4
                group += struct.pack("<H", (offset - 1) << (16 - bits) | (length - 3))
            else:
                length = 1
                group.append(data[at])
            for place in range(at, at + length):
                places.setdefault(data[place:place + 3], []).append(place)
            at += length
        out.append(flags)
        out += group
    return bytes(out)


def _longest(data: bytes, at: int, places: dict[bytes, list[int]]) -> tuple[int, int]:
    """Distance and length of the longest earlier match that a copy token at this place can name."""
    bits = max(4, (at - 1).bit_length()) if at else 4
    most = (0xFFFF >> bits) + 3
    best_offset, best = 0, 0
    for place in reversed(places.get(data[at:at + 3], [])[-32:]):
        length = 0
        while length < most and at + length < len(data) and data[place + length] == data[at + length]:
            length += 1
        if length > best:
            best_offset, best = at - place, length
    return best_offset, best
