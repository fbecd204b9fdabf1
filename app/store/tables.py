"""The tables. A change here needs a revision in `migrations`, and a test compares the two."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, desc, text

metadata = MetaData()

def _owner() -> ForeignKey:
    return ForeignKey("envelopes.key", ondelete="CASCADE")



envelopes = Table(
    "envelopes",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("needs_host", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("summary", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""One row an envelope. `body` is the whole value as JSON; the other columns are what lists and rules ask for.
`events` and `head` say where the chain stands, so that a tail cut off is seen.
"""

_newest = (desc(envelopes.c.created_at), desc(envelopes.c.id))

Index("envelopes_by_age", *_newest)
Index("envelopes_by_status", envelopes.c.status, *_newest)
Index(
    "envelopes_in_hand",
    *_newest,
    sqlite_where=text("needs_host = 1"),
    postgresql_where=text("needs_host = 1"),
)
Index(
    "envelopes_by_limit",
    envelopes.c.expires_at,
    sqlite_where=text("status = 'out' AND expires_at IS NOT NULL"),
    postgresql_where=text("status = 'out' AND expires_at IS NOT NULL"),
)

events = Table(
    "events",
    metadata,
    Column("envelope", Integer, _owner(), primary_key=True, autoincrement=False),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("sha256", String(64), nullable=False),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""The audit trail: `body` is the canonical JSON that was hashed. Triggers refuse changing and deleting."""

texts = Table(
    "texts",
    metadata,
    Column("key", Integer, _owner(), primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("people", Text, nullable=False),
    Column("documents", Text, nullable=False),
    Column("metadata", Text, nullable=False),
)
"""What envelopes are found by. The search index hangs on this table by triggers and follows it."""

identities = Table(
    "identities",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("serial", Text, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    Column("not_after", BigInteger, nullable=False),
    Column("certificate_pem", Text, nullable=False),
    Column("chain_pem", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("is_default", Integer, nullable=False),
)

trust = Table(
    "trust",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("pem", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("added_at", BigInteger, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("provider", Text, nullable=False),
    Column("base_url", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("added_at", BigInteger, nullable=False),
)
"""Logins at remote services. Their secrets are in the vault and nowhere else."""

connections = Table(
    "connections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("account", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("sent", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
)
"""What left this machine. `account` is a name and no key: the line outlives the account."""

operations = Table(
    "operations",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("account", Text),
    Column("envelope", String(64)),
    Column("state", String(16), nullable=False),
    Column("next_at", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("learned_at", BigInteger, nullable=False),
    Column("begun_at", BigInteger),
    Column("step", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("request", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("error", Text),
)
"""The outbox. A row is written in the transaction of the step that caused it, and each change names the version it
changes, so that two runners never do the same thing."""

Index("operations_of_envelope", operations.c.envelope)
Index(
    "operations_open",
    operations.c.number,
    sqlite_where=text("state IN ('waiting', 'running', 'unknown')"),
    postgresql_where=text("state IN ('waiting', 'running', 'unknown')"),
)
