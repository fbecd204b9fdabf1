"""Seal: PDFs sealed directly, and the designs of what is seen of it."""
