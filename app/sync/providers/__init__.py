"""One file a provider; none knows another.

Marks in their comments: [seed] the page of the vendor's reference the connector follows, [public] another public
document, [assumed] stated nowhere. Where two disagree the seed is followed, and the disagreement is a `Conflict`.
"""
