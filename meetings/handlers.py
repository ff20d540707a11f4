"""Handlers of events: what meetings do when others change."""
