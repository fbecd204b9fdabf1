"""Secrets in an encrypted file, for systems without a keyring: locked by a passphrase that is kept nowhere."""

import contextlib
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from app.domain import errors
from app.vault import sealed_file
from app.vault.locking import locked
from app.vault.sealed_file import Broken, SealedFile, WrongKey

IDLE_S: Final = 900.0
_FIRST_DELAY_S: Final = 0.5
_LONGEST_DELAY_S: Final = 8.0


class FileVault:
    """Asks for the passphrase when a secret is first needed, and again after `idle_s` without use.

    The first `put` makes the file, and its passphrase is the one given then. A wrong one is `VaultPassphraseWrong`, and
    each makes the next try wait longer; a damaged file is `VaultDamaged` and never written to. A file older than one
    this process has seen is damaged too: its counter went back.
    """

    def __init__(
        self,
        path: Path,
        passphrase: str | Callable[[], str | None],
        *,
        idle_s: float = IDLE_S,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._path = path
        self._passphrase = passphrase
        self._idle_s = idle_s
        self._now = now
        self._sleep = sleep
        self._key: bytes | None = None
        self._used_at = 0.0
        self._wrong = 0
        self._highest = 0
        self._guard = threading.RLock()

    def get(self, name: str) -> bytes:
        with self._guard, self._translated():
            state = self._read()
            if state is None or name not in state.records:
                raise errors.SecretMissing(name=name)
            return state.secret(self._key_of(state), name)

    def put(self, name: str, secret: bytes) -> None:
        with self._guard, self._translated(), self._alone():
            state = self._read()
            if state is None:
                state, self._key = sealed_file.created(self._asked())
                self._used_at = self._now()
            self._write(state.with_secret(self._key_of(state), name, secret))

    def delete(self, name: str) -> None:
        with self._guard, self._translated(), self._alone():
            state = self._read()
            if state is not None and name in state.records:
                self._write(state.without(self._key_of(state), name))

    def names(self) -> tuple[str, ...]:
        with self._guard, self._translated():
            state = self._read()
            return tuple(sorted(state.records)) if state else ()

    def lock(self) -> None:
        """Forget the key; the next use asks again."""
        with self._guard:
            self._key = None

    def _read(self) -> SealedFile | None:
        try:
            state = sealed_file.parse(self._path.read_bytes())
        except FileNotFoundError:
            return None
        if state.counter < self._highest:
            raise Broken
        self._highest = state.counter
        return state

    def _key_of(self, state: SealedFile) -> bytes:
        if self._key is not None and self._now() - self._used_at <= self._idle_s:
            state.verify(self._key)
        else:
            self._key = self._unlocked(state)
        self._used_at = self._now()
        return self._key

    def _unlocked(self, state: SealedFile) -> bytes:
        passphrase = self._asked()
        if self._wrong:
            self._sleep(min(_FIRST_DELAY_S * 2 ** (self._wrong - 1), _LONGEST_DELAY_S))
        try:
            key = state.unlock(passphrase)
        except WrongKey:
            self._wrong += 1
            raise errors.VaultPassphraseWrong(where=str(self._path)) from None
        self._wrong = 0
        return key

    def _asked(self) -> str:
        given = self._passphrase if isinstance(self._passphrase, str) else self._passphrase()
        if not given:
            raise errors.VaultLocked(where=str(self._path))
        return given

    def _write(self, state: SealedFile) -> None:
        """Atomic and durable, readable by the owner alone (`mkstemp` promises 0600)."""
        handle, name = tempfile.mkstemp(prefix=".paraph-", dir=self._path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(state.to_bytes())
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(self._path)
        finally:
            Path(name).unlink(missing_ok=True)
        self._highest = state.counter

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Window and command line may write at once: between reading and replacing nobody else may."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(self._path.with_name(self._path.name + ".lock")):
            yield

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except Broken:
            raise errors.VaultDamaged(where=str(self._path)) from None
        except OSError as error:
            raise errors.NotWritable(path=str(self._path), reason=error.strerror or "") from None
