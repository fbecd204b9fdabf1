"""Just enough DER (X.690) to write a CMS signature without parsing one."""

from typing import Final

NULL: Final = b"\x05\x00"


def tlv(tag: int, *parts: bytes) -> bytes:
    """Tag, definite length, content."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def sequence(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def set_of(*parts: bytes) -> bytes:
    """Elements in the order of their encodings (X.690, 11.6)."""
    return tlv(0x31, *sorted(parts))


def integer(number: int) -> bytes:
    """Not negative."""
    return tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def octets(data: bytes) -> bytes:
    return tlv(0x04, data)


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    return tlv(0x06, *(_base_128(arc) for arc in (40 * first + second, *rest)))


def explicit(number: int, *parts: bytes) -> bytes:
    """Context-specific, constructed: also what an IMPLICIT tag over a SET or SEQUENCE looks like."""
    return tlv(0xA0 | number, *parts)


def children(encoded: bytes) -> list[bytes]:
    """The elements inside a constructed value, each whole; ValueError when lengths do not fit."""
    start, end = _content(encoded, 0)
    found = []
    while start < end:
        _, stop = _content(encoded, start)
        found.append(encoded[start:stop])
        start = stop
    if start != end or end != len(encoded):
        raise ValueError("lengths of a DER value do not fit")
    return found


def content(encoded: bytes) -> bytes:
    """What is inside the first value, whatever follows it; ValueError when it is cut off."""
    start, end = _content(encoded, 0)
    if end > len(encoded):
        raise ValueError("a DER value is cut off")
    return encoded[start:end]


def first(encoded: bytes) -> bytes:
    """The first value, whole, without what follows it; ValueError when it is cut off."""
    inside = content(encoded)
    return encoded[: _content(encoded, 0)[0] + len(inside)]


def _content(encoded: bytes, at: int) -> tuple[int, int]:
    """Where the content of the value at this offset begins and ends."""
    if at + 2 > len(encoded):
        raise ValueError("a DER value is cut off")
    first = encoded[at + 1]
    if first < 0x80:
        return at + 2, at + 2 + first
    start = at + 2 + (first & 0x7F)
    return start, start + int.from_bytes(encoded[at + 2 : start], "big")


def _base_128(arc: int) -> bytes:
    digits = [arc & 0x7F]
    while arc := arc >> 7:
        digits.append(0x80 | (arc & 0x7F))
    return bytes(reversed(digits))
