"""What the new kinds and rules become in the sealed PDF."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from app.cli.commands import marks
from app.domain import errors
from app.domain.envelope import Envelope
from app.domain.fields.base import FileValue
from app.services import exporting, files, pictures, reading, sending, signing_at_once, specifying, verifying, viewing
from app.services.house import House
from app.services.spec import parse
from tests.journeys.test_geometry import picture
from tests.services.test_editor_spec import lease
from tests.support import leases
from tests.support.pages import write_pdf

IBAN = "DE89370400440532013000"


def out(house: House, folder: Path, **more: Any) -> Envelope:
    write_pdf(folder / "lease.pdf", 2)
    made = specifying.new(house, parse(json.dumps(lease(**more)), folder)).one("envelope")
    sending.send(house, made)
    return reading.envelope(house, made)


def widgets(house: House, envelope: Envelope) -> dict[str, pymupdf.Widget]:
    with pymupdf.open(viewing.blob_path(house, envelope.documents[0].latest)) as document:
        return {w.field_name: {"flags": w.field_flags, "max": w.text_maxlen, "value": w.field_value,
                               "label": w.field_label} for page in document for w in page.widgets()}  # fmt: skip


def by_kind(house: House, envelope: Envelope, number: int) -> Any:
    return next(v for name, v in widgets(house, envelope).items() if name.endswith(f"_{number}"))


def test_a_comb_several_lines_and_a_tooltip_are_told_to_readers(house: House, tmp_path: Path) -> None:
    envelope = out(house, tmp_path)
    found = widgets(house, envelope)
    combs = [one for one in found.values() if one["flags"] & (1 << 24)]
    assert [(one["max"], one["label"]) for one in combs] == [(22, "Where the deposit goes")]
    assert sum(bool(one["flags"] & (1 << 12)) for one in found.values()) == 1


def test_hidden_fields_are_sealed_empty_and_shown_ones_with_their_values(house: House, tmp_path: Path) -> None:
    for married, spouse in ((False, ""), (True, "Bob")):
        envelope = out(house, tmp_path)
        values = {"Married": married, "iban": IBAN} | ({"Spouse": "Bob"} if married else {})
        signing_at_once.sign(house, envelope.id, "buyer", leases.act("buyer", values=values))
        done = reading.envelope(house, envelope.id)
        assert done.status == "completed"
        sealed = [one["value"] for one in widgets(house, done).values()]
        assert (spouse in sealed) or not spouse
        assert "Bob" not in sealed or married
        assert "2400.00" in sealed
        report = verifying.verify(house, viewing.blob_path(house, done.documents[0].latest)).report
        assert all(signature.intact for signature in report.signatures)


def test_what_shows_a_field_may_be_given_after_it(house: House, tmp_path: Path) -> None:
    envelope = out(house, tmp_path)
    values = {"Spouse": "Bob", "iban": IBAN, "Married": True}
    signing_at_once.sign(house, envelope.id, "buyer", leases.act("buyer", values=values))
    assert reading.envelope(house, envelope.id).status == "completed"


def test_a_value_for_a_hidden_field_is_refused(house: House, tmp_path: Path) -> None:
    envelope = out(house, tmp_path)
    with pytest.raises(errors.ValueRefused):
        signing_at_once.sign(house, envelope.id, "buyer", leases.act("buyer", values={"Spouse": "Bob", "iban": IBAN}))
    assert reading.envelope(house, envelope.id).status == "out"


def test_the_trail_of_a_computed_value_is_told_in_words(house: House, tmp_path: Path) -> None:
    from app.services import auditing

    envelope = out(house, tmp_path)
    signing_at_once.sign(house, envelope.id, "buyer", leases.act("buyer", values={"iban": IBAN}))
    lines = [line.sentence for line in auditing.timeline(house, envelope.id) if line.kind == "field_computed"]
    assert len(lines) == 1
    assert lines[0].startswith("deposit")


def handing_in() -> list[dict[str, Any]]:
    common = {"recipient": "buyer", "page": 1, "x": 72, "width": 200, "height": 24}
    return [
        {**common, "type": "attachment", "y": 100, "label": "Proof"},
        {**common, "type": "stamp", "y": 150, "height": 60, "label": "Seal of the house"},
        {**common, "type": "signature", "y": 330, "height": 50},
    ]


def test_an_attachment_is_named_on_the_page_exported_and_in_the_trail(house: House, tmp_path: Path) -> None:
    (tmp_path / "proof of insurance.txt").write_text("insured", "utf-8")
    envelope = out(house, tmp_path, fields=handing_in())
    proof = files.take_file(house, tmp_path / "proof of insurance.txt")
    assert proof == FileValue("proof of insurance.txt", 7, proof.sha256)
    taken = pictures.take_picture(house, picture(tmp_path / "stamp.png", 60, 40))
    from app.domain.fields.base import PictureValue

    stamp = PictureValue(taken.sha256, taken.width, taken.height)
    values = {"Proof": proof, "Seal of the house": stamp}
    signing_at_once.sign(house, envelope.id, "buyer", leases.act("buyer", values=values))
    done = reading.envelope(house, envelope.id)
    told = by_kind(house, done, 1)["value"]
    assert told == f"proof of insurance.txt, 7 bytes, {proof.sha256[:8]}"
    exported = exporting.export(house, envelope.id, tmp_path / "out")
    (beside,) = [one for one in exported if one.kind == "attachment"]
    assert beside.path.name == "proof of insurance.txt"
    assert (beside.path.read_text("utf-8"), beside.sha256) == ("insured", proof.sha256)
    trail = json.loads((tmp_path / "out" / "audit.json").read_text("utf-8"))
    filled = [e["facts"] for e in trail["events"] if e["kind"] == "field_filled"]
    assert proof.sha256 in {facts["value_sha256"] for facts in filled}


def test_a_script_hands_in_a_file_by_its_path(house: House, tmp_path: Path) -> None:
    (tmp_path / "proof.txt").write_text("insured", "utf-8")
    (tmp_path / "values.json").write_text('{"Proof": {"file": "proof.txt"}}', "utf-8")
    values = marks.values(house, tmp_path / "values.json")
    assert values == {"Proof": files.take_file(house, tmp_path / "proof.txt")}
    (tmp_path / "values.json").write_text('{"Proof": {"file": 3}}', "utf-8")
    with pytest.raises(errors.SpecError):
        marks.values(house, tmp_path / "values.json")


def test_a_note_on_a_page_that_may_be_hidden_is_still_drawn(house: House, tmp_path: Path) -> None:
    write_pdf(tmp_path / "annex.pdf")
    when = [{"tests": [{"field": "Married", "op": "checked"}]}]
    body = lease(documents=[{"path": "lease.pdf"}, {"path": "annex.pdf", "conditions": when}])
    body["fields"].append({"type": "note", "document": 2, "page": 1, "x": 72, "y": 200, "value": "Prepared by Acme"})
    envelope = out(house, tmp_path, documents=body["documents"], fields=body["fields"])
    assert envelope.documents[1].prepared is not None
    with pymupdf.open(viewing.blob_path(house, envelope.documents[1].prepared)) as document:
        assert "Prepared by Acme" in document[0].get_text()


def test_one_answer_stands_in_all_fields_of_its_key(house: House, tmp_path: Path) -> None:
    common = {"recipient": "buyer", "page": 1, "x": 72, "width": 200, "height": 24}
    fields: list[dict[str, Any]] = [
        {**common, "type": "text", "y": 100, "mapping_key": "town"},
        {**common, "type": "text", "y": 140, "page": 2, "mapping_key": "town"},
        {**common, "type": "number", "y": 180, "mapping_key": "rent"},
        {**common, "type": "signature", "y": 330, "height": 50},
    ]
    envelope = out(house, tmp_path, fields=fields)
    act = leases.act("buyer", values={"town": "Porto", "rent": "1"})
    signing_at_once.sign(house, envelope.id, "buyer", act)
    sealed = [one["value"] for one in widgets(house, reading.envelope(house, envelope.id)).values()]
    assert sealed.count("Porto") == 2


def test_sealed_once_at_completion_the_same_is_drawn(house: House, tmp_path: Path) -> None:
    envelope = out(house, tmp_path, sealing="at_completion")
    signing_at_once.sign(house, envelope.id, "buyer", leases.act("buyer", values={"iban": IBAN, "Married": False}))
    done = reading.envelope(house, envelope.id)
    with pymupdf.open(viewing.blob_path(house, done.documents[0].latest)) as document:
        text = document[0].get_text().replace("\n", "")
    assert "2400.00" in text
    assert replace(done, version=0).status == "completed"
