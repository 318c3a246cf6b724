"""What one reading may take: time, memory and no network. Set in the process that reads, before it looks at anything."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

_NEW_USER: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000
_END_WITH_PARENT: Final = 1
_SPARE_SECONDS: Final = 5
"""Between the signal that computing takes too long and the one that nobody survives."""

DEFAULT_SECONDS: Final = 600
DEFAULT_MEMORY: Final = 2 << 30


class ReadingLimits(Struct, frozen=True):
    """``seconds`` of wall time, ``memory`` in bytes of address space, and ``most`` bytes of a result."""

    seconds: float = DEFAULT_SECONDS
    memory: int = DEFAULT_MEMORY
    most: int = 256 << 20


def apply(limits: ReadingLimits) -> None:
    """Hold this process, and all that it starts, to its limits of memory and computing."""
    seconds = int(limits.seconds) + 1
    _lower(resource.RLIMIT_AS, limits.memory, limits.memory)
    _lower(resource.RLIMIT_CPU, seconds, seconds + _SPARE_SECONDS)
    _lower(resource.RLIMIT_CORE, 0, 0)


def _lower(kind: int, soft: int, hard: int) -> None:
    """Set a limit; the machine's own stays where it is lower."""
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    with suppress(OSError, ValueError):  # macOS has limits that can't be lowered
        resource.setrlimit(kind, (soft, hard))


def end_with_parent() -> None:
    """Have the system end this process when the one that forked it is gone, where it can."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)


def fence() -> bool:
    """Take the network from this process, which has one thread; whether the system lets that be done.

    Linux gives it a network of its own in which there is nothing, not even loopback.
    """
    if not sys.platform.startswith("linux"):
        return False
    user, group = os.getuid(), os.getgid()
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(_NEW_NETWORK) == 0:
        return True
    if library.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with suppress(OSError):
            Path(f"/proc/self/{name}").write_text(text, encoding="ascii")
    return True


def peak() -> int:
    """The most memory that this process, or one that it started, had in use, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) * unit
