"""One function per use case: `f(house, ...)`. Safe to run in any thread; never asks a person anything, but
raises and is called again.
"""
