"""Votes: the room is kept free; docs/architecture.md says what will live here."""
