"""Where the sender wants each signature to be confirmed by itself: one act places one mark."""

from collections.abc import Iterable
from typing import Final

from app.domain import errors
from app.domain.envelope import Envelope
from app.domain.fields.base import Field

MARKED: Final = frozenset({"signature", "initials"})
"""Kinds of fields that take a mark."""


def check(envelope: Envelope, role: str, fields: Iterable[Field]) -> None:
    """`fields` are filled by one act. Raises `ConfirmEach` where that is one place too many."""
    if envelope.confirm_each_field and sum(field.kind in MARKED for field in fields) > 1:
        raise errors.ConfirmEach(role=role)
