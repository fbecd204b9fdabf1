"""Bodies of Pigeon, as PandaDoc's definition has them; of what nobody defines, as it is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.checking import (
    Check,
    Complaint,
    anything,
    array,
    digits,
    email,
    flag,
    https,
    mapping,
    moment,
    number,
    obj,
    one_of,
    text,
    whole,
)

STATUSES = (
    "document.draft",
    "document.sent",
    "document.completed",
    "document.uploaded",
    "document.error",
    "document.viewed",
    "document.waiting_approval",
    "document.approved",
    "document.rejected",
    "document.waiting_pay",
    "document.paid",
    "document.voided",
    "document.declined",
    "document.external_review",
    "document.scheduled",
)
"""By their numbers."""

truth = one_of("true", "false")
PAGES = {"count": digits(1, 100), "page": digits(1)}
ORDERS = [
    "name",
    "date_created",
    "date_status_changed",
    "date_of_last_action",
    "date_modified",
    "date_sent",
    "date_completed",
    "date_expiration",
    "date_declined",
    "status",
]
DOCUMENTS: Mapping[str, Check] = {
    **PAGES,
    **dict.fromkeys(
        ("q", "template_id", "form_id", "folder_uuid", "contact_id", "membership_id", "id", "tag"), text(1)
    ),
    "status": digits(0, 14),
    "status__ne": digits(0, 14),
    "deleted": truth,
    **{f"{what}_{end}": moment for what in ("created", "modified", "completed") for end in ("from", "to")},
    "order_by": one_of(*ORDERS, *(f"-{one}" for one in ORDERS)),
}
REDIRECT = obj({"is_enabled!": flag, "url!": https})
DELIVERY = obj({"email": flag, "sms": flag})
PERSON: Mapping[str, Check] = {"email": email, "phone": text(), "first_name": text(), "last_name": text()}
RECIPIENT = obj(
    {
        **PERSON,
        "role": text(1),
        "signing_order": whole(1),
        "delivery_methods": DELIVERY,
        "redirect": REDIRECT,
        "verification_settings": mapping(),
    }
)
CHANGED = obj({**PERSON, "id": text(1), "signing_order": whole(1), "redirect": REDIRECT, "delivery_methods": DELIVERY})
TOKENS = array(obj({"name!": text(1), "value!": text()}))
OWNER = obj({"email": email, "membership_id": text(1)})
FILLING: Mapping[str, Check] = {
    "fields": mapping(obj({"value!": anything, "role": text(1)})),
    "tokens": TOKENS,
    "metadata": mapping(),
    "tags": array(text(1)),
}
LISTS: Mapping[str, Check] = dict.fromkeys(
    ("images", "pricing_tables", "tables", "texts", "content_placeholders"), array(mapping())
)
COMMON: Mapping[str, Check] = {**FILLING, "name": text(1), "folder_uuid": text(1), "owner": OWNER}
FROM_TEMPLATE = obj({**COMMON, **LISTS, "template_uuid!": text(1), "recipients!": array(RECIPIENT)})
PDF_KEYS: Mapping[str, Check] = {
    **COMMON,
    "name!": text(1),
    "recipients": array(RECIPIENT),
    "parse_form_fields": flag,
}
FROM_PDF = obj(PDF_KEYS)
FROM_URL = obj({**PDF_KEYS, "url!": https})


def create(value: Any, path: str) -> Iterator[Complaint]:
    is_template = isinstance(value, dict) and "template_uuid" in value
    return (FROM_TEMPLATE if is_template else FROM_URL)(value, path)


UPDATE = obj(
    {
        **FILLING,
        "fields": mapping(obj({"value!": anything})),
        "name": text(1),
        "recipients": array(CHANGED),
        **{name: check for name, check in LISTS.items() if name != "content_placeholders"},
    }
)
STATUS = obj({"status!": one_of(2, 10, 11, 12), "note": text(), "notify_recipients": flag})
SEND = obj(
    {
        "message": text(),
        "subject": text(),
        "silent": flag,
        "sender": OWNER,
        "reply_to": email,
        "forwarding_settings": obj({"forwarding_allowed": flag, "forwarding_with_reassigning_allowed": flag}),
        "selected_approvers": obj({"steps!": array(mapping())}),
    }
)
SESSION = obj({"recipient!": email, "lifetime": number(above=0)})
DOWNLOAD: Mapping[str, Check] = {
    "watermark_text": text(1),
    "watermark_color": text(7, 7, "#[0-9a-fA-F]{6}"),
    "watermark_font_size": digits(1),
    "watermark_opacity": text(1, 12, r"0|1|0\.\d+"),
    "separate_files": truth,
}
FIELDS = obj(
    {
        "fields!": array(
            obj(
                {
                    "type!": one_of(
                        *[
                            "checkbox",
                            "collect_file",
                            "date",
                            "dropdown",
                            "initials",
                            "payment_details",
                            "radio_buttons",
                            "signature",
                            "stamp",
                            "text",
                        ]
                    ),
                    "layout!": obj(
                        {
                            "page!": whole(1),
                            "position!": obj(
                                {
                                    "offset_x!": number(0),
                                    "offset_y!": number(0),
                                    "anchor_point!": one_of("topleft", "topright", "bottomleft", "bottomright"),
                                }
                            ),
                            "style!": obj({"width!": whole(0), "height!": whole(0)}),
                        }
                    ),
                    "field_id": text(1),
                    "merge_field": text(1),
                    "assigned_to": text(1),
                    "settings": obj(
                        {
                            "required": flag,
                            "placeholder": text(),
                            "masked": flag,
                            "multiline": flag,
                            "show_values": flag,
                            "options": array(obj({"text!": text(), "position": mapping(number())})),
                        }
                    ),
                }
            ),
            1,
        )
    }
)
CONTACT_REF = obj({"id!": text(1), "kind!": one_of("contact", "contact_group")})
CONTACT = obj(
    {
        **PERSON,
        **dict.fromkeys(("company", "title", "state", "street_address", "city", "postal_code", "country"), text()),
        "delivery_methods": DELIVERY,
        "redirect": REDIRECT,
        "verification_settings": mapping(),
    }
)
OWNERSHIP = obj({"membership_id!": text(1)})
TRANSFER = obj({"from_membership_id!": text(1), "to_membership_id!": text(1)})
ATTACHMENT = obj({"source!": https, "name": text(1)})
TEMPLATES: Mapping[str, Check] = {
    **PAGES,
    "q": text(1),
    "shared": truth,
    "deleted": truth,
    "id": text(1),
    "folder_uuid": text(1),
    "tag": text(1),
}
TEMPLATE_KEYS: Mapping[str, Check] = {
    "name": text(1),
    "folder_uuid": text(1),
    "owner": OWNER,
    "tokens": TOKENS,
    "metadata": mapping(),
}
TRIGGERS = array(
    one_of(
        *[
            "recipient_completed",
            "document_updated",
            "document_deleted",
            "document_state_changed",
            "document_creation_failed",
            "document_completed_pdf_ready",
            "document_section_added",
            "quote_updated",
            "template_created",
            "template_updated",
            "template_deleted",
            "content_library_item_created",
            "content_library_item_creation_failed",
        ]
    ),
    1,
)
SUBSCRIPTION: Mapping[str, Check] = {
    "name": text(1),
    "url": https,
    "active": flag,
    "payload": array(one_of("metadata", "fields", "products", "tokens", "pricing")),
    "triggers": TRIGGERS,
}
NEW_SUBSCRIPTION = obj(
    {f"{name}!" if name in ("name", "url", "triggers") else name: check for name, check in SUBSCRIPTION.items()}
)
ITEM = obj(
    {
        "recipients!": array(RECIPIENT, 1),
        "tokens": TOKENS,
        "fields": mapping(obj({"value!": anything, "role": text(1)})),
    }
)
BULK: Mapping[str, Check] = {"name": text(1), "items": array(ITEM, 1)}
NEW_BULK = obj({"name!": text(1), "template_uuid!": text(1), "items": array(ITEM, 1)})
BRANDING = obj({"logo_url": https, "primary_color": text(7, 7, "#[0-9a-fA-F]{6}"), "company_name": text()})
CONFIRMATION = obj({"enabled!": flag})
