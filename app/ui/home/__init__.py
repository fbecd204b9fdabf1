"""Home: the envelopes of the library, one at a glance, and the way to each next step."""
