"""Paraph: prepare, sign and seal documents on this machine, with or without a network."""

__version__ = "0.1.0"
