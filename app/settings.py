"""Every setting, declared once: type, default, words. The preferences page is built from these declarations.

Kept as `settings.json` in the library's folder; a key that is missing has its default, a key nobody knows is kept.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from app.domain.errors import LibraryUnwritable, SpecError

Control = Literal["choice", "switch", "text", "number", "hidden"]


@dataclass(frozen=True, slots=True)
class Declaration:
    """How a setting is shown. `choices` pairs each value with its words."""

    key: str
    section: str
    title: str
    help: str
    control: Control
    default: Any
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0


def _setting(default: Any, section: str, title: str, help: str, control: Control, **more: Any) -> Any:  # noqa: A002
    return field(
        default=default, metadata={"section": section, "title": title, "help": help, "control": control, **more}
    )


def _choice(default: str, section: str, title: str, help: str, *choices: tuple[str, str]) -> Any:  # noqa: A002
    return _setting(default, section, title, help, "choice", choices=choices)


@dataclass(frozen=True)
class Settings:
    """Typed attributes; `replace` makes changed ones."""

    theme: str = _choice(
        "system",
        "Appearance",
        "Colour scheme",
        "Follow the system, or keep one scheme. Pages stay white.",
        ("system", "Follow the system"),
        ("light", "Light"),
        ("dark", "Dark"),
    )
    text_percent: int = _setting(
        100,
        "Appearance",
        "Text size",
        "In per cent of the usual size.",
        "number",
        least=100,
        most=200,
    )
    reduced_motion: bool = _setting(
        False, "Appearance", "Reduce motion", "Nothing slides, fades or runs to and fro.", "switch"
    )
    units: str = _choice(
        "mm",
        "Appearance",
        "Lengths",
        "The unit of positions and sizes.",
        ("mm", "Millimetres"),
        ("pt", "Points"),
        ("in", "Inches"),
    )
    snapping: str = _choice(
        "normal",
        "Preparing",
        "Snapping",
        "How strongly fields are drawn to each other, to the page and to what is printed. Alt suspends it.",
        ("off", "Off"),
        ("weak", "Weak"),
        ("normal", "Normal"),
        ("strong", "Strong"),
    )
    grid_mm: str = _choice(
        "0",
        "Preparing",
        "Grid",
        "Where nothing else is near, fields keep to a grid of this width.",
        ("0", "None"),
        ("1", "1 mm"),
        ("2", "2 mm"),
        ("5", "5 mm"),
        ("10", "10 mm"),
    )
    large_handles: bool = _setting(
        False, "Preparing", "Large handles", "For fingers and pens: handles of fields are easier to hit.", "switch"
    )
    host_name: str = _setting(
        "",
        "Signing in person",
        "Your name",
        "Named as the host in the audit trail and the certificate of completion.",
        "text",
    )
    place: str = _setting("", "Signing in person", "Place", "Written into each signature as its location.", "text")
    idle_minutes: int = _setting(
        5,
        "Signing in person",
        "Blank the room when idle",
        "Minutes without input; 0 never.",
        "number",
        least=0,
        most=120,
    )
    identified_by: str = _setting(
        "Known to me personally",
        "Signing in person",
        "Usual way of identification",
        "Offered at each handover as the statement of how the signer was identified.",
        "text",
    )
    read_to_end: bool = _setting(
        False,
        "Signing in person",
        "Reading to the end",
        "Signers can agree only after every page has stood on the screen.",
        "switch",
    )
    confirmation_page: bool = _setting(
        True,
        "Signing in person",
        "Thank signers",
        "A page of thanks after each signature. Without it the next person, or you, come at once; it is shown anyway "
        "where a copy may be taken.",
        "switch",
    )
    kiosk_idle_s: int = _setting(
        90,
        "Signing in person",
        "Reset a kiosk when idle",
        "Seconds without input; the person is warned before, then everything is cleared for the next one.",
        "number",
        least=20,
        most=900,
    )
    kiosk_asks_email: bool = _setting(
        False,
        "Signing in person",
        "Ask for an e-mail at a kiosk",
        "Beside the name. It is always asked where a code goes by e-mail.",
        "switch",
    )
    copies_by_qr: bool = _setting(
        False,
        "Signing in person",
        "Copies by QR code",
        "Signers may fetch their copy with a telephone in the same local network: by one link, once, unencrypted.",
        "switch",
    )
    copies_address: str = _setting(
        "",
        "Signing in person",
        "Address for copies",
        "Of this device in the local network, such as 192.168.1.20; empty: found by itself.",
        "text",
    )
    record_views: bool = _setting(
        True,
        "Signing in person",
        "Record what was seen",
        "Which pages stood on the screen, and for how long, with a small picture of the place where they signed; "
        "signers are told before they begin.",
        "switch",
    )
    remind_after_days: int = _setting(
        3,
        "New envelopes",
        "Remind after",
        "Days without a sign from a recipient until a reminder is due; 0 never.",
        "number",
        least=0,
        most=365,
    )
    mail_host: str = _setting("", "E-mail", "Server", "For outgoing mail (SMTP); empty: nothing is e-mailed.", "text")
    mail_port: int = _setting(587, "E-mail", "Port", "587 with STARTTLS, 465 with TLS.", "number", least=1, most=65535)
    mail_security: str = _choice(
        "starttls",
        "E-mail",
        "Encryption",
        "Without it, mail is sent to this machine only.",
        ("starttls", "STARTTLS"),
        ("tls", "TLS"),
        ("none", "None"),
    )
    mail_user: str = _setting("", "E-mail", "User", "Empty where the server asks for none.", "text")
    mail_sender: str = _setting("", "E-mail", "From", "The address your mail comes from.", "text")
    date_format: str = _choice(
        "%Y-%m-%d",
        "New envelopes",
        "Dates",
        "How dates are written into fields placed from now on.",
        ("%Y-%m-%d", "2026-01-31"),
        ("%d.%m.%Y", "31.01.2026"),
        ("%d/%m/%Y", "31/01/2026"),
        ("%m/%d/%Y", "01/31/2026"),
        ("%d %B %Y", "31 January 2026"),
    )
    sealing: str = _choice(
        "each_recipient",
        "New envelopes",
        "Sealing",
        "Seal each recipient's act with a signature of its own, or everything once at the end.",
        ("each_recipient", "Each recipient's act"),
        ("at_completion", "Once, at completion"),
    )
    expires_after_days: int = _setting(
        0,
        "New envelopes",
        "Expire after",
        "Days from sending out until an envelope expires; 0 never.",
        "number",
        least=0,
        most=3650,
    )
    level: str = _choice(
        "B-B",
        "Sealing",
        "Level",
        "How long a seal can be checked. All but the first need a network and an authority.",
        ("B-B", "B-B: the signature itself"),
        ("B-T", "B-T: with a time stamp"),
        ("B-LT", "B-LT: with proof that nothing was revoked"),
        ("B-LTA", "B-LTA: protected for decades"),
    )
    tsa_url: str = _setting(
        "", "Sealing", "Time-stamp authority", "Its address (RFC 3161); it learns a fingerprint only.", "text"
    )
    design: str = _setting("", "Sealing", "Design of seals", "", "hidden")
    ask_revocation: bool = _setting(
        True,
        "Sealing",
        "Ask whether certificates were revoked",
        "Before a certificate of yours signs, and when a signature is judged. Its issuer is asked, by the address in "
        "the certificate, and learns which certificate it is about. Without a network you can sign all the same.",
        "switch",
    )
    report_language: str = _choice(
        "en",
        "Sealing",
        "Language of verification reports",
        "Of the PDF that is kept of a verification, for whoever has to rely on it.",
        ("en", "English"),
        ("de", "Deutsch"),
        ("fr", "Français"),
        ("es", "Español"),
        ("ar", "العربية"),
    )
    trust_system: bool = _setting(
        False,
        "Sealing",
        "Trust the system's authorities",
        "Beside your own trust list, believe whom this computer believes for web sites.",
        "switch",
    )
    vault: Literal["auto", "keyring", "file"] = _choice(
        "auto",
        "Safety",
        "Where keys are kept",
        "The system's keyring where there is one, else a file encrypted with a passphrase.",
        ("auto", "Keyring, else file"),
        ("keyring", "Keyring only"),
        ("file", "Encrypted file only"),
    )
    database_url: str = _setting(
        "",
        "Safety",
        "Database",
        "Empty: a file in the library. Else an SQLAlchemy URL; takes effect at the next start.",
        "text",
    )
    device_id: str = _setting("", "Safety", "Device", "", "hidden")
    proxy_url: str = _setting(
        "",
        "Remote accounts",
        "Proxy",
        "Empty: none. Else http://host:port, without a name and password; what the system has set is not used.",
        "text",
    )
    ca_file: str = _setting(
        "",
        "Remote accounts",
        "Company certificate",
        "A PEM file that is trusted beside the public authorities, where a company looks into its traffic.",
        "text",
    )
    pause_news: bool = _setting(
        False,
        "Remote accounts",
        "Do not ask for news",
        "What was handed to a service is asked after only when you want it. What waits to be sent is sent still.",
        "switch",
    )
    host_pin: str = _setting("", "Safety", "Host PIN", "", "hidden")
    kiosk_pattern: str = _setting("", "Safety", "Envelope a kiosk is run from", "", "hidden")
    kiosk_run: str = _setting("", "Safety", "Envelope being signed at the kiosk", "", "hidden")
    kiosk_number: int = _setting(0, "Safety", "Number of the last run", "", "hidden")
    host_pin_wrong: int = _setting(0, "Safety", "Wrong PINs in a row", "", "hidden")
    host_pin_until: int = _setting(0, "Safety", "No PIN is taken before", "", "hidden")


def declarations() -> Iterator[Declaration]:
    """In the order of the page."""
    for declared in fields(Settings):
        yield _declaration(declared)


def load(folder: Path) -> Settings:
    """Defaults for what is missing; `SpecError` names a value of the wrong type, no choice, or out of its range."""
    known = {declared.name: declared for declared in fields(Settings)}
    found = {key: _checked(known[key], value) for key, value in _read(folder).items() if key in known}
    return replace(Settings(), **found)


def save(folder: Path, settings: Settings) -> None:
    """Whole or not at all, also when the power goes: a temporary file, on the disk before it is renamed. Readable by
    its owner only. Keys of newer versions survive; a file that cannot be read is left to be mended, not replaced.
    """
    changed = {f.name: getattr(settings, f.name) for f in fields(Settings)}
    text = json.dumps({**_read(folder), **changed}, indent=2, ensure_ascii=False)
    path, temporary = folder / "settings.json", folder / "settings.json.new"
    try:
        _write_through(temporary, text)
        temporary.replace(path)
    except OSError as problem:
        with suppress(OSError):
            temporary.unlink()
        raise LibraryUnwritable(library=str(folder), reason=problem.strerror or str(problem)) from problem


def _write_through(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _read(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / "settings.json").read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except NotADirectoryError as problem:
        raise LibraryUnwritable(library=str(folder), reason="it is not a folder") from problem
    except (OSError, ValueError, RecursionError) as problem:
        raise SpecError(path="settings.json", problem=str(problem)) from problem
    if not isinstance(found, dict):
        raise SpecError(path="settings.json", problem="should be an object")
    return found


def _checked(declared: "Field[Any]", value: Any) -> Any:
    choices = [name for name, _ in declared.metadata.get("choices", ())]
    if type(value) is not type(declared.default):
        raise SpecError(path=f"settings.json: {declared.name}", problem=f"should be {type(declared.default).__name__}")
    if choices and value not in choices:
        raise SpecError(path=f"settings.json: {declared.name}", problem=f"{value} is none of {', '.join(choices)}")
    least, most = declared.metadata.get("least", 0), declared.metadata.get("most", 0)
    if declared.metadata["control"] == "number" and not least <= value <= most:
        raise SpecError(path=f"settings.json: {declared.name}", problem=f"should be from {least} to {most}")
    return value


def _declaration(declared: "Field[Any]") -> Declaration:
    about = declared.metadata
    return Declaration(
        declared.name,
        about["section"],
        about["title"],
        about["help"],
        about["control"],
        declared.default,
        about.get("choices", ()),
        about.get("least", 0),
        about.get("most", 0),
    )
