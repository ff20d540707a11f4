"""The poll that stands with an answer."""
