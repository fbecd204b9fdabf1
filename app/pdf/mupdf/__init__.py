"""Everything that touches MuPDF. Imported in child processes only: it holds the interpreter lock while it works."""
