"""How a library gets from one schema to the next: one revision a file in `versions`, numbered from 0001.

To add one: the next number in `versions`, the tables in `tables`, the number in `schema.CURRENT`. A test compares
what the revisions make with what a new library gets.
"""
