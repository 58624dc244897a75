"""A wheel installed elsewhere has all it needs: the command, the templates, the plans, the pages."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: Folder in the checkout -> folder in the wheel; the files that must arrive.
CARRIED = (("templates/xlsx", "toolkit/templates/xlsx", "*.xl*"), ("toolkit/plans", "toolkit/plans", "*.toml"),
           ("toolkit/pages", "toolkit/pages", "*.jinja"), ("toolkit/vba", "toolkit/vba", "*.bas"))
UNITS = """code,name,expected
990101000000,示例县,否
990101101000,示例县甲山乡,否
990101101201,示例县甲山乡一村,是
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    # Nothing of this checkout or of the runner's settings may lend a hand; pip's own settings stay.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LEDGER"))}
    environment |= {"PYTHONUTF8": "1", "LEDGER_LANG": "en"}
    return subprocess.run([str(word) for word in command], cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8",
                          check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with the build tool already installed: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it, and the libraries of this one behind it; the folder of its programs."""
    home = tmp_path_factory.mktemp("elsewhere") / "env"
    venv.EnvBuilder(with_pip=False).create(home)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    python = programs / ("python.exe" if os.name == "nt" else "python")
    done = run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=home)
    assert done.returncode == 0, done.stderr
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).stdout.strip())
    # A folder named in a .pth is searched after the environment's own, and .pth files inside it (an editable install
    # of the checkout) are not followed.
    (own / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n" + sysconfig.get_path("platlib") + "\n", encoding="utf-8")
    return programs


def test_the_wheel_carries_what_the_checkout_has(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for here, there, pattern in CARRIED:
        wanted = {f"{there}/{path.name}" for path in (ROOT / here).glob(pattern)}
        assert wanted - names == set()
    assert any(name.startswith("toolkit/templates/xlsx/") and name.endswith(".xlsx") for name in names)
    assert "toolkit/plans/standard.toml" in names


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert sorted(top for top in tops if not top.endswith(".dist-info")) == ["toolkit"]


@pytest.mark.parametrize("words", [("--help",), ("template", "--help")])
def test_the_command_answers(installed: Path, words: tuple[str, ...]) -> None:
    done = run(installed / "ledger", *words, cwd=installed)
    assert (done.returncode, done.stderr) == (0, "")


def test_templates_and_plans_are_found_elsewhere(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    done = run(installed / "ledger", "new", "work", "--plan", "standard", "--units", "units.csv", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    done = run(installed / "ledger", "template", "-o", "out", "--period", "2025-09", cwd=tmp_path / "work")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((tmp_path / "work" / "out").rglob("*.xlsx"))) == 1
