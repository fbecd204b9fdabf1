"""Preparing an envelope: documents, people, fields, and sending out."""
