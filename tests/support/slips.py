"""Sealed files as small as they get: every byte of them can be tried."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pymupdf

from app.identities import authority_name, create_authority, issue_signer
from app.sealing.request import SealRequest
from tests.support.attacks.revising import dictionary, page_of, revised, value
from tests.support.signed import SIGNED_AT, Signed, seal


def slip(folder: Path, names: tuple[str, ...], docmdp: Literal[1, 2, 3] = 2, packed: bool = False) -> Signed:
    """An empty page with a signature field for each; `packed` keeps its objects in object streams."""
    authority = create_authority(authority_name(), SIGNED_AT - timedelta(days=30))
    path = folder / "slip-0.pdf"
    path.write_bytes(_with_fields(_page(packed), len(names)))
    states = []
    for number, name in enumerate(names, start=1):
        signed, moment = folder / f"slip-{number}.pdf", SIGNED_AT + timedelta(minutes=number)
        key = issue_signer(authority, name=name, now=moment)
        seal(
            SealRequest(
                source=path, out=signed, signature_field=f"sign_{number}", key=key, at=moment, certify=number == 1,
                docmdp=docmdp, name=name,
            )
        )  # fmt: skip
        states.append(signed.read_bytes())
        path = signed
    return Signed(path, authority, tuple(states))


def _page(packed: bool) -> bytes:
    with pymupdf.open() as document:
        document.new_page(width=200, height=100).draw_rect(pymupdf.Rect(20, 20, 180, 80))
        return bytes(document.tobytes(garbage=1, deflate=True, use_objstms=int(packed)))


def _with_fields(data: bytes, count: int) -> bytes:
    def edit(writer):  # type: ignore[no-untyped-def]
        fields = [
            writer.add_object(dictionary(Type="/Annot", Subtype="/Widget", FT="/Sig", T=name, Rect=[0, 0, 0, 0], F=132))
            for name in (f"sign_{number}" for number in range(1, count + 1))
        ]
        page_of(writer)["/Annots"] = value(fields)
        writer.root["/AcroForm"] = dictionary(Fields=fields, SigFlags=1)
        writer.update_root()

    return revised(data, edit)
