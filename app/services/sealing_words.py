"""Words for what can go wrong between a seal and its level; part of the one table, see `messages`."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.errors import AS_IS

TABLE: Mapping[str, tuple[str, str, str]] = {
    "NoTimestampAuthority": (
        "No time-stamp authority",
        "This level needs a time stamp, and no authority is set.",
        "Set its address in Preferences or with --tsa.",
    ),
    "TimestampRefused": (
        "Time stamp not accepted",
        "The answer of {authority} is no proof of time: {reason}.",
        "Try again, or choose another authority.",
    ),
    "EvidenceMissing": (
        "Proof is missing",
        "It cannot be shown that the certificate {subject} was good: {reason}.",
        "Try again later.",
    ),
    "LevelNotReached": (
        "Level not reached",
        "{path} has the level {found} where {level} was asked for.",
        "The file is as before; choose another level.",
    ),
    "KeyNotReleased": (
        "The key was not released",
        "The trust service does not let {name} sign: {message}.",
        "Nothing was signed; look PIN and one-time password up before you try again, or ask the service.",
    ),
    "TrustedListRefused": (
        "Trusted list not accepted",
        "{path} is not taken for a trusted list: {reason}.",
        "Nothing was changed; fetch the list again from where its supervisor publishes it.",
    ),
    "TrustedListOlder": (
        "There is a newer one",
        "{path} is number {sequence} of its list, and number {kept} is here already.",
        "Nothing was changed; remove the newer one first if this one is meant.",
    ),
    "SignerNotConfirmed": (
        "Who signed the list?",
        "{path} was signed with the certificate {signer}, SHA-256 {fingerprint}. Nobody has confirmed it here.",
        "Compare this with what the Official Journal or the supervisor publishes, then give it with --signer.",
    ),
    "TokenModuleUnusable": (
        "Not a module for tokens",
        "{module} cannot be used as a PKCS#11 module: {reason}.",
        "Give the library file that came with the card or HSM.",
    ),
    "TokenMissing": (
        "The token is not there",
        "No slot of {module} holds the token {token}.",
        "Put the card in, or connect the device, and try again; nothing was signed.",
    ),
    "PinWrong": (
        "Wrong PIN",
        "The token {token} does not accept this PIN; {tries}.",
        "Nothing was signed; look the PIN up before you try again.",
    ),
    "PinLocked": (
        "The PIN is locked",
        "The token {token} takes no PIN any more.",
        "Unlock it with its PUK, in the program that came with it.",
    ),
    "TokenFailed": (
        "The token failed",
        "The token {token} could not do it: {reason}.",
        "Nothing was signed; try again.",
    ),
}

INSTEAD: Mapping[str, str] = {
    "B-B": "Nothing lower was made; only if you choose it, level B-B{typed} does without a time stamp.",
    "B-T": "Nothing lower was made; only if you choose it, level B-T{typed} does without this proof.",
    "B-LT": "Nothing lower was made; only if you choose it, level B-LT{typed} does without this time stamp.",
    AS_IS: "The file is as before, at the level it had.",
}
"""What is said where a level could not be had, by `ParaphError.instead`; `typed` is how a command names it."""
LESS: Mapping[str, str] = {
    "B-B": "Seal without a time stamp (B-B)",
    "B-T": "Seal without proof about certificates (B-T)",
    "B-LT": "Seal without the time stamp for archives (B-LT)",
}
"""A person's choice, by what it leads to."""

TOKENS = {
    "rejected": "it refused to give one",
    "unreadable": "it cannot be read as a time stamp",
    "imprint": "it is for something else",
    "replayed": "it answers another question",
    "signature": "its signature does not hold",
    "usage": "its certificate is not meant for time stamps",
    "unknown_trust": "nobody you trust vouches for it",
    "time": "its time is not ours",
    "before_certificate": "its time is before its certificate began",
}
EVIDENCE = {
    "unknown_trust": "no chain leads from it to a certificate you trust",
    "no_source": "it does not say where to ask about its revocation",
    "unreachable": "those who know about its revocation do not answer",
    "unusable": "the answer about its revocation is of no use",
    "endless": "one answer leads to the next question without end",
}

LISTS = {
    "not_one": "it is no list in the form of ETSI TS 119 612",
    "entities": "it defines a document type or entities of its own",
    "unsigned": "it carries no signature",
    "signer": "it was signed by another certificate than the one that was confirmed",
    "signature": "its signature does not hold",
}
TRIES = {
    "many": "it does not say how many tries are left",
    "few": "only a few tries are left",
    "one": "only one try is left",
    "none": "no try is left",
}
MODULES = {"missing": "there is no such file", "not_loaded": "it cannot be loaded"}

NOT_MADE = {
    "structure": "it is not built as the standard demands",
    "hybrid": "it describes its contents twice, and programs differ in what they believe",
    "encrypted": "it is encrypted in a way that cannot be continued",
    "field_filled": "its signature field holds a signature already",
    "no_room": "the signature does not fit into the room kept for it",
    "signature": "the key gave a signature that does not fit the document",
    "unsigned": "it carries no signature",
}
NOT_TRUSTED = {
    "unreadable": "it could not be read again",
    "count": "the number of signatures is not what it should be",
    "certificate": "it holds another certificate than the one that was chosen",
    "another_key": "another key made the signature than the one that was chosen",
    "coverage": "the signature does not cover the whole file",
    "signature": "the signature does not hold",
    "earlier_signature": "an earlier signature would no longer hold",
    "changes": "an earlier signature forbids what was added",
    "docmdp": "the certification of the document forbids what was added",
}
FORBIDDEN = {
    "docmdp": "certification",
    "fieldmdp": "locked fields",
    "permissions": "permissions",
    "signed": "signatures",
    "xfa": "form in XML",
}

PLAIN: Mapping[tuple[str, str], Callable[[Any], str]] = {
    ("SealNotMade", "reason"): lambda reason: NOT_MADE.get(reason, reason),
    ("SealNotTrusted", "reason"): lambda reason: NOT_TRUSTED.get(reason, reason),
    ("SigningForbidden", "by"): lambda by: FORBIDDEN.get(by, by),
    ("TimestampRefused", "reason"): lambda reason: TOKENS.get(reason, reason),
    ("TrustedListRefused", "reason"): lambda reason: LISTS.get(reason, reason),
    ("PinWrong", "tries"): lambda tries: TRIES.get(tries, tries),
    ("TokenModuleUnusable", "reason"): lambda reason: MODULES.get(reason, reason),
    ("EvidenceMissing", "reason"): lambda reason: EVIDENCE.get(reason, reason),
}
