"""Whether bytes are one value in distinguished encoding, as ISO 32000-2, 12.8.3.3.1 wants /Contents to be.

Only the framing is judged: definite lengths in their shortest form that add up. A re-encoding of that would have the
same length, and nothing can hide between the values.
"""

_LONG = 0x80
_CONSTRUCTED = 0x20
_MULTI_BYTE_TAG = 0x1F
_DEEPEST = 64


def length_of(data: bytes) -> int | None:
    """Bytes of the first value with its head; None when it has no definite length or does not fit."""
    head = _head(data, 0, len(data))
    return None if head is None else head[0] + head[1]


def is_strict(data: bytes) -> bool:
    """`data` is exactly one value, and so is everything inside it."""
    return bool(data) and _fills(data, 0, len(data), _DEEPEST, single=True)


def _fills(data: bytes, start: int, end: int, depth: int, single: bool = False) -> bool:
    """The values from `start` end exactly at `end`."""
    at = start
    while at < end:
        head = _head(data, at, end)
        if head is None or depth == 0:
            return False
        body, size = head
        if data[at] & _CONSTRUCTED and not _fills(data, body, body + size, depth - 1):
            return False
        at = body + size
        if single:
            break
    return at == end


def _head(data: bytes, at: int, end: int) -> tuple[int, int] | None:
    """Where the body begins and how long it is."""
    if end - at < 2 or data[at] & _MULTI_BYTE_TAG == _MULTI_BYTE_TAG:
        return None
    size, body = data[at + 1], at + 2
    if size & _LONG:
        count = size & ~_LONG
        size = int.from_bytes(data[body : body + count], "big")
        if not 1 <= count <= min(4, end - body) or data[body] == 0 or size < _LONG:
            return None
        body += count
    return (body, size) if body + size <= end else None
