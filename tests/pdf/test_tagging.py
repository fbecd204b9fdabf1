"""Field tags in the notations people know from other services."""

import time

import pytest

from app.pdf.tagging import Tag, tags_in
from app.pdf.tagging.tag import strftime


def only(line: str) -> Tag:
    (tag,) = tags_in(line)
    assert line[tag.start : tag.end] == line.strip()
    return tag


@pytest.mark.parametrize(
    ("line", "kind", "name", "role"),
    [
        ("{{signature:buyer}}", "signature", "buyer", "buyer"),
        ("{{Buyer;role=Buyer;type=signature}}", "signature", "Buyer", "Buyer"),
        ("{{Full Name;role=First Party}}", "text", "Full Name", "First Party"),
        ("{{Day;type=date;role=Seller}}", "date", "Day", "Seller"),
        ("{{SIGNATURE, r1}}", "signature", "signature", "r1"),
        ("{{ text, r2, label=Company name, required=false }}", "text", "Company name", "r2"),
        ("{{Sig_es_:signer1:signature}}", "signature", "Sig", "signer1"),
        ("{{*Name_es_:signer2:fullname}}", "name", "Name", "signer2"),
        ("{{Dte1_es_:signer1:date}}", "date_signed", "Dte1", "signer1"),
        ("{{Int_es_:signer1:initials}}", "initials", "Int", "signer1"),
        ("{{agree_es_:signer1:checkbox}}", "checkbox", "agree", "signer1"),
        ("[sig|req|signer1]", "signature", "signature", "signer1"),
        ("[text|noreq|signer2|Company|company_id]", "text", "Company", "signer2"),
        ("[[signature:signer1]]", "signature", "signature", "signer1"),
        ("[[initials-2]]", "initials", "initials", "signer2"),
        ("/sn1/", "signature", "signature", "signer1"),
        ("\\s1\\", "signature", "signature", "signer1"),
        ("\\d2\\", "date_signed", "date_signed", "signer2"),
        ("**signature_1**", "signature", "signature", "signer1"),
    ],
)
def test_each_notation_says_kind_name_and_role(line: str, kind: str, name: str, role: str) -> None:
    tag = only(line)
    assert (tag.kind, tag.name, tag.role) == (kind, name, role)


def test_attributes_are_read() -> None:
    chosen = only(
        "{{Colour;type=select;options=red,blue;required=false;readonly=true;default=red;role=A;width=120;height=40}}"
    )
    assert (chosen.options, chosen.required, chosen.read_only, chosen.value) == (("red", "blue"), False, True, "red")
    assert (chosen.width, chosen.height) == (90, 30)
    adobe = only('{{*Land_es_:signer1:dropdown(options="A, B,C"):tooltip(Where you live)}}')
    assert (adobe.options, adobe.required, adobe.help) == (("A", "B", "C"), True, "Where you live")
    dated = only("{{When_es_:signer1:isdate(format=dd/mm/yyyy)}}")
    assert (dated.kind, dated.date_format) == ("date", "%d/%m/%Y")
    assert only("{{Notes_es_:signer1:multiline(3):maxlen=200}}").max_length == 200
    assert only("{{!Price_es_:prefill:default(\"12\")}}").read_only


@pytest.mark.parametrize(
    "line",
    [
        "{{ customer.name }}", "{{name}}", "{{#if x}}", "{{a:b:c}}", "see https://example.com/s1/ and /usr/d1/x",
        "**bold_text**", "[1] [[2]] [a|b]", "C:\\s1\\file", "{{price;currency=EUR}}", "a /b1/ c2",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_tag_is_left_alone(line: str) -> None:
    assert tags_in(line) == ()


def test_several_tags_of_several_notations_stand_in_one_line() -> None:
    found = tags_in("A {{signature:buyer}} and {{DATE, r2}} or /sn3/ end")
    assert [(tag.kind, tag.role) for tag in found] == [
        ("signature", "buyer"), ("date_signed", "r2"), ("signature", "signer3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "code"),
    [("MM/DD/YYYY", "%m/%d/%Y"), ("dd.mm.yy", "%d.%m.%y"), ("D MMMM YYYY", ""), ("MMM dd, yyyy", "%b %d, %Y")],
)
def test_date_patterns_become_ours_or_nothing(written: str, code: str) -> None:
    assert strftime(written) == code


@pytest.mark.parametrize("start", ["{{", "{{*", "{{a;", "{{Sig_es_", "{{date,", "[sig|", "[[", "**", "{{a;b=c;c;c;c;"])
def test_a_hostile_line_costs_no_time(start: str) -> None:
    began = time.monotonic()
    assert tags_in((start + " " * 40_000 + start) * 3) == ()
    assert tags_in(start * 3_000) == ()
    assert time.monotonic() - began < 2
