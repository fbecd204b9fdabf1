"""Writes `resources/licences/THIRD-PARTY.md`: every library of the lock of `run`, with its SPDX licence.

Runs inside `.venv`, because a library's own metadata is what it says about itself. A licence that is not known
here stops the writing: somebody has to read it first.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys

from ground import CHECKOUT
from libraries import RUN

NOTICES = CHECKOUT / "resources" / "licences" / "THIRD-PARTY.md"
PIN = re.compile(r"^([a-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
# Libraries of other platforms, which are not installed where this runs.
ELSEWHERE = {
    "jeepney": "MIT",
    "pywin32-ctypes": "BSD-3-Clause",
    "secretstorage": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
}
# Those whose metadata names a family of licences only; the file they carry was read.
READ = {"segno": "BSD-3-Clause"}
# What older metadata says in words of its own.
SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Dual Licensed - GNU AFFERO GPL 3.0 or Artifex Commercial License": "AGPL-3.0-or-later",
}
# Each may be combined with a program under AGPL-3.0-or-later.
ALLOWED = {
    "AGPL-3.0-or-later", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "GPL-2.0-only", "GPL-3.0-only",
    "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0",
}
HEAD = """# Libraries Paraph stands on

Installed beside it, each under its own licence, which its distribution carries in full. Written by
`dev.py lock` from what the libraries say of themselves.

| library | version | licence |
| --- | --- | --- |
"""


def main() -> None:
    pins = PIN.findall((CHECKOUT / RUN.lock).read_text(encoding="utf-8"))
    rows = (f"| {name} | {version} | {_licence(name)} |\n" for name, version in pins)
    NOTICES.write_text(HEAD + "".join(rows), encoding="utf-8")


def _licence(name: str) -> str:
    said = _said(name)
    licence = READ.get(name) or SPDX.get(said, said)
    strange = set(re.split(r" AND | OR |[()]", licence)) - ALLOWED
    if strange - {""} or not licence:
        sys.exit(f"{name}: {licence!r} is on no list; read it, then add it to {__file__}")
    return licence


def _said(name: str) -> str:
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ELSEWHERE.get(name, "")
    classifiers = metadata.get_all("Classifier") or []
    classified = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::")]
    return metadata["License-Expression"] or metadata["License"] or next(iter(classified), "")


if __name__ == "__main__":
    main()
