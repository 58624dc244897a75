"""How much memory a worker may take: each system has its own way to say so.

Linux: an address space limit of the process. Windows: a job object that the worker puts itself into. macOS knows neither, so
the caller looks at the workers' resident memory from outside and ends one that takes too much.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable

SECONDS_BETWEEN_LOOKS = 0.5


def limit_here(memory: int) -> bool:
    """Limit this process to `memory` bytes beyond what it has mapped; False where that cannot be had and `resident` has to be asked."""
    return _by_job(memory) if sys.platform == "win32" else _by_address_space(memory)


def _by_address_space(memory: int) -> bool:
    try:
        import resource

        with open("/proc/self/statm") as stream:
            mapped = int(stream.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return False
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = mapped + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    return True


def processor(process: int) -> float | None:
    """Seconds of the processor a process has had; None where this system does not tell it so simply."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as stream:
            facts = stream.read().rpartition(")")[2].split()
        return (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return None


def resident(processes: Iterable[int]) -> dict[int, int]:
    """Process id -> bytes of memory it holds now, as `ps` tells; a process that is gone, or no `ps`, is left out."""
    wanted = ",".join(map(str, processes))
    if not wanted:
        return {}
    try:
        said = subprocess.run(["ps", "-o", "pid=,rss=", "-p", wanted], capture_output=True, text=True, check=False, timeout=5).stdout
    except (OSError, subprocess.SubprocessError):
        return {}
    return listed(said)


def listed(said: str) -> dict[int, int]:
    """What `ps` printed: a process id and its kilobytes on each line."""
    pairs = (line.split() for line in said.splitlines())
    return {int(pair[0]): int(pair[1]) * 1024 for pair in pairs if len(pair) == 2 and all(word.isdigit() for word in pair)}


# --------------------------------------------------------------------------------------------------------- Windows

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_LIMIT_PROCESS_MEMORY = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY


def job_limits(memory: int) -> bytes:
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of 64-bit Windows (winnt.h) with nothing set but the memory of each process.

    JOBOBJECT_BASIC_LIMIT_INFORMATION (64 bytes: two times, LimitFlags at 16, …), IO_COUNTERS (48), then ProcessMemoryLimit,
    JobMemoryLimit and the two peaks, 8 bytes each.
    """
    import struct

    return struct.pack("<16xI44x48xQ24x", _LIMIT_PROCESS_MEMORY, memory)


def _by_job(memory: int) -> bool:
    """A job lasts as long as a process in it. 32-bit Windows has other structures, and no room for a worker's gigabyte either."""
    import ctypes

    if ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    kernel = getattr(ctypes, "WinDLL")("kernel32", use_last_error=True)  # noqa: B009  the name is there on Windows only
    for function, returned in ((kernel.CreateJobObjectW, ctypes.c_void_p), (kernel.GetCurrentProcess, ctypes.c_void_p)):
        function.restype = returned
    kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
    job = kernel.CreateJobObjectW(None, None)
    limits = job_limits(memory + _AT_START)
    return bool(job and kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, limits, len(limits))
                and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()))


_AT_START = 512 * 1024 * 1024  # what a worker with its libraries has committed before the first file
