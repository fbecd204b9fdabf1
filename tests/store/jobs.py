"""What other processes do with a library while a test watches: `python -m tests.store.jobs JOB FOLDER …`."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import event

from app.domain import errors
from app.domain.ids import EnvelopeId
from app.store import Library, Query, blobs, recording, schema
from app.store.dialect import Sqlite
from tests.support.envelopes import envelope, recorded, retitled


def seal_for_ever(folder: str) -> None:
    """Each turn a new blob, then the step that names it; what is acknowledged is printed."""
    library = Library.open(Path(folder))
    (current,) = library.record(recorded(envelope()))
    while True:
        sealed = library.blobs.put_bytes(os.urandom(60_000))
        documents = [replace(document, current=sealed) for document in current.documents]
        (current,) = library.record(recorded(current.with_documents(documents), "sealed", sha256=sealed))
        say(str(current.version))


def die_between(folder: str, where: str) -> None:
    """Killed at one known place, in the middle of adding a second version."""
    library = Library.open(Path(folder))
    (current,) = library.record(recorded(envelope()))
    _arm(library, where)
    sealed = library.blobs.put_bytes(b"sealed" * 1000)
    say(sealed)
    if where == "blob and row":
        _die()
    library.record(recorded(current.with_documents([replace(current.documents[0], current=sealed)]), "sealed"))


def _arm(library: Library, where: str) -> None:
    if where == "writing and renaming":
        blobs._sync_file = _die
    elif where == "row and commit":
        recording._words = _die
    elif where == "events and commit":
        event.listen(library._dialect.engine, "commit", _die)


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def edit(folder: str, name: str, times: str) -> None:
    """So many steps on one envelope that others edit too: read, change, try again when somebody was faster."""
    library = Library.open(Path(folder))
    done = 0
    while done < int(times):
        try:
            library.record(retitled(library.envelope(EnvelopeId(name)), f"{os.getpid()}-{done}"))
        except errors.EnvelopeChanged:
            continue
        done += 1
    say("done")


def open_it(folder: str) -> None:
    with Library.open(Path(folder)) as library:
        say(str(library.list(Query()).total))


def hold_lock(folder: str) -> None:
    """Holds the write lock until a line comes in."""
    with Library.open(Path(folder)) as library, library._dialect.writing():
        say("held")
        sys.stdin.readline()


def migrate_and_die(folder: str, scripts: str) -> None:
    """Killed when the last revision has done its work and nothing is committed."""
    schema.CURRENT = schema.Schema(schema.CURRENT.version + 1, Path(scripts))
    Sqlite.stamp = _die
    Library.open(Path(folder))


def fill_small_disk(folder: str) -> None:
    """A disk of two megabytes, full in the middle: refused, nothing half, still read, written when there is room."""
    _mount(folder, "size=2m")
    library = Library.open(Path(folder) / "library")
    (kept,) = library.record(recorded(envelope()))
    ballast = Path(folder) / "ballast"
    room = os.statvfs(folder).f_bavail * 4096 - 8192
    ballast.write_bytes(bytes(room))
    say(_refusal(lambda: library.blobs.put_bytes(os.urandom(100_000))))
    say(_refusal(lambda: library.record(retitled(kept, "x" * 100_000))))
    say(_refusal(library.back_up))
    again = library.envelope(kept.id)
    say(f"read {again == kept} left {len(list((library.blobs.folder / 'incoming').iterdir()))}")
    ballast.unlink()
    (after,) = library.record(retitled(again, "there is room"))
    library.examine()
    say(f"version {after.version} {library.judge(after.id).intact}")


def open_read_only(folder: str) -> None:
    """The disk of a library is mounted read-only."""
    _mount(folder, "size=8m")
    place = Path(folder) / "library"
    with Library.open(place) as library:
        library.record(recorded(envelope()))
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    say(_refusal(lambda: Library.open(place)))
    say(_refusal(lambda: Library.open(Path(folder) / "new")))


def limit_file_size(folder: str) -> None:
    """No file may grow beyond 400 kB: a write fails in the middle."""
    library = Library.open(Path(folder))
    (kept,) = library.record(recorded(envelope()))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    say(_refusal(lambda: library.blobs.put_bytes(os.urandom(500_000))))
    say(_refusal(lambda: library.record(retitled(kept, "x" * 500_000))))
    say(f"read {library.envelope(kept.id) == kept} left {len(list((library.blobs.folder / 'incoming').iterdir()))}")


def _mount(folder: str, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", folder], check=True)


def _refusal(work: Callable[[], object]) -> str:
    try:
        work()
    except errors.ParaphError as refused:
        return refused.kind
    return "nothing was refused"


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
