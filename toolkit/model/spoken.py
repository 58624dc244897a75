"""How a macro writes a path or a text on a command line, so that no code page can spoil it.

`%` at the beginning marks the form; then plain signs stand for themselves and every other UTF-16 unit is `%` and four hex digits.
"""

from __future__ import annotations

import re

_FORM = re.compile(r"%(?:[A-Za-z0-9._:/\\-]|%[0-9A-Fa-f]{4})*")
_PLAIN = re.compile(r"[A-Za-z0-9._:/\\-]")


def decoded(word: str) -> str:
    """The text of a word as a macro writes it; any other word is itself."""
    if not _FORM.fullmatch(word):
        return word
    units = re.findall(r"%([0-9A-Fa-f]{4})|(.)", word[1:])
    return b"".join((int(code, 16) if code else ord(sign)).to_bytes(2, "little") for code, sign in units).decode("utf-16-le", "replace")


def encoded(text: str) -> str:
    """What Officer.bas writes for a text; used for the settings file and as its referee in tests."""
    raw = text.encode("utf-16-le", "surrogatepass")
    units = [int.from_bytes(raw[at:at + 2], "little") for at in range(0, len(raw), 2)]
    return "%" + "".join(chr(unit) if unit < 128 and _PLAIN.fullmatch(chr(unit)) else f"%{unit:04X}" for unit in units)
