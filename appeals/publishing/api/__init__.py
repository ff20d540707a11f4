"""The API of published answers."""
