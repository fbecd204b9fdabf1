"""The lines of a printed page as paragraphs, for who reads them in large letters or has them read aloud."""

import re
from itertools import pairwise
from typing import Final

FULL: Final = 0.75
"""A line at least this long, as a share of the page's longest, goes on in the next; a shorter one ends a paragraph."""
LEAST: Final = 24
"""Letters in a line; on a page of shorter ones nothing is known, and none goes on."""
_ITEM: Final = re.compile(r"([-–•*§]|\(?\w{1,3}[.)])(\s|$)")
_BROKEN: Final = re.compile(r"\w[-\u00ad]$")


def paragraphs(text: str) -> tuple[str, ...]:
    """From lines in reading order. Words that were divided at the end of a line are whole again."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return ()
    longest = max(map(len, lines))
    found = [lines[0]]
    for line, after in pairwise(lines):
        if _BROKEN.search(line) and after[:1].islower():
            found[-1] = found[-1][:-1] + after
        elif len(line) < max(FULL * longest, LEAST) or _ITEM.match(after):
            found.append(after)
        else:
            found[-1] = f"{found[-1]} {after}"
    return tuple(found)
