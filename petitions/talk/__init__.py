"""The discussion of a petition, under its own rules."""
