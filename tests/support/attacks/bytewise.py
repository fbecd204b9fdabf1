"""Changed bytes, where the signature looks and where it does not."""

from __future__ import annotations

import random

from app.sealing.verifying.raw import ByteRange, RawFile
from tests.support.attacks import Attack, Expect
from tests.support.signed import Signed


def _holes(data: bytes) -> tuple[ByteRange, ...]:
    return RawFile(data).byte_ranges


def _flip_outside(signed: Signed, chance: random.Random) -> bytes:
    """One bit, anywhere that is signed."""
    holes = _holes(signed.data)
    data = bytearray(signed.data)
    while True:
        at = chance.randrange(len(data))
        if not any(hole.before <= at < hole.resume for hole in holes):
            data[at] ^= 1 << chance.randrange(8)
            return bytes(data)


def _flip_inside(signed: Signed, chance: random.Random) -> bytes:
    """One bit of the last signature's string, padding and delimiters included."""
    hole = _holes(signed.data)[-1]
    data = bytearray(signed.data)
    data[chance.randrange(hole.before, hole.resume)] ^= 1 << chance.randrange(8)
    return bytes(data)


def _in_hole(signed: Signed, start: int, replacement: bytes) -> bytes:
    """Overwrites within the last hole; a negative start counts from its end."""
    hole = _holes(signed.data)[-1]
    at = hole.before + start if start >= 0 else hole.resume + start
    return signed.data[:at] + replacement + signed.data[at + len(replacement) :]


def _letter_case(signed: Signed, chance: random.Random) -> bytes:
    hole = _holes(signed.data)[-1]
    text = RawFile(signed.data).hole(hole)
    at = chance.choice([place for place, digit in enumerate(text) if digit in b"ABCDEF"])
    return _in_hole(signed, at, text[at : at + 1].lower())


def _transplanted(signed: Signed, chance: random.Random) -> bytes:
    """The first signature's message in the place of the second's."""
    first, last = _holes(signed.data)[0], _holes(signed.data)[-1]
    digits = RawFile(signed.data).hole(first)[1:-1]
    room = last.resume - last.before - 2
    return _in_hole(signed, 1, digits[:room].ljust(room, b"0"))


def _content_in_range(signed: Signed, chance: random.Random) -> bytes:
    at = signed.data.index(b"/ByteRange")
    return signed.data[:at] + signed.data[at:].replace(b"[0 ", b"[1 ", 1)


ATTACKS = (
    Attack("flip a signed bit", _flip_outside, Expect.INVALID, seeds=8),
    Attack("flip a bit of the signature", _flip_inside, seeds=8),
    Attack("content behind the padding", lambda s, _: _in_hole(s, -9, b"DEADBEEF"), Expect.INVALID),
    Attack("zeroes for a signature", lambda s, _: _in_hole(s, 1, b"0" * 200)),
    Attack("blanks for a signature", lambda s, _: _in_hole(s, 1, b" " * 200)),
    Attack("no digits for a signature", lambda s, _: _in_hole(s, 1, b"xyzxyz")),
    Attack("another letter case", _letter_case, Expect.INVALID),
    Attack("another signature's message", _transplanted, Expect.INVALID),
    Attack("a byte range that begins later", _content_in_range, Expect.INVALID),
    Attack("cut off one byte", lambda s, _: s.data[:-1]),
    Attack("cut off the end", lambda s, _: s.data[:-200]),
    Attack("cut off the second revision's half", lambda s, _: s.data[: len(s.states[0]) + 500]),
)
