"""What conditions mean: which fields are shown, required and enabled by the answers so far, and which conditions can
never or must always hold.
"""
