"""The report of a consultation: its working copy, its published editions, their files (ADR 53)."""
