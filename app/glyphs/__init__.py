"""A `domain.drawing.Drawing` as PDF operators and glyphs: what every room that writes PDFs shares.

Knows no PDF library: `content` gives the bytes of a content stream, `subset` a font program and its tables; who
writes the objects decides how.
"""
