"""Polls as programs read them, and ballots as they cast them."""
