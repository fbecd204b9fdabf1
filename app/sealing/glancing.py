"""The short check of a new signature whose kind is proved: by its bytes, without parsing what is written alike.

A key's signatures differ in digest and value only. Once pyHanko has found one of them good in a file of ours, the next
is good if its octets are that form, with the digest of this very file and a value that verifies.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from app.sealing.cms import CmsTemplate
from app.sealing.form import form_of, item

if TYPE_CHECKING:
    from hashlib import _Hash

_BYTE_RANGE: Final = re.compile(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]")


@dataclass(frozen=True, slots=True)
class Appended:
    """A file in memory, where its last revision begins, and the hash of all before that."""

    memory: memoryview
    start: int
    before: "_Hash"


def fault_at_a_glance(reader: PdfFileReader, file: Appended, signature_field: str, template: CmsTemplate) -> str | None:
    """count, coverage, signature or certificate, as the long check calls them; None when the signature holds."""
    added = bytes(file.memory[file.start :])
    ranges = list(_BYTE_RANGE.finditer(added))
    if len(ranges) != 1 or added.count(b"/ByteRange") != 1:
        return "count"
    head, tail, rest = map(int, ranges[0].groups())
    if not file.start < head < tail <= tail + rest == len(file.memory):
        return "coverage"
    own = file.before.copy()
    own.update(file.memory[file.start : head])
    own.update(file.memory[tail:])
    contents = re.fullmatch(rb"<([0-9A-F]+)>", file.memory[head:tail])
    if contents is None or not template.is_signature_over(own.digest(), bytes.fromhex(contents[1].decode())):
        return "signature"
    place = _place_of_value(reader, signature_field) - file.start
    is_there = 0 <= place < ranges[0].start() and b"endobj" not in added[place : head - file.start]
    return None if is_there else "certificate"


def _place_of_value(reader: PdfFileReader, signature_field: str) -> int:
    """Where the signature dictionary of the field begins in the file; -1 when it is no object of its own."""
    field = _rewritten(reader, signature_field) or form_of(reader, {signature_field})[signature_field].field
    value = field.raw_get("/V")
    if not isinstance(value, generic.IndirectObject):
        return -1
    place = reader.xrefs[value.reference]
    return place if isinstance(place, int) else -1


def _rewritten(reader: PdfFileReader, name: str) -> generic.DictionaryObject | None:
    """The field of this name among those that the form lists and the last revision has written: the others are as they
    were when the field was looked for, and need not be read again. None where it has kids or stands below another.
    """
    form = item(reader.root, "/AcroForm")
    listed = item(form, "/Fields") if isinstance(form, generic.DictionaryObject) else None
    written = reader.xrefs.explicit_refs_in_revision(reader.xrefs.total_revisions - 1)
    for kid in listed if isinstance(listed, generic.ArrayObject) else ():
        if isinstance(kid, generic.IndirectObject) and kid.reference in written:
            field = kid.get_object()
            if isinstance(field, generic.DictionaryObject) and item(field, "/T") == name and "/Kids" not in field:
                return field
    return None
