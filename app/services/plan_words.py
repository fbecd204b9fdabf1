"""Words for what a plan says: what cannot be carried to a service, and what forbids sending."""

from collections.abc import Mapping
from typing import Final

from app.sync.flow import Remark, Way

WAYS: Final[Mapping[Way, str]] = {
    Way.DOCUMENT: "The document goes up, and those who are left sign on it there.",
    Way.COMPLETED: "The finished document goes up with its fingerprints.",
    Way.ATTACHMENT: "The document goes up as an attachment.",
    Way.OWN: "Only names go up; what is signed there is the service's own document.",
}

TABLE: Final[Mapping[str, str]] = {
    # problems
    "nobody_left": "nobody is left to sign there",
    "too_many_people": "it takes at most {most} people",
    "name_missing": "{subject} has no name",
    "email_missing": "{subject} has no e-mail address",
    "email_twice": "{subject} is the address of two people, who could not be told apart there",
    "no_document": "there is no document",
    "too_many_documents": "it takes at most {most} document; bind them into one first",
    "document_too_large": "{subject} has {size} bytes, and it takes {most}",
    "field_off_page": "the field {subject} does not lie on its page",
    "field_without_size": "the field {subject} has no size",
    "field_of_nobody": "the field {subject} belongs to nobody who acts there",
    "kind_required": "the field {subject} must be filled in, and it has no such field ({kind})",
    "no_signature_field": "{subject} has no place to sign",
    "signs_here_first": "{subject} still has to sign here; let them finish first, or let everybody sign there",
    "expired": "the time of the envelope runs out before it could be signed",
    "field_height": "the field {subject} is {height} points high, and it takes {least:g} to {most:g}",
    "inputs_need_order": "it asks several people for entries only one after another; give them an order",
    "form_missing": "no form is named; its id is an option of the account or of this sending",
    "document_id_missing": "its document is not named; the id is an option of this sending",
    "message_too_long": "the message is longer than {most} letters",
    # what is lost
    "attachments": "the attachments stay here",
    "hide_other_signers": "signers see each other there",
    "one_by_one": "signers may place all their signatures with one act there",
    "copy_mode": "whether signers may take a copy is the service's affair",
    "expires_at": "it does not expire there",
    "order": "everybody is asked at once there, without an order",
    "metadata": "the metadata stay here",
    "password": "the password is not asked for there: only its hash is kept here",
    "copies": "{subject} gets the copy from here, not from there",
    "auth": "{subject} is not asked there for: {auth}",
    "action": "{subject} signs there: it does not know the action {action}",
    "kind_unknown": "the field {subject} stays here: it has no such field ({kind})",
    "becomes_text": "the field {subject} becomes plain text there ({kind})",
    "date_of_signing": "the field {subject} is filled with the day of signing there",
    "prefilled": "what stands in the field {subject} already is not told there",
    "computed": "the field {subject} is not computed there",
    "document_conditional": "the document {subject} is shown to everybody there",
    "conditional": "the field {subject} is always shown there",
    "test_by_key": "whether it is a test is decided by the key of the account",
    "their_document": "what is signed is the document that stands there; this one stays here",
    "their_fields": "the fields stay here; those of its own document are filled in",
    "seals_stay_here": "what {subject} signed stays here",
    "seal_flattened": "the seals in {subject} may not outlive it: it asks for forms to be flattened",
    "signature_width": "the field {subject} becomes {width} points wide, by its height",
    "known_at_sending": "how far it is cannot be asked for there",
    "no_mail": "{subject} gets no e-mail; hand them the link",
    "test_mode": "it has no test mode: what is signed there is binding",
}


def sentence(remark: Remark) -> str:
    """One remark, as part of a sentence."""
    return TABLE[remark.code].format_map({"subject": remark.subject, **remark.facts})
