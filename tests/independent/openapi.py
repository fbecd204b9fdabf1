"""A published OpenAPI 3.0 document as a judge of requests and answers.

Its schemas let unknown keys pass; here they do not: what the document does not name is refused.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.sync.request import Json, Multipart, Request

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
    """Of `jsonschema`, which only those have who install the group `oracles`."""
    jsonschema = importlib.import_module("jsonschema")
    for one in jsonschema.Draft202012Validator(dict(schema)).iter_errors(value):
        yield f"{one.json_path}: {one.message[:300]}"
