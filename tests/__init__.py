"""The tests mirror the tree of `app`; a test's name is the sentence it proves."""
