"""How a drawing becomes a PDF appearance (ISO 32000-1, 12.5.5): vectors stay vectors, text stays text.

    Appearances   collects the drawings of one revision, then writes them with one subset of each face
"""

from app.sealing.appearance.appearances import Appearances

__all__ = ["Appearances"]
