"""The command line: asks and shows; it knows no rules. Names, shapes and exit codes are promises (see README)."""
