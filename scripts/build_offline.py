"""The offline folders of a release: one zip each for Windows x64, Linux x86_64 and Linux aarch64, and their SHA-256.

    .venv/bin/python scripts/build_offline.py                          all three, into dist/offline
    .venv/bin/python scripts/build_offline.py --target windows-x64     one of them
    .venv/bin/python scripts/build_offline.py --runtimes FOLDER        archives of Python fetched elsewhere (names and SHA-256: offline_targets.py)
    .venv/bin/python scripts/build_offline.py --no-runtimes            do not try to fetch them

Runs in the project's environment (`python3 scripts/setup.py --dev`). Wheels come from pip with its own settings; a Python for
Windows comes from python.org, one for Linux from python-build-standalone. Where an archive cannot be had the zip is made without
it, the script says so and ends with 1: a Windows zip without Python is no release. Every zip is proved complete first; where one
is not, nothing is written. Equal wheels give equal bytes on one Python build.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

import offline_dlls
import offline_wheels
import setup
from offline_targets import NEWEST_GLIBC, TARGETS, Target

TEXTS = Path(__file__).parent / "offline"
BLANKS = setup.ROOT / "templates" / "xlsx"
GUIDES = setup.ROOT / "docs" / "guide"
SITE = "python/Lib/site-packages"
#: Parts of libraries that only their own developers use: half of the files, and unpacking is slow on office machines. xlwings/pro has a
#: licence that does not let us pass it on; xlwings does without it. win32comext wants a library of Visual C++ that nobody brings.
LEFT_OUT = ("*/tests/*", "pyarrow/include/*", "*.lib", "*.pxd", "*.pyi", "xlwings/pro/*", "pythonwin/*", "win32comext/*", "*.chm", "*/[Dd]emos/*")
STAMP = (2025, 1, 1, 0, 0, 0)  # every file in every zip: the same content gives the same bytes
SECONDS = 30  # to wait for an archive of Python

Files = dict[str, bytes]


def own_wheel(folder: Path) -> Path:
    """Our wheel, built with the build tool already installed."""
    done = subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation",
                           "--wheel-dir", str(folder), str(setup.ROOT)], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"× the wheel could not be built. / 做不出安装包。\n{done.stderr.strip()}")
    return next(folder.glob("ledger_toolkit-*.whl"))


def runtime(target: Target, folder: Path | None, fetch: bool) -> bytes | None:
    """The archive of Python, its SHA-256 checked; None where it is not at hand and cannot be fetched, which is said."""
    wanted = target.runtime
    path = folder / wanted.name if folder else None
    if path and path.is_file():
        data = path.read_bytes()
    elif not fetch:
        return None
    else:
        try:
            with urllib.request.urlopen(wanted.address, timeout=SECONDS) as stream:
                data = stream.read()
        except (OSError, ValueError) as error:
            print(f"△ {target.name}: {wanted.name} cannot be fetched from here ({error}). Fetch it elsewhere and give its folder with --runtimes. "
                  "/ 从这里取不到，请在别处下载后用 --runtimes 指明所在文件夹。", flush=True)
            return None
    if hashlib.sha256(data).hexdigest() != wanted.sha256:
        raise SystemExit(f"× {wanted.name}: SHA-256 is not {wanted.sha256}; not used. / 与登记的不符，没有使用。")
    return data


def expanded(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """A wheel's files as they lie in site-packages; its programs and headers are not needed, ours is started with -m."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            top, _, rest = name.partition("/")
            if top.endswith(".data"):
                kind, _, rest = rest.partition("/")
                if kind not in ("purelib", "platlib"):
                    continue
                name = rest
            if not name.endswith("/") and not any(fnmatch(name, pattern) for pattern in LEFT_OUT):
                yield name, archive.read(f"{top}/{kind}/{rest}" if top.endswith(".data") else name)


def windows_folder(target: Target, wheels: list[Path], python: bytes | None) -> Files:
    """Python beside its libraries, already unpacked: nothing is installed."""
    files: Files = {f"{SITE}/{name}": data for wheel in wheels for name, data in expanded(wheel)}
    if python is not None:
        with zipfile.ZipFile(io.BytesIO(python)) as archive:
            files |= {f"python/{name}": archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    minor = "{}{}".format(*target.python)
    # With this file Python looks nowhere else: not in the registry, the environment or the current folder. site reads pywin32.pth.
    files[f"python/python{minor}._pth"] = f"python{minor}.zip\n.\nLib\\site-packages\nimport site\n".encode()
    note = "" if python is not None else f"\n注意：这个文件夹里还没有 Python，请把 {target.runtime.name} 解压到 python 文件夹（保留其中的 python{minor}._pth）。\n"
    files["台账.cmd"] = _crlf((TEXTS / "台账.cmd").read_text(encoding="utf-8"))
    files["ledger.cmd"] = _crlf((TEXTS / "ledger.cmd").read_text(encoding="utf-8"))
    # Notepad before 2019 takes a text for UTF-8 only with this mark.
    files["请先看我.txt"] = b"\xef\xbb\xbf" + _crlf(_text("windows.txt", version=version(), python=note))
    return files


def linux_folder(target: Target, wheels: list[Path], python: bytes | None) -> Files:
    """Wheels and a script that installs them for one user."""
    files: Files = {f"wheels/{wheel.name}": wheel.read_bytes() for wheel in wheels}
    if python is not None:
        files[target.runtime.name] = python
    minor = "{}.{}".format(*target.python)
    script = (TEXTS / "install.sh").read_text(encoding="utf-8")
    marks = {"MACHINE": target.machine, "GLIBC": str(NEWEST_GLIBC), "PYTHON": minor, "RUNTIME": target.runtime.name, "SHA256": target.runtime.sha256,
             "VERSION": version()}
    for mark, value in marks.items():
        script = script.replace(f"@{mark}@", value)
    files["install.sh"] = script.encode()
    note = (f"  本文件夹里带了一个 Python（{target.runtime.name}），安装时自动使用。" if python is not None else
            f"  本文件夹里没有带 Python。电脑上没有 3.11 的，请把 {target.runtime.name} 放进来再装。")
    files["请先看我.txt"] = _text("linux.txt", version=version(), machine=target.machine, python=note).encode()
    return files


def folder(target: Target, wheels: list[Path], python: bytes | None) -> Files:
    """Everything in the zip, by name; what is missing for the target stops the build."""
    files = (windows_folder if target.windows else linux_folder)(target, wheels, python)
    wrong = [f"no library for {line}" for line in offline_dlls.unanswered(files)] if target.windows else []
    if target.windows and python is not None:
        wrong += [f"not in {target.runtime.name}: {name}" for name in ("python.exe", *sorted(offline_dlls.OF_PYTHON)) if f"python/{name}" not in files]
    if wrong:
        raise SystemExit("\n".join(f"× {target.name}: {line}" for line in wrong))
    files |= {f"guide/{path.relative_to(GUIDES).as_posix()}": path.read_bytes() for path in sorted(GUIDES.rglob("*")) if path.suffix in (".html", ".png")}
    files |= {f"templates/{path.name}": path.read_bytes() for path in sorted(BLANKS.iterdir())}
    files["LICENSE.txt"] = (setup.ROOT / "LICENSE").read_bytes()
    listed = {f"wheels/{wheel.name}": wheel.read_bytes() for wheel in wheels}
    if python is not None:
        listed[target.runtime.name] = python
    files["MANIFEST.txt"] = sums(listed)
    return files


def sums(files: Mapping[str, bytes]) -> bytes:
    """Lines that `sha256sum -c` reads."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()


def packed(top: str, files: Files) -> bytes:
    """The zip: names sorted, one time for all, wheels and archives stored as they are."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{top}/{name}", STAMP)
            entry.create_system = 3
            entry.external_attr = (0o100755 if name.endswith(".sh") else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith((".whl", ".gz", ".png")) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=6)
    return stream.getvalue()


def version() -> str:
    """The toolkit's, as the wheel has it."""
    place: str = tomllib.loads((setup.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["version"]["path"]
    line = next(line for line in (setup.ROOT / place).read_text(encoding="utf-8").splitlines() if line.startswith("__version__"))
    return line.split('"')[1]


def build(target: Target, own: Path, work: Path, python: bytes | None) -> tuple[str, bytes]:
    """Name and bytes of a target's zip."""
    store = work / target.name
    offline_wheels.fetch(own, target, store)
    wrong = offline_wheels.faults(store, target.roots(version()), target)
    if wrong:
        raise SystemExit("\n".join(f"× {target.name}: {line}" for line in wrong))
    top = f"ledger-{version()}-{target.name}"
    return f"{top}.zip", packed(top, folder(target, sorted(store.iterdir()), python))


def _text(name: str, **words: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8").format(**words)


def _crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def main(words: list[str]) -> int:
    setup.plain_output()
    asked = argparse.ArgumentParser(description="The offline folders of a release.")
    asked.add_argument("--target", action="append", choices=list(TARGETS), help="only this one; may be given again")
    asked.add_argument("--out", type=Path, default=setup.ROOT / "dist" / "offline")
    asked.add_argument("--runtimes", type=Path, metavar="FOLDER", help="where archives of Python lie that were fetched elsewhere")
    asked.add_argument("--no-runtimes", action="store_true", help="do not try to fetch archives of Python")
    wanted = asked.parse_args(words)
    made: Files = {}
    bare = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        own = own_wheel(work)
        for target in (TARGETS[one] for one in wanted.target or TARGETS):
            python = runtime(target, wanted.runtimes, not wanted.no_runtimes)
            file, data = build(target, own, work, python)
            made[file] = data
            bare += [] if python is not None else [file]
            print(f"√ {file}　{len(data) / 1e6:.0f} MB" + ("" if python is not None else "　△ without Python / 不带 Python"), flush=True)
    wanted.out.mkdir(parents=True, exist_ok=True)
    for file, data in made.items():
        (wanted.out / file).write_bytes(data)
    (wanted.out / "SHA256SUMS.txt").write_bytes(sums(made))
    return 1 if bare else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
