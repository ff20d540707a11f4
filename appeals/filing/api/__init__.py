"""The API of one's own appeals."""
