"""What a child gives up before it looks at a document: memory, core dumps, the network, other programs.

The limits of the kernel hold for C code too. The audit hook (PEP 578) holds for Python code only: it keeps
our own libraries from fetching what a document names (a URI, a CRL, a schema), not a taken-over process.
"""

import ctypes
import math
import os
import signal
import sys
import time

from app.process.limits import Limits

_PR_SET_PDEATHSIG = 1
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_PROGRAMS = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn",
                       "os.spawn", "os.startfile", "pty.spawn"})  # fmt: skip
_LOOK_UPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
                       "socket.getnameinfo"})  # fmt: skip


def confine(limits: Limits, parent_pid: int) -> None:
    """Apply everything that lasts for the child's life. To be called once, before any foreign import."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with(parent_pid)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _lower(resource.RLIMIT_AS, limits.address_space_bytes)
        _lower(resource.RLIMIT_FSIZE, limits.file_bytes)
    sys.addaudithook(_refuse_outside_world)


def grant_cpu(seconds: float) -> None:
    """Allow this much more processor time from now on; the kernel ends the child beyond it (SIGXCPU)."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        # The kernel counts whole seconds; rounding up never takes away what was granted.
        soft = math.ceil(time.process_time() + seconds)
        if hard != resource.RLIM_INFINITY:
            soft = min(soft, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _lower(which: int, wanted: int) -> None:
    """Set a limit for good, or keep the one in force where an administrator already set a lower one."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(which)
        bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(which, (bound, bound))


def _die_with(parent_pid: int) -> None:
    """Ask the kernel to end this process with its parent; elsewhere the closed pipe ends it."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_pid:  # it died before the wish was registered
        os._exit(0)


def _refuse_outside_world(event: str, arguments: tuple[object, ...]) -> None:
    if event in _PROGRAMS:
        raise PermissionError("a confined process starts no programs")
    if event in _LOOK_UPS:
        raise PermissionError("a confined process has no network")
    if event == "socket.__new__" and not _is_local_family(arguments[1]):
        raise PermissionError("a confined process has no network")
    if event in ("socket.connect", "socket.bind", "socket.sendto") and not _is_own_pair(arguments[1]):
        raise PermissionError("a confined process has no network")


def _is_local_family(family: object) -> bool:
    """asyncio, which pyHanko runs on, wakes itself through a socket pair: AF_UNIX, on Windows loopback."""
    import socket

    if sys.platform == "win32":
        return family in (socket.AF_INET, socket.AF_INET6, -1)
    return family == socket.AF_UNIX


def _is_own_pair(address: object) -> bool:
    return sys.platform == "win32" and isinstance(address, tuple) and address[0] in _LOOPBACK
