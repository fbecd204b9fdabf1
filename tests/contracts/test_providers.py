"""What every provider promises; a new one is proved by these tests the moment it is in the registry."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.domain import errors
from app.sync import address, form, registry
from app.sync.credential import Credential
from app.sync.provider import Capability, FormField, Provider
from app.sync.registry import PROVIDERS, provider_of
from app.sync.request import SAFE_METHODS, Json
from app.sync.source import Source
from tests.support.http_server import Plain, Seen, as_json, serving
from tests.support.transports import rig

SECRET = "canary_secret_0123456789"
OPTIONS = {"clearpolicy": ({}, {"credential": "client", "client_id": "c-1"}), "pigeon": ({}, {"scheme": "Bearer"})}

each = pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS)


def options_of(provider: Provider) -> list[dict[str, str]]:
    return [form.options(provider, given) for given in OPTIONS.get(provider.name, ({},))]


def test_every_package_of_the_folder_is_in_the_registry() -> None:
    folder = Path(registry.__file__).parent / "providers"
    assert {path.parent.name for path in folder.glob("[a-z]*/__init__.py")} == set(PROVIDERS)
    assert not list(folder.glob("[a-z]*.py"))


def test_an_unknown_provider_is_named_with_the_known_ones() -> None:
    with pytest.raises(errors.UnknownProvider) as refused:
        provider_of("docusign")
    assert refused.value.known == sorted(PROVIDERS)


@each
def test_it_has_a_name_for_scripts_and_one_for_people(provider: Provider) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]+", provider.name)
    assert provider.title
    assert provider.site.startswith("https://")


@each
def test_where_its_api_begins_is_a_safe_address(provider: Provider) -> None:
    for base in provider.base_urls:
        judged = address.read(base.url)
        assert judged.scheme == "https"
        assert judged.url == base.url
    assert provider.default_url == (provider.base_urls[0].url if provider.base_urls else "")


@each
def test_a_base_of_the_seed_comes_before_any_other(provider: Provider) -> None:
    sources = [base.source for base in provider.base_urls]
    assert Source.SEED not in sources or sources[0] is Source.SEED


@each
def test_its_form_has_one_secret_and_each_field_explains_itself(provider: Provider) -> None:
    assert provider.secret.required
    names = [field.name for field in provider.form]
    assert len(names) == len(set(names))
    for field in provider.form:
        assert field.title
        assert field.help.endswith(".")
        _expect_consistent(field, names)


def _expect_consistent(field: FormField, names: list[str]) -> None:
    re.compile(field.pattern)
    re.compile(field.looks_like)
    assert not field.choices or field.default in field.choices
    assert not (field.pattern and field.default) or re.fullmatch(field.pattern, field.default)
    assert field.needed_when is None or field.needed_when[0] in names
    assert not (field.secret and field.default)


@each
def test_its_credential_is_a_header_that_holds_the_secret_and_hides_it(provider: Provider) -> None:
    for options in options_of(provider):
        credential = provider.authorize(SECRET, options)
        ((name, value),) = credential.headers.items()
        assert name in ("Authorization", "X-API-Key", "X-Auth-Token")
        assert value.endswith(SECRET)
        assert SECRET not in repr(credential)
        assert SECRET not in credential.strike(f"sent {value}")
        assert provider.authorize(SECRET, options) == credential


@each
def test_its_probe_changes_nothing_and_is_answered(provider: Provider) -> None:
    """The strict server knows the key and the path, and says no to anything else."""
    wanted = provider.authorize(SECRET, options_of(provider)[0])
    assert provider.probe.method in SAFE_METHODS
    assert provider.probe.body is None

    def script(seen: Seen) -> Plain:
        ((name, value),) = wanted.headers.items()
        if seen.headers.get(name.lower()) != value:
            return as_json({"error": "who are you"}, 401)
        return as_json({"data": []}) if seen.path == f"/v1{provider.probe.path}" else as_json({}, 404)

    with serving(script) as server:
        assert rig(f"{server.url}/v1", credential=wanted).transport.send(provider.probe).status == 200
        with pytest.raises(errors.CredentialRefused):
            rig(f"{server.url}/v1", credential=Credential()).transport.send(provider.probe)


@each
def test_its_facts_say_where_they_come_from(provider: Provider) -> None:
    assert provider.capabilities
    assert all(isinstance(key, Capability) for key in provider.capabilities)
    assert all(isinstance(source, Source) for source in provider.capabilities.values())
    assert {Source.SEED, Source.PUBLISHED} & set(provider.capabilities.values())
    for limit in provider.limits:
        assert limit.least <= limit.most
        assert provider.limit(limit.what) is limit
    assert len({limit.what for limit in provider.limits}) == len(provider.limits)
    for conflict in provider.conflicts:
        assert len(conflict.sayings) >= 2
        assert all(getattr(conflict, one.name) for one in fields(conflict))


@each
def test_its_file_marks_the_provenance_of_what_it_claims(provider: Provider) -> None:
    source = (Path(registry.__file__).parent / "providers" / provider.name / "__init__.py").read_text("utf-8")
    assert "[seed]" in source or "[published]" in source
    probe = source.partition("    probe=Request")[0].rstrip().splitlines()[-1]
    assert re.search(r"# \[(seed|public|published|assumed)\]", probe), probe


def test_a_signature_field_of_signatureapi_is_20_to_60_points_high() -> None:
    limit = provider_of("signatureapi").limit("signature_height")
    assert (limit.least, limit.most, limit.unit) == (20, 60, "pt")


def test_where_no_look_up_exists_no_provider_claims_one() -> None:
    """Of ClearPolicy's requests none can be read again: a create whose answer was lost stays unknown."""
    without = [name for name, provider in PROVIDERS.items() if not provider.can(Capability.READ)]
    assert without == ["clearpolicy"]


def test_the_token_of_clearpolicy_is_asked_for_at_the_root_of_its_host() -> None:
    exchange = provider_of("clearpolicy").exchange
    assert exchange is not None
    assert not exchange.applies(form.options(provider_of("clearpolicy"), {}))
    options = form.options(provider_of("clearpolicy"), {"credential": "client", "client_id": "c-1"})
    assert exchange.applies(options)
    request = exchange.request(SECRET, options)
    assert (request.method, request.path, request.from_root) == ("POST", "/oauth/token", True)
    assert isinstance(request.body, Json)
    assert request.body.value == {
        "grant_type": "client_credentials",
        "client_id": "c-1",
        "client_secret": SECRET,
        "scope": "",
    }
    assert SECRET not in repr(request)
    token = exchange.read({"token_type": "Bearer", "expires_in": 31536000, "access_token": "a.b.c"})
    assert (token.token, token.lasts_s) == ("a.b.c", 31536000)
    for wrong in (None, [], {}, {"access_token": ""}, {"access_token": 5}):
        with pytest.raises(ValueError, match="access_token"):
            exchange.read(wrong)
