"""What a template of Pigeon can be filled with beside fields and variables. All [public], as PandaDoc's definition."""

from typing import Final

from app.sync.argument import (
    EMAIL,
    SOME_TEXT,
    TEXT,
    WEB,
    YES_NO,
    Argument,
    Shape,
    choice,
    free,
    many,
    record,
    text,
    whole,
)
from app.sync.source import Source


def public(name: str, shape: Shape, help: str = "", *, required: bool = False, default: str = "") -> Argument:  # noqa: A002
    return Argument(name, shape, help, required=required, default=default, source=Source.PUBLIC)


REDIRECT: Final = record(public("is_enabled", YES_NO, required=True), public("url", WEB, required=True))
DELIVERY: Final = record(public("email", YES_NO), public("sms", YES_NO))
PERSON: Final = (
    public("email", EMAIL),
    public("phone", SOME_TEXT),
    public("first_name", TEXT),
    public("last_name", TEXT),
)
PASSCODE: Final = text(
    pattern=r"(?=\S*[a-zA-Z])(?=\S*[0-9])\S{6,100}", looks="SimpleCode1: letters and digits, 6 or more"
)
PHONE: Final = text(pattern=r"\+[1-9][0-9]{2,18}", looks="+14155550100")
VERIFICATION: Final = record(
    public("verification_place", choice("before_open", "before_sign")),
    public("passcode_verification", record(public("passcode", PASSCODE, required=True))),
    public("phone_verification", record(public("phone_number", PHONE, required=True))),
    public(
        "kba_verification",
        record(
            public("time_limit_sec", whole(1)),
            public("score_threshold", whole(0)),
            public("max_attempts_count", whole(1)),
        ),
    ),
    public("id_verification", record(public("enabled", YES_NO))),
    public("email_otp_verification", record(public("email", EMAIL, required=True))),
)

PRICES: Final = many(
    record(
        public("name", SOME_TEXT, required=True),
        public("data_merge", YES_NO),
        public("options", free()),
        public(
            "sections",
            many(
                record(
                    public("title", SOME_TEXT, required=True),
                    public("default", YES_NO),
                    public("multichoice_enabled", YES_NO),
                    public(
                        "rows",
                        many(
                            record(
                                public(
                                    "options",
                                    record(
                                        public("qty_editable", YES_NO),
                                        public("optional_selected", YES_NO),
                                        public("optional", YES_NO),
                                    ),
                                ),
                                public("data", free()),
                                public("custom_fields", free()),
                            )
                        ),
                    ),
                )
            ),
        ),
    )
)
CELL: Final = record(public("text", TEXT, required=True), public("col_span", whole(1)), public("row_span", whole(1)))
TABLES: Final = many(
    record(
        public("name", SOME_TEXT, required=True),
        public(
            "data",
            record(
                public(
                    "sections",
                    many(
                        record(
                            public("header", many(CELL), required=True),
                            public("rows", many(many(CELL)), required=True),
                        )
                    ),
                    required=True,
                )
            ),
            required=True,
        ),
    )
)
IMAGES: Final = many(record(public("name", SOME_TEXT, required=True), public("urls", many(WEB, 1), required=True)))
TEXTS: Final = many(record(public("name", SOME_TEXT, required=True), public("data", TEXT, required=True)))
PLACEHOLDERS: Final = many(
    record(
        public("block_id", SOME_TEXT, required=True),
        public(
            "content_library_items",
            many(
                record(
                    public("id", SOME_TEXT, required=True),
                    public("fields", free()),
                    public("pricing_tables", PRICES),
                    public(
                        "recipients",
                        many(
                            record(
                                *PERSON,
                                public("delivery_methods", DELIVERY),
                                public("role", SOME_TEXT),
                                public("signing_order", whole(1)),
                                public("redirect", REDIRECT),
                            )
                        ),
                    ),
                )
            ),
        ),
    )
)
APPROVAL_STEPS: Final = many(
    record(
        public("id", SOME_TEXT, required=True),
        public(
            "group",
            record(
                public("id", SOME_TEXT, required=True),
                public("type", SOME_TEXT, required=True),
                public(
                    "assignees",
                    many(record(public("user", SOME_TEXT), public("is_selected", YES_NO))),
                    required=True,
                ),
            ),
            required=True,
        ),
    )
)
