"""The words of preflight findings: what was found and how to mend it."""

TABLE: dict[str, tuple[str, str]] = {
    "no_documents": ("There is no document.", "Add a PDF, picture or Markdown file."),
    "nobody_acts": ("Nobody is there to sign.", "Add a recipient who signs."),
    "expires_in_the_past": ("The envelope would expire before it is sent ({}).", "Choose a later date."),
    "recipient_without_name": ("A recipient has no name ({}).", "Write the name."),
    "signer_without_signature": ("{} has no signature field.", "Place one, or let them approve instead of sign."),
    "fields_of_a_reader": ("{} only reads, but has fields.", "Let them sign, or give the fields to somebody else."),
    "witness_without_signer": ("There is nobody whose act {} could witness.", "Name the signer they watch."),
    "witness_before_signer": ("{} would witness before the act itself.", "Let them come after the signer."),
    "code_without_address": ("{} is to get a code by e-mail and has no address.", "Write the e-mail address."),
    "no_email": ("{} is no e-mail address.", "Correct it, or leave it empty."),
    "name_hidden": ("The name of {} holds letters that are not seen.", "Write it anew."),
    "name_mixed": (
        "The name of {} has letters of several scripts and may only look like another.",
        "Compare the e-mail address, or write it anew.",
    ),
    "same_email": ("Two recipients share {}.", "Check that both are meant."),
    "field_off_page": ("{} does not lie on its page.", "Move it onto the page."),
    "text_does_not_fit": ("{} is too small for the longest answer to expect.", "Make it larger."),
    "recipient_unused": ("{} has nothing to fill in or sign.", "Place a field for them, or remove them."),
    "required_never_shown": ("{} is required, but its condition can never hold.", "Change the condition or remove it."),
    "condition_never": ("The condition of {} can never hold.", "Change the condition or remove it."),
    "condition_always": ("The condition of {} always holds.", "Change the condition or remove it."),
    "condition_broken": ("The condition of {} looks at a field that is gone.", "Remove that part of it."),
    "condition_cycle": ("Conditions go round in a circle: {}.", "Remove one of them."),
    "condition_on_later": ("{} depends on what is filled in later.", "Change the order of the recipients."),
    "formula_broken": ("The formula of {}.", "Mend the formula."),
    "formula_unknown": ("A formula names a field that does not exist ({}).", "Correct the name in the formula."),
    "formula_cycle": ("Formulas need each other's result: {}.", "Change one of them."),
    "formula_on_later": ("{} is computed from what is filled in later.", "Change the order of the recipients."),
    "was_encrypted": (
        "{} was encrypted; it is signed as a copy that is not.",
        "Set a password when you export, if it must stay secret.",
    ),
    "has_xfa": (
        "{} holds a second form (XFA), which is removed when it is sent.",
        "Look through it once before sending.",
    ),
    "field_too_small": ("{} is too small to read what is filled in.", "Make it larger."),
    "fields_overlap": ("Two fields overlap: {}.", "Move one of them."),
    "key_with_two_kinds": ("{} names fields of two kinds.", "Give one of them another key."),
    "certified_against_changes": (
        "{} is certified and forbids any change, also signatures.",
        "Ask for a copy that may be signed.",
    ),
    "certified_without_room": (
        "{} is certified and takes no new signature fields.",
        "Ask for a copy that is not certified.",
    ),
    "signed_document_takes_signatures_only": (
        "{} is already signed: only signatures can be added to it.",
        "Remove the other fields from it.",
    ),
    "signed_document_needs_each_recipient": (
        "{} is already signed and cannot be sealed at completion.",
        "Choose to seal each recipient's act.",
    ),
    "already_signed": ("{} is already signed; its signatures stay as they are.", "Nothing to do."),
    "was_normalised": (
        "{} had to be rewritten so that every reader shows the same.",
        "Look through it once before sending.",
    ),
}


def sentence(code: str, subject: str) -> str:
    return TABLE[code][0].format(subject)


def fix(code: str) -> str:
    return TABLE[code][1]
