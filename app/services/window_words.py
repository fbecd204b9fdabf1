"""What to do about an error where somebody looks at the window: the buttons, where `messages` names commands."""

from collections.abc import Mapping
from typing import Final

TABLE: Final[Mapping[str, str]] = {
    "CredentialRefused": "Get a new one from the service, then “New key…” at the account, on the page Exchange. What "
    "waits is kept.",
    "SecretMissing": "Import the identity, or give the account a new key on the page Exchange.",
    "UsageError": "Correct it and try again.",
    "MarkNotTheirs": "Choose one of those that are shown.",
    "FieldNotInDocument": "Choose one of its own fields; an envelope is copied and sent out again.",
    "StoreError": "Look whether the disk is full, or the library's folder closed to you; then try again.",
    "UnknownEnvelope": "It may have been deleted meanwhile; look on the page Home.",
    "TrailUnreadable": "Give the audit.json of an export.",
    "VaultError": "Look whether the keyring of this system is open; then try again.",
    "UnknownOperation": "Choose one from the list.",
    "NotInOutbox": "Look at the outbox on the page Exchange.",
    "OperationChanged": "Look at it again on the page Exchange.",
    "AlreadyHandedOver": "The preview beside the envelope says how far it is.",
    "NotHandedOver": "Hand it over with “Send through an account…”; it waits in the outbox until it has arrived.",
    "NothingToRetry": "Only what waits or has failed is tried again; what is not known is yours to decide.",
    "FileNotVerified": "It was kept aside and the envelope is not completed. Ask the service, then press “Try again”.",
}
