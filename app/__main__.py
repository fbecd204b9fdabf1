"""The front door: `paraph`, the window or a command."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.house import House

CHILD = "--worker-child"
"""How a frozen program, which knows no `-m`, is told to be a child process."""
KEYRING = "--keyring-child"
"""The same for the helper that speaks to the system's keyring; `app.vault` starts it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Without a command, or with files only, the window opens.

    The two ways import nothing of each other: the window must be painted before a library is read.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == [CHILD]:
        from app.process import child

        return child.main(words[1:])
    if words[:1] == [KEYRING]:
        from app.vault import keyring_helper

        return keyring_helper.main()
    if _asks_for_window(words):
        library, files = _split(words)
        return _open_window(library, files)
    from app.cli.main import run

    return run(words, _build, _open_window)


def _asks_for_window(words: list[str]) -> bool:
    """Nothing but `--library DIR` and files that exist."""
    rest = _split(words)[1]
    return all(not str(path).startswith("-") and path.suffix and path.exists() for path in rest)


def _split(words: list[str]) -> tuple[str | None, list[Path]]:
    library, files, following = None, [], iter(words)
    for word in following:
        if word == "--library":
            library = next(following, None)
        elif word.startswith("--library="):
            library = word.partition("=")[2]
        else:
            files.append(Path(word))
    return library, files


def _build(library: str | None) -> "House":
    from app.bootstrap import build
    from app.cli.secret import ask

    return build(library, lambda: ask("Passphrase of the vault: "))


def _open_window(library: str | None, files: Sequence[Path]) -> int:
    from app.bootstrap import open_window

    return open_window(library, files)


if __name__ == "__main__":
    sys.exit(main())
