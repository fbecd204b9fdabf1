"""The document as a whole: things that run, layers that hide, information that is renewed."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.support.attacks import Attack, Expect
from tests.support.attacks.revising import Edit, dictionary, page_of, revised, stream, value

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


def _revocations(writer: IncrementalPdfFileWriter) -> None:
    _entry("/DSS", dictionary(CRLs=[stream(writer, b"rubbish")], OCSPs=[stream(writer, b"rubbish")]))(writer)


def _page_in_store(writer: IncrementalPdfFileWriter) -> None:
    """The page is overwritten as if it were a certificate."""
    page = writer.root["/Pages"]["/Kids"].raw_get(0)
    page_of(writer)["/Rotate"] = value(90)
    _entry("/DSS", dictionary(Certs=[page]))(writer)


def _print_layers(writer: IncrementalPdfFileWriter) -> None:
    layer = writer.add_object(dictionary(Type="/OCG", Name="p", Usage=dictionary(Print=dictionary(PrintState="/OFF"))))
    usage = dictionary(Event="/Print", Category=["/Print"], OCGs=[layer])
    _entry("/OCProperties", dictionary(OCGs=[layer], D=dictionary(AS=[usage])))(writer)


def _metadata(writer: IncrementalPdfFileWriter) -> None:
    made = generic.StreamObject(stream_data=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    made.update(dictionary(Type="/Metadata", Subtype="/XML"))
    _entry("/Metadata", writer.add_object(made))(writer)


def _no_permissions(writer: IncrementalPdfFileWriter) -> None:
    writer.root.pop("/Perms", None)
    writer.update_root()


ATTACKS = (
    Attack("a script on opening", _edit(_entry("/OpenAction", dictionary(**_SCRIPT))), Expect.INVALID),
    Attack("a program on opening", _edit(_entry("/OpenAction", dictionary(S="/Launch", F="x"))), Expect.INVALID),
    Attack("automatic actions", _edit(_entry("/AA", dictionary(WC=dictionary(**_SCRIPT)))), Expect.INVALID),
    Attack("named scripts", _edit(_entry("/Names", dictionary(JavaScript=dictionary(Names=[])))), Expect.INVALID),
    Attack("hidden layers", _edit(_layers), Expect.INVALID),
    Attack("an odd security store", _edit(_store)),
    Attack("rubbish in the security store", _edit(_certificates)),
    Attack("a list for a security store", _edit(_entry("/DSS", [])), Expect.LISTED),
    Attack("nothing for a security store", _edit(_entry("/DSS", generic.NullObject())), Expect.LISTED),
    Attack("an empty security store", _edit(_entry("/DSS", dictionary())), Expect.LISTED),
    Attack("numbers in the security store", _edit(_entry("/DSS", dictionary(CRLs=[1], OCSPs=[2])))),
    Attack("rubbish for revocation lists", _edit(_revocations)),
    Attack("a security store that names a page", _edit(_page_in_store)),
    Attack("a security store for nobody", _edit(_entry("/DSS", dictionary(VRI=dictionary(AB=1))))),
    Attack("layers that differ in print", _edit(_print_layers), Expect.INVALID),
    Attack("another list of extensions", _edit(_entry("/Extensions", dictionary(EVIL=dictionary()))), Expect.LISTED),
    Attack("another language", _edit(_entry("/Lang", "xx"))),
    Attack("other metadata", _edit(_metadata), Expect.LISTED),
    Attack("another way to be shown", _edit(_entry("/ViewerPreferences", dictionary(HideMenubar=True)))),
    Attack("named places", _edit(_entry("/Dests", dictionary(x=[0])))),
    Attack("threads", _edit(_entry("/Threads", []))),
    Attack("attached files", _edit(_entry("/AF", []))),
    Attack("a collection", _edit(_entry("/Collection", dictionary(View="/D")))),
    Attack("no certification any more", _edit(_no_permissions), Expect.INVALID),
    Attack("another version", _edit(_entry("/Version", "/1.4")), Expect.LISTED),
    Attack("a page label", _edit(_entry("/PageLabels", dictionary(Nums=[]))), Expect.INVALID),
)
