"""Every preset, over the registry."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain import errors
from app.domain.fields.base import Constraint, Field
from app.domain.fields.registry import KINDS, accept, check
from app.domain.presets import PRESETS, for_kind
from tests.support.drafts import field

every_preset = pytest.mark.parametrize("name", sorted(PRESETS))


def preset_field(name: str, **more: Any) -> Field:
    kind = sorted(PRESETS[name].kinds)[0]
    return field(1, kind, constraint=Constraint(preset=name, **more))


@every_preset
def test_a_preset_takes_its_own_example_unchanged_and_says_what_else_it_wants(name: str) -> None:
    preset = PRESETS[name]
    assert preset.check(preset.example) == preset.example
    assert preset.title
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        preset.check("?!")


@every_preset
def test_a_field_with_a_preset_takes_it_and_refuses_other_text_with_the_example(name: str) -> None:
    one = preset_field(name)
    check(one, "fields[0]")
    assert accept(one, PRESETS[name].example) == PRESETS[name].example
    with pytest.raises(errors.ValueRefused) as refused:
        accept(one, "?!")
    assert refused.value.rule == "format"
    assert one.kind == "number" or PRESETS[name].example in refused.value.expected


@every_preset
def test_a_preset_is_offered_for_kinds_that_exist(name: str) -> None:
    assert PRESETS[name].kinds <= set(KINDS)
    assert all(PRESETS[name] in for_kind(kind) for kind in PRESETS[name].kinds)


CHECKED = [name for name in PRESETS if name.startswith(("iban", "card", "vat_", "tax_"))]


@pytest.mark.parametrize("name", CHECKED)
def test_one_wrong_digit_is_found(name: str) -> None:
    """Check digits are there for that: any single digit changed, but where the rule itself cannot tell."""
    example, found, tried = PRESETS[name].example, 0, 0
    for at, digit in enumerate(example):
        if digit.isdigit():
            wrong = example[:at] + str((int(digit) + 1) % 10) + example[at + 1 :]
            tried += 1
            try:
                PRESETS[name].check(wrong)
            except ValueError:
                found += 1
    assert found == tried


@pytest.mark.parametrize(
    ("name", "written", "kept"),
    [
        ("iban", "de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("iban", "GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432"),
        ("phone", "0049 (0)30 123 456", "+4930123456"),
        ("vat_be", "BE 0428.759.497", "BE0428759497"),
        ("postal_gb", "sw1a 1aa", "SW1A 1AA"),
        ("card", "4111-1111-1111-1111", "4111111111111111"),
    ],
)
def test_blanks_and_small_letters_are_put_right(name: str, written: str, kept: str) -> None:
    assert PRESETS[name].check(written) == kept


def test_an_iban_of_the_wrong_length_says_how_long_it_should_be() -> None:
    with pytest.raises(ValueError, match="an IBAN of DE has 22 characters, this one has 21"):
        PRESETS["iban"].check("DE8937040044053201300")


def test_own_words_replace_those_of_the_preset() -> None:
    one = preset_field("iban", message="Your account, please")
    with pytest.raises(errors.ValueRefused) as refused:
        accept(one, "x")
    assert refused.value.expected == "Your account, please"


def test_a_preset_that_is_none_or_suits_another_kind_is_refused() -> None:
    for kind, name in (("text", "nothing"), ("number", "iban"), ("checkbox", "iban"), ("date", "year")):
        with pytest.raises(errors.SpecError) as refused:
            check(replace(field(1, kind), constraint=Constraint(preset=name)), "fields[3]")
        assert refused.value.path == "fields[3].preset"


def test_an_iban_fits_a_comb_of_its_length_however_it_is_typed() -> None:
    one = preset_field("iban")
    combed = replace(one, kind="text", style=replace(one.style, comb=22))
    assert accept(combed, "DE89 3704 0044 0532 0130 00") == "DE89370400440532013000"
