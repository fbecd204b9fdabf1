"""What envelopes and ceremonies of SignatureAPI are made of. [seed] for ceremonies, else [public]."""

from typing import Final

from app.sync.argument import (
    ANY,
    EMAIL,
    NUMBER,
    SOME_TEXT,
    TEXT,
    WEB,
    Argument,
    Shape,
    choice,
    free,
    many,
    number,
    record,
    text,
    variant,
    whole,
)
from app.sync.source import Source

PUBLIC, ASSUMED = Source.PUBLIC, Source.ASSUMED

KEY: Final = text(1, 32, r"[a-z][a-z0-9_]*", "signer_1, in small letters, digits and _")
LANGUAGES: Final = choice("en", "es", "fr", "it", "pt", "de", "zh", "hu", "nl")
ORIGIN: Final = text(
    1,
    pattern=r"\*|'self'|[a-z][a-z0-9+.-]*:|(?:[a-z][a-z0-9+.-]*://)?(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*(?::(?:\d+|\*))?(?:/\S*)?",
    looks="https://app.example.com, https://*.example.com or *",
)


def public(name: str, shape: Shape, help: str = "", *, required: bool = False, default: str = "") -> Argument:  # noqa: A002
    return Argument(name, shape, help, required=required, default=default, source=PUBLIC)


# -- ceremonies ------------------------------------------------------------------------------------------------------

AUTHENTICATION: Final = variant(
    {
        "email_link": (
            Argument("subject_override", SOME_TEXT.or_null, "Subject of the e-mail."),
            Argument("message_override", SOME_TEXT.or_null, "Text of the e-mail."),
        ),
        "email_code": (),
        "custom": (
            public("provider", SOME_TEXT, "Who vouches; goes to the audit log.", required=True),
            public("data", free(TEXT, 1), "What is known; goes to the audit log.", required=True),
        ),
    }
)
CEREMONY: Final = (
    Argument(
        "authentication",
        many(AUTHENTICATION, 1),
        "What the recipient must pass, in this order; with an e-mail link first the answer has no url.",
        required=True,
    ),
    Argument("redirect_url", WEB, "Where the recipient goes afterwards."),
    Argument("redirect_delay", whole(0, 20), "Seconds before that, or before embedded events.", default="3"),
    Argument("url_variant", choice("standard", "short"), "Short for SMS and push.", default="standard"),
    Argument("embeddable_in", many(ORIGIN), "Origins that may show it in a frame; paths are ignored.", default="none"),
)

# -- envelopes -------------------------------------------------------------------------------------------------------

RECIPIENT: Final = record(
    public("type", choice("signer", "approver", "preparer", "automatic_signer"), required=True),
    public("key", SOME_TEXT, "How places name this recipient.", required=True),
    public("name", SOME_TEXT, required=True),
    public("email", EMAIL, required=True),
    public("delivery_type", choice("email", "none"), "none: you hand the link over."),
    public("signature_options", many(choice("typed", "drawn"), 1)),
    public("ceremony_creation", choice("automatic", "manual"), "manual: by create_ceremony."),
    public("ceremony", record(*CEREMONY), "The first one."),
)
WHO: Final = public("recipient_key", SOME_TEXT, "Whose it is.", required=True)
ASKED: Final = (
    WHO,
    public("hint", TEXT, "Shown beside it."),
    public("capture_as", KEY, "The value comes back under this key in captures."),
    public("requirement", choice("required", "optional"), default="required"),
)
FONT: Final = public("font_size", number(6, 12), "Points.", default="12")
OPTIONS_OF_DROPDOWN: Final = (
    public("options", ANY, "List of {label, value}, or the name of a known set.", required=True),
    public("default", TEXT, "The value chosen at first."),
    public("behavior", choice("auto", "select", "combobox"), default="auto"),
)
PLACE: Final = variant(
    {
        "signature": (WHO, public("height", number(20, 60), "Points; the width is 2.5 times that.", default="60")),
        "initials": (WHO, public("height", number(20, 60), "Points.")),
        "text_input": (
            *ASKED,
            FONT,
            public("prompt", TEXT, "Shown in it while it is empty."),
            public("format", TEXT, "email, zipcode-us or /pattern/."),
            public("format_message", TEXT, "Said when the format is wrong."),
            public("width", number(above=0), "Points."),
        ),
        "boxed_text_input": (
            *ASKED,
            FONT,
            public("prompt", TEXT, "Shown in the first box."),
            public("box_count", whole(1), "Boxes, a letter each.", required=True),
            public("width", number(above=0), "Points."),
            public("height", number(above=0), "Points."),
        ),
        "multi_line_text_input": (
            *ASKED,
            FONT,
            public("prompt", TEXT, "Shown in it while it is empty."),
            public("width", number(30, 540), "Points."),
            public("line_count", whole(1, 100), "Lines that are seen.", required=True),
            public("line_height", number(6, 72), "Points."),
        ),
        "checkbox": (
            *ASKED,
            public("symbol", choice("check", "xmark"), default="check"),
            public("height", number(8, 40), "Points.", default="20"),
        ),
        "dropdown": (*ASKED, FONT, *OPTIONS_OF_DROPDOWN, public("width", number(above=0), "Points.")),
        "text": (public("value", TEXT, "What is written there.", required=True), FONT),
        "envelope_date": (FONT,),
        "envelope_completed_date": (FONT,),
        "recipient_completed_date": (WHO, FONT),
        "recipient_name": (WHO, FONT),
        "recipient_email": (WHO, FONT),
    },
    public("key", KEY, "[[key]] in the document marks where it is.", required=True),
)
INPUT_PLACES: Final = ("text_input", "boxed_text_input", "multi_line_text_input", "checkbox", "dropdown")
POSITION: Final = record(
    public("place_key", KEY, required=True),
    public("page", whole(1), "Counted from 1.", required=True),
    public("top", NUMBER, "Points from the upper edge down to the lower edge of the place.", required=True),
    public("left", NUMBER, "Points from the left edge.", required=True),
)
DOCUMENT: Final = record(
    public("url", WEB, "Of an upload, or at a known store of files.", required=True),
    public("format", choice("pdf", "docx"), required=True),
    public("title", TEXT),
    public("key", SOME_TEXT, "How deliverables name it."),
    public("data", free(), "Values for {{field}} of a docx."),
    public("places", many(PLACE)),
    public("fixed_positions", many(POSITION)),
)
BRANDING: Final = record(
    public("logo", WEB),
    public("accent_color", text(pattern=r"#[0-9a-fA-F]{6}", looks="#2463eb")),
    public(
        "email",
        record(
            public("from", TEXT),
            public("footer", text(0, 10_000)),
            public("logo_position", TEXT),
        ),
    ),
)
SENDER: Final = (
    public("name", SOME_TEXT),
    public("email", EMAIL),
    public("organization", TEXT),
)
DELIVERABLE: Final = (
    public("type", choice("standard", "simple"), "standard: with audit log and certificate, sealed."),
    public("name", SOME_TEXT),
    public("language", LANGUAGES),
    public("timezone", SOME_TEXT, "As Europe/Berlin."),
    public("timestamp_format", SOME_TEXT),
    public("included_documents", many(SOME_TEXT, 1, 10), "By their keys."),
    public("password", text(4, 32, r"[A-Za-z0-9]{4,32}", "4 to 32 letters and digits"), "On request of the vendor's."),
)
ENVELOPE: Final = (
    public("title", SOME_TEXT, required=True),
    public("label", text(0, 500), "For you; recipients do not see it."),
    public("message", TEXT, "With **bold**, *italic* and blank lines."),
    public("documents", many(DOCUMENT, 1, 10), required=True),
    public("recipients", many(RECIPIENT, 1), "In the order in which they sign.", required=True),
    public("routing", choice("sequential", "parallel"), default="sequential"),
    public("language", LANGUAGES),
    public("timezone", SOME_TEXT, "As Europe/Berlin."),
    public("timestamp_format", SOME_TEXT),
    public("topics", many(SOME_TEXT, None, 10), "To find it again."),
    public("metadata", free(), "Your own keys and values; they come back."),
    public("sender", record(*SENDER)),
    public("branding", BRANDING),
    public("attestation", TEXT),
    public("deliverable", record(*DELIVERABLE), "How the result is made."),
)
