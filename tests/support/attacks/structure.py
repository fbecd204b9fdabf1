"""Two readers, two documents: endings, tables and trailers that a strict reader and a lenient one take differently
(Mladenov et al., CCS 2019, incremental saving attack and its variants).
"""

from __future__ import annotations

import random
import re

from tests.support.attacks import Attack, Expect
from tests.support.attacks.annotating import annotate
from tests.support.attacks.revising import Edit, dictionary, field_of, page_of, revised, stream, value
from tests.support.signed import Signed

_EVIL = b"BT /Helv 24 Tf 72 700 Td (evil) Tj ET"


def _new_content(signed: Signed) -> bytes:
    """An appended revision with another page content."""
    return revised(signed.data, _content)


def _body_only(signed: Signed, chance: random.Random) -> bytes:
    """Objects, no table, no trailer: readers that repair will use them."""
    number = _page_number(signed)
    return signed.data + b"%d 0 obj\n<</Type/Page/Contents 9999 0 R>>\nendobj\n" % number


def _spoiled(edit: Edit, pattern: bytes, replacement: bytes):  # type: ignore[no-untyped-def]
    def make(signed: Signed, chance: random.Random) -> bytes:
        data = revised(signed.data, edit)
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


def _before(text: bytes):  # type: ignore[no-untyped-def]
    return lambda signed, _: text + signed.data


def _twice(signed: Signed, chance: random.Random) -> bytes:
    """Two whole files in one: the second has other content."""
    return signed.data + _new_content(signed)


def _unsigned_behind(signed: Signed, chance: random.Random) -> bytes:
    return signed.data + b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"


def _annotation(writer):  # type: ignore[no-untyped-def]
    annotate(writer, "Stamp", (50, 50))


def _page_more(writer):  # type: ignore[no-untyped-def]
    tree = writer.root["/Pages"]
    page = dictionary(Type="/Page", MediaBox=[0, 0, 595, 842], Parent=writer.root.raw_get("/Pages"))
    tree["/Kids"].append(writer.add_object(page))
    tree["/Count"] = value(int(tree["/Count"]) + 1)
    writer.update_container(tree)


def _field_value(writer):  # type: ignore[no-untyped-def]
    field_of(writer, "Paraph_1_text")["/V"] = value("evil")


def _content(writer):  # type: ignore[no-untyped-def]
    page_of(writer)["/Contents"] = stream(writer, _EVIL)


_PAYLOADS = {"content": _content, "annotation": _annotation, "page": _page_more, "value": _field_value}
_SPOILS = {
    "with commented startxref": (rb"startxref", b"%startxref"),
    "without startxref": (rb"startxref.*", b"%%EOF\n"),
    "without end mark": (rb"%%EOF.*", b""),
    "with two end marks": (rb"%%EOF", b"%%EOF\n%%EOF"),
    "whose startxref is zero": (rb"startxref\s+\d+", b"startxref\n0"),
    "whose startxref is huge": (rb"startxref\s+\d+", b"startxref\n99999999"),
    "without trailer": (rb"trailer.*?startxref|/Type\s*/XRef", b"startxref"),
    "with an empty table": (rb"xref\s.*?trailer", b"xref\n0 0\ntrailer"),
    "with a commented table": (rb"(?<!start)xref\s", b"%xref "),
    "without root": (rb"/Root \d+ 0 R", b""),
    "that goes back to nothing": (rb"/Prev \d+", b"/Prev 0"),
    "with a second trailer": (rb"startxref", b"trailer\n<</Root 1 0 R /Size 9>>\nstartxref"),
}


def _variants() -> tuple[Attack, ...]:
    return tuple(
        Attack(f"a revision {how}, for another {what}", _spoiled(edit, pattern, replacement))
        for what, edit in _PAYLOADS.items()
        for how, (pattern, replacement) in _SPOILS.items()
    )


ATTACKS = (
    Attack("a revision without table", _body_only),
    *_variants(),
    Attack("a second trailer", _appended(b"trailer\n<</Root 1 0 R /Size 3>>\n")),
    Attack("a second startxref", _appended(b"startxref\n15\n%%EOF\n")),
    Attack("an earlier startxref again", _earlier_startxref),
    Attack("an empty table", _empty_table, Expect.LISTED),
    Attack("a second end mark", _appended(b"%%EOF\n")),
    Attack("rubbish after the end", _appended(b"rubbish\n")),
    Attack("blank lines after the end", _appended(b"\n\n\n")),
    Attack("a comment after the end", _appended(b"% harmless\n")),
    Attack("a zip after the end", _appended(b"PK\x03\x04" + bytes(200))),
    Attack("PostScript before the header", _before(b"%!PS\n")),
    Attack("a web page before the header", _before(b"<html><!--\n")),
    Attack("a picture before the header", _before(b"GIF89a" + bytes(20))),
    Attack("a program before the header", _before(b"MZ" + bytes(60))),
    Attack("a blank line before the header", _before(b"\n")),
    Attack("another header before the header", _before(b"%PDF-1.0\n")),
    Attack("a web page after the end", _appended(b"--><script>alert(1)</script></html>")),
    Attack("nothing but zeroes after the end", _appended(bytes(4096))),
    Attack("a picture after the end", _appended(b"\xff\xd8\xff\xe0" + bytes(100) + b"\xff\xd9")),
    Attack("the same file again with other content", _twice),
    Attack("an unsigned file behind the signed one", _unsigned_behind),
    Attack("an object nobody refers to", _appended(b"77 0 obj\n<</Evil true>>\nendobj\n")),
)
