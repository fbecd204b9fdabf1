"""The pictures of the README, taken of the real program: `python3 packaging/dev.py screenshots`."""
