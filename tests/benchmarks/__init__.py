"""What must be fast, measured as ratios within one run; apart from the tests, which never assert on time."""
