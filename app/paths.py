"""Where things lie: the library, the resources that ship with the program, the log."""

import os
import sys
from pathlib import Path
from typing import Final

NAME = "paraph"


def library_folder(asked: str | None = None) -> Path:
    """`--library`, else `PARAPH_LIBRARY`, else the platform's data folder."""
    chosen = asked or os.environ.get("PARAPH_LIBRARY")
    if chosen:
        return Path(chosen).expanduser().absolute()
    # Imported where a platform's own place is asked for: 3 ms before the first paint otherwise.
    import platformdirs

    return Path(platformdirs.user_data_path(NAME, appauthor=False))


def log_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_log_path(NAME, appauthor=False))


def documents_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_documents_path())


_TOKEN_MODULES = (
    "/usr/lib/*/opensc-pkcs11.so", "/usr/lib*/opensc-pkcs11.so", "/usr/lib*/pkcs11/opensc-pkcs11.so",
    "/usr/lib/*/softhsm/libsofthsm2.so", "/usr/lib*/softhsm/libsofthsm2.so", "/usr/lib*/pkcs11/libsofthsm2.so",
    "/usr/lib/*/libykcs11.so.[0-9]", "/usr/lib*/libykcs11.so.[0-9]",
    "/Library/OpenSC/lib/opensc-pkcs11.so", "/usr/local/lib/opensc-pkcs11.so", "/usr/local/lib/libykcs11.dylib",
    "C:/Program Files/OpenSC Project/OpenSC/pkcs11/opensc-pkcs11.dll", "C:/Windows/System32/opensc-pkcs11.dll",
    "C:/Program Files/Yubico/Yubico PIV Tool/bin/libykcs11.dll",
)  # fmt: skip
"""Where the common modules for cards put themselves."""


def token_modules() -> tuple[Path, ...]:
    """PKCS#11 modules that lie where they usually do; those of one file count once."""
    places = (pattern.partition("/") for pattern in _TOKEN_MODULES)
    found = (each for root, _, pattern in places for each in sorted(Path(f"{root}/").glob(pattern)))
    return tuple({each.resolve(): each for each in found if each.is_file()}.values())


def resource(*parts: str) -> Path:
    """A file of ours: inside an installed package, beside the checkout's `app`, or in a frozen bundle."""
    here = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    roots = [Path(bundle) / "resources"] if bundle else []
    roots += [here / "resources", here.parent / "resources"]
    for root in roots:
        found = root.joinpath(*parts)
        if found.exists():
            return found
    raise FileNotFoundError("/".join(("resources", *parts)))


NETWORKED: Final = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs", "9p", "ceph", "glusterfs", "lustre", "davfs",
    "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.glusterfs", "fuse.s3fs", "fuse.gvfsd-fuse", "fuse.smbnetfs",
})  # fmt: skip


def share_under(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of network file system a folder lies on, where locks cannot be relied on; empty for a disk of this
    machine, and where that cannot be told.
    """
    real = folder.resolve()
    if str(real).startswith("\\\\"):
        return "smb"
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    # Blanks in a place are written in octal (fstab(5)); the last mount over the deepest place counts.
    found = [(Path(place.replace("\\040", " ")), kind) for _, place, kind, *_ in map(str.split, lines)]
    over = [
        (len(place.parts), number, kind) for number, (place, kind) in enumerate(found) if real.is_relative_to(place)
    ]
    kind = max(over, default=(0, 0, ""))[2]
    return kind if kind in NETWORKED else ""
