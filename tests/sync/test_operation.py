"""From values to a request: what fits is sent as it stands, what does not is named and never sent."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import SpecError, UnknownOperation
from app.sync import typed
from app.sync.argument import ANY, EMAIL, MOMENT, WEB, Kind, choice, described, file, free, many, number, text, whole
from app.sync.checking import checked
from app.sync.operation import build
from app.sync.registry import provider_of
from app.sync.request import DOCX, PDF, File, Json, Multipart

JANE = {"name": "Jane Smith", "email": "jane@example.com"}
BOX = {"type": "signature", "signer_index": 0, "page": 1, "x": 0, "y": 0, "width": 200, "height": 50}
VISISIGN, NUEFORM = provider_of("visisign"), provider_of("nueform")
PIGEON, SIGNATUREAPI = provider_of("pigeon"), provider_of("signatureapi")
PLACE = {"key": "sign", "type": "signature", "recipient_key": "jane"}
DOCUMENT = {"url": "https://files.example.com/a.pdf", "format": "pdf", "key": "a", "places": [PLACE]}
PERSON = {"type": "signer", "key": "jane", **JANE}
ENVELOPE = {"title": "Lease", "documents": [DOCUMENT], "recipients": [PERSON]}


def refused(provider: Any, operation: str, values: dict[str, Any], **options: str) -> str:
    with pytest.raises(SpecError) as problem:
        build(provider.operation(operation), values, options)
    return problem.value.path


# -- one value -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "good", "bad"),
    [
        (text(1, 5), "abc", ["", "  ", "abcdef", 5, None]),
        (text(pattern="[a-z]+", looks="abc"), "abc", ["ABC", "abc\n"]),
        (whole(1, 3), 2, [0, 4, 2.0, True, "2"]),
        (number(0, 1), 0.5, [-0.1, 1.1, float("nan"), float("inf"), True, "0"]),
        (number(above=0), 0.001, [0, -1]),
        (choice("a", 2), 2, ["b", "2", True, None, []]),
        (EMAIL, "jane@example.com", ["jane", "jane@x", "a b@c.de", "Jane <j@example.com>", "@x.org", 5]),
        (WEB, "https://example.com/a?b=c", ["http://example.com", "https://", "https://u:p@x.org", "https://a b", 5]),
        (MOMENT, "2030-01-31T12:00:00Z", ["2030-01-31T12:00:00", "soon", 5, None]),
        (many(whole(0), 1, 2), [1, 2], [[], [1, 2, 3], ["a"], "12", {}]),
        (free(text()), {"a": "b"}, [{"a": 1}, [], "a"]),
        (ANY, {"a": [1, None, True, "x", 1.5]}, [{"a": object()}, float("nan"), {1, 2}]),
    ],
    ids=lambda one: described(one) if hasattr(one, "kind") else None,
)
def test_a_shape_takes_what_fits_and_names_what_does_not(shape: Any, good: Any, bad: list[Any]) -> None:
    assert checked(shape, good, "value") == good
    for one in bad:
        with pytest.raises(SpecError) as problem:
            checked(shape, one, "value")
        assert problem.value.path.startswith("value")
        assert problem.value.problem


def test_null_is_taken_where_it_may_be() -> None:
    assert checked(text().or_null, None, "value") is None
    assert typed.value_of(text().or_null, "null", "value") is None
    assert typed.value_of(text(), "null", "value") == "null"


def test_a_moment_of_ours_becomes_theirs() -> None:
    assert checked(MOMENT, datetime(2030, 1, 31, 12, tzinfo=UTC), "value") == "2030-01-31T12:00:00Z"


def test_a_file_is_of_the_type_its_name_tells() -> None:
    assert checked(file(), "a.PDF", "file") == File(Path("a.PDF"), PDF, "document.pdf")
    assert checked(file(PDF, DOCX), Path("b.docx"), "file").content_type == DOCX
    kept = File(Path("blob"), PDF)
    assert checked(file(), kept, "file") is kept
    for wrong in ("b.docx", "c", "", 5):
        with pytest.raises(SpecError):
            checked(file(), wrong, "file")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_any_json_is_sent_as_it_is(value: Any) -> None:
    assert checked(ANY, value, "value") == value


@given(st.text())
def test_whatever_is_typed_is_a_value_or_a_clear_refusal(word: str) -> None:
    for kind in (whole(), number(), choice("a", 1), many(ANY), free(), ANY, text()):
        with suppress(SpecError):
            typed.value_of(kind, word, "value")


@pytest.mark.parametrize(
    ("shape", "word", "value"),
    [
        (whole(), "-3", -3),
        (number(), "7", 7),
        (number(), "0.5", 0.5),
        (choice(2, 10), "10", 10),
        (choice("a"), "b", "b"),
        (many(whole()), "[1, 2]", [1, 2]),
        (free(), '{"a": null}', {"a": None}),
        (text(), "5", "5"),
    ],
)
def test_typed_words_get_the_type_of_the_contract(shape: Any, word: str, value: Any) -> None:
    found = typed.value_of(shape, word, "value")
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("word", "value"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("off", False)])
def test_yes_and_no_have_several_names(word: str, value: bool) -> None:
    from app.sync.argument import YES_NO

    assert typed.value_of(YES_NO, word, "value") is value
    assert YES_NO.kind is Kind.YES_NO


# -- requests --------------------------------------------------------------------------------------------------------


def test_nothing_is_sent_but_what_was_given() -> None:
    request = build(VISISIGN.operation("create_signature_request"), {"content": "{{signature:a}}", "signers": [JANE]})
    assert isinstance(request.body, Json)
    assert request.body.value == {"content": "{{signature:a}}", "signers": [JANE]}
    assert (request.method, request.filled, request.query) == ("POST", "/signature_requests", {})
    assert not request.is_safe


def test_a_file_makes_it_multipart() -> None:
    request = build(VISISIGN.operation("create_signature_request"), {"file": "a.pdf", "signers": [JANE]})
    assert isinstance(request.body, Multipart)
    assert list(request.body.texts) == ["data"]
    assert request.body.files == {"file": File(Path("a.pdf"))}
    request = build(PIGEON.operation("create_attachment"), {"document_id": "d", "file": "plan.txt", "name": "plan"})
    assert isinstance(request.body, Multipart)
    assert request.filled == "/documents/d/attachments?upload"
    assert request.body.texts == {"name": "plan"}


def test_an_account_for_tests_makes_tests_of_everything() -> None:
    operation = VISISIGN.operation("create_signature_request")
    for given_ in ({}, {"test_mode": False}):
        request = build(operation, {"content": "{{signature:a}}", "signers": [JANE], **given_}, {"test_mode": "yes"})
        assert isinstance(request.body, Json)
        assert request.body.value["test_mode"] is True
    request = build(
        operation, {"content": "{{signature:a}}", "signers": [JANE], "test_mode": True}, {"test_mode": "no"}
    )
    assert isinstance(request.body, Json)
    assert request.body.value["test_mode"] is True


def test_the_form_of_the_account_is_used_where_none_is_named() -> None:
    operation = NUEFORM.operation("create_session")
    assert build(operation, {}, {"form_id": "f1"}).filled == "/forms/f1/signing-sessions"
    assert build(operation, {"id": "f2"}, {"form_id": "f1"}).filled == "/forms/f2/signing-sessions"
    assert refused(NUEFORM, "create_session", {}) == "id"


def test_a_query_is_spelt_as_the_service_spells_it() -> None:
    query = build(
        PIGEON.operation("list_documents"), {"deleted": True, "status": 2, "metadata": {"case": "42"}, "count": 10}
    ).query
    assert query == {"deleted": "true", "status": "2", "metadata_case": "42", "count": "10"}
    assert build(PIGEON.operation("list_templates"), {"tag": ["a", "b"]}).query == {"tag": ("a", "b")}


def test_secrets_of_a_request_are_shown_nowhere() -> None:
    values = {"short_code": "xK9f2", "password": "open sesame"}
    request = build(NUEFORM.operation("verify_password"), values)
    assert request.shown == "/s/{short_code}/verify-password"
    assert request.filled == "/s/xK9f2/verify-password"
    assert request.anonymous
    assert not [one for one in values.values() if one in repr(request)]
    assert set(request.hidden.values()) == set(values.values())


def test_a_password_may_be_what_no_identifier_may_be() -> None:
    operation = NUEFORM.operation("verify_password")
    assert build(operation, {"short_code": "xK9f2", "password": ".."}).filled == "/s/xK9f2/verify-password"
    assert refused(NUEFORM, "verify_password", {"short_code": "..", "password": "x"}) == "short_code"


def test_an_operation_that_does_not_exist_is_named_with_the_others() -> None:
    with pytest.raises(UnknownOperation) as unknown:
        VISISIGN.operation("burn")
    assert "list_templates" in unknown.value.known


# -- what does not go together ---------------------------------------------------------------------------------------

CREATE, CONTENT = "create_signature_request", {"content": "{{signature:a}}", "signers": [JANE]}


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"signers": [JANE]}, "file"),
        ({**CONTENT, "file": "a.pdf"}, "content"),
        ({**CONTENT, "content": "no token {{date:a}}"}, "content"),
        ({**CONTENT, "import_fields": True}, "import_fields"),
        ({**CONTENT, "signers": []}, "signers"),
        ({**CONTENT, "signers": [JANE] * 51}, "signers"),
        ({**CONTENT, "signing_order": "one_at_a_time"}, "signers[0].order"),
        ({**CONTENT, "signers": [{**JANE, "colour": "red"}]}, "signers[0].colour"),
        ({"file": "a.pdf", "signers": [JANE], "fields": [{**BOX, "signer_index": 1}]}, "fields[0].signer_index"),
        ({"file": "a.pdf", "signers": [JANE], "fields": [BOX, {**BOX, "width": 0}]}, "fields[1].width"),
        ({"file": "a.pdf", "signers": [JANE], "fields": [{**BOX, "page": 0}]}, "fields[0].page"),
        ({**CONTENT, "expires_at": "2030-01-01"}, "expires_at"),
        ({**CONTENT, "file_url": "https://a.example/x.pdf"}, "file_url"),
    ],
)
def test_visisign_is_not_asked_for_what_it_refuses(values: dict[str, Any], path: str) -> None:
    assert refused(VISISIGN, CREATE, values) == path


def test_a_signer_of_a_template_has_one_way_to_a_role() -> None:
    values = {"template_id": "tmpl_1", "signers": [{**JANE, "role": "Tenant", "role_id": 2}]}
    assert refused(VISISIGN, "send_with_template", values) == "signers[0].role_id"
    assert refused(VISISIGN, "send_with_template", {**values, "template_id": "123"}) == "template_id"


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"expiry_days": 0}, "expiry_days"),
        ({"signers": [{"slot_number": 1}, {"slot_number": 1}]}, "signers[1].slot_number"),
        ({"signers": [{"first_name": "J"}]}, "signers[0].slot_number"),
        ({"signers": [{"slot_number": 1}], "send_signing_emails": True}, "send_signing_emails"),
        ({"notify_events": ["decline"]}, "notify_emails"),
        ({"notify_events": ["birthday"], "notify_emails": ["a@example.com"]}, "notify_events[0]"),
        ({"copy_mode": "never"}, "copy_mode"),
        ({"password": ""}, "password"),
    ],
)
def test_nueform_is_not_asked_for_what_it_refuses(values: dict[str, Any], path: str) -> None:
    assert refused(NUEFORM, "create_session", values, form_id="f1") == path


@pytest.mark.parametrize(
    ("operation", "values", "path"),
    [
        ("create_document", {"name": "x"}, "file"),
        ("create_document", {"file": "a.pdf", "url": "https://a.example/x.pdf", "name": "x"}, "url"),
        ("create_document", {"file": "a.pdf"}, "name"),
        ("create_document", {"template_uuid": "t"}, "recipients"),
        ("create_document", {"file": "a.pdf", "name": "x", "texts": []}, "texts"),
        ("create_document", {"template_uuid": "t", "recipients": [], "parse_form_fields": True}, "parse_form_fields"),
        ("list_documents", {"template_id": "t", "form_id": "f"}, "form_id"),
        ("list_documents", {"status": 15}, "status"),
        ("list_documents", {"count": 101}, "count"),
        ("update_document", {"document_id": "d"}, "name"),
        ("update_document_status", {"document_id": "d", "status": 5}, "status"),
        ("create_document_session", {"document_id": "d", "recipient": "a@example.com", "lifetime": 0}, "lifetime"),
        ("create_document_session", {"document_id": "d", "lifetime": 5}, "recipient"),
        ("create_document_session", {"document_id": "a/b", "recipient": "a@example.com"}, "document_id"),
        ("transfer_documents_ownership", {"from_membership_id": "a", "to_membership_id": "a"}, "to_membership_id"),
        ("create_attachment", {"document_id": "d", "name": "x"}, "file"),
        ("create_document_fields", {"document_id": "d", "fields": []}, "fields"),
        ("update_recipient", {"document_id": "d", "recipient_id": "r"}, "email"),
        ("download_document", {"document_id": "d", "watermark_color": "red"}, "watermark_color"),
    ],
)
def test_pigeon_is_not_asked_for_what_it_refuses(operation: str, values: dict[str, Any], path: str) -> None:
    assert refused(PIGEON, operation, values) == path


LINK = [{"type": "email_link"}]


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({}, "authentication"),
        ({"authentication": []}, "authentication"),
        ({"authentication": [{"type": "sms"}]}, "authentication[0].type"),
        ({"authentication": [{"type": "email_code", "provider": "x"}]}, "authentication[0].provider"),
        ({"authentication": [{"type": "custom", "provider": "x"}]}, "authentication[0].data"),
        ({"authentication": [{"type": "custom", "provider": "x", "data": {}}]}, "authentication[0].data"),
        ({"authentication": LINK, "redirect_url": "http://example.com"}, "redirect_url"),
        ({"authentication": LINK, "redirect_delay": 21}, "redirect_delay"),
        ({"authentication": LINK, "redirect_delay": -1}, "redirect_delay"),
        ({"authentication": LINK, "url_variant": "tiny"}, "url_variant"),
        ({"authentication": LINK, "embeddable_in": ["not an origin"]}, "embeddable_in[0]"),
    ],
)
def test_a_ceremony_is_what_signatureapi_takes(values: dict[str, Any], path: str) -> None:
    assert refused(SIGNATUREAPI, "create_ceremony", {"recipient_id": "re_1", **values}) == path


def with_place(**changes: Any) -> dict[str, Any]:
    return {**ENVELOPE, "documents": [{**DOCUMENT, "places": [{**PLACE, **changes}]}]}


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({**ENVELOPE, "documents": []}, "documents"),
        ({**ENVELOPE, "documents": [DOCUMENT] * 2}, "documents[1].key"),
        ({**ENVELOPE, "recipients": [PERSON, PERSON]}, "recipients[1].key"),
        ({**ENVELOPE, "recipients": [{**PERSON, "type": "approver"}]}, "recipients"),
        ({**ENVELOPE, "documents": [{**DOCUMENT, "data": {"a": 1}}]}, "documents[0].data"),
        ({**ENVELOPE, "branding": {"accent_color": "#eeeeee"}}, "branding.accent_color"),
        ({**ENVELOPE, "label": "x" * 501}, "label"),
        ({**ENVELOPE, "topics": ["x"] * 11}, "topics"),
        (with_place(height=61), "documents[0].places[0].height"),
        (with_place(height=19), "documents[0].places[0].height"),
        (with_place(key="Sign"), "documents[0].places[0].key"),
        (with_place(recipient_key="bob"), "documents[0].places[0].recipient_key"),
        (with_place(hint="x"), "documents[0].places[0].hint"),
        (
            {**ENVELOPE, "documents": [{**DOCUMENT, "places": [PLACE, PLACE]}]},
            "documents[0].places[1].key",
        ),
        (
            {
                **ENVELOPE,
                "documents": [{**DOCUMENT, "fixed_positions": [{"place_key": "x", "page": 1, "top": 1, "left": 1}]}],
            },
            "documents[0].fixed_positions[0].place_key",
        ),
        (
            {
                **with_place(type="text_input", key="city"),
                "routing": "parallel",
                "recipients": [PERSON, {**PERSON, "key": "bob"}],
            },
            "documents[0].places[0].type",
        ),
    ],
)
def test_an_envelope_is_what_signatureapi_takes(values: dict[str, Any], path: str) -> None:
    assert refused(SIGNATUREAPI, "create_envelope", values) == path


def test_a_good_envelope_passes_with_the_vendors_own_colour() -> None:
    request = build(SIGNATUREAPI.operation("create_envelope"), {**ENVELOPE, "branding": {"accent_color": "#2463eb"}})
    assert isinstance(request.body, Json)
    assert request.body.value["documents"] == [DOCUMENT]


@pytest.mark.parametrize(
    "wrong", ["x", "01HV3K8E7Q2N4M6P8R0S2T4V6", "81hv3k8e7q2n4m6p8r0s2t4v6x", "01hv3k8e7q2n4m6p8r0s2t4v6u"]
)
def test_clearpolicy_gets_ulids_only(wrong: str) -> None:
    good = "01hv3k8e7q2n4m6p8r0s2t4v6x"
    policy = provider_of("clearpolicy")
    assert refused(policy, "create_attestation_request", {"person_id": wrong, "document_id": good}) == "person_id"
    assert refused(policy, "create_attestation_request", {"person_id": good}) == "document_id"
