"""Verify: one honest sentence about a PDF, and the evidence beside it."""
