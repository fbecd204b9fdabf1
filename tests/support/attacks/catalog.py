"""The document as a whole: things that run, layers that hide, information that is renewed."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.support.attacks import Attack, Expect
from tests.support.attacks.revising import Edit, dictionary, revised, stream, value

_SCRIPT = {"S": "/JavaScript", "JS": "app.alert(1)"}


def _edit(edit: Edit):  # type: ignore[no-untyped-def]
    return lambda signed, _: revised(signed.data, edit)


def _entry(key: str, plain: Any) -> Edit:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        writer.root[key] = value(plain)
        writer.update_root()

    return edit


def _layers(writer: IncrementalPdfFileWriter) -> None:
    layer = writer.add_object(dictionary(Type="/OCG", Name="hidden"))
    _entry("/OCProperties", dictionary(OCGs=[layer], D=dictionary(OFF=[layer])))(writer)


def _store(writer: IncrementalPdfFileWriter) -> None:
    """A security store of an odd shape."""
    _entry("/DSS", dictionary(Evil=1))(writer)


def _certificates(writer: IncrementalPdfFileWriter) -> None:
    """What a long-term upgrade looks like, with rubbish for a certificate."""
    _entry("/DSS", dictionary(Certs=[stream(writer, b"rubbish")]))(writer)


def _no_permissions(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/Perms"]
    writer.update_root()


ATTACKS = (
    Attack("a script on opening", _edit(_entry("/OpenAction", dictionary(**_SCRIPT))), Expect.INVALID),
    Attack("a program on opening", _edit(_entry("/OpenAction", dictionary(S="/Launch", F="x"))), Expect.INVALID),
    Attack("automatic actions", _edit(_entry("/AA", dictionary(WC=dictionary(**_SCRIPT)))), Expect.INVALID),
    Attack("named scripts", _edit(_entry("/Names", dictionary(JavaScript=dictionary(Names=[])))), Expect.INVALID),
    Attack("hidden layers", _edit(_layers), Expect.INVALID),
    Attack("an odd security store", _edit(_store)),
    Attack("rubbish in the security store", _edit(_certificates)),
    Attack("no certification any more", _edit(_no_permissions), Expect.INVALID),
    Attack("another version", _edit(_entry("/Version", "/1.4")), Expect.LISTED),
    Attack("a page label", _edit(_entry("/PageLabels", dictionary(Nums=[]))), Expect.INVALID),
)
