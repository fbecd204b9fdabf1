"""Shadow attacks (Mainka et al., NDSS 2021): whoever prepares the document hides content in it before anybody signs,
and shows it afterwards. `prepare` is the first half; the attacks are hide, replace, and hide-and-replace.

What is hidden is found again by the entry `/Shadow` of its object.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.support.attacks import Attack, Expect
from tests.support.attacks.revising import Edit, dictionary, field_of, page_of, revised, value
from tests.support.signed import Signed

SHADOWED = "shadowed"
_TERMS = b"BT /Shadow 14 Tf 72 560 Td (You owe 1000000) Tj ET /Cover Do"
_EVIL = b"BT /Shadow 24 Tf 72 700 Td (You owe everything) Tj ET"


def prepare(data: bytes) -> bytes:
    """Text beneath a cover, a font to exchange, a layer switched off, and a page, a catalog and a stream in wait."""

    def edit(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer)
        layer = writer.add_object(dictionary(Type="/OCG", Name="terms", Shadow="/Layer"))
        cover = _stream(writer, "/Cover", b"1 g 60 540 300 40 re f", Subtype="/Form", BBox=[0, 0, 595, 842])
        late = _stream(writer, "/Late", _EVIL, Subtype="/Form", BBox=[0, 0, 595, 842], OC=layer)
        font = dictionary(Type="/Font", Subtype="/Type1", BaseFont="/Helvetica", Shadow="/Font")
        before = page["/Resources"]["/Font"]
        fonts = generic.DictionaryObject({key: before.raw_get(key) for key in before})
        fonts["/Shadow"] = writer.add_object(font)
        page["/Resources"] = dictionary(Font=fonts, XObject=dictionary(Cover=cover, Late=late))
        contents = page.raw_get("/Contents")
        inner = list(contents.get_object()) if isinstance(contents.get_object(), generic.ArrayObject) else [contents]
        page["/Contents"] = value([*inner, _stream(writer, "/Terms", _TERMS + b" /Late Do")])
        writer.root["/OCProperties"] = dictionary(OCGs=[layer], D=dictionary(OFF=[layer], Order=[layer]))
        _wait(writer, page)
        writer.update_root()

    return revised(data, edit)


def _wait(writer: IncrementalPdfFileWriter, page: Any) -> None:
    """Objects that nothing refers to, ready to be named by a later table."""
    content = _stream(writer, "/Content", _EVIL)
    hidden = dictionary(Type="/Page", MediaBox=[0, 0, 595, 842], Contents=content, Shadow="/Page")
    hidden["/Resources"], hidden["/Parent"] = page["/Resources"], writer.root.raw_get("/Pages")
    reference = writer.add_object(hidden)
    tree = writer.add_object(dictionary(Type="/Pages", Count=1, Kids=[reference], Shadow="/Tree"))
    writer.add_object(dictionary(Type="/Catalog", Pages=tree, Shadow="/Catalog"))
    number = page.raw_get("/Contents")
    first = number.get_object().raw_get(0) if isinstance(number.get_object(), generic.ArrayObject) else number
    nested = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (first.idnum, len(_EVIL), _EVIL)
    _stream(writer, "/Nested", nested)


def _stream(writer: IncrementalPdfFileWriter, role: str, content: bytes, **entries: Any) -> Any:
    made = generic.StreamObject(stream_data=content)
    kind = {"Type": "/XObject"} if entries else {}
    made.update(dictionary(Shadow=role, **kind, **entries))
    return writer.add_object(made)


def number_of(data: bytes, role: str) -> int:
    """Of the object that was hidden for this purpose."""
    reader = PdfFileReader(BytesIO(data), strict=False)
    for revision in range(reader.xrefs.total_revisions):
        for reference in reader.xrefs.explicit_refs_in_revision(revision):
            found = reader.get_object(generic.Reference(reference.idnum, reference.generation, reader))
            if isinstance(found, generic.DictionaryObject) and found.get("/Shadow") == role:
                return int(reference.idnum)
    raise KeyError(role)


Made = Callable[[Signed, random.Random], bytes]


def _edit(edit: Edit) -> Made:
    return lambda signed, _: revised(signed.data, edit)


def _in_place(role: str, change: Callable[[Any], None]) -> Made:
    """The hidden object keeps its number and is another."""

    def make(signed: Signed, chance: random.Random) -> bytes:
        number = number_of(signed.data, role)

        def edit(writer: IncrementalPdfFileWriter) -> None:
            reference = generic.Reference(number, 0, writer)
            target = reference.get_object()
            change(target)
            writer.mark_update(reference)

        return revised(signed.data, edit)

    return make


def _entry(role: str, key: str, plain: Any) -> Made:
    def change(target: Any) -> None:
        target[generic.pdf_name(key)] = value(plain)

    return _in_place(role, change)


def _blanked(role: str) -> Made:
    def edit_in(signed: Signed, chance: random.Random) -> bytes:
        number = number_of(signed.data, role)

        def edit(writer: IncrementalPdfFileWriter) -> None:
            writer.objects[(0, number)] = generic.StreamObject(stream_data=b"")

        return revised(signed.data, edit)

    return edit_in


def _table(signed: Signed, number: int, entry: bytes, root: int | None = None) -> bytes:
    """A revision of a table and a trailer and no object at all."""
    size = max(int(found) for found in re.findall(rb"/Size (\d+)", signed.data))
    catalog = b"/Root %d 0 R" % root if root else re.findall(rb"/Root \d+ 0 R", signed.data)[-1]
    previous = int(re.findall(rb"startxref\s+(\d+)", signed.data)[-1])
    table = b"xref\n%d 1\n%s\ntrailer\n<<%s /Size %d /Prev %d>>\n" % (number, entry, catalog, size, previous)
    return signed.data + table + b"startxref\n%d\n%%%%EOF\n" % len(signed.data)


def _freed(role: str) -> Made:
    return lambda signed, _: _table(signed, number_of(signed.data, role), b"0000000000 00001 f ")


def _offset(data: bytes, number: int) -> int:
    found = list(re.finditer(rb"(?<!\d)%d 0 obj" % number, data))
    return found[-1].start()


def _swapped(role: str, by: str) -> Made:
    """The table says that one object now begins where another does, in bytes that were signed."""

    def make(signed: Signed, chance: random.Random) -> bytes:
        start = _offset(signed.data, number_of(signed.data, by))
        return _table(signed, number_of(signed.data, role), b"%010d 00000 n " % start)

    return make


def _nested(signed: Signed, chance: random.Random) -> bytes:
    """An object within a stream: its number is right, and every byte of it was signed."""
    start = signed.data.index(_EVIL, signed.data.index(b"/Nested"))
    start = signed.data.rindex(b" 0 obj", 0, start)
    while signed.data[start - 1 : start].isdigit():
        start -= 1
    number = int(re.match(rb"\d+", signed.data[start:])[0])  # type: ignore[index]
    return _table(signed, number, b"%010d 00000 n " % start)


def _other_catalog(signed: Signed, chance: random.Random) -> bytes:
    number = number_of(signed.data, "/Catalog")
    return _table(signed, number, b"%010d 00000 n " % _offset(signed.data, number), root=number)


def _page_instead(signed: Signed, chance: random.Random) -> bytes:
    hidden = number_of(signed.data, "/Page")

    def edit(writer: IncrementalPdfFileWriter) -> None:
        tree = writer.root["/Pages"]
        tree["/Kids"] = value([generic.IndirectObject(hidden, 0, writer)])
        writer.update_container(tree)

    return revised(signed.data, edit)


def _page_more(signed: Signed, chance: random.Random) -> bytes:
    hidden = number_of(signed.data, "/Page")

    def edit(writer: IncrementalPdfFileWriter) -> None:
        tree = writer.root["/Pages"]
        tree["/Kids"].append(generic.IndirectObject(hidden, 0, writer))
        tree["/Count"] = value(2)
        writer.update_container(tree)

    return revised(signed.data, edit)


def _tree_instead(signed: Signed, chance: random.Random) -> bytes:
    hidden = number_of(signed.data, "/Tree")

    def edit(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/Pages"] = generic.IndirectObject(hidden, 0, writer)
        writer.update_root()

    return revised(signed.data, edit)


def _look_instead(field: str) -> Made:
    def make(signed: Signed, chance: random.Random) -> bytes:
        hidden = number_of(signed.data, "/Late")

        def edit(writer: IncrementalPdfFileWriter) -> None:
            field_of(writer, field)["/AP"] = dictionary(N=generic.IndirectObject(hidden, 0, writer))

        return revised(signed.data, edit)

    return make


def _switched(**default: Any) -> Edit:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        layers = writer.root["/OCProperties"]
        chosen = dictionary(**{key: layers["/OCGs"] if plain == "all" else plain for key, plain in default.items()})
        writer.root["/OCProperties"] = dictionary(OCGs=layers["/OCGs"], D=chosen)
        writer.update_root()

    return edit


def _without_cover(writer: IncrementalPdfFileWriter) -> None:
    del page_of(writer)["/Resources"]["/XObject"]["/Cover"]


def _shadow(name: str, make: Made, expect: Expect = Expect.INVALID) -> Attack:
    return Attack(name, make, expect, ground=SHADOWED)


ATTACKS = (
    # hide: what covered it goes away
    _shadow("the cover freed", _freed("/Cover"), Expect.NOT_VALID),
    _shadow("the cover emptied", _blanked("/Cover")),
    _shadow("the cover made small", _entry("/Cover", "/BBox", [0, 0, 1, 1])),
    _shadow("the cover turned aside", _entry("/Cover", "/Matrix", [1, 0, 0, 1, 900, 900])),
    _shadow("the cover of another kind", _entry("/Cover", "/Subtype", "/Image")),
    _shadow("the cover put in a layer", _entry("/Cover", "/OC", dictionary(Type="/OCG", Name="x"))),
    _shadow("the cover no longer named", _edit(_without_cover)),
    _shadow("the cover is now what was hidden", _swapped("/Cover", "/Late"), Expect.NOT_VALID),
    # replace: what draws it becomes another
    _shadow("a font of other glyphs", _entry("/Font", "/Encoding", dictionary(Differences=[49, "/nine"]))),
    _shadow("a font of another name", _entry("/Font", "/BaseFont", "/Symbol")),
    _shadow("a font of other widths", _entry("/Font", "/Widths", [0] * 10)),
    _shadow("a font drawn by procedures", _entry("/Font", "/Subtype", "/Type3")),
    _shadow("a font freed", _freed("/Font"), Expect.NOT_VALID),
    _shadow("a layer renamed", _entry("/Layer", "/Name", "other")),
    _shadow("a layer with a usage", _entry("/Layer", "/Usage", dictionary(View=dictionary(ViewState="/ON")))),
    _shadow("a layer switched on", _edit(_switched(ON="all"))),
    _shadow("all layers switched on", _edit(_switched(BaseState="/ON"))),
    _shadow("a layer for printing", _edit(_switched(AS=[dictionary(Event="/Print", Category=["/Print"])]))),
    _shadow("a layer freed", _freed("/Layer"), Expect.NOT_VALID),
    _shadow("the terms emptied", _blanked("/Terms")),
    # hide and replace: what waited is named
    _shadow("a page that waited", _page_instead),
    _shadow("a page that waited, as one more", _page_more),
    _shadow("a page tree that waited", _tree_instead),
    _shadow("a catalog that waited", _other_catalog, Expect.NOT_VALID),
    _shadow("content that waited, by the table alone", _swapped("/Terms", "/Content"), Expect.NOT_VALID),
    _shadow("content within a stream, by the table alone", _nested, Expect.NOT_VALID),
    _shadow("a look that waited on a locked field", _look_instead("Paraph_1_text")),
    _shadow("a look that waited on a signature", _look_instead("Paraph_2_sign")),
    _shadow("a look that waited on a free field", _look_instead("Paraph_3_text"), Expect.LISTED),
)
