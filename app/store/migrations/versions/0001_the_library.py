"""The library: envelopes, their trails, what they are found by, identities and trust."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WORDS = ("title", "message", "people", "documents", "metadata")

SQLITE = (
    """CREATE VIRTUAL TABLE search USING fts5(title, message, people, documents, metadata,
        content='texts', content_rowid='key', columnsize=0,
        tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE TRIGGER texts_written AFTER INSERT ON texts BEGIN
        INSERT INTO search (rowid, title, message, people, documents, metadata)
        VALUES (NEW.key, NEW.title, NEW.message, NEW.people, NEW.documents, NEW.metadata);
    END""",
    """CREATE TRIGGER texts_erased AFTER DELETE ON texts BEGIN
        INSERT INTO search (search, rowid, title, message, people, documents, metadata)
        VALUES ('delete', OLD.key, OLD.title, OLD.message, OLD.people, OLD.documents, OLD.metadata);
    END""",
    """CREATE TRIGGER texts_changed AFTER UPDATE ON texts BEGIN
        INSERT INTO search (search, rowid, title, message, people, documents, metadata)
        VALUES ('delete', OLD.key, OLD.title, OLD.message, OLD.people, OLD.documents, OLD.metadata);
        INSERT INTO search (rowid, title, message, people, documents, metadata)
        VALUES (NEW.key, NEW.title, NEW.message, NEW.people, NEW.documents, NEW.metadata);
    END""",
    """CREATE TRIGGER events_never_change BEFORE UPDATE ON events BEGIN
        SELECT RAISE(ABORT, 'the trail is append-only');
    END""",
    """CREATE TRIGGER events_stay BEFORE DELETE ON events
    WHEN EXISTS (SELECT 1 FROM envelopes WHERE key = OLD.envelope) BEGIN
        SELECT RAISE(ABORT, 'the trail is append-only');
    END""",
    """CREATE TRIGGER envelopes_stay BEFORE DELETE ON envelopes WHEN OLD.status <> 'draft' BEGIN
        SELECT RAISE(ABORT, 'only drafts can be deleted');
    END""",
)


def upgrade() -> None:
    _envelopes()
    _trail_and_texts()
    _small_tables()
    for statement in SQLITE:
        op.execute(statement)


def _envelopes() -> None:
    op.create_table(
        "envelopes",
        sa.Column("key", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger()),
        sa.Column("needs_host", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    newest = (sa.text("created_at DESC"), sa.text("id DESC"))
    op.create_index("envelopes_by_age", "envelopes", [*newest])
    op.create_index("envelopes_by_status", "envelopes", ["status", *newest])
    op.create_index("envelopes_in_hand", "envelopes", [*newest], sqlite_where=sa.text("needs_host = 1"))
    out = sa.text("status = 'out' AND expires_at IS NOT NULL")
    op.create_index("envelopes_by_limit", "envelopes", ["expires_at"], sqlite_where=out)


def _trail_and_texts() -> None:
    op.create_table(
        "events",
        sa.Column("envelope", sa.Integer(), _owner(), primary_key=True, autoincrement=False),
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "texts",
        sa.Column("key", sa.Integer(), _owner(), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
    )


def _owner() -> sa.ForeignKey:
    return sa.ForeignKey("envelopes.key", ondelete="CASCADE")


def _small_tables() -> None:
    op.create_table(
        "identities",
        sa.Column("name", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "subject", "issuer", "serial")),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("not_after", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("certificate_pem", "chain_pem", "place")),
        sa.Column("is_default", sa.Integer(), nullable=False),
    )
    op.create_table(
        "trust",
        sa.Column("sha256", sa.String(64), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("pem", "subject", "source")),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
    )
