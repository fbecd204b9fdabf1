"""Every operation of a remote service, by its name: shown, explained, and done once because a person asked.

What comes back is handed up as it is, secrets and all, and is written nowhere. What may have been done although no
answer came is said to be so, and is not tried a second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.domain import errors
from app.services import reaching, spec
from app.services.house import House
from app.store import AccountRecord
from app.sync import address, typed
from app.sync.argument import Argument, Kind, Where
from app.sync.operation import Operation, build
from app.sync.reality import Reality
from app.sync.registry import provider_of
from app.sync.request import PDF, Request

LARGEST_DOWNLOAD: Final = 1 << 30

Known = Operation
"""One of a catalogue."""
Taken = Argument
"""What it takes."""


@dataclass(frozen=True, slots=True)
class Done:
    """`answer` is what the service said, None for nothing; a download has the fingerprint of the file at `path`."""

    answer: Any = None
    path: Path | None = None
    sha256: str = ""
    size: int = 0


def operations(house: House, account: str) -> tuple[Operation, ...]:
    """All that the account's provider can be asked for. Raises `UnknownAccount`, `UnknownProvider`."""
    return provider_of(house.library.accounts.get(account).provider).operations


def operation(house: House, account: str, name: str) -> Operation:
    """Raises `UnknownOperation` too. Hyphens are as good as underscores."""
    return provider_of(house.library.accounts.get(account).provider).operation(name.replace("-", "_"))


def words(asked: Operation, typed_in: Mapping[str, str]) -> dict[str, str]:
    """As `values` reads them, of lines in which nobody means a file by an at sign; what is empty is not given."""
    files = {one.name for one in asked.arguments if one.shape.kind is Kind.FILE}
    given = {name: text for name, text in typed_in.items() if text}
    return {name: f"@{text}" if text.startswith("@") and name not in files else text for name, text in given.items()}


def missing(asked: Operation, typed_in: Mapping[str, str], options: Mapping[str, str]) -> str:
    """The first that is required and neither given nor an option of the account; empty when nothing is missing."""
    for one in asked.arguments:
        if one.required and not typed_in.get(one.name) and not options.get(one.option):
            return one.name
    return ""


def values(asked: Operation, words: Mapping[str, str]) -> dict[str, Any]:
    """Of typed text: JSON where the contract has lists or objects, and `@FILE` for what is in a file; a text that
    begins with an at sign is typed with two. Raises `SpecError` with the path of the wrong value, and `DocumentError`.
    """
    known = {one.name: one for one in asked.arguments}
    return {name: _value(known[name], word) if name in known else word for name, word in words.items()}


def run(
    house: House, account: str, asked: Operation, given: Mapping[str, Any], out: Path | None = None, sha256: str = ""
) -> Done:
    """Checks everything, then asks. `sha256` is what a download must have, in hexadecimal.

    Raises `SpecError` before anything is sent, `PerhapsDone` for a change whose answer was lost, else `RemoteError`.
    """
    if asked.is_download and out is None:
        raise errors.SpecError(path="out", problem="is missing; a file needs a place")
    record = house.library.accounts.get(account)
    request = build(asked, given, record.options)
    _expect_files(asked, given)
    if asked.fits:
        reality = _reality(house, asked, given)
        for fits in asked.fits:
            fits(given, reality)
    transport = (
        reaching.transport_without_login(house, record) if asked.anonymous else reaching.transport(house, record)
    )
    if out is not None:
        got = transport.download(
            request,
            out,
            limit=LARGEST_DOWNLOAD,
            content_type=asked.file_type(given),
            expected_sha256=sha256.lower().removeprefix("sha256:") or None,
        )
        return Done(path=out, sha256=got.sha256, size=got.size)
    return Done(asked.read(_sent(transport, record, asked, request)))


def _sent(transport: Any, record: AccountRecord, asked: Operation, request: Request) -> Any:
    try:
        return transport.send(request).data
    except errors.RemoteError as problem:
        if not problem.may_have_happened or not asked.changes:
            raise
        host = address.read(record.base_url).host
        raise errors.PerhapsDone(
            host=host, operation=asked.name, cause=problem.kind, look=asked.look, perhaps_done=True
        ) from problem


def _value(argument: Argument, word: str) -> Any:
    if argument.shape.kind is not Kind.FILE and word.startswith("@"):
        word = word[1:] if word.startswith("@@") else spec.read_text(Path(word[1:]))
    return typed.value_of(argument.shape, word, argument.name)


def _reality(house: House, asked: Operation, given: Mapping[str, Any]) -> Reality:
    """The pages of the PDF that goes along."""
    papers = [Path(given[one.name]) for one in asked.at(Where.PART) if one.name in given and one.shape.types == (PDF,)]
    pages = house.looker.inspect(papers[0].absolute()).pages if papers else ()
    return Reality(house.clock.now(), tuple((page.size.width, page.size.height) for page in pages))


def _expect_files(asked: Operation, given: Mapping[str, Any]) -> None:
    """Before the first byte leaves: a file that is missing or too large for the service is a fault of ours."""
    for one in asked.arguments:
        if one.shape.kind is Kind.FILE and one.name in given:
            path = Path(given[one.name])
            if not path.exists():
                raise errors.FileMissing(path=str(path))
            if not path.is_file():
                raise errors.FileUnreadable(path=str(path), reason="it is no file")
            size, most = path.stat().st_size, one.shape.most
            if most is not None and size > most:
                raise errors.FileTooLarge(path=str(path), size=size, limit=int(most))
