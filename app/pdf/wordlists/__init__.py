"""The words beside empty places, one table a language; another language is a file and a line here."""

from app.pdf.wordlists.elsewhere import ELSEWHERE
from app.pdf.wordlists.english import ENGLISH
from app.pdf.wordlists.folding import folded
from app.pdf.wordlists.french import FRENCH
from app.pdf.wordlists.german import GERMAN
from app.pdf.wordlists.italian import ITALIAN
from app.pdf.wordlists.portuguese import PORTUGUESE
from app.pdf.wordlists.spanish import SPANISH
from app.pdf.wordlists.table import Table

__all__ = ["TABLES", "Table", "folded"]

TABLES = (ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, ITALIAN, ELSEWHERE)
"""Where two languages mean different things by a word, the earlier wins on a page whose language is not known,
except that a signature wins always: `firma` is a company in German and Portuguese only."""
