"""A text as a QR code (ISO/IEC 18004:2015): byte mode, level M, of which 15 % may be unreadable.

Needs no library and no child process, so that a window, a page and a seal's appearance can each draw it at once.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise, product, zip_longest
from typing import Final

from app.domain.drawing import BLACK, Colour, Drawing, Path, Segment

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, True is dark; without the quiet zone."""
QUIET: Final = 4
"""Light modules that must stand on each side (9.1)."""
_BLOCKS: Final = (
    *((10, 1), (16, 1), (26, 1), (18, 2), (24, 2), (16, 4), (18, 4), (22, 4), (22, 5), (26, 5)),
    *((30, 5), (22, 8), (22, 9), (24, 9), (24, 10), (28, 10), (28, 11), (26, 13), (26, 14), (26, 16)),
)
"""For each version from 1: error correction codewords of a block, and blocks (table 9, level M)."""
_PATTERN: Final = tuple(map(bool, (1, 0, 1, 1, 1, 0, 1)))
_MASKS: Final[tuple[Callable[[int, int], bool], ...]] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, _: y % 2 == 0,
    lambda _, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
"""Table 10; which modules of the data each of them inverts."""


@lru_cache(maxsize=32)
def modules(text: str) -> Matrix:
    """The smallest that holds `text` as UTF-8; `ValueError` above 666 bytes."""
    data = text.encode()
    for version in range(1, len(_BLOCKS) + 1):
        grid = _Grid(version)
        if (codewords := grid.filled(data)) is not None:
            return grid.drawn(_with_correction(codewords, *_BLOCKS[version - 1], total=grid.codewords))
    raise ValueError(f"{len(data)} bytes are too many for a QR code")


def drawing(text: str, side_pt: float, ink: Colour = BLACK) -> Drawing:
    """A square of `side_pt` points with the quiet zone within; what is light is left open."""
    rows = modules(text)
    step = side_pt / (len(rows) + 2 * QUIET)
    segments: list[Segment] = []
    for y, row in enumerate(rows):
        at = 0
        for dark, run in groupby(row):
            length = sum(1 for _ in run)
            if dark:
                segments.extend(_bar((QUIET + at) * step, (QUIET + y) * step, length * step, step))
            at += length
    return Drawing(side_pt, side_pt, paths=(Path(tuple(segments), fill=ink),))


def _bar(x: float, y: float, width: float, height: float) -> Iterator[Segment]:
    yield Segment("M", ((x, y),))
    for corner in ((x + width, y), (x + width, y + height), (x, y + height)):
        yield Segment("L", (corner,))
    yield Segment("Z")


class _Grid:
    """One version's patterns, and the way the data takes through what they leave free."""

    def __init__(self, version: int) -> None:
        self._version = version
        self._side = 17 + 4 * version
        self._fixed: dict[tuple[int, int], bool] = {}
        self._place_patterns()
        self._free = tuple(self._way())
        self.codewords = len(self._free) // 8

    def filled(self, data: bytes) -> bytes | None:
        """Mode, length, data, terminator and padding (7.4); None where there is too little room."""
        correction, blocks = _BLOCKS[self._version - 1]
        room = self.codewords - correction * blocks
        counted = 8 if self._version < 10 else 16
        bits = f"0100{len(data):0{counted}b}" + "".join(f"{byte:08b}" for byte in data)
        if len(bits) > room * 8 or len(data) >= 1 << counted:
            return None
        bits += "0" * min(4, room * 8 - len(bits))
        bits += "0" * (-len(bits) % 8)
        words = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
        return bytes(words + [(0xEC, 0x11)[n % 2] for n in range(room - len(words))])

    def drawn(self, codewords: bytes) -> Matrix:
        """Under the mask that is least like the patterns (7.8.3)."""
        bits = "".join(f"{byte:08b}" for byte in codewords).ljust(len(self._free), "0")
        return min((self._masked(bits, mask) for mask in range(len(_MASKS))), key=_penalty)

    def _masked(self, bits: str, mask: int) -> Matrix:
        found = {**self._fixed, **self._format(mask)}
        inverts = _MASKS[mask]
        found.update({(y, x): (bit == "1") != inverts(y, x) for (y, x), bit in zip(self._free, bits, strict=True)})
        side = range(self._side)
        return tuple(tuple(found[y, x] for x in side) for y in side)

    def _place_patterns(self) -> None:
        last = self._side - 1
        for n in range(self._side):
            self._fixed[6, n] = self._fixed[n, 6] = n % 2 == 0
        for y, x in ((3, 3), (3, last - 3), (last - 3, 3)):
            self._place_rings(y, x, 4, light=(2, 4))
        centres = self._centres()
        corners = {(6, 6), (6, last - 6), (last - 6, 6)}
        for y, x in product(centres, centres):
            if (y, x) not in corners:
                self._place_rings(y, x, 2, light=(1,))
        self._fixed.update(self._format(0))
        if self._version >= 7:
            told = _with_remainder(self._version, 0x1F25, 12)
            for n in range(18):
                y, x = n // 3, self._side - 11 + n % 3
                self._fixed[y, x] = self._fixed[x, y] = bool(told >> n & 1)

    def _place_rings(self, y: int, x: int, reach: int, light: Sequence[int]) -> None:
        for dy, dx in product(range(-reach, reach + 1), repeat=2):
            if 0 <= y + dy < self._side and 0 <= x + dx < self._side:
                self._fixed[y + dy, x + dx] = max(abs(dy), abs(dx)) not in light

    def _centres(self) -> list[int]:
        """Of the alignment patterns, along either side (annex E)."""
        if self._version == 1:
            return []
        gaps, last = self._version // 7 + 1, self._side - 7
        step = -(-(last - 6) // gaps)
        step += step % 2
        return [6, *(last - step * n for n in range(gaps - 1, -1, -1))]

    def _format(self, mask: int) -> dict[tuple[int, int], bool]:
        """Level M and the mask, twice (7.9)."""
        told = _with_remainder(mask, 0x537, 10) ^ 0x5412
        around = [(n, 8) for n in (0, 1, 2, 3, 4, 5, 7, 8)] + [(8, n) for n in (7, 5, 4, 3, 2, 1, 0)]
        apart = [(8, self._side - 1 - n) for n in range(8)] + [(self._side - 7 + n, 8) for n in range(7)]
        bits = [bool(told >> n & 1) for n in range(15)]
        return {
            **dict(zip(around, bits, strict=True)),
            **dict(zip(apart, bits, strict=True)),
            (self._side - 8, 8): True,
        }

    def _way(self) -> Iterator[tuple[int, int]]:
        """Two columns at a time from the right, up and down in turn, around the upright timing pattern (7.7.3)."""
        rights = (*range(self._side - 1, 6, -2), 5, 3, 1)
        for turn, right in enumerate(rights):
            rows = range(self._side) if turn % 2 else range(self._side - 1, -1, -1)
            yield from ((y, x) for y in rows for x in (right, right - 1) if (y, x) not in self._fixed)


def _with_remainder(value: int, divisor: int, bits: int) -> int:
    """`value` followed by its remainder modulo `divisor` over GF(2) (annexes C and D)."""
    rest = value << bits
    while rest.bit_length() > bits:
        rest ^= divisor << (rest.bit_length() - bits - 1)
    return value << bits | rest


def _with_correction(data: bytes, correction: int, blocks: int, *, total: int) -> bytes:
    """Cut into blocks, each with its Reed-Solomon codewords, woven (7.5, 7.6); `total` checks the tables."""
    short, longer = divmod(len(data), blocks)
    cut, at = [], 0
    for n in range(blocks):
        length = short + (n >= blocks - longer)
        cut.append(data[at : at + length])
        at += length
    divisor = _divisor(correction)
    checks = [_remainder(block, divisor) for block in cut]
    woven = bytes(word for row in (*zip_longest(*cut), *zip(*checks, strict=True)) for word in row if word is not None)
    if len(woven) != total:
        raise ValueError("the tables do not fit the grid")
    return woven


def _divisor(degree: int) -> tuple[int, ...]:
    """Coefficients of (x - 1)(x - 2)(x - 4)… without the leading 1 (annex A)."""
    found, root = [1], 1
    for _ in range(degree):
        shifted = [*found, 0]
        for n, factor in enumerate(found):
            shifted[n + 1] ^= _times(factor, root)
        found, root = shifted, _times(root, 2)
    return tuple(found[1:])


def _remainder(block: bytes, divisor: Sequence[int]) -> bytes:
    rest = [0] * len(divisor)
    for word in block:
        factor = word ^ rest[0]
        rest = [kept ^ _times(factor, part) for kept, part in zip([*rest[1:], 0], divisor, strict=True)]
    return bytes(rest)


@lru_cache(maxsize=1 << 16)
def _times(one: int, other: int) -> int:
    """In GF(256) modulo x⁸ + x⁴ + x³ + x² + 1."""
    found = 0
    while other:
        found ^= one * (other & 1)
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return found


def _penalty(rows: Matrix) -> int:
    """Points of table 11: long runs, squares, what looks like a finder pattern, more dark than light or less."""
    lines = (*rows, *zip(*rows, strict=True))
    runs = sum(length - 2 for line in lines for _, run in groupby(line) if (length := sum(1 for _ in run)) >= 5)
    squares = sum(
        len({a, b, c, d}) == 1
        for upper, lower in pairwise(rows)
        for (a, c), (b, d) in pairwise(zip(upper, lower, strict=True))
    )
    finders = sum(_looks(line, at) for line in lines for at in range(len(line) - 6))
    dark = sum(map(sum, rows)) * 100 / len(rows) ** 2
    return runs + 3 * squares + 40 * finders + 10 * int(abs(dark - 50) // 5)


def _looks(line: Sequence[bool], at: int) -> bool:
    """Like a finder pattern, with four light modules on a side; beyond the edge all is light."""
    if tuple(line[at : at + 7]) != _PATTERN:
        return False
    return not any(line[max(0, at - 4) : at]) or not any(line[at + 7 : at + 11])
