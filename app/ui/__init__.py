"""The window: it asks and shows, and knows no rules."""
