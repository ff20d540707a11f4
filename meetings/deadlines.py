"""Deadlines of meetings: what the law has published of them by a day."""
