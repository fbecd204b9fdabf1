"""Constructs worth a look, whatever the signatures say: things that run, things that hide, things nobody refers to.

Nothing here is executed, opened or decoded but the file's own object streams, and those with a limit. Names are looked
for in the text of objects, not in stream data, where they mean nothing.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from app.domain.verdict import MAINTENANCE, Change, Suspicion
from app.sealing.verifying.examining import Examined
from app.sealing.verifying.objects import entry, items, text_entry
from app.sealing.verifying.raw import RawFile
from app.sealing.verifying.unlisted import HEAD_BYTES, head_of, offsets_of, unlisted

_NAMES: Final = {
    "javascript": ("JavaScript", "JS"),
    "launch": ("Launch",),
    "submit_form": ("SubmitForm", "ImportData"),
    "goes_elsewhere": ("GoToR", "GoToE"),
    "automatic_actions": ("AA",),
    "attachments": ("EmbeddedFiles", "FileAttachment"),
    "xfa_form": ("XFA",),
    "media": ("RichMedia", "Screen", "Movie", "3D"),
}
_NAME: Final = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT_STREAM: Final = re.compile(rb"/ObjStm\b")
_UNPACKED_BYTES: Final = 32 * 2**20


def suspicions_in(raw: RawFile, reader: PdfFileReader, signatures: Iterable[Examined]) -> Iterator[Suspicion]:
    """In a fixed order, each once."""
    offsets = offsets_of(reader)
    words = _words(raw.data, offsets)
    yield from (Suspicion(key) for key, names in _NAMES.items() if words.intersection(n.encode() for n in names))
    yield from _catalog(reader.root)
    unknown = unlisted(raw.data, offsets)
    if unknown:
        yield Suspicion("objects_nobody_refers_to", detail=", ".join(map(str, unknown[:10])))
    yield from _repeated(signatures)


def suspicions_of(changes: Iterable[Change]) -> Iterator[Suspicion]:
    """What later revisions did that could cover or replace what was signed."""
    for change in changes:
        if change.key.startswith("annotation_"):
            yield Suspicion("annotation_after_signing", change.page, change.detail)
        elif change.key == "signature_field_added" and change.rect is not None and not change.covered:
            yield Suspicion("appearance_after_signing", change.page, change.field)
        elif change.key not in MAINTENANCE and not change.allowed:
            yield Suspicion("changed_outside_signature", change.page, change.key)


def _words(data: bytes, offsets: list[int]) -> set[bytes]:
    """Every name written in any object, escapes resolved."""
    names: set[bytes] = set()
    budget = _UNPACKED_BYTES
    for start, end in zip(offsets, [*offsets[1:], len(data)], strict=True):
        head = head_of(data, start, end)
        names.update(_NAME.findall(head))
        if budget > 0 and _OBJECT_STREAM.search(head):
            unpacked = _unpacked(data, start + len(head), end, budget)
            budget -= len(unpacked)
            names.update(_NAME.findall(unpacked))
    return {_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name) if b"#" in name else name for name in names}


def _unpacked(data: bytes, start: int, end: int, most: int) -> bytes:
    """An object stream's text, empty where it is not simply deflated."""
    begin = data.find(b"stream", max(0, start - HEAD_BYTES // 16), end)
    body = data[begin + 6 : end].lstrip(b"\r\n") if begin >= 0 else b""
    try:
        return zlib.decompressobj().decompress(body, most)
    except zlib.error:
        return b""


def _catalog(root: Any) -> Iterator[Suspicion]:
    """An open action that is more than a place in the document, and layers that start hidden or differ in print."""
    action = entry(root, "/OpenAction")
    if isinstance(action, generic.DictionaryObject) and text_entry(action, "/S") != "GoTo":
        yield Suspicion("open_action", detail=text_entry(action, "/S"))
    layers = entry(root, "/OCProperties")
    if isinstance(layers, generic.DictionaryObject):
        default = entry(layers, "/D")
        hides = bool(items(entry(default, "/OFF")) or items(entry(default, "/AS")))
        hides = hides or text_entry(default, "/BaseState") == "OFF"
        yield Suspicion("hidden_layers" if hides else "layers")


def _repeated(signatures: Iterable[Examined]) -> Iterator[Suspicion]:
    seen: set[bytes] = set()
    for each in signatures:
        if each.signature.pkcs7_content in seen:
            yield Suspicion("shared_signature", detail=str(each.signature.field_name))
        seen.add(each.signature.pkcs7_content)
