"""Repeats: remarks whose words are nearly the same, shown and answered once."""
