"""Sneaky signatures (Rohlmann et al., IEEE S&P 2021): what a certified file allows is signing, so the attacker signs,
and the picture of the signature covers what was agreed.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.support.attacks import Attack, Expect
from tests.support.attacks.annotating import annotate
from tests.support.attacks.forms import new_field
from tests.support.attacks.revising import Edit, dictionary, field_of, opaque, page_of, revised, stream, value
from tests.support.attacks.wrapping import sealed_by_stranger
from tests.support.signed import Signed

_FREE, _FREE_TEXT = "Paraph_3_sign", "Paraph_3_text"


def _edit(edit: Edit) -> Callable[[Signed, random.Random], bytes]:
    return lambda signed, _: revised(signed.data, edit)


def _signed_after(edit: Edit, field: str = _FREE) -> Callable[[Signed, random.Random], bytes]:
    """The change, and then the signature of somebody nobody trusts over it."""
    return lambda signed, _: sealed_by_stranger(revised(signed.data, edit), field)


def _look(field: str) -> Edit:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        field_of(writer, field)["/AP"] = dictionary(N=opaque(writer, 500, 700))

    return edit


def _set(field: str, **entries: object) -> Edit:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        found = field_of(writer, field)
        for key, plain in entries.items():
            found[f"/{key}"] = value(plain)

    return edit


def _annotated(kind: str) -> Edit:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        annotate(writer, kind, (100, 100))

    return edit


def _content(writer: IncrementalPdfFileWriter) -> None:
    page_of(writer)["/Contents"] = stream(writer, b"1 g 0 0 900 900 re f")


def _layered(writer: IncrementalPdfFileWriter) -> None:
    layer = writer.add_object(dictionary(Type="/OCG", Name="field"))
    field_of(writer, _FREE_TEXT)["/OC"] = layer


ATTACKS = (
    Attack("an opaque look of an empty signature field", _edit(_look(_FREE)), Expect.LISTED),
    Attack("an empty signature field moved", _edit(_set(_FREE, Rect=[0, 0, 595, 842])), Expect.LISTED),
    Attack("an empty signature field locks another way", _edit(_set(_FREE, Lock=dictionary(Action="/All")))),
    Attack("an empty signature field wants something", _edit(_set(_FREE, SV=dictionary(Ff=1)))),
    Attack("an empty signature field acts", _edit(_set(_FREE, A=dictionary(S="/Launch", F="x"))), Expect.LISTED),
    Attack("a stranger signs an opaque look", _signed_after(_look(_FREE))),
    Attack("a stranger signs a moved field", _signed_after(_set(_FREE, Rect=[0, 0, 595, 842]))),
    Attack("a stranger signs a new opaque field", _signed_after(new_field("/Sig"), "evil")),
    Attack("a stranger signs a filled field", _signed_after(_set(_FREE_TEXT, V="evil"))),
    Attack("a stranger signs a covered text", _signed_after(_look(_FREE_TEXT))),
    Attack("a stranger signs a stamp", _signed_after(_annotated("Stamp"))),
    Attack("a stranger signs a note", _signed_after(_annotated("FreeText"))),
    Attack("a stranger signs an empty page", _signed_after(_content)),
    Attack("a free field in a layer", _edit(_layered), Expect.LISTED),
    Attack("a free field that acts", _edit(_set(_FREE_TEXT, AA=dictionary(K=dictionary(S="/JavaScript", JS="0"))))),
    Attack("a free field moved", _edit(_set(_FREE_TEXT, Rect=[0, 0, 595, 842])), Expect.LISTED),
    Attack("a free field renamed", _edit(_set(_FREE_TEXT, T="other"))),
    Attack("a free field of another kind", _edit(_set(_FREE_TEXT, FT="/Btn"))),
    Attack("a free field of another font", _edit(_set(_FREE_TEXT, DA="/Evil 200 Tf")), Expect.LISTED),
    Attack("a free field with another label", _edit(_set(_FREE_TEXT, TU="evil"))),
)
