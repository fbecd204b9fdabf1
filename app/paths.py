"""Where things lie: the library, the resources that ship with the program, the log."""

import os
import sys
from pathlib import Path

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
