"""Which machines an offline folder is made for, and the Python each one brings along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.tags import Tag, compatible_tags, cpython_tags


@dataclass(frozen=True)
class Runtime:
    """An archive with a Python in it. `sha256`: several public build scripts name the same for this file; it is checked before use."""

    version: str
    name: str
    address: str
    sha256: str


@dataclass(frozen=True)
class Target:
    """A kind of machine: the platform tags its wheels may have, best first, and what pip's markers say of it."""

    name: str
    platforms: tuple[str, ...]
    system: str  # platform_system of PEP 508
    machine: str
    runtime: Runtime
    extras: tuple[str, ...] = ()  # of our own wheel
    tools: tuple[str, ...] = ()  # wheels the installation itself needs

    def roots(self, version: str) -> list[str]:
        """What has to be there, with all it needs in turn."""
        extras = f"[{','.join(self.extras)}]" if self.extras else ""
        return [f"ledger-toolkit{extras}=={version}", *self.tools]

    @property
    def python(self) -> tuple[int, int]:
        major, minor = self.runtime.version.split(".")[:2]
        return int(major), int(minor)

    @property
    def windows(self) -> bool:
        return self.system == "Windows"

    def tags(self) -> Iterator[Tag]:
        """Every tag a wheel may carry here, best first."""
        interpreter = "cp{}{}".format(*self.python)
        yield from cpython_tags(self.python, abis=[interpreter], platforms=self.platforms)
        yield from compatible_tags(self.python, interpreter, self.platforms)

    def environment(self) -> dict[str, str]:
        """What PEP 508 markers see on the machine itself; pip alone would ask the machine that builds."""
        return {
            "implementation_name": "cpython", "implementation_version": self.runtime.version, "platform_python_implementation": "CPython",
            "python_version": "{}.{}".format(*self.python), "python_full_version": self.runtime.version,
            "os_name": "nt" if self.windows else "posix", "sys_platform": "win32" if self.windows else "linux",
            "platform_system": self.system, "platform_machine": self.machine, "platform_release": "", "platform_version": "", "extra": "",
        }


#: glibc of UOS 20 and of Kylin V10 for servers; Kylin V10 SP1 for desks has 2.31, only its first issue of 2020 had 2.23. Newer wheels would not load.
NEWEST_GLIBC = 28
_OLD_NAMES = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}


def manylinux(machine: str, oldest: int) -> tuple[str, ...]:
    """Platform tags of Linux up to glibc 2.28, best first."""
    return tuple(name for minor in range(NEWEST_GLIBC, oldest - 1, -1)
                 for name in (f"manylinux_2_{minor}_{machine}", *([f"{_OLD_NAMES[minor]}_{machine}"] if minor in _OLD_NAMES else [])))


def _standalone(machine: str, sha256: str) -> Runtime:
    name = f"cpython-3.11.14+20251031-{machine}-unknown-linux-gnu-install_only.tar.gz"
    return Runtime("3.11.14", name, f"https://github.com/astral-sh/python-build-standalone/releases/download/20251031/{name}", sha256)


#: 3.11 everywhere, the version all tests run on; of its embeddable zips 3.11.9 is the last that python.org made.
_EMBEDDED = Runtime("3.11.9", "python-3.11.9-embed-amd64.zip", "https://www.python.org/ftp/python/3.11.9/python-3.11.9-embed-amd64.zip",
                    "009d6bf7e3b2ddca3d784fa09f90fe54336d5b60f0e0f305c37f400bf83cfd3b")

TARGETS = {target.name: target for target in (
    Target("windows-x64", ("win_amd64",), "Windows", "AMD64", _EMBEDDED, extras=("excel",)),
    Target("linux-x86_64", manylinux("x86_64", 5), "Linux", "x86_64",
           _standalone("x86_64", "60f0bd473d861cc45d3401d9914e47ccb9fa037f88a91879ed517a62042b8477"), tools=("pip",)),
    Target("linux-aarch64", manylinux("aarch64", 17), "Linux", "aarch64",
           _standalone("aarch64", "510edb027527413c4249256194cb8ad2590b52dd93f7123b4cb341aff5d05894"), tools=("pip",)),
)}
