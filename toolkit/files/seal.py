"""Workbooks under a password, in the encryption that Excel, WPS and LibreOffice open themselves (MS-OFFCRYPTO). In memory only: nothing
that was under a password is written anywhere without it."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable

from toolkit.files.budgets import MOST_SPINS
from toolkit.files.compound import COMPOUND, open_compound, root_names

#: Asks for the password of a run's sealed files: the first time it is called, the same answer after; "" where nobody can be asked.
Password = Callable[[], str]


class WrongPassword(Exception):
    """The password does not open the file."""


def nobody() -> str:
    """The password where there is nobody to ask."""
    return ""


def is_sealed(data: bytes) -> bool:
    """Whether these are the bytes of a workbook under a password (an old xls begins alike, without the package inside)."""
    return data.startswith(COMPOUND) and "encryptedpackage" in root_names(data)


def sealed(data: bytes, password: str) -> bytes:
    """The workbook under a password. Two calls differ: each draws its own salt."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def opened(data: bytes, password: str) -> bytes:
    """The workbook again. Raises WrongPassword; ValueError where the file is damaged, or asks for more work than a password is worth."""
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
    from msoffcrypto.format.ooxml import OOXMLFile  # and no other format of the library: those write what they open to the disk

    out = io.BytesIO()
    try:
        _worth_opening(open_compound(data).stream("encryptioninfo") or b"")
        file = OOXMLFile(io.BytesIO(data))
        try:
            file.load_key(password=password, verify_password=True)
        except InvalidKeyError as error:
            raise WrongPassword from error
        file.decrypt(out)
    except (InvalidKeyError, DecryptionError, FileFormatError, ParseError, OSError, LookupError, TypeError, AttributeError, struct.error) as error:
        raise ValueError("damaged") from error
    return out.getvalue()


def _worth_opening(info: bytes) -> None:
    """ValueError for a description of the encryption that would keep the machine busy: a document type, or rounds without end."""
    if b"<!" in info or any(len(spins) > 9 or int(spins) > MOST_SPINS for spins in re.findall(rb"spinCount\s*=\s*[\"'](\d+)", info)):
        raise ValueError("endless")
