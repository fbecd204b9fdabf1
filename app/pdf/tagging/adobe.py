"""Adobe Acrobat Sign: `{{Sig_es_:signer1:signature}}`, `{{*Name_es_:signer1:fullname}}`, directives after colons."""

import re
from collections.abc import Iterator
from typing import Final

from app.pdf.tagging.tag import Tag, strftime
from app.pdf.wording import kind_of_label

_TAG: Final = re.compile(
    r"\{\{\s{0,6}(?P<flag>[*!]?)\s{0,6}(?P<name>[^{}:]{0,60}?)_es_\s{0,6}"
    r"(?P<rest>(?::[^{}]{0,300}?)?)\s{0,6}\}\}"
)
_KINDS: Final = {
    "signature": "signature", "digitalsignature": "signature", "signatureblock": "signature",
    "sigblock": "signature", "initials": "initials", "initial": "initials", "fullname": "name", "name": "name",
    "email": "email", "company": "company", "title": "title", "date": "date_signed", "checkbox": "checkbox",
    "dropdown": "dropdown", "radio": "radio", "stampimage": "stamp", "attachment": "attachment", "image": "image",
    "inlineimage": "image",
}  # fmt: skip
_ROLE: Final = re.compile(
    r"(?:opt|req)?(signer\d*|sender|prefill|approver\d*|delegate\w*|everyone|participant\d*)", re.I
)
_CALL: Final = re.compile(r"(\w+)\s*(?:=\s*([^:()]*)|\(([^()]*(?:\([^()]*\)[^()]*)*)\))?")


def tags(line: str) -> Iterator[Tag]:
    for found in _TAG.finditer(line):
        role, said = "", dict[str, str]()
        for part in _parts(found["rest"]):
            if not role and _ROLE.fullmatch(part):
                role = part.lower()
            elif call := _CALL.match(part):
                said[call[1].lower()] = (call[2] or call[3] or "").strip()
        yield _tag(found, role, said)


def _parts(rest: str) -> list[str]:
    """Split at colons that stand in no brackets."""
    return [part.strip() for part in re.split(r":(?![^(]*\))", rest) if part.strip()]


def _tag(found: re.Match[str], role: str, said: dict[str, str]) -> Tag:
    kind = next((_KINDS[word] for word in said if word in _KINDS), None) or _by_name(found["name"], said)
    options = said.get("dropdown", "").partition("options=")[2].replace('"', "").split(",")
    day = said.get("isdate", "").partition("format=")[2].strip("\"' ")
    return Tag(
        found.start(),
        found.end(),
        kind,
        found["name"].strip() or kind,
        role="" if role in ("prefill", "everyone") else role,
        required=found["flag"] == "*" or (kind == "signature" and not role.startswith("opt")),
        read_only=found["flag"] == "!",
        options=tuple(option.strip() for option in options if option.strip()),
        value=said.get("default", "").strip('"'),
        help=said.get("tooltip", "").strip('"'),
        max_length=int(said["maxlen"]) if said.get("maxlen", "").isdecimal() else None,
        multiline="multiline" in said,
        date_format=strftime(day),
    )


def _by_name(name: str, said: dict[str, str]) -> str:
    """Names that Adobe itself understands: Sig, Int, Dte, Em, Ttl, Cmpy, N."""
    short = {"sig": "signature", "int": "initials", "dte": "date_signed", "em": "email", "ttl": "title"}
    short |= {"cmpy": "company", "n": "name"}
    word = re.sub(r"\d+$", "", name.strip().lower())
    if word in short:
        return short[word]
    if said.get("isdate") is not None:
        return "date"
    if said.get("isnumber") is not None:
        return "number"
    kind = kind_of_label(name, "text") or "text"
    return kind if kind not in ("signature", "initials") else "text"
