"""Make the project's own Python environment in `.venv` and install the project there.

    python3 scripts/setup.py          what a user needs
    python3 scripts/setup.py --dev    and what the tests need

Standard library only, Windows too. pip's own settings (index, proxy, certificates) are left as they are. A second
run does nothing until `pyproject.toml` or the Python changes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
OLDEST = (3, 11)


def program(name: str) -> Path:
    """Where the environment keeps a program: `python`, `ledger`."""
    return HOME / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name)


def ready(dev: bool = False) -> Path:
    """The environment's Python, made and installed where needed. Ends the process with a plain line where it cannot."""
    plain_output()
    if sys.version_info < OLDEST:
        raise SystemExit("需要 Python 3.11 或更新的版本。 / Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    python, stamp = program("python"), HOME / "ledger-setup.txt"
    wanted = _fingerprint()
    made = stamp.read_text(encoding="utf-8").split() if stamp.exists() and python.exists() else []
    if made[:1] == [wanted] and (not dev or "dev" in made):
        return python
    _say("正在准备运行环境（.venv），第一次需要几分钟。 / Preparing .venv; the first time takes a few minutes.")
    if not python.exists() or made[:1] != [wanted]:
        _make()
    dev = dev or "dev" in made
    _install(python, _dev_requirements() if dev else [])
    stamp.write_text(f"{wanted} {'dev' if dev else ''}\n", encoding="utf-8")
    return python


def plain_output() -> None:
    """Let a console that lacks Chinese characters show `?` for them instead of stopping."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def _fingerprint() -> str:
    facts = (ROOT / "pyproject.toml").read_bytes() + sys.version.encode() + str(ROOT).encode()
    return hashlib.sha256(facts).hexdigest()[:16]


def _make() -> None:
    try:
        venv.EnvBuilder(with_pip=True, clear=HOME.exists()).create(HOME)
    except (OSError, subprocess.CalledProcessError) as error:
        hint = " Debian/Ubuntu: apt install python3-venv" if sys.platform == "linux" else ""
        raise SystemExit(f"无法建立运行环境 .venv。 / Cannot make the environment .venv.{hint}\n{error}") from None


def _install(python: Path, more: list[str]) -> None:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", str(ROOT), *more]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SystemExit("安装没有完成，请看上面 pip 的提示（网络、代理或镜像设置）。 / "
                         "Installation did not finish; see pip's lines above (network, proxy or mirror settings).")


def _dev_requirements() -> list[str]:
    import tomllib

    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    return list(groups["dev"])


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    ready(dev="--dev" in sys.argv[1:])
    _say(f"√ {program('ledger')}")
