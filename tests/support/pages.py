"""Small PDFs to prepare, made of nothing but bytes: no library of ours or of others decides what is in them."""

from pathlib import Path


def pdf(pages: int = 1, width: float = 595, height: float = 842, extra: str = "", marks: str = "") -> bytes:
    """Pages with a line of text each; `extra` goes into every page dictionary, as in `/Rotate 90 /UserUnit 2`, and
    `marks` into what is drawn, as in `1 w 72 500 m 300 500 l S`."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for number in range(1, pages + 1):
        content = f"BT /F1 18 Tf 72 {height - 90:g} Td (Page {number}) Tj ET {marks}"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:g} {height:g}] /Contents {len(objects)} 0 R "
            f"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> {extra} >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {pages} /Kids [{' '.join(kids)}] >>"
    return _assembled(objects)


def write_pdf(
    path: Path, pages: int = 1, width: float = 595, height: float = 842, extra: str = "", marks: str = ""
) -> Path:
    path.write_bytes(pdf(pages, width, height, extra, marks))
    return path


def _assembled(objects: list[str]) -> bytes:
    out, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return out
