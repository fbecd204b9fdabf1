"""The small tables: certificates people sign with, and certificates signatures may lead to."""

import json
from typing import Any

from sqlalchemy import Connection, exists, select

from app.domain import errors
from app.store.dialect import Sqlite
from app.store.instants import from_micros, to_micros
from app.store.records import IdentityRecord, TrustRecord
from app.store.tables import identities, trust


class Identities:
    """By name. At most one is the default."""

    def __init__(self, dialect: Sqlite) -> None:
        self._dialect = dialect

    def add(self, identity: IdentityRecord) -> None:
        """Raises `IdentityExists`."""
        with self._dialect.writing() as connection:
            if identity.name in _names(connection):
                raise errors.IdentityExists(name=identity.name)
            if identity.is_default:
                connection.execute(identities.update().values(is_default=0))
            connection.execute(identities.insert(), _identity_columns(identity))

    def list(self) -> tuple[IdentityRecord, ...]:
        """The default first, then by name."""
        with self._dialect.engine.connect() as connection:
            ordered = identities.select().order_by(identities.c.is_default.desc(), identities.c.name)
            return tuple(_identity(row) for row in connection.execute(ordered))

    def get(self, name: str) -> IdentityRecord:
        """Raises `UnknownIdentity`."""
        found = self.list()
        for identity in found:
            if identity.name == name:
                return identity
        raise errors.UnknownIdentity(name=name, known=[identity.name for identity in found])

    def remove(self, name: str) -> None:
        """Raises `UnknownIdentity`. When the default goes, there is none."""
        with self._dialect.writing() as connection:
            _expect(connection, name)
            connection.execute(identities.delete().where(identities.c.name == name))

    def set_default(self, name: str) -> None:
        """Raises `UnknownIdentity`."""
        with self._dialect.writing() as connection:
            _expect(connection, name)
            connection.execute(identities.update().values(is_default=0))
            connection.execute(identities.update().where(identities.c.name == name).values(is_default=1))


class TrustList:
    """By fingerprint; adding what is there and removing what is not change nothing."""

    def __init__(self, dialect: Sqlite) -> None:
        self._dialect = dialect

    def add(self, anchor: TrustRecord) -> None:
        with self._dialect.writing() as connection:
            if not connection.scalar(select(exists().where(trust.c.sha256 == anchor.sha256))):
                connection.execute(trust.insert(), _trust_columns(anchor))

    def list(self) -> tuple[TrustRecord, ...]:
        """In the order they were added."""
        with self._dialect.engine.connect() as connection:
            found = connection.execute(trust.select().order_by(trust.c.added_at, trust.c.sha256)).all()
        return tuple(TrustRecord(r.sha256, r.pem, r.subject, r.source, from_micros(r.added_at)) for r in found)

    def remove(self, sha256: str) -> None:
        with self._dialect.writing() as connection:
            connection.execute(trust.delete().where(trust.c.sha256 == sha256))


def _names(connection: Connection) -> list[str]:
    return list(connection.scalars(select(identities.c.name).order_by(identities.c.name)))


def _expect(connection: Connection, name: str) -> None:
    known = _names(connection)
    if name not in known:
        raise errors.UnknownIdentity(name=name, known=known)


def _identity_columns(identity: IdentityRecord) -> dict[str, Any]:
    return {
        "name": identity.name,
        "kind": identity.kind,
        "subject": identity.subject,
        "issuer": identity.issuer,
        "serial": identity.serial,
        "not_before": to_micros(identity.not_before),
        "not_after": to_micros(identity.not_after),
        "certificate_pem": identity.certificate_pem,
        "chain_pem": identity.chain_pem,
        "place": json.dumps(dict(identity.where), ensure_ascii=False, sort_keys=True),
        "is_default": int(identity.is_default),
    }


def _identity(row: Any) -> IdentityRecord:
    return IdentityRecord(
        row.name,
        row.kind,
        row.subject,
        row.issuer,
        row.serial,
        from_micros(row.not_before),
        from_micros(row.not_after),
        row.certificate_pem,
        row.chain_pem,
        json.loads(row.place),
        bool(row.is_default),
    )


def _trust_columns(anchor: TrustRecord) -> dict[str, Any]:
    return {
        "sha256": anchor.sha256,
        "pem": anchor.pem,
        "subject": anchor.subject,
        "source": anchor.source,
        "added_at": to_micros(anchor.added_at),
    }
