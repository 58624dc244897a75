"""Workbooks under a password, in the encryption that Excel, WPS and LibreOffice open themselves (MS-OFFCRYPTO, agile)."""

from __future__ import annotations

import io

#: How an old workbook, and one under a password, begins.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class WrongPassword(Exception):
    """The password does not open the file."""


def is_sealed(data: bytes) -> bool:
    """Whether these are the bytes of a workbook under a password (an old xls begins alike, without the package inside)."""
    return data.startswith(COMPOUND) and "EncryptedPackage".encode("utf-16-le") in data


def sealed(data: bytes, password: str) -> bytes:
    """The workbook under a password. Two calls differ: each draws its own salt."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def opened(data: bytes, password: str) -> bytes:
    """The workbook again. Raises WrongPassword; ValueError where the file is damaged."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    out = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=password, verify_password=True)
        file.decrypt(out)
    except (InvalidKeyError, DecryptionError) as error:
        raise WrongPassword from error
    except (FileFormatError, ParseError, OSError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise ValueError("damaged") from error
    return out.getvalue()
