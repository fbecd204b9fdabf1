"""The first pages of a long document without its page tree: MuPDF reads all of it before it shows one page.

Measured: 33 ms for page 1 of 5,000, of which 28 for the tree. A second, throw-away opening of the file is told
that it has a single page, the wanted one; what that page inherits is still found over its /Parent.
"""

from typing import Any, Final

import pymupdf

from app.pdf.mupdf import objects, writing

LONG: Final = 300
_NEAR: Final = 32
_DEEPEST: Final = 32


def only_page(document: pymupdf.Document, index: int) -> bool:
    """Make the document consist of that page; false, and nothing done, where it is not quickly found."""
    if document.page_count < LONG or index >= _NEAR:
        return False
    root = objects.catalog(document)
    page = _found(objects.get(root, "Pages"), index)
    if page is None:
        return False
    writing.put(document, root, "Pages", f"<</Type/Pages/Count 1/Kids[{writing.reference(page)}]>>")
    return True


def _found(node: Any, index: int) -> Any | None:
    """Down the tree, skipping whole branches by their /Count (ISO 32000-2, 7.7.3.2)."""
    for _ in range(_DEEPEST):
        for kid in objects.items(objects.get(node, "Kids")):
            is_branch = objects.exists(objects.get(kid, "Kids"))
            pages = objects.integer(objects.get(kid, "Count")) if is_branch else 1
            if index < pages:
                break
            index -= pages
        else:
            return None
        if not is_branch:
            return kid if objects.is_dict(kid) and objects.number(kid) else None
        node = kid
    return None
