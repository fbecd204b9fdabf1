"""Every example of the five source documents: our request is theirs on the wire, and their answer is read whole.

The facts stand in `examples`, one file a provider.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.sync import form
from app.sync.operation import Answers, Operation, build
from app.sync.provider import Provider
from app.sync.registry import PROVIDERS
from app.sync.request import Request
from tests.fakes.bodies import multipart_of
from tests.house.source import CHECKOUT
from tests.support.http_server import Plain, Seen, as_json, as_pdf, serving
from tests.support.pages import pdf
from tests.support.transports import Rig, rig

SECRET = "canary_secret_0123456789"
FOLDER = Path(__file__).parent / "examples"
OPTIONS = {"nueform": {"form_id": "665a1b2c3d4e5f6a7b8c9d0e"}}
EXAMPLES = [
    pytest.param(PROVIDERS[path.stem], example, id=f"{path.stem} {example['name']}")
    for path in sorted(FOLDER.glob("*.json"))
    for example in json.loads(path.read_text("utf-8"))
]
each = pytest.mark.parametrize(("provider", "example"), EXAMPLES)


def request_of(provider: Provider, example: dict[str, Any], folder: Path) -> Request:
    operation = provider.operation(example["operation"])
    values = dict(example["values"])
    if isinstance(values.get("file"), str):
        values["file"] = folder / values["file"]
        values["file"].write_bytes(pdf())
    return build(operation, values, form.options(provider, OPTIONS.get(provider.name, {})))


def rig_of(provider: Provider, origin: str, example: dict[str, Any], request: Request) -> Rig:
    base = "" if request.from_root else example["request"]["target"].partition(request.filled)[0]
    options = form.options(provider, OPTIONS.get(provider.name, {}))
    return rig(f"{origin}{base}", credential=provider.authorize(SECRET, options))


def served(example: dict[str, Any]) -> Plain:
    answer = example["answer"]
    return as_pdf(pdf()) if answer == "PDF" else as_json(answer, example["status"])


@each
def test_the_request_is_that_of_the_document(provider: Provider, example: dict[str, Any], tmp_path: Path) -> None:
    request, wanted = request_of(provider, example, tmp_path), example["request"]
    with serving(served({**example, "status": 200, "answer": {}})) as server:
        rig_of(provider, server.url, example, request).transport.send(request)
        (seen,) = server.seen
    assert (seen.method, seen.target) == (wanted["method"], wanted["target"])
    expect_body(seen, wanted)
    expect_credential(seen, provider, provider.operation(example["operation"]))


def expect_body(seen: Seen, wanted: dict[str, Any]) -> None:
    if "file" in wanted:
        assert multipart_of(seen, wanted["file"]) == (wanted["json"], pdf())
    elif "raw" in wanted:
        assert (seen.headers["content-type"], seen.body) == (wanted["raw"], pdf())
    elif "json" in wanted:
        assert seen.headers["content-type"] == "application/json"
        assert seen.json == wanted["json"]
    else:
        assert seen.body == b""


def expect_credential(seen: Seen, provider: Provider, operation: Operation) -> None:
    if operation.anonymous:
        assert SECRET not in str(seen)
        return
    ((name, value),) = provider.authorize(
        SECRET, form.options(provider, OPTIONS.get(provider.name, {}))
    ).headers.items()
    assert seen.headers[name.lower()] == value


@each
def test_the_answer_is_read_without_loss(provider: Provider, example: dict[str, Any], tmp_path: Path) -> None:
    operation, request = provider.operation(example["operation"]), request_of(provider, example, tmp_path)
    with serving(served(example)) as server:
        transport = rig_of(provider, server.url, example, request).transport
        if example["status"] >= 400:
            with pytest.raises(errors.RemoteError) as refused:
                transport.send(request)
            assert example.get("kind", refused.value.kind) == refused.value.kind
        elif operation.answers is Answers.PDF:
            transport.download(request, tmp_path / "out.pdf", limit=1 << 20)
            assert (tmp_path / "out.pdf").read_bytes() == pdf()
        else:
            answer = transport.send(request)
            assert (answer.status, operation.read(answer.data)) == (example["status"], example["answer"])


# -- the documents themselves ----------------------------------------------------------------------------------------

SEEDS = CHECKOUT.parent / "shared" / "seeds"
SOURCES = {
    "pigeon": "000_*.txt",
    "clearpolicy": "001_*.txt",
    "visisign": "002_*.txt",
    "nueform": "003_*.txt",
    "signatureapi": "004_*.txt",
}


def objects_in(text: str) -> list[Any]:
    """Every JSON object that stands in a text and in no other."""
    found, at, decoder = [], text.find("{"), json.JSONDecoder(strict=False)
    while at >= 0:
        try:
            one, end = decoder.raw_decode(text, at)
            found.append(one)
        except ValueError:
            end = at + 1
        at = text.find("{", end)
    return found


@pytest.mark.parametrize("provider", SOURCES)
def test_no_example_of_the_document_is_missing(provider: str) -> None:
    if not SEEDS.is_dir():
        pytest.skip("no source documents here: they are beside the checkout where they are known")
    (source,) = SEEDS.glob(SOURCES[provider])
    known = []
    for example in json.loads((FOLDER / f"{provider}.json").read_text("utf-8")):
        known += [example["request"].get("json"), example["answer"]]
    shown = objects_in(source.read_text("utf-8"))
    assert not [one for one in shown if one not in known]
    assert len(shown) == {"pigeon": 3, "clearpolicy": 0, "visisign": 7, "nueform": 12, "signatureapi": 4}[provider]
