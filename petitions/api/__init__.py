"""The API of petitions: reading them, and signing."""
