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
