"""The rules of signing: pure Python, no I/O, no clock, no Qt.

Values are frozen dataclasses; a transition checks its rule and returns a `Step`, a new envelope with the audit
entries that explain it.
"""
