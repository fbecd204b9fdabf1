"""Text of the preparer, drawn into the page when the document is frozen."""

from app.domain.fields.base import FormType
from app.domain.fields.text import Text


class Note(Text):
    """Belongs to nobody: it is part of the page from the moment of sending."""

    name = "note"
    title = "Note"
    icon = "sticky-note"
    key = ""
    form = FormType.NONE
    needs_recipient = False
    computable = False
