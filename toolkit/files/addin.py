"""The add-in in a user's own folders: where each system looks for it, what was put there, and taking exactly that away again.

No registry, no administrator. A small settings file names the Python that buttons start and the digest of every file installed.
"""

from __future__ import annotations

import hashlib
import shlex
from dataclasses import dataclass
from pathlib import Path, PurePath

from toolkit.files import outbox
from toolkit.files.workspace import templates_folder
from toolkit.model.spoken import decoded, encoded

ENDING = ".xlam"
#: First line of the settings file; Officer.bas reads the line `python=` below it.
HEAD = "ledger-toolkit excel 1"
SAME, CHANGED, GONE = "same", "changed", "gone"


@dataclass(frozen=True)
class Layout:
    """Where the add-in goes, where its settings lie, and on macOS the script that starts Python for a sandboxed Excel."""

    startup: Path
    settings: Path
    script: Path | None = None


def layout(platform: str, home: Path, appdata: str = "") -> Layout | None:
    """The folders of one system (`sys.platform`), None where there is no Excel. `appdata`: %APPDATA% where it is set."""
    if platform == "win32":
        roaming = Path(appdata) if appdata else home / "AppData" / "Roaming"
        return Layout(roaming / "Microsoft" / "Excel" / "XLSTART", roaming / "ledger-toolkit" / "excel.txt")
    if platform == "darwin":
        library = home / "Library"
        office = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
        return Layout(office / "Startup.localized" / "Excel", library / "Application Support" / "ledger-toolkit" / "excel.txt",
                      library / "Application Scripts" / "com.microsoft.Excel" / "ledger.applescript")
    return None


def shipped() -> Path | None:
    """The add-in we ship among the templates; None where it is missing."""
    return next(iter(sorted(templates_folder().glob(f"*{ENDING}"))), None)


@dataclass(frozen=True)
class Settings:
    """What an installation left: the Python that buttons start, and (path, SHA-256) of each file."""

    python: str = ""
    files: tuple[tuple[Path, str], ...] = ()

    def text(self) -> str:
        """ASCII, whatever the paths; lines end as VBA's Line Input wants them."""
        lines = [HEAD, f"python={encoded(self.python)}", *(f"file={digest} {encoded(str(path))}" for path, digest in self.files)]
        return "\r\n".join([*lines, ""])

    def state(self, path: Path) -> str:
        """Whether a file is as it was installed."""
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except FileNotFoundError:
            return GONE
        except OSError:
            return CHANGED
        return SAME if (path, digest) in self.files else CHANGED


def read(path: Path) -> Settings | None:
    """The settings there; None where nothing of ours lies there."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    if not lines or lines[0] != HEAD:
        return None
    pairs = [line.split("=", 1) for line in lines[1:] if "=" in line]
    python = next((decoded(value) for name, value in pairs if name == "python"), "")
    files = [value.split(" ", 1) for name, value in pairs if name == "file" and " " in value]
    return Settings(python, tuple((Path(decoded(there)), digest) for digest, there in files))


def contents(places: Layout, addin: Path, python: str) -> dict[Path, bytes]:
    """Every file of an installation but the settings, and what it holds."""
    files = {places.startup / addin.name: addin.read_bytes()}
    if places.script is not None:
        files[places.script] = script(python).encode()
    return files


def foreign(settings: Settings | None, files: dict[Path, bytes]) -> list[Path]:
    """Files that stand in the way: neither as we left them nor as we would write them."""
    known = settings or Settings()
    return [path for path, data in files.items() if known.state(path) == CHANGED and not _holds(path, data)]


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def write(places: Layout, files: dict[Path, bytes], python: str) -> None:
    """Install; the settings first, so that whatever is written can be found and taken away. Raises OSError."""
    earlier = read(places.settings) or Settings()
    new = tuple((path, hashlib.sha256(data).hexdigest()) for path, data in files.items())
    old = tuple(one for one in earlier.files if one not in new)
    outbox.put(places.settings, Settings(python, (*new, *old)).text().encode("ascii"), force=True)
    for path, data in files.items():
        if not _holds(path, data):
            outbox.put(path, data, force=True)
    for path, _ in old:
        if path not in files and earlier.state(path) == SAME:
            path.unlink()
    outbox.put(places.settings, Settings(python, new).text().encode("ascii"), force=True)


def take_away(places: Layout, settings: Settings) -> list[Path]:
    """Remove what is as it was installed; the files left because somebody changed them. Raises OSError."""
    left = []
    for path in dict.fromkeys(path for path, _ in settings.files):
        state = settings.state(path)
        if state == SAME:
            path.unlink()
        elif state == CHANGED:
            left.append(path)
    places.settings.unlink()
    if not any(places.settings.parent.iterdir()):
        places.settings.parent.rmdir()
    return left


def windowless(python: str, platform: str) -> str:
    """The Python that opens no black window, where there is one beside."""
    quiet = PurePath(python).with_name("pythonw.exe")
    return str(quiet) if platform == "win32" and Path(quiet).is_file() else python


def script(python: str) -> str:
    """What a macro on macOS may ask for: one of our buttons, nothing else. Words come in the form of `model/spoken.py`, parted by |."""
    command = f"{shlex.quote(python)} -P -m toolkit.excel".replace("\\", "\\\\").replace('"', '\\"')
    return f'''on pressButton(spokenWords)
	set AppleScript's text item delimiters to "|"
	set command to "{command}"
	repeat with spoken in text items of spokenWords
		set command to command & " " & quoted form of (contents of spoken)
	end repeat
	do shell script command & " > /dev/null 2>&1 &"
	return "started"
end pressButton
'''
