"""Messages between parent and child: a four-byte big-endian length, then JSON in UTF-8.

JSON and not pickle, because a child that a hostile document has taken over must not be able to run
anything in its parent: the worst it can send is a wrong value.
"""

import json
import struct
from collections.abc import Mapping
from typing import IO, cast

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_LENGTH = struct.Struct(">I")


class MessageTooBig(Exception):
    """A frame is larger than the limit; internal to this room, which translates it."""

    def __init__(self, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(size_bytes, limit_bytes)
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


def encode(message: Mapping[str, Json], limit_bytes: int) -> bytes:
    """The frame of a message; raises `MessageTooBig` before anything is written."""
    body = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    if len(body) > limit_bytes:
        raise MessageTooBig(len(body), limit_bytes)
    return _LENGTH.pack(len(body)) + body


def send(stream: IO[bytes], frame: bytes) -> None:
    """Write a frame made by `encode` and flush it."""
    stream.write(frame)
    stream.flush()


def receive(stream: IO[bytes], limit_bytes: int) -> bytes:
    """The body of the next frame; raises `EOFError` when the other side is gone, also within a frame."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(head)
    if size > limit_bytes:
        raise MessageTooBig(size, limit_bytes)
    body = stream.read(size)
    if len(body) < size:
        raise EOFError
    return body


def decode(body: bytes) -> dict[str, Json]:
    """The message in a frame's body; raises `ValueError` for what is no JSON object."""
    try:
        message = json.loads(body.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(message, dict):
        raise ValueError("not an object")
    return cast("dict[str, Json]", message)
