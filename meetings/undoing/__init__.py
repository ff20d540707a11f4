"""Undoing a mistake in the course of a meeting, with a line of its own in the log."""
