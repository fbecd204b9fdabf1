"""Words for what was noticed about a file before anybody judged its signatures; keys come from `app.pdf`."""

TABLE = {
    "repaired": "It is damaged; what is shown was pieced together",
    "hybrid_xref": "It describes its contents twice, for old programs and for new ones, which may show different pages",
    "encrypted": "It is encrypted",
    "signed": "It carries signatures",
    "byte_range_without_signature": "It holds part of a signature that no field of it shows",
    "certified": "It is certified: its author has limited what may be changed",
    "xfa_static": "It contains a second form in XML that other programs may show instead",
    "xfa_dynamic": "Its real contents are a form in XML; the pages here are only a notice",
    "has_actions": "It contains actions that other programs may run",
    "embedded_files": "Files are attached to it",
    "layers": "It has layers that can be switched",
    "layers_differ_in_print": "It has layers that are printed and not shown, or shown and not printed",
    "need_appearances": "It asks each program to draw its form anew, so that it can look different elsewhere",
    "may_not_modify": "Its owner forbids changes",
    "may_not_sign": "Its owner forbids signing it",
    "not_all_pages_scanned": "It is so long that only its first pages were looked through for actions",
    "page_huge": "It is larger than any printer's paper",
    "page_tiny": "It is too small to read",
}
TOLD_ELSEWHERE = frozenset({"signed", "certified", "repaired", "xfa_static", "has_actions", "embedded_files", "layers"})
"""What a verdict tells in words of its own."""
