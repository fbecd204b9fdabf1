"""The words of verification, once for window and command line. Keys come from `app.domain.verdict` reports.

Two words are kept for one case each: *tampered* where a digest or the coverage failed, *valid* where the verdict is.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from app.domain.verdict import Change, Report, SignatureReport, Suspicion, Verdict
from app.paths import resource
from app.pdf import Finding
from app.services import inspection_words
from app.services.certificate_words import LANGUAGES, LEFTWARDS

SENTENCES = {
    "valid": "Signed by {names}. Nothing was changed since.",
    "valid_with_changes": "Signed by {names}. What was filled in afterwards is allowed, is not signed, and is listed.",
    "altered": "This document was tampered with: it is not what was signed.",
    "changed": "Something was changed after {names} signed that the signature does not allow.",
    "broken": "A signature in this document is damaged or not genuine.",
    "unknown_trust": "{names} signed this, going by the certificate, but nobody you trust vouches for that.",
    "annotated": "Comments were added after {names} signed. That is allowed, but they can cover what was signed.",
    "undecided": "It could not be decided whether the signature is good. {first}",
    "irregular": "This file is built in a way that lets two programs show two different documents. {first}",
    "page_looks_different": "A page looks different from what was signed, and no listed change explains it.",
    "unsigned": "This document carries no signature.",
    "not_analysed": "This document could not be analysed, so nothing about it is confirmed. {first}",
}
"""`names` are the signers, `first` is the first reason that tells why."""

REASONS = {
    "digest_mismatch": "The signed bytes are not those in the file.",
    "signature_mismatch": "The certificate's owner did not sign this.",
    "coverage_broken": "The signature does not cover what it claims to cover.",
    "padding_not_empty": "Something is hidden behind the signature.",
    "certificate_replaced": "The certificate is not the one the signature names.",
    "certificate_damaged": "A certificate that came with the signature was altered.",
    "digits_mixed": "The signature was altered without changing its value.",
    "changed_after_signing": "A later version of the file changes what nobody may change.",
    "forbidden_change": "A later version of the file changes what this signature forbids to change.",
    "unknown_trust": "The certificate does not lead to anybody on your trust list.",
    "expired": "The certificate has expired, and nothing proves that the signature is older.",
    "not_yet_valid": "The certificate was not valid yet.",
    "revoked": "The certificate was revoked, and nothing proves that the signature is older.",
    "revocation_unknown": "Whether its certificate was revoked could not be asked; try again with a network.",
    "wrong_usage": "The certificate may not be used for signing documents.",
    "weak_algorithm": "It was signed with a method that is no longer safe.",
    "chain_broken": "The certificate's chain does not hold.",
    "service_withdrawn": "The trusted list did not vouch for its issuer at that time.",
    "certificate_missing": "The signer's certificate is not in the file.",
    "claimed_outside_certificate": "The time it states lies outside the certificate's life.",
    "timestamp_broken": "Its timestamp does not belong to this signature.",
    "timestamp_before_certificate": "Its timestamp is older than the certificate it vouches for.",
    "timestamp_before_claimed": "Its timestamp is older than the time the signer states.",
    "contents_not_der": "The signature is not written as the standard demands.",
    "contents_irregular": "Parts of the signature contradict one another.",
    "shared_signature": "One signature is shown in several places, as if several people had signed.",
    "unsupported_signature": "It is a kind of signature that this program cannot check.",
    "annotations_after_signing": "Comments were added after signing.",
    "analyses_disagree": "Two ways of looking for changes came to different results.",
    "signature_unreadable": "The signature could not be read.",
    "unsigned": "There is no signature.",
    "hidden_signature": "The file holds a signature that none of its fields shows.",
    "tail_irregular": "The file does not end where a PDF ends.",
    "unlisted_objects": "Behind the last signature stand parts that the file's own table of contents leaves out.",
    "repaired": "The pages could be shown only after guessing how the file is built.",
    "irregular_file": "The file breaks the rules of its format.",
    "hybrid_file": "The file describes its contents twice, and programs differ in what they believe.",
    "encrypted": "It is locked with a password or for somebody else's key.",
    "unreadable": "Its structure could not be followed.",
    "timed_out": "It took too long.",
    "crashed": "The analysis broke down over it.",
    "too_heavy": "It needs more memory than is safe to give.",
    "quarantined": "The analysis broke down over it twice, so it is not tried again.",
    "page_looks_different": "A page looks different from what was signed.",
    "not_comparable": "The pages could not be compared with what was signed.",
    "signers_clock": "The time is what the signer's machine said; nothing proves it.",
    "short_lived_certificate": "The certificate was made for this signature alone and has expired since, as intended.",
    "expired_since": "The certificate has expired since; a timestamp proves that the signature is older.",
    "revoked_since": "The certificate was revoked since; a timestamp proves that the signature is older.",
    "service_withdrawn_since": "Its issuer has left the trusted list; a timestamp proves that the signature is older.",
    "timestamp_unknown_trust": "It has a timestamp, from an authority that is not on your trust list.",
    "name_hidden": "The signer's name holds letters that are not seen; go by the certificate's number.",
    "name_mixed": "The signer's name has letters of several scripts and may only look like another; "
    "go by the certificate's number.",
    "timestamp_late": "It is proven to exist only from long after the time it states.",
}

NOTES = frozenset({
    "signers_clock", "short_lived_certificate", "expired_since", "revoked_since", "service_withdrawn_since",
    "timestamp_unknown_trust", "timestamp_late", "name_hidden", "name_mixed",
})  # fmt: skip
"""Reasons that go with a good signature too."""

CHANGES = {
    "field_filled": "{field} was filled in",
    "field_changed": "{field} was given another value",
    "field_cleared": "{field} was emptied",
    "field_added": "A form field was added: {field}",
    "field_removed": "A form field was taken away: {field}",
    "appearance_changed": "{field} looks different",
    "signed": "{field} was signed",
    "signature_field_added": "A place to sign was added: {field}",
    "signature_replaced": "The signature in {field} was replaced",
    "signature_removed": "The signature in {field} was taken away",
    "timestamped": "A timestamp was added",
    "form_defaults_changed": "The form's defaults were changed ({detail})",
    "annotation_added": "An annotation was added ({detail})",
    "annotation_changed": "An annotation was changed ({detail})",
    "annotation_removed": "An annotation was taken away ({detail})",
    "page_added": "A page was added",
    "page_removed": "A page was taken away",
    "pages_reordered": "The pages were put in another order",
    "page_content_changed": "What is printed on the page was changed",
    "page_changed": "The page was changed ({detail})",
    "actions_changed": "What happens on opening or clicking was changed ({detail})",
    "layers_changed": "Layers were changed",
    "catalog_changed": "The document's settings were changed ({detail})",
    "metadata_changed": "Title, author or similar were renewed",
    "extensions_changed": "The stated version of the format was renewed",
    "validation_data_added": "Data for checking the signatures were added",
    "revision_without_effect": "The file was saved again without any change",
    "other_change": "Something was changed that cannot be described",
}

SUSPICIONS = {
    "javascript": "It contains scripts",
    "launch": "It would like to start a program",
    "submit_form": "It would like to send what is filled in",
    "goes_elsewhere": "It would like to open another document",
    "automatic_actions": "It contains actions that run by themselves",
    "attachments": "Files are attached",
    "xfa_form": "It contains a second form in XML that other programs may show instead",
    "media": "It contains films, sounds or 3D scenes",
    "open_action": "Something runs when it is opened ({detail})",
    "layers": "It has layers that can be switched",
    "hidden_layers": "It has layers that are hidden, or differ between screen and print",
    "objects_nobody_refers_to": "It contains objects that nothing refers to ({detail})",
    "annotation_after_signing": "An annotation came after the signature and may cover text ({detail})",
    "appearance_after_signing": "{detail} came after the signature and may cover text",
    "changed_outside_signature": "It was changed outside of what is signed ({detail})",
    "shared_signature": "{detail} shows a signature that stands in another field too",
    "page_looks_different": "It looks different from what was signed",
}

WORDS = {
    "valid": "Valid",
    "indeterminate": "Not confirmed",
    "invalid": "Invalid",
    "with_changes": "Valid, changes listed",
}
TONES = {Verdict.VALID: "good", Verdict.INDETERMINATE: "warn", Verdict.INVALID: "bad"}
VERDICTS = {verdict: (WORDS[verdict], tone) for verdict, tone in TONES.items()}
"""Word and tone."""

LEVELS = {
    "CMS": "An ordinary PDF signature, of no PAdES level",
    "B-B": "Sealed; the time is not proven (B-B)",
    "B-T": "Sealed with a proven time (B-T)",
    "B-LT": "Sealed so that it can be checked for years (B-LT)",
    "B-LTA": "Sealed for the archive (B-LTA)",
}
TRUST = {
    "device": "this device's own authority",
    "imported": "a certificate you have added",
    "list": "a trusted list you have imported",
    "system": "an authority this computer trusts",
}
COVERS = {
    "whole_file": "Covers the whole document",
    "revision": "Covers the document as it was when it was signed",
    "nothing": "Covers nothing that can be relied on",
}


PHRASES = {
    "field": "A field",
    "some_field": "a field",
    "unnamed": "unnamed",
    "on_page": " on page {page}",
    "signed_by": ", signed by {who}",
    "by": " by {who}",
    "not_allowed": " Not allowed.",
    "of_page": " (page {page})",
    "somebody": "somebody",
    "nobody": "nobody",
    "comma": ", ",
    "and": "{others} and {last}",
    "trusted_by": "Trusted by {who}",
}
LABELS = {
    "title": "Verification report",
    "signatures": "Signatures",
    "notes": "Worth a look",
    "checks": "To check all this without Paraph",
    "note": "Note",
    "why": "Why",
    "since": "Since then",
    "file": "File",
    "size": "Size",
    "bytes": "{count} bytes",
    "revisions": "Revisions",
    "judged": "Judged",
    "by_device": "{when}, by the clock of this device",
    "proven_time": "Proven time",
    "by_stamp": "{when}, by a time stamp",
    "stated_time": "Stated time",
    "by_signer": "{when}, by the signer's clock",
    "standing": "Standing",
    "issuer": "Issued by",
    "serial": "Serial",
    "certificate": "Certificate SHA-256",
    "reason": "Reason",
    "place": "Place",
    "field": "Field",
    "field_on": "{field}, page {page}",
    "signed_bytes": "Signed bytes",
    "first_bytes": "revision {revision}, the first {count} bytes",
    "unknown": "Unknown signer",
    "not_judged": "Not judged",
    "what_was_signed": "what was signed",
    "second_opinion": "a second opinion about the signatures",
    "well_built": "whether the file is well built",
}
"""Of the report that is kept."""


@dataclass(frozen=True)
class Words:
    """The words of a report in one language, by key; facts by their names in braces."""

    language: str
    sentences: Mapping[str, str]
    reasons: Mapping[str, str]
    changes: Mapping[str, str]
    suspicions: Mapping[str, str]
    findings: Mapping[str, str]
    verdicts: Mapping[str, str]
    levels: Mapping[str, str]
    trust: Mapping[str, str]
    covers: Mapping[str, str]
    phrases: Mapping[str, str]
    labels: Mapping[str, str]

    @property
    def leftwards(self) -> bool:
        """Written from right to left."""
        return self.language in LEFTWARDS


ENGLISH = Words(
    "en", SENTENCES, REASONS, CHANGES, SUSPICIONS, inspection_words.TABLE, WORDS, LEVELS, TRUST, COVERS, PHRASES, LABELS
)  # fmt: skip


@cache
def in_language(language: str) -> Words:
    """Those of `resources/verification`; English where there is no translation."""
    if language == "en" or language not in LANGUAGES:
        return ENGLISH
    return Words(language, **json.loads(resource("verification", f"{language}.json").read_text("utf-8")))


def word_of(signature: SignatureReport, words: Words = ENGLISH) -> tuple[str, str]:
    """Four outcomes: valid; valid with changes; not confirmed; invalid."""
    with_changes = signature.verdict is Verdict.VALID and signature.uncovered
    return words.verdicts["with_changes" if with_changes else signature.verdict], TONES[signature.verdict]


def standing(signature: SignatureReport, words: Words = ENGLISH) -> list[str]:
    """What it covers, how high it is, who vouches for it."""
    covers, level = signature.covers, signature.level
    told = [words.covers.get(covers, covers), words.levels.get(level, level)]
    if signature.trusted_by:
        told.append(words.phrases["trusted_by"].format(who=words.trust.get(signature.trusted_by, signature.trusted_by)))
    return told


def sentence(report: Report, words: Words = ENGLISH) -> str:
    """The one sentence about the whole file."""
    everything = (*report.reasons, *(reason for each in report.signatures for reason in _telling(each)))
    first = words.reasons[everything[0]] if everything else ""
    return words.sentences[report.sentence_key].format(names=_names(report.signatures, words), first=first).strip()


def reasons(signature: SignatureReport, words: Words = ENGLISH) -> list[str]:
    return [words.reasons[key] for key in signature.reasons]


def file_reasons(report: Report, words: Words = ENGLISH) -> list[str]:
    """Those that concern the whole file."""
    return [words.reasons[key] for key in report.reasons]


def changes(signature: SignatureReport, words: Words = ENGLISH) -> list[str]:
    """What followed this signature: what, on which page, by whom, and whether it was allowed."""
    return [change_words(change, words) for change in signature.changes_after]


def change_words(change: Change, words: Words = ENGLISH) -> str:
    told = words.phrases
    name = (change.detail if change.field else "") or change.field or told["field"]
    said = words.changes[change.key].format(field=name, detail=change.detail or told["unnamed"])
    page = told["on_page"].format(page=change.page) if change.page else ""
    who = told["by" if change.key == "signed" else "signed_by"].format(who=change.who) if change.who else ""
    return f"{said}{page}{who}.{'' if change.allowed else told['not_allowed']}"


def suspicions(report: Report, words: Words = ENGLISH) -> list[str]:
    return [suspicion_words(each, words) for each in report.suspicions]


def suspicion_words(suspicion: Suspicion, words: Words = ENGLISH) -> str:
    told, detail = words.phrases, words.changes.get(suspicion.detail, suspicion.detail)
    detail = detail.format(field=told["some_field"], detail="").removesuffix(" ()")
    said = words.suspicions[suspicion.key].format(detail=detail or told["unnamed"])
    return f"{said}{told['of_page'].format(page=suspicion.page) if suspicion.page else ''}."


def finding_words(found: Finding, words: Words = ENGLISH) -> str:
    """As in: It is larger than any printer's paper (page 3)."""
    page = words.phrases["of_page"].format(page=found.page) if found.page else ""
    return f"{words.findings[found.code]}{page}."


def _telling(signature: SignatureReport) -> tuple[str, ...]:
    """The reasons of a signature that is not valid, without the notes that every signature has."""
    return () if signature.verdict == "valid" else tuple(key for key in signature.reasons if key not in NOTES)


def _names(signatures: Iterable[SignatureReport], words: Words) -> str:
    """As in: Jane Smith, Bob Jones and Ana Ruiz. Timestamps are no signers."""
    told = words.phrases
    found = list(dict.fromkeys(each.signer or told["somebody"] for each in signatures if not each.is_timestamp))
    if len(found) < 2:
        return found[0] if found else told["nobody"]
    return told["and"].format(others=told["comma"].join(found[:-1]), last=found[-1])
