"""Signing: by an account or by mail, once a person; taking back; the list of who signed."""
