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

MENDS: Final[Mapping[str, str]] = {
    "nobody_left": "Everybody has acted; export it instead.",
    "too_many_people": "Send it in several envelopes, or take an account at another service.",
    "name_missing": "Give them a name in the list of recipients.",
    "email_missing": "Give them an e-mail address in the list of recipients.",
    "email_twice": "Give each of them an address of their own.",
    "no_document": "Add a document.",
    "too_many_documents": "Bind the documents into one, or take an account at another service.",
    "document_too_large": "Split it, or make its pictures smaller.",
    "field_off_page": "Move it onto its page.",
    "field_without_size": "Draw it larger.",
    "field_of_nobody": "Give it to somebody who acts, or take it away.",
    "kind_required": "Make it optional, or another kind of field.",
    "no_signature_field": "Place a signature field for them.",
    "signs_here_first": "Hand the device to them first.",
    "expired": "Give the envelope more time.",
    "field_height": "Draw it lower or higher.",
    "inputs_need_order": "Let them act one after another.",
    "form_missing": "Name the form.",
    "document_id_missing": "Name the document.",
    "message_too_long": "Shorten the message.",
}
"""What a person can do about each problem."""


def mend(problem: Remark) -> str:
    """A sentence."""
    return MENDS[problem.code]


def sentence(remark: Remark) -> str:
    """One remark, as part of a sentence."""
    return TABLE[remark.code].format_map({"subject": remark.subject, **remark.facts})
