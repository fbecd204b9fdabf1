"""The rules of the house itself: where things stand, what they may touch, how they speak."""
