"""Brings a library to the schema this program knows: made at once when new, migrated with a backup when older.

The whole of either is one transaction, so an interrupted one has not happened and runs again at the next opening.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain import errors
from app.store.dialect import Ask, Sqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Schema:
    """`version` is the number of the last revision in `scripts`."""

    version: int
    scripts: Path

    @property
    def revision(self) -> str:
        """Alembic's name of it."""
        return f"{self.version:04}"


CURRENT = Schema(3, Path(__file__).parent / "migrations")


def bring_up(dialect: Sqlite, schema: Schema, back_up: Callable[[int], Path]) -> None:
    """`back_up` gets the version found. Raises `LibraryTooNew` without having opened the database."""
    found = dialect.version_in_header()
    if found is not None and found <= schema.version:
        found = dialect.version()
    if found is None:
        _create(dialect, schema)
    elif found > schema.version:
        raise errors.LibraryTooNew(library=str(dialect.folder), found=str(found), known=str(schema.version))
    elif found < schema.version:
        back_up(found)
        _migrate(dialect, schema)


def _create(dialect: Sqlite, schema: Schema) -> None:
    from app.store import tables

    dialect.make_file()
    with dialect.writing() as connection:
        # Another process may have been first while this one waited for the lock.
        if dialect.version_in(_asking(connection)) is None:
            tables.metadata.create_all(connection)
            dialect.equip(connection, new=True)
            _stamp_revision(connection, schema.revision)
            dialect.stamp(connection, schema.version)
    dialect.keep_log()


def _migrate(dialect: Sqlite, schema: Schema) -> None:
    """Alembic is imported here and nowhere else: it is needed once in the life of a version."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # ConfigParser would take a percent sign of the path for its own.
    config.set_main_option("script_location", str(schema.scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with dialect.reshaping() as connection:
        if dialect.version_in(_asking(connection)) != schema.version:
            config.attributes["connection"] = connection
            command.upgrade(config, schema.revision)
            dialect.equip(connection, new=False)
            dialect.stamp(connection, schema.version)
    dialect.keep_log()


def _stamp_revision(connection: "Connection", revision: str) -> None:
    """Alembic's own table, as Alembic would make it."""
    from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table

    number = Column("version_num", String(32), nullable=False)
    table = Table("alembic_version", MetaData(), number, PrimaryKeyConstraint(number, name="alembic_version_pkc"))
    table.create(connection)
    connection.execute(table.insert().values(version_num=revision))


def _asking(connection: "Connection") -> Ask:
    return lambda sql, _: list(connection.exec_driver_sql(sql).all())
