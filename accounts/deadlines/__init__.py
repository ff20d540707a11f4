"""Reminders of one's own deadlines: by mail and in one's calendar."""
