"""The outbox: what is to be done somewhere else, or later."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "operations",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("account", sa.Text()),
        sa.Column("envelope", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("next_at", "created_at", "learned_at")),
        sa.Column("begun_at", sa.BigInteger()),
        sa.Column("step", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("attempts", "version")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("request", "facts")),
        sa.Column("error", sa.Text()),
    )
    op.create_index("operations_of_envelope", "operations", ["envelope"])
    still_open = sa.text("state IN ('waiting', 'running', 'unknown')")
    op.create_index("operations_open", "operations", ["number"], sqlite_where=still_open)
