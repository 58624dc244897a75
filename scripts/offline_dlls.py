"""Windows libraries that a folder needs and nobody brings: found by reading, since nothing can be loaded here.

The layout read is Microsoft's PE/COFF specification: the import directory (1) and the delay import directory (13).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

#: Part of every 64-bit Windows 10 and later; api-ms-win-crt-… is its C library.
OF_WINDOWS = frozenset("""advapi32 bcrypt bcryptprimitives combase comctl32 comdlg32 credui crypt32 dbghelp gdi32 iphlpapi kernel32 ktmw32 loadperf lz32 mpr
msimg32 msvcrt mswsock ncrypt netapi32 ntdll ntdsapi odbc32 ole32 oleacc oleaut32 pathcch pdh powrprof propsys psapi rasapi32 rpcrt4 secur32 setupapi sfc
shell32 shlwapi urlmon user32 userenv uxtheme version webservices wevtapi winhttp wininet winmm winspool.drv ws2_32 wsock32 wtsapi32""".split())
OF_WINDOWS_FAMILIES = ("api-ms-win-crt-", "api-ms-win-core-")
#: What the embeddable Python has to bring.
OF_PYTHON = frozenset(("python3.dll", "python311.dll", "vcruntime140.dll", "vcruntime140_1.dll"))


def imports(data: bytes) -> list[str]:
    """Names of the libraries an .exe, .dll or .pyd (64-bit) loads, in small letters; empty where it is none."""
    if data[:2] != b"MZ":
        return []
    header = _number(data, 0x3C)
    sections, optional = struct.unpack_from("<H", data, header + 6)[0], header + 24
    table = optional + struct.unpack_from("<H", data, header + 20)[0]
    places = [struct.unpack_from("<4I", data, table + 40 * index + 8) for index in range(sections)]

    def offset(address: int) -> int:
        return int(next(raw + address - start for size, start, stored, raw in places if start <= address < start + max(size, stored)))

    def names(directory: int, width: int, field: int) -> Iterator[str]:
        start = _number(data, optional + 112 + 8 * directory)
        while start and (name := _number(data, offset(start) + field)):
            at = offset(name)
            yield data[at:data.index(b"\0", at)].decode("ascii").lower()
            start += width

    return [*names(1, 20, 12), *names(13, 32, 4)]


def unanswered(files: Mapping[str, bytes]) -> list[str]:
    """`file: library` for every library that is neither among the files, nor Python's, nor part of Windows."""
    programs = {name: data for name, data in files.items() if name.lower().endswith((".dll", ".exe", ".pyd"))}
    brought = {name.lower().rsplit("/", 1)[-1] for name in programs} | OF_PYTHON
    return [f"{name}: {wanted}" for name, data in sorted(programs.items()) for wanted in imports(data)
            if wanted not in brought and wanted.removesuffix(".dll") not in OF_WINDOWS and not wanted.startswith(OF_WINDOWS_FAMILIES)]


def _number(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])
