"""A vault that forgets."""

from app.domain import errors


class MemoryVault:
    """Secrets for as long as the object lives."""

    def __init__(self) -> None:
        self._secrets: dict[str, bytes] = {}

    def get(self, name: str) -> bytes:
        try:
            return self._secrets[name]
        except KeyError:
            raise errors.SecretMissing(name=name) from None

    def put(self, name: str, secret: bytes) -> None:
        self._secrets[name] = secret

    def delete(self, name: str) -> None:
        self._secrets.pop(name, None)

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._secrets))
