"""Two readers, two documents: endings, tables and trailers that a strict reader and a lenient one take differently
(Mladenov et al., CCS 2019, incremental saving attack and its variants).
"""

from __future__ import annotations

import random
import re

from tests.support.attacks import Attack, Expect
from tests.support.attacks.revising import page_of, revised, stream
from tests.support.signed import Signed

_EVIL = b"BT /Helv 24 Tf 72 700 Td (evil) Tj ET"


def _new_content(signed: Signed) -> bytes:
    """An appended revision with another page content, for the variants to spoil."""

    def edit(writer):  # type: ignore[no-untyped-def]
        page_of(writer)["/Contents"] = stream(writer, _EVIL)

    return revised(signed.data, edit)


def _body_only(signed: Signed, chance: random.Random) -> bytes:
    """Objects, no table, no trailer: readers that repair will use them."""
    number = _page_number(signed)
    return signed.data + b"%d 0 obj\n<</Type/Page/Contents 9999 0 R>>\nendobj\n" % number


def _spoiled(pattern: bytes, replacement: bytes):  # type: ignore[no-untyped-def]
    def make(signed: Signed, chance: random.Random) -> bytes:
        data = _new_content(signed)
        added = data[len(signed.data) :]
        changed = re.sub(pattern, replacement, added, count=1, flags=re.DOTALL)
        assert changed != added
        return signed.data + changed

    return make


def _appended(text: bytes):  # type: ignore[no-untyped-def]
    return lambda signed, _: signed.data + text


def _startxref(signed: Signed) -> int:
    return int(re.findall(rb"startxref\s+(\d+)", signed.data)[-1])


def _earlier_startxref(signed: Signed, chance: random.Random) -> bytes:
    """Leads back to the first revision, so that the second signature is not seen."""
    first = re.findall(rb"startxref\s+(\d+)", signed.states[0])[-1]
    return signed.data + b"startxref\n%s\n%%%%EOF\n" % first


def _empty_table(signed: Signed, chance: random.Random) -> bytes:
    at = len(signed.data)
    trailer = re.findall(rb"/Root \d+ 0 R", signed.data)[-1]
    table = b"xref\n0 0\ntrailer\n<<%s /Size 200 /Prev %d>>\n" % (trailer, _startxref(signed))
    return signed.data + table + b"startxref\n%d\n%%%%EOF\n" % at


def _page_number(signed: Signed) -> int:
    return int(re.search(rb"(\d+) 0 obj\s*<<[^>]*?/Type\s*/Page\b", signed.data, re.DOTALL)[1])  # type: ignore[index]


def _before_header(signed: Signed, chance: random.Random) -> bytes:
    return b"%!PS\n" + signed.data


ATTACKS = (
    Attack("a revision without table", _body_only),
    Attack("a revision with commented startxref", _spoiled(rb"startxref", b"%startxref")),
    Attack("a revision without startxref", _spoiled(rb"startxref.*", b"%%EOF\n")),
    Attack("a revision without end mark", _spoiled(rb"%%EOF.*", b"")),
    Attack("a revision whose startxref is zero", _spoiled(rb"startxref\s+\d+", b"startxref\n0")),
    Attack("a revision without trailer", _spoiled(rb"trailer.*?startxref|/Type\s*/XRef", b"startxref")),
    Attack("a second trailer", _appended(b"trailer\n<</Root 1 0 R /Size 3>>\n")),
    Attack("a second startxref", _appended(b"startxref\n15\n%%EOF\n")),
    Attack("an earlier startxref again", _earlier_startxref),
    Attack("an empty table", _empty_table, Expect.LISTED),
    Attack("a second end mark", _appended(b"%%EOF\n")),
    Attack("rubbish after the end", _appended(b"rubbish\n")),
    Attack("blank lines after the end", _appended(b"\n\n\n")),
    Attack("a comment after the end", _appended(b"% harmless\n")),
    Attack("a zip after the end", _appended(b"PK\x03\x04" + bytes(200))),
    Attack("something before the header", _before_header),
    Attack("an object nobody refers to", _appended(b"77 0 obj\n<</Evil true>>\nendobj\n")),
)
