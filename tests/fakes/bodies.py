"""Bodies of requests, taken apart strictly."""

from __future__ import annotations

import json
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from tests.support.http_server import Seen


class Unfit(Exception):
    """The body is not of the form this route takes."""


def json_of(seen: Seen) -> Any:
    """An empty object where there is no body."""
    if not seen.body:
        return {}
    if seen.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Unfit("Content-Type must be application/json")
    return _parsed(seen.body)


def file_of(seen: Seen, types: tuple[str, ...]) -> bytes:
    if seen.headers.get("content-type", "").partition(";")[0].strip() not in types:
        raise Unfit(f"Content-Type must be {' or '.join(types)}")
    if not seen.body:
        raise Unfit("the body is empty")
    return seen.body


def multipart_of(seen: Seen, file: str, texts: tuple[str, ...] = ()) -> tuple[Any, bytes]:
    """The JSON of the part `data`, an empty object where there is none, and the bytes of the part `file` (RFC 7578).
    With `texts` there is no `data`, and these parts are the keys.
    """
    parts = {name: part for part in _parts(seen) if (name := part.get_param("name", header="content-disposition"))}
    if unknown := set(parts) - {file, *(texts or ("data",))}:
        raise Unfit(f"unknown part {sorted(map(str, unknown))[0]}")
    if file not in parts:
        raise Unfit(f"part {file} is required")
    if not parts[file].get_filename():
        raise Unfit(f"part {file} must be a file")
    body = _bytes(parts[file])
    if texts:
        return {name: _bytes(parts[name]).decode() for name in texts if name in parts}, body
    return _parsed(_bytes(parts["data"]) if "data" in parts else b"{}"), body


def files_of(seen: Seen, text: str, files: str) -> tuple[Any, list[bytes]]:
    """The JSON of the part `text`, and every file of the parts `files`, in order; at least one."""
    if not seen.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Unfit("Content-Type must be multipart/form-data")
    named = [(part.get_param("name", header="content-disposition"), part) for part in _parts(seen)]
    if unknown := {name for name, _ in named} - {text, files}:
        raise Unfit(f"unknown part {sorted(map(str, unknown))[0]}")
    found = [_bytes(part) for name, part in named if name == files and part.get_filename()]
    texts = [_bytes(part) for name, part in named if name == text]
    if not found or len(texts) != 1:
        raise Unfit(f"parts {text} and {files} are required")
    return _parsed(texts[0]), found


def texts_and_files(seen: Seen) -> tuple[dict[str, str], list[str]]:
    """Of a multipart body: the parts that are texts, and the names of those that are files."""
    named = [(str(part.get_param("name", header="content-disposition")), part) for part in _parts(seen)]
    texts = {name: _bytes(part).decode() for name, part in named if not part.get_filename()}
    return texts, [name for name, part in named if part.get_filename()]


def _bytes(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    assert isinstance(found, bytes)
    return found


def _parts(seen: Seen) -> list[Message]:
    head = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode()
    whole = BytesParser(policy=HTTP).parsebytes(head + seen.body)
    if not whole.is_multipart():
        raise Unfit("the body is no multipart/form-data")
    return [part for part in whole.get_payload() if isinstance(part, Message)]


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise Unfit("the body is no JSON") from None
