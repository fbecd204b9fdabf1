"""One thing a service can be asked for, as data; and the request it becomes. No I/O.

Only keys of the contract are sent, and nothing that the service is known to refuse: a refusal after that is a fault of
ours or a change of theirs.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from app.domain.errors import SpecError
from app.sync import checking
from app.sync.argument import Argument, Kind, Where
from app.sync.reality import Fits
from app.sync.request import PDF, SAFE_METHODS, Body, File, Json, Multipart, Request
from app.sync.source import Source

Values = Mapping[str, Any]
Rule = Callable[[Values], None]
"""Raises `SpecError` for values that do not go together."""
NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Answers(StrEnum):
    """What comes back."""

    JSON = "JSON"
    PDF = "PDF"
    FILE = "file"
    NOTHING = "nothing"


def as_it_is(data: Any) -> Any:
    """For answers that are not wrapped."""
    return data


@dataclass(frozen=True, slots=True)
class Operation:
    """`path` is a template below the account's base URL; with a file it is `upload_path`, where there is one, and the
    rest of the body is JSON in the part `data_part`, or a part for each argument where that is empty.

    `source` is where the whole of it comes from: the least proven of its parts. `repeatable`: as in `Request`.
    `anonymous`: no credential goes along. `read` takes the wrapping off an answer. `look` names the operation that
    shows whether this one was done. A file is a ZIP when the argument `zipped_by` says yes. `fits` are rules that need
    to know the time or the pages of the file.
    """

    name: str
    title: str
    method: str
    path: str
    source: Source
    arguments: tuple[Argument, ...] = ()
    answers: Answers = Answers.JSON
    help: str = ""
    rules: tuple[Rule, ...] = ()
    upload_path: str = ""
    data_part: str = "data"
    repeatable: bool = False
    anonymous: bool = False
    read: Callable[[Any], Any] = as_it_is
    look: str = ""
    zipped_by: str = ""
    fits: tuple[Fits, ...] = ()

    @property
    def is_unverified(self) -> bool:
        """Nobody who ran it has told us: it may be refused without anything being wrong here."""
        return self.source is Source.ASSUMED

    @property
    def changes(self) -> bool:
        """Something at the service is another afterwards."""
        return self.method not in SAFE_METHODS

    @property
    def is_download(self) -> bool:
        return self.answers in (Answers.PDF, Answers.FILE)

    def file_type(self, values: Values) -> str:
        """The media type of what is downloaded; empty where it can be any."""
        if self.answers is Answers.FILE:
            return ""
        return "application/zip" if values.get(self.zipped_by) is True else PDF

    def at(self, *places: Where) -> tuple[Argument, ...]:
        return tuple(one for one in self.arguments if one.where in places)


def build(operation: Operation, given: Values, options: Mapping[str, str] = NONE) -> Request:
    """`options` are the account's. Raises `SpecError` with the path of the wrong value, as `signers[0].email`."""
    values = checking.checked_keys(operation.arguments, _with_options(operation, given, options), "")
    for rule in operation.rules:
        rule(values)
    parts = {
        place: {one.name: values[one.name] for one in operation.at(place) if one.name in values} for place in Where
    }
    request = Request(
        operation.method,
        operation.upload_path if operation.upload_path and parts[Where.PART] else operation.path,
        operation.title.lower(),
        at={name: str(value) for name, value in parts[Where.PATH].items()},
        hidden=parts[Where.HIDDEN_PATH] | parts[Where.HIDDEN_BODY],
        query=_query(parts[Where.QUERY]),
        body=_body(operation, parts),
        repeatable=operation.repeatable,
        anonymous=operation.anonymous,
    )
    for name, link in parts[Where.LINK].items():
        request = replace(request, query={**request.query, **_of_link(name, link, request.filled)})
    return request


def _of_link(name: str, link: str, path: str) -> dict[str, str]:
    """Of another page of the same list; nothing else of the address is used."""
    refused = SpecError(path=name, problem="is not a link out of an answer of this operation")
    try:
        found = urlsplit(link)
    except ValueError:
        raise refused from None
    if not found.path.endswith(path):
        raise refused
    return dict(parse_qsl(found.query))


def _with_options(operation: Operation, given: Values, options: Mapping[str, str]) -> dict[str, Any]:
    filled = dict(given)
    for one in operation.arguments:
        kept = options.get(one.option, "") if one.option else ""
        if kept and one.shape.kind is Kind.YES_NO:
            if kept == "yes":
                filled[one.name] = True
        elif kept:
            filled.setdefault(one.name, kept)
    return filled


def _query(values: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    """An object becomes a value a key, as `metadata_case=42`."""
    query: dict[str, str | tuple[str, ...]] = {}
    for name, value in values.items():
        match value:
            case dict():
                query |= {f"{name}_{key}": _plain(one) for key, one in value.items()}
            case list():
                query[name] = tuple(_plain(one) for one in value)
            case _:
                query[name] = _plain(value)
    return query


def _plain(value: Any) -> str:
    """Numbers without an exponent, which few services read in an address."""
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _body(operation: Operation, parts: Mapping[Where, Mapping[str, Any]]) -> Body | None:
    for one in operation.at(Where.WHOLE):
        whole: File = parts[Where.WHOLE][one.name]
        return whole
    data = dict(parts[Where.BODY]) | dict(parts[Where.HIDDEN_BODY])
    if parts[Where.PART]:
        part = operation.data_part
        texts = (
            {part: json.dumps(data, ensure_ascii=False)} if part else {name: _plain(one) for name, one in data.items()}
        )
        return Multipart(texts if data else {}, parts[Where.PART])
    return Json(data) if operation.at(Where.BODY, Where.HIDDEN_BODY) else None
