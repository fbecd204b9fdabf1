"""Where a fact about a provider comes from."""

from enum import StrEnum


class Source(StrEnum):
    """`SEED`: the page of the vendor's reference this connector follows, and which wins over every other. `PUBLIC`:
    another public document, of the vendor or of a sister product. `PUBLISHED`: the vendor's own OpenAPI document.
    `ASSUMED`: stated nowhere, the sensible reading.
    """

    SEED = "seed"
    PUBLIC = "public"
    PUBLISHED = "published"
    ASSUMED = "assumed"
