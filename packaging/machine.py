"""System packages: what Qt is linked against, what the tests drive; found by dpkg, installed by apt.

On a system without dpkg there is nothing to find here, and the loading of Qt decides.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from ground import PYTHON, only_one_at_a_time, say

# What PySide6's wheels are linked against and do not bring, found with ldd on a bare Debian 12; with the
# platform plugin for X screens, and one family of fonts.
QT = (
    "libgl1", "libegl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "fonts-dejavu-core",
    "libxkbcommon0", "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1",
    "libxcb-shape0", "libxcb-xkb1",
)
# A screen, a window manager and a mouse for the display tests, and the bus on which screen readers listen; other
# people's PDF tools to judge our files, one of them in Java.
TESTS = (
    "xvfb", "xauth", "openbox", "xdotool", "imagemagick", "poppler-utils", "qpdf", "mupdf-tools", "openssl",
    "softhsm2", "dbus-daemon", "at-spi2-core", "default-jre-headless", "libjaxb-java",
)


def provide(wanted: Sequence[str]) -> str:
    """Installs what is missing if it may. Otherwise prints, and returns, the command that would."""
    missing = _missing(wanted)
    if not missing:
        return ""
    remedy = f"sudo apt-get install --no-install-recommends {' '.join(missing)}"
    prefix = _root_prefix()
    if prefix is None:
        say(f"system packages are missing and may not be installed from here; please run: {remedy}")
        return remedy
    with only_one_at_a_time():
        say(f"installing system packages: {' '.join(missing)}")
        if _apt(prefix, "update") and _apt(prefix, "install", "--no-install-recommends", "--yes", *missing):
            return ""
    say(f"the system packages could not be installed; please run: {remedy}")
    return remedy


def _missing(wanted: Sequence[str]) -> list[str]:
    if not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        return []
    needed = [*wanted]
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        needed.insert(0, "python{}.{}-venv".format(*sys.version_info[:2]))
    there = _installed(needed)
    return [name for name in needed if not there & {name, f"{name}t64"}]


def _installed(names: Sequence[str]) -> set[str]:
    """Also under the names Debian 13 and Ubuntu 24.04 gave to libraries whose time became 64 bits wide."""
    if not names:
        return set()
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n"]
    query += [*names, *(f"{name}t64" for name in names)]
    answer = subprocess.run(query, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return {line.split()[0] for line in answer.stdout.splitlines() if line.endswith(" installed")}


def _root_prefix() -> list[str] | None:
    """What to put before a command that only root may give; None for a user without such rights."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return [sudo, "-n"] if sudo and subprocess.call([sudo, "-n", "true"], **quiet) == 0 else None


def _apt(prefix: Sequence[str], *arguments: str) -> bool:
    """Quiet when it goes well, word for word when not."""
    options = ["-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    answer = subprocess.run(
        [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *options, *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )
    if answer.returncode:
        sys.stderr.write(answer.stdout)
    return answer.returncode == 0
