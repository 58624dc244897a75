"""The offline folders: complete for machines that are not this one, and the one for this machine installed and run without network."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import build_offline
import offline_dlls
import offline_wheels
import pytest
from offline_targets import TARGETS, Runtime, Target

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = TARGETS["windows-x64"]
RUNS_HERE = sys.platform == "linux" and f"linux-{platform.machine()}" in TARGETS


def here() -> Target:
    """The Linux target of this machine, for the Python that runs the tests."""
    target = TARGETS[f"linux-{platform.machine()}"]
    return dataclasses.replace(target, runtime=Runtime(platform.python_version(), "none.tar.gz", "", "0" * 64))


def targets() -> list[Target]:
    return [here() if RUNS_HERE and name == here().name else target for name, target in TARGETS.items()]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_offline.own_wheel(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module", params=targets(), ids=lambda target: target.name)
def fetched(request: pytest.FixtureRequest, own: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Target, Path]:
    target: Target = request.param
    store = tmp_path_factory.mktemp(target.name)
    offline_wheels.fetch(own, target, store)
    return target, store


def quiet() -> list[str]:
    """Words before a command that take the network away, where that is allowed; elsewhere the environment below has to do."""
    words = ["unshare", "-n"]
    allowed = shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
    return words if allowed else []


def without_network(home: Path, **more: str) -> dict[str, str]:
    """An environment in which nothing of this checkout lends a hand and every way out leads nowhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LEDGER", "PIP", "VIRTUAL"))}
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    return {**kept, **nowhere, "HOME": str(home), "LEDGER_LANG": "zh", **more}


def digest(*command: str | Path, folder: Path, environ: dict[str, str]) -> str:
    """The content digest of the sample county, merged by this program."""
    done = subprocess.run([*map(str, command), "merge", str(ROOT / "samples" / "inbox"), "--workspace", str(ROOT / "samples"), "-o", "merged.xlsx", "--force",
                           "--json", "-"], cwd=folder, env=environ, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    found: str = json.loads(done.stdout)["outputs"][0]["content_digest"]
    return found


def test_every_library_is_there_once(fetched: tuple[Target, Path]) -> None:
    target, store = fetched
    assert offline_wheels.faults(store, target.roots(build_offline.version()), target) == []
    made = build_offline.folder(target, sorted(store.iterdir()), None)  # ends with what is missing
    listed = made["MANIFEST.txt"].decode().split()[1::2]
    assert listed == [f"wheels/{path.name}" for path in sorted(store.iterdir())]
    assert {"templates/village.xlsx", "guide/install.html", "guide/pictures/rows.png", "LICENSE.txt"} <= made.keys()
    if target.windows:
        _a_windows_folder(target, made)
    elif RUNS_HERE and target == here():
        _installed_and_run(target, made, store.parent)


def _a_windows_folder(target: Target, made: build_offline.Files) -> None:
    assert {"台账.cmd", "ledger.cmd", "请先看我.txt", "python/python311._pth", "python/Lib/site-packages/toolkit/__main__.py",
            "python/Lib/site-packages/toolkit/templates/xlsx/village.xlsx", "python/Lib/site-packages/toolkit/plans/standard.toml"} <= made.keys()
    assert {"python/Lib/site-packages/xlwings/main.py", "python/Lib/site-packages/pywin32.pth"} <= made.keys()
    assert [name for name in made if "/xlwings/pro/" in name] == []  # not ours to pass on
    assert max(len(name) for name in made) < 150  # Explorer unpacks no path of 260 characters
    one = next(name for name in made if name.endswith("/markupsafe/_speedups.cp311-win_amd64.pyd"))
    assert offline_dlls.imports(made[one])[:1] == ["python311.dll"]
    lost = {name: data for name, data in made.items() if not name.endswith("/pyarrow/parquet.dll")}
    assert {line.rsplit(": ")[1] for line in offline_dlls.unanswered(lost)} == {"parquet.dll"}


def _installed_and_run(target: Target, made: build_offline.Files, tmp_path: Path) -> None:
    """As an office does it: unpack, install, merge a county; and once more as on Windows, only unpacked and without site."""
    work, home = tmp_path / "work", tmp_path / "home of 样例"
    work.mkdir()
    home.mkdir()
    with zipfile.ZipFile(io.BytesIO(build_offline.packed("ledger", made))) as archive:
        archive.extractall(work)
    environ = without_network(home, PYTHON=sys.executable)
    done = subprocess.run([*quiet(), "sh", "install.sh"], cwd=work / "ledger", env=environ, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    entry = (home / ".local" / "share" / "applications" / "ledger.desktop").read_text(encoding="utf-8").splitlines()
    assert f'Exec="{home}/.local/share/ledger/env/bin/ledger" menu %F' in entry
    expected = digest(sys.executable, "-m", "toolkit", folder=work, environ={**os.environ, "PYTHONPATH": str(ROOT)})
    assert digest(*quiet(), home / ".local" / "bin" / "ledger", folder=work, environ=environ) == expected

    site = work / "site-packages"
    for wheel in sorted((work / "ledger" / "wheels").iterdir()):
        for name, data in build_offline.expanded(wheel):
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(data)
    alone = f"import sys, runpy; sys.path.append({str(site)!r}); sys.argv[0] = 'ledger'; runpy.run_module('toolkit', run_name='__main__', alter_sys=True)"
    assert digest(*quiet(), sys.executable, "-I", "-S", "-X", "utf8", "-c", alone, folder=work, environ=environ) == expected

    _not_installed(work / "ledger", home, environ)


def _not_installed(folder: Path, home: Path, environ: dict[str, str]) -> None:
    """No Python of the version, a Python that is another file, a wheel cut short: said, and nothing is installed."""
    tools = home / "tools"
    tools.mkdir()
    for name in ("sh", "uname", "getconf", "sed", "dirname", "sha256sum", "tar", "mkdir"):
        (tools / name).symlink_to(shutil.which(name) or name)

    def said(**more: str) -> tuple[int, list[str], bool]:
        done = subprocess.run(["sh", "install.sh", home / "second"], cwd=folder, env={**environ, **more}, capture_output=True, text=True, encoding="utf-8",
                              check=False)
        return done.returncode, [line for line in done.stderr.splitlines() if line.isascii() or "×" in line][-1:], (home / "second").exists()

    assert said(PYTHON="", PATH=str(tools)) == (1, [f"× Python {'{}.{}'.format(*here().python)} was not found."], False)
    (folder / "none.tar.gz").write_bytes(b"something else")
    assert said(PYTHON="") == (1, ["× none.tar.gz is not the file it should be."], False)
    broken = next((folder / "wheels").glob("lxml-*.whl"))
    broken.write_bytes(broken.read_bytes()[:-1])
    assert said() == (1, ["× Files differ from MANIFEST.txt; copy the zip again."], False)


def wheel(folder: Path, name: str, *needs: str, tag: str = "py3-none-any", python: str = ">=3.8") -> None:
    """A wheel with nothing in it but its own description."""
    project, version = name.split("-")
    lines = [f"Name: {project}", f"Version: {version}", f"Requires-Python: {python}", *(f"Requires-Dist: {need}" for need in needs)]
    with zipfile.ZipFile(folder / f"{name}-{tag}.whl", "w") as archive:
        archive.writestr(f"{name}.dist-info/METADATA", "\n".join(["Metadata-Version: 2.1", *lines, ""]))
        archive.writestr(f"{name}.dist-info/WHEEL", f"Wheel-Version: 1.0\nTag: {tag}\n")
        archive.writestr(f"{name}.dist-info/RECORD", "")


def test_what_is_wrong_with_a_folder(tmp_path: Path) -> None:
    wheel(tmp_path, "top-1.0", "leaf>=2", "colours; sys_platform == 'win32'", "posix_only; os_name == 'posix'", "extra; extra == 'more'",
          "old; python_version < '3.11'")
    wheel(tmp_path, "leaf-1.9", tag="cp311-cp311-manylinux_2_28_x86_64")
    wheel(tmp_path, "leaf-2.1", "deeper", tag="cp311-abi3-win_amd64", python=">=3.12")
    wheel(tmp_path, "deeper-1", tag="cp312-cp312-win_amd64")
    wheel(tmp_path, "stray-1")
    (tmp_path / "colours-1.tar.gz").touch()
    assert offline_wheels.faults(tmp_path, ["top==1.0"], WINDOWS) == [
        "not a wheel: colours-1.tar.gz",
        "missing: colours; sys_platform == \"win32\"",
        "not for windows-x64: deeper-1-cp312-cp312-win_amd64.whl",
        "not for windows-x64: leaf-1.9-cp311-cp311-manylinux_2_28_x86_64.whl",
        "more than one leaf: leaf-1.9-cp311-cp311-manylinux_2_28_x86_64.whl",
        "not for Python 3.11.9: leaf-2.1-cp311-abi3-win_amd64.whl",
        "more than one leaf: leaf-2.1-cp311-abi3-win_amd64.whl",
        "nobody needs: stray-1-py3-none-any.whl",
    ]


def test_markers_are_those_of_the_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pip asks markers of the machine it runs on; what only the target needs is fetched all the same, with what that needs."""
    shelf, store = tmp_path / "shelf", tmp_path / "store"
    shelf.mkdir()
    needs = ("colours>=1; sys_platform == 'win32'", "posix_only; os_name == 'posix'", "sheets; extra == 'excel'", "other; extra == 'other'")
    wheel(shelf, "ledger_toolkit-1.0", *needs)
    wheel(shelf, "colours-1.5", "deeper; platform_system == 'Windows'")
    wheel(shelf, "deeper-1", tag="cp311-cp311-win_amd64")
    wheel(shelf, "posix_only-1")
    wheel(shelf, "sheets-1")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", shelf.as_uri())
    offline_wheels.fetch(shelf / "ledger_toolkit-1.0-py3-none-any.whl", WINDOWS, store)
    assert sorted(path.name.split("-")[0] for path in store.iterdir()) == ["colours", "deeper", "ledger_toolkit", "sheets"]
    assert offline_wheels.faults(store, WINDOWS.roots("1.0"), WINDOWS) == []


def test_wheels_load_on_the_oldest_linux() -> None:
    tags = {str(tag) for tag in TARGETS["linux-aarch64"].tags()}
    assert [tag for tag in ("cp311-cp311-manylinux_2_28_aarch64", "cp311-abi3-manylinux2014_aarch64", "py3-none-any") if tag not in tags] == []
    never = ("cp311-cp311-manylinux_2_31_aarch64", "cp311-cp311-musllinux_1_2_aarch64", "cp311-cp311-manylinux_2_28_x86_64")
    assert [tag for tag in never if tag in tags] == []


def test_equal_content_gives_equal_bytes() -> None:
    first = build_offline.packed("top", {"b/二.txt": b"2", "a.sh": b"1"})
    assert first == build_offline.packed("top", {"a.sh": b"1", "b/二.txt": b"2"})
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert [(entry.filename, entry.date_time[0], oct(entry.external_attr >> 16)) for entry in archive.infolist()] == [
            ("top/a.sh", 2025, "0o100755"), ("top/b/二.txt", 2025, "0o100644")]


def test_an_archive_of_python_is_checked(tmp_path: Path) -> None:
    assert build_offline.runtime(WINDOWS, tmp_path, fetch=False) is None
    (tmp_path / WINDOWS.runtime.name).write_bytes(b"something else")
    with pytest.raises(SystemExit):
        build_offline.runtime(WINDOWS, tmp_path, fetch=True)


def embedded(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return stream.getvalue()


def test_a_supplied_python_lies_in_the_folder_and_looks_nowhere_else() -> None:
    brought = ("python.exe", "python311._pth", *sorted(offline_dlls.OF_PYTHON))
    made = build_offline.folder(WINDOWS, [], embedded(*brought))
    assert sorted(name for name in made if name.startswith("python/")) == sorted(f"python/{name}" for name in brought)
    assert made["python/python311._pth"] == b"python311.zip\n.\nLib\\site-packages\nimport site\n"
    with pytest.raises(SystemExit, match="vcruntime140_1"):
        build_offline.folder(WINDOWS, [], embedded(*brought[:-1]))


def test_files_that_cmd_reads() -> None:
    made = build_offline.folder(WINDOWS, [], None)
    for name in ("台账.cmd", "ledger.cmd"):
        assert made[name].isascii()  # cmd reads in the code page of the machine
        assert made[name].count(b"\n") == made[name].count(b"\r\n") > 0
    assert made["请先看我.txt"].startswith(b"\xef\xbb\xbf")
    assert b"%*" not in made["台账.cmd"]  # a dropped name with & would be obeyed
