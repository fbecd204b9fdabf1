"""Accounts at remote services, and the list of what left this machine."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("provider", "base_url", "options")),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "connections",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("account", "host", "method", "path", "why", "outcome")
        ),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("sent", "received")),
    )
