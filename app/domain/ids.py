"""Identifiers are ULIDs (26 characters, sortable by time), typed so that one cannot stand in for another."""

from typing import NewType

EnvelopeId = NewType("EnvelopeId", str)
DocumentId = NewType("DocumentId", str)
RecipientId = NewType("RecipientId", str)
FieldId = NewType("FieldId", str)
Sha256 = NewType("Sha256", str)
"""Lower-case hexadecimal SHA-256 of some bytes: the name of a blob."""
