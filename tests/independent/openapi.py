"""A published OpenAPI 3.0 document as a judge of requests and answers.

Its schemas let unknown keys pass; here they do not: what the document does not name is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

import jsonschema

from app.sync.request import Json, Multipart, Request
from tests.fakes.bodies import texts_and_files
from tests.fakes.fake import Fake
from tests.support.http_server import Plain, Seen

DEEPEST: Final = 24


@dataclass(frozen=True)
class Published:
    """`root` is what its paths begin with."""

    document: Mapping[str, Any]
    root: str

    @classmethod
    def at(cls, path: Path, root: str) -> Published:
        return cls(json.loads(path.read_text("utf-8")), root)

    def operation(self, method: str, path: str) -> Mapping[str, Any] | None:
        """`path` as it is sent, with a query only where the document has one in the path itself."""
        for template, methods in sorted(self.document["paths"].items(), key=lambda one: one[0].count("{")):
            pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template.removeprefix(self.root)))
            if template.startswith(self.root) and re.fullmatch(pattern, path) and method.lower() in methods:
                found: Mapping[str, Any] = methods[method.lower()]
                return found
        return None

    def queries(self, operation: Mapping[str, Any]) -> set[str]:
        return {one["name"] for one in map(self._followed, operation.get("parameters", [])) if one["in"] == "query"}

    def body(self, operation: Mapping[str, Any], content_type: str) -> dict[str, Any] | None:
        """The schema of the body as JSON Schema 2020-12, closed; None where it takes none."""
        if "requestBody" not in operation:
            return None
        content = self._followed(operation["requestBody"])["content"]
        return self._closed(content[content_type]["schema"]) if content_type in content else None

    def answer(self, operation: Mapping[str, Any], status: int) -> dict[str, Any] | None:
        """The schema of an answer in JSON; open, for services add keys as they like."""
        content = self._followed(operation["responses"][str(status)]).get("content", {})
        return (
            self._closed(content["application/json"]["schema"], opened=True) if "application/json" in content else None
        )

    def _followed(self, one: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in one:
            found: Any = self.document
            for part in one["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            one = found
        return one

    def _closed(
        self, schema: Mapping[str, Any], *, opened: bool = False, part: bool = False, depth: int = 0
    ) -> dict[str, Any]:
        """`part`: of an allOf, which is closed as a whole."""
        found = _readable(self._followed(schema))
        if depth > DEEPEST:
            return {}

        def deeper(one: Mapping[str, Any], *, part: bool = False) -> dict[str, Any]:
            return self._closed(one, opened=opened, part=part, depth=depth + 1)

        for word in ("oneOf", "anyOf", "allOf"):
            if word in found:
                found[word] = [deeper(one, part=part or word == "allOf") for one in found[word]]
        if "properties" in found:
            found["properties"] = {name: deeper(one) for name, one in found["properties"].items()}
        for word in ("items", "additionalProperties"):
            if isinstance(found.get(word), dict):
                found[word] = deeper(found[word])
        has_keys = "properties" in found or "allOf" in found
        if has_keys and not part and not opened and "additionalProperties" not in found:
            found["unevaluatedProperties"] = False
        if found.pop("nullable", False):
            return {"anyOf": [{"type": "null"}, found]}
        return found


def _readable(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Published patterns are ECMAScript's; without those that Python does not know."""
    try:
        re.compile(schema.get("pattern", ""))
    except re.error:
        return {key: value for key, value in schema.items() if key != "pattern"}
    return dict(schema)


def judged(published: Published, request: Request) -> list[str]:
    """What the document says against a request of ours."""
    judge = published.operation(request.method, request.filled)
    if judge is None:
        return [f"there is no {request.method} {request.path}"]
    names = {"metadata" if one.startswith("metadata_") else one for one in request.query}
    found = [f"there is no {name} in the query" for name in names - published.queries(judge)]
    match request.body:
        case Json(value):
            return found + list(
                complaints(_wanted(published, judge, "application/json"), json.loads(json.dumps(value)))
            )
        case Multipart(texts, files):
            schema = _wanted(published, judge, "multipart/form-data")
            return found + list(complaints(schema, {**_parts(schema, texts), **dict.fromkeys(files, "")}))
        case None:
            needed = published.document and judge.get("requestBody", {}).get("required", False)
            return [*found, *(["a body is wanted"] if needed else [])]
    raise AssertionError(request.body)


def _wanted(published: Published, judge: Mapping[str, Any], content_type: str) -> dict[str, Any]:
    schema = published.body(judge, content_type)
    assert schema is not None, f"it takes no {content_type}"
    return schema


def _parts(schema: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Parts that are objects are written as JSON."""
    kinds = {name: one.get("type") for name, one in _properties(schema)}
    return {name: text if kinds.get(name) == "string" else json.loads(text) for name, text in texts.items()}


def _properties(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from schema.get("properties", {}).items()
    for part in schema.get("allOf", ()):
        yield from _properties(part)


def complaints(schema: Mapping[str, Any], value: Any) -> Iterator[str]:
    """What does not fit, and where."""
    for one in jsonschema.Draft202012Validator(dict(schema)).iter_errors(value):
        yield f"{one.json_path}: {one.message[:300]}"


# -- a fake, watched -------------------------------------------------------------------------------------------------


@dataclass
class Held:
    """What the document says against requests, and what against answers."""

    requests: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


def watched(fake: Fake, published: Published) -> Held:
    """Every exchange from now on."""
    found = Held()
    plain = fake._judged

    def held(seen: Seen) -> Any:
        reply, where = plain(seen), f"{seen.method} {seen.path}"
        judge = _asked_of(fake, published, seen)
        if judge is None:
            found.requests.append(f"{where}: there is no such operation")
            return reply
        found.requests.extend(f"{where}: {one}" for one in _request_against(published, judge, seen))
        found.answers.extend(f"{where}: {one}" for one in _answer_against(published, judge, reply))
        return reply

    fake._judged = held  # type: ignore[method-assign]
    return found


def _asked_of(fake: Fake, published: Published, seen: Seen) -> Mapping[str, Any] | None:
    """Some paths of documents have their flag in them."""
    path, _, query = seen.target.removeprefix(fake.bases[0]).partition("?")
    return published.operation(seen.method, f"{path}?{query.rstrip('=')}") or published.operation(seen.method, path)


def _request_against(published: Published, judge: Mapping[str, Any], seen: Seen) -> Iterator[str]:
    query = parse_qsl(seen.target.partition("?")[2], keep_blank_values=True)
    asked = {re.sub("metadata_.*", "metadata", name) for name, value in query if value}
    yield from (f"there is no {name} in the query" for name in asked - published.queries(judge))
    yield from _body_against(published, judge, seen)


def _answer_against(published: Published, judge: Mapping[str, Any], reply: Any) -> Iterator[str]:
    if isinstance(reply, Plain) and reply.status < 300 and reply.body[:1] in (b"{", b"["):
        schema = published.answer(judge, reply.status)
        yield from complaints(schema, json.loads(reply.body)) if schema else ["it says nothing there"]


def _body_against(published: Published, judge: Mapping[str, Any], seen: Seen) -> Iterator[str]:
    if not seen.body:
        return
    content_type = seen.headers["content-type"].partition(";")[0]
    schema = _wanted(published, judge, content_type)
    if content_type == "application/json":
        yield from complaints(schema, seen.json)
        return
    listed = {name for name, one in _properties(schema) if one.get("type") == "array"}
    texts, files = texts_and_files(seen)
    yield from complaints(schema, {**_parts(schema, texts), **{one: [""] if one in listed else "" for one in files}})
