"""Field kinds: one class a file, one entry each in `registry`."""
