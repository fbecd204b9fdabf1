"""Preferences, built from the declared settings."""
