"""The door: which files are taken at all, by what they are and not by what they are called (FACTS A2)."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.files.budgets import LARGEST_FILE, LARGEST_PARTS, MOST_MEMBERS
from toolkit.files.compound import COMPOUND, root_names
from toolkit.files.seal import Password, WrongPassword, is_sealed, nobody, opened, sealed
from toolkit.model.report import REPORT_MARK
from toolkit.model.sheet import Book, Refused

_TRIES = 3  # at a file that changes while it is read
_CAREFULLY = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
_PICTURES = ("media/", "pictures/", "thumbnails/")
#: What people keep beside workbooks; never a candidate in a folder.
_OTHER_ENDINGS = frozenset((".toml", ".txt", ".md", ".json", ".html", ".htm", ".docx", ".doc", ".pdf", ".png", ".jpg", ".jpeg", ".zip", ".rar",
                            ".cmd", ".bat", ".py", ".xlam", ".log", ".tmp", ".parquet"))
_PROPERTIES, _MOST_PROPERTIES = "docProps/core.xml", 4096
_LOCKS = ("~$", ".~lock", ".~", "~")
RECEIVED = "received.csv"
_OWN_LISTS = frozenset((RECEIVED, "units.csv", "units.xlsx", "institutions.csv", "history.csv", "sample-log.csv"))


@dataclass(frozen=True)
class Found:
    """Candidates under some paths, what was passed over with why, and paths that do not exist."""

    files: tuple[Path, ...]
    passed_over: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def find(paths: Sequence[Path]) -> Found:
    """Files named, and all in folders named: in order of name, links never followed, locks and our lists passed over."""
    files: list[Path] = []
    passed: list[tuple[str, str]] = []
    missing: list[str] = []
    for path in paths:
        if not os.path.lexists(path):
            missing.append(str(path))
        elif os.path.isdir(path) and not path.is_symlink():
            inside, closed = _walk(path)
            passed += [(shown_name(folder), "closed") for folder in closed]
            for file in inside:
                reason = _passed_over(file)
                if reason:
                    passed.append((shown_name(file), reason))
                else:
                    files.append(file)
        else:
            files.append(path)
    return Found(tuple(dict.fromkeys(files)), tuple(passed), tuple(missing))


def find_every(paths: Sequence[Path]) -> Found:
    """The same with everything that stands in a folder, whatever it is called and whoever wrote it, but locks: all of it might go out."""
    found = find(paths)
    inside = [file for path in paths if os.path.isdir(path) and not path.is_symlink() for file in _walk(path)[0]]
    locks = tuple((shown_name(file), "lock") for file in inside if file.name.startswith(_LOCKS))
    files = [*(file for file in inside if not file.name.startswith(_LOCKS)), *found.files]
    return Found(tuple(dict.fromkeys(files)), (*locks, *(pair for pair in found.passed_over if pair[1] == "closed")), found.missing)


def names_beside(files: Sequence[Path]) -> frozenset[str]:
    """What else the folders of some files hold; nothing where a folder may not be looked into."""
    names: set[str] = set()
    for folder in {file.parent for file in files}:
        with contextlib.suppress(OSError):
            names.update(shown_name(Path(name)) for name in os.listdir(folder))
    return frozenset(names)


def _walk(folder: Path) -> tuple[list[Path], list[Path]]:
    """All files under a folder, and the folders that may not be looked into. However deep: no function calls itself."""
    files: list[Path] = []
    closed: list[Path] = []
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path.is_symlink() or not os.path.isdir(path):
            files.append(path)
            continue
        try:
            names = sorted(os.listdir(path), reverse=True)
        except OSError:
            closed.append(path)
            continue
        waiting += [path / name for name in names if not (name.startswith(".") and os.path.isdir(path / name) and not os.path.islink(path / name))]
    return files, closed


def _passed_over(file: Path) -> str:
    """Why a file in a folder is no candidate: `lock`, `list` (one of our own lists), `report` (one we wrote) or `other`; "" where it is one."""
    name = file.name
    if name.startswith(_LOCKS):
        return "lock"
    if name in _OWN_LISTS or name.startswith("."):
        return "list"
    ending = file.suffix.lower()
    if ending == ".txt" and _is_unicode_text(file):
        return ""
    if ending in _OTHER_ENDINGS:
        return "other"
    return "report" if ending == ".xlsx" and _is_report(file) else ""


def _is_unicode_text(file: Path) -> bool:
    """What Excel saves as Unicode 文本: UTF-16 with cells parted by tabs. Any other .txt is a note beside the workbooks."""
    try:
        if not stat.S_ISREG(os.lstat(file).st_mode):
            return False
        with file.open("rb") as stream:
            head = stream.read(4000)
    except OSError:
        return False
    return head.startswith(b"\xff\xfe") and b"\t\x00" in head


def _is_report(file: Path) -> bool:
    """Whether a workbook's properties say that it is a report of ours. Anything odd is for the reader to judge."""
    try:
        facts = os.lstat(file)
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST_FILE or _members(file.read_bytes()) > MOST_MEMBERS:
            return False
        with zipfile.ZipFile(file) as archive, archive.open(_PROPERTIES) as stream:
            return f"<cp:category>{REPORT_MARK}<".encode() in stream.read(_MOST_PROPERTIES)
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        return False


@dataclass(frozen=True)
class Contents:
    """What a file holds: its bytes, those under the password where it is sealed; `password`: the one that opened it, "" for an open file."""

    data: bytes = field(repr=False)
    password: str = field(default="", repr=False)

    @property
    def digest(self) -> str:
        """Of what was sealed: two seals of one workbook are one file."""
        return hashlib.sha256(self.data).hexdigest()

    def kept(self, data: bytes) -> bytes:
        """New content for the same file: sealed again, with its own password, where it was."""
        return sealed(data, self.password) if self.password else data


def contents(path: Path, password: Password = nobody) -> Contents | Refused:
    """The bytes of a plain file; a sealed one is opened in memory only. `password` is asked where the file is sealed."""
    data = _bytes(path)
    if isinstance(data, Refused) or not is_sealed(data):
        return data if isinstance(data, Refused) else Contents(data)
    secret = password()
    if not secret:
        return Refused(shown_name(path), "F202", "encrypted", hashlib.sha256(data).hexdigest())
    try:
        return Contents(opened(data, secret), secret)
    except WrongPassword:
        return Refused(shown_name(path), "F202", "wrong_password")
    except ValueError:
        return Refused(shown_name(path), "F203", "damaged")


def open_book(path: Path, counted: Callable[[int], None] = lambda cells: None, password: Password = nobody) -> Book | Refused:
    """One file through all guards and, by its content, to the reader that knows its kind; `counted` is told its used cells."""
    found = contents(path, password)
    return found if isinstance(found, Refused) else book_of(shown_name(path), found.data, counted)


def to_be_replaced(path: Path, password: Password) -> tuple[Contents, Book] | Refused:
    """A file that a command changes in its place: what it holds, and the workbook that is."""
    found = contents(path, password)
    if isinstance(found, Refused):
        return found
    book = book_of(shown_name(path), found.data)
    return book if isinstance(book, Refused) else (found, book)


def book_of(name: str, data: bytes, counted: Callable[[int], None] = lambda cells: None) -> Book | Refused:
    """The workbook that some bytes are, of a file of this name."""
    from toolkit.files import delimited, spreadsheets

    digest = hashlib.sha256(data).hexdigest()
    kind = kind_of(data)
    if kind.startswith("F2"):
        code, _, why = kind.partition(" ")
        return Refused(name, code, why, digest)
    if kind == "csv":
        return delimited.read(name, data, digest)
    return spreadsheets.read(name, kind, data, digest, counted)


def shown_name(path: Path) -> str:
    """The base name as people can read it: names from old archives are often in GB18030, which the system hands over byte by byte."""
    raw = os.fsencode(path.name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file that was not read to its end by a reader; "" where it cannot be had cheaply."""
    data = _bytes(path)
    return "" if isinstance(data, Refused) else hashlib.sha256(data).hexdigest()


def bytes_of(path: Path) -> bytes | Refused:
    """The whole of a plain file as it stands, sealed or not, behind the first guards."""
    return _bytes(path)


def any_sealed(paths: Sequence[Path]) -> bool:
    """Whether one of these files is a workbook under a password."""
    return any(not isinstance(data := _bytes(path), Refused) and is_sealed(data) for path in paths if _starts_compound(path))


def _starts_compound(path: Path) -> bool:
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
        with path.open("rb") as stream:
            return stream.read(len(COMPOUND)) == COMPOUND
    except OSError:
        return False


def _bytes(path: Path) -> bytes | Refused:
    """The whole of a plain file, as it stood at one moment. No link is followed and no pipe waited for."""
    name = shown_name(path)
    try:
        facts = os.lstat(path)
        if not stat.S_ISREG(facts.st_mode):
            return Refused(name, "F207", "not_a_file")
        if facts.st_size > LARGEST_FILE:
            return Refused(name, "F204", "too_large")
        for _ in range(_TRIES):
            data = _at_one_moment(path)
            if data is not None:
                break
        else:
            return Refused(name, "F207", "changing")
    except FileNotFoundError:
        return Refused(name, "F207", "gone")
    except OSError:
        return Refused(name, "F207", "unreadable")
    if not data:
        return Refused(name, "F203", "empty", hashlib.sha256(data).hexdigest())
    return data if len(data) <= LARGEST_FILE else Refused(name, "F204", "too_large")


def _at_one_moment(path: Path) -> bytes | None:
    """Its bytes, one more than allowed at most; None where it changed while it was read. OSError where it is no plain file."""
    with open(os.open(path, os.O_RDONLY | _CAREFULLY), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError("no longer a plain file")
        return _unchanged(stream)


def _unchanged(stream: io.BufferedReader) -> bytes | None:
    before = os.fstat(stream.fileno())
    data = stream.read(LARGEST_FILE + 1)
    after = os.fstat(stream.fileno())
    whole = len(data) == after.st_size or len(data) > LARGEST_FILE
    return data if whole and (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) else None


def kind_of(data: bytes) -> str:
    """`xlsx`, `xlsb`, `xls`, `ods`, `csv`, or `F2xx why` where it is none of them."""
    from toolkit.files import delimited

    head = data[:512]
    if head.startswith(b"PK"):
        return _zip_kind(data)
    if head.startswith(COMPOUND):
        return _compound_kind(root_names(data))
    for start, kind in ((b"%PDF", "pdf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"Rar!", "zip"),
                        (b"7z\xbc\xaf", "zip"), (b"{\\rtf", "word")):
        if head.startswith(start):
            return f"F201 {kind}"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")):
        return "F201 html"
    if text.startswith(b"<?xml") or text.startswith(b"<"):
        return "F201 html" if b"<html" in text else "F201 xml"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv"
    if b"\x00" in data[:65536] and not delimited.without_bom(data):
        return "F203 nul" if delimited.is_text_with_zeros(data) else "F201 unknown"
    return "csv"


def _compound_kind(names: frozenset[str]) -> str:
    """By what stands right under the root: a workbook may hold a document, a document a workbook, and any text may stand in either."""
    if "encryptedpackage" in names:
        return "F202 encrypted"
    if names & {"workbook", "book"}:
        return "xls"
    return "F201 word" if "worddocument" in names else "xls"


def _zip_kind(data: bytes) -> str:
    if _members(data) > MOST_MEMBERS:
        return "F204 too_large"
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "F203 damaged"
    names = [member.filename.lower().lstrip("/") for member in members]
    if any(member.flag_bits & 1 for member in members):
        return "F202 encrypted"
    kind = ("xlsb" if "xl/workbook.bin" in names else "ods" if "content.xml" in names and "mimetype" in names
            else "xlsx" if any(name.endswith("workbook.xml") for name in names) or "[content_types].xml" in names else "")
    if not kind:
        return "F201 zip"
    if kind == "ods" and b"encryption-data" in _manifest(archive):
        return "F202 encrypted"
    if "word/document.xml" in names:
        return "F201 word"
    if len(set(names)) != len(names):
        return "F203 damaged"
    heavy = sum(member.file_size for member in members if member.filename.lower().endswith((".xml", ".bin", ".rels"))
                or not any(folder in member.filename.lower() for folder in _PICTURES))
    return "F204 too_large" if heavy > LARGEST_PARTS else kind


def _members(data: bytes) -> int:
    """How many members a zip can have at most, before the list of them is made."""
    return data.count(b"PK\x01\x02")


def _manifest(archive: zipfile.ZipFile) -> bytes:
    try:
        return archive.read("META-INF/manifest.xml")
    except (KeyError, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        return b""
