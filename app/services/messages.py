"""The one table of words for errors: title, what happened, what to do next. Used by window and command line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.errors import ParaphError, RemoteError, WrongStatus
from app.services import finding_words, remote_words, sealing_words, window_words


@dataclass(frozen=True)
class Words:
    """Sentences without a line break; `todo` may be empty only when there is nothing to do."""

    title: str
    happened: str
    todo: str

    @property
    def line(self) -> str:
        """What happened. What to do."""
        return f"{self.happened} {self.todo}".strip()


Table = Mapping[str, tuple[str, str, str]]

TABLE: Table = {
    "ParaphError": ("Something went wrong", "It could not be done.", "Try again."),
    "Cancelled": ("Stopped", "It was stopped.", "Nothing was changed."),
    "UsageError": ("Not understood", "{problem}.", "See paraph --help."),
    # rules
    "RuleError": ("Not possible now", "A rule of signing says no.", "Look at the envelope's status."),
    "SpecError": ("A value is wrong", "{path}: {problem}.", "Mend it and try again; nothing was changed."),
    "WrongStatus": (
        "Not in this status",
        "The envelope is {status}: to {action}, it must be {allowed}.",
        "Copy it into a new draft if it must be changed.",
    ),
    "PreflightFailed": ("Not ready to send", "{findings}", "Mend what is named, then send again."),
    "UnknownRole": ("No such recipient", "Nobody plays the role {role}.", "Its roles are: {roles}."),
    "NotTheirTurn": ("Not their turn", "{role} cannot act yet.", "First: {waiting_for}."),
    "AlreadyActed": ("Already done", "{role} has already {status}.", "Nothing more is needed from them."),
    "NothingToDo": ("Nothing to sign", "{role} only receives a copy.", "They get it when the envelope is completed."),
    "WrongStage": (
        "One step after the other",
        "{role} cannot {step} while the ceremony is at: {stage}.",
        "Go through handover, consent and fields in order.",
    ),
    "AccessDenied": (
        "Wrong code",
        "The {method} for {role} is missing or wrong; {tries_left} tries are left.",
        "Ask the sender for the code; after the last try the host must hand over again.",
    ),
    "ConsentMissing": ("Consent needed", "{role} has not agreed to sign electronically.", "Agree first (--consent)."),
    "UnknownField": ("No such field", "There is no field {name}.", "Known are: {known}."),
    "UnknownDesign": ("No such design", "There is no design {name}.", "Known are: {known}."),
    "UnknownDocument": ("No such document", "There is no document {document}.", "Its documents are: {known}."),
    "NotOverdue": ("Not expired", "The envelope {envelope} has not run out of time.", "Void it to end it now."),
    "NotTheirField": ("Somebody else's field", "{name} does not belong to {role}.", "Leave it to its recipient."),
    "ValueRefused": ("This does not fit", "{field}: {rule}.", "Wanted: {expected}."),
    "SignatureMissing": ("Signature needed", "{role} has not put their {needs}.", "Draw, type or upload it first."),
    "MarkRefused": ("Not a signature yet", "It is {problem}.", "Write your name or your usual signature."),
    "AcknowledgmentMissing": ("Your name is needed", "{role} has not confirmed by name.", "Type your name."),
    "WrongPerson": ("Another name", "That is not the name of {role}.", "Type the name as it stands in the request."),
    "CodeExpired": ("The code has run out", "No e-mailed code for {role} counts any more.", "Send a new one."),
    "CodeTooSoon": (
        "A code is on its way",
        "The last one for {role} was sent a moment ago.",
        "Look for it, also among unwanted mail, or ask again in {wait_s} seconds.",
    ),
    "CodesSpent": (
        "No more codes",
        "{most} codes were sent to {role} in this handover.",
        "Check the address, then hand over again.",
    ),
    "CopyRefused": ("No copies", "The sender does not let {role} take a copy.", "Ask the sender for one."),
    "SleptMeanwhile": (
        "The device slept",
        "It slept for {seconds} seconds while {role} was signing.",
        "Hand over again; everything entered is still there.",
    ),
    "ConfirmEach": (
        "One by one",
        "The sender wants {role} to confirm each signature by itself.",
        "Place them one after the other, in the signing room.",
    ),
    "NoKioskPattern": (
        "Not for a kiosk",
        "This envelope cannot be signed at a counter: {problem}.",
        "Change the draft, then start the kiosk.",
    ),
    "PinMissing": (
        "No host PIN",
        "A kiosk is left by the host's PIN, and none is set.",
        "Set one in Preferences, under Signing in person.",
    ),
    "MarkExists": ("Name taken", "{person} has a saved signature “{name}” already.", "Choose another name."),
    "MarkNotTheirs": ("No such signature", "This person has no saved signature {name}.", "See paraph mark list."),
    "ReasonMissing": ("A reason is needed", "To {action}, something must be said.", "Write it in a few words."),
    "EnvelopeChanged": (
        "Changed meanwhile",
        "The envelope was changed by another window or command since it was read.",
        "Look at it again and repeat what you did.",
    ),
    "FormulaError": ("The formula does not work", "At character {column} of {formula}: {problem}.", "{mend}."),
    "NothingToMend": (
        "Not to be mended by the program",
        "No change settles “{code}” by itself.",
        "Decide it yourself: the finding says how.",
    ),
    "GlyphsMissing": (
        "Letters are missing",
        "No bundled font can write {characters} in “{text}”.",
        "Write it in another script, leave it out of the design, or draw it as a signature.",
    ),
    # documents
    "DocumentError": ("The document cannot be used", "{path} cannot be used.", "Try another copy of it."),
    "FileMissing": ("File not found", "There is no file {path}.", "Check the name and the folder."),
    "FileUnreadable": (
        "File cannot be read",
        "{path} cannot be read: {reason}.",
        "Check that it is a file you may read.",
    ),
    "FileTooLarge": (
        "File too large",
        "{path} is larger than {limit} bytes.",
        "Split it or make its pictures smaller.",
    ),
    "NotADocument": (
        "Not a document",
        "{path} is no PDF, picture (PNG, JPEG) or Markdown file; it holds: {found}.",
        "Save or print it as PDF first.",
    ),
    "DocumentDamaged": (
        "Damaged document",
        "{path} is damaged: {reason}.",
        "Ask for a new copy, or print it to a new PDF.",
    ),
    "DocumentTimedOut": (
        "Took too long",
        "{path} was given up after {seconds} seconds.",
        "It may be made to hang programs; print it to a new PDF from another program.",
    ),
    "DocumentCrashed": (
        "Could not be opened safely",
        "Opening {path} ended the helper process: {reason}.",
        "Nothing else is affected. Ask for another copy of the file.",
    ),
    "DocumentTooHeavy": (
        "Needs too much memory",
        "{path} needs more memory than a document may have ({limit} bytes).",
        "Make its pictures smaller or split it.",
    ),
    "DocumentQuarantined": (
        "Set aside",
        "{path} ended two helper processes and is not tried again.",
        "Ask for another copy, or start the program anew to try once more.",
    ),
    "PasswordNeeded": ("Password needed", "{path} is encrypted.", "Give its password to take it in."),
    "PasswordWrong": ("Wrong password", "The password does not open {path}.", "Try again."),
    "EncryptionUnsupported": (
        "Encrypted for certain people",
        "{path} is encrypted with {method}, which cannot be opened here.",
        "Ask for a copy without encryption or with a password.",
    ),
    "SigningForbidden": (
        "It must not be signed",
        "{path} forbids what signing would add (by its {by}).",
        "Ask its author for a copy that may be signed.",
    ),
    "AlreadySigned": (
        "Already signed",
        "{path} carries {signatures} signatures; rewriting it would break them.",
        "Only signatures can be added to it.",
    ),
    "PageOutOfRange": ("No such page", "{path} has no page {page}.", "Its last page is {pages}."),
    "RevisionOutOfRange": (
        "No such revision",
        "{path} has {revisions} revisions, not {revision}.",
        "Choose one of those that are listed.",
    ),
    "MarkdownRefused": ("Markdown not accepted", "{path}: {reason}.", "Mend the text and try again."),
    "NotWritable": ("Cannot write there", "{path} cannot be written: {reason}.", "Choose another folder."),
    # identities and sealing
    "IdentityError": ("The identity cannot be used", "The certificate or its key cannot be used.", "Choose another."),
    "UnknownIdentity": ("No such identity", "There is no identity {name}.", "Known are: {known}."),
    "IdentityExists": ("Name taken", "There is an identity {name} already.", "Choose another name."),
    "IdentityUnusable": (
        "Cannot sign with this",
        "The certificate {name} cannot be used: {reason}.",
        "Choose another identity.",
    ),
    "PassphraseWrong": (
        "Wrong passphrase",
        "The passphrase does not open {name}.",
        "Try again; if it is right, the file is damaged.",
    ),
    "CertificateUnreadable": (
        "Not a certificate",
        "{path} holds no certificate.",
        "Give a PEM or DER certificate file.",
    ),
    "NotTheSealsCertificate": (
        "Another certificate is needed",
        "The end of this trail is signed with the certificate whose SHA-256 is {wanted}, which was not given.",
        "Give device-seal.pem, which is exported beside the trail.",
    ),
    "SealingError": ("Not sealed", "The document could not be sealed.", "Nothing was changed; try again."),
    "SealNotMade": (
        "Not sealed",
        "{path} could not be sealed: {reason}.",
        "Nothing was changed; print it to a new PDF and try again.",
    ),
    "SealNotTrusted": (
        "The seal did not hold",
        "The sealed copy of {path} did not pass its check ({reason}) and was thrown away.",
        "The document is as before; export it and ask for help with the log.",
    ),
    "FieldNotInDocument": (
        "Field missing",
        "{path} has no field {name}.",
        "See those it has: paraph fields FILE; an envelope is copied and sent out again.",
    ),
    # store
    "StoreError": ("Library trouble", "The library cannot be read or written.", "Run paraph doctor."),
    "UnknownEnvelope": ("No such envelope", "There is no envelope {envelope}.", "See paraph list."),
    "AmbiguousEnvelope": (
        "Several envelopes",
        "More than one envelope begins with {envelope}: {matches}.",
        "Give more of the id.",
    ),
    "DatabaseUnsupported": (
        "Unknown database",
        "The library {library} cannot be kept in a {scheme} database.",
        "Use a URL that begins with sqlite:///.",
    ),
    "LibraryBusy": (
        "Library busy",
        "Another program has been writing to {library} for {seconds} seconds.",
        "Wait a moment and try again.",
    ),
    "LibraryDamaged": (
        "Library damaged",
        "{library} cannot be read: {reason}.",
        "Put the newest backup in its place: {backup}.",
    ),
    "LibraryTooNew": (
        "Made by a newer version",
        "{library} has schema {found}; this version knows {known}.",
        "Start the newer version; nothing was touched.",
    ),
    "LibraryUnwritable": (
        "Cannot write",
        "{library} cannot be written: {reason}.",
        "Free some space or choose another library.",
    ),
    "BlobDamaged": (
        "A stored file was changed",
        "The bytes of {sha256} are not those that were stored.",
        "It was set aside; restore it from a backup or an export.",
    ),
    "BlobMissing": (
        "A stored file is missing",
        "The file {sha256} is not in the library.",
        "Restore it from a backup or an export.",
    ),
    "TrailUnreadable": (
        "No audit trail",
        "{path} holds no audit trail: {reason}.",
        "Give an audit.json that paraph export made.",
    ),
    # remote, vault
    **remote_words.TABLE,
    **sealing_words.TABLE,
    "VaultError": ("Keys cannot be reached", "The vault cannot be opened.", "See paraph doctor."),
    "VaultLocked": (
        "Keys are locked",
        "There is no usable keyring, and no passphrase for {where} was given.",
        "Set PARAPH_PASSPHRASE, or run it in a terminal and type the passphrase.",
    ),
    "VaultPassphraseWrong": ("Wrong passphrase", "The passphrase does not open {where}.", "Try again."),
    "VaultDamaged": ("Vault damaged", "{where} was changed or cut off.", "Restore it from a backup."),
    "VaultTimedOut": (
        "The keyring did not answer",
        "{backend} gave no answer within {seconds} seconds.",
        "Unlock the keyring, or choose the encrypted file in Preferences.",
    ),
    "SecretMissing": (
        "A key is missing",
        "The vault holds nothing named {name}.",
        "Import the identity, or give the account its key: paraph account renew NAME.",
    ),
}

WAYS_ON = {
    ("draft", False): "Send it out first; a draft itself can be changed freely.",
    ("out", True): "Take it back to draft while nobody has signed, or copy it into a new draft.",
    ("out", False): "Wait until everybody has acted.",
}
"""By the envelope's status, and whether a draft is what was wanted."""
RULES = {
    "required": "nothing is filled in",
    "format": "“{value}” is not in the form wanted",
    "options": "“{value}” is none of the choices",
    "minimum": "“{value}” is too small",
    "maximum": "“{value}” is too large",
    "length": "it is too long",
    "pattern": "“{value}” does not match",
    "read_only": "it cannot be changed",
}
REASONS = {
    "expired": "it has expired",
    "not_yet_valid": "it is not valid yet",
    "revoked": "it was revoked",
    "usage": "it is not meant for signing",
    "weak_key": "its key is too weak",
    "no_key": "there is no private key",
    "several_keys": "there are several keys in it; export the one you mean into a file of its own",
    "damaged": "it is damaged",
    "disabled": "the service has disabled it",
    "login": "it is released in a web browser, which needs a login with a client id instead of a token",
    "chain": "the certificates above it do not hold",
    "replaced": "the key is another than the one that was imported",
    "device": "it belongs to this device",
}
PROBLEMS = {
    "too_simple": "too simple to be told from a slip of the pen",
    "empty": "empty",
    "unreadable": "nothing a hand could have written",
    "unknown_hand": "written in a hand that is not there",
}
KIOSK = {
    "nobody": "nobody acts on it",
    "several": "more than one person is left open; name everybody but the one who comes to the counter",
    "not_first": "somebody else has to act before the person at the counter",
}


def words(error: BaseException, *, window: bool = False) -> Words:
    """For anything else than a `ParaphError`: a bug, said so. In a `window` it names buttons and no commands."""
    if not isinstance(error, ParaphError):
        happened = f"The program met a situation it does not know ({type(error).__name__})."
        return Words("An error of the program", happened, "Please report it with the log; nothing was saved half.")
    kind = next(c.__name__ for c in type(error).__mro__ if c.__name__ in TABLE)
    title, happened, todo = TABLE[kind]
    todo = window_words.TABLE.get(kind, todo) if window else todo
    if isinstance(error, WrongStatus):
        todo = WAYS_ON.get((error.status, "draft" in error.allowed), todo)
    if error.instead:
        todo = "Try again later." if isinstance(error, RemoteError) else todo
        lower = sealing_words.INSTEAD.get(error.instead, "")
        todo = f"{todo} {lower.format(typed='' if window else f' (--level {error.instead})')}".strip()
        happened = f"No time stamp came. {happened}" if isinstance(error, RemoteError) else happened
    facts = {name: _plain(name, value, error) for name, value in error.facts.items()}
    return Words(title, happened.format_map(facts), todo.format_map(facts))


def _plain(name: str, value: Any, error: ParaphError) -> str:
    special: dict[tuple[str, str], Callable[[Any], str]] = {
        ("ValueRefused", "rule"): lambda rule: RULES.get(rule, rule).format_map(error.facts),
        ("IdentityUnusable", "reason"): lambda reason: REASONS.get(reason, reason),
        ("NoKioskPattern", "problem"): lambda problem: KIOSK.get(problem, problem),
        ("MarkRefused", "problem"): lambda problem: PROBLEMS.get(problem, problem),
        **remote_words.PLAIN,
        **sealing_words.PLAIN,
        ("PreflightFailed", "findings"): lambda found: " ".join(_finding(f) for f in found if f["severity"] == "error"),
    }
    if (error.kind, name) in special:
        return special[error.kind, name](value)
    if isinstance(value, list):
        return ", ".join(map(str, value)) or ("none" if name == "known" else "nobody")
    return f"{value:g}" if isinstance(value, float) else str(value)


def _finding(found: dict[str, Any]) -> str:
    return finding_words.sentence(found["code"], found["subject"])
