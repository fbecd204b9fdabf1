"""Finding places to fill that are only printed. Pure: works on `Printed`, knows no PDF.

Precision before recall: a place is told only when it is empty and something beside it says what it is.
"""

from app.pdf.finding.page import find_on

__all__ = ["find_on"]
